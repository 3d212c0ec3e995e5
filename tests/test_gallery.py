"""The committed gallery shows what the code makes now."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from framing.report.gallery import CHARTS_OF, chart_data, events

ROOT = Path(__file__).resolve().parent.parent
SAMPLES, GALLERY = ROOT / "framing" / "samples", ROOT / "reports"
NAMES = sorted(p.parent.name for p in SAMPLES.glob("*/event.json"))

if not GALLERY.is_dir():
    pytest.skip("the gallery is not part of this copy", allow_module_level=True)


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return {name: json.loads(json.dumps(chart_data(c))) for name, c in events(SAMPLES)}


@pytest.mark.parametrize("name", NAMES)
def test_pictures_show_what_the_code_makes(name: str, made: dict[str, Any]) -> None:
    kept = json.loads((GALLERY / name / "charts.json").read_text("utf-8"))
    stale = [chart for chart in sorted({*kept, *made[name]}) if kept.get(chart) != made[name].get(chart)]
    assert not stale, f"{name}: run `make gallery`; changed: {', '.join(stale)}"
    assert (GALLERY / name / "comparison.txt").read_text("utf-8").splitlines() == made[name]["page"]


def test_nothing_is_missing_or_left_over() -> None:
    assert sorted(p.parent.name for p in GALLERY.glob("*/charts.json")) == NAMES
    for name in NAMES:
        folder = GALLERY / name
        assert (folder / "charts").is_dir() == (name == CHARTS_OF)
        for picture in folder.rglob("*.png"):
            with Image.open(picture) as image:
                words = image.text["Description"]  # type: ignore[attr-defined]
            assert words.strip() == picture.with_suffix(".txt").read_text("utf-8").strip()


def test_links_lead_somewhere() -> None:
    pages = [*GALLERY.glob("*/report.html"), GALLERY / "README.md", ROOT / "README.md"]
    for page in pages:
        text = page.read_text("utf-8")
        found = (
            re.findall(r"\]\(([^)#:]+)\)", text) if page.suffix == ".md" else re.findall('href="([^"#][^"]*)"', text)
        )
        for address in found:
            assert (page.parent / unescape(address)).exists(), (page, address)


def test_the_repository_stays_small() -> None:
    sizes = {p: p.stat().st_size for name in NAMES for p in (GALLERY / name).rglob("*") if p.is_file()}
    assert max(sizes.values()) < 1_000_000
    assert sum(sizes.values()) < 9_000_000

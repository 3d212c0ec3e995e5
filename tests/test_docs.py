"""Every command and every snippet of the documentation runs; links lead somewhere; the API page is fresh."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="the documentation is not part of this tree")
PAGES = sorted(DOCS.glob("*.md"))
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """(language, code) of every fenced block."""
    for m in _BLOCK.finditer(page.read_text("utf-8")):
        yield m[1], m[2]


def environment(place: Path) -> dict[str, str]:
    """``framing`` and ``python`` on the path are this tree's, whatever is installed."""
    tools = place / ".bin"
    tools.mkdir()
    for name, command in (("framing", f'"{sys.executable}" -m framing'), ("python", f'"{sys.executable}"')):
        (tools / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (tools / name).chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PYTHONUTF8": "1"}


RUNNABLE = [p for p in PAGES if any(language in ("sh", "python") for language, _ in blocks(p))]


def steps(page: Path) -> Iterator[tuple[str, str]]:
    """What a reader runs, in order: Python snippets that follow each other are one."""
    for language, group in groupby((b for b in blocks(page) if b[0] in ("sh", "python")), key=lambda b: b[0]):
        if language == "python":
            yield language, "".join(code for _, code in group)
        else:
            yield from group


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Callable[[tuple[str, ...]], Path]:
    """A folder for what a row of commands left behind: pages that begin alike need not begin twice."""
    root = tmp_path_factory.mktemp("known")
    return lambda commands: root / hashlib.sha256("\0".join(commands).encode()).hexdigest()[:16]


@pytest.mark.skipif(os.name == "nt", reason="the commands are for a POSIX shell")
@pytest.mark.parametrize("page", RUNNABLE, ids=lambda p: p.stem)
def test_everything_runs_in_order(page: Path, tmp_path: Path, known: Callable[[tuple[str, ...]], Path]) -> None:
    place = tmp_path / "desk"
    place.mkdir()
    env = environment(tmp_path)
    # The Python snippets of a page share their names, as in one session, and see what its commands wrote.
    session = ""
    commands: tuple[str, ...] = ()
    for language, code in steps(page):
        if language == "python":
            session += code
            command = [sys.executable, "-W", "error", "-c", session]
        else:
            command = ["bash", "-euo", "pipefail", "-c", code]
            commands = (*commands, code) if not session else ()
            if commands and known(commands).is_dir():
                shutil.copytree(known(commands), place, dirs_exist_ok=True)
                continue
        done = subprocess.run(
            command, cwd=place, env=env, capture_output=True, text=True, encoding="utf-8", timeout=240, check=False
        )
        assert done.returncode == 0, f"{page.name}:\n{code}\n{done.stdout}{done.stderr}"
        if len(commands) == 1 and not session:
            shutil.copytree(place, known(commands))


def anchors(text: str) -> set[str]:
    return {re.sub(r"[^\w -]", "", h.lower()).strip().replace(" ", "-") for h in re.findall(r"^#+ (.*)$", text, re.M)}


@pytest.mark.parametrize(
    "page",
    [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "lexicons" / "README.md"],
    ids=lambda p: p.stem,
)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("http"):
            continue
        name, _, anchor = target.partition("#")
        place = page.parent / name if name else page
        assert place.exists(), f"{page.name}: {target}"
        if anchor:
            assert anchor in anchors(place.read_text("utf-8")), f"{page.name}: {target}"
    # Files of the repository that are named in running text.
    for name in re.findall(r"`((?:framing|lexicons|tests|docs|reports)/[\w./-]+)`", text):
        assert (ROOT / name).exists() or name in ("reports/demo/", "reports/evaluation/"), f"{page.name}: {name}"


def test_index_names_every_page() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    assert [p.name for p in PAGES if p.name != "README.md" and f"({p.name})" not in index] == []


def test_api_page_is_fresh() -> None:
    spec = importlib.util.spec_from_file_location("make_api", DOCS / "make_api.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (DOCS / "api.md").read_text("utf-8") == module.page(), "run make docs"
    documented = {name for names in module.PUBLIC.values() for name in names}
    assert documented >= {"analyse", "read", "score", "compare", "classifier", "Article", "Evidence", "Comparison"}


def test_citation_names_this_version() -> None:
    import framing

    text = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"version: {framing.__version__}" in text
    assert "license: Apache-2.0" in text

"""Pages of many events: made from tables alone, links that lead somewhere, nothing of an outlet's name runs."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from test_page import accessible, parse

from framing.corpus import CorpusComparison, compare_events
from framing.errors import InputError
from framing.read import read
from framing.report.site import _slots, _through_time, _used, write_site
from framing.report.style import colours

SAMPLES = Path(__file__).resolve().parent.parent / "framing" / "samples"
OUTLETS = ("Alpha & Sons", "Beta <script>alert(1)</script>", "Γάμμα")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six sample events as if the same three outlets had reported them all, saved and paged."""
    articles = []
    for event in sorted(p for p in SAMPLES.iterdir() if p.is_dir()):
        for outlet, article in zip(OUTLETS, read(event), strict=True):
            articles.append(replace(article, outlet=outlet, event=event.name, id=f"{event.name}-{outlet[:2]}"))
    place = tmp_path_factory.mktemp("site") / "events"
    compare_events(articles, resamples=200).save(place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("framing.analysis.analyse", None)  # whoever read an article again would fail
        write_site(place)
    return place


def test_every_page_is_there_and_well_formed(folder: Path) -> None:
    found = sorted(str(p.relative_to(folder)) for p in folder.rglob("*.html"))
    assert len(found) == 1 + 3 + 6
    for name in found:
        tree = parse((folder / name).read_text("utf-8"))
        assert len([t for t, _ in tree.tags if t == "script"]) == 1
        assert [t for t, _ in tree.tags].count("h1") == 1
        assert not [a for _, x in tree.tags for a in x if a.startswith("on")]


def test_every_link_leads_somewhere(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        html = path.read_text("utf-8")
        for address in re.findall('href="([^"]*)"', html):
            if address.startswith("#"):
                assert f'id="{address[1:]}"' in html, address
            else:
                assert (path.parent / unescape(address)).is_file(), (path, address)


def test_outlet_names_are_text(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        assert "<script>alert" not in path.read_text("utf-8")
    assert "Beta &lt;script&gt;" in (folder / "index.html").read_text("utf-8")


def test_figures_are_those_of_the_tables(folder: Path) -> None:
    corpus = CorpusComparison.load(folder)
    html = (folder / "outlets" / "Alpha---Sons.html").read_text("utf-8")
    row = corpus.profiles.set_index(["outlet", "measure"]).loc[(OUTLETS[0], "booster")]
    line = re.search('<tr><th scope="row">Boosters</th>.*', html)
    assert line
    assert f"<strong>{row['rate']:.1f}</strong>" in line[0]
    others = corpus.articles[corpus.articles["outlet"] != OUTLETS[0]]
    rate = 1000 * others["n_booster"].sum() / others["words_narration"].sum()
    assert f"<strong>{rate:.1f}</strong>" in line[0]


def test_time_line_pools_what_is_there(folder: Path) -> None:
    corpus = CorpusComparison.load(folder)
    view = _through_time(_used(corpus), OUTLETS[0], {})
    for outlet, rows in view.scores.groupby(level=0):
        mine = corpus.articles[(corpus.articles["outlet"] == OUTLETS[0]) == (outlet == OUTLETS[0])]
        assert rows["n_loaded"].sum() == mine["n_loaded"].sum()
        assert rows["words_narration"].sum() == mine["words_narration"].sum()
    assert sorted(p.name for p in (folder / "outlets").glob("*.png"))
    for path in [*(folder / "outlets").glob("*.png"), *(folder / "charts").glob("*.png")]:
        assert len(path.with_suffix(".txt").read_text("utf-8")) > 40


def test_same_bytes_when_made_again(folder: Path) -> None:
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    write_site(folder)
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_an_outlet_has_one_colour_on_the_whole_site(folder: Path) -> None:
    slots = _slots(_used(CorpusComparison.load(folder)))
    want = colours(list(slots), "light", slots)
    index = (folder / "index.html").read_text("utf-8")
    for outlet, slot in slots.items():
        assert f".s{slot}{{--o:{want[outlet]}}}" in index
    for path in folder.glob("*/report.html"):
        html = path.read_text("utf-8")
        labels = re.findall(r'<article class="o(\d+)"[^>]*><header><h3[^>]*>([^<]*)<', html)
        assert len(labels) == 3
        for number, outlet in labels:
            assert f".o{number}{{--o:{want[unescape(outlet)]}}}" in html


def test_not_a_folder_of_events(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not saved events"):
        write_site(tmp_path)


@pytest.mark.parametrize("name", ["index.html", "outlets/Alpha---Sons.html"])
def test_axe_finds_nothing(folder: Path, tmp_path: Path, name: str) -> None:
    html = (folder / name).read_text("utf-8")
    accessible(html, tmp_path, 1300)


def test_script_sorts_and_finds(folder: Path, tmp_path: Path) -> None:
    from test_page import browse

    probe: str = """
    window.addEventListener("load", function () {
      var table = document.getElementById("events-table"), box = document.querySelector('[data-table="events-table"]');
      var shown = function () { return table.querySelectorAll("tbody tr:not([hidden])").length; };
      var out = [shown(), box.closest("p").hidden];
      box.value = "council budget";
      box.dispatchEvent(new Event("input"));
      out.push(shown());
      table.querySelectorAll("th button")[4].click();
      out.push(table.querySelectorAll("th")[4].getAttribute("aria-sort"));
      document.documentElement.setAttribute("data-found", JSON.stringify(out));
    });
    """
    html: Any = (folder / "index.html").read_text("utf-8")
    shown, said = browse(html, [probe], tmp_path)
    assert b"CONSOLE" not in said
    found = re.search('data-found="([^"]*)"', shown)
    assert found
    assert unescape(found[1]) == '[6,false,1,"ascending"]'

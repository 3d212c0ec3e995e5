"""The page of the word lists: counts that can be checked, the same bytes each time, no sentence of the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.article import Article
from framing.lexicon import load
from framing.report.lexicon_page import survey, write

TEXTS = (
    "The thugs left. The thugs came back. Zebras grazed quietly near Port Ellis.",
    "A far-right club met a far-left club. The regime fell.",
    "Stocks rose on Monday.",
)


@pytest.fixture
def articles() -> list[Article]:
    return [Article(text=t) for t in TEXTS]


def test_counts(articles: list[Article]) -> None:
    found = survey(articles, load(), contexts=1)
    hits = {e.entry: n for e, n in found.hits.items() if e.device == "loaded"}
    assert hits["thug"] == 2
    assert hits["far-right"] == hits["far-left"] == hits["regime"] == 1
    assert found.articles == 3
    assert found.words == sum(len(t.replace("-", " ").split()) for t in TEXTS)
    assert found.rows("loaded")[0].entry == "thug"
    assert {e.entry for e in found.rows("loaded")}.isdisjoint(e.entry for e in found.silent("loaded") if e.pos == "n")
    (context,) = found.contexts[found.rows("loaded")[0]]
    assert context == "The [thugs] left."
    assert found.literal("loaded") == []


def test_literal_uses_come_first() -> None:
    plain = [Article(text="The clerk saw the thug at noon.")] * 12
    heated = [Article(text="These lying corrupt racist fascist tyrants defend a hoodlum.")] * 12
    order = [e.entry for _, e in survey([*plain, *heated], load()).literal("loaded")]
    assert order.index("thug") < order.index("hoodlum")


def test_page(articles: list[Article], tmp_path: Path) -> None:
    found = survey(articles, load())
    first = [p.read_bytes() for p in write(found, tmp_path / "a", corpus="three <texts>")]
    second = [p.read_bytes() for p in write(survey(articles, load()), tmp_path / "b", corpus="three <texts>")]
    assert first == second
    page = first[1].decode()
    assert "three &lt;texts&gt;" in page
    assert "<td>thug</td>" in page
    assert "Zebras" not in page
    assert "Port Ellis" not in page
    assert first[0].startswith(b"\x89PNG")

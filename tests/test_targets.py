"""Targets of loaded terms: golden cases in our own words, and the tables made from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sample_articles

from framing import compare
from framing.analysis import analyse
from framing.article import Article

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "golden" / "targets.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{c['term']}" for n, c in enumerate(CASES)])
def test_golden(case: dict[str, Any]) -> None:
    marks = [e for e in analyse(case["text"]).evidence if e.device == "loaded"]
    found = [e for e in marks if e.text == case["term"] or case["term"] in e.text]
    if case["target"] is not None:
        assert found, f"{case['term']!r} is not marked"
    assert [e.target for e in found] == [case["target"]] * len(found)


TEXT = (
    "Ann Reed leads the council. The corrupt council caved on Monday. Reed bungled the budget.\n\n"
    "Critics praised the heroic firefighters. “Reed is a coward,” said Tom Hale."
)


def test_table_of_an_article() -> None:
    table = analyse(TEXT).targets
    assert list(table.columns) == ["target", "voice", "positive", "negative", "n", "terms"]
    rows = {(r.target, r.voice): (r.positive, r.negative, r.n) for r in table.itertuples()}
    assert rows["Ann Reed", "narration"] == (0, 1, 1)
    assert rows["Ann Reed", "direct"] == (0, 1, 1)
    assert rows["council", "narration"] == (0, 2, 2)
    assert (table.n == table.positive + table.negative).all()
    assert analyse("The council met on Monday.").targets.empty


def test_table_of_a_comparison() -> None:
    other = "The council met on Monday. The heroic council saved the school."
    c = compare([analyse(Article(TEXT, outlet="A")), analyse(Article(other, outlet="B"))])
    rows = {(r.outlet, r.target): (r.positive, r.negative) for r in c.targets.itertuples()}
    assert rows["A", "council"] == (0, 2)
    assert rows["B", "council"] == (1, 0)


@pytest.mark.parametrize(
    "unit", ["Assad regime fell ", "he caved and Ann Reed ", "a thug of Ann Reed ", "the corrupt, "]
)
def test_linear_time(unit: str) -> None:
    def cost(n: int) -> float:
        text = unit * n
        return sample_articles.cpu_seconds(lambda: analyse(text))

    cost(50)
    # A busy machine may slow one run, not three.
    assert any(cost(6000) < 40 * max(cost(600), 0.005) for _ in range(3))

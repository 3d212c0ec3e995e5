"""Sentences: boundaries, headline, paragraphs; nothing lost on any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import Article
from framing.evaluate.splitters import CASES, ours
from framing.segment import sentences
from framing.tokens import tokenise


@pytest.mark.parametrize("case", CASES)
def test_cases(case: str) -> None:
    assert [" ".join(s.split()) for s in ours(case.replace("|", " "))] == case.split("|")


def test_headline_and_paragraphs() -> None:
    text = "Premier Promises New Bridge\n\nMay 3, 2021\n\nThe premier spoke. He smiled.\n\nNobody clapped."
    found = sentences(Article(text), tokenise(text))
    assert [s.headline for s in found] == [True, False, False, False, False]
    assert [s.paragraph for s in found] == [0, 1, 2, 2, 3]


def test_title_makes_a_headline_even_with_a_full_stop() -> None:
    text = "Rain is coming.\n\nIt will be wet."
    assert [s.headline for s in sentences(Article(text, title="Rain is coming"), tokenise(text))] == [True, False]


def test_first_paragraph_of_prose_is_no_headline() -> None:
    text = "(AGENCY) The ministers met on Monday and agreed on a plan.\n\nThey left."
    assert not any(s.headline for s in sentences(Article(text), tokenise(text)))


def test_missing_space_after_a_full_stop() -> None:
    assert ours("It was over.Then the rain came.") == ["It was over.", "Then the rain came."]


def test_run_on_name_stays_one_sentence() -> None:
    text = "He echoed this, according to a report by ABMiller agreed that it was late."
    assert len(ours(text)) == 1


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(list(".?!\"'“”\n\r \u2028A1…")))))
def test_tiles_any_text(text: str) -> None:
    tokens = tokenise(text)
    found = sentences(Article(text), tokens)
    at = 0
    for index, s in enumerate(found):
        assert (s.first, s.index) == (at, index)
        assert s.last > s.first
        assert (s.start, s.end) == (tokens.start[s.first], tokens.end[s.last - 1])
        at = s.last
    assert at == len(tokens)

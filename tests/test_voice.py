"""Voices, speakers and cues: golden cases in our own words, and properties that hold on any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sample_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import Article, Reading, Voice
from framing.voice import read, subject_of

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "golden" / "voice.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_golden(case: dict[str, Any]) -> None:
    text = case["text"]
    reading = read(Article(text))
    spans = [v for v in reading.voices if v.voice is not Voice.NARRATION]
    got = {(str(v.voice), text[v.start : v.end].strip(" ,")): v.speaker for v in spans}
    for voice, words, speaker in case["voices"]:
        assert (voice, words.strip(" ,")) in got
        if speaker is not None:
            assert got[voice, words.strip(" ,")] == speaker
    if case.get("only") or not case["voices"]:
        assert len(spans) == len(case["voices"]), got
    cues = {text[c.start : c.end]: c.stance for c in reading.cues}
    for words, stance in case["cues"]:
        assert words in cues
        if stance is not None:
            assert cues[words] == stance
    if not case["cues"]:
        assert not cues


def _check(text: str) -> Reading:
    reading = read(Article(text))
    covered = [False] * len(text)
    at = 0
    for v in reading.voices:
        assert at <= v.start < v.end <= len(text)
        assert 0.0 <= v.confidence <= 1.0
        covered[v.start : v.end] = [True] * (v.end - v.start)
        at = v.end
    assert all(done or char.isspace() for done, char in zip(covered, text, strict=True))
    for c in reading.cues:
        assert 0 <= c.start < c.end <= len(text)
        assert all(0 <= a < b <= len(text) for a, b in c.content)
    return reading


MARKS = list("\"“”‘’',.:;?()—\n") + ["\n\n", "\0", "İ", "\u200b"]  # noqa: RUF005
WORDS = [
    " said ",
    " he ",
    " Reyes ",
    " that ",
    " according to ",
    " told ",
    " the ",
    " minister ",
    " asked ",
    " and ",
    " who ",
    " of ",
    " Said ",
    " is ",
]
PIECES = MARKS + WORDS


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=60))
def test_any_text_is_covered(pieces: list[str]) -> None:
    _check("".join(pieces))


def test_same_reading_twice() -> None:
    text = "\n\n".join(c["text"] for c in CASES)
    one, two = _check(text), _check(text)
    assert one.voices == two.voices
    assert one.cues == two.cues


STORM = [
    *"\"“”‘’'„«»‹›`", "''", "``", '("', "”)", ",”", "?”", "!” ", ".’”", "\n\n“", "”\n\n", " — Ana (@ana) May 2\n\n",
    "\n\nANA: ", " said Ana. ", " Ana said, ", " he asked ", " “no” ", " 6\" ", "rock ’n’ roll ", "Mr. ",
    "J. K. Ortega Jr. ", " in ", " the ",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(STORM), max_size=80))
def test_quotation_storms(pieces: list[str]) -> None:
    """Marks of every kind in any order: covered, in order, the same twice; cues and sources lie in the text."""
    text = "".join(pieces)
    one, two = _check(text), _check(text)
    assert one.voices == two.voices
    assert one.cues == two.cues
    for c in one.cues:
        assert c.source is None or 0 <= c.source[0] < c.source[1] <= len(text)
    for v in one.voices:
        assert 0.0 <= v.speaker_confidence <= 1.0
        assert v.speaker is None or v.speaker.strip()


def test_unclosed_marks_never_swallow_the_next_paragraph() -> None:
    text = "“It is late, Ana Reyes said.\n\nThe road was empty.\n\nNobody came."
    last = _check(text).voices[-1]
    assert last.voice is Voice.NARRATION
    assert text[last.start : last.end].endswith("The road was empty.\n\nNobody came.")


HOSTILE = [
    '"', "“", '"x," he said ', "he said, ", "he said that ", "- he said -", "'a ", '"\n', "‘’", "“x” said A, ",
    "ANA: b c d\n\n", "— Ana (@ana) ", "J. ", "As A said, ", "a of b ", "who said ", "the poll of ", "she ",
    "Ana Reyes said. She said. ", "Both ministers said. ", "Ana Reyes and ", "Ana A Reyes, ",
    "Minister Ana said. The minister said. ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_linear(piece: str) -> None:
    """Four times the text takes nothing like sixteen times as long."""

    def seconds(n: int) -> float:
        return sample_articles.cpu_seconds(lambda: read(Article(piece * n)))

    seconds(500)
    # A busy machine may slow one run, not three.
    assert any(seconds(8_000) < 10 * seconds(2_000) + 0.2 for _ in range(3))


def test_subject_of() -> None:
    text = "The joint call between the ministers highlights the depth of it. Reyes highlights the risk."
    reading = read(Article(text))
    first, second = (i for i, w in enumerate(reading.tokens.norm) if w == "highlights")
    assert subject_of(reading, first)[2] == "thing"
    assert subject_of(reading, second)[2] == "person"


def test_loose_quotes_are_kept_for_the_scare_quote_detector() -> None:
    text = "Rulers of both lands, being called “peace lords” in the press, met on Monday."
    assert [text[a:b] for a, b in read(Article(text)).cache["loose_quotes"]] == ["“peace lords”"]


def test_a_name_does_not_run_on_into_the_next_line() -> None:
    text = "Flood news\n\nDoug Hale\n\nRIVER TODAY\n\nAlex Moor said the road was shut. Moor added that he was late."
    speakers = {v.speaker for v in _check(text).voices if v.voice is not Voice.NARRATION}
    assert speakers == {"Alex Moor"}


@pytest.mark.parametrize("text", ["The mayor has to report:", "The city reports:\n", "He came to Ana Reed to say:"])
def test_end_after_a_cue(text: str) -> None:
    """A text that ends where a quotation should begin is read like any other."""
    assert read(Article(text=text)).voices


@pytest.mark.parametrize("cue", ["Saying", "Vowing", "said", "He said", "The mayor, saying", "They went on to say"])
@pytest.mark.parametrize("end", ["", " by", " near", " without", " unlike", " to", " that", " in", " as", ":", ","])
def test_a_text_may_end_anywhere(cue: str, end: str) -> None:
    reading = read(Article(text=cue + end))
    assert [v.end for v in reading.voices][-1:] == [len(cue + end)]

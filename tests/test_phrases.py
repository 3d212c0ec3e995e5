"""Patterns tried only where they can match: what is found must not depend on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import framing
from framing.analysis import analyse
from framing.detect import aside
from framing.detect._phrases import _ANY, _EDGE, Opener, Phrasebook, _alternatives, _texts, needed

SAMPLES = sorted((Path(framing.__file__).parent / "samples").glob("*/*.txt"))
OPENERS = {n: p for n, p in vars(aside).items() if isinstance(p, Opener)}
PATTERNS = {n: p for n, p in vars(aside).items() if isinstance(p, re.Pattern)}


@pytest.mark.parametrize(
    ("pattern", "pairs"),
    [
        (r"\bmake no mistake\b", {("mistake", "make")}),
        (r"\b(?:of course|alas)\b", {("course", "of"), ("alas", "alas")}),
        (r"\bno (?:small )?feat\b", {("feat", "no"), ("small", "feat")}),
        (r"\bthe \w+ing truth\b", {("truth", "the")}),
        (r"\bthe (?:\w+ ){0,2}?sign\b", {("sign", "the")}),  # whatever is repeated ends before the sign
        (r"\bthe (?:\w+-)*sign\b", {("sign", "the")}),
        (r"\b[a-z]+\b", None),
        (r"feat", None),  # may stand inside a word
        (r"\b(?:alas|\d+)\b", None),
        (r"\bwrit(?:e|ing)\b", {("write", "write"), ("writing", "writing")}),
        (r"(?!no)alas\b", None),
    ],
)
def test_words_that_every_match_holds(pattern: str, pairs: set[tuple[str, str]] | None) -> None:
    found = needed(re.compile(pattern, re.IGNORECASE))
    assert (found if found is None else {p for p in found if not any("'" in w for w in p)}) == pairs


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_turn_of_phrase_is_still_found(name: str) -> None:
    pattern = PATTERNS[name]
    if needed(pattern) is None:
        pytest.skip("tried everywhere")
    tree = re._parser.parse(pattern.pattern, pattern.flags)  # type: ignore[attr-defined]
    texts = sorted({t.replace(_EDGE, "").replace(_ANY, "so") for t in _texts(list(tree))})
    step = max(1, len(texts) // 150)
    hits = 0
    for text in texts[::step]:
        for said in (f"They met. Now {text} it went. No more.", f"{text.upper()}’re here. Nothing else."):
            reading = analyse(said).reading
            may = Phrasebook(pattern).where(reading)[pattern]
            for s in reading.sentences:
                if pattern.search(said[s.start : s.end]):
                    hits += 1
                    assert s.index in may, said
    assert hits or all(_ANY in t for t in _texts(list(tree)))


def test_samples_are_marked_the_same() -> None:
    book = Phrasebook(*PATTERNS.values())
    for path in SAMPLES:
        reading = analyse(path.read_text("utf-8")).reading
        may = book.where(reading)
        for s in reading.sentences:
            for pattern in PATTERNS.values():
                assert s.index in may[pattern] or not pattern.search(reading.text, s.start, s.end)


@pytest.mark.parametrize("name", sorted(OPENERS))
def test_every_opener_is_still_found(name: str) -> None:
    opener = OPENERS[name]
    texts = sorted({t.replace(_EDGE, "").replace(_ANY, "so") for t in _alternatives(opener.pattern) or []})
    hits = 0
    for text in texts[:: max(1, len(texts) // 300)]:
        for said in (text, f"{text} it went.", text.title(), f"{text.upper()}, they said.", f"No {text}"):
            found = opener.pattern.match(said)
            hits += found is not None
            assert (opener.match(said) is None) == (found is None), said
    assert hits


@pytest.mark.parametrize("pattern", [r"i", r"(?:i|so) ", r"[\w]+ then", r"(?:ab|abcd)e?", r"", r"(?<=x)ab", "sof"])
def test_short_and_open_heads(pattern: str) -> None:
    opener = Opener(pattern)
    for said in (
        "",
        "i",
        "I am",
        "so it",
        "So",
        "now then",
        "abe",
        "AB",
        "abcde",
        "\u017fo what",
        "ſof",
        "\u0130",
        "’s",
    ):
        assert (opener.match(said) is None) == (opener.pattern.match(said) is None), said


def test_openers_of_samples_are_the_same() -> None:
    for path in SAMPLES:
        reading = analyse(path.read_text("utf-8")).reading
        for s in reading.sentences:
            said = reading.text[s.start : s.end]
            for opener in OPENERS.values():
                assert (opener.match(said) is None) == (opener.pattern.match(said) is None), said

"""Vocabulary shares of generic frames: a description with evidence, apart from every score."""

from __future__ import annotations

from math import isclose

import pytest

from framing import compare, frames
from framing.analysis import analyse
from framing.article import Article
from framing.inflection import forms
from framing.lexicon import KINDS, VOCABULARY, folder, load
from framing.tokens import tokenise

COURT = (
    "The judge sent the case to the Supreme Court on Monday. A lawyer for the plaintiff said the ruling was illegal. "
    "“Prices and wages rose,” an economist told the court."
)


def test_shares_counts_intervals_evidence() -> None:
    a = analyse(COURT)
    table = a.frames.set_index("frame")
    assert list(a.frames.columns) == list(frames.COLUMNS)
    assert tuple(table.index) == frames.FRAMES
    assert set(frames.FRAMES) == KINDS["frame"]
    assert table.n["law"] == 7
    assert table.n["economy"] == 3
    assert table.n_narration["economy"] == 1  # the economist; the rest is quoted
    assert isclose(table.share.sum(), 1)
    assert ((table.low <= table.share) & (table.share <= table.high)).all()
    assert table.n.sum() == len(a.frame_evidence)
    assert "court 1" in table.terms["law"]
    assert "supreme court 1" in table.terms["law"]
    for e in a.frame_evidence:
        assert a.article.text[e.start : e.end] == e.text
        assert e.device == "frame"


def test_frames_are_no_device() -> None:
    a = analyse(COURT)
    assert "frame" not in load().devices
    assert not [e for e in a.evidence if e.device == "frame"]
    assert not [name for name in a.values if "frame" in name or "law" in name]


def test_nothing_found() -> None:
    table = analyse("Hm.").frames
    assert table.n.sum() == 0
    assert (table.low == 0).all()
    assert (table.high == 1).all()


def test_in_a_comparison() -> None:
    c = compare([analyse(Article(COURT, outlet="A")), analyse(Article("Nurses ran the clinic on Monday.", outlet="B"))])
    n = c.frames.set_index(["outlet", "frame"]).n
    assert n["A", "law"] == 7
    assert n["B", "health"] == 2
    assert len(c.frames) == 2 * len(frames.FRAMES)


ENTRIES = frames.lexicon().entries


def test_every_frame_has_words() -> None:
    for frame in frames.FRAMES:
        assert sum(e.kind == frame for e in ENTRIES) >= 25, frame
    assert (folder() / VOCABULARY / "frame.tsv").is_file()


@pytest.mark.parametrize("frame", frames.FRAMES)
def test_every_form_is_found(frame: str) -> None:
    for e in (e for e in ENTRIES if e.kind == frame):
        for form in forms(e.entry, e.pos):
            found = frames.lexicon().scan(tokenise(f"they {form} ."))["frame"]
            assert frame in {m.entry.kind for m in found}, form


def test_one_word_one_frame() -> None:
    seen: dict[str, str] = {}
    for e in ENTRIES:
        for form in forms(e.entry, e.pos):
            assert seen.setdefault(form, e.kind) == e.kind, form

"""The judge of arguable terms: what it is asked, what it may not overrule, and that a damaged file is named."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import framing
from framing.analysis import analyse
from framing.article import Article
from framing.classify.charge import FORMAT, charge, load, signs, tilt
from framing.errors import ModelError
from framing.lexicon import Entry, Lexicon
from framing.lexicon import load as load_lists
from framing.segment import sentences
from framing.tokens import tokenise


def entry(text: str, pos: str = "x", guard: str = "", grade: str = "A") -> Entry:
    return Entry("loaded", text, pos, "phrase", "-", grade, guard, (), (), "", "test.tsv:2")


def survey(sure: list[Entry], arguable: list[Entry], text: str) -> tuple[list[str], list[tuple[str, bool]]]:
    tokens = tokenise(text)
    found, doubtful = Lexicon(sure, "", arguable).survey(tokens, sentences(Article(text), tokens))

    def words(first: int, last: int) -> str:
        return text[tokens.start[first] : tokens.end[last - 1]]

    return (
        [words(m.first, m.last) for m in found["loaded"]],
        [(words(m.first, m.last), m.guarded) for m in doubtful],
    )


def test_arguable_entries_and_missing_context_are_doubtful() -> None:
    guarded = entry("dark", guard="next=chapter")
    assert survey([guarded], [entry("sour", grade="C")], "A dark chapter, a dark tale, a sour end.") == (
        ["dark"],
        [("dark", True), ("sour", False)],
    )


def test_a_literal_use_is_never_doubtful() -> None:
    both = entry("cold", guard="next!front|weather left=war")
    assert survey([both], [], "A cold front came. A cold reply came.") == ([], [("cold", True)])
    assert survey([entry("cold", guard="next!front")], [], "A cold front came.") == ([], [])


def test_doubtful_never_overlaps_sure() -> None:
    arguable = [entry("fist", grade="C"), entry("rule by iron", grade="C")]
    assert survey([entry("iron fist")], arguable, "They rule by iron fist.") == (["iron fist"], [])
    assert survey([], [entry("sour end", grade="C"), entry("end game", grade="C")], "A sour end game.") == (
        [],
        [("sour end", False)],
    )


def test_wide_asks_no_judge() -> None:
    assert not load_lists(wide=True).arguable
    assert {e.grade for e in load_lists().arguable} == {"C"}
    assert {e.device for e in load_lists().arguable} == {"loaded"}


def test_context_decides() -> None:
    """The same arguable term beside plain and beside charged words."""
    model, lexicon = charge(), load_lists()
    plain = "The council will impose a fee of two pounds on Monday."
    heated = "The thugs in this corrupt regime impose their lies and hatred on decent people."
    out = []
    for text in (plain, heated):
        reading = analyse(text).reading
        (m,) = [m for m in lexicon.doubtful(reading) if m.entry.entry == "impose"]
        s = reading.sentences[0]
        sure = {k for x in lexicon.matches(reading)["loaded"] for k in range(x.first, x.last)}
        tilted = tilt(model.words, reading.tokens.norm, s.first, s.last)
        out.append(model.probability(reading, s, tilted, m.first, m.last, m.entry, m.guarded, sure))
    assert out[0] < model.threshold < out[1]
    assert "impose" not in [e.text for e in analyse(plain).evidence if e.device == "loaded"]
    assert "impose" in [e.text for e in analyse(heated).evidence if e.device == "loaded"]


def test_the_probability_is_the_weighted_sum_of_the_signs() -> None:
    """What is summed once for each case is what :func:`signs` says, with which the model is fitted."""
    model, lexicon = charge(), load_lists()
    checked = 0
    for path in sorted((Path(framing.__file__).parent / "samples").glob("*/*.txt")):
        reading = analyse(path.read_text("utf-8")).reading
        sure = {k for m in lexicon.matches(reading)["loaded"] for k in range(m.first, m.last)}
        for m in lexicon.doubtful(reading):
            s = reading.sentence_at(reading.tokens.start[m.first])
            tilted = tilt(model.words, reading.tokens.norm, s.first, s.last)
            status = f"{'F' if m.guarded else ''}{m.entry.grade}"
            each = signs(reading, s, tilted, model.words, m.first, m.last, m.entry, status, sure)
            z = model.intercept + sum(model.weights.get(name, 0.0) * value for name, value in each)
            p = model.probability(reading, s, tilted, m.first, m.last, m.entry, m.guarded, sure)
            assert p == pytest.approx(1 / (1 + math.exp(-z)), abs=1e-12)
            checked += 1
    assert checked > 20


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "does not begin"),
        (b"# framing-charge 99\n", "does not begin"),
        (b"# framing-charge 1\nnumber\tintercept\tx\n", ":2"),
        (b"# framing-charge 1\nsign\ta\t1\nsign\ta\t1\n", ":3"),
        (b"# framing-charge 1\nnumber\tintercept\tnan\n", "finite"),
        (b"# framing-charge 1\nnumber\tintercept\t1\n", "threshold"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_bad_file(tmp_path: Path, body: bytes, message: str) -> None:
    path = tmp_path / "charge.tsv"
    path.write_bytes(body)
    with pytest.raises(ModelError, match=message):
        load(path)
    with pytest.raises(ModelError, match="cannot read"):
        load(tmp_path / "none.tsv")


def test_shipped_file() -> None:
    assert charge().threshold == 0.25
    assert FORMAT == "framing-charge 1"
    assert len(charge().words) > 5000

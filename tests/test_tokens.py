from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.tokens import fold, tokenise


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        (" \n\t\u00a0", []),
        ("He said no.", ["He", "said", "no", "."]),
        ("1,000 at 3.5% by 10:30", ["1,000", "at", "3.5", "%", "by", "10:30"]),
        ("the 20th day", ["the", "20th", "day"]),
        ("the U.S. at 5 a.m. left", ["the", "U.S.", "at", "5", "a.m.", "left"]),
        ("don't won’t O’Neill", ["don't", "won’t", "O’Neill"]),
        ("the mayor's and China’s", ["the", "mayor", "'s", "and", "China", "’s"]),
        ("so-called -- wait...", ["so", "-", "called", "--", "wait", "..."]),
        ("“Yes,” he_said", ["“", "Yes", ",", "”", "he_said"]),
        ("_emphasis", ["_", "emphasis"]),
        ("naïve café", ["naïve", "café"]),
        ("战争", ["战争"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokenise(text).text == tokens


@pytest.mark.parametrize(
    ("token", "norm"),
    [
        ("Regime", "regime"),
        ("DON’T", "don't"),
        ("re\u200bgi\u00adme", "regime"),
        ("\u200b", ""),
        ("rеgimе", "regime"),  # Cyrillic е
        ("ｒｅｇｉｍｅ", "regime"),
        ("ﬁrm", "firm"),
        ("режим", "режим"),
        ("naïve", "naïve"),
        ("1,000", "1,000"),
    ],
)
def test_fold(token: str, norm: str) -> None:
    assert fold(token) == norm
    assert tokenise(token).norm == [norm]


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=200))
def test_every_character_in_one_token(text: str) -> None:
    tokens = tokenise(text)
    assert len(tokens) == len(tokens.norm) == len(tokens.start) == len(tokens.end) == len(tokens.text)
    last, covered = 0, set()
    for word, start, end in zip(tokens.text, tokens.start, tokens.end):
        assert last <= start < end
        assert text[start:end] == word
        covered.update(range(start, end))
        last = end
    assert all(c.isspace() for k, c in enumerate(text) if k not in covered)


@pytest.mark.parametrize("unit", ["a'", "U.", "1,", "\u200b", "'s", "-", "x\u0300", "a\u200b'"])
def test_linear(unit: str) -> None:
    """Four times the text takes nowhere near sixteen times as long."""

    def seconds(n: int) -> float:
        best = 9.0
        for _ in range(3):
            began = time.perf_counter()
            tokenise(unit * n)
            best = min(best, time.perf_counter() - began)
        return best

    assert seconds(80_000) < 10 * seconds(20_000) + 0.05


def test_remembered_folds_stay_bounded() -> None:
    from framing.tokens import _FOLD

    long = "x" * 65
    assert fold(long.upper()) == long
    assert long.upper() not in _FOLD

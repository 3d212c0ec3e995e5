from __future__ import annotations

import copy
import gc
import pickle
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing.tokens as tokens_module
from framing.tokens import Column, fold, folded, tokenise, uncollected


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
        ("r\u034fe\ufe0fg\u202di\u202cm\u3164e\U000e0065", "regime"),
        ("ʀᴇɡıᴍᴇ", "regime"),
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


def test_a_column_says_of_every_token_what_its_form_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens_module, "_forms", tokens_module._Forms())
    asked: list[str] = []

    def length(form: str) -> int:
        asked.append(form)
        return len(form)

    column = Column(length, "u2")
    for text in ("One two two three.", "Three two One, and four", "", "\u200b “x” İ ﬁ"):
        tokens = tokenise(text)
        assert column(tokens).tolist() == [len(t) for t in tokens.text]
    assert len(asked) == len(set(asked))  # each form once


def test_a_new_column_does_not_pay_for_what_others_have_met(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens_module, "_forms", tokens_module._Forms())
    Column(len)(tokenise(" ".join(f"w{i}" for i in range(5000))))
    asked: list[str] = []
    column = Column(lambda form: asked.append(form) or len(form))  # type: ignore[func-returns-value]
    short = tokenise("Two words.")
    assert column(short).tolist() == [3, 5, 1]
    assert asked == short.text
    for _ in range(3000):  # asked again and again, it learns them all, once
        assert column(short).tolist() == [3, 5, 1]
    assert 5003 <= len(asked) <= 2 * 5003 + 3


def test_forms_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text of one article keeps its numbers when the next one begins anew; memory stays bounded."""
    monkeypatch.setattr(tokens_module, "_forms", tokens_module._Forms())
    monkeypatch.setattr(tokens_module, "_FORMS", 50)
    column = Column(len, "u4")
    old = tokenise(" ".join(f"w{i}" for i in range(80)))
    before = column(old).tolist()
    for k in range(5):
        new = tokenise(" ".join(f"v{k}x{i}" for i in range(80)))
        assert column(new).tolist() == [len(t) for t in new.text]
        assert len(tokens_module._forms.seen) <= 50 + 80
    assert column(old).tolist() == before
    long = tokenise("x" * 3000)
    monkeypatch.setattr(tokens_module, "_FORMS", 400_000)
    monkeypatch.setattr(tokens_module, "_CHARACTERS", 1000)
    assert column(long).tolist() == [3000]
    assert column(tokenise("next one")).tolist() == [4, 3]
    assert len(tokens_module._forms.seen) == 2


def test_tokens_can_be_copied_and_pickled() -> None:
    tokens = tokenise("“One,” she said. ﬁne")
    Column(len)(tokens)
    for other in (copy.deepcopy(tokens), pickle.loads(pickle.dumps(tokens))):
        assert (other.text, other.norm, other.start, other.end) == (tokens.text, tokens.norm, tokens.start, tokens.end)


def test_threads_analyse_alike() -> None:
    """What is remembered of forms grows in all threads at once: tables of lists and classifiers as well."""
    from framing.classify import Scorer, classifier

    endings = ("ing", "ness", "ers", "ably", "ism")
    words = [f"sh{a}m{b}{e}" for a in "aeioubdr" for b in "aeioultn" for e in endings]
    texts = [" ".join(words[i * k % len(words)] for i in range(60)) for k in range(1, 121)]
    models = [classifier(n) for n in ("opinion", "bias", "certainty")]
    alone = Scorer(models).predict_proba(texts)
    shared = Scorer(models)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda t: shared.predict_proba([t])[0].tolist(), texts))
    assert [pytest.approx(row) for row in alone.tolist()] == found


def test_threads_number_forms_alike() -> None:
    texts = [" ".join(f"t{(i * k) % 701}" for i in range(700)) for k in range(1, 25)]
    column = Column(lambda form: zlib.crc32(form.encode("utf-8", "surrogatepass")), "u4")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda t: column(tokenise(t)).tolist(), texts))
    assert found == [[zlib.crc32(w.encode()) for w in t.split()] for t in texts]


@pytest.mark.parametrize(
    "text", ["", " ", "plain", "Two Words", "three plain  words", "so-called", "don't", "a.m.", "É", "3 x", "a\tb"]
)
def test_folded_is_what_the_tokens_say(text: str) -> None:
    assert folded(text) == tokenise(text).norm


def test_garbage_is_collected_again_after_loading() -> None:
    was = gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled() == was

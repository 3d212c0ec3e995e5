from __future__ import annotations

from math import isnan

import pytest
import sample_articles
from hypothesis import given, settings
from hypothesis import strategies as st

import framing
from framing import Article
from framing.score import MEASURES, STANCES, Counts, scores
from framing.statistics import garwood, wilson

EVENTS = ("defence-call", "border-camp")


@pytest.mark.parametrize("event", EVENTS)
def test_scores_follow_from_evidence_and_words(event: str) -> None:
    for article in sample_articles.articles(event):
        analysis = framing.analyse(article)
        assert analysis.evidence
        sample_articles.check(analysis)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 400), st.integers(1, 20_000), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_garwood_is_the_exact_poisson_interval(n: int, words: int, level: float) -> None:
    from scipy.stats import chi2, poisson

    rate, low, high = garwood(n, words, 1000, level)
    tail = (1 - level) / 2
    assert rate == pytest.approx(1000 * n / words)
    assert low == pytest.approx(1000 * (chi2.ppf(tail, 2 * n) / 2 if n else 0) / words, rel=1e-9)
    assert high == pytest.approx(1000 * chi2.ppf(1 - tail, 2 * n + 2) / 2 / words, rel=1e-9)
    # By its definition: at the upper bound, n or fewer have probability alpha / 2.
    assert poisson.cdf(n, high * words / 1000) == pytest.approx(tail, rel=1e-6)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from([0.9, 0.95, 0.99]))
def test_wilson_is_scipys(k: int, n: int, level: float) -> None:
    from scipy.stats import binomtest

    k = min(k, n)
    share, low, high = wilson(k, n, level)
    ci = binomtest(k, n).proportion_ci(level, method="wilson")
    assert share == pytest.approx(k / n)
    assert low == pytest.approx(ci.low, abs=1e-9)
    assert high == pytest.approx(ci.high, abs=1e-9)
    assert 0 <= low <= share <= high <= 1


def test_nothing_counted_is_nan_not_zero() -> None:
    assert all(map(isnan, garwood(0, 0)))
    assert all(map(isnan, wilson(0, 0)))
    assert all(map(isnan, garwood(-1, 10)))


def test_empty() -> None:
    out = scores(Counts())
    assert out["words"] == 0
    assert out["status"] == "not scored"
    assert all(isnan(out[m.name]) for m in MEASURES)
    assert all(isnan(out[f"stance_{s}"]) for s in STANCES)


def test_short_texts_are_said() -> None:
    line = "The council met in the town hall and left by the road again. "  # 13 words
    status = {n: framing.analyse(line * n).values["status"] for n in (7, 8, 38, 39)}
    assert status == {7: "not scored", 8: "warning", 38: "warning", 39: "scored"}
    short = framing.analyse("The brutal regime lied.")
    assert isnan(short.values["loaded"])
    assert short.values["n_loaded"] >= 1  # counted all the same


def test_a_sources_words_are_not_the_outlets() -> None:
    own = framing.analyse("The brutal regime is a disgrace.")
    quoted = framing.analyse("“The brutal regime is a disgrace,” said Ann Miller.")
    assert own.values["n_loaded"] >= 2
    assert quoted.values["n_loaded"] == 0
    assert {e.voice for e in quoted.evidence if e.device == "loaded"} == {"direct"}


def test_a_title_of_its_own_is_scored_apart() -> None:
    text = "The council met in the town hall. " * 20
    plain = framing.analyse(text).values
    titled = framing.analyse(text, title="Brutal regime meets").values
    assert titled["headline_loaded_negative"] >= 1
    assert titled["n_loaded"] == plain["n_loaded"]
    assert titled["words"] == plain["words"]


def test_table_has_a_row_per_article() -> None:
    articles = sample_articles.articles()[:2]
    table = framing.score([*articles, Article("")])
    assert list(table["outlet"])[:2] == [a.outlet for a in articles]
    assert list(table.columns[:5]) == ["id", "outlet", "title", "published", "event"]
    assert {m.name for m in MEASURES} <= set(table.columns)
    assert len(table) == 3


def test_unknown_field_and_type() -> None:
    with pytest.raises(framing.UsageError, match="colour"):
        framing.analyse("x", colour="red")
    with pytest.raises(framing.UsageError, match="int"):
        framing.analyse(3)  # type: ignore[arg-type]
    with pytest.raises(framing.UsageError, match="Article"):
        framing.analyse(Article("x"), outlet="y")

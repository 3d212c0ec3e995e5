"""Intervals, tests and resampling, against scipy, statsmodels and simulation."""

from __future__ import annotations

from itertools import product
from math import inf, isnan, nan

import numpy as np
import pytest
from scipy import stats

from framing import statistics as st


@pytest.mark.parametrize("n", [0, 1, 3, 17, 400])
def test_garwood_is_the_chi_square_interval(n: int) -> None:
    rate, low, high = st.garwood(n, 800)
    assert rate == n / 0.8
    assert low == pytest.approx(stats.chi2.ppf(0.025, 2 * n) / 2 / 0.8 if n else 0.0)
    assert high == pytest.approx(stats.chi2.ppf(0.975, 2 * n + 2) / 2 / 0.8)


def test_nothing_to_divide_by() -> None:
    assert all(map(isnan, st.garwood(0, 0)))
    assert all(map(isnan, st.wilson(0, 0)))
    assert all(map(isnan, st.rate_ratio(0, 100, 0, 100)))


@pytest.mark.parametrize(("k", "n"), [(0, 10), (3, 10), (10, 10), (57, 400)])
def test_wilson_agrees_with_statsmodels(k: int, n: int) -> None:
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    assert st.wilson(k, n)[1:] == pytest.approx(proportion.proportion_confint(k, n, method="wilson"), abs=1e-12)


@pytest.mark.parametrize(("a", "b"), [(3, 9), (0, 4), (5, 0), (40, 41)])
def test_rate_ratio_is_the_binomial_interval(a: int, b: int) -> None:
    ratio, low, high = st.rate_ratio(a, 1000, b, 500)
    limits = stats.binomtest(b, a + b).proportion_ci(method="exact")
    assert ratio == (pytest.approx(2 * b / a) if a else inf)
    assert low == pytest.approx(2 * limits.low / (1 - limits.low))
    assert high == (pytest.approx(2 * limits.high / (1 - limits.high)) if limits.high < 1 else inf)


def test_adjusted_p_values_agree_with_statsmodels() -> None:
    multitest = pytest.importorskip("statsmodels.stats.multitest")
    p = [0.04, 0.001, 0.3, 0.02, 0.02, 0.9, 0.008]
    assert st.holm(p) == pytest.approx(list(multitest.multipletests(p, method="holm")[1]))
    assert st.benjamini_hochberg(p) == pytest.approx(list(multitest.multipletests(p, method="fdr_bh")[1]))
    unknown, known = st.holm([nan, 0.01])
    assert isnan(unknown)
    assert known == 0.01


def test_cliffs_delta_by_brute_force() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.integers(0, 6, 30).tolist(), rng.integers(1, 7, 25).tolist()
    slow = sum((y > x) - (y < x) for x, y in product(a, b)) / (len(a) * len(b))
    assert st.cliffs_delta(a, b) == pytest.approx(slow)


@pytest.mark.parametrize("n", [2, 5, 12])
def test_exact_permutation_agrees_with_scipy(n: int) -> None:
    rng = np.random.default_rng(n)
    a, b = rng.normal(size=n), rng.normal(0.5, size=n)

    def total(x: np.ndarray, y: np.ndarray, axis: int) -> np.ndarray:
        return np.sum(y - x, axis=axis)

    expected = stats.permutation_test((a, b), total, permutation_type="samples", n_resamples=inf).pvalue
    assert st.paired_permutation(b - a, rng) == pytest.approx(expected)


def test_permutation_p_is_uniform_under_the_null() -> None:
    rng = np.random.default_rng(0)
    p = [st.paired_permutation(rng.normal(size=20), rng, resamples=499) for _ in range(400)]
    assert stats.kstest(p, "uniform").pvalue > 0.01
    assert min(p) > 0


def test_bca_agrees_with_scipy() -> None:
    rng = np.random.default_rng(5)
    values = rng.gamma(2.0, size=40)
    draws = st.resample_sums(values[:, None], 20_000, np.random.default_rng(1))[:, 0] / len(values)
    low, high = st.bca(draws, values.mean(), (values.sum() - values) / (len(values) - 1))
    other = stats.bootstrap((values,), np.mean, n_resamples=20_000, method="BCa", random_state=2).confidence_interval
    assert (low, high) == pytest.approx((other.low, other.high), rel=0.02)


@pytest.mark.parametrize("n", [10, 60])
def test_mean_interval_covers(n: int) -> None:
    rng = np.random.default_rng(7)
    hits = 0
    for _ in range(1000):
        _, low, high, _ = st.mean_interval(rng.normal(1.0, 2.0, size=n), rng, resamples=600)
        hits += low <= 1.0 <= high
    # 95 % +- 2 points, and what 1,000 repetitions leave to chance.
    assert 0.93 - 0.014 <= hits / 1000 <= 0.97


def test_resample_sums_have_the_bootstrap_mean_and_spread() -> None:
    rows = np.random.default_rng(2).poisson(1.0, size=(50, 3)).astype(float)
    draws = st.resample_sums(rows, 8000, np.random.default_rng(3))
    assert draws.mean(axis=0) == pytest.approx(rows.sum(axis=0), rel=0.02)
    assert draws.std(axis=0) == pytest.approx(rows.std(axis=0) * 50**0.5, rel=0.05)


def test_log_odds_tells_preferred_words() -> None:
    prior = {"the": 1000.0, "regime": 5.0, "government": 20.0}
    out = st.log_odds({"the": 100, "government": 12}, {"the": 100, "regime": 12}, prior)
    assert out["regime"][1] > 1.96
    assert out["government"][1] < -1.96
    assert abs(out["the"][1]) < 1


def test_dispersion_tells_clustering_from_chance() -> None:
    rng = np.random.default_rng(4)
    even, p = st.dispersion(rng.poisson(5, 200).tolist(), [1000.0] * 200)
    lumpy, q = st.dispersion(rng.negative_binomial(1, 1 / 6, 200).tolist(), [1000.0] * 200)
    assert even == pytest.approx(1, abs=0.3)
    assert p > 0.001
    assert lumpy > 2
    assert q < 0.001


def test_detectable_ratio_has_the_power_it_promises() -> None:
    rng = np.random.default_rng(6)
    ratio = st.detectable_ratio(0.02, 600, 600)
    a, b = rng.poisson(12, 1500), rng.poisson(12 * ratio, 1500)
    shown = sum(st.rate_ratio(int(x), 600, int(y), 600)[1] > 1 for x, y in zip(a, b, strict=True))
    assert shown / 1500 == pytest.approx(0.8, abs=0.1)

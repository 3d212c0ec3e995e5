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


def _events(rng: np.random.Generator, events: int, ratio: float) -> tuple[np.ndarray, ...]:
    """Counts and words of two outlets on the same events, with event effects and over-dispersed counts."""
    rate = 0.01 * rng.gamma(2.0, 0.5, events)
    w_a, w_b = rng.integers(200, 900, events), rng.integers(200, 900, events)
    n_a = rng.poisson(rate * w_a * rng.gamma(4.0, 0.25, events))
    n_b = rng.poisson(ratio * rate * w_b * rng.gamma(4.0, 0.25, events))
    return n_a, w_a, n_b, w_b


@pytest.mark.parametrize("events", [10, 30])
def test_stratified_ratio_covers(events: int) -> None:
    rng = np.random.default_rng(events)
    hits = 0
    for _ in range(1000):
        _, low, high, _, _ = st.stratified_ratio(*_events(rng, events, 1.5), rng, resamples=400)
        hits += low <= 1.5 <= high
    # 95 % +- 2 points, and what 1,000 repetitions leave to chance.
    assert 0.93 - 0.014 <= hits / 1000 <= 0.97 + 0.011


@pytest.mark.parametrize("events", [10, 30])
def test_rate_interval_covers(events: int) -> None:
    rng = np.random.default_rng(events)
    hits = 0
    for _ in range(1000):
        n_a, w_a, *_ = _events(rng, events, 1.0)
        _, low, high, _ = st.rate_interval(n_a, w_a, rng, resamples=400)
        hits += low <= 0.01 <= high
    assert 0.93 - 0.014 <= hits / 1000 <= 0.97 + 0.011


def test_label_swap_p_is_uniform_when_outlets_do_not_differ() -> None:
    rng = np.random.default_rng(11)
    p = []
    for _ in range(400):
        n_a, w_a, n_b, w_b = _events(rng, 25, 1.0)
        d = (n_b * w_a - n_a * w_b) / (w_a + w_b)
        p.append(float(st.label_swaps(d[:, None], rng, resamples=499)[0][0]))
    assert stats.kstest(p, "uniform").pvalue > 0.01


@pytest.mark.parametrize("n", [6, 30])
def test_label_swaps_agree_with_one_column_at_a_time(n: int) -> None:
    rng = np.random.default_rng(n)
    d = rng.normal(0.3, 1.0, size=(n, 4))
    d[:, 3] = 0
    together, method = st.label_swaps(d, np.random.default_rng(1), resamples=4000)
    alone = [st.paired_permutation(d[:, k], np.random.default_rng(2), resamples=4000) for k in range(4)]
    assert together == pytest.approx(alone, abs=1e-12 if n == 6 else 0.03)
    assert ("exact" in method) == (n == 6)


def test_stratified_ratio_is_the_mantel_haenszel_rate_ratio() -> None:
    n_a, w_a, n_b, w_b = _events(np.random.default_rng(3), 12, 1.4)
    total = w_a + w_b
    expected = np.sum(n_b * w_a / total) / np.sum(n_a * w_b / total)
    assert st.stratified_ratio(n_a, w_a, n_b, w_b, np.random.default_rng(0))[0] == pytest.approx(expected)
    exact = st.stratified_ratio([0, 0], [500, 500], [4, 3], [500, 500], np.random.default_rng(0))
    assert exact[:3] == pytest.approx(st.rate_ratio(0, 1000, 7, 1000))
    assert exact[4] == "exact, counts pooled"


def _table(rng: np.random.Generator, events: int, effects: list[float]) -> tuple[list[int], ...]:
    rows: list[tuple[int, int, int, int]] = []
    for e, rate in enumerate(0.01 * rng.gamma(2.0, 0.5, events)):
        for o, effect in enumerate(effects):
            if rng.random() < 0.6:
                words = int(rng.integers(200, 900))
                rows.append((e, o, int(rng.poisson(rate * effect * words * rng.gamma(4.0, 0.25))), words))
    return tuple(map(list, zip(*rows, strict=True)))


def test_event_effects_are_the_poisson_regression_with_event_terms() -> None:
    families = pytest.importorskip("statsmodels.genmod.families")
    glm = pytest.importorskip("statsmodels.genmod.generalized_linear_model").GLM
    event, outlet, n, w = map(np.array, _table(np.random.default_rng(5), 15, [1.0, 1.5, 0.8]))
    inside = np.bincount(event, minlength=15)[event] > 1
    e, o = event[inside], outlet[inside]
    x = np.column_stack([*(e == k for k in np.unique(e)), o == 1, o == 2]).astype(float)
    # An event in which nothing was counted has no finite effect and tells nothing about outlets.
    use = np.bincount(e, n[inside], minlength=15)[e] > 0
    x = x[use][:, x[use].any(axis=0)]
    fit = glm(n[inside][use], x, family=families.Poisson(), exposure=w[inside][use]).fit()
    adjusted = st.event_effects(event, outlet, n, w)[0]
    assert np.log(adjusted[1:] / adjusted[0]) == pytest.approx(fit.params[-2:], abs=1e-4)


def test_event_effects_cover_and_take_out_what_was_covered() -> None:
    rng = np.random.default_rng(8)
    effects = [0.7, 1.0, 1.6]
    hits = n = 0
    for _ in range(250):
        adjusted, low, high, _ = st.event_effects(*_table(rng, 30, effects))
        n += np.isfinite(adjusted).sum()
        hits += sum(a <= 0.01 * effect <= b for a, b, effect in zip(low, high, effects, strict=True))
    assert 0.91 <= hits / n <= 0.98
    # Outlet 1 covers the fiery events only: its plain rate is high, its adjusted one is not.
    event, outlet = [0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 0, 2, 0, 2]
    counts, words = [20, 20, 18, 18, 2, 2, 3, 3], [1000] * 8
    adjusted = st.event_effects(event, outlet, counts, words)[0]
    assert adjusted == pytest.approx([adjusted[0]] * 3)


def test_event_effects_of_outlets_that_nothing_connects() -> None:
    adjusted, low, _, events = st.event_effects([0, 0, 1, 1, 2], [0, 1, 0, 1, 2], [4, 5, 3, 0, 9], [900] * 5)
    assert isnan(adjusted[2])
    assert events.tolist() == [2, 2, 0]
    assert (low[:2] < adjusted[:2]).all()
    nothing = st.event_effects([0, 0, 1, 1], [0, 1, 0, 2], [4, 2, 3, 0], [900] * 4)
    assert nothing[0][2] == 0
    assert nothing[2][2] > 0
    assert len(st.event_effects([], [], [], [])[0]) == 0


def test_within_permutation_counts_every_choice() -> None:
    rng = np.random.default_rng(0)
    strata = [rng.normal(size=(k, 2)) for k in (2, 3, 4)]
    observed = strata[0][1] + strata[1][0] + strata[2][2]
    every = np.array(
        [sum(v[c] for v, c in zip(strata, choice, strict=True)) for choice in product(*map(range, (2, 3, 4)))]
    )
    expected = (np.abs(every) >= np.abs(observed) - 1e-9).mean(axis=0)
    assert st.within_permutation(strata, observed, rng) == pytest.approx(expected)
    assert st.within_permutation(strata, observed, rng, resamples=20) == pytest.approx(expected, abs=0.35)


def test_within_permutation_p_is_uniform_under_the_null() -> None:
    rng = np.random.default_rng(2)
    p = []
    for _ in range(400):
        strata = [rng.normal(size=(int(rng.integers(2, 5)), 1)) for _ in range(15)]
        p.append(float(st.within_permutation(strata, sum(v[0] for v in strata), rng, resamples=499)[0]))
    assert stats.kstest(p, "uniform").pvalue > 0.01

"""Intervals, tests and resampling for rates and shares.

Everything the scores and the comparison claim about uncertainty is computed here,
from counts, so that it can be checked against independent implementations. Scalars
use plain Python with scipy.special imported on first use; resampling uses numpy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import inf, nan, sqrt
from typing import Any

__all__ = [
    "bca", "benjamini_hochberg", "cliffs_delta", "detectable_ratio", "dispersion", "event_effects", "garwood", "holm",
    "label_swaps", "log_odds", "mean_interval", "paired_permutation", "percentile", "rate_interval", "rate_ratio",
    "resample_sums", "stratified_ratio", "t_quantile", "wilson", "within_permutation",
]  # fmt: skip


@lru_cache(maxsize=4096)
def _normal_quantile(p: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(p)


@lru_cache(maxsize=65_536)
def _poisson_bounds(count: float, level: float) -> tuple[float, float]:
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    low = float(gammaincinv(count, tail)) if count > 0 else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))


def garwood(count: float, exposure: float, per: float = 1000, level: float = 0.95) -> tuple[float, float, float]:
    """Rate per ``per`` units of exposure with its exact Poisson interval (Garwood 1936).

    ``count``: events (>= 0); ``exposure``: units in which they were counted (words).
    Returns (rate, low, high), all NaN where exposure is not positive.
    """
    if not exposure > 0 or count < 0:
        return nan, nan, nan
    low, high = _poisson_bounds(count, level)
    scale = per / exposure
    return count * scale, low * scale, high * scale


def wilson(k: float, n: float, level: float = 0.95) -> tuple[float, float, float]:
    """Share ``k / n`` with its score interval (Wilson 1927): (share, low, high), NaN where n is not positive.

    ``k`` may be a sum of probabilities.
    """
    if not n > 0:
        return nan, nan, nan
    z = _normal_quantile(0.5 + level / 2)
    p = min(1.0, max(0.0, k / n))
    z2 = z * z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    # At 0 and 1 the bound is exact; rounding must not push it past the share.
    return p, (0.0 if p == 0 else min(p, centre - half)), (1.0 if p == 1 else max(p, centre + half))


@lru_cache(maxsize=65_536)
def rate_ratio(
    n_a: int, exposure_a: float, n_b: int, exposure_b: float, level: float = 0.95
) -> tuple[float, float, float]:
    """Ratio of two Poisson rates (b over a) with its exact interval: (ratio, low, high).

    Given the total, the count of b is binomial; its Clopper-Pearson (1934) limits give the ratio's.
    NaN where an exposure is not positive or nothing was counted; the ratio is inf where only a is zero.
    """
    if not (exposure_a > 0 and exposure_b > 0) or n_a + n_b == 0:
        return nan, nan, nan
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    scale = exposure_a / exposure_b
    low = float(betaincinv(n_b, n_a + 1, tail)) if n_b else 0.0
    high = float(betaincinv(n_b + 1, n_a, 1 - tail)) if n_a else 1.0
    ratio = n_b / n_a * scale if n_a else inf
    return ratio, low / (1 - low) * scale, (high / (1 - high) * scale if high < 1 else inf)


def resample_sums(rows: Any, resamples: int, rng: Any) -> Any:
    """Bootstrap sums: ``rows`` (units x columns) -> (resamples x columns), units drawn with replacement.

    One multinomial draw per resample gives every unit its weight, so all columns share the same resamples.
    """
    import numpy as np

    rows = np.asarray(rows, dtype=float)
    n = len(rows)
    if n == 0:
        return np.zeros((resamples, rows.shape[1] if rows.ndim > 1 else 1))
    out = []
    step = max(1, 4_000_000 // n)
    for at in range(0, resamples, step):
        weights = rng.multinomial(n, np.full(n, 1 / n), size=min(step, resamples - at))
        out.append(weights @ rows)
    return np.concatenate(out)


def percentile(draws: Any, level: float = 0.95) -> tuple[float, float]:
    """Percentile interval of bootstrap draws, NaN draws left out; (NaN, NaN) where fewer than half are defined."""
    import numpy as np

    draws = np.asarray(draws, dtype=float)
    known = draws[np.isfinite(draws)]
    if not len(known) or len(known) * 2 < len(draws):
        return nan, nan
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def bca(draws: Any, observed: float, jackknife: Any, level: float = 0.95) -> tuple[float, float]:
    """Bias-corrected, accelerated interval (Efron 1987) from bootstrap draws and leave-one-out values."""
    import numpy as np
    from scipy.special import ndtr, ndtri

    draws = np.asarray(draws, dtype=float)
    draws = draws[np.isfinite(draws)]
    left_out = np.asarray(jackknife, dtype=float)
    if not len(draws) or not np.isfinite(observed):
        return nan, nan
    if draws.min() == draws.max():
        return float(draws[0]), float(draws[0])
    below = (np.sum(draws < observed) + 0.5 * np.sum(draws == observed)) / len(draws)
    z0 = ndtri(min(max(below, 1 / (2 * len(draws))), 1 - 1 / (2 * len(draws))))
    d = left_out.mean() - left_out
    spread = float(np.sum(d**2) ** 1.5)
    a = float(np.sum(d**3)) / (6 * spread) if spread > 0 else 0.0
    ends = []
    for tail in ((1 - level) / 2, (1 + level) / 2):
        z = z0 + ndtri(tail)
        # Beyond 1 / a the transformation turns round: the end of the draws is meant.
        ends.append(float(ndtr(z0 + z / (1 - a * z))) if a * z < 1 else float(z > 0))
    low, high = np.quantile(draws, ends)
    return float(low), float(high)


def mean_interval(values: Any, rng: Any, resamples: int = 2000, level: float = 0.95) -> tuple[float, float, float, str]:
    """Mean over clusters (events) with its bootstrap interval: (mean, low, high, method).

    BCa from twenty clusters on; below that a t interval, because few clusters make bootstrap intervals too short.
    """
    import numpy as np

    values = np.asarray(values, dtype=float)
    values = values[np.isfinite(values)]
    n = len(values)
    if n == 0:
        return nan, nan, nan, "none"
    mean = float(values.mean())
    if n == 1:
        return mean, nan, nan, "one event"
    if n < 20:
        from scipy.special import stdtrit

        half = float(stdtrit(n - 1, (1 + level) / 2)) * float(values.std(ddof=1)) / sqrt(n)
        return mean, mean - half, mean + half, "t over events"
    draws = resample_sums(values[:, None], resamples, rng)[:, 0] / n
    left_out = (values.sum() - values) / (n - 1)
    return mean, *bca(draws, mean, left_out, level), "BCa over events"


def paired_permutation(differences: Any, rng: Any, resamples: int = 9999, exact_up_to: int = 14) -> float:
    """Two-sided p of a mean paired difference under label swaps within pairs.

    Exact (all 2^n sign patterns) up to ``exact_up_to`` non-zero differences; else random
    patterns with the observed one counted in, so p is never zero. NaN without a difference to test.
    """
    import numpy as np

    d = np.asarray(differences, dtype=float)
    d = d[np.isfinite(d)]
    if not len(d):
        return nan
    d = d[d != 0]
    if not len(d):
        return 1.0
    observed = abs(d.sum())
    slack = 1e-9 * max(1.0, float(np.abs(d).sum()))
    if len(d) <= exact_up_to:
        sums = np.zeros(1)
        for v in d:
            sums = np.concatenate([sums + v, sums - v])
        return float(np.mean(np.abs(sums) >= observed - slack))
    hits = 0
    step = max(1, 2_000_000 // len(d))
    for at in range(0, resamples, step):
        signs = rng.integers(0, 2, size=(min(step, resamples - at), len(d))) * 2 - 1
        hits += int(np.sum(np.abs(signs @ d) >= observed - slack))
    return (hits + 1) / (resamples + 1)


def label_swaps(differences: Any, rng: Any, resamples: int = 9999, exact_up_to: int = 14) -> tuple[Any, str]:
    """:func:`paired_permutation` of every column of ``differences`` (pairs x measures): (p per column, method).

    All columns share the same swaps, so thousands of measures cost one matrix product.
    """
    import numpy as np

    d = np.asarray(differences, dtype=float)
    n = len(d)
    observed = np.abs(d.sum(axis=0))
    slack = 1e-9 * np.maximum(1.0, np.abs(d).sum(axis=0))
    if n <= exact_up_to:
        signs = ((np.arange(2**n)[:, None] >> np.arange(n)) & 1) * 2.0 - 1
        p = (np.abs(signs @ d) >= observed - slack).mean(axis=0)
        return np.where(np.any(d != 0, axis=0), p, 1.0), f"exact label swap over {n} events"
    hits = np.zeros(d.shape[1])
    step = max(1, 2_000_000 // n)
    for at in range(0, resamples, step):
        signs = rng.integers(0, 2, size=(min(step, resamples - at), n)) * 2.0 - 1
        hits += (np.abs(signs @ d) >= observed - slack).sum(axis=0)
    p = (hits + 1) / (resamples + 1)
    for k in np.flatnonzero((d != 0).sum(axis=0) <= exact_up_to):
        p[k] = paired_permutation(d[:, k], rng, resamples, exact_up_to)
    return p, f"{resamples:,} random label swaps over {n} events"


def within_permutation(strata: Sequence[Any], observed: Any, rng: Any, resamples: int = 9999) -> Any:
    """Two-sided p of sums of one row per stratum, if any row of a stratum could have stood for the observed one.

    ``strata``: per event a matrix (outlets x measures) of what each outlet would contribute; ``observed``: per measure
    the sum of what the outlet in question did contribute. Exact where there are at most ``resamples`` ways to choose,
    else by random choice with the observed one counted in. All measures share the same choices.
    """
    import numpy as np

    values = [np.asarray(v, dtype=float) for v in strata]
    observed = np.abs(np.asarray(observed, dtype=float))
    slack = 1e-9 * np.maximum(1.0, sum(np.abs(v).max(axis=0) for v in values))
    ways = 1.0
    for v in values:
        ways *= len(v)
    if ways <= resamples:
        sums = np.zeros((1, len(observed)))
        for v in values:
            sums = (sums[:, None, :] + v[None, :, :]).reshape(-1, len(observed))
        return (np.abs(sums) >= observed - slack).mean(axis=0)
    hits = np.zeros(len(observed))
    for at in range(0, resamples, 20_000):
        sums = np.zeros((min(20_000, resamples - at), len(observed)))
        for v in values:
            sums += v[rng.integers(0, len(v), len(sums))]
        hits += (np.abs(sums) >= observed - slack).sum(axis=0)
    return (hits + 1) / (resamples + 1)


@lru_cache(maxsize=4096)
def t_quantile(df: float, p: float) -> float:
    """Quantile of Student's t with ``df`` degrees of freedom."""
    from scipy.special import stdtrit

    return float(stdtrit(df, p))


def _log_interval(
    log: float, left_out: Any, parts: Any, draws: Any, least: float, level: float
) -> tuple[float, float, float, float, str]:
    """Interval of a log rate or log ratio over clusters: (low, high, standard error, degrees of freedom, method).

    ``left_out``: the estimate without each cluster; ``parts``: how much each carries. A jackknife t interval, whose
    degrees of freedom are the effective number of clusters less one (few large clusters count as few). From twenty
    clusters on the hull of that and the BCa interval of ``draws``, widened to the same degrees of freedom, because BCa
    alone covers too little when counts are over-dispersed (tests/test_statistics.py simulates it). ``least``: the
    standard error is never taken smaller.
    """
    import numpy as np

    n = len(left_out)
    share = np.asarray(parts) / np.sum(parts)
    freedom = max(1.0, 1 / float(np.sum(share**2)) - 1)
    error = max(sqrt((n - 1) / n * float(np.sum((left_out - left_out.mean()) ** 2))), least)
    t = t_quantile(round(freedom, 3), 0.5 + level / 2)
    low, high = log - t * error, log + t * error
    if n < 20:
        return low, high, error, freedom, "jackknife t over events"
    from scipy.special import ndtr

    tail = float(ndtr(-t * sqrt(n / (n - 1))))
    a, b = bca(draws, log, left_out, 1 - 2 * max(tail, 1 / len(draws)))
    if np.isfinite(a) and np.isfinite(b):
        low, high = min(low, a), max(high, b)
    return low, high, error, freedom, "BCa and jackknife t over events"


def rate_interval(
    counts: Any, exposures: Any, rng: Any, resamples: int = 2000, poisson: bool = True, level: float = 0.95
) -> tuple[float, float, float, str]:
    """Pooled rate of clusters (events): (sum of counts / sum of exposures, low, high, method).

    A jackknife over events on the log scale, from twenty events on widened to the cluster bootstrap's BCa interval.
    With ``poisson`` its standard error is never below the Poisson one, and one event or none counted gives the exact
    Poisson interval (Garwood 1936); without it (shares of words) one event gives no interval.
    """
    import numpy as np

    n, w = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    n, w = n[w > 0], w[w > 0]
    if not len(n):
        return nan, nan, nan, "none"
    total, exposure = float(n.sum()), float(w.sum())
    if len(n) == 1 or total == 0:
        if poisson:
            return *garwood(total, exposure, 1, level), "Garwood"
        return total / exposure, nan, nan, "one event" if len(n) == 1 else "none counted"
    sums = resample_sums(np.column_stack([n, w]), resamples, rng) if len(n) >= 20 else np.ones((1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        draws, left_out = np.log(sums[:, 0] / sums[:, 1]), np.log((total - n) / (exposure - w))
    if not np.isfinite(left_out).all():  # all that was counted stands in one event
        return (
            (*garwood(total, exposure, 1, level), "Garwood") if poisson else (total / exposure, nan, nan, "one event")
        )
    least = 1 / sqrt(total) if poisson else 0.0
    low, high, _, _, method = _log_interval(float(np.log(total / exposure)), left_out, w, draws, least, level)
    return total / exposure, float(np.exp(low)), float(np.exp(high)), method


def stratified_ratio(
    n_a: Any, w_a: Any, n_b: Any, w_b: Any, rng: Any, resamples: int = 2000, poisson: bool = True, level: float = 0.95
) -> tuple[float, float, float, float, str]:
    """Ratio of two rates (b over a) within events, after Mantel and Haenszel (1959).

    Returns (ratio, low, high, detectable, method). Arrays have one entry per event: counts and exposures of either
    side. Intervals as :func:`rate_interval`; ``detectable``: the smallest ratio above 1 that events like these would
    show with a power of 80 %. Where one side or one event holds all that was counted, the exact conditional interval
    of the pooled counts is given if they are counts of marks (``poisson``), else none.
    """
    import numpy as np

    n_a, w_a, n_b, w_b = (np.asarray(v, dtype=float) for v in (n_a, w_a, n_b, w_b))
    use = (w_a > 0) & (w_b > 0)
    n_a, w_a, n_b, w_b = n_a[use], w_a[use], n_b[use], w_b[use]
    x, y = n_b * w_a / (w_a + w_b), n_a * w_b / (w_a + w_b)
    if not len(x) or x.sum() + y.sum() == 0:
        return nan, nan, nan, nan, "none counted"
    with np.errstate(divide="ignore", invalid="ignore"):
        left_out = np.log((x.sum() - x) / (y.sum() - y))
    if len(x) == 1 or not np.isfinite(left_out).all():
        if not poisson:
            return (float(x.sum() / y.sum()) if y.sum() else inf), nan, nan, nan, "too few"
        ratio, low, high = rate_ratio(
            round(float(n_a.sum())), float(w_a.sum()), round(float(n_b.sum())), float(w_b.sum()), level
        )
        return ratio, low, high, nan, "exact, counts pooled"
    sums = resample_sums(np.column_stack([x, y]), resamples, rng) if len(x) >= 20 else np.ones((1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        draws = np.log(sums[:, 0] / sums[:, 1])
    log = float(np.log(x.sum() / y.sum()))
    low, high, error, freedom, method = _log_interval(log, left_out, x + y, draws, 0.0, level)
    seen = t_quantile(round(freedom, 3), 0.5 + level / 2) + t_quantile(round(freedom, 3), 0.8)
    return float(np.exp(log)), float(np.exp(low)), float(np.exp(high)), float(np.exp(min(seen * error, 700.0))), method


def event_effects(
    event: Any, outlet: Any, counts: Any, exposures: Any, level: float = 0.95
) -> tuple[Any, Any, Any, Any]:
    """Rates of outlets adjusted for the events they covered: (adjusted, low, high, events), one entry per outlet.

    Rows are outlet x event: ``event`` and ``outlet`` are codes from 0, ``counts`` and ``exposures`` numbers. The model
    is count ~ exposure x outlet effect x event effect (Poisson, quasi-likelihood), fitted by proportional fitting; an
    outlet's adjusted rate is what it would have if it had covered every event of its set. Standard errors are clustered
    by event and never below the Poisson ones; t intervals on the log scale, none (NaN) from a single event. ``events``:
    how many inform it.

    The fit is finite for outlets that counts connect in both directions (as in paired comparisons, Ford 1957): the
    largest such set is used. An outlet that counted nothing gets 0 and an upper bound; others outside the set get NaN.
    """
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    event, outlet = np.asarray(event, dtype=np.int64), np.asarray(outlet, dtype=np.int64)
    n, w = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    size = int(outlet.max(initial=-1)) + 1
    keep = w > 0
    event, outlet, n, w = event[keep], outlet[keep], n[keep], w[keep]
    adjusted, low, high = np.full(size, nan), np.full(size, nan), np.full(size, nan)
    shared = np.zeros(size, dtype=np.int64)
    if not len(n) or n.sum() == 0:
        return adjusted, low, high, shared
    events = int(event.max()) + 1
    won = n > 0
    ends = (np.concatenate([outlet[won], size + event]), np.concatenate([size + event[won], outlet]))
    graph = csr_matrix((np.ones(len(ends[0])), ends), shape=(size + events, size + events))
    part = connected_components(graph, directed=True, connection="strong")[1]
    inside = part[outlet] == part[size + event]
    if not inside.any():
        return adjusted, low, high, shared
    largest = np.bincount(part[outlet[inside]]).argmax()
    fitted = part[outlet] == largest
    # Events of the set in which nothing was counted belong to the standard; an event of one outlet tells nothing.
    fitted &= np.bincount(event[fitted], minlength=events)[event] > 1
    if not fitted.any():
        return adjusted, low, high, shared
    _, e = np.unique(event[fitted], return_inverse=True)
    kept, o = np.unique(outlet[fitted], return_inverse=True)
    y, v = n[fitted], w[fitted]
    rows, k = int(e.max()) + 1, len(kept)
    totals, weight, mine = np.bincount(e, y, rows), np.bincount(e, v, rows), np.bincount(o, y, k)
    a = np.ones(k)
    for _ in range(2000):
        b = totals / np.bincount(e, v * a[o], rows)
        new = mine / np.bincount(o, v * b[e], k)
        new /= np.exp(np.mean(np.log(new)))
        change = float(np.max(np.abs(np.log(new / a))))
        a = new
        if change < 1e-8:
            break
    each = np.bincount(e, v * a[o], rows)
    b = totals / each
    standard = float(weight @ b) / float(weight.sum())
    p = v * a[o] / each[e]
    expected = totals[e] * p

    def matrix(values: Any) -> Any:
        return csr_matrix((values, (e, o)), shape=(rows, k))

    information = np.diag(np.bincount(o, expected, k)) - (matrix(p).T @ matrix(expected)).toarray()
    inverse = np.linalg.pinv(information, hermitian=True)
    # What an event adds to the log of every adjusted rate: through the outlet's effect, and through the standard.
    part_of = weight * b / float(weight @ b)
    q = np.bincount(o, part_of[e] * p, k)
    influence = np.asarray(matrix(y - expected) @ (inverse - np.outer(inverse @ q, np.ones(k))))
    influence += (part_of - weight / weight.sum())[:, None]
    error = np.sqrt(np.maximum(np.sum(influence**2, axis=0) * rows / max(1, rows - 1), 1 / mine))
    informed = np.bincount(o, minlength=k)
    t = np.array([t_quantile(int(m) - 1, 0.5 + level / 2) if m > 1 else nan for m in informed])
    shared[kept] = informed
    adjusted[kept] = a * standard
    low[kept], high[kept] = a * standard * np.exp(-t * error), a * standard * np.exp(t * error)
    # An event's effect is known from every fitted outlet that covered it, be it the only one.
    own = np.zeros(size)
    own[kept] = a
    seen = own[outlet] > 0
    reach = np.bincount(event[seen], w[seen] * own[outlet[seen]], events)
    effect = np.bincount(event[seen], n[seen], events) / np.where(reach > 0, reach, np.inf)
    for place in np.flatnonzero(np.bincount(outlet, n, size) == 0):
        here = (outlet == place) & (effect[event] > 0)
        if here.any():
            shared[place] = here.sum()
            adjusted[place], low[place], high[place] = garwood(
                0, float(np.sum(w[here] * effect[event[here]])) / standard, 1, level
            )
    return adjusted, low, high, shared


def holm(p: Sequence[float]) -> list[float]:
    """Holm's (1979) adjusted p-values; NaN stays NaN and does not count as a test."""
    known = sorted((v, k) for k, v in enumerate(p) if v == v)
    out = [nan] * len(p)
    worst = 0.0
    for rank, (v, k) in enumerate(known):
        worst = max(worst, min(1.0, v * (len(known) - rank)))
        out[k] = worst
    return out


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg's (1995) adjusted p-values; NaN stays NaN."""
    known = sorted((v, k) for k, v in enumerate(p) if v == v)
    out = [nan] * len(p)
    best = 1.0
    for rank in range(len(known), 0, -1):
        v, k = known[rank - 1]
        best = min(best, v * len(known) / rank)
        out[k] = best
    return out


def cliffs_delta(a: Sequence[float], b: Sequence[float]) -> float:
    """P(b > a) - P(b < a) over all pairs of values (Cliff 1993), in -1..1; n log n."""
    from bisect import bisect_left, bisect_right

    first = sorted(v for v in a if v == v)
    second = [v for v in b if v == v]
    if not first or not second:
        return nan
    more = sum(bisect_left(first, v) for v in second)
    less = sum(len(first) - bisect_right(first, v) for v in second)
    return (more - less) / (len(first) * len(second))


def log_odds(
    a: Mapping[str, float], b: Mapping[str, float], prior: Mapping[str, float], strength: float = 500.0
) -> dict[str, tuple[float, float]]:
    """Log-odds ratio of words (b over a) with informative Dirichlet prior, and its z (Monroe, Colaresi & Quinn 2008).

    ``prior``: background counts; scaled to ``strength`` pseudo-words in all. Words unknown
    to it count as the rarest one. Returns word -> (log-odds ratio, z).
    """
    from math import log

    words = set(a) | set(b)
    rarest = min((v for v in prior.values() if v > 0), default=1.0)
    weights = {w: float(prior.get(w, 0) or rarest) for w in words}
    total = sum(prior.values()) or sum(weights.values())
    scale = strength / total if total else 1.0
    n_a, n_b = sum(a.values()), sum(b.values())
    out = {}
    for w in words:
        alpha = weights[w] * scale
        x, y = a.get(w, 0) + alpha, b.get(w, 0) + alpha
        rest_a, rest_b = n_a + strength - x, n_b + strength - y
        if rest_a <= 0 or rest_b <= 0:
            continue
        delta = log(y / rest_b) - log(x / rest_a)
        out[w] = (delta, delta / sqrt(1 / x + 1 / y))
    return out


def dispersion(counts: Sequence[float], exposures: Sequence[float]) -> tuple[float, float]:
    """Pearson's dispersion of counts around one common rate, and the chi-square p that it exceeds 1.

    A ratio far above 1 says that Poisson intervals are too short. (NaN, NaN) for fewer than two units.
    """
    pairs = [(n, e) for n, e in zip(counts, exposures, strict=True) if e > 0]
    total, exposure = sum(n for n, _ in pairs), sum(e for _, e in pairs)
    if len(pairs) < 2 or total == 0:
        return nan, nan
    rate = total / exposure
    statistic = sum((n - e * rate) ** 2 / (e * rate) for n, e in pairs)
    from scipy.special import chdtrc

    return statistic / (len(pairs) - 1), float(chdtrc(len(pairs) - 1, statistic))


def detectable_ratio(
    rate: float, exposure_a: float, exposure_b: float, power: float = 0.8, level: float = 0.95
) -> float:
    """Smallest rate ratio (> 1) that two texts of these lengths show with the given power.

    ``rate``: events per unit of exposure in a. Normal approximation on the square-root scale
    (variance-stabilised Poisson). inf where nothing can be told.
    """
    if not (rate > 0 and exposure_a > 0 and exposure_b > 0):
        return inf
    z = _normal_quantile(0.5 + level / 2) + _normal_quantile(power)
    root = sqrt(rate) + z * 0.5 * sqrt(1 / exposure_a + 1 / exposure_b)
    return root * root / rate

"""Intervals, tests and resampling for rates and shares.

Everything the scores and the comparison claim about uncertainty is computed here,
from counts, so that it can be checked against independent implementations. Scalars
use plain Python with scipy.special imported on first use; resampling uses numpy.
"""

from __future__ import annotations

from functools import lru_cache
from math import inf, nan, sqrt

__all__ = ["garwood", "wilson"]


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

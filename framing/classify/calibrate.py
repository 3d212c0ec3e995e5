"""Probabilities that mean what they say: Platt scaling, and the share of an article's sentences.

Platt (1999) with his smoothed targets, fitted by Newton steps: two parameters,
deterministic, folded into the model's weights so that explanations stay sums.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from framing.classify.model import Classifier

__all__ = ["apply", "expected_share", "platt"]


def platt(
    decision: NDArray[np.float64], label: NDArray[np.int64], weight: NDArray[np.float64] | None = None
) -> tuple[float, float]:
    """``(a, c)`` such that ``sigmoid(a * decision + c)`` is P(label = 1). Shapes (n,), labels 0 or 1."""
    import numpy as np

    w = np.ones(len(decision)) if weight is None else weight
    positive, negative = float(w[label == 1].sum()), float(w[label == 0].sum())
    target = np.where(label == 1, (positive + 1) / (positive + 2), 1 / (negative + 2))
    x = np.column_stack([decision, np.ones(len(decision))])
    beta = np.array([1.0, 0.0])
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -500, 500)))
        gradient = x.T @ (w * (p - target))
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + 1e-9 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        beta -= np.clip(step, -2, 2)
        if float(np.abs(step).max()) < 1e-10:
            break
    return float(beta[0]), float(beta[1])


def apply(model: Classifier, a: float, c: float) -> None:
    """Fold the calibration into the weights of ``model``, in place."""
    model.phrases = {k: a * v for k, v in model.phrases.items()}
    model.pieces = {k: a * v for k, v in model.pieces.items()}
    model.intercept = a * model.intercept + c


def expected_share(probabilities: Sequence[float], z: float = 1.959964) -> tuple[float, float, float]:
    """Expected share of positive sentences: ``(share, low, high)``, each 0..1.

    The mean of the probabilities, and a Wilson interval around it for that many
    sentences; no sentence is called positive or negative. (nan, 0, 1) of none.
    """
    n = len(probabilities)
    if not n:
        return math.nan, 0.0, 1.0
    p = math.fsum(probabilities) / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return p, max(0.0, centre - half), min(1.0, centre + half)

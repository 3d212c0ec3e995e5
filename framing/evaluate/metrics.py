"""Figures that the benchmark adapters share: F1, AUC, bootstrap intervals, Brier, reliability."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

__all__ = [
    "EvaluationReport", "Published", "auc", "bootstrap", "brier", "f1", "judge", "macro_f1", "plot_reliability",
    "reliability",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Published:
    """A figure from the literature, for the row beside ours.

    ``metric``: the name of the figure it is to be held to. ``checked``: whether
    the figure was read in the publication (its text or abstract) when the row was
    written; the others are as commonly quoted, and shown as such.
    """

    system: str
    metric: str
    value: float
    citation: str
    checked: bool = False


@dataclass(slots=True)
class EvaluationReport:
    """What an adapter returns. ``figures``: name -> value; ``intervals``: name -> 95 % bootstrap interval.

    ``reliability``: rows of (mean predicted, observed share, n) by tenth of the predictions.
    ``tables``: further figures by group, e.g. outlet -> figures.
    """

    benchmark: str
    protocol: str
    model: str
    figures: dict[str, float]
    intervals: dict[str, tuple[float, float]] = field(default_factory=dict)
    reliability: list[tuple[float, float, int]] = field(default_factory=list)
    published: Sequence[Published] = ()
    tables: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Plain text for a terminal."""
        lines = [f"{self.benchmark}: {self.protocol}", f"model: {self.model}", ""]
        width = max((len(k) for k in self.figures), default=0)
        for key, value in self.figures.items():
            low_high = self.intervals.get(key)
            shown = f"{value:d}" if isinstance(value, int) else f"{value:.4f}"
            interval = f"  [{low_high[0]:.4f}, {low_high[1]:.4f}]" if low_high else ""
            lines.append(f"  {key:<{width}}  {shown}{interval}")
        if self.published:
            lines += ["", "published:"]
            for p in self.published:
                doubt = "" if p.checked else "; figure as quoted, not verified"
                lines.append(f"  {p.metric} {p.value:.3f}  {p.system} ({p.citation}{doubt})")
        for title, rows in self.tables.items():
            lines += ["", f"{title}:"]
            for key, row in rows.items():
                shown = ", ".join(f"{k} {v:.3f}" if v % 1 else f"{k} {v:.0f}" for k, v in row.items())
                lines.append(f"  {key}: {shown}")
        if self.reliability:
            lines += ["", "reliability (mean predicted, observed, n):"]
            lines += [f"  {p:.3f}  {o:.3f}  {n}" for p, o, n in self.reliability]
        return "\n".join([*lines, *(f"note: {n}" for n in self.notes)]) + "\n"

    def save_reliability(self, path: str | Path) -> None:
        """Draw the reliability curve to ``path`` (PNG)."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(4.5, 4.5), layout="constrained")
        FigureCanvasAgg(figure)
        plot_reliability(self.reliability, figure.add_subplot(), f"{self.benchmark}, {self.model}")
        figure.savefig(path, dpi=150, metadata={"Software": None})


def auc(label: NDArray[Any], score: NDArray[np.float64]) -> float:
    """Area under the ROC curve (ties count half); nan if one class is empty."""
    from scipy.stats import rankdata

    positive = label.astype(bool)
    n1 = int(positive.sum())
    n0 = len(label) - n1
    if not n1 or not n0:
        return float("nan")
    ranks: NDArray[np.float64] = rankdata(score)
    return float((ranks[positive].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))


def f1(label: NDArray[Any], predicted: NDArray[Any]) -> float:
    """F1 of the positive class; 0 where nothing is found and nothing is there."""
    truth, found = label.astype(bool), predicted.astype(bool)
    total = int(truth.sum()) + int(found.sum())
    return 2 * int((truth & found).sum()) / total if total else 0.0


def macro_f1(label: NDArray[Any], predicted: NDArray[Any]) -> float:
    """Mean of the F1 of both classes."""
    return (f1(label, predicted) + f1(~label.astype(bool), ~predicted.astype(bool))) / 2


def brier(label: NDArray[Any], probability: NDArray[np.float64]) -> float:
    """Mean squared difference of probability and outcome."""
    return float(((probability - label) ** 2).mean())


def bootstrap(
    statistic: Callable[[NDArray[np.int64]], float], n: int, *, resamples: int = 1000, seed: int = 0
) -> tuple[float, float]:
    """95 % percentile interval of ``statistic(row indices)`` over resampled rows."""
    import numpy as np

    rng = np.random.default_rng(seed)
    values = [statistic(rng.integers(0, n, n)) for _ in range(resamples)]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)


def reliability(
    label: NDArray[Any], probability: NDArray[np.float64], bins: int = 10
) -> list[tuple[float, float, int]]:
    """(mean predicted, observed share, n) by equally filled bins of the predictions, lowest first."""
    import numpy as np

    order = np.argsort(probability, kind="stable")
    return [
        (float(probability[part].mean()), float(label[part].mean()), len(part))
        for part in np.array_split(order, bins)
        if len(part)
    ]


def plot_reliability(rows: Sequence[tuple[float, float, int]], ax: Axes, title: str = "") -> Axes:
    """Reliability curve with the diagonal of a perfect one."""
    ax.plot([0, 1], [0, 1], color="0.7", linewidth=1, zorder=0)
    ax.plot([r[0] for r in rows], [r[1] for r in rows], marker="o", color="#0072B2")
    ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="predicted probability", ylabel="observed share", title=title)
    ax.text(0.98, 0.02, f"n = {sum(r[2] for r in rows):,}", ha="right", va="bottom", transform=ax.transAxes)
    return ax


def judge(
    label: NDArray[Any],
    probability: NDArray[np.float64],
    threshold: float = 0.5,
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """The usual figures of a yes/no classifier, and bootstrap intervals of F1, macro-F1 and AUC."""
    predicted = probability >= threshold
    truth = label.astype(bool)
    found = max(1, int(predicted.sum()))
    figures: dict[str, float] = {
        "n": len(label),
        "positive": int(truth.sum()),
        "macro_f1": macro_f1(label, predicted),
        "f1": f1(label, predicted),
        "precision": int((truth & predicted).sum()) / found,
        "recall": int((truth & predicted).sum()) / max(1, int(truth.sum())),
        "auc": auc(label, probability),
        "brier": brier(label, probability),
        "threshold": threshold,
    }
    n = len(label)
    intervals = {
        "macro_f1": bootstrap(lambda i: macro_f1(label[i], predicted[i]), n, resamples=resamples, seed=seed),
        "f1": bootstrap(lambda i: f1(label[i], predicted[i]), n, resamples=resamples, seed=seed),
        "auc": bootstrap(lambda i: auc(label[i], probability[i]), n, resamples=min(resamples, 300), seed=seed),
    }
    return figures, intervals

"""What several charts need: names, rows, numbers in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any

from framing.report.canvas import Canvas, framed
from framing.report.style import Theme, theme

__all__ = [
    "VOICE_WORDS", "article_id", "bases", "evidence_of", "interval_note", "listed", "number", "outlets", "percent",
    "scored", "start",
]  # fmt: skip

VOICE_WORDS = {"narration": "own words", "indirect": "paraphrased", "direct": "quoted"}


def outlets(comparison: Any) -> list[str]:
    """Outlet labels in the order of the comparison."""
    return [str(o) for o in comparison.scores.index]


def article_id(comparison: Any, row: int) -> str:
    """Id of the article in position ``row``."""
    return str(comparison.articles["id"].iloc[row])


def evidence_of(comparison: Any, row: int) -> Any:
    """Evidence of the article in position ``row``, in order."""
    found = comparison.evidence
    return found[found["article"] == comparison.articles["article"].iloc[row]].sort_values(
        ["start", "end"], kind="stable"
    )


def scored(row: Any) -> bool:
    return str(row["status"]) != "not scored"


def number(value: float) -> str:
    """A rate for a label: whole from ten up, one decimal below, "–" where there is none."""
    if not isfinite(value):
        return "–"
    return f"{value:.0f}" if value >= 9.95 or value == 0 else f"{value:.1f}"


def percent(value: float) -> str:
    return f"{100 * value:.0f}%" if isfinite(value) else "–"


def listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def bases(comparison: Any) -> str:
    """E.g. "n = own words: Lantern 356, Newswire 350"."""
    scores = comparison.scores
    parts = [f"{o} {int(w):,}" for o, w in zip(scores.index, scores["words_narration"], strict=True)]
    if len(parts) > 6:
        return f"n = {int(scores['words_narration'].sum()):,} own words of {len(parts)} articles"
    return "n (own words): " + ", ".join(parts)


def interval_note() -> str:
    return "Bars: 95 % intervals (Garwood), conditional on these texts."


def start(
    comparison: Any,
    ax: Any,
    style: str | Theme,
    headline: Callable[[Any], str],
    note: Callable[[Any], str],
    size: tuple[float, float],
) -> Canvas:
    """The sheet to draw on: ``ax``, or a figure of its own with headline and note."""
    t = theme(style)
    if ax is None:
        ax = framed(comparison, headline(comparison), note(comparison), size, t)
    return Canvas(ax, t)

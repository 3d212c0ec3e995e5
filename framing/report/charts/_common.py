"""What several charts need: names, rows, numbers in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isfinite
from typing import Any

from framing.report.canvas import Canvas, framed
from framing.report.style import Theme, colours, measure, theme

__all__ = [
    "VOICE_WORDS", "article_id", "bases", "evidence_of", "fitting", "interval_note", "legend", "legend_lines", "listed",
    "number", "outlets", "palette", "percent", "plain", "scored", "some", "start", "unlike",
]  # fmt: skip

# How a measure is called where a sentence or a table cannot explain it.
_PLAIN = {
    "Loaded, negative": "Negative loaded terms", "Loaded, positive": "Positive loaded terms",
    "Share narration": "Own words", "Share direct": "Quoted words", "Share indirect": "Paraphrased words",
}  # fmt: skip
VOICE_WORDS = {"narration": "own words", "indirect": "paraphrased", "direct": "quoted"}


def outlets(comparison: Any) -> list[str]:
    """Outlet labels in the order of the comparison."""
    return [str(o) for o in comparison.scores.index]


def article_id(comparison: Any, row: int) -> str:
    """Id of the article in position ``row``."""
    return str(comparison.articles["id"].iloc[row])


def palette(comparison: Any, style: str | Theme, names: Iterable[object] | None = None) -> dict[str, str]:
    """Outlet -> accent: those of the site that the comparison is part of (``slots``), else in order.

    ``names``: the outlets, where they are not the comparison's labels.
    """
    wanted = outlets(comparison) if names is None else [str(o) for o in names]
    return colours(wanted, style, getattr(comparison, "slots", None))


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


def plain(label: object) -> str:
    """A measure's label in plain words."""
    return _PLAIN.get(str(label), str(label))


def percent(value: float) -> str:
    return f"{100 * value:.0f}%" if isfinite(value) else "–"


def finite(x: float) -> float:
    """The number, 0 where it is none: for limits of scales."""
    return float(x) if isfinite(x) else 0.0


def step(limit: float, most: float = 5.5) -> float:
    """From one line of a scale to the next, so that up to ``limit`` there are about ``most`` at the most."""
    return next((float(s) for s in (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if limit / s <= most), limit)


def listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def some(names: Sequence[str], most: int = 3) -> str:
    """Names for a sentence: all of a few, else the first and how many more."""
    return listed(names) if len(names) <= most else f"{', '.join(names[:most])} and {len(names) - most} more"


def fitting(items: Sequence[str], width: float, size: float, lead: str = "", tail: str = "") -> str:
    """As many whole ``items`` as fit ``width`` on one line, "+n more" for the rest; at least one, which may be cut."""
    for n in range(len(items), 0, -1):
        more = f" +{len(items) - n} more" if n < len(items) else ""
        text = f"{lead}{', '.join(items[:n])}{tail}{more}"
        if n == 1 or measure(text, size) * 1.01 <= width:
            return text
    return ""


def _legend_rows(names: Sequence[str], width: float, size: float) -> list[list[tuple[float, str]]]:
    """Names in rows, each with its x; a name never takes more than half the width."""
    rows: list[list[tuple[float, str]]] = [[]]
    x = 0.0
    for name in names:
        w = min(measure(name, size, "bold") * 1.01, width * 0.5 - 20) + 24
        if rows[-1] and x + w - 12 > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, name))
        x += w
    return rows


def legend_lines(names: Sequence[str], width: float, size: float) -> int:
    """Lines that :func:`legend` takes."""
    return len(_legend_rows(names, width, size))


def legend(sheet: Canvas, accents: dict[str, str], size: float, y: float = 0.0) -> float:
    """Who has which colour (outlet -> accent), from ``y`` down; returns the y below."""
    for row in _legend_rows(list(accents), sheet.width, size):
        for x, name in row:
            sheet.rect(x, y + size * 0.28, size * 0.8, size * 0.8, accents[name])
            sheet.text(x + size * 1.15, y + size, name, size, "bold", accents[name], width=sheet.width * 0.5 - 20,
                       gid="outlet")  # fmt: skip
        y += size * 1.5
    return y


def unlike(comparison: Any) -> str | None:
    """Why no two of the articles are reports of one event ("different", "languages", "syndicated", "same text")."""
    pairs = getattr(comparison, "pairs", None)
    if pairs is None or not len(pairs) or (pairs["kind"] == "reports").any():
        return None
    return str(pairs["kind"].value_counts().index[0])


def bases(comparison: Any) -> str:
    """E.g. "n = own words: Lantern 356, Newswire 350"."""
    if said := getattr(comparison, "base", None):  # many events: what they were counted in
        return str(said)
    scores = comparison.scores
    parts = [f"{o} {int(w):,}" for o, w in zip(scores.index, scores["words_narration"], strict=True)]
    if len(parts) > 6:
        return f"n = {int(scores['words_narration'].sum()):,} own words of {len(parts)} articles"
    return "n (own words): " + ", ".join(parts)


def interval_note() -> str:
    return "Bars: 95% intervals (Garwood), conditional on these texts."


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

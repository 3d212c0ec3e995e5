"""How much: rates per 1,000 own words with intervals, one row per device; loaded terms left and right by valence."""

from __future__ import annotations

from math import isfinite
from typing import Any

from framing.report.canvas import Canvas
from framing.report.charts._common import bases, interval_note, number, outlets, scored, start
from framing.report.style import colours, measure, mix

TITLE = "How much"
_ROWS = (
    ("booster", "boosters"), ("hedge", "hedges"), ("vouch", "vouching"), ("scare_quote", "scare quotes"),
    ("aside", "asides"),
)  # fmt: skip


_TALL = 1.7  # height of a loaded lane, in lanes of the other rows


def data(comparison: Any) -> Any:
    """Long table: outlet, measure, n, rate, low, high."""
    import pandas as pd

    rows = []
    for outlet, s in comparison.scores.iterrows():
        for m in ("loaded_negative", "loaded_positive", *(m for m, _ in _ROWS)):
            rows.append((str(outlet), m, int(s[f"n_{m}"]), float(s[m]), float(s[f"{m}_low"]), float(s[f"{m}_high"])))
    return pd.DataFrame(rows, columns=["outlet", "measure", "n", "rate", "low", "high"])


def headline(comparison: Any) -> str:
    from framing.report.sentences import loaded_headline

    return loaded_headline(comparison)


def note(comparison: Any) -> str:
    return (
        "Marks per 1,000 of the outlet’s own words; number of marks in brackets. "
        f"{interval_note()} {bases(comparison)}."
    )


def alt(comparison: Any) -> str:
    parts = []
    for outlet, s in comparison.scores.iterrows():
        if not scored(s):
            parts.append(f"{outlet}: too few own words for a rate")
            continue
        said = [f"negative loaded {number(s['loaded_negative'])}", f"positive loaded {number(s['loaded_positive'])}"]
        said += [f"{label} {number(s[m])}" for m, label in _ROWS]
        parts.append(f"{outlet}: {', '.join(said)}")
    return f"{TITLE}. Marks per 1,000 own words with 95 % intervals. {'. '.join(parts)}."


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9)."""
    size = float(options.get("size", 9.5))
    names = outlets(comparison)
    lane = max(size * 0.95, size * 1.35 if len(names) <= 3 else size * 1.15)
    need = 40 + (lane * len(names) + 12) * (len(_ROWS) + 1.3) + 16
    sheet = start(comparison, ax, style, headline, note, (600, need))
    table = data(comparison).set_index(["outlet", "measure"])
    t = sheet.theme
    palette = colours(names, t)
    label = max(measure(x, size) for x in ("scare quotes", "loaded terms")) + 8
    values = measure("00.0 (000)", size - 0.5) + 4
    left, right = label, sheet.width - values
    top = size * 2.6
    gap = 9.0
    free = sheet.height - top - size * 1.8 - gap * (len(_ROWS) + 1)
    lane = min(lane, free / (len(names) * (len(_ROWS) + _TALL)))
    loaded_lane = lane * _TALL
    # Too narrow for a value in each lane: loaded terms keep theirs, the rest is read off the axis.
    tight = lane < size * 0.98
    if tight:
        loaded_lane = size * 1.2
        gap = 5.0
        free = sheet.height - top - size * 1.8 - gap * (len(_ROWS) + 1)
        lane = (free - loaded_lane * len(names)) / (len(names) * len(_ROWS))
        right = sheet.width - 6
    # Loaded terms: a scale of its own, zero in the middle.
    wide = max([5.0, *(_finite(table["high"][o, m]) for o in names for m in ("loaded_negative", "loaded_positive"))])
    centre = sheet.width / 2
    span = sheet.width / 2 - 2
    y = top
    block = loaded_lane * len(names)
    sheet.text(0, size * 1.5, "loaded terms", size, "bold")
    sheet.text(centre - 7, size * 1.5, "◂ negative", size, "bold", t.ink, ha="right")
    sheet.text(centre + 7, size * 1.5, "positive ▸", size, "bold", t.ink)
    sheet.line([centre, centre], [size * 0.6, y + block], t.ink, 0.9)
    for k, name in enumerate(names):
        middle = y + loaded_lane * (k + 0.5)
        if not isfinite(table["rate"][name, "loaded_negative"]):
            n = int(table["n"][name, "loaded_negative"]), int(table["n"][name, "loaded_positive"])
            sheet.text(centre - 8, middle + size * 0.3, f"{n[0]} marks", size - 0.5, colour=palette[name], ha="right")
            sheet.text(
                centre + 8, middle + size * 0.3, f"{n[1]} marks, text too short", size - 0.5, colour=palette[name]
            )
            continue
        for m, sign in (("loaded_negative", -1), ("loaded_positive", 1)):
            r = table.loc[(name, m)]
            _bar(sheet, r, sign, (centre, span, wide), middle, loaded_lane, palette[name], size)
    y += block + gap * 1.4
    sheet.line([0, sheet.width], [y - gap * 0.7] * 2, t.rule, 0.6)
    peak = max([5.0, *(_finite(table["high"][o, m]) for o in names for m, _ in _ROWS)])
    rates = [_finite(table["rate"][o, m]) for o in names for m, _ in _ROWS]
    limit = min(peak, max(5.0, 1.9 * max(rates, default=1.0)))
    step = _step(limit)
    scale = (right - left - 4) / limit
    bottom = y + (lane * len(names) + gap) * len(_ROWS)
    for g in range(int(limit / step) + 1):
        x = left + g * step * scale
        sheet.line([x, x], [y, bottom - gap * 0.5], t.rule if g else t.faint, 0.6)
        sheet.text(x, bottom + size * 0.75, f"{g * step:g}", size - 1, colour=t.muted, ha="center")
    for m, title in _ROWS:
        block = lane * len(names)
        sheet.text(0, y + block / 2 + size * 0.34, title, size, "bold")
        points = []
        for k, name in enumerate(names):
            r = table.loc[(name, m)]
            middle = y + lane * (k + 0.5)
            colour = palette[name]
            if not isfinite(r["rate"]):
                if tight:
                    continue
                sheet.text(
                    sheet.width, middle + size * 0.3, f"– ({int(r['n'])})", size - 0.5, colour=colour, ha="right"
                )
                continue
            low, high = left + r["low"] * scale, left + min(r["high"], limit) * scale
            sheet.line(
                [low, high],
                [middle, middle],
                mix(colour, t.paper, 0.55),
                min(2.4, max(1.0, lane * 0.3)),
                gid=f"interval:{m}",
            )
            points.append((left + r["rate"] * scale, middle, colour))
            if tight:
                continue
            value = f"{number(r['rate'])} ({int(r['n'])})"
            sheet.text(sheet.width, middle + size * 0.3, value, size - 0.5, "bold" if r["n"] else "regular",
                       colour if r["n"] else t.muted, ha="right")  # fmt: skip
        if len(points) > 1:
            sheet.line([p[0] for p in points], [p[1] for p in points], t.faint, 0.8, zorder=3, gid=f"link:{m}")
        for x, middle, colour in points:
            sheet.dot(x, middle, colour, max(3.0, min(7.0, lane * 0.72)), gid=f"dot:{m}")
        y += block + gap
    sheet.text(0, bottom + size * 0.75, "per 1,000", size - 1, colour=t.muted)
    return sheet.ax


def _bar(
    sheet: Canvas, r: Any, sign: int, scales: tuple[float, float, float], middle: float, lane: float, colour: str,
    size: float,
) -> None:  # fmt: skip
    """One half of the loaded row: a bar from zero, its interval as a thin line, its value beyond.

    ``scales``: x of zero, points on one side, the rate that fills them.
    """
    centre, span, wide = scales
    label = f"{number(r['rate'])} ({int(r['n'])})"
    room = measure(label, size, "bold") + 8
    scale = (span - room) / wide
    if r["rate"] > 0:
        length = r["rate"] * scale
        sheet.rect(centre if sign > 0 else centre - length, middle - lane * 0.4, length, lane * 0.8, colour,
                   gid=f"loaded:{'+' if sign > 0 else '-'}")  # fmt: skip
    ends = [centre + sign * r["low"] * scale, centre + sign * r["high"] * scale]
    sheet.line(ends, [middle, middle], mix(colour, sheet.theme.ink, 0.45), 0.9, zorder=3)
    x = centre + sign * (r["high"] * scale + 5)
    sheet.text(x, middle + size * 0.33, label, size, "bold" if r["n"] else "regular",
               colour if r["n"] else sheet.theme.muted, ha="left" if sign > 0 else "right")  # fmt: skip


def _finite(x: float) -> float:
    return float(x) if isfinite(x) else 0.0


def _step(limit: float) -> float:
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500):
        if limit / step <= 5.5:
            return step
    return limit

"""How far apart: a dumbbell per device, the outlets' rates on one line, each with its interval beneath."""

from __future__ import annotations

from math import isfinite
from typing import Any

from framing.report.charts._common import (
    bases,
    finite,
    interval_note,
    legend,
    legend_lines,
    number,
    outlets,
    palette,
    scored,
    start,
    step,
)
from framing.report.style import measure, mix

TITLE = "How far apart"
_ROWS = (
    ("loaded_negative", "negative loaded terms"), ("loaded_positive", "positive loaded terms"), ("booster", "boosters"),
    ("hedge", "hedges"), ("vouch", "vouching"), ("scare_quote", "scare quotes"), ("aside", "asides"),
)  # fmt: skip


def data(comparison: Any) -> Any:
    """Long table: outlet, measure, n, rate, low, high."""
    import pandas as pd

    rows = []
    for outlet, s in comparison.scores.iterrows():
        for m, _ in _ROWS:
            rows.append((str(outlet), m, int(s[f"n_{m}"]), float(s[m]), float(s[f"{m}_low"]), float(s[f"{m}_high"])))
    return pd.DataFrame(rows, columns=["outlet", "measure", "n", "rate", "low", "high"])


def headline(comparison: Any) -> str:
    table = data(comparison).dropna(subset=["rate"])
    if not len(table):
        return "Too few own words for a rate"
    spread = table.groupby("measure", sort=False)["rate"].agg(lambda r: r.max() - r.min())
    if not spread.max() > 0:
        return "The same rates in every outlet"
    mine = table[table["measure"] == spread.idxmax()].set_index("outlet")["rate"]
    label = dict(_ROWS)[str(spread.idxmax())]
    return (
        f"Farthest apart in {label}: {number(mine.max())} in {mine.idxmax()}, {number(mine.min())} in {mine.idxmin()}"
    )


def note(comparison: Any) -> str:
    return (
        "Marks per 1,000 of the outlet’s own words: a dot per outlet, its interval beneath; outlets with the same rate "
        f"share a place. {interval_note()} {bases(comparison)}."
    )


def alt(comparison: Any) -> str:
    parts = []
    for outlet, s in comparison.scores.iterrows():
        if not scored(s):
            parts.append(f"{outlet}: too few own words for a rate")
            continue
        said = [f"{label} {number(s[m])}" for m, label in _ROWS]
        parts.append(f"{outlet}: {', '.join(said)}")
    return f"{TITLE}. Marks per 1,000 own words with 95% intervals. {'. '.join(parts)}."


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5)."""
    size = float(options.get("size", 9.5))
    names = outlets(comparison)
    table = data(comparison).set_index(["outlet", "measure"])
    thin = 3.4 if len(names) <= 6 else 1.8
    key = size * 1.5 * legend_lines(names, 620, size)
    row = size * 1.5 + thin * len(names)
    sheet = start(comparison, ax, style, headline, note, (620, key + 8 + row * len(_ROWS) + size * 2))
    t = sheet.theme
    accents = palette(comparison, t)
    top = legend(sheet, accents, size) + 4
    row = min(row, (sheet.height - top - size * 2) / len(_ROWS))
    thin = max(0.8, min(thin, (row - size * 1.4) / max(1, len(names))))
    left = max(measure(label, size, "bold") for _, label in _ROWS) + 12
    value = measure("00.0 to 00.0", size - 0.5) + 4
    right = sheet.width - value - 10
    peak = max([5.0, *(finite(table["high"][o, m]) for o in names for m, _ in _ROWS)])
    highest = max([2.5, *(finite(table["rate"][o, m]) for o in names for m, _ in _ROWS)])
    limit = min(peak, 2.2 * highest)
    scale = (right - left) / limit
    bottom = top + row * len(_ROWS)
    gap = step(limit)
    for g in range(int(limit / gap + 1e-9) + 1):
        x = left + g * gap * scale
        sheet.line([x, x], [top, bottom], t.rule if g else t.faint, 0.6)
        sheet.text(x, bottom + size * 1.1, f"{g * gap:g}", size - 1, colour=t.muted, ha="center")
    sheet.text(0, bottom + size * 1.1, "per 1,000 own words", size - 1, colour=t.muted, width=left - 8)
    y = top
    for m, label in _ROWS:
        middle = y + size * 0.75
        sheet.text(0, middle + size * 0.34, label, size, "bold", width=left - 8)
        rates = {o: float(table["rate"][o, m]) for o in names if isfinite(table["rate"][o, m])}
        if rates:
            low, high = min(rates.values()), max(rates.values())
            said = number(low) if number(low) == number(high) else f"{number(low)} to {number(high)}"
            sheet.text(sheet.width, middle + size * 0.34, said, size - 0.5, colour=t.muted, ha="right")
            if high > low:
                sheet.line([left + low * scale, left + high * scale], [middle] * 2, t.faint, 1.6, gid=f"bar:{m}")
        else:
            sheet.text(sheet.width, middle + size * 0.34, "–", size - 0.5, colour=t.muted, ha="right")
        under = middle + size * 0.65
        for k, (o, rate) in enumerate(rates.items()):
            r = table.loc[(o, m)]
            ends = [left + r["low"] * scale, left + min(r["high"], limit) * scale]
            sheet.line(ends, [under + thin * (k + 0.5)] * 2, mix(accents[o], t.paper, 0.4), thin * 0.55,
                       gid=f"interval:{m}")  # fmt: skip
            sheet.dot(left + rate * scale, middle, accents[o], 7.0, gid=f"dot:{m}")
        y += row
    return sheet.ax

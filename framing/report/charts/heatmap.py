"""Outlet by measure: every rate at once, darker for more on one scale; from the most negative outlet down."""

from __future__ import annotations

from math import isfinite
from typing import Any

from framing.report.charts._common import bases, number, palette, start
from framing.report.style import measure, mix, on

TITLE = "Outlet by measure"
_COLUMNS = (
    ("share_narration", "own words"), ("loaded_negative", "loaded −"), ("loaded_positive", "loaded +"),
    ("booster", "boosters"), ("hedge", "hedges"), ("vouch", "vouching"), ("scare_quote", "scare quotes"),
    ("aside", "asides"), ("opinion", "opinion"),
)  # fmt: skip


_SHARES = ("share_narration", "opinion")


def data(comparison: Any) -> Any:
    """Outlets as rows, from the most negative to the most positive; measures as columns."""
    kept = [m for m, _ in _COLUMNS if m in comparison.scores.columns]
    table = comparison.scores[kept].astype(float)
    lean = (table["loaded_positive"] - table["loaded_negative"]).fillna(0.0)
    return table.iloc[lean.to_numpy().argsort(kind="stable")]


def headline(comparison: Any) -> str:
    table = data(comparison)
    loaded = (table["loaded_negative"] + table["loaded_positive"]).dropna()
    if not len(loaded) or not loaded.max() > 0:
        return f"{len(table)} articles, measure by measure"
    most, least = loaded.idxmax(), loaded.idxmin()
    said = f"Most loaded terms per 1,000 own words: {most}, {number(loaded[most])}"
    return said if most == least else f"{said}; fewest: {least}, {number(loaded[least])}"


def note(comparison: Any) -> str:
    return (
        "Marks per 1,000 of the outlet’s own words; own words and opinion: share. Shade: one scale for all rates, "
        "another, from 0 to 100%, for both shares. Articles from most negative to most positive loaded terms. 95% "
        f"intervals are in the tables, not shown here. {bases(comparison)}."
    )


def alt(comparison: Any) -> str:
    labels = dict(_COLUMNS)
    parts = []
    for outlet, row in data(comparison).iterrows():
        parts.append(f"{outlet}: " + ", ".join(f"{labels[str(m)]} {_cell(str(m), v)}" for m, v in row.items()))
    return f"{TITLE}. A table of rates. " + ". ".join(parts) + "."


def _cell(name: str, value: float) -> str:
    if not isfinite(value):
        return "–"
    return f"{100 * value:.0f}%" if name in _SHARES else number(value)


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5). Of more articles than fit ``ax`` the middle is left out."""
    size = float(options.get("size", 9.5))
    table = data(comparison)
    names = [str(o) for o in table.index]
    words = comparison.scores.loc[table.index, "words_narration"].astype(int).tolist()
    labels = [label for m, label in _COLUMNS if m in table.columns]
    lane = size * 2.1
    sheet = start(comparison, ax, style, headline, note, (720, size * 2.2 + lane * len(names)))
    t = sheet.theme
    accents = palette(comparison, t)
    room = sheet.height - size * 2.2
    lane = min(lane, max(size * 1.35, room / max(1, len(names))))
    fits = int((room + 0.5) / lane)
    left_out = 0 if len(names) <= fits else len(names) - max(2, fits - 1)
    half = (len(names) - left_out + 1) // 2  # the ends of the scale are shown, what is left out lies between
    count = measure("own words", size - 0.5, "bold") + 12
    left = min(sheet.width * 0.3, max(measure(n, size, "bold") for n in names) + 10) + count
    sheet.text(left - 9, size * 1.2, "n (words)", size - 0.5, "bold", t.muted, ha="right", width=count)
    cell = (sheet.width - left) / len(labels)
    for k, label in enumerate(labels):
        sheet.text(left + cell * (k + 0.5), size * 1.2, label, size - 0.5, "bold", t.muted, ha="center", width=cell - 2)
    y = size * 2.0
    hue = t.accents[0]
    rates = [m for m in table.columns if m not in _SHARES]
    peak = max([1.0, *table[rates].max().dropna()])
    peaks = {m: 1.0 if m in _SHARES else peak for m in table.columns}
    for n, name in enumerate(names):
        if left_out and half <= n < half + left_out:
            if n == half:
                said = f"and {left_out} more articles between these, in scores.csv"
                sheet.text(0, y + lane / 2 + size * 0.34, said, size - 0.5, colour=t.muted)
                y += lane
            continue
        sheet.text(
            0,
            y + lane / 2 + size * 0.34,
            name,
            size,
            "bold",
            accents[name] if len(names) <= 6 else t.ink,
            width=left - count - 6,
            gid="outlet",
        )
        sheet.text(left - 9, y + lane / 2 + size * 0.34, f"{words[n]:,}", size - 0.5, colour=t.muted, ha="right")
        for k, m in enumerate(table.columns):
            value = float(table.iloc[n, k])
            share = value / peaks[m] if isfinite(value) else 0.0
            fill = mix(t.paper, hue, 0.06 + 0.84 * share)
            sheet.rect(left + cell * k + 1, y + 1, cell - 2, lane - 2, fill, gid=f"cell:{m}")
            sheet.text(left + cell * (k + 0.5), y + lane / 2 + size * 0.34, _cell(m, value), size,
                       colour=on(fill, t), ha="center")  # fmt: skip
        y += lane
    return sheet.ax

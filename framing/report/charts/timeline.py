"""How an outlet's loaded words run through time: a dot per article, a line where an outlet has several dates."""

from __future__ import annotations

from typing import Any

from framing.report.charts._common import bases, number, palette, start, step
from framing.report.style import measure

_EACH = {
    "D": "a dot per outlet and day", "W": "a dot per outlet and week", "M": "a dot per outlet and month",
    "Q": "a dot per outlet and quarter", "Y": "a dot per outlet and year",
}  # fmt: skip
_PERIODS = {"M": "%B %Y", "Q": "the quarter from %B %Y", "Y": "%Y"}  # what a dot may stand for, beside a day
TITLE = "Loaded words through time"


def data(comparison: Any) -> Any:
    """Outlet, date, rate, low, high per dated, scored article, in order of time."""
    import pandas as pd

    s = comparison.scores
    frame = pd.DataFrame(
        {
            "outlet": comparison.articles["outlet"].astype(str).to_numpy(),
            "date": pd.to_datetime(
                comparison.articles["published"], errors="coerce", format="mixed", utc=False
            ).to_numpy(),
            "rate": s["loaded"].astype(float).to_numpy(),
            "low": s["loaded_low"].astype(float).to_numpy(),
            "high": s["loaded_high"].astype(float).to_numpy(),
        }
    )
    return frame.dropna().sort_values(["date", "outlet"], kind="stable").reset_index(drop=True)


def shows(comparison: Any) -> bool:
    """A line through time needs an outlet with two days."""
    table = data(comparison)
    return bool(len(table)) and bool((table.groupby("outlet")["date"].nunique() > 1).any())


def headline(comparison: Any) -> str:
    table = data(comparison)
    if table["date"].nunique() < 2:
        return "All dated articles are of one day"
    peak = table.loc[table["rate"].idxmax()]
    period = getattr(comparison, "period", "D")
    when = f"in {peak['date'].strftime(_PERIODS[period])}" if period in _PERIODS else f"on {_day(peak['date'])}"
    if period == "W":
        when = f"in the week of {_day(peak['date'])}"
    return f"Highest rate of loaded words: {peak['outlet']}, {when}"


def _day(date: Any) -> str:
    return f"{date.day} {date.strftime('%b')} {date.year}"


def note(comparison: Any) -> str:
    each = _EACH.get(getattr(comparison, "period", ""), "a dot per article")
    return (
        f"Loaded terms per 1,000 own words, {each}. Bars: 95% intervals (Garwood), conditional on these texts. "
        f"{bases(comparison)}."
    )


def alt(comparison: Any) -> str:
    parts = [f"{_day(r.date)}, {r.outlet}: {number(r.rate)}" for r in data(comparison).itertuples()]
    return f"{TITLE}. Per 1,000 own words. " + ("; ".join(parts) if parts else "No dated article could be scored") + "."


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5)."""
    size = float(options.get("size", 9.5))
    table = data(comparison)
    sheet = start(comparison, ax, style, headline, note, (620, 300))
    t = sheet.theme
    if not len(table):
        sheet.nothing("No article with a date has words enough for a rate.")
        return sheet.ax
    accents = palette(comparison, t, comparison.articles["outlet"])
    names = list(dict.fromkeys(table["outlet"]))
    label = min(sheet.width * 0.26, max(measure(n, size, "bold") for n in names) + 14)
    left, right, top, bottom = 34.0, sheet.width - label, size * 2.4, sheet.height - size * 2.2
    first, last = table["date"].min(), table["date"].max()
    span = max(1.0, (last - first).total_seconds())
    peak = max(5.0, float(table["high"].max()))
    gap = step(peak)
    for k in range(int(peak / gap) + 1):
        y = bottom - k * gap / peak * (bottom - top)
        sheet.line([left, right], [y, y], t.rule, 0.5)
        sheet.text(left - 5, y + size * 0.3, f"{k * gap:g}", size - 1, colour=t.muted, ha="right")
    sheet.text(0, size, "loaded terms per 1,000 own words", size - 0.5, "bold", t.muted)
    one = first == last
    at = {
        d: (left + right) / 2 if one else left + 14 + (d - first).total_seconds() / span * (right - left - 28)
        for d in table["date"]
    }
    free = -1e9
    for d, x in sorted(at.items()):
        text = _day(d)
        half = measure(text, size - 1) / 2 + 3
        if x - half > free and x + half < sheet.width:
            sheet.text(x, bottom + size * 1.5, text, size - 1, colour=t.muted, ha="center")
            free = x + half
    ends = []
    for k, name in enumerate(names):
        mine = table[table["outlet"] == name]
        shift = (k - (len(names) - 1) / 2) * 5
        xs = [at[d] + shift for d in mine["date"]]
        ys = [bottom - r / peak * (bottom - top) for r in mine["rate"]]
        for x, low, high in zip(xs, mine["low"], mine["high"], strict=True):
            sheet.ticks(
                [x], bottom - low / peak * (bottom - top), bottom - high / peak * (bottom - top), accents[name], 0.9
            )
        if len(xs) > 1:
            sheet.line(xs, ys, accents[name], 1.4, gid="run")
        for x, y in zip(xs, ys, strict=True):
            sheet.dot(x, y, accents[name], 7, gid="article")
        ends.append((ys[-1], name))
    floor = top - size
    for y, name in sorted(ends):  # names at the right edge, pushed apart
        y = max(y + size * 0.34, floor + size * 1.3)
        if y <= sheet.height:
            sheet.text(right + 8, y, name, size, "bold", accents[name], width=label - 8, gid="outlet")
        floor = y
    return sheet.ax

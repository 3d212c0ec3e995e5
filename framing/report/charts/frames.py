"""What the articles talk about: shares of a frame vocabulary with intervals, one row per theme and outlet.

A description, not a device: the words stand in no score.
"""

from __future__ import annotations

from typing import Any

from framing.report.charts._common import legend, legend_lines, outlets, palette, percent, some, start
from framing.report.style import measure, mix

TITLE = "What they talk about"
_LEAST = 2  # words of a theme in all articles below which it has no row


def shows(comparison: Any) -> bool:
    """Whether any theme has words enough."""
    return bool(len(data(comparison)))


def data(comparison: Any, rows: int = 9) -> Any:
    """Outlet, frame, n, share (of the article's frame words), low, high, terms; the themes with most words first."""
    import pandas as pd

    found = getattr(comparison, "frames", None)
    if found is None or not len(found):
        return pd.DataFrame(columns=["outlet", "frame", "n", "share", "low", "high", "terms"])
    total = found.groupby("frame", sort=False)["n"].sum()
    kept = total[total >= _LEAST].sort_values(ascending=False, kind="stable").head(rows).index
    order = {str(frame): k for k, frame in enumerate(kept)}
    found = found[found["frame"].isin(kept)][["outlet", "frame", "n", "share", "low", "high", "terms"]]
    return found.sort_values("frame", key=lambda c: c.map(order), kind="stable").reset_index(drop=True)


def headline(comparison: Any) -> str:
    table = data(comparison)
    top = {}
    for outlet, mine in table[table["n"] > 0].groupby("outlet", sort=False):
        top[str(outlet)] = _plain(mine.loc[mine["n"].idxmax(), "frame"])
    if not top:
        return "Too few words of any theme"
    if len(set(top.values())) == 1 and len(top) > 1:
        return f"Theme with most words in every article: {next(iter(top.values()))}"
    by: dict[str, list[str]] = {}
    for outlet, theme in top.items():
        by.setdefault(theme, []).append(outlet)
    return "Theme with most words: " + "; ".join(f"{theme} in {some(who)}" for theme, who in by.items())


def _plain(frame: object) -> str:
    return str(frame).replace("_", " ")


def note(comparison: Any) -> str:
    found = getattr(comparison, "frames", None)
    counts = found.groupby("outlet", sort=False)["n"].sum() if found is not None and len(found) else {}
    n = ", ".join(f"{o} {int(counts[o])}" for o in outlets(comparison) if o in counts)
    return (
        "Share of the words that belong to a theme, in all voices, with 95% intervals (Wilson), conditional on these "
        f"texts; number of words in brackets. A description: no score uses it. n (theme words): {n or 'none'}."
    )


def alt(comparison: Any) -> str:
    table = data(comparison)
    parts = [
        f"{outlet}: " + ", ".join(f"{_plain(r.frame)} {percent(r.share)} ({r.n})" for r in mine.itertuples() if r.n)
        for outlet, mine in table.groupby("outlet", sort=False)
    ]
    return f"{TITLE}. Shares of a vocabulary of themes. " + (". ".join(parts) if parts else "Too few words") + "."


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5); ``rows``: themes (9)."""
    size, rows = float(options.get("size", 9.5)), int(options.get("rows", 9))
    names = outlets(comparison)
    table = data(comparison, rows)
    themes = list(dict.fromkeys(table["frame"]))
    lane = size * 1.4
    key = size * 1.5 * legend_lines(names, 640, size) + 6
    need = key + len(themes) * (lane * len(names) + 7)
    sheet = start(comparison, ax, style, headline, note, (640, max(40.0, need)))
    t = sheet.theme
    accents = palette(comparison, t)
    if not themes:
        sheet.nothing("Too few words of any theme.")
        return sheet.ax
    y = legend(sheet, accents, size) + 6
    lane = min(lane, (sheet.height - y - 7 * len(themes)) / (len(themes) * len(names)))
    left = max(measure(_plain(f), size, "bold") for f in themes) + 12
    reach = max(float(table["high"].max()), 0.05)
    scale = (sheet.width - left) * 0.42 / reach
    cell = table.set_index(["outlet", "frame"])
    for theme in themes:
        sheet.text(0, y + lane * len(names) / 2 + size * 0.34, _plain(theme), size, "bold", width=left - 8)
        for k, name in enumerate(names):
            if (name, theme) not in cell.index:
                continue
            r, middle = cell.loc[(name, theme)], y + lane * (k + 0.5)
            if not r["n"]:
                if lane > size:
                    sheet.text(left, middle + size * 0.33, "none", size - 0.5, colour=t.muted)
                continue
            ends = [left + r["low"] * scale, left + r["high"] * scale]
            sheet.line(ends, [middle, middle], mix(accents[name], t.paper, 0.5), 2.2, gid=f"interval:{theme}")
            sheet.dot(left + r["share"] * scale, middle, accents[name], min(6.5, lane * 0.6), gid=f"dot:{theme}")
            if lane <= size:
                continue
            x = left + reach * scale + 8
            label = f"{percent(r['share'])} ({int(r['n'])})"
            sheet.text(x, middle + size * 0.33, label, size - 0.5, "bold", accents[name])
            x += measure("100% (000)", size - 0.5, "bold") + 6
            terms = r["terms"] if isinstance(r["terms"], str) else ""
            sheet.text(x, middle + size * 0.33, terms, size - 0.5, colour=t.muted, width=sheet.width - x)
        y += lane * len(names) + 7
    return sheet.ax

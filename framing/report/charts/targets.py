"""About whom: loaded terms of each outlet's own words by their target, against to the left, in favour to the right."""

from __future__ import annotations

from typing import Any

from framing.report.charts._common import bases, legend, legend_lines, outlets, palette, start
from framing.report.style import measure, mix

TITLE = "About whom the loaded words are"


def shows(comparison: Any) -> bool:
    """Whether any loaded term has a target."""
    return bool(len(comparison.targets))


def data(comparison: Any, rows: int = 12) -> Any:
    """Target, outlet, negative, positive, terms; the targets with most terms first."""
    found = comparison.targets
    total = found.groupby("target", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    order = {str(target): k for k, target in enumerate(total.head(rows).index)}
    found = found[found["target"].astype(str).isin(order)]
    found = found.sort_values("target", key=lambda c: c.astype(str).map(order), kind="stable")
    return found[["target", "outlet", "negative", "positive", "terms"]].reset_index(drop=True)


def headline(comparison: Any) -> str:
    table = data(comparison, 99)
    if not len(table):
        return "No loaded term has a target that could be told"
    both = [
        str(target)
        for target, mine in table.groupby("target", sort=False)
        if (mine["negative"] > mine["positive"]).any() and (mine["positive"] > mine["negative"]).any()
    ]
    if both:
        return f"Loaded both ways, by one outlet or by two: {', '.join(both[:3])}"
    top = table.assign(n=table[["negative", "positive"]].max(axis=1)).sort_values("n", ascending=False, kind="stable")
    most = top.iloc[0]
    if most["n"] < 2:
        n = table["target"].nunique()
        what = "One target" if n == 1 else f"{n} targets"
        return f"{what}, none with more than one loaded term from one outlet"
    sign = "against" if most["negative"] >= most["positive"] else "in favour of"
    return f"{most['outlet']} uses {int(most['n'])} loaded terms {sign} “{most['target']}”"


def note(comparison: Any) -> str:
    return (
        "Loaded terms in the outlet’s own words whose target the sentence tells; counted, not sampled: no interval. "
        f"{bases(comparison)}."
    )


def alt(comparison: Any) -> str:
    parts = [
        f"{r.target}, {r.outlet}: {int(r.negative)} negative, {int(r.positive)} positive ({r.terms})"
        for r in data(comparison).itertuples()
    ]
    return f"{TITLE}. " + ("; ".join(parts) if parts else "No target could be told") + "."


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5); ``rows``: targets (12)."""
    size, rows = float(options.get("size", 9.5)), int(options.get("rows", 12))
    names = outlets(comparison)
    table = data(comparison, rows)
    lane = size * 1.45
    blocks = [(str(target), mine) for target, mine in table.groupby("target", sort=False)]
    key = size * 1.5 * legend_lines(names, 640, size) + size * 2.2
    need = key + lane * len(table) + 7 * len(blocks)
    sheet = start(comparison, ax, style, headline, note, (640, max(40.0, need)))
    t = sheet.theme
    accents = palette(comparison, t)
    if not blocks:
        sheet.nothing("No loaded term has a target that could be told.")
        return sheet.ax
    y = legend(sheet, accents, size)
    lane = min(lane, (sheet.height - y - size * 2.2 - 7 * len(blocks)) / len(table))
    left = min(sheet.width * 0.28, max(measure(target, size, "bold") for target, _ in blocks) + 12)
    centre = left + (sheet.width - left) / 2
    most = max(1, int(table[["negative", "positive"]].max().max()))
    unit = min(16.0, (sheet.width - left) * 0.16 / most)
    sheet.text(centre - 8, y + size * 1.3, "◂ negative", size, "bold", ha="right", width=centre - left - 10)
    sheet.text(centre + 8, y + size * 1.3, "positive ▸", size, "bold", width=sheet.width - centre - 8)
    y += size * 2.0
    top = y
    for target, mine in blocks:
        sheet.line([0, sheet.width], [y, y], t.rule, 0.5)
        sheet.text(0, y + 3.5 + lane * len(mine) / 2 + size * 0.34, target, size, "bold", width=left - 10)
        for k, r in enumerate(mine.itertuples()):
            middle = y + 3.5 + lane * (k + 0.5)
            ends = {-1: centre - int(r.negative) * unit, 1: centre + int(r.positive) * unit}
            for sign in (-1, 1):
                if ends[sign] != centre:
                    sheet.rect(min(centre, ends[sign]), middle - lane * 0.36, abs(ends[sign] - centre), lane * 0.72,
                               accents[str(r.outlet)] if sign < 0 else mix(accents[str(r.outlet)], t.paper, 0.25),
                               gid=f"target:{'-' if sign < 0 else '+'}")  # fmt: skip
            if lane < size:
                continue
            sign = -1 if r.negative > r.positive else 1
            x = ends[sign] + sign * 5
            room = x - left - 2 if sign < 0 else sheet.width - x
            sheet.text(x, middle + size * 0.33, r.terms, size - 0.5, colour=accents[str(r.outlet)],
                       ha="right" if sign < 0 else "left", width=room)  # fmt: skip
        y += lane * len(mine) + 7
    sheet.line([centre, centre], [top, y], t.ink, 0.9, zorder=3)
    return sheet.ax

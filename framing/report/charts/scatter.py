"""Hedging against loadedness: a dot per article, outlet means with an ellipse where an outlet has three or more."""

from __future__ import annotations

from math import atan2, degrees, sqrt
from typing import Any

from framing.report.charts._common import bases, legend, number, outlets, palette, start, step
from framing.report.style import measure, mix

TITLE = "Hedging against loadedness"


def data(comparison: Any) -> Any:
    """Label, outlet, hedge, loaded per article that could be scored."""
    import pandas as pd

    s = comparison.scores
    frame = pd.DataFrame(
        {
            "label": outlets(comparison),
            "outlet": comparison.articles["outlet"].astype(str).to_numpy(),
            "hedge": s["hedge"].astype(float).to_numpy(),
            "loaded": s["loaded"].astype(float).to_numpy(),
        }
        | {
            f"{m}_{end}": s[f"{m}_{end}"].astype(float).to_numpy()
            for m in ("hedge", "loaded")
            for end in ("low", "high")
        }
    )
    return frame.dropna(subset=["hedge", "loaded"]).reset_index(drop=True)


def headline(comparison: Any) -> str:
    table = data(comparison)
    if len(table) < 2:
        return "Too few own words to set hedging against loadedness"
    # An outlet with several articles is judged by their mean.
    table = table.groupby("outlet" if table["outlet"].duplicated().any() else "label", sort=False)[
        ["hedge", "loaded"]
    ].mean()
    top, careful = table["loaded"].idxmax(), table["hedge"].idxmax()
    if table["hedge"].max() == 0:
        return f"Most loaded terms in {top}; no outlet hedges"
    return (
        f"Most loaded terms{' and most hedges in ' + top if top == careful else f' in {top}, most hedges in {careful}'}"
    )


_FEW = 6  # articles up to which each has its intervals


def note(comparison: Any) -> str:
    bars = " Lines: 95% intervals (Garwood)." if len(data(comparison)) <= _FEW else ""
    return (
        f"Each dot is one article; marks per 1,000 own words.{bars} Crosses: outlet means, ellipses: one standard "
        f"deviation, where an outlet has three articles or more. {bases(comparison)}."
    )


def alt(comparison: Any) -> str:
    parts = [
        f"{r.label}: {number(r.hedge)} hedges, {number(r.loaded)} loaded terms" for r in data(comparison).itertuples()
    ]
    return f"{TITLE}. Per 1,000 own words. " + ("; ".join(parts) if parts else "No article has words enough") + "."


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5)."""
    from matplotlib.patches import Ellipse, Rectangle

    size = float(options.get("size", 9.5))
    table = data(comparison)
    sheet = start(comparison, ax, style, headline, note, (520, 380))
    t = sheet.theme
    if not len(table):
        sheet.nothing("No article has the 100 own words that a rate needs.")
        return sheet.ax
    accents = palette(comparison, t, comparison.articles["outlet"])
    many = bool((table.groupby("outlet").size() >= 3).any())
    few = len(table) <= _FEW  # of few articles every interval can be shown
    named = many or few  # in a key above; else beside the dots
    key = legend(sheet, accents, size) + 4 if named else 0.0
    left, bottom, top, right = 34.0, sheet.height - size * 3.2, key + size * 2.2, sheet.width - 8
    tops = {m: float(table[m].max()) * 1.18 for m in ("hedge", "loaded")}
    xmax, ymax = (max(2.0, top, float(table[f"{m}_high"].max()) * 1.04 * few) for m, top in tops.items())

    def place(hedge: float, loaded: float) -> tuple[float, float]:
        return left + hedge / xmax * (right - left), bottom - loaded / ymax * (bottom - top)

    for k in range(6):
        gx, gy = step(xmax) * k, step(ymax) * k
        if gx <= xmax:
            x = place(gx, 0)[0]
            sheet.line([x, x], [top, bottom], t.rule, 0.5)
            sheet.text(x, bottom + size * 1.2, f"{gx:g}", size - 1, colour=t.muted, ha="center")
        if gy <= ymax:
            y = place(0, gy)[1]
            sheet.line([left, right], [y, y], t.rule, 0.5)
            sheet.text(left - 5, y + size * 0.3, f"{gy:g}", size - 1, colour=t.muted, ha="right")
    sheet.text(0, key + size, "loaded terms per 1,000 own words", size - 0.5, "bold", t.muted)
    sheet.text(right, bottom + size * 2.6, "hedges per 1,000 own words ▸", size - 0.5, "bold", t.muted, ha="right")
    taken: list[tuple[float, float, float, float]] = []
    spots = [(*place(r.hedge, r.loaded), r) for r in table.itertuples()]
    for x, y, r in spots:
        if few:
            low, high = place(r.hedge_low, r.loaded_low), place(r.hedge_high, r.loaded_high)
            pale = mix(accents[r.outlet], t.paper, 0.5)
            sheet.line([low[0], high[0]], [y, y], pale, 1.2, gid="interval")
            sheet.line([x, x], [low[1], high[1]], pale, 1.2, gid="interval")
        shade = mix(accents[r.outlet], t.paper, 0.45) if many else accents[r.outlet]
        sheet.dot(x, y, shade, 8 if len(spots) < 30 else 4, gid="article")
        taken.append((x - 5, y - 5, x + 5, y + 5))
    field = Rectangle((left, top), right - left, bottom - top, transform=sheet.ax.transData)
    means: dict[str, tuple[float, float]] = {}
    for outlet, mine in table.groupby("outlet", sort=False):
        if len(mine) < 3:
            continue
        xs, ys = zip(*(place(r.hedge, r.loaded) for r in mine.itertuples()), strict=True)
        mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
        a = sum((v - mx) ** 2 for v in xs) / (len(xs) - 1)
        d = sum((v - my) ** 2 for v in ys) / (len(ys) - 1)
        b = sum((v - mx) * (w - my) for v, w in zip(xs, ys, strict=True)) / (len(xs) - 1)
        root = sqrt(((a - d) / 2) ** 2 + b * b)
        big, small = (a + d) / 2 + root, max(0.0, (a + d) / 2 - root)
        angle = degrees(atan2(big - a, b)) if b else (0.0 if a >= d else 90.0)
        patch = Ellipse((mx, my), 2 * sqrt(big), 2 * sqrt(small), angle=angle, facecolor="none",
                        edgecolor=accents[str(outlet)], linewidth=1.1)  # fmt: skip
        patch.set_gid("ellipse")
        sheet.ax.add_patch(patch)
        patch.set_clip_path(field)
        means[str(outlet)] = (mx, my)
        for over, colour in ((3.6, t.paper), (2.2, accents[str(outlet)])):  # a rim of paper lifts a cross off the dots
            sheet.line([mx - 6, mx + 6], [my, my], colour, over, zorder=6)
            sheet.line([mx, mx], [my - 6, my + 6], colour, over, zorder=6)
    taken += [(x - 6, y - 6, x + 6, y + 6) for x, y in means.values()]
    seen: set[str] = set(accents) if named else set()  # the key above names them
    # An outlet is named once, at its mean or at a dot, where there is room.
    for x, y, outlet in [*((*at, o) for o, at in means.items()), *((x, y, r.outlet) for x, y, r in spots)]:
        if outlet in seen:
            continue
        w = min(measure(outlet, size, "bold"), 170.0) + 2
        beside, level, over, under = (9, -9 - w), size * 0.35, -9, 9 + size
        spread = [(side, level + lift * size) for lift in (0.9, -0.9, 1.7, -1.7) for side in beside]
        for dx, dy in (*((side, level) for side in beside), (-w / 2, over), (-w / 2, under), *spread):
            box = (x + dx, y + dy - size, x + dx + w, y + dy + size * 0.3)
            inside = box[0] >= left and box[2] <= sheet.width and box[1] >= size * 1.4 and box[3] <= bottom
            if inside and not any(box[0] < q[2] and q[0] < box[2] and box[1] < q[3] and q[1] < box[3] for q in taken):
                sheet.text(x + dx, y + dy, outlet, size, "bold", accents[outlet], width=w, gid="outlet")
                taken.append(box)
                seen.add(outlet)
                break
    return sheet.ax

"""What only one outlet says: the weightiest items of each that have no counterpart in the other."""

from __future__ import annotations

from typing import Any

from framing.report.canvas import wrap
from framing.report.charts._common import VOICE_WORDS, outlets, start
from framing.report.style import colours

TITLE = "Only here"
_CATEGORY = {"fact": "fact", "quotation": "quotation", "background": "background", "aside": "aside"}


def data(comparison: Any, rows: int = 4) -> Any:
    """The items shown: per outlet the first by weight, one of each category before a second of any."""
    found = comparison.only
    found = found[found["outlet"].isin(outlets(comparison))].sort_values(["weight"], ascending=False, kind="stable")
    turn = found.groupby(["outlet", "category"], sort=False).cumcount()
    found = found.assign(_turn=turn).sort_values(["_turn", "weight"], ascending=[True, False], kind="stable")
    return found.groupby("outlet", sort=False).head(rows).drop(columns="_turn")


def headline(comparison: Any) -> str:
    n = comparison.only.groupby("outlet", sort=False).size()
    if not len(n):
        return "Neither outlet says anything that the other does not"
    parts = [
        f"{int(n.get(o, 0))} {'passage' if n.get(o, 0) == 1 else 'passages'} only in {o}"
        for o in outlets(comparison)[:3]
    ]
    return ", ".join(parts)[:1].upper() + ", ".join(parts)[1:]


def note(comparison: Any) -> str:
    return (
        f"n = {len(comparison.only)} passages without a counterpart in another article, the weightiest of each kind "
        "shown. Counted, not sampled: no interval."
    )


def alt(comparison: Any) -> str:
    table = data(comparison)
    parts = []
    for outlet in outlets(comparison):
        said = [
            f"{r.category}: “{' '.join(str(r.text).split())}”" for r in table[table["outlet"] == outlet].itertuples()
        ]
        parts.append(f"Only in {outlet}: " + (" ".join(said) if said else "nothing."))
    return f"{TITLE}. " + " ".join(parts)


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5); ``rows``: items per outlet (4); ``columns``: outlets abreast (up to 3)."""
    size = float(options.get("size", 9.5))
    rows, lines = int(options.get("rows", 4)), int(options.get("lines", 4))
    names = outlets(comparison)
    columns = min(len(names), int(options.get("columns", 3))) or 1
    tall = -(-len(names) // columns)
    sheet = start(
        comparison, ax, style, headline, note, (640, tall * (size * 2 + rows * (size * 1.25 * (lines * 0.8 + 1.6))))
    )
    t, palette = sheet.theme, colours(names, sheet.theme)
    table = data(comparison, rows)
    gap = 20.0
    column, cell = (sheet.width - gap * (columns - 1)) / columns, sheet.height / tall
    for k, name in enumerate(names):
        x, y = (k % columns) * (column + gap), (k // columns) * cell
        bottom = y + cell - 2
        sheet.line([x, x + column], [y + 1, y + 1], palette[name], 1.6)
        sheet.text(x, y + size * 1.5, name, size, "bold", palette[name], width=column, gid="outlet")
        y += size * 2.0
        mine = table[table["outlet"] == name]
        if not len(mine):
            sheet.paragraph(x, y, column, "Nothing that the others lack.", size, "italic", t.muted, lines=2)
        for r in mine.itertuples():
            left = int((bottom - y - size * 1.3) / (size * 1.25))
            shown = wrap(r.text, column, size, family="serif", lines=min(lines, left))
            if left < 2 or not shown:
                break
            tag = _CATEGORY.get(str(r.category), str(r.category))
            if str(r.category) != "aside":
                tag += " · " + VOICE_WORDS.get(str(r.voice), str(r.voice))
            sheet.text(x, y + size, tag, size - 1, colour=t.muted, width=column)
            y = sheet.paragraph(
                x, y + size * 1.2, column, r.text, size, family="serif", lines=min(lines, left), gid="only"
            )
            y += size * 0.6
    return sheet.ax

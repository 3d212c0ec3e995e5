"""What only one outlet says: the weightiest items of each that have no counterpart in the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from framing.report.canvas import Run, wrap_runs
from framing.report.charts._common import VOICE_WORDS, outlets, start, unlike
from framing.report.style import colours

TITLE = "Only here"
_CATEGORY = {"fact": "fact", "quotation": "quotation", "background": "background", "aside": "aside"}


def data(comparison: Any, rows: int = 4, asides: bool = True) -> Any:
    """The items shown: per outlet the first by weight, one of each category before a second of any."""
    found = comparison.only
    if not asides:  # where they are written out beside the strip already
        found = found[found["category"] != "aside"]
    found = found[found["outlet"].isin(outlets(comparison))].sort_values(["weight"], ascending=False, kind="stable")
    turn = found.groupby(["outlet", "category"], sort=False).cumcount()
    found = found.assign(_turn=turn).sort_values(["_turn", "weight"], ascending=[True, False], kind="stable")
    return found.groupby("outlet", sort=False).head(rows).drop(columns="_turn")


def headline(comparison: Any) -> str:
    n = comparison.only.groupby("outlet", sort=False).size()
    if unlike(comparison):
        return "Passages were not compared: these are not two reports of one event"
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
    asides = bool(options.get("asides", True))
    table = data(comparison, rows, asides)
    need = 0.0
    if ax is None:  # as high as the longest column of texts
        wide = (640 - 20.0 * (columns - 1)) / columns
        need = max(sum(map(_height(wide, size, lines), table[table["outlet"] == n].itertuples())) for n in names)
    sheet = start(comparison, ax, style, headline, note, (640, tall * (size * 2.6 + max(size * 2, need))))
    t, palette = sheet.theme, colours(names, sheet.theme)
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
            n = int((comparison.only["outlet"] == name).sum())
            said = (
                "Not compared."
                if unlike(comparison)
                else f"Only its asides ({n})."
                if n
                else "Nothing that the others lack."
            )
            sheet.paragraph(x, y, column, said, size, "italic", t.muted, lines=2)
        for r in mine.itertuples():
            left = int((bottom - y) / (size * 1.25))
            runs = _runs(r)
            if left < 1 or (
                left < min(lines, len(wrap_runs(runs, column, size, "serif"))) and y > k // columns * cell + size * 2.1
            ):
                break
            y = sheet.runs(x, y, column, runs, size, t.muted, family="serif", lines=min(lines, left), leading=1.25,
                           gid="only")  # fmt: skip
            y += size * 0.45
    return sheet.ax


def _runs(r: Any) -> list[Run]:
    tag = _CATEGORY.get(str(r.category), str(r.category))
    if str(r.category) != "aside":
        tag += ", " + VOICE_WORDS.get(str(r.voice), str(r.voice))
    return [(tag + ":", True), (str(r.text), False)]


def _height(width: float, size: float, lines: int) -> Callable[[Any], float]:
    """The height of an item in a column of that width."""
    return lambda r: size * (1.25 * len(wrap_runs(_runs(r), width, size, "serif", lines)) + 0.45)

"""What only one outlet says: the weightiest items of each that have no counterpart in the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from framing.report.canvas import Canvas, Run, wrap_runs
from framing.report.charts._common import VOICE_WORDS, outlets, palette, start, unlike
from framing.report.style import measure

TITLE = "Only here"


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
        return "No outlet says anything that the others do not"
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
    """``size``: letters in points (9.5); ``rows``: items per outlet (4); ``columns``: outlets abreast (up to 3).

    ``stacked``: a line per item, with the outlet before it (False).
    """
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
    t = sheet.theme
    accents = palette(comparison, t)
    if options.get("stacked"):
        _stacked(comparison, sheet, table, accents, size)
        return sheet.ax
    gap = 20.0
    column, cell = (sheet.width - gap * (columns - 1)) / columns, sheet.height / tall
    for k, name in enumerate(names):
        x, y = (k % columns) * (column + gap), (k // columns) * cell
        bottom = y + cell - 2
        sheet.line([x, x + column], [y + 1, y + 1], accents[name], 1.6)
        sheet.text(x, y + size * 1.5, name, size, "bold", accents[name], width=column, gid="outlet")
        y += size * 2.0
        mine = table[table["outlet"] == name]
        if not len(mine):
            sheet.paragraph(x, y, column, _nothing(comparison, name), size, "italic", t.muted, lines=2)
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


def _nothing(comparison: Any, name: str) -> str:
    if unlike(comparison):
        return "Not compared."
    n = int((comparison.only["outlet"] == name).sum())
    return f"Only its asides ({n})." if n else "Nothing that the others lack."


_LEADING = 1.27


def need(comparison: Any, size: float, rows: int) -> float:
    """Height in points of ``rows`` stacked items per outlet, asides left out."""
    n = data(comparison, rows, False).groupby("outlet").size()
    return sum(max(1, int(n.get(name, 0))) for name in outlets(comparison)) * size * _LEADING + size * 0.5


def _stacked(comparison: Any, sheet: Canvas, table: Any, accents: dict[str, str], size: float) -> None:
    """A line per item, the outlet's name before its first."""
    names = list(accents)
    x = min(sheet.width * 0.25, max(measure(n, size, "bold") * 1.02 for n in names) + 9)
    y = 0.0
    for name in names:
        sheet.text(0, y + size, name, size, "bold", accents[name], width=x - 7, gid="outlet")
        mine = [_runs(r) for r in table[table["outlet"] == name].itertuples()]
        if not mine:
            sheet.text(
                x, y + size, _nothing(comparison, name), size, "italic", sheet.theme.muted, width=sheet.width - x
            )
            y += size * _LEADING
        for runs in mine:
            y = sheet.runs(x, y, sheet.width - x, runs, size, sheet.theme.muted, family="serif", lines=1,
                           leading=_LEADING, gid="only")  # fmt: skip


def _runs(r: Any) -> list[Run]:
    tag = str(r.category)
    if tag != "aside":
        tag += ", " + VOICE_WORDS.get(str(r.voice), str(r.voice))
    return [(tag + ":", True), (str(r.text), False)]


def _height(width: float, size: float, lines: int) -> Callable[[Any], float]:
    """The height of an item in a column of that width."""
    return lambda r: size * (1.25 * len(wrap_runs(_runs(r), width, size, "serif", lines)) + 0.45)

"""The headline page: one picture, A4 landscape or 16:9, that answers whose words, where, how much, and how sure."""

from __future__ import annotations

from typing import Any

from framing.report import charts
from framing.report.canvas import Canvas, wrap
from framing.report.charts._common import bases, outlets
from framing.report.sentences import deck, page_headline
from framing.report.style import Theme, colours, measure, theme

__all__ = ["SIZES", "alt", "page"]

SIZES = {"a4": (841.89, 595.28), "16:9": (960.0, 540.0)}
DPI = 200
_MARGIN = 30.0


def page(comparison: Any, style: str | Theme = "light", shape: str = "a4") -> Any:
    """The page as a Figure of ``shape`` ("a4" or "16:9") at 200 dpi; more than six articles give a heatmap page."""
    from matplotlib.figure import Figure

    t = theme(style)
    width, height = SIZES[shape]
    figure = Figure(figsize=(width / 72, height / 72), dpi=DPI, facecolor=t.paper)
    sheet = Canvas(figure.add_axes((0, 0, 1, 1), label="page"), t)
    y = _head(sheet, comparison)
    foot = _foot(sheet, comparison)
    n = len(outlets(comparison))
    if n > 6:
        _put(
            figure,
            sheet,
            comparison,
            "heatmap",
            (_MARGIN, y, width - 2 * _MARGIN, foot - y - 6),
            "per 1,000 own words",
            {"size": 9},
        )
    elif n > 2:
        _many(figure, sheet, comparison, y, foot)
    else:
        _two(figure, sheet, comparison, y, foot)
    return figure


def alt(comparison: Any) -> str:
    """The page in words: its headline, then what each part shows."""
    parts = [f"{comparison.event_title or 'Comparison'}. {page_headline(comparison)}. {deck(comparison)}"]
    used = ("heatmap",) if len(outlets(comparison)) > 6 else ("voice_bars", "xray", "dumbbells", "wording", "only_here")
    parts += [charts.load(name).alt(comparison) for name in used]
    return "\n\n".join(parts)


def _head(sheet: Canvas, comparison: Any) -> float:
    """Kicker, headline, deck; returns the y below."""
    t = sheet.theme
    width = sheet.width - 2 * _MARGIN
    sheet.line([_MARGIN, _MARGIN + 40], [19, 19], t.ink, 3)
    dates = sorted({str(d) for d in comparison.articles["published"].dropna() if str(d)})
    days = [_day(d) for d in dates]
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}" if days else ""
    names = outlets(comparison)
    palette = colours(names, t)
    kicker = comparison.event_title or "How the same event is told"
    tail = measure(f"  {when}", 9.5) * 1.02
    used = sheet.text(_MARGIN, 34, kicker, 9.5, "bold", t.muted, width=width * 0.6 - tail, gid="event")
    sheet.text(_MARGIN + used + 8, 34, when, 9.5, colour=t.muted)
    if len(names) <= 3:  # who is who, in colour, once, on the right
        x = sheet.width - _MARGIN
        room = (width * 0.38) / len(names)
        for name in reversed(names):
            x -= sheet.text(x, 34, name, 9.5, "bold", palette[name], ha="right", width=room - 16)
            sheet.rect(x - 11, 27, 7.5, 7.5, palette[name])
            x -= 22
    y = 38.0
    text = page_headline(comparison)
    size = next(
        (s for s in (24.0, 23.0, 22.0, 21.0, 20.0, 19.0) if measure(text, s, "bold", "serif") * 1.02 <= width), 22.0
    )
    for line in wrap(text, width, size, "bold", "serif", 2):
        sheet.text(_MARGIN, y + size, line, size, "bold", family="serif", gid="headline")
        y += size * 1.18
    return sheet.paragraph(_MARGIN, y + 3, width, deck(comparison), 10.5, colour=t.muted, lines=1, gid="deck") + 9


def _day(text: str) -> str:
    """An ISO date as readers write it; anything else as it stands."""
    from datetime import date

    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{day.day} {day:%b} {day.year}"


def _foot(sheet: Canvas, comparison: Any) -> float:
    """How sure: words, intervals, warnings, signature; returns the y above."""
    t = sheet.theme
    width = sheet.width - 2 * _MARGIN
    notes = [str(n) for n in getattr(comparison, "notes", [])]
    sure = (
        f"{bases(comparison)}. Intervals: 95 % (Garwood), conditional on these texts; "
        "one event tests nothing about an outlet in general."
    )
    lines = wrap(" ".join([sure, *notes]), width - 62, 8, lines=2)
    signature = str(comparison.signature)
    top = sheet.height - 16 - 10 * (len(lines) + 1)
    sheet.line([_MARGIN, sheet.width - _MARGIN], [top, top], t.rule, 0.8)
    y = top + 11
    sheet.text(_MARGIN, y, "How sure", 8.5, "bold")
    for line in lines:
        sheet.text(_MARGIN + 62, y, line, 8, colour=t.muted, gid="sure")
        y += 10
    sheet.text(_MARGIN + 62, y, signature, 7.5, colour=t.faint, width=width - 62, gid="signature")
    return top - 4


def _put(
    figure: Any,
    sheet: Canvas,
    comparison: Any,
    name: str,
    box: tuple[float, float, float, float],
    aside: str,
    options: dict[str, Any],
) -> Any:
    """A section: its title with a few words on what is shown, and the chart beneath, in ``box`` (x, y, w, h)."""
    x, y, w, h = box
    module = charts.load(name)
    t = sheet.theme
    sheet.line([x, x + w], [y, y], t.ink, 0.9)
    used = sheet.text(x, y + 13.5, module.TITLE, 11, "bold", family="serif", gid="section", width=w)
    sheet.text(x + used + 7, y + 13.5, aside, 8.5, colour=t.muted, width=w - used - 7)
    ax = figure.add_axes(
        (x / sheet.width, 1 - (y + h) / sheet.height, w / sheet.width, (h - 20) / sheet.height), label=name
    )
    return module.draw(comparison, ax=ax, style=t, **options)


def _two(figure: Any, sheet: Canvas, comparison: Any, y: float, foot: float) -> None:
    """Left: who speaks, how much. Right: where, then the two wordings beside what only one says."""
    width = sheet.width - 2 * _MARGIN
    gutter = 24.0
    tall = foot - y
    left = width * 0.33
    upper = min(150.0, tall * 0.37)
    _put(figure, sheet, comparison, "voice_bars", (_MARGIN, y, left, upper), "share of words", {"size": 9})
    lower = y + upper + 10
    _put(
        figure,
        sheet,
        comparison,
        "dumbbells",
        (_MARGIN, lower, left, foot - lower),
        "per 1,000 own words (marks)",
        {"size": 9},
    )
    x, right = _MARGIN + left + gutter, width - left - gutter
    upper = tall * (0.545 if sheet.height < 560 else 0.565)
    _put(figure, sheet, comparison, "xray", (x, y, right, upper), "first word to last", {"size": 8.2, "written": 3})
    lower = y + upper + 8
    words = right * 0.60
    _put(figure, sheet, comparison, "wording", (x, lower, words, foot - lower), "words that differ in bold",
         {"size": 8.2, "rows": 5, "lines": 3})  # fmt: skip
    x += words + gutter
    _put(figure, sheet, comparison, "only_here", (x, lower, right - words - gutter, foot - lower), "no counterpart",
         {"size": 8.2, "rows": 2, "lines": 2, "columns": 1})  # fmt: skip


def _many(figure: Any, sheet: Canvas, comparison: Any, y: float, foot: float) -> None:
    """Three to six outlets: strips without written asides take the height, the rest shares a column."""
    width = sheet.width - 2 * _MARGIN
    gutter = 24.0
    n = len(outlets(comparison))
    tall = foot - y
    left = width * 0.53
    written = 2 if n == 3 else 0
    _put(
        figure,
        sheet,
        comparison,
        "xray",
        (_MARGIN, y, left, tall),
        "first word to last",
        {"size": 8.5, "written": written},
    )
    x, right = _MARGIN + left + gutter, width - left - gutter
    # Beyond three outlets an item each would be a word or two: the bars take the width.
    bars = right * 0.44 if n == 3 else right
    _put(figure, sheet, comparison, "voice_bars", (x, y, bars, tall * 0.46), "share of words", {"size": 8.5})
    if n == 3:
        only = (x + bars + gutter, y, right - bars - gutter, tall * 0.46)
        options = {"size": 8.5, "rows": 1, "lines": 3, "columns": 1}
        _put(figure, sheet, comparison, "only_here", only, "no counterpart", options)
    y += tall * 0.46 + 8
    _put(figure, sheet, comparison, "dumbbells", (x, y, right, foot - y), "per 1,000 own words (marks)", {"size": 8.5})

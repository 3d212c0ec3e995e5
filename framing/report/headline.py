"""The headline page: one picture, A4 landscape or 16:9, that answers whose words, where, how much, and how sure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from framing.report import charts
from framing.report.canvas import Canvas, wrap
from framing.report.charts._common import bases, listed, outlets, palette, unlike
from framing.report.sentences import deck, loaded_tally, page_headline, portrait
from framing.report.style import Theme, measure, theme

__all__ = ["SIZES", "alt", "page"]

# Points and dots per inch. The wide page is for screens: 2,667 by 1,500 pixels.
SIZES = {"a4": (841.89, 595.28), "16:9": (1120.0, 630.0)}
DPI = {"a4": 200.0, "16:9": 2667 / 1120 * 72}
_MARGIN = 30.0
_PAIRS = 14  # aligned pairs of which those are shown that are telling and short enough


def page(comparison: Any, style: str | Theme = "light", shape: str = "a4") -> Any:
    """The page as a Figure of ``shape``: "a4" (200 dpi) or "16:9" (2,667 by 1,500 pixels).

    More than six articles give a heatmap page.
    """
    from matplotlib.figure import Figure

    t = theme(style)
    width, height = SIZES[shape]
    figure = Figure(figsize=(width / 72, height / 72), dpi=DPI[shape], facecolor=t.paper)
    sheet = Canvas(figure.add_axes((0, 0, 1, 1), label="page"), t)
    y = _head(sheet, comparison)
    foot = _foot(sheet, comparison)
    n = len(outlets(comparison))
    if n > 6:
        _crowd(figure, sheet, comparison, y, foot)
    elif n > 3:
        _many(figure, sheet, comparison, y, foot)
    else:
        _two(figure, sheet, comparison, y, foot)
    return figure


def alt(comparison: Any) -> str:
    """The page in words: its headline, then what each part shows."""
    names = outlets(comparison)
    said = [f"{name}: {_said(portrait(comparison, k))}." for k, name in enumerate(names[:3])]
    said = said if len(names) <= 3 else [deck(comparison)]
    parts = [f"{comparison.event_title or 'Comparison'}. {page_headline(comparison)}. {' '.join(said)}"]
    used = ("heatmap",) if len(names) > 6 else ("voice_bars", "xray", "rates", "wording", "only_here")
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
    kicker = comparison.event_title or "How the same event is told"
    tail = measure(f"  {when}", 9.5) * 1.02
    used = sheet.text(_MARGIN, 34, kicker, 9.5, "bold", t.muted, width=width - tail, gid="event")
    sheet.text(_MARGIN + used + 8, 34, when, 9.5, colour=t.muted)
    y = 38.0
    text = page_headline(comparison)
    size = next(
        (s for s in (24.0, 23.0, 22.0, 21.0, 20.0, 19.0) if measure(text, s, "bold", "serif") * 1.02 <= width), 22.0
    )
    for line in wrap(text, width, size, "bold", "serif", 2):
        sheet.text(_MARGIN, y + size, line, size, "bold", family="serif", gid="headline")
        y += size * 1.18
    y += 3
    if len(names) > 6:
        return sheet.paragraph(_MARGIN, y, width, deck(comparison), 10, colour=t.muted, lines=2, gid="deck") + 9
    return (_portraits if len(names) <= 3 else _tallies)(sheet, comparison, y, width) + 7


def _tallies(sheet: Canvas, comparison: Any, y: float, width: float) -> float:
    """Two lines for four to six outlets: their loaded terms by sign; returns the y below."""
    t, size = sheet.theme, 9.5
    names = outlets(comparison)
    accents = palette(comparison, t)
    for k, line in enumerate(("Loaded terms", "in own words")):
        sheet.text(_MARGIN, y + size * (1 + 1.36 * k), line, size, colour=t.muted, gid="deck")
    left = measure("Loaded terms", size) + 18
    columns = -(-len(names) // 2)
    tallies = [loaded_tally(row) for _, row in comparison.scores.iterrows()]
    widest = max(measure(n, size, "bold") + measure(s, size) for n, s in zip(names, tallies, strict=True)) * 1.02
    column = min((width - left) / columns, widest + 48)
    for k, (name, said) in enumerate(zip(names, tallies, strict=True)):
        x, at = _MARGIN + left + column * (k % columns), y + size * 1.36 * (k // columns)
        tail = measure(said, size) * 1.02 + 8
        sheet.rect(x, at + 2.4, 7.5, 7.5, accents[name])
        used = sheet.text(x + 12, at + size, name, size, "bold", accents[name], width=column - tail - 18, gid="outlet")
        sheet.text(x + 12 + used + 6, at + size, said, size, width=tail, gid="deck")
    return y + size * 2.72


def _portraits(sheet: Canvas, comparison: Any, y: float, width: float) -> float:
    """A line per outlet: its name in its colour, and what marks it; returns the y below."""
    t, size = sheet.theme, 9.5
    names = outlets(comparison)
    accents = palette(comparison, t)
    column = min(width * 0.25, max(measure(n, size, "bold") * 1.02 for n in names) + 24)
    for k, name in enumerate(names):
        sheet.rect(_MARGIN, y + 2.4, 7.5, 7.5, accents[name])
        sheet.text(_MARGIN + 12, y + size, name, size, "bold", accents[name], width=column - 18, gid="outlet")
        parts = portrait(comparison, k)
        while len(parts) > 1 and measure(_said(parts), size) * 1.01 > width - column:
            parts.pop()
        sheet.text(_MARGIN + column, y + size, _said(parts), size, width=width - column, gid="deck")
        y += size * 1.36
    return y


def _said(parts: list[str]) -> str:
    return "; ".join(parts)


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
    # What makes the whole page doubtful comes before what makes a rate rough.
    notes = sorted(
        rough(map(str, getattr(comparison, "notes", [])), len(outlets(comparison))),
        key=lambda n: "rates" in n and "nothing" not in n,
    )
    most = 40 if len(outlets(comparison)) < 4 else 24
    counted = bases(comparison)
    for name in sorted(outlets(comparison), key=len, reverse=True):
        if len(name) > most:
            notes = [n.replace(name, name[: most - 2].rstrip() + "…") for n in notes]
            counted = counted.replace(name, name[: most - 2].rstrip() + "…")
    sure = (
        f"{counted}. Intervals: 95% (Garwood), conditional on these texts; "
        "one event tests nothing about an outlet in general."
    )
    lines = wrap(" ".join([*notes, sure] if unlike(comparison) else [sure, *notes]), width - 62, 8,
                 lines=3 if len(outlets(comparison)) < 5 else 2)  # fmt: skip
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


_ROUGH = re.compile(r"(.+) has \d+ words of its own: (rates are rough below \d+)\.")


def rough(notes: Iterable[str], articles: int) -> list[str]:
    """``notes`` with those on rough rates told in one, since the words stand beside them already."""
    found: dict[str, list[str]] = {}
    out = []
    for note in notes:
        if m := _ROUGH.fullmatch(note):
            found.setdefault(m[2], []).append(m[1])
        else:
            out.append(note)
    for why, names in found.items():
        who = f" ({listed(names) if len(names) < 5 else f'{len(names)} articles'})" if len(names) < articles else ""
        out.append(f"{why[:1].upper()}{why[1:]}{who}.")
    return out


def _put(
    figure: Any,
    sheet: Canvas,
    comparison: Any,
    name: str,
    box: tuple[float, float, float, float],
    aside: str,
    options: dict[str, Any],
    title: str = "",
) -> Any:
    """A section: its title with a few words on what is shown, and the chart beneath, in ``box`` (x, y, w, h)."""
    x, y, w, h = box
    module = charts.load(name)
    t = sheet.theme
    sheet.line([x, x + w], [y, y], t.ink, 0.9)
    used = sheet.text(x, y + 13.5, title or module.TITLE, 11, "bold", family="serif", gid="section", width=w)
    sheet.text(x + used + 7, y + 13.5, aside, 8.5, colour=t.muted, width=w - used - 7)
    ax = figure.add_axes(
        (x / sheet.width, 1 - (y + h) / sheet.height, w / sheet.width, (h - 20) / sheet.height), label=name
    )
    return module.draw(comparison, ax=ax, style=t, **options)


def _two(figure: Any, sheet: Canvas, comparison: Any, y: float, foot: float) -> None:
    """Two or three outlets. Left: who speaks, how much. Right: where, the same point twice, what only one says."""
    n = len(outlets(comparison))
    width = sheet.width - 2 * _MARGIN
    gutter, tall = 26.0, foot - y
    left = width * 0.355
    upper = 34.0 + (40.0 if n == 2 else 36.0) * n
    _put(figure, sheet, comparison, "voice_bars", (_MARGIN, y, left, upper), "share of words", {"size": 8.5})
    lower = y + upper + 8
    box = (_MARGIN, lower, left, foot - lower)
    _put(figure, sheet, comparison, "rates", box, "per 1,000 own words (marks)", {"size": 8.2})
    x, right = _MARGIN + left + gutter, width - left - gutter
    items = (2 if n == 2 else 1) + 2 * (not len(comparison.alignment))
    only = 20 + charts.load("only_here").need(comparison, 8.2, items)
    upper = _strips(comparison, right, tall - only - 12)
    aside = "tint: own words · pale grey: paraphrased · strong grey: quoted · thin ticks: in a source’s words"
    _put(figure, sheet, comparison, "xray", (x, y, right, upper), aside, {"size": 8.0})
    lower = y + upper + 6
    box = (x, lower, right, foot - lower - only - 6)
    _put(figure, sheet, comparison, "wording", box, "words that differ in bold",
         {"size": 8.0, "rows": _PAIRS, "lines": 2, "stacked": True})  # fmt: skip
    box = (x, foot - only, right, only)
    _put(figure, sheet, comparison, "only_here", box, "no counterpart in another article",
         {"size": 8.2, "rows": items, "asides": False, "stacked": True})  # fmt: skip


def _strips(comparison: Any, width: float, tall: float) -> float:
    """Height of the strips, of ``tall`` points that they share with the wordings.

    Five, four or three pairs while the asides stand in full; then asides give way, a line at a time; then pairs.
    """
    xray, wording = charts.load("xray"), charts.load("wording")
    told = wording.data(comparison, _PAIRS)
    wishes = [
        (5, 1.35, 5),
        *((4, pitch, 5) for pitch in (1.35, 1.2, 1.1, 1.0)),
        *((3, pitch, 5) for pitch in (1.2, 1.0)),
        *((3, 1.0, lines) for lines in (4, 3, 2)),
        *((2, 1.0, lines) for lines in (3, 2, 1)),
        (1, 1.0, 1),
    ]
    for pairs, pitch, lines in wishes:
        rest = tall - wording.need(told, width, 8.0, pairs) - 20
        if xray.need(comparison, width, 8.0, pitch=pitch, lines=lines) + 20.5 <= rest:
            return float(min(rest, xray.need(comparison, width, 8.0, pitch=1.5) + 22))
    return tall * 0.7


def _many(figure: Any, sheet: Canvas, comparison: Any, y: float, foot: float) -> None:
    """Four to six outlets. Left: how much, over the whole height. Right: who speaks and where, the same point twice,
    what only one says.
    """
    width = sheet.width - 2 * _MARGIN
    gutter, tall = 26.0, foot - y
    left = width * 0.37
    box = (_MARGIN, y, left, tall)
    _put(figure, sheet, comparison, "rates", box, "per 1,000 own words (marks)", {"size": 8.2, "words": 2})
    x, right = _MARGIN + left + gutter, width - left - gutter
    xray, wording = charts.load("xray"), charts.load("wording")
    only = 20 + charts.load("only_here").need(comparison, 8.0, 1)
    room = tall - only - 12
    told = wording.data(comparison, _PAIRS)
    few, pitch = False, 1.0
    for pairs, few, pitch in (
        (4, False, 1.1),
        (4, False, 1.0),
        (3, False, 1.0),
        (4, True, 1.0),
        (3, True, 1.0),
        (3, True, 0.85),
        (3, True, 0.82),
    ):
        strips = xray.need(comparison, right, 8.0, written=0, pitch=pitch, few=few) + 22
        if strips + 20 + wording.need(told, right, 8.0, pairs) <= room:
            break
    upper = min(room * 0.75, max(strips, room - 20 - wording.need(told, right, 8.0, 5) * 1.08))
    title = "Who speaks, and where" if few else "Who speaks, and where in the article"
    aside = "tint: own words · pale grey: paraphrased · strong grey: quoted"
    aside += " · others: every other device" if few else ""
    _put(figure, sheet, comparison, "xray", (x, y, right, upper), aside,
         {"size": 8.0, "written": 0, "few": few, "voices": True}, title)  # fmt: skip
    lower = y + upper + 6
    box = (x, lower, right, foot - only - 6 - lower)
    _put(figure, sheet, comparison, "wording", box, "words that differ in bold",
         {"size": 8.0, "rows": _PAIRS, "lines": 2, "stacked": True})  # fmt: skip
    box = (x, foot - only, right, only)
    _put(figure, sheet, comparison, "only_here", box, "no counterpart in another article",
         {"size": 8.0, "rows": 1, "asides": False, "stacked": True})  # fmt: skip


def _crowd(figure: Any, sheet: Canvas, comparison: Any, y: float, foot: float) -> None:
    """More than six articles: every measure of every one; below, while there is room, wordings and the scatter."""
    n = len(outlets(comparison))
    width, tall = sheet.width - 2 * _MARGIN, foot - y - 4
    size = max(6.0, min(9.0, (tall - 22) / (n + 2.2) / 1.36))
    need = 22 + size * 2.3 + size * 1.9 * n
    upper = need if tall - need > 130 else tall
    aside = "per 1,000 own words · from most negative to most positive · one scale of shades for all rates"
    _put(figure, sheet, comparison, "heatmap", (_MARGIN, y, width, upper), aside, {"size": size})
    if upper == tall:
        return
    lower, gutter = y + upper + 8, 26.0
    left = width * 0.6
    box = (_MARGIN, lower, left, foot - lower)
    _put(figure, sheet, comparison, "wording", box, "words that differ in bold", {"size": 8.5, "rows": 6, "lines": 3})
    box = (_MARGIN + left + gutter, lower, width - left - gutter, foot - lower)
    _put(figure, sheet, comparison, "scatter", box, "a dot per article", {"size": 8.5})

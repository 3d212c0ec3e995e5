"""An Axes as a sheet measured in points, y downwards: what the charts draw on.

Text is measured before it is placed, wrapped to a width and cut with an ellipsis where it
does not fit, so that nothing ever runs into anything else.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from typing import Any

from framing.report.style import Theme, font, measure, printable, readable, theme

__all__ = ["Canvas", "Run", "cut", "framed", "marked_words", "small", "wrap", "wrap_runs"]

Run = tuple[str, bool]  # words, marked
_SLACK = 1.004
_DRAWN = 0.995  # drawn letters run a little closer than their advances: where the next run of a line begins


@lru_cache(maxsize=1)
def _sharp_text() -> type:
    """A Text without hinting: hinted letters change width with the resolution, and measured text would not fit."""
    from matplotlib import rcParams
    from matplotlib.text import Text

    @contextmanager
    def unhinted() -> Iterator[None]:  # rc_context copies every parameter: too slow for each text of a page
        before = rcParams["text.hinting"]
        rcParams["text.hinting"] = "none"
        try:
            yield
        finally:
            rcParams["text.hinting"] = before

    class SharpText(Text):
        def draw(self, renderer: Any) -> None:
            with unhinted():
                super().draw(renderer)

        def get_window_extent(self, renderer: Any = None, dpi: float | None = None) -> Any:
            with unhinted():
                return super().get_window_extent(renderer, dpi)

    return SharpText


class Canvas:
    """``ax`` with limits set to its size in points. Coordinates: (0, 0) top left, (width, height) bottom right."""

    def __init__(self, ax: Any, style: str | Theme = "light") -> None:
        self.ax = ax
        self.theme = theme(style)
        scale = 72 / ax.figure.dpi
        self.width = float(ax.bbox.width * scale)
        self.height = float(ax.bbox.height * scale)
        ax.set_xlim(0, self.width)
        ax.set_ylim(self.height, 0)
        ax.set_axis_off()
        # A parent may set the text of a screen reader's label; nothing else of the Axes is shown.
        ax.set_facecolor("none")

    def text(
        self,
        x: float,
        y: float,
        text: object,
        size: float = 9,
        weight: str = "regular",
        colour: str | None = None,
        ha: str = "left",
        family: str = "sans",
        width: float | None = None,
        gid: str | None = None,
    ) -> float:
        """One line with its baseline at ``y``, cut to ``width``; returns its width."""
        shown = printable(text)
        if width is not None:
            shown = cut(shown, width, size, weight, family)
        if not shown:
            return 0.0
        artist = _sharp_text()(
            x,
            y,
            shown,
            fontproperties=font(size, weight, family),
            # Letters in the paper's colour stand on a fill; all others stand on the paper.
            color=colour if colour == self.theme.paper else readable(colour or self.theme.ink, self.theme),
            ha=ha,
            va="baseline",
            parse_math=False,
            clip_on=False,
            zorder=5,
        )
        if hasattr(artist, "set_fontfeatures"):  # matplotlib 3.11: a PDF sets its ligatures with a gap behind
            artist.set_fontfeatures(("-liga",))
        if gid:
            artist.set_gid(gid)
        self.ax.add_artist(artist)
        return measure(shown, size, weight, family) * _SLACK

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        text: object,
        size: float = 9,
        weight: str = "regular",
        colour: str | None = None,
        family: str = "sans",
        lines: int = 99,
        leading: float = 1.25,
        ha: str = "left",
        gid: str | None = None,
    ) -> float:
        """Wrapped text whose first line stands in ``[y, y + size * leading]``; returns the y below it."""
        for line in wrap(text, width, size, weight, family, lines):
            self.text(x, y + size, line, size, weight, colour, ha, family, gid=gid)
            y += size * leading
        return y

    def runs(
        self,
        x: float,
        y: float,
        width: float,
        runs: Sequence[Run],
        size: float = 9,
        accent: str | None = None,
        colour: str | None = None,
        family: str = "sans",
        lines: int = 99,
        leading: float = 1.28,
        gid: str | None = None,
    ) -> float:
        """Like paragraph, with the marked words bold in ``accent``."""
        for line in wrap_runs(runs, width, size, family, lines):
            at = x
            for words, marked in line:
                weight = "bold" if marked else "regular"
                self.text(at, y + size, words, size, weight, accent if marked else colour, family=family, gid=gid)
                at += measure(words + " ", size, weight, family) * _DRAWN
            y += size * leading
        return y

    def rect(self, x: float, y: float, w: float, h: float, colour: str, gid: str | None = None, **more: Any) -> Any:
        from matplotlib.patches import Rectangle

        patch = Rectangle((x, y), w, h, facecolor=colour, edgecolor="none", linewidth=0, **more)
        if gid:
            patch.set_gid(gid)
        return self.ax.add_patch(patch)

    def line(
        self, xs: Sequence[float], ys: Sequence[float], colour: str | None = None, width: float = 0.6, **more: Any
    ) -> Any:
        from matplotlib.lines import Line2D

        more.setdefault("solid_capstyle", "butt")
        # Not plot(), which would stretch the limits of the sheet and takes ten times as long.
        return self.ax.add_artist(Line2D(xs, ys, color=colour or self.theme.rule, linewidth=width, marker="", **more))

    def ticks(
        self, xs: Iterable[float], y0: float, y1: float, colour: str, width: float = 1.4, gid: str | None = None
    ) -> Any:
        from matplotlib.collections import LineCollection

        found = LineCollection([[(x, y0), (x, y1)] for x in xs], colors=colour, linewidths=width, capstyle="butt")
        if gid:
            found.set_gid(gid)
        return self.ax.add_collection(found, autolim=False)

    def dot(
        self, x: float, y: float, colour: str, size: float = 6, hollow: bool = False, gid: str | None = None
    ) -> Any:
        from matplotlib.lines import Line2D

        artist = Line2D(
            [x],
            [y],
            linestyle="",
            marker="o",
            markersize=size,
            markerfacecolor=self.theme.paper if hollow else colour,
            markeredgecolor=colour,
            markeredgewidth=1.2 if hollow else 0.0,
            zorder=4,
        )
        if gid:
            artist.set_gid(gid)
        return self.ax.add_artist(artist)

    def nothing(self, message: str) -> None:
        """Say that there is nothing to draw."""
        self.paragraph(0, 4, self.width, message, 9.5, "italic", self.theme.muted, gid="nothing")


def cut(text: str, width: float, size: float, weight: str = "regular", family: str = "sans") -> str:
    """``text`` shortened with an ellipsis until it fits ``width`` points."""
    if measure(text, size, weight, family) * _SLACK <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + "…", size, weight, family) * _SLACK <= width:
            low = middle
        else:
            high = middle - 1
    if not low:
        return "…" if width >= size else ""
    kept = text[:low].rstrip()
    # Break at a word where that does not cost much.
    space = kept.rfind(" ")
    if low < len(text) and text[low : low + 1] != " " and space > 0.6 * len(kept):
        kept = kept[:space]
    return kept.rstrip(" ,;:–—(“‘") + "…"


def wrap(
    text: object, width: float, size: float, weight: str = "regular", family: str = "sans", lines: int = 99
) -> list[str]:
    """Lines of ``text`` that fit ``width``; the last of ``lines`` ends in an ellipsis where text is left over."""
    return [
        " ".join(words for words, _ in line)
        for line in wrap_runs([(str(text), False)], width, size, family, lines, weight)
    ]


def wrap_runs(
    runs: Sequence[Run], width: float, size: float, family: str = "sans", lines: int = 99, weight: str = "regular"
) -> list[list[Run]]:
    """Lines of runs that fit ``width``; see :func:`wrap`. Marked runs are measured bold."""
    if lines < 1:
        return []
    words = [(w, marked) for run, marked in runs for w in printable(run).split()]
    out: list[list[Run]] = []
    line: list[Run] = []
    used = 0.0
    for word, marked in words:
        face = "bold" if marked else weight
        w = measure(word, size, face, family) * _SLACK
        gap = measure(" ", size, face, family) * _SLACK if line else 0.0
        if line and used + gap + w > width:
            if len(out) + 1 == lines:
                out.append(_ended(line, width, size, family, weight))
                return [_joined(x) for x in out]
            # A number that ends a run ("neutral 7") stays with the word before it.
            moved = [line.pop()] if len(line) > 1 and word.isdecimal() and line[-1][1] == marked else []
            out.append(line)
            line, used, gap = moved, 0.0, 0.0
            if moved:
                used = measure(moved[0][0], size, face, family) * _SLACK
                gap = measure(" ", size, face, family) * _SLACK
                if used + gap + w > width:
                    line[0] = (cut(moved[0][0], max(size, width - w - gap), size, face, family), marked)
                    used = measure(line[0][0], size, face, family) * _SLACK
        if w > width:  # one word longer than the line: cut it
            word = cut(word, width, size, face, family)
            w = measure(word, size, face, family) * _SLACK
        line.append((word, marked))
        used += gap + w
    if line:
        out.append(line)
    return [_joined(x) for x in out]


def _ended(line: list[Run], width: float, size: float, family: str, weight: str) -> list[Run]:
    """The line with an ellipsis at its end, words dropped until it fits."""

    def length(words: list[Run]) -> float:
        return sum(measure(w + " ", size, "bold" if m else weight, family) for w, m in words) * _SLACK

    while len(line) > 1 and length(line) + size * 0.8 > width:
        line = line[:-1]
    word, marked = line[-1]
    return [*line[:-1], (word.rstrip(" ,;:.–—(“‘") + "…", marked)]


def _joined(line: list[Run]) -> list[Run]:
    return [(" ".join(w for w, _ in group), marked) for marked, group in groupby(line, key=lambda r: r[1])]


# ------------------------------------------------------------------------------------------ words that differ

_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "nor",
        "so",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "into",
        "onto",
        "over",
        "under",
        "as",
        "than",
        "that",
        "this",
        "these",
        "those",
        "it",
        "its",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "not",
        "no",
        "he",
        "she",
        "they",
        "them",
        "his",
        "her",
        "their",
        "him",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "there",
        "here",
        "i",
        "you",
        "we",
        "us",
        "our",
        "your",
        "my",
        "me",
    ]
)


def _stem(word: str) -> str:
    bare = "".join(c for c in word.casefold().replace("’s", "").replace("'s", "") if c.isalnum())
    for suffix in (
        "ingly",
        "edly",
        "ations",
        "ation",
        "ments",
        "ment",
        "ings",
        "ing",
        "ies",
        "ied",
        "ed",
        "es",
        "s",
        "ly",
    ):
        if bare.endswith(suffix) and len(bare) - len(suffix) >= 4:
            bare = bare[: -len(suffix)]
            break
    return bare[:-1] if bare.endswith("e") and len(bare) > 4 else bare


def small(word: str) -> bool:
    """Whether it is a word of grammar, which says nothing by itself."""
    bare = word.strip("“”\"'‘’.,;:!?()").casefold()
    return not bare or bare in _SMALL


def marked_words(a: str, b: str) -> tuple[list[Run], list[Run]]:
    """Both texts as runs, with the words that the other does not have marked; small words are never marked."""
    left, right = a.split(), b.split()
    stems = [_stem(w) for w in left], [_stem(w) for w in right]

    def close(stem: str, others: set[str]) -> bool:
        return stem in others or (len(stem) > 5 and bool(difflib.get_close_matches(stem, others, 1, 0.84)))

    def runs(words: list[str], own: list[str], others: set[str]) -> list[Run]:
        out = []
        for word, stem in zip(words, own, strict=True):
            out.append((word, bool(stem) and not small(word) and not close(stem, others)))
        return _joined(out)

    return runs(left, stems[0], set(stems[1])), runs(right, stems[1], set(stems[0]))


# ------------------------------------------------------------------------------------------ a picture of its own


def framed(
    comparison: Any,
    headline: str,
    note: str,
    size: tuple[float, float],
    style: str | Theme = "light",
) -> Any:
    """A Figure for one chart with its headline above and its note below; returns the Axes between them.

    ``size``: width and height in points that the chart itself needs.
    """
    from matplotlib.figure import Figure

    t = theme(style)
    side, top, width = 26.0, 22.0, size[0]
    title_lines = wrap(headline, width, 15, "bold", "serif", 3)
    note_lines = wrap(note, width, 8.5, lines=5)
    head = top + len(title_lines) * 19 + 8
    foot = len(note_lines) * 11 + 30
    w, h = width + 2 * side, head + size[1] + foot
    figure = Figure(figsize=(w / 72, h / 72), dpi=100, facecolor=t.paper)
    sheet = Canvas(figure.add_axes((0, 0, 1, 1), label="frame"), t)
    sheet.line([side, side + 34], [top - 6, top - 6], t.ink, 2.2)
    y = top
    for line in title_lines:
        sheet.text(side, y + 15, line, 15, "bold", family="serif", gid="title")
        y += 19
    y = head + size[1] + 12
    for line in note_lines:
        sheet.text(side, y + 8.5, line, 8.5, colour=t.muted, gid="note")
        y += 11
    return figure.add_axes((side / w, foot / h, width / w, size[1] / h), label="chart")

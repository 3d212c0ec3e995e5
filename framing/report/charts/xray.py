"""Where in the article: text position from left to right, the voice behind, every device a tick, asides in full."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from framing.report.canvas import Canvas, wrap_runs
from framing.report.charts._common import bases, evidence_of, outlets, palette, percent, start
from framing.report.style import measure, mix

TITLE = "Where in the article"
_ROWS = ("loaded", "booster", "hedge", "vouch", "scare_quote", "aside")
_LABELS = {
    "loaded": "loaded ±", "booster": "boosters", "hedge": "hedges", "vouch": "vouching",
    "scare_quote": "scare quotes", "aside": "asides", "other": "others",
}  # fmt: skip
_OTHERS = ("booster", "hedge", "vouch", "scare_quote")  # the devices that share a row where rows are few
_KINDS = {
    "rhetorical_question": "rhetorical question", "label_comment": "remark on a label", "address": "to the reader",
    "comment": "comment", "coda": "closing verdict", "gloss": "inserted background",
}  # fmt: skip


def data(comparison: Any) -> Any:
    """One row per tick: outlet, device, valence, voice, start and end as shares of the article's length."""
    import pandas as pd

    parts = []
    for k, outlet in enumerate(outlets(comparison)):
        found = evidence_of(comparison, k)
        found = found[found["device"].isin(_ROWS)]
        length = _length(comparison, k)
        parts.append(
            pd.DataFrame(
                {
                    "outlet": outlet,
                    "device": found["device"],
                    "valence": found["valence"],
                    "voice": found["voice"],
                    "start": found["start"] / length,
                    "end": found["end"] / length,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def headline(comparison: Any) -> str:
    n = {o: int(c) for o, c in comparison.scores["n_aside"].items()}
    top = max(n, key=lambda o: n[o])
    if not n[top]:
        return "No outlet steps out of its report to comment"
    late = comparison.asides
    late = late[late["outlet"] == top]
    where = ""
    if len(late):
        k = outlets(comparison).index(top)
        share = sum(late["start"] > 0.75 * _length(comparison, k)) / len(late)
        where = "" if share <= 0.5 else ", near the end" if n[top] == 1 else ", mostly near the end"
    return f"{top} steps out of its report {_times(n[top])} to comment{where}"


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def note(comparison: Any) -> str:
    return (
        "Each strip is one article from its first word to its last. Tinted: the outlet’s own words; light grey: "
        "paraphrased; darker grey: quoted. A tick is one mark; strong ticks stand in the outlet’s own words, pale ones "
        "in a source’s; the number counts those in its own words. Loaded: up positive, down negative. "
        f"{bases(comparison)}."
    )


def alt(comparison: Any) -> str:
    table = data(comparison)
    own = table[table["voice"] == "narration"]
    parts = []
    for outlet in outlets(comparison):
        mine = own[own["outlet"] == outlet]["device"].value_counts()
        said = ", ".join(f"{_LABELS[d].replace(' ±', ' terms')} {int(mine[d])}" for d in _ROWS if d in mine.index)
        asides = comparison.asides[comparison.asides["outlet"] == outlet]["text"]
        quoted = " ".join(f"“{' '.join(str(x).split())}”" for x in asides)
        parts.append(f"{outlet}, in its own words: {said or 'no marks'}." + (f" Asides: {quoted}" if quoted else ""))
    return f"{TITLE}. A strip per article with a tick for every device. " + " ".join(parts)


def _length(comparison: Any, k: int) -> int:
    article = comparison.articles["article"].iloc[k]
    ends = [1]
    for table in (comparison.voices, comparison.sentences):
        found = table[table["article"] == article]["end"]
        if len(found):
            ends.append(int(found.max()))
    return max(ends)


_GAP = 14.0  # between two written asides


def need(
    comparison: Any, width: float, size: float = 9, written: int = 12, pitch: float = 1.3, lines: int = 5,
    few: bool = False,
) -> float:  # fmt: skip
    """Height in points at which every strip has rows of ``pitch`` letters and asides of at most ``lines`` lines."""
    names = outlets(comparison)
    rooms = [_fit(_asides(comparison, name), width, size, lines, written).room(size) for name in names]
    units = sum(_units(_rows_of(comparison, k, few)) for k in range(len(names)))
    heads = len(names) * size * (1.5 if written else 1.38)
    return sum(rooms) + heads + size * pitch * units + size * 0.8 * (len(names) - 1) * (pitch > 1)


def _rows_of(comparison: Any, k: int, few: bool = False) -> dict[str, tuple[str, ...]]:
    """The rows of a strip and their devices: those with a mark in any voice of the article in position ``k``.

    ``few``: three rows for every article, so that strips stay readable where there are many.
    """
    if few:
        return {"loaded": ("loaded",), "other": _OTHERS, "aside": ("aside",)}
    there = set(evidence_of(comparison, k)["device"])
    return {d: (d,) for d in _ROWS if d in there}


def _units(rows: dict[str, tuple[str, ...]]) -> float:
    """Height of a strip in rows; one row where the article has no mark at all."""
    return max(1.0, len(rows) + 0.6 * ("loaded" in rows))


def _label(size: float) -> float:
    return max(measure(f"{x} none", size - 1) for x in _LABELS.values()) + 12


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9); ``written``: asides per article that are written out (12); 0 for one
    beside the name of its outlet. ``few``: three rows, boosters, hedges, vouching and scare quotes in one (False).
    ``voices``: the shares of whose words it is, beside the strip (False).

    A device has a row where the article has a mark of it; the others are named above the strip. Asides are
    written in full where they fit; how many are left out is said beside the last.
    """
    size = float(options.get("size", 9))
    names = outlets(comparison)
    written = int(options.get("written", 12))
    label = _label(size)
    few, voices = bool(options.get("few")), bool(options.get("voices"))
    rows = [_rows_of(comparison, k, few) for k in range(len(names))]
    units = sum(map(_units, rows))
    head, smallest = size * (1.5 if written else 1.38), max(6.0, (size - 1) * 1.1)
    tall = need(comparison, 720, size, written) if ax is None else 100
    sheet = start(comparison, ax, style, headline, note, (720, tall))
    found = [_asides(comparison, name) for name in names]
    for lines in range(5, -1, -1):  # the rows keep the height of their labels; the asides' words get what is left
        fits = [_fit(x, sheet.width, size, lines, written) for x in found]
        free = sheet.height - sum(f.room(size) for f in fits) - len(names) * head
        if free >= units * smallest:
            break
    pitch = max(2.0, min(size * 1.6, free / units))
    spare = max(0.0, free - pitch * units) / len(names)
    y = 0.0
    for k, name in enumerate(names):
        y = _strip(comparison, sheet, k, name, y, (label, head, pitch, size), rows[k], fits[k], voices) + spare
    return sheet.ax


def _asides(comparison: Any, name: str) -> Any:
    found = comparison.asides
    return found[found["outlet"] == name].sort_values("start", kind="stable")


@dataclass(slots=True)
class _Written:
    """Asides that are written out under a strip: their rows, widths and lines, and how many are left out."""

    rows: list[Any]
    widths: list[float]
    lines: int
    more: int
    beside: bool = False  # the most telling one stands beside the outlet's name

    def room(self, size: float) -> float:
        """Height of the written asides and of the gap below them."""
        if self.rows:
            return 10 + size * 1.2 * self.lines + size * 0.6
        return size * (0.35 if self.beside else 0.7)


def _fit(asides: Any, width: float, size: float, lines: int, most: int) -> _Written:
    """Columns for as many asides as can be written in full beside each other, in order of the text."""
    rows = list(asides.itertuples()) if most else []
    texts = {r.Index: " ".join(str(r.text).split()) for r in rows}
    shown = rows
    while shown and lines:
        if len(shown) <= most:
            for n in range(1, lines + 1):
                least = [_narrowest(texts[r.Index], _kind(r, 0), size, n) for r in shown[:-1]]
                least.append(_narrowest(texts[shown[-1].Index], _kind(shown[-1], len(rows) - len(shown)), size, n))
                if sum(least) + _GAP * (len(shown) - 1) <= width:
                    share = (width - sum(least) - _GAP * (len(shown) - 1)) / len(shown)
                    widths = [min(w + share, w * 1.25) for w in least]
                    return _Written(shown, widths, n, len(rows) - len(shown))
        if len(shown) == 1:  # alone and still too long: cut at the end
            return _Written(shown, [width - 60], lines, len(rows) - 1)
        longest = max(shown, key=lambda r: len(texts[r.Index]))
        shown = [r for r in shown if r is not longest]
    return _Written([], [], 0, len(rows), beside=not most)


def foremost(asides: Any) -> Any:
    """The aside that shows most of how an outlet steps out of its report; None where there is none."""
    rank = {kind: k for k, kind in enumerate(_KINDS)}
    rows = list(asides.itertuples())
    return min(rows, key=lambda r: (rank.get(str(r.kind), len(rank)), len(str(r.text)), r.start)) if rows else None


def _kind(row: Any, more: int) -> str:
    kind = _KINDS.get(str(row.kind), str(row.kind).replace("_", " "))
    return kind + (f" (+{more} more)" if more else "")


@lru_cache(maxsize=4096)
def _narrowest(text: str, kind: str, size: float, lines: int) -> float:
    """The least width at which ``text`` takes at most ``lines`` lines under its kind."""
    whole = (measure(text, size) + measure(kind + ": ", size, "bold")) * 1.02
    low = max(measure(kind + ":", size, "bold") * 1.02, whole / lines)
    for k in range(14):
        width = low * (1 + k * 0.06)
        if len(wrap_runs([(kind + ":", True), (text, False)], width, size)) <= lines:
            return width + 10
    return whole + 10


_SHARE = 104.0  # width of the column of shares


def _strip(
    comparison: Any, sheet: Canvas, k: int, name: str, top: float, sizes: tuple[float, float, float, float],
    rows: dict[str, tuple[str, ...]], asides: _Written, voices: bool,
) -> float:  # fmt: skip
    """One article's strip from ``top`` down; returns the y below its asides."""
    t = sheet.theme
    label, head, pitch, size = sizes
    accent = palette(comparison, t)[name]
    left = label if pitch >= (size - 1) * 0.9 else 0.0  # rows too low for names leave no column for them
    width = sheet.width - left - (_SHARE + 10 if voices else 0)
    length = _length(comparison, k)
    scores = comparison.scores.iloc[k]
    own = f"{int(scores['words']):,} words"
    if not voices:
        own = f"{int(scores['words_narration']):,} of {own} its own"
    if absent := [_LABELS[d].replace(" ±", " terms") for d in _ROWS if not any(d in r for r in rows.values())]:
        own += " · no " + (", ".join(absent[:-1]) + " or " + absent[-1] if len(absent) > 1 else absent[0])
    beside = None if asides.rows else foremost(_asides(comparison, name))
    if beside is not None:  # no room below: the most telling aside stands beside the name
        own = own.split(" · ")[0]
    x = 0.0 if asides.beside else left
    room = sheet.width - x - min(measure(own, size - 1) * 1.02, width * 0.7) - 14
    used = sheet.text(x, top + size * 1.05, name, size + 0.5, "bold", accent, width=room, gid="outlet")
    if beside is not None and room - used > size * 12:
        runs = [
            (_kind(beside, len(comparison.asides[comparison.asides["outlet"] == name]) - 1) + ":", True),
            (" ".join(str(beside.text).split()), False),
        ]
        sheet.runs(x + used + 8, top + size * 0.05, room - used - 8, runs, size, accent, lines=1, gid="aside")
    sheet.text(
        sheet.width, top + size * 1.05, own, size - 1, colour=t.muted, ha="right", width=sheet.width - x - used - 10
    )
    y0, h = top + head, pitch * _units(rows)
    spans = comparison.voices[comparison.voices["article"] == comparison.articles["article"].iloc[k]]
    fill = {"narration": mix(accent, t.paper, 0.86), "indirect": t.indirect, "direct": t.direct}
    sheet.rect(left, y0, width, h, fill["narration"], gid="strip")
    for row in spans.itertuples():
        if row.voice != "narration":
            a, b = row.start / length * width, row.end / length * width
            sheet.rect(left + a, y0, b - a, h, fill[str(row.voice)], gid=f"voice:{row.voice}")
    if voices:
        _share(comparison, sheet, scores, name, (sheet.width - _SHARE, y0, h), accent, size)
    found = evidence_of(comparison, k)
    y = y0
    for n_row, (key, devices) in enumerate(rows.items()):
        tall = pitch * (1.6 if key == "loaded" else 1)
        middle = y + tall / 2
        mine = found[found["device"].isin(devices)]
        n = int((mine["voice"] == "narration").sum())
        if left:
            count = f"{n}" if n else "none"
            sheet.text(left - 6, middle + (size - 1) * 0.34, count, size - 1, "bold" if n else "regular",
                       accent if n else t.faint, ha="right")  # fmt: skip
            sheet.text(left - 10 - measure("none", size - 1), middle + (size - 1) * 0.34, _LABELS[key], size - 1,
                       colour=t.muted, ha="right")  # fmt: skip
        if n_row:
            sheet.line([left, left + width], [y, y], t.paper, 0.7)
        for own_voice in (False, True):
            marks = mine[(mine["voice"] == "narration") == own_voice]
            colour = mix(accent, t.ink, 0.15) if own_voice else t.faint
            if key == "aside":
                for r in marks.itertuples():
                    a, b = left + r.start / length * width, left + r.end / length * width
                    sheet.rect(a, middle - pitch * 0.28, max(2.0, b - a - 0.8), pitch * 0.56, colour, gid="mark:aside")
                continue
            if key == "loaded":
                sheet.line([left, left + width], [middle, middle], mix(accent, t.paper, 0.55), 0.5)
                for sign, y1 in (("+", middle - tall * 0.42), ("-", middle + tall * 0.42)):
                    xs = [
                        left + (r.start + r.end) / 2 / length * width for r in marks.itertuples() if r.valence == sign
                    ]
                    if xs:
                        sheet.ticks(xs, middle, y1, colour, 2.2 if own_voice else 1.2, gid=f"mark:loaded{sign}")
                continue
            xs = [left + (r.start + r.end) / 2 / length * width for r in marks.itertuples()]
            if xs:
                sheet.ticks(xs, middle - pitch * 0.32, middle + pitch * 0.32, colour, 2.2 if own_voice else 1.2,
                            gid=f"mark:{key}")  # fmt: skip
        y += tall
    if asides.rows:
        _write(sheet, asides, left, sheet.width - left, y0 + h, length, size, accent)
    return y0 + h + asides.room(size)


def _share(
    comparison: Any, sheet: Canvas, scores: Any, name: str, place: tuple[float, float, float], accent: str, size: float
) -> None:
    """Whose words the article is made of: the outlet's share, a bar, and the sources with most words."""
    from framing.report.charts.voice_bars import speakers

    t, (x, y, h) = sheet.theme, place
    own, at = percent(float(scores["share_narration"])), x
    used = sheet.text(x, y + size * 0.8, own, size, "bold", accent, gid="share")
    sheet.text(x + used + 4, y + size * 0.8, "own words", size - 1, colour=t.muted, width=_SHARE - used - 4)
    for voice, fill in (("narration", accent), ("indirect", t.indirect), ("direct", t.direct)):
        wide = float(scores[f"share_{voice}"]) * _SHARE
        if wide > 0:
            sheet.rect(at, y + size * 1.15, max(0.0, wide - 0.8), size * 0.75, fill, gid=f"share:{voice}")
            at += wide
    if h >= size * 2.85 and (said := speakers(comparison, name, _SHARE, size - 1, short=True)):
        sheet.text(x, y + size * 2.75, said, size - 1, colour=t.muted, width=_SHARE, gid="sources")


def _write(
    sheet: Canvas, asides: _Written, left: float, width: float, y: float, length: int, size: float, accent: str
) -> None:
    """The asides' words under the strip, each tied to its mark by a leader line."""
    n = len(asides.rows)
    anchors = [left + (r.start + r.end) / 2 / length * width for r in asides.rows]
    xs: list[float] = []
    for k, anchor in enumerate(anchors):  # from left to right, never closer than a column
        least = xs[-1] + asides.widths[k - 1] + _GAP if k else 0.0
        xs.append(max(anchor - asides.widths[k] * 0.5, least))
    end = left + width
    for k in range(n - 1, -1, -1):
        xs[k] = min(xs[k], end - asides.widths[k])
        end = xs[k] - _GAP
    text_top = y + 8
    step = min(1.7, 5.0 / n)
    for k, (x, anchor, row) in enumerate(zip(xs, anchors, asides.rows, strict=True)):
        foot = x + 1.0
        # Lines that run to the same side bend one below the other, so that none crosses its neighbour.
        bend = y + 2.2 + step * (k if foot <= anchor else n - 1 - k)
        sheet.line([anchor, anchor, foot, foot], [y, bend, bend, text_top + 2], accent, 0.7, solid_joinstyle="miter")
        column = asides.widths[k] - 8
        runs = [(_kind(row, asides.more if k == n - 1 else 0) + ":", True), (" ".join(str(row.text).split()), False)]
        y1 = sheet.runs(x + 6, text_top, column, runs, size, accent, lines=asides.lines, leading=1.2, gid="aside")
        sheet.line([foot, foot], [text_top, y1 + 1], accent, 0.7)

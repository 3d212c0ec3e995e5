"""Where in the article: text position from left to right, the voice behind, every device a tick, asides in full."""

from __future__ import annotations

from typing import Any

from framing.report.canvas import Canvas, wrap
from framing.report.charts._common import bases, evidence_of, outlets, start
from framing.report.style import colours, measure, mix

TITLE = "Where in the article"
_ROWS = ("loaded", "booster", "hedge", "vouch", "scare_quote", "aside")
_LABELS = {
    "loaded": "loaded +/−", "booster": "boosters", "hedge": "hedges", "vouch": "vouching",
    "scare_quote": "scare quotes", "aside": "asides",
}  # fmt: skip
_KINDS = {
    "rhetorical_question": "rhetorical question", "comment": "comment", "coda": "closing verdict",
    "label_comment": "remark on a label", "address": "to the reader", "gloss": "inserted background",
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
        where = ", mostly at the end" if share > 0.5 else ""
    return f"{top} steps out of its report {_times(n[top])} to comment{where}"


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def note(comparison: Any) -> str:
    return (
        "Each strip is one article from its first word to its last. Tinted: the outlet’s own words; light grey: "
        "paraphrased; darker grey: quoted. A tick is one mark; strong ticks stand in the outlet’s own words, pale ones "
        f"in a source’s. Loaded: up positive, down negative. {bases(comparison)}."
    )


def alt(comparison: Any) -> str:
    table = data(comparison)
    own = table[table["voice"] == "narration"]
    parts = []
    for outlet in outlets(comparison):
        mine = own[own["outlet"] == outlet]["device"].value_counts()
        said = ", ".join(f"{_LABELS[d].replace(' +/−', ' terms')} {int(mine[d])}" for d in _ROWS if d in mine.index)
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


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9); ``written``: asides per article that are written out (4); ``head``: names."""
    size = float(options.get("size", 9))
    names = outlets(comparison)
    written = int(options.get("written", 4 if len(names) < 4 else 2))
    each = 34 + 6 * size * 1.1 + (6.2 * size if written else 0)
    sheet = start(comparison, ax, style, headline, note, (720, each * len(names)))
    each = sheet.height / max(1, len(names))
    for k, name in enumerate(names):
        _strip(comparison, sheet, k, name, k * each, each, size, written, str(options.get("style_name", style)))
    return sheet.ax


_GAP = 14.0


def _column(n: int, width: float) -> float:
    """Width of one written aside, of ``n`` beside each other."""
    return min((width - _GAP * (n - 1)) / n, 235.0)


def _lines(shown: Any, width: float, size: float) -> int:
    """Lines that the longest of the written asides takes, at most four; 0 where none is written."""
    if not len(shown):
        return 0
    column = _column(len(shown), width) - 8
    return min(4, max(len(wrap(x, column, size)) for x in shown["text"]))


def _room(lines: int, size: float) -> float:
    """Height of the written asides under a strip, and of the gap below them."""
    return 10 + size * 1.2 * (lines + 1) + size * 0.6 if lines else size * 0.8


def _strip(
    comparison: Any, sheet: Canvas, k: int, name: str, top: float, height: float, size: float, written: int, style: str
) -> None:
    t = sheet.theme
    accent = colours(outlets(comparison), t)[name]
    label = max(measure(x, size - 1) for x in _LABELS.values()) + 8
    left, width = label, sheet.width - label
    length = _length(comparison, k)
    scores = comparison.scores.iloc[k]
    sheet.text(left, top + size * 1.05, name, size + 0.5, "bold", accent, width=width - 130, gid="outlet")
    own = f"{int(scores['words_narration']):,} of {int(scores['words']):,} words its own"
    sheet.text(sheet.width, top + size * 1.05, own, size - 1, colour=t.muted, ha="right")
    asides = comparison.asides
    asides = asides[asides["outlet"] == name].sort_values("start", kind="stable")
    shown = (
        asides
        if len(asides) <= written
        else asides.loc[asides["text"].str.len().nsmallest(written).index].sort_values("start")
    )
    head = size * 1.5
    lines = _lines(shown, sheet.width, size)
    smallest = (size - 1) * 1.12
    # The rows keep at least the height of their labels; the asides' words get what is left.
    while lines > 1 and height - head - _room(lines, size) < smallest * (len(_ROWS) + 0.6):
        lines -= 1
    pitch = min(size * 1.5, max(smallest, (height - head - _room(lines, size)) / (len(_ROWS) + 0.6)))
    y0, h = top + head, pitch * (len(_ROWS) + 0.6)
    spans = comparison.voices[comparison.voices["article"] == comparison.articles["article"].iloc[k]]
    fill = {"narration": mix(accent, t.paper, 0.86), "indirect": t.indirect, "direct": t.direct}
    sheet.rect(left, y0, width, h, fill["narration"], gid="strip")
    for row in spans.itertuples():
        if row.voice != "narration":
            a, b = row.start / length * width, row.end / length * width
            sheet.rect(left + a, y0, b - a, h, fill[str(row.voice)], gid=f"voice:{row.voice}")
    found = evidence_of(comparison, k)
    y = y0
    for device in _ROWS:
        tall = pitch * (1.6 if device == "loaded" else 1)
        middle = y + tall / 2
        sheet.text(left - 6, middle + (size - 1) * 0.34, _LABELS[device], size - 1, colour=t.muted, ha="right")
        if device != _ROWS[0]:
            sheet.line([left, left + width], [y, y], t.paper, 0.7)
        mine = found[found["device"] == device]
        for own_voice in (False, True):
            rows = mine[(mine["voice"] == "narration") == own_voice]
            colour = mix(accent, t.ink, 0.15) if own_voice else t.faint
            if device == "aside":
                for r in rows.itertuples():
                    a, b = left + r.start / length * width, left + r.end / length * width
                    sheet.rect(a, middle - pitch * 0.28, max(2.0, b - a), pitch * 0.56, colour, gid="mark:aside")
                continue
            if device == "loaded":
                sheet.line([left, left + width], [middle, middle], mix(accent, t.paper, 0.55), 0.5)
                for sign, y1 in (("+", middle - tall * 0.42), ("-", middle + tall * 0.42)):
                    xs = [left + (r.start + r.end) / 2 / length * width for r in rows.itertuples() if r.valence == sign]
                    if xs:
                        sheet.ticks(xs, middle, y1, colour, 2.2 if own_voice else 1.2, gid=f"mark:loaded{sign}")
                continue
            xs = [left + (r.start + r.end) / 2 / length * width for r in rows.itertuples()]
            if xs:
                sheet.ticks(xs, middle - pitch * 0.32, middle + pitch * 0.32, colour, 2.2 if own_voice else 1.2,
                            gid=f"mark:{device}")  # fmt: skip
        y += tall
    if len(shown):
        _written(sheet, shown, len(asides) - len(shown), left, width, y0 + h, length, size, accent, lines)


def _written(
    sheet: Canvas, shown: Any, more: int, left: float, width: float, y: float, length: int, size: float, accent: str,
    lines: int,
) -> None:  # fmt: skip
    """The asides' words under the strip, each tied to its mark by a leader line."""
    t = sheet.theme
    n = len(shown)
    column, gap = _column(n, sheet.width), _GAP
    anchors = [left + (r.start + r.end) / 2 / length * width for r in shown.itertuples()]
    xs: list[float] = []
    for k, anchor in enumerate(anchors):  # from left to right, never closer than a column
        xs.append(max(anchor - column * 0.5, xs[-1] + column + gap if k else 0.0))
    over = xs[-1] + column - (left + width)
    for k in range(n - 1, -1, -1) if over > 0 else ():
        limit = (xs[k + 1] - gap if k + 1 < n else left + width) - column
        xs[k] = min(xs[k], limit)
    text_top = y + 8
    for k, (x, anchor, row) in enumerate(zip(xs, anchors, shown.itertuples(), strict=True)):
        foot = x + 1.0
        bend = y + 4.5
        sheet.line([anchor, anchor, foot, foot], [y, bend, bend, text_top + 2], accent, 0.7, solid_joinstyle="miter")
        kind = _KINDS.get(str(row.kind), str(row.kind).replace("_", " "))
        if more and k == n - 1:
            kind += f" (+{more} more)"
        tall = size * 1.2 * (1 + len(wrap(row.text, column - 8, size, lines=lines)))
        sheet.line([foot, foot], [text_top, text_top + tall], accent, 0.7)
        sheet.text(x + 6, text_top + size * 0.9, kind, size - 1, colour=accent, width=column - 8, gid="aside-kind")
        sheet.paragraph(x + 6, text_top + size * 1.2, column - 8, row.text, size, "regular", t.ink, lines=lines,
                        leading=1.2, gid="aside")  # fmt: skip

"""How much, and in which words: a dot with its interval per device and outlet, the marked words beside it.

Loaded terms stand left (negative) and right (positive) of one axis, so that equal counts of opposite sign look
opposite. Every outlet has a lane of its own: nothing joins two outlets.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import isfinite
from typing import Any

from framing.report.canvas import Canvas, Run, wrap_runs
from framing.report.charts._common import (
    bases,
    evidence_of,
    finite,
    fitting,
    interval_note,
    legend,
    legend_lines,
    number,
    outlets,
    palette,
    scored,
    start,
    step,
)
from framing.report.charts.stance_bars import STANCES
from framing.report.style import measure, mix

TITLE = "How much, and in which words"
_ROWS = (
    ("booster", "boosters"), ("vouch", "vouching"), ("hedge", "hedges"), ("scare_quote", "scare quotes"),
    ("aside", "asides"),
)  # fmt: skip
_SIGNS = (("loaded_negative", "-"), ("loaded_positive", "+"))
_KINDS = {
    "rhetorical_question": ("rhetorical question", "rhetorical questions"), "comment": ("comment", "comments"),
    "coda": ("closing verdict", "closing verdicts"), "label_comment": ("remark on a label", "remarks on labels"),
    "address": ("address to the reader", "addresses to the reader"),
    "gloss": ("inserted background", "pieces of inserted background"),
}  # fmt: skip
_PALE = 0.5  # how much paper is mixed into an interval's colour


def data(comparison: Any) -> Any:
    """Long table: outlet, measure, n, rate, low, high, words (own), paraphrase (the same device in paraphrases)."""
    import pandas as pd

    rows = []
    for k, (outlet, s) in enumerate(comparison.scores.iterrows()):
        found = evidence_of(comparison, k)
        for m in (*(m for m, _ in _SIGNS), *(m for m, _ in _ROWS)):
            own, told = (", ".join(words_of(found, m, voice)) for voice in ("narration", "indirect"))
            figures = int(s[f"n_{m}"]), float(s[m]), float(s[f"{m}_low"]), float(s[f"{m}_high"])
            rows.append((str(outlet), m, *figures, own, told))
    return pd.DataFrame(rows, columns=["outlet", "measure", "n", "rate", "low", "high", "words", "paraphrase"])


def words_of(evidence: Any, name: str, voice: str) -> list[str]:
    """The marked words of a measure in one voice, in order of appearance, repeated ones counted ("key ×2").

    Asides are named by kind and counted ("2 rhetorical questions").
    """
    device, _, sign = name.partition("_") if name.startswith("loaded") else (name, "", "")
    found = evidence[(evidence["device"] == device) & (evidence["voice"] == voice)]
    if sign:
        found = found[found["valence"] == {"negative": "-", "positive": "+"}[sign]]
    counts: dict[str, int] = {}
    if device == "aside":
        for kind in found["kind"]:
            counts[str(kind)] = counts.get(str(kind), 0) + 1
        return [f"{n} {_KINDS.get(k, (k, k))[n > 1]}" for k, n in counts.items()]
    shown: dict[str, str] = {}
    for text in found["text"]:
        word = " ".join(str(text).split())
        key = word.casefold()
        # A capital at the start of one sentence is no capital of the word.
        shown[key] = word if key not in shown or word.islower() else shown[key]
        counts[key] = counts.get(key, 0) + 1
    return [shown[k] + (f" ×{n}" if n > 1 else "") for k, n in counts.items()]


def verbs_of(evidence: Any) -> list[tuple[str, int, list[str]]]:
    """Reporting verbs in the outlet's own words: (stance in plain words, n, verbs), neutral last."""
    found: dict[str, Counter[str]] = {}
    columns = (evidence[c].astype(str) for c in ("device", "voice", "kind", "text"))
    for device, voice, kind, text in zip(*columns, strict=True):
        if device == "attribution" and voice == "narration":
            found.setdefault(kind, Counter())[text.casefold()] += 1
    order = sorted(STANCES, key=lambda s: s[0] == "neutral")
    return [
        (label, found[stance].total(), [verb for verb, _ in found[stance].most_common()])
        for stance, label, _ in order
        if stance in found
    ]


def headline(comparison: Any) -> str:
    from framing.report.sentences import loaded_headline

    return loaded_headline(comparison)


def note(comparison: Any) -> str:
    return (
        "Marks per 1,000 of the outlet’s own words; number of marks in brackets. Bold: the words marked there. Pale "
        "words: the same device where the outlet paraphrases a source; they are not in the rate. "
        f"{interval_note()} {bases(comparison)}."
    )


def alt(comparison: Any) -> str:
    labels = {"loaded_negative": "negative loaded", "loaded_positive": "positive loaded", **dict(_ROWS)}
    table = data(comparison)
    parts = []
    for outlet, s in comparison.scores.iterrows():
        if not scored(s):
            parts.append(f"{outlet}: too few own words for a rate")
            continue
        said = [
            f"{labels[r.measure]} {number(r.rate)}" + (f" ({r.words})" if r.words else "")
            for r in table[table["outlet"] == str(outlet)].itertuples()
        ]
        parts.append(f"{outlet}: {'; '.join(said)}")
    return f"{TITLE}. Marks per 1,000 own words. {'. '.join(parts)}."


@dataclass(slots=True)
class _Plan:
    """Lines of words of each lane (block, outlet), none at all where ``words`` is false, and the height of it all."""

    lines: dict[tuple[str, int], int]
    words: bool
    total: float

    def height(self, block: str, k: int, size: float) -> float:
        n = self.lines[block, k]
        return (1 + n if block == "loaded" else max(1, n)) * size * _LINE


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5); ``words``: lines of marked words per lane at most (3)."""
    size, most = float(options.get("size", 9.5)), int(options.get("words", 3))
    names = outlets(comparison)
    table = data(comparison).set_index(["outlet", "measure"])
    found = [evidence_of(comparison, k) for k in range(len(names))]
    silent = [m for m, _ in _ROWS if not any(table["n"][o, m] or table["paraphrase"][o, m] for o in names)]
    rows = [(m, label) for m, label in _ROWS if m not in silent]
    wide = 460.0
    if ax is None:
        plan = _plan(table, found, names, rows, silent, size, wide, most, 1e9)
        key = size * 1.5 * legend_lines(names, wide, size)
        sheet = start(comparison, ax, style, headline, note, (wide, plan.total + key + 4))
        top = legend(sheet, palette(comparison, sheet.theme), size)
    else:
        sheet, top = start(comparison, ax, style, headline, note, (wide, 100)), 0.0
        # Smaller letters before fewer words; the verbs go before the words of the devices.
        for smaller, verbs in ((0.0, True), (0.4, True), (0.8, True), (0.4, False), (0.8, False)):
            plan = _plan(table, found, names, rows, silent, size - smaller, sheet.width, most, sheet.height, verbs)
            if plan.words or not most:
                size -= smaller if plan.words else 0.0
                break
        if plan.total > sheet.height and size > 6.5:
            return draw(comparison, ax, style, **{**options, "size": size - 0.5})
    t = sheet.theme
    accents = palette(comparison, t)
    blocks = len(rows) + 2
    gap = min(size * 0.8, max(0.0, (sheet.height - top - plan.total) / blocks))
    y = _loaded(sheet, table, names, accents, size, plan, top) + gap
    columns = _columns(sheet.width, size)
    peak = max([5.0, *(finite(table["high"][o, m]) for o in names for m, _ in rows)])
    highest = max([2.5, *(finite(table["rate"][o, m]) for o in names for m, _ in rows)])
    scale = (columns[1] - columns[0] - 3) / min(peak, 2.2 * highest)
    limit = (columns[1] - columns[0] - 3) / scale
    marks: list[tuple[float, float, float, float, str, str]] = []
    blocks_at: list[tuple[float, float]] = []  # the lanes of each device, between its title and the next
    for m, label in rows:
        sheet.line([0, sheet.width], [y + 1, y + 1], t.rule, 0.5)
        used = sheet.text(0, y + size * 1.25, label, size, "bold", width=sheet.width)
        if silent_here := [o for k, o in enumerate(names) if (m, k) not in plan.lines]:
            said = fitting(silent_here, sheet.width - columns[2] - 7, size - 0.5, "none in ")
            at = max(columns[3], used + 8)
            sheet.text(at, y + size * 1.25, said, size - 0.5, colour=t.muted, width=sheet.width - at, gid="silent")
        y += size * _HEAD
        first = y
        for k, name in enumerate(names):
            if (m, k) not in plan.lines:
                continue
            r = table.loc[(name, m)]
            middle = y + size * 0.6
            value = f"{number(r['rate'])} ({int(r['n'])})" if isfinite(r["rate"]) else f"– ({int(r['n'])})"
            if isfinite(r["rate"]):
                low, high = columns[0] + r["low"] * scale, columns[0] + min(r["high"], limit) * scale
                marks.append((low, high, columns[0] + r["rate"] * scale, middle, accents[name], m))
            ink = accents[name] if r["n"] else t.muted
            sheet.text(columns[2], middle + size * 0.34, value if r["n"] else "none", size,
                       "bold" if r["n"] else "regular", ink, ha="right")  # fmt: skip
            if plan.words:
                _words(sheet, columns[3], y, _runs(r), size, accents[name], plan.lines[m, k])
            y += plan.height(m, k, size)
        blocks_at.append((first - size * 0.1, y))
        y += gap + size * 0.2
    if rows:
        gap = step(limit, 4.5)
        for g in range(int(limit / gap + 1e-9) + 1):
            x = columns[0] + g * gap * scale
            for upper, lower in blocks_at:
                sheet.line([x, x], [upper, lower], t.rule if g else t.faint, 0.6, zorder=0.5)
            if g:
                sheet.text(x, y + size * 0.95, f"{g * gap:g}", size - 1, colour=t.muted, ha="center")
        sheet.text(columns[0], y + size * 0.95, "0", size - 1, colour=t.muted, ha="center")
        sheet.text(columns[2] + 6, y + size * 0.95, "per 1,000 own words", size - 1, colour=t.muted,
                   width=sheet.width - columns[2] - 6)  # fmt: skip
        y += size * 1.5
    for low, high, x, middle, colour, m in marks:
        sheet.line([low, high], [middle, middle], mix(colour, t.paper, _PALE), 2.2, gid=f"interval:{m}")
        sheet.dot(x, middle, colour, min(6.0, size * 0.7), hollow=x - columns[0] < 0.5, gid=f"dot:{m}")
    if any(block == "verbs" for block, _ in plan.lines):
        y = _verbs(sheet, found, names, accents, size, plan, y)
    if silent:
        labels = dict(_ROWS)
        text = "None, in any outlet’s own words or paraphrases: " + ", ".join(labels[m] for m in silent) + "."
        sheet.text(0, y + size * 1.15, text, size - 0.5, "italic", t.muted, width=sheet.width)
    return sheet.ax


_HEAD = 1.45  # height of a block's title, in letters
_LINE = 1.18


def _columns(width: float, size: float) -> tuple[float, float, float, float]:
    """x of: left end of the dots' field, its right end, right end of the value, left end of the words."""
    value = measure("00.0 (000)", size, "bold") + 4
    field = min(110.0, max(50.0, width * 0.3))
    return 5.0, field, field + value, field + value + 7


def _runs(r: Any) -> list[Run]:
    """The words of a lane: own ones marked, paraphrased ones not."""
    out: list[Run] = []
    if r["words"]:
        out.append((str(r["words"]), True))
    if r["paraphrase"]:
        out.append((("· " if r["words"] else "") + "paraphrasing: " + str(r["paraphrase"]), False))
    return out


def _words(sheet: Canvas, x: float, y: float, runs: list[Run], size: float, accent: str, lines: int) -> None:
    sheet.runs(x, y + size * 0.6 - size * 0.66, sheet.width - x, runs, size - 0.5, accent, sheet.theme.muted,
               lines=lines, leading=size * _LINE / (size - 0.5), gid="words")  # fmt: skip


def _plan(
    table: Any, found: Any, names: list[str], rows: Any, silent: Any, size: float, width: float, most: int, room: float,
    with_verbs: bool = True,
) -> _Plan:  # fmt: skip
    """As many lines of words as ``room`` holds: one per lane, then more where own words would be cut."""
    columns = _columns(width, size)
    runs: dict[tuple[str, int], list[tuple[list[Run], float]]] = {}
    for k, name in enumerate(names):
        runs["loaded", k] = [(_runs(table.loc[(name, m)]), width / 2 - 8) for m, _ in _SIGNS]
        for m, _ in rows:
            # An outlet without the device is named beside its title; only a paraphrase gives it a lane.
            if not (table["n"][name, m] or (most and table["paraphrase"][name, m])):
                continue
            runs[m, k] = [(_runs(table.loc[(name, m)]), width - columns[3])]
        if with_verbs and most:
            runs["verbs", k] = [(_verb_runs(found[k]), width - 3)]

    def wanted(lane: tuple[str, int], own: bool) -> int:
        """Lines that the words of a lane take; ``own``: without the paraphrases, unless there is nothing else."""
        return max(
            len(wrap_runs(r[:1] if own and lane[0] != "verbs" else r, w, size - 0.5, lines=most)) for r, w in runs[lane]
        )

    def total() -> float:
        lanes = sum(plan.height(*lane, size) for lane in plan.lines)
        heads = len(rows) * (_HEAD + 0.2) + _HEAD + 2.2 + (_HEAD + 0.2) * (with_verbs and most > 0) + 1.4 * bool(silent)
        return lanes + size * heads

    lanes = list(runs)
    plan = _Plan({lane: min(1, most, wanted(lane, False)) for lane in lanes}, most > 0, 0.0)
    plan.total = total()
    if plan.total > room and most:
        return _plan(table, found, names, rows, silent, size, width, 0, room)
    for own, verbs in ((True, False), (False, False), (False, True)):
        for n in range(2, most + 1):
            for lane in (x for x in lanes if (x[0] == "verbs") == verbs):
                if plan.lines[lane] == n - 1 and wanted(lane, own) >= n:
                    plan.lines[lane] = n
                    if total() > room:
                        plan.lines[lane] = n - 1
    plan.total = total()
    return plan


def _loaded(
    sheet: Canvas, table: Any, names: list[str], accents: dict[str, str], size: float, plan: _Plan, y: float
) -> float:
    """Negative to the left of the axis, positive to the right; the words under their dot."""
    t = sheet.theme
    centre, half = sheet.width / 2, sheet.width / 2 - 8
    label = sheet.text(0, y + size * 1.2, "loaded terms", size, "bold")
    sheet.text(centre - 8, y + size * 1.2, "◂ negative", size, "bold", ha="right", width=max(1.0, centre - 12 - label))
    sheet.text(centre + 8, y + size * 1.2, "positive ▸", size, "bold", width=half)
    top = y + size * 0.3
    y += size * _HEAD
    values = measure("00.0 (000)", size, "bold") + 6
    peak = max([5.0, *(finite(table["high"][o, m]) for o in names for m, _ in _SIGNS)])
    highest = max([2.5, *(finite(table["rate"][o, m]) for o in names for m, _ in _SIGNS)])
    limit = min(peak, 2.5 * highest)
    scale = (half + 8 - values) / limit
    for k, name in enumerate(names):
        middle = y + size * 0.6
        for m, sign in _SIGNS:
            r, side = table.loc[(name, m)], (-1 if sign == "-" else 1)
            known, n = isfinite(r["rate"]), int(r["n"])
            value = (f"{number(r['rate'])} ({n})" if known else f"– ({n})") if n else "none"
            ink = accents[name] if n else t.muted
            edge = 0.0 if side < 0 else sheet.width
            sheet.text(edge, middle + size * 0.34, value, size, "bold" if n else "regular", ink,
                       ha="left" if side < 0 else "right", gid=f"value:{m}")  # fmt: skip
            if known:
                ends = [centre + side * r["low"] * scale, centre + side * min(r["high"], limit) * scale]
                sheet.line(ends, [middle, middle], mix(ink, t.paper, _PALE), 2.2, gid=f"interval:{m}")
                if n:
                    sheet.dot(centre + side * r["rate"] * scale, middle, ink, min(7.0, size * 0.8), gid=f"dot:{m}")
            runs = _runs(r)
            if plan.words and runs:
                at = y + size * _LINE
                for line in wrap_runs(runs, half, size - 0.5, lines=plan.lines["loaded", k]):
                    wide = sum(
                        measure(w + " ", size - 0.5, "bold" if marked else "regular") for w, marked in line
                    ) * 1.004  # fmt: skip
                    x = 0.0 if side < 0 else centre + 8
                    x = max(0.0, centre - 8 - wide) if side < 0 else x
                    for words, marked in line:
                        weight = "bold" if marked else "regular"
                        sheet.text(x, at + size * 0.85, words, size - 0.5, weight, accents[name] if marked else t.muted,
                                   gid="words")  # fmt: skip
                        x += measure(words + " ", size - 0.5, weight) * 1.004
                    at += size * _LINE
        y += plan.height("loaded", k, size)
    sheet.line([centre, centre], [top, y], t.ink, 0.9, zorder=3)
    return y + size * 0.2


def _verb_runs(evidence: Any) -> list[Run]:
    out: list[Run] = []
    for label, n, verbs in verbs_of(evidence):
        if out:
            out.append(("·", False))
        out.append((f"{label} {n}", True))
        if label != "neutral":
            shown = verbs[:3]
            out.append((", ".join(shown) + ("…" if len(verbs) > 3 else ""), False))
    return out or [("no reporting verbs", False)]


def _verbs(
    sheet: Canvas, found: Any, names: list[str], accents: dict[str, str], size: float, plan: _Plan, y: float
) -> float:
    """Which verbs hand over sources' words: a line or two per outlet."""
    t = sheet.theme
    sheet.line([0, sheet.width], [y + 1, y + 1], t.rule, 0.5)
    used = sheet.text(0, y + size * 1.25, "reporting verbs", size, "bold")
    sheet.text(used + 5, y + size * 1.25, "by stance, number of verbs", size - 1, colour=t.muted,
               width=sheet.width - used - 5)  # fmt: skip
    y += size * _HEAD
    for k, name in enumerate(names):
        _words(sheet, 3.0, y, _verb_runs(found[k]), size, accents[name], plan.lines["verbs", k])
        y += plan.height("verbs", k, size)
    return y

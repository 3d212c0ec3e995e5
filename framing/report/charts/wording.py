"""The same point in two wordings: aligned passages side by side, with the words that differ marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from framing.report.canvas import Run, marked_words, small, wrap_runs
from framing.report.charts._common import VOICE_WORDS, palette, start, unlike
from framing.report.style import measure

TITLE = "The same point, in two wordings"
_MOST, _LEAST = 5, 3  # stacked pairs
_WORDS = 3  # in a passage with fewer, a reader sees no point made
_Cell = tuple[list[Run], list[Run], int, int]  # both texts, and how many lines each takes


# How much a change of voice weighs: quoted words that turn into the outlet's own are the strongest.
_SHIFT = {
    frozenset(("direct", "narration")): 1.0, frozenset(("direct", "indirect")): 0.7,
    frozenset(("indirect", "narration")): 0.5,
}  # fmt: skip


def data(comparison: Any, rows: int = 6) -> Any:
    """The pairs shown, the most telling first: voice changes, likeness, brevity; no passage twice."""
    found = comparison.alignment
    if not len(found):
        return found
    all_rows = found.to_dict("records")
    weight = {n: _telling(row) for n, row in enumerate(all_rows)}
    between = [(str(row["a_outlet"]), str(row["b_outlet"])) for row in all_rows]
    kept: list[int] = []
    seen: set[Any] = set()
    pairs: Counter[Any] = Counter()
    while weight and len(kept) < rows:
        # With several outlets every pair of them gets a turn before one is shown again.
        best = max(weight, key=lambda n: weight[n] - 0.3 * pairs[between[n]])
        row = all_rows[best]
        del weight[best]
        keys: set[Any] = {(row["a_id"], row["a_start"], row["a_text"]), (row["b_id"], row["b_start"], row["b_text"])}
        keys.add((_flat(row["a_text"]), _flat(row["b_text"])))  # nor the same words a second time
        if not keys & seen:
            kept.append(best)
            seen |= keys
            pairs[between[best]] += 1
    return found.iloc[kept]


def _telling(row: Mapping[str, Any]) -> float:
    a, b = len(str(row["a_text"])), len(str(row["b_text"]))
    out = _SHIFT.get(frozenset((str(row["a_voice"]), str(row["b_voice"]))), 0.0) + float(row["similarity"])
    out += {"reframed": 0.2, "partial": -0.6, "equivalent": -0.3}.get(str(row["relation"]), 0.0)
    out -= 0.4 * max(0.0, (a + b - 160) / 200) + 0.6 * abs(a - b) / max(1, a + b) + 0.6 * (min(a, b) < 25)
    words = marked_words(_flat(row["a_text"]), _flat(row["b_text"]))
    out -= 1.5 * (not any(marked for side in words for _, marked in side))
    out -= 2.0 * (min(len(str(row["a_text"]).split()), len(str(row["b_text"]).split())) < _WORDS)
    # Readers believe a pair whose words they can see again.
    return out + 0.75 * sum(map(_again, words))


def _again(runs: list[Run]) -> float:
    """Share of a passage's content words that stand in the other passage too."""
    marked = sum(len(text.split()) for text, differs in runs if differs)
    plain = sum(not small(word) for text, differs in runs if not differs for word in text.split())
    return plain / max(1, plain + marked)


def headline(comparison: Any) -> str:
    pairs, shifts = len(comparison.alignment), len(comparison.voice_shifts)
    if unlike(comparison):
        return "Passages were not compared: these are not two reports of one event"
    if not pairs:
        return "No passage of one article reports the same point as a passage of another"
    return same_points(pairs, shifts)


def same_points(pairs: int, shifts: int) -> str:
    """How many pairs of passages report the same point, and how many of them in another voice."""
    passages = "pair of passages reports" if pairs == 1 else "pairs of passages report"
    if not shifts:
        return f"{pairs} {passages} the same point, in the same voice"
    if shifts == pairs:
        return f"{pairs} {passages} the same point, and {'it' if pairs == 1 else 'each'} changes whose words they are"
    change = "changes" if shifts == 1 else "change"
    return f"{pairs} {passages} the same point; {shifts} {change} whose words they are"


def note(comparison: Any) -> str:
    return (
        f"n = {len(comparison.alignment)} aligned pairs, the most telling shown. Bold: words that the other outlet "
        "does not have. Above each text: whose words it gives it as. Counted, not sampled: no interval."
    )


def alt(comparison: Any) -> str:
    parts = [
        f"{r.a_outlet} ({VOICE_WORDS[str(r.a_voice)]}): “{_flat(r.a_text)}” – {r.b_outlet} "
        f"({VOICE_WORDS[str(r.b_voice)]}): “{_flat(r.b_text)}”"
        for r in data(comparison).itertuples()
    ]
    return f"{TITLE}. " + (" ".join(parts) if parts else "No passages found that report the same point.")


def _flat(text: object) -> str:
    return " ".join(str(text).split())


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5); ``rows``: at most so many pairs (6); ``lines``: of text per cell (5).

    ``stacked``: the two texts of a pair one below the other, with their outlets in a column of their own (False).
    """
    size = float(options.get("size", 9.5))
    rows, lines = int(options.get("rows", 6)), int(options.get("lines", 5))
    pairs = data(comparison, rows)
    if ax is not None and options.get("stacked") and len(pairs):
        sheet = start(comparison, ax, style, headline, note, (640.0, 30.0))
        _stacked(sheet, pairs, palette(comparison, sheet.theme), size, lines)
        return sheet.ax
    gap, width = 22.0, 640.0
    if ax is None:
        need = sum(h for h, _, _ in _cells(pairs, (width - gap) / 2, size, lines)) + 8
        sheet = start(comparison, ax, style, headline, note, (width, max(30.0, need)))
    else:
        sheet = start(comparison, ax, style, headline, note, (width, 30.0))
    t = sheet.theme
    if not len(pairs):
        why = "Passages were not compared: see the notes." if unlike(comparison) else None
        sheet.nothing(why or "No passages were found that report the same point.")
        return sheet.ax
    accents = palette(comparison, t)
    column = (sheet.width - gap) / 2
    y = 0.0
    for (height, left, right), row in zip(_cells(pairs, column, size, lines), pairs.itertuples(), strict=True):
        if y + height - size * 0.5 > sheet.height:
            if y == 0:
                return draw(comparison, ax, style, **{**options, "lines": max(1, lines - 1)}) if lines > 1 else sheet.ax
            continue  # a shorter pair may still fit
        if y:
            sheet.line([0, sheet.width], [y, y], t.rule, 0.6)
            y += size * 0.55
        for x, runs, outlet, voice in (
            (0.0, left, row.a_outlet, row.a_voice),
            (column + gap, right, row.b_outlet, row.b_voice),
        ):
            accent = accents.get(str(outlet), t.ink)
            voice_label = VOICE_WORDS.get(str(voice), str(voice))
            tail = measure(" · " + voice_label, size - 1) * 1.02 + 14
            used = sheet.text(x, y + size, outlet, size - 1, "bold", accent, width=column - tail, gid="outlet")
            sheet.text(x + used + measure(" ", size - 1), y + size, "· " + voice_label, size - 1, colour=t.muted)
            sheet.runs(x, y + size * 1.3, column, runs, size, accent, family="serif", lines=lines, gid="wording")
        arrow_y = y + size * 0.66
        if row.a_voice != row.b_voice:
            sheet.ax.annotate(
                "", (column + gap - 4, arrow_y), (column + 4, arrow_y),
                arrowprops={"arrowstyle": "-|>", "color": t.muted, "lw": 0.9, "shrinkA": 0, "shrinkB": 0,
                            "mutation_scale": 7},
            )  # fmt: skip
        y += height - size * 0.55
    return sheet.ax


def need(pairs: Any, width: float, size: float, rows: int, lines: int = 2) -> float:
    """Height in points of the first ``rows`` of ``pairs`` (see :func:`data`), stacked."""
    if not len(pairs):
        return size * 2
    text = width - sum(_columns(pairs, width, size))
    heights = [_tall(cell, size) for _, cell in _paired(pairs, text, size, lines)]
    return sum(heights[:rows] if rows > _LEAST else sorted(heights)[:rows])


def _columns(pairs: Any, width: float, size: float) -> tuple[float, float]:
    """Widths of the columns of outlets and of voices beside stacked texts."""
    names = {str(o) for o in (*pairs["a_outlet"], *pairs["b_outlet"])}
    voices = max(measure(v, size - 1) for v in VOICE_WORDS.values()) + 9
    return min(width * 0.22, max(measure(n, size - 1, "bold") * 1.02 for n in names) + 7), voices


def _paired(pairs: Any, width: float, size: float, lines: int) -> list[tuple[Any, _Cell]]:
    """Rows of ``pairs`` and their cells, the first first; one step further back for each line more than two."""
    out = []
    for rank, row in enumerate(pairs.itertuples()):
        left, right = marked_words(_flat(row.a_text), _flat(row.b_text))
        tall = [len(wrap_runs(r, width, size, "serif", lines)) for r in (left, right)]
        out.append((rank + sum(tall) - 2, row, (left, right, tall[0], tall[1])))
    return [(row, cell) for _, row, cell in sorted(out, key=lambda x: x[0])]


def _tall(cell: _Cell, size: float) -> float:
    return (cell[2] + cell[3]) * size * 1.28 + size * 0.5


def _chosen(pairs: list[tuple[Any, _Cell]], free: float, size: float) -> list[tuple[Any, _Cell]]:
    """Of ``pairs``, the first first, those that fit: three where any three do, then whatever still fits."""
    tall = [_tall(cell, size) for _, cell in pairs]
    aim = next((n for n in range(min(_LEAST, len(pairs)), 0, -1) if sum(sorted(tall)[:n]) <= free), 0)
    shown: list[int] = []
    for k, high in enumerate(tall):
        left = sorted(h for n, h in enumerate(tall) if n != k and n not in shown)
        kept = sum(left[: max(0, aim - len(shown) - 1)])  # room for the shortest of those that are to follow
        if len(shown) < _MOST and high + kept <= free:
            shown.append(k)
            free -= high
    return [pairs[k] for k in shown]


def _stacked(sheet: Any, pairs: Any, accents: dict[str, str], size: float, lines: int) -> None:
    """As many pairs as fit, five at most, each text under the other so that like words stand near each other."""
    t = sheet.theme
    name, voice = _columns(pairs, sheet.width, size)
    text = sheet.width - name - voice
    shown: list[tuple[Any, _Cell]] = []
    while not shown and lines:
        shown = _chosen(_paired(pairs, text, size, lines), sheet.height + size * 0.3, size)
        lines -= not shown
    free = sheet.height - sum(_tall(cell, size) for _, cell in shown)
    air = min(size * 0.9, max(0.0, free) / max(1, len(shown)))
    y = 0.0
    for k, (row, (left, right, _, _)) in enumerate(shown):
        if k:
            sheet.line([0, sheet.width], [y, y], t.rule, 0.6)
            y += size * 0.2 + air / 2
        shifted = row.a_voice != row.b_voice
        for runs, outlet, said in ((left, str(row.a_outlet), row.a_voice), (right, str(row.b_outlet), row.b_voice)):
            accent = accents.get(outlet, t.ink)
            sheet.text(0, y + size, outlet, size - 1, "bold", accent, width=name - 5, gid="outlet")
            sheet.text(name, y + size, VOICE_WORDS.get(str(said), str(said)), size - 1,
                       colour=t.ink if shifted else t.muted, width=voice - 4, gid="voice")  # fmt: skip
            y = sheet.runs(name + voice, y, text, runs, size, accent, family="serif", lines=lines, gid="wording")
        y += size * 0.3 + air / 2


def _cells(pairs: Any, column: float, size: float, lines: int) -> list[tuple[float, Any, Any]]:
    """Per pair: its height, and both texts as runs."""
    out = []
    for row in pairs.itertuples():
        left, right = marked_words(_flat(row.a_text), _flat(row.b_text))
        n = max(len(wrap_runs(r, column, size, "serif", lines)) for r in (left, right))
        out.append((size * 1.3 + n * size * 1.28 + size * 0.95, left, right))
    return out

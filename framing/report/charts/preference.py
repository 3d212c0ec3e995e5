"""Words that each outlet prefers in its own voice: log-odds against the other articles, most telling first.

Method: log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008,
"Fightin' Words"), the prior being the pooled words of all articles.
"""

from __future__ import annotations

import re
from collections import Counter
from math import log, sqrt
from typing import Any

from framing.report.canvas import _SMALL
from framing.report.charts._common import bases, outlets, palette, start
from framing.report.style import mix

TITLE = "Words each outlet prefers"
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def _own_words(comparison: Any, k: int) -> Counter[str]:
    article = comparison.articles["article"].iloc[k]
    spans = comparison.voices[comparison.voices["article"] == article]
    own = [(int(r.start), int(r.end)) for r in spans.itertuples() if r.voice == "narration"]
    words: Counter[str] = Counter()
    at = 0
    for s in comparison.sentences[comparison.sentences["article"] == article].sort_values("start").itertuples():
        for m in _WORD.finditer(str(s.text)):
            place = int(s.start) + m.start()
            while at + 1 < len(own) and own[at][1] <= place:
                at += 1
            word = m.group().casefold().replace("’", "'").removesuffix("'s")
            if own and own[at][0] <= place < own[at][1] and len(word) > 2 and word not in _SMALL:
                words[word] += 1
    return words


def data(comparison: Any, rows: int = 10) -> Any:
    """Outlet, word, n, z: the ``rows`` words with the highest z per outlet (z > 0)."""
    import pandas as pd

    ready = getattr(comparison, "words", None)
    if ready is not None:  # many events: counted on passages that report the same
        best = ready[ready["z"] > 0].sort_values(["outlet", "z"], ascending=[True, False], kind="stable")
        return best.groupby("outlet", sort=False).head(rows)[["outlet", "word", "n", "z"]]
    counts = [_own_words(comparison, k) for k in range(len(comparison.articles))]
    pooled = sum(counts, Counter[str]())
    total = pooled.total()
    out = []
    for outlet, mine in zip(outlets(comparison), counts, strict=True):
        n, m = mine.total(), total - mine.total()
        scored = []
        for word, k in mine.items():
            prior, other = pooled[word], pooled[word] - k
            if not m:
                continue
            a = (k + prior) / max(0.5, n + total - k - prior)
            b = (other + prior) / max(0.5, m + total - other - prior)
            scored.append((log(a / b) / sqrt(1 / (k + prior) + 1 / (other + prior)), word, k))
        scored.sort(key=lambda r: (-r[0], r[1]))
        out += [(outlet, word, k, z) for z, word, k in scored[:rows] if z > 0]
    return pd.DataFrame(out, columns=["outlet", "word", "n", "z"])


def headline(comparison: Any) -> str:
    table = data(comparison, 3)
    if len(table) and not (table["z"] >= 1.96).any():
        return "No word sets one outlet apart by more than chance"
    table = table[table["z"] >= 1.96]
    parts = [
        f"{o} “{'”, “'.join(w)}”" for o, w in table.groupby("outlet", sort=False)["word"].apply(list).head(3).items()
    ]
    if len(parts) == 1:
        outlet = str(table["outlet"].iloc[0])
        return f"Words that {outlet} prefers: {parts[0].removeprefix(outlet).strip()}"
    return "Preferred words: " + "; ".join(parts) if parts else "No outlet prefers words of its own"


def note(comparison: Any) -> str:
    if getattr(comparison, "words", None) is not None:
        return (
            "Log-odds (z) of a word in the outlet’s own voice against what others wrote for the same passages; in "
            f"brackets how often. Words of three events or more, beyond |z| = 1.96. {bases(comparison)}."
        )
    return (
        "Log-odds (z) of a word in the outlet’s own voice against the other articles, with the pooled words as prior; "
        f"in brackets how often. Pale: |z| below 1.96, within chance; describes these texts only. {bases(comparison)}."
    )


def alt(comparison: Any) -> str:
    table = data(comparison)
    parts = [
        f"{o}: " + ", ".join(f"{r.word} ({r.n})" for r in rows.itertuples())
        for o, rows in table.groupby("outlet", sort=False)
    ]
    return f"{TITLE}. " + ". ".join(parts or ["None"]) + "."


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5); ``rows``: words per outlet (10)."""
    size, rows = float(options.get("size", 9.5)), int(options.get("rows", 10))
    names = outlets(comparison)
    table = data(comparison, rows)
    columns = min(3, len(names))
    tall = -(-len(names) // columns)
    lane = size * 1.6
    if len(table):  # no empty half where there are few words
        rows = int(table.groupby("outlet").size().max())
    wide = max(420.0, 230.0 * columns)
    sheet = start(comparison, ax, style, headline, note, (wide, tall * (lane * rows + size * 3.4)))
    t = sheet.theme
    accents = palette(comparison, t)
    gap = 24.0
    column, cell = (sheet.width - gap * (columns - 1)) / columns, sheet.height / tall
    lane = min(lane, (cell - size * 3.4) / rows)
    peak = max([1.96, *table["z"]]) if len(table) else 1.96
    scale = column * 0.42 / peak
    for k, name in enumerate(names):
        x, y = (k % columns) * (column + gap), (k // columns) * cell
        sheet.text(x, y + size * 1.1, name, size, "bold", accents[name], width=column, gid="outlet")
        y += size * 1.8
        mine = table[table["outlet"] == name]
        mark = x + 1.96 * scale
        if len(mine):
            sheet.line([mark, mark], [y, y + lane * len(mine)], t.faint, 0.8, linestyle=(0, (2, 2)))
            sheet.text(mark, y + lane * len(mine) + size * 0.9, "z = 1.96", size - 1.5, colour=t.muted, ha="center")
        for n, r in enumerate(mine.itertuples()):
            middle = y + lane * (n + 0.5)
            shade = accents[name] if r.z >= 1.96 else mix(accents[name], t.paper, 0.5)
            sheet.rect(x, middle - lane * 0.34, r.z * scale, lane * 0.68, shade, gid="word")
            at = max(x + r.z * scale, mark if r.z * scale > 0 else x) + 5
            sheet.text(at, middle + size * 0.33, f"{r.word} ({r.n})", size, width=x + column - at)
    return sheet.ax

"""Loaded words of each outlet: negative to the left, positive to the right."""

from __future__ import annotations

from typing import Any

from framing.report.charts._common import bases, evidence_of, outlets, palette, start
from framing.report.sentences import loaded_headline
from framing.report.style import mix

TITLE = "Loaded words, against and in favour"


def data(comparison: Any, rows: int = 8) -> Any:
    """Outlet, valence, term, n in narration: the ``rows`` most frequent per outlet and valence."""
    import pandas as pd

    out = []
    for k, outlet in enumerate(outlets(comparison)):
        found = evidence_of(comparison, k)
        found = found[(found["device"] == "loaded") & (found["voice"] == "narration")]
        for valence in "-+":
            mine = found[found["valence"] == valence]["text"].map(lambda x: " ".join(str(x).split()).casefold())
            out += [(outlet, valence, term, int(n)) for term, n in mine.value_counts(sort=True).head(rows).items()]
    return pd.DataFrame(out, columns=["outlet", "valence", "term", "n"])


def headline(comparison: Any) -> str:
    return loaded_headline(comparison)


def note(comparison: Any) -> str:
    return (
        "Loaded terms in the outlet’s own words, the most frequent of each sign; bar: how often. Counted, not sampled: "
        f"no interval. {bases(comparison)}."
    )


def alt(comparison: Any) -> str:
    table = data(comparison, 99)
    parts = []
    for outlet in outlets(comparison):
        for valence, word in (("-", "negative"), ("+", "positive")):
            mine = table[(table["outlet"] == outlet) & (table["valence"] == valence)]
            said = ", ".join(f"{r.term} ({r.n})" for r in mine.itertuples()) or "none"
            parts.append(f"{outlet}, {word}: {said}")
    return f"{TITLE}. " + ". ".join(parts) + "."


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5); ``rows``: terms per outlet and sign (8)."""
    size, rows = float(options.get("size", 9.5)), int(options.get("rows", 8))
    names = outlets(comparison)
    table = data(comparison, rows)
    depth = {n: max(1, *(len(table[(table["outlet"] == n) & (table["valence"] == v)]) for v in "-+")) for n in names}
    lane = size * 1.55
    need = size * 2.2 + sum(depth.values()) * lane + len(names) * size * 2.4
    sheet = start(comparison, ax, style, headline, note, (620, need))
    t = sheet.theme
    accents = palette(comparison, t)
    lane = min(lane, (sheet.height - size * 2.2 - len(names) * size * 2.4) / sum(depth.values()))
    centre = sheet.width / 2
    longest = max([1, *table["n"]]) if len(table) else 1
    unit = min(26.0, sheet.width * 0.2 / longest)
    sheet.text(centre - 8, size * 1.1, "◂ negative", size, "bold", ha="right")
    sheet.text(centre + 8, size * 1.1, "positive ▸", size, "bold")
    y = size * 2.0
    for name in names:
        sheet.line([0, sheet.width], [y, y], t.rule, 0.6)
        totals = comparison.scores.loc[name]
        sheet.text(0, y + size * 1.4, name, size, "bold", accents[name], width=centre - 70, gid="outlet")
        sheet.text(
            centre - 8, y + size * 1.4, int(totals["n_loaded_negative"]), size, "bold", accents[name], ha="right"
        )
        sheet.text(centre + 8, y + size * 1.4, int(totals["n_loaded_positive"]), size, "bold", accents[name])
        y += size * 2.0
        sheet.line([centre, centre], [y - size * 1.8, y + depth[name] * lane], t.ink, 0.9)
        for valence, sign in (("-", -1), ("+", 1)):
            mine = table[(table["outlet"] == name) & (table["valence"] == valence)]
            for k, r in enumerate(mine.itertuples()):
                middle = y + lane * (k + 0.5)
                width = int(r.n) * unit
                sheet.rect(centre if sign > 0 else centre - width, middle - lane * 0.36, width, lane * 0.72,
                           accents[name] if sign < 0 else mix(accents[name], t.paper, 0.25),
                           gid=f"loaded:{valence}")  # fmt: skip
                x = centre + sign * (width + 5)
                label = f"{r.term} ×{r.n}" if int(r.n) > 1 else str(r.term)
                sheet.text(x, middle + size * 0.33, label, size, ha="left" if sign > 0 else "right",
                           width=centre - width - 8)  # fmt: skip
        y += depth[name] * lane + size * 0.4
    return sheet.ax

"""Who gets to speak: words given to each source, quoted and paraphrased, per outlet."""

from __future__ import annotations

from typing import Any

from framing.report.charts._common import outlets, palette, percent, start
from framing.report.style import measure, mix

TITLE = "Who gets to speak"


def data(comparison: Any, rows: int = 10) -> Any:
    """Speaker, outlet, words_direct, words_indirect, words: the ``rows`` speakers with most words."""
    found = comparison.sources
    found = found[found["speaker"].notna() & (found["words"] > 0)]
    order = found.groupby("speaker", sort=False)["words"].sum().sort_values(ascending=False, kind="stable").head(rows)
    found = found[found["speaker"].isin(order.index)]
    columns = ["words_direct", "words_indirect", "words"]
    table = found.groupby(["speaker", "outlet"], sort=False)[columns].sum().reset_index()
    table["_order"] = table["speaker"].map({s: k for k, s in enumerate(order.index)})
    return table.sort_values(["_order"], kind="stable").drop(columns="_order").reset_index(drop=True)


def headline(comparison: Any) -> str:
    table = data(comparison)
    if not len(table):
        return "No named source speaks in any article"
    words = table.groupby("speaker", sort=False)["words"].sum()
    who = words.idxmax()
    share = words[who] / max(1, float(comparison.sources["words"].sum()))
    return f"{who} gets {percent(share)} of all words given to sources"


def note(comparison: Any) -> str:
    n = int(comparison.sources["words"].sum()) if len(comparison.sources) else 0
    return (
        f"Words given to each source: solid quoted, pale paraphrased. n = {n:,} words. "
        "Counted, not sampled: no interval."
    )


def alt(comparison: Any) -> str:
    parts = [
        f"{r.speaker} in {r.outlet}: {int(r.words_direct)} words quoted, {int(r.words_indirect)} paraphrased"
        for r in data(comparison).itertuples()
    ]
    return f"{TITLE}. " + ("; ".join(parts) if parts else "No named sources") + "."


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5); ``rows``: at most so many speakers (10)."""
    size = float(options.get("size", 9.5))
    names = outlets(comparison)
    table = data(comparison, int(options.get("rows", 10)))
    people = list(dict.fromkeys(table["speaker"]))
    lane = size * 1.4
    sheet = start(
        comparison, ax, style, headline, note, (620, max(40.0, 4 + len(people) * (lane * len(names) + 10) + size * 2))
    )
    t = sheet.theme
    accents = palette(comparison, t)
    if not people:
        sheet.nothing("No named source speaks in these articles.")
        return sheet.ax
    head = size * 2.0
    lane = min(lane, (sheet.height - head - 10 * len(people)) / (len(people) * len(names)))
    x = 0.0
    room = sheet.width / len(names)
    for name in names:
        sheet.rect(x, 2, 7.5, 7.5, accents[name])
        x += 11 + sheet.text(x + 11, 9.5, name, size - 0.5, "bold", accents[name], width=room - 22) + 12
    left = min(sheet.width * 0.34, max(measure(str(p), size) for p in people) + 12)
    scale = (sheet.width - left - measure("0,000 words", size) - 6) / max(1.0, float(table["words"].max()))
    cells = table.set_index(["speaker", "outlet"])
    y = head
    for who in people:
        sheet.text(0, y + lane * len(names) / 2 + size * 0.34, who, size, "bold", width=left - 8)
        for k, name in enumerate(names):
            middle = y + lane * (k + 0.5)
            if (who, name) not in cells.index:
                sheet.text(left, middle + size * 0.33, "–", size - 0.5, colour=accents[name])
                continue
            r = cells.loc[(who, name)]
            quoted, told = float(r["words_direct"]) * scale, float(r["words_indirect"]) * scale
            sheet.rect(left, middle - lane * 0.36, quoted, lane * 0.72, accents[name], gid="quoted")
            sheet.rect(
                left + quoted, middle - lane * 0.36, told, lane * 0.72, mix(accents[name], t.paper, 0.6), gid="told"
            )
            sheet.text(
                left + quoted + told + 5,
                middle + size * 0.33,
                f"{int(r['words']):,}",
                size - 0.5,
                "bold",
                accents[name],
            )
        y += lane * len(names) + 10
    return sheet.ax

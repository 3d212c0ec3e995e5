"""How words are handed over: the stance of the reporting verbs in each outlet's own words, from doubting to siding."""

from __future__ import annotations

from typing import Any

from framing.report.charts._common import evidence_of, legend, legend_lines, outlets, palette, percent, some, start
from framing.report.style import measure

TITLE = "How words are handed over"
STANCES = (
    ("doubt", "doubting", "keeps distance"), ("accusing", "accusing", "keeps distance"),
    ("neutral", "neutral", "hands over"), ("mental", "thinking", "hands over"), ("emotive", "feeling", "hands over"),
    ("directive", "urging", "hands over"), ("commissive", "promising", "hands over"),
    ("assertive", "asserting", "lends weight"), ("emphatic", "stressing", "lends weight"),
    ("factive", "as fact", "lends weight"), ("aligning", "siding", "lends weight"),
)  # fmt: skip


def data(comparison: Any) -> Any:
    """Outlet, stance, n, share of the outlet's narration cues, the verbs (most frequent first)."""
    import pandas as pd

    rows = []
    for k, outlet in enumerate(outlets(comparison)):
        found = evidence_of(comparison, k)
        found = found[(found["device"] == "attribution") & (found["voice"] == "narration")]
        for stance, _, _ in STANCES:
            mine = found[found["kind"] == stance]["text"].astype(str).str.casefold()
            if len(found):
                rows.append((outlet, stance, len(mine), len(mine) / len(found), ", ".join(mine.value_counts().index)))
    return pd.DataFrame(rows, columns=["outlet", "stance", "n", "share", "verbs"])


def headline(comparison: Any) -> str:
    table = data(comparison)
    if not len(table):
        return "No outlet hands over anyone’s words"
    top = table.sort_values("n", ascending=False, kind="stable").groupby("outlet", sort=False).first()
    labels = {s: label for s, label, _ in STANCES}
    doubt = table[table["stance"] == "doubt"].set_index("outlet")["n"]
    if doubt.max() >= _DOUBTS and doubt.max() >= 2 * max(1, doubt.min()):
        who = str(doubt.idxmax())
        total = int(table.loc[table["outlet"] == who, "n"].sum())
        least = str(int(doubt.min())) if doubt.min() else "none"
        return f"{who} doubts in {int(doubt[who])} of {total} reporting verbs, {doubt.idxmin()} in {least}"
    by: dict[str, list[str]] = {}
    for o in outlets(comparison):
        if o in top.index:
            by.setdefault(labels[str(top.loc[o, "stance"])], []).append(o)
    if len(by) == 1 and len(top) > 1:
        return f"The commonest reporting verbs are {_kind(next(iter(by)))} in every article"
    return "Commonest reporting verbs: " + "; ".join(f"{_kind(label)} in {some(who)}" for label, who in by.items())


_DOUBTS = 2  # doubting verbs from which they make the headline


def _kind(label: str) -> str:
    return "those that state as fact" if label == "as fact" else label


def note(comparison: Any) -> str:
    n = ", ".join(f"{o} {int(x)}" for o, x in comparison.scores["n_attribution"].items())
    return (
        f"Share of reporting cues in the outlet’s own words, by stance. n (cues): {n}. "
        "Counted, not sampled: no interval."
    )


def alt(comparison: Any) -> str:
    table = data(comparison)
    table = table[table["n"] > 0]
    parts = [f"{r.outlet}, {r.stance}: {percent(r.share)} ({r.verbs})" for r in table.itertuples()]
    return (
        f"{TITLE}. Bars per stance of reporting verbs. " + ("; ".join(parts) if parts else "No reporting verbs") + "."
    )


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5)."""
    size = float(options.get("size", 9.5))
    names = outlets(comparison)
    table = data(comparison)
    kept = [s for s in STANCES if (table[table["stance"] == s[0]]["n"] > 0).any()]
    groups = len({g for _, _, g in kept})
    cell = {(str(r["outlet"]), str(r["stance"])): r for r in table.to_dict("records")}
    # A lane for each outlet that has the stance: the key above tells whose it is.
    lanes = {s: [n for n in names if (n, s) in cell and cell[n, s]["n"]] for s, _, _ in kept}
    total = sum(map(len, lanes.values()))
    lane = size * 1.5
    key = size * 1.5 * legend_lines(names, 620, size) + 4
    room = key + total * lane + 7 * len(kept) + groups * size * 2.2 + 6
    sheet = start(comparison, ax, style, headline, note, (620, max(40.0, room)))
    t = sheet.theme
    accents = palette(comparison, t)
    if not kept:
        sheet.nothing("No reporting verbs in the outlets’ own words.")
        return sheet.ax
    y, group = legend(sheet, accents, size) + 4, ""
    lane = min(lane, (sheet.height - y - groups * size * 2.2 - 6 - 7 * len(kept)) / total)
    left = max(measure(label, size) for _, label, _ in kept) + 12
    scale = (sheet.width - left) * 0.5 / max(0.01, float(table["share"].max()))
    for stance, label, heading in kept:
        if heading != group:
            sheet.text(0, y + size * 1.3, heading, size, "bold")
            y, group = y + size * 1.9, heading
        sheet.text(0, y + lane / 2 + size * 0.33, label, size, colour=t.muted)
        for name in lanes[stance]:
            row = cell[name, stance]
            sheet.rect(left, y + lane * 0.12, row["share"] * scale, lane * 0.76, accents[name], gid=f"stance:{stance}")
            x = left + row["share"] * scale + 5
            x += sheet.text(x, y + lane / 2 + size * 0.33, percent(row["share"]), size - 0.5, "bold", accents[name])
            sheet.text(x + 4, y + lane / 2 + size * 0.33, row["verbs"], size - 0.5, colour=t.muted,
                       width=sheet.width - x - 4)  # fmt: skip
            y += lane
        y += 7
    return sheet.ax

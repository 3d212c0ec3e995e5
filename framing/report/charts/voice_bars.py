"""Who speaks: each outlet's words split into its own, paraphrased and quoted, with the speakers."""

from __future__ import annotations

from typing import Any

from framing.report.charts._common import VOICE_WORDS, fitting, outlets, palette, percent, start
from framing.report.style import measure, on

TITLE = "Who speaks"
_ORDER = ("narration", "indirect", "direct")


def data(comparison: Any) -> Any:
    """Per outlet: shares of narration, indirect, direct."""
    return comparison.scores[[f"share_{v}" for v in _ORDER]]


def headline(comparison: Any) -> str:
    shares = comparison.scores["share_narration"].astype(float).dropna()
    if shares.empty:
        return TITLE
    top, low = shares.idxmax(), shares.idxmin()
    if len(shares) > 1 and shares[top] - shares[low] >= 0.1:
        return f"{top} tells {percent(shares[top])} of its story in its own words, {low} {percent(shares[low])}"
    return f"About {percent(shares.mean())} of each article is in the outlet’s own words"


def note(comparison: Any) -> str:
    total = ", ".join(f"{o} {int(w):,}" for o, w in comparison.scores["words"].items())
    return f"Share of all words by whose words they are. n (words): {total}. Counted, not sampled: no interval."


def alt(comparison: Any) -> str:
    parts = []
    for outlet, row in comparison.scores.iterrows():
        said = ", ".join(f"{VOICE_WORDS[v]} {percent(row[f'share_{v}'])}" for v in _ORDER)
        parts.append(f"{outlet}: {said}; {speakers(comparison, str(outlet)) or 'no named speakers'}")
    return f"{TITLE}. Stacked bars of whose words each article is made of. {'. '.join(parts)}."


def speakers(comparison: Any, outlet: str, width: float = 1e9, size: float = 9.0, short: bool = False) -> str:
    """The sources with most words and how many; as many whole names as fit ``width``. ``short``: nothing else."""
    found = comparison.sources
    found = found[(found["outlet"] == outlet) & found["speaker"].notna() & (found["speaker"] != "")]
    if not len(found):
        return ""
    by = found.groupby("speaker", sort=False)["words"].sum().sort_values(ascending=False, kind="stable")
    names = [f"{who} {int(n)}" for who, n in by.head(6 if width > 1e6 else 40).items()]
    lead, tail = ("", "") if short else ("source: " if len(by) == 1 else "sources: ", " words")
    text = fitting(names, width, size, lead, tail)
    return text + (f" +{len(by) - len(names)} more" if len(by) > len(names) and "more" not in text[-8:] else "")


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9)."""
    scale = float(options.get("size", 9.5))
    names = outlets(comparison)
    row = 58 * scale / 9.5
    sheet = start(comparison, ax, style, headline, note, (520, 20 + row * len(names)))
    t = sheet.theme
    accents = palette(comparison, t)
    row = min(row, (sheet.height - 16) / max(1, len(names)))
    bar = max(8.0, row * 0.27)
    x = 0.0
    for voice, fill in (("narration", t.ink), ("indirect", t.indirect), ("direct", t.direct)):
        if voice == "narration":
            parts = [accents[n] for n in names[:3]]
            for k, colour in enumerate(parts):
                sheet.rect(x + k * 8 / len(parts), 2, 8 / len(parts), 8, colour)
        else:
            sheet.rect(x, 2, 8, 8, fill)
        x += 11 + sheet.text(x + 11, 9.5, VOICE_WORDS[voice], scale - 1, colour=t.muted) + 10
    y = 16.0
    for outlet, values in comparison.scores.iterrows():
        name, accent = str(outlet), accents[str(outlet)]
        if row < scale * 2.9:  # a line per outlet: no room for its sources
            _line(sheet, name, values, accent, y, row, scale)
            y += row
            continue
        sheet.text(0, y + scale * 1.1, name, scale, "bold", accent, width=sheet.width - 60, gid="outlet")
        sheet.text(
            sheet.width, y + scale * 1.1, f"{int(values['words']):,} words", scale - 1, colour=t.muted, ha="right"
        )
        top, at = y + scale * 1.5, 0.0
        for voice, fill in (("narration", accent), ("indirect", t.indirect), ("direct", t.direct)):
            share = float(values[f"share_{voice}"])
            if not share > 0:
                continue
            width = share * sheet.width
            sheet.rect(at, top, max(0.0, width - 1), bar, fill, gid=f"voice:{voice}")
            label = percent(share)
            if measure(label, scale, "bold") + 6 < width and bar > scale:
                shade = on(fill, t)
                sheet.text(at + 3, top + bar / 2 + scale * 0.34, label, scale, "bold", shade)
            at += width
        under = top + bar
        if under + scale * 1.35 < y + row:
            said = speakers(comparison, name, sheet.width, scale - 1) or "no named speakers"
            sheet.text(0, under + scale * 1.2, said, scale - 1, colour=t.muted, width=sheet.width)
        y += row
    return sheet.ax


def _line(sheet: Any, name: str, values: Any, accent: str, y: float, row: float, scale: float) -> None:
    """Name and bar beside each other."""
    t, left = sheet.theme, sheet.width * 0.42
    tall = min(row - 1.5, scale * 1.3)
    base = y + row / 2 + scale * 0.34
    sheet.text(0, base, name, scale, "bold", accent, width=left - 6, gid="outlet")
    at, width = left, sheet.width - left
    for voice, fill in (("narration", accent), ("indirect", t.indirect), ("direct", t.direct)):
        share = float(values[f"share_{voice}"])
        if not share > 0:
            continue
        sheet.rect(at, y + (row - tall) / 2, max(0.0, share * width - 1), tall, fill, gid=f"voice:{voice}")
        label = percent(share)
        if measure(label, scale - 1, "bold") + 5 < share * width and tall > scale:
            sheet.text(at + 3, base, label, scale - 1, "bold", on(fill, t))
        at += share * width

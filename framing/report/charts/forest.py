"""Differences with their intervals, measure by measure, against no difference."""

from __future__ import annotations

from math import isfinite
from typing import Any

from framing.report.charts._common import bases, palette, plain, some, start
from framing.report.style import measure

TITLE = "Differences and how sure they are"


def data(comparison: Any, pairs: int = 4) -> Any:
    """Measure, label, a, b, difference, low, high (b minus a, per 1,000 own words), the first ``pairs``."""
    found = comparison.differences
    found = found[found["difference"].notna() & found["low"].notna() & found["high"].notna()]
    rates = found["unit"].astype(str).str.contains("1,000|1000|per", regex=True)
    found = found[rates] if rates.any() else found
    found = found[found["measure"] != "loaded"]  # its two signs have a row each: the sum would count them again
    # The table holds a minus b: turned here, so that what lies to the right is more in the second outlet.
    turned = {"difference": 0.0 - found["difference"], "low": 0.0 - found["high"], "high": 0.0 - found["low"]}
    found = found.assign(**turned, label=found["label"].map(plain))
    kept = list(dict.fromkeys(zip(found["a"].astype(str), found["b"].astype(str), strict=True)))[:pairs]
    shown = [p in kept for p in zip(found["a"].astype(str), found["b"].astype(str), strict=True)]
    return found.loc[shown]


def headline(comparison: Any) -> str:
    table = data(comparison)
    if not len(table):
        return "No difference could be estimated"
    clear = table[(table["low"] > 0) | (table["high"] < 0)]
    if not len(clear):
        return f"None of {len(table)} differences stands clear of zero"
    said = list(dict.fromkeys(str(x).lower() for x in clear["label"]))
    verb = "stands" if len(clear) == 1 else "stand"
    return f"{len(clear)} of {len(table)} differences {verb} clear of zero: {some(said, 4)}"


def note(comparison: Any) -> str:
    methods = ", ".join(dict.fromkeys(str(m) for m in data(comparison)["method"])) or "none"
    return (
        "Second outlet minus first, marks per 1,000 own words; line: 95% interval "
        f"({methods}), conditional on these texts. Solid dot: interval excludes zero. {bases(comparison)}."
    )


def alt(comparison: Any) -> str:
    parts = [
        f"{r.label}, {r.b} minus {r.a}: {r.difference:+.1f} ({r.low:+.1f} to {r.high:+.1f})".replace("-", "−")
        for r in data(comparison).itertuples()
    ]
    return f"{TITLE}. Per 1,000 own words with 95% intervals. " + ("; ".join(parts) if parts else "None") + "."


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5)."""
    size = float(options.get("size", 9.5))
    table = data(comparison)
    pairs = list(dict.fromkeys(zip(table["a"].astype(str), table["b"].astype(str), strict=True)))
    lane = size * 1.75
    need = size * 2.4 + lane * len(table) + len(pairs) * size * 2.2
    sheet = start(comparison, ax, style, headline, note, (620, max(40.0, need)))
    t = sheet.theme
    accents = palette(comparison, t)
    if not len(table):
        sheet.nothing("The texts are too short to estimate a difference.")
        return sheet.ax
    lane = min(lane, (sheet.height - size * 2.4 - len(pairs) * size * 2.2) / len(table))
    left = max(measure(str(x), size) for x in table["label"]) + 12
    value = measure("+00.0 (+00.0 to +00.0)", size - 0.5) + 4
    right = sheet.width - value - 8
    reach = max(1.0, *(abs(float(x)) for x in [*table["low"], *table["high"]] if isfinite(x)))
    zero = (left + right) / 2
    scale = (right - left) / 2 / reach
    y = 0.0
    for a, b in pairs:
        ca, cb = accents.get(a, t.ink), accents.get(b, t.ink)
        sheet.text(zero - 8, y + size * 1.2, f"◂ more in {a}", size - 0.5, "bold", ca, ha="right", width=zero - 12)
        sheet.text(zero + 8, y + size * 1.2, f"more in {b} ▸", size - 0.5, "bold", cb, width=sheet.width - zero - 10)
        y += size * 2.0
        mine = table[(table["a"] == a) & (table["b"] == b)]
        sheet.line([zero, zero], [y - size * 0.4, y + lane * len(mine)], t.ink, 0.9)
        for r in mine.itertuples():
            middle = y + lane / 2
            clear = r.low > 0 or r.high < 0
            colour = (cb if r.difference > 0 else ca) if clear else t.muted
            sheet.text(0, middle + size * 0.34, r.label, size, "bold" if clear else "regular")
            if r.value_a == 0 and r.value_b == 0:  # no mark on either side: nothing was estimated
                sheet.text(sheet.width, middle + size * 0.34, "none in either", size - 0.5, colour=t.muted, ha="right")
                y += lane
                continue
            sheet.line(
                [zero + r.low * scale, zero + r.high * scale],
                [middle, middle],
                colour,
                1.6,
                gid=f"interval:{r.measure}",
            )
            sheet.dot(zero + r.difference * scale, middle, colour, 6.5, hollow=not clear, gid=f"dot:{r.measure}")
            label = f"{r.difference:+.1f} ({r.low:+.1f} to {r.high:+.1f})".replace("-", "−")
            sheet.text(sheet.width, middle + size * 0.34, label, size - 0.5, colour=colour, ha="right")
            y += lane
        y += size * 0.2
    return sheet.ax

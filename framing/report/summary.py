"""A comparison in plain sentences, every figure taken from its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framing.report.charts._common import percent
from framing.report.charts.wording import same_points
from framing.report.charts.xray import foremost

if TYPE_CHECKING:
    import pandas as pd

    from framing.compare import Comparison

__all__ = ["lines", "loaded_sentence"]


def lines(comparison: Comparison) -> list[str]:
    """About ten lines: event, voices, loaded words, certainty, verbs, asides, shared points, only-here, sureness."""
    scores = comparison.scores
    outlets = [str(o) for o in scores.index]
    out = [_title(comparison, outlets)]
    out.extend(loaded_sentence(o, r) for o, r in _rows(scores))
    out.append(_asides(comparison, outlets))
    verbs = "; ".join(f"{o}: {_stances(comparison, k)}" for k, o in enumerate(outlets))
    out.append(f"Verbs that hand over sources’ words: {verbs}.")
    own = "; ".join(f"{o}: {percent(r['share_narration'])}" for o, r in _rows(scores))
    out.append(f"Share of the text that is the outlet’s own words: {own}.")
    out.append(_rates("Boosters", "booster", scores))
    out.append(_rates("Hedges", "hedge", scores))
    pairs, shifts, only = len(comparison.alignment), len(comparison.voice_shifts), len(comparison.only)
    if "reports" in set(comparison.pairs["kind"]):
        alone = f"{only} passages stand" if only > 1 else "one passage stands" if only else "none stands"
        same = same_points(pairs, shifts) if pairs else "No two passages report the same point"
        out.append(f"{same}; {alone} in one outlet only.")
    else:
        out.append("Their passages were not compared: the notes say why.")
    out.extend(f"If voices are wrong: {line}" for line in comparison.sensitivity_lines())
    for note in comparison.notes:
        out.append(f"Note: {note}")
    return out


_UNLIKE = {
    "different": "about different things",
    "languages": "in different languages",
    "same text": "the same text more than once",
    "syndicated": "one report, printed more than once",
}


def _title(comparison: Comparison, outlets: list[str]) -> str:
    names = " and ".join(outlets) if len(outlets) == 2 else f"{', '.join(outlets[:-1])} and {outlets[-1]}"
    if len(outlets) > 4:
        names = f"{len(outlets)} articles"
    kinds = set(comparison.pairs["kind"])
    if len(kinds) == 1 and (what := _UNLIKE.get(kinds.pop())):
        return f"{names}: {what}."
    return f"{comparison.event_title}: {names}." if comparison.event_title else f"{names} on the same event."


def _asides(comparison: Comparison, outlets: list[str]) -> str:
    """How many asides each outlet makes, and the most telling of the outlet with most."""
    found = comparison.asides
    if not len(found):
        return "Asides to the reader, in the outlet’s own words: none."
    per = found.groupby("outlet", sort=False).size()
    counted = "; ".join(f"{o}: {int(per.get(o, 0)) or 'none'}" for o in outlets)
    most = foremost(found[found["outlet"] == per.idxmax()])
    text = _short(str(most.text)).translate(_INNER)
    end = "" if text[-1:] in ".?!…" else "."
    return f"Asides to the reader, in the outlet’s own words: {counted}. E.g. {most.outlet}: “{text}”{end}"


_INNER = str.maketrans("“”", "‘’")  # quotation marks inside quotation marks


def _rows(scores: pd.DataFrame) -> list[tuple[str, Any]]:
    return [(str(o), row) for o, row in scores.iterrows()]


def _short(text: str, limit: int = 110) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def loaded_sentence(outlet: str, row: Any) -> str:
    """E.g. "Lantern uses 32 loaded terms per 1,000 of its own words (11: 9 negative, 2 positive)."."""
    n, plus, minus = int(row["n_loaded"]), int(row["n_loaded_positive"]), int(row["n_loaded_negative"])
    if not n:
        return f"{outlet} uses no loaded terms in its own words."
    if plus and not minus:
        split = f"{_all(plus)}positive"
    elif minus and not plus:
        split = f"{_all(minus)}negative"
    else:
        split = f"{minus} negative, {plus} positive"
    if row["loaded"] != row["loaded"]:
        what = f"{n} loaded term{'s' * (n != 1)}"
        return f"{outlet} uses {what} in its own words ({split}); it is too short for a rate."
    count = f"{n}{':' if plus and minus else ','} {split}"
    return f"{outlet} uses {row['loaded']:.0f} loaded terms per 1,000 of its own words ({count})."


def _all(n: int) -> str:
    return "all " if n > 2 else "both " if n == 2 else ""


def _rates(label: str, name: str, scores: pd.DataFrame) -> str:
    def one(row: Any) -> str:
        if row[name] != row[name]:
            return f"{int(row[f'n_{name}'])} (too short for a rate)"
        return f"{row[name]:.0f} ({row[f'{name}_low']:.0f}–{row[f'{name}_high']:.0f})"

    said = "; ".join(f"{o}: {one(r)}" for o, r in _rows(scores))
    return f"{label} per 1,000 own words (95% interval): {said}."


def _stances(comparison: Comparison, row: int) -> str:
    """E.g. "4 neutral, 2 doubting (claimed, alleged) of 9": the three most frequent stances, and doubt always."""
    from framing.report.charts._common import evidence_of
    from framing.report.charts.rates import verbs_of

    found = verbs_of(evidence_of(comparison, row))
    if not found:
        return "none"
    if len(found) == 1:
        return f"{found[0][1]}, {_all(found[0][1])}{found[0][0]}"
    ranked = sorted(found, key=lambda v: (v[0] != "doubting", -v[1]))[:3]
    said = [f"{n} {label}" + ("" if label == "neutral" else f" ({', '.join(verbs[:2])})") for label, n, verbs in ranked]
    return f"{', '.join(said)} of {sum(n for _, n, _ in found)}"

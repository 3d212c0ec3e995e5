"""A comparison in plain sentences, every figure taken from its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from framing.compare import Comparison

__all__ = ["lines", "loaded_sentence"]


def lines(comparison: Comparison) -> list[str]:
    """About ten lines: event, voices, loaded words, certainty, verbs, asides, shared points, only-here, sureness."""
    scores = comparison.scores
    outlets = [str(o) for o in scores.index]
    out = [_title(comparison, outlets)]
    out.append("Own words: " + "; ".join(f"{o} {_share(r['share_narration'])}" for o, r in _rows(scores)) + ".")
    out.extend(loaded_sentence(o, r) for o, r in _rows(scores))
    out.append(_rates("Hedges", "hedge", scores))
    out.append(_rates("Boosters", "booster", scores))
    verbs = "; ".join(f"{o}: {_stances(comparison, k)}" for k, o in enumerate(outlets))
    out.append(f"Verbs that hand over sources’ words: {verbs}.")
    asides = comparison.asides
    if len(asides):
        per = asides.groupby("outlet", sort=False).size()
        counted = ", ".join(f"{o} {int(per.get(o, 0))}" for o in outlets)
        last = asides.iloc[-1] if len(asides) == 1 else asides.iloc[int(asides["text"].str.len().to_numpy().argmin())]
        out.append(f"Asides in its own voice: {counted}; e.g. {last['outlet']}: “{_short(str(last['text']))}”")
    else:
        out.append("Asides in its own voice: none.")
    pairs, shifts, only = len(comparison.alignment), len(comparison.voice_shifts), len(comparison.only)
    if "reports" in set(comparison.pairs["kind"]):
        out.append(
            f"{pairs} passages report the same point; {shifts} of them change whose words they are; "
            f"{only} stand in one outlet only."
        )
    else:
        out.append("Their passages were not compared: the notes say why.")
    out.extend(f"If voices are wrong: {line}" for line in comparison.sensitivity_lines())
    for note in comparison.notes:
        out.append(f"Note: {note}")
    return out


def _title(comparison: Comparison, outlets: list[str]) -> str:
    names = " and ".join(outlets) if len(outlets) == 2 else f"{', '.join(outlets[:-1])} and {outlets[-1]}"
    if len(outlets) > 4:
        names = f"{len(outlets)} articles"
    if set(comparison.pairs["kind"]) == {"different"}:
        return f"{names}: about different things."
    return f"{comparison.event_title}: {names}." if comparison.event_title else f"{names} on the same event."


def _rows(scores: pd.DataFrame) -> list[tuple[str, Any]]:
    return [(str(o), row) for o, row in scores.iterrows()]


def _share(value: float) -> str:
    return "–" if value != value else f"{value:.0%}"


def _short(text: str, limit: int = 110) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def loaded_sentence(outlet: str, row: Any) -> str:
    """E.g. "Lantern uses 32.1 loaded terms per 1,000 of its own words: 9 negative, 2 positive."."""
    n, plus, minus = int(row["n_loaded"]), int(row["n_loaded_positive"]), int(row["n_loaded_negative"])
    if not n:
        return f"{outlet} uses no loaded terms in its own words."
    if plus and not minus:
        split = "all positive" if plus > 1 else "positive"
    elif minus and not plus:
        split = "all negative" if minus > 1 else "negative"
    else:
        split = f"{minus} negative, {plus} positive"
    if row["loaded"] != row["loaded"]:
        return f"{outlet} uses {n} loaded term{'s' * (n != 1)} in its own words ({split}); too short for a rate."
    return f"{outlet} uses {row['loaded']:.0f} loaded terms per 1,000 of its own words ({n}: {split})."


def _rates(label: str, name: str, scores: pd.DataFrame) -> str:
    def one(row: Any) -> str:
        if row[name] != row[name]:
            return f"{int(row[f'n_{name}'])} (too short for a rate)"
        return f"{row[name]:.0f} ({row[f'{name}_low']:.0f}–{row[f'{name}_high']:.0f})"

    return f"{label} per 1,000 own words: " + "; ".join(f"{o} {one(r)}" for o, r in _rows(scores)) + "."


def _stances(comparison: Comparison, row: int) -> str:
    """E.g. "4 neutral, 2 doubting (claimed, alleged) of 9": the three most frequent stances, and doubt always."""
    from framing.report.charts._common import evidence_of
    from framing.report.charts.rates import verbs_of

    found = verbs_of(evidence_of(comparison, row))
    if not found:
        return "none"
    ranked = sorted(found, key=lambda v: (v[0] != "doubting", -v[1]))[:3]
    said = [f"{n} {label}" + ("" if label == "neutral" else f" ({', '.join(verbs[:2])})") for label, n, verbs in ranked]
    return f"{', '.join(said)} of {sum(n for _, n, _ in found)}"

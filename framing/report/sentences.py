"""Headlines made from figures: what a comparison shows, in one sentence each.

A headline says only what the counts say. Words for size ("mostly", "twice") have fixed
thresholds, given beside each rule.
"""

from __future__ import annotations

from math import isfinite
from typing import Any

__all__ = ["deck", "loaded_headline", "page_headline"]

_MIN = 2  # loaded marks below which no direction is claimed; two must agree, since their balance is 1 or 0
_MANY = 6  # loaded marks from which an outlet is said to tell it with loaded words
_LEAN = 0.4  # balance (plus − minus) / (plus + minus) from which marks are "mostly" of one sign: seven of ten


def _direction(row: Any) -> int:
    plus, minus = int(row["n_loaded_positive"]), int(row["n_loaded_negative"])
    if plus + minus < _MIN:
        return 0
    balance = (plus - minus) / (plus + minus)
    return 1 if balance >= _LEAN else -1 if balance <= -_LEAN else 0


def _of(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _degree(row: Any, sign: int) -> str:
    n = int(row["n_loaded_positive" if sign > 0 else "n_loaded_negative"])
    total = int(row["n_loaded_positive"]) + int(row["n_loaded_negative"])
    return ("all " if n == total else "mostly ") + ("positive" if sign > 0 else "negative")


def _opposed(comparison: Any) -> tuple[str, str] | None:
    """The most negative and the most positive outlet, where they lean opposite ways."""
    scores = comparison.scores
    lean = {str(o): _direction(r) for o, r in scores.iterrows()}
    against = [o for o in lean if lean[o] < 0]
    favour = [o for o in lean if lean[o] > 0]
    if not against or not favour:
        return None
    return (
        max(against, key=lambda o: int(scores.loc[o, "n_loaded_negative"])),
        max(favour, key=lambda o: int(scores.loc[o, "n_loaded_positive"])),
    )


def loaded_headline(comparison: Any) -> str:
    """How loaded the outlets' own words are, and which way."""
    scores = comparison.scores
    pair = _opposed(comparison)
    if pair:
        a, b = pair
        return f"{_of(a)} own loaded terms are {_degree(scores.loc[a], -1)}, {_of(b)} {_degree(scores.loc[b], 1)}"
    n = {str(o): int(r["n_loaded"]) for o, r in scores.iterrows()}
    if not any(n.values()):
        return "No outlet uses loaded terms in its own words"
    rated = {str(o): float(r["loaded"]) for o, r in scores.iterrows() if isfinite(r["loaded"])}
    top = max(rated or n, key=lambda o: (rated or n)[o])
    sign = _direction(scores.loc[top])
    which = f", {_degree(scores.loc[top], sign)}" if sign else ""
    if top in rated:
        return f"{top} uses the most loaded terms of its own: {rated[top]:.0f} per 1,000 words{which}"
    return f"{top} uses {n[top]} loaded {'term' if n[top] == 1 else 'terms'} of its own{which}"


def page_headline(comparison: Any) -> str:
    """The headline of the page: opposite charge, else the largest plain contrast, else that the counts show none."""
    scores = comparison.scores
    pair = _opposed(comparison)
    if pair:
        a, b = pair
        return f"Opposite charge: {a} negative, {b} positive"
    if len(scores) > 1:
        share = scores["share_narration"].astype(float).dropna()
        rate = scores["loaded"].astype(float).dropna()
        if len(rate) > 1 and scores.loc[rate.idxmax(), "n_loaded"] >= _MANY and rate.max() >= 2 * max(rate.min(), 1.0):
            return f"{rate.idxmax()} tells it with loaded words, {rate.idxmin()} with few"
        if len(share) > 1 and share.max() - share.min() >= 0.15:
            return f"{share.idxmax()} tells it in its own words, {share.idxmin()} leaves more to its sources"
        asides = scores["n_aside"].astype(int)
        if asides.max() >= 2 and asides.min() == 0:
            return f"{asides.idxmax()} comments as it reports, {asides.idxmin()} does not"
    names = [str(o) for o in scores.index]
    if len(names) == 2:
        return f"How {names[0]} and {names[1]} tell it: no plain contrast in the counts"
    return f"{len(names)} articles: no plain contrast in the counts"


def deck(comparison: Any) -> str:
    """The line under the headline: each outlet's loaded marks by sign, and its asides."""
    parts = []
    if len(comparison.scores) > 2:
        for outlet, row in comparison.scores.iterrows():
            minus, plus = int(row["n_loaded_negative"]), int(row["n_loaded_positive"])
            parts.append(f"{outlet} {minus} negative, {plus} positive")
        return "Loaded terms in their own words: " + "; ".join(parts[:4]) + ("." if len(parts) <= 4 else " …")
    for outlet, row in comparison.scores.iterrows():
        minus, plus = int(row["n_loaded_negative"]), int(row["n_loaded_positive"])
        asides = int(row["n_aside"])
        if not minus + plus:
            said = "no loaded terms"
        else:
            terms = "term" if (plus or minus) == 1 else "terms"
            said = f"{minus or 'no'} negative, {plus or 'no'} positive loaded {terms}"
        if asides:
            said += f", {asides} {'aside' if asides == 1 else 'asides'}"
        parts.append(f"{outlet}: {said}")
    return "In their own words – " + ". ".join(parts[:3]) + ("." if len(parts) <= 3 else " …")

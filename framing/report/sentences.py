"""Headlines made from figures: what a comparison shows, in one sentence each.

A headline says only what the counts say. Words for size ("mostly", "twice") have fixed
thresholds, given beside each rule.
"""

from __future__ import annotations

from math import isfinite
from typing import Any

from framing.report.charts._common import unlike

__all__ = ["deck", "loaded_headline", "loaded_tally", "page_headline", "portrait"]

_MIN = 2  # loaded marks below which no direction is claimed; two must agree, since their balance is 1 or 0
_MANY = 6  # loaded marks from which an outlet is said to tell it with loaded words
_LONG = 200  # words of an article whose voice shares say something even where its own words are too few for rates
_REMARKS = 3  # asides from which an outlet is said to comment before anything is said of its sources
_FEW = 5.0  # loaded marks per 1,000 own words below which they are few
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


_UNLIKE = {
    "different": "These articles do not report the same event",
    "syndicated": "One report, printed more than once",
    "same text": "The same text more than once",
    "languages": "These articles are in different languages",
}


def _short(name: str, limit: int = 34) -> str:
    """A name for a headline."""
    return name if len(name) <= limit else name[:limit].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def page_headline(comparison: Any) -> str:
    """The headline of the page: opposite charge, else the largest plain contrast, else that the counts show none."""
    scores = comparison.scores
    if why := unlike(comparison):
        return _UNLIKE[why]
    scores = scores.set_axis([_short(str(o)) for o in scores.index])
    pair = _opposed(comparison)
    if pair:
        a, b = map(_short, pair)
        return f"Loaded words: negative in {a}, positive in {b}"
    if len(scores) > 1:
        # An article too short for rates is no side of a contrast.
        rated = scores["status"] != "not scored"
        share = scores.loc[rated | (scores["words"] >= _LONG), "share_narration"].astype(float).dropna()
        rate = scores["loaded"].astype(float).dropna()
        if len(rate) > 1 and scores.loc[rate.idxmax(), "n_loaded"] >= _MANY and rate.max() >= 2 * max(rate.min(), 1.0):
            if rate.min() < _FEW:
                return f"{rate.idxmax()} tells it with loaded words, {rate.idxmin()} with {_few(scores, rate)}"
            return f"{rate.idxmax()} uses loaded words {_times(rate.max() / rate.min())} as often as {rate.idxmin()}"
        asides = scores.loc[rated, "n_aside"].astype(int)
        if len(asides) > 1 and asides.max() >= _REMARKS and asides.min() == 0:
            return f"{asides.idxmax()} comments as it reports, {asides.idxmin()} does not"
        if len(share) > 1 and share.max() - share.min() >= 0.15:
            return f"{share.idxmax()} tells more in its own words, {share.idxmin()} leaves more to its sources"
        if len(asides) > 1 and asides.max() >= 2 and asides.min() == 0:
            return f"{asides.idxmax()} comments as it reports, {asides.idxmin()} does not"
    names = [str(o) for o in scores.index]
    if len(names) == 2:
        return f"How {names[0]} and {names[1]} tell it: no plain contrast in the counts"
    return f"{len(names)} articles: no plain contrast in the counts"


def _few(scores: Any, rate: Any) -> str:
    return "few" if int(scores.loc[rate.idxmin(), "n_loaded"]) else "none"


def _times(ratio: float) -> str:
    n = round(ratio)
    return "twice" if n == 2 else f"{('three', 'four', 'five', 'six')[n - 3] if n < 7 else n} times"


def deck(comparison: Any) -> str:
    """The line under the headline of many articles: their loaded marks by sign; of more than six, how many lean how."""
    scores = comparison.scores
    if len(scores) > 6:
        lean = [_direction(row) for _, row in scores.iterrows()]
        loaded, asides = (int((scores[f"n_{m}"].astype(int) > 0).sum()) for m in ("loaded", "aside"))
        return (
            f"{loaded} of {len(scores)} articles use loaded terms in their own words: {lean.count(-1)} lean negative, "
            f"{lean.count(1)} positive. {asides} comment in asides."
        )
    return f"Loaded terms in their own words: {'; '.join(f'{o}: {loaded_tally(r)}' for o, r in scores.iterrows())}."


def loaded_tally(row: Any) -> str:
    """Loaded terms of an article by sign, e.g. "2 negative, 8 positive"."""
    signs = ((int(row[f"n_loaded_{s}"]), s) for s in ("negative", "positive"))
    return ", ".join(f"{n} {s}" for n, s in signs if n) or "none"


def portrait(comparison: Any, row: int) -> list[str]:
    """What marks the article in position ``row``, in its own words: loaded terms, then what it does most.

    Each part is a count with one or two of the marked words; a part about a device that the article lacks is left out.
    """
    from framing.report.charts._common import evidence_of, scored
    from framing.report.charts.rates import verbs_of, words_of

    found, scores = evidence_of(comparison, row), comparison.scores
    mine = scores.iloc[row]

    def quoted(words: list[str], most: int = 2) -> str:
        shown = [w.rpartition(" ×")[0] if " ×" in w else w for w in words[:most]]
        return (
            " ("
            + ", ".join(w if w[:1] in "“\"'‘" else f"“{w}”" for w in shown)
            + (" …" if len(words) > most else "")
            + ")"
        )

    signs = sorted(((int(mine[f"n_loaded_{s}"]), s) for s in ("negative", "positive")), key=lambda p: -p[0])
    said: list[str] = []
    for n, sign in (p for p in signs if p[0]):
        what = f" loaded {'term' if n == 1 else 'terms'}" if not said else ""
        said.append(f"{n} {sign}{what}" + quoted(words_of(found, f"loaded_{sign}", "narration")))
    out = [" and ".join(said) or "no loaded terms"]
    rest: list[tuple[float, str]] = []

    def more(name: str) -> float:
        """How far the outlet's rate (its count where it has none) lies above the others' mean."""
        column = scores[name].astype(float) if scored(mine) else scores[f"n_{name}"].astype(float)
        others = column.drop(column.index[row]).dropna()
        return float(column.iloc[row]) - (float(others.mean()) if len(others) else 0.0)

    for name, one, several in (
        ("booster", "booster", "boosters"), ("hedge", "hedge", "hedges"), ("vouch", "vouching verb", "vouching verbs"),
    ):  # fmt: skip
        if n := int(mine[f"n_{name}"]):
            rest.append((more(name), f"{n} {several if n > 1 else one}" + quoted(words_of(found, name, "narration"))))
    if int(mine["n_scare_quote"]):
        words = words_of(found, "scare_quote", "narration")
        rest.append((more("scare_quote") + 1, "scare quotes on " + quoted(words)[2:-1]))
    if int(mine["n_aside"]):
        kinds = words_of(found, "aside", "narration")
        top = max(kinds, key=lambda k: int(k.split()[0]))
        n = int(mine["n_aside"])
        rest.append(
            (more("aside"), top if len(kinds) == 1 else f"{n} asides" + f" ({top})" * (int(top.split()[0]) > 1))
        )
    for label, n, verbs in verbs_of(found):
        if label == "doubting":
            rest.append((5.0 * n, f"{n} doubting {'verb' if n == 1 else 'verbs'}" + quoted(verbs)))
    return out + [text for _, text in sorted(rest, key=lambda r: -r[0])]

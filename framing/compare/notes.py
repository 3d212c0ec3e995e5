"""What a reader must be told first: short texts, other languages, copies, articles about different things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from framing.align import Pair, Unit, align
from framing.analysis import Analysis
from framing.event import containment, shingles

__all__ = ["Judged", "judge", "said", "table"]

# Share of the shorter text's five-word runs that stand in the longer one: above this it is a copy, no second report.
SYNDICATED = 0.85
# Of same-event pairs of the AllSides collection (development part) 2 % are less alike than this, of pairs of different
# events 96 %; where besides hardly a sentence has a counterpart, the articles are about different things.
ALIKE = 0.05
COUNTERPARTS = 0.12
# Less alike than this, articles are about different things whatever their clauses share: nothing is aligned.
UNALIKE = 0.02
# More short articles than this share a line.
MANY = 4
_ENGLISH = frozenset(
    "the of and to in a that is for on was with as it by at from his he be has are an this have but not".split()
)


@dataclass(frozen=True, slots=True)
class Judged:
    """Articles ``i`` and ``j`` and what they are to each other.

    ``kind``: "reports" (two reports of one event), "same text", "syndicated", "languages" (only one is English) or
    "different". ``matched``: aligned
    pairs, none unless they are reports. ``similarity``: TF-IDF cosine of headline, lead and body, 0..1;
    ``contained``: share of the shorter text's five-word runs that stand in the longer one; ``share``: of the
    sentences of the shorter article that have a counterpart.
    """

    i: int
    j: int
    kind: str
    similarity: float
    contained: float
    share: float
    matched: list[Pair]


def judge(i: int, j: int, a: Analysis, b: Analysis, alike: float, ua: list[Unit], ub: list[Unit]) -> Judged:
    """What two articles are to each other, given how alike they are; ``ua``, ``ub``: their clauses."""
    matched = align(a, b, ua, ub) if alike >= UNALIKE and english(a) == english(b) else []
    contained = containment(_shingles(a), _shingles(b))[0] if min(len(_shingles(a)), len(_shingles(b))) > 20 else 0.0
    fewer = max(1, min(len(a.sentences), len(b.sentences)))
    share = min(len({p.a.sentence for p in matched}), len({p.b.sentence for p in matched})) / fewer
    if a.article.text == b.article.text:
        kind = "same text"
    elif contained > SYNDICATED:
        kind = "syndicated"
    elif english(a) != english(b):
        kind = "languages"
    elif alike < ALIKE and share < COUNTERPARTS:
        kind = "different"
    else:
        kind = "reports"
    return Judged(i, j, kind, alike, contained, share, matched if kind == "reports" else [])


def english(a: Analysis) -> bool:
    """Does the text look like English? One of forty words or fewer is taken to be."""
    cache = a.reading.cache
    if "english" not in cache:
        words = [w for w in a.reading.tokens.norm if w[:1].isalpha()]
        cache["english"] = len(words) <= 40 or sum(w in _ENGLISH for w in words) >= 0.18 * len(words)
    return bool(cache["english"])


def _shingles(a: Analysis) -> set[int]:
    cache = a.reading.cache
    if "shingles" not in cache:
        cache["shingles"] = shingles(a.article.text)
    found: set[int] = cache["shingles"]
    return found


def table(outlets: list[str], pairs: list[Judged]) -> list[dict[str, Any]]:
    return [
        {"a": outlets[p.i], "b": outlets[p.j], "kind": p.kind, "similarity": round(p.similarity, 4)}
        | {"contained": round(p.contained, 4), "n_aligned": len(p.matched), "aligned_share": round(p.share, 4)}
        for p in pairs
    ]


def _short(found: list[Analysis], outlets: list[str]) -> list[str]:
    """Articles too short for rates, and for exact ones: a line each, or one line where they are many."""
    own: dict[str, dict[str, int]] = {"not scored": {}, "warning": {}}
    for k, a in enumerate(found):
        own.setdefault(str(a.values["status"]), {})[outlets[k]] = int(a.values["words_narration"])
    few, rough = own["not scored"], own["warning"]
    if len(few) + len(rough) > MANY:
        return [
            f"{what}: {len(words)} articles ({min(words.values())} to {max(words.values())})."
            if len(words) > MANY
            else f"{what}: {_listed([f'{outlet} ({n})' for outlet, n in words.items()])}."
            for words, what in (
                (few, "Too few own words for rates (100 are needed)"),
                (rough, "Rates are rough below 500 own words"),
            )
            if words
        ]
    return [
        f"{o} has only {few[o]} words of its own: too few for rates (100 are needed)."
        if o in few
        else f"{o} has {rough[o]} words of its own: rates are rough below 500."
        for o in outlets
        if o in few or o in rough
    ]


def said(found: list[Analysis], outlets: list[str], pairs: list[Judged]) -> list[str]:
    """The warnings, in order of the articles and then of the pairs."""
    out = _short(found, outlets)
    other = [outlets[k] for k, a in enumerate(found) if not english(a)]
    if other:
        verb = "does" if len(other) == 1 else "do"
        out.append(f"{_listed(other)} {verb} not look like English; word lists and voices are made for English.")
    for kind in _WHAT:
        mine = [p for p in pairs if p.kind == kind]
        if len(mine) > MANY:
            out.append(_together(kind, mine, len(pairs)))
        else:
            out.extend(_apart(p, outlets[p.i], outlets[p.j]) for p in mine)
    return out


_WHAT = {
    "same text": "are the same text, word for word",
    "syndicated": "are copies of one report",
    "languages": "are in different languages",
    "different": "are about different things",
}


def _together(kind: str, mine: list[Judged], total: int) -> str:
    low, high = (f"{extreme(p.similarity for p in mine):.2f}" for extreme in (min, max))
    alike = f" (similarity {low} to {high})" if kind == "different" else ""
    return f"{len(mine)} of {total} pairs of articles {_WHAT[kind]}{alike}: their passages are not compared."


def _apart(p: Judged, first: str, second: str) -> str:
    if p.kind == "same text":
        return f"{first} and {second} {_WHAT[p.kind]}: there is nothing to compare."
    if p.kind == "syndicated":
        return (
            f"{p.contained:.0%} of one of {first} and {second} stands word for word in the other: "
            "syndicated copy, not two reports. Their passages are not compared."
        )
    if p.kind == "languages":
        return (
            f"{first} and {second} {_WHAT[p.kind]}: whether they report the same cannot be told here, "
            "and their passages are not compared."
        )
    return (
        f"{first} and {second} {_WHAT[p.kind]} (similarity {p.similarity:.2f}, "
        f"{p.share:.0%} of sentences have a counterpart): their passages are not compared, and "
        "rates that differ say nothing about framing."
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

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
_ENGLISH = frozenset(
    "the of and to in a that is for on was with as it by at from his he be has are an this have but not".split()
)


@dataclass(frozen=True, slots=True)
class Judged:
    """Articles ``i`` and ``j`` and what they are to each other.

    ``kind``: "reports" (two reports of one event), "same text", "syndicated" or "different". ``matched``: aligned
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
    matched = align(a, b, ua, ub) if alike >= UNALIKE else []
    contained = containment(_shingles(a), _shingles(b))[0] if min(len(_shingles(a)), len(_shingles(b))) > 20 else 0.0
    fewer = max(1, min(len(a.sentences), len(b.sentences)))
    share = min(len({p.a.sentence for p in matched}), len({p.b.sentence for p in matched})) / fewer
    if a.article.text == b.article.text:
        kind = "same text"
    elif contained > SYNDICATED:
        kind = "syndicated"
    elif alike < ALIKE and share < COUNTERPARTS:
        kind = "different"
    else:
        kind = "reports"
    return Judged(i, j, kind, alike, contained, share, matched if kind == "reports" else [])


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


def said(found: list[Analysis], outlets: list[str], pairs: list[Judged]) -> list[str]:
    """The warnings, in order of the articles and then of the pairs."""
    out = []
    for k, a in enumerate(found):
        own = a.values["words_narration"]
        if a.values["status"] == "not scored":
            out.append(f"{outlets[k]} has only {own} words of its own: too few for rates (100 are needed).")
        elif a.values["status"] == "warning":
            out.append(f"{outlets[k]} has {own} words of its own: rates are rough below 500.")
        words = [w for w in a.reading.tokens.norm if w[:1].isalpha()]
        if len(words) > 40 and sum(w in _ENGLISH for w in words) < 0.18 * len(words):
            out.append(f"{outlets[k]} does not look like English; word lists and voices are made for English.")
    for p in pairs:
        first, second = outlets[p.i], outlets[p.j]
        if p.kind == "same text":
            out.append(f"{first} and {second} are the same text, word for word: there is nothing to compare.")
        elif p.kind == "syndicated":
            out.append(
                f"{p.contained:.0%} of one of {first} and {second} stands word for word in the other: "
                "syndicated copy, not two reports. Their passages are not compared."
            )
        elif p.kind == "different":
            out.append(
                f"{first} and {second} are about different things (similarity {p.similarity:.2f}, "
                f"{p.share:.0%} of sentences have a counterpart): their passages are not compared, and "
                "rates that differ say nothing about framing."
            )
    return out

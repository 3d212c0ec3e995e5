"""Sentence -> units, the words that the models count.

A unit is a token's folded form with four changes: numbers become ``0``, kinds
of quotation marks, dashes and ellipses become one each, so do names of peoples,
persons and sides, and "he" and "she" (:mod:`framing.classify.identity`), and a word inside
quotation marks gets the prefix ``q:`` because it is somebody's, not the
outlet's. ``<s>`` and ``</s>`` stand at the ends, so a phrase can say
"at the head of the sentence".

The same features exist twice: here for scikit-learn's vectorisers (training,
and the reference of the tests) and in :mod:`framing.classify.table` as table
look-ups. A test holds the two together to 1e-9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.classify.identity import IDENTITY, PRONOUNS, SOMEBODY
from framing.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "FEATURES",
    "HEAD",
    "PIECES",
    "QUOTED",
    "TAIL",
    "document",
    "narrated",
    "pieceable",
    "quote_kind",
    "unit",
    "units",
]

FEATURES = 2  # version of this page: a model of another version is refused
HEAD, TAIL, QUOTED = "<s>", "</s>", "q:"
PIECES = (3, 5)  # character pieces within a word, its edges marked by a space

_SAME = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "—": "-", "–": "-", "--": "-", "---": "-", "…": "...", "....": "...",
}  # fmt: skip
_SAME |= PRONOUNS
_OPEN, _CLOSE, _TOGGLE = 1, 2, 3
_KIND = {"“": _OPEN, "„": _OPEN, "«": _OPEN, "”": _CLOSE, "»": _CLOSE, '"': _TOGGLE}


def unit(norm: str) -> str:
    """The unit of one folded token outside quotation marks ("" for an invisible token)."""
    if norm in IDENTITY:
        return SOMEBODY
    return "0" if norm[:1].isdigit() else _SAME.get(norm, norm)


def quote_kind(norm: str) -> int:
    """0: no quotation mark, 1: opens, 2: closes, 3: opens or closes (straight)."""
    return _KIND.get(norm, 0)


def quoted_stretches(kinds: Sequence[tuple[int, int]], last: int) -> Iterable[tuple[int, int]]:
    """Half-open index ranges inside quotation marks.

    ``kinds``: (index, kind) of the quotation marks of one sentence, in order;
    ``last``: number of its tokens. A sentence whose first mark closes began
    inside a quotation; one left open runs to the end.
    """
    inside = bool(kinds) and kinds[0][1] == _CLOSE
    begin = 0
    for index, kind in kinds:
        if inside:
            if kind != _OPEN:
                yield begin, index
                inside = False
        elif kind != _CLOSE:
            inside, begin = True, index + 1
    if inside:
        yield begin, last


def units(sentence: str) -> list[str]:
    """Units of a sentence, ``<s>`` first and ``</s>`` last; linear time."""
    norms = [n for n in tokenise(sentence).norm if n]
    out = [unit(n) for n in norms]
    kinds = [(i, _KIND[n]) for i, n in enumerate(norms) if n in _KIND]
    if kinds:
        marks = {i for i, _ in kinds}
        for first, last in quoted_stretches(kinds, len(out)):
            for i in range(first, last):
                if i not in marks:
                    out[i] = QUOTED + out[i]
    return [HEAD, *out, TAIL]


def document(sentence: str) -> str:
    """Units joined by spaces: what scikit-learn's vectorisers are given (no unit holds a space)."""
    return " ".join(units(sentence))


def pieceable(unit: str) -> bool:
    """Whether character pieces are taken of a unit: ordinary words outside quotation marks."""
    return unit[0].isalpha() and not unit.startswith(QUOTED)


def narrated(sentence: str) -> bool:
    """Whether no quotation mark stands in ``sentence``."""
    return not any(mark in sentence for mark in _KIND)

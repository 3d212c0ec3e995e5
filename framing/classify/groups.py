"""Word groups: what the word lists know, as features that fold into a classifier's weights.

A classifier of phrases learns nothing about a phrase it has not seen. The word
lists name thousands of loaded terms, hedges, boosters and cues by kind, valence
and grade; all terms of one group share one weight. "How many terms of the group
does the sentence hold" is a sum over phrases, so that weight is added to each of
the group's phrases in the finished table: prediction needs no word list, and a
later change of a list does not change a trained model.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log10
from typing import TYPE_CHECKING

from framing import background
from framing.classify.features import unit
from framing.inflection import forms
from framing.lexicon import load
from framing.tokens import tokenise

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from framing.background import Background
    from framing.lexicon import Entry, Lexicon

__all__ = ["Groups", "shipped"]

LONGEST = 3  # units of a phrase


@dataclass(frozen=True, slots=True)
class Groups:
    """``phrases``: of one to three units, sorted. ``names``: of the groups, sorted.

    ``members``: sparse, shape (phrases, groups), 1 where the phrase is of the group.
    ``lexicon``: hash of the word lists they were made from.
    """

    phrases: list[str]
    names: list[str]
    members: csr_matrix
    lexicon: str

    @classmethod
    def of(cls, lexicon: Lexicon, common: Background) -> Groups:
        """The groups of ``lexicon``: by device, kind, valence and grade; by device and valence; and by commonness.

        ``common`` says in how many articles a word stands: a term of everyday words and a rare one of the
        same list do not weigh the same.
        """
        from scipy import sparse

        found: dict[str, set[str]] = {}
        for entry in lexicon.entries:
            for words in _paths(entry):
                articles = min(common.articles.get(w, 0) for w in words)
                head = f"{entry.device} {entry.valence}"
                found.setdefault(" ".join(words), set()).update(
                    (
                        f"{entry.device} {entry.kind} {entry.valence} {entry.grade}",
                        head,
                        f"{head} {int(log10(articles)) + 1 if articles else 0}",
                    )
                )
        phrases = sorted(found)
        names = sorted(set().union(*found.values())) if found else []
        number = {name: i for i, name in enumerate(names)}
        pairs = [(i, number[g]) for i, phrase in enumerate(phrases) for g in sorted(found[phrase])]
        rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
        members = sparse.csr_matrix(
            ([1.0] * len(pairs), (rows, columns)), shape=(len(phrases), len(names)), dtype="float64"
        )
        return cls(phrases, names, members, lexicon.sha256)


def _paths(entry: Entry) -> list[list[str]]:
    """Forms of an entry as units; a hyphen in it may be a space. Those longer than a phrase are left out."""
    out: list[list[str]] = []
    for form in forms(entry.entry, entry.pos):
        words = [unit(n) for n in tokenise(form).norm]
        paths = [words, [w for w in words if w != "-"]] if "-" in words[1:-1] else [words]
        out.extend(p for p in paths if 0 < len(p) <= LONGEST)
    return out


@lru_cache(maxsize=1)
def shipped() -> Groups:
    """The groups of the shipped word lists."""
    return Groups.of(load(), background.load())

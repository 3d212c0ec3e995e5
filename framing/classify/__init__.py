"""Three sentence classifiers (opinion, bias, certainty) and the user's own.

A trained model is a table: phrases of one to three words and character pieces
of words, each with a weight. A prediction is the sum of the weights a sentence
contains, so it can be explained word by word and costs a few table look-ups.

``classifier(name_or_path)`` loads one; ``train`` makes one (needs scikit-learn);
``Scorer`` runs several over the same sentences in one pass; ``of_reading`` does
so for an article's narration, once, from the tokens it already has.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from framing.classify.model import Classifier
from framing.classify.store import load, save
from framing.classify.table import Scorer
from framing.errors import ModelError
from framing.tokens import uncollected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framing.article import Reading

__all__ = [
    "MODELS", "NAMES", "NARRATION", "Classifier", "Scorer", "available", "classifier", "hashes", "load", "of_reading",
    "save", "scorer",
]  # fmt: skip

MODELS = Path(__file__).parent / "models"
NAMES = ("opinion", "bias", "certainty")
NARRATION = 0.5  # a sentence is narration where at least this share of its characters is


def available() -> list[str]:
    """Names of the shipped models, sorted."""
    return sorted(p.stem for p in MODELS.glob("*.npz"))


@cache
def _shipped(name: str) -> Classifier:
    return load(MODELS / f"{name}.npz")


def classifier(name: str | Path) -> Classifier:
    """A shipped classifier by name ("opinion", "bias", "certainty") or one from a model file.

    Raises :class:`~framing.errors.ModelError` for an unknown name, a missing,
    corrupt or foreign file.
    """
    if isinstance(name, str) and name in available():
        return _shipped(name)
    path = Path(name)
    if path.is_file():
        return load(path)
    raise ModelError(
        f"no classifier {str(name)!r}: shipped are {', '.join(available()) or 'none'}; "
        "or give the path of a model file made by 'framing train'"
    )


@cache
def _scorer(names: tuple[str, ...]) -> Scorer:
    with uncollected():
        return Scorer([classifier(n) for n in names])


def scorer(names: Sequence[str | Path] = NAMES) -> Scorer:
    """One :class:`Scorer` over several classifiers, remembered between calls."""
    return _scorer(tuple(str(n) for n in names))


def hashes(names: Sequence[str | Path] = ()) -> dict[str, str]:
    """SHA-256 of the classifiers in use: the shipped ones, and those of ``names``, which may take their place."""
    return {c.name: c.sha256 for c in (*map(classifier, NAMES), *map(classifier, names))}


def of_reading(reading: Reading, names: Sequence[str | Path] = NAMES) -> dict[str, dict[int, float]]:
    """P(positive) of each narration sentence: classifier name -> sentence index -> probability.

    Narration sentences are those with at least half of their characters in
    narration. Equal to ``predict_proba`` of their texts; worked out once for an
    article and kept in ``reading.cache``.
    """
    key = f"classifiers:{':'.join(map(str, names))}"
    known: dict[str, dict[int, float]] | None = reading.cache.get(key)
    if known is None:
        own = [s for s, share in zip(reading.sentences, reading.narration_shares(), strict=True) if share >= NARRATION]
        table = scorer(names)
        columns = table.predict_ranges(reading.tokens, [(s.first, s.last) for s in own]).T.tolist()
        index = [s.index for s in own]
        known = reading.cache[key] = {
            name: dict(zip(index, column, strict=True)) for name, column in zip(table.names, columns, strict=True)
        }
    return known

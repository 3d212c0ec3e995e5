"""Three sentence classifiers (opinion, bias, certainty) and the user's own.

A trained model is a table: phrases of one to three words and character pieces
of words, each with a weight. A prediction is the sum of the weights a sentence
contains, so it can be explained word by word and costs a few table look-ups.

``classifier(name_or_path)`` loads one; ``train`` makes one (needs scikit-learn);
``Scorer`` runs several over the same sentences in one pass.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from framing.classify.model import Classifier
from framing.classify.store import load, save
from framing.classify.table import Scorer
from framing.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MODELS", "Classifier", "Scorer", "available", "classifier", "load", "save", "scorer"]

MODELS = Path(__file__).parent / "models"


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
    return Scorer([classifier(n) for n in names])


def scorer(names: Sequence[str | Path] = ("opinion", "bias", "certainty")) -> Scorer:
    """One :class:`Scorer` over several classifiers, remembered between calls."""
    return _scorer(tuple(str(n) for n in names))

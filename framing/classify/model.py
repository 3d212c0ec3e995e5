"""Classifier: a trained model in memory, and what it can say."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from framing.classify.features import FEATURES, PIECES, pieceable, units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from framing.classify.table import Scorer

__all__ = ["Classifier", "pieces"]


def pieces(word: str) -> list[str]:
    """Character pieces of a word with its edges as spaces (scikit-learn's ``char_wb``)."""
    padded = f" {word} "
    low, high = PIECES
    return [padded[i : i + n] for n in range(low, high + 1) for i in range(len(padded) - n + 1)]


@dataclass(slots=True, eq=False)
class Classifier:
    """P(positive) of a sentence as the sum of what its phrases and word pieces contribute.

    ``phrases``: one to three units joined by spaces -> weight; ``pieces``:
    character pieces -> weight; the sum over a sentence of ``n`` units (its two
    ends counted) is divided by ``n ** power`` and added to ``intercept``: a
    log-odds, calibrated. ``threshold``: the probability from which a sentence
    counts as positive where a yes or no is asked. ``meta``: how it was made.
    """

    name: str
    phrases: Mapping[str, float]
    pieces: Mapping[str, float]
    intercept: float
    power: float = 0.5
    threshold: float = 0.5
    meta: dict[str, Any] = field(default_factory=dict)
    sha256: str = ""
    features: int = FEATURES
    _scorer: Scorer | None = field(default=None, repr=False)

    @property
    def scorer(self) -> Scorer:
        """The compiled form, made at first use."""
        if self._scorer is None:
            from framing.classify.table import Scorer

            self._scorer = Scorer([self])
        return self._scorer

    def decision(self, sentences: Sequence[str]) -> NDArray[np.float64]:
        """Log-odds of each sentence, shape (n,)."""
        return self.scorer.decision(sentences)[:, 0]

    def predict_proba(self, sentences: Sequence[str]) -> NDArray[np.float64]:
        """P(positive) of each sentence, shape (n,), in the order given."""
        return self.scorer.predict_proba(sentences)[:, 0]

    def predict(self, sentences: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each sentence counts as positive (P ≥ threshold), shape (n,)."""
        result: NDArray[np.bool_] = self.predict_proba(sentences) >= self.threshold
        return result

    def explain(self, sentence: str, pieces: bool = False) -> list[tuple[str, float]]:
        """What moved the log-odds of ``sentence``: (term, contribution), largest effect first.

        ``intercept + sum of contributions == decision``. The character pieces of
        a word are shown summed as the word's own contribution, marked ``word~``;
        with ``pieces=True`` one by one.
        """
        u = units(sentence)
        scale = len(u) ** -self.power
        total: defaultdict[str, float] = defaultdict(float)
        for n in (1, 2, 3):
            for i in range(len(u) - n + 1):
                phrase = " ".join(u[i : i + n])
                weight = self.phrases.get(phrase)
                if weight:
                    total[phrase] += weight * scale
        for word in u:
            if pieceable(word):
                for piece in _pieces(word):
                    weight = self.pieces.get(piece)
                    if weight:
                        total[f"~{piece}~" if pieces else f"{word}~"] += weight * scale
        return sorted(total.items(), key=lambda kv: (-abs(kv[1]), kv[0]))

    def explain_words(self, sentence: str) -> list[tuple[str, float]]:
        """Contribution by word: what a word adds alone, and in equal parts of each phrase it is in.

        One entry for each unit of the sentence in order, ``<s>`` and ``</s>``
        included; sums to the same total as :meth:`explain`.
        """
        u = units(sentence)
        scale = len(u) ** -self.power
        share = [0.0] * len(u)
        for n in (1, 2, 3):
            for i in range(len(u) - n + 1):
                weight = self.phrases.get(" ".join(u[i : i + n]), 0.0) * scale / n
                for k in range(i, i + n):
                    share[k] += weight
        for i, word in enumerate(u):
            if pieceable(word):
                share[i] += scale * math.fsum(self.pieces.get(p, 0.0) for p in _pieces(word))
        return list(zip(u, share, strict=True))

    def save(self, path: str | Path) -> str:
        """Write the model file; returns its SHA-256. The same model gives the same bytes."""
        from framing.classify.store import save

        return save(self, path)

    @property
    def signature(self) -> str:
        """Name and first twelve digits of the file's SHA-256, for the manifest."""
        return f"{self.name}:{self.sha256[:12] or 'unsaved'}"


_pieces = pieces

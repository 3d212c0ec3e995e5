"""Framing scores as features for scikit-learn.

>>> from sklearn.pipeline import make_pipeline                     # doctest: +SKIP
>>> make_pipeline(FramingFeatures(), SimpleImputer(), LogisticRegression())   # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from framing.analysis import analyse
from framing.article import Article
from framing.lexicon import load
from framing.score import MEASURES, STANCES, VOICES, Counts, scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FramingFeatures"]

RATES = (
    *(f"share_{v}" for v in VOICES),
    *(m.name for m in MEASURES),
    "loaded_balance",
    *(f"stance_{s}" for s in STANCES),
    "opinion",
)


def _numeric() -> list[str]:
    """Every score that is a number, in the order of :func:`framing.score.scores`."""
    return [name for name, value in scores(Counts()).items() if not isinstance(value, str)]


class FramingFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts in, one row of framing scores per text out.

    ``measures``: ``"rates"`` (voice shares, devices per 1,000 narration words, stance mix, opinion share),
    ``"all"`` (with counts, words and interval ends), or a list of score names (see :mod:`framing.score`).
    ``lexicons``: folders of the user's own word lists; ``wide``: let arguable terms fire too.

    ``X`` is a sequence of n texts or :class:`framing.Article` objects: a list, a 1-D array, a pandas Series, or
    a DataFrame or 2-D array with one column. The output is a float array of shape (n, number of measures), or a
    DataFrame after ``set_output(transform="pandas")``. What has no value is NaN (rates of texts with fewer than
    100 narration words, shares of nothing): put an imputer behind it, or choose counts (``n_loaded``) for
    sentences. Nothing is learned: ``fit`` checks the settings only.
    """

    def __init__(
        self,
        *,
        measures: str | Sequence[str] = "rates",
        lexicons: Sequence[str] = (),
        wide: bool = False,
    ) -> None:
        self.measures = measures
        self.lexicons = lexicons
        self.wide = wide

    def fit(self, X: Any, y: Any = None) -> Self:
        """Check the settings; returns self. Raises ValueError on an unknown measure."""
        self._names()
        self._texts(X)
        return self

    def transform(self, X: Any) -> NDArray[np.float64]:
        """Scores of every text of ``X``, shape (n, number of measures)."""
        names = self._names()
        texts = self._texts(X)
        lexicon = load(tuple(self.lexicons), wide=self.wide)
        out = np.full((len(texts), len(names)), np.nan)
        for row, text in zip(out, texts):
            values = analyse(text, lexicon=lexicon).values
            row[:] = [values[name] for name in names]
        return out

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Names of the columns of the output, as in :func:`framing.score`; ``input_features`` is not looked at."""
        return np.asarray(self._names(), dtype=object)

    def _names(self) -> list[str]:
        known = _numeric()
        if isinstance(self.measures, str):
            if self.measures not in ("rates", "all"):
                raise ValueError(f"measures is 'rates', 'all' or a list of score names, not {self.measures!r}")
            return list(RATES) if self.measures == "rates" else known
        unknown = [m for m in self.measures if m not in known]
        if unknown:
            raise ValueError(f"no such measure: {', '.join(map(str, unknown))}; there are {', '.join(known)}")
        return list(self.measures)

    @staticmethod
    def _texts(X: Any) -> list[str | Article]:
        if isinstance(X, str | bytes | Article) or not isinstance(X, Iterable):
            raise ValueError(f"X is a sequence of texts, not one {type(X).__name__}")
        shape = getattr(X, "shape", None)
        if shape is not None and len(shape) > 1:
            if len(shape) > 2 or shape[1] != 1:
                raise ValueError(f"X has shape {shape}; it takes one column of texts")
            X = X.iloc[:, 0] if hasattr(X, "iloc") else np.asarray(X)[:, 0]
        texts = list(X)
        for n, text in enumerate(texts):
            if not isinstance(text, str | Article):
                raise ValueError(f"X[{n}] is {type(text).__name__}; it takes texts (fill missing ones with '' first)")
        return texts

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags

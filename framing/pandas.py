"""Score the texts of a pandas DataFrame; results are aligned by its index.

    >>> from framing.pandas import score_frame                         # doctest: +SKIP
    >>> df.join(score_frame(df, text="body")[["hedge", "loaded"]])     # doctest: +SKIP

Importing this module also registers ``df.framing.score()`` and ``df.framing.evidence()``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from typing import Any

import pandas as pd

from framing.analysis import Analysis, analyse
from framing.article import Article
from framing.errors import UsageError
from framing.evidence import Evidence
from framing.lexicon import Lexicon
from framing.score import Counts, scores

__all__ = ["evidence_frame", "score_frame"]

_ABOUT = ("title", "outlet", "id", "published", "event")


def score_frame(
    df: pd.DataFrame,
    text: str = "text",
    *,
    columns: Sequence[str] | None = None,
    lexicon: Lexicon | None = None,
    **about: str,
) -> pd.DataFrame:
    """Scores of the texts in column ``text``: one row per row of ``df``, same order, same index.

    ``columns``: only these scores (see :mod:`framing.score`). ``about``: the columns that hold ``title``,
    ``outlet``, ``id``, ``published`` and ``event``, where they are not called so; a headline matters, since it
    is scored apart. A missing or blank text gives a row without values and status "no text".

    Raises UsageError for a column that is not there or holds something else than text.
    """
    known = list(scores(Counts()))
    wanted = known if columns is None else list(columns)
    if unknown := [c for c in wanted if c not in known]:
        raise UsageError(f"no such score: {', '.join(unknown)}; there are {', '.join(known)}")
    empty = dict.fromkeys(known) | {"status": "no text"}
    rows = [empty if a is None else a.values for a in _analyses(df, text, lexicon, about)]
    out = pd.DataFrame({c: [row[c] for row in rows] for c in wanted}, index=df.index)
    return out.astype({c: "string" if c == "status" else "float64" for c in wanted})


def evidence_frame(
    df: pd.DataFrame, text: str = "text", *, lexicon: Lexicon | None = None, **about: str
) -> pd.DataFrame:
    """Every mark in the texts of column ``text``, columns as :class:`framing.Evidence`.

    Each row carries the index label of its text's row in ``df``. Arguments and errors as :func:`score_frame`.
    """
    names = [f.name for f in fields(Evidence)]
    places: list[int] = []
    rows: list[dict[str, Any]] = []
    for n, a in enumerate(_analyses(df, text, lexicon, about)):
        if a is not None:
            rows += [asdict(e) for e in a.evidence]
            places += [n] * len(a.evidence)
    return pd.DataFrame({c: [r[c] for r in rows] for c in names}, index=df.index.take(places))


def _analyses(df: pd.DataFrame, text: str, lexicon: Lexicon | None, about: dict[str, str]) -> Iterator[Analysis | None]:
    if unknown := sorted(set(about) - set(_ABOUT)):
        raise UsageError(f"no such field: {', '.join(unknown)}; there are {', '.join(_ABOUT)}")
    missing = [c for c in (text, *about.values()) if c not in df.columns]
    if missing:
        raise UsageError(f"the frame has no column {missing[0]!r}; it has {', '.join(map(str, df.columns[:20]))}")
    if not df.columns.is_unique:
        raise UsageError("the frame has two columns of one name; rename one")
    named = {f: about.get(f, f) for f in _ABOUT if about.get(f, f) in df.columns and about.get(f, f) != text}
    beside = {f: list(df[c]) for f, c in named.items()}
    for n, value in enumerate(df[text]):
        if value is None or value is pd.NA or value != value:
            yield None
            continue
        if not isinstance(value, str):
            raise UsageError(f"column {text!r}, row {df.index[n]!r}: is {type(value).__name__}, not text")
        if not value.strip():
            yield None
            continue
        yield analyse(Article(text=value, **{f: _label(cells[n]) for f, cells in beside.items()}), lexicon=lexicon)


def _label(cell: Any) -> str | None:
    if cell is None or cell is pd.NA or cell != cell:
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return str(cell).strip() or None


@pd.api.extensions.register_dataframe_accessor("framing")
class _Accessor:
    """``df.framing``: the functions of this module on a frame."""

    def __init__(self, df: pd.DataFrame) -> None:
        self._df = df

    def score(self, text: str = "text", **options: Any) -> pd.DataFrame:
        """See :func:`score_frame`."""
        return score_frame(self._df, text, **options)

    def evidence(self, text: str = "text", **options: Any) -> pd.DataFrame:
        """See :func:`evidence_frame`."""
        return evidence_frame(self._df, text, **options)

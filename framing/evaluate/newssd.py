"""NewsSD-ENG: subjective and objective sentences of news articles.

Antici et al. (2024), "A Corpus for Sentence-Level Subjectivity Detection on
English News Articles", LREC-COLING. Its training part trains the shipped
``opinion`` model; only its test part is a fair measure of that.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from framing.evaluate._rows import folded_report, model_of, read_rows, sentence_report
from framing.evaluate.metrics import EvaluationReport, Published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framing.classify import Classifier

__all__ = ["DESCRIPTION", "NAME", "evaluate"]

NAME = "newssd"
DESCRIPTION = "NewsSD-ENG: subjective against objective sentences (macro-F1)"

_PUBLISHED = (
    Published("multilingual BERT, about", "macro_f1", 0.77, "Antici et al. 2024, https://arxiv.org/abs/2305.18034"),
)


def evaluate(
    path: str | Path,
    model: Classifier | str | Path | None = None,
    *,
    folds: int | None = None,
    auxiliary: Sequence[str | Path] = (),
    resamples: int = 1000,
    seed: int = 0,
) -> EvaluationReport:
    """Judge ``model`` (default: the shipped ``opinion``) on rows with ``text`` and ``label`` (1: subjective).

    ``folds``: train on these rows instead, see :func:`~framing.evaluate._rows.folded_report`.
    """
    rows = read_rows(path, ("text", "label"))
    labels = [int(r["label"]) for r in rows]
    protocol = "subjective against objective, official metric macro-F1"
    if folds is not None:
        return folded_report(
            "NewsSD-ENG", protocol, "opinion", [str(r["text"]) for r in rows], labels, {"random": ()},
            auxiliary=auxiliary, folds=folds, published=_PUBLISHED, resamples=resamples, seed=seed,
        )  # fmt: skip
    return sentence_report(
        "NewsSD-ENG", protocol, model_of(model, "opinion"), rows, labels, published=_PUBLISHED,
        notes=("the shipped model learned from the training part",), resamples=resamples,
    )  # fmt: skip

"""NewsSD-ENG: subjective and objective sentences of news articles.

Antici et al. (2024), "A Corpus for Sentence-Level Subjectivity Detection on
English News Articles", LREC-COLING. Its training part trains the shipped
``opinion`` model; only its test part is a fair measure of that.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from framing.evaluate._rows import model_of, read_rows, sentence_report
from framing.evaluate.metrics import EvaluationReport

if TYPE_CHECKING:
    from framing.classify import Classifier

__all__ = ["DESCRIPTION", "NAME", "evaluate"]

NAME = "newssd"
DESCRIPTION = "NewsSD-ENG: subjective against objective sentences (macro-F1)"


def evaluate(
    path: str | Path, model: Classifier | str | Path | None = None, *, resamples: int = 1000
) -> EvaluationReport:
    """Judge ``model`` (default: the shipped ``opinion``) on rows with ``text`` and ``label`` (1: subjective)."""
    rows = read_rows(path, ("text", "label"))
    return sentence_report(
        "NewsSD-ENG", "subjective against objective, official metric macro-F1", model_of(model, "opinion"), rows,
        [int(r["label"]) for r in rows], notes=("the shipped model learned from the training part",),
        resamples=resamples,
    )  # fmt: skip

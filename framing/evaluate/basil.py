"""BASIL: lexical bias in the outlet's own words.

Fan et al. (2019), "In Plain Sight: Media Bias Through the Lens of Factual
Reporting", EMNLP. Measured on, never trained on.
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

NAME = "basil"
DESCRIPTION = "BASIL: sentences with lexical bias outside quotations (AUC)"

_PUBLISHED = (
    Published("BERT, trained on BASIL", "f1", 0.315, "Fan et al. 2019, https://aclanthology.org/D19-1664"),
    Published(
        "RoBERTa, trained on Anno-Lexical, all sentences", "f1", 0.254,
        "Horych et al. 2025, https://arxiv.org/abs/2411.11081", True,
    ),
)  # fmt: skip


def evaluate(
    path: str | Path,
    model: Classifier | str | Path | None = None,
    *,
    folds: int | None = None,
    auxiliary: Sequence[str | Path] = (),
    resamples: int = 1000,
    seed: int = 0,
) -> EvaluationReport:
    """Judge ``model`` (default: the shipped ``bias``) on sentences: lexical bias in narration against none.

    Sentences whose only lexical bias is in a quotation are left out: they are
    neither, and a classifier of sentences cannot be blamed for them.
    ``folds``: train on these rows instead, see :func:`~framing.evaluate._rows.folded_report`.
    """
    kept, labels = [], []
    for row in read_rows(path, ("text", "spans")):
        lexical = [s for s in row["spans"] if s["bias"] == "lex"]
        own = any(s.get("quote") == "no" for s in lexical)
        if row["text"].strip() and (own or not lexical):
            kept.append(row)
            labels.append(int(own))
    protocol = "lexical bias in narration against no lexical bias, ranked by AUC"
    if folds is not None:
        by = {k: [str(r.get(k)) for r in kept] for k in ("event", "source") if kept and kept[0].get(k)}
        return folded_report(
            "BASIL", protocol, "bias", [str(r["text"]) for r in kept], labels, {**by, "random": ()},
            auxiliary=auxiliary, folds=folds, published=_PUBLISHED, resamples=resamples, seed=seed,
        )  # fmt: skip
    return sentence_report(
        "BASIL", protocol, model_of(model, "bias"), kept, labels, published=_PUBLISHED, by=("source",),
        resamples=resamples,
    )  # fmt: skip

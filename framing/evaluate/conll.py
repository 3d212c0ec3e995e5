"""CoNLL-2010: uncertain sentences in Wikipedia (weasels) and biology.

Farkas et al. (2010), "The CoNLL-2010 Shared Task: Learning to Detect Hedges and
their Scope in Natural Language Text", CoNLL.
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

NAME = "conll2010"
DESCRIPTION = "CoNLL-2010 task 1: uncertain sentences (F1 of the positive class)"

_PUBLISHED = (
    Published(
        "joint words and parts of speech, Wikipedia", "f1", 0.702,
        "Katerenchuk & Levitan 2024, https://arxiv.org/abs/2405.13319",
    ),
    Published(
        "task winner, Wikipedia (Georgescul)", "f1", 0.602, "Farkas et al. 2010, https://aclanthology.org/W10-3001"
    ),
    Published(
        "task winner, biology (Tang et al.)", "f1", 0.864, "Farkas et al. 2010, https://aclanthology.org/W10-3001"
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
    """Judge ``model`` (default: the shipped ``certainty``) on rows with ``text`` and ``label`` (1: uncertain).

    ``folds``: train on these rows instead, see :func:`~framing.evaluate._rows.folded_report`.
    """
    rows = read_rows(path, ("text", "label"))
    labels = [int(r["label"]) for r in rows]
    protocol = "sentence-level uncertainty, official metric F1 of the uncertain class"
    if folds is not None:
        return folded_report(
            "CoNLL-2010", protocol, "certainty", [str(r["text"]) for r in rows], labels, {"random": ()},
            auxiliary=auxiliary, folds=folds, published=_PUBLISHED, resamples=resamples, seed=seed,
        )  # fmt: skip
    return sentence_report(
        "CoNLL-2010", protocol, model_of(model, "certainty"), rows, labels, published=_PUBLISHED, resamples=resamples
    )

"""CoNLL-2010: uncertain sentences in Wikipedia (weasels) and biology.

Farkas et al. (2010), "The CoNLL-2010 Shared Task: Learning to Detect Hedges and
their Scope in Natural Language Text", CoNLL.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from framing.evaluate._rows import model_of, read_rows, sentence_report
from framing.evaluate.metrics import EvaluationReport, Published

if TYPE_CHECKING:
    from framing.classify import Classifier

__all__ = ["DESCRIPTION", "NAME", "evaluate"]

NAME = "conll2010"
DESCRIPTION = "CoNLL-2010 task 1: uncertain sentences (F1 of the positive class)"

_PUBLISHED = (
    Published("best neural system, Wikipedia", "f1", 0.702, "2024"),
    Published(
        "task winner, Wikipedia (Georgescul)", "f1", 0.602, "Farkas et al. 2010, https://aclanthology.org/W10-3001"
    ),
    Published(
        "task winner, biology (Tang et al.)", "f1", 0.864, "Farkas et al. 2010, https://aclanthology.org/W10-3001"
    ),
)


def evaluate(
    path: str | Path, model: Classifier | str | Path | None = None, *, resamples: int = 1000
) -> EvaluationReport:
    """Judge ``model`` (default: the shipped ``certainty``) on rows with ``text`` and ``label`` (1: uncertain)."""
    rows = read_rows(path, ("text", "label"))
    return sentence_report(
        "CoNLL-2010", "sentence-level uncertainty, official metric F1 of the uncertain class",
        model_of(model, "certainty"), rows, [int(r["label"]) for r in rows], published=_PUBLISHED, resamples=resamples,
    )  # fmt: skip

"""BABE: sentence-level media bias by experts, and its factual/opinion label.

Spinde et al. (2021), "Neural Media Bias Detection Using Distant Supervision With
BABE", Findings of EMNLP. Measured on, never trained on for a shipped model.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from framing.errors import UsageError
from framing.evaluate._rows import folded_report, model_of, read_rows, sentence_report
from framing.evaluate.metrics import EvaluationReport, Published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framing.classify import Classifier

__all__ = ["DESCRIPTION", "NAME", "evaluate"]

NAME = "babe"
DESCRIPTION = "BABE: biased sentences (macro-F1); --task opinion: factual against writer's opinion"

_PUBLISHED = (
    Published(
        "RoBERTa trained on BABE", "macro_f1", 0.833, "Horych et al. 2025, https://arxiv.org/abs/2411.11081", True,
    ),
    Published(
        "RoBERTa trained on Anno-Lexical", "f1", 0.843, "Horych et al. 2025, https://arxiv.org/abs/2411.11081", True,
    ),
    Published("MAGPIE", "macro_f1", 0.828, "Horych et al. 2024, https://arxiv.org/abs/2403.07910"),
    Published(
        "DA-RoBERTa", "f1", 0.814,
        "Krieger et al. 2022, A Domain-adaptive Pre-training Approach for Language Bias Detection in News", True,
    ),
    Published(
        "BERT, distant supervision", "macro_f1", 0.804,
        "Spinde et al. 2021, https://aclanthology.org/2021.findings-emnlp.101", True,
    ),
)  # fmt: skip


def evaluate(
    path: str | Path,
    model: Classifier | str | Path | None = None,
    *,
    task: str = "bias",
    folds: int | None = None,
    auxiliary: Sequence[str | Path] = (),
    resamples: int = 1000,
    seed: int = 0,
) -> EvaluationReport:
    """Judge ``model`` (default: the shipped ``bias``, or ``opinion`` for that task) on BABE rows.

    ``path``: rows with ``text``, ``label`` (0/1), for ``task="opinion"`` also
    ``label_opinion`` ("Entirely factual" against "Expresses writer's opinion",
    other rows left out). Figures by outlet and topic beside the official one.
    ``folds``: train on these rows instead, see :func:`~framing.evaluate._rows.folded_report`.
    """
    if task not in ("bias", "opinion"):
        raise UsageError(f"babe has no task {task!r}; there are bias and opinion")
    rows = read_rows(path, ("text", "label_opinion" if task == "opinion" else "label"))
    if task == "opinion":
        meaning = {"entirely factual": 0, "expresses writer's opinion": 1}
        pairs = [(r, meaning.get(str(r["label_opinion"]).replace("’", "'").strip().lower())) for r in rows]
        kept = [(r, v) for r, v in pairs if v is not None]
        rows, labels = [r for r, _ in kept], [v for _, v in kept]
        protocol = "entirely factual against writer's opinion"
    else:
        labels = [int(r["label"]) for r in rows]
        protocol = "sentence bias, official metric macro-F1"
    published = _PUBLISHED if task == "bias" else ()
    if folds is not None:
        by = {"random": (), **{k: [str(r.get(k)) for r in rows] for k in ("outlet", "topic") if rows[0].get(k)}}
        return folded_report(
            "BABE", protocol, task, [str(r["text"]) for r in rows], labels, by, auxiliary=auxiliary, folds=folds,
            published=published, resamples=resamples, seed=seed,
        )  # fmt: skip
    return sentence_report(
        "BABE", protocol, model_of(model, task), rows, labels, published=published, by=("outlet", "topic"),
        resamples=resamples,
    )  # fmt: skip

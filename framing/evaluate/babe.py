"""BABE: sentence-level media bias by experts, and its factual/opinion label.

Spinde et al. (2021), "Neural Media Bias Detection Using Distant Supervision With
BABE", Findings of EMNLP. Measured on, never trained on for a shipped model.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from framing.evaluate._rows import model_of, read_rows, sentence_report
from framing.evaluate.metrics import EvaluationReport, Published

if TYPE_CHECKING:
    from framing.classify import Classifier

__all__ = ["DESCRIPTION", "NAME", "evaluate"]

NAME = "babe"
DESCRIPTION = "BABE: biased sentences (macro-F1); --task opinion: factual against writer's opinion"

_PUBLISHED = (
    Published("RoBERTa trained on BABE", "macro_f1", 0.833, "Horych et al. 2025, https://arxiv.org/abs/2411.11081"),
    Published("RoBERTa trained on Anno-Lexical", "f1", 0.843, "Horych et al. 2025, https://arxiv.org/abs/2411.11081"),
    Published("MAGPIE", "macro_f1", 0.828, "Horych et al. 2024, https://arxiv.org/abs/2403.07910"),
)


def evaluate(
    path: str | Path, model: Classifier | str | Path | None = None, *, task: str = "bias", resamples: int = 1000
) -> EvaluationReport:
    """Judge ``model`` (default: the shipped ``bias``, or ``opinion`` for that task) on BABE rows.

    ``path``: rows with ``text``, ``label`` (0/1), for ``task="opinion"`` also
    ``label_opinion`` ("Entirely factual" against "Expresses writer's opinion",
    other rows left out). Figures by outlet and topic beside the official one.
    """
    rows = read_rows(path, ("text", "label_opinion" if task == "opinion" else "label"))
    if task == "opinion":
        meaning = {"entirely factual": 0, "expresses writer's opinion": 1}
        pairs = [(r, meaning.get(str(r["label_opinion"]).replace("’", "'").strip().lower())) for r in rows]
        kept = [(r, v) for r, v in pairs if v is not None]
        return sentence_report(
            "BABE", "entirely factual against writer's opinion, zero-shot", model_of(model, "opinion"),
            [r for r, _ in kept], [v for _, v in kept], by=("outlet", "topic"), resamples=resamples,
        )  # fmt: skip
    return sentence_report(
        "BABE", "sentence bias, official metric macro-F1", model_of(model, "bias"), rows,
        [int(r["label"]) for r in rows], published=_PUBLISHED, by=("outlet", "topic"), resamples=resamples,
    )  # fmt: skip

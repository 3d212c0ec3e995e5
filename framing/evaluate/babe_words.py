"""BABE: the words that experts marked as biased.

Spinde et al. (2021), "Neural Media Bias Detection Using Distant Supervision With
BABE", Findings of EMNLP. Measured on, never trained on.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from framing.evaluate._rows import read_rows
from framing.evaluate._spans import Text, spans_report
from framing.evaluate.metrics import EvaluationReport

__all__ = ["DESCRIPTION", "NAME", "evaluate"]

NAME = "babe-words"
DESCRIPTION = "BABE: biased words (recall, rate on sentences labelled not biased)"


def evaluate(path: str | Path) -> EvaluationReport:
    """Recall of loaded terms on the biased words; clean: sentences labelled not biased in which no word is marked."""
    texts = []
    for row in read_rows(path, ("text", "label", "biased_spans")):
        spans = [(a, b, "biased word") for a, b in map(_pair, row["biased_spans"])]
        clean = [(0, len(row["text"]))] if int(row["label"]) == 0 and not spans else []
        texts.append(Text(row["text"], spans if int(row["label"]) == 1 else [], clean))
    return spans_report("BABE words", "biased words of biased sentences, by overlap", texts)


def _pair(span: Any) -> tuple[int, int]:
    if isinstance(span, dict):
        return int(span["start"]), int(span["end"])
    return int(span[0]), int(span[1])

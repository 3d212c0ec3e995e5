"""BASIL: spans of lexical bias, in the outlet's own voice and in quotations.

Fan et al. (2019), "In Plain Sight: Media Bias Through the Lens of Factual
Reporting", EMNLP. Measured on, never trained on.
"""

from __future__ import annotations

from pathlib import Path

from framing.evaluate._rows import read_rows
from framing.evaluate._spans import Text, spans_report
from framing.evaluate.metrics import EvaluationReport

__all__ = ["DESCRIPTION", "NAME", "evaluate"]

NAME = "basil-spans"
DESCRIPTION = "BASIL: spans of lexical bias, own voice against quoted (recall, rate on clean sentences)"


def evaluate(path: str | Path) -> EvaluationReport:
    """Recall of loaded terms on BASIL's lexical spans; clean: sentences without any bias span."""
    texts = []
    for row in read_rows(path, ("text", "spans")):
        spans = [
            (s["start"], s["end"], "own voice" if s.get("quote") == "no" else "quoted")
            for s in row["spans"]
            if s["bias"] == "lex"
        ]
        clean = [] if row["spans"] else [(0, len(row["text"]))]
        texts.append(Text(row["text"], spans, clean))
    return spans_report("BASIL spans", "lexical bias spans against sentences without any, by overlap", texts)

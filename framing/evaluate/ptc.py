"""PTC: loaded language and name calling, as spans in whole articles.

Da San Martino et al. (2019), "Fine-Grained Analysis of Propaganda in News
Article", EMNLP; SemEval-2020 task 11. Measured on, never trained on.
"""

from __future__ import annotations

from pathlib import Path

from framing.article import Article
from framing.evaluate._rows import read_rows
from framing.evaluate._spans import Text, spans_report
from framing.evaluate.metrics import EvaluationReport, Published
from framing.segment import sentences
from framing.tokens import tokenise

__all__ = ["DESCRIPTION", "NAME", "evaluate"]

NAME = "ptc"
DESCRIPTION = "PTC: loaded language and name calling (recall of spans, rate on clean sentences)"
_CLASSES = {"Loaded_Language": "loaded language", "Name_Calling,Labeling": "name calling"}
_PUBLISHED = (
    Published("best system of SemEval-2020 task 11, all spans", "span f1", 0.516,
              "Da San Martino et al. 2020, https://aclanthology.org/2020.semeval-1.186"),
)  # fmt: skip


def evaluate(path: str | Path) -> EvaluationReport:
    """Recall of loaded terms on two techniques' spans; clean: sentences without a span of any technique."""
    texts = []
    for row in read_rows(path, ("text", "spans")):
        text = row["text"]
        spans = [(s["start"], s["end"], _CLASSES[s["technique"]]) for s in row["spans"] if s["technique"] in _CLASSES]
        every = sorted((s["start"], s["end"]) for s in row["spans"])
        clean = [
            (s.start, s.end)
            for s in sentences(Article(text=text), tokenise(text))
            if not any(a < s.end and s.start < b for a, b in every)
        ]
        texts.append(Text(text, spans, clean))
    report = spans_report("PTC", "spans of loaded language and name calling, by overlap", texts)
    report.published = _PUBLISHED
    return report

"""NewsDiscourse: sentences that evaluate without a source.

Choubey et al. (2020), "Discourse as a Function of Event: Profiling Discourse
Structure in News Articles around the Main Event", ACL. Measured on, never trained on.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from framing.evaluate._rows import model_of, read_rows, sentence_report
from framing.evaluate.metrics import EvaluationReport, auc

if TYPE_CHECKING:
    from framing.classify import Classifier

__all__ = ["DESCRIPTION", "NAME", "evaluate"]

NAME = "newsdiscourse"
DESCRIPTION = "NewsDiscourse: unattributed Evaluation against other unattributed sentences (AUC)"


def evaluate(
    path: str | Path, model: Classifier | str | Path | None = None, *, resamples: int = 1000
) -> EvaluationReport:
    """Judge ``model`` (default: the shipped ``opinion``) on sentences without the speech flag.

    The flag misses reported speech: many such sentences stand in quotation
    marks. ``auc_without_quotation_marks`` leaves those out, ``auc_against_all``
    takes every other sentence as negative.
    """
    import numpy as np

    classifier = model_of(model, "opinion")
    rows = [
        r for r in read_rows(path, ("text", "role", "speech"))
        if r["role"] is not None and not r.get("is_headline") and r["text"].strip()
    ]  # fmt: skip
    own = [r for r in rows if not r["speech"]]
    report = sentence_report(
        "NewsDiscourse", "Distant_Evaluation without speech against other sentences without speech, zero-shot",
        classifier, own, [int(r["role"] == "Distant_Evaluation") for r in own], resamples=resamples,
    )  # fmt: skip
    for name, part in (
        ("auc_without_quotation_marks", [r for r in own if not any(c in r["text"] for c in '"“”')]),
        ("auc_against_all", rows),
    ):
        label = np.array([r["role"] == "Distant_Evaluation" and not r["speech"] for r in part])
        report.figures[name] = auc(label, classifier.predict_proba([r["text"] for r in part]))
    return report

"""Readings: sentences in which the outlet judges, interprets or speculates, held apart by outlet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from framing.classify.examples import read_examples
from framing.evaluate._rows import grouped, model_of, sentence_report
from framing.evaluate.metrics import EvaluationReport, judge, reliability

if TYPE_CHECKING:
    from framing.classify import Classifier

__all__ = ["DESCRIPTION", "NAME", "evaluate"]

NAME = "readings-opinion"
DESCRIPTION = "Opinion sentences of read articles; without a model: five folds held apart by outlet (AUC)"


def evaluate(
    path: str | Path,
    model: Classifier | str | Path | None = None,
    *,
    auxiliary: str | Path | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> EvaluationReport:
    """Judge ``model`` on readings it has not seen, or, with none given, the recipe itself.

    The recipe is trained five times with a fifth of the outlets held apart.
    ``auxiliary``: a file labelled for bias whose model is a feature, as in the
    shipped one.
    """
    examples = read_examples(path, "opinion")
    labels = [e.label for e in examples]
    if model is not None:
        rows = [{"text": e.text, "outlet": e.group} for e in examples]
        return sentence_report(
            "readings", "opinion sentences", model_of(model, "opinion"), rows, labels, by=("outlet",),
            resamples=resamples,
        )  # fmt: skip
    import numpy as np

    from framing.classify.calibrate import platt
    from framing.classify.fit import RECIPES, cross_validate, neighbours

    bases = neighbours([auxiliary] if auxiliary else [], seed=seed)
    decision, label = cross_validate("opinion", examples, RECIPES["opinion"], bases=bases, seed=seed, grouped=True)
    a, c = platt(decision, label)
    probability = 1 / (1 + np.exp(-(a * decision + c)))
    figures, intervals = judge(label, probability, resamples=resamples)
    report = EvaluationReport(
        "readings", "opinion sentences, five folds held apart by outlet", "recipe opinion", figures, intervals,
        reliability(label, probability),
        notes=["the two parameters of the calibration see all folds; AUC does not depend on them"],
    )  # fmt: skip
    report.tables["by outlet"] = grouped([e.group for e in examples], label, probability, 0.5)
    return report

"""Readings: sentences in which the outlet judges, interprets or speculates, held apart by outlet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from framing.classify.examples import read_examples
from framing.evaluate._rows import folded_report, model_of, sentence_report
from framing.evaluate.metrics import EvaluationReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framing.classify import Classifier

__all__ = ["DESCRIPTION", "NAME", "evaluate"]

NAME = "readings-opinion"
DESCRIPTION = "Opinion sentences of read articles; without a model: five folds held apart by outlet (AUC)"


def evaluate(
    path: str | Path,
    model: Classifier | str | Path | None = None,
    *,
    folds: int | None = None,
    auxiliary: Sequence[str | Path] = (),
    resamples: int = 1000,
    seed: int = 0,
) -> EvaluationReport:
    """Judge ``model`` on readings it has not seen, or, with none given, the recipe itself.

    The recipe is trained five times (``folds``) with a fifth of the outlets held
    apart, and once more with random folds beside. ``auxiliary``: files of
    neighbouring questions whose models are features, as in the shipped one.
    """
    examples = read_examples(path, "opinion")
    labels = [e.label for e in examples]
    if model is not None:
        rows = [{"text": e.text, "outlet": e.group} for e in examples]
        return sentence_report(
            "readings", "opinion sentences", model_of(model, "opinion"), rows, labels, by=("outlet",),
            resamples=resamples,
        )  # fmt: skip
    return folded_report(
        "readings", "opinion sentences", "opinion", [e.text for e in examples], labels,
        {"outlet": [e.group for e in examples], "random": ()},
        auxiliary=auxiliary, folds=folds or 5, resamples=resamples, seed=seed,
    )  # fmt: skip

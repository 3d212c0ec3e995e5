"""What the sentence benchmarks share: reading rows, scoring, grouping."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.errors import InputError
from framing.evaluate.metrics import EvaluationReport, Published, auc, judge, macro_f1, reliability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from framing.classify import Classifier

__all__ = ["folded_report", "grouped", "model_of", "read_rows", "sentence_report"]


def read_rows(path: str | Path, needs: Sequence[str]) -> list[dict[str, Any]]:
    """JSON lines (or a CSV), gzipped or not, each row with the keys ``needs``. Raises :class:`InputError`."""
    import csv

    path = Path(path)
    rows: list[dict[str, Any]] = []
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8-sig")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8-sig") as lines
        ):
            if path.name.removesuffix(".gz").endswith(".csv"):
                rows = list(csv.DictReader(lines))
            else:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        try:
                            rows.append(json.loads(line))
                        except ValueError as error:
                            raise InputError(f"{path}:{number}: not JSON: {error}") from error
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot read: {error}") from error
    if not rows:
        raise InputError(f"{path}: holds no row")
    for number, row in enumerate(rows, 1):
        missing = [k for k in needs if k not in row]
        if missing:
            raise InputError(f"{path}:{number}: has no {', '.join(missing)}; is this the benchmark's own file?")
    return rows


def model_of(model: Classifier | str | Path | None, default: str) -> Classifier:
    """The classifier meant: an object, a name or path, or the shipped ``default``."""
    from framing.classify import Classifier, classifier

    return model if isinstance(model, Classifier) else classifier(model or default)


def sentence_report(
    benchmark: str,
    protocol: str,
    model: Classifier,
    rows: Sequence[dict[str, Any]],
    labels: Sequence[int],
    *,
    published: Sequence[Published] = (),
    by: Sequence[str] = (),
    notes: Sequence[str] = (),
    resamples: int = 1000,
) -> EvaluationReport:
    """Score ``rows`` with ``model``, judge them against ``labels`` (0 or 1); ``by``: keys to break figures down by."""
    import numpy as np

    label = np.array(labels, dtype=np.int64)
    probability = model.predict_proba([str(r["text"]) for r in rows])
    figures, intervals = judge(label, probability, model.threshold, resamples=resamples)
    report = EvaluationReport(
        benchmark, protocol, model.signature, figures, intervals, reliability(label, probability), published,
        notes=list(notes),
    )  # fmt: skip
    for key in by:
        report.tables[f"by {key}"] = grouped([str(r.get(key)) for r in rows], label, probability, model.threshold)
    return report


def folded_report(
    benchmark: str,
    protocol: str,
    name: str,
    texts: Sequence[str],
    labels: Sequence[int],
    by: Mapping[str, Sequence[str]],
    *,
    auxiliary: Sequence[str | Path] = (),
    folds: int = 5,
    published: Sequence[Published] = (),
    resamples: int = 1000,
    seed: int = 0,
) -> EvaluationReport:
    """Train the recipe ``name`` on the benchmark's own rows, fold by fold, and judge the part left out.

    ``by``: what a fold may not split, title -> group of each row; the first is the
    one that the figures and the reliability curve are of. A title ``"random"``
    with no groups: stratified folds at random, the official protocol where that is
    a random split. Random folds flatter where an outlet or a topic is on both
    sides, so the grouped ones stand beside them. Calibration and threshold of a
    fold come from the other folds. ``auxiliary``: files of neighbouring questions.
    """
    import numpy as np

    from framing.classify.examples import Example
    from framing.classify.fit import RECIPES, Recipe, cross_fitted, cross_validate, neighbours

    recipe = RECIPES.get(name, Recipe())
    bases = neighbours(auxiliary, power=recipe.power, seed=seed)
    report: EvaluationReport | None = None
    table: dict[str, dict[str, float]] = {}
    for title, groups in by.items():
        of = groups or [""] * len(texts)
        rows = [Example(t, y, g) for t, y, g in zip(texts, labels, of, strict=True)]
        decision, label, fold = cross_validate(
            name, rows, recipe, bases=bases, seed=seed, folds=folds, grouped=bool(groups)
        )
        probability, threshold = cross_fitted(name, decision, label, fold)
        # One threshold for all folds: shift the odds of each fold so that its own threshold becomes .5.
        level = np.log(threshold / (1 - threshold))
        shifted = 1 / (1 + np.exp(-np.clip(np.log(probability / (1 - probability)) - level, -500, 500)))
        figures, intervals = judge(label, shifted, resamples=resamples)
        figures["brier"] = float(((probability - label) ** 2).mean())
        figures["auc"] = auc(label, decision)
        figures["threshold"] = float(np.mean(threshold))
        if report is None:
            report = EvaluationReport(
                benchmark, f"{protocol}; trained by {folds} folds, {title}", f"recipe {name}", figures, intervals,
                reliability(label, probability), published,
            )  # fmt: skip
        table[title] = {
            **{k: float(figures[k]) for k in ("macro_f1", "f1", "auc", "brier")},
            "macro_f1_low": intervals["macro_f1"][0],
            "macro_f1_high": intervals["macro_f1"][1],
        }
    assert report is not None, "no way to split"
    report.tables["by what a fold may not split"] = table
    if auxiliary:
        report.notes.append(f"neighbours: {', '.join(Path(a).name for a in auxiliary)}")
    return report


def grouped(groups: Sequence[str], label: Any, probability: Any, threshold: float) -> dict[str, dict[str, float]]:
    """Figures of each group of 30 rows or more, by name."""
    import numpy as np

    of = np.array(groups)
    out: dict[str, dict[str, float]] = {}
    for group in sorted(set(groups)):
        at = of == group
        if int(at.sum()) >= 30:
            out[group] = {
                "n": int(at.sum()),
                "positive": float(label[at].mean()),
                "macro_f1": macro_f1(label[at], probability[at] >= threshold),
                "auc": auc(label[at], probability[at]),
            }
    return out

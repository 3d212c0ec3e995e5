"""What the sentence benchmarks share: reading rows, scoring, grouping."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.errors import InputError
from framing.evaluate.metrics import EvaluationReport, Published, auc, judge, macro_f1, reliability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framing.classify import Classifier

__all__ = ["grouped", "model_of", "read_rows", "sentence_report"]


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

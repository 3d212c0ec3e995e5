"""Alignment judged on twenty-two pairs of same-event articles, and the fit of its weights.

``alignment_judged.jsonl`` beside this file holds what a reader found on the development part of the AllSides same-event
groups (events whose crc32 leaves a remainder by 5): which stretches of two articles report the same, as offsets, and
whether that is plain (``agreed``) or could be argued. No text is in it; the articles are read from the file given.
Figures are taken with each pair of articles left out of the fit in turn.

    python -m framing.evaluate.alignment events.jsonl.gz       # prints the figures and the weights of framing.align
"""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing import align
from framing.analysis import analyse
from framing.article import Article
from framing.errors import InputError
from framing.evaluate.metrics import EvaluationReport

if TYPE_CHECKING:
    import numpy as np

__all__ = ["DESCRIPTION", "NAME", "Case", "cases", "evaluate", "fit"]

NAME = "alignment"
DESCRIPTION = "AllSides same-event groups: which clauses of two articles report the same (leave one pair out)"
JUDGED = Path(__file__).with_name("alignment_judged.jsonl")
# Strength of the ridge penalty, chosen on the same pairs: the figures are flat from .02 to .15.
PENALTY = 0.05
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """Two articles: their units, the features of candidate pairs, and the judged pairs (agreed, span, span)."""

    a: list[align.Unit]
    b: list[align.Unit]
    features: dict[tuple[int, int], tuple[float, ...]]
    judged: list[tuple[bool, Span, Span]]


def cases(path: str | Path) -> list[Case]:
    """The judged pairs with their articles from ``path`` (JSON lines, one event a line with ``articles``)."""
    rows: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for line in JUDGED.read_text("utf-8").splitlines():
        row = json.loads(line)
        rows.setdefault((row["event"], row["a"], row["b"]), []).append(row)
    wanted = {event for event, _, _ in rows}
    texts: dict[tuple[str, str], Article] = {}
    path = Path(path)
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["event"] in wanted:
                    for a in record["articles"]:
                        texts[record["event"], a["id"]] = Article(
                            text=a["text"], title=a.get("title"), outlet=a.get("source"), id=a["id"]
                        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: no same-event groups as JSON lines ({error})") from None
    out = []
    for (event, first, second), judged in rows.items():
        if (event, first) not in texts or (event, second) not in texts:
            raise InputError(f"{path}: holds no articles {first} and {second} of event {event}")
        ua, ub = (align.units(analyse(texts[event, name])) for name in (first, second))
        spans = [(r["agreed"], (r["a_start"], r["a_end"]), (r["b_start"], r["b_end"])) for r in judged]
        out.append(Case(ua, ub, align.features(ua, ub), spans))
    return out


def _meet(u: align.Unit, span: Span) -> bool:
    return u.start < span[1] and span[0] < u.end


def _label(case: Case, i: int, j: int) -> int:
    """1 for a pair that is plainly the same, -1 for one that could be argued, 0 otherwise."""
    found = [agreed for agreed, x, y in case.judged if _meet(case.a[i], x) and _meet(case.b[j], y)]
    return 1 if any(found) else -1 if found else 0


def fit(train: list[Case], penalty: float = PENALTY) -> np.ndarray:
    """Weights in the order of ``framing.align.FEATURES``, arguable pairs left out."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows = [(v[1:], label) for c in train for k, v in c.features.items() if (label := _label(c, *k)) >= 0]
    x, y = np.array([v for v, _ in rows]), np.array([label for _, label in rows])
    mean: Any = x.mean(axis=0)
    spread: Any = x.std(axis=0) + 1e-9
    model = LogisticRegression(C=penalty, max_iter=5000).fit((x - mean) / spread, y)
    weights = model.coef_[0] / spread
    return np.concatenate([[model.intercept_[0] - float(weights @ mean)], weights])


def _count(case: Case, weights: Any, least: float) -> tuple[int, int, int, int]:
    """(pairs that are right, pairs marked, judged pairs found, judged pairs); arguable ones count neither way."""
    marked = [k for k, v in case.features.items() if align.likelihood(weights, v) >= least]
    labels = [_label(case, *k) for k in marked]
    agreed = [(x, y) for sure, x, y in case.judged if sure]
    found = sum(any(_meet(case.a[i], x) and _meet(case.b[j], y) for i, j in marked) for x, y in agreed)
    return sum(v == 1 for v in labels), sum(v >= 0 for v in labels), found, len(agreed)


def evaluate(path: str | Path) -> EvaluationReport:
    """Precision, recall and F1 by overlap, each pair of articles judged by weights fitted on the others."""
    found = cases(path)
    total = [0, 0, 0, 0]  # as _count gives them
    for case in found:
        weights: Any = fit([c for c in found if c is not case])
        total = [t + k for t, k in zip(total, _count(case, weights, align.LEAST), strict=True)]
    good, marked, hit, gold = total
    precision, recall = good / max(1, marked), hit / max(1, gold)
    figures = {
        "precision": precision,
        "recall": recall,
        "F1": 2 * precision * recall / max(1e-9, precision + recall),
        "pairs of articles": len(found),
        "judged pairs": gold,
        "marked pairs": marked,
    }
    return EvaluationReport(
        "AllSides alignment",
        "clauses of two articles that report the same; a hit overlaps on both sides",
        "framing.align, weights fitted without the pair of articles that is judged",
        figures,
        notes=["one reader; features and threshold were chosen on the same pairs, so expect a little less elsewhere"],
    )


if __name__ == "__main__":
    print(evaluate(sys.argv[1]).text())
    print("WEIGHTS = (" + ", ".join(f"{w:.3f}" for w in fit(cases(sys.argv[1]))) + ")")

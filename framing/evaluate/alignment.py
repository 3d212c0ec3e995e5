"""Alignment judged on seventy-eight pairs of same-event articles, and the fit of its weights.

``alignment_judged.jsonl`` beside this file holds what a reader found on the development part of the AllSides same-event
groups (events whose crc32 leaves a remainder by 5): which stretches of two articles report the same, as offsets,
whether that is plain (``agreed``) or could be argued, and for fifty-six pairs of articles the relation. No text is in
it; the articles are read from the file given. Figures are by folds that keep an event together;
both models are fitted without the fold that is judged.

    python -m framing.evaluate.alignment events.jsonl.gz   # prints the figures, writes the weights
"""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framing import align
from framing.analysis import analyse
from framing.article import Article
from framing.errors import InputError
from framing.evaluate.metrics import EvaluationReport

__all__ = ["DESCRIPTION", "NAME", "Case", "cases", "evaluate", "fit", "write"]

NAME = "alignment"
DESCRIPTION = "AllSides same-event groups: which clauses of two articles report the same (five folds of events)"
JUDGED = Path(__file__).with_name("alignment_judged.jsonl")
# Strength of the ridge penalty: the figures are flat from .05 to .5.
PENALTY = 0.2
FOLDS = 5
# Likelihood from which a pair is marked. F1 on the judged pairs is flat (.58-.60) from .2 to .4; the lower end is
# taken because a pair that is missed makes an outlet seem the only one to say something.
LEAST = 0.225
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """Two articles: their units, the features of candidate pairs, and the judged pairs (agreed, span, span).

    ``labels``: of every candidate, 1 plainly the same, -1 arguable, 0 not; ``relations``: of every plain pair whose
    relation was judged, that relation and ours of the candidates that overlap it.
    """

    a: list[align.Unit]
    b: list[align.Unit]
    features: dict[tuple[int, int], tuple[float, ...]]
    judged: list[tuple[bool, Span, Span]]
    labels: list[int]
    relations: list[tuple[str, dict[tuple[int, int], str]]]


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
        a, b = (analyse(texts[event, name]) for name in (first, second))
        ua, ub = align.units(a), align.units(b)
        spans = [(r["agreed"], (r["a_start"], r["a_end"]), (r["b_start"], r["b_end"])) for r in judged]
        values = align.features(ua, ub)
        labels = [_label(spans, ua[i], ub[j]) for i, j in values]
        relations = []
        for row, (sure, x, y) in zip(judged, spans, strict=True):
            if sure and "relation" in row:
                near = [k for k in values if _meet(ua[k[0]], x) and _meet(ub[k[1]], y)]
                relations.append((row["relation"], {k: align.relation(a, b, ua[k[0]], ub[k[1]]) for k in near}))
        out.append(Case(ua, ub, values, spans, labels, relations))
    return out


def _meet(u: align.Unit, span: Span) -> bool:
    return u.start < span[1] and span[0] < u.end


def _label(judged: list[tuple[bool, Span, Span]], u: align.Unit, v: align.Unit) -> int:
    found = [agreed for agreed, x, y in judged if _meet(u, x) and _meet(v, y)]
    return 1 if any(found) else -1 if found else 0


def _logistic(rows: list[tuple[tuple[float, ...], int]]) -> tuple[float, ...]:
    """Weights of the columns, the first of which is 1; arguable pairs are left out."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    x = np.array([v[1:] for v, label in rows if label >= 0])
    y = np.array([label for _, label in rows if label >= 0])
    mean: Any = x.mean(axis=0)
    spread: Any = x.std(axis=0) + 1e-9
    model = LogisticRegression(C=PENALTY, max_iter=5000).fit((x - mean) / spread, y)
    weights = model.coef_[0] / spread
    return (float(model.intercept_[0] - weights @ mean), *(float(w) for w in weights))


def _folds(size: int) -> list[set[int]]:
    return [set(range(k, size, FOLDS)) for k in range(min(FOLDS, size))]


def _first(train: list[Case]) -> tuple[float, ...]:
    return _logistic([(v, label) for c in train for v, label in zip(c.features.values(), c.labels, strict=True)])


def _likely(case: Case, weights: tuple[float, ...]) -> dict[tuple[int, int], float]:
    return {k: align.likelihood(weights, v) for k, v in case.features.items()}


def _support(case: Case, first: tuple[float, ...]) -> list[tuple[float, ...]]:
    """What the second model sees of every candidate."""
    return list(align.support(_likely(case, first), case.a, case.b).values())


def fit(train: list[Case]) -> align.Weights:
    """Both models; the second learns from likelihoods of cases that the first had not seen."""
    rows: list[tuple[tuple[float, ...], int]] = []
    for fold in _folds(len(train)):
        first = _first([c for k, c in enumerate(train) if k not in fold] or train)
        for k in sorted(fold):
            rows.extend(zip(_support(train[k], first), train[k].labels, strict=True))
    return align.Weights(_first(train), _logistic(rows), LEAST)


def _count(case: Case, likely: list[float], least: float) -> tuple[int, int, int, int]:
    """(pairs that are right, pairs marked, judged pairs found, judged pairs); arguable ones count neither way."""
    marked = [(k, label) for k, label, p in zip(case.features, case.labels, likely, strict=True) if p >= least]
    agreed = [(x, y) for sure, x, y in case.judged if sure]
    found = sum(any(_meet(case.a[i], x) and _meet(case.b[j], y) for (i, j), _ in marked) for x, y in agreed)
    return sum(label == 1 for _, label in marked), sum(label >= 0 for _, label in marked), found, len(agreed)


def _named(case: Case, likely: dict[tuple[int, int], float], least: float) -> list[tuple[str, str]]:
    """Relation judged and ours for every judged pair that is found; of several candidates the likeliest counts."""
    out = []
    for relation, ours in case.relations:
        marked = [k for k in ours if likely[k] >= least]
        if marked:
            out.append((relation, ours[max(marked, key=lambda k: likely[k])]))
    return out


def evaluate(path: str | Path) -> EvaluationReport:
    """Precision, recall and F1 by overlap, each fold of events judged by what was fitted on the others."""
    found = cases(path)
    total = [0, 0, 0, 0]  # as _count gives them
    named: list[list[tuple[str, str]]] = []  # by folds: relation judged, and ours
    for fold in _folds(len(found)):
        weights = fit([c for k, c in enumerate(found) if k not in fold] or found)
        named.append([])
        for k in fold:
            likely = [align.likelihood(weights.second, v) for v in _support(found[k], weights.first)]
            named[-1].extend(_named(found[k], dict(zip(found[k].features, likely, strict=True)), weights.least))
            total = [t + n for t, n in zip(total, _count(found[k], likely, weights.least), strict=True)]
    good, marked, hit, gold = total
    precision, recall = good / max(1, marked), hit / max(1, gold)
    pairs = [pair for fold in named for pair in fold]
    right = [sum(a == b for a, b in fold) / len(fold) for fold in named if fold]
    figures = {
        "precision": precision,
        "recall": recall,
        "F1": 2 * precision * recall / max(1e-9, precision + recall),
        "pairs of articles": len(found),
        "judged pairs": gold,
        "marked pairs": marked,
        "relation": sum(a == b for a, b in pairs) / max(1, len(pairs)),
        "relation, worst fold": min(right, default=0.0),
        "relation, best fold": max(right, default=0.0),
        "relation, always reworded": sum(a == "reworded" for a, _ in pairs) / max(1, len(pairs)),
        "relations judged": len(pairs),
    }
    return EvaluationReport(
        "AllSides alignment",
        "clauses of two articles that report the same; a hit overlaps on both sides",
        "framing.align, weights fitted without the fold of events that is judged",
        figures,
        notes=["one reader; the features were chosen on the same pairs, so expect a little less elsewhere"],
    )


def write(weights: align.Weights, path: Path = align.WEIGHTS) -> None:
    """Write the weights for :func:`framing.align.load_weights`; the same weights give the same bytes."""
    data = {
        "first": {name: round(w, 4) for name, w in zip(align.FEATURES, weights.first, strict=True)},
        "second": {name: round(w, 4) for name, w in zip(align.SUPPORT, weights.second, strict=True)},
        "least": weights.least,
    }
    path.write_text(json.dumps(data, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    write(fit(cases(sys.argv[1])))
    print(evaluate(sys.argv[1]).text())

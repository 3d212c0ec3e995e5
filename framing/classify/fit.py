"""Train a classifier with scikit-learn and fold it into one table of weights.

Every stage is a logistic regression over counts of phrases and of character
pieces, each feature scaled by how much it tells the classes apart (the
log-count ratio of naive Bayes; Wang & Manning 2012, "Baselines and Bigrams"),
each sentence divided by the square root of its length. A stage can have an
earlier stage's decision as one more feature (stacking): since both are sums over
the same table, the result is again one table, and nothing of scikit-learn is
needed to use it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.classify.calibrate import apply, platt
from framing.classify.examples import Example, read_examples
from framing.classify.features import PIECES, document, pieceable
from framing.classify.model import Classifier
from framing.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

__all__ = ["RECIPES", "Recipe", "blend", "cross_validate", "fit", "train"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one stage is fitted. ``scale``: of phrases of 1, 2, 3 units and of pieces (0: left out).

    ``minimum``: sentences a phrase of 1, 2, 3 units, and words a piece, must
    occur in. ``c``: inverse strength of the L2 penalty. ``stack``: scale of the
    base's decision as a feature.
    """

    scale: tuple[float, float, float, float] = (1.0, 0.5, 0.0, 0.3)
    minimum: tuple[int, int, int, int] = (2, 3, 4, 4)
    c: float = 0.5
    power: float = 0.5
    smooth: float = 0.2
    stack: float = 0.3


RECIPES = {
    "bias": Recipe(),
    "opinion": Recipe(c=1.0),
    "certainty": Recipe(scale=(1.0, 1.0, 1.0, 0.3), minimum=(2, 2, 2, 4), c=1.0),
}


def fit(
    name: str,
    examples: Sequence[Example],
    recipe: Recipe,
    *,
    base: Classifier | None = None,
    weights: Sequence[float] | None = None,
    seed: int = 0,
) -> Classifier:
    """One stage: an uncalibrated :class:`Classifier`. ``weights``: of the examples, default 1 each."""
    import numpy as np
    from scipy import sparse
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    label = np.array([e.label for e in examples])
    if len(set(label.tolist())) < 2:
        raise InputError(f"{name}: every label is the same; a classifier needs sentences with label 1 and with label 0")
    documents = [document(e.text) for e in examples]
    length = np.array([d.count(" ") + 1.0 for d in documents])

    blocks: list[csr_matrix] = []
    names: list[tuple[str, str]] = []
    scales: list[NDArray[np.float64]] = []

    def add(kind: str, matrix: Any, vocabulary: Any, scale: float) -> None:
        blocks.append(matrix)
        names.extend((kind, str(v)) for v in vocabulary)
        scales.append(scale * _ratio(matrix, label, recipe.smooth))

    for n in (1, 2, 3):
        if recipe.scale[n - 1]:
            counter = CountVectorizer(
                tokenizer=str.split, token_pattern=None, lowercase=False, ngram_range=(n, n),
                min_df=min(recipe.minimum[n - 1], max(1, len(documents) // 4)), dtype=np.float64,
            )  # fmt: skip
            try:
                matrix = counter.fit_transform(documents)
            except ValueError:  # no phrase is frequent enough
                continue
            add("phrase", matrix.tocsr(), counter.get_feature_names_out(), recipe.scale[n - 1])
    if recipe.scale[3]:
        words = sorted({w for d in documents for w in d.split() if pieceable(w)})
        counter = CountVectorizer(
            analyzer="char_wb", ngram_range=PIECES, lowercase=False,
            min_df=min(recipe.minimum[3], max(1, len(words) // 4)), dtype=np.float64,
        )  # fmt: skip
        by_word = CountVectorizer(
            tokenizer=str.split, token_pattern=None, lowercase=False, vocabulary=words, dtype=np.float64
        )
        # A word's pieces depend on the word alone: sentences x words times words x pieces.
        try:
            matrix = (by_word.transform(documents) @ counter.fit_transform(words)).tocsr()
            add("piece", matrix, counter.get_feature_names_out(), recipe.scale[3])
        except ValueError:  # no piece is in words enough
            pass
    if not blocks:
        raise InputError(f"{name}: no word occurs in two sentences; too little to learn from")

    scale = np.concatenate(scales)
    shrink = sparse.diags(length**-recipe.power)
    x = shrink @ sparse.hstack(blocks).tocsr() @ sparse.diags(scale)
    if base is not None:
        stacked = base.decision([e.text for e in examples]) * recipe.stack
        x = sparse.hstack([x, sparse.csr_matrix(stacked[:, None])])
    machine = LogisticRegression(C=recipe.c, solver="liblinear", dual=True, tol=1e-2, max_iter=400, random_state=seed)
    machine.fit(x.tocsr(), label, sample_weight=None if weights is None else np.asarray(weights))
    coefficients = machine.coef_[0]
    values = (coefficients[: len(scale)] * scale).tolist()
    model = Classifier(
        name=name,
        phrases={v: w for (kind, v), w in zip(names, values, strict=True) if kind == "phrase"},
        pieces={v: w for (kind, v), w in zip(names, values, strict=True) if kind == "piece"},
        intercept=float(machine.intercept_[0]),
        power=recipe.power,
    )
    if base is not None:
        factor = float(coefficients[-1]) * recipe.stack
        model = blend(name, [(model, 1.0), (base, factor)])
        model.meta["base_factor"] = factor
    return model


def _ratio(matrix: Any, label: NDArray[np.int64], smooth: float) -> NDArray[np.float64]:
    """Absolute log-count ratio of each column between the classes, plus ``smooth``."""
    import numpy as np

    p = np.asarray(matrix[label == 1].sum(axis=0)).ravel() + 1.0
    q = np.asarray(matrix[label == 0].sum(axis=0)).ravel() + 1.0
    result: NDArray[np.float64] = smooth + np.abs(np.log(p / p.sum()) - np.log(q / q.sum()))
    return result


def blend(name: str, parts: Sequence[tuple[Classifier, float]]) -> Classifier:
    """The weighted sum of several classifiers' decisions as one classifier. All must have one ``power``."""
    first = parts[0][0]
    if any(m.power != first.power for m, _ in parts):
        raise InputError(f"{name}: classifiers of different length scaling cannot be added up")
    phrases: dict[str, float] = {}
    pieces: dict[str, float] = {}
    for model, factor in parts:
        for total, table in ((phrases, model.phrases), (pieces, model.pieces)):
            for key, weight in table.items():
                total[key] = total.get(key, 0.0) + factor * weight
    intercept = sum(m.intercept * f for m, f in parts)
    return Classifier(name=name, phrases=phrases, pieces=pieces, intercept=intercept, power=first.power)


def train(
    name: str,
    data: Sequence[str | Path],
    *,
    auxiliary: Sequence[str | Path] = (),
    seed: int = 0,
    folds: int = 5,
    recipe: Recipe | None = None,
    prune: float = 0.0,
    meta: Mapping[str, Any] | None = None,
) -> Classifier:
    """Train, calibrate and return a classifier.

    ``name``: "opinion", "bias", "certainty", or a new name for labels of your own.
    ``data``: labelled files (see :func:`~framing.classify.examples.read_examples`).
    ``auxiliary``: files labelled for a neighbouring question; a model of them is
    fitted first and its decision is a feature. ``seed``: of solver and folds; the
    same data and seed give the same file. ``prune``: weights below this share of
    the largest are dropped.

    The calibration and ``meta["cross_validation"]`` come from out-of-fold
    decisions; folds keep the groups of the data (outlet, source, event, doc) together.
    """
    import numpy as np

    how = recipe or RECIPES.get(name, Recipe())
    rows: list[Example] = []
    readings: list[Path] = []
    for path in map(Path, data):
        if name == "bias" and _is_readings(path):
            readings.append(path)
        else:
            rows += read_examples(path, name)
    base = None
    if auxiliary:
        neighbours = [e for path in auxiliary for e in read_examples(path, "bias")]
        base = fit(f"{name}-auxiliary", neighbours, replace(RECIPES["bias"], power=how.power), seed=seed)
    if readings and not rows:
        rows, readings = [e for p in readings for e in read_examples(p, name)], []

    decision, label = cross_validate(name, rows, how, base=base, seed=seed, folds=folds)
    model = fit(name, rows, how, base=base, seed=seed)
    if base is not None:
        # More of the neighbour than the fit asks for: it carries to outlets and genres the data have not.
        model = blend(name, [(model, 1.0), (base, _NEIGHBOUR)])
        decision = decision + _NEIGHBOUR * base.decision([e.text for e in rows])
    if readings:
        model, decision = _with_readings(model, decision, [e.text for e in rows], readings, seed)
    figures = _figures(decision, label)
    a, c = platt(decision, label)
    apply(model, a, c)
    if prune:
        top = max(map(abs, model.phrases.values()))
        model.phrases = {k: w for k, w in model.phrases.items() if abs(w) >= prune * top}
        model.pieces = {k: w for k, w in model.pieces.items() if abs(w) >= prune * top}
    calibrated = 1 / (1 + np.exp(-(a * decision + c)))
    model.threshold = _threshold(calibrated, label) if name == "certainty" else 0.5
    model.meta = {
        "recipe": asdict(how),
        "seed": seed,
        "data": [Path(p).name for p in data],
        "auxiliary": [Path(p).name for p in auxiliary],
        "examples": len(label),
        "positive": int(label.sum()),
        "calibration": {"a": round(a, 6), "c": round(c, 6)},
        "cross_validation": {**figures, "brier": round(float(np.mean((calibrated - label) ** 2)), 4)},
        **(meta or {}),
    }
    return model


def _is_readings(path: Path) -> bool:
    import gzip
    import json

    if not path.name.removesuffix(".gz").endswith((".jsonl", ".json", ".ndjson")):
        return False
    try:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as stream:
            row = json.loads(stream.readline())
    except (OSError, EOFError, ValueError) as error:
        raise InputError(f"{path}: cannot read labelled sentences: {error}") from error
    return isinstance(row, dict) and "sentences" in row and "marks" in row


# How much the two models of the readings count beside the model of the labelled
# sentences. Chosen once, on development parts of BASIL and BABE; a flat optimum.
_LOADED, _OPINION = 0.3, 0.3
_NEIGHBOUR = 0.6


def _with_readings(
    model: Classifier,
    decision: NDArray[np.float64],
    texts: Sequence[str],
    readings: Sequence[Path],
    seed: int,
) -> tuple[Classifier, NDArray[np.float64]]:
    """Add what readers marked in whole articles: loaded words in narration, and opinion.

    Returns the sum, and its decision on ``texts`` with the part of ``model``
    replaced by its out-of-fold ``decision``, so that it can be calibrated.
    """
    shift = decision - model.decision(texts)
    parts = [(model, 1.0)]
    out = decision.copy()
    for label, weight in (("bias", _LOADED), ("opinion", _OPINION)):
        rows = [e for p in readings for e in read_examples(p, label)]
        part = fit(label, rows, RECIPES[label], base=model, seed=seed)
        parts.append((part, weight))
        out += weight * (part.decision(texts) + part.meta["base_factor"] * shift)
    return blend("bias", parts), out


def cross_validate(
    name: str,
    examples: Sequence[Example],
    recipe: Recipe,
    *,
    base: Classifier | None = None,
    seed: int = 0,
    folds: int = 5,
    grouped: bool | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Out-of-fold decisions and labels, shape (n,) each.

    ``grouped``: folds keep groups together (default: where the data have five
    groups or more); otherwise stratified at random.
    """
    import numpy as np
    from sklearn.model_selection import GroupKFold, StratifiedKFold

    label = np.array([e.label for e in examples], dtype=np.int64)
    groups = [e.group or f"#{i}" for i, e in enumerate(examples)]
    folds = min(folds, int(label.sum()), int((1 - label).sum()))
    if folds < 2:
        raise InputError(f"{name}: needs at least two sentences of each label, has {int(label.sum())} with label 1")
    if grouped is None:
        grouped = len(set(groups)) >= folds
    splitter: Any = (
        GroupKFold(folds, shuffle=True, random_state=seed)
        if grouped
        else StratifiedKFold(folds, shuffle=True, random_state=seed)
    )
    decision = np.zeros(len(label))
    for inside, outside in splitter.split(label, label, groups):
        model = fit(name, [examples[i] for i in inside], recipe, base=base, seed=seed)
        decision[outside] = model.decision([examples[i].text for i in outside])
    return decision, label


def _figures(decision: NDArray[np.float64], label: NDArray[np.int64]) -> dict[str, float]:
    from sklearn.metrics import average_precision_score, roc_auc_score

    return {
        "auc": round(float(roc_auc_score(label, decision)), 4),
        "average_precision": round(float(average_precision_score(label, decision)), 4),
    }


def _threshold(probability: NDArray[np.float64], label: NDArray[np.int64]) -> float:
    """The probability with the best F1 of the positive class (ties: the lowest)."""
    import numpy as np

    order = np.argsort(-probability, kind="stable")
    hits = np.cumsum(label[order])
    f1 = 2 * hits / (np.arange(1, len(label) + 1) + label.sum())
    best = int(np.argmax(f1))
    after = probability[order[min(best + 1, len(label) - 1)]]
    return round(float((probability[order[best]] + after) / 2), 6)

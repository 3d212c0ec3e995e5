"""Train a classifier with scikit-learn and fold it into one table of weights.

A classifier is a logistic regression over counts of phrases, of character pieces
and of word groups (:mod:`framing.classify.groups`), each feature scaled by how
much it tells the classes apart (the log-count ratio of naive Bayes; Wang &
Manning 2012, "Baselines and Bigrams"), each sentence divided by the square root
of its length. Classifiers of neighbouring questions can stand below it: their
decisions are features (stacking). All of that are sums over the same table, so
the result is again one table, and nothing of scikit-learn is needed to use it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.classify.calibrate import apply, platt
from framing.classify.examples import Example, is_readings, read_examples
from framing.classify.features import PIECES, document, narrated, pieceable
from framing.classify.groups import shipped
from framing.classify.model import Classifier
from framing.errors import InputError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

__all__ = ["RECIPES", "Recipe", "blend", "cross_fitted", "cross_validate", "fit", "neighbours", "train"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one classifier is fitted. ``scale``: of phrases of 1, 2, 3 units and of pieces (0: left out).

    ``minimum``: sentences a phrase of 1, 2, 3 units, and words a piece, must
    occur in. ``groups``: scale of the word groups. ``c``: inverse strength of
    the L2 penalty. ``stack``: scale of the neighbours' decisions as features.
    ``carry``: how much of each neighbour is added beyond what the fit asks for:
    none is best on texts like the training data, some on texts unlike them.
    ``narration``: learn from sentences without quotation marks only, for a
    classifier that is asked about the outlet's own words.
    """

    scale: tuple[float, float, float, float] = (1.0, 1.0, 0.0, 0.3)
    minimum: tuple[int, int, int, int] = (2, 2, 4, 4)
    groups: float = 1.0
    c: float = 0.5
    power: float = 0.5
    smooth: float = 0.2
    stack: float = 0.5
    carry: float = 0.0
    narration: bool = False


RECIPES = {
    "bias": Recipe(),
    "opinion": Recipe(c=1.0, narration=True),
    "certainty": Recipe(scale=(1.0, 1.0, 1.0, 0.3), c=1.0),
}


def fit(
    name: str,
    examples: Sequence[Example],
    recipe: Recipe,
    *,
    bases: Sequence[Classifier] = (),
    seed: int = 0,
) -> Classifier:
    """An uncalibrated :class:`Classifier`. ``bases``: classifiers whose decisions are features."""
    import numpy as np
    from scipy import sparse
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    if recipe.narration:
        examples = [e for e in examples if narrated(e.text)] or examples
    label = np.array([e.label for e in examples])
    if len(set(label.tolist())) < 2:
        raise InputError(f"{name}: every label is the same; a classifier needs sentences with label 1 and with label 0")
    weights = np.array([e.weight for e in examples])
    documents = [document(e.text) for e in examples]
    length = np.array([d.count(" ") + 1.0 for d in documents])

    blocks: list[csr_matrix] = []
    names: list[tuple[str, Sequence[str]]] = []
    scales: list[NDArray[np.float64]] = []

    def add(kind: str, matrix: Any, vocabulary: Sequence[str], scale: float) -> None:
        blocks.append(matrix)
        names.append((kind, vocabulary))
        scales.append(scale * _ratio(matrix, label, weights, recipe.smooth))

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
            add("phrase", matrix.tocsr(), counter.get_feature_names_out().tolist(), recipe.scale[n - 1])
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
            add("piece", matrix, counter.get_feature_names_out().tolist(), recipe.scale[3])
        except ValueError:  # no piece is in words enough
            pass
    if not blocks:
        raise InputError(f"{name}: no word occurs in two sentences; too little to learn from")
    groups = shipped() if recipe.groups else None
    if groups is not None:
        counter = CountVectorizer(
            tokenizer=str.split, token_pattern=None, lowercase=False, ngram_range=(1, 3), vocabulary=groups.phrases,
            dtype=np.float64,
        )  # fmt: skip
        add("group", (counter.transform(documents) @ groups.members).tocsr(), groups.names, recipe.groups)

    scale = np.concatenate(scales)
    shrink = sparse.diags(length**-recipe.power)
    x = shrink @ sparse.hstack(blocks).tocsr() @ sparse.diags(scale)
    if bases:
        texts = [e.text for e in examples]
        below = np.column_stack([b.decision(texts) for b in bases]) * recipe.stack
        x = sparse.hstack([x, sparse.csr_matrix(below)])
    machine = LogisticRegression(C=recipe.c, solver="liblinear", dual=True, tol=1e-2, max_iter=400, random_state=seed)
    machine.fit(x.tocsr(), label, sample_weight=weights)
    values = machine.coef_[0][: len(scale)] * scale
    phrases: dict[str, float] = {}
    pieces: dict[str, float] = {}
    at = 0
    for kind, vocabulary in names:
        part = values[at : at + len(vocabulary)]
        at += len(vocabulary)
        if kind == "group" and groups is not None:
            vocabulary, part = groups.phrases, groups.members @ part
        table = pieces if kind == "piece" else phrases
        for key, weight in zip(vocabulary, part.tolist(), strict=True):
            table[key] = table.get(key, 0.0) + weight
    model = Classifier(
        name=name, phrases=phrases, pieces=pieces, intercept=float(machine.intercept_[0]), power=recipe.power
    )
    factors = machine.coef_[0][len(scale) :] * recipe.stack + recipe.carry
    return blend(name, [(model, 1.0), *zip(bases, factors.tolist(), strict=True)]) if bases else model


def _ratio(matrix: Any, label: NDArray[np.int64], weights: NDArray[np.float64], smooth: float) -> NDArray[np.float64]:
    """Absolute log-count ratio of each column between the classes, plus ``smooth``."""
    import numpy as np

    p = np.asarray(matrix.T @ (weights * (label == 1))).ravel() + 1.0
    q = np.asarray(matrix.T @ (weights * (label == 0))).ravel() + 1.0
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


def neighbours(files: Sequence[str | Path], *, power: float = 0.5, seed: int = 0) -> list[Classifier]:
    """Classifiers of neighbouring questions, one of each labelled file.

    Articles read with marks answer two: which sentences hold loaded words in narration, and which are opinion.
    """
    out = []
    for path in map(Path, files):
        for question in ("bias", "opinion") if is_readings(path) else ("bias",):
            how = replace(RECIPES["bias"], power=power)
            out.append(fit(question, read_examples(path, question), how, seed=seed))
    return out


def train(
    name: str,
    data: Sequence[str | Path],
    *,
    weights: Sequence[float] = (),
    auxiliary: Sequence[str | Path] = (),
    carry: float | None = None,
    seed: int = 0,
    folds: int = 5,
    recipe: Recipe | None = None,
    prune: float = 0.0,
    meta: Mapping[str, Any] | None = None,
) -> Classifier:
    """Train, calibrate and return a classifier.

    ``name``: "opinion", "bias", "certainty", or a new name for labels of your own.
    ``data``: labelled files (see :func:`~framing.classify.examples.read_examples`);
    ``weights``: how much a sentence of each counts (default 1 each).
    ``auxiliary``: files labelled for a neighbouring question; models of them are
    fitted first and their decisions are features. They must not hold the
    sentences of ``data``. ``carry``: see :class:`Recipe`. ``seed``: of solver and
    folds; the same data and seed give the same file. ``prune``: weights below
    this share of the largest are dropped.

    The calibration and ``meta["cross_validation"]`` come from out-of-fold
    decisions; folds keep the groups of the data (outlet, source, event, doc) together.
    """
    import numpy as np

    how = recipe or RECIPES.get(name, Recipe())
    if carry is not None:
        how = replace(how, carry=carry)
    if weights and len(weights) != len(data):
        raise UsageError(f"{name}: {len(weights)} weights for {len(data)} files; give one for each, in the same order")
    if any(not w > 0 for w in weights):
        raise UsageError(f"{name}: a weight must be greater than 0; leave the file out instead")
    rows = [
        replace(e, weight=float(w))
        for path, w in zip(data, weights or [1.0] * len(data), strict=True)
        for e in read_examples(path, name)
    ]
    bases = neighbours(auxiliary, power=how.power, seed=seed)
    decision, label, fold = cross_validate(name, rows, how, bases=bases, seed=seed, folds=folds)
    model = fit(name, rows, how, bases=bases, seed=seed)
    figures = _figures(decision, label)
    kept = np.array([not how.narration or narrated(e.text) for e in rows])
    if not 0 < label[kept].sum() < kept.sum():
        kept[:] = True
    a, c = platt(decision[kept], label[kept], np.array([e.weight for e in rows])[kept])
    apply(model, a, c)
    if prune:
        top = max(map(abs, model.phrases.values()))
        model.phrases = {k: w for k, w in model.phrases.items() if abs(w) >= prune * top}
        model.pieces = {k: w for k, w in model.pieces.items() if abs(w) >= prune * top}
    calibrated, threshold = cross_fitted(name, decision, label, fold)
    model.threshold = _threshold(1 / (1 + np.exp(-(a * decision + c))), label) if name == "certainty" else 0.5
    model.meta = {
        "recipe": asdict(how),
        "seed": seed,
        "data": [Path(p).name for p in data],
        "weights": list(weights),
        "auxiliary": [Path(p).name for p in auxiliary],
        "lexicon": shipped().lexicon if how.groups else "",
        "examples": len(label),
        "positive": int(label.sum()),
        "calibration": {"a": round(a, 6), "c": round(c, 6)},
        "cross_validation": {
            **figures,
            "f1": round(_f1(label, calibrated >= threshold), 4),
            "macro_f1": round((_f1(label, calibrated >= threshold) + _f1(1 - label, calibrated < threshold)) / 2, 4),
            "brier": round(float(np.mean((calibrated - label) ** 2)), 4),
        },
        **(meta or {}),
    }
    return model


def cross_validate(
    name: str,
    examples: Sequence[Example],
    recipe: Recipe,
    *,
    bases: Sequence[Classifier] = (),
    seed: int = 0,
    folds: int = 5,
    grouped: bool | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Out-of-fold decisions, labels and the number of the fold of each example, shape (n,) each.

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
    fold = np.zeros(len(label), dtype=np.int64)
    for number, (inside, outside) in enumerate(splitter.split(label, label, groups if grouped else None)):
        fold[outside] = number
        model = fit(name, [examples[i] for i in inside], recipe, bases=bases, seed=seed)
        decision[outside] = model.decision([examples[i].text for i in outside])
    return decision, label, fold


def cross_fitted(
    name: str, decision: NDArray[np.float64], label: NDArray[np.int64], fold: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probabilities and thresholds of out-of-fold decisions, shape (n,) each.

    Calibration and threshold of a fold come from the other folds, as those of a
    finished model come from its training data: no figure of a fold has seen the
    fold's labels.
    """
    import numpy as np

    probability = np.zeros(len(label))
    threshold = np.full(len(label), 0.5)
    for number in np.unique(fold):
        here, there = fold == number, fold != number
        a, c = platt(decision[there], label[there])
        probability[here] = 1 / (1 + np.exp(-(a * decision[here] + c)))
        if name == "certainty":
            threshold[here] = _threshold(1 / (1 + np.exp(-(a * decision[there] + c))), label[there])
    return probability, threshold


def _f1(label: NDArray[np.int64], found: NDArray[np.bool_]) -> float:
    hits = int((label.astype(bool) & found).sum())
    return 2 * hits / max(1, int(label.sum()) + int(found.sum()))


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

"""Fit the weights by which asides and opinion pieces are judged (``framing/detect/aside_weights.json``).

Only articles outside the fifth held apart are used. The opinion classifier learned from
the same articles, so its word is taken out of fold: for each part of the events a classifier
trained on the others. Opinion pieces, whose ``opinion`` marks are plentiful, teach the
weights together with news; one more sign says which genre an article is, and its weight is
left out of what is written, so that a sentence is judged as one of a news report.

    python -m framing.evaluate.aside_fit READINGS NEWSSD ANNO_LEXICAL -o framing/detect/aside_weights.json
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from framing.article import Article, Reading
from framing.classify import NARRATION
from framing.detect import _judged
from framing.detect.aside import Page
from framing.evaluate.readings_devices import rows
from framing.evaluate.shipped import CARRY
from framing.lexicon import load
from framing.voice import read as read_voices

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from framing.classify import Classifier

__all__ = ["Sample", "classifiers", "collect", "fit", "fold", "main"]

FOLDS = 5
# Strength of the penalty: the flat optimum of average precision over folds by event.
C_SENTENCE, C_PAGE = 0.005, 1.0
# A sentence of a news report counts this often beside one of an opinion piece: it is what is to be judged.
NEWS = 3.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One sentence (or article) with its signs. ``label``: commented; ``fold``: part of the events it is in."""

    signs: dict[str, float]
    label: bool
    fold: int
    genre: str


def fold(row: dict[str, Any]) -> int:
    """0 for the part held apart, 1 to 4 for the rest."""
    return zlib.crc32(str(row.get("event") or row.get("doc")).encode()) % FOLDS


def classifiers(readings: str | Path, newssd: str | Path, auxiliary: str | Path, seed: int = 0) -> list[Classifier]:
    """Opinion classifiers by fold: number ``k`` has seen neither part ``k`` nor the part held apart."""
    from framing.classify.fit import train

    articles = list(rows(readings))
    out = []
    with TemporaryDirectory() as folder:
        for k in range(FOLDS):
            path = Path(folder, f"{k}.jsonl")
            path.write_text("".join(json.dumps(r) + "\n" for r in articles if fold(r) not in (0, k)), "utf-8")
            out.append(train("opinion", [path, newssd], auxiliary=[auxiliary], carry=CARRY, seed=seed))
    return out


def use(reading: Reading, model: Classifier) -> None:
    """Make ``model`` the reading's opinion classifier."""
    from framing.classify import NAMES

    norm = reading.tokens.norm
    own = [s for s, x in zip(reading.sentences, reading.narration_shares(), strict=True) if x >= NARRATION]
    p = model.scorer.predict_tokens([norm[s.first : s.last] for s in own])[:, 0].tolist()
    reading.cache[f"classifiers:{':'.join(NAMES)}"] = {"opinion": dict(zip([s.index for s in own], p, strict=True))}
    reading.cache.pop("opinion_piece", None)


def collect(
    articles: Iterator[dict[str, Any]], model_of: Callable[[dict[str, Any]], Classifier]
) -> tuple[list[Sample], list[Sample]]:
    """Sentences and articles with their signs."""
    lexicon = load()
    sentences: list[Sample] = []
    pages: list[Sample] = []
    for row in articles:
        reading = read_voices(Article(text=row["text"]), lexicon)
        use(reading, model_of(row))
        spans = [(m["start"], m["end"]) for m in row["marks"] if m["device"] in ("aside", "opinion")]
        for s, found in Page(reading, lexicon).judged():
            label = any(a < s.end and s.start < b for a, b in spans)
            sentences.append(Sample(found, label, fold(row), row["genre"]))
        signs = _judged.page_signs(reading)
        if signs is not None:
            pages.append(Sample(signs, row["genre"] == "opinion", fold(row), row["genre"]))
    return sentences, pages


def _matrix(samples: list[Sample], names: tuple[str, ...], genre: bool) -> NDArray[np.float64]:
    import numpy as np

    x = np.array([[s.signs.get(n, 0.0) for n in names] for s in samples])
    return np.hstack([x, np.array([[3.0 * (s.genre == "opinion")] for s in samples])]) if genre else x


def fit(
    samples: list[Sample], names: tuple[str, ...], c: float, *, genre: bool
) -> tuple[dict[str, float], float, NDArray[np.float64]]:
    """Weights, intercept and the out-of-fold P of each sample (the part held apart is judged by the whole rest)."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    x = _matrix(samples, names, genre)
    y = np.array([s.label for s in samples])
    part = np.array([s.fold for s in samples])
    weight = np.array([1.0 if s.genre == "opinion" or not genre else NEWS for s in samples])
    scale = x[part != 0].std(axis=0) + 1e-9

    def train(mask: NDArray[np.bool_]) -> Any:
        return LogisticRegression(C=c, max_iter=4000).fit(x[mask] / scale, y[mask], sample_weight=weight[mask])

    whole = train(part != 0)
    p = whole.predict_proba(x / scale)[:, 1]
    for k in range(1, FOLDS):
        p[part == k] = train((part != 0) & (part != k)).predict_proba(x[part == k] / scale)[:, 1]
    weights = {n: round(float(v), 4) for n, v in zip(names, whole.coef_[0] / scale, strict=False)}
    return weights, round(float(whole.intercept_[0]), 4), p


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("readings", type=Path)
    parser.add_argument("newssd", type=Path)
    parser.add_argument("auxiliary", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=_judged.WEIGHTS)
    parser.add_argument("--threshold", type=float, default=0.2, help="least P that marks a sentence")
    parser.add_argument("--page", type=float, default=0.8, help="least P of an opinion piece")
    args = parser.parse_args()
    models = classifiers(args.readings, args.newssd, args.auxiliary)
    write(args.output, *collect(rows(args.readings), lambda r: models[fold(r)]), args.threshold, args.page)


def write(output: Path, sentences: list[Sample], pages: list[Sample], threshold: float, page: float) -> None:
    """Fit both, print how well they rank, write the file."""
    import numpy as np
    from sklearn.metrics import average_precision_score, roc_auc_score

    data = {}
    for name, samples, names, c, least in (
        ("sentence", sentences, _judged.NAMES, C_SENTENCE, threshold),
        ("page", pages, _judged.PAGE_NAMES, C_PAGE, page),
    ):
        weights, intercept, p = fit(samples, names, c, genre=name == "sentence")
        y = np.array([s.label for s in samples])
        of = np.array([s.genre != "opinion" or name == "page" for s in samples])
        apart = np.array([s.fold == 0 for s in samples])
        for title, mask in (("rest, out of fold", of & ~apart), ("held apart", of & apart)):
            print(
                f"{name}, {title}: {int(y[mask].sum())} of {int(mask.sum())}, "
                f"AP {average_precision_score(y[mask], p[mask]):.3f}, AUC {roc_auc_score(y[mask], p[mask]):.3f}"
            )
        data[name] = {"intercept": intercept, "threshold": least, "weights": weights}
    output.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()

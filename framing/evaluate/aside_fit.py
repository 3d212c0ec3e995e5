"""Fit the weights by which asides and opinion pieces are judged (``framing/detect/aside_weights.json``).

Only articles outside the fifth held apart are used. The opinion classifier learned from
the same articles, so its word is taken out of fold: for each part of the events a classifier
trained on the others. Opinion pieces, whose ``opinion`` marks are plentiful, teach the
weights together with news; one more sign says which genre an article is, and its weight is
left out of what is written, so that a sentence is judged as one of a news report. Beside
them stand sentences of further news articles that we judged one by one (``aside_judged.jsonl``:
offsets only), most of them near the line; these have a sign of their own that is left out, too.

    python -m framing.evaluate.aside_fit READINGS NEWSSD ANNO_LEXICAL EVENTS -o framing/detect/aside_weights.json
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
from framing.classify import NAMES, NARRATION, of_reading
from framing.detect import _judged
from framing.detect.aside import Page
from framing.evaluate._rows import read_rows
from framing.evaluate.readings_devices import rows
from framing.evaluate.shipped import CARRY
from framing.lexicon import load
from framing.voice import read as read_voices

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from framing.classify import Classifier

__all__ = ["Sample", "classifiers", "collect", "fit", "fold", "main"]

# Sentences of the AllSides same-event set judged for this project.
JUDGED = Path(__file__).with_name("aside_judged.jsonl")
FOLDS = 5
# Strength of the penalty: the flat optimum of average precision over folds by event.
C_SENTENCE, C_PAGE = 0.005, 1.0
# A sentence of a news report counts this often beside one of an opinion piece: it is what is to be judged.
NEWS = 3.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One sentence (or article) with its signs. ``label``: commented; ``fold``: part of the events it is in;
    ``genre``: as read, or "judged"; ``weight``: how many such sentences it stands for."""

    signs: dict[str, float]
    label: bool
    fold: int
    genre: str
    weight: float = 1.0


def fold(row: dict[str, Any]) -> int:
    """0 for the part held apart, 1 to 4 for the rest."""
    return zlib.crc32(str(row.get("event") or row.get("doc")).encode()) % FOLDS


def classifiers(readings: str | Path, newssd: str | Path, auxiliary: str | Path, seed: int = 0) -> list[Classifier]:
    """Opinion classifiers by fold: number ``k`` has seen neither part ``k`` nor the part held apart.

    They lean less on the auxiliary model than the shipped one does.
    """
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
    norm = reading.tokens.norm
    own = [s for s, x in zip(reading.sentences, reading.narration_shares(), strict=True) if x >= NARRATION]
    p = model.scorer.predict_tokens([norm[s.first : s.last] for s in own])[:, 0].tolist()
    of = {"opinion": dict(zip([s.index for s in own], p, strict=True)), "bias": of_reading(reading)["bias"]}
    reading.cache[f"classifiers:{':'.join(NAMES)}"] = of
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


def judged(path: Path, events: Path, model_of: Callable[[dict[str, Any]], Classifier]) -> list[Sample]:
    """Sentences judged one by one, with their signs. ``events``: the articles, by event."""
    rows_of: dict[tuple[str, int], dict[tuple[int, int], dict[str, Any]]] = {}
    for row in read_rows(path, ("event", "article", "start", "end", "aside", "weight")):
        rows_of.setdefault((row["event"], row["article"]), {})[row["start"], row["end"]] = row
    lexicon, out = load(), []
    for event in read_rows(events, ("event", "articles")):
        for k, article in enumerate(event["articles"]):
            known = rows_of.get((event["event"], k))
            if not known:
                continue
            reading = read_voices(Article(text=article["text"]), lexicon)
            use(reading, model_of(event))
            for s, found in Page(reading, lexicon).judged():
                mine = known.get((s.start, s.end))
                if mine is not None:
                    out.append(Sample(found, mine["aside"], fold(event), "judged", mine["weight"]))
    return out


def _matrix(samples: list[Sample], names: tuple[str, ...], genre: bool) -> NDArray[np.float64]:
    import numpy as np

    x = np.array([[s.signs.get(n, 0.0) for n in names] for s in samples])
    if not genre:
        return x
    return np.hstack([x, np.array([[3.0 * (s.genre == g) for g in ("opinion", "judged")] for s in samples])])


def fit(
    samples: list[Sample], names: tuple[str, ...], c: float, *, genre: bool
) -> tuple[dict[str, float], float, NDArray[np.float64]]:
    """Weights, intercept and the out-of-fold P of each sample (the part held apart is judged by the whole rest)."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    x = _matrix(samples, names, genre)
    y = np.array([s.label for s in samples])
    part = np.array([s.fold for s in samples])
    weight = np.array([NEWS if genre and s.genre in ("news", "analysis") else s.weight for s in samples])
    scale = x[part != 0].std(axis=0) + 1e-9

    def train(mask: NDArray[np.bool_]) -> Any:
        return LogisticRegression(C=c, max_iter=4000).fit(x[mask] / scale, y[mask], sample_weight=weight[mask])

    whole = train(part != 0)
    x = x.copy()
    x[:, len(names) :] = 0.0  # each is judged as one of a news report
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
    parser.add_argument("events", type=Path, help="the articles of the sentences judged one by one")
    parser.add_argument("-o", "--output", type=Path, default=_judged.WEIGHTS)
    parser.add_argument("--threshold", type=float, default=0.18, help="least P that marks a sentence")
    parser.add_argument("--page", type=float, default=0.8, help="least P of an opinion piece")
    args = parser.parse_args()
    models = classifiers(args.readings, args.newssd, args.auxiliary)
    sentences, pages = collect(rows(args.readings), lambda r: models[fold(r)])
    sentences += judged(JUDGED, args.events, lambda r: models[fold(r)])
    write(args.output, sentences, pages, args.threshold, args.page)


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
        genre = np.array(["news" if s.genre == "analysis" and name == "sentence" else s.genre for s in samples])
        apart = np.array([s.fold == 0 for s in samples])
        size = np.array([s.weight for s in samples])
        for what in ("news", "judged") if name == "sentence" else ("pages",):
            of = (genre == what) | (name == "page")
            for title, mask in (("rest, out of fold", of & ~apart), ("held apart", of & apart)):
                if not y[mask].any():
                    continue
                print(
                    f"{what}, {title}: {int(y[mask].sum())} of {int(mask.sum())}, "
                    f"AP {average_precision_score(y[mask], p[mask], sample_weight=size[mask]):.3f}, "
                    f"AUC {roc_auc_score(y[mask], p[mask], sample_weight=size[mask]):.3f}"
                )
                if name == "sentence" and "rest" in title:
                    print("  F1 by threshold:", _by_threshold(y[mask], p[mask], size[mask]))
        data[name] = {"intercept": intercept, "threshold": least, "weights": weights}
    output.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", "utf-8")


def _by_threshold(y: NDArray[np.bool_], p: NDArray[np.float64], size: NDArray[np.float64]) -> str:
    out = []
    for t in (0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.22, 0.25, 0.3):
        good = float(size[y & (p >= t)].sum())
        out.append(f"{t:.2f} {2 * good / max(1e-9, float(size[p >= t].sum() + size[y].sum())):.3f}")
    return ", ".join(out)


if __name__ == "__main__":
    main()

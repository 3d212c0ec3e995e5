"""Train the model of :mod:`framing.classify.charge`.

``python -m framing.classify.charge_fit READINGS ANNO_LEXICAL -o charge.tsv``. READINGS: articles read with the codebook
(``text``, ``marks``); only the four fifths with ``zlib.crc32(event or doc) % 5 != 0`` are learned from.
ANNO_LEXICAL: sentences with a label for bias by choice of words (Horych et al. 2025).

Two stages of logistic regression: word weights from the sentences (naive-Bayes
weighted, Wang & Manning 2012), then weights of the signs from every match of the
word list in the readings, sure ones included: charged if it overlaps a mark.
"""

from __future__ import annotations

import argparse
import gzip
import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from framing.article import Article, Reading
from framing.classify.charge import FORMAT, signs, tilt
from framing.errors import InputError
from framing.lexicon import Lexicon
from framing.lexicon import load as load_lists
from framing.tokens import tokenise

__all__ = ["candidates", "fit", "main", "word_weights"]

MIN_WEIGHT = 0.2  # smaller word weights are left out: they are most of the table and none of the effect
THRESHOLD = 0.25


def word_weights(texts: Sequence[str], labels: Sequence[int]) -> dict[str, float]:
    """Folded word -> log-odds it adds to "biased", of words in three sentences or more."""
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import normalize

    if len(set(labels)) < 2:
        raise InputError("every label is the same; word weights need sentences with label 1 and with label 0")
    y = np.array(labels)
    counter = CountVectorizer(token_pattern=r"\S+", lowercase=False, binary=True, min_df=3)
    x = counter.fit_transform(" ".join(tokenise(t).norm) for t in texts)
    positive = np.asarray(x[y == 1].sum(axis=0)).ravel() + 1
    negative = np.asarray(x[y == 0].sum(axis=0)).ravel() + 1
    ratio = np.abs(np.log(positive / positive.sum()) - np.log(negative / negative.sum()))
    model = LogisticRegression(C=3, max_iter=300).fit(normalize(x.multiply(ratio).tocsr()), y)
    weights = model.coef_[0] * ratio
    names = counter.get_feature_names_out()
    return {str(n): round(float(w), 2) for n, w in zip(names, weights, strict=True) if abs(w) >= MIN_WEIGHT}


def candidates(
    reading: Reading, lexicon: Lexicon, words: dict[str, float]
) -> list[tuple[dict[str, float], int, int, bool]]:
    """Signs, start, end (characters) and sureness of every match of the loaded list in a reading."""
    found = [(m.first, m.last, m.entry, False, True) for m in lexicon.matches(reading)["loaded"]]
    sure = {k for first, last, *_ in found for k in range(first, last)}
    found += [(m.first, m.last, m.entry, m.guarded, False) for m in lexicon.doubtful(reading)]
    tokens = reading.tokens
    out = []
    for first, last, entry, guarded, certain in sorted(found, key=lambda row: row[0]):
        sentence = reading.sentence_at(tokens.start[first])
        tilted = tilt(words, tokens.norm, sentence.first, sentence.last)
        status = ("F" if guarded else "") + entry.grade + ("g" if certain and entry.guard else "")
        row = dict(signs(reading, sentence, tilted, words, first, last, entry, status, sure))
        out.append((row, tokens.start[first], tokens.end[last - 1], certain))
    return out


def fit(rows: Sequence[dict[str, Any]], sentences: Sequence[tuple[str, int]]) -> dict[str, dict[str, float]]:
    """The tables of the model: ``sign``, ``word`` and ``number``."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    from framing.voice import read

    words = word_weights([t for t, _ in sentences], [label for _, label in sentences])
    lexicon = load_lists()
    found: list[dict[str, float]] = []
    labels: list[bool] = []
    for row in rows:
        gold = [(m["start"], m["end"]) for m in row["marks"] if m["device"] == "loaded"]
        for signs_of, start, end, _ in candidates(read(Article(text=row["text"]), lexicon), lexicon, words):
            found.append(signs_of)
            labels.append(any(start < e and s < end for s, e in gold))
    vectors = DictVectorizer()
    model = LogisticRegression(C=0.1, max_iter=3000).fit(vectors.fit_transform(found), labels)
    weights = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    return {
        "number": {"intercept": round(float(model.intercept_[0]), 4), "threshold": THRESHOLD},
        "sign": {str(n): round(float(w), 3) for n, w in weights if abs(w) >= 0.002},
        "word": words,
    }


def learned(event_or_doc: str) -> bool:
    """Whether a reading is in the part that may be learned from."""
    return zlib.crc32(event_or_doc.encode()) % 5 != 0


def read_rows(path: Path) -> list[dict[str, Any]]:
    """JSON lines, gzipped or not."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.strip()]
    except (OSError, EOFError, ValueError) as error:
        raise InputError(f"{path}: cannot read: {error}") from error


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readings", type=Path)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    rows = [r for r in read_rows(args.readings) if learned(r.get("event") or r["doc"])]
    labelled = [(str(r["text"]), int(r["label"])) for r in read_rows(args.sentences)]
    tables = fit(rows, labelled)
    lines = [f"# {FORMAT}"]
    for kind in sorted(tables):
        lines += [f"{kind}\t{name}\t{value:g}" for name, value in sorted(tables[kind].items())]
    args.output.write_bytes(("\n".join(lines) + "\n").encode())


if __name__ == "__main__":
    main()

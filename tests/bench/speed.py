"""Speed of full scoring and of its parts, beside peers, in one run on the same articles.

``python tests/bench/speed.py [ARTICLES.jsonl[.gz]] [--articles N]``. Prints words per second (CPU time
of one process, the median of three rounds taken in turn) and the ratio to VADER by sentence. Without
a file the bundled samples are repeated.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import framing
from framing.analysis import analyse
from framing.article import Article
from framing.lexicon import load
from framing.segment import sentences
from framing.tokens import tokenise
from framing.voice import read as voices


def texts(path: Path | None, limit: int) -> list[str]:
    if path is None:
        folder = Path(framing.__file__).parent / "samples"
        own = [p.read_text("utf-8") for p in sorted(folder.glob("*/*.txt"))]
        return (own * (limit // len(own) + 1))[:limit]
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:  # type: ignore[operator]
        return [json.loads(line)["text"] for _, line in zip(range(limit), lines, strict=False)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    args = parser.parse_args()
    articles = texts(args.file, args.articles)
    words = sum(len(t.split()) for t in articles)
    lexicon = load()
    parts: dict[str, Callable[[str], object]] = {
        "full scoring": lambda t: analyse(t).values,
        "sentences and voices": lambda t: voices(Article(text=t)),
        "all word lists": lambda t: lexicon.scan(tokenise(t)),
        "floor: tokens, sentences, lists": lambda t: (
            sentences(Article(text=t), tokens := tokenise(t)),
            lexicon.scan(tokens),
        ),
    }
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        vader = SentimentIntensityAnalyzer()
        parts["VADER by sentence"] = lambda t: [
            vader.polarity_scores(t[s.start : s.end]) for s in sentences(Article(text=t), tokenise(t))
        ]
    except ImportError:
        print("VADER is not installed (make bench installs it): no ratio")
    taken: dict[str, list[float]] = {name: [] for name in parts}
    for run in parts.values():
        run(articles[0])
    for _ in range(3):
        for name, run in parts.items():
            start = time.process_time()
            for text in articles:
                run(text)
            taken[name].append(time.process_time() - start)
    base = taken.get("VADER by sentence")
    print(f"{len(articles)} articles, {words:,} words")
    for name, seconds in taken.items():
        ratio = f"{statistics.median(b / s for b, s in zip(base, seconds, strict=True)):6.2f} x VADER" if base else ""
        print(f"{name:<34}{words / statistics.median(seconds):>12,.0f} words/s  {ratio}")


if __name__ == "__main__":
    main()

"""How common a word is in news: the packaged background counts.

``framing/data/wordfreq.tsv.gz`` holds, for every word that at least two of 5,000
English news articles of 300 outlets use: the word (folded), how often it occurs,
in how many articles, and how often it stands capitalised where a common word would
not (not at the head of a sentence). Numbers only; no text can be recovered from it.
A handful of articles cannot tell a rare word from a common one, this table can.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log
from pathlib import Path

from framing.errors import InputError
from framing.tokens import tokenise

__all__ = ["Background", "count_words", "load", "write"]

PATH = Path(__file__).parent / "data" / "wordfreq.tsv.gz"
_HEAD = "#framing-wordfreq-1"
_ENDS = frozenset(".!?:;\u201c\"\u2018\u2019'(\u2014-")


class Background:
    """Word counts. ``count``, ``articles``, ``names``: word -> number; ``total``: words; ``size``: articles."""

    __slots__ = ("_idf", "articles", "count", "names", "size", "total")

    def __init__(self, count: dict[str, int], articles: dict[str, int], names: dict[str, int], size: int) -> None:
        self.count, self.articles, self.names, self.size = count, articles, names, size
        self.total = sum(count.values())
        self._idf: dict[str, float] = {}

    def idf(self, word: str) -> float:
        """log((articles + 1) / (articles with the word + 1)) >= 0: 0 for "the", about 8 for an unseen word."""
        got = self._idf.get(word)
        if got is None:
            got = log((self.size + 1) / (self.articles.get(word, 0) + 1))
            if len(self._idf) < 400_000:
                self._idf[word] = got
        return got

    def name_share(self, word: str) -> float:
        """Share of capitalised uses of the word, 1.0 where it was never seen."""
        n = self.count.get(word, 0)
        return self.names.get(word, 0) / n if n else 1.0


def count_words(texts: Iterable[str], least: int = 2) -> Background:
    """Count the words (folded tokens that begin with a letter) of ``texts``; keeps words of ``least`` articles."""
    count: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    names: Counter[str] = Counter()
    size = 0
    for text in texts:
        tokens = tokenise(text)
        words = [(w, s) for w, s in zip(tokens.norm, tokens.text, strict=True) if w[:1].isalpha() and len(w) <= 30]
        count.update(w for w, _ in words)
        articles.update({w for w, _ in words})
        before = "."
        for w, s in zip(tokens.norm, tokens.text, strict=True):
            if s[0].isupper() and before[-1:] not in _ENDS and len(w) <= 30:
                names[w] += 1
            before = s
        size += 1
    kept = sorted(w for w, n in articles.items() if n >= least and "\t" not in w)
    return Background({w: count[w] for w in kept}, {w: articles[w] for w in kept}, {w: names[w] for w in kept}, size)


def write(background: Background, path: Path = PATH) -> None:
    """Write the table; the same counts give the same bytes."""
    lines = [f"{_HEAD}\t{background.size}"]
    lines += [
        f"{w}\t{background.count[w]}\t{background.articles[w]}\t{background.names.get(w, 0)}" for w in background.count
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=9) as out:
        out.write(("\n".join(lines) + "\n").encode())


@lru_cache(maxsize=4)
def load(path: Path = PATH) -> Background:
    """The packaged counts (cached). Raises InputError where the file is missing or not of this format."""
    try:
        head, *lines = gzip.decompress(path.read_bytes()).decode().splitlines()
        mark, size = head.split("\t")
        if mark != _HEAD:
            raise ValueError(f"begins with {mark!r}")
        count: dict[str, int] = {}
        articles: dict[str, int] = {}
        names: dict[str, int] = {}
        for line in lines:
            word, n, docs, caps = line.split("\t")
            count[word], articles[word] = int(n), int(docs)
            if caps != "0":
                names[word] = int(caps)
    except (OSError, EOFError, ValueError) as error:
        raise InputError(f"{path}: no background word counts ({error}); reinstall the package") from None
    return Background(count, articles, names, int(size))

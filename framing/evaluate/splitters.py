"""Our sentence rules against two ready splitters: sentencex, and NLTK's Punkt trained on the user's own corpus.

There is no hand-made gold standard of sentences, so two things are reported:
boundaries found on :data:`CASES` (hard cases of news prose, written for this
project, ``|`` where a sentence ends), and on the corpus itself how often each
splitter agrees with ours, with its speed.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framing.article import Article
from framing.errors import InputError, UsageError
from framing.segment import sentences
from framing.tokens import tokenise

__all__ = ["CASES", "DESCRIPTION", "NAME", "Report", "compare", "evaluate"]

NAME = "splitters"
DESCRIPTION = (
    "sentence splitting beside sentencex and Punkt, on hard cases and a corpus of yours (JSON lines with text)"
)

CASES = (
    "Mr. Brown met Dr. Lee at 4 p.m. on Friday.|They spoke for an hour.",
    "The U.S. Senate sat late.|Nobody left before 11 p.m.|The vote was close.",
    "Prices rose 3.5 percent in Jan. 2024.|Wages did not.",
    "“We will go,” she said.|“We will not wait.”|Then she left.",
    "“Who knows?” he asked.|No one answered.",
    "Shares of Acme Inc. fell.|The rest of the market rose.",
    "J. K. Ortega wrote to Gen. P. Moss on Sept. 9.|He had no reply.",
    "He paused ... and went on.|She did not.",
    "It ended at last.”|The crowd went home.",
    "They moved to Washington, D.C.|It was a mistake.",
    "The firm, based in St. Louis, Mo., closed its plant.|Some 300 jobs went.",
    "“It is over!” they cried.|It was not.",
    "See No. 5 on page 12.|Then turn over.",
    "Was it planned?|Perhaps.|Was it wise?|Hardly.",
    "He lives in the U.K. and works in the U.S.|She does neither.",
    "The talks, i.e. the second round, failed.|A third is due.",
    "Visit example.com for details.|The page is free.",
    "(The office did not reply.)|Its phone rang on.",
    "Sen. Ruth Adler (D-Ore.) voted no.|Rep. Kim Dale, Jr. voted yes.",
    "A 6.2-magnitude quake hit at 5:30 a.m. local time.|No one was hurt.",
    "She holds a Ph.D. from Leeds.|Her brother has none.",
)


def _reference(case: str) -> tuple[str, set[int]]:
    """Text of a case and the positions (in characters that are no space) at which a sentence ends."""
    ends: set[int] = set()
    count = 0
    for char in case:
        if char == "|":
            ends.add(count)
        elif not char.isspace():
            count += 1
    ends.discard(count)
    return case.replace("|", " "), ends


def _ends(pieces: list[str]) -> set[int]:
    out: set[int] = set()
    count = 0
    for piece in pieces:
        count += sum(not c.isspace() for c in piece)
        out.add(count)
    out.discard(count)
    return out


def ours(text: str) -> list[str]:
    """Sentences of ``text`` by :mod:`framing.segment`."""
    article = Article(text)
    return [text[s.start : s.end] for s in sentences(article, tokenise(text))]


def _texts(path: str | Path, limit: int) -> Iterator[str]:
    path = Path(path)
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if number > limit:
                    return
                try:
                    yield str(json.loads(line)["text"])
                except (ValueError, KeyError, TypeError) as error:
                    raise InputError(f"{path}:{number}: no article with a text here ({error})") from error
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error


def compare(path: str | Path, train: int = 1000, test: int = 300) -> dict[str, dict[str, float]]:
    """Train Punkt on ``train`` articles of the corpus at ``path``, compare on the next ``test``.

    Returns by splitter: precision, recall, f1 of boundaries on :data:`CASES`;
    ``agreement``: F1 of its boundaries against ours on the corpus; ``words_per_second``.
    Raises InputError if the corpus cannot be read or holds too few articles.
    """
    try:
        import sentencex
    except ImportError:
        raise UsageError("the comparison of splitters needs sentencex: pip install sentencex") from None
    from nltk.tokenize.punkt import PunktSentenceTokenizer, PunktTrainer

    texts = list(_texts(path, train + test))
    if len(texts) <= train:
        raise InputError(f"{path}: holds {len(texts)} articles; more than {train} are needed")
    trainer = PunktTrainer()
    for text in texts[:train]:
        trainer.train(text, finalize=False)
    trainer.finalize_training()
    punkt = PunktSentenceTokenizer(trainer.get_params())
    held = texts[train:]
    words = sum(len(t.split()) for t in held)
    splitters: dict[str, Callable[[str], Any]] = {
        "framing": ours,
        "sentencex": lambda text: sentencex.segment("en", text),
        "punkt": punkt.tokenize,
    }
    mine = [_ends(ours(t)) for t in held]
    out: dict[str, dict[str, float]] = {}
    for name, split in splitters.items():
        hit = found = wanted = 0
        for case in CASES:
            text, want = _reference(case)
            got = _ends(list(split(text)))
            hit += len(got & want)
            found += len(got)
            wanted += len(want)
        began = time.perf_counter()
        pieces = [list(split(t)) for t in held]
        seconds = time.perf_counter() - began
        both = theirs = us = 0
        for piece, reference in zip(pieces, mine, strict=True):
            ends = _ends(piece)
            both += len(ends & reference)
            theirs += len(ends)
            us += len(reference)
        p, r = hit / max(1, found), hit / max(1, wanted)
        out[name] = {
            "precision": p,
            "recall": r,
            "f1": 2 * p * r / max(1e-9, p + r),
            "agreement": 2 * both / max(1, theirs + us),
            "words_per_second": words / max(1e-9, seconds),
        }
    return out


@dataclass(slots=True)
class Report:
    """Figures by splitter, as :func:`compare` returns them."""

    tables: dict[str, dict[str, float]]

    @property
    def figures(self) -> dict[str, float]:
        """Our own figures."""
        return self.tables["framing"]

    def text(self) -> str:
        """Plain text for a terminal."""
        lines = [f"{'':12s} {'P':>6s} {'R':>6s} {'F1':>6s} {'agree':>6s} {'words/s':>11s}"]
        for name, row in self.tables.items():
            lines.append(
                f"{name:12s} {row['precision']:6.3f} {row['recall']:6.3f} {row['f1']:6.3f} {row['agreement']:6.3f} "
                f"{row['words_per_second']:11,.0f}"
            )
        return "\n".join(lines)


def evaluate(path: str | Path) -> Report:
    """Compare the splitters; ``path``: JSON lines with ``text``, gzipped or not."""
    return Report(compare(path))

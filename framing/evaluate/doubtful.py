"""Where an attribution is doubtful: the confidence that the sensitivity lines of a comparison use.

Below ``framing.compare.differences.DOUBTFUL`` a voice is taken the other way. It is the highest below which the
spans hold no more words than are attributed wrongly in all, so that the lines show what happens if the voices are wrong
where they are least sure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import accumulate
from pathlib import Path

from framing.article import Article, Voice
from framing.compare.differences import DOUBTFUL
from framing.evaluate.metrics import EvaluationReport
from framing.evaluate.polnear import records
from framing.voice import read as read_voices

__all__ = ["DESCRIPTION", "NAME", "evaluate", "threshold"]

NAME = "doubtful"
DESCRIPTION = "PolNeAR: from which confidence on an attribution is sure enough for the sensitivity lines"
_WORD = re.compile(r"\w+")
# Confidence -> [spans, spans right by most of their words, words, words right].
Levels = dict[float, list[int]]


def levels(path: str | Path) -> Levels:
    """Our attributed spans of PolNeAR records by confidence (two digits). Raises InputError for another file."""
    out: Levels = defaultdict(lambda: [0, 0, 0, 0])
    for row in records(path):
        title = (row.get("title") or "").strip() or None
        reading = read_voices(Article(row["text"], outlet=row.get("publisher"), title=title, id=row.get("id")))
        attributed = [False] * len(row["text"])
        for relation in row["attributions"]:
            for a, b in relation["content"]:
                attributed[a:b] = [True] * (b - a)
        for v in reading.voices:
            words = [attributed[m.start()] for m in _WORD.finditer(row["text"], v.start, v.end)]
            if v.voice is not Voice.NARRATION and words:
                right = sum(words)
                cell = (1, int(2 * right >= len(words)), len(words), right)
                out[round(v.confidence, 2)] = [x + y for x, y in zip(out[round(v.confidence, 2)], cell, strict=True)]
    return out


def threshold(found: Levels) -> float:
    """The lowest confidence that is not doubtful: the spans below hold no more words than are wrong in all."""
    wrong = sum(words - right for _, _, words, right in found.values())
    steps = sorted(found)
    below = accumulate(found[c][2] for c in steps)
    return next((c for c, words in zip(steps, below, strict=True) if words > wrong), 1.0)


def _below(found: Levels, limit: float) -> list[int]:
    rows = [row for c, row in found.items() if c < limit]
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0, 0, 0, 0]


def evaluate(path: str | Path) -> EvaluationReport:
    """What lies below the confidence in use, below the one these records call for, and where doubt becomes even."""
    found = levels(path)
    total = _below(found, 2.0)
    used, called = _below(found, DOUBTFUL), threshold(found)
    even = _below(found, 2 / 3)
    figures = {
        "attributed spans": total[0],
        "words wrong": 1 - total[3] / max(1, total[2]),
        "confidence in use": DOUBTFUL,
        "confidence called for": called,
        "spans below the one in use": used[0],
        "right of them": used[1] / max(1, used[0]),
        "their share of the words": used[2] / max(1, total[2]),
        "spans less than two in three sure": even[0],
        "right of those": even[1] / max(1, even[0]),
    }
    return EvaluationReport(
        "Doubtful attributions",
        "attributed or narration, by span and word, against PolNeAR's content spans",
        "framing.voice",
        figures,
        notes=[
            "PolNeAR attributes more than the codebook does (plans, seeming), so a little fewer are wrong than said"
        ],
    )

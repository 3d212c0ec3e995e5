"""Vocabulary shares of generic frames: of the words that belong to a theme, how many belong to which.

Seventeen themes after Semetko & Valkenburg (2000), "Framing European politics"
(conflict, human interest, economy, morality, responsibility), and the policy frames
of Boydstun et al. (2014), "Tracking the Development of Media Frames within and
across Policy Issues"; the words are ours (``lexicons/vocabulary/frame.tsv``).

A description of what an article talks about, never a verdict: these words are no
devices, they stand in no score, and a share says nothing about how a theme is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from framing.article import Reading
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon, vocabulary
from framing.statistics import wilson

__all__ = ["COLUMNS", "DEVICE", "FRAMES", "evidence", "lexicon", "rows"]

DEVICE = "frame"
FRAMES = (
    "conflict", "human_interest", "economy", "morality", "responsibility", "fairness", "law", "crime", "security",
    "health", "environment", "politics", "policy", "public_opinion", "identity", "diplomacy", "resources",
)  # fmt: skip
COLUMNS = ("frame", "n", "share", "low", "high", "per_1000", "n_narration", "terms")


@cache
def lexicon() -> Lexicon:
    """The frame vocabulary, compiled."""
    return vocabulary(DEVICE)


def evidence(reading: Reading) -> list[Evidence]:
    """The words of all frames in a reading, in order; ``kind`` is the frame."""
    start, end = reading.tokens.start, reading.tokens.end
    return [
        mark(reading, start[m.first], end[m.last - 1], DEVICE, m.entry.kind, m.entry.rule)
        for m in lexicon().matches(reading).get(DEVICE, ())
    ]


def rows(found: Iterable[Evidence], words: int, top: int = 8) -> list[dict[str, Any]]:
    """One row per frame, in the order of :data:`FRAMES`, those without a word included.

    ``n`` words of the frame, ``share`` of all frame words (0..1) with its 95 % Wilson interval ``low``/``high``
    (0, 0, 1 where there is none), ``per_1000`` words of the article, ``n_narration`` in the outlet's own voice,
    ``terms`` the ``top`` most frequent. ``words``: of the article.
    """
    marks: dict[str, list[Evidence]] = {frame: [] for frame in FRAMES}
    for e in found:
        marks[e.kind].append(e)
    total = sum(map(len, marks.values()))
    out = []
    for frame, mine in marks.items():
        share, low, high = wilson(len(mine), total) if total else (0.0, 0.0, 1.0)
        out.append(
            {
                "frame": frame,
                "n": len(mine),
                "share": share,
                "low": low,
                "high": high,
                "per_1000": 1000 * len(mine) / words if words else 0.0,
                "n_narration": sum(e.voice == "narration" for e in mine),
                "terms": ", ".join(f"{t} {n}" for t, n in _terms(mine, top)),
            }
        )
    return out


def _terms(marks: Sequence[Evidence], top: int) -> list[tuple[str, int]]:
    counted = Counter(e.rule.removeprefix(f"{DEVICE}:") for e in marks)
    return sorted(counted.items(), key=lambda kv: (-kv[1], kv[0]))[:top]

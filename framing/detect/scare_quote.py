"""Scare quotes: marks around a short label that distance the outlet from a word nobody is cited for."""

from __future__ import annotations

from collections.abc import Iterator

from framing.article import Reading
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon

DEVICE = "scare_quote"
MAX_WORDS = 4


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    for start, end in reading.cache.get("loose_quotes", ()):
        words = reading.text[start:end].split()
        if 0 < len(words) <= MAX_WORDS:
            yield mark(reading, start, end, DEVICE, "distance", "scare_quote:unsourced label", "-")

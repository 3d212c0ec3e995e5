"""Asides: the outlet stops reporting and comments in its own voice.

Kinds as the codebook lists them: rhetorical_question, comment, coda, label_comment,
address, gloss. Only narration can hold one; quotations and paraphrase never do.
"""

from __future__ import annotations

from collections.abc import Iterator

from framing.article import Reading
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon

DEVICE = "aside"


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    for s in reading.sentences:
        if s.headline:
            continue
        last = s.last - 1
        while last > s.first and reading.tokens.norm[last] in ('"', "”", "’", "'", ")"):
            last -= 1
        if last >= s.first and reading.tokens.norm[last] == "?" and reading.voice_at(reading.tokens.start[last]).voice == "narration":
            yield mark(reading, s.start, s.end, DEVICE, "rhetorical_question", "aside:question")

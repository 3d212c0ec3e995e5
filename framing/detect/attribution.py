"""Reporting cues with their stance, as the voice module found them."""

from __future__ import annotations

from collections.abc import Iterator

from framing.article import Reading
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon

DEVICE = "attribution"


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    """One evidence per cue; the kind is the stance. A verb is a cue by grammar, so the list alone decides nothing."""
    text = reading.text
    for cue in reading.cues:
        if not text[cue.start].isalnum() or not cue.asserted:
            continue  # a headline's colon hands over words but is no word to judge
        rule = f"attribution:{cue.rule or text[cue.start : cue.end].lower()}"
        yield mark(reading, cue.start, cue.end, DEVICE, cue.stance, rule)

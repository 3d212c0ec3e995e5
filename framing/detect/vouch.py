"""Vouching: an event, fact or thing "shows" something, so the outlet itself stands for the reading.

The list names the show-verbs; the subject decides. A person or organisation that
"underscores" something speaks (attribution); a call, a report of facts, a "which" vouches.
"""

from __future__ import annotations

from collections.abc import Iterator

from framing.article import Reading
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon
from framing.voice import subject_of

DEVICE = "vouch"


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    start, end = reading.tokens.start, reading.tokens.end
    cues = {cue.start for cue in reading.cues}
    for first, last, entry in lexicon.matches(reading).get(DEVICE, ()):
        if start[first] in cues or reading.voice_at(start[first]).voice == "direct":
            continue
        subject = subject_of(reading, first)
        if subject is not None and subject[2] == "thing":
            yield mark(reading, start[first], end[last - 1], DEVICE, entry.kind, entry.rule)

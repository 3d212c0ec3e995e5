"""Loaded terms, with the person, group or thing they are about where the grammar makes it plain.

Beside the list, strong speech verbs (slammed, blasted, lashed out) count here as well as
in attribution, by the codebook: they judge the speaking while they report it.
"""

from __future__ import annotations

from collections.abc import Iterator

from framing.article import Reading
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon

DEVICE = "loaded"


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    start, end = reading.tokens.start, reading.tokens.end
    taken: set[int] = set()
    for first, last, entry in lexicon.matches(reading).get(DEVICE, ()):
        taken.update(range(first, last))
        yield mark(reading, start[first], end[last - 1], DEVICE, entry.kind, entry.rule, entry.valence)
    for cue in reading.cues:
        if cue.strong and reading.token_at(cue.start) not in taken:
            rule = f"loaded:{reading.text[cue.start : cue.end].lower()}"
            yield mark(reading, cue.start, cue.end, DEVICE, "verb", rule, "-")

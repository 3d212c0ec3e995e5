"""Loaded terms, with the person, group or thing they are about where the grammar makes it plain.

The list marks what it is sure of; of arguable entries a small model decides in their
sentence (:mod:`framing.classify.charge`). Beside the list, strong speech verbs (slammed,
blasted, lashed out) count here as well as in attribution, by the codebook: they judge
the speaking while they report it.
"""

from __future__ import annotations

from collections.abc import Iterator

from framing.article import Reading
from framing.classify.charge import charge, tilt
from framing.evidence import Evidence, mark
from framing.lexicon import Doubtful, Lexicon, Match

DEVICE = "loaded"


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    start, end = reading.tokens.start, reading.tokens.end
    sure = lexicon.matches(reading).get(DEVICE, ())
    taken = {k for m in sure for k in range(m.first, m.last)}
    found: list[Match | Doubtful] = [*sure, *charged(reading, lexicon, taken)]
    for m in found:
        taken.update(range(m.first, m.last))
        entry = m.entry
        yield mark(reading, start[m.first], end[m.last - 1], DEVICE, entry.kind, entry.rule, entry.valence)
    for cue in reading.cues:
        if cue.strong and reading.token_at(cue.start) not in taken:
            rule = f"loaded:{reading.text[cue.start : cue.end].lower()}"
            yield mark(reading, cue.start, cue.end, DEVICE, "verb", rule, "-")


def charged(reading: Reading, lexicon: Lexicon, sure: set[int]) -> Iterator[Doubtful]:
    """The doubtful matches that the model holds for charged. ``sure``: tokens inside sure matches."""
    model = None
    at, tilted = -1, 0.0
    for m in lexicon.doubtful(reading):
        model = model or charge()
        sentence = reading.sentence_at(reading.tokens.start[m.first])
        if sentence.index != at:
            at = sentence.index
            tilted = tilt(model.words, reading.tokens.norm, sentence.first, sentence.last)
        p = model.probability(reading, sentence, tilted, m.first, m.last, m.entry, m.guarded, sure)
        if p >= model.threshold:
            yield m

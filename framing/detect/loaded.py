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
from framing.detect._targets import Targets
from framing.evidence import Evidence, mark
from framing.lexicon import Doubtful, Lexicon, Match

DEVICE = "loaded"


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    start, end = reading.tokens.start, reading.tokens.end
    sure = lexicon.matches(reading).get(DEVICE, ())
    taken = {k for m in sure for k in range(m.first, m.last)}
    # A modifier that hands over words is a verb there: "stated, promising that …".
    cues = {reading.token_at(cue.start) for cue in reading.cues}
    both: list[Match | Doubtful] = [*sure, *charged(reading, lexicon, taken)]
    found = [m for m in both if not (m.entry.kind == "modifier" and m.last - m.first == 1 and m.first in cues)]
    taken.update(k for m in found for k in range(m.first, m.last))
    targets = Targets(reading, {k for m in found if m.entry.pos in "ar" for k in range(m.first, m.last)})
    for m in found:
        entry = m.entry
        target = targets.of(m.first, m.last, entry, reading.sentence_at(start[m.first]))
        yield mark(reading, start[m.first], end[m.last - 1], DEVICE, entry.kind, entry.rule, entry.valence, target)
    for cue in reading.cues:
        first = reading.token_at(cue.start)
        if cue.strong and first not in taken:
            last = reading.token_at(cue.end - 1) + 1
            target = targets.of(first, last, None, reading.sentence_at(cue.start))
            rule = f"loaded:{reading.text[cue.start : cue.end].lower()}"
            yield mark(reading, cue.start, cue.end, DEVICE, "verb", rule, "-", target)


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

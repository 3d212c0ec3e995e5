"""Hedges: the list, what only the sentence can tell about its words, and vague sources found as speakers.

A past reporting verb shifts "can" to "could" and "may" to "might"; the list cannot see that.
A generic plural that says something ("those who defend the plan say") is a vague source
whatever words it is made of, as long as it names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from framing.article import Cue, Reading
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon

DEVICE = "hedge"
RULES = ("generic source",)
GUARDS = ("counted source",)

_MANY = frozenset(("some", "many", "those"))
_GENERIC = frozenset("critics opponents proponents supporters detractors skeptics sceptics".split())
_PEOPLE = frozenset(
    "who democrats republicans conservatives liberals progressives lawmakers experts people users voters residents "
    "groups "
    "analysts observers officials members activists parents scientists doctors lawyers historians economists".split()
)
_COUNTED = frozenset(("two", "three", "four", "five", "six", "other"))
_CLAIMS = frozenset(("neutral", "doubt", "assertive", "factive"))


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    start, end, norm = reading.tokens.start, reading.tokens.end, reading.tokens.norm
    taken: list[tuple[int, int]] = []
    for first, last, entry in lexicon.matches(reading).get(DEVICE, ()):
        if entry.kind == "vague_source" and first and (norm[first - 1].isdigit() or norm[first - 1] in _COUNTED):
            continue
        taken.append((start[first], end[last - 1]))
        yield mark(reading, start[first], end[last - 1], DEVICE, entry.kind, entry.rule, entry.valence)
    for cue in reading.cues:
        span = _vague(reading, cue)
        if span is not None and not any(a < span[1] and span[0] < b for a, b in taken):
            yield mark(reading, *span, DEVICE, "vague_source", "hedge:generic source")


def _vague(reading: Reading, cue: Cue) -> tuple[int, int] | None:
    """Source and verb of a cue whose source is a generic plural, or None."""
    if cue.source is None or not cue.content or cue.stance not in _CLAIMS:
        return None
    a, b = cue.source
    if b > cue.start or cue.start - b > 60 or reading.voice_at(a).voice == "direct":
        return None
    words = reading.text[a:b].split()
    if not words or len(words) > 8:
        return None
    head, rest = words[0].lower(), words[1:]
    if head in _GENERIC:
        return a, cue.end
    if head in _MANY and any(w.lower() in _PEOPLE for w in rest):
        return a, cue.end
    return None

"""Hedges: the list, what only the sentence can tell about its words, and vague sources found as speakers.

A past reporting verb shifts "can" to "could" and "may" to "might"; the list cannot see that.
A generic plural that says something ("those who defend the plan say") is a vague source
whatever words it is made of, as long as it names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from framing.article import Cue, Reading
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon

DEVICE = "hedge"
RULES = ("generic source",)
GUARDS = ("counted source", "named source", "purpose")

_MANY = frozenset(("some", "many", "those"))
_GENERIC = frozenset(
    "critics opponents proponents supporters detractors skeptics sceptics historians scholars insiders commentators "
    "pundits strategists".split()
)
_PEOPLE = frozenset(
    "who democrats republicans conservatives liberals progressives lawmakers experts people users voters residents "
    "groups "
    "analysts observers officials members activists parents scientists doctors lawyers historians economists".split()
)
_COUNTED = frozenset(("two", "three", "four", "five", "six", "other"))
# Unnamed agents whatever stands before them ("civil rights groups", "court observers").
_AGENTS = frozenset(
    "critics opponents proponents supporters detractors skeptics sceptics advocates activists campaigners analysts "
    "economists experts observers insiders commentators pundits strategists watchers groups rivals allies".split()
)
_NAMED = frozenset("the his her their its our your my these both two three four five six seven 's".split())
_CLAIMS = frozenset(("neutral", "doubt", "assertive", "factive"))
_HOLDS = frozenset(
    "think thinks thought thinking believe believes believed see sees saw feel feels felt fear fears feared worry "
    "worries worried warn warns warned warning expect expects expected suspect suspects suspected wonder wondered "
    "wondering".split()
)
_END = frozenset("of who from in on with at for to that including".split())


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    start, end, norm = reading.tokens.start, reading.tokens.end, reading.tokens.norm
    taken: list[tuple[int, int]] = []
    for first, last, entry in lexicon.matches(reading).get(DEVICE, ()):
        if norm[first] == "could" and "so" in norm[max(0, first - 14) : first]:
            at = max(k for k in range(max(0, first - 14), first) if norm[k] == "so")
            if norm[at + 1] == "that" or norm[at - 1] == ",":
                continue  # a purpose: "so that the firm could pay"
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
    verb = reading.text[cue.start : cue.end].lower()
    if cue.source is None or not cue.content or " " in verb:
        return None
    if cue.stance not in _CLAIMS and verb not in _HOLDS:
        return None
    a, b = cue.source
    if b > cue.start or cue.start - b > 60 or reading.voice_at(a).voice == "direct":
        return None
    words = reading.text[a:b].split()
    if not words or len(words) > 8:
        return None
    head, rest = words[0].lower(), words[1:]
    named = any(w[:1].isupper() for w in rest)
    between = reading.text[a : cue.start].split()
    if any(w in ("like", "including") and n[:1].isupper() for w, n in pairwise(between)):
        return None
    if head in _GENERIC:
        return a, cue.end
    if head in _MANY and any(w.lower() in _PEOPLE or w.lower() in _AGENTS for w in rest):
        return a, cue.end
    end = next((k for k, w in enumerate(words) if w.lower() in _END), len(words))
    if (
        end > 1
        and words[end - 1].lower() in _AGENTS
        and head not in _NAMED
        and not named
        and not any(w.endswith(("’s", "'s")) or w[:1].isdigit() for w in words[:end])
    ):
        return a, cue.end
    if head == "lawmakers" and "both" in rest:
        return a, cue.end
    return None

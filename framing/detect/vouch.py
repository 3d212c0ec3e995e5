"""Vouching: an event, fact or thing "shows" something, so the outlet itself stands for the reading.

The list names the show-verbs; the subject decides. A person or organisation that
"underscores" something speaks (attribution); a call, a report of facts, a "which" vouches.
A participle after a comma ("…, signalling a shift") has the clause before it as its subject,
a second verb ("highlights … and sheds light on …") the subject of the first.
"""

from __future__ import annotations

from collections.abc import Iterator

from framing.article import Reading
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon, Match
from framing.voice import subject_of

DEVICE = "vouch"

_FACTS = frozenset(("this", "that", "which", "it", "these", "what"))
_SKIPPED = frozenset("also just only clearly again once now further thus thereby simply have has had".split())
_PEOPLE = frozenset(
    ("he", "she", "they", "we", "i", "you", "who", "people", "to", "will", "would", "can", "could", "may")
)
_PASSIVE = frozenset(("is", "are", "was", "were", "be", "been", "being", "feel", "feels", "felt", "as", "get", "got"))
_NO_VERB = frozenset(
    ("the", "a", "an", "no", "enough", "percentage", "his", "her", "their", "its", "any", "of", "great")
)


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    start, end = reading.tokens.start, reading.tokens.end
    for first, last, entry in vouches(reading, lexicon):
        yield mark(reading, start[first], end[last - 1], DEVICE, entry.kind, entry.rule)


def vouches(reading: Reading, lexicon: Lexicon) -> list[Match]:
    """Show-verbs whose subject is a fact or thing, in order; remembered in ``reading.cache``."""
    found: list[Match] | None = reading.cache.get("vouches")
    if found is not None:
        return found
    found = []
    cues = {cue.start for cue in reading.cues}
    nobodys = {cue.start for cue in reading.cues if cue.speaker is None or not cue.speaker[:1].isupper()}
    start, norm = reading.tokens.start, reading.tokens.norm
    sentence = -1
    for match in lexicon.matches(reading).get(DEVICE, ()):
        first = match.first
        clause = norm[first].endswith("ing") and start[first] in nobodys
        if (start[first] in cues and not clause) or not _is_verb(norm, first, match.last):
            continue
        s = reading.sentence_at(start[first])
        if _by_thing(reading, first, s.first, s.index == sentence):
            found.append(match)
            sentence = s.index
    reading.cache["vouches"] = found
    return found


def _is_verb(norm: list[str], first: int, last: int) -> bool:
    """Not a noun ("no evidence", "0.2 point to"), an infinitive ("to reveal") or a passive ("was shown")."""
    before = norm[first - 1] if first else ""
    word = norm[first]
    if before in _NO_VERB or before[:1].isdigit() or before == "to" or word == "evidence":
        return False
    if before in _PASSIVE and word.endswith(("ed", "n")):
        return False
    after = norm[last] if last < len(norm) else ""
    if word == "signals" and after in ("intelligence", "indicate", "suggest", "from"):
        return False
    if word.startswith("mean") and after == "a" and norm[last + 1 : last + 2] == ["lot"]:
        return False
    if word.startswith("show") and after in ("sign", "signs"):
        return False  # growth that "shows signs of slowing" is reporting
    return before not in ("not", "n't")


def _by_thing(reading: Reading, first: int, lo: int, follows: bool) -> bool:
    norm = reading.tokens.norm
    k = first - 1
    while k >= lo and (norm[k] in _SKIPPED or (norm[k].endswith("ly") and len(norm[k]) > 5)):
        k -= 1
    if k < lo or norm[k] == "to":
        return False
    if norm[k] in ("and", "or", "but") and follows:
        return True
    if norm[first].endswith("ing"):
        # a clause before the comma is the subject; a participle that opens the sentence has the person after it
        return norm[k] in (",", "-", "–", "—") and k - lo >= 4 and _clause_has_thing(reading, lo, k)
    if norm[k] in _FACTS:
        return True
    a, b, kind = subject_of(reading, first)
    if kind == "thing":
        return True
    if kind == "none":
        # an -ing noun or a long noun phrase: its last word stands before the verb
        word = reading.tokens.text[k]
        return word.isalpha() and word.islower() and norm[k] not in _PEOPLE
    return kind == "pronoun" and b - a == 1 and norm[a] in _FACTS


def _clause_has_thing(reading: Reading, lo: int, k: int) -> bool:
    """Whether no cue stands in the clause ``[lo, k)``: a speaker's participle is the speaker's."""
    start = reading.tokens.start
    return not any(start[lo] <= cue.start < start[k] for cue in reading.cues)

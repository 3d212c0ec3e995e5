"""Scare quotes: marks around a short label that distance the outlet from a word nobody is cited for.

Candidates are the quotations that the voice module gives to no source. Most of those
are titles, nicknames, slogans, terms explained, or fragments of what somebody says near by;
so a mark needs a sign of distance: a distancing word before it ("so-called", "being
called"), a word that only praises or claims in earnest (“experts”, “plan”), or a charge
elsewhere in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from framing.article import Reading, Sentence
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon

DEVICE = "scare_quote"
MAX_WORDS = 4

_DISTANT = ("so-called", "so called", "supposed", "supposedly", "self-styled", "self-proclaimed", "self-appointed",
            "ostensible", "the guise of", "under the banner of", "in the name of", "masquerading as",
            "posing as")  # fmt: skip
_SO_CALLED = re.compile(
    r"\b(?:so-called|supposed|self-styled|self-proclaimed) (?=[“\"‘'](?P<label>[^“”\"‘’\n]{1,60})[”\"’'])"
)
_CALLED = re.compile(r"\b(?:being|are being|is being|still being|now|falsely|wrongly|laughably|absurdly|"
    r"optimistically) "
                     r"(?:called|styled|dubbed|labell?ed|termed|billed as|described as|referred to as) $")  # fmt: skip
# Words that bring a term in or give it to somebody: what follows is its name or a citation.
_INTRODUCES = frozenset(
    "called call calls calling known dubbed termed labeled labelled titled entitled named nicknamed slogan sign signs "
    "word words term terms phrase reading meaning means as say says said quote quotes like deemed defined hashtag on "
    "considered marked song book film movie show series magazine album designated branded described".split()
)
_BEFORE = frozenset(
    "his her their its your our 's ’s s' the this these those that such another more no any of own their a an latest "
    "some to federal government's and".split()
)
# Labels that only mock when set in marks without a source.
_EARNEST = frozenset(
    "plan plans expert experts reform reforms investigation probe report reports evidence proof prove proves "
    "proved fact facts "
    "fact-checkers fact-check research study studies science scientist scientists journalist journalists "
    "journalism news "
    "bombshell bombshells revelation revelations scoop collusion relocation relief clarification correction "
    "apology apologies "
    "democracy democratic freedom freedoms justice peace peacekeeper peacekeepers liberation liberated liberators "
    "election "
    "elections referendum vote trial victory ally allies friend friends partner partners partnership values compromise "
    "solution solutions help security diplomacy negotiation negotiations talks progress protection safe rescue "
    "volunteers "
    "observer observers independent neutral objective unbiased impartial moderate moderates compassion "
    "compassionate truth "
    "leader leaders leadership scholar scholars philanthropist charity donation consultants consultation transparency "
    "transparent improvement improvements efficiency efficiencies savings investment generosity generous fair fairness "
    "equality tolerance tolerant inclusive diversity inclusion patriots patriot patriotism family-friendly voluntary "
    "dialogue dialog debate chiefs rulers elites intellectual intellectuals experiment modernisation modernization "
    "redistribution refugees terrorism hacked cultivated revealed pathway rescuers saviour savior guests fat cure "
    "miracle "
    "protesters activists resistance woke success successes concern concerns education re-education retraining "
    "training".split()
)  # fmt: skip


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    text = reading.text
    done: set[int] = set()
    for m in _SO_CALLED.finditer(text):
        at, label = m.end(), m.group("label")
        if len(label.split()) <= MAX_WORDS + 2 and reading.voice_at(m.start()).voice != "direct":
            done.add(at)
            yield mark(reading, at, at + len(label) + 2, DEVICE, "distance", "scare_quote:so-called", "-")
    charged = {s for s, _ in _charges(reading, lexicon)}
    for start, end in reading.cache.get("loose_quotes", ()):
        if start in done:
            continue
        words = text[start + 1 : end - 1].strip(" ,.;:").split()
        if not 0 < len(words) <= MAX_WORDS:
            continue
        sentence = reading.sentence_at(start)
        before = text[max(sentence.start, start - 60) : start].lower()
        if _CALLED.search(before) or before.rstrip().endswith(_DISTANT):
            yield mark(reading, start, end, DEVICE, "distance", "scare_quote:distancing word", "-")
        elif _unsourced(reading, start, end, words, sentence) and (
            words[-1].lower() in _EARNEST or words[0].lower() in _EARNEST or sentence.index in charged
        ):
            yield mark(reading, start, end, DEVICE, "distance", "scare_quote:unsourced label", "-")


def _charges(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Sentences in which the narration holds a negative loaded term outside marks, or asks."""
    start = reading.tokens.start
    for first, _, entry in lexicon.matches(reading).get("loaded", ()):
        if entry.valence == "-" and reading.voice_at(start[first]).voice == "narration":
            yield reading.sentence_at(start[first]).index, first
    for s in reading.sentences:
        if not s.headline and reading.text[s.start : s.end].endswith("?"):
            yield s.index, s.first


def _unsourced(reading: Reading, start: int, end: int, words: list[str], sentence: Sentence) -> bool:
    """No source near by, no name or title, not introduced as a term, not said by anybody in the article."""
    text = reading.text
    label = " ".join(words)
    if not label[:1].islower() or any(w[:1].isupper() for w in words[1:]):
        return False
    norm = reading.tokens.norm
    at = reading.token_at(start)
    back = norm[max(sentence.first, at - 3) : at]
    if not back or back[-1] not in _BEFORE or any(w in _INTRODUCES for w in back):
        return False
    after = text[end : end + 12].lower().lstrip()
    if after.startswith((",", "(", "label", "sign", "list", "vote", "button", "trade")) and not text[
        start:end
    ].endswith(","):
        return False
    if any(sentence.start <= cue.start < sentence.end for cue in reading.cues):
        return False
    around = [
        s
        for s in reading.sentences[max(sentence.index - 1, 0) : sentence.index + 2]
        if s.paragraph == sentence.paragraph
    ]
    lo, hi = around[0].start, around[-1].end
    quoted = [v for v in reading.voices if v.voice == "direct"]
    return not any(lo <= v.start < hi or label in text[v.start : v.end] for v in quoted)

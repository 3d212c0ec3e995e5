"""How much a sentence of narration reads as the outlet's own comment: a weighted sum of visible signs.

The classifiers know words; what they cannot know is the grammar of commenting and the
place: a copula with a verdict, a contrast, a modal prediction, an inference drawn from "this",
against names, dates, figures and past events, which report. The weights are a logistic
regression over both, fitted on hand-read articles by :mod:`framing.evaluate.aside_fit`;
they are data (``aside_weights.json``), and :func:`signs` shows what a sentence has.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from framing.article import Reading
from framing.classes import MODALS, MONTHS, NEGATIONS, NUMBERS, WEEKDAYS
from framing.classify import of_reading
from framing.tokens import Column, fold

__all__ = [
    "NAMES",
    "PAGE_NAMES",
    "WEIGHTS",
    "Judge",
    "Place",
    "is_opinion_piece",
    "judge",
    "opinion_piece",
    "page_judge",
    "page_signs",
    "said",
    "signs",
]

WEIGHTS = Path(__file__).with_name("aside_weights.json")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Sign -> words that give it. A word may give several.
_WORDS: dict[str, frozenset[str]] = {
    "modal": MODALS - _set("'d can cannot can't"),
    "negation": NEGATIONS | _set("little few barely scarcely neither"),
    "past": _set(
        "was were had did wasn't weren't didn't hadn't went came took made got began became left held "
        "met ran won lost rose fell sent saw"
    ),
    "time": (MONTHS - {"may", "march"}) | WEEKDAYS | _set("yesterday today tomorrow tonight ago a.m. p.m."),
    "concession": _set("though although despite while whereas even merely only simply just rather instead"),
    "stance": _set(
        "largely effectively essentially increasingly arguably apparently notably ultimately "
        "presumably surely inevitably hardly barely actually really obviously clearly certainly "
        "conveniently quietly predictably indeed perhaps maybe unfortunately fortunately sadly "
        "interestingly ironically curiously plainly naturally evidently frankly oddly tellingly"
    ),
    "degree": _set("more less most least better worse best worst too so enough far much very quite"),
    "verdict": _set(
        "sign signs signal reminder symptom symptomatic evidence indication testament proof blow "
        "setback victory defeat boost threat challenge problem problems issue risk risks chance "
        "chances odds prospect prospects expectations question questions doubt doubts reason irony "
        "contrast reality truth difference impact message clue mistake failure success lesson point "
        "spectacle mess farce stunt excuse distraction"
    ),
    "reader": _set("we our ours you your yours let's"),
    "condition": _set("if unless whether otherwise"),
    "present": _set(
        "is are isn't aren't has have does do doesn't don't seems seem appears appear remains remain "
        "means mean looks look makes suggests shows"
    ),
    "person": _set("he she they mr mrs ms"),
    "conditional": _set("would wouldn't"),
    "appearance": _set("seem seems seemed appear appears appeared apparently"),
}  # fmt: skip
_SIGNS: dict[str, tuple[str, ...]] = {}
for _name, _words in _WORDS.items():
    for _word in _words:
        _SIGNS[_word] = (*_SIGNS.get(_word, ()), _name)
_TURNS = _set("but yet still however nevertheless nonetheless and so instead indeed perhaps maybe")
_COPULAS = _set(
    "is are was were be been seems seem appears appear looks look remains remain isn't aren't "
    "wasn't weren't 's 're it's that's there's"
)  # fmt: skip
_BETWEEN = _set(
    "not also still now so too very quite only more less even pretty increasingly particularly "
    "especially hardly far just simply clearly a an the no as all most"
)  # fmt: skip
_DEICTIC = _set("this that these those such it there here it's that's there's")
_VERDICTS = _WORDS["verdict"] | _set(
    "good bad tough hard difficult easy important big clear unclear strong weak high low likely unlikely possible "
    "impossible wrong right true false untrue ready able unable willing unwilling certain uncertain serious huge small "
    "significant notable telling obvious evident worth crucial key vital rare unusual typical fair safe dangerous "
    "risky odd strange remarkable surprising interesting logical reasonable plain meagre meager modest bold long slim "
    "steep premature absurd"
)
# What the page and the lists say about a sentence (:class:`Place`), in the order of the weights.
_PLACED = (
    "opinion", "lean", "bias", "loaded", "twice loaded", "certainty", "importance", "degree booster", "universal",
    "hedged", "vouched", "cued", "mixed", "closing", "opening", "after a source", "alone", "turn of phrase",
)  # fmt: skip
_OPENERS = {"but": "opens with but", "if": "opens with if", "there": "opens with there"}
_MADE = (*_OPENERS.values(), "possibly", "turns", "verdict after copula", "deictic opener", "figures", "names", "short",
         "long", "quotes", "post", "parenthesis")  # fmt: skip
NAMES = (*_PLACED, *_WORDS, *_MADE)


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a sentence besides its words. ``opinion``, ``bias``: log-odds by the classifiers; ``lean``: mean
    log-odds of opinion of the article's other sentences; ``flags``: the other signs of the page and the lists."""

    opinion: float
    lean: float
    bias: float
    flags: frozenset[str]


# What a token says by itself, as bits: the signs, and what signs are made of.
_FLAGS = (*_WORDS, "figures", "quotes", "post", "parenthesis")
_COPULA, _VERDICT, _LETTER, _CAPITAL, _MAY = (1 << n for n in range(len(_FLAGS), len(_FLAGS) + 5))
_BIT = {name: 1 << n for n, name in enumerate(_FLAGS)}


def _bits(form: str) -> int:
    """Bits of a token by its surface form."""
    w = fold(form)
    bits = sum(_BIT[name] for name in _SIGNS.get(w, ()))
    if w in _COPULAS:
        bits |= _COPULA
    elif w in _VERDICTS:
        bits |= _VERDICT
    first = w[:1]
    if first.isalpha():
        bits |= _LETTER
        if len(w) > 4 and w.endswith("ed"):
            bits |= _BIT["past"]
        if form[:1].isupper():
            bits |= _CAPITAL
        elif w == "may":
            bits |= _MAY  # not the month
    elif first.isdigit() or w in NUMBERS:
        bits |= _BIT["figures"]
    elif w in '“”"':
        bits |= _BIT["quotes"]
    elif w in "@#!" or w == "/":
        bits |= _BIT["post"]
    elif w in "(—–" or w == "--":
        bits |= _BIT["parenthesis"]
    return bits


_BITS = Column(_bits, "u4")


class Said(NamedTuple):
    """The words of a sentence: bits of all its tokens together, how many are words, how many of those after the first
    token are capitalised."""

    bits: int
    words: int
    capitals: int


def said(reading: Reading) -> list[Said]:
    """What the words of each sentence give, in order."""
    import numpy as np

    if not reading.sentences:
        return []
    bits = _BITS(reading.tokens)
    firsts = np.fromiter((s.first for s in reading.sentences), dtype=np.int64, count=len(reading.sentences))
    capital = (bits & _CAPITAL).astype(bool)
    counts = np.add.reduceat(capital, firsts, dtype=np.int64) - capital[firsts]
    words = np.add.reduceat((bits & _LETTER).astype(bool), firsts, dtype=np.int64)
    return list(map(Said, np.bitwise_or.reduceat(bits, firsts).tolist(), words.tolist(), counts.tolist()))


def signs(norm: Sequence[str], words: Said, place: Place) -> dict[str, float]:
    """The signs of a sentence given as folded tokens: name -> strength (1 for yes). ``words``: its :func:`said`."""
    found: dict[str, float] = {"opinion": place.opinion, "lean": place.lean, "bias": place.bias}
    found.update(dict.fromkeys(place.flags, 1.0))
    bits, count, upper = words
    for name, bit in _BIT.items():
        if bits & bit:
            found[name] = 1.0
    if bits & _COPULA and bits & _VERDICT and _judges(norm):
        found["verdict after copula"] = 1.0
    head = norm[0] if norm else ""
    if bits & _MAY or head == "may":
        found["possibly"] = 1.0
    if head in _OPENERS:
        found[_OPENERS[head]] = 1.0
    if head in _TURNS:
        found["turns"] = 1.0
    if head in _DEICTIC or (head in _TURNS and len(norm) > 1 and norm[1] in _DEICTIC):
        found["deictic opener"] = 1.0
    found["names"] = upper / max(1, count - 1)
    found["short" if count <= 6 else "long"] = 1.0 if count <= 6 else math.log(count)
    return found


def _judges(norm: Sequence[str]) -> bool:
    """Whether a verdict stands within four words after a copula, with nothing but adverbs and the like between."""
    copula = -9
    for k, w in enumerate(norm):
        if w in _COPULAS:
            copula = k
        elif (
            copula >= k - 4 and w in _VERDICTS and all(b in _BETWEEN or b.endswith("ly") for b in norm[copula + 1 : k])
        ):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Judge:
    """The fitted weights. ``threshold``: least P that marks a sentence."""

    weights: Mapping[str, float]
    intercept: float
    threshold: float

    def probability(self, found: Mapping[str, float]) -> float:
        """P(comment) of a sentence with these signs."""
        weights = self.weights
        z = self.intercept + sum(weights.get(name, 0.0) * value for name, value in found.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, z))))


@cache
def _shipped() -> dict[str, Judge]:
    data = json.loads(WEIGHTS.read_text("utf-8"))
    return {name: Judge(d["weights"], d["intercept"], d["threshold"]) for name, d in data.items()}


def judge() -> Judge:
    """The shipped weights for sentences."""
    return _shipped()["sentence"]


def page_judge() -> Judge:
    """The shipped weights for whole articles."""
    return _shipped()["page"]


PAGE_NAMES = ("opinion", "few sources", "reader", "labelled")
_LABEL = re.compile(r"\W*(?:(?:opinion|commentary|editorial|op-?ed|column|viewpoint|perspective)s?\b|.{0,120}[|:] ?"
                    r"(?:opinion|commentary|editorial|column)\b)", re.IGNORECASE)  # fmt: skip
_LABELS = ("opinion", "commentar", "editorial", "oped", "op-ed", "column", "viewpoint", "perspective")


def _labelled(line: str) -> bool:
    """Whether a line holds a word of :data:`_LABEL` at all, which tries every character of a line."""
    low = line.casefold()
    return any(word in low for word in _LABELS)


def page_signs(reading: Reading) -> dict[str, float] | None:
    """Signs of an opinion piece: mean P(opinion) of the narration, share of it without a cue, share of it that says
    I, we or you, a label in the headline. None for a page with fewer than five sentences of narration."""
    opinion = of_reading(reading)["opinion"]
    body = [s for s in reading.sentences if s.index in opinion and not s.headline]
    if len(body) < 5:
        return None
    cued = {reading.sentence_at(cue.start).index for cue in reading.cues}
    norm = reading.tokens.norm
    reader = sum(not _WORDS["reader"].isdisjoint(norm[s.first : s.last]) for s in body)
    head = (reading.article.title or "")[:200] + "\n" + reading.text[:200]
    return {
        "opinion": sum(opinion[s.index] for s in body) / len(body),
        "few sources": 1 - len(cued) / max(1, len(reading.sentences)),
        "reader": reader / len(body),
        "labelled": float(any(map(_LABEL.match, filter(_labelled, head.split("\n"))))),
    }


def opinion_piece(reading: Reading) -> float:
    """P(the whole article is an opinion piece), 0 for one too short to tell; remembered in ``reading.cache``."""
    known: float | None = reading.cache.get("opinion_piece")
    if known is None:
        found = page_signs(reading)
        known = reading.cache["opinion_piece"] = page_judge().probability(found) if found is not None else 0.0
    return known


def is_opinion_piece(reading: Reading) -> bool:
    """Whether the whole article is taken for an opinion piece."""
    return opinion_piece(reading) >= page_judge().threshold

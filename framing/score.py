"""Evidence -> additive counts -> rates with intervals.

The unit is a *count*: how many marks of one device, kind and valence stand in one
voice of one sentence, beside how many words that sentence has in that voice. Every
score is a function of sums of these, so a table of evidence and a table of words
are enough to recompute it, and one bootstrap over sentences serves every measure.

Rates are per 1,000 words *of that voice*, with exact Poisson intervals (Garwood
1936); shares have Wilson (1927) intervals. Below 100 narration words an article is
"not scored" (rates are NaN), below 500 it is scored with a "warning".
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Any

from framing.article import Reading
from framing.evidence import Evidence
from framing.statistics import garwood, wilson
from framing.tokens import Column, fold

__all__ = [
    "JUDGED", "MEASURES", "MIN_SCORED", "MIN_SURE", "PER", "STANCES", "VOICES", "Counts", "Measure", "count", "scores",
]  # fmt: skip

PER = 1000
MIN_SCORED = 100
MIN_SURE = 500
VOICES = ("narration", "direct", "indirect")
JUDGED = ("bias", "certainty")  # classifiers beside opinion whose expected share is a score
STANCES = (
    "neutral", "doubt", "assertive", "emphatic", "factive", "commissive", "accusing", "aligning", "directive",
    "emotive", "mental",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """A rate: which marks it counts. ``label`` is for charts."""

    name: str
    label: str
    counts: Callable[[str, str, str], bool]  # device, kind, valence


def _device(name: str) -> Callable[[str, str, str], bool]:
    return lambda device, kind, valence: device == name


MEASURES: tuple[Measure, ...] = (
    Measure("hedge", "Hedges", _device("hedge")),
    Measure("vague_source", "Vague sources", lambda d, k, v: d == "hedge" and k == "vague_source"),
    Measure("booster", "Boosters", _device("booster")),
    Measure("loaded", "Loaded terms", _device("loaded")),
    Measure("loaded_negative", "Loaded, negative", lambda d, k, v: d == "loaded" and v == "-"),
    Measure("loaded_positive", "Loaded, positive", lambda d, k, v: d == "loaded" and v == "+"),
    Measure("vouch", "Vouching", _device("vouch")),
    Measure("scare_quote", "Scare quotes", _device("scare_quote")),
    Measure("aside", "Asides", _device("aside")),
)

Key = tuple[int, str, str, str, str]  # sentence, voice, device, kind, valence


@dataclass(slots=True)
class Counts:
    """Additive counts of one article.

    ``marks[sentence, voice, device, kind, valence]`` and ``words[sentence, voice]``;
    ``headlines``: indices of headline sentences; ``opinion[sentence]``: probability
    that a narration sentence is opinion (empty where no model ran); ``judged[name][sentence]``:
    the same of the other classifiers;
    ``title[voice, device, kind, valence]``: marks in a headline that is not part of the text.
    """

    marks: Counter[Key] = field(default_factory=Counter)
    words: Counter[tuple[int, str]] = field(default_factory=Counter)
    sentences: int = 0
    headlines: frozenset[int] = frozenset()
    opinion: dict[int, float] = field(default_factory=dict)
    judged: dict[str, dict[int, float]] = field(default_factory=lambda: {name: {} for name in JUDGED})
    title: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)

    def total(self, wanted: Callable[[str, str, str], bool], voice: str = "narration") -> int:
        """How many marks satisfy ``wanted(device, kind, valence)`` in one voice."""
        return sum(n for (_, v, d, k, val), n in self.marks.items() if v == voice and wanted(d, k, val))

    def words_of(self, voice: str) -> int:
        return sum(n for (_, v), n in self.words.items() if v == voice)


def count(
    reading: Reading,
    evidence: Iterable[Evidence],
    opinion: Mapping[int, float] | None = None,
    judged: Mapping[str, dict[int, float]] | None = None,
) -> Counts:
    """Count evidence and words per sentence and voice. A word is a token that begins with a letter or digit.

    ``opinion``: P of each narration sentence; ``judged``: the same of other classifiers, by name.
    """
    counts = Counts(
        sentences=len(reading.sentences),
        headlines=frozenset(s.index for s in reading.sentences if s.headline),
        opinion=dict(opinion or {}),
    )
    counts.judged.update(judged or {})
    counts.marks.update((e.sentence, e.voice, e.device, e.kind, e.valence) for e in evidence)
    counts.words.update(_words(reading))
    return counts


def _words(reading: Reading) -> dict[tuple[int, str], int]:
    """Words per sentence and voice, walking tokens, sentences and voice spans side by side."""
    out: dict[tuple[int, str], int] = {}
    start = reading.tokens.start
    # Words up to each token: a difference of two is the number of words between.
    upto = [0, *_IS_WORD(reading.tokens).cumsum(dtype="i8").tolist()]
    voices = reading.voices
    at = 0
    for sentence in reading.sentences:
        i, last = sentence.first, sentence.last
        while i < last:
            while at + 1 < len(voices) and voices[at].end <= start[i]:
                at += 1
            stop = voices[at].end if voices else 0
            j = last if start[last - 1] < stop else max(i + 1, bisect_left(start, stop, i, last))
            n = upto[j] - upto[i]
            if n:
                key = (sentence.index, str(voices[at].voice))
                out[key] = out.get(key, 0) + n
            i = j
    return out


_IS_WORD = Column(lambda form: fold(form)[:1].isalnum())


def scores(counts: Counts) -> dict[str, Any]:
    """All measures of one article (or of several, summed): name -> number, and ``status``.

    For each rate ``m``: ``n_m`` marks in narration, ``m`` per 1,000 narration words,
    ``m_low``/``m_high`` its 95 % Garwood interval. Shares lie in 0..1.
    """
    words = {v: counts.words_of(v) for v in VOICES}
    total = sum(words.values())
    own = words["narration"]
    out: dict[str, Any] = {"words": total}
    out.update({f"words_{v}": words[v] for v in VOICES})
    out.update({f"share_{v}": words[v] / total if total else nan for v in VOICES})
    out["sentences"] = counts.sentences
    by_mark: Counter[tuple[str, str, str, str]] = Counter()
    for (_, voice, device, kind, valence), n in counts.marks.items():
        by_mark[voice, device, kind, valence] += n
    narration = [(d, k, val, n) for (v, d, k, val), n in by_mark.items() if v == "narration"]
    scored = own >= MIN_SCORED
    for measure in MEASURES:
        n = sum([m for d, k, val, m in narration if measure.counts(d, k, val)])
        rate, low, high = garwood(n, own, PER) if scored else (nan, nan, nan)
        out[f"n_{measure.name}"] = n
        out[measure.name], out[f"{measure.name}_low"], out[f"{measure.name}_high"] = rate, low, high
    plus, minus = out["n_loaded_positive"], out["n_loaded_negative"]
    out["loaded_balance"] = (plus - minus) / (plus + minus) if plus + minus else nan
    stance = Counter[str]()
    for device, kind, _, n in narration:
        if device == "attribution":
            stance[kind] += n
    cues = stance.total()
    out["n_attribution"] = cues
    for name in STANCES:
        out[f"stance_{name}"] = stance[name] / cues if cues else nan
    out["n_narration_sentences"] = len(counts.opinion)
    for name, found in (("opinion", counts.opinion), *counts.judged.items()):
        p = list(found.values())
        share, low, high = wilson(sum(p), len(p)) if p else (nan, nan, nan)
        out[name], out[f"{name}_low"], out[f"{name}_high"] = share, low, high
    heads = [
        (d, k, val, n) for (s, v, d, k, val), n in counts.marks.items() if s in counts.headlines and v == "narration"
    ]
    heads += [(d, k, val, n) for (v, d, k, val), n in counts.title.items() if v == "narration"]
    for name, wanted in _HEADLINE:
        out[f"headline_{name}"] = sum([n for d, k, val, n in heads if wanted(d, k, val)])
    out["status"] = "not scored" if not scored else "warning" if own < MIN_SURE else "scored"
    return out


_HEADLINE: Sequence[tuple[str, Callable[[str, str, str], bool]]] = tuple(
    (m.name, m.counts) for m in MEASURES if m.name in ("hedge", "booster", "loaded_negative", "loaded_positive")
)

"""Which spans of two articles report the same proposition.

Sentences are split into clauses at quotations, semicolons and reporting frames, each
clause becomes a bag of stems weighted by how rare they are in news (packaged background
counts), and pairs are scored by the cosine of these bags plus shared rare words. A pair is
kept where each is (nearly) the other's best match. Asides and questions of the outlet are
never paired with a report.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing import background
from framing.classes import BE, DETERMINERS, HAVE, MODALS, PREPOSITIONS, PRONOUNS

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.article import Reading

__all__ = ["Pair", "Unit", "align", "content_words", "differences", "units"]

# A pair below this similarity is not the same proposition. Chosen on the founding pair with the gold pairs' F1 in view.
LEAST = 0.35
# A second-best partner counts too when it comes this near to the best.
NEAR = 0.80
# Similarity from which two passages count as worded alike.
SAME, REWORDED = 0.80, 0.45
# Half-matched units count from this similarity on.
ONE_WAY = 0.60
INSIDE = 0.12
# A unit must carry this much rare vocabulary, or this many runs of words.
MIN_WEIGHT = 6.0
MIN_RUNS = 4
# Words commoner than this (idf) do not count.
FLOOR = 0.4
_STOP = frozenset(DETERMINERS | BE | HAVE | MODALS | PREPOSITIONS | PRONOUNS) | frozenset(
    [
        "and",
        "or",
        "but",
        "not",
        "no",
        "as",
        "if",
        "than",
        "so",
        "also",
        "said",
        "says",
        "say",
        "told",
        "added",
        "that",
        "there",
        "when",
        "while",
        "who",
        "which",
        "what",
        "how",
        "why",
        "more",
        "most",
        "very",
        "just",
        "only",
        "new",
        "two",
        "one",
        "first",
        "year",
        "years",
        "mr",
        "mrs",
        "ms",
        "according",
    ]
)
# Words that news uses for one another; a class counts as one stem.
_SAME = {
    "defence": "defens", "usa": "us", "u.s": "us", "u.s.": "us", "america": "us", "american": "us", "americans": "us",
    "beijing": "china", "chinese": "china", "moscow": "russia", "russian": "russia", "russians": "russia",
    "kremlin": "russia", "washington": "us", "kyiv": "ukrain", "ukrainian": "ukrain", "ukraine": "ukrain",
    "eu": "europ", "european": "europ", "europe": "europ", "brussels": "europ", "uk": "britain", "british": "britain",
    "israeli": "israel", "palestinian": "palestin", "iranian": "iran", "tehran": "iran", "indian": "india",
    "french": "franc", "german": "germani", "gop": "republican", "pm": "premier",
}  # fmt: skip
SYNONYMS = Path(__file__).parent / "data" / "synonyms.txt"
_BREAK = re.compile(r"[;\n]|\s[\u2013\u2014-]{1,2}\s")


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause: half-open ``[start, end)``, voice of most of it, sentence index, stem weights and runs of words."""

    start: int
    end: int
    voice: str
    speaker: str | None
    sentence: int
    weights: dict[str, float]
    runs: frozenset[tuple[str, ...]]
    aside: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Unit ``a`` of the first article and ``b`` of the second report the same thing. ``similarity`` in 0..1."""

    a: Unit
    b: Unit
    similarity: float
    relation: str


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Snowball stem of a folded word; nations and their capitals and adjectives share one."""
    known = _SAME.get(word)
    if known:
        return known
    return str(_stemmer().stem(word)) if word.isascii() else word


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    out: dict[str, str] = {}
    for line in SYNONYMS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            first, *others = line.split()
            for word in (first, *others):
                out.setdefault(stem(word), "=" + first)
    return out


@lru_cache(maxsize=200_000)
def concept(word: str) -> str:
    """The class of a folded word among news synonyms, or its stem where it has none."""
    s = stem(word)
    return _classes().get(s, s)


@lru_cache(maxsize=1)
def _background() -> background.Background:
    return background.load()


def _weights(words: list[str]) -> dict[str, float]:
    """Stem -> rarity in news of its commonest form; function words are left out."""
    rarity: dict[str, float] = {}
    idf = _background().idf
    for w in words:
        if w[:1].isalnum() and w not in _STOP and len(w) > 1:
            s = concept(w)
            rarity[s] = min(rarity.get(s, 9.0), idf(w))
    return {s: r for s, r in rarity.items() if r > FLOOR}


def content_words(reading: Reading, start: int, end: int) -> list[str]:
    """Folded words of ``[start, end)`` without function words, numbers and the frame of a report."""
    first, last = reading.token_at(start), reading.token_at(max(start, end - 1)) + 1
    norm, begin = reading.tokens.norm, reading.tokens.start
    return [norm[k] for k in range(first, last) if begin[k] >= start and norm[k][:1].isalpha() and norm[k] not in _STOP]


def _runs(words: list[str]) -> frozenset[tuple[str, ...]]:
    """Runs of three words, function words included: what a quotation keeps when it is shared."""
    plain = [w for w in words if w[:1].isalnum() or w == "'s"]
    return frozenset(tuple(plain[k : k + 3]) for k in range(len(plain) - 2))


def units(a: Analysis) -> list[Unit]:
    """Clauses of an article, in order: sentences cut where the voice changes or a semicolon or dash stands."""
    out: list[Unit] = []
    reading = a.reading
    text, tokens = reading.text, reading.tokens
    asides = [(e.start, e.end) for e in a.evidence if e.device == "aside"]
    frame: set[int] = set()
    for cue in reading.cues:
        for x, y in ((cue.start, cue.end), cue.source or (0, 0)):
            if y > x:
                frame.update(range(reading.token_at(x), reading.token_at(y - 1) + 1))
    for s in reading.sentences:
        cuts = {s.start, s.end}
        for m in _BREAK.finditer(text, s.start, s.end):
            cuts.add(m.end())
        pieces = _pieces(reading, s.start, s.end, sorted(cuts))
        for start, end, voice, speaker in pieces:
            first, last = reading.token_at(start), reading.token_at(max(start, end - 1)) + 1
            if tokens.start[first] < start:
                first += 1
            # Who speaks and that he speaks is no proposition: cue and source mention do not count.
            words = [tokens.norm[k] for k in range(first, last) if k not in frame or voice != "narration"]
            weights = _weights(words)
            runs = _runs(words)
            if sum(weights.values()) < MIN_WEIGHT and len(runs) < MIN_RUNS:
                continue
            aside = any(x < end and start < y for x, y in asides)
            out.append(Unit(start, end, voice, speaker, s.index, weights, runs, aside))
    return out


def _pieces(reading: Any, start: int, end: int, cuts: list[int]) -> list[tuple[int, int, str, str | None]]:
    """Stretches between cuts, long attributed spans apart; short scraps join their neighbour."""
    text = reading.text
    spans = [v for v in reading.voices if v.start < end and v.end > start]
    out: list[tuple[int, int, str, str | None]] = []
    for lo, hi in pairwise(cuts):
        mine = [(max(v.start, lo), min(v.end, hi), v) for v in spans if v.start < hi and v.end > lo]
        merged: list[list[Any]] = []
        for x, y, v in mine:
            words = len(text[x:y].split())
            # A partial quotation belongs to the clause it completes; a long attributed stretch stands alone.
            if merged and (words < 6 or merged[-1][4] < 5):
                merged[-1][1] = y
                if words > merged[-1][4]:
                    merged[-1][2], merged[-1][3] = str(v.voice), v.speaker
                merged[-1][4] += words
            else:
                merged.append([x, y, str(v.voice), v.speaker, words])
        for x, y, voice, speaker, _ in merged:
            x0, y0 = x, y
            while x0 < y0 and text[x0].isspace():
                x0 += 1
            while y0 > x0 and text[y0 - 1].isspace():
                y0 -= 1
            if y0 > x0:
                out.append((x0, y0, voice, speaker))
    return out


def _similarity(a: Unit, b: Unit, local: dict[str, float]) -> float:
    """Larger of: cosine of the stems (plus a bonus where the shorter is inside the longer); share of common runs.

    ``local`` weighs down stems that these two articles use everywhere, such as the names of the actors.
    """
    shared = a.weights.keys() & b.weights.keys()
    value = 0.0
    if shared:
        wa = {s: w * local[s] for s, w in a.weights.items()}
        wb = {s: w * local[s] for s, w in b.weights.items()}
        dot = sum(wa[s] * wb[s] for s in shared)
        if dot:
            value = dot / sqrt(sum(w * w for w in wa.values()) * sum(w * w for w in wb.values()))
            if len(shared) >= 2:
                inside = sum(min(wa[s], wb[s]) for s in shared) / min(sum(wa.values()), sum(wb.values()))
                value += INSIDE * inside * min(1.0, len(shared) / 4)
    common = len(a.runs & b.runs)
    if common >= 2:
        value = max(value, 0.25 + 0.75 * common / min(len(a.runs), len(b.runs)))
    return min(1.0, value)


def align(a: Analysis, b: Analysis) -> list[Pair]:
    """Aligned pairs of two articles, in the order of the first.

    Candidates come from an inverted index on stems; a pair stays if it is the best, or nearly
    the best, of both its units, with a small preference for keeping the texts' order.
    """
    ua, ub = units(a), units(b)
    spread = Counter(s for u in (*ua, *ub) for s in u.weights)
    size = len(ua) + len(ub)
    local = {s: log(1 + size / n) / log(1 + size) for s, n in spread.items()}
    index: dict[object, list[int]] = {}
    for j, u in enumerate(ub):
        for key in (*u.weights, *u.runs):
            index.setdefault(key, []).append(j)
    sims: dict[tuple[int, int], float] = {}
    for i, u in enumerate(ua):
        # A key that stands in very many units tells nothing, and would make the pass quadratic.
        near = {j for key in (*u.weights, *u.runs) if len(index.get(key, ())) <= 60 for j in index.get(key, ())}
        for j in near:
            if u.aside != ub[j].aside:
                continue
            value = _similarity(u, ub[j], local)
            if value >= LEAST * 0.8:
                # Reports follow one another in much the same order: a little off for opposite ends.
                gap = abs(i / max(1, len(ua)) - j / max(1, len(ub)))
                sims[i, j] = value * (1 - 0.12 * gap)
    best_a: dict[int, float] = {}
    best_b: dict[int, float] = {}
    for (i, j), v in sims.items():
        best_a[i] = max(best_a.get(i, 0.0), v)
        best_b[j] = max(best_b.get(j, 0.0), v)
    out = []
    for (i, j), v in sorted(sims.items()):
        mutual = v >= NEAR * best_a[i] and v >= NEAR * best_b[j]
        one_way = v >= ONE_WAY and (v >= best_a[i] or v >= best_b[j])
        if v >= LEAST and (mutual or one_way):
            out.append(Pair(ua[i], ub[j], round(v, 4), _relation(a, b, ua[i], ub[j], v)))
    return out


def _relation(a: Analysis, b: Analysis, x: Unit, y: Unit, similarity: float) -> str:
    def charge(n: Analysis, u: Unit) -> int:
        return sum(
            (e.valence == "+") - (e.valence == "-")
            for e in n.evidence
            if e.device == "loaded" and e.start < u.end and e.end > u.start
        )

    if (charge(a, x) > 0) != (charge(b, y) > 0) or (charge(a, x) < 0) != (charge(b, y) < 0):
        return "reframed"
    if similarity >= SAME:
        return "equivalent"
    return "reworded" if similarity >= REWORDED else "partial"


def differences(a: str, b: str) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Words only in ``b``, only in ``a``, and replaced runs (from, to), by longest common runs of stems."""
    wa, wb = re.findall(r"[\w\u2019'-]+", a), re.findall(r"[\w\u2019'-]+", b)
    sa, sb = [stem(w.lower()) for w in wa], [stem(w.lower()) for w in wb]
    added: list[str] = []
    dropped: list[str] = []
    replaced: list[tuple[str, str]] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, sa, sb, autojunk=False).get_opcodes():
        left, right = " ".join(wa[i1:i2]), " ".join(wb[j1:j2])
        if op == "insert":
            added.append(right)
        elif op == "delete":
            dropped.append(left)
        elif op == "replace":
            replaced.append((left, right))
    return added, dropped, replaced

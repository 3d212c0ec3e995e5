"""Which spans of two articles report the same proposition.

Sentences are split into clauses at quotations, semicolons, dashes and reporting frames. A clause becomes bags of
stems: content words, names (one weight for the whole of a name), numbers, each weighted by how rare it is in
news (packaged background counts) and by how few clauses of these two articles use it. Pairs that share
something are scored by a logistic model of what they share: content, synonyms, names, numbers, runs of words,
speaker, their sentences as a whole, and how far apart they stand. A second one sees how likely that makes the pair
and those around it. Their weights were fitted on seventy-eight pairs of articles read for this purpose. Asides and
questions of the outlet are never paired with a report.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from math import exp, log, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing import background
from framing.classes import BE, DETERMINERS, HAVE, MODALS, PREPOSITIONS, PRONOUNS
from framing.inflection import IRREGULAR

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.article import Reading

__all__ = [
    "FEATURES",
    "SUPPORT",
    "Pair",
    "Unit",
    "Weights",
    "align",
    "content_words",
    "differences",
    "features",
    "judge",
    "labels",
    "likelihood",
    "load_weights",
    "relation",
    "support",
    "units",
]

# Similarity from which two passages count as worded alike, if at least this share of the longer one's runs is common.
SAME, SAME_RUNS = 0.8, 0.25
# Shared part of the longer one below which the shorter says only part of it, if it weighs less than SHORT_PART of it.
PART, SHORT_PART = 0.25, 0.3
# A unit must carry this much rare vocabulary, or this many runs of words.
MIN_WEIGHT = 6.0
MIN_RUNS = 2
# Furniture of the page is shorter than this many words.
SHORT = 40
# What hands over a report is shorter than this many words.
FRAME = 12
# Words commoner than this (idf) do not count.
FLOOR = 0.4
# Of a name of several words the last counts in full.
FIRST_NAMES = 0.3
# A stem of more clauses than this finds no candidates, so that the pass stays linear.
COMMON = 60
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
_NUMBER_WORDS = {
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
    "sixty": "60", "hundred": "100", "dozen": "12",
}  # fmt: skip
SYNONYMS, LABELS = (Path(__file__).parent / "data" / f"{name}.txt" for name in ("synonyms", "labels"))
_WORDS = re.compile(r"[\w\u2019'-]+")
# A run of words is replaced by the run in its place if neither is longer than this.
SHORT_RUN = 4
# Past forms that are commoner, or as common, as words of their own.
_OTHER_WORDS = frozenset("bore bound found ground left lay rose saw wound felt spoke stuck bent bit cleft".split())
_BREAK = re.compile(r"[;\n]|\s[\u2013\u2014-]{1,2}\s")
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec".split()
)
_DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow week month night morning afternoon evening".split()
)
WEIGHTS = Path(__file__).parent / "data" / "align_weights.json"
# Log-odds of a rival where there is none.
NO_RIVAL = -8.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the two models in the order of FEATURES and SUPPORT; a pair less likely than ``least`` is left out."""

    first: tuple[float, ...]
    second: tuple[float, ...]
    least: float


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The packaged weights; written by ``framing/evaluate/alignment.py``."""
    data = json.loads(WEIGHTS.read_text("utf-8"))
    first = tuple(float(data["first"][name]) for name in FEATURES)
    second = tuple(float(data["second"][name]) for name in SUPPORT)
    return Weights(first, second, float(data["least"]))


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause: half-open ``[start, end)``, voice of most of it, sentence index, and what it is made of.

    ``content``, ``names``, ``numbers``: stem -> rarity; ``classes``: synonym class -> (stem, rarity) of its members
    here; ``runs``: runs of three words; ``days``: words that say when; ``aside``: it
    comments or asks, and reports nothing.
    """

    start: int
    end: int
    voice: str
    speaker: str | None
    sentence: int
    content: dict[str, float]
    names: dict[str, float]
    numbers: dict[str, float]
    classes: dict[str, tuple[str, float]]
    runs: frozenset[tuple[str, ...]]
    days: frozenset[str]
    aside: bool

    @property
    def keys(self) -> set[str]:
        return self.content.keys() | self.names.keys() | self.numbers.keys() | self.classes.keys()


@dataclass(frozen=True, slots=True)
class Pair:
    """Unit ``a`` of the first article and ``b`` of the second report the same thing.

    ``similarity``: how alike they are worded, 0..1; ``likely``: how probable it is that they report the same, 0..1.
    """

    a: Unit
    b: Unit
    similarity: float
    relation: str
    likely: float = 1.0


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    """Irregular form -> lemma ("taken" -> "take"); forms that are another word of their own stay as they are."""
    out: dict[str, str] = {}
    for lemma, forms in IRREGULAR.items():
        for form in forms:
            if form not in IRREGULAR and form not in _OTHER_WORDS:
                out.setdefault(form, lemma)
    return out


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Snowball stem of a folded word; nations and their capitals and adjectives share one."""
    known = _SAME.get(word)
    if known:
        return known
    word = _irregular().get(word, word)
    return str(_stemmer().stem(word)) if word.isascii() else word


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    """Stem -> its class of news synonyms."""
    out: dict[str, str] = {}
    for line in SYNONYMS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            first, *others = line.split()
            for word in (first, *others):
                out.setdefault(stem(word), "=" + first)
    return out


@lru_cache(maxsize=1)
def _background() -> background.Background:
    return background.load()


def content_words(reading: Reading, start: int, end: int) -> list[str]:
    """Folded words of ``[start, end)`` without function words, numbers and the frame of a report."""
    first, last = reading.token_at(start), reading.token_at(max(start, end - 1)) + 1
    norm, begin = reading.tokens.norm, reading.tokens.start
    return [norm[k] for k in range(first, last) if begin[k] >= start and norm[k][:1].isalpha() and norm[k] not in _STOP]


# Captions, signatures of embedded posts and invitations of the site: no part of the report.
_FURNITURE = re.compile(
    r"\W*(?:file (?:photo|pic)|cover image|image (?:copyright|caption)|enlarge this image|media playback|"
    r"photo(?:s| by)?\b|slideshow \(|sign up (?:for|here)|read more|"
    r"follow \w+ \w+ on|click here|copyright ©|watch more|advertisement)|"
    r".{0,150}(?:\(@\w{2,20}\)|getty images|\((?:ap|reuters|afp) photo)",
    re.IGNORECASE | re.DOTALL,
)


def _runs(words: list[str]) -> frozenset[tuple[str, ...]]:
    """Runs of three words, function words included: what a quotation keeps when it is shared."""
    plain = [w for w in words if w[:1].isalnum() or w == "'s"]
    return frozenset(tuple(plain[k : k + 3]) for k in range(len(plain) - 2))


def _dateline(text: str) -> bool:
    """A place and a date and nothing else: "VARN, 22 October 2023"."""
    words = _WORDS.findall(text)
    return (
        len(words) <= 8
        and any(w.lower() in _MONTHS for w in words)
        and any(w[0].isdigit() for w in words)
        and not any(w[0].islower() and w.lower() not in _MONTHS for w in words)
    )


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
        told = any(voice != "narration" for _, _, voice, _ in pieces)
        for start, end, voice, speaker in pieces:
            first, last = reading.token_at(start), reading.token_at(max(start, end - 1)) + 1
            if tokens.start[first] < start:
                first += 1
            # Who speaks and that he speaks is no proposition: cue and source mention do not count.
            kept = [k for k in range(first, last) if k not in frame or voice != "narration"]
            bags = _bags([tokens.text[k] for k in kept], [tokens.norm[k] for k in kept])
            runs = _runs([tokens.norm[k] for k in kept])
            if sum(sum(b.values()) for b in bags[:3]) < MIN_WEIGHT and len(runs) < MIN_RUNS:
                continue
            if len(kept) < SHORT and (_FURNITURE.match(text, start, end) or _dateline(text[start:end])):
                continue
            # A short piece that only says who said the rest of its sentence.
            if told and voice == "narration" and last - first <= FRAME and len(kept) < last - first:
                continue
            question = voice == "narration" and text[end - 1] == "?"
            days = frozenset(tokens.norm[k] for k in kept if tokens.norm[k] in _DATES)
            aside = question or any(x < end and start < y for x, y in asides)
            out.append(Unit(start, end, voice, speaker, s.index, *bags, runs, days, aside))
    return out


def _bags(
    surface: list[str], norm: list[str]
) -> tuple[dict[str, float], dict[str, float], dict[str, float], dict[str, tuple[str, float]]]:
    """Content, names, numbers and synonym classes of one clause, each with its rarity in news."""
    content: dict[str, float] = {}
    names: dict[str, float] = {}
    numbers: dict[str, float] = {}
    classes: dict[str, tuple[str, float]] = {}
    table, known = _background(), _classes()
    for k, w in enumerate(norm):
        if not w[:1].isalnum() or w in _STOP or w in _DATES or len(w) < 2:
            continue
        rarity = table.idf(w)
        if w[0].isdigit() or w in _NUMBER_WORDS:
            numbers[_number(w)] = min(6.0, rarity)
            continue
        if rarity <= FLOOR:
            continue
        s = stem(w)
        if surface[k][0].isupper() and table.name_share(w) > 0.5:
            inside = k + 1 < len(norm) and surface[k + 1][:1].isupper() and table.name_share(norm[k + 1]) > 0.5
            weight = rarity * (FIRST_NAMES if inside else 1.0)
            names[s] = max(names.get(s, 0.0), weight)
            continue
        content[s] = min(content.get(s, 9.0), rarity)
        group = known.get(s)
        if group is not None:
            classes[group] = (s, min(classes.get(group, (s, 9.0))[1], rarity))
    return content, names, numbers, classes


def _number(word: str) -> str:
    """One way to write a number: "7,000", "$15bn" and "three" as "7000", "15" and "3"; "15.0" as "15"."""
    digits = _NUMBER_WORDS.get(word) or word.replace(",", "").rstrip("bmnkltrs%+")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


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


class _Weigher:
    """What two units have in common, with stems that these two articles use everywhere weighed down."""

    def __init__(self, ua: Sequence[Unit], ub: Sequence[Unit]) -> None:
        spread = Counter(s for u in (*ua, *ub) for s in u.keys)
        size = len(ua) + len(ub)
        whole = log(1 + size) if size else 1.0
        self.local = {s: log(1 + size / n) / whole for s, n in spread.items()}
        self.sizes = (len(ua), len(ub))
        self.total: dict[int, float] = {}
        self.norm: dict[int, float] = {}
        for u in (*ua, *ub):
            bags = [(s, w * self.local[s]) for bag in (u.content, u.names, u.numbers) for s, w in bag.items()]
            self.total[id(u)] = sum(w for _, w in bags)
            self.norm[id(u)] = sqrt(sum(w * w for _, w in bags))

    def shared(self, x: Unit, y: Unit) -> tuple[float, float, float, float, float, int]:
        """Weight of shared content, synonyms, names, numbers; cosine; how many content stems are shared."""
        local = self.local
        dot = content = names = numbers = alike = 0.0
        n = 0
        for s in x.content.keys() & y.content.keys():
            w, v = x.content[s] * local[s], y.content[s] * local[s]
            content += min(w, v)
            dot += w * v
            n += 1
        for s in x.names.keys() & y.names.keys():
            w, v = x.names[s] * local[s], y.names[s] * local[s]
            names += min(w, v)
            dot += w * v
        for s in x.numbers.keys() & y.numbers.keys():
            w = x.numbers[s] * local[s]
            numbers += w
            dot += w * w
        for c in x.classes.keys() & y.classes.keys():
            (s, w), (t, v) = x.classes[c], y.classes[c]
            if s != t and s not in y.content and t not in x.content:
                alike += min(w, v) * local[c]
                dot += 0.5 * w * v * local[c] ** 2
        length = self.norm[id(x)] * self.norm[id(y)]
        return content, alike, names, numbers, (dot / length if length else 0.0), n


FEATURES = (
    "one", "content", "synonyms", "names", "numbers", "shorter", "longer", "cosine", "stems", "runs", "run share",
    "size of shorter", "size of longer", "same speaker", "distance", "likeness of sentences", "shared in sentences",
    "shorter sentence", "best of sentences", "rarest", "rarest here", "both near the top", "same voice",
    "both attributed", "verbatim", "names less", "names more", "other numbers", "days", "beginnings",
)  # fmt: skip


def features(ua: Sequence[Unit], ub: Sequence[Unit]) -> dict[tuple[int, int], tuple[float, ...]]:
    """What the model sees of every pair of units that shares anything: values in the order of ``FEATURES``."""
    w = _Weigher(ua, ub)
    sa, sb = _sentences(ua, w.local), _sentences(ub, w.local)
    context: dict[tuple[int, int], tuple[float, float, float]] = {}
    best: dict[tuple[int, int], float] = {}
    rows = []
    for i, j in _candidates(ua, ub):
        x, y = ua[i], ub[j]
        place = (x.sentence, y.sentence)
        if place not in context:
            context[place] = _likeness(sa[x.sentence], sb[y.sentence])
        content, alike, names, numbers, cosine, n = w.shared(x, y)
        short, long = sorted((w.total[id(x)], w.total[id(y)]))
        common = content + alike + names + numbers
        runs, few = len(x.runs & y.runs), min(len(x.runs), len(y.runs))
        # What the shared words weigh in all, square roots so that length does not decide.
        force = sqrt(content) + sqrt(alike) + sqrt(names) + sqrt(numbers)
        best[place] = max(best.get(place, 0.0), force)
        both = [(min(x.content[s], y.content[s]), w.local[s]) for s in x.content.keys() & y.content.keys()]
        own = (
            1.0, sqrt(content), sqrt(alike), sqrt(names), sqrt(numbers),
            min(1.5, common / short) if short else 0.0, min(1.5, common / long) if long else 0.0, cosine,
            min(n, 6), log(1 + runs), runs / few if few else 0.0, log(1 + short), log(1 + long),
            float(bool(x.speaker) and x.speaker == y.speaker),
            abs(i / w.sizes[0] - j / w.sizes[1]),
        )  # fmt: skip
        rest = (
            max((r for r, _ in both), default=0.0), max((r * v for r, v in both), default=0.0),
            float(x.sentence < 2 and y.sentence < 2), float(x.voice == y.voice),
            float(x.voice != "narration" != y.voice),
            float(few > 0 and runs >= 0.9 * few), *_more(x, y, w, sa[x.sentence], sb[y.sentence]),
        )  # fmt: skip
        rows.append((i, j, place, force, own, rest))
    return {
        (i, j): (*own, *context[place], float(force >= best[place] - 1e-9), *rest)
        for i, j, place, force, own, rest in rows
    }


def _more(x: Unit, y: Unit, w: _Weigher, around_x: dict[str, float], around_y: dict[str, float]) -> tuple[float, ...]:
    """Signs beyond shared words: names and numbers the other has not; days; words that begin alike ("decide",
    "decision")."""
    less, more = sorted(
        sqrt(sum(v * w.local[s] for s, v in u.names.items() if s not in around))
        for u, around in ((x, around_y), (y, around_x))
    )
    first = {s[:5]: min(v, 4.0) * w.local[s] for s, v in x.content.items() if len(s) >= 5 and s not in y.content}
    alike = sum(first.get(s[:5], 0.0) for s in y.content if s not in x.content)
    return (
        less, more,
        float(bool(x.numbers and y.numbers) and not x.numbers.keys() & y.numbers.keys()),
        float(bool(x.days & y.days)), sqrt(alike),
    )  # fmt: skip


SUPPORT = ("one", "likely", "rival", "rival in sentences", "in step", "beside")
_STEPS = ((1, 1), (-1, -1), (1, 2), (2, 1), (-1, -2), (-2, -1), (2, 2), (-2, -2))
_SIDES = ((0, 1), (0, -1), (1, 0), (-1, 0))


def support(
    first: dict[tuple[int, int], float], ua: Sequence[Unit], ub: Sequence[Unit]
) -> dict[tuple[int, int], tuple[float, ...]]:
    """What the other pairs say of a pair, in the order of ``SUPPORT``; ``first``: likelihood of every pair, 0..1.

    Its own log-odds; how far they lie above those of the best rival of either unit, and of the best other pair of the
    same two sentences; the likelihood of the pairs that go on in step before and after, and of those beside.
    """
    odds = {k: log(p / (1 - p)) for k, p in ((k, min(max(p, 1e-5), 1 - 1e-5)) for k, p in first.items())}
    groups: dict[tuple[str, int, int], list[float]] = {}

    def keys(i: int, j: int) -> list[tuple[str, int, int]]:
        return [("a", i, 0), ("b", j, 0), ("s", ua[i].sentence, ub[j].sentence)]

    for (i, j), z in odds.items():
        for key in keys(i, j):
            groups.setdefault(key, []).append(z)
    # The two best of a group: the rival of the best is the second.
    top = {key: sorted(zs, reverse=True)[:2] for key, zs in groups.items()}
    out: dict[tuple[int, int], tuple[float, ...]] = {}
    for (i, j), z in odds.items():
        lead = []
        for key in keys(i, j):
            best, *second = top[key]
            rival = best if z < best else second[0] if second else NO_RIVAL
            lead.append(z - max(rival, NO_RIVAL))
        step = sum(first.get((i + d, j + e), 0.0) for d, e in _STEPS)
        beside = sum(first.get((i + d, j + e), 0.0) for d, e in _SIDES)
        out[i, j] = (1.0, z, min(lead[:2]), lead[2], step, beside)
    return out


def judge(ua: Sequence[Unit], ub: Sequence[Unit]) -> dict[tuple[int, int], float]:
    """How likely it is that two units report the same, for every pair that shares anything.

    Two logistic models: one sees what a pair shares, the other how likely that makes it and the pairs around it.
    """
    weights = load_weights()
    found = features(ua, ub)
    first = {k: likelihood(weights.first, v) for k, v in found.items()}
    return {k: likelihood(weights.second, v) for k, v in support(first, ua, ub).items()}


def _candidates(ua: Sequence[Unit], ub: Sequence[Unit]) -> list[tuple[int, int]]:
    """Pairs of units with a stem or a run in common, asides only with asides, in order."""
    index: dict[object, list[int]] = {}
    for j, u in enumerate(ub):
        for key in (*u.keys, *u.runs):
            index.setdefault(key, []).append(j)
    out: list[tuple[int, int]] = []
    for i, u in enumerate(ua):
        near = {j for key in (*u.keys, *u.runs) if len(index.get(key, ())) <= COMMON for j in index.get(key, ())}
        out.extend((i, j) for j in sorted(near) if u.aside == ub[j].aside)
    return out


def _sentences(us: Sequence[Unit], local: dict[str, float]) -> dict[int, dict[str, float]]:
    """The bags of all units of a sentence as one."""
    out: dict[int, dict[str, float]] = {}
    for u in us:
        bag = out.setdefault(u.sentence, {})
        for part in (u.content, u.names, u.numbers):
            for s, w in part.items():
                bag[s] = w * local[s]
    return out


def _likeness(a: dict[str, float], b: dict[str, float]) -> tuple[float, float, float]:
    """Shared weight of two bags: over the larger, its square root, over the smaller."""
    shared = sum(min(a[s], b[s]) for s in a.keys() & b.keys())
    short, long = sorted((sum(a.values()), sum(b.values())))
    return shared / max(long, 1e-9), sqrt(shared), shared / max(short, 1e-9)


def likelihood(weights: Sequence[float], values: Sequence[float]) -> float:
    """How probable it is that a pair with these feature values reports the same, 0..1."""
    z = sum(w * v for w, v in zip(weights, values, strict=True))
    return 1 / (1 + exp(-max(-40.0, min(40.0, z))))


def align(a: Analysis, b: Analysis, ua: list[Unit] | None = None, ub: list[Unit] | None = None) -> list[Pair]:
    """Aligned pairs of two articles, in the order of the first. Linear in the number of candidate pairs.

    ``ua``, ``ub``: their :func:`units`, where they are known already.
    """
    ua, ub = units(a) if ua is None else ua, units(b) if ub is None else ub
    out = []
    least = load_weights().least
    for (i, j), likely in judge(ua, ub).items():
        if likely >= least:
            alike = wording(ua[i], ub[j])
            out.append(Pair(ua[i], ub[j], round(alike, 4), relation(a, b, ua[i], ub[j]), round(likely, 4)))
    return out


def wording(x: Unit, y: Unit) -> float:
    """How alike two units are worded, 0..1: the larger of the cosine of their stems and the share of common runs."""
    a, b = ({**u.content, **u.names, **u.numbers} for u in (x, y))
    dot = sum(a[s] * b[s] for s in a.keys() & b.keys())
    value = dot / sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values())) if dot else 0.0
    common = len(x.runs & y.runs)
    if common >= 2:
        value = max(value, 0.25 + 0.75 * common / min(len(x.runs), len(y.runs)))
    return min(1.0, value)


def relation(a: Analysis, b: Analysis, x: Unit, y: Unit) -> str:
    """equivalent (worded alike), reframed (other evaluation), partial (one says only part of the other) or reworded.

    Reframed rests on marks: the loaded terms of one passage lean to another side than those of the other, or only one
    of them is put in scare quotes, vouched for, or doubted.
    """
    many = max(len(x.runs), len(y.runs))
    if wording(x, y) >= SAME and (len(x.runs & y.runs) >= SAME_RUNS * many or not many):
        return "equivalent"
    if _tone(a, x) != _tone(b, y):
        return "reframed"
    first, second = ({**u.content, **u.names, **u.numbers} for u in (x, y))
    short, long = sorted((sum(first.values()), sum(second.values())))
    shared = sum(min(first[s], second[s]) for s in first.keys() & second.keys())
    return "partial" if shared < PART * long and short < SHORT_PART * long else "reworded"


def _tone(n: Analysis, u: Unit) -> tuple[int, bool]:
    """Sign of the loaded terms of a clause, and whether it is doubted, mocked or vouched for."""
    charge, distance = 0, False
    for e in n.evidence:
        if e.start < u.end and e.end > u.start:
            if e.device == "loaded":
                charge += (e.valence == "+") - (e.valence == "-")
            distance = distance or e.device in ("scare_quote", "vouch")
        distance = distance or (
            e.device == "attribution" and e.kind == "doubt" and e.sentence == u.sentence and u.voice != "narration"
        )
    return (charge > 0) - (charge < 0), distance


def differences(a: str, b: str) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Words only in ``b``, only in ``a``, and what replaced what (from, to), by longest common runs of stems.

    A word of one side and a word of the other that name the same thing (synonyms, labels of one concept, ways to say
    when) count as replaced wherever they stand; a run is replaced by the run in its place if both are short. Runs of
    function words alone are left out.
    """
    wa, wb = _WORDS.findall(a), _WORDS.findall(b)
    sa, sb = [stem(w.lower()) for w in wa], [stem(w.lower()) for w in wb]
    runs = [op for op in SequenceMatcher(None, sa, sb, autojunk=False).get_opcodes() if op[0] != "equal"]
    replaced: list[tuple[str, str]] = []
    spoken_a: set[int] = set()
    spoken_b: set[int] = set()
    kinds: dict[str, list[int]] = {}
    for _, _, _, j1, j2 in runs:
        for j in range(j1, j2):
            for kind in _kinds(wb[j], sb[j]):
                kinds.setdefault(kind, []).append(j)
    common = set(sa) & set(sb)
    for _, i1, i2, _, _ in runs:
        for i in range(i1, i2):
            if sa[i] in common:
                continue
            partner = next((j for kind in _kinds(wa[i], sa[i]) for j in kinds.get(kind, ()) if j not in spoken_b), None)
            if partner is not None and sb[partner] not in common:
                replaced.append((wa[i], wb[partner]))
                spoken_a.add(i)
                spoken_b.add(partner)
    added: list[str] = []
    dropped: list[str] = []
    for op, i1, i2, j1, j2 in runs:
        left = [run for run in _without(wa, i1, i2, spoken_a) if _tells(run)]
        right = [run for run in _without(wb, j1, j2, spoken_b) if _tells(run)]
        if op == "replace" and len(left) == len(right) == 1 and max(len(left[0]), len(right[0])) <= SHORT_RUN:
            replaced.append((" ".join(left[0]), " ".join(right[0])))
            continue
        dropped.extend(" ".join(run) for run in left)
        added.extend(" ".join(run) for run in right)
    return added, dropped, replaced


def _kinds(word: str, stemmed: str) -> list[str]:
    """What makes a word another way of saying the same: its classes."""
    low = word.lower()
    out = [labels()[low]] if low in labels() else []
    if stemmed in _classes():
        out.append(_classes()[stemmed])
    if low in _DATES or low in ("recent", "recently", "earlier", "last", "this"):
        out.append("when")
    return out


@lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    """Label (and its plural) -> the concept it names, e.g. "conflict" -> "war"; see ``data/labels.txt``."""
    out: dict[str, str] = {}
    for line in LABELS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            concept, names = line.split(":")
            for label in names.split():
                for form in (label, label + "s", label + "es", label[:-1] + "ies" if label.endswith("y") else label):
                    out.setdefault(form, concept)
                if label.endswith("man"):
                    out.setdefault(label[:-3] + "men", concept)
    return out


def _without(words: list[str], first: int, last: int, spoken: set[int]) -> list[list[str]]:
    """The run ``[first, last)`` in the pieces that are left when the words told already are taken out."""
    out: list[list[str]] = [[]]
    for k in range(first, last):
        if k in spoken:
            out.append([])
        else:
            out[-1].append(words[k])
    return [run for run in out if run]


def _tells(run: list[str]) -> bool:
    return any(w.lower() not in _STOP for w in run)

# HELPER-NOTE (lead): this version scores pairs F1 .674 (yours .532, saved in /tmp/lead/align_h8.py; run `python /tmp/lead/al.py FILE`).
# HELPER-NOTE: improve THIS file, keep align(), differences(), Unit/Pair fields. compare.py is finished by the lead: extend it in small steps, do not rewrite. Stop at 10:58.
"""Which spans of two articles report the same proposition.

Sentences are cut into clauses (at semicolons and dashes, before conjunctions and
participles, where a quotation ends and another report begins). Clauses are compared by
the stems they share, weighted by how rare a word is in news (packaged background
counts) and how rare it is among the clauses of these two articles: every clause about a
call between China and Russia names them, so the names tell little. Each clause keeps its
best partners, many to many, where both sides prefer each other; pairs that run along with
their neighbours gain, pairs that cross them lose. Asides and questions are no reports
and are never paired. Work per pair of articles is bounded by the shared rare stems.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from math import log, sqrt
from typing import TYPE_CHECKING, Any

from framing.article import Reading
from framing.background import load as background_counts
from framing.evidence import Evidence

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["Pair", "Unit", "align", "stem", "units"]

THRESHOLD = 0.30
_CUT_AFTER = frozenset(";\u2014\u2013")
_CUT_BEFORE = frozenset(
    "and but while whereas although though because which who after before when saying adding noting calling urging "
    "warning promising accusing arguing claiming emphasizing stressing highlighting marking citing despite unless until "
    "if as since so that according".split()
)
_CLOSE = frozenset("\u201d\u00bb\"")
_STOP = frozenset(
    "a about after again all also am an and any are as at be because been before being between both but by can could "
    "did do does doing during each for from further get got had has have having he her here hers him his how i if in "
    "into is it its just may might more most much must my no nor not of off on once one only or other our out over own "
    "said say says she should so some such than that the their them then there these they this those through to told too "
    "under until up very was we were what when where which while who whom why will with would you your 's mr mrs ms "
    "according added stated went while us".split()
)
_SAME = {
    "russian": "russia", "russians": "russia", "chinese": "china", "american": "america", "americans": "america",
    "european": "europe", "europeans": "europe", "british": "britain", "french": "france", "german": "germany",
    "israeli": "israel", "israelis": "israel", "iranian": "iran", "iraqi": "iraq", "mexican": "mexico",
    "ukrainian": "ukraine", "syrian": "syria", "turkish": "turkey", "korean": "korea", "canadian": "canada",
    "beijing": "china", "moscow": "russia", "u.s.": "america", "usa": "america", "worldwide": "global",
    "globe": "global", "globally": "global", "globlal": "global", "worlds": "global", "world": "global",
    "sen": "senate", "senator": "senate", "senators": "senate", "gop": "republican", "defence": "defense",
    "twenty": "20", "ten": "10", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "killed": "death", "died": "death", "dead": "death", "deaths": "death", "kill": "death",
    "additional": "more", "extra": "more", "alter": "change", "retain": "maintain", "bolster": "strengthen",
}  # fmt: skip


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Snowball stem of a folded word, nationalities mapped to their country."""
    word = _SAME.get(word, word)
    return str(_stemmer().stem(word)) if word.isalpha() else word.strip(".")


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause, half-open ``[start, end)``: its stems with their words, and whose words most of it is."""

    start: int
    end: int
    sentence: int
    voice: str
    speaker: str | None
    stems: Counter[str] = field(compare=False, hash=False)
    headline: bool = False
    sort: str = "report"  # "report", "aside" or "question"
    place: float = 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Unit ``a`` of one article and ``b`` of the other report the same proposition."""

    a: Unit
    b: Unit
    similarity: float
    relation: str


def units(reading: Reading, evidence: Sequence[Evidence]) -> list[Unit]:
    """The clauses of an article, in order. Linear in the text."""
    tokens = reading.tokens
    asides = [(e.start, e.end) for e in evidence if e.device == "aside"]
    cues = sorted(c.start for c in reading.cues)
    out: list[Unit] = []
    total = max(1, len(tokens))
    aside_at = 0
    for s in reading.sentences:
        cuts = [s.first]
        cue_tokens = {reading.token_at(c) for c in cues if s.start <= c < s.end} if cues else set()
        for k in range(s.first + 1, s.last):
            norm, before = tokens.norm[k], tokens.norm[k - 1]
            cut = before in _CUT_AFTER or (
                norm in _CUT_BEFORE
                and (before == "," or (norm in ("and", "but") and (before in _CLOSE or k + 1 in cue_tokens)))
            )
            cut = cut or (before == "," and len(norm) > 5 and norm.endswith("ing"))
            cut = cut or (before == "," and tokens.norm[k][:1] in "\u201c\"" and k + 3 < s.last)
            if cut:
                cuts.append(k)
        cuts.append(s.last)
        pieces: list[tuple[int, int]] = []
        for first, last in zip(cuts, cuts[1:], strict=False):
            pieces.append((first, last))
        merged: list[tuple[int, int]] = []
        for first, last in pieces:
            if merged and (_content(tokens.norm, first, last) < 4 or _content(tokens.norm, *merged[-1]) < 4):
                merged[-1] = (merged[-1][0], last)
            else:
                merged.append((first, last))
        for first, last in merged:
            start, end = tokens.start[first], tokens.end[last - 1]
            while aside_at < len(asides) and asides[aside_at][1] <= start:
                aside_at += 1
            within = any(min(y, end) - max(x, start) > 0.5 * (end - start) for x, y in asides[aside_at : aside_at + 4])
            voice, speaker = _voice(reading, start, end)
            sort = "aside" if within else "question" if tokens.norm[s.last - 1] == "?" and voice == "narration" else "report"
            stems = _stems(tokens.norm, first, last)
            out.append(Unit(start, end, s.index, voice, speaker, stems, s.headline, sort, first / total))
    return out


def _content(norm: list[str], first: int, last: int) -> int:
    return sum(1 for w in norm[first:last] if w[:1].isalnum() and w not in _STOP)


def _stems(norm: list[str], first: int, last: int) -> Counter[str]:
    out: Counter[str] = Counter()
    previous = ""
    for w in norm[first:last]:
        if w == "states" and previous == "united":
            out["unit"] -= 1
            out[stem("usa")] += 1
        elif w == "us" and previous == "the":
            out[stem("usa")] += 1
        elif w[:1].isalnum() and w not in _STOP and len(w) > 1 or w.isdigit():
            out[stem(w)] += 1
        previous = w
    return +out


def _voice(reading: Reading, start: int, end: int) -> tuple[str, str | None]:
    """Voice of most of the characters; a quotation or paraphrase of a third of them counts over narration."""
    size: Counter[tuple[str, str | None]] = Counter()
    span = reading.voice_at(start)
    at = reading.voices.index(span) if False else _index(reading, start)
    while at < len(reading.voices) and reading.voices[at].start < end:
        v = reading.voices[at]
        size[str(v.voice), v.speaker] += max(0, min(end, v.end) - max(start, v.start))
        at += 1
    if not size:
        return "narration", None
    voices: Counter[str] = Counter()
    for (voice, _), n in size.items():
        voices[voice] += n
    total = voices.total()
    said = voices["direct"] + voices["indirect"]
    if said * 3 >= total:
        voice = "direct" if voices["direct"] * 2 >= said else "indirect"
        speaker = max(((n, s) for (v, s), n in size.items() if v == voice and s), key=lambda p: p[0], default=(0, None))[1]
        return voice, speaker
    return "narration", None


def _index(reading: Reading, position: int) -> int:
    from bisect import bisect_right

    reading.voice_at(position)
    starts = reading.cache["voice_starts"]
    return max(0, bisect_right(starts, position) - 1)


def align(a: Analysis, b: Analysis, *, threshold: float = THRESHOLD) -> list[Pair]:
    """Aligned clauses of two analysed articles, ordered by position in ``a``; many to many."""
    return align_units(_units(a), _units(b), threshold=threshold, a=a, b=b)


def _units(a: Analysis) -> list[Unit]:
    got = a.reading.cache.get("units")
    if got is None:
        got = a.reading.cache["units"] = units(a.reading, a.evidence)
    return list(got)


def align_units(
    left: Sequence[Unit], right: Sequence[Unit], *, threshold: float = THRESHOLD, a: Analysis, b: Analysis
) -> list[Pair]:
    """Pairs of units; see :func:`align`."""
    one = [u for u in left if u.sort == "report"]
    two = [u for u in right if u.sort == "report"]
    if not one or not two:
        return []
    table = background_counts()
    seen: Counter[str] = Counter()
    for u in (*one, *two):
        seen.update(u.stems.keys())
    n = len(one) + len(two)
    forms: dict[str, float] = {}
    for analysis in (a, b):
        for w in set(analysis.reading.tokens.norm):
            s = stem(w) if w[:1].isalnum() else ""
            if s:
                forms[s] = min(forms.get(s, 99.0), table.idf(w))
    # A word of every clause of this event tells clauses apart as little as "the" does.
    weight = {s: (0.5 + forms.get(s, 6.0)) * log(1 + n / c) / log(1 + n) for s, c in seen.items()}
    norms = [[sqrt(sum(weight[s] ** 2 for s in u.stems)) or 1.0 for u in side] for side in (one, two)]
    totals = [[sum(weight[s] for s in u.stems) or 1.0 for u in side] for side in (one, two)]
    index: dict[str, list[int]] = defaultdict(list)
    for j, u in enumerate(two):
        for s in u.stems:
            index[s].append(j)
    cap = max(40, int(2 * sqrt(len(two))))
    likeness: dict[tuple[int, int], float] = {}
    for i, u in enumerate(one):
        dot: Counter[int] = Counter()
        hits: Counter[int] = Counter()
        for s in u.stems:
            if len(index[s]) <= cap:
                for j in index[s]:
                    dot[j] += weight[s]  # type: ignore[assignment]
                    hits[j] += 1
        for j in hits:
            shared = [s for s in u.stems if s in two[j].stems]
            if len(shared) < 2:
                continue
            product = sum(weight[s] ** 2 for s in shared)
            mass = sum(weight[s] for s in shared)
            cosine = product / (norms[0][i] * norms[1][j])
            inside = mass / min(totals[0][i], totals[1][j])
            value = 0.6 * cosine + 0.4 * inside * min(1.0, len(shared) / 4)
            likeness[i, j] = value
    # Neighbours that also match lift a pair a little; a pair far off the common order loses a little.
    final: dict[tuple[int, int], float] = {}
    for (i, j), v in likeness.items():
        around = max(
            (likeness.get((i + di, j + dj), 0.0) for di, dj in ((-1, -1), (1, 1), (-1, 0), (0, -1), (1, 0), (0, 1))),
            default=0.0,
        )
        off = abs(one[i].place - two[j].place)
        final[i, j] = v + 0.08 * min(around, 0.5) - 0.04 * off
    best_a: dict[int, float] = defaultdict(float)
    best_b: dict[int, float] = defaultdict(float)
    for (i, j), v in final.items():
        best_a[i] = max(best_a[i], v)
        best_b[j] = max(best_b[j], v)
    out = []
    used_a: Counter[int] = Counter()
    used_b: Counter[int] = Counter()
    for (i, j), v in sorted(final.items(), key=lambda p: (-p[1], p[0])):
        if v < threshold or used_a[i] >= 3 or used_b[j] >= 3:
            continue
        if v < 0.85 * best_a[i] and v < 0.85 * best_b[j] or (v < 0.6 * best_a[i] or v < 0.6 * best_b[j]):
            continue
        used_a[i] += 1
        used_b[j] += 1
        out.append((i, j, v))
    pairs = [Pair(one[i], two[j], round(min(1.0, v), 4), relation(one[i], two[j], weight, a, b)) for i, j, v in out]
    return sorted(pairs, key=lambda p: (p.a.start, p.b.start))


def relation(u: Unit, v: Unit, weight: dict[str, float], a: Analysis, b: Analysis) -> str:
    """How two aligned units relate: equivalent, reworded, reframed (another evaluation or stance), partial."""
    shared = sum(weight[s] for s in u.stems if s in v.stems)
    left, right = sum(weight[s] for s in u.stems) or 1.0, sum(weight[s] for s in v.stems) or 1.0
    if _charge(a, u) != _charge(b, v):
        return "reframed"
    if shared / max(left, right) >= 0.8:
        return "equivalent"
    if min(left, right) / max(left, right) < 0.5 or shared / min(left, right) < 0.4:
        return "partial"
    return "reworded"


def marks(analysis: Analysis, unit: Unit) -> list[Evidence]:
    """Evidence that begins inside a unit."""
    return [e for e in analysis.evidence if unit.start <= e.start < unit.end]


def _charge(analysis: Analysis, unit: Unit) -> tuple[str, ...]:
    found = set()
    for e in marks(analysis, unit):
        if e.device == "loaded":
            found.add(f"loaded{e.valence}")
        elif e.device in ("scare_quote", "vouch"):
            found.add(e.device)
        elif e.device == "attribution" and e.kind in ("doubt", "accusing"):
            found.add(e.kind)
    return tuple(sorted(found))


def changes(a: Analysis, u: Unit, b: Analysis, v: Unit) -> dict[str, str]:
    """What differs in wording: added (only in ``v``), dropped (only in ``u``), replaced, and changed devices."""
    left, right = _surface(a, u), _surface(b, v)
    match = SequenceMatcher(None, [s for s, _ in left], [s for s, _ in right], autojunk=False)
    other_u, other_v = set(u.stems), set(v.stems)
    added, dropped, replaced = [], [], []
    for tag, i1, i2, j1, j2 in match.get_opcodes():
        if tag == "equal":
            continue
        # Words that merely moved are no difference.
        old = " ".join(w for s, w in left[i1:i2] if s not in other_v)
        new = " ".join(w for s, w in right[j1:j2] if s not in other_u)
        if old and new and i2 - i1 <= 4 and j2 - j1 <= 4:
            replaced.append(f"{old} \u2192 {new}")
        else:
            if old:
                dropped.append(old)
            if new:
                added.append(new)
    before, after = Counter(_device(e) for e in marks(a, u)), Counter(_device(e) for e in marks(b, v))
    devices = [f"\u2212{d}" for d in sorted(before - after)] + [f"+{d}" for d in sorted(after - before)]
    return {
        "added": " | ".join(added),
        "dropped": " | ".join(dropped),
        "replaced": "; ".join(replaced),
        "devices": "; ".join(devices),
    }


def _device(e: Evidence) -> str:
    name = f"{e.device} {e.kind}" if e.device in ("attribution", "hedge", "aside") else e.device
    return f"{name} ({e.valence})" if e.valence in "+-" else name


def _surface(analysis: Analysis, unit: Unit) -> list[tuple[str, str]]:
    tokens = analysis.reading.tokens
    first, last = analysis.reading.token_at(unit.start), analysis.reading.token_at(max(unit.start, unit.end - 1)) + 1
    return [
        (stem(tokens.norm[k]), tokens.text[k])
        for k in range(first, last)
        if tokens.norm[k][:1].isalnum() and (tokens.norm[k] not in _STOP or tokens.norm[k] in ("said", "told", "added"))
    ]

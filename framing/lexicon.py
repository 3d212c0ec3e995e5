"""Find, parse, validate and compile the word lists in ``lexicons/``.

One tab-separated file per device; the format is described in ``lexicons/README.md``.
Compiled lists are one trie over folded tokens (:mod:`framing.tokens`), so that all
devices are matched in a single pass, in time linear in the text. Guards
(conditions on the neighbours of a match) are data, parsed into small predicates.
"""

from __future__ import annotations

import hashlib
import io
import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from framing import classes
from framing.article import Reading, Sentence
from framing.errors import LexiconError
from framing.inflection import forms
from framing.tokens import Column, Tokens, fold, folded, tokenise, uncollected

__all__ = [
    "COLUMNS", "VOCABULARY", "Doubtful", "Entry", "Lexicon", "Match", "Problem", "check", "folder", "load", "parse",
    "vocabulary",
]  # fmt: skip

COLUMNS = ("entry", "pos", "kind", "valence", "grade", "guard", "fire", "quiet", "note", "target")
POS = frozenset("vnarx")
GRADES = frozenset("ABCX")
VALENCES = frozenset(("+", "-", "0"))
# Longest text that a list may hold: a list is read by people, not a database.
MAX_BYTES = 20_000_000
# Devices whose arguable matches (grade C, or a context that a guard asks for is not there) are judged
# in their sentence by a model instead of being left out (:mod:`framing.classify.charge`).
JUDGED = frozenset(("loaded",))
# A guard looks at this many tokens to each side for left, right and near, and for sent: a text without full stops
# is one sentence, and must not be read through for every match.
WINDOW = 4
# Lists in this folder below a folder of lists are no devices: no detector marks them, no score counts them.
VOCABULARY = "vocabulary"
SENTENCE_WINDOW = 80

KINDS: dict[str, frozenset[str]] = {
    "hedge": frozenset(("epistemic", "approximator", "reportative", "vague_source")),
    "booster": frozenset(("certainty", "degree", "universal", "superlative", "importance", "manner")),
    "loaded": frozenset(("label", "verb", "modifier", "noun", "euphemism", "metaphor", "phrase")),
    "attribution": frozenset(
        ("neutral", "doubt", "assertive", "emphatic", "factive", "commissive", "accusing", "aligning", "directive",
         "emotive", "mental")
    ),
    "vouch": frozenset(("show",)),
    # Vocabularies describe and mark nothing: they lie in a folder of their own, see VOCABULARY.
    "sides": frozenset(("left", "right")),
    "frame": frozenset(
        ("conflict", "human_interest", "economy", "morality", "responsibility", "fairness", "law", "crime", "security",
         "health", "environment", "politics", "policy", "public_opinion", "identity", "diplomacy", "resources")
    ),
}  # fmt: skip

Test = Callable[["Context", int], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a word list. ``rule`` names it in evidence; ``where`` is file:line.

    ``target``: of a verb, whether its object or (else) its subject is praised or run down.
    """

    device: str
    entry: str
    pos: str
    kind: str
    valence: str
    grade: str
    guard: str
    fire: tuple[str, ...]
    quiet: tuple[str, ...]
    note: str
    where: str
    target: str = ""

    @property
    def rule(self) -> str:
        return f"{self.device}:{self.entry}"


class Match(NamedTuple):
    """An entry found at tokens ``[first, last)``."""

    first: int
    last: int
    entry: Entry


class Doubtful(NamedTuple):
    """A match that needs a judge: its entry is arguable, or (``guarded``) its guard asks for a context not there."""

    first: int
    last: int
    entry: Entry
    guarded: bool


class Problem(NamedTuple):
    """Something wrong with a list: where (file:line), what, and whether it is an error or a remark."""

    where: str
    message: str
    error: bool = True


class Context:
    """A match in its sentence, as guards see it. One is reused for all candidates of a text."""

    __slots__ = ("_title", "first", "hi", "last", "lo", "norm", "text")

    def __init__(self, tokens: Tokens) -> None:
        self.norm, self.text = tokens.norm, tokens.text
        self.lo = self.hi = self.first = self.last = 0
        self._title: tuple[int, bool] = (-1, False)

    def title_case(self) -> bool:
        """Whether the sentence capitalises most of its words, so that capitals do not mean names."""
        if self._title[0] != self.lo:
            words = [w for w in self.text[self.lo : self.hi] if len(w) > 3 and w[0].isalpha()]
            capital = sum(w[0].isupper() for w in words)
            self._title = (self.lo, len(words) >= 3 and capital >= 0.6 * len(words))
        return self._title[1]

    def opens(self, i: int) -> bool:
        """Whether token ``i`` opens its sentence, a quotation, a clause after a colon, or a list item."""
        while i > self.lo:
            before = self.norm[i - 1]
            if before in classes.QUOTES or before in "([•*-–—…" or before == "...":
                i -= 1
                continue
            return before in ".!?:;" or (before == ")" and i - 1 - self.lo < 4)
        return True


def _is_name(c: Context, i: int) -> bool:
    w = c.text[i]
    return w[:1].isupper() and w not in ("I",) and not c.opens(i) and not c.title_case()


def _is_quantity(c: Context, i: int) -> bool:
    w = c.norm[i]
    if w[:1].isdigit() or w in classes.NUMBERS or w in "$£€¥%":
        return True
    return w == "a" and i + 1 < c.hi and c.norm[i + 1] in classes.NUMBERS


def _is_end(c: Context, i: int) -> bool:
    return all(not c.norm[k][:1].isalnum() for k in range(i, c.hi))


# Classes that are lists of words, and those that look at a token and what is around it.
WORD_CLASSES: dict[str, frozenset[str]] = {
    "month": classes.MONTHS,
    "weekday": classes.WEEKDAYS,
    "det": classes.DETERMINERS,
    "possessive": classes.POSSESSIVES,
    "pron": classes.PRONOUNS,
    "be": classes.BE,
    "have": classes.HAVE,
    "do": classes.DO,
    "modal": classes.MODALS,
    "prep": classes.PREPOSITIONS,
    "person": classes.PERSONS,
    "quote": classes.QUOTES,
}
CLASSES: dict[str, Test] = {
    "quantity": _is_quantity,
    "year": lambda c, i: len(c.norm[i]) == 4 and c.norm[i].isdigit() and c.norm[i][0] in "12",
    "name": _is_name,
    "neg": lambda c, i: c.norm[i] in classes.NEGATIONS or c.norm[i].endswith("n't"),
    "punct": lambda c, i: not c.norm[i][:1].isalnum(),
    "ly": lambda c, i: len(c.norm[i]) > 4 and c.norm[i].endswith("ly"),
    "ing": lambda c, i: len(c.norm[i]) > 4 and c.norm[i].endswith("ing"),
    "ed": lambda c, i: len(c.norm[i]) > 3 and c.norm[i].endswith("ed"),
}


# Places of one token: how far before the match, or after it.
_BEFORE = {"prev": 1, "prev2": 2}
_AFTER = {"next": 0, "next2": 1}
# Places of several: how many tokens to the left and to the right.
_AROUND = {
    "left": (WINDOW, 0),
    "right": (0, WINDOW),
    "near": (WINDOW, WINDOW),
    "sent": (SENTENCE_WINDOW, SENTENCE_WINDOW),
}
_PLACES = (*_BEFORE, *_AFTER, *_AROUND)


def _compile_clause(clause: str, where: str) -> Callable[[Context], bool]:
    m = re.fullmatch(r"([a-z0-9]+)([=!])(\S+)", clause)
    if m is None:
        raise LexiconError(f"{where}: guard clause {clause!r} is not place=words or place!words")
    place, op, body = m.groups()
    if place == "case":
        if op == "=" and body == "lower":
            return lambda c: not c.text[c.first][:1].isupper() or c.opens(c.first)
        if op == "=" and body == "upper":
            return lambda c: c.text[c.first][:1].isupper()
        if op == "=" and body == "any":
            return lambda c: True
        raise LexiconError(f"{where}: guard {clause!r}: case takes =lower, =upper or =any")
    if place == "hyphen":
        if (op, body) == ("=", "kept"):
            return lambda c: True  # the trie holds no other spelling, see Lexicon._add
        raise LexiconError(f"{where}: guard {clause!r}: hyphen takes =kept")
    if place not in _PLACES:
        raise LexiconError(
            f"{where}: guard place {place!r} is unknown; it is one of {', '.join(_PLACES)}, case, hyphen"
        )
    words: set[str] = set()
    prefixes: list[str] = []
    tests: list[Test] = []
    at_start = at_end = False
    for item in body.split("|"):
        if item == "@start":
            at_start = True
        elif item == "@end":
            at_end = True
        elif item.startswith("@") and item[1:] in WORD_CLASSES:
            words |= WORD_CLASSES[item[1:]]
        elif item.startswith("@"):
            if item[1:] not in CLASSES:
                known = ", @".join((*CLASSES, *WORD_CLASSES))
                raise LexiconError(f"{where}: guard class {item!r} is unknown; known: @{known}, @start, @end")
            tests.append(CLASSES[item[1:]])
        elif item.endswith("*") and len(item) > 1:
            prefixes.append(fold(item[:-1]))
        elif item:
            words.add(fold(item))
    heads = tuple(prefixes)
    wanted = op == "="

    def edge(c: Context) -> bool:
        """Whether the match stands where @start or @end ask for it."""
        return (at_start and c.opens(c.first)) or (at_end and _is_end(c, c.last))

    if place in _BEFORE or place in _AFTER:
        back, on = _BEFORE.get(place, 0), _AFTER.get(place, 0)

        def one(c: Context) -> bool:
            i = c.first - back if back else c.last + on
            if c.lo <= i < c.hi:
                w = c.norm[i]
                if w in words or (heads and w.startswith(heads)):
                    return wanted
                for t in tests:
                    if t(c, i):
                        return wanted
            return edge(c) is wanted

        return one
    left, right = _AROUND[place]

    def around(c: Context) -> bool:
        for a, b in ((max(c.first - left, c.lo), c.first), (c.last, min(c.last + right, c.hi))):
            if a >= b:
                continue
            near = c.norm[a:b]
            if not words.isdisjoint(near):
                return wanted
            if heads:
                for w in near:
                    if w.startswith(heads):
                        return wanted
            for t in tests:
                for i in range(a, b):
                    if t(c, i):
                        return wanted
        return edge(c) is wanted

    return around


def compile_guard(guard: str, where: str = "guard") -> Callable[[Context], bool] | None:
    """Parse a guard (see ``lexicons/README.md``) into a predicate, or None for an empty one.

    Raises LexiconError naming ``where`` if it cannot be parsed.
    """
    if not guard:
        return None
    try:
        return _compile_guard(guard)
    except LexiconError:
        for clause in guard.split():
            _compile_clause(clause, where)
        raise


@lru_cache(maxsize=20_000)
def _compile_guard(guard: str) -> Callable[[Context], bool] | None:
    tests = [_compile_clause(clause, "guard") for clause in guard.split()]
    if not tests:
        return None
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        one, other = tests
        return lambda c: one(c) and other(c)
    return lambda c: all(t(c) for t in tests)


def _exclusions(guard: str) -> str | None:
    """The clauses of a guard that name literal uses, without those that ask for a context; None if it asks for none."""
    asks = [c for c in guard.split() if "=" in c and not c.startswith(("case=", "hyphen="))]
    return " ".join(c for c in guard.split() if c not in asks) if asks else None


class _End(NamedTuple):
    """An entry at the end of a path: what must hold for it to be sure, and (or None) to be judged.

    ``before``/``after``: it takes the word hyphenated to it on that side ("*-obsessed", "pseudo-*").
    """

    device: str
    guard: Callable[[Context], bool] | None
    names_allowed: bool
    entry: Entry
    sure: bool
    doubtful: Callable[[Context], bool] | None
    before: bool
    after: bool


class _Node:
    """A trie node: children by folded token, and the entries that end here, by device."""

    __slots__ = ("children", "ends")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.ends: list[_End] = []


# What a token may be: the first of several words of an entry, the second, an entry by itself.
_FIRST, _SECOND, _WHOLE = 1, 2, 4


def _gate(root: Mapping[str, _Node], seconds: Container[str], form: str) -> int:
    norm = fold(form)
    node = root.get(norm)
    about = _SECOND if norm in seconds else 0
    if node is not None:
        about |= (_FIRST if node.children else 0) | (_WHOLE if node.ends else 0)
    return about


class Lexicon:
    """Compiled word lists.

    ``entries``: every entry that can fire; ``arguable``: entries that fire only where a judge
    says so; ``sha256``: hash of all the files' bytes, part of every output's signature;
    ``devices``: names of the devices that have a list.
    """

    def __init__(self, entries: Sequence[Entry], sha256: str = "", arguable: Sequence[Entry] = ()) -> None:
        self.entries = list(entries)
        self.arguable = list(arguable)
        self.sha256 = sha256
        self.devices = sorted({e.device for e in (*self.entries, *self.arguable)})
        self._root: dict[str, _Node] = {}
        for entry in self.entries:
            self._add(entry, True)
        for entry in self.arguable:
            self._add(entry, False)
        seconds = frozenset(word for node in self._root.values() for word in node.children)
        self._about = Column(partial(_gate, self._root, seconds))
        for node in self._walk():
            node.ends.sort(key=lambda end: (end.device, not end.sure, end.entry.grade, end.guard is None))

    def _walk(self) -> Iterator[_Node]:
        stack = list(self._root.values())
        while stack:
            node = stack.pop()
            yield node
            stack.extend(node.children.values())

    def _add(self, entry: Entry, sure: bool) -> None:
        guard = compile_guard(entry.guard, entry.where)
        doubtful: Callable[[Context], bool] | None = None
        if entry.device in JUDGED and guard is not None:
            weaker = _exclusions(entry.guard)
            if weaker is not None:
                doubtful = compile_guard(weaker, entry.where) or _always
        names_allowed = "case=any" in entry.guard or "case=upper" in entry.guard or entry.entry != entry.entry.lower()
        before, after = entry.entry.startswith("*-"), entry.entry.endswith("-*")
        for form in forms(entry.entry.removeprefix("*").removesuffix("*"), entry.pos):
            words = folded(form)
            paths = [words]
            if "-" in words[1:-1] and "hyphen=kept" not in entry.guard:
                paths.append([w for w in words if w != "-"])
            for path in paths:
                if not path:
                    continue
                node = self._root.setdefault(path[0], _Node())
                for word in path[1:]:
                    node = node.children.setdefault(word, _Node())
                if not any(end.entry is entry for end in node.ends):
                    node.ends.append(_End(entry.device, guard, names_allowed, entry, sure, doubtful, before, after))

    def matches(self, reading: Reading) -> dict[str, list[Match]]:
        """Matches by device in a reading, guards applied; remembered in ``reading.cache``."""
        return self._survey(reading)[0]

    def doubtful(self, reading: Reading) -> list[Doubtful]:
        """Matches that need a judge: arguable entries, and entries that lack the context their guard asks for.

        None of them overlaps a sure match of its device.
        """
        return self._survey(reading)[1]

    def _survey(self, reading: Reading) -> tuple[dict[str, list[Match]], list[Doubtful]]:
        key = f"matches:{id(self)}"
        found = reading.cache.get(key)
        if found is None:
            found = reading.cache[key] = self.survey(reading.tokens, reading.sentences)
        return found

    def scan(self, tokens: Tokens, sentences: Sequence[Sentence] = ()) -> dict[str, list[Match]]:
        """Matches by device, in order, not overlapping within a device; the longest wins.

        ``sentences`` bound what guards can see; without them the whole text is one sentence.
        """
        return self.survey(tokens, sentences)[0]

    def survey(
        self, tokens: Tokens, sentences: Sequence[Sentence] = ()
    ) -> tuple[dict[str, list[Match]], list[Doubtful]]:
        """What :meth:`scan` returns, and the doubtful matches beside it (see :meth:`doubtful`), in one pass."""
        norm = tokens.norm
        n = len(norm)
        out: dict[str, list[Match]] = {device: [] for device in self.devices}
        doubtful: list[Doubtful] = []
        until = dict.fromkeys(self.devices, 0)
        root = self._root
        context = Context(tokens)
        names: frozenset[str] | None = None
        firsts = [s.first for s in sentences] or [0]
        lasts = [s.last for s in sentences] or [n]
        at = -1
        # Most first words fall at this gate: one that is no entry by itself must be followed by a second word.
        about = self._about(tokens)
        begins = about & _WHOLE
        begins[:-1] |= (about[:-1] & _FIRST) & (about[1:] & _SECOND) >> 1
        for i in begins.nonzero()[0].tolist():
            node = root[norm[i]]
            reached: list[tuple[int, _Node]] = [(i + 1, node)] if node.ends else []
            j = i + 1
            while j < n:
                child = node.children.get(norm[j])
                if child is None:
                    break
                node = child
                j += 1
                if node.ends:
                    reached.append((j, node))
            if not reached:
                continue
            if at < 0 or i >= lasts[at]:
                at = max(0, bisect_right(firsts, i) - 1)
                context.lo, context.hi = firsts[at], lasts[at]
            for last, end in reversed(reached):
                if last > context.hi:
                    continue
                for device, guard, names_allowed, entry, sure, weaker, before, after in end.ends:
                    first, stop = i, last
                    if before or after:
                        first, stop = i - before, last + after
                        if not _joined(tokens, first, stop, context.lo, context.hi):
                            continue
                    if until[device] > first:
                        continue
                    context.first, context.last = first, stop
                    if not names_allowed:
                        if _named(context):
                            continue
                        if stop - first == 1 and (word := tokens.text[first])[:1].isupper() and not word.isupper():
                            if names is None:
                                names = _names(tokens, sentences)
                            if word in names:
                                continue
                    if guard is not None and not guard(context):
                        if weaker is not None and weaker(context) and not _beside_name(context):
                            doubtful.append(Doubtful(first, stop, entry, True))
                        continue
                    if not sure:
                        if not _beside_name(context):
                            doubtful.append(Doubtful(first, stop, entry, False))
                        continue
                    out[device].append(Match(first, stop, entry))
                    until[device] = stop
        return out, _apart(doubtful, out) if doubtful else doubtful


def _joined(tokens: Tokens, first: int, stop: int, lo: int, hi: int) -> bool:
    """Whether tokens ``[first, stop)`` are words of one sentence written together with hyphens."""
    if first < lo or stop > hi:
        return False
    if not tokens.norm[first][:1].isalpha() or not tokens.norm[stop - 1][:1].isalpha():
        return False
    return all(tokens.end[k] == tokens.start[k + 1] for k in range(first, stop - 1))


def _always(c: Context) -> bool:
    return True


def _apart(doubtful: list[Doubtful], sure: dict[str, list[Match]]) -> list[Doubtful]:
    """The doubtful matches that overlap neither a sure match of their device nor a doubtful one before them."""
    taken = {device: {k for m in rows for k in range(m.first, m.last)} for device, rows in sure.items()}
    out = []
    for m in doubtful:
        mine = taken[m.entry.device]
        if mine.isdisjoint(range(m.first, m.last)):
            mine.update(range(m.first, m.last))
            out.append(m)
    return out


def _named(c: Context) -> bool:
    """Whether the match is (part of) a capitalised name in running text."""
    head = c.text[c.first]
    if not head[:1].isupper():
        # "non-radical" says the opposite of "radical"
        return c.first - 2 >= c.lo and c.norm[c.first - 1] == "-" and c.norm[c.first - 2] in ("non", "un")
    if c.last - c.first > 1 and not c.text[c.last - 1][:1].isupper():
        return False
    if c.opens(c.first):
        return False
    return not (c.title_case() or (head.isupper() and len(head) > 3))


def _names(tokens: Tokens, sentences: Sequence[Sentence]) -> frozenset[str]:
    """Words that are capitalised in running text and nowhere written small: "Josh Earnest" is meant by "Earnest" too,
    where it opens a sentence."""
    context = Context(tokens)
    text = tokens.text
    found: set[str] = set()
    for s in sentences:
        context.lo, context.hi = s.first, s.last
        if not s.headline and not context.title_case():
            found.update(text[i] for i in range(s.first, s.last) if text[i][:1].isupper() and not context.opens(i))
    return frozenset(found - {w.capitalize() for w in text if w.islower()})


def _beside_name(c: Context) -> bool:
    """Whether a capitalised match runs on into another capitalised word: at the head of a sentence, a name as well."""
    if not c.text[c.first][:1].isupper() or (c.title_case() and c.norm[c.hi - 1] not in (".", "?", "!")):
        return False
    return (c.last < c.hi and c.text[c.last][:1].isupper()) or (c.first > c.lo and c.text[c.first - 1][:1].isupper())


# ---------------------------------------------------------------------------------------- files


def folder() -> Path:
    """Where the word lists lie: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent
    for place in (here / "lexicons", here.parent / "lexicons"):
        if place.is_dir() and any(place.glob("*.tsv")):
            return place
    raise LexiconError(f"no word lists found beside {here}: the installation is damaged, reinstall framing")


def parse(path: Path, device: str | None = None) -> Iterator[Entry | Problem]:
    """Rows of one list as entries, each bad row as a Problem naming file and line.

    ``device`` defaults to the file's name without its ending.
    """
    device = device or path.stem
    try:
        if path.stat().st_size > MAX_BYTES:
            yield Problem(f"{path.name}:1", f"file is larger than {MAX_BYTES // 1_000_000} MB: not a word list")
            return
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        yield Problem(f"{path.name}:1", f"cannot be read: {error.strerror}")
        return
    except UnicodeDecodeError as error:
        yield Problem(f"{path.name}:1", f"is not UTF-8 (byte {error.start}): save it as UTF-8")
        return
    header: list[str] | None = None
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        where = f"{path.name}:{number}"
        row = line.rstrip("\n").split("\t")
        if (len(row) == 1 and not row[0].strip()) or row[0].startswith("#"):
            continue
        if header is None:
            header = row
            missing = [c for c in ("entry", "kind") if c not in row]
            if missing:
                yield Problem(where, f"header lacks {', '.join(missing)}; it should read {' '.join(COLUMNS)}")
                return
            continue
        if len(row) > len(header):
            yield Problem(where, f"{len(row)} columns where the header has {len(header)}: a stray tab?")
            continue
        cell = dict(zip(header, (*row, *[""] * (len(header) - len(row))), strict=True))
        problem = _bad(cell, device)
        if problem:
            yield Problem(where, problem[:500])
            continue
        entry = Entry(
            device,
            cell["entry"].strip(),
            cell.get("pos") or "x",
            cell["kind"],
            cell.get("valence") or "0",
            cell.get("grade") or "A",
            cell.get("guard", "").strip(),
            _examples(cell.get("fire", "")),
            _examples(cell.get("quiet", "")),
            cell.get("note", "").strip(),
            where,
            cell.get("target", "").strip(),
        )
        try:
            compile_guard(entry.guard, where)
        except LexiconError as error:
            yield Problem(where, str(error).removeprefix(f"{where}: ")[:500])
            continue
        yield entry


def _examples(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("||") if part.strip())


def _bad(cell: dict[str, str], device: str) -> str:
    """What is wrong with a row, or an empty string."""
    entry = cell["entry"]
    if not entry.strip():
        return "entry is empty"
    if entry != entry.strip() or "  " in entry:
        return f"entry {entry!r} has stray spaces"
    if len(entry) > 100:
        return f"entry {entry[:30]!r}… is longer than 100 characters"
    if (cell.get("pos") or "x") not in POS:
        return f"pos {cell['pos']!r} is not one of v n a r x"
    if (cell.get("grade") or "A") not in GRADES:
        return f"grade {cell['grade']!r} is not one of A B C (X removes an entry)"
    if (cell.get("valence") or "0") not in VALENCES:
        return f"valence {cell['valence']!r} is not one of + - 0"
    if (cell.get("target") or "") not in ("", "subject", "object"):
        return f"target {cell['target']!r} is not subject or object"
    kinds = KINDS.get(device)
    if kinds is not None and cell["kind"] not in kinds:
        return f"kind {cell['kind']!r} is not a kind of {device}: {', '.join(sorted(kinds))}"
    if not cell["kind"]:
        return "kind is empty"
    if "*" in entry and not re.fullmatch(r"\*-[^*\s]+|[^*\s]+-\*", entry):
        return f"entry {entry!r}: * stands for a word before a hyphen (*-obsessed) or after one (pseudo-*)"
    if not folded(entry.strip("*-")):
        return f"entry {entry!r} holds no word"
    return ""


@lru_cache(maxsize=8)
def _load(places: tuple[Path, ...], wide: bool) -> Lexicon:
    with uncollected():
        return _read(places, wide)


def _read(places: tuple[Path, ...], wide: bool) -> Lexicon:
    digest = hashlib.sha256()
    chosen: dict[tuple[str, str, str], Entry] = {}
    for place in places:
        if not place.is_dir():
            raise LexiconError(f"{place}: no such folder of word lists")
        files = sorted(place.glob("*.tsv"))
        if not files:
            raise LexiconError(f"{place}: holds no .tsv word list")
        for path in files:
            for row in parse(path):
                if isinstance(row, Problem):
                    raise LexiconError(f"{place / row.where}: {row.message}")
                chosen[row.device, row.entry, row.pos] = row
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    digest.update(b"wide" if wide else b"")
    grades = "ABC" if wide else "AB"
    arguable = () if wide else [e for e in chosen.values() if e.grade == "C" and e.device in JUDGED]
    return Lexicon([e for e in chosen.values() if e.grade in grades], digest.hexdigest(), arguable)


def load(extra: Iterable[str | Path] = (), *, wide: bool = False) -> Lexicon:
    """The shipped word lists, with the user's folders on top (same entry and pos: theirs wins).

    ``wide`` lets grade C entries fire too. Compiled once per combination.
    Raises LexiconError with file and line on the first bad row.
    """
    return _load((folder(), *(Path(p) for p in extra)), wide)


def vocabulary(name: str) -> Lexicon:
    """A shipped list that describes and marks nothing, e.g. "frame". Raises LexiconError on a bad row.

    Capitals do not matter here: "the Supreme Court" talks of law as "the court" does.
    """
    path = folder() / VOCABULARY / f"{name}.tsv"
    entries = []
    for row in parse(path):
        if isinstance(row, Problem):
            raise LexiconError(f"{path.parent / row.where}: {row.message}")
        entries.append(replace(row, guard=f"{row.guard} case=any".strip()))
    return Lexicon(entries, hashlib.sha256(path.read_bytes()).hexdigest())


# ---------------------------------------------------------------------------------------- check


def order_key(entry: Entry) -> tuple[str, str, str]:
    """How the rows of a list are sorted."""
    return (entry.entry.casefold(), entry.pos, entry.kind)


def check(place: Path) -> list[Problem]:
    """Everything wrong with the lists in a folder: format, order, duplicates, examples, overlaps.

    Overlaps (one form in two devices, or generated by two entries of one device) are remarks.
    """
    problems: list[Problem] = []
    files = sorted(place.glob("*.tsv")) if place.is_dir() else []
    if not files:
        return [Problem(str(place), "no .tsv word list here")]
    entries: list[Entry] = []
    for path in (*files, *sorted((place / VOCABULARY).glob("*.tsv"))):
        mine: list[Entry] = []
        for row in parse(path):
            if isinstance(row, Problem):
                problems.append(row)
            else:
                mine.append(row)
        seen: dict[tuple[str, str], Entry] = {}
        for before, entry in zip([None, *mine], mine, strict=False):
            if before is not None and order_key(entry) < order_key(before):
                problems.append(Problem(entry.where, f"{entry.entry!r} is out of order after {before.entry!r}"))
            key = (entry.entry.casefold(), entry.pos)
            if key in seen:
                there = seen[key].where
                problems.append(Problem(entry.where, f"{entry.entry!r} ({entry.pos}) stands already at {there}"))
            seen[key] = entry
        entries.extend(mine)
    problems.extend(_check_examples(entries))
    problems.extend(_overlaps(entries))
    return problems


def _check_examples(entries: list[Entry]) -> Iterator[Problem]:
    for entry in entries:
        if entry.grade == "X":
            continue
        if entry.guard and not (entry.fire and entry.quiet):
            yield Problem(entry.where, f"{entry.entry!r} has a guard and needs a fire and a quiet example")
        if not (entry.fire or entry.quiet):
            continue
        alone = Lexicon([entry])
        for sentence in entry.fire:
            if not fires(alone, sentence):
                yield Problem(entry.where, f"{entry.entry!r} does not fire in its own example: {sentence}")
        for sentence in entry.quiet:
            if fires(alone, sentence.replace("[", "").replace("]", "")):
                yield Problem(entry.where, f"{entry.entry!r} fires where it must be quiet: {sentence}")


def fires(lexicon: Lexicon, example: str) -> bool:
    """Whether something in ``lexicon`` matches in the example: over its [bracket] if it has one, else anywhere."""
    head, bracket, rest = example.partition("[")
    inside, closed, tail = rest.partition("]")
    if not bracket or not closed:
        inside, head, tail = "", example, ""
    tokens = tokenise(head + inside + tail)
    found = [m for rows in lexicon.scan(tokens).values() for m in rows]
    if not inside:
        return bool(found)
    start, end = len(head), len(head) + len(inside)
    return any(tokens.start[m.first] < end and tokens.end[m.last - 1] > start for m in found)


def _overlaps(entries: list[Entry]) -> Iterator[Problem]:
    owner: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.grade == "X" or entry.device == "sides":
            continue
        for form in sorted(forms(entry.entry, entry.pos)):
            first = owner.setdefault((entry.device, form), entry)
            if first is not entry and first.entry != entry.entry:
                yield Problem(entry.where, f"form {form!r} comes from {first.entry!r} ({first.where}) too", False)

"""Large patterns searched only where they can match.

A pattern of a hundred turns of phrase tried at every character costs more than all else in an
article. Every match of it holds some plain words, though, and the tokens are known already: a
pattern needs to be tried only in sentences with one of the words that its alternatives cannot
do without. Those words are worked out from the pattern itself; a pattern in which they cannot
be told is tried everywhere, so that what is found never depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Any

from framing import classes
from framing.article import Reading
from framing.tokens import Column, fold, tokenise

__all__ = ["Opener", "Phrasebook", "needed"]

# In an expansion: any text at all, and a place where a word is sure to end.
_ANY, _EDGE = "\0", "\1"
_MOST = 4000  # expansions of one alternative; beyond that the part that varies is taken as any text
_CLITICS = ("'re", "'ve", "'ll", "'d", "'m")
_COMMON = (
    classes.PREPOSITIONS | classes.PRONOUNS | classes.DETERMINERS | classes.BE | classes.HAVE | classes.DO
    | classes.MODALS | frozenset("and or but not so if no t s d n".split())
)  # fmt: skip


class Where(dict[int, set[int]]):
    """Pattern -> sentences in which it can match. By identity: to hash a pattern is to hash all of its code."""

    def __getitem__(self, pattern: re.Pattern[str]) -> set[int]:  # type: ignore[override]
        return super().__getitem__(id(pattern))


class Phrasebook:
    """Patterns that are searched together.

    ``where(reading)``: for each pattern, the sentences (by index) in which it can match.
    """

    def __init__(self, *patterns: re.Pattern[str]) -> None:
        self.patterns = patterns
        self._calls: dict[str, dict[int, set[str]]] | None = None
        self._always: set[int] = set()
        self._called = Column(self._calls_for)

    def _learn(self) -> dict[str, dict[int, set[str]]]:
        """Word -> pattern -> further words, one of which must stand in the same sentence. A word that is enough by
        itself is its own further word. Patterns of which nothing is known are tried everywhere."""
        calls: dict[str, dict[int, set[str]]] = {}
        for k, pattern in enumerate(self.patterns):
            pairs = needed(pattern)
            if pairs is None:
                self._always.add(k)
            for word, further in pairs or ():
                calls.setdefault(word, {}).setdefault(k, set()).add(further)
        self._calls = calls
        return calls

    def _calls_for(self, form: str) -> bool:
        calls = self._learn() if self._calls is None else self._calls
        return fold(form) in calls

    def where(self, reading: Reading) -> Where:
        calls = self._learn() if self._calls is None else self._calls
        norm, sentences = reading.tokens.norm, reading.sentences
        found: list[set[int]] = [
            set(range(len(sentences))) if k in self._always else set() for k in range(len(self.patterns))
        ]
        at, words = -1, frozenset[str]()
        for i in self._called(reading.tokens).nonzero()[0].tolist():
            if at < 0 or sentences[at].last <= i:
                while at < 0 or sentences[at].last <= i:
                    at += 1
                words = frozenset(norm[sentences[at].first : sentences[at].last])
            for k, further in calls[norm[i]].items():
                if at not in found[k] and not further.isdisjoint(words):
                    found[k].add(at)
        return Where(zip(map(id, self.patterns), found, strict=True))


_LETTERS = 3


class Opener:
    """A pattern, in any case, for the head of a text, tried only where the text begins as one of its alternatives does.

    ``match(text)``: as ``pattern.match(text)``.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern, re.IGNORECASE)
        self._heads: tuple[frozenset[str], ...] | None = None

    def match(self, text: str) -> re.Match[str] | None:
        heads = self._heads
        if heads is None:
            heads = self._heads = _heads(self.pattern)
        head = text[:_LETTERS]
        # Beyond ASCII there are letters that a pattern takes for others in ignoring case.
        if head.isascii():
            head = head.lower()
            if head not in heads[0] and head[:2] not in heads[1] and head[:1] not in heads[2]:
                return None
        return self.pattern.match(text)


def _heads(pattern: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    """How the matches of a pattern can begin: by their first three letters, two or one, as far as they are certain."""
    found: dict[int, set[str]] = {n: set() for n in range(_LETTERS + 1)}
    for text in _alternatives(pattern) or [_ANY]:
        head = text.replace(_EDGE, "").partition(_ANY)[0][:_LETTERS]
        found[len(head)].add(head)
    if found[0]:
        # nothing is certain: every first letter, and no letter
        found[1] |= set(map(chr, range(128))) | {""}
    return tuple(frozenset(found[n]) for n in range(_LETTERS, 0, -1))


def _alternatives(pattern: re.Pattern[str]) -> list[str] | None:
    """Expansions of a whole pattern, or None if that cannot be told."""
    try:
        from re import _parser  # type: ignore[attr-defined]

        return _texts(list(_parser.parse(pattern.pattern, pattern.flags)))
    except (ImportError, AttributeError, TypeError, ValueError):
        return None


def needed(pattern: re.Pattern[str]) -> frozenset[tuple[str, str]] | None:
    """Pairs of folded words (a word twice, where there is but one): every match of ``pattern`` holds both
    words of at least one pair. None if that cannot be told."""
    texts = _alternatives(pattern)
    if texts is None:
        return None
    pairs: set[tuple[str, str]] = set()
    for text in {_ANY + t + _ANY for t in texts}:
        words = sorted(set(_whole(text)), key=lambda w: (w in _COMMON, -len(w), w))
        if not words:
            return None
        pairs.add((words[0], words[min(1, len(words) - 1)]))
    out: set[tuple[str, str]] = set()
    for first, second in pairs:
        # An apostrophe ends a word for a pattern, not for the tokens: "we" finds "we're".
        for clitic in ("", *_CLITICS):
            out.add((first + clitic, second + clitic if second == first else second))
            out.add((first, second + clitic))
    return frozenset(out)


def _whole(text: str) -> Iterator[str]:
    """Folded words of an expansion that are sure to be tokens: nothing unknown touches them."""
    for piece in text.replace(_EDGE, " ").split():
        yield from _sure(piece)


@lru_cache(maxsize=20_000)
def _sure(piece: str) -> tuple[str, ...]:
    """The sure words of what stands between two spaces."""
    tokens = tokenise(piece)
    around = f" {piece} "
    return tuple(
        norm
        for norm, start, end in zip(tokens.norm, tokens.start, tokens.end)
        if norm[:1].isalnum() and around[start] != _ANY and around[end + 1] != _ANY
    )


def _texts(nodes: list[Any]) -> list[str]:
    """Expansions of a sequence of nodes of the standard library's parse tree."""
    out = [""]
    for node in nodes:
        one = _expand(*node)
        if len(out) > 1 and len(one) > 1 and len(out) * len(one) > _MOST:
            one = [_ANY]
        out = list(dict.fromkeys(a + b for a, b in product(out, one)))
    return out


def _expand(kind: Any, value: Any) -> list[str]:
    name = str(kind)
    if name == "LITERAL":
        return [chr(value).lower()]
    if name == "BRANCH":
        return list(dict.fromkeys(t for branch in value[1] for t in _texts(list(branch))))
    if name == "SUBPATTERN":
        return _texts(list(value[3]))
    if name == "AT":
        return [_EDGE if str(value) == "AT_BOUNDARY" else ""]
    if name == "IN" and len(value) <= 3 and all(str(k) == "LITERAL" for k, _ in value):
        return [chr(v).lower() for _, v in value]
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, body = value
        # Repeated: whatever comes first, the last time stands at the end.
        ends = [t if most == 1 else _ANY + t for t in _texts(list(body))]
        return ends if least else ["", *ends]
    if name == "ASSERT_NOT" and any(str(k) == "IN" and _holds_word(v) for k, v in value[1]):
        return [_EDGE]
    return [_ANY]


def _holds_word(items: list[Any]) -> bool:
    names = [str(k if v is None else v) for k, v in items]
    return "CATEGORY_WORD" in names and "NEGATE" not in names

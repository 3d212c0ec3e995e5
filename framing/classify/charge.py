"""Charge: whether an arguable term is charged where it stands.

The word list is sure of most of its entries. Of some it is not: entries of grade C,
and entries whose guard asks for a context that is not there. For those a logistic
model looks at the entry, its neighbours, its sentence and the voice. It learned the
entry-independent signs of charge only, so it can judge entries it never saw.
The model is a table (``models/charge.tsv``): loading it runs no code.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from framing import classes
from framing.errors import ModelError
from framing.tokens import Remembered, fold

if TYPE_CHECKING:
    from framing.article import Reading, Sentence
    from framing.lexicon import Entry

__all__ = ["FORMAT", "PATH", "Charge", "charge", "load", "signs", "tilt"]

PATH = Path(__file__).parent / "models" / "charge.tsv"
FORMAT = "framing-charge 1"
NEAR = 8  # tokens to each side in which other loaded terms count
_LIMIT = 5_000_000
_MARKS = frozenset('.,:;?!"“”-')


@dataclass(frozen=True, slots=True)
class Charge:
    """``weights``: sign -> weight, ``words``: folded word -> how far it tilts a sentence towards bias.

    ``threshold``: probability from which a doubtful term counts as charged.
    """

    weights: dict[str, float]
    words: dict[str, float]
    intercept: float
    threshold: float
    sha256: str = field(default="", compare=False)
    _sums: dict[tuple[str, ...], float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def probability(
        self, reading: Reading, sentence: Sentence, tilted: float, first: int, last: int, entry: Entry, guarded: bool,
        sure: Container[int],
    ) -> float:  # fmt: skip
        """P(charged) of the entry at tokens ``[first, last)`` of ``sentence``: the weighted sum of its :func:`signs`.

        ``tilted``: :func:`tilt` of the sentence; ``sure``: tokens inside sure loaded terms.
        """
        norm, text, get = reading.tokens.norm, reading.tokens.text, self.weights.get
        status = f"{'F' if guarded else ''}{entry.grade}"
        head = text[first]
        capital = "" if not head[:1].isupper() else "capitals" if head.isupper() and len(head) > 2 else "capital"
        before = _CUES[text[first - 1]] if first > sentence.first else "start"
        after = _CUES[text[last]] if last < sentence.last else "end"
        voice = reading.voice_at(reading.tokens.start[first]).voice
        z = self.intercept + self._sum(
            status, entry.kind, entry.valence, entry.pos, "phrase" if last - first > 1 else "",
            "guard" if entry.guard else "", capital, voice, "headline" if sentence.headline else "",
        ) + self._beside(before, after, status)  # fmt: skip
        weights = [self.words.get(w, 0.0) for w in norm[first:last]]
        z += (get("word", 0.0) + get(f"word,status={status}", 0.0)) * max(weights)
        z += get("sentence", 0.0) * (tilted - sum(weights) / math.sqrt(max(1, sentence.last - sentence.first)))
        lo, hi = max(sentence.first, first - NEAR), min(sentence.last, last + NEAR)
        near = sum([k in sure for k in range(lo, first)]) + sum([k in sure for k in range(last, hi)])
        z += get("near", 0.0) * min(near, 4) / 4
        return 1 / (1 + math.exp(-z))

    def _sum(self, *about: str) -> float:
        """Weights of the signs of yes or no, but for the neighbours; worked out once for each case."""
        known = self._sums.get(about)
        if known is None:
            status, kind, valence, pos, phrase, guard, capital, voice, headline = about
            names = [
                f"status={status}", f"kind={kind}", f"valence={valence}", f"pos={pos}", f"status,pos={status},{pos}",
                phrase, guard, "capital" if capital else "", "capitals" if capital == "capitals" else "",
                f"voice={voice!s}", headline,
            ]  # fmt: skip
            known = self._sums[about] = sum(self.weights.get(name, 0.0) for name in names)
        return known

    def _beside(self, before: str, after: str, status: str) -> float:
        """Weights of the neighbours."""
        known = self._sums.get((before, after, status))
        if known is None:
            names = [
                f"before={before}", f"before,status={before},{status}", f"after={after}",
                f"after,status={after},{status}",
            ]  # fmt: skip
            known = self._sums[before, after, status] = sum(self.weights.get(name, 0.0) for name in names)
        return known


def tilt(words: dict[str, float], norm: list[str], first: int, last: int) -> float:
    """Sum of the word weights of tokens ``[first, last)``, over the square root of their number."""
    get = words.get
    return sum([get(w, 0.0) for w in norm[first:last]]) / math.sqrt(max(1, last - first))


def _guess(text: str) -> str:
    """A neighbour's rough part of speech by its surface form: closed classes by list, open ones by case and ending."""
    norm = fold(text)
    for name, members in _CLOSED:
        if norm in members:
            return name
    head = text[:1]
    if not head.isalnum():
        return norm if norm in _MARKS else "mark"
    if head.isupper():
        return "name"
    if head.isdigit():
        return "number"
    for ending in ("ly", "ing", "ed", "s"):
        if norm.endswith(ending):
            return ending
    return "word"


_CUES = Remembered(_guess)
_CLOSED = (
    ("det", classes.DETERMINERS),
    ("possessive", classes.POSSESSIVES),
    ("be", classes.BE),
    ("have", classes.HAVE),
    ("modal", classes.MODALS),
    ("prep", classes.PREPOSITIONS),
    ("pron", classes.PRONOUNS),
    ("and", frozenset(("and", "or", "but"))),
)


def signs(
    reading: Reading, sentence: Sentence, tilted: float, words: dict[str, float], first: int, last: int, entry: Entry,
    status: str, sure: Container[int],
) -> Iterator[tuple[str, float]]:  # fmt: skip
    """What the model looks at: name and value of each sign of a match. ``status``: grade, with what is in doubt."""
    norm, text = reading.tokens.norm, reading.tokens.text
    yield f"status={status}", 1.0
    yield f"kind={entry.kind}", 1.0
    yield f"valence={entry.valence}", 1.0
    yield f"pos={entry.pos}", 1.0
    yield f"status,pos={status},{entry.pos}", 1.0
    if last - first > 1:
        yield "phrase", 1.0
    if entry.guard:
        yield "guard", 1.0
    weight = max([words.get(w, 0.0) for w in norm[first:last]])
    yield "word", weight
    yield f"word,status={status}", weight
    own = sum([words.get(w, 0.0) for w in norm[first:last]]) / math.sqrt(max(1, sentence.last - sentence.first))
    yield "sentence", tilted - own
    before = _CUES[text[first - 1]] if first > sentence.first else "start"
    after = _CUES[text[last]] if last < sentence.last else "end"
    yield f"before={before}", 1.0
    yield f"before,status={before},{status}", 1.0
    yield f"after={after}", 1.0
    yield f"after,status={after},{status}", 1.0
    head = text[first]
    if head[:1].isupper():
        yield "capital", 1.0
        if head.isupper() and len(head) > 2:
            yield "capitals", 1.0
    yield f"voice={reading.voice_at(reading.tokens.start[first]).voice!s}", 1.0
    if sentence.headline:
        yield "headline", 1.0
    lo, hi = max(sentence.first, first - NEAR), min(sentence.last, last + NEAR)
    near = sum(k in sure for k in range(lo, hi) if not first <= k < last)
    if near:
        yield "near", min(near, 4) / 4


def load(path: Path) -> Charge:
    """Read a model file. Raises :class:`ModelError` that says what is wrong with it."""
    try:
        data = path.read_bytes()
        if len(data) > _LIMIT:
            raise ModelError(f"{path}: larger than {_LIMIT // 1_000_000} MB; not a model of this package")
        lines = data.decode("utf-8").splitlines()
    except OSError as error:
        raise ModelError(f"{path}: cannot read the model: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ModelError(f"{path}: not UTF-8; the file is damaged") from error
    if not lines or lines[0] != f"# {FORMAT}":
        raise ModelError(f"{path}:1: does not begin with '# {FORMAT}'")
    tables: dict[str, dict[str, float]] = {"sign": {}, "word": {}, "number": {}}
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        try:
            table, name, value = tables[cells[0]], cells[1], float(cells[2])
        except (KeyError, IndexError, ValueError):
            raise ModelError(f"{path}:{number}: not 'sign, word or number', a name and a number") from None
        if not math.isfinite(value) or name in table or len(cells) != 3:
            raise ModelError(f"{path}:{number}: {name!r} stands twice or is not a finite number")
        table[name] = value
    try:
        intercept, threshold = tables["number"]["intercept"], tables["number"]["threshold"]
    except KeyError as error:
        raise ModelError(f"{path}: holds no {error.args[0]}; the file is damaged") from None
    return Charge(tables["sign"], tables["word"], intercept, threshold, hashlib.sha256(data).hexdigest())


@cache
def charge() -> Charge:
    """The shipped model."""
    return load(PATH)

"""Text -> tokens, with offsets into the untouched text.

Everything downstream (sentences, voices, lexicons, classifiers) works on one
tokenisation, made once in one pass of a regular expression without backtracking.
A token's *norm* is its folded form: lower case, straight apostrophes, without
zero-width characters, look-alike letters of other scripts mapped to Latin where
a word mixes scripts. Folding is per token and never moves an offset.
"""

from __future__ import annotations

import gc
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from operator import add
from threading import RLock
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["LOCK", "ZERO_WIDTH", "Column", "Remembered", "Tokens", "fold", "folded", "tokenise", "uncollected"]

# Invisible inside a word: soft hyphen, joiners, marks of direction, fillers, selectors of variants, tags, BOM.
ZERO_WIDTH = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)

_WORD = rf"[^\W_{ZERO_WIDTH}][\w\u0300-\u036f{ZERO_WIDTH}]*"
_TOKEN = re.compile(
    rf"[0-9]+(?:[.,:][0-9]+)*[^\W_]*"  # 1,000  3.5  10:30  20th
    rf"|(?:[A-Za-z]\.){{2,}}"  # U.S.  a.m.
    rf"|['\u2019][sS](?![^\W_])"  # possessive or clitic 's
    rf"|{_WORD}(?:['\u2019](?![sS](?![^\W_])){_WORD})*"  # words, don't, O’Neill
    r"|\.{2,}|-{2,}"
    rf"|[{ZERO_WIDTH}]+"
    r"|[^\w\s]|_"
)
# The plain word comes first for speed. Possessive: nothing is ever tried twice.
_PIECE = re.compile(rf"(?:[A-Za-z]++(?=[ ,\n])|{_TOKEN.pattern})\s*+")
_STRIP = re.compile(f"[{ZERO_WIDTH}]")
_PLAIN = {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00a0": " ", "\u2010": "-", "\u2011": "-"}
_PLAIN_TABLE = str.maketrans(_PLAIN)

# Letters of other scripts that look like Latin ones; used only in words that mix scripts or are all look-alikes.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏкмтвнԛԝ" + "αορντικυγρεχ" + "օսոցհ" + "ɑɡıɩ" + "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aeopcyxijsdhlkmtbhqw" + "aopvtikuypex" + "oungh" + "agii" + "abcdefghijklmnoprstuvwyz",
)
_LATIN = re.compile("[a-zA-Z]")


# Forms that are remembered, and their characters: news has few word types, hostile text has no end of them.
_FORMS, _CHARACTERS = 400_000, 20_000_000


class Remembered(dict[str, str]):
    """What ``of`` says of a form, worked out once. Bounded: news has few word types, hostile text has many."""

    def __init__(self, of: Callable[[str], str]) -> None:
        self.of = of

    def __missing__(self, form: str) -> str:
        found = self.of(form)
        if len(self) >= _FORMS:
            self.clear()
        if len(form) <= 64:
            self[form] = found
        return found


def _folded(token: str) -> str:
    if token.isascii():
        return token.lower()
    norm = unicodedata.normalize("NFKC", _STRIP.sub("", token)).translate(_PLAIN_TABLE).lower()
    if not norm.isascii():
        swapped = norm.translate(_LOOKALIKES)
        if swapped.isascii() or (swapped != norm and _LATIN.search(norm)):
            return swapped
    return norm


_FOLD = Remembered(_folded)


def fold(token: str) -> str:
    """Folded form of one token, as lexicons are matched on it."""
    return _FOLD[token]


class _Forms:
    """Surface forms seen so far, numbered in order of first sight."""

    __slots__ = ("_characters", "_measured", "numbers", "seen")

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.numbers: dict[str, int] = {}
        self._characters = self._measured = 0

    def full(self) -> bool:
        """Whether it is time to begin anew."""
        if self._measured < len(self.seen):
            self._characters += sum(map(len, self.seen[self._measured :]))
            self._measured = len(self.seen)
        return self._measured > _FORMS or self._characters > _CHARACTERS

    def of(self, text: list[str]) -> list[int]:
        """The number of each form of ``text``."""
        found = list(map(self.numbers.get, text))
        if None in found:
            with LOCK:
                for form in text:
                    if form not in self.numbers:
                        self.seen.append(form)
                        self.numbers[form] = len(self.seen) - 1
                return [self.numbers[form] for form in text]
        return cast("list[int]", found)


LOCK = RLock()  # for all that is remembered of forms and grows while texts are read
_forms = _Forms()


def folded(text: str) -> list[str]:
    """The folded tokens of a text, as :func:`tokenise` has them; quick for plain words between spaces."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return text.lower().split()
    return tokenise(text).norm


@contextmanager
def uncollected() -> Iterator[None]:
    """Without collecting garbage: what builds large tables, which stay, would be searched for it again and again."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Tokens:
    """Parallel lists over the tokens of a text.

    ``text`` surface forms, ``norm`` folded forms, ``start`` and ``end`` offsets
    (half-open, Unicode code points of the original text).
    """

    __slots__ = ("_forms", "_numbers", "end", "norm", "start", "text")

    def __init__(self, text: list[str], norm: list[str], start: list[int], end: list[int]) -> None:
        self.text, self.norm, self.start, self.end = text, norm, start, end
        self._forms: _Forms | None = None
        self._numbers: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __reduce__(self) -> tuple[type[Tokens], tuple[list[str], list[str], list[int], list[int]]]:
        return Tokens, (self.text, self.norm, self.start, self.end)

    def numbered(self) -> tuple[_Forms, NDArray[np.int64]]:
        """The forms of this process and the number of each token among them; looked up once."""
        global _forms
        forms, numbers = self._forms, self._numbers
        if forms is None or numbers is None:
            import numpy as np

            if _forms.full():
                _forms = _Forms()
            forms = _forms
            numbers = np.array(forms.of(self.text), dtype=np.int64)
            self._forms, self._numbers = forms, numbers
        return forms, numbers


class Column:
    """Something that depends on the surface form of a token alone, as a number: worked out once for every form.

    ``of``: form -> number; ``dtype``: a NumPy type that holds it.
    """

    __slots__ = ("_known", "_spent", "dtype", "of")

    def __init__(self, of: Callable[[str], int], dtype: str = "u1") -> None:
        self.of, self.dtype = of, dtype
        # What is known of the forms of now, and of those before they were last forgotten.
        self._known: list[tuple[_Forms, NDArray[Any], int]] = []
        self._spent = 0

    def __call__(self, tokens: Tokens) -> NDArray[Any]:
        """The number of each token, shape (tokens,)."""
        forms, numbers = tokens.numbered()
        for mine, known, filled in self._known:
            if mine is forms and filled == len(forms.seen):
                return known.take(numbers)
        # A column that is asked once, about a short text, must not cost all the forms that others have met: until it
        # has been asked about as many tokens as there are forms to learn, it answers token by token.
        filled = next((k[2] for k in self._known if k[0] is forms), 0)
        self._spent += len(tokens)
        if self._spent < len(forms.seen) - filled:
            import numpy as np

            return np.array(list(map(self.of, tokens.text)), dtype=self.dtype)
        self._spent = 0
        return self._fill(forms).take(numbers)

    def _fill(self, forms: _Forms) -> NDArray[Any]:
        import numpy as np

        with LOCK:
            old = next((k for k in self._known if k[0] is forms), None)
            filled = old[2] if old is not None else 0
            fresh = forms.seen[filled:]
            size = filled + len(fresh)
            if old is not None and size <= old[1].size:
                known = old[1]
            else:
                known = np.zeros(max(1024, 2 * size), dtype=self.dtype)
                if old is not None:
                    known[:filled] = old[1][:filled]
            known[filled:size] = list(map(self.of, fresh))
            self._known = [(forms, known, size), *(k for k in self._known if k[0] is not forms)][:2]
        return known


def tokenise(text: str) -> Tokens:
    """Split ``text`` into :class:`Tokens`; every non-space character is in exactly one token."""
    # Tokens with the space after them tile the text, so lengths give the offsets: no match object per token.
    pieces = _PIECE.findall(text)
    words = list(map(str.rstrip, pieces))
    starts = list(accumulate(map(len, pieces), initial=len(text) - len(text.lstrip())))
    starts.pop()
    return Tokens(words, list(map(_FOLD.__getitem__, words)), starts, list(map(add, starts, map(len, words))))

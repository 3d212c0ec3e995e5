"""The fast path: several classifiers over the same sentences in one pass of table look-ups.

Method: each folded token is numbered once (a dictionary), everything after is
array work: a gather of the units' rows, a search of the pairs and triples that
can be phrases, and one sum per sentence. What the character pieces of a word
add depends on the word alone: it is worked out at first sight and remembered.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from framing.classify.features import HEAD, QUOTED, TAIL, pieceable, quote_kind, quoted_stretches, unit
from framing.classify.model import pieces
from framing.tokens import LOCK, Column, Tokens, fold, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from framing.classify.model import Classifier

__all__ = ["Scorer"]

_BITS = 24
_REMEMBER = 400_000  # distinct tokens; hostile text has more, and then the memory starts over


class _Numbers(dict[str, int]):
    """Token -> number, given out in order of first sight."""

    def __missing__(self, norm: str) -> int:
        n = self[norm] = len(self)
        return n


class Scorer:
    """Classifiers compiled into one table. ``names``: in the order of the result's columns."""

    def __init__(self, classifiers: Sequence[Classifier]) -> None:
        import numpy as np

        self.names = [c.name for c in classifiers]
        m = len(classifiers)
        self._power = np.array([c.power for c in classifiers])
        self._intercept = np.array([c.intercept for c in classifiers])

        phrases = list(dict.fromkeys(chain.from_iterable(c.phrases for c in classifiers)))
        place = dict(zip(phrases, range(len(phrases)), strict=True))
        weights = np.zeros((len(phrases), m))
        for k, c in enumerate(classifiers):
            weights[list(map(place.__getitem__, c.phrases)), k] = list(c.phrases.values())
        sizes = np.fromiter((p.count(" ") for p in phrases), dtype=np.int64, count=len(phrases)) + 1
        flat = " ".join(phrases).split(" ") if phrases else []
        self._units: dict[str, int] = {"": 0}
        self._units.update((w, n) for n, w in enumerate(dict.fromkeys(flat), 1))
        size = len(self._units)
        ids = np.array(list(map(self._units.__getitem__, flat)), dtype=np.int64)
        starts = np.cumsum(sizes) - sizes
        single, pair, triple = (np.flatnonzero(sizes == n) for n in (1, 2, 3))

        def join(which: NDArray[np.int64]) -> NDArray[np.int64]:
            joined: NDArray[np.int64] = ids[starts[which]] << _BITS | ids[starts[which] + 1]
            return joined

        self._words = np.zeros((size, m))
        self._words[ids[starts[single]]] = weights[single]
        # A triple is found through its first pair, which has no weight where it is no phrase itself.
        heads = join(triple)
        bare = np.setdiff1d(heads, join(pair))
        keys = np.concatenate([join(pair), bare])
        order = np.argsort(keys)
        self._pairs = keys[order]
        self._pair_rows = np.concatenate([weights[pair], np.zeros((bare.size, m))])[order]
        self._first = np.zeros(size + 1, dtype=bool)
        self._second = np.zeros(size + 1, dtype=bool)
        self._first[keys >> _BITS] = True
        self._second[keys & ((1 << _BITS) - 1)] = True
        self._first[self._units.get(TAIL, 0)] = False  # what ends a sentence begins no phrase in it
        keys = np.searchsorted(self._pairs, heads) << _BITS | ids[starts[triple] + 2]
        order = np.argsort(keys)
        self._triples = keys[order]
        self._triple_rows = weights[triple][order]
        self._third = np.zeros(size + 1, dtype=bool)
        self._third[ids[starts[triple] + 2]] = True

        grams = sorted(set().union(*(c.pieces for c in classifiers)))
        self._pieces = {g: i for i, g in enumerate(grams)}
        self._piece_rows = np.array([[c.pieces.get(g, 0.0) for c in classifiers] for g in grams]).reshape(-1, m)
        self._forget()

    def _forget(self) -> None:
        import numpy as np

        numbers = self._numbers = _Numbers()
        self._number = Column(lambda form: numbers[fold(form)], "i4")
        self._known = 0
        self._plain = np.zeros(1024, dtype=np.int64)  # token number -> unit number, 0 unknown
        self._quoted = np.zeros(1024, dtype=np.int64)  # the same inside quotation marks
        self._kind = np.zeros(1024, dtype=np.int8)
        # token number -> what it adds by itself: its word and its pieces; inside quotation marks the word alone
        self._value = np.zeros((1024, len(self.names)))

    def _learn(self) -> None:
        """Fill the tables for the tokens numbered since the last call."""
        import numpy as np

        fresh = list(self._numbers)[self._known :] if self._known < len(self._numbers) else []
        if not fresh:
            return
        first, last = self._known, len(self._numbers)
        if last > len(self._plain):
            grow = max(last, 2 * len(self._plain)) - len(self._plain)
            self._plain = np.concatenate([self._plain, np.zeros(grow, dtype=np.int64)])
            self._quoted = np.concatenate([self._quoted, np.zeros(grow, dtype=np.int64)])
            self._kind = np.concatenate([self._kind, np.zeros(grow, dtype=np.int8)])
            self._value = np.concatenate([self._value, np.zeros((grow, len(self.names)))])
        us = [unit(n) for n in fresh]
        get = self._units.get
        self._plain[first:last] = plain = [get(u, 0) for u in us]
        value = self._words[plain]
        kinds = [quote_kind(n) for n in fresh]
        self._kind[first:last] = kinds
        # A mark of quotation is no word of the quotation.
        self._quoted[first:last] = [get(u if k else QUOTED + u, 0) for u, k in zip(us, kinds, strict=True)]
        if self._pieces:
            find = self._pieces.get
            found: list[int] = []
            ends: list[int] = []
            for u in us:
                if u and pieceable(u):
                    found.extend(i for g in pieces(u) if (i := find(g)) is not None)
                ends.append(len(found))
            sums = np.concatenate([np.zeros((1, len(self.names))), np.cumsum(self._piece_rows[found], axis=0)])
            bounds = np.concatenate([[0], ends])
            value += sums[bounds[1:]] - sums[bounds[:-1]]
        self._value[first:last] = value
        self._known = last

    def decision(self, sentences: Sequence[str]) -> NDArray[np.float64]:
        """Log-odds, shape (number of sentences, number of classifiers)."""
        return self.decision_tokens([tokenise(s).norm for s in sentences])

    def predict_proba(self, sentences: Sequence[str]) -> NDArray[np.float64]:
        """P(positive), shape (number of sentences, number of classifiers)."""
        return _sigmoid(self.decision(sentences))

    def predict_tokens(self, norms: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """P(positive) for sentences given as the folded tokens of each (``Tokens.norm`` slices)."""
        return _sigmoid(self.decision_tokens(norms))

    def predict_ranges(self, tokens: Tokens, ranges: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
        """P(positive) for sentences given as ranges of a text's tokens."""
        import numpy as np

        if not ranges:
            return np.zeros((0, len(self.names)))
        with LOCK:
            if len(self._numbers) > _REMEMBER:
                self._forget()
            first, last = np.array(ranges, dtype=np.int64).T
            sizes = last - first
            numbers = self._number(tokens)
            if "" in self._numbers and (numbers == self._numbers[""]).any():
                return self.predict_tokens([tokens.norm[a:b] for a, b in ranges])
            starts = np.cumsum(sizes) - sizes
            raw = numbers.take(np.arange(sizes.sum()) + np.repeat(first - starts, sizes)).astype(np.int64)
            return _sigmoid(self._decision(raw, starts, sizes))

    def decision_tokens(self, norms: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """Log-odds for sentences given as the folded tokens of each."""
        import numpy as np

        if not norms:
            return np.zeros((0, len(self.names)))
        norms = [[n for n in s if n] for s in norms]
        with LOCK:  # the tables grow as texts are read
            if len(self._numbers) > _REMEMBER:
                self._forget()
            sizes = np.fromiter(map(len, norms), dtype=np.int64, count=len(norms))
            number = self._numbers.__getitem__
            raw = np.fromiter(map(number, chain.from_iterable(norms)), dtype=np.int64, count=int(sizes.sum()))
            return self._decision(raw, np.cumsum(sizes) - sizes, sizes)

    def _decision(
        self, raw: NDArray[np.int64], starts: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Log-odds of sentences; ``raw``: numbers of their tokens in a row, ``starts``: where each begins in it."""
        import numpy as np

        self._learn()
        count = sizes.size

        ids = self._plain.take(raw)
        own = self._value.take(raw, axis=0)
        marks = np.flatnonzero(self._kind.take(raw))
        if marks.size:
            inside = self._inside(raw, marks, starts, sizes)
            ids[inside] = quoted = self._quoted.take(raw.take(inside))
            own[inside] = self._words.take(quoted, axis=0)

        # Lay the sentences out with a unit before and after each.
        total = raw.size + 2 * count
        index = np.arange(count)
        sentence = np.repeat(index, sizes + 2)
        heads = starts + 2 * index
        tails = heads + sizes + 1
        body = np.arange(raw.size) + np.repeat(2 * index + 1, sizes)
        flat = np.zeros(total, dtype=np.int64)
        flat[body] = ids
        flat[heads], flat[tails] = head, tail = self._units.get(HEAD, 0), self._units.get(TAIL, 0)
        values = np.empty((total, len(self.names)))
        values[body] = own
        values[heads], values[tails] = self._words[head], self._words[tail]
        sums = np.add.reduceat(values, heads, axis=0)

        if self._pairs.size:
            at = np.flatnonzero(self._first.take(flat[:-1]) & self._second.take(flat[1:]))
            at, row = _find(self._pairs, flat.take(at) << _BITS | flat.take(at + 1), at)
            _add(sums, sentence.take(at), self._pair_rows.take(row, axis=0))
            if self._triples.size:
                keep = at + 2 < total
                at, row = at[keep], row[keep]
                third = flat.take(at + 2)
                keep = self._third.take(third) & (sentence.take(at) == sentence.take(at + 2))
                at, row = at[keep], row[keep]
                at, row = _find(self._triples, row << _BITS | third[keep], at)
                _add(sums, sentence.take(at), self._triple_rows.take(row, axis=0))
        scale = (sizes + 2.0)[:, None] ** -self._power[None, :]
        result: NDArray[np.float64] = self._intercept + sums * scale
        return result

    def _inside(
        self,
        raw: NDArray[np.int64],
        marks: NDArray[np.int64],
        starts: NDArray[np.int64],
        sizes: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Positions of the tokens inside quotation marks, by the rule of ``features.units``."""
        import numpy as np

        of = np.searchsorted(starts + sizes, marks, side="right")
        kinds = self._kind[raw[marks]].tolist()
        groups: dict[int, list[tuple[int, int]]] = {}
        for position, sentence, kind in zip(marks.tolist(), of.tolist(), kinds, strict=True):
            groups.setdefault(sentence, []).append((position, kind))
        out: list[range] = []
        for sentence, group in groups.items():
            base = int(starts[sentence])
            local = [(p - base, k) for p, k in group]
            out.extend(range(base + a, base + b) for a, b in quoted_stretches(local, int(sizes[sentence])))
        return np.fromiter(chain.from_iterable(out), dtype=np.int64)


def _find(
    table: NDArray[np.int64], keys: NDArray[np.int64], at: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which ``keys`` are in the sorted ``table``: their ``at`` and their row."""
    import numpy as np

    # Searched for in order, so that one search goes on near the one before.
    order = keys.argsort()
    row = np.empty_like(keys)
    row[order] = table.searchsorted(keys.take(order))
    np.minimum(row, table.size - 1, out=row)
    hit = table.take(row) == keys
    return at[hit], row[hit]


def _add(sums: NDArray[np.float64], index: NDArray[np.int64], rows: NDArray[np.float64]) -> None:
    import numpy as np

    for k in range(sums.shape[1]):
        sums[:, k] += np.bincount(index, weights=rows[:, k], minlength=len(sums))


def _sigmoid(z: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    out: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(z, -500, 500)))
    return out

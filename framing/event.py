"""Which articles report the same event.

Every article becomes one sparse vector of three parts (headline, lead, body), each of
unit length, so that one dot product is a weighted mean of three cosines. Word weights
are log-frequency times the inverse document frequency of this corpus and the packaged
background counts together. Candidate pairs come from an inverted index within a date
window that leaves out words too common *in that window*, so the work per article is
bounded; their similarity is then computed in full. Groups are built by average linkage
on that graph (Sokal & Michener 1958), and once more on the groups' centroids, for which
the dot product *is* the average link. Time and memory grow with n log n.

Copies (the same text again, or one article mostly contained in another) are found by
shared five-word runs and reported apart, because a copy is no independent report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from framing.article import Article
from framing.background import load as background_counts
from framing.errors import UsageError
from framing.tokens import tokenise

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Copy", "Event", "containment", "day", "group", "shingles", "similarity"]

WINDOW = 3
THRESHOLD = 0.13
# How much headline, lead and body count; chosen on the development half of the AllSides events.
PARTS = (0.25, 0.3, 0.45)
LEAD_WORDS = 200
BODY_WORDS = 900
TERMS = 160  # heaviest words kept per part
UNDATED = 0.75  # a pair without both dates needs more likeness
COMMON = 150  # a word of more articles than this in a window finds no candidates
NEIGHBOURS = 48
EDGE = 0.06
COPY = 0.6  # share of the shorter text's five-word runs found in the longer one
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")

_STOP = frozenset(
    "a about after again all also am an and any are as at be because been before being between both but by can "
    "could did do does doing don't down during each few for from further get got had has have having he her here "
    "hers him his how i if in into is it its it's just like made make many may me might more most much must my new "
    "no nor not now of off on once one only or other our out over own said same say says she should so some such "
    "than that the their them then there these they this those through to told too two under until up us very was "
    "we were what when where which while who whom why will with would year years you your 's mr mrs ms dr".split()
)


@dataclass(frozen=True, slots=True)
class Copy:
    """Article ``copy`` repeats ``original`` (positions in the input).

    ``kind``: "duplicate" (the same text, or the same outlet's again) or "syndicated" (another outlet's copy);
    ``share``: how much of the shorter text's five-word runs stand in the longer one, 0..1.
    """

    original: int
    copy: int
    kind: str
    share: float


@dataclass(frozen=True, slots=True)
class Event:
    """Articles about one event.

    ``id``: stable name, "event-0001" in order of first appearance, or the label the articles carry.
    ``articles``: positions in the input, ascending. ``copies``: those that repeat another one.
    ``first``/``last``: ISO dates or None. ``terms``: the words that tell the event.
    ``likeness``: mean similarity of its pairs, NaN for one article.
    """

    id: str
    articles: tuple[int, ...]
    copies: tuple[Copy, ...] = ()
    first: str | None = None
    last: str | None = None
    terms: tuple[str, ...] = ()
    likeness: float = field(default=float("nan"), compare=False)

    @property
    def independent(self) -> tuple[int, ...]:
        """The articles that repeat no other one."""
        repeated = {c.copy for c in self.copies}
        return tuple(a for a in self.articles if a not in repeated)


def day(published: str | None) -> int | None:
    """ISO date -> day number; None where there is none or it is no date."""
    match = _DATE.match(published or "")
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).toordinal()
    except ValueError:
        return None


def shingles(text: str, size: int = 5) -> set[int]:
    """Hashes of the runs of ``size`` words of ``text``, punctuation left out; shorter texts give one run."""
    words = [w for w in tokenise(text).norm if w[:1].isalnum()]
    if not words:
        return set()
    if len(words) < size:
        return {_stable(" ".join(words))}
    return {_stable(" ".join(words[i : i + size])) for i in range(len(words) - size + 1)}


def _stable(run: str) -> int:
    # hash() differs between processes; it is only compared within one here.
    return hash(run)


def containment(a: set[int], b: set[int]) -> tuple[float, float]:
    """(share of the smaller set found in the larger one, Jaccard index); zeros where either is empty."""
    if not a or not b:
        return 0.0, 0.0
    shared = len(a & b)
    return shared / min(len(a), len(b)), shared / (len(a) + len(b) - shared)


def _title(article: Article) -> str:
    if article.title:
        return article.title
    head = article.text.lstrip()[:400].split("\n", 1)[0]
    return " ".join(head.split()[:16])


def _words(text: str, limit: int, common: frozenset[str] = _STOP) -> list[str]:
    # Six characters a word is plenty for the limit; the rest of a long text is never tokenised.
    norm = tokenise(text[: limit * 9]).norm
    return [w for w in norm if len(w) > 1 and w not in common and w[0].isalnum()][:limit]


def _stem(word: str) -> str:
    """A light stem: plurals and possessives only, because names must stay apart."""
    if len(word) > 4 and word[-1] == "s" and word[-2] not in "su'i":
        return word[:-1]
    return word


def similarity(articles: Sequence[Article]) -> np.ndarray:
    """How alike articles are, n x n in 0..1: the weighted mean cosine of headline, lead and body that grouping uses."""
    import numpy as np

    x, _ = _matrix(articles)
    return np.asarray((x @ x.T).todense())


class _Vocabulary(dict[str, int]):
    def __missing__(self, word: str) -> int:
        n = self[word] = len(self)
        return n


def _matrix(articles: Sequence[Article]) -> tuple[Any, list[str]]:
    """Sparse matrix (articles x 3 vocabularies), rows scaled so that a dot product is a weighted mean cosine."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack

    vocabulary = _Vocabulary()
    stems: dict[str, str] = {}
    parts: list[tuple[list[np.ndarray], list[np.ndarray], list[int]]] = [([], [], [0]) for _ in PARTS]
    frequency: list[int] = []
    for article in articles:
        body = _words(article.text, BODY_WORDS)
        bags = (_words(_title(article), 40), body[: LEAD_WORDS // 2], body)
        for part, bag in zip(parts, bags, strict=True):
            counted: Counter[int] = Counter()
            for w in bag:
                s = stems.get(w)
                if s is None:
                    s = stems[w] = _stem(w)
                counted[vocabulary[s]] += 1
            part[0].append(np.fromiter(counted.keys(), np.int32, len(counted)))
            part[1].append(np.fromiter(counted.values(), np.float32, len(counted)))
            part[2].append(len(counted))
        if len(vocabulary) > len(frequency):
            frequency.extend([0] * (len(vocabulary) - len(frequency)))
        for i in parts[2][0][-1].tolist():
            frequency[i] += 1
    size = len(vocabulary)
    words = list(vocabulary)
    table = background_counts()
    prior = np.array([table.articles.get(w, 0) for w in words], dtype=np.float64)
    own = np.asarray(frequency, dtype=np.float64)
    own = np.concatenate([own, np.zeros(size - len(own))]) if len(own) < size else own
    # The background stands in while the corpus is small, and stays a floor under it when it is large.
    weight = min(1.0, 2000 / max(1, len(articles)))
    idf = np.log((len(articles) + weight * table.size + 1) / (own + weight * prior + 1)).clip(0.01).astype(np.float32)
    blocks = []
    for share, (index, count, lengths) in zip(PARTS, parts, strict=True):
        indptr = np.cumsum(lengths)
        columns = np.concatenate(index) if index else np.zeros(0, np.int32)
        data = (1 + np.log(np.concatenate(count))) * idf[columns] if len(columns) else np.zeros(0, np.float32)
        data, columns, indptr = _heaviest(data.astype(np.float32), columns, indptr, TERMS)
        m = csr_matrix((data, columns, indptr), shape=(len(articles), size))
        norm = np.sqrt(np.asarray(m.multiply(m).sum(axis=1)).ravel())
        scale = np.divide(np.sqrt(share), norm, out=np.zeros_like(norm), where=norm > 0).astype(np.float32)
        m.data *= np.repeat(scale, np.diff(m.indptr))
        blocks.append(m)
    return hstack(blocks, format="csr", dtype=np.float32), words


def _heaviest(data: np.ndarray, columns: np.ndarray, indptr: np.ndarray, most: int) -> tuple[Any, Any, Any]:
    """Keep the ``most`` heaviest entries of each row."""
    import numpy as np

    lengths = np.diff(indptr)
    if not len(lengths) or lengths.max() <= most:
        return data, columns, indptr
    rows = np.repeat(np.arange(len(lengths)), lengths)
    order = np.lexsort((columns, -data, rows))
    rank = np.arange(len(order)) - np.repeat(indptr[:-1], lengths)
    keep = np.sort(order[rank < most])
    kept = np.minimum(lengths, most)
    return data[keep], columns[keep], np.concatenate([[0], np.cumsum(kept)])


def _pairs(x: Any, days: np.ndarray, window: int, edge: float) -> tuple[Any, Any, Any]:
    """Pairs (i < j) of rows of ``x`` with similarity >= edge; ``days``: day number or -1. Returns i, j, similarity."""
    import numpy as np

    order = np.lexsort((np.arange(len(days)), days))
    undated = int(np.searchsorted(days[order], 0))
    dated = order[undated:]
    found: list[tuple[Any, Any]] = []
    when = days[dated]
    starts = [*np.unique(when, return_index=True)[1].tolist(), len(dated)]
    for a, b in pairwise(starts):
        # only backwards: a pair is found from its later article
        low = int(np.searchsorted(when, when[a] - window))
        found.extend(_candidates(x, dated[a:b], dated[low:b]))
    if undated:
        found.extend(_candidates(x, order[:undated], order))
    if not found:
        none = np.zeros(0, np.int64)
        return none, none, np.zeros(0)
    i = np.concatenate([p for p, _ in found])
    j = np.concatenate([q for _, q in found])
    i, j = np.minimum(i, j), np.maximum(i, j)
    keys = np.unique(i.astype(np.int64) * len(days) + j)
    i, j = keys // len(days), keys % len(days)
    keep = i != j
    i, j = i[keep], j[keep]
    likeness = np.zeros(len(i))
    for at in range(0, len(i), 50_000):
        part = slice(at, at + 50_000)
        likeness[part] = np.asarray(x[i[part]].multiply(x[j[part]]).sum(axis=1)).ravel()
    likeness = np.where((days[i] < 0) | (days[j] < 0), likeness * UNDATED, likeness)
    keep = likeness >= edge
    return i[keep], j[keep], likeness[keep]


def _candidates(x: Any, rows: np.ndarray, pool: np.ndarray) -> list[tuple[Any, Any]]:
    """For every row its likeliest partners in ``pool``, by the words that are rare within the pool."""
    import numpy as np
    from scipy.sparse import csr_matrix

    w = x[pool]
    # Counted over the words in use: an array as long as the vocabulary for every day would be quadratic.
    _, place, often = np.unique(w.indices, return_inverse=True, return_counts=True)
    seen = often[place]
    keep = (seen > 1) & (seen <= COMMON)
    kept = np.concatenate([[0], np.cumsum(keep)])
    w = csr_matrix((w.data[keep], w.indices[keep], kept[w.indptr]), shape=w.shape)
    # columns in use only, so that the transpose costs what the pool holds and not what the corpus holds
    used, columns = np.unique(w.indices, return_inverse=True)
    w = csr_matrix((w.data, columns.astype(np.int32), w.indptr), shape=(w.shape[0], max(1, len(used))))
    turned = w.T.tocsr()
    position = {int(r): k for k, r in enumerate(pool.tolist())} if len(rows) < len(pool) else None
    at = np.array([position[int(r)] for r in rows.tolist()]) if position is not None else np.arange(len(rows))
    out: list[tuple[Any, Any]] = []
    for chunk in range(0, len(at), 1000):
        mine = at[chunk : chunk + 1000]
        s = w[mine] @ turned
        lengths = np.diff(s.indptr)
        # itself comes first in every row
        _, columns, indptr = _heaviest(s.data, s.indices, s.indptr, NEIGHBOURS + 1)
        lengths = np.diff(indptr)
        out.append((np.repeat(pool[mine], lengths), pool[columns]))
    return out


def _link(n: int, i: np.ndarray, j: np.ndarray, s: np.ndarray, sizes: np.ndarray, threshold: float) -> list[int]:
    """Average linkage on a sparse graph; pairs without an edge count as zero. Returns a label per item.

    ``s``: mean similarity between the items' members; ``sizes``: how many members each has.
    """
    near: list[dict[int, float]] = [{} for _ in range(n)]
    size = sizes.tolist()
    for a, b, v in zip(i.tolist(), j.tolist(), s.tolist(), strict=True):
        total = v * size[a] * size[b]
        near[a][b] = total
        near[b][a] = total
    heap = [(-v, a, b) for a, b, v in zip(i.tolist(), j.tolist(), s.tolist(), strict=True) if v >= threshold]
    heapify(heap)
    label = list(range(n))
    alive = [True] * n
    while heap:
        v, a, b = heappop(heap)
        if not (alive[a] and alive[b]) or -v != near[a].get(b, 0.0) / (size[a] * size[b]):
            continue
        if len(near[a]) < len(near[b]):
            a, b = b, a
        alive[b] = False
        label[b] = a
        size[a] += size[b]
        for c, total in near[b].items():
            near[c].pop(b, None)
            if c != a:
                merged = near[a].get(c, 0.0) + total
                near[a][c] = near[c][a] = merged
        near[a].pop(b, None)
        near[b] = {}
        for c, total in near[a].items():
            mean = total / (size[a] * size[c])
            if mean >= threshold:
                heappush(heap, (-mean, a, c) if a < c else (-mean, c, a))
    for k in range(n):
        root = k
        while label[root] != root:
            root = label[root]
        label[k] = root
    return label


def group(
    articles: Iterable[Article],
    *,
    window: int = WINDOW,
    threshold: float = THRESHOLD,
    labels: bool = True,
) -> list[Event]:
    """Group articles by the event they report; every article is in exactly one Event, in order of appearance.

    ``window``: days between two reports of one event at most; articles without a date may join
    any event but need more likeness. ``threshold``: mean similarity (0..1) at which two groups are one event.
    ``labels``: articles that carry an ``event`` keep it, and only the others are grouped.
    Raises UsageError on a negative window or a threshold outside 0..1. n log n in the number of articles.
    """
    import numpy as np

    if window < 0 or not 0 < threshold <= 1:
        raise UsageError(f"window must be >= 0 days and threshold in (0, 1], not {window} and {threshold}")
    articles = list(articles)
    free = [k for k, a in enumerate(articles) if not (labels and a.event)]
    members: dict[Any, list[int]] = {}
    for k, a in enumerate(articles):
        if labels and a.event:
            members.setdefault(("given", a.event), []).append(k)
    x, words = _matrix([articles[k] for k in free]) if free else (None, [])
    if free:
        days = np.array([day(articles[k].published) or -1 for k in free], dtype=np.int64)
        for place, k in zip(_cluster(x, days, window, threshold), free, strict=True):
            members.setdefault(("found", place), []).append(k)
    row = {k: r for r, k in enumerate(free)}
    events = []
    number = 0
    for (how, name), inside in sorted(members.items(), key=lambda item: item[1][0]):
        if how == "found":
            number += 1
        rows = [row[k] for k in inside] if how == "found" else []
        terms, likeness = _describe(x, rows, words) if len(rows) > 1 else ((), float("nan"))
        dates = sorted(d for k in inside if (d := articles[k].published) and day(d))
        copies = _copies(articles, inside) if len(inside) > 1 else ()
        events.append(
            Event(
                name if how == "given" else f"event-{number:04d}",
                tuple(inside),
                copies,
                dates[0] if dates else None,
                dates[-1] if dates else None,
                terms,
                likeness,
            )
        )
    return events


def _cluster(x: Any, days: np.ndarray, window: int, threshold: float) -> np.ndarray:
    """Label per row."""
    import numpy as np
    from scipy.sparse import csr_matrix

    n = x.shape[0]
    label = np.arange(n)
    sizes = np.ones(n)
    centre, when = x, days
    for _ in range(3):
        i, j, s = _pairs(centre, when, window, min(EDGE, threshold))
        merged = np.array(_link(len(when), i, j, s, sizes, threshold))
        roots, new = np.unique(merged, return_inverse=True)
        if len(roots) == len(when):
            break
        label = new[label]
        # A centroid's dot product with another is the mean over all pairs of members: the average link itself.
        sizes = np.bincount(label).astype(float)
        weights = (1 / sizes[label]).astype(np.float32)
        mean: Any = csr_matrix((weights, (label, np.arange(n))), shape=(len(roots), n))
        centre = (mean @ x).tocsr()
        known = days >= 0
        total = np.bincount(label[known], weights=days[known], minlength=len(roots))
        dated = np.bincount(label[known], minlength=len(roots))
        when = np.where(dated > 0, np.rint(total / np.maximum(dated, 1)), -1).astype(np.int64)
    return label


def _describe(x: Any, rows: list[int], words: list[str]) -> tuple[tuple[str, ...], float]:
    import numpy as np

    part = x[rows]
    columns, place = np.unique(part.indices, return_inverse=True)
    values = np.bincount(place, weights=part.data)
    size = len(words)
    shared = Counter((part.indices % size).tolist())
    by_word: Counter[str] = Counter()
    for c, v in zip(columns.tolist(), values.tolist(), strict=True):
        if shared[c % size] >= 2:
            by_word[words[c % size]] += v
    own = np.asarray(part.multiply(part).sum(axis=1)).sum()
    n = len(rows)
    square = float((values**2).sum())
    likeness = (square - float(own)) / (n * (n - 1))
    return tuple(w for w, _ in sorted(by_word.items(), key=lambda p: (-p[1], p[0]))[:6]), likeness


def _copies(articles: Sequence[Article], inside: Sequence[int]) -> tuple[Copy, ...]:
    """Copies within one group: the earliest, then the longest text is the original."""
    runs = {k: shingles(articles[k].text) for k in inside}
    order = sorted(inside, key=lambda k: (day(articles[k].published) or 10**7, -len(runs[k]), k))
    kept: list[int] = []
    out = []
    index: dict[int, list[int]] = {}
    for k in order:
        hits: Counter[int] = Counter()
        for run in runs[k]:
            hits.update(index.get(run, ()))
        best = max(
            ((n / max(1, min(len(runs[k]), len(runs[o]))), -o) for o, n in hits.items()),
            default=(0.0, 0),
        )
        if best[0] >= COPY:
            o = -best[1]
            whole = containment(runs[k], runs[o])[1] >= 0.95
            same = articles[o].outlet is not None and articles[o].outlet == articles[k].outlet
            kind = "duplicate" if same or (whole and articles[k].outlet is None) else "syndicated"
            out.append(Copy(o, k, kind, best[0]))
            continue
        kept.append(k)
        for run in runs[k]:
            index.setdefault(run, []).append(k)
    return tuple(sorted(out, key=lambda c: c.copy))

"""Pieces of the input -> parts of the output. Runs in the parent, in worker processes and on clusters alike."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from framing import escape
from framing.analysis import analyse
from framing.article import Article
from framing.batch.limit import TooLong, limit
from framing.batch.place import Place
from framing.batch.tables import TABLES, Rows, Writer
from framing.classify import classifier
from framing.errors import FramingError, OutputError
from framing.lexicon import Lexicon, load
from framing.read import Options, Reject, Source, records, silent

__all__ = ["COUNTED", "PLACE_IN", "STATE", "Outcome", "Piece", "Setup", "chunks", "do_part", "do_piece", "part_name"]

STATE = ".framing"
COUNTED = ("articles", "rejects", "sentences", "evidence", "words")
# A piece holds fewer records than this; its number times this, plus the place within, is an article's number.
PLACE_IN = 1_000_000_000
# Rows are written when this many articles or characters are held.
FLUSH_ARTICLES, FLUSH_CHARACTERS = 500, 2_000_000
# Duplicate ids are looked for among about this many articles from the beginning on.
MOST_IDS = 5_000_000
# A part cut from a stream ends early where texts are long: it is held in memory as a whole.
PART_CHARACTERS = 4_000_000

Item = Article | Reject
Tick = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Piece:
    """Input that is scored together. ``one``: it gives one part; else a part for every ``shard`` records.

    ``size``: its bytes, as far as known. ``check``: the input may have changed since its parts were written.
    """

    number: int
    sources: tuple[Source, ...]
    one: bool
    size: int = 0
    check: bool = False


@dataclass(frozen=True, slots=True)
class Setup:
    """What every worker needs to know; small, and the same for all pieces."""

    output: str
    format: str
    options: Options
    lexicons: tuple[str, ...]
    wide: bool
    classifiers: tuple[str, ...]
    lexicon: str
    shard: int
    limit: int | None = None
    sample: float | None = None
    timeout: float | None = None

    def quiet(self) -> Setup:
        """The same without what cannot be sent to another process."""
        return replace(self, options=replace(self.options, notes=silent))


@dataclass(slots=True)
class Outcome:
    """What one part counted. ``stood``: it was there already."""

    name: str
    counts: dict[str, int] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stood: bool = False


def part_name(piece: Piece, k: int = 0) -> str:
    return f"part-{piece.number:05d}" if piece.one else f"part-{piece.number:05d}-{k:04d}"


def do_piece(piece: Piece, setup: Setup, tick: Tick = lambda articles, words: None) -> Iterator[Outcome]:
    """Score a piece, one part after the other; parts that stand are passed over.

    Raises OutputError if a part cannot be written, or was made of other records than are read now.
    """
    place = Place(setup.output)
    if piece.one and not piece.check:
        found = _standing(place, part_name(piece), setup.format)
        if found is not None:
            yield found
            return
    notes: list[str] = []
    options = replace(setup.options, notes=notes.append)
    items = stream(piece, options, setup.limit)
    if piece.one:
        outcome = do_part(part_name(piece), piece.number * PLACE_IN, items, setup, place, tick)
        outcome.notes = notes
        yield outcome
        return
    for k, (first, chunk) in enumerate(chunks(items, setup.shard)):
        outcome = do_part(part_name(piece, k), piece.number * PLACE_IN + first, chunk, setup, place, tick)
        outcome.notes, notes[:] = list(notes), []
        yield outcome


def stream(piece: Piece, options: Options, most: int | None = None) -> Iterator[Item]:
    """The records of a piece, at most ``most`` of them."""
    return islice((item for source in piece.sources for item in records(source, options)), most)


def chunks(items: Iterable[Item], shard: int) -> Iterator[tuple[int, list[Item]]]:
    """Records for one part each, with the number of records before them."""
    held: list[Item] = []
    first = size = 0
    for item in items:
        held.append(item)
        size += len(item.text) if isinstance(item, Article) else len(item.excerpt)
        if len(held) == shard or size >= PART_CHARACTERS:
            yield first, held
            first, held, size = first + len(held), [], 0
    if held:
        yield first, held


def _mark(name: str) -> str:
    return f"{STATE}/parts/{name}.json"


def mark_of(place: Place, name: str) -> dict[str, Any] | None:
    """What was noted of a finished part, or None if it is not finished."""
    if not place.exists(_mark(name)):
        return None
    found: dict[str, Any] = json.loads(place.read(_mark(name)))
    return found


def _standing(place: Place, name: str, format: str) -> Outcome | None:
    found = mark_of(place, name)
    if found is None or not all(place.exists(f"{t}/{name}.{format}") for t in TABLES):
        return None
    return _outcome(name, found, stood=True)


def _outcome(name: str, mark: dict[str, Any], stood: bool = False) -> Outcome:
    reasons = [f"{r['source']}: {r['position']}: {r['reason']}" for r in mark["rejected"][:3]]
    return Outcome(name, {k: mark[k] for k in COUNTED}, reasons, stood=stood)


class _Seen:
    """Digests of the records of a part, by the input they come from; and how many lines each has."""

    def __init__(self) -> None:
        self.digests: dict[str, Any] = {}

    def add(self, item: Item) -> None:
        cells: tuple[str | None, ...]
        if isinstance(item, Article):
            name = item.source or ""
            cells = (item.text, item.outlet, item.title, item.id, item.published, item.event)
        else:
            name = item.source
            cells = (item.position, item.reason, item.excerpt)
        # "news.jsonl:line 7" is a record of news.jsonl
        head, colon, tail = name.rpartition(":")
        if colon and tail.split(" ")[0] in ("line", "byte", "row", "record"):
            name = head
        digest = self.digests.get(name)
        if digest is None:
            digest = self.digests[name] = hashlib.sha256()
        digest.update("\0".join([c or "" for c in cells]).encode("utf-8", "surrogatepass") + b"\1")

    def hashes(self) -> dict[str, str]:
        return {name: d.hexdigest() for name, d in self.digests.items()}


def do_part(
    name: str,
    first: int,
    items: Iterable[Item],
    setup: Setup,
    place: Place | None = None,
    tick: Tick = lambda articles, words: None,
) -> Outcome:
    """Score records into one part of every table; its mark comes last. A part that stands is only compared."""
    place = place or Place(setup.output)
    if _standing(place, name, setup.format) is not None:
        return _compare(place, name, items)
    try:
        with ExitStack() as stack:
            paths = [stack.enter_context(place.file(f"{t}/{name}.{setup.format}")) for t in TABLES]
            with Writer(paths, setup.format, [classifier(c).name for c in setup.classifiers]) as writer:
                mark = _score(first, items, setup, writer, tick)
        place.write(_mark(name), json.dumps(mark, ensure_ascii=False))
    except OSError as error:
        raise OutputError(
            f"{place.shown}: cannot be written: {error.strerror or error}; the same command continues where it stopped"
        ) from None
    return _outcome(name, mark)


def _compare(place: Place, name: str, items: Iterable[Item]) -> Outcome:
    seen = _Seen()
    for item in items:
        seen.add(item)
    found = mark_of(place, name)
    assert found is not None
    if found["hashes"] != seen.hashes():
        changed = [n for n, h in seen.hashes().items() if found["hashes"].get(n) != h] or list(found["hashes"])
        raise OutputError(
            f"{place.shown}: was made of other input ({changed[0]} has changed); "
            "say --overwrite to start afresh, or name another folder"
        )
    return _outcome(name, found, stood=True)


# Tables of the classifiers grow while they read: threads of one process take turns (the interpreter lets but one run).
_turn = threading.Lock()


@lru_cache(maxsize=8)
def _ready(lexicon: Lexicon) -> None:
    """Load the models, once in a process, before the time of an article is taken."""
    said = "Critics slammed the reckless regime, which may well be a disaster. “No,” the mayor said on Monday."
    _ = analyse(Article(text=said), lexicon=lexicon).values


def _score(first: int, items: Iterable[Item], setup: Setup, writer: Writer, tick: Tick) -> dict[str, Any]:
    lexicon = load(setup.lexicons, wide=setup.wide)
    if lexicon.sha256 != setup.lexicon:
        raise FramingError(
            "the word lists of this worker are not those of the run: install the same version everywhere"
        )
    with _turn:
        _ready(lexicon)
    rows, seen = Rows(), _Seen()
    rejected: list[dict[str, str]] = []
    ids: list[int] = []
    count = dict.fromkeys(COUNTED, 0)
    held = 0
    counted = first // PLACE_IN * setup.shard < MOST_IDS

    def flush() -> None:
        nonlocal rows, held
        for table in TABLES:
            count["articles" if table == "scores" else table] += len(getattr(rows, table))
        writer.write(rows)
        rows, held = Rows(), 0

    # Numbers are given by place in the input, so that no part waits for an earlier one.
    for number, item in enumerate(items, first):
        seen.add(item)
        if isinstance(item, Reject):
            rejected.append({k: escape.storable(v) for k, v in asdict(item).items()})
            continue
        if setup.sample is not None and not _sampled(item, setup.sample):
            continue
        try:
            with _turn, limit(setup.timeout):
                count["words"] += rows.add(analyse(item, lexicon=lexicon, classifiers=setup.classifiers), number)
        except TooLong:
            rejected.append(_reject(item, f"took longer than the {setup.timeout:g} s of --timeout"))
        except Exception as error:
            # A fault of ours in one article must not cost the other million.
            rejected.append(_reject(item, f"could not be scored: {type(error).__name__}: {error}"[:300]))
        else:
            if item.id and counted:
                ids.append(int.from_bytes(hashlib.blake2b(escape.storable(item.id).encode(), digest_size=6).digest()))
        held += len(item.text)
        tick(len(rows.scores) + count["articles"], count["words"])
        if len(rows.scores) >= FLUSH_ARTICLES or held >= FLUSH_CHARACTERS:
            flush()
    flush()
    count["rejects"] = len(rejected)
    return count | {"rejected": rejected, "hashes": seen.hashes(), "ids": ids if counted else None}


def _reject(item: Article, reason: str) -> dict[str, str]:
    return {
        "source": escape.storable(item.source or ""),
        "position": "article",
        "reason": escape.storable(reason),
        "excerpt": escape.storable(item.text[:200]),
    }


def _sampled(article: Article, share: float) -> bool:
    """Whether an article is in the sample: by its text alone, so that the order of the input does not matter."""
    digest = hashlib.blake2b(article.text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) < share * 2**64

"""Many articles -> shards of scores, evidence and sentences that resume where they stopped.

The input is one stream of records, cut into shards of a fixed number of records (fewer where the texts are
long). A shard depends on nothing but its records, is written beside its place and renamed into it, and leaves a
small mark behind when all its tables stand. So the bytes of the output do not depend on how many processes
worked, nor on how often the run was killed and started again. Memory holds a few shards, whatever the input.

Layout of the output folder::

    scores/part-00000.parquet     one row per article
    evidence/part-00000.parquet   one row per mark
    sentences/part-00000.parquet  one row per sentence
    rejects.jsonl                 what could not be used: source, position, reason, excerpt
    manifest.json                 plan (version, word lists, model, options), inputs with hash, counts

``article`` counts the usable records from 0 over the whole run and joins the three tables.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from framing import __version__, escape
from framing.analysis import Analysis, analyse
from framing.article import Article
from framing.errors import FramingError, InputError, OutputError, UsageError
from framing.evidence import Evidence
from framing.lexicon import Lexicon, load
from framing.read import Options, Reject, Source, files, records
from framing.score import VOICES, Counts, scores

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["FORMATS", "TABLES", "Result", "run"]

FORMATS = ("parquet", "csv")
TABLES = ("scores", "evidence", "sentences")
SHARD = 500
# A shard of long articles ends early, so that memory is bounded in characters too.
SHARD_CHARACTERS = 4_000_000
_STATE = ".framing"
_COUNTED = ("articles", "rejects", "sentences", "evidence", "words", "shards")
_OURS = (*TABLES, _STATE, "rejects.jsonl", "manifest.json")
Rows = dict[str, list[dict[str, Any]]]


@dataclass(slots=True)
class Result:
    """What a run did. ``skipped``: shards that stood already; ``finished``: everything stood already."""

    articles: int = 0
    rejects: int = 0
    sentences: int = 0
    evidence: int = 0
    words: int = 0
    shards: int = 0
    skipped: int = 0
    seconds: float = 0.0
    finished: bool = False
    total: int | None = None
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Task:
    """One shard: its number, the number of its first article, its records."""

    number: int
    first: int
    items: tuple[Article | Reject, ...]
    output: Path
    format: str


Tell = Callable[[Result], None]


def run(
    inputs: Sequence[str | Path],
    output: str | Path,
    *,
    format: str = "parquet",
    options: Options | None = None,
    lexicons: Sequence[str | Path] = (),
    wide: bool = False,
    workers: int = 1,
    limit: int | None = None,
    shard: int = SHARD,
    overwrite: bool = False,
    dry_run: bool = False,
    progress: Tell = lambda result: None,
) -> Result:
    """Score every article of ``inputs`` (see :func:`framing.read.files`) into the folder ``output``.

    A run that was stopped continues with the first shard that is missing; a finished one does nothing.
    ``limit``: only the first so many records. ``shard``: records per file. ``dry_run``: read and count,
    write nothing. ``progress`` is called with the figures so far.

    Raises InputError if nothing can be read, OutputError if the folder holds something else, or results of
    other inputs or options and ``overwrite`` is not set, or cannot be written.
    """
    if format not in FORMATS:
        raise UsageError(f"format {format!r} is not one of {', '.join(FORMATS)}")
    if workers < 1 or shard < 1 or (limit is not None and limit < 1):
        raise UsageError("workers, shard and limit must be 1 or more")
    began = monotonic()
    options = options or Options()
    place = Path(output)
    sources = _outside(files(*inputs), place)
    _check_place(place)
    if dry_run:
        result = _count(sources, options, limit, progress)
        result.seconds = monotonic() - began
        return result
    lexicon = load(lexicons, wide=wide)
    listed, total = _hashed(sources)
    plan = _plan(lexicon, options, format, wide, shard, limit)
    done = _resume(place, plan, listed, overwrite)
    if done is not None:
        done.seconds = monotonic() - began
        return done
    result = Result(total=min(total, limit) if total and limit else total)
    tasks = _tasks(sources, options, limit, shard, place, format)
    first = next(tasks, None)
    second = next(tasks, None)
    ahead = [t for t in (first, second) if t is not None]
    if second is None and not any(isinstance(i, Article) for t in ahead for i in t.items):
        found = [i for t in ahead for i in t.items if isinstance(i, Reject)]
        raise InputError(_nothing(found))
    _begin(place, plan, listed)
    _run(_chain(ahead, tasks), place, format, result, progress, workers if second else 1, (lexicons, wide, lexicon))
    _finish(place, plan, listed, result)
    result.seconds = monotonic() - began
    return result


def _nothing(rejects: Sequence[Reject]) -> str:
    if not rejects:
        return "no article could be read: the input holds no record"
    one = rejects[0]
    where = one.source if one.position == "file" else f"{one.source}: {one.position}"
    more = f" (and {len(rejects) - 1} more like it)" if len(rejects) > 1 else ""
    return f"{where}: {one.reason}{more}; no article could be read, nothing was written"


def _outside(sources: list[Source], place: Path) -> list[Source]:
    """Sources that are not our own output (``framing score . -o scores``, run twice)."""
    inside = place.resolve()
    left = [s for s in sources if inside not in s.path.resolve().parents]
    if not left:
        raise InputError(f"{place}: is input and output at once; name another folder to write to")
    return left


# ------------------------------------------------------------------------------------------ plan and state


def _plan(lexicon: Lexicon, options: Options, format: str, wide: bool, shard: int, limit: int | None) -> dict[str, Any]:
    from framing.classify import classifier
    from framing.classify.charge import charge

    return {
        "framing": __version__,
        "lexicon": lexicon.sha256,
        "model": str(getattr(classifier("opinion"), "sha256", "")),
        "charge": charge().sha256,
        "format": format,
        "wide": wide,
        "shard": shard,
        "limit": limit,
        "reading": {f.name: getattr(options, f.name) for f in fields(Options) if f.name != "notes"},
    }


def _hashed(sources: Iterable[Source]) -> tuple[list[dict[str, Any]], int | None]:
    """Name, size and SHA-256 of every input; and how many records there are, where lines tell (else None)."""
    out = []
    total: int | None = 0
    for s in sources:
        digest, size, lines, last = hashlib.sha256(), 0, 0, b"\n"
        lined = s.path.name.lower().endswith((".jsonl", ".ndjson"))
        try:
            with s.path.open("rb") as handle:
                while block := handle.read(1 << 20):
                    digest.update(block)
                    size += len(block)
                    last = block[-1:]
                    if lined:
                        lines += block.count(b"\n")
        except OSError as error:
            raise InputError(f"{s.name}: cannot be read: {error.strerror or error}") from None
        out.append({"name": s.name, "size": size, "sha256": digest.hexdigest()})
        if total is not None:
            if lined:
                total += lines + (last != b"\n")
            elif s.path.name.lower().endswith((".csv", ".tsv", ".gz", ".zst")):
                total = None
            else:
                total += 1
    return out, total


def _check_place(place: Path) -> None:
    if place.exists() and not place.is_dir():
        raise OutputError(f"{place}: is a file; name a folder to write to")
    if place.is_dir() and any(place.iterdir()) and _state(place) is None:
        raise OutputError(f"{place}: holds files that are not scores of ours; name another folder")


def _state(place: Path) -> dict[str, Any] | None:
    """Plan and inputs that the folder was made with, or None if it is not one of ours."""
    for path in (place / "manifest.json", place / _STATE / "plan.json"):
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(found, dict) and isinstance(found.get("plan"), dict) and isinstance(found.get("inputs"), list):
            return found
    return None


def _resume(place: Path, plan: dict[str, Any], listed: list[dict[str, Any]], overwrite: bool) -> Result | None:
    """What a finished run of the same plan counted, or None where there is work left."""
    before = _state(place) if place.is_dir() else None
    if before is None:
        return None
    changed = [k for k in plan if before["plan"].get(k) != plan[k]]
    if before["inputs"] != listed:
        changed.append("input files")
    if changed and not overwrite:
        raise OutputError(
            f"{place}: was made with other settings ({', '.join(changed)}); "
            "say --overwrite to start afresh, or name another folder"
        )
    if overwrite:
        for name in _OURS:
            path = place / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        return None
    if "counts" not in before:
        return None
    result = Result()
    for name in _COUNTED:
        setattr(result, name, int(before["counts"].get(name, 0)))
    result.finished, result.skipped = True, result.shards
    return result


def _begin(place: Path, plan: dict[str, Any], listed: list[dict[str, Any]]) -> None:
    try:
        for name in (*TABLES, _STATE):
            (place / name).mkdir(parents=True, exist_ok=True)
            for stale in (place / name).glob("*.tmp"):
                stale.unlink(missing_ok=True)
        _atomic(place / _STATE / "plan.json", json.dumps({"plan": plan, "inputs": listed}))
    except OSError as error:
        raise OutputError(f"{place}: cannot be written: {error.strerror or error}") from None


def _finish(place: Path, plan: dict[str, Any], listed: list[dict[str, Any]], result: Result) -> None:
    """Put the shards' rejects into one file, then the manifest, whose presence says that all is done."""
    try:
        temporary = place / ".rejects.tmp"
        with temporary.open("w", encoding="utf-8", newline="\n") as handle:
            for number in range(result.shards):
                for row in _marked(place, number)["rejected"]:
                    handle.write(json.dumps(row, ensure_ascii=False) + "\n")
        os.replace(temporary, place / "rejects.jsonl")
        counts = {k: getattr(result, k) for k in _COUNTED}
        signature = hashlib.sha256(json.dumps([plan, listed], sort_keys=True).encode()).hexdigest()
        manifest = {"signature": signature, "plan": plan, "inputs": listed, "counts": counts}
        _atomic(place / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
        shutil.rmtree(place / _STATE)
    except OSError as error:
        raise OutputError(f"{place}: cannot be written: {error.strerror or error}; run it again to continue") from None


def _atomic(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, "utf-8", newline="\n")
    os.replace(temporary, path)


def _mark(place: Path, number: int) -> Path:
    return place / _STATE / f"{number:05d}.json"


def _marked(place: Path, number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_mark(place, number).read_text("utf-8"))
    return found


# ------------------------------------------------------------------------------------------ the stream


def _stream(sources: Iterable[Source], options: Options, limit: int | None) -> Iterator[Article | Reject]:
    n = 0
    for source in sources:
        for item in records(source, options):
            yield item
            n += 1
            if n == limit:
                return


def _tasks(
    sources: Iterable[Source], options: Options, limit: int | None, shard: int, place: Path, format: str
) -> Iterator[_Task]:
    items: list[Article | Reject] = []
    number = first = size = 0
    for item in _stream(sources, options, limit):
        items.append(item)
        size += len(item.text) if isinstance(item, Article) else 0
        if len(items) == shard or size >= SHARD_CHARACTERS:
            yield _Task(number, first, tuple(items), place, format)
            number, first = number + 1, first + sum(isinstance(i, Article) for i in items)
            items, size = [], 0
    if items:
        yield _Task(number, first, tuple(items), place, format)


def _chain(ahead: list[_Task], rest: Iterator[_Task]) -> Iterator[_Task]:
    while ahead:
        yield ahead.pop(0)
    yield from rest


def _count(sources: Iterable[Source], options: Options, limit: int | None, progress: Tell) -> Result:
    result = Result()
    for item in _stream(sources, options, limit):
        if isinstance(item, Reject):
            result.rejects += 1
            result.reasons = [*result.reasons, f"{item.source}: {item.position}: {item.reason}"][:5]
        else:
            result.articles += 1
        if (result.articles + result.rejects) % 100 == 0:
            progress(result)
    return result


# ------------------------------------------------------------------------------------------ the work

Words = tuple[Sequence[str | Path], bool, Lexicon]


def _run(
    tasks: Iterator[_Task], place: Path, format: str, result: Result, progress: Tell, workers: int, words: Words
) -> None:
    """Do every shard that does not stand yet; figures in order of the shards."""

    def settle(number: int, skipped: bool = False) -> None:
        mark = _marked(place, number)
        for name in ("articles", "rejects", "sentences", "evidence", "words"):
            setattr(result, name, getattr(result, name) + mark[name])
        result.shards += 1
        result.skipped += skipped
        result.reasons = [*result.reasons, *(f"{r['source']}: {r['reason']}" for r in mark["rejected"][:5])][:5]
        progress(result)

    try:
        if workers == 1:
            for task in tasks:
                stands = _stands(task)
                if not stands:
                    before = (result.articles, result.words)

                    def tick(articles: int, n: int, before: tuple[int, int] = before) -> None:
                        result.articles, result.words = before[0] + articles, before[1] + n
                        progress(result)

                    _work(task, words[2], tick)
                    result.articles, result.words = before
                settle(task.number, stands)
            return
        _pool(tasks, settle, workers, words)
    except OSError as error:
        raise OutputError(
            f"{place}: cannot be written: {error.strerror or error}; the same command continues where it stopped"
        ) from None


def _pool(tasks: Iterator[_Task], settle: Callable[[int, bool], None], workers: int, words: Words) -> None:
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # Fresh processes on every system: forking one that has threads (pyarrow's) can hang.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(tuple(words[0]), words[1]))
    waiting: deque[tuple[int, Future[None] | None]] = deque()
    try:
        for task in tasks:
            waiting.append((task.number, None if _stands(task) else pool.submit(_work_here, task)))
            del task
            while len(waiting) > workers + 1:
                _settle(waiting, settle)
        while waiting:
            _settle(waiting, settle)
    except BrokenProcessPool:
        raise FramingError(
            "a worker process died (out of memory, or killed); the same command continues where it stopped"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _settle(waiting: deque[Any], settle: Callable[[int, bool], None]) -> None:
    number, future = waiting.popleft()
    if future is not None:
        future.result()
    settle(number, future is None)


_lexicon: Lexicon | None = None


def _start(lexicons: tuple[str | Path, ...], wide: bool) -> None:
    """Set a worker process up: its word lists; Ctrl-C is the parent's; it does not outlive the parent."""
    import multiprocessing
    import signal
    import threading

    global _lexicon
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()
    _lexicon = load(lexicons, wide=wide)


def _work_here(task: _Task) -> None:
    assert _lexicon is not None
    _work(task, _lexicon)


def _stands(task: _Task) -> bool:
    names = [task.output / t / f"part-{task.number:05d}.{task.format}" for t in TABLES]
    return all(p.is_file() for p in (_mark(task.output, task.number), *names))


def _work(task: _Task, lexicon: Lexicon, tick: Callable[[int, int], None] = lambda articles, words: None) -> None:
    """Score one shard and write it; its mark comes last."""
    rows: Rows = {t: [] for t in TABLES}
    rejected: list[dict[str, str]] = []
    number, words = task.first, 0
    for item in task.items:
        if isinstance(item, Reject):
            rejected.append({k: escape.storable(v) for k, v in asdict(item).items()})
            continue
        try:
            values = _rows(analyse(item, lexicon=lexicon), number, rows)
        except Exception as error:
            # A fault of ours in one article must not cost the other million.
            reason = f"could not be scored: {type(error).__name__}: {error}"[:300]
            rejected.append(
                {"source": escape.storable(item.source or ""), "position": "article", "reason": escape.storable(reason)}
                | {"excerpt": escape.storable(item.text[:200])}
            )
        else:
            words += values["words"]
        # Numbers are given before scoring, so that a later shard does not wait for an earlier one.
        number += 1
        tick(number - task.first, words)
    for table in TABLES:
        path = task.output / table / f"part-{task.number:05d}.{task.format}"
        _write(path, table, rows[table], task.format)
    mark = {
        "articles": len(rows["scores"]),
        "rejects": len(rejected),
        "sentences": len(rows["sentences"]),
        "evidence": len(rows["evidence"]),
        "words": words,
        "rejected": rejected,
    }
    _atomic(_mark(task.output, task.number), json.dumps(mark, ensure_ascii=False))


def _rows(a: Analysis, number: int, rows: Rows) -> dict[str, Any]:
    """Append the rows of one article to the three tables, all or none; returns its scores."""
    art = a.article
    head: dict[str, Any] = {"article": number, "id": art.id, "outlet": art.outlet}
    about = {"title": art.title, "published": art.published, "event": art.event, "source": art.source}
    values = a.values
    evidence = [head | asdict(e) for e in a.evidence]
    opinion, words = a.opinion, a.counts.words
    sentences = [
        head
        | {"index": s.index, "start": s.start, "end": s.end, "headline": s.headline, "paragraph": s.paragraph}
        | {f"words_{v}": words.get((s.index, v), 0) for v in VOICES}
        | {"opinion": opinion.get(s.index), "text": art.text[s.start : s.end]}
        for s in a.sentences
    ]
    rows["scores"].append(head | about | values)
    rows["evidence"].extend(evidence)
    rows["sentences"].extend(sentences)
    return values


def columns(table: str) -> dict[str, type]:
    """Column names of a table in order, with the type of their cells (str, int, float, bool)."""
    head: dict[str, type] = {"article": int, "id": str, "outlet": str}
    if table == "scores":
        head |= {"title": str, "published": str, "event": str, "source": str}
        return head | {k: type(v) for k, v in scores(Counts()).items()}
    if table == "evidence":
        return head | {f.name: int if f.name in ("start", "end", "sentence") else str for f in fields(Evidence)}
    head |= {"index": int, "start": int, "end": int, "headline": bool, "paragraph": int}
    return head | {f"words_{v}": int for v in VOICES} | {"opinion": float, "text": str}


def _write(path: Path, table: str, rows: list[dict[str, Any]], format: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    shape = columns(table)
    try:
        if format == "csv":
            with temporary.open("w", encoding="utf-8", newline="") as handle:
                writer = csv.writer(handle, lineterminator="\n")
                writer.writerow(shape)
                writer.writerows([_cell(row[name], kind) for name, kind in shape.items()] for row in rows)
        else:
            import pyarrow.parquet as pq

            pq.write_table(_table(shape, rows), temporary, compression="zstd")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _table(shape: dict[str, type], rows: list[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    kinds = {int: pa.int64(), float: pa.float64(), str: pa.string(), bool: pa.bool_()}
    arrays = []
    for name, kind in shape.items():
        cells = [row[name] for row in rows]
        if kind is str:
            cells = [None if c is None else escape.storable(str(c)) for c in cells]
        elif kind is float:
            cells = [None if c is None else float(c) for c in cells]
        arrays.append(pa.array(cells, kinds[kind]))
    return pa.table(arrays, names=list(shape))


def _cell(value: Any, kind: type) -> Any:
    if value is None or value != value:
        return ""
    if kind is float:
        return repr(float(value))
    return escape.cell(escape.storable(str(value))) if kind is str else value

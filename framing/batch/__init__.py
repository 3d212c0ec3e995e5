"""Many articles -> parts of scores, evidence and sentences that resume where they stopped.

The input is cut into *pieces* by its sizes alone: byte ranges of JSON lines, row groups of Parquet, runs of small
files, and, of what can only be read from the beginning (packed files, CSV, archives, standard input), the whole.
A piece is read once, where it is scored, and becomes one part of each table, a stream as many as it needs. A part
depends on nothing but its piece, is written beside its place and renamed into it, and leaves a small mark behind
when all its tables stand. So the bytes of the output depend neither on how many processes or machines worked
nor on how often the run was killed and started again. Memory holds a few hundred articles, whatever the input.

Layout of the output folder::

    scores/part-00000.parquet     one row per article
    evidence/part-00000.parquet   one row per mark
    sentences/part-00000.parquet  one row per sentence
    rejects.jsonl                 what could not be used: source, position, reason, excerpt
    manifest.json                 signature; plan (version, word lists, models, options); inputs with size and hash
                                  (SHA-256 over the records read); counts
    timing.json                   seconds, workers, articles and words per second: the only file that differs

``article`` is piece * 10**9 + place within the piece: it rises in the order of the input and joins the tables.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from time import monotonic
from typing import Any

from framing import __version__
from framing.analysis import own_classifiers
from framing.article import Article
from framing.batch.place import Place
from framing.batch.pool import alone, cluster, processes
from framing.batch.tables import FORMATS, TABLES, columns
from framing.batch.work import COUNTED, STATE, Outcome, Piece, Setup, mark_of, stream
from framing.errors import InputError, OutputError, UsageError
from framing.lexicon import Lexicon, load
from framing.read import Options, Reject, Source, files, parts, whole

__all__ = ["FORMATS", "SHARD", "TABLES", "TIMEOUT", "Result", "columns", "run"]

SHARD = 500
TIMEOUT = 60.0
# Bytes of JSON lines that an article of usual length takes: what turns articles per part into bytes per piece.
_ARTICLE_BYTES = 4096
_OURS = (*TABLES, STATE, "rejects.jsonl", "manifest.json", "timing.json")


@dataclass(slots=True)
class Result:
    """What a run did. ``skipped``: parts that stood already; ``finished``: everything stood already.

    ``done``: share of the input that is done (0..1), or None where it cannot be told.
    ``duplicates``: articles with an id that stood before (among the first five million).
    """

    articles: int = 0
    rejects: int = 0
    sentences: int = 0
    evidence: int = 0
    words: int = 0
    parts: int = 0
    skipped: int = 0
    duplicates: int = 0
    seconds: float = 0.0
    finished: bool = False
    done: float | None = None
    reasons: list[str] = field(default_factory=list)


Tell = Callable[[Result], None]


def run(
    inputs: Sequence[str | Path],
    output: str | Path,
    *,
    format: str = "parquet",
    options: Options | None = None,
    lexicons: Sequence[str | Path] = (),
    wide: bool = False,
    classifiers: Sequence[str | Path] = (),
    workers: int = 1,
    scheduler: str | None = None,
    limit: int | None = None,
    sample: float | None = None,
    shard: int = SHARD,
    timeout: float | None = TIMEOUT,
    overwrite: bool = False,
    dry_run: bool = False,
    progress: Tell = lambda result: None,
) -> Result:
    """Score every article of ``inputs`` (see :func:`framing.read.files`) into the folder ``output``.

    A run that was stopped continues with the first part that is missing; a finished one does nothing.
    ``classifiers``: model files made by ``framing train``, for scores of the user's own.
    ``workers``: processes on this machine. ``scheduler``: address of a running Dask cluster instead
    ("tcp://host:8786"). ``limit``: only the first so many records, read one after the other.
    ``sample``: share of the articles (0..1), chosen by their text. ``shard``: articles per part, about.
    ``timeout``: seconds of computing for one article, after which it is rejected; None: no limit. ``dry_run``: read and
    count, write nothing. ``progress`` is called with the figures so far.

    Raises InputError if nothing can be read, OutputError if the folder holds something else, or results of
    other inputs or options and ``overwrite`` is not set, or cannot be written; FramingError if a worker dies.
    """
    _check(format, workers, shard, limit, sample, timeout)
    began = monotonic()
    options = options or Options()
    place = Place(output)
    place.check()
    if _state(place) is None and not place.empty():
        raise OutputError(f"{place.shown}: holds files that are not scores of ours; name another folder")
    sources = _outside(files(*inputs), place)
    if scheduler and any(s.streamed for s in sources):
        raise UsageError("a cluster cannot read standard input: name files that its workers can reach")
    lexicon = load(lexicons, wide=wide)
    setup = Setup(
        str(output),
        format,
        options,
        tuple(str(p) for p in lexicons),
        wide,
        own_classifiers(classifiers),
        lexicon.sha256,
        shard,
        limit,
        sample,
        timeout,
    )
    found = _listed(sources)
    pieces = _pieces([s for s, _, _ in found], [n for _, n, _ in found], setup)
    if dry_run:
        result = _count(pieces, setup, progress)
        result.seconds = monotonic() - began
        return result
    listed = [{"name": s.name, "size": n} for s, n, _ in found]
    stamps = {s.name: stamp for s, _, stamp in found}
    plan = _plan(lexicon, setup)
    result = Result(done=0.0)
    before = _before(place, plan, listed, overwrite)
    if before is not None:
        changed = {name for name, stamp in stamps.items() if not stamp or before.get("stamps", {}).get(name) != stamp}
        if "counts" in before and not changed and place.count("scores") == before["counts"].get("parts"):
            return _finished(before, monotonic() - began)
        pieces = [replace(p, check=any(s.name in changed for s in p.sources)) for p in pieces]
    _begin(place, plan, listed, stamps)
    names = _work(pieces, setup, result, progress, workers, scheduler)
    if not result.articles and result.parts <= 1 and sample is None:
        _remove(place)
        place.remove_if_empty()
        raise InputError(_nothing(result))
    result.seconds = monotonic() - began
    _finish(place, plan, listed, stamps, names, result, 1 if scheduler else workers)
    result.finished = result.skipped == result.parts
    return result


def _check(
    format: str, workers: int, shard: int, limit: int | None, sample: float | None, timeout: float | None
) -> None:
    if format not in FORMATS:
        raise UsageError(f"format {format!r} is not one of {', '.join(FORMATS)}")
    if workers < 1 or shard < 1 or (limit is not None and limit < 1):
        raise UsageError("workers, shard and limit must be 1 or more")
    if sample is not None and not 0 < sample <= 1:
        raise UsageError("sample is a share of the articles: more than 0, at most 1")
    if timeout is not None and not timeout > 0:
        raise UsageError("timeout must be more than 0 seconds")


def _outside(sources: list[Source], place: Place) -> list[Source]:
    """Sources that are not our own output (``framing score . -o scores``, run twice)."""
    if place.path is None:
        return sources
    inside = place.path.resolve()
    left = [s for s in sources if not (isinstance(s.path, Path) and inside in s.path.resolve().parents)]
    if not left:
        raise InputError(f"{place.shown}: is input and output at once; name another folder to write to")
    return left


# ------------------------------------------------------------------------------------------ plan and state


def _listed(sources: Sequence[Source]) -> list[tuple[Source, int, str]]:
    """Every input with its size and stamp. Nothing is read."""
    out = []
    for s in sources:
        try:
            out.append((s, *s.stat()))
        except OSError as error:
            raise InputError(f"{s.name}: cannot be read: {error.strerror or error}") from None
    return out


def _pieces(sources: Sequence[Source], sizes: Sequence[int], setup: Setup) -> list[Piece]:
    """Cut the input by its sizes: the same input and ``shard`` give the same pieces on every machine."""
    if setup.limit is not None:
        return [Piece(0, tuple(sources), False, sum(sizes))]
    out: list[Piece] = []
    held: list[Source] = []
    bytes_held = weight_held = 0
    most = setup.shard * _ARTICLE_BYTES

    def close() -> None:
        nonlocal held, bytes_held, weight_held
        if held:
            out.append(Piece(len(out), tuple(held), True, bytes_held))
        held, bytes_held, weight_held = [], 0, 0

    for source, size in zip(sources, sizes, strict=True):
        weight = _weight(source, size, setup.options)
        if weight <= most and not source.streamed:
            if held and (weight_held + weight > most or len(held) >= setup.shard):
                close()
            held.append(source)
            bytes_held, weight_held = bytes_held + size, weight_held + weight
            continue
        close()
        cut = parts(source, setup.options, most)
        if len(cut) == 1 and not whole(source, setup.options):
            out.append(Piece(len(out), (source,), False, size))
        else:
            out += [Piece(k, (part,), True, size // len(cut)) for k, part in enumerate(cut, len(out))]
    close()
    return out


def _weight(source: Source, size: int, options: Options) -> int:
    """About how many bytes of text a file holds."""
    page = source.plain.endswith((".html", ".htm", ".xhtml", ".warc"))
    return size * (4 if source.packed else 1) // (16 if page else 1)


def _plan(lexicon: Lexicon, setup: Setup) -> dict[str, Any]:
    from framing.classify import hashes
    from framing.classify.charge import charge

    manifest = setup.options.manifest
    reading = {f.name: getattr(setup.options, f.name) for f in fields(Options) if f.name not in ("notes", "manifest")}
    try:
        told = hashlib.sha256(Path(manifest).read_bytes()).hexdigest() if manifest else None
    except OSError as error:
        raise InputError(f"{manifest}: manifest cannot be read: {error.strerror or error}") from None
    return {
        "framing": __version__,
        "lexicon": lexicon.sha256,
        "model": hashes(setup.classifiers)["opinion"],
        "classifiers": hashes(setup.classifiers),
        "charge": charge().sha256,
        "format": setup.format,
        "wide": setup.wide,
        "shard": setup.shard,
        "limit": setup.limit,
        "sample": setup.sample,
        "timeout": setup.timeout,
        "reading": reading | {"manifest": told},
    }


def _state(place: Place) -> dict[str, Any] | None:
    """Plan and inputs that the folder was made with, or None if it is not one of ours."""
    state: dict[str, Any] = {}
    for name in (f"{STATE}/plan.json", "manifest.json"):
        try:
            found = json.loads(place.read(name))
        except (OSError, ValueError):
            continue
        if isinstance(found, dict) and isinstance(found.get("plan"), dict) and isinstance(found.get("inputs"), list):
            state |= found
    return state or None


def _before(place: Place, plan: dict[str, Any], listed: list[dict[str, Any]], overwrite: bool) -> dict[str, Any] | None:
    """What is known of an earlier run of the same plan, or None where there is none or it is to be overwritten."""
    before = _state(place)
    if before is None:
        return None
    if overwrite:
        _remove(place)
        return None
    changed = [k for k in plan if before["plan"].get(k) != plan[k]]
    if [{k: i.get(k) for k in ("name", "size")} for i in before["inputs"]] != listed:
        changed.append("input files")
    if changed:
        raise OutputError(
            f"{place.shown}: was made with other settings ({', '.join(changed)}); "
            "say --overwrite to start afresh, or name another folder"
        )
    return before


def _remove(place: Place) -> None:
    # Last what tells that the folder is ours.
    for name in sorted(_OURS, key=lambda n: n == STATE):
        place.remove(name)


def _finished(before: dict[str, Any], seconds: float) -> Result:
    counts = before["counts"]
    result = Result(finished=True, seconds=seconds, done=1.0)
    for name in (*COUNTED, "parts", "duplicates"):
        setattr(result, name, int(counts.get(name, 0)))
    result.skipped = result.parts
    return result


_FOLDERS = ("", STATE, f"{STATE}/parts", *TABLES)  # "": rejects, timing and manifest


def _begin(place: Place, plan: dict[str, Any], listed: list[dict[str, Any]], stamps: dict[str, str]) -> None:
    try:
        place.begin(*_FOLDERS)
        place.write(f"{STATE}/plan.json", json.dumps({"plan": plan, "inputs": listed, "stamps": stamps}))
    except OSError as error:
        raise OutputError(f"{place.shown}: cannot be written: {error.strerror or error}") from None


def _finish(
    place: Place,
    plan: dict[str, Any],
    listed: list[dict[str, Any]],
    stamps: dict[str, str],
    names: Sequence[str],
    result: Result,
    workers: int,
) -> None:
    """Put the parts' rejects into one file, then the manifest, whose presence says that all is done."""
    hashes: dict[str, list[str]] = {}
    ids: set[int] | None = set()
    try:
        with place.file("rejects.jsonl") as temporary, temporary.open("w", encoding="utf-8", newline="\n") as handle:
            for name in names:
                mark = mark_of(place, name)
                assert mark is not None
                for row in mark["rejected"]:
                    handle.write(json.dumps(row, ensure_ascii=False) + "\n")
                for source, digest in mark["hashes"].items():
                    hashes.setdefault(source, []).append(digest)
                ids = None if mark["ids"] is None else ids
                if ids is not None:
                    result.duplicates += len(mark["ids"]) - len(set(mark["ids"]) - ids)
                    ids.update(mark["ids"])
        counts = {k: getattr(result, k) for k in (*COUNTED, "parts", "duplicates")}
        inputs = [i | {"hash": hashlib.sha256("".join(hashes.get(i["name"], [])).encode()).hexdigest()} for i in listed]
        signature = hashlib.sha256(json.dumps([plan, inputs], sort_keys=True).encode()).hexdigest()
        manifest = {"signature": signature, "plan": plan, "inputs": inputs, "counts": counts}
        seconds = max(result.seconds, 1e-9)
        timing = {
            "seconds": round(result.seconds, 3),
            "workers": workers,
            "parts_done_before": result.skipped,
            "articles_per_second": round(result.articles / seconds, 2),
            "words_per_second": round(result.words / seconds, 1),
        }
        if result.skipped < result.parts:
            place.write("timing.json", json.dumps(timing, indent=1) + "\n")
        place.sweep(*_FOLDERS)  # a worker of a cluster may have died while others went on
        place.write("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise OutputError(
            f"{place.shown}: cannot be written: {error.strerror or error}; the same command continues where it stopped"
        ) from None


# ------------------------------------------------------------------------------------------ the work


def _work(
    pieces: list[Piece], setup: Setup, result: Result, progress: Tell, workers: int, scheduler: str | None
) -> list[str]:
    """Do every piece; figures and the names of the parts in order."""
    names: list[str] = []
    total = sum(p.size for p in pieces)
    finished = 0
    last: Piece | None = None

    def done(piece: Piece, outcome: Outcome) -> None:
        nonlocal finished, last
        for name in COUNTED:
            setattr(result, name, getattr(result, name) + outcome.counts[name])
        result.parts += 1
        result.skipped += outcome.stood
        result.reasons = [*result.reasons, *outcome.reasons][:5]
        names.append(outcome.name)
        for note in outcome.notes:
            setup.options.notes(note)
        if piece is not last:
            # A stream's share is known when the next piece begins.
            finished += (last.size if last is not None and not last.one else 0) + (piece.size if piece.one else 0)
            last = piece
        result.done = finished / total if total and len(pieces) > 1 else None
        progress(result)

    def tick(articles: int, words: int) -> None:
        now = replace(result, articles=result.articles + articles, words=result.words + words)
        progress(now)

    if scheduler:
        cluster(pieces, setup, done, scheduler)
    elif workers == 1 or (len(pieces) == 1 and pieces[0].one):
        alone(pieces, setup, done, tick)
    else:
        processes(pieces, setup, done, workers)
    return names


def _count(pieces: Sequence[Piece], setup: Setup, progress: Tell) -> Result:
    result = Result()
    for piece in pieces:
        for item in stream(piece, setup.options, setup.limit):
            if isinstance(item, Article):
                result.articles += 1
            else:
                result.rejects += 1
                result.reasons = [*result.reasons, _told(item)][:5]
            if (result.articles + result.rejects) % 100 == 0:
                progress(result)
    return result


def _told(item: Reject) -> str:
    return f"{item.source}: {item.position}: {item.reason}"


def _nothing(result: Result) -> str:
    if not result.reasons:
        return "no article could be read: the input holds no record"
    more = f" (and {result.rejects - 1} more like it)" if result.rejects > 1 else ""
    one = result.reasons[0].replace(": file: ", ": ", 1)
    return f"{one}{more}; no article could be read, nothing was written"

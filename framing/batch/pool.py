"""Who does the pieces: this process, several on this machine, or a Dask cluster. The bytes are the same."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from typing import Any

from framing.batch.place import Place
from framing.batch.work import PLACE_IN, Outcome, Piece, Setup, Tick, chunks, do_part, do_piece, part_name, stream
from framing.errors import FramingError, UsageError
from framing.lexicon import load

__all__ = ["alone", "cluster", "processes"]

Done = Callable[[Piece, Outcome], None]
# How long a scheduler is waited for.
_PATIENCE = "10s"


def alone(pieces: Iterable[Piece], setup: Setup, done: Done, tick: Tick) -> None:
    """One piece after the other, here."""
    for piece in pieces:
        for outcome in do_piece(piece, setup, tick):
            done(piece, outcome)


def processes(pieces: Iterable[Piece], setup: Setup, done: Done, workers: int) -> None:
    """Several processes of this machine. Pieces that give one part are read where they are scored; streams
    (packed files, CSV, standard input) are read here and handed on, a part at a time."""
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # Fresh processes on every system: forking one that has threads (pyarrow's) can hang.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(setup.quiet(),))
    waiting: deque[tuple[Piece, Future[list[Outcome]]]] = deque()

    def settle() -> None:
        piece, future = waiting.popleft()
        for outcome in future.result():
            done(piece, outcome)

    try:
        for piece, call in _calls(pieces, setup):
            with _deaf():
                waiting.append((piece, pool.submit(*call)))
            del call
            while len(waiting) > workers + 1:
                settle()
        while waiting:
            settle()
    except BrokenProcessPool:
        raise FramingError(
            "a worker process died (out of memory, or killed); the same command continues where it stopped"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _deaf() -> Iterator[None]:
    """A process started meanwhile does not hear Ctrl-C, not even while it is still loading: that is for its parent,
    which hears it at the end of the block."""
    if os.name != "posix":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _calls(pieces: Iterable[Piece], setup: Setup) -> Iterator[tuple[Piece, tuple[Any, ...]]]:
    notes: list[str] = []
    for piece in pieces:
        if piece.one:
            yield piece, (_piece, piece, setup.quiet())
            continue
        items = stream(piece, replace(setup.options, notes=notes.append), setup.limit)
        for k, (first, chunk) in enumerate(chunks(items, setup.shard)):
            for note in notes:
                setup.options.notes(note)
            notes.clear()
            yield piece, (_part, part_name(piece, k), piece.number * PLACE_IN + first, chunk, setup.quiet())


def _piece(piece: Piece, setup: Setup) -> list[Outcome]:
    return list(do_piece(piece, setup))


def _part(name: str, first: int, items: list[Any], setup: Setup) -> list[Outcome]:
    return [do_part(name, first, items, setup)]


def _start(setup: Setup) -> None:
    """Set a worker process up: its word lists; Ctrl-C is the parent's; it does not outlive the parent."""
    import atexit
    import gc
    import multiprocessing
    import threading

    atexit.register(os._exit, 0)  # to free the objects of lists and models one by one takes a third of a second
    gc.set_threshold(100_000, 20, 20)  # models and lists are hundreds of thousands of objects that stay
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()
    load(setup.lexicons, wide=setup.wide)


def cluster(pieces: Iterable[Piece], setup: Setup, done: Done, address: str) -> None:
    """A running Dask cluster: workers are told paths, read and write themselves, and send back counts.

    A piece whose worker dies is given to another one. Raises UsageError for inputs that only this machine
    can read, FramingError if the cluster cannot be reached or gives a piece up.
    """
    try:
        dask: Any = import_module("distributed")
    except ImportError:
        raise UsageError("--scheduler needs Dask: pip install 'framing[cluster]'") from None
    try:
        client = dask.Client(address, set_as_default=False, timeout=_PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise FramingError(f"{address}: no Dask scheduler answers there ({error or type(error).__name__})") from None
    try:
        rest = iter(pieces)
        running: dict[Any, Piece] = {}
        # Enough to keep every thread busy, few enough that the scheduler never holds a million.
        ahead = max(4, 3 * sum(client.nthreads().values()))
        completed = dask.as_completed(loop=client.loop)
        held: dict[int, tuple[Piece, list[Outcome]]] = {}
        following = None
        while True:
            while len(running) < ahead and (piece := next(rest, None)) is not None:
                if following is None:
                    following = piece.number
                future = client.submit(_piece, piece, setup.quiet(), pure=False, retries=2, key=_key(piece, setup))
                running[future] = piece
                completed.add(future)
            if not running:
                break
            future = next(completed)
            piece = running.pop(future)
            held[piece.number] = (piece, future.result())
            future.release()
            while following in held:
                one, outcomes = held.pop(following)
                for outcome in outcomes:
                    done(one, outcome)
                following += 1
    except dask.KilledWorker as error:
        raise FramingError(f"the cluster gave up: {error}; the same command continues where it stopped") from None
    finally:
        client.close()


def _key(piece: Piece, setup: Setup) -> str:
    from uuid import uuid4

    return f"framing-{Place(setup.output).shown.rpartition('/')[2]}-{piece.number:06d}-{uuid4().hex[:8]}"

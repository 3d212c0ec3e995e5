"""A limit of computing time for one article, in any thread of any process.

Computing time, not the clock's: a machine that is busy with other things must not cost an article.
Signals reach the main thread only, and a cluster's workers compute in others. So one watching thread per
process raises :class:`TooLong` in the thread that is late. It takes effect between two steps of Python, which
is enough here: no step in scoring takes time that is not linear in the text.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["TooLong", "limit"]


class TooLong(Exception):
    """The time for one article is over."""


def _clock() -> Callable[[], float]:
    """Seconds that the calling thread has computed, told to any thread; where that cannot be, those of the process."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    clock = time.pthread_getcpuclockid(threading.get_ident())
    return lambda: time.clock_gettime(clock)


class _Watch:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.due: dict[int, tuple[Callable[[], float], float]] = {}
        self.late: set[int] = set()
        self.wake = threading.Event()
        threading.Thread(target=self._watch, name="framing-limit", daemon=True).start()

    def _watch(self) -> None:
        while True:
            self.wake.wait()
            with self.lock:
                left = {thread: due - clock() for thread, (clock, due) in self.due.items()}
                for thread in [t for t, seconds in left.items() if seconds <= 0]:
                    del self.due[thread], left[thread]
                    self.late.add(thread)
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooLong))
                if not left:
                    self.wake.clear()
                    continue
            # Between articles nothing needs to wake this thread: it looks again when the first could be late.
            time.sleep(min(max(min(left.values()), 0.01), 0.5))

    def start(self, seconds: float) -> None:
        clock = _clock()
        with self.lock:
            self.due[threading.get_ident()] = (clock, clock() + seconds)
        if not self.wake.is_set():
            self.wake.set()

    def stop(self) -> bool:
        """Whether TooLong was raised in the calling thread."""
        thread = threading.get_ident()
        with self.lock:
            self.due.pop(thread, None)
            late = thread in self.late
            self.late.discard(thread)
        return late


_watch: _Watch | None = None


@contextmanager
def limit(seconds: float | None) -> Iterator[None]:
    """Raise TooLong in the body if it computes longer. None: no limit."""
    if seconds is None:
        yield
        return
    global _watch
    if _watch is None:
        _watch = _Watch()
    watch = _watch
    try:
        watch.start(seconds)
        yield
    finally:
        _over(watch)


def _over(watch: _Watch) -> None:
    """The body is done: a TooLong that was raised and has not come yet must not come later (one that has goes its way).

    It is waited for, not taken back: after ``PyThreadState_SetAsyncExc(thread, NULL)`` CPython 3.11 looks for it at
    every call for the rest of the process, and never leaves the first one under a profiler.
    """
    try:
        if watch.stop():
            for _ in range(1000):  # it comes between two steps
                pass
    except TooLong:
        pass

"""A limit of time for one article, in any thread of any process.

Signals reach the main thread only, and a cluster's workers compute in others. So one watching thread per
process raises :class:`TooLong` in the thread that is late. It takes effect between two steps of Python, which
is enough here: no step in scoring takes time that is not linear in the text.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

__all__ = ["TooLong", "limit"]


class TooLong(Exception):
    """The time for one article is over."""


class _Watch:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.due: dict[int, float] = {}
        self.wake = threading.Event()
        threading.Thread(target=self._watch, name="framing-limit", daemon=True).start()

    def _watch(self) -> None:
        while True:
            self.wake.wait()
            with self.lock:
                now = monotonic()
                for thread, due in list(self.due.items()):
                    if now >= due:
                        del self.due[thread]
                        _raise(thread, ctypes.py_object(TooLong))
                if not self.due:
                    self.wake.clear()
                    continue
                pause = min(self.due.values()) - now
            # Between articles nothing needs to wake this thread: it looks again when the first could be late.
            threading.Event().wait(min(max(pause, 0.01), 0.5))

    def start(self, seconds: float) -> None:
        with self.lock:
            self.due[threading.get_ident()] = monotonic() + seconds
        if not self.wake.is_set():
            self.wake.set()

    def stop(self) -> None:
        thread = threading.get_ident()
        with self.lock:
            self.due.pop(thread, None)
            # Raised already, but not delivered yet: take it back.
            _raise(thread, None)


def _raise(thread: int, what: object) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)


_watch: _Watch | None = None


@contextmanager
def limit(seconds: float | None) -> Iterator[None]:
    """Raise TooLong in the body if it takes longer. None: no limit."""
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
        watch.stop()

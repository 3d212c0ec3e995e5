"""Detectors: ``Reading -> Iterator[Evidence]``, one file per device.

A file in this folder holds ``DEVICE`` and ``detect(reading, lexicon)``. A device that
needs nothing but a word list has no file here: every list in ``lexicons/`` without a
detector of its name is marked as it stands. Nothing is registered anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from framing.article import Reading
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon

__all__ = ["detectors", "from_list", "run"]

Detector = Callable[[Reading, Lexicon], Iterator[Evidence]]


@lru_cache(maxsize=1)
def detectors() -> dict[str, Detector]:
    """Detectors found in this folder, by device."""
    found: dict[str, Detector] = {}
    for info in sorted(iter_modules(__path__), key=lambda m: m.name):
        if not info.name.startswith("_"):
            module = import_module(f"{__name__}.{info.name}")
            found[module.DEVICE] = module.detect
    return found


def from_list(device: str) -> Detector:
    """The detector of a device that is a word list and nothing else."""

    def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
        start, end = reading.tokens.start, reading.tokens.end
        for first, last, entry in lexicon.matches(reading).get(device, ()):
            yield mark(reading, start[first], end[last - 1], device, entry.kind, entry.rule, entry.valence)

    return detect


def run(reading: Reading, lexicon: Lexicon, skip: Container[str] = ()) -> list[Evidence]:
    """All evidence in a reading, ordered by start, then device, then end. Exact repeats are dropped.

    ``skip``: devices that are not looked for.
    """
    found: list[Evidence] = []
    known = detectors()
    for device, detector in known.items():
        if device not in skip:
            found.extend(detector(reading, lexicon))
    for device in lexicon.devices:
        if device not in known and device not in skip:
            found.extend(from_list(device)(reading, lexicon))
    found.sort(key=lambda e: (e.start, e.device, e.end, e.kind))
    return [e for k, e in enumerate(found) if k == 0 or (e.start, e.device, e.end) != _key(found[k - 1])]


def _key(e: Evidence) -> tuple[int, str, int]:
    return (e.start, e.device, e.end)

"""JSON lines: one object per line, streamed, and cut at any byte into parts that can be read apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from framing.article import Article
from framing.errors import InputError
from framing.read import Options, Reject, Source
from framing.read._rows import article, columns

SUFFIXES = (".jsonl", ".ndjson")
MAX_LINE_BYTES = 20_000_000
# What a line may unpack to before the rest of a file is given up: a packed file can hold terabytes of nothing.
MAX_SKIP_BYTES = 2_000_000_000


def parts(source: Source, size: int) -> list[Source]:
    """Ranges of about ``size`` bytes. A line belongs to the range in which it begins."""
    total, _ = source.stat()
    count = max(1, total // size)
    bounds = [total * k // count for k in range(count)]
    return [replace(source, start=a, stop=b) for a, b in zip(bounds, [*bounds[1:], total], strict=True)]


def articles(source: Source, options: Options) -> Iterator[Article | Reject]:
    """Records are placed by line where a file is read from its beginning, by byte where only a part of it is."""
    with source.open() as handle:
        at = number = 0
        if source.start:
            # The line that holds the byte before is not ours; if that is its last byte, ours begins here.
            handle.seek(source.start - 1)
            at = source.start - 1 + _skip(handle, source.stop, source.start - 1)
        while source.stop is None or at < source.stop:
            line = handle.readline(MAX_LINE_BYTES)
            if not line:
                return
            number += 1
            position = f"line {number}" if source.whole else f"byte {at}"
            at += len(line)
            if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
                skipped = _skip(handle)
                at += skipped
                yield Reject(source.name, position, f"line is longer than {MAX_LINE_BYTES:,} bytes", _head(line))
                if skipped > MAX_SKIP_BYTES:
                    yield Reject(source.name, position, f"goes on for more than {MAX_SKIP_BYTES:,} bytes: given up")
                    return
                continue
            if line.strip():
                yield _record(line, source, position, options)


def _skip(handle: BinaryIO, stop: int | None = None, at: int = 0) -> int:
    """Read to the end of the line, or past ``stop``; how many bytes."""
    skipped = 0
    while skipped <= MAX_SKIP_BYTES and (stop is None or at + skipped < stop):
        line = handle.readline(1 << 20)
        skipped += len(line)
        if not line or line.endswith(b"\n"):
            break
    return skipped


def _record(line: bytes, source: Source, position: str, options: Options) -> Article | Reject:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else f"is not JSON ({error})"
        return Reject(source.name, position, reason[:200], _head(line))
    if not isinstance(row, dict):
        return Reject(source.name, position, f"is a JSON {type(row).__name__}, not an object", _head(line))
    try:
        names = columns(list(row), options, source.name)
    except InputError as error:
        return Reject(source.name, position, str(error).removeprefix(f"{source.name}: "), _head(line))
    return article(row, names, source, position, options)


def _head(line: bytes) -> str:
    return line[:400].decode("utf-8", "replace")[:200]

"""JSON lines: one object per line, streamed."""

from __future__ import annotations

import json
from collections.abc import Iterator

from framing.article import Article
from framing.errors import InputError
from framing.read import Options, Reject, Source
from framing.read._rows import article, columns

SUFFIXES = (".jsonl", ".ndjson")
MAX_LINE_BYTES = 20_000_000


def articles(source: Source, options: Options) -> Iterator[Article | Reject]:
    with source.open() as handle:
        number = 0
        while line := handle.readline(MAX_LINE_BYTES):
            number += 1
            position = f"line {number}"
            if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
                yield Reject(source.name, position, f"line is longer than {MAX_LINE_BYTES:,} bytes", _head(line))
                while line and not line.endswith(b"\n"):
                    line = handle.readline(MAX_LINE_BYTES)
                continue
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                reason = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else f"is not JSON ({error})"
                yield Reject(source.name, position, reason[:200], _head(line))
                continue
            if not isinstance(row, dict):
                yield Reject(source.name, position, f"is a JSON {type(row).__name__}, not an object", _head(line))
                continue
            try:
                names = columns(list(row), options, source.name)
            except InputError as error:
                yield Reject(source.name, position, str(error).removeprefix(f"{source.name}: "), _head(line))
                continue
            yield article(row, names, source, position, options)


def _head(line: bytes) -> str:
    return line[:400].decode("utf-8", "replace")[:200]

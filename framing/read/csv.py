"""CSV and TSV with a header row, streamed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from threading import Lock
from typing import BinaryIO, cast

from framing.article import Article
from framing.errors import InputError
from framing.read import Options, Reject, Source, told
from framing.read._rows import article, columns

SUFFIXES = (".csv", ".tsv")
MAX_FIELD = 20_000_000


def articles(source: Source, options: Options) -> Iterator[Article | Reject]:
    stream = source.open()
    if source.streamed:
        raw = io.BufferedReader(cast(io.RawIOBase, stream), 1 << 18)
        sample = raw.peek(200_000)[:200_000]
        stream = cast(BinaryIO, raw)
    else:
        with source.open() as head:
            sample = head.read(200_000)
    if b"\0" in sample and not options.encoding and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield Reject(source.name, "file", "looks like a binary file, not text")
        return
    try:
        encoding = options.encoding or told(sample, options, source.name)
        # Bytes that do not decode come through as surrogates, so that only their row is lost.
        handle = io.TextIOWrapper(stream, encoding, "surrogateescape", newline="")
    except InputError as error:
        yield Reject(source.name, "file", str(error))
        return
    except LookupError:
        yield Reject(source.name, "file", f"unknown encoding {options.encoding!r}; try utf-8, windows-1252 or latin-1")
        return
    with handle:
        yield from _rows(handle, source, options)


class _LongFields:
    """Inside, fields of ``MAX_FIELD`` characters are allowed.

    The csv module has one limit for the whole process: the first reader in raises it, the last one out puts back
    what the user of the library had.
    """

    def __init__(self) -> None:
        self._lock, self._inside, self._before = Lock(), 0, 0

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._before = csv.field_size_limit(MAX_FIELD)
            self._inside += 1

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                csv.field_size_limit(self._before)


_long_fields = _LongFields()


class _Lines:
    """Lines of ``handle``; one that never ends is cut at ``MAX_FIELD`` characters, which ``cut`` then says."""

    def __init__(self, handle: io.TextIOBase) -> None:
        self._handle, self.cut = handle, False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._handle.readline(MAX_FIELD)
        if not line:
            raise StopIteration
        if len(line) == MAX_FIELD and line[-1] not in "\r\n":
            self.cut = True
            while (rest := self._handle.readline(MAX_FIELD)) and rest[-1] not in "\r\n":
                pass
        return line


def _rows(handle: io.TextIOBase, source: Source, options: Options) -> Iterator[Article | Reject]:
    delimiter = "\t" if source.plain.endswith(".tsv") else ","
    lines = _Lines(handle)
    rows = csv.reader(lines, delimiter=delimiter)
    header = None
    number = 0
    while True:
        number += 1
        position = f"row {number}"
        try:
            # Around each row, not the file: between two rows the caller's code runs.
            with _long_fields:
                row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            lines.cut = False
            yield Reject(source.name, position, f"is not {delimiter!r}-separated: {error}")
            continue
        if lines.cut:
            lines.cut = False
            reason = f"line is longer than {MAX_FIELD:,} characters"
            yield Reject(source.name, position, reason, str(row)[:200])
            continue
        if header is None:
            header = row
            try:
                names = columns(header, options, source.name)
            except InputError as error:
                yield Reject(source.name, "header", str(error).removeprefix(f"{source.name}: "))
                return
            continue
        if not row:
            continue
        if len(row) != len(header):
            yield Reject(source.name, position, f"{len(row)} cells where the header has {len(header)}", str(row)[:200])
            continue
        if not "".join(row).isascii() and any("\udc80" <= c <= "\udcff" for cell in row for c in cell):
            excerpt = str(row).encode("utf-8", "replace").decode()[:200]
            yield Reject(source.name, position, "holds bytes that are not in the file's encoding", excerpt)
            continue
        yield article(dict(zip(header, row, strict=True)), names, source, position, options)
    if header is None:
        yield Reject(source.name, "file", "holds no rows")

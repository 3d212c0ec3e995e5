"""Parquet, a few rows at a time; every row group is a part that can be read apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from framing.article import Article
from framing.errors import InputError
from framing.read import MAX_RATIO, MAX_UNPACKED, Options, Reject, Source
from framing.read._rows import article, columns

if TYPE_CHECKING:
    import pyarrow.parquet as pq

SUFFIXES = (".parquet", ".pq")
_ROWS, _HELD = 64, 500_000_000  # rows and bytes in memory at a time


def parts(source: Source, size: int) -> list[Source]:
    """Runs of row groups of about ``size`` bytes, at least one row group each."""
    with source.open() as handle:
        about = _file(handle).metadata
        sizes = [about.row_group(g).total_byte_size for g in range(about.num_row_groups)]
    out: list[Source] = []
    first = held = 0
    for group, n in enumerate(sizes):
        held += n
        if held >= size or group == len(sizes) - 1:
            out.append(replace(source, start=first, stop=group + 1))
            first, held = group + 1, 0
    return out


def articles(source: Source, options: Options) -> Iterator[Article | Reject]:
    import pyarrow as pa

    if source.packed or source.streamed:
        raise InputError("Parquet can be read from plain files only: unpack it first")
    with source.open() as handle:
        try:
            table = _file(handle)
            names = columns(table.schema_arrow.names, options, source.name)
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"is not Parquet or is damaged ({_said(error)})") from None
        except InputError as error:
            raise InputError(str(error).removeprefix(f"{source.name}: ")) from None
        kind = table.schema_arrow.field(names["text"]).type
        if not _textual(kind):
            raise InputError(f"column {names['text']!r} is {kind}, not text; name the text with --text-column")
        groups = range(source.start, table.num_row_groups if source.stop is None else source.stop)
        number = sum(table.metadata.row_group(g).num_rows for g in range(source.start))
        wanted = list(dict.fromkeys(names.values()))
        try:
            for batch in table.iter_batches(_at_once(table, groups, wanted), row_groups=list(groups), columns=wanted):
                for row in _rows(batch):
                    number += 1
                    position = f"row {number}"
                    if isinstance(row, str):
                        yield Reject(source.name, position, row)
                    else:
                        yield article(row, names, source, position, options)
        except (pa.ArrowException, OSError) as error:  # damaged, or stored in a way that pyarrow does not know
            reason = f"cannot be read from row {number + 1} on ({_said(error)})"
            yield Reject(source.name, "file", reason)


def _at_once(table: pq.ParquetFile, groups: range, wanted: list[str]) -> int:
    """Rows that surely fit into memory: a value that is stored once can stand in every row.

    Raises InputError for a column that unpacks to more than anything real.
    """
    largest = 1
    for g in groups:
        group = table.metadata.row_group(g)
        for k in range(group.num_columns):
            column = group.column(k)
            if column.path_in_schema not in wanted:
                continue
            size = column.total_uncompressed_size
            if size > MAX_UNPACKED and size > MAX_RATIO * column.total_compressed_size:
                raise InputError(f"unpacks to more than {MAX_RATIO} times its size: no text does")
            if any("DICT" in e for e in column.encodings):
                largest = max(largest, size)
    return max(1, min(_ROWS, _HELD // largest))


def _said(error: Exception) -> str:
    """The first line of an error's message, or its kind where it has none."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:120]


def _file(handle: Any) -> pq.ParquetFile:
    import pyarrow.parquet as pq

    return pq.ParquetFile(handle)


def _textual(kind: Any) -> bool:
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or "string_view" in str(kind))


def _rows(batch: Any) -> Iterator[dict[str, Any] | str]:
    """Rows as dicts; a row whose bytes are not UTF-8 as the reason why not."""
    for k in range(batch.num_rows):
        try:
            row = {name: batch.column(i)[k].as_py() for i, name in enumerate(batch.schema.names)}
        except UnicodeDecodeError:
            yield "is not UTF-8"
            continue
        yield {n: v.isoformat() if isinstance(v, date) else v for n, v in row.items()}

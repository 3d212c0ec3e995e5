"""What is found in articles -> rows -> Parquet, CSV or JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from framing import escape
from framing.analysis import Analysis
from framing.classify import NAMES
from framing.evidence import Evidence
from framing.score import VOICES, Counts, scores

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["FORMATS", "TABLES", "Rows", "Writer", "columns"]

FORMATS = ("parquet", "csv", "jsonl")
TABLES = ("scores", "evidence", "sentences")
_MARK = attrgetter(*(f.name for f in fields(Evidence)))

Row = tuple[Any, ...]


class Rows:
    """Rows of some articles, by table; the cells in the order of :func:`columns`."""

    def __init__(self) -> None:
        self.scores: list[Row] = []
        self.evidence: list[Row] = []
        self.sentences: list[Row] = []

    def add(self, a: Analysis, number: int) -> int:
        """Append the rows of one article, all or none; returns its words."""
        art = a.article
        text = art.text
        head = (number, art.id, art.outlet)
        values = a.values
        evidence = [head + _MARK(e) for e in a.evidence]
        found = a.sentence_probabilities
        judges = [judged.get for judged in found.values()]
        words = a.counts.words.get
        sentences = []
        for s in a.sentences:
            k = s.index
            own, direct, indirect = words((k, "narration"), 0), words((k, "direct"), 0), words((k, "indirect"), 0)
            about = (k, s.start, s.end, s.headline, s.paragraph, own, direct, indirect)
            sentences.append((*head, *about, *[p(k) for p in judges], text[s.start : s.end]))
        self.scores.append((*head, art.title, art.published, art.event, art.source, *values.values()))
        self.evidence += evidence
        self.sentences += sentences
        return int(values["words"])


def columns(table: str, own: Sequence[str] = ()) -> dict[str, type]:
    """Column names of a table in order, with the type of their cells (str, int, float, bool).

    ``own``: names of the user's classifiers.
    """
    judges = dict.fromkeys((*NAMES, *own))
    head: dict[str, type] = {"article": int, "id": str, "outlet": str}
    if table == "scores":
        head |= {"title": str, "published": str, "event": str, "source": str}
        return head | {k: type(v) for k, v in scores(Counts(judged={n: {} for n in judges if n != "opinion"})).items()}
    if table == "evidence":
        return head | {f.name: int if f.name in ("start", "end", "sentence") else str for f in fields(Evidence)}
    head |= {"index": int, "start": int, "end": int, "headline": bool, "paragraph": int}
    return head | {f"words_{v}": int for v in VOICES} | dict.fromkeys(judges, float) | {"text": str}


class Writer:
    """Three files, one per table, filled a few hundred articles at a time so that memory stays bounded."""

    def __init__(self, paths: Sequence[Path], format: str, own: Sequence[str] = ()) -> None:
        self._stack = ExitStack()
        self._shapes = [columns(t, own) for t in TABLES]
        self._format = format
        self._files: list[Any] = []
        try:
            for path, shape in zip(paths, self._shapes, strict=True):
                self._files.append(self._stack.enter_context(self._open(path, shape)))
        except BaseException:
            self._stack.close()
            raise

    def _open(self, path: Path, shape: dict[str, type]) -> Any:
        if self._format == "parquet":
            import pyarrow.parquet as pq

            return pq.ParquetWriter(path, _schema(shape), compression="zstd")
        handle = path.open("w", encoding="utf-8", newline="")
        if self._format == "csv":
            csv.writer(handle, lineterminator="\n").writerow(shape)
        return handle

    def write(self, rows: Rows) -> None:
        for file, shape, mine in zip(
            self._files, self._shapes, (rows.scores, rows.evidence, rows.sentences), strict=True
        ):
            if self._format == "parquet":
                if mine:
                    file.write_table(_table(shape, mine))
            elif self._format == "csv":
                _csv(file, shape, mine)
            else:
                _jsonl(file, shape, mine)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()


def _schema(shape: dict[str, type]) -> pa.Schema:
    import pyarrow as pa

    kinds = {int: pa.int64(), float: pa.float64(), str: pa.string(), bool: pa.bool_()}
    return pa.schema([(name, kinds[kind]) for name, kind in shape.items()])


def _table(shape: dict[str, type], rows: Sequence[Row]) -> pa.Table:
    import pyarrow as pa

    schema = _schema(shape)
    columns = zip(schema.types, shape.values(), zip(*rows, strict=True), strict=True)
    return pa.table([_array(cells, type, kind) for type, kind, cells in columns], schema=schema)


def _array(cells: Sequence[Any], type: pa.DataType, kind: type) -> pa.Array:
    """An Arrow array made from its buffers: pyarrow's own way to it imports pandas, a third of a worker's start."""
    import numpy as np
    import pyarrow as pa

    n = len(cells)
    present = np.fromiter((c is not None for c in cells), dtype=bool, count=n)
    missing = not present.all()
    valid = pa.py_buffer(np.packbits(present, bitorder="little")) if missing else None
    if kind is str:
        try:
            encoded = [b"" if c is None else c.encode() for c in cells]
        except UnicodeEncodeError:
            encoded = [b"" if c is None else escape.storable(c).encode() for c in cells]
        ends = np.zeros(n + 1, dtype=np.int32)
        np.cumsum(np.fromiter(map(len, encoded), dtype=np.int64, count=n), out=ends[1:])
        buffers = [valid, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    else:
        values = [0 if c is None else c for c in cells] if missing else cells
        numbers = np.array(values, dtype={int: np.int64, float: np.float64, bool: bool}[kind])
        buffers = [valid, pa.py_buffer(np.packbits(numbers, bitorder="little") if kind is bool else numbers)]
    return pa.Array.from_buffers(type, n, buffers)


def _csv(handle: TextIO, shape: dict[str, type], rows: Sequence[Row]) -> None:
    kinds = list(shape.values())
    csv.writer(handle, lineterminator="\n").writerows(
        [_cell(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows
    )


def _cell(value: Any, kind: type) -> Any:
    if value is None or value != value:
        return ""
    if kind is float:
        return repr(float(value))
    return escape.cell(escape.storable(str(value))) if kind is str else value


def _jsonl(handle: TextIO, shape: dict[str, type], rows: Sequence[Row]) -> None:
    names = list(shape)
    for row in rows:
        # What is not a number is null: JSON has no NaN.
        cells = {k: v if v == v else None for k, v in zip(names, row, strict=True)}
        handle.write(escape.storable(json.dumps(cells, ensure_ascii=False)) + "\n")

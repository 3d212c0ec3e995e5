"""Labelled sentences from files: CSV and JSON lines with ``text`` and ``label``, or readings of whole articles."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Example", "from_readings", "is_readings", "read_examples"]

_YES = {"1", "1.0", "true", "yes", "y", "positive", "pos", "t"}
_NO = {"0", "0.0", "false", "no", "n", "negative", "neg", "f"}
_GROUPS = ("group", "outlet", "source", "event", "doc")


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence. ``label``: 0 or 1. ``group``: what must not be split between training and test, or "".

    ``weight``: how much it counts in training.
    """

    text: str
    label: int
    group: str = ""
    weight: float = 1.0


def read_examples(path: str | Path, name: str = "") -> list[Example]:
    """Read a labelled file; ``.gz`` is unpacked.

    A CSV needs the columns ``text`` and ``label``, JSON lines the same keys;
    labels are 0/1, true/false or yes/no. A column ``group`` (or ``outlet``,
    ``source``, ``event``, ``doc``) keeps related rows on one side of a fold.
    JSON lines of whole articles with ``sentences`` and ``marks`` give each
    sentence with the label that the classifier ``name`` learns.
    Raises :class:`InputError` with file and line.
    """
    path = Path(path)
    found: list[Example] = []
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8-sig", newline="")
            if path.suffix == ".gz"
            else open(path, encoding="utf-8-sig", newline="") as stream
        ):
            rows = _csv(stream) if path.name.removesuffix(".gz").endswith((".csv", ".tsv")) else _lines(stream, path)
            for line, row in rows:
                if "sentences" in row and "marks" in row:
                    found.extend(from_readings(row, name))
                else:
                    found.append(_example(row, f"{path}:{line}"))
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot read labelled sentences: {error}") from error
    if not found:
        raise InputError(f"{path}: holds no labelled sentence; needs the columns text and label")
    return found


def _csv(stream: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(stream)
    for row in reader:
        yield reader.line_num, row


def _lines(stream: Iterable[str], path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                raise InputError(f"{path}:{number}: not JSON: {error}") from error
            if not isinstance(row, dict):
                raise InputError(f"{path}:{number}: not a JSON object")
            yield number, row


def _example(row: dict[str, Any], where: str) -> Example:
    text, label = row.get("text"), row.get("label")
    if text is None or label is None:
        raise InputError(f"{where}: needs text and label, has {', '.join(map(str, row))}")
    word = str(label).strip().casefold()
    if word not in _YES and word not in _NO:
        raise InputError(f"{where}: label {label!r} is neither yes nor no; use 1 and 0")
    group = next((str(row[g]) for g in _GROUPS if row.get(g)), "")
    return Example(str(text), int(word in _YES), group)


def from_readings(row: dict[str, Any], name: str) -> list[Example]:
    """Sentences of one read article.

    ``opinion``: a mark ``opinion`` covers a third of the sentence or more;
    ``bias``: a ``loaded`` mark outside quotation marks; ``certainty``: a
    ``hedge`` mark. Group: the outlet.
    """
    text, marks = row["text"], row["marks"]
    group = str(row.get("source") or row.get("doc") or "")
    device = {"opinion": "opinion", "bias": "loaded", "certainty": "hedge"}.get(name)
    if device is None:
        raise InputError(f"readings carry no label for a classifier called {name!r}: use opinion, bias or certainty")
    spans = sorted((m["start"], m["end"]) for m in marks if m["device"] == device)
    quoted = _quoted(text) if name == "bias" else b""
    out = []
    for a, b in row["sentences"]:
        if name == "opinion":
            label = any(min(b, e) - max(a, s) > 0.3 * (b - a) for s, e in spans)
        else:
            label = any(a <= s < b and not (quoted and quoted[s]) for s, _ in spans)
        out.append(Example(text[a:b], int(label), group))
    return out


def _quoted(text: str) -> bytes:
    """One byte for each character: 1 inside quotation marks; a paragraph's end closes them unless the next opens."""
    state = bytearray(len(text))
    inside = False
    for i, char in enumerate(text):
        if char == "\n" and text[i + 1 : i + 2] not in ("“", "\n"):
            inside = False
        elif char == "“":
            inside = True
        elif char == "”":
            inside = False
        elif char == '"':
            inside = not inside
        state[i] = inside
    return bytes(state)


def is_readings(path: str | Path) -> bool:
    """Whether a file holds articles read sentence by sentence rather than labelled sentences."""
    path = Path(path)
    if not path.name.removesuffix(".gz").endswith((".jsonl", ".json", ".ndjson")):
        return False
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8-sig")
            if path.suffix == ".gz"
            else open(path, encoding="utf-8-sig") as stream
        ):
            row = json.loads(stream.readline())
    except (OSError, EOFError, ValueError) as error:
        raise InputError(f"{path}: cannot read labelled sentences: {error}") from error
    return isinstance(row, dict) and "sentences" in row and "marks" in row

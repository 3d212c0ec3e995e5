"""What is known of a file from outside: a row of a manifest, the folders of its path."""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from pathlib import Path, PurePosixPath

from framing.errors import InputError, UsageError
from framing.read import Options, Source
from framing.read._rows import USUAL
from framing.read.text import iso_date

__all__ = ["about"]

_FIELD = {"outlet": "outlet", "title": "title", "date": "published", "id": "id", "event": "event"}
_FILE = ("file", "path", "filename", "name")


def about(source: Source, options: Options) -> dict[str, str]:
    """Article field -> value, the manifest before the path. Empty where neither says anything."""
    found: dict[str, str] = {}
    if options.path_pattern:
        match = _pattern(options.path_pattern).search("/" + source.name)
        if match:
            found.update({k: v for k, v in match.groupdict().items() if v})
    if options.manifest:
        rows, folder = _manifest(options.manifest)
        name = source.name
        if isinstance(source.path, Path) and source.path.resolve().is_relative_to(folder):
            name = source.path.resolve().relative_to(folder).as_posix()
        found.update(rows.get(name) or rows.get(source.name) or rows.get(source.file_name) or {})
    out = {_FIELD[k]: v for k, v in found.items()}
    if "published" in out:
        out["published"] = iso_date(out["published"]) or out["published"][:10]
    return out


@lru_cache(maxsize=8)
def _pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of a path's end: {field} and {*} stand for anything within one folder's or file's name."""
    out = ""
    seen: set[str] = set()
    for literal, name in re.findall(r"([^{}]*)(?:\{([^{}]*)\})?", pattern):
        out += re.escape(literal)
        if name == "*":
            out += "[^/]*"
        elif name:
            if name not in _FIELD or name in seen:
                known = ", ".join(f"{{{f}}}" for f in _FIELD)
                raise UsageError(
                    f"path pattern {pattern!r}: {{{name}}} is unknown or stands twice; known: {known}, {{*}}"
                )
            seen.add(name)
            out += f"(?P<{name}>[^/]+?)"
    if not seen:
        raise UsageError(
            f"path pattern {pattern!r} names no field; write something like {{outlet}}/{{date}}/{{id}}.txt"
        )
    return re.compile(f"/{out.lstrip('/')}" + r"(?:\.[A-Za-z0-9]{1,8}){0,3}$")


@lru_cache(maxsize=4)
def _manifest(path: str) -> tuple[dict[str, dict[str, str]], Path]:
    """Rows of a manifest by file, and the folder its paths are relative to. Raises InputError."""
    place = Path(path)
    try:
        text = place.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: manifest cannot be read: {error}") from None
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if path.lower().endswith(".tsv") else ","))
    header = [c.strip().lower() for c in rows[0]] if rows else []
    key = next((header.index(f) for f in _FILE if f in header), None)
    usual = {field: next((header.index(n) for n in USUAL[field] if n in header), None) for field in _FIELD}
    if key is None or all(at is None for at in usual.values()):
        raise InputError(f"{path}: manifest needs a column 'file' and one of {', '.join(_FIELD)}")
    out: dict[str, dict[str, str]] = {}
    for row in rows[1:]:
        if len(row) == len(header) and row[key].strip():
            name = PurePosixPath(row[key].strip().replace("\\", "/")).as_posix()
            out[name] = {f: row[at].strip() for f, at in usual.items() if at is not None and row[at].strip()}
    return out, place.resolve().parent

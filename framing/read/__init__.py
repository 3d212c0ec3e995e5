"""Files -> Iterator[Article]. One file per format, found by the endings it names.

A reader module in this folder holds ``SUFFIXES`` (lower-case endings, with the dot) and
``articles(source, options) -> Iterator[Article | Reject]``, where ``source`` is a
:class:`Source`. A record that cannot be used is yielded as a :class:`Reject`, never
raised, so that one bad line costs one line. Nothing is registered anywhere.
"""

from __future__ import annotations

import glob
import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import BinaryIO, cast
from unicodedata import category
from unicodedata import name as name_of

from framing.article import Article
from framing.errors import InputError

__all__ = ["Options", "Reject", "Source", "decode", "files", "read", "readers", "records"]

# Longest single file that is read whole (text, HTML); record formats stream.
MAX_FILE_BYTES = 200_000_000
_DAMAGED = "breaks off or is damaged: the rest of the packed file cannot be read"
# Files that lie beside articles and are none; named outright they are read all the same.
_NOT_ARTICLES = ("readme.md", "readme.txt", "license.txt", "event.json", "manifest.json")


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be used: where it came from, why, and its first 200 characters."""

    source: str
    position: str
    reason: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read. Column names apply to record formats; None means the usual names are tried."""

    outlet: str | None = None
    text_column: str | None = None
    title_column: str | None = None
    outlet_column: str | None = None
    date_column: str | None = None
    id_column: str | None = None
    event_column: str | None = None
    encoding: str | None = None
    notes: Callable[[str], None] = field(default=lambda message: None)


@dataclass(frozen=True, slots=True)
class Source:
    """One input file: its path and the name it goes by in outputs (relative where it was given so)."""

    path: Path
    name: str

    def open(self) -> BinaryIO:
        """The file's bytes, unpacked if its name ends in .gz or .zst (which needs ``zstandard``)."""
        ending = self.path.suffix.lower()
        if ending == ".gz":
            return cast(BinaryIO, gzip.open(self.path, "rb"))
        if ending == ".zst":
            try:
                import zstandard
            except ImportError:
                raise InputError("is packed with zstandard: pip install 'framing[zstd]'") from None
            return io.BufferedReader(zstandard.open(self.path, "rb"))
        return self.path.open("rb")

    @property
    def plain(self) -> str:
        """The file's name in lower case, without the ending that tells how it is packed."""
        return self.path.name.lower().removesuffix(".gz").removesuffix(".zst")


Reader = Callable[[Source, Options], Iterator["Article | Reject"]]


@lru_cache(maxsize=1)
def readers() -> dict[str, Reader]:
    """Readers by file ending, as found in this folder."""
    found: dict[str, Reader] = {}
    for info in sorted(iter_modules(__path__), key=lambda m: m.name):
        if not info.name.startswith("_"):
            module = import_module(f"{__name__}.{info.name}")
            for ending in module.SUFFIXES:
                found.update(dict.fromkeys((ending, f"{ending}.gz", f"{ending}.zst"), module.articles))
    return found


def files(*paths: str | Path) -> list[Source]:
    """Every input file behind ``paths`` (files, folders walked in name order, glob patterns).

    Files in a folder are taken if a reader knows their ending; a file named outright is
    taken whatever it is called. Raises InputError for a path that does not exist, cannot
    be read, or a folder or pattern that yields no file.
    """
    if not paths:
        raise InputError("no input given: name a file, a folder or a pattern such as 'articles/*.txt'")
    out: dict[Path, Source] = {}
    known = readers()
    for given in paths:
        text = os.fspath(given)
        path = Path(text)
        if path.is_dir():
            found = [p for p in _walk(path) if _suffix(p, known) and p.name.lower() not in _NOT_ARTICLES]
            if not found:
                raise InputError(f"{text}: no articles here; looked for files ending in {_endings()}")
        elif path.is_file():
            found = [path]
        elif path.exists():
            raise InputError(f"{text}: is neither a file nor a folder")
        elif any(c in text for c in "*?["):
            found = [Path(p) for p in sorted(glob.glob(text, recursive=True)) if Path(p).is_file()]
            if not found:
                raise InputError(f"{text}: the pattern matches no file")
        else:
            raise InputError(f"{text}: no such file or folder; check the path (now in {Path.cwd().name}/)")
        for p in found:
            out.setdefault(p.resolve(), Source(p, p.as_posix()))
    return list(out.values())


def _endings() -> str:
    return " ".join(sorted(e for e in readers() if not e.endswith((".gz", ".zst")))) + " (also .gz, .zst)"


def _walk(folder: Path) -> Iterator[Path]:
    """Regular files under ``folder`` in a stable order, without hidden ones, links to folders, sockets and pipes."""
    for base, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = Path(base, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _suffix(path: Path, known: dict[str, Reader]) -> str:
    """The longest known ending of a file's name, or an empty string."""
    name = path.name.lower()
    parts = name.split(".")
    for k in range(1, len(parts)):
        ending = "." + ".".join(parts[k:])
        if ending in known:
            return ending
    return ""


def records(source: Source, options: Options) -> Iterator[Article | Reject]:
    """Articles and rejects of one file; files of unknown ending are read as text."""
    known = readers()
    reader = known[_suffix(source.path, known) or ".txt"]
    try:
        yield from reader(source, options)
    except InputError as error:
        yield Reject(source.name, "file", str(error))
    except (EOFError, zlib.error):
        yield Reject(source.name, "file", _DAMAGED)
    except OSError as error:
        yield Reject(source.name, "file", f"cannot be read: {error.strerror or error}")
    except Exception as error:
        # zstandard need not be installed, so its error cannot be named.
        if type(error).__name__ != "ZstdError":
            raise
        yield Reject(source.name, "file", _DAMAGED)


def read(*paths: str | Path, rejects: Callable[[Reject], None] | None = None, **options: object) -> Iterator[Article]:
    """See :func:`framing.read`."""
    chosen = Options(**options)  # type: ignore[arg-type]
    for source in files(*paths):
        for item in records(source, chosen):
            if isinstance(item, Article):
                yield item
            elif rejects is None:
                raise InputError(f"{item.source}: {item.position}: {item.reason}")
            else:
                rejects(item)


def decode(data: bytes, options: Options, name: str) -> str:
    """Bytes -> text without touching line ends. UTF-8 (with or without BOM) and UTF-16/32 with BOM are
    certain; anything else is detected and said through ``options.notes``.

    Raises InputError for binary data and for bytes that no encoding explains.
    """
    if options.encoding:
        try:
            return data.decode(options.encoding)
        except LookupError:
            raise InputError(f"unknown encoding {options.encoding!r}; try utf-8, windows-1252 or latin-1") from None
        except UnicodeError as error:  # some codecs raise the general error, which knows no place
            raise InputError(f"is not {options.encoding} (byte {getattr(error, 'start', 0)})") from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        wide = "UTF-32" if b"\x00\x00" in data[:4] else "UTF-16"
        try:
            return data.decode(wide)
        except UnicodeDecodeError as error:
            raise InputError(f"begins like {wide} but is not (byte {error.start})") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as utf8:
        head = data[:100_000]
        if b"\0" in head or _binary(head):
            raise InputError("looks like a binary file, not text") from None
        encoding = _detected(data, head)
        if encoding is None:
            raise InputError(
                f"is not UTF-8 (byte {utf8.start}) and its encoding cannot be told; name it with --encoding"
            ) from None
        text = data.decode(encoding)
        options.notes(f"{name}: not UTF-8; read as {encoding} (say --encoding to choose)")
        return text
    if "\0" in text[:100_000] or _binary(data[:100_000]):
        raise InputError("looks like a binary file, not text")
    return text


def _detected(data: bytes, head: bytes) -> str | None:
    """The encoding in which ``data`` reads as text in Latin letters, or None.

    Windows-1252 first, which is what English news that is not UTF-8 nearly always is.
    """
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    for encoding in ("cp1252", *([best.encoding] if best else [])):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _latin(text[:100_000]):
            return encoding
    return None


def _latin(text: str) -> bool:
    """Latin letters only, few of them accented, and no control characters: a wrong guess looks otherwise."""
    odd = [c for c in text if not c.isascii()]
    letters = [c for c in odd if c.isalpha()]
    plain = sum(c.isalpha() for c in text) - len(letters)
    if any(category(c) == "Cc" for c in odd) or not all(name_of(c, "").startswith("LATIN") for c in set(letters)):
        return False
    return len(letters) * 5 <= plain


def _binary(head: bytes) -> bool:
    """More than one byte in fifty is a control character that text does not use."""
    control = sum(head.count(bytes([b])) for b in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return control * 50 > len(head)

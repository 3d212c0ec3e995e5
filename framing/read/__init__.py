"""Files -> Iterator[Article]. One file per format, found by the endings it names.

A reader module in this folder holds ``SUFFIXES`` (lower-case endings, with the dot) and
``articles(source, options) -> Iterator[Article | Reject]``, where ``source`` is a
:class:`Source`. A record that cannot be used is yielded as a :class:`Reject`, never
raised, so that one bad line costs one line. Two names are optional: ``parts(source, size)``
cuts a file into sources that can be read apart (byte ranges, row groups), and ``WHOLE = True``
says that a file is one article. Nothing is registered anywhere.
"""

from __future__ import annotations

import glob
import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path, PurePosixPath
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, BinaryIO, cast
from unicodedata import category
from unicodedata import name as name_of

from framing.article import Article
from framing.errors import InputError, UsageError

__all__ = [
    "MAX_LENGTH",
    "Options",
    "Reject",
    "Source",
    "decode",
    "files",
    "parts",
    "read",
    "readers",
    "records",
    "told",
    "whole",
]

# Characters of one article: more than a long book, and what one worker can hold with all that is found in it.
MAX_LENGTH = 2_000_000
# A packed file may unpack to this many bytes whatever its size; beyond, to so many times its size.
MAX_UNPACKED = 100_000_000
MAX_RATIO = 300
_DAMAGED = "breaks off or is damaged: the rest of the packed file cannot be read"
# Files that lie beside articles and are none; named outright they are read all the same.
_NOT_ARTICLES = ("readme.md", "readme.txt", "license.txt", "event.json", "manifest.json")
_PACKED = (".gz", ".zst")


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be used: where it came from, why, and its first 200 characters."""

    source: str
    position: str
    reason: str
    excerpt: str = ""


def silent(message: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Options:
    """How to read. Column names apply to record formats; None means the usual names are tried.

    ``outlet``: of every article. ``manifest``: a CSV with a column ``file`` and any of outlet, title, date,
    id, event. ``path_pattern``: such as "{outlet}/{date}/{id}.txt", matched on the end of a file's path.
    ``as_format``: read every input as this format ("jsonl", "csv", "html", …) whatever it is called.
    ``max_length``: characters of the longest article that is used. ``notes`` is told what was guessed.
    """

    outlet: str | None = None
    text_column: str | None = None
    title_column: str | None = None
    outlet_column: str | None = None
    date_column: str | None = None
    id_column: str | None = None
    event_column: str | None = None
    encoding: str | None = None
    manifest: str | None = None
    path_pattern: str | None = None
    as_format: str | None = None
    max_length: int = MAX_LENGTH
    notes: Callable[[str], None] = silent


@dataclass(frozen=True, slots=True)
class Source:
    """One input file, or a part of one.

    ``path``: a local path, an fsspec URL, or "-" for standard input. ``name``: what it goes by in outputs
    (relative where it was given so). ``start``, ``stop``: the part that is meant, in the format's own unit
    (bytes of a line format, row groups of Parquet); ``stop`` None: to the end.
    """

    path: Path | str
    name: str
    start: int = 0
    stop: int | None = None

    @property
    def local(self) -> bool:
        return isinstance(self.path, Path)

    @property
    def streamed(self) -> bool:
        """Whether it can be read but once: standard input, a pipe."""
        return self.path == "-" or (isinstance(self.path, Path) and not self.path.is_file())

    @property
    def whole(self) -> bool:
        return self.start == 0 and self.stop is None

    @property
    def file_name(self) -> str:
        return PurePosixPath(self.name).name

    @property
    def stem(self) -> str:
        """The file's name without its last ending."""
        return PurePosixPath(self.name).stem

    @property
    def packed(self) -> bool:
        return self.file_name.lower().endswith(_PACKED)

    @property
    def plain(self) -> str:
        """The file's name in lower case, without the ending that tells how it is packed."""
        return self.file_name.lower().removesuffix(".gz").removesuffix(".zst")

    def stat(self) -> tuple[int, str]:
        """Size in bytes (0 for a stream) and a stamp that changes when the file is written again."""
        if self.streamed:
            return 0, ""
        if isinstance(self.path, Path):
            found = self.path.stat()
            return found.st_size, str(found.st_mtime_ns)
        info = _filesystem(self.path).info(self.path)
        stamp = next(
            (info[k] for k in ("ETag", "etag", "mtime", "LastModified", "updated", "created") if k in info), ""
        )
        return int(info.get("size") or 0), str(stamp)

    def raw(self) -> BinaryIO:
        """The file's bytes as they lie."""
        if self.path == "-":
            return sys.stdin.buffer
        if isinstance(self.path, Path):
            return self.path.open("rb")
        return cast(BinaryIO, _filesystem(self.path).open(self.path, "rb"))

    def open(self) -> BinaryIO:
        """The file's bytes, unpacked if its name ends in .gz or .zst (which needs ``zstandard``)."""
        ending = PurePosixPath(self.name).suffix.lower()
        if ending == ".gz":
            raw = self.raw()
            packed = gzip.GzipFile(fileobj=raw, mode="rb")
            packed.myfileobj = cast(Any, raw)  # closed together
            return cast(BinaryIO, io.BufferedReader(_Bounded(packed, raw), 1 << 17))
        if ending == ".zst":
            try:
                import zstandard
            except ImportError:
                raise InputError("is packed with zstandard: pip install 'framing[zstd]'") from None
            raw = self.raw()
            reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True, closefd=True)
            return cast(BinaryIO, io.BufferedReader(_Bounded(reader, raw), 1 << 17))
        return self.raw()


class _Bounded(io.RawIOBase):
    """Unpacked bytes of ``inner``, refused once they are far more than text packs into ``raw``: a bomb."""

    def __init__(self, inner: Any, raw: BinaryIO) -> None:
        super().__init__()
        self._inner, self._raw, self._count = inner, raw, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        n: int = self._inner.readinto1(buffer)  # what there is before a break is still read
        self._count += n
        if self._count > MAX_UNPACKED and self._count > MAX_RATIO * self._raw.tell():
            raise InputError(f"unpacks to more than {MAX_RATIO} times its size: no text does")
        return n

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()


def _filesystem(url: str) -> Any:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise InputError(f"{url}: reading from here needs fsspec: pip install 'framing[cluster]'") from None
    try:
        return url_to_fs(url)[0]
    except (ImportError, ValueError) as error:
        raise InputError(f"{url}: {error}") from None


Reader = Callable[[Source, Options], Iterator["Article | Reject"]]


@lru_cache(maxsize=1)
def _modules() -> dict[str, ModuleType]:
    """Reader modules by file ending, as found in this folder."""
    found: dict[str, ModuleType] = {}
    for info in sorted(iter_modules(__path__), key=lambda m: m.name):
        if not info.name.startswith("_"):
            module = import_module(f"{__name__}.{info.name}")
            for ending in module.SUFFIXES:
                found.update(dict.fromkeys((ending, f"{ending}.gz", f"{ending}.zst"), module))
    return found


@lru_cache(maxsize=1)
def readers() -> dict[str, Reader]:
    """Readers by file ending."""
    return {ending: module.articles for ending, module in _modules().items()}


def _module(source: Source, options: Options) -> ModuleType:
    """The reader of a file: as told, else by its ending, else as text."""
    known = _modules()
    if options.as_format:
        ending = "." + options.as_format.lower().lstrip(".")
        if ending not in known:
            raise UsageError(f"format {options.as_format!r} is unknown; known are {_endings().replace('.', '')}")
        return known[ending]
    if source.path == "-":
        head = cast(io.BufferedReader, sys.stdin.buffer).peek(100)[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
        return known[".jsonl" if head.startswith(b"{") else ".txt"]
    return known[_suffix(source.file_name, known) or (".jsonl" if source.streamed else ".txt")]


def whole(source: Source, options: Options) -> bool:
    """Whether the file is one article."""
    return getattr(_module(source, options), "WHOLE", False)


def parts(source: Source, options: Options, size: int) -> list[Source]:
    """The parts of a file that can be read apart, about ``size`` bytes each; the file itself if it has none.

    Read one after the other they give the records of the file. No data is read but a file's own index.
    """
    cut = getattr(_module(source, options), "parts", None)
    if cut is None or source.packed or source.streamed:
        return [source]
    try:
        return cast(list[Source], cut(source, size)) or [source]
    except (OSError, InputError):
        return [source]  # whatever is wrong with it is said when it is read


def files(*paths: str | Path) -> list[Source]:
    """Every input file behind ``paths``: files, folders walked in name order, glob patterns, fsspec URLs of
    any of these, "-" for standard input.

    Files in a folder are taken if a reader knows their ending; a file named outright is
    taken whatever it is called. Raises InputError for a path that does not exist, cannot
    be read, or a folder or pattern that yields no file.
    """
    if not paths:
        raise InputError("no input given: name a file, a folder or a pattern such as 'articles/*.txt'")
    out: dict[Path | str, Source] = {}
    known = _modules()
    for given in paths:
        text = os.fspath(given).removeprefix("file://")
        path = Path(text)
        found: list[Path] | list[str]
        if text == "-":
            out.setdefault("-", Source("-", "stdin"))
            continue
        if "://" in text or "::" in text:
            for url in _remote(text):
                out.setdefault(url, Source(url, url))
            continue
        if path.is_dir():
            found = [p for p in _walk(path) if _suffix(p.name, known) and p.name.lower() not in _NOT_ARTICLES]
            if not found:
                raise InputError(f"{text}: no articles here; looked for files ending in {_endings()}")
        elif path.is_file() or text.startswith(("/dev/fd/", "/dev/stdin")):
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


def _remote(url: str) -> list[str]:
    """Files behind an fsspec URL of a file, a folder or a pattern, in name order."""
    fs = _filesystem(url)
    try:
        if any(c in url for c in "*?["):
            found = [fs.unstrip_protocol(p) for p in sorted(fs.glob(url)) if fs.isfile(p)]
        elif fs.isdir(url):
            found = [fs.unstrip_protocol(p) for p in sorted(fs.find(url))]
            known = _modules()
            found = [u for u in found if _suffix(u.rpartition("/")[2], known) and not _hidden(u, url)]
        else:
            found = [url] if fs.exists(url) else []
    except OSError as error:
        raise InputError(f"{url}: cannot be read: {error.strerror or error}") from None
    if not found:
        raise InputError(f"{url}: no articles here")
    return found


def _hidden(url: str, folder: str) -> bool:
    inside = url.removeprefix(folder).split("/")
    return inside[-1].lower() in _NOT_ARTICLES or any(part.startswith(".") for part in inside)


def _endings() -> str:
    return " ".join(sorted(e for e in _modules() if not e.endswith(_PACKED))) + " (also .gz, .zst)"


def _walk(folder: Path) -> Iterator[Path]:
    """Regular files under ``folder`` in a stable order, without hidden ones, links to folders, sockets and pipes."""

    def refuse(error: OSError) -> None:
        raise InputError(f"{error.filename}: cannot be read: {error.strerror}")

    for base, folders, names in os.walk(folder, followlinks=False, onerror=refuse):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = Path(base, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _suffix(name: str, known: dict[str, ModuleType]) -> str:
    """The longest known ending of a file's name, or an empty string."""
    bits = name.lower().split(".")
    for k in range(1, len(bits)):
        ending = "." + ".".join(bits[k:])
        if ending in known:
            return ending
    return ""


def records(source: Source, options: Options) -> Iterator[Article | Reject]:
    """Articles and rejects of one file (or part of one); files of unknown ending are read as text."""
    from framing.read._about import about

    module = _module(source, options)
    try:
        known = about(source, options)
        for item in module.articles(source, options):
            if isinstance(item, Article):
                if len(item.text) > options.max_length:
                    position = "file" if item.source == source.name else str(item.source)[len(source.name) + 1 :]
                    reason = f"{len(item.text):,} characters are more than the {options.max_length:,} of --max-length"
                    yield Reject(source.name, position, reason, item.text[:200])
                    continue
                if known:
                    item = _told(item, known, getattr(module, "WHOLE", False), options)
            yield item
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


def _told(article: Article, known: dict[str, str], whole: bool, options: Options) -> Article:
    """What a manifest or the path says, over what a text file's first lines say, under what a row's cells say."""
    fresh = {k: v for k, v in known.items() if whole or not getattr(article, k)}
    if options.outlet:
        fresh.pop("outlet", None)
    return replace(article, **fresh) if fresh else article


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


def told(sample: bytes, options: Options, name: str) -> str:
    """The encoding of a file by its first bytes; what is not UTF-8 or UTF-16 is detected and said.

    Raises InputError where it cannot be told.
    """
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        sample.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A character of several bytes cut at the end of the sample is no error.
        if error.start > len(sample) - 4:
            return "utf-8-sig"
        encoding = _detected(sample, sample[:100_000])
        if encoding is None:
            raise InputError(
                f"is not UTF-8 (byte {error.start}) and its encoding cannot be told; name it with --encoding"
            ) from None
        options.notes(f"{name}: not UTF-8; read as {encoding} (say --encoding to choose)")
        return encoding
    return "utf-8-sig"


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

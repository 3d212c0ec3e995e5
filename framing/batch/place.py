"""The folder that a run writes: local, or behind any fsspec URL. A file is there whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from framing.errors import OutputError

__all__ = ["Place"]

_UNFINISHED = re.compile(r"\.[0-9a-f]{12}\.tmp$")


class Place:
    """``name`` arguments are relative, with forward slashes. Methods raise OSError as the file system does."""

    def __init__(self, output: str | Path) -> None:
        text = os.fspath(output).removeprefix("file://")
        self.shown = text.rstrip("/") or text
        self.path: Path | None = None
        self._fs: Any = None
        if "://" in text:
            try:
                from fsspec.core import url_to_fs

                self._fs, self._root = url_to_fs(text)
            except ImportError as error:
                raise OutputError(
                    f"{text}: writing here needs fsspec ({error}): pip install 'framing[cluster]'"
                ) from None
            except ValueError as error:
                raise OutputError(f"{text}: {error}") from None
        else:
            self.path = Path(text)

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    def check(self) -> None:
        """Raises OutputError if the place is a file."""
        if (self.path.exists() and not self.path.is_dir()) if self.path else self._fs.isfile(self._root):
            raise OutputError(f"{self.shown}: is a file; name a folder to write to")

    def empty(self) -> bool:
        """Whether it holds no file, those apart that a writer has not finished (and perhaps never will)."""
        if self.path is not None:
            files: Iterator[str] = (p.name for p in self.path.rglob("*") if not p.is_dir() or p.is_symlink())
        else:
            files = iter(self._fs.find(self._root) if self._fs.exists(self._root) else ())
        return all(_UNFINISHED.search(name) for name in files)

    def begin(self, *folders: str) -> None:
        """Make the folders, and clear what an interrupted writer left in them."""
        for folder in folders:
            if self.path is not None:
                (self.path / folder).mkdir(parents=True, exist_ok=True)
            else:
                self._fs.makedirs(self._at(folder), exist_ok=True)
        self.sweep(*folders)

    def sweep(self, *folders: str) -> None:
        """Remove what a writer that died had not yet renamed."""
        for folder in folders:
            if self.path is not None:
                for stale in (self.path / folder).glob(".*.tmp"):
                    if _UNFINISHED.search(stale.name):
                        stale.unlink(missing_ok=True)
            else:
                self._fs.invalidate_cache()
                for name in self._fs.ls(self._at(folder), detail=False):
                    if _UNFINISHED.search(name):
                        self._fs.rm(name)

    def exists(self, name: str) -> bool:
        return (self.path / name).is_file() if self.path is not None else bool(self._fs.isfile(self._at(name)))

    def count(self, folder: str) -> int:
        """How many files a folder holds, temporary ones apart."""
        if self.path is not None:
            return sum(not p.name.startswith(".") for p in (self.path / folder).iterdir())
        return sum(not _UNFINISHED.search(name) for name in self._fs.ls(self._at(folder), detail=False))

    def read(self, name: str) -> str:
        if self.path is not None:
            return (self.path / name).read_text("utf-8")
        data: bytes = self._fs.cat_file(self._at(name))
        return data.decode("utf-8")

    def write(self, name: str, text: str) -> None:
        with self.file(name) as temporary:
            temporary.write_text(text, "utf-8", newline="\n")

    @contextmanager
    def file(self, name: str) -> Iterator[Path]:
        """A local path to write; what is there at the end appears under ``name`` at once, on an error nothing does."""
        if self.path is not None:
            final = self.path / name
            temporary = final.with_name(f".{final.name}.{uuid4().hex[:12]}.tmp")
            try:
                yield temporary
                os.replace(temporary, final)
            finally:
                temporary.unlink(missing_ok=True)
            return
        with tempfile.TemporaryDirectory(prefix="framing-") as folder:
            temporary = Path(folder, "file")
            yield temporary
            # Object stores show a file when its last byte has come; others get a rename.
            hidden = self._at(f"{name}.{uuid4().hex[:12]}.tmp")
            self._fs.put_file(str(temporary), hidden)
            self._fs.mv(hidden, self._at(name))

    def remove(self, name: str) -> None:
        """Remove a file or a folder, if it is there."""
        if self.path is not None:
            path = self.path / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        elif self._fs.exists(self._at(name)):
            self._fs.rm(self._at(name), recursive=True)

    def remove_if_empty(self) -> None:
        if self.path is not None and self.path.is_dir() and not any(self.path.iterdir()):
            self.path.rmdir()

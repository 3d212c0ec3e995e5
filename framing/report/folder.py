"""Everything a comparison leaves behind, written as one folder that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from framing.errors import OutputError

if TYPE_CHECKING:
    from framing.compare import Comparison

__all__ = ["write"]


def write(
    comparison: Comparison,
    folder: Path,
    *,
    formats: Sequence[str] = ("png",),
    style: str = "light",
    overwrite: bool = False,
    links: Sequence[tuple[str, str]] = (),
    progress: Callable[[str], None] = lambda message: None,
) -> list[Path]:
    """Write picture, charts, page, tables and manifest of ``comparison`` to ``folder``; returns the files.

    ``links``: (address, label) of pages that its page leads to.

    Made beside the target and moved into place at the end, so nobody finds half a report.
    Raises OutputError if the folder holds something and ``overwrite`` is not set, or cannot be written.
    """
    from framing.report import save_charts
    from framing.report.page import write_page

    if folder.is_dir() and any(folder.iterdir()) and not overwrite:
        raise OutputError(f"{folder}: is not empty; choose another folder or allow overwriting")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}-", dir=folder.parent))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}") from None
    try:
        progress("tables")
        comparison.save(work)
        save_charts(comparison, work, formats=tuple(formats), style=style, progress=progress)
        progress("page")
        write_page(comparison, work / "report.html", links)
        os.chmod(work, 0o755)
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(work, folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return sorted(p for p in folder.rglob("*") if p.is_file())

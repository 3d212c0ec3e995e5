"""The committed gallery: every bundled sample event compared, one folder each, and an index page."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from framing.report.folder import write

__all__ = ["CHARTS_OF", "make"]

# Single charts are kept for one event; the others show picture, page and tables.
CHARTS_OF = "defence-call"


def make(samples: Path, output: Path, progress: Callable[[str], None] = lambda message: None) -> list[str]:
    """Compare each event under ``samples`` into ``output``/<event>; returns the events' names.

    Every folder holds the headline picture with its alt text, the page and the tables as CSV.
    """
    from framing.compare import compare
    from framing.read import read

    names = []
    lines = [
        "# Gallery",
        "",
        "Sample events in our own prose (see `framing/samples/README.md`); made by `make gallery`.",
        "",
    ]
    for folder in sorted(p for p in samples.iterdir() if (p / "event.json").is_file()):
        progress(folder.name)
        title = str(json.loads((folder / "event.json").read_text("utf-8"))["title"])
        # A committed file names no folder of the machine that made it.
        articles = [replace(a, source=f"{folder.name}/{Path(a.source or '').name}") for a in read(folder)]
        comparison = compare(articles, event_title=title)
        with tempfile.TemporaryDirectory() as work:
            made = Path(work) / "made"
            write(comparison, made)
            target = output / folder.name
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir(parents=True)
            for path in sorted(made.iterdir()):
                if path.is_file() and not path.name.startswith("comparison-wide"):
                    shutil.copyfile(path, target / path.name)
            if folder.name == CHARTS_OF:
                shutil.copytree(made / "charts", target / "charts", copy_function=shutil.copyfile)
        lines += [f"## {title}", "", f"![{title}]({folder.name}/comparison.png)", ""]
        lines += [f"[Page]({folder.name}/report.html) · tables beside it", ""]
        names.append(folder.name)
    (output / "README.md").write_text("\n".join(lines), "utf-8")
    return names

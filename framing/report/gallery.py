"""The committed gallery: every bundled sample event compared, one folder each, and an index page."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.report import charts, headline, save_charts
from framing.report.page import write_page

if TYPE_CHECKING:
    from framing.compare import Comparison

__all__ = ["CHARTS_OF", "chart_data", "events", "make"]

# Single charts are kept for one event; the others show picture, page and tables.
CHARTS_OF = "defence-call"
# The pages embed the headline picture and as many charts as this allows: a repository is no place for megabytes.
PAGE = 520_000


def events(samples: Path) -> Iterator[tuple[str, Comparison]]:
    """(name, comparison) of each event under ``samples``, in alphabetical order."""
    from framing.compare import compare
    from framing.read import read

    for folder in sorted(p for p in samples.iterdir() if (p / "event.json").is_file()):
        title = str(json.loads((folder / "event.json").read_text("utf-8"))["title"])
        # A committed file names no folder of the machine that made it.
        articles = [replace(a, source=f"{folder.name}/{Path(a.source or '').name}") for a in read(folder)]
        yield folder.name, compare(articles, event_title=title)


def chart_data(comparison: Comparison) -> dict[str, Any]:
    """What every chart and the headline page show, as rounded data that a test can compare."""
    out: dict[str, Any] = {"page": headline.alt(comparison).splitlines()}
    for name in charts.names():
        module = charts.load(name)
        table = module.data(comparison)
        index = [] if table.index.equals(type(table.index)(range(len(table)))) else [str(i) for i in table.index]
        rows = [[_rounded(v) for v in row] for row in table.itertuples(index=False)]
        out[name] = {
            "headline": module.headline(comparison), "columns": [str(c) for c in table.columns],
            "rows": rows if not index or table.columns.empty else [[i, *r] for i, r in zip(index, rows, strict=True)],
        }  # fmt: skip
    return out


def _rounded(value: Any) -> Any:
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return round(value, 3) + 0.0 if isfinite(value) else None
    return value if value is None or isinstance(value, bool | int) else str(value)


def make(samples: Path, output: Path, progress: Callable[[str], None] = lambda message: None) -> list[str]:
    """Compare each event under ``samples`` into ``output``/<event>; returns the events' names.

    Every folder holds the headline picture with its alt text, the page, the tables as CSV, and ``charts.json``:
    what the pictures show, in figures.
    """
    names = []
    lines = [
        "# Gallery",
        "",
        "Sample events in our own prose (see `framing/samples/README.md`); made by `make gallery`.",
        "",
    ]
    for name, comparison in events(samples):
        progress(name)
        with tempfile.TemporaryDirectory() as work:
            made = Path(work) / "made"
            comparison.save(made)
            shutil.rmtree(made / "tables")
            save_charts(comparison, made, only=None if name == CHARTS_OF else ())
            for wide in made.glob("comparison-wide.*"):
                wide.unlink()
            data = json.dumps(chart_data(comparison), ensure_ascii=False, indent=0)
            (made / "charts.json").write_text(data + "\n", "utf-8")
            write_page(comparison, made / "report.html", limit=PAGE)
            target = output / name
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(made, target, copy_function=shutil.copyfile)
        title = str(comparison.event_title)
        lines += [f"## {title}", "", f"![{title}]({name}/comparison.png)", ""]
        lines += [f"[Page]({name}/report.html) · tables beside it", ""]
        names.append(name)
    if (output / "lexicon" / "index.html").is_file():  # made by "framing lexicon page CORPUS", which needs a corpus
        lines += ["## The word lists", "", "![The word lists](lexicon/lexicon.png)", ""]
        lines += ["[Page](lexicon/index.html)", ""]
    (output / "README.md").write_text("\n".join(lines), "utf-8")
    return names

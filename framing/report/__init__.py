"""What people look at: the headline page, the charts, the tables, the HTML page.

Functions return figures; nothing shows a window or changes matplotlib's settings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framing.compare import Comparison

__all__ = ["FORMATS", "figure", "save_charts", "save_figure"]

FORMATS = ("png", "svg", "pdf")
CHART_DPI = 200


def figure(comparison: Comparison, style: str = "light", shape: str = "a4") -> Any:
    """The headline page as a matplotlib Figure; ``shape``: "a4" (landscape) or "16:9"; ``style``: "light" or "dark"."""
    from framing.report.headline import page

    return page(comparison, style, shape)


def save_charts(
    comparison: Comparison,
    folder: str | Path,
    formats: Sequence[str] = ("png",),
    style: str = "light",
    progress: Callable[[str], None] | None = None,
    only: Sequence[str] | None = None,
) -> list[Path]:
    """Write ``comparison.png`` (A4), ``comparison-wide.png`` (16:9) and ``charts/*`` to ``folder``; returns the files.

    ``only``: the charts to write; None for all that have something to show.

    Beside each picture lies its text (``.txt``); PNG files carry it too. Same input, same bytes:
    no file holds a time. Raises UsageError for an unknown format or style.
    """
    from framing.errors import UsageError
    from framing.report import charts
    from framing.report.headline import alt, page
    from framing.report.style import theme

    theme(style)
    if unknown := [f for f in formats if f not in FORMATS]:
        raise UsageError(f"no picture format {unknown[0]!r}; there are {', '.join(FORMATS)}")
    tell = progress or (lambda message: None)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    tell("headline page")
    words = alt(comparison)
    for name, shape in (("comparison", "a4"), ("comparison-wide", "16:9")):
        written += save_figure(page(comparison, style, shape), folder / name, formats, words, None)
    for name in charts.names() if only is None else only:
        module = charts.load(name)
        if only is None and not charts.shows(module, comparison):
            continue
        tell(f"chart {name}")
        (folder / "charts").mkdir(exist_ok=True)
        ax = module.draw(comparison, style=style)
        written += save_figure(ax.figure, folder / "charts" / name, formats, module.alt(comparison), CHART_DPI)
    return written


def save_figure(figure: Any, stem: Path, formats: Sequence[str], words: str, dpi: int | None) -> list[Path]:
    """One figure in every format (``dpi``: None for the figure's own), and its text beside it."""
    import matplotlib

    from framing import __version__
    from framing.report.terminal import safe

    out = []
    words = safe(words)  # a name may hold characters that no XML may, or that steer a terminal
    maker = f"framing {__version__}"
    title = words.split(".")[0][:200]
    for kind in formats:
        path = stem.with_name(f"{stem.name}.{kind}")
        every: dict[str, dict[str, Any]] = {
            "png": {"Title": title, "Description": words, "Software": maker},
            "svg": {"Title": title, "Description": words, "Creator": maker, "Date": None},
            "pdf": {"Title": title, "Subject": words[:2000], "Creator": maker, "CreationDate": None},
        }
        if kind == "png":
            _write_png(figure, path, every[kind], dpi or figure.dpi)
        else:
            # The salt makes the ids inside an SVG the same from run to run.
            with matplotlib.rc_context({"svg.hashsalt": "framing", "svg.fonttype": "path", "pdf.fonttype": 42}):
                figure.savefig(
                    path, format=kind, dpi=dpi or figure.dpi, metadata=every[kind], facecolor=figure.get_facecolor()
                )
        out.append(path)
    text = stem.with_name(stem.name + ".txt")
    text.write_text(words + "\n", encoding="utf-8", newline="\n")
    return [*out, text]


def _write_png(figure: Any, path: Path, metadata: dict[str, str], dpi: float) -> None:
    """The figure in 256 colours, which hold flat fills and the edges of letters, at a third of the bytes."""
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    before = figure.dpi
    figure.set_dpi(dpi)
    try:
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    finally:
        figure.set_dpi(before)
    words = PngInfo()
    for key, value in metadata.items():
        words.add_itxt(key, value)
    few = picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, format="PNG", pnginfo=words, dpi=(round(dpi), round(dpi)))

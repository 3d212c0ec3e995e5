"""One file, one chart: a table of figures in, an Axes out.

Each module has ``TITLE``; ``headline(comparison)``, a sentence made from the figures; ``note(comparison)``,
what is shown, its unit, n and interval; ``alt(comparison)``, the chart in words; ``data(comparison)``, the
table that is drawn; and ``draw(comparison, ax=None, style="light") -> Axes``. A chart that not every comparison has
something for says so with ``shows(comparison)``.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType
from typing import Any

__all__ = ["load", "names", "shows"]


def names() -> list[str]:
    """Every chart found on disk, in alphabetical order."""
    return sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))


def load(name: str) -> ModuleType:
    """The module of one chart."""
    return import_module(f"{__name__}.{name}")


def shows(module: ModuleType, comparison: Any) -> bool:
    """Whether the chart has anything to show for this comparison."""
    return bool(module.shows(comparison)) if hasattr(module, "shows") else True

"""Adapters for the public benchmarks, one file each, and the metrics they use.

An adapter holds ``NAME``, ``DESCRIPTION`` and ``evaluate(path, …)``, whose result has
``.text()``. Found by scanning this folder.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

__all__ = ["benchmarks"]


@lru_cache(maxsize=1)
def benchmarks() -> dict[str, ModuleType]:
    """Adapters by name."""
    found: dict[str, ModuleType] = {}
    for info in sorted(iter_modules(__path__), key=lambda m: m.name):
        if not info.name.startswith("_"):
            module = import_module(f"{__name__}.{info.name}")
            if hasattr(module, "NAME") and hasattr(module, "evaluate"):
                found[module.NAME] = module
    return found

"""Imports point one way, and what is heavy is loaded where it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import framing

PACKAGE = Path(framing.__file__).parent
# From the ground up. Modules of one row are neighbours: they do not import each other.
LAYERS = (
    ("errors", "escape"),
    ("tokens",),
    ("article",),
    ("evidence",),
    ("inflection", "classes", "statistics", "background"),
    ("lexicon",),
    ("read", "segment"),
    ("voice",),
    ("classify",),
    ("detect",),
    ("score", "frames"),
    ("analysis",),
    ("pandas", "sklearn"),
    ("align", "event"),
    ("compare",),
    ("corpus",),
    ("report",),
    ("batch",),
    ("evaluate",),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
# Results that show themselves (figure(), the notebook's _repr_html_) reach up to the report, inside the function.
SHOWN = {("analysis", "report"), ("compare", "report"), ("corpus", "report")}
HEAVY = ("pandas", "matplotlib", "sklearn", "nltk", "scipy")


def part(path: Path) -> str:
    """The layer a file belongs to: the first name below ``framing``."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.Module) -> Iterator[tuple[str, int, bool]]:
    """Every (module, line, inside a function) that a module imports, with ``from framing import x`` as framing.x."""
    lazy = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno, id(node) in lazy
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: a relative import hides its layer"
            if node.module == "framing":
                for alias in node.names:
                    yield f"framing.{alias.name}", node.lineno, id(node) in lazy
            else:
                yield str(node.module), node.lineno, id(node) in lazy


def upward(name: str, tree: ast.Module) -> list[str]:
    """Imports of a module of layer ``name`` that point up or sideways."""
    out = []
    for module, line, lazy in imports(tree):
        top, _, rest = module.partition(".")
        target = rest.split(".")[0]
        if top != "framing" or target in ("", "__version__", name) or (lazy and (name, target) in SHOWN):
            continue
        if target not in RANK or RANK[target] >= RANK[name]:
            out.append(f"line {line}: {name} imports {module}")
    return out


FILES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__init__.py" or p.parent != PACKAGE)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    assert part(path) in RANK, f"{part(path)} has no place in LAYERS"
    assert upward(part(path), ast.parse(path.read_text("utf-8"))) == []


def test_an_upward_import_is_seen() -> None:
    seen = upward("tokens", ast.parse("import framing.errors\ndef f():\n    from framing.compare import compare\n"))
    assert seen == ["line 3: tokens imports framing.compare"]
    assert upward("read", ast.parse("from framing import segment"))
    assert upward("compare", ast.parse("from framing.report import figure"))


@pytest.mark.parametrize("module", ["framing", "framing.cli"])
def test_import_loads_nothing_heavy(module: str) -> None:
    code = f"import {module}, sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"

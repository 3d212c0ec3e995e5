"""Data is never run: no pickle, no code from files, no network."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import framing

PACKAGE = Path(framing.__file__).parent
# Modules that turn data into objects or code, or that speak to the network.
CODE = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml", "code", "runpy"}
NETWORK = {"socket", "ssl", "http", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}
CALLS = {"eval", "exec", "compile", "__import__", "read_pickle", "to_pickle", "system", "popen"}


def suspicious(tree: ast.Module) -> Iterator[str]:
    """Imports and calls of ``tree`` that could run data or reach the network."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [str(node.module), *(f"{node.module}.{a.name}" for a in node.names)]
        for name in names:
            if name in NETWORK or name.split(".")[0] in CODE | NETWORK:
                yield f"line {node.lineno}: imports {name}"
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            of = getattr(getattr(node.func, "value", None), "id", "")
            if called in CALLS and not (called == "compile" and of in ("re", "regex")):
                yield f"line {node.lineno}: calls {called}"
            for word in node.keywords:
                value = getattr(word.value, "value", None)
                if (word.arg == "allow_pickle" and value is not False) or (word.arg == "shell" and value is not False):
                    yield f"line {node.lineno}: {word.arg}={value}"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_data_is_run_and_nothing_is_fetched(path: Path) -> None:
    assert list(suspicious(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    ["import pickle", "from joblib import load", "import urllib.request", "from urllib import request", "eval(x)",
     "np.load(p, allow_pickle=True)", "pd.read_pickle(p)", "subprocess.run(c, shell=True)", "os.system(c)"],
)  # fmt: skip
def test_the_check_sees(code: str) -> None:
    assert list(suspicious(ast.parse(code)))


def test_the_check_lets_patterns_be() -> None:
    assert not list(suspicious(ast.parse("import re, urllib.parse\nre.compile('x')\nload(p, allow_pickle=False)")))


def test_no_binary_but_models_and_fonts() -> None:
    endings = {p.suffix for p in PACKAGE.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert not endings & {".pkl", ".pickle", ".joblib", ".bin", ".pt", ".so", ".pyd", ".exe"}

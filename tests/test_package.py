"""The package as users get it: built, installed into an environment of its own, used away from the checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path

import lowest
import pytest

import framing

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(not (ROOT / "pyproject.toml").is_file(), reason="not run from a checkout")
# What may lie in a wheel beside Python files; anything else got in by mistake.
DATA = (".py", ".tsv", ".npz", ".md", ".gz", ".txt", ".json", ".jsonl", ".css", ".js", ".ttf", "py.typed")


def run(*command: object, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "MAKEFLAGS")}
    return subprocess.run(
        [*map(str, command)], cwd=cwd, env=clean | env, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An sdist of the tree, and a wheel built from the unpacked sdist."""
    pytest.importorskip("hatchling", reason="the build backend is not installed: pip install hatchling")
    dist = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", dist, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(dist, filter="data")
    source = dist / sdist.name.removesuffix(".tar.gz")
    done = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", dist, cwd=source)
    assert done.returncode == 0, done.stderr
    (wheel,) = dist.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def python(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; it borrows the installed dependencies, but not this checkout."""
    place = tmp_path_factory.mktemp("venv")
    done = run(sys.executable, "-m", "venv", "--without-pip", place, cwd=place)
    assert done.returncode == 0, done.stderr
    folder = "Scripts" if os.name == "nt" else "bin"
    fresh = place / folder / Path(sys.executable).name
    done = run(sys.executable, "-m", "pip", "--python", fresh, "install", "-q", "--no-deps", built[1], cwd=place)
    assert done.returncode == 0, done.stderr
    site = run(fresh, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place).stdout.strip()
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return fresh


def test_wheel_holds_what_it_needs_and_nothing_else(built: tuple[Path, Path]) -> None:
    sdist, wheel = built
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        inside = {n for n in names if n.startswith("framing/")}
        typed = archive.read(next(n for n in names if n.endswith("/METADATA"))).decode().splitlines()
    tracked = {p.relative_to(ROOT).as_posix() for p in (ROOT / "framing").rglob("*") if p.is_file()}
    tracked = {n for n in tracked if "__pycache__" not in n}
    lists = {f"framing/{p.relative_to(ROOT).as_posix()}" for p in (ROOT / "lexicons").rglob("*") if p.is_file()}
    assert inside == tracked | lists
    assert not [n for n in inside if not n.endswith(DATA)]
    assert "framing/py.typed" in inside
    assert any(line.startswith("Classifier: Typing :: Typed") for line in typed)
    assert wheel.stat().st_size < 10_000_000
    with tarfile.open(sdist) as archive:
        names = [n.partition("/")[2] for n in archive.getnames()]
    for needed in ("pyproject.toml", "README.md", "LICENSE", "NOTICE", "Makefile", "tests/test_package.py"):
        assert needed in names


def test_same_tree_same_bytes(built: tuple[Path, Path], tmp_path: Path) -> None:
    done = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(built[1]) as one, zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as other:
        skip = ("RECORD",)
        contents = [{n: z.read(n) for n in z.namelist() if not n.endswith(skip)} for z in (one, other)]
    assert contents[0] == contents[1]


def test_installed_wheel_runs_without_the_checkout(python: Path, tmp_path: Path) -> None:
    where = run(python, "-c", "import framing; print(framing.__file__)", cwd=tmp_path).stdout.strip()
    assert ROOT.resolve() not in Path(where).resolve().parents
    command = python.with_name("framing")
    done = run(command, "--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"framing {framing.__version__}\n"), done.stderr
    done = run(command, "demo", "-o", "out", cwd=tmp_path, NO_COLOR="1")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    assert manifest
    assert (tmp_path / "out/comparison.png").stat().st_size > 50_000
    (tmp_path / "a.txt").write_text("The brutal regime undoubtedly fell, critics say.\n", "utf-8")
    done = run(command, "show", "a.txt", "--evidence", cwd=tmp_path, NO_COLOR="1")
    assert "brutal" in done.stdout
    done = run(command, "lexicon", "check", cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def test_installed_wheel_says_its_types(python: Path, tmp_path: Path) -> None:
    pytest.importorskip("mypy", reason="mypy is not installed")
    (tmp_path / "user.py").write_text(
        "import framing\nreveal_type(framing.analyse('x').sentences)\nframing.analyse(3)\n", "utf-8"
    )
    done = run(sys.executable, "-m", "mypy", "--python-executable", python, "--no-incremental", "user.py", cwd=tmp_path)
    assert 'Revealed type is "' in done.stdout
    assert re.search(r"list\[framing\.article\.Sentence\]", done.stdout)
    assert 'user.py:3: error: Argument 1 to "analyse" has incompatible type "int"' in done.stdout


def test_version_loads_next_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "framing").write_text(
        "import atexit, sys\n"
        "heavy = ('typer', 'rich', 'numpy', 'pandas', 'matplotlib', 'sklearn', 'scipy', 'pyarrow', 'nltk')\n"
        "atexit.register(lambda: print([m for m in heavy if m in sys.modules]))\n"
        "from framing.cli import main\nmain()\n",
        "utf-8",
    )
    done = run(
        sys.executable, "framing", "--version", cwd=tmp_path, PYTHONPATH=str(Path(framing.__file__).parent.parent)
    )
    assert done.stdout.splitlines() == [f"framing {framing.__version__}", "[]"], done.stderr


def test_every_dependency_has_a_lowest_version() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    pins = lowest.pins(text)
    assert all(re.fullmatch(r"[a-z-]+==[0-9.]+", p) for p in pins)
    assert len(pins) >= len(tomllib.loads(text)["project"]["dependencies"])
    with pytest.raises(ValueError, match="pandas"):
        lowest.pins(text.replace('"pandas>=', '"pandas~='))

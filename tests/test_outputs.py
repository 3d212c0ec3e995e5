"""Hostile ids, outlets and titles on their way out: file names, spreadsheets, terminals; and disks that fail."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing
from framing import Article, batch, escape
from framing.errors import OutputError

ROOT = Path(__file__).parent.parent
SAMPLES = Path(framing.__file__).parent / "samples"
LANTERN = SAMPLES / "defence-call" / "the-daily-lantern.txt"
WIRE = SAMPLES / "defence-call" / "northern-wire.txt"
EVIL = [
    "../../../../tmp/evil", "/etc/passwd", "C:\\windows\\x", "a/b/c", "..", ".", "~", "$(touch x)", "`id`", "CON",
    "nul", "LPT1", "a" * 4000, "\x00\x01", "\n\n", " ", "", "-rf", "*?", "é" * 300, "\u202etxt.exe", "😀", "con.txt",
    "=1+1", "\ud800",
]  # fmt: skip


def run(*args: object, cwd: Path, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "framing", *map(str, args)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200", **env},
    )


# ------------------------------------------------------------------------------------------ names


@given(st.lists(st.text(max_size=80) | st.sampled_from(EVIL), max_size=12))
def test_any_label_is_a_plain_name(labels: list[str]) -> None:
    taken: set[str] = set()
    names = [escape.file_name(x, taken) for x in labels]
    assert len({n.lower() for n in names}) == len(labels)
    for name in names:
        assert 0 < len(name) < 80
        assert name.isascii()
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
        assert name.lower() not in ("con", "prn", "aux", "nul", "com1", "lpt1")


def test_hostile_labels_stay_inside_the_output(tmp_path: Path) -> None:
    rows = []
    for k, label in enumerate(EVIL):
        for path in (LANTERN, WIRE):
            text = path.read_text("utf-8").replace("defence", f"defence{k}")
            about = {"id": label, "outlet": f"{label}{path.stem[:4]}", "title": label, "event": label or "x"}
            rows.append(json.dumps({"text": text, **about}))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/c.jsonl").write_text("\n".join(rows[:24]), "utf-8")
    before = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*"))
    done = run("events", "in/c.jsonl", "-o", "in/out", "--tables", "--resamples", "100", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = run("score", "in/c.jsonl", "-o", "in/scores", "--format", "csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    new = [p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.relative_to(tmp_path) not in before]
    assert new
    assert all(p.parts[:2] in (("in", "out"), ("in", "scores")) for p in new)


def test_hostile_names_in_a_comparison(tmp_path: Path) -> None:
    for n, evil in enumerate(("../../up", "a" * 4000, "=cmd|' /C calc'!A0", "\x1b]0;owned\x07", "\ud800")):
        place = tmp_path / str(n)
        pair = [
            Article(LANTERN.read_text("utf-8"), outlet=evil, id=evil, title=evil),
            Article(WIRE.read_text("utf-8"), outlet="B", id=evil),
        ]
        comparison = framing.compare(pair, event_title=evil, resamples=20)
        comparison.save(place)
        assert sorted(p.name for p in tmp_path.iterdir()) == [str(k) for k in range(n + 1)]
        _no_formula(place)


# ------------------------------------------------------------------------------------------ spreadsheets


def _no_formula(folder: Path) -> None:
    found = 0
    for path in folder.rglob("*.csv"):
        found += 1
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.reader(handle):
                for value in row:
                    try:
                        float(value)
                    except ValueError:
                        assert len(value) < 2 or value[0] not in "=+-@\t\r\n＝＋－＠", (path.name, value[:40])
    assert found


def test_cells_of_a_spreadsheet() -> None:
    harmless = ["a=", "", "+", "-", "0", "'=1", " =1"]
    assert [escape.cell(c) for c in harmless] == harmless
    for bad in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "-2+3|cmd"):
        assert escape.cell(bad) == "'" + bad


def test_no_csv_file_holds_a_formula(tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://x")'
    texts = [p.read_text("utf-8").replace("“", f"“{formula} ") for p in (LANTERN, WIRE)]
    about = {"id": "@id", "title": "-title", "event": "=e", "published": "+2024"}
    rows = [json.dumps({"text": t, "outlet": f"{'=+'[k]}outlet", **about}) for k, t in enumerate(texts)]
    (tmp_path / "c.jsonl").write_text("\n".join(rows), "utf-8")
    assert run("score", "c.jsonl", "-o", "s", "--format", "csv", cwd=tmp_path).returncode == 0
    assert run("events", "c.jsonl", "-o", "e", "--tables", "--resamples", "100", cwd=tmp_path).returncode == 0
    for folder in ("s", "e"):
        _no_formula(tmp_path / folder)
    # Parquet is for programs: exactly what was read.
    batch.run([tmp_path / "c.jsonl"], tmp_path / "p")
    assert list(pd.read_parquet(tmp_path / "p/scores")["id"]) == ["@id", "@id"]


# ------------------------------------------------------------------------------------------ terminals


STEER = "\x1b[2J\x1b]0;owned\x07\x9b31m\x08\x7f\u202eevil\u2066\r\u200b"


def _quiet(shown: str) -> None:
    assert not [c for c in shown if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or c in "\u202e\u2066"]


def test_nothing_from_an_article_steers_a_terminal(tmp_path: Path) -> None:
    text = f"{STEER} The [red]brutal[/red] regime fell, said Ann{STEER} Miller. “{STEER}So-called plan” {STEER}" * 20
    row = {"text": text, "outlet": STEER, "id": STEER, "title": STEER, "published": "2024" + STEER, "event": STEER}
    (tmp_path / "c.jsonl").write_text(json.dumps(row) + "\n" + json.dumps({"text": ""}) + "\n{" + STEER, "utf-8")
    for command in (
        ("show", "c.jsonl", "--evidence", "--why"),
        ("score", "c.jsonl", "-o", "out"),
        ("score", "c.jsonl", "--dry-run", "-o", "no"),
        ("show", f"nope{STEER[1:]}".replace("\x00", "")),
        ("lexicon", "stats", "c.jsonl"),
        ("lexicon", "list", STEER[:6]),
        ("compare", "c.jsonl", "c.jsonl", "-o", f"x{STEER[4:]}"),
    ):
        done = run(*command, cwd=tmp_path, NO_COLOR="1", TERM="dumb")
        assert "Traceback" not in done.stderr
        _quiet(done.stdout)
        _quiet(done.stderr)
    done = run("show", "c.jsonl", cwd=tmp_path, NO_COLOR="1", TERM="dumb")
    assert "[red]" in done.stdout  # shown, not obeyed
    assert "[/red]" in done.stdout


def test_pictures_stay_readable_whatever_a_name_holds(tmp_path: Path) -> None:
    """No XML may hold a control character, and the text beside a picture is printed by people."""
    from xml.etree import ElementTree

    from framing.report import charts, save_figure

    names = (f"a{STEER}\x00<script>x</script>", "$\\frac{1}{$ \ud800")
    pair = [Article(p.read_text("utf-8"), outlet=n, title=n) for p, n in zip((LANTERN, WIRE), names)]
    comparison = framing.compare(pair, event_title=names[0], resamples=100)
    module = charts.load("voice_bars")
    save_figure(module.draw(comparison).figure, tmp_path / "voices", ("svg",), module.alt(comparison), 100)
    (picture,) = tmp_path.rglob("*.svg")
    assert ElementTree.fromstring(picture.read_text("utf-8")) is not None
    assert "<script" not in picture.read_text("utf-8")
    (words,) = tmp_path.rglob("*.txt")
    assert "Stacked bars" in words.read_text("utf-8")
    _quiet(words.read_text("utf-8"))


# ------------------------------------------------------------------------------------------ ends


def test_reader_of_our_output_goes_away(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The brutal regime fell.\n\n" * 20_000, "utf-8")
    for command in ("show a.txt", "show a.txt --evidence", "lexicon list", "lexicon check -v", "--help"):
        done = subprocess.run(
            f"{sys.executable} -m framing {command} | head -1; exit ${{PIPESTATUS[0]}}",
            shell=True,
            executable="/bin/bash",
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.stdout
        assert done.returncode in (0, 141), done
        assert "Traceback" not in done.stderr
        assert "pipe" not in done.stderr.lower()


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")


@LINUX
@pytest.mark.parametrize("command", ["lexicon list", "--version", "--help", f"show {WIRE}"])
def test_stdout_that_cannot_be_written(tmp_path: Path, command: str) -> None:
    full = subprocess.run(
        f"{sys.executable} -m framing {command} > /dev/full", shell=True, cwd=tmp_path, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert full.returncode == 2
    assert "Traceback" not in full.stderr
    closed = subprocess.run(
        f"{sys.executable} -m framing {command} >&-", shell=True, cwd=tmp_path, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert closed.returncode == 0
    assert "Traceback" not in closed.stderr


@LINUX
@pytest.mark.parametrize("command", ["score {0} {1} -o out", "compare {0} {1} -o out", "events {0} {1} -o out"])
def test_disk_full(tmp_path: Path, command: str) -> None:
    """A limit on the size of files stands in for a full disk: every write beyond it fails."""
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 8; {sys.executable} -m framing {command.format(LANTERN, WIRE)} --quiet"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "cannot be written" in done.stderr or "File too large" in done.stderr
    assert done.stderr.count("\n") == 1
    if not command.startswith("score"):
        assert list(tmp_path.iterdir()) == []  # nothing half-made
    else:
        again = run("score", LANTERN, WIRE, "-o", "out", cwd=tmp_path)  # what was begun is finished
        assert (again.returncode, (tmp_path / "out/manifest.json").is_file()) == (0, True)


def test_no_place_to_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "model.npz").mkdir()
    (tmp_path / "d.jsonl").write_text('{"text": "a b", "label": 1}\n{"text": "c d", "label": 0}\n' * 10)
    commands = [
        *((c, LANTERN, WIRE, "-o", "file/out") for c in ("score", "compare", "events")),
        ("demo", "-o", "file"),
        ("train", "x", "--data", "d.jsonl", "-o", "model.npz"),
        ("train", "x", "--data", "d.jsonl", "--folds", "2", "-o", "file/m.npz"),
        ("lexicon", "add", "loaded", "zorb", "--kind", "label", "-o", "file/x"),
    ]
    if os.name == "posix" and os.geteuid() != 0:
        (tmp_path / "locked").mkdir(mode=0o555)
        commands += [(c, LANTERN, WIRE, "-o", "locked/out") for c in ("score", "compare", "events")]
    before = sorted(tmp_path.rglob("*"))
    for command in commands:
        done = run(*command, cwd=tmp_path)
        assert done.returncode == 2, command
        assert "Traceback" not in done.stderr, command
        assert done.stderr.count("\n") == 1, done.stderr
        assert str(command[-1]).split("/")[0] in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("command", ["compare a.txt b.txt -o out", "score c.jsonl -o out --workers 2 --shard 5"])
def test_stopped_by_a_signal(tmp_path: Path, number: int, code: int, command: str) -> None:
    for name, path in (("a", LANTERN), ("b", WIRE)):
        (tmp_path / f"{name}.txt").write_text(path.read_text("utf-8") * 8, "utf-8")
    row = json.dumps({"text": WIRE.read_text("utf-8")})
    (tmp_path / "c.jsonl").write_text(f"{row}\n" * 3000, "utf-8")
    before = {p.name for p in tmp_path.iterdir()}
    process = subprocess.Popen(
        [sys.executable, "-m", "framing", *command.split()], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    # Stopped while it works: a temporary folder, or a first shard, is there.
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        made = [p for p in tmp_path.iterdir() if p.name not in before]
        if any(p.name.startswith(".out-") or list(p.glob("scores/*.parquet")) for p in made):
            break
        time.sleep(0.02)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    assert "stopped" in errors
    left = {p.name for p in tmp_path.iterdir()} - before
    assert left == (set() if command.startswith("compare") else {"out"})
    assert not list(tmp_path.rglob("*.tmp"))


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("start", ["runpy.run_module('framing', run_name='__main__')", "script()"])
@pytest.mark.parametrize("module", ["framing.cli", "typer"])
def test_stopped_while_it_is_still_loading(tmp_path: Path, module: str, start: str) -> None:
    entry = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]["framing"]
    code = f"""
import importlib, os, runpy, signal, sys

class Interrupter:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

def script():
    place, function = {entry!r}.split(":")
    sys.exit(getattr(importlib.import_module(place), function)())

sys.argv = ["framing", "lexicon", "check"]
sys.meta_path.insert(0, Interrupter())
{start}
"""
    path = {"PYTHONPATH": str(Path(framing.__file__).parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        env={**os.environ, **path},
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize(
    ("command", "after"),
    [
        ("--version", (0, 5, 10, 20, 40)),
        ("show a.txt", (0, 10, 20, 40, 80, 160, 320, 400)),
        ("score c.jsonl -o out --workers 1 --quiet", (10, 30, 60, 120, 240, 400)),
        # Workers load for about half a second: Ctrl-C reaches them as well.
        ("score c.jsonl -o out --workers 2 --shard 20 --quiet", (50, 200, 400, 600, 700, 800, 900, 1000, 1200)),
    ],
)
def test_ctrl_c_at_any_moment(tmp_path: Path, command: str, after: tuple[int, ...]) -> None:
    """The terminal sends SIGINT to every process of a command, ``after`` milliseconds from when Python was up."""
    (tmp_path / "a.txt").write_text(WIRE.read_text("utf-8") * 4, "utf-8")
    (tmp_path / "c.jsonl").write_text((json.dumps({"text": WIRE.read_text("utf-8")}) + "\n") * 1000, "utf-8")
    (tmp_path / "framing").write_text(
        "from framing.__main__ import main\n"
        "if __name__ == '__main__':\n    import sys; print('up', file=sys.stderr, flush=True); sys.exit(main())\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for wait in after:
        process = subprocess.Popen(
            [sys.executable, "framing", *command.split()],
            cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        assert process.stderr is not None
        assert process.stderr.readline() == "up\n"
        time.sleep(wait / 1000)
        os.killpg(process.pid, signal.SIGINT)
        out, errors = process.communicate(timeout=60)
        if {Path(f).name for f in re.findall(r'File "([^"]+)"', errors)} == {"framing"}:
            continue  # a loaded machine: it had not reached our first line yet
        assert process.returncode in (130, 0, -signal.SIGINT), (wait, errors)
        assert errors in ("", "framing: stopped\n") or ("score" in command and errors.startswith("framing: stopped; "))
        assert errors.count("\n") <= 1
        if process.returncode == 0:  # it was over before the signal came
            assert out or command.startswith("score")


@LINUX
def test_ctrl_c_that_is_swallowed_comes_again(tmp_path: Path) -> None:
    code = """
import os, signal, sys, time
import framing.cli as cli

def work(**options):
    try:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)
    except:
        pass
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            sum(range(100))
    finally:
        time.sleep(0.8)  # longer than it takes to come again: cleaning up is not disturbed
        print("cleaned", flush=True)

cli.app = work
cli.main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "cleaned\n", "framing: stopped\n")


@LINUX
@pytest.mark.parametrize("where", ["import lost", "class Lost:\n    def __del__(self):\n        {}\nLost()"])
def test_ctrl_c_is_not_lost(tmp_path: Path, where: str) -> None:
    """In a destructor an exception is printed and forgotten; in an import it may be turned into another one."""
    strike = "os.kill(os.getpid(), signal.SIGINT)"
    (tmp_path / "lost.py").write_text(
        f"import os, signal\ntry:\n    {strike}\n    for _ in range(1000): pass\n"
        "except KeyboardInterrupt:\n    raise ImportError('extension failed to import') from None\n"
    )
    command = "\n    ".join(where.format(strike + "; sum(range(1000))").splitlines())
    code = f"""
import os, signal, sys, time
import framing.cli

@framing.cli.app.command("strike")
def command():
    {command}
    time.sleep(30)

framing.cli.main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code, "strike"], capture_output=True, text=True, timeout=60, cwd=tmp_path, check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "framing: stopped\n")


def test_the_package_alone_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import framing; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, timeout=60, check=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    assert set(done.stdout.split()) <= {"framing", "types", "__future__"}
    assert set(framing.__all__) <= set(dir(framing))
    for name in framing.__all__:
        assert getattr(framing, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        framing.nothing


def test_input_removed_or_changed_while_it_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for k in range(4):
        (folder / f"{k}.txt").write_text(WIRE.read_text("utf-8"), "utf-8")
    last = folder / "3.txt"
    result = batch.run([folder], tmp_path / "out", shard=1, progress=lambda r: last.unlink(missing_ok=True))
    assert (result.articles, result.rejects) == (3, 1)
    rejected = json.loads((tmp_path / "out/rejects.jsonl").read_text("utf-8"))
    assert rejected["source"].endswith("3.txt")
    assert "No such file" in rejected["reason"]

    lines = tmp_path / "c.jsonl"
    row = json.dumps({"text": WIRE.read_text("utf-8")}) + "\n"
    lines.write_text(row * 6, "utf-8")
    done = []

    def change(result: batch.Result) -> None:
        if not done:
            done.append(True)
            lines.write_text(row[:2000] + row * 3, "utf-8")

    result = batch.run([lines], tmp_path / "two", shard=1, progress=change)
    assert result.articles + result.rejects > 0
    with pytest.raises(OutputError, match="input"):
        batch.run([lines], tmp_path / "two", shard=1)
    assert batch.run([lines], tmp_path / "two", shard=1, overwrite=True).articles == 2

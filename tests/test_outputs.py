"""Hostile ids, outlets and titles on their way out: file names, spreadsheets, terminals; and disks that fail."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import framing
from framing import Article, batch, escape

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
    assert "[red]brutal[/red]" in done.stdout


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
        assert (done.returncode in (0, 141), done.stderr) == (True, ""), (command, done)

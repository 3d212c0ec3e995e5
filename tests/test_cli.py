"""The command line through real processes."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import framing

SAMPLES = Path(framing.__file__).parent / "samples"
LANTERN = SAMPLES / "defence-call" / "the-daily-lantern.txt"
WIRE = SAMPLES / "defence-call" / "northern-wire.txt"


def run(*args: object, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``framing`` and check what holds for every call: no stack trace, ever."""
    done = subprocess.run(
        [sys.executable, "-m", "framing", *map(str, args)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200", "NO_COLOR": "1"},
    )
    assert "Traceback" not in done.stderr
    return done


def bad(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "spaces.txt").write_bytes(b" \n \n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "bytes.txt").write_bytes(b"caf\x81\x8d\x8f\xff \x90\x9d ok")
    (tmp_path / "one.txt").write_bytes(WIRE.read_bytes())
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("mine")


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("compare nope.txt one.txt -o out", "nope.txt: no such file"),
        ("compare folder -o out", "folder: no articles here"),
        ("compare one.txt -o out", "needs two or more articles"),
        ("compare one.txt binary.txt -o taken --overwrite", "did not write"),
        ("show empty.txt", "holds no text"),
        ("score spaces.txt -o out", "holds no text"),
        ("score binary.txt -o out", "binary"),
        ("events bytes.txt -o out", "encoding cannot be told"),
        ("score one.txt -o taken", "not scores of ours"),
        ("score one.txt -o empty.txt", "is a file"),
        ("evaluate nope one.txt", "no benchmark 'nope'"),
        ("train opinion --data one.txt -o out", "one.txt:1"),
        ("lexicon add hedge maybe --kind nope -o out", "not a kind of hedge"),
        ("show one.txt --lexicon nope", "no such folder of word lists"),
    ],
)
def test_bad_input_gets_one_line(tmp_path: Path, command: str, says: str) -> None:
    bad(tmp_path)
    before = sorted(p.name for p in tmp_path.rglob("*"))
    done = run(*command.split(), cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert not done.stdout
    assert sorted(p.name for p in tmp_path.rglob("*")) == before


def test_wrong_use(tmp_path: Path) -> None:
    for command in (("nosuch",), ("score", "x.txt"), ("score", "x.txt", "-o", "out", "--workers", "0")):
        assert run(*command, cwd=tmp_path).returncode == 2


def test_every_command_has_help_and_an_example(tmp_path: Path) -> None:
    from typer.main import get_command

    from framing.cli import app

    def walk(command: object, name: str) -> None:
        for sub, c in getattr(command, "commands", {}).items():
            walk(c, f"{name} {sub}")
        if not getattr(command, "commands", None) and not command.hidden:  # type: ignore[attr-defined]
            assert command.help, name  # type: ignore[attr-defined]
            assert f"Example: {name}" in (command.epilog or ""), name  # type: ignore[attr-defined]

    walk(get_command(app), "framing")
    assert run("--version", cwd=tmp_path).stdout == f"framing {framing.__version__}\n"
    assert "framing score" in run("--help", cwd=tmp_path).stdout


def test_events_reads_columns_by_any_name(tmp_path: Path) -> None:
    with (tmp_path / "c.csv").open("w", encoding="utf-8", newline="") as handle:
        table = csv.writer(handle)
        table.writerow(["words", "paper", "day"])
        for path, day in ((LANTERN, "2024-02-01"), (WIRE, "2024-02-02")):
            table.writerow([path.read_text("utf-8"), path.stem, day])
    columns = ("--text-column", "words", "--outlet-column", "paper", "--date-column", "day")
    assert run("events", "c.csv", "-o", "out", "--tables", *columns, cwd=tmp_path).returncode == 0
    with (tmp_path / "out" / "articles.csv").open(encoding="utf-8", newline="") as handle:
        found = [(row["outlet"], row["published"]) for row in csv.DictReader(handle)]
    assert found == [(LANTERN.stem, "2024-02-01"), (WIRE.stem, "2024-02-02")]


def test_show_marks_and_scores(tmp_path: Path) -> None:
    done = run("show", LANTERN, "--evidence", cwd=tmp_path)
    assert done.returncode == 0
    assert "attribution" in done.stdout
    assert run("show", "-", cwd=tmp_path, stdin=" ").returncode == 2
    # Without colours the marks stand in brackets, and nothing but brackets is added.
    text = "Rulers met. The regime claimed that talks [with it] were {over}. “We agree,” said Premier Ann Dunn."
    shown = " ".join(run("show", "-", cwd=tmp_path, stdin=text).stdout.split())
    assert "The [loaded-: regime] [attribution: claimed] {that talks [with it] were {over}.}" in shown
    assert "Sources, words: " in shown
    assert "Ann Dunn 2" in shown
    bare = re.sub(r"\[(?:attribution|loaded[-+]?|hedge|booster|vouch|scare quote|aside): ([^\[\]]*)\]", r"\1", shown)
    assert text.replace(" {over}.", " {over}.}").replace("claimed that", "claimed {that") in bare


def test_score_resumes_counts_and_is_strict(tmp_path: Path) -> None:
    bad(tmp_path)
    command = ("score", "one.txt", "empty.txt", LANTERN, "-o", "out", "--format", "csv")
    done = run(*command, "--dry-run", cwd=tmp_path)
    assert done.returncode == 0
    assert "2 article(s), 1 rejected; nothing was written" in done.stderr
    assert not (tmp_path / "out").exists()
    done = run(*command, "--strict", cwd=tmp_path)
    assert done.returncode == 1
    assert "2 article(s), 1 rejected" in done.stderr
    assert (tmp_path / "out/scores/part-00000.csv").read_text("utf-8").count("\n") == 3
    assert json.loads((tmp_path / "out/rejects.jsonl").read_text())["source"] == "empty.txt"
    assert "nothing to do" in run(*command, cwd=tmp_path).stderr
    done = run(*command, "--limit", "1", "--quiet", cwd=tmp_path)
    assert done.returncode == 2
    assert "other settings (limit)" in done.stderr


def test_compare_writes_picture_page_and_tables(tmp_path: Path) -> None:
    done = run("compare", LANTERN, WIRE, "-o", "out", "--resamples", "100", "--title", "A call", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("A call: The Daily Lantern and Northern Wire.")
    for name in ("comparison.png", "report.html", "manifest.json", "scores.csv"):
        assert (tmp_path / "out" / name).stat().st_size > 0
    assert run("compare", LANTERN, WIRE, "-o", "out", cwd=tmp_path).returncode == 2


def test_events_groups_and_compares(tmp_path: Path) -> None:
    rows = []
    for k, path in enumerate((LANTERN, SAMPLES / "rail-strike" / "morning-banner.txt", WIRE)):
        event = None if k == 1 else "../../=call"
        rows.append(json.dumps({"text": path.read_text("utf-8"), "outlet": f"O{k}", "event": event}))
    (tmp_path / "c.jsonl").write_text("\n".join(rows), "utf-8")
    done = run("events", "c.jsonl", "-o", "out", "--tables", "--resamples", "100", cwd=tmp_path)
    assert done.returncode == 0
    tables = [f"{t}.{end}" for t in ("articles", "events", "profiles", "tests", "words") for end in ("csv", "parquet")]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(["call", "manifest.json", *tables])
    assert (tmp_path / "out/call/differences.csv").is_file()
    assert (tmp_path / "out/events.csv").read_text("utf-8").count("\n") == 3
    assert (tmp_path / "out/articles.csv").read_text("utf-8").count("\n") == 4


def test_train_then_evaluate(tmp_path: Path) -> None:
    rows = [("The vote was on Monday at noon.", 0), ("It was a shameful, reckless vote indeed.", 1)]
    lines = [json.dumps({"text": t, "label": y}) for _ in range(10) for t, y in rows]
    (tmp_path / "d.jsonl").write_text("\n".join(lines), "utf-8")
    done = run("train", "mine", "--data", "d.jsonl", "-o", "m.npz", "--folds", "2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "cross-validated: auc" in done.stderr
    assert run("train", "mine", "--data", "d.jsonl", "-o", "m.npz", cwd=tmp_path).returncode == 2
    done = run("evaluate", "newssd", "d.jsonl", "--model", "m.npz", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "macro" in done.stdout
    assert "babe" in run("evaluate", "list", cwd=tmp_path).stdout


def test_word_lists_are_listed_counted_and_extended(tmp_path: Path) -> None:
    done = run("lexicon", "list", "claimed", "--device", "attribution", cwd=tmp_path)
    assert any(line.split("\t")[:3] == ["attribution", "claim", "v"] for line in done.stdout.splitlines())
    done = run("lexicon", "stats", LANTERN, "--device", "attribution", cwd=tmp_path)
    assert done.stdout.splitlines()[0].startswith("hits\t")
    assert "entries never fired" in done.stderr
    add = ("lexicon", "add", "loaded", "zorblax", "--pos", "n", "--kind", "label", "--valence=-", "-o", "mine")
    assert run(*add, cwd=tmp_path).returncode == 0
    assert run(*add, cwd=tmp_path).returncode == 2
    silence = ("lexicon", "add", "attribution", "say", "--pos", "v", "--kind", "neutral", "--grade", "X", "-o", "mine")
    assert run(*silence, cwd=tmp_path).returncode == 0
    assert run("lexicon", "check", "mine", cwd=tmp_path).returncode == 0
    assert run("lexicon", "diff", "mine", cwd=tmp_path).stdout.splitlines()[1:] == [
        "removed\tattribution\tsay\tv\t",
        "added\tloaded\tzorblax\tn\tlabel",
    ]
    (tmp_path / "a.txt").write_text("The zorblaxes came to town on Monday.")
    assert "zorblaxes" in run("show", "a.txt", "--evidence", "--lexicon", "mine", cwd=tmp_path).stdout

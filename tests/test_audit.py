"""The audit page: what ran, what is missing, nothing of the data on it."""

from __future__ import annotations

import csv
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from framing.errors import InputError, OutputError
from framing.evaluate import benchmarks
from framing.evaluate.audit import RUNS, Run, Section, audit, rows_of, write
from framing.evaluate.metrics import EvaluationReport, Published

ROWS = [("The vote was on Monday at noon.", 0), ("It was a shameful, reckless | vote <b>indeed</b>.", 1)] * 20


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "newssd"
    folder.mkdir(parents=True)
    (folder / "train.jsonl.gz").write_bytes(b"not gzip")
    (tmp_path / "babe").mkdir()
    lines = [json.dumps({"text": t, "label": y, "outlet": "O", "topic": "T"}) for t, y in ROWS]
    (tmp_path / "babe" / "train.jsonl").write_text("\n".join(lines), "utf-8")
    return tmp_path / "data"


RUNS_HERE = (
    Run(
        "babe", "Beside the folder <i>", ("babe/train.jsonl.gz", "babe/train.jsonl"), shown=("n", "macro_f1"), care="&"
    ),
    Run("newssd", "Damaged", ("newssd/train.jsonl.gz",)),
    Run("basil", "Missing", ("basil/x.jsonl",)),
)


def test_one_page_of_what_is_at_hand(data: Path, tmp_path: Path) -> None:
    told: list[str] = []
    sections = audit(data, runs=RUNS_HERE, progress=told.append)
    assert [bool(s.missing) for s in sections] == [False, True, True]
    assert told == ["Beside the folder <i>", "Damaged"]
    assert "not found: basil/x.jsonl" in sections[2].missing
    files = write(sections, tmp_path / "out")
    page, markdown, table = (f.read_text("utf-8") for f in files)
    rows = list(csv.DictReader(table.splitlines()))
    assert {(r["figure"], r["whose"]) for r in rows} >= {("n", "ours"), ("macro_f1", "ours"), ("macro_f1", "MAGPIE")}
    assert float(rows[0]["value"]) == 40
    for text in (page, markdown):
        assert "shameful" not in text
        assert "arxiv.org" in text
    assert "| | macro_f1 |" in markdown.replace("|  |", "| |")
    assert "&lt;i&gt;" in page
    assert "<i>" not in page
    assert "Content-Security-Policy" in page
    parser = HTMLParser()
    parser.feed(page)
    parser.close()
    again = [f.read_bytes() for f in write(audit(data, runs=RUNS_HERE), tmp_path / "two")]
    assert again == [f.read_bytes() for f in files]


def test_every_run_names_a_benchmark_and_says_what_to_take_care_of() -> None:
    assert {r.benchmark for r in RUNS} == set(benchmarks())
    assert all(r.care and (r.files or r.benchmark == "fairness") for r in RUNS)
    assert len({r.title for r in RUNS}) == len(RUNS)


def test_rows_of_results() -> None:
    report = EvaluationReport(
        "X", "p", "m", {"auc": 0.5, "seconds": 3.0}, {"auc": (0.4, 0.6)}, tables={"peer": {"figures": {"auc": 0.4}}}
    )
    assert [(r.group, r.figure, r.low) for r in rows_of(report)] == [("", "auc", 0.4), ("peer", "auc", None)]


def test_only_the_published_figures_of_the_run(data: Path) -> None:
    (section,) = audit(data, runs=[Run("babe", "B", ("babe/train.jsonl",), published="MAGPIE")])
    assert [p.system for p in section.published] == ["MAGPIE"]
    assert all(isinstance(p, Published) for p in section.published)


def test_no_folder_and_no_place(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        audit(tmp_path / "nope")
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write([Section(RUNS[0])], tmp_path / "file" / "x")

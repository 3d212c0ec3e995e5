"""Device figures on read articles: counting by overlap, the part held apart, the command, bad files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from framing.cli import app
from framing.errors import InputError
from framing.evaluate import benchmarks
from framing.evaluate import readings_devices as readings

TEXT = (
    "Council votes on harbor plan\n\nThe council of Port Ellis perhaps votes on Monday. The mayor denied it.\n\n"
    "The work may start in the harbour of Dunmore on 4 May, the council said. "
    "Needless to say, no study was ever shown to the public."
)


def row(doc: str, genre: str = "news", **marks: str) -> dict[str, Any]:
    spans = [
        {"device": d, "kind": "x", "start": TEXT.index(w), "end": TEXT.index(w) + len(w), "valence": "0"}
        for d, w in marks.items()
    ]
    return {"doc": doc, "event": None, "genre": genre, "text": TEXT, "marks": spans, "sentences": []}


def test_counts_by_overlap() -> None:
    counts = readings.article_counts(row("a", hedge="perhaps votes", booster="denied"))
    assert counts["hedge"] == (1, 2, 1, 1)  # "may" is not the reader's
    assert counts["booster"][2:] == (0, 1)
    assert counts["vouch"] == (0, 0, 0, 0)


def test_opinion_counts_as_aside_in_news_only() -> None:
    counts = readings.article_counts(row("a", opinion="Needless to say, no study"))
    assert counts["aside"] == (1, 1, 1, 1)
    assert counts["aside (marked so)"] == (1, 1, 0, 0)
    both = readings.article_counts(row("a", opinion="Needless to say, no study", aside="no study"))
    assert both["aside"] == (1, 1, 1, 1)
    assert "aside" not in readings.article_counts(row("a", "opinion", opinion="Needless to say"))


def test_parts(tmp_path: Path) -> None:
    docs = [row(f"d{n}", hedge="perhaps") for n in range(12)]
    apart = sum(readings.held_apart(d) for d in docs)
    assert 0 < apart < 12
    with gzip.open(tmp_path / "x.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(d) + "\n" for d in docs)
    report = readings.evaluate(tmp_path, resamples=50)
    assert report.articles == {"apart": apart, "rest": 12 - apart}
    figures = readings.evaluate(tmp_path, part="all", resamples=50).figures("all")["hedge"]
    assert figures == {"precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3), "low": pytest.approx(2 / 3),
                       "high": pytest.approx(2 / 3), "read": 12, "marked": 24}  # fmt: skip
    run = CliRunner().invoke(app, ["evaluate", "readings", str(tmp_path), "--part", "apart"])
    assert run.exit_code == 0
    assert f"held apart: {apart} articles" in run.stdout
    assert "the rest" not in run.stdout


def test_bad_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no \\*"):
        readings.evaluate(tmp_path)
    (tmp_path / "x.jsonl").write_text('{"text": "a"}\n', "utf-8")
    with pytest.raises(InputError, match=r"x\.jsonl:1"):
        readings.evaluate(tmp_path)
    with pytest.raises(InputError, match="part"):
        readings.evaluate(tmp_path, part="half")
    assert "readings" in benchmarks()

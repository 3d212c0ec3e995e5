"""Benchmarks of annotated words and spans, on made-up files: what counts as found, as clean, as missed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from framing.errors import InputError
from framing.evaluate import babe_words, basil_spans, benchmarks, newsmtsc, ptc
from framing.evaluate.metrics import EvaluationReport

HIT, MISS, PLAIN = "The thugs left.", "The gronkle left.", "The bus left at noon."


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return path


def check(report: EvaluationReport, spans: int, clean: int) -> None:
    assert report.figures["spans"] == spans
    assert report.figures["recall"] == pytest.approx(0.5)
    assert report.figures["clean sentences"] == clean
    assert report.figures["clean sentences marked"] == 0
    assert sum(report.tables["misses by cause"]["n"].values()) == spans / 2
    assert "not listed, one word" in report.tables["misses by cause"]["n"]
    assert report.tables["flat list"]["figures"]["recall"] == pytest.approx(0.5)
    assert "recall" in report.text()


def test_basil(tmp_path: Path) -> None:
    def span(bias: str, quote: str) -> dict[str, Any]:
        return {"start": 4, "end": 11, "bias": bias, "quote": quote}

    rows = [
        {"text": HIT, "spans": [span("lex", "no")]},
        {"text": MISS, "spans": [span("lex", "yes")]},
        {"text": PLAIN, "spans": []},
        {"text": PLAIN, "spans": [span("inf", "no")]},
    ]
    report = basil_spans.evaluate(write(tmp_path / "b.jsonl", rows))
    check(report, 2, 1)
    assert report.tables["framing"]["figures"]["recall own voice"] == 1
    assert report.tables["framing"]["figures"]["recall quoted"] == 0


def test_ptc(tmp_path: Path) -> None:
    text = f"{HIT} {MISS} {PLAIN} {PLAIN}"
    at = len(HIT) + 1 + 4
    spans = [
        {"start": 4, "end": 9, "technique": "Name_Calling,Labeling"},
        {"start": at, "end": at + 7, "technique": "Loaded_Language"},
        {"start": len(text) - 4, "end": len(text), "technique": "Doubt"},
    ]
    report = ptc.evaluate(write(tmp_path / "p.jsonl", [{"text": text, "spans": spans}]))
    check(report, 2, 1)


def test_babe(tmp_path: Path) -> None:
    rows = [
        {"text": HIT, "label": 1, "biased_spans": [[4, 9]]},
        {"text": MISS, "label": 1, "biased_spans": [[4, 11]]},
        {"text": PLAIN, "label": 0, "biased_spans": []},
    ]
    check(babe_words.evaluate(write(tmp_path / "w.jsonl", rows)), 2, 1)


def test_newsmtsc(tmp_path: Path) -> None:
    rows = [
        {"text": "The corrupt mayor met Ann Reed.", "mention": "mayor", "polarity": -1},
        {"text": "The corrupt mayor met Ann Reed.", "mention": "Ann Reed", "polarity": 1},
        {"text": "The heroic nurse left.", "mention": "nurse", "polarity": -1},
    ]
    report = newsmtsc.evaluate(write(tmp_path / "n.jsonl", rows))
    assert report.figures["sign"] == pytest.approx(0.5)
    assert report.tables["terms"]["about something else"]["n"] == 1
    assert report.figures["with a target"] == 1


@pytest.mark.parametrize("run", [basil_spans.evaluate, ptc.evaluate, babe_words.evaluate, newsmtsc.evaluate])
def test_foreign_file(tmp_path: Path, run: Callable[[Path], EvaluationReport]) -> None:
    with pytest.raises(InputError, match=":1: has no"):
        run(write(tmp_path / "x.jsonl", [{"words": "no"}]))


def test_reachable_from_the_command_line() -> None:
    assert {"basil-spans", "ptc", "babe-words", "newsmtsc"} <= set(benchmarks())

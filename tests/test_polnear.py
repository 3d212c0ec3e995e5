"""The PolNeAR adapter on two records of our own, and the splitters' report."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from framing.errors import InputError
from framing.evaluate import benchmarks
from framing.evaluate.polnear import evaluate


def _record(text: str, publisher: str, *relations: tuple[str, str, str]) -> dict[str, Any]:
    def span(words: str) -> list[list[int]]:
        at = text.index(words)
        return [[at, at + len(words)]]

    return {
        "id": publisher,
        "publisher": publisher,
        "title": "",
        "text": text,
        "attributions": [{"source": span(s), "cue": span(c), "content": span(x)} for s, c, x in relations],
    }


RECORDS = [
    _record(
        "The bridge is closed. Ruth Adler said the bridge was safe. It reopens in May.",
        "north",
        ("Ruth Adler", "said", "the bridge was safe"),
    ),
    _record(
        "“We lost everything,” Omar Haddad said. Rain fell all week. Nobody came.",
        "south",
        ("Omar Haddad", "said", "“We lost everything,”"),
        ("Rain", "fell", "all week"),
    ),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "polnear.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(r) + "\n" for r in RECORDS)
    return path


def test_figures(corpus: Path) -> None:
    report = evaluate(corpus)
    assert list(report.tables) == ["all", "north", "south"]
    north = report.tables["north"]
    assert north["word_kappa"] == 1.0
    assert north["content_exact_f1"] == north["cue_exact_f1"] == north["source_exact_f1"] == 1.0
    south = report.tables["south"]
    # "all week" is missed: 3 of 5 attributed words found, none too many
    assert south["word_precision"] == 1.0
    assert south["word_recall"] == pytest.approx(3 / 5)
    assert south["direct_word_recall"] == 1.0
    assert south["indirect_word_recall"] == 0.0
    assert south["cue_overlap_recall"] == pytest.approx(1 / 2)


def test_groups_add_up(corpus: Path) -> None:
    report = evaluate(corpus)
    whole = report.groups["all"]
    assert whole.words == [
        a + b for a, b in zip(report.groups["north"].words, report.groups["south"].words, strict=True)
    ]
    assert sum(n for _, _, n in report.reliability) == whole.words[0] + whole.words[1]
    assert 0.0 <= report.figures["calibration_error"] <= 1.0


def test_report_names_every_figure(corpus: Path) -> None:
    text = benchmarks()["polnear"].evaluate(corpus).text()
    for word in ("kappa", "content", "cue", "source", "direct", "mixed", "indirect", "north", "south", "calibration"):
        assert word in text


def test_bad_records_are_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"text": "x"}\n', "utf-8")
    with pytest.raises(InputError, match=r"bad\.jsonl:1"):
        evaluate(path)
    path.write_text("", "utf-8")
    with pytest.raises(InputError, match="no records"):
        evaluate(path)


def test_splitters_need_a_corpus(tmp_path: Path) -> None:
    pytest.importorskip("sentencex")
    path = tmp_path / "few.jsonl"
    path.write_text('{"text": "One. Two."}\n', "utf-8")
    with pytest.raises(InputError, match="1 articles"):
        benchmarks()["splitters"].evaluate(path)

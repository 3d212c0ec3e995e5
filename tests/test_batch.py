"""Batch runs: nothing lost, same bytes however the work was split or stopped."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import framing
from framing import batch
from framing.errors import InputError, OutputError, UsageError

SAMPLES = sorted((Path(framing.__file__).parent / "samples").glob("*/*.txt"))


def _corpus(path: Path, n: int = 24, bad: bool = True) -> Path:
    rows = []
    for k in range(n):
        text = SAMPLES[k % len(SAMPLES)].read_text("utf-8")
        rows.append(json.dumps({"id": f"a{k}", "outlet": "=1+1" if k == 3 else "Post", "text": text}))
        if bad and k % 10 == 5:
            rows.append("{broken")
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def _bytes(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_tables_agree_with_the_api(tmp_path: Path) -> None:
    import pandas as pd

    corpus = _corpus(tmp_path / "c.jsonl", 7)
    result = batch.run([corpus], tmp_path / "out", shard=3)
    assert (result.articles, result.rejects, result.shards) == (7, 1, 3)
    scores, evidence, sentences = (pd.read_parquet(tmp_path / "out" / t) for t in batch.TABLES)
    assert list(scores["article"]) == list(range(7))
    for k, text in enumerate(p.read_text("utf-8") for p in SAMPLES[:7]):
        a = framing.analyse(text)
        mine = evidence[evidence["article"] == k]
        assert [tuple(r) for r in mine[["start", "end", "text", "rule"]].to_numpy()] == [
            (e.start, e.end, e.text, e.rule) for e in a.evidence
        ]
        spans = sentences[sentences["article"] == k]
        assert all(text[r.start : r.end] == r.text for r in spans.itertuples())
        assert int(spans["words_narration"].sum()) == scores.loc[k, "words_narration"] == a.scores["words_narration"]
        assert scores.loc[k, "loaded"] == pytest.approx(a.scores["loaded"], nan_ok=True)
    rejected = [json.loads(line) for line in (tmp_path / "out/rejects.jsonl").read_text().splitlines()]
    assert [(r["position"], r["excerpt"]) for r in rejected] == [("line 7", "{broken\n")]
    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    assert manifest["counts"]["evidence"] == len(evidence)
    assert manifest["inputs"][0]["size"] == corpus.stat().st_size


def test_spreadsheets_run_no_formula(tmp_path: Path) -> None:
    batch.run([_corpus(tmp_path / "c.jsonl", 4)], tmp_path / "out", format="csv")
    with (tmp_path / "out/scores/part-00000.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [r["outlet"] for r in rows] == ["Post", "Post", "Post", "'=1+1"]


def test_finished_changed_and_foreign_output(tmp_path: Path) -> None:
    corpus, out = _corpus(tmp_path / "c.jsonl", 3), tmp_path / "out"
    batch.run([corpus], out)
    before = _bytes(out)
    assert batch.run([corpus], out).finished
    with pytest.raises(OutputError, match=r"other settings \(format\).*--overwrite"):
        batch.run([corpus], out, format="csv")
    assert _bytes(out) == before
    _corpus(corpus, 4)
    with pytest.raises(OutputError, match="input files"):
        batch.run([corpus], out)
    assert batch.run([corpus], out, overwrite=True).articles == 4
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.doc").write_text("x")
    with pytest.raises(OutputError, match="not scores of ours"):
        batch.run([corpus], tmp_path / "mine", overwrite=True)
    assert _bytes(tmp_path / "mine") == {"letter.doc": b"x"}


def test_nothing_is_left_behind_where_nothing_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text("{\n{\n")
    with pytest.raises(InputError, match="1 more like it"):
        batch.run([tmp_path / "c.jsonl"], tmp_path / "out")
    with pytest.raises(UsageError):
        batch.run([tmp_path / "c.jsonl"], tmp_path / "out", format="xml")
    assert batch.run([tmp_path / "c.jsonl"], tmp_path / "out", dry_run=True).rejects == 2
    assert not (tmp_path / "out").exists()


def test_a_fault_in_one_article_costs_that_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = batch.analyse

    def faulty(article: framing.analysis.Article, **options: object) -> object:
        if article.id == "a1":
            raise RecursionError("deep")
        return real(article, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "analyse", faulty)
    result = batch.run([_corpus(tmp_path / "c.jsonl", 3)], tmp_path / "out")
    assert (result.articles, result.rejects) == (2, 1)
    assert "RecursionError" in (tmp_path / "out/rejects.jsonl").read_text()


def test_lone_surrogates_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text('{"text": "He \\ud83d said so.", "id": "\\udc00"}\n')
    for format in batch.FORMATS:
        assert batch.run([tmp_path / "c.jsonl"], tmp_path / format, format=format).articles == 1


def test_workers_and_kill_do_not_change_a_byte(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "c.jsonl", 40)
    batch.run([corpus], tmp_path / "one", shard=2)
    command = [sys.executable, "-m", "framing", "score", str(corpus), "--shard", "2", "--quiet", "-o"]
    two = [*command, str(tmp_path / "two"), "--workers", "2"]
    process = subprocess.Popen(two, stderr=subprocess.DEVNULL)
    marks = tmp_path / "two" / ".framing"
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until and len(list(marks.glob("0*.json"))) < 3:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "two/manifest.json").exists()
    assert len(list(marks.glob("0*.json"))) >= 3
    subprocess.run(two, check=True, timeout=120)
    assert _bytes(tmp_path / "two") == _bytes(tmp_path / "one")

"""Batch runs: nothing lost, same bytes however the work was split or stopped."""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import framing
from framing import batch
from framing.batch import work
from framing.errors import InputError, OutputError, UsageError
from framing.read import Options

SAMPLES = sorted((Path(framing.__file__).parent / "samples").glob("*/*.txt"))


def _corpus(path: Path, n: int = 24, bad: bool = True) -> Path:
    rows = []
    for k in range(n):
        text = SAMPLES[k % len(SAMPLES)].read_text("utf-8")
        rows.append(json.dumps({"id": f"a{k}", "outlet": "=1+1" if k == 3 else "Post", "text": text}))
        if bad and k % 10 == 5:
            rows.append("{broken")
    data = ("\n".join(rows) + "\n").encode()
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return path


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], tuple[Path, Path]]:
    """A corpus by name and size, and what a run that nothing disturbs makes of it: made once, not to be changed."""

    @cache
    def made(name: str, n: int) -> tuple[Path, Path]:
        folder = tmp_path_factory.mktemp("undisturbed")
        corpus = _corpus(folder / name, n)
        batch.run([corpus], folder / "out", shard=2)
        return corpus, folder / "out"

    return made


def _bytes(folder: Path) -> dict[str, bytes]:
    """Every file but the one that tells the time."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != "timing.json"
    }


def _seen(folder: Path) -> dict[str, bytes]:
    return {k: v for k, v in _bytes(folder).items() if not k.startswith(".framing")}


def _table(folder: Path, name: str) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return [row for p in sorted((folder / name).glob("*.parquet")) for row in pq.read_table(p).to_pylist()]


def _rejects(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "rejects.jsonl").read_text("utf-8").splitlines()]


def test_tables_agree_with_the_api(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "c.jsonl", 7)
    result = batch.run([corpus], tmp_path / "out", shard=2)
    assert (result.articles, result.rejects) == (7, 1)
    assert result.parts > 1
    scores, evidence, sentences = (_table(tmp_path / "out", t) for t in batch.TABLES)
    numbers = [r["article"] for r in scores]
    assert numbers == sorted(set(numbers))
    assert [r["id"] for r in scores] == [f"a{k}" for k in range(7)]
    for row, text in zip(scores, [p.read_text("utf-8") for p in SAMPLES[:7]]):
        a = framing.analyse(text)
        mine = [r for r in evidence if r["article"] == row["article"]]
        assert [(r["start"], r["end"], r["text"], r["rule"], r["voice"]) for r in mine] == [
            (e.start, e.end, e.text, e.rule, e.voice) for e in a.evidence
        ]
        spans = [r for r in sentences if r["article"] == row["article"]]
        assert all(text[r["start"] : r["end"]] == r["text"] for r in spans)
        assert {r["index"]: r["opinion"] for r in spans if r["opinion"] is not None} == a.opinion
        assert sum(r["words_narration"] for r in spans) == row["words_narration"] == a.scores["words_narration"]
        assert row["loaded"] == pytest.approx(a.scores["loaded"], nan_ok=True)
    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    assert manifest["counts"]["evidence"] == len(evidence)
    assert manifest["inputs"][0]["size"] == corpus.stat().st_size
    assert json.loads((tmp_path / "out/timing.json").read_text())["articles_per_second"] > 0


def test_rejects_can_be_found_in_the_input(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "c.jsonl", 30)
    batch.run([corpus], tmp_path / "whole")
    assert [(r["position"], r["excerpt"]) for r in _rejects(tmp_path / "whole")] == [
        (f"line {n}", "{broken\n") for n in (7, 18, 29)
    ]
    batch.run([corpus], tmp_path / "cut", shard=2)
    data = corpus.read_bytes()
    places = [r["position"] for r in _rejects(tmp_path / "cut")]
    assert all(p.startswith("byte ") for p in places)
    assert [data[int(p[5:]) :][:8] for p in places] == [b"{broken\n"] * 3


def test_formats_say_the_same(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "c.jsonl", 4)
    for format in batch.FORMATS:
        batch.run([corpus], tmp_path / format, format=format)
    for table in batch.TABLES:
        rows = _table(tmp_path / "parquet", table)
        lines = (tmp_path / f"jsonl/{table}/part-00000.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line) for line in lines] == [
            {k: v if v == v else None for k, v in row.items()} for row in rows
        ]
        with (tmp_path / f"csv/{table}/part-00000.csv").open(encoding="utf-8", newline="") as handle:
            cells = list(csv.DictReader(handle))
        assert [c["article"] for c in cells] == [str(r["article"]) for r in rows]
        if table == "scores":
            assert [float(c["share_direct"]) for c in cells] == [r["share_direct"] for r in rows]
            assert [c["outlet"] for c in cells] == ["Post", "Post", "Post", "'=1+1"]


def test_finished_changed_and_foreign_output(tmp_path: Path) -> None:
    corpus, out = _corpus(tmp_path / "c.jsonl", 3), tmp_path / "out"
    batch.run([corpus], out)
    before = _bytes(out)
    assert batch.run([corpus], out).finished
    with pytest.raises(OutputError, match=r"other settings \(format\).*--overwrite"):
        batch.run([corpus], out, format="csv")
    os.utime(corpus, (1, 1))
    assert batch.run([corpus], out).finished  # written again, but the same
    assert _seen(out) == {k: v for k, v in before.items() if not k.startswith(".framing")}
    corpus.write_bytes(corpus.read_bytes().replace(b"Post", b"Past", 1))
    with pytest.raises(OutputError, match="has changed"):
        batch.run([corpus], out)
    _corpus(corpus, 4)
    with pytest.raises(OutputError, match="input files"):
        batch.run([corpus], out)
    assert _seen(out) == {k: v for k, v in before.items() if not k.startswith(".framing")}
    assert batch.run([corpus], out, overwrite=True).articles == 4
    next((out / "scores").iterdir()).unlink()
    result = batch.run([corpus], out)
    assert (result.skipped, result.parts) == (0, 1)  # a part that is gone is made again
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.doc").write_text("x")
    with pytest.raises(OutputError, match="not scores of ours"):
        batch.run([corpus], tmp_path / "mine", overwrite=True)
    assert _bytes(tmp_path / "mine") == {"letter.doc": b"x"}


def test_a_writer_that_died_leaves_nothing(tmp_path: Path) -> None:
    """A worker of a cluster can be killed between its last byte and the renaming, while the others go on."""
    corpus = _corpus(tmp_path / "c.jsonl", 6)
    batch.run([corpus], tmp_path / "one", shard=2)
    left: list[Path] = []

    def dies(result: batch.Result) -> None:
        left.append(tmp_path / "out/sentences/.part-00000.parquet.0123456789ab.tmp")
        left[-1].write_bytes(b"whole, but not yet renamed")
        (tmp_path / "out/.manifest.json.0123456789ab.tmp").write_bytes(b"{")

    batch.run([corpus], tmp_path / "out", shard=2, progress=dies)
    assert left
    assert _bytes(tmp_path / "out") == _bytes(tmp_path / "one")


def test_stopped_before_the_plan_was_written(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "c.jsonl", 3)
    (tmp_path / "out/.framing/parts").mkdir(parents=True)
    (tmp_path / "out/scores").mkdir()
    (tmp_path / "out/.framing/.plan.json.0123456789ab.tmp").write_text("{")
    assert batch.run([corpus], tmp_path / "out").articles == 3
    assert not list((tmp_path / "out").rglob("*.tmp"))


def test_nothing_is_left_behind_where_nothing_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text("{\n{\n")
    with pytest.raises(InputError, match="1 more like it"):
        batch.run([tmp_path / "c.jsonl"], tmp_path / "out")
    for wrong in ({"format": "xml"}, {"workers": 0}, {"sample": 0.0}, {"sample": 1.5}, {"timeout": 0.0}):
        with pytest.raises(UsageError):
            batch.run([tmp_path / "c.jsonl"], tmp_path / "out", **wrong)  # type: ignore[arg-type]
    assert batch.run([tmp_path / "c.jsonl"], tmp_path / "out", dry_run=True).rejects == 2
    assert not (tmp_path / "out").exists()
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        batch.run([tmp_path / "c.jsonl"], tmp_path / "file")


def test_a_fault_in_one_article_costs_that_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = work.analyse

    def faulty(article: framing.Article, **options: Any) -> Any:
        if article.id == "a1":
            raise RecursionError("deep")
        while article.id == "a2":  # never ends
            sum(range(1000))
        return real(article, **options)

    monkeypatch.setattr(work, "analyse", faulty)
    result = batch.run([_corpus(tmp_path / "c.jsonl", 5)], tmp_path / "out", timeout=0.5)
    assert (result.articles, result.rejects) == (3, 2)
    assert [r["reason"][:33] for r in _rejects(tmp_path / "out")] == [
        "could not be scored: RecursionErr",
        "took longer than the 0.5 s of --t",
    ]
    assert [r["id"] for r in _table(tmp_path / "out", "scores")] == ["a0", "a3", "a4"]


def _forever() -> None:
    while True:
        sum(range(100))


def test_time_limit_leaves_nothing_behind() -> None:
    from framing.batch.limit import TooLong, limit

    for _ in range(20):
        with pytest.raises(TooLong), limit(0.02):
            _forever()
        with limit(5):
            pass
    with limit(0.05):
        time.sleep(0.3)  # a machine that is busy with other things costs nothing
    until = time.monotonic() + 0.3
    while time.monotonic() < until:
        sum(range(100))  # nothing is raised here


def test_time_limit_under_a_profiler() -> None:
    code = (
        "import cProfile, time\n"
        "from framing.batch.limit import TooLong, limit\n"
        "def busy(seconds):\n"
        "    until = time.process_time() + seconds\n"
        "    while time.process_time() < until: pass\n"
        "profile = cProfile.Profile()\n"
        "profile.enable()\n"
        "with limit(5): busy(0.01)\n"
        "try:\n"
        "    with limit(0.02): busy(60)\n"
        "except TooLong: pass\n"
        "busy(0.05)\n"
        "with limit(5): busy(0.01)\n"
        "profile.disable()\n"
        "print('done')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100, check=False)
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_limit_and_sample(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "c.jsonl", 30)
    assert batch.run([corpus], tmp_path / "five", limit=5).articles == 5
    assert [r["id"] for r in _table(tmp_path / "five", "scores")] == [f"a{k}" for k in range(5)]
    rows = [json.dumps({"id": str(k), "text": f"The mayor met {k} people on Monday."}) for k in range(400)]
    (tmp_path / "d.jsonl").write_text("\n".join(rows))
    (tmp_path / "e.jsonl").write_text("\n".join(reversed(rows)))
    ids = {}
    for name in ("d", "e"):
        batch.run([tmp_path / f"{name}.jsonl"], tmp_path / name, sample=0.25)
        ids[name] = [r["id"] for r in _table(tmp_path / name, "scores")]
    assert ids["d"] == ids["e"][::-1]
    assert 70 < len(ids["d"]) < 130


def test_duplicate_ids_are_told(tmp_path: Path) -> None:
    rows = [json.dumps({"id": f"a{k % 6}", "text": f"The mayor met {k} people."}) for k in range(8)]
    (tmp_path / "c.jsonl").write_text("\n".join(rows))
    result = batch.run([tmp_path / "c.jsonl"], tmp_path / "out")
    assert (result.articles, result.duplicates) == (8, 2)
    assert len({r["article"] for r in _table(tmp_path / "out", "scores")}) == 8


def test_lone_surrogates_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text('{"text": "He \\ud83d said so.", "id": "\\udc00"}\n')
    for format in batch.FORMATS:
        assert batch.run([tmp_path / "c.jsonl"], tmp_path / format, format=format).articles == 1


@pytest.mark.parametrize("name", ["c.jsonl", "c.jsonl.gz", "texts"])
def test_workers_do_not_change_a_byte(tmp_path: Path, name: str) -> None:
    corpus = tmp_path / name
    if name == "texts":
        corpus.mkdir()
        for k, sample in enumerate(SAMPLES):
            (corpus / f"{k:02d}.txt").write_bytes(sample.read_bytes())
        (corpus / "empty.txt").write_text(" ")
    else:
        _corpus(corpus, 18)
    one = batch.run([corpus], tmp_path / "one", shard=3)
    two = batch.run([corpus], tmp_path / "two", shard=3, workers=2)
    assert one.parts == two.parts > 3
    assert one.rejects == two.rejects > 0
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def _command(corpus: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "framing", "score", str(corpus), "--shard", "2", "--quiet", "-o", str(out), *more]


@pytest.mark.parametrize("name", ["c.jsonl", "c.jsonl.gz"])
def test_killed_again_and_again(
    tmp_path: Path, name: str, undisturbed: Callable[[str, int], tuple[Path, Path]]
) -> None:
    corpus, one = undisturbed(name, 40)
    out = tmp_path / "two"
    chance = random.Random(8)
    kills = 0
    for round in range(4):
        process = subprocess.Popen(_command(corpus, out, "--workers", "1" if round % 2 else "2"))
        marks = out / ".framing/parts"
        wanted = len(list(marks.glob("*.json"))) + chance.randint(2, 6)
        until = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < until and len(list(marks.glob("*.json"))) < wanted:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.03)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.wait()
        if (out / "manifest.json").exists():
            break
    subprocess.run(_command(corpus, out), check=True, timeout=120)
    assert kills >= 3
    assert _bytes(out) == _bytes(one)


def test_interrupted(tmp_path: Path, undisturbed: Callable[[str, int], tuple[Path, Path]]) -> None:
    corpus, one = undisturbed("c.jsonl", 40)
    out = tmp_path / "two"
    process = subprocess.Popen(_command(corpus, out, "--workers", "2"), stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while time.monotonic() < until and len(list((out / ".framing/parts").glob("*.json"))) < 2:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in told
    assert not (out / "manifest.json").exists()
    subprocess.run(_command(corpus, out), check=True, timeout=120)
    assert _bytes(out) == _bytes(one)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_disk_full(tmp_path: Path, workers: str, undisturbed: Callable[[str, int], tuple[Path, Path]]) -> None:
    corpus, one = undisturbed("c.jsonl", 12)
    out = tmp_path / "two"
    # No file may grow past 20 kB: some part cannot be written.
    done = subprocess.run(
        _command(corpus, out, "--workers", workers),
        capture_output=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr
    assert b"continues where it stopped" in done.stderr
    assert b"Traceback" not in done.stderr
    assert not list(out.rglob("*.tmp"))
    subprocess.run(_command(corpus, out), check=True, timeout=120)
    assert _bytes(out) == _bytes(one)


def test_standard_input(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "c.jsonl", 5)
    command = [sys.executable, "-m", "framing", "score", "-", "-q", "-o", str(tmp_path / "out")]
    for _ in range(2):
        with corpus.open("rb") as handle:
            subprocess.run(command, stdin=handle, check=True, timeout=60)
    assert len(_table(tmp_path / "out", "scores")) == 5
    other = subprocess.run(command, input=b'{"text": "Another text."}\n', capture_output=True, timeout=60)
    assert other.returncode == 2
    assert b"has changed" in other.stderr
    subprocess.run([*command[:-1], str(tmp_path / "t")], input=b"Only words. He said so.", check=True, timeout=60)
    assert [r["text"] for r in _table(tmp_path / "t", "sentences")] == ["Only words.", "He said so."]


def test_urls(tmp_path: Path, undisturbed: Callable[[str, int], tuple[Path, Path]]) -> None:
    fsspec = pytest.importorskip("fsspec", reason="needs the extra 'cluster'")
    corpus, here = undisturbed("c.jsonl", 12)
    memory = fsspec.filesystem("memory")
    memory.pipe_file("/news/c.jsonl", corpus.read_bytes())
    memory.pipe_file("/news/notes.md", b"")
    memory.pipe_file("/news/one.txt", SAMPLES[0].read_bytes())
    try:
        first = batch.run(["memory://news"], "memory://out", shard=2)
        assert (first.articles, first.rejects) == (13, 2)
        assert first.parts > 3
        assert len(memory.ls("/out/scores")) == first.parts
        assert batch.run(["memory://news"], "memory://out", shard=2).finished
        names = sorted(p for p in memory.find("/out") if "timing" not in p)
        before = {p: memory.cat_file(p) for p in names}
        memory.rm(next(p for p in names if "/scores/" in p))
        memory.pipe_file("/out/scores/part-00009.parquet.0123456789ab.tmp", b"of a writer that died")
        again = batch.run(["memory://news"], "memory://out", shard=2)
        assert again.parts - again.skipped == 1
        assert {p: memory.cat_file(p) for p in memory.find("/out") if "timing" not in p} == before
        with pytest.raises(InputError, match="no articles"):
            batch.run(["memory://nowhere/*.txt"], "memory://out")
        with pytest.raises(InputError, match="nosuch"):
            batch.run(["nosuch://x"], "memory://out")
    finally:
        memory.rm("/", recursive=True)
    batch.run([f"file://{corpus}"], f"file://{tmp_path / 'there'}", shard=2)
    assert _bytes(tmp_path / "there") == _bytes(here)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    text = "\n\n".join(p.read_text("utf-8") for p in SAMPLES)
    peaks = {}
    for n in (5, 50):
        with (tmp_path / f"{n}.jsonl").open("w") as handle:
            for k in range(n):
                handle.write(json.dumps({"id": k, "text": text[k % 50 :]}) + "\n")
        code = (
            "from framing import batch;"
            f"batch.run([{str(tmp_path / f'{n}.jsonl')!r}], {str(tmp_path / str(n))!r}, shard=10_000);"
            "print(next(int(l.split()[1]) for l in open('/proc/self/status') if l.startswith('VmHWM')))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=300)
        peaks[n] = int(done.stdout) // 1024
    assert peaks[50] < 400
    assert peaks[50] < peaks[5] + 60


def test_options_reach_the_readers(tmp_path: Path) -> None:
    (tmp_path / "news/Post/2024-02-01").mkdir(parents=True)
    (tmp_path / "news/Post/2024-02-01/17.txt").write_text("The mayor met people. He said so.")
    (tmp_path / "news/long.txt").write_text("word " * 400)
    (tmp_path / "about.csv").write_text("file,outlet,title\nnews/long.txt,Wire,A Long One\n")
    options = Options(path_pattern="{outlet}/{date}/{id}.txt", manifest=str(tmp_path / "about.csv"), max_length=1500)
    result = batch.run([tmp_path / "news"], tmp_path / "out", options=options)
    (row,) = _table(tmp_path / "out", "scores")
    assert (row["outlet"], row["published"], row["id"]) == ("Post", "2024-02-01", "17")
    assert result.rejects == 1
    assert "--max-length" in _rejects(tmp_path / "out")[0]["reason"]
    batch.run([tmp_path / "news/long.txt"], tmp_path / "b", options=Options(manifest=str(tmp_path / "about.csv")))
    (row,) = _table(tmp_path / "b", "scores")
    assert (row["outlet"], row["title"]) == ("Wire", "A Long One")

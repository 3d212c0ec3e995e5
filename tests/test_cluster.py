"""A real scheduler and two worker processes: the same bytes as at home, also when one of them dies."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_batch import _bytes, _corpus

from framing import batch
from framing.batch import pool
from framing.errors import FramingError, UsageError

pytest.importorskip("distributed", reason="needs the extra 'cluster'")


class Cluster:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        where = folder / "scheduler.json"
        self._start("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(where))
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                self.address: str = json.loads(where.read_text())["address"]
                break
            except (OSError, ValueError, KeyError):
                time.sleep(0.1)
        else:
            raise AssertionError("no scheduler")
        self.workers = [
            self._start(
                "distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny",
                "--name", f"w{k}", "--local-directory", str(folder), "--death-timeout", "60",
            )
            for k in range(2)
        ]  # fmt: skip

    def _start(self, module: str, *args: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"log{len(self.processes)}").open("wb")
        process = subprocess.Popen([sys.executable, "-m", module, *args], stdout=log, stderr=log, cwd=self.folder)
        log.close()
        self.processes.append(process)
        return process

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.kill()
        for process in self.processes:
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One cluster for all tests: that in which a worker is killed comes last."""
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    yield found
    found.stop()


@pytest.mark.filterwarnings("ignore")
def test_only_paths_and_counts_pass_through_the_client(tmp_path: Path, cluster: Cluster) -> None:
    import distributed

    corpus = _corpus(tmp_path / "c.jsonl", 12)
    sent: list[int] = []
    real = distributed.Client.submit

    def submit(self: object, function: object, *args: object, **options: object) -> object:
        import pickle

        sent.append(len(pickle.dumps(args)))
        return real(self, function, *args, **options)  # type: ignore[arg-type]

    distributed.Client.submit = submit
    try:
        batch.run([corpus], tmp_path / "out", shard=2, scheduler=cluster.address)
    finally:
        distributed.Client.submit = real
    assert len(sent) > 3
    assert max(sent) < 3000 < corpus.stat().st_size / len(sent) * 2


@pytest.mark.filterwarnings("ignore")
def test_what_cannot_be_done_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_PATIENCE", "1s")
    corpus = _corpus(tmp_path / "c.jsonl", 2)
    with pytest.raises(FramingError, match=re.escape("tcp://127.0.0.1:9: no Dask scheduler")):
        batch.run([corpus], tmp_path / "out", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(UsageError, match="standard input"):
        batch.run(["-"], tmp_path / "out", scheduler="tcp://127.0.0.1:9")


@pytest.mark.filterwarnings("ignore")
def test_a_worker_dies_half_way(tmp_path: Path, cluster: Cluster) -> None:
    corpus = tmp_path / "news"
    corpus.mkdir()
    _corpus(corpus / "a.jsonl", 30)
    _corpus(corpus / "b.jsonl.gz", 10)
    home = batch.run([corpus], tmp_path / "home", shard=2)
    parts = tmp_path / "away/.framing/parts"
    killed = threading.Event()

    def kill() -> None:
        until = time.monotonic() + 120
        while time.monotonic() < until and len(list(parts.glob("*.json"))) < home.parts // 3:
            time.sleep(0.005)
        cluster.workers[0].send_signal(signal.SIGKILL)
        killed.set()

    killer = threading.Thread(target=kill)
    killer.start()
    away = batch.run([corpus], tmp_path / "away", shard=2, scheduler=cluster.address)
    killer.join()
    assert killed.is_set()
    assert cluster.workers[0].wait(10) == -signal.SIGKILL
    assert (away.articles, away.rejects, away.parts) == (home.articles, home.rejects, home.parts)
    assert _bytes(tmp_path / "home") == _bytes(tmp_path / "away")
    assert batch.run([corpus], tmp_path / "away", shard=2, scheduler=cluster.address).finished

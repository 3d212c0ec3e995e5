"""Speed of full scoring and of its parts, beside peers, in one run on the same articles.

``python tests/bench/speed.py [ARTICLES.jsonl[.gz]] [--articles N] [--base N]``. Without a file the bundled samples are
repeated. Words are what stands between spaces. Times are CPU seconds of one process, the least of several rounds in
which everything takes its turn; where wall time counts (start, two workers) it is said.

- *full scoring*: title and text -> sentences, voices, every device, classifiers, scores, and the rows of the three
  tables as ``framing score`` writes them; *written* adds the Parquet files.
- *floor*: what no analyser of this kind can do without: JSON, tokens, sentences, one pass of the word lists.
- peers: VADER on each sentence, splitting counted: as we split, and as its users do, by NLTK's Punkt (untrained, for
  the trained parameters need a download; they change the cuts, hardly the time); TextBlob's sentiment of a text, NLTK's
  tokeniser on a text as one line.
- cost against the size of the input: ``framing.batch.run`` in a fresh process on 1, 10 and 100 times the same articles.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import framing
from framing.analysis import analyse
from framing.article import Article
from framing.batch.tables import TABLES, Rows, Writer
from framing.lexicon import load
from framing.segment import sentences
from framing.tokens import tokenise
from framing.voice import read as voices

Row = dict[str, Any]


def rows(path: Path | None, limit: int) -> list[Row]:
    if path is None:
        folder = Path(framing.__file__).parent / "samples"
        own = [{"text": p.read_text("utf-8"), "title": None} for p in sorted(folder.glob("*/*.txt"))]
        return list(islice(cycle(own), limit))
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:  # type: ignore[operator]
        return [json.loads(line) for line in islice(lines, limit)]


def work(found: list[Row]) -> dict[str, Callable[[], object]]:
    """What is measured: name -> one round over all articles."""
    lexicon = load()
    articles = [Article(text=r["text"], title=r.get("title"), outlet=r.get("source")) for r in found]
    texts = [r["text"] for r in found]
    lines = [json.dumps(r) for r in found]

    def full(write: bool = False) -> None:
        held = Rows()
        for k, a in enumerate(articles):
            held.add(analyse(a, lexicon=lexicon), k)
        if write:
            folder = tempfile.mkdtemp()
            with Writer([Path(folder, t) for t in TABLES], "parquet") as writer:
                writer.write(held)
            shutil.rmtree(folder)

    def floor() -> None:
        for line in lines:
            article = Article(text=json.loads(line)["text"])
            tokens = tokenise(article.text)
            lexicon.scan(tokens, sentences(article, tokens))

    out: dict[str, Callable[[], object]] = {
        "full scoring": full,
        "full scoring, written": lambda: full(write=True),
        "  voices (with tokens, sentences)": lambda: [voices(a, lexicon) for a in articles],
        "  tokens": lambda: [tokenise(t) for t in texts],
        "floor": floor,
    }
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        vader = SentimentIntensityAnalyzer()
        out["VADER, our sentences"] = lambda: [
            [vader.polarity_scores(a.text[s.start : s.end]) for s in sentences(a, tokenise(a.text))] for a in articles
        ]
        from nltk.tokenize.punkt import PunktSentenceTokenizer

        punkt = PunktSentenceTokenizer()
        out["VADER, sentences by NLTK's Punkt"] = lambda: [
            [vader.polarity_scores(s) for s in punkt.tokenize(t)] for t in texts
        ]
    except ImportError:
        print("VADER or NLTK is not installed (make bench installs them)")
    try:
        from textblob import TextBlob

        out["TextBlob sentiment"] = lambda: [TextBlob(t).sentiment for t in texts]
    except ImportError:
        print("TextBlob is not installed (make bench installs it)")
    try:
        from nltk.tokenize import word_tokenize

        out["NLTK word_tokenize"] = lambda: [word_tokenize(t, preserve_line=True) for t in texts]
    except ImportError:
        print("NLTK is not installed")
    return out


def speeds(found: list[Row], rounds: int) -> None:
    words = sum(len(r["text"].split()) for r in found)
    parts = work(found)
    taken: dict[str, list[float]] = {name: [] for name in parts}
    for few in work(found[:3]).values():
        few()
    for _ in range(rounds):
        for name, run in parts.items():
            start = time.process_time()
            run()
            taken[name].append(time.process_time() - start)
    least = {name: min(t) for name, t in taken.items()}
    own = least["full scoring"]
    print(f"\n{len(found)} articles, {words:,} words, {rounds} rounds, one process")
    print(f"{'':<36}{'words/s':>12}{'full scoring is':>20}")
    for name, seconds in least.items():
        print(f"{name:<36}{words / seconds:>12,.0f}{seconds / own:>15.2f} x it")
    print(
        f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB (peers loaded)"
    )


def starts(found: list[Row]) -> None:
    """Wall time of a fresh process, the least of five."""
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder, "one.txt")
        one.write_text(found[0]["text"], "utf-8")
        command = [str(Path(sys.executable).parent / "framing")]
        for name, args in (
            ("framing --version", ["--version"]),
            ("framing score, one article", ["score", str(one), "-q", "-o", str(Path(folder, "out")), "--overwrite"]),
        ):
            taken = []
            for _ in range(5):
                start = time.perf_counter()
                subprocess.run(command + args, check=True, stdout=subprocess.DEVNULL)
                taken.append(time.perf_counter() - start)
            print(f"start of {name:<30}{min(taken):>8.2f} s")


_BATCH = """
import json, os, resource, sys, time
from framing import batch
start = time.perf_counter()
result = batch.run([sys.argv[1]], sys.argv[2], workers=int(sys.argv[3]))
wall = time.perf_counter() - start
both = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
try:  # what getrusage says includes the memory of the process that started this one
    kb = next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("VmHWM"))
except OSError:
    kb = both[0].ru_maxrss
print(json.dumps({"wall": wall, "cpu": sum(b.ru_utime + b.ru_stime for b in both), "words": result.words,
                  "mb": kb // 1024}))
"""


def batch(path: Path, workers: int) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        args = [sys.executable, "-c", _BATCH, str(path), str(Path(folder, "out")), str(workers)]
        done = subprocess.run(args, check=True, stdout=subprocess.PIPE)
    found: Row = json.loads(done.stdout)
    return found


def sizes(found: list[Row], base: int) -> None:
    print(f"\nframing.batch.run on JSON lines, {base} articles and 10 and 100 times as many, one worker")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "in.jsonl")
        before = None
        for times in (1, 10, 100):
            with path.open("w") as handle:
                for k, row in enumerate(islice(cycle(found), base * times)):
                    handle.write(json.dumps({"id": k, "text": row["text"], "title": row.get("title")}) + "\n")
            got = batch(path, 1)
            note = ""
            if before is not None:
                # start-up falls out of the difference of two sizes
                note = (
                    f"{(got['words'] - before['words']) / (got['cpu'] - before['cpu']):>10,.0f} words per added CPU s"
                )
            print(f"{base * times:>8,} articles {got['words']:>12,} words", end="")
            print(f"{got['cpu']:>8.1f} CPU s {got['mb']:>5} MB {note}")
            before = got
        with path.open("w") as handle:
            for k, row in enumerate(islice(cycle(found), base * 40)):
                handle.write(json.dumps({"id": k, "text": row["text"]}) + "\n")
        one, two = (min((batch(path, n) for _ in range(3)), key=lambda g: g["wall"]) for n in (1, 2))
        faster, dearer = one["wall"] / two["wall"], two["cpu"] / one["cpu"]
        print(f"two workers: {faster:.2f} x one by the clock, {dearer:.2f} x its CPU time")
        print(f"({base * 40:,} articles, the best of three; load of the machine {os.getloadavg()[0]:.1f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=200, help="articles of the comparison with the peers")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--base", type=int, default=40, help="articles of the smallest batch; 0: no batches")
    args = parser.parse_args()
    found = rows(args.file, max(args.articles, args.base))
    speeds(found[: args.articles], args.rounds)
    starts(found)
    if args.base:
        sizes(found, args.base)


if __name__ == "__main__":
    main()

"""Fuzz targets: whatever the bytes, our own errors at most.

    python tests/fuzz.py TARGET [-max_total_time=600 …]      # needs atheris; options are libFuzzer's

Coverage-guided when run as a script. The tests (``test_fuzz.py``) run each target over its seeds, over quick
mutations of them, and over every finding kept in ``tests/findings/TARGET/``.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

FINDINGS = Path(__file__).parent / "findings"
TEXT = (
    "Rulers Meet Again\n\nLONDON, Feb 1 (Agency) – “We agree,” said Premier Ann O’Neill, who claimed that the regime’s "
    "so-called “plan” may have failed.\n\nCritics say it is deeply shameful. What next? According to Mr. Dunn, "
    "“nobody knows.\n\n“It is over,” he said. The vote shows that they caved in…\n"
)
ROW = {"text": TEXT, "title": "Rulers meet", "outlet": "Lantern", "date": "2024-02-01", "id": "x/1", "event": None}


@lru_cache(maxsize=1)
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="framing-fuzz-"))


def analyse(data: bytes) -> None:
    import sample_articles

    import framing

    text = data[:4000].decode("utf-8", "surrogateescape" if data[:1] == b"\xed" else "replace")
    sample_articles.check(framing.analyse(text), rates=False)


def _read(ending: str, data: bytes) -> None:
    """Nothing but articles and rejects comes out, and what comes out can be named and counted."""
    from framing.article import Article
    from framing.read import Options, Source, records

    path = _folder() / f"input{ending}"
    path.write_bytes(data)
    for n, item in enumerate(records(Source(path, "input"), Options())):
        if isinstance(item, Article):
            assert isinstance(item.text, str)
            assert item.text.strip()
            assert all(x is None or isinstance(x, str) for x in (item.outlet, item.title, item.id, item.published))
        else:
            assert item.reason
            assert len(item.reason) < 2000
            assert len(item.excerpt) <= 200
        if n > 500:
            break


def _ours(kind: type[Exception], says: str, call: Callable[[], Any]) -> Any:
    """What ``call`` returns, or None where it raises the error it documents, naming the file."""
    try:
        return call()
    except kind as error:
        if says not in str(error) or len(str(error)) > 2000:
            raise AssertionError(f"a poor message: {str(error)[:500]}") from error
        return None


def lexicon(data: bytes) -> None:
    from framing.errors import LexiconError
    from framing.lexicon import _load, check

    place = _folder() / "lists"
    place.mkdir(exist_ok=True)
    (place / "loaded.tsv").write_bytes(data[:3000])
    assert all(len(p.message) < 2000 for p in check(place))
    _ours(LexiconError, "loaded.tsv", lambda: _load.__wrapped__((place,), True))


def model(data: bytes) -> None:
    from framing.classify import load
    from framing.errors import ModelError

    path = _folder() / "model.npz"
    path.write_bytes(data)
    loaded = _ours(ModelError, "model.npz", lambda: load(path))
    assert loaded is None or 0 <= loaded.predict_proba(["The regime fell."])[0] <= 1


def training(data: bytes) -> None:
    from framing.classify.examples import read_examples
    from framing.errors import InputError

    path = _folder() / "labels.jsonl"
    path.write_bytes(data)
    _ours(InputError, "labels.jsonl", lambda: read_examples(path))


def _target(ending: str) -> Callable[[bytes], None]:
    return lambda data: _read(ending, data)


@lru_cache(maxsize=1)
def targets() -> dict[str, Callable[[bytes], None]]:
    """Every target by name; each reader on disk has one of its own, packed formats too."""
    from framing.read import readers

    found = {"analyse": analyse, "lexicon": lexicon, "model": model, "training": training}
    plain = sorted(e for e in readers() if not e.endswith((".gz", ".zst")))
    for ending in (*plain, ".txt.gz", ".jsonl.gz", ".csv.zst"):
        found[f"read{ending}"] = _target(ending)
    return found


@lru_cache(maxsize=1)
def _seeds() -> dict[str, list[bytes]]:
    from framing.classify import Classifier, save

    small = Classifier("x", {"shameful": 1.0, "met": -1.0}, {"ham": 0.5}, intercept=0.1)
    save(small, _folder() / "seed.npz")
    jsonl = (json.dumps(ROW) + "\n" + json.dumps({"text": "Short."}) + "\n").encode()
    csv = b'id,title,text,outlet\n1,"A, b","He said ""no"" today.",X\n2,,Next.,Y\n'
    lists = (
        b"entry\tpos\tkind\tvalence\tgrade\tguard\tfire\tquiet\tnote\n"
        b"thug\tn\tlabel\t-\tA\t\tThe [thugs] came.\t\tours\n"
        b"cook up\tv\tverb\t-\tA\tnext!@det|meals sent!chef\tThey [cooked up] lies.\tHe cooked up meals.\t\n"
    )
    out = {
        "analyse": [TEXT.encode(), b"\xed\xa0\x80 said"],
        "lexicon": [lists],
        "model": [(_folder() / "seed.npz").read_bytes()],
        "training": [b'{"text": "A shameful vote.", "label": 1}\n{"text": "A vote.", "label": 0}\n'],
        "read.csv": [csv],
        "read.tsv": [csv.replace(b",", b"\t")],
        "read.jsonl": [jsonl],
        "read.ndjson": [jsonl],
        "read.txt.gz": [gzip.compress(TEXT.encode(), mtime=0)],
        "read.jsonl.gz": [gzip.compress(jsonl, mtime=0)],
    }
    html = f"<html><head><title>Rulers meet</title></head><body><article><p>{TEXT}</p></article></body></html>"
    out["read.html"] = out["read.htm"] = [html.encode()]
    try:
        import zstandard

        out["read.csv.zst"] = [zstandard.compress(csv)]
    except ImportError:
        pass
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT, "b"], "title": ["x", None]}), table)
    out["read.parquet"] = [table.getvalue()]
    return out


def seeds(name: str) -> list[bytes]:
    """Well-formed inputs of a target, from which mutation starts, and every finding kept."""
    kept = sorted((FINDINGS / name).glob("*")) if (FINDINGS / name).is_dir() else []
    return [*_seeds().get(name, [TEXT.encode(), TEXT.encode("utf-16")]), *(p.read_bytes() for p in kept)]


TOKENS = [
    t.encode("utf-8")
    for t in (
        "“ ” ‘ ’ \" ' '' `` « ( ) [ ] — … . , : ; ? ! \n \n\n \r \r\n \t \x00 \u2028 \u200b \u202e \ufeff \u0301 ſ İ ﬁ "
        "👩‍👧 said that according to he , said Mr. U.S. the regime 1,000 @start @det != | * = { } [[[[ \\ud800 \\u0000 "
        "null 1e999 -1 NaN "
        '""" ,,, <script> <!-- ]]> &#0; &lt;'
    ).split(" ")
]


def mutations(data: bytes, n: int, seed: int = 0) -> Iterator[bytes]:
    """``n`` variants: bytes flipped, cut, doubled, tokens put in."""
    rng = random.Random(seed)
    for _ in range(n):
        out = bytearray(data)
        for _ in range(rng.choice((1, 1, 2, 4, 8))):
            at = rng.randrange(len(out) + 1)
            what = rng.randrange(5)
            if what == 0 and out:
                out[min(at, len(out) - 1)] = rng.randrange(256)
            elif what == 1:
                del out[at : at + rng.choice((1, 1, 4, 60))]
            elif what == 2:
                out[at:at] = rng.choice(TOKENS) * rng.choice((1, 1, 1, 30))
            elif what == 3:
                out[at:at] = out[rng.randrange(len(out) + 1) :][: rng.choice((1, 8, 80))]
            else:
                del out[at:]
        yield bytes(out)


def main() -> None:
    import atheris

    with atheris.instrument_imports(include=["framing"]):
        import framing.batch
        import framing.classify.examples  # noqa: F401

        known = targets()
    if len(sys.argv) < 2 or sys.argv[1] not in known:
        print(f"{__doc__}\ntargets: {' '.join(known)}", file=sys.stderr)
        raise SystemExit(2)
    name = sys.argv.pop(1)
    corpus = Path(f".fuzz/{name}")
    corpus.mkdir(parents=True, exist_ok=True)
    for k, seed in enumerate(seeds(name)):
        (corpus / f"seed-{k}").write_bytes(seed)
    known[name](seeds(name)[0])  # word lists and models are loaded before the clock of the first input runs
    (_folder() / "words").write_text(
        "".join('"' + "".join(f"\\x{b:02x}" for b in t) + '"\n' for t in TOKENS if t), "utf-8"
    )
    options = [f"-dict={_folder() / 'words'}", "-timeout=20", "-rss_limit_mb=4000", f"-artifact_prefix=.fuzz/{name}-"]
    atheris.Setup([sys.argv[0], str(corpus), *options, *sys.argv[1:]], known[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""Parquet, HTML, WARC, packed files, and everything bad that an input can be."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import time
from datetime import date
from pathlib import Path

import pytest

from framing import batch
from framing.article import Article
from framing.errors import InputError, UsageError
from framing.read import Options, Reject, Source, files, jsonl, parts, read, records

BODY = "The council met on Monday. It “approved” the plan, the mayor said. Work on the old bridge begins next week."
PAGE = f"""<html><head><title>Council Backs Plan</title><meta property="og:site_name" content="The Lantern">
<meta property="article:published_time" content="2024-02-01"></head><body><nav>Home Sport</nav><article>
<h1>Council Backs Plan</h1>{"".join(f"<p>{BODY} Part {k}.</p>" for k in range(8))}</article></body></html>"""


def _read(path: Path, **options: object) -> tuple[list[Article], list[Reject]]:
    rejects: list[Reject] = []
    return list(read(path, rejects=rejects.append, **options)), rejects


# ------------------------------------------------------------------------------------------------ Parquet


def _parquet(path: Path, columns: dict[str, list[object]], rows: int = 3) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table(columns), path, row_group_size=rows)
    return path


def test_parquet(tmp_path: Path) -> None:
    texts = [f"{BODY} {k}" for k in range(10)]
    texts[4] = None  # type: ignore[call-overload]
    days = [date(2024, 2, 1)] * 10
    path = _parquet(
        tmp_path / "a.parquet", {"body": texts, "outlet": ["Post"] * 10, "date": days, "n": list(range(10))}
    )
    found, rejects = _read(path)
    assert [a.text for a in found] == [t for t in texts if t]
    assert {(a.outlet, a.published) for a in found} == {("Post", "2024-02-01")}
    assert found[-1].id == "a-10"
    assert [(r.position, r.reason) for r in rejects] == [("row 5", "no 'body'")]
    (source,) = files(path)
    cut = parts(source, Options(), 1)
    assert [(p.start, p.stop) for p in cut] == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert [r for p in cut for r in records(p, Options())] == list(records(source, Options()))


def test_parquet_with_other_columns(tmp_path: Path) -> None:
    path = _parquet(tmp_path / "a.parquet", {"words": ["x"], "n": [1]})
    assert "no text column among words, n; name it with --text-column" in _read(path)[1][0].reason
    assert _read(path, text_column="words")[0][0].text == "x"
    assert "column 'n' is int64, not text" in _read(path, text_column="n")[1][0].reason
    path.write_bytes(path.read_bytes()[:-10])
    assert "not Parquet or is damaged" in _read(path)[1][0].reason
    whole = _parquet(tmp_path / "b.parquet", {"text": [os.urandom(500).hex() for _ in range(40)]}, 10)
    data = bytearray(whole.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 12_000] = b"\xff" * 12_000
    whole.write_bytes(data)
    found, rejects = _read(whole)
    assert len(found) < 40
    assert rejects
    assert all("cannot be read" in r.reason or "not UTF-8" in r.reason for r in rejects)


# --------------------------------------------------------------------------------------------- HTML, WARC


def test_html(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="needs the extra 'html'")
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "c.html").write_text("<html><body></body></html>")
    (tmp_path / "d.html").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "e.htm").write_text("")
    found, rejects = _read(tmp_path)
    assert [(a.outlet, a.title, a.published, a.id) for a in found] == [
        ("The Lantern", "Council Backs Plan", "2024-02-01", n) for n in ("a", "b.html")
    ]
    assert all(a.text.count("approved") == 8 and "Home Sport" not in a.text for a in found)
    assert [Path(r.source).name for r in rejects] == ["c.html", "d.html", "e.htm"]


def _warc(path: Path, pages: list[tuple[str, bytes, str]]) -> Path:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as handle:
        writer = WARCWriter(handle, gzip=path.suffix == ".gz")
        for url, body, kind in pages:
            head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.0")
            stamp = {"WARC-Date": "2024-02-03T00:00:00Z"}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=stamp
                )
            )
    return path


@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)  # the writer's
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_warc(tmp_path: Path, name: str) -> None:
    pytest.importorskip("trafilatura", reason="needs the extra 'html'")
    pytest.importorskip("warcio", reason="needs the extra 'warc'")
    pages = [
        ("https://www.lantern.example/1", PAGE.encode(), "text/html; charset=utf-8"),
        ("https://www.lantern.example/logo.png", b"\x89PNG", "image/png"),
        ("https://wire.example/2", b"<html><body></body></html>", "text/html"),
        ("https://wire.example/3", PAGE.replace("The Lantern", "").encode(), "text/html"),
    ]
    path = _warc(tmp_path / name, pages)
    found, rejects = _read(path)
    assert [(a.id, a.outlet, a.title) for a in found] == [
        ("https://www.lantern.example/1", "The Lantern", "Council Backs Plan"),
        ("https://wire.example/3", found[1].outlet, "Council Backs Plan"),
    ]
    assert [r.position for r in rejects] == ["record 3"]
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - 300])
    again, rejects = _read(path)
    assert len(again) >= 1
    assert rejects


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "a.warc").write_text("WARC/1.0")
    (tmp_path / "a.jsonl.zst").write_bytes(b"x")
    for module in ("trafilatura", "warcio", "warcio.archiveiterator", "zstandard", "fsspec", "fsspec.core"):
        monkeypatch.setitem(sys.modules, module, None)
    told = [r.reason for r in _read(tmp_path)[1]]
    assert [t.split("'")[1] for t in told] == ["framing[html]", "framing[zstd]", "framing[warc]"]
    with pytest.raises(InputError, match=r"framing\[cluster\]"):
        files("s3://bucket/news")


# --------------------------------------------------------------------------------------------- about files


def test_manifest_and_path_pattern(tmp_path: Path) -> None:
    for name in ("Post/2024-02-01/a.txt", "Wire/1 March 2024/b.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("PARIS (Agency) – Words about it.")
    (tmp_path / "about.tsv").write_text(
        'path\tpublisher\theadline\nc.txt\tGazette\t"A, B"\nPost/2024-02-01/a.txt\tX\t\n'
    )
    found, _ = _read(tmp_path, path_pattern="{outlet}/{date}/{id}.txt")
    assert [(a.outlet, a.published, a.id) for a in found if a.id != "c"] == [
        ("Post", "2024-02-01", "a"),
        ("Wire", "2024-03-01", "b"),
    ]
    found, _ = _read(tmp_path, manifest=str(tmp_path / "about.tsv"), path_pattern="{outlet}/{*}/{id}")
    assert {a.id: (a.outlet, a.title) for a in found if a.id != "about"} == {
        "a": ("X", None),
        "b": ("Wire", None),
        "c": ("Gazette", "A, B"),
    }
    (tmp_path / "d.jsonl").write_text('{"text": "One.", "outlet": "Own"}\n{"text": "Two."}')
    found, _ = _read(tmp_path / "d.jsonl", path_pattern=f"{tmp_path.name}/{{outlet}}.jsonl")
    assert [a.outlet for a in found] == ["Own", "d"]
    for wrong in ("x", "{nope}", "{id}/{id}"):
        with pytest.raises(UsageError, match="path pattern"):
            list(read(tmp_path / "c.txt", path_pattern=wrong))
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    for path in ("bad.csv", "nope.csv"):
        assert "manifest" in _read(tmp_path / "c.txt", manifest=str(tmp_path / path))[1][0].reason


def test_read_as_another_format(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text('{"text": "Words."}\n')
    assert _read(tmp_path / "a.log", as_format="jsonl")[0][0].text == "Words."
    with pytest.raises(UsageError, match="format 'xml' is unknown"):
        list(read(tmp_path / "a.log", as_format="xml"))


# ------------------------------------------------------------------------------------------------- cutting


def test_a_file_cut_anywhere_gives_the_same_records(tmp_path: Path) -> None:
    lines = [json.dumps({"id": k, "text": "é" * (k % 7) + "x" * (k * k % 90)}) for k in range(40)]
    lines[5:5] = ["", "{broken", "\r", "[1]"]
    for end in ("", "\n"):
        path = tmp_path / "a.jsonl"
        path.write_bytes(("\n".join(lines) + end).encode())
        (source,) = files(path)
        whole = [a.id if isinstance(a, Article) else a.reason for a in jsonl.articles(source, Options())]
        size = path.stat().st_size
        for n in (1, 7, 64, 333, size - 1, size, 10 * size):
            cut = parts(source, Options(), n)
            assert sum((p.stop or size) - p.start for p in cut) == size
            got = [a.id if isinstance(a, Article) else a.reason for p in cut for a in jsonl.articles(p, Options())]
            assert got == whole


# --------------------------------------------------------------------------------------------- bad input


def test_everything_bad_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news = tmp_path / "news"
    news.mkdir()
    good = json.dumps({"text": BODY, "id": "good"})
    (news / "a.jsonl").write_bytes(
        b"\n".join(
            [
                b"{broken", b"3", b"null", b'{"text": 3}', b'{"text": null}', b'{"text": ["a"]}',
                b'{"title": "no text"}', b'{"text": " "}', b'{"text": "caf\xe9"}', b"\xff\xfe{", b'{"text": NaN}',
                good.encode(), b'{"text": "Same id.", "id": "good"}', "{\"text\": \"Été.\"}".encode(), b"[",
            ]
        )
    )  # fmt: skip
    packed = gzip.compress((good + "\n").encode() * 3000)
    (news / "b.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    (news / "c.txt").write_bytes("“It’s over,” he said – now.".encode("cp1252"))
    (news / "d.txt").write_bytes(os.urandom(3000))
    (news / "e.csv").write_text('id,text\n1,"never closed\n2,x\n')
    (news / "f.csv").write_text("")
    (news / "g.jsonl").write_text("")
    (news / "h.txt.gz").write_bytes(b"not gzip")
    _parquet(news / "i.parquet", {"other": ["x"], "number": [1]})  # type: ignore[dict-item]
    os.mkfifo(news / "pipe.txt")
    (news / "loop").symlink_to(news)
    (news / "gone.txt").symlink_to(tmp_path / "nowhere")
    monkeypatch.chdir(news)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as there:
        there.bind("sock.txt")
        result = batch.run([news], tmp_path / "out", workers=2)
    rejects = [json.loads(line) for line in (tmp_path / "out/rejects.jsonl").read_text("utf-8").splitlines()]
    assert result.rejects == len(rejects)
    assert all(r["reason"] and r["position"] and len(r["excerpt"]) <= 200 for r in rejects)
    by_file: dict[str, list[str]] = {}
    for r in rejects:
        by_file.setdefault(Path(r["source"]).name, []).append(r["position"])
    assert by_file["a.jsonl"] == [f"line {n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15)]
    assert {"b.jsonl.gz", "d.txt", "f.csv", "h.txt.gz", "i.parquet"} <= set(by_file)
    assert not {"pipe.txt", "sock.txt", "gone.txt"} & set(by_file)
    # the half of the packed file that can be read, three of a.jsonl, c.txt, and a cell that swallows the row after it
    assert result.articles > 100
    assert result.duplicates == result.articles - 4


def test_a_line_of_a_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as handle:
        handle.write(b'{"text": "First."}\n{"text": "')
        for _ in range(100):
            handle.write(b"x" * 1_000_000)
        handle.write(b'"}\n{"text": "Last."}\n')
    (source,) = files(path)
    begun = time.process_time()
    found = [r for p in parts(source, Options(), 2_000_000) for r in records(p, Options())]
    assert time.process_time() - begun < 20
    assert [r.text if isinstance(r, Article) else r.reason for r in found] == [
        "First.", "line is longer than 20,000,000 bytes", "Last."
    ]  # fmt: skip


def test_packed_bombs(tmp_path: Path) -> None:
    """A hundred megabytes of nothing in a hundred kilobytes: refused without holding it."""
    import tracemalloc

    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b" " * 100_000_000))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b" " * 100_000_000))
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(b"text\n" + b'"' + b" " * 100_000_000))
    tracemalloc.start()
    found, rejects = _read(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not found
    assert {Path(r.source).name for r in rejects} == {"a.txt.gz", "b.jsonl.gz", "c.csv.gz"}
    assert peak < 150_000_000


def test_parquet_bombs(tmp_path: Path) -> None:
    """A value stored once can stand in every row, and compressed to next to nothing."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from framing.read.parquet import _HELD, _ROWS, _at_once, _file

    def table(megabytes: int, rows: int) -> Path:
        value = pa.array(["The regime. " * (megabytes * 1_000_000 // 12)])
        path = tmp_path / f"{megabytes}.parquet"
        column = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), value)
        pq.write_table(pa.table({"text": column}), path, compression="zstd", dictionary_pagesize_limit=200_000_000)
        assert path.stat().st_size < 50_000
        return path

    found, rejects = _read(table(120, 2))
    assert not found
    assert ["unpacks to more than" in r.reason for r in rejects] == [True]
    path = table(40, 3)
    found, rejects = _read(path)
    assert not found
    assert len(rejects) == 3  # each is longer than any article
    with path.open("rb") as handle:
        assert _at_once(_file(handle), range(1), ["text"]) * 40_000_000 <= _HELD
    pq.write_table(pa.table({"text": ["The regime fell."] * 500}), path)
    with path.open("rb") as handle:
        assert _at_once(_file(handle), range(1), ["text"]) == _ROWS


def test_a_million_quotation_marks(tmp_path: Path) -> None:
    for k, mark in enumerate(('"', "“", "'", "«", '" ')):
        (tmp_path / f"{k}.txt").write_text(mark * 1_000_000)
    (tmp_path / "z.txt").write_text(BODY)
    begun = time.process_time()
    result = batch.run([tmp_path], tmp_path / "out")
    assert result.articles + result.rejects == 6
    assert result.articles >= 1
    assert time.process_time() - begun < 240


def test_streams_are_named(tmp_path: Path) -> None:
    source = Source("-", "stdin")
    assert source.streamed
    assert source.stat() == (0, "")
    assert not source.packed


def test_an_error_without_a_message_is_said_by_its_kind() -> None:
    from framing.read.parquet import _said

    assert _said(OSError()) == "OSError"
    assert _said(ValueError("first\nsecond")) == "first"

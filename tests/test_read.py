"""Reading: text exactly as it stands, every record kept or rejected with a reason."""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
from pathlib import Path

import pytest

from framing.article import Article
from framing.errors import InputError
from framing.read import Options, Reject, files, read, records

BODY = "The council met on Monday. It “approved” the plan, the mayor said.\n"


def _read(path: Path, **options: object) -> tuple[list[Article], list[Reject]]:
    rejects: list[Reject] = []
    return list(read(path, rejects=rejects.append, **options)), rejects


@pytest.mark.parametrize("text", [BODY, "\n" + BODY, BODY.replace("\n", "\r\n"), "It’s\u00a0late – he said.", "a"])
def test_text_is_never_altered(tmp_path: Path, text: str) -> None:
    for bom in (b"", b"\xef\xbb\xbf"):
        (tmp_path / "a.txt").write_bytes(bom + text.encode())
        assert [a.text for a in _read(tmp_path / "a.txt")[0]] == [text]


def test_head_of_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Council Backs Plan\n\nFeb 1, 2024\n\n(WIRE) The council met on Monday and talked for long.\n")
    (a,), _ = _read(path)
    assert (a.title, a.outlet, a.published, a.id) == ("Council Backs Plan", "WIRE", "2024-02-01", "a")
    assert _read(path, outlet="Other")[0][0].outlet == "Other"


def test_other_encodings_are_told_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("He said “no” – the café was shut.".encode("cp1252"))
    told: list[str] = []
    (a,), _ = _read(path, notes=told.append)
    assert a.text == "He said “no” – the café was shut."
    assert len(told) == 1
    assert "cp1252" in told[0]
    path.write_bytes("plain words".encode("utf-16"))
    assert _read(path)[0][0].text == "plain words"
    assert _read(path, encoding="klingon")[1][0].reason.startswith("unknown encoding")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no text"),
        (b" \n\t ", "no text"),
        (bytes(range(256)) * 20, "binary"),
        (b"caf\x81\x8d\x8f\xff \x90\x9d ok", "encoding cannot be told"),
    ],
)
def test_unusable_files_are_rejected(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    found, rejects = _read(tmp_path / "a.txt")
    assert not found
    assert len(rejects) == 1
    assert reason in rejects[0].reason


def test_json_lines_lose_only_bad_lines(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": BODY, "source": "Post", "date": "2024-02-01", "id": 7}),
        "{broken",
        "[1]",
        json.dumps({"text": None}),
        json.dumps({"text": 3}),
        json.dumps({"title": "no text"}),
        "",
        "[" * 100_000,
        json.dumps({"text": BODY, "title": "Last"}),
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines))
    found, rejects = _read(path)
    assert [(a.id, a.outlet, a.published, a.title) for a in found] == [
        ("7", "Post", "2024-02-01", None),
        ("a-9", None, None, "Last"),
    ]
    assert [r.position for r in rejects] == [f"line {n}" for n in (2, 3, 4, 5, 6, 8)]
    assert all(r.reason and len(r.excerpt) <= 200 for r in rejects)


def test_packed_files_read_like_plain_ones(tmp_path: Path) -> None:
    line = json.dumps({"text": BODY}).encode() + b"\n"
    whole = gzip.compress(line * 2000)
    (tmp_path / "a.jsonl.gz").write_bytes(whole)
    assert len(_read(tmp_path)[0]) == 2000
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    found, rejects = _read(tmp_path)
    assert found
    assert "breaks off" in rejects[0].reason


def test_csv_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Outlet,words\nPost,"one, two"\nshort\n"Wire","x\ny"\n')
    assert "--text-column" in _read(path)[1][0].reason
    found, rejects = _read(path, text_column="words")
    assert [(a.outlet, a.text) for a in found] == [("Post", "one, two"), ("Wire", "x\ny")]
    assert [r.position for r in rejects] == ["row 3"]
    assert "no column 'nope'" in _read(path, text_column="nope")[1][0].reason


def test_csv_row_with_foreign_bytes_is_the_only_one_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(b"text\tid\n" + b"fine words here\t1\n" * 20_000 + b"caf\xe9\t2\nfine again\t3\n")
    found, rejects = _read(path)
    assert (len(found), found[-1].id) == (20_001, "3")
    assert [r.reason for r in rejects] == ["holds bytes that are not in the file's encoding"]


def test_folders_are_walked_in_order_without_traps(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "README.md", ".hidden.txt", "picture.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    assert [s.path.name for s in files(tmp_path)] == ["1.txt", "2.txt"]
    assert [s.path.name for s in files(tmp_path / "*/*.txt", tmp_path / "a")] == ["1.txt", "2.txt"]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for given in (tmp_path / "nope.txt", tmp_path / "empty", tmp_path / "*.txt"):
        with pytest.raises(InputError, match=r"no such|no articles|matches no"):
            files(given)
    with pytest.raises(InputError, match="no input"):
        files()
    (tmp_path / "bad.jsonl").write_text("{")
    with pytest.raises(InputError, match="line 1"):
        list(read(tmp_path / "bad.jsonl"))
    assert isinstance(next(records(files(tmp_path / "bad.jsonl")[0], Options())), Reject)


@pytest.mark.parametrize("ending", [".txt", ".html", ".jsonl", ".csv", ".warc"])
@pytest.mark.parametrize("packed", [".gz", ".zst"])
def test_packed_bombs_stop_at_a_limit(
    tmp_path: Path, ending: str, packed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of 4,000,000 unpacked bytes and limits forty times lower than the real ones."""
    module = sys.modules["framing.read"]
    monkeypatch.setattr(module, "MAX_UNPACKED", 200_000)
    head = {".jsonl": b'{"text": "', ".csv": b"text\n", ".warc": b"WARC/1.0\r\nWARC-Type: response\r\n"}.get(
        ending, b""
    )
    data = head + b"a " * 2_000_000
    if packed == ".gz":
        data = gzip.compress(data)
    else:
        data = pytest.importorskip("zstandard").compress(data)
    path = tmp_path / f"bomb{ending}{packed}"
    path.write_bytes(data)
    try:
        found = list(module.records(module.Source(path, path.name), module.Options()))
    except InputError as error:
        pytest.skip(str(error))  # the format needs a package that is not installed
    assert found
    assert all(isinstance(x, module.Reject) for x in found)
    assert ending == ".warc" or any("times its size" in x.reason for x in found), found
    # Honest text packs far less, and the limit does not touch it.
    path = tmp_path / f"honest{packed}"
    path.write_bytes(
        gzip.compress(b"plain") if packed == ".gz" else pytest.importorskip("zstandard").compress(b"plain")
    )
    with module.Source(path, path.name).open() as handle:
        assert handle.read() == b"plain"


def test_csv_leaves_the_process_its_field_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"text\n{'word ' * 40_000}\nshort\n", "utf-8")
    before = csv.field_size_limit(1234)
    try:
        one, two = read(path), read(path)
        lengths = []
        for _ in range(2):  # two readers in turn, and one that is dropped before its end
            lengths.append(len(next(one).text))
            assert csv.field_size_limit() == 1234
            lengths.append(len(next(two).text))
            assert csv.field_size_limit() == 1234
        one.close()
        assert list(two) == []
        assert csv.field_size_limit() == 1234
        assert min(lengths[:2]) > 199_000
        path.write_text('text\n"never closed', "utf-8")
        list(read(path, rejects=lambda r: None))
        assert csv.field_size_limit() == 1234
    finally:
        csv.field_size_limit(before)


def test_long_csv_lines_are_whole_or_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "word " * 300_000
    (tmp_path / "a.csv").write_text(f"text,id\n{long},1\nShort.,2\n", "utf-8")
    found, rejects = _read(tmp_path / "a.csv", max_length=10_000_000)
    assert [len(a.text) for a in found] == [len(long), 6]
    assert not rejects
    monkeypatch.setattr(sys.modules["framing.read.csv"], "MAX_FIELD", 1000)
    found, rejects = _read(tmp_path / "a.csv")
    assert [a.text for a in found] == ["Short."]
    assert len(rejects) == 1

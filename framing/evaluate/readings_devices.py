"""Readings: devices marked in whole articles by a reader, a fifth of the events held apart.

A mark is right where it overlaps a reader's mark of the same device by a character;
precision counts our marks, recall the reader's. Neutral attribution is not marked in the
readings, so only the other stances are compared. Asides are compared in news and analysis:
there a sentence read as opinion is an aside as well (an opinion without an aside mark on
it counts as one of the reader's); in opinion pieces no asides are marked.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framing.analysis import analyse
from framing.article import Article
from framing.errors import InputError

__all__ = ["DESCRIPTION", "DEVICES", "NAME", "PARTS", "Report", "evaluate", "held_apart", "rows"]

NAME = "readings"
DESCRIPTION = "devices in read articles: precision and recall by overlap, a fifth held apart"
DEVICES = ("hedge", "booster", "loaded", "attribution", "vouch", "scare_quote", "aside")
PARTS = ("apart", "rest", "all")
_NEWS = ("news", "analysis")
Span = tuple[int, int]
# right marks, marks, found of the reader's, the reader's
Counts = tuple[int, int, int, int]


def held_apart(row: dict[str, Any]) -> bool:
    """Whether an article belongs to the fifth that nothing is chosen on (by event, or by itself where it has none)."""
    return zlib.crc32(str(row.get("event") or row.get("doc")).encode()) % 5 == 0


def rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """Read articles (``text``, ``marks``, ``genre``, ``event``, ``doc``) from a JSON-lines file, ``.gz`` or not,
    or from all such files of a folder. Raises InputError if there is none or a row is no such article."""
    path = Path(path)
    files = sorted([*path.glob("*.jsonl"), *path.glob("*.jsonl.gz")]) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path}: no *.jsonl or *.jsonl.gz file here")
    for file in files:
        try:
            with (
                gzip.open(file, "rt", encoding="utf-8")
                if file.suffix == ".gz"
                else open(file, encoding="utf-8") as stream
            ):
                for number, line in enumerate(stream, 1):
                    row = json.loads(line)
                    if not isinstance(row, dict) or not {"text", "marks", "genre"} <= set(row):
                        raise InputError(f"{file}:{number}: a read article has text, marks and genre")
                    yield row
        except (OSError, EOFError, ValueError) as error:
            raise InputError(f"{file}: cannot read articles: {error}") from error


@dataclass(slots=True)
class Report:
    """``counts``: part -> figure -> counts of each article; ``articles``: part -> how many."""

    counts: dict[str, dict[str, list[Counts]]] = field(default_factory=dict)
    articles: dict[str, int] = field(default_factory=dict)
    resamples: int = 1000

    def figures(self, part: str) -> dict[str, dict[str, float]]:
        """Device (and kind of figure) -> precision, recall, f1, low, high (95 %, by article), read, marked."""
        import numpy as np

        out = {}
        for name, table in self.counts[part].items():
            per = np.array(table, dtype=np.int64).reshape(-1, 4)
            rng = np.random.default_rng(0)
            draws = rng.multinomial(len(per), np.full(len(per), 1 / max(1, len(per))), size=self.resamples) @ per
            f1 = np.sort([_f1(*map(int, d)) for d in draws])
            good, marked, found, read = (int(x) for x in per.sum(axis=0))
            out[name] = {
                "precision": good / marked if marked else 0.0, "recall": found / read if read else 0.0,
                "f1": _f1(good, marked, found, read), "low": float(f1[int(0.025 * len(f1))]),
                "high": float(f1[int(0.975 * len(f1)) - 1]), "read": read, "marked": marked,
            }  # fmt: skip
        return out

    def text(self) -> str:
        titles = {"apart": "held apart", "rest": "the rest", "all": "all"}
        lines: list[str] = []
        for part in self.counts:
            lines += [
                f"{titles[part]}: {self.articles[part]} articles",
                f"{'device':<22}{'P':>7}{'R':>7}{'F1':>7}  {'95 % by article':<17}{'read':>6}{'marked':>8}",
            ]
            for name, f in self.figures(part).items():
                interval = f"[{f['low']:.3f}, {f['high']:.3f}]"
                lines.append(
                    f"{name:<22}{f['precision']:>7.3f}{f['recall']:>7.3f}{f['f1']:>7.3f}  {interval:<17}"
                    f"{f['read']:>6.0f}{f['marked']:>8.0f}"
                )
            lines.append("")
        return "\n".join(lines).rstrip()


def _f1(good: int, marked: int, found: int, read: int) -> float:
    p, r = good / marked if marked else 0.0, found / read if read else 0.0
    return 2 * p * r / (p + r) if p + r else 0.0


def evaluate(path: str | Path, *, part: str | None = None, resamples: int = 1000) -> Report:
    """Figures by device. ``part``: "apart", "rest" or "all"; None gives the first two, one after the other."""
    if part is not None and part not in PARTS:
        raise InputError(f"readings have no part {part!r}; there are {', '.join(PARTS)}")
    report = Report(resamples=resamples)
    for name in (part,) if part else ("apart", "rest"):
        report.counts[name] = defaultdict(list)
        report.articles[name] = 0
    for row in rows(path):
        name = part if part == "all" else "apart" if held_apart(row) else "rest"
        if name in report.counts:
            report.articles[name] += 1
            for figure, counts in article_counts(row).items():
                report.counts[name][figure].append(counts)
    return report


def article_counts(row: dict[str, Any]) -> dict[str, Counts]:
    """Counts of one article by figure."""
    found = analyse(Article(text=row["text"])).evidence
    out: dict[str, Counts] = {}
    for device in DEVICES:
        if device == "aside" and row["genre"] not in _NEWS:
            continue
        ours = [e for e in found if e.device == device and (device != "attribution" or e.kind != "neutral")]
        theirs = [
            m for m in row["marks"] if m["device"] == device and (device != "attribution" or m["kind"] != "neutral")
        ]
        mine = [(e.start, e.end) for e in ours]
        read = [(m["start"], m["end"]) for m in theirs]
        if device == "aside":
            opinions = [(m["start"], m["end"]) for m in row["marks"] if m["device"] == "opinion"]
            out["aside (marked so)"] = _counts(mine, read, [*read, *opinions])
            read = [*read, *(o for o in opinions if not any(_meet(o, r) for r in read))]
        out[device] = _counts(mine, read, read)
    return out


def _counts(ours: list[Span], theirs: list[Span], right: list[Span]) -> Counts:
    """Our marks that meet one of ``right``, our marks, the reader's marks that we meet, the reader's marks."""
    good = sum(any(_meet(s, r) for r in right) for s in ours)
    return good, len(ours), sum(any(_meet(s, r) for s in ours) for r in theirs), len(theirs)


def _meet(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]

"""PolNeAR: attribution relations in political news, as a measure of voices, cues and speakers.

Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for Political
News", LREC. The corpus is read from the user's own copy and only measured on:
nothing learned from it is shipped.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framing.article import Article, Reading, Voice
from framing.errors import InputError
from framing.voice import read as read_voices

__all__ = ["Counts", "evaluate", "records", "report"]

_WORD = re.compile(r"\w+")
_QUOTED = '"\u201c\u201d\u00ab\u00bb'
Span = tuple[int, int]


@dataclass(slots=True)
class Counts:
    """Additive counts of one group of articles; every figure is a function of them."""

    words: list[int] = field(default_factory=lambda: [0, 0, 0, 0])  # tp fp fn tn
    spans: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 8))
    by_type: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    articles: int = 0

    def add(self, other: Counts) -> None:
        """Add ``other`` in place."""
        self.articles += other.articles
        self.words = [a + b for a, b in zip(self.words, other.words, strict=True)]
        for key, row in other.spans.items():
            self.spans[key] = [a + b for a, b in zip(self.spans[key], row, strict=True)]
        for key, pair in other.by_type.items():
            self.by_type[key] = [a + b for a, b in zip(self.by_type[key], pair, strict=True)]

    def figures(self) -> dict[str, float]:
        """Precision, recall, F1, accuracy and kappa per word; exact and overlap P, R, F1 per kind of span."""
        tp, fp, fn, tn = self.words
        n = max(1, tp + fp + fn + tn)
        out: dict[str, float] = {"articles": self.articles, "words": tp + fp + fn + tn}
        p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
        agree = (tp + tn) / n
        chance = ((tp + fp) * (tp + fn) + (tn + fn) * (tn + fp)) / (n * n)
        out |= {
            "word_precision": p,
            "word_recall": r,
            "word_f1": _f1(p, r),
            "word_accuracy": agree,
            "word_kappa": (agree - chance) / (1 - chance) if chance < 1 else 1.0,
            "gold_share": (tp + fn) / n,
            "predicted_share": (tp + fp) / n,
        }
        for kind in ("content", "cue", "source"):
            exact, hit_p, n_p, hit_g, n_g = self.spans[kind][:5]
            ep, er = exact / max(1, n_p), exact / max(1, n_g)
            op, orr = hit_p / max(1, n_p), hit_g / max(1, n_g)
            out[f"{kind}_exact_f1"] = _f1(ep, er)
            out[f"{kind}_overlap_precision"] = op
            out[f"{kind}_overlap_recall"] = orr
            out[f"{kind}_overlap_f1"] = _f1(op, orr)
            out[f"{kind}_gold"] = n_g
        for kind in ("direct", "mixed", "indirect"):
            hit, total = self.by_type[kind]
            out[f"{kind}_word_recall"] = hit / max(1, total)
            out[f"{kind}_words"] = total
        return out


def _f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


def records(path: str | Path) -> Iterator[dict[str, Any]]:
    """Records of a PolNeAR file (JSON lines, gzipped or not). Raises InputError naming file and line."""
    path = Path(path)
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                    row["text"], row["attributions"]
                except (ValueError, KeyError, TypeError) as error:
                    raise InputError(
                        f"{path}:{number}: not a PolNeAR record ({error}); expected text and attributions"
                    ) from error
                yield row
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error


def _overlap(spans: Iterable[Span], others: Iterable[Span]) -> int:
    """How many of ``spans`` share a character with one of ``others``."""
    marked: set[int] = set()
    for a, b in others:
        marked.update(range(a, b))
    return sum(any(i in marked for i in range(a, b)) for a, b in spans)


def _bare(text: str, span: Span) -> Span:
    """Without the punctuation and spaces at both ends, for exact matches."""
    a, b = span
    while a < b and not text[a].isalnum():
        a += 1
    while b > a and not text[b - 1].isalnum():
        b -= 1
    return a, b


def score_record(row: dict[str, Any], reading: Reading) -> Counts:
    """Counts of one article."""
    text: str = row["text"]
    out = Counts(articles=1)
    gold = [False] * len(text)
    kind_at = [""] * len(text)
    golds: dict[str, set[Span]] = {"content": set(), "cue": set(), "source": set()}
    for relation in row["attributions"]:
        pieces = [text[a:b] for a, b in relation["content"]]
        whole = " ".join(pieces).strip(" ,.;:")
        if not any(c in whole for c in _QUOTED):
            kind = "indirect"
        elif whole[:1] in _QUOTED and whole[-1:] in _QUOTED:
            kind = "direct"
        else:
            kind = "mixed"
        for name, found in golds.items():
            for a, b in relation[name]:
                if b > a:
                    found.add(_bare(text, (a, b)))
        for a, b in relation["content"]:
            for i in range(a, b):
                gold[i] = True
                kind_at[i] = kind
    predicted = [False] * len(text)
    for span in reading.voices:
        if span.voice is not Voice.NARRATION:
            predicted[span.start : span.end] = [True] * (span.end - span.start)
    for m in _WORD.finditer(text):
        i = m.start()
        out.words[0 if gold[i] and predicted[i] else 1 if predicted[i] else 2 if gold[i] else 3] += 1
        if gold[i]:
            pair = out.by_type[kind_at[i]]
            pair[0] += predicted[i]
            pair[1] += 1
    mine: dict[str, set[Span]] = {
        "content": {_bare(text, s) for c in reading.cues for s in c.content},
        "cue": {_bare(text, (c.start, c.end)) for c in reading.cues},
        "source": {_bare(text, c.source) for c in reading.cues if c.source},
    }
    covered = list(mine["content"])
    loose = [
        _bare(text, (v.start, v.end))
        for v in reading.voices
        if v.voice is not Voice.NARRATION and not _overlap([(v.start, v.end)], covered)
    ]
    mine["content"].update(loose)
    for name, found in mine.items():
        found = {s for s in found if s[1] > s[0]}
        want = {s for s in golds[name] if s[1] > s[0]}
        out.spans[name] = [
            len(found & want),
            _overlap(found, want),
            len(found),
            _overlap(want, found),
            len(want),
            0,
            0,
            0,
        ]
    return out


def evaluate(path: str | Path, limit: int | None = None) -> dict[str, dict[str, float]]:
    """Read PolNeAR records from ``path`` and measure :func:`framing.voice.read` on them.

    Returns figures by group: ``"all"`` and one group per outlet. Word figures compare
    "attributed or narration" for every word; *overlap* counts a span as found when it
    shares a character with one of the other side; *exact* compares spans without
    punctuation at their ends.
    Raises InputError if the file cannot be read or holds no records.
    """
    groups: dict[str, Counts] = defaultdict(Counts)
    for n, row in enumerate(records(path)):
        if limit is not None and n >= limit:
            break
        title = (row.get("title") or "").strip() or None
        reading = read_voices(Article(row["text"], outlet=row.get("publisher"), title=title, id=row.get("id")))
        counts = score_record(row, reading)
        groups["all"].add(counts)
        groups[str(row.get("publisher") or "unknown")].add(counts)
    if not groups:
        raise InputError(f"{path}: holds no records")
    return {name: counts.figures() for name, counts in sorted(groups.items(), key=lambda kv: (kv[0] != "all", kv[0]))}


def report(result: dict[str, dict[str, float]]) -> str:
    """``result`` of :func:`evaluate` as a table in plain text, one row per group."""
    columns = [
        ("word_precision", "P"), ("word_recall", "R"), ("word_f1", "F1"), ("word_accuracy", "acc"),
        ("word_kappa", "kappa"),
        ("content_overlap_f1", "content"), ("content_exact_f1", "exact"),
        ("cue_overlap_f1", "cue"), ("cue_exact_f1", "exact"),
        ("source_overlap_f1", "source"), ("source_exact_f1", "exact"),
        ("direct_word_recall", "R.dir"), ("mixed_word_recall", "R.mix"), ("indirect_word_recall", "R.ind"),
    ]  # fmt: skip
    lines = [f"{'':12s} {'articles':>8s} {'words':>8s} " + " ".join(f"{title:>7s}" for _, title in columns)]
    for name, figures in result.items():
        cells = " ".join(f"{figures[key]:7.3f}" for key, _ in columns)
        lines.append(f"{name:12s} {figures['articles']:8.0f} {figures['words']:8.0f} {cells}")
    whole = result["all"]
    lines.append(
        "overlap precision / recall: "
        + ", ".join(
            f"{kind} {whole[f'{kind}_overlap_precision']:.3f} / {whole[f'{kind}_overlap_recall']:.3f}"
            for kind in ("content", "cue", "source")
        )
    )
    return "\n".join(lines)

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

__all__ = ["DESCRIPTION", "NAME", "Counts", "Report", "evaluate", "records"]

NAME = "polnear"
DESCRIPTION = "PolNeAR: words attributed or narrated, spans of content, cue and source, calibration; by outlet"

_WORD = re.compile(r"\w+")
_QUOTED = '"\u201c\u201d\u00ab\u00bb'
_PRONOUN = re.compile(r"(?:he|she|it|they|who|which|that|i|we|you|his|her|their|its|him|them)\b", re.IGNORECASE)
_TAIL = re.compile(r"\s+(?:of|for|in|at|from|on|with|who|to)\s|[,(]|['’]s?\s*\Z")
Span = tuple[int, int]
# What a table of calibration is made of: bin or rule -> [sum of confidence, right, all].
Calibration = dict[str, list[float]]


def _bins() -> Calibration:
    return defaultdict(lambda: [0.0, 0.0, 0.0])


@dataclass(slots=True)
class Counts:
    """Additive counts of one group of articles; every figure is a function of them.

    ``words``: true and false positives, false and true negatives. ``spans``: by kind, exact hits, predicted
    that overlap, predicted, gold that overlap, gold. ``by_type``: direct, mixed, indirect (as PolNeAR's
    content is marked) -> words found, words, spans found, spans. ``by_voice``: our direct and indirect words ->
    right, all. ``calibration``, ``speakers``: by tenth of the confidence; ``rules``: by rule.
    """

    words: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    spans: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 5))
    by_type: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 4))
    by_voice: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 2))
    calibration: Calibration = field(default_factory=_bins)
    speakers: Calibration = field(default_factory=_bins)
    rules: Calibration = field(default_factory=_bins)
    articles: int = 0

    def add(self, other: Counts) -> None:
        """Add ``other`` in place."""
        self.articles += other.articles
        self.words = [a + b for a, b in zip(self.words, other.words, strict=True)]
        for name in ("spans", "by_type", "by_voice", "calibration", "speakers", "rules"):
            mine = getattr(self, name)
            for key, row in getattr(other, name).items():
                mine[key] = [a + b for a, b in zip(mine[key], row, strict=True)]

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
            exact, hit_p, n_p, hit_g, n_g = self.spans[kind]
            ep, er = exact / max(1, n_p), exact / max(1, n_g)
            op, orr = hit_p / max(1, n_p), hit_g / max(1, n_g)
            out[f"{kind}_exact_f1"] = _f1(ep, er)
            out[f"{kind}_overlap_precision"] = op
            out[f"{kind}_overlap_recall"] = orr
            out[f"{kind}_overlap_f1"] = _f1(op, orr)
            out[f"{kind}_gold"] = n_g
        for kind in ("direct", "mixed", "indirect"):
            hit, total, found, spans = self.by_type[kind]
            out[f"{kind}_word_recall"] = hit / max(1, total)
            out[f"{kind}_words"] = total
            out[f"{kind}_span_recall"] = found / max(1, spans)
            out[f"{kind}_spans"] = spans
        for kind in ("direct", "indirect"):
            right, total = self.by_voice[kind]
            out[f"our_{kind}_word_precision"] = right / max(1, total)
            out[f"our_{kind}_words"] = total
        out["calibration_error"] = _calibration_error(self.calibration)
        out["speaker_calibration_error"] = _calibration_error(self.speakers)
        return out


def _calibration_error(rows: Calibration) -> float:
    """Expected calibration error: mean distance of confidence and share right, weighted by how many."""
    total = sum(row[2] for row in rows.values())
    return sum(abs(stated - right) for stated, right, _ in rows.values()) / max(1.0, total)


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


def _kind_of_content(text: str, content: list[list[int]]) -> str:
    whole = " ".join(text[a:b] for a, b in content).strip(" ,.;:")
    if not any(c in whole for c in _QUOTED):
        return "indirect"
    return "direct" if whole[:1] in _QUOTED and whole[-1:] in _QUOTED else "mixed"


def score_record(row: dict[str, Any], reading: Reading) -> Counts:
    """Counts of one article."""
    text: str = row["text"]
    out = Counts(articles=1)
    relation_at: list[int] = [-1] * len(text)
    kinds = [_kind_of_content(text, relation["content"]) for relation in row["attributions"]]
    golds: dict[str, set[Span]] = {"content": set(), "cue": set(), "source": set()}
    predicted = [False] * len(text)
    for span in reading.voices:
        if span.voice is not Voice.NARRATION:
            predicted[span.start : span.end] = [True] * (span.end - span.start)
    for k, relation in enumerate(row["attributions"]):
        for name, found in golds.items():
            for a, b in relation[name]:
                if b > a:
                    found.add(_bare(text, (a, b)))
        for a, b in relation["content"]:
            relation_at[a:b] = [k] * (b - a)
            counts = out.by_type[kinds[k]]
            counts[2] += any(predicted[a:b])
            counts[3] += 1
    for m in _WORD.finditer(text):
        i = m.start()
        gold = relation_at[i] >= 0
        out.words[0 if gold and predicted[i] else 1 if predicted[i] else 2 if gold else 3] += 1
        if gold:
            counts = out.by_type[kinds[relation_at[i]]]
            counts[0] += predicted[i]
            counts[1] += 1
    _calibrate(row, reading, relation_at, out)
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
        out.spans[name] = [len(found & want), _overlap(found, want), len(found), _overlap(want, found), len(want)]
    return out


def _calibrate(row: dict[str, Any], reading: Reading, relation_at: list[int], out: Counts) -> None:
    """Confidence beside what came of it: by word for the voice, by span for a speaker that PolNeAR names."""
    text: str = row["text"]
    rule_at: dict[int, str] = {}
    for cue in reading.cues:
        for a, b in cue.content:
            for i in range(a, b):
                rule_at.setdefault(i, cue.rule)
    for v in reading.voices:
        if v.voice is Voice.NARRATION:
            continue
        hits: dict[int, int] = defaultdict(int)
        for m in _WORD.finditer(text, v.start, v.end):
            right = relation_at[m.start()] >= 0
            hits[relation_at[m.start()]] += 1
            cell = [v.confidence, float(right), 1.0]
            _put(out.calibration, _bin(v.confidence), cell)
            _put(out.rules, rule_at.get(m.start(), f"{v.voice} without a cue"), cell)
            counts = out.by_voice[str(v.voice)]
            counts[0] += right
            counts[1] += 1
        best = max(sorted(hits), key=lambda k: hits[k], default=-1)
        if best < 0 or v.speaker is None:
            continue
        source = " ".join(text[a:b] for a, b in row["attributions"][best]["source"])
        if source and not _PRONOUN.match(source):
            right = _same_speaker(source, v.speaker)
            _put(out.speakers, _bin(v.speaker_confidence), [v.speaker_confidence, float(right), 1.0])


def _same_speaker(source: str, speaker: str) -> bool:
    """Does a canonical name fit a mention of the source: the last word of the one in the other?"""
    source, speaker = source.lower(), speaker.lower()
    head = _TAIL.split(source, maxsplit=1)[0].split()
    return bool(head) and (head[-1].strip(".") in speaker or speaker.split()[-1] in source)


def _bin(confidence: float) -> str:
    low = min(9, int(confidence * 10))
    return f"{low / 10:.1f}-{(low + 1) / 10:.1f}"


def _put(table: Calibration, key: str, cell: list[float]) -> None:
    row = table[key]
    for k, value in enumerate(cell):
        row[k] += value


_COLUMNS = [
    ("word_precision", "P"), ("word_recall", "R"), ("word_f1", "F1"), ("word_accuracy", "acc"),
    ("word_kappa", "kappa"),
    ("content_overlap_f1", "content"), ("content_exact_f1", "exact"),
    ("cue_overlap_f1", "cue"), ("cue_exact_f1", "exact"),
    ("source_overlap_f1", "source"), ("source_exact_f1", "exact"),
    ("direct_word_recall", "R.dir"), ("mixed_word_recall", "R.mix"), ("indirect_word_recall", "R.ind"),
]  # fmt: skip


@dataclass(slots=True)
class Report:
    """Counts by group: ``"all"`` and one group per outlet."""

    groups: dict[str, Counts]

    @property
    def figures(self) -> dict[str, float]:
        """Figures over all articles."""
        return self.groups["all"].figures()

    @property
    def tables(self) -> dict[str, dict[str, float]]:
        """Figures by group."""
        return {name: counts.figures() for name, counts in self.groups.items()}

    @property
    def reliability(self) -> list[tuple[float, float, int]]:
        """(mean confidence, share right, words) by tenth of the confidence."""
        rows = self.groups["all"].calibration
        return [(s / n, right / n, int(n)) for _, (s, right, n) in sorted(rows.items()) if n]

    def text(self) -> str:
        """Plain text for a terminal."""
        whole = self.figures
        lines = [f"{'':12s} {'articles':>8s} {'words':>8s} " + " ".join(f"{title:>7s}" for _, title in _COLUMNS)]
        for name, figures in self.tables.items():
            cells = " ".join(f"{figures[key]:7.3f}" for key, _ in _COLUMNS)
            lines.append(f"{name:12s} {figures['articles']:8.0f} {figures['words']:8.0f} {cells}")
        lines += ["", f"{'spans':12s} {'gold':>8s} {'P':>7s} {'R':>7s} {'F1':>7s} {'exact F1':>9s}"]
        for kind in ("content", "cue", "source"):
            values = [whole[f"{kind}_overlap_{x}"] for x in ("precision", "recall", "f1")]
            cells = " ".join(f"{x:7.3f}" for x in values)
            lines.append(f"{kind:12s} {whole[f'{kind}_gold']:8.0f} {cells} {whole[f'{kind}_exact_f1']:9.3f}")
        lines += ["", f"{'content':12s} {'words':>8s} {'R words':>8s} {'spans':>8s} {'R spans':>8s}"]
        for kind in ("direct", "mixed", "indirect"):
            lines.append(
                f"{kind:12s} {whole[f'{kind}_words']:8.0f} {whole[f'{kind}_word_recall']:8.3f} "
                f"{whole[f'{kind}_spans']:8.0f} {whole[f'{kind}_span_recall']:8.3f}"
            )
        lines.append(
            "our words: "
            + ", ".join(
                f"{kind} {whole[f'our_{kind}_words']:.0f}, precision {whole[f'our_{kind}_word_precision']:.3f}"
                for kind in ("direct", "indirect")
            )
        )
        counts = self.groups["all"]
        for title, rows, error in (
            ("confidence of the voice, by word", counts.calibration, whole["calibration_error"]),
            ("confidence of the speaker, by span whose source is no pronoun", counts.speakers,
             whole["speaker_calibration_error"]),
            ("confidence of the voice, by rule", counts.rules, None),
        ):  # fmt: skip
            lines += ["", title + ("" if error is None else f" (expected calibration error {error:.3f})")]
            lines.append(f"{'':24s} {'stated':>7s} {'right':>7s} {'n':>8s}")
            for key, (stated, right, n) in sorted(rows.items()):
                lines.append(f"{key:24s} {stated / n:7.3f} {right / n:7.3f} {n:8.0f}")
        return "\n".join(lines)


def evaluate(path: str | Path, limit: int | None = None) -> Report:
    """Read PolNeAR records from ``path`` and measure :func:`framing.voice.read` on them.

    Word figures compare "attributed or narration" for every word; *overlap* counts a span
    as found when it shares a character with one of the other side; *exact* compares spans
    without punctuation at their ends. Raises InputError if the file cannot be read or holds
    no records.
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
    return Report(dict(sorted(groups.items(), key=lambda kv: (kv[0] != "all", kv[0]))))

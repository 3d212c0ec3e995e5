"""Quality on hand annotation (``gold/``): voices, speakers, devices, stance, valence, alignment.

The rule: a predicted span matches a gold span of the same device when they overlap by
at least one character. Recall counts gold spans that both readings have (``agreed``);
precision counts predictions, leaving out those that hit only a span one reading has.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framing.analysis import Analysis, analyse
from framing.article import Article
from framing.errors import InputError

__all__ = ["Figures", "Gold", "evaluate", "load", "score"]

NAME = "gold"
DESCRIPTION = "hand annotation of voices, devices and alignments in same-event pairs"
DEVICES = ("attribution", "hedge", "booster", "loaded", "vouch", "scare_quote", "aside")
Row = dict[str, Any]
# What a must_not_fire row forbids: device, and a test on the mark.
_FORBIDDEN = {
    "reporting_verb": ("attribution", lambda e: True),
    "doubt_verb": ("attribution", lambda e: e.kind == "doubt"),
    "metaphor": ("loaded", lambda e: e.kind == "metaphor"),
    "booster_outlet": ("booster", lambda e: e.voice == "narration"),
    "loaded_outlet": ("loaded", lambda e: e.voice == "narration"),
}


@dataclass(slots=True)
class Gold:
    """Annotated articles: name, text, rows; and alignments: the two names and their rows."""

    articles: list[tuple[str, str, list[Row]]]
    alignments: list[tuple[tuple[str, str], list[Row]]]


@dataclass(slots=True)
class Figures:
    """``values``: figure -> number in 0..1; ``fired``: must_not_fire spans that fired; ``forbidden``: of how many."""

    values: dict[str, float] = field(default_factory=dict)
    detail: dict[str, tuple[float, float, int, int]] = field(default_factory=dict)
    fired: list[str] = field(default_factory=list)
    forbidden: int = 0

    def text(self) -> str:
        lines = [f"{'device':<14}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'marked':>8}"]
        for device, (p, r, gold, marked) in self.detail.items():
            lines.append(f"{device:<14}{p:>7.3f}{r:>7.3f}{self.values[device]:>7.3f}{gold:>7}{marked:>8}")
        lines += [f"{name:<28}{value:.3f}" for name, value in self.values.items() if name not in self.detail]
        lines.append(f"must not fire: {len(self.fired)} of {self.forbidden} fired")
        lines += [f"  {row}" for row in self.fired]
        return "\n".join(lines)


def load(folder: Path) -> Gold:
    """Everything under a gold folder: ``call`` and ``pairs``; texts of ``call`` lie in ``../articles/call``.

    Raises InputError if nothing is there.
    """
    articles = []
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*/*.gold.jsonl")):
        name = path.name.removesuffix(".gold.jsonl")
        file = path.with_name(f"{name}.txt")
        if not file.exists():
            file = folder.parent / "articles" / path.parent.name / f"{name}.txt"
        texts[name] = file.read_bytes().decode("utf-8")
        articles.append((name, texts[name], _rows(path)))
    if not articles:
        raise InputError(f"{folder}: no *.gold.jsonl here")
    alignments = []
    for path in sorted(folder.glob("*/*align.jsonl")):
        rows = [r for r in map(_flat, _rows(path)) if r is not None]
        names = sorted({r["a_doc"] for r in rows} | {r["b_doc"] for r in rows})
        if len(names) == 2:
            alignments.append(((names[0], names[1]), rows))
    return Gold(articles, alignments)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _flat(row: Row) -> Row | None:
    """Alignment rows of both layouts as one; rows about one side only are left out."""
    if "a_doc" in row:
        return row
    if not row.get("a") or not row.get("b"):
        return None
    out: Row = {"agreed": row.get("strength", 0) >= 0.45, "relation": row["relation"]}
    for side in "ab":
        out[f"{side}_doc"] = row[side]["doc"].removesuffix(".txt")
        out[f"{side}_start"], out[f"{side}_end"] = row[side]["start"], row[side]["end"]
    return out


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


def _word_f1(confusion: dict[tuple[str, str], int], voice: str) -> float:
    """F1 of the words of one voice; ``confusion``: (ours, gold) -> words, voices by their first letter."""
    both = confusion.get((voice, voice), 0)
    ours = sum(n for (x, _), n in confusion.items() if x == voice)
    gold = sum(n for (_, y), n in confusion.items() if y == voice)
    return _f1(both / max(1, ours), both / max(1, gold))


def _kappa(confusion: dict[tuple[str, str], int]) -> float:
    """Cohen's kappa of the three voices per word."""
    n = max(1, sum(confusion.values()))
    agree = sum(k for (x, y), k in confusion.items() if x == y) / n
    ours: dict[str, int] = defaultdict(int)
    gold: dict[str, int] = defaultdict(int)
    for (x, y), k in confusion.items():
        ours[x] += k
        gold[y] += k
    chance = sum(ours[v] * gold[v] for v in ours) / (n * n)
    return (agree - chance) / (1 - chance) if chance < 1 else 1.0


def score(gold: Gold, *, align: bool = True) -> Figures:
    """All figures over ``gold``."""
    out = Figures()
    hits: dict[str, list[int]] = {d: [0, 0, 0, 0] for d in DEVICES}
    stance, valence, words, speaker = [0, 0], [0, 0], [0, 0], [0, 0]
    confusion: dict[tuple[str, str], int] = defaultdict(int)
    for name, text, rows in gold.articles:
        a = analyse(Article(text=text, id=name))
        _devices(a, rows, hits, stance, valence)
        _voices(a, text, rows, words, confusion, speaker)
        _forbidden(a, name, rows, out)
    for device, (good, marked, found, total) in hits.items():
        p, r = good / marked if marked else 0.0, found / total if total else 0.0
        out.detail[device] = (p, r, total, marked)
        out.values[device] = _f1(p, r)
    out.values["stance accuracy"] = stance[0] / max(1, stance[1])
    out.values["valence accuracy"] = valence[0] / max(1, valence[1])
    out.values["voice per word"] = words[0] / max(1, words[1])
    out.values["direct quotation F1"] = _word_f1(confusion, "d")
    out.values["indirect speech F1"] = _word_f1(confusion, "i")
    out.values["voice kappa"] = _kappa(confusion)
    out.values["speaker accuracy"] = speaker[0] / max(1, speaker[1])
    if align and gold.alignments:
        out.values["alignment F1"] = _alignment(gold)
    return out


def _devices(a: Analysis, rows: list[Row], hits: dict[str, list[int]], stance: list[int], valence: list[int]) -> None:
    marks = defaultdict(list)
    for e in a.evidence:
        marks[e.device].append(e)
    for device in DEVICES:
        mine = [r for r in rows if r["layer"] == "device" and r["device"] == device]
        agreed = [r for r in mine if r.get("agreed")]
        spans = [(e.start, e.end) for e in marks[device]]

        def hit(span: tuple[int, int], among: list[Row]) -> bool:
            return any(_overlap(span, (r["start"], r["end"])) for r in among)

        good = sum(hit(s, agreed) for s in spans)
        neutral = sum(not hit(s, agreed) and hit(s, mine) for s in spans)
        found = sum(any(_overlap(s, (r["start"], r["end"])) for s in spans) for r in agreed)
        for k, n in enumerate((good, len(spans) - neutral, found, len(agreed))):
            hits[device][k] += n
        for r in agreed:
            first = next((e for e in marks[device] if _overlap((e.start, e.end), (r["start"], r["end"]))), None)
            if first is None:
                continue
            if device == "attribution" and r.get("kinds_agree", True):
                stance[1] += 1
                stance[0] += first.kind == r["kind"]
            if device == "loaded" and r.get("valence") in ("+", "-"):
                valence[1] += 1
                valence[0] += first.valence == r["valence"]


def _voices(
    a: Analysis, text: str, rows: list[Row], words: list[int], confusion: dict[tuple[str, str], int], speaker: list[int]
) -> None:
    ours, theirs = ["n"] * len(text), ["n"] * len(text)
    for v in a.voices:
        ours[v.start : v.end] = [v.voice[0]] * (v.end - v.start)
    for r in rows:
        if r["layer"] == "voice":
            theirs[r["start"] : r["end"]] = [r["voice"][0]] * (r["end"] - r["start"])
    for m in re.finditer(r"\w+", text):
        x, y = ours[m.start()], theirs[m.start()]
        words[1] += 1
        words[0] += x == y
        confusion[x, y] += 1
    attributed = [v for v in a.voices if v.voice != "narration"]
    for r in rows:
        if r["layer"] == "voice" and r.get("agreed") and r.get("speaker"):
            speaker[1] += 1
            span = (r["start"], r["end"])
            best = max(attributed, key=lambda v: _overlap((v.start, v.end), span), default=None)
            name = (best.speaker or "").lower() if best and _overlap((best.start, best.end), span) else ""
            wanted = r["speaker"].lower()
            speaker[0] += bool(name) and (wanted.split()[-1] in name or name.split()[-1] in wanted)


def _forbidden(a: Analysis, name: str, rows: list[Row], out: Figures) -> None:
    for r in rows:
        if r["layer"] != "must_not_fire":
            continue
        out.forbidden += 1
        device, test = _FORBIDDEN.get(r["device"], (r["device"], lambda e: True))
        for e in a.evidence:
            if e.device == device and _overlap((e.start, e.end), (r["start"], r["end"])) and test(e):
                out.fired.append(f"{name} [{r['start']}:{r['end']}] {r['device']} fired: {e.text!r} ({e.rule})")
                break


def _alignment(gold: Gold) -> float:
    from framing.compare import compare

    texts = {name: text for name, text, _ in gold.articles}
    good = marked = found = total = 0
    for names, rows in gold.alignments:
        c = compare([analyse(Article(text=texts[n], outlet=n.split("__")[-1], id=n)) for n in names])
        pairs = [
            {r["a_id"]: (r["a_start"], r["a_end"]), r["b_id"]: (r["b_start"], r["b_end"])}
            for r in c.alignment.to_dict("records")
        ]

        def same(pair: dict[str, tuple[int, int]], r: Row) -> bool:
            return all(_overlap(pair.get(r[f"{x}_doc"], (0, 0)), (r[f"{x}_start"], r[f"{x}_end"])) > 0 for x in "ab")

        agreed = [r for r in rows if r["agreed"]]
        hit = [any(same(p, r) for r in agreed) for p in pairs]
        neutral = sum(not h and any(same(p, r) for r in rows) for h, p in zip(hit, pairs, strict=True))
        good += sum(hit)
        marked += len(pairs) - neutral
        found += sum(any(same(p, r) for p in pairs) for r in agreed)
        total += len(agreed)
    return _f1(good / max(1, marked), found / max(1, total))


def evaluate(path: str | Path) -> Figures:
    """Figures over a gold folder."""
    return score(load(Path(path)))

"""What the benchmarks of annotated words and spans share: recall of the spans, rate on clean sentences, misses.

Beside ours stand two yardsticks that read no context: the words of VADER's lexicon
(Hutto & Gilbert 2014) where it is installed, and our own list laid flat (every
form of every entry, no guard, no grade, no rule for names).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from framing.analysis import analyse
from framing.article import Article
from framing.evaluate.metrics import EvaluationReport
from framing.lexicon import Lexicon, load
from framing.statistics import wilson
from framing.tokens import Tokens, tokenise

__all__ = ["Text", "spans_report"]

Span = tuple[int, int]
DEVICE = "loaded"


@dataclass(slots=True)
class Text:
    """A text and what readers marked in it. ``spans``: (start, end, class); ``clean``: stretches without any mark."""

    text: str
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    clean: list[Span] = field(default_factory=list)


def _flat() -> Lexicon:
    lists = load(wide=True)
    return Lexicon([replace(e, guard="case=any") for e in lists.entries if e.device == DEVICE])


def _found(lexicon: Lexicon, tokens: Tokens) -> list[Span]:
    rows = lexicon.scan(tokens).get(DEVICE, [])
    return [(tokens.start[m.first], tokens.end[m.last - 1]) for m in rows]


def _systems() -> tuple[dict[str, Callable[[str], list[Span]]], list[str]]:
    flat = _flat()
    systems: dict[str, Callable[[str], list[Span]]] = {
        "framing": lambda t: [(e.start, e.end) for e in analyse(Article(text=t)).evidence if e.device == DEVICE],
        "flat list": lambda t: _found(flat, tokenise(t)),
    }
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        return systems, ["VADER is not installed: no row for it"]
    words = frozenset(SentimentIntensityAnalyzer().lexicon)

    def vader(text: str) -> list[Span]:
        tokens = tokenise(text)
        return [(tokens.start[k], tokens.end[k]) for k, w in enumerate(tokens.norm) if w in words]

    systems["VADER's words"] = vader
    return systems, []


def _hits(spans: Iterable[tuple[int, int, str]], marks: Sequence[Span]) -> list[tuple[int, int, str, bool]]:
    return [(a, b, name, any(x < b and a < y for x, y in marks)) for a, b, name in spans]


def spans_report(benchmark: str, protocol: str, texts: Sequence[Text], notes: Sequence[str] = ()) -> EvaluationReport:
    """Recall of the spans by overlap, by class; marks per 100 words and share of clean stretches that have any."""
    systems, remarks = _systems()
    tables: dict[str, dict[str, dict[str, float]]] = {}
    missed: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    figures: dict[str, float] = {}
    intervals: dict[str, tuple[float, float]] = {}
    wide, flat = load(wide=True), _flat()
    for name, mark in systems.items():
        found: Counter[str] = Counter()
        total: Counter[str] = Counter()
        words = marks_clean = clean = clean_marked = 0
        for t in texts:
            marks = mark(t.text)
            for a, b, kind, hit in _hits(t.spans, marks):
                for key in (kind, "all"):
                    total[key] += 1
                    found[key] += hit
                if name == "framing" and not hit:
                    span = t.text[a:b]
                    reasons[_reason(span, wide, flat)] += 1
                    tokens = tokenise(span)
                    if sum(w[:1].isalpha() for w in tokens.norm) == 1:
                        missed[next(w for w in tokens.norm if w[:1].isalpha())] += 1
            for a, b in t.clean:
                inside = sum(a <= x < b for x, _ in marks)
                clean += 1
                clean_marked += inside > 0
                marks_clean += inside
                words += sum(w[:1].isalnum() for w in tokenise(t.text[a:b]).norm)
        row = {f"recall {k}" if k != "all" else "recall": found[k] / total[k] for k in sorted(total)}
        row["marks per 100 clean words"] = 100 * marks_clean / max(1, words)
        row["clean sentences marked"] = clean_marked / max(1, clean)
        tables[name] = {"figures": row}
        if name == "framing":
            figures = {"spans": total["all"], "clean sentences": clean, "recall": row["recall"]}
            figures["clean sentences marked"] = row["clean sentences marked"]
            intervals["recall"] = wilson(found["all"], total["all"])[1:]
            intervals["clean sentences marked"] = wilson(clean_marked, clean)[1:]
    tables["misses by cause"] = {"n": dict(reasons.most_common())}
    top = [f"{w} {n}" for w, n in missed.most_common(60) if n > 1]
    return EvaluationReport(
        benchmark, protocol, "word lists", figures, intervals, tables=tables,
        notes=[*notes, *remarks, *([f"single words missed most often: {', '.join(top)}"] if top else [])],
    )  # fmt: skip


def _reason(span: str, wide: Lexicon, flat: Lexicon) -> str:
    """Why a span was missed, as far as its own words tell."""
    tokens = tokenise(span)
    if wide.scan(tokens).get(DEVICE):
        return "listed, but held back where it stands"
    if _found(flat, tokens):
        return "listed with a guard or as no name"
    words = sum(w[:1].isalpha() for w in tokens.norm)
    return "not listed, one word" if words == 1 else "not listed, two to four words" if words < 5 else "longer"

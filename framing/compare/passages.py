"""What outlets say of the same thing: aligned passages, shifts of voice, and what one of them says alone."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from framing.align import Unit, differences
from framing.analysis import Analysis
from framing.compare.notes import Judged

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["aligned", "asides", "only", "shifts"]

# How far a wording stands from the source's own words: the outlet takes over step by step.
STEPS = {"direct": 0, "indirect": 1, "narration": 2}
# What one article says alone is shown from this many words on.
LEAST_WORDS = 5
# A sentence is a source's if so many words, and such a share of them, are.
LEAST_SAID, SAID = 4, 1 / 3
_PAST = re.compile(
    r"\b(?:previously|formerly|earlier this (?:year|month)|last (?:year|month|decade|century|spring|summer|autumn|fall|"
    r"winter)|(?:years?|months?|decades?|weeks?) (?:ago|earlier|before)|for (?:many )?(?:years|decades|months)|"
    r"has (?:long|repeatedly|often)|have (?:long|repeatedly|often)|since (?:the )?(?:\d{4}|\w+ \d{4}|then)|"
    r"was (?:founded|established|born|first elected|appointed)|were (?:founded|established)|at the time|"
    r"in the past|historically|known for|best known|a native of)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|since|until|by|of|during|from|late|early) (?:\w+ )?(1[89]\d\d|20\d\d)\b")
Row = dict[str, Any]


def aligned(found: list[Analysis], outlets: list[str], ids: list[str], pairs: list[Judged]) -> list[Row]:
    """One row per pair of passages that report the same, with what was added, dropped and replaced."""
    rows = []
    for judged in pairs:
        i, j = judged.i, judged.j
        a, b = found[i], found[j]
        for p in judged.matched:
            x, y = a.article.text[p.a.start : p.a.end], b.article.text[p.b.start : p.b.end]
            added, dropped, replaced = differences(x, y)
            cue_a, cue_b = _cue(a, p.a), _cue(b, p.b)
            if cue_a and cue_b and cue_a.lower() != cue_b.lower():
                replaced = [(cue_a, cue_b), *replaced]
            rows.append(
                {"a_id": ids[i], "a_start": p.a.start, "a_end": p.a.end, "a_voice": p.a.voice}
                | {"b_id": ids[j], "b_start": p.b.start, "b_end": p.b.end, "b_voice": p.b.voice}
                | {"similarity": p.similarity, "relation": p.relation, "a_outlet": outlets[i], "b_outlet": outlets[j]}
                | {"a_speaker": p.a.speaker, "b_speaker": p.b.speaker, "a_text": x, "b_text": y}
                | {"added": " | ".join(added), "dropped": " | ".join(dropped)}
                | {"replaced": "; ".join(f"{u} → {v}" for u, v in replaced)}
                | {"devices": _device_change(a, p.a, b, p.b), "a_cue": cue_a, "b_cue": cue_b, "likely": p.likely}
            )
    return rows


def _cue(a: Analysis, u: Unit) -> str | None:
    """The words that hand the clause to its source."""
    if u.voice == "narration":
        return None
    return next((v.cue for v in a.voices if v.start < u.end and v.end > u.start and str(v.voice) == u.voice), None)


def _device_change(a: Analysis, x: Unit, b: Analysis, y: Unit) -> str:
    def marks(n: Analysis, u: Unit) -> Counter[str]:
        s = n.sentences[u.sentence]
        # A reporting cue stands beside the clause it governs; everything else must stand within it.
        inside = (
            e
            for e in n.evidence
            if (e.device == "attribution" and e.start >= s.start and e.end <= s.end)
            or (e.device != "aside" and e.start >= u.start and e.end <= u.end)
        )
        return Counter(f"{e.device}:{e.kind}{e.valence if e.valence in '+-' else ''} “{e.text}”" for e in inside)

    left, right = marks(a, x), marks(b, y)
    return "; ".join([f"− {m}" for m in left - right] + [f"+ {m}" for m in right - left])


def shifts(alignment: pd.DataFrame) -> list[Row]:
    """Aligned passages whose voices differ. ``steps`` above 0: the second outlet comes nearer to its own words."""
    return [
        {str(k): v for k, v in r.items()}
        | {"shift": f"{r['a_voice']} → {r['b_voice']}", "steps": STEPS[r["b_voice"]] - STEPS[r["a_voice"]]}
        for r in alignment.to_dict("records")
        if r["a_voice"] != r["b_voice"]
    ]


def only(found: list[Analysis], outlets: list[str], ids: list[str], pairs: list[Judged]) -> list[Row]:
    """Sentences of one article without a counterpart in any other that is a report of the event.

    ``voice``: a source's if at least a third of the words are, else narration; ``category``: fact, quotation
    (somebody's words, quoted or reported), background (what happened before, who somebody is) or aside; ``weight``:
    words.
    """
    covered: list[list[tuple[int, int]]] = [[] for _ in found]
    compared = set()
    for p in pairs:
        if p.kind == "reports":
            compared |= {p.i, p.j}
        for pair in p.matched:
            covered[p.i].append((pair.a.start, pair.a.end))
            covered[p.j].append((pair.b.start, pair.b.end))
    rows = []
    for k in sorted(compared):
        a = found[k]
        marked = [(e.start, e.end) for e in a.evidence if e.device == "aside"]
        for s in a.sentences:
            if s.headline or any(x < s.end and s.start < y for x, y in covered[k]):
                continue
            text = a.article.text[s.start : s.end]
            words = len(text.split())
            if words < LEAST_WORDS:
                continue
            voice = _voice({v: a.counts.words.get((s.index, v), 0) for v in STEPS})
            spans = [v for v in a.voices if v.start < s.end and v.end > s.start and str(v.voice) == voice]
            aside = any(x < s.end and s.start < y for x, y in marked)
            rows.append(
                {"id": ids[k], "outlet": outlets[k], "start": s.start, "end": s.end, "text": text, "voice": voice}
                | {"speaker": spans[0].speaker if spans else None}
                | {"category": "aside" if aside else _category(text, voice, a.article.published)}
                | {"weight": float(words)}
            )
    return rows


def _voice(words: dict[str, int]) -> str:
    """The voice of a sentence: a source's from a third of its words on, since who says it and when takes words too."""
    voice = max(("direct", "indirect"), key=lambda v: words[v])
    said = words["direct"] + words["indirect"]
    return voice if said >= LEAST_SAID and said >= SAID * sum(words.values()) else "narration"


def _category(text: str, voice: str, published: str | None) -> str:
    if voice != "narration":
        return "quotation"
    year = int(published[:4]) if published and published[:4].isdigit() else 9999
    if _PAST.search(text) or any(int(m[1]) < year for m in _YEAR.finditer(text)):
        return "background"
    return "fact"


def asides(found: list[Analysis], outlets: list[str], ids: list[str]) -> list[Row]:
    """Every aside in an outlet's own voice, in full."""
    return [
        {"id": ids[k], "outlet": outlets[k], "start": e.start, "end": e.end, "kind": e.kind, "text": e.text}
        | {"sentence": e.sentence}
        for k, a in enumerate(found)
        for e in a.evidence
        if e.device == "aside" and e.voice == "narration"
    ]

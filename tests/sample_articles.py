"""The bundled sample articles, for tests, and the properties that any analysis has."""

from __future__ import annotations

import gc
from collections.abc import Callable
from math import isnan, nan
from pathlib import Path
from time import process_time
from typing import Any

import framing
from framing import Article
from framing.analysis import Analysis
from framing.score import STANCES

SAMPLES = Path(framing.__file__).parent / "samples"


def articles(event: str = "defence-call") -> list[Article]:
    """The sample articles of one event, in order of file name, the file name as outlet and id."""
    return [
        Article(path.read_text("utf-8"), outlet=path.stem.replace("-", " ").title(), id=path.stem)
        for path in sorted((SAMPLES / event).glob("*.txt"))
    ]


def same(a: float, b: float) -> bool:
    return (isnan(a) and isnan(b)) or abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


def words_by_voice(analysis: Analysis) -> dict[str, int]:
    """Words per voice, counted token by token."""
    tokens, out = analysis.reading.tokens, {"narration": 0, "direct": 0, "indirect": 0}
    for norm, start in zip(tokens.norm, tokens.start):
        if norm[:1].isalnum():
            out[str(analysis.reading.voice_at(start).voice)] += 1
    return out


def recomputed(analysis: Analysis) -> dict[str, Any]:
    """Every score of an article without a separate title, from its table of evidence and its words alone.

    Intervals come from scipy's chi-squared distribution and from statsmodels.
    """
    from scipy.stats import chi2
    from statsmodels.stats.proportion import proportion_confint

    table, words = analysis.table(), words_by_voice(analysis)
    total, own = sum(words.values()), words["narration"]
    out: dict[str, Any] = {"words": total, "sentences": len(analysis.sentences)}
    for voice, n in words.items():
        out[f"words_{voice}"] = n
        out[f"share_{voice}"] = n / total if total else nan
    t = table[table["voice"] == "narration"]
    loaded = t[t["device"] == "loaded"]
    hedge = t[t["device"] == "hedge"]
    marks = {d: t[t["device"] == d] for d in ("booster", "vouch", "scare_quote", "aside")} | {
        "hedge": hedge,
        "vague_source": hedge[hedge["kind"] == "vague_source"],
        "loaded": loaded,
        "loaded_negative": loaded[loaded["valence"] == "-"],
        "loaded_positive": loaded[loaded["valence"] == "+"],
    }
    heads = [s.index for s in analysis.sentences if s.headline]
    for name, rows in marks.items():
        n = len(rows)
        out[f"n_{name}"] = n
        scored = own >= 100
        out[name] = n / own * 1000 if scored else nan
        out[f"{name}_low"] = (chi2.ppf(0.025, 2 * n) / 2 if n else 0.0) / own * 1000 if scored else nan
        out[f"{name}_high"] = chi2.ppf(0.975, 2 * n + 2) / 2 / own * 1000 if scored else nan
        if name in ("hedge", "booster", "loaded_negative", "loaded_positive"):
            out[f"headline_{name}"] = int(rows["sentence"].isin(heads).sum())
    plus, minus = out["n_loaded_positive"], out["n_loaded_negative"]
    out["loaded_balance"] = (plus - minus) / (plus + minus) if plus + minus else nan
    cues = t[t["device"] == "attribution"]
    out["n_attribution"] = len(cues)
    for stance in STANCES:
        out[f"stance_{stance}"] = float((cues["kind"] == stance).mean()) if len(cues) else nan
    out["n_narration_sentences"] = len(analysis.opinion)
    for name, found in analysis.sentence_probabilities.items():
        p = list(found.values())
        out[name] = sum(p) / len(p) if p else nan
        low, high = proportion_confint(sum(p), len(p), method="wilson") if p else (nan, nan)
        out[f"{name}_low"], out[f"{name}_high"] = float(low), float(high)
    out["status"] = "not scored" if own < 100 else "warning" if own < 500 else "scored"
    return out


def check(analysis: Analysis, *, rates: bool = True) -> None:
    """What holds for any article: spans, order, cover, and that its scores follow from its evidence."""
    text = analysis.article.text
    last = 0
    for voice in analysis.voices:
        assert last <= voice.start < voice.end <= len(text)
        assert not text[last : voice.start].strip()
        assert 0 <= voice.confidence <= 1
        last = voice.end
    assert not text[last:].strip()
    last = 0
    for k, sentence in enumerate(analysis.sentences):
        assert sentence.index == k
        assert last <= sentence.start < sentence.end <= len(text)
        assert 0 <= sentence.first <= sentence.last <= len(analysis.reading.tokens)
        last = sentence.end
    assert [e.start for e in analysis.evidence] == sorted(e.start for e in analysis.evidence)
    for e in analysis.evidence:
        assert 0 <= e.start < e.end
        assert text[e.start : e.end] == e.text
        assert 0 <= e.sentence < len(analysis.sentences)
        assert e.valence in ("+", "-", "0")
        assert e.rule
    for cue in analysis.cues:
        assert 0 <= cue.start < cue.end <= len(text)
    if rates:
        expected = recomputed(analysis)
        assert set(expected) == set(analysis.values)
        wrong = {
            name: (value, expected[name])
            for name, value in analysis.values.items()
            if not (value == expected[name] if isinstance(value, str) else same(value, expected[name]))
        }
        assert not wrong


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU time of ``work``, the collector of garbage apart: its cost is that of all the suite has in memory."""
    gc.collect()
    gc.disable()
    try:
        began = process_time()
        work()
        return process_time() - began
    finally:
        gc.enable()

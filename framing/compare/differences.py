"""The figures of a comparison: what each article counted, how outlets differ, and how sure that is."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import asdict, replace
from functools import cached_property
from itertools import combinations
from math import nan
from typing import TYPE_CHECKING, Any

from framing.analysis import Analysis
from framing.article import Voice
from framing.score import MEASURES, PER, STANCES, VOICES, count, scores
from framing.statistics import detectable_ratio, dispersion, percentile, rate_ratio, resample_sums

if TYPE_CHECKING:
    import numpy as np

__all__ = ["DOUBTFUL", "Figures", "articles", "evidence", "sentences", "voices", "words_in"]

# An attribution less sure than this is taken the other way in the sensitivity lines: the spans below hold as many words
# as are wrong in all on PolNeAR (framing.evaluate.doubtful).
DOUBTFUL = 0.77
METHOD = "exact rates and ratio; sentence bootstrap for the difference"
OPINION = ("opinion", "Opinion", "share of own sentences")
# (name, label, unit) of every measure that is compared.
SHOWN = (
    *((m.name, m.label, "per 1,000 own words") for m in MEASURES),
    *((f"share_{v}", f"Share {v}", "share of words") for v in VOICES),
    OPINION,
    *((f"stance_{s}", f"Cues: {s}", "share of reporting cues") for s in STANCES),
)
Row = dict[str, Any]


def articles(found: list[Analysis], outlets: list[str], ids: list[str]) -> list[Row]:
    rows = []
    for k, a in enumerate(found):
        s = a.values
        rows.append(
            {"article": k, "id": ids[k], "outlet": outlets[k], "title": a.article.title}
            | {"published": a.article.published, "source": a.article.source, "words": s["words"]}
            | {f"words_{v}": s[f"words_{v}"] for v in VOICES}
            | {"sentences": s["sentences"], "status": s["status"], "characters": len(a.article.text)}
        )
    return rows


def evidence(found: list[Analysis], outlets: list[str]) -> list[Row]:
    return [{"article": k, "outlet": outlets[k]} | asdict(e) for k, a in enumerate(found) for e in a.evidence]


def sentences(found: list[Analysis], outlets: list[str]) -> list[Row]:
    rows = []
    for k, a in enumerate(found):
        words = a.counts.words
        for s in a.sentences:
            rows.append(
                {"article": k, "outlet": outlets[k], "index": s.index, "start": s.start, "end": s.end}
                | {"headline": s.headline, "paragraph": s.paragraph}
                | {f"words_{v}": words.get((s.index, v), 0) for v in VOICES}
                | {"opinion": a.opinion.get(s.index, nan), "text": a.article.text[s.start : s.end]}
            )
    return rows


def voices(found: list[Analysis], outlets: list[str]) -> list[Row]:
    return [
        {"article": k, "outlet": outlets[k], "start": v.start, "end": v.end, "voice": str(v.voice)}
        | {"speaker": v.speaker, "cue": v.cue, "confidence": v.confidence}
        | {"words": words_in(a, v.start, v.end)}
        for k, a in enumerate(found)
        for v in a.voices
    ]


def words_in(a: Analysis, start: int, end: int) -> int:
    """Words of ``[start, end)``, counted as the scores count them."""
    tokens = a.reading.tokens
    first, last = bisect_left(tokens.start, start), bisect_left(tokens.start, end)
    return sum(w[:1].isalnum() for w in tokens.norm[first:last])


def other_way(a: Analysis, below: float = DOUBTFUL) -> tuple[Row, int, int]:
    """Scores of an article if its doubtful voices are taken the other way, and how many spans and words that moves.

    An attributed span less sure than ``below`` is read as narration, a narration span less sure as indirect. The share
    of opinion among own sentences is left as it is: the classifier is not asked again.
    """
    doubtful = [v for v in a.voices if v.confidence < below]
    if not doubtful:
        return a.values, 0, 0
    turned = [
        replace(v, voice=Voice.INDIRECT if v.voice == "narration" else Voice.NARRATION) if v.confidence < below else v
        for v in a.voices
    ]
    reading = replace(a.reading, voices=turned, cache={})
    marks = [replace(e, voice=str(reading.voice_at(e.start).voice)) for e in a.evidence]
    counts = count(reading, marks, a.opinion)
    counts.title = a.counts.title
    return scores(counts), len(doubtful), sum(words_in(a, v.start, v.end) for v in doubtful)


class Figures:
    """Differences between articles, with one set of sentence resamples per article for every measure and pair."""

    def __init__(self, found: list[Analysis], seed: int, resamples: int) -> None:
        self.found, self.seed, self.resamples = found, seed, resamples

    @cached_property
    def draws(self) -> list[np.ndarray]:
        """Per article: resamples x measures, the measures of ``SHOWN`` in order; NaN where one is not defined."""
        import numpy as np

        out = []
        for k, a in enumerate(self.found):
            top, bottom = _per_sentence(a)
            sums = resample_sums(np.column_stack([top, bottom]), self.resamples, np.random.default_rng([self.seed, k]))
            with np.errstate(invalid="ignore", divide="ignore"):
                out.append(_scales() * sums[:, : top.shape[1]] / sums[:, top.shape[1] :])
        return out

    @cached_property
    def turned(self) -> list[tuple[Row, int, int]]:
        return [other_way(a) for a in self.found]

    @cached_property
    def clustering(self) -> list[dict[str, tuple[float, float, int]]]:
        """Per article and measure of marks: Pearson's statistic over sentences, its p, and degrees of freedom."""
        out = []
        for a in self.found:
            top, bottom = _per_sentence(a)
            mine = {}
            for c, m in enumerate(MEASURES):
                use = bottom[:, c] > 0
                phi, p = dispersion(top[use, c].tolist(), bottom[use, c].tolist())
                mine[m.name] = (phi, p, int(use.sum()) - 1)
            out.append(mine)
        return out

    def rows(self, outlets: list[str]) -> list[Row]:
        """One row per pair of articles and measure."""
        import numpy as np

        out = []
        for i, j in combinations(range(len(self.found)), 2):
            a, b = self.found[i].values, self.found[j].values
            drawn = self.draws[i] - self.draws[j]
            with np.errstate(invalid="ignore"):
                low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
            for c, (name, label, unit) in enumerate(SHOWN):
                x, y = a[name], b[name]
                known = x == x and y == y
                bounds = (low[c], high[c]) if np.isfinite(low[c]) else percentile(drawn[:, c])
                out.append(
                    {"measure": name, "label": label, "unit": unit, "a": outlets[i], "b": outlets[j]}
                    | {"value_a": x, "low_a": a.get(f"{name}_low", nan), "high_a": a.get(f"{name}_high", nan)}
                    | {"value_b": y, "low_b": b.get(f"{name}_low", nan), "high_b": b.get(f"{name}_high", nan)}
                    | {"difference": x - y, "low": bounds[0] if known else nan, "high": bounds[1] if known else nan}
                    | (self._ratio(i, j, name) if known else {})
                    | {"method": METHOD, "note": "conditional on these texts"}
                )
        return out

    def _ratio(self, i: int, j: int, name: str) -> Row:
        """Ratio b over a with its exact interval, and what there is to say about it; only for rates of marks."""
        a, b = self.found[i].values, self.found[j].values
        marks = f"n_{name}"
        if marks not in a:
            return {}
        words_a, words_b = a["words_narration"], b["words_narration"]
        ratio, low, high = rate_ratio(a[marks], words_a, b[marks], words_b)
        total = a[marks] + b[marks]
        (phi_a, p_a, df_a), (phi_b, p_b, df_b) = self.clustering[i][name], self.clustering[j][name]
        known = [(phi, p, df) for phi, p, df in ((phi_a, p_a, df_a), (phi_b, p_b, df_b)) if phi == phi]
        weight = sum(df for *_, df in known)
        x, y = self.turned[i][0], self.turned[j][0]
        moved = self.turned[i][1] or self.turned[j][1]
        other = rate_ratio(x[marks], x["words_narration"], y[marks], y["words_narration"])[0] if moved else ratio
        return {
            "ratio": ratio,
            "ratio_low": low,
            "ratio_high": high,
            "detectable": detectable_ratio(total / (words_a + words_b), words_a, words_b) if total else nan,
            "dispersion": sum(phi * df for phi, _, df in known) / weight if weight else nan,
            "dispersion_p": min((p for _, p, _ in known), default=nan),
            "ratio_other_way": other,
        }

    def sensitivity(self, outlets: list[str], ids: list[str]) -> list[Row]:
        """One row per article and measure: the figure, and the figure if doubtful attributions are the outlet's."""
        out = []
        for k, (a, (other, spans, words)) in enumerate(zip(self.found, self.turned, strict=True)):
            for name, label, unit in SHOWN:
                if name != "opinion":
                    out.append(
                        {"outlet": outlets[k], "id": ids[k], "measure": name, "label": label, "unit": unit}
                        | {"value": a.values[name], "other_way": other[name], "n_spans": spans, "words": words}
                        | {"below": DOUBTFUL}
                    )
        return out


def _scales() -> list[float]:
    return [PER] * len(MEASURES) + [1.0] * (len(SHOWN) - len(MEASURES))


def _per_sentence(a: Analysis) -> tuple[np.ndarray, np.ndarray]:
    """Sentences x measures of ``SHOWN``: what is counted, and what it is counted in."""
    import numpy as np

    n = max(1, len(a.sentences))
    place = {name: c for c, (name, _, _) in enumerate(SHOWN)}
    top, bottom = np.zeros((n, len(SHOWN))), np.zeros((n, len(SHOWN)))
    stances, shares = [place[f"stance_{s}"] for s in STANCES], [place[f"share_{v}"] for v in VOICES]
    for (s, voice, device, kind, valence), k in a.counts.marks.items():
        if voice != "narration":
            continue
        for c, m in enumerate(MEASURES):
            if m.counts(device, kind, valence):
                top[s, c] += k
        if device == "attribution":
            bottom[s, stances] += k
            if f"stance_{kind}" in place:
                top[s, place[f"stance_{kind}"]] += k
    for (s, voice), k in a.counts.words.items():
        bottom[s, shares] += k
        top[s, place[f"share_{voice}"]] += k
        if voice == "narration":
            bottom[s, : len(MEASURES)] += k
    for s, p in a.opinion.items():
        top[s, place["opinion"]] += p
        bottom[s, place["opinion"]] += 1
    return top, bottom

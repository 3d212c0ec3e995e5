"""A Comparison made by hand from the bundled sample event, for tests of pictures that must not wait for analysis."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from framing.score import MEASURES, PER, STANCES
from framing.statistics import garwood

SAMPLES = Path(__file__).resolve().parent.parent / "framing" / "samples" / "defence-call"
OUTLETS = ("The Daily Lantern", "Meridian Newswire", "Northern Wire")
FILES = ("the-daily-lantern.txt", "meridian-newswire.txt", "northern-wire.txt")

# device, kind, valence, phrase
MARKS: dict[int, list[tuple[str, str, str, str]]] = {
    0: [
        ("loaded", "label", "-", "military boss"), ("loaded", "phrase", "-", "throw in its way"),
        ("loaded", "verb", "-", "cozy up to"), ("loaded", "modifier", "-", "bloodiest"),
        ("loaded", "phrase", "-", "war of conquest"), ("loaded", "label", "-", "regime"),
        ("loaded", "noun", "-", "tirade"), ("loaded", "phrase", "-", "only too happy"),
        ("loaded", "phrase", "-", "propaganda coup"), ("loaded", "phrase", "-", "talking shop"),
        ("hedge", "epistemic", "0", "appears to be"), ("hedge", "vague_source", "0", "Some analysts believe"),
        ("booster", "certainty", "0", "exactly"), ("scare_quote", "label", "-", "“defense ministers”"),
        ("aside", "comment", "-", "That is a curious way to describe a friendship in which one side is fighting the "
         "bloodiest war Europe has seen in eighty years."),
        ("aside", "comment", "-", "He did not say which chapters of the past he had in mind."),
        ("aside", "address", "-", "Tell that to the Japanese and South Korean pilots who have been scrambled again and "
         "again as Russian and Chinese bombers flew side by side near their airspace."),
        ("aside", "rhetorical_question", "-", "And if Moscow and Beijing are so dead set against blocs, what exactly is "
         "BRICS?"),
        ("aside", "rhetorical_question", "-", "Are we really supposed to believe it is just a talking shop?"),
        ("attribution", "doubt", "0", "claimed"), ("attribution", "neutral", "0", "told"),
        ("attribution", "commissive", "0", "vowed"), ("attribution", "doubt", "0", "alleged"),
        ("attribution", "assertive", "0", "insisted"), ("attribution", "emotive", "0", "boasted"),
    ],
    1: [
        ("loaded", "modifier", "+", "Steadfast"), ("loaded", "modifier", "+", "landmark"),
        ("loaded", "metaphor", "+", "pillar"), ("loaded", "modifier", "+", "warm"),
        ("loaded", "modifier", "+", "undeterred"), ("loaded", "modifier", "+", "principled"),
        ("loaded", "modifier", "+", "unwavering"), ("loaded", "phrase", "+", "deep mutual trust"),
        ("loaded", "modifier", "+", "fairer"), ("loaded", "modifier", "+", "exceptional maturity"),
        ("loaded", "noun", "-", "interference"), ("loaded", "phrase", "-", "drive a wedge"),
        ("booster", "importance", "0", "most important"), ("booster", "degree", "0", "deeply"),
        ("booster", "universal", "0", "every area"), ("booster", "importance", "0", "vital"),
        ("booster", "certainty", "0", "undoubtedly"), ("booster", "manner", "0", "firm"),
        ("vouch", "show", "+", "demonstrates"), ("vouch", "show", "+", "reflects"), ("vouch", "show", "+", "highlights"),
        ("vouch", "show", "+", "underscores"),
        ("aside", "coda", "+", "At a time of growing turbulence, it sends a clear signal that attempts to drive a wedge "
         "between the two countries are futile."),
        ("aside", "coda", "+", "As a multipolar world takes shape, the steadfast partnership of these two great nations "
         "will undoubtedly remain a decisive force for stability in the decades to come."),
        ("attribution", "emphatic", "0", "underlined"), ("attribution", "factive", "0", "recalled"),
        ("attribution", "assertive", "0", "affirmed"), ("attribution", "factive", "0", "pointed out"),
        ("attribution", "factive", "0", "noted"), ("attribution", "emphatic", "0", "stressed"),
    ],
    2: [
        ("hedge", "epistemic", "0", "appeared to be"), ("hedge", "approximator", "0", "about"),
        ("hedge", "approximator", "0", "largely"), ("attribution", "neutral", "0", "told"),
        ("attribution", "neutral", "0", "said"), ("attribution", "accusing", "0", "accused"),
        ("loaded", "phrase", "-", "full-scale invasion"),
    ],
}  # fmt: skip

PAIRS = [
    (0, "The past has proved, and the present proves again, that hegemony ends in failure.", "direct", 1,
     "History has proved that hegemony is bound to fail", "indirect", "reworded"),
    (0, "they insisted “do not put together military blocs”", "direct", 1,
     "neither Moscow nor Beijing creates military blocs, and nothing in their cooperation is directed at third countries",
     "indirect", "reworded"),
    (0, "The partnership between the two armies, Dong claimed, is “one of the pillars that hold up peace and stability "
     "in the world.”", "direct", 1, "military cooperation between the two neighbours is a pillar of world peace and "
     "stability", "indirect", "reframed"),
    (0, "The United States keeps both our countries in its sights because it wants to remain the hegemon", "direct", 1,
     "Washington persistently targets both Russia and China in its effort to preserve hegemony", "indirect", "reworded"),
    (0, "Beijing, he vowed, “is not going to give up its policy, or bend it, on that account,”", "direct", 2,
     "China would “neither change its established policy nor drop it” as a result", "direct", "equivalent"),
]  # fmt: skip

ONLY = {
    0: [
        ("aside", "And if Moscow and Beijing are so dead set against blocs, what exactly is BRICS?", "narration"),
        ("fact", "Sergey Shoigu, the man running Russia’s invasion of Ukraine", "narration"),
        ("background", "Beijing claims the self-governing island as its own and has never ruled out taking it by force.",
         "narration"),
    ],
    1: [
        ("aside", "the steadfast partnership of these two great nations will undoubtedly remain a decisive force for "
         "stability", "narration"),
        ("fact", "The Russian minister congratulated Dong on his appointment and wished him success in his responsible "
         "post.", "narration"),
        ("background", "In recent years it has included naval drills, long-range air patrols and exchanges between "
         "military academies", "narration"),
    ],
    2: [
        ("fact", "China’s defence ministry did not immediately publish a full record of the call.", "narration"),
        ("background", "Taiwan elected a new president, Lai Ching-te, on January 13.", "narration"),
    ],
}  # fmt: skip


def _sentences(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"[^\n.?!]+(?:[.?!]+[”\"]?|\n|$)", text) if m.group().strip()]


def _voices(text: str, speakers: tuple[str, str]) -> list[tuple[int, int, str, str | None]]:
    found, at = [], 0
    pattern = re.compile(r"“[^”]{30,}”|(?<=that )[^.“”]{40,}(?=\.)")
    for n, m in enumerate(pattern.finditer(text)):
        found.append((at, m.start(), "narration", None))
        voice = "direct" if m.group().startswith("“") else "indirect"
        found.append((m.start(), m.end(), voice, speakers[0] if n % 3 else speakers[1]))
        at = m.end()
    return [*[f for f in found if f[1] > f[0]], (at, len(text), "narration", None)]


def make(
    n: int = 2,
    *,
    outlets: list[str] | None = None,
    asides: bool = True,
    alignment: bool = True,
    repeat: int = 1,
    cut: int | None = None,
    prefix: str = "",
    every: bool = False,
) -> Any:
    """A comparison of ``n`` articles; ``repeat`` lengthens texts, ``cut`` shortens them, ``prefix`` starts every span.

    ``every``: marks are found in every repetition of the text, not only in the first.
    """
    names = list(outlets or [OUTLETS[k % 3] + (f" {k}" if k > 2 else "") for k in range(n)])
    articles, evidence, sentences, voices, scores, sources, naming, targets = [], [], [], [], [], [], [], []
    for k, outlet in enumerate(names):
        which = k % 3
        text = "\n\n".join([(SAMPLES / FILES[which]).read_text("utf-8")] * repeat)[:cut]
        spans = _sentences(text)
        read = _voices(text, ("Dong Jun", "Sergey Shoigu"))
        words = {
            v: sum(len(text[s:e].split()) for s, e, x, _ in read if x == v) for v in ("narration", "direct", "indirect")
        }
        total = sum(words.values())
        for s, e, v, who in read:
            voices.append((k, outlet, s, e, v, who, "said", 1.0, len(text[s:e].split())))
        for i, (s, e) in enumerate(spans):
            sentences.append((k, outlet, i, s, e, i == 0, i // 3, e - s, 0, 0, 0.2, text[s:e]))
        rows = []
        for device, kind, valence, phrase in MARKS[which]:
            if device == "aside" and not asides:
                continue
            places = [m.start() for m in re.finditer(re.escape(phrase), text)]
            for at in places if every else places[:1]:
                index = next((i for i, (s, e) in enumerate(spans) if s <= at < e), 0)
                voice = next((v for s, e, v, _ in read if s <= at < e), "narration")
                voice = "narration" if device in ("aside", "attribution", "loaded") else voice
                rows.append((k, outlet, at, at + len(phrase), prefix + phrase, device, kind, valence, voice, None, index,
                             f"{device}:{phrase}", "China" if valence == "+" else "Beijing"))  # fmt: skip
        evidence += rows
        own = [r for r in rows if r[8] == "narration"]
        out: dict[str, Any] = {"words": total, **{f"words_{v}": w for v, w in words.items()}}
        out.update({f"share_{v}": w / total if total else float("nan") for v, w in words.items()})
        out["sentences"] = len(spans)
        scored = words["narration"] >= 100
        for m in MEASURES:
            count = sum(m.counts(r[5], r[6], r[7]) for r in own)
            rate = garwood(count, words["narration"], PER) if scored else (float("nan"),) * 3
            out[f"n_{m.name}"] = count
            out[m.name], out[f"{m.name}_low"], out[f"{m.name}_high"] = rate
        plus, minus = out["n_loaded_positive"], out["n_loaded_negative"]
        out["loaded_balance"] = (plus - minus) / (plus + minus) if plus + minus else float("nan")
        cues = [r[6] for r in own if r[5] == "attribution"]
        out["n_attribution"] = len(cues)
        for stance in STANCES:
            out[f"stance_{stance}"] = cues.count(stance) / len(cues) if cues else float("nan")
        out["opinion"], out["opinion_low"], out["opinion_high"] = 0.4 - 0.1 * which, 0.25, 0.6
        out["status"] = "not scored" if not scored else "warning" if words["narration"] < 500 else "scored"
        scores.append(out)
        articles.append((k, f"{k}", outlet, text[:40], f"2024-02-{k % 27 + 1:02d}", FILES[which], total, *words.values(),
                         len(spans), out["status"]))  # fmt: skip
        for who in ("Dong Jun", "Sergey Shoigu"):
            d, i = (
                sum(x[8] for x in voices if x[0] == k and x[5] == who and x[4] == v) for v in ("direct", "indirect")
            )
            if d + i:
                sources.append((outlet, str(k), who, "person", d, i, d + i, (d + i) / total, 0.1, False, True))
        if which == 2:
            sources.append(
                (outlet, str(k), "the European Union", "organisation", 0, 12, 12, 12 / total, 0.5, True, True)
            )
        naming += [("Dong Jun", outlet, str(k), name, c, kind, val) for name, c, kind, val in [
            [("Dong", 6, "name", "0"), ("military boss", 1, "label", "-"), ("newcomer", 1, "label", "0")],
            [("Dong", 5, "name", "0"), ("new Minister of National Defence", 1, "title", "0")],
            [("Dong", 7, "name", "0"), ("Defence Minister", 2, "title", "0")]][which]]  # fmt: skip
        targets.append((outlet, str(k), "China", 0 if which == 0 else 5, 6 if which == 0 else 0, 6, "regime"))
    frame = pd.DataFrame
    table = frame(scores, index=pd.Index(names, name="outlet"))
    differences = []
    for m in ("loaded_negative", "loaded_positive", "booster", "hedge", "vouch", "scare_quote", "aside"):
        for b in range(1, len(names)):
            x, y = scores[0], scores[b]
            d = x[m] - y[m]  # a minus b, as compare() has it
            half = 0.4 * (x[f"{m}_high"] - x[f"{m}_low"] + y[f"{m}_high"] - y[f"{m}_low"])
            differences.append((m, next(q.label for q in MEASURES if q.name == m), "per 1,000 own words", names[0], names[b],
                                x[m], x[f"{m}_low"], x[f"{m}_high"], y[m], y[f"{m}_low"], y[f"{m}_high"], d, d - half,
                                d + half, float("nan"), float("nan"), float("nan"), "bootstrap", ""))  # fmt: skip
    pairs, shifts = [], []
    for a, ta, va, b, tb, vb, relation in PAIRS if alignment else []:
        for p in range(len(names)):
            for q in range(p + 1, len(names)):
                if p % 3 == a and q % 3 == b:
                    pairs.append((str(p), 0, 10, va, str(q), 0, 10, vb, 0.7, relation, names[p], names[q], prefix + ta,
                                  prefix + tb, "", "", "", ""))  # fmt: skip
                    if va != vb:
                        shifts.append((str(p), str(q), names[p], names[q], va, vb, f"{va} → {vb}", ta, tb, "Dong Jun",
                                       "Dong Jun", 0, 10, 0, 10, 0.7))  # fmt: skip
    ev = frame(evidence, columns=["article", "outlet", "start", "end", "text", "device", "kind", "valence", "voice",
                                  "speaker", "sentence", "rule", "target"])  # fmt: skip
    said = ev[ev.device == "aside"]
    only = [(str(k), o, 0, 10, prefix + t, v, None, c, 1.0 - 0.1 * i)
            for k, o in enumerate(names) for i, (c, t, v) in enumerate(ONLY[k % 3])]  # fmt: skip
    return SimpleNamespace(
        event_title="Video call between the defence ministers of China and Russia",
        articles=frame(articles, columns=["article", "id", "outlet", "title", "published", "source", "words",
                       "words_narration", "words_direct", "words_indirect", "sentences", "status"]),
        scores=table,
        evidence=ev,
        sentences=frame(sentences, columns=["article", "outlet", "index", "start", "end", "headline", "paragraph",
                        "words_narration", "words_direct", "words_indirect", "opinion", "text"]),
        voices=frame(voices, columns=["article", "outlet", "start", "end", "voice", "speaker", "cue", "confidence", "words"]),
        differences=frame(differences, columns=["measure", "label", "unit", "a", "b", "value_a", "low_a", "high_a",
                          "value_b", "low_b", "high_b", "difference", "low", "high", "ratio", "ratio_low", "ratio_high",
                          "method", "note"]),
        alignment=frame(pairs, columns=["a_id", "a_start", "a_end", "a_voice", "b_id", "b_start", "b_end", "b_voice",
                        "similarity", "relation", "a_outlet", "b_outlet", "a_text", "b_text", "added", "dropped",
                        "replaced", "devices"]),
        voice_shifts=frame(shifts, columns=["a_id", "b_id", "a_outlet", "b_outlet", "a_voice", "b_voice", "shift", "a_text",
                           "b_text", "a_speaker", "b_speaker", "a_start", "a_end", "b_start", "b_end", "similarity"]),
        only=frame(only, columns=["id", "outlet", "start", "end", "text", "voice", "speaker", "category", "weight"]),
        asides=frame({"id": said.article.astype(str), "outlet": said.outlet, "start": said.start, "end": said.end,
                      "kind": said.kind, "text": said.text, "sentence": said.sentence}),
        sources=frame(sources, columns=["outlet", "id", "speaker", "kind", "words_direct", "words_indirect", "words",
                      "share", "first_position", "only_here", "named"]),
        naming=frame(naming, columns=["actor", "outlet", "id", "name", "n", "kind", "valence"]),
        targets=frame(targets, columns=["outlet", "id", "target", "positive", "negative", "n", "terms"]),
        frames=frame(
            [
                (o, str(k), theme, n, n / 12, max(0.0, n / 12 - 0.2), min(1.0, n / 12 + 0.2), 3.0, n, f"{theme} {n}")
                for k, o in enumerate(names)
                for theme, n in (("security", 7 - k % 3), ("public_opinion", 3), ("economy", k % 3), ("health", 0))
            ],
            columns=["outlet", "id", "frame", "n", "share", "low", "high", "per_1000", "n_narration", "terms"],
        ),
        pairs=frame(
            [(names[0], o, "reports", 0.6, 0.1, 5, 0.4) for o in names[1:]],
            columns=["a", "b", "kind", "similarity", "contained", "n_aligned", "aligned_share"],
        ),
        notes=["Texts are short: read rates with care."],
        reliability={"notes": ["Texts are short: read rates with care."]},
        sensitivity_lines=lambda: ["Counting doubtful passages the other way changes no sign."],
        signature="framing 0.1.0 · lexicon 1a2b3c4d · models 5e6f7a8b · seed 0 · 2000 resamples",
        meta={"version": "0.1.0", "seed": 0, "resamples": 2000},
    )  # fmt: skip

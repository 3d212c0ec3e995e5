"""One article in the terminal: devices coloured by kind, voices told apart, scores beneath."""

from __future__ import annotations

import unicodedata
from math import isnan
from typing import TYPE_CHECKING

from framing.score import JUDGED, MEASURES

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from framing.analysis import Analysis

__all__ = ["bracketed", "legend", "marked", "safe", "score_table", "speakers", "why_table"]

DEVICE_STYLE = {
    "hedge": "cyan",
    "booster": "magenta",
    "loaded": "bold yellow",
    "loaded+": "bold green",
    "loaded-": "bold red",
    "attribution": "blue",
    "vouch": "bright_magenta",
    "scare_quote": "bold bright_red",
    "aside": "underline",
}
VOICE_STYLE = {"narration": "", "direct": "italic dim", "indirect": "dim"}


def safe(text: str) -> str:
    """Text that cannot steer a terminal: control, bidi and other format characters become visible or go.

    Length may change; use it only for what is shown.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c
        if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")
        else "\ufffd"
        if c < " "
        else ""
        for c in text.replace("\r\n", "\n").replace("\r", "\n")
    )


def marked(analysis: Analysis) -> Text:
    """The article's text with voices dimmed and devices coloured."""
    from rich.text import Text

    text = analysis.article.text
    style = [""] * len(text)
    for v in analysis.voices:
        for k in range(v.start, v.end):
            style[k] = VOICE_STYLE[v.voice]
    for e in sorted(analysis.evidence, key=lambda e: e.start - e.end):
        name = e.device + e.valence if e.device == "loaded" and e.valence in "+-" else e.device
        for k in range(e.start, e.end):
            style[k] = f"{style[k]} {DEVICE_STYLE.get(name, 'bold')}".strip()
    for s in analysis.sentences:
        if s.headline:
            for k in range(s.start, s.end):
                style[k] = f"{style[k]} bold".strip()
    out = Text()
    k = 0
    while k < len(text):
        j = k
        while j < len(text) and style[j] == style[k]:
            j += 1
        out.append(safe(text[k:j]), style=style[k])
        k = j
    return out


def bracketed(analysis: Analysis) -> Text:
    """The article's text where there are no colours: ``[device: its words]``, ``{a source's content, paraphrased}``."""
    from rich.text import Text

    text = analysis.article.text
    # At one place closings come before openings; of these the longer span first.
    marks: list[tuple[int, int, int, str]] = []
    for v in analysis.voices:
        if v.voice == "indirect" and v.start < v.end:
            marks += [(v.start, 1, -v.end, "{"), (v.end, 0, -v.start, "}")]
    for e in analysis.evidence:
        name = e.device + e.valence if e.device == "loaded" else e.device.replace("_", " ")
        if e.start < e.end:
            marks += [(e.start, 1, -e.end, f"[{name}: "), (e.end, 0, -e.start, "]")]
    out, last = Text(), 0
    for at, _, _, sign in sorted(marks, key=lambda m: m[:3]):
        out.append(safe(text[last:at]) + sign)
        last = at
    out.append(safe(text[last:]))
    return out


def speakers(analysis: Analysis, most: int = 6) -> Text | None:
    """Who is quoted and paraphrased, by number of words; None where nobody is."""
    from rich.text import Text

    from framing.compare.differences import words_in

    words: dict[str, int] = {}
    for v in analysis.voices:
        if v.voice != "narration":
            name = v.speaker or "no speaker found"
            words[name] = words.get(name, 0) + words_in(analysis, v.start, v.end)
    if not words:
        return None
    ranked = sorted(words.items(), key=lambda w: (-w[1], w[0]))
    said = ", ".join(f"{safe(' '.join(name.split()))} {n}" for name, n in ranked[:most])
    more = f" and {len(ranked) - most} more" if len(ranked) > most else ""
    return Text(f"Sources, words: {said}{more}")


def legend(colours: bool = True) -> Text:
    """What the colours or brackets mean."""
    from rich.text import Text

    if not colours:
        return Text("[device: the marked words]   {what a source says, in the outlet's wording}")
    out = Text("Voices: ")
    for voice, style in VOICE_STYLE.items():
        out.append(voice, style=style)
        out.append("  ")
    out.append("\nDevices: ")
    for device, style in DEVICE_STYLE.items():
        if device != "loaded":
            out.append(device.replace("_", " "), style=style)
            out.append("  ")
    return out


def score_table(analysis: Analysis) -> RenderableType:
    """Voice shares, and the rate of each device in the outlet's own words with its interval."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    s = analysis.values
    words = Text(
        f"{s['words']} words: narration {s['share_narration']:.0%}, indirect {s['share_indirect']:.0%}, "
        f"direct {s['share_direct']:.0%}"
        if s["words"]
        else "no words"
    )
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("in its own words")
    table.add_column("n", justify="right")
    table.add_column("per 1,000", justify="right")
    table.add_column("95% interval", justify="right")
    for m in MEASURES:
        rate = s[m.name]
        if isnan(rate):
            table.add_row(m.label, str(s[f"n_{m.name}"]), "–", "–")
        else:
            low, high = s[f"{m.name}_low"], s[f"{m.name}_high"]
            table.add_row(m.label, str(s[f"n_{m.name}"]), f"{rate:.1f}", f"{low:.1f} – {high:.1f}")
    parts: list[RenderableType] = [words, table]
    if s["n_narration_sentences"]:
        parts.append(
            Text(
                f"Opinion: {s['opinion']:.0%} of {s['n_narration_sentences']} narration sentences "
                f"({s['opinion_low']:.0%} – {s['opinion_high']:.0%})"
            )
        )
        for name in analysis.sentence_probabilities:
            if name not in ("opinion", *JUDGED):
                share = f"{s[name]:.0%} ({s[f'{name}_low']:.0%} – {s[f'{name}_high']:.0%})"
                parts.append(Text(f"Your classifier {safe(name)}: {share} of narration sentences"))
    if s["status"] == "not scored":
        parts.append(Text(f"Not scored: only {s['words_narration']} narration words (100 are needed).", style="yellow"))
    elif s["status"] == "warning":
        parts.append(Text(f"Short text: {s['words_narration']} narration words; read rates with care.", style="yellow"))
    return Group(*parts)


def why_table(analysis: Analysis, name: str = "opinion", top: int = 5) -> RenderableType:
    """Each narration sentence with its probability and the words that pushed it most.

    ``name``: of a shipped classifier, or a model file.
    """
    from rich.table import Table

    from framing.analysis import narration_sentences
    from framing.classify import classifier

    model = classifier(name)
    own = narration_sentences(analysis.reading)
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(f"P({safe(model.name)})", justify="right")
    table.add_column("sentence")
    table.add_column("pushed by")
    for (_, sentence), p in zip(own, model.predict_proba([t for _, t in own]) if own else (), strict=True):
        terms = sorted(model.explain(sentence), key=lambda t: -abs(t[1]))[:top]
        table.add_row(f"{p:.2f}", safe(" ".join(sentence.split())), "  ".join(f"{safe(t)} {w:+.2f}" for t, w in terms))
    return table

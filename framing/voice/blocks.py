"""Verbatim text without quotation marks: transcript lines, signed posts, block quotations after a colon.

News sets such text as paragraphs of its own. A paragraph counts only where the text
itself says whose it is: by a label that recurs ("SMITH: …"), by a signature ("— Ana Reyes
(@areyes) May 2, 2020"), or by a sentence before it that reports and ends in a colon.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import groupby

from framing.article import Sentence
from framing.tokens import Tokens
from framing.voice.quotes import Quote

__all__ = ["blocks"]

_LABEL = re.compile(r"N{1,4}(?:\([^)]{1,12}\))?:")
_REACH = 14


def blocks(tokens: Tokens, codes: str, sentences: list[Sentence], reports: Callable[[int, int], bool]) -> list[Quote]:
    """Verbatim paragraphs as quotations, in order; ``source``: tokens of the name, or None after a colon.

    ``reports``: does the sentence at a token range hand over words (a cue, "statement", "tweet")?
    """
    body = [s for s in sentences if not s.headline]
    paragraphs = [
        (group[0].first, group[-1].last, group)
        for group in (list(g) for _, g in groupby(body, key=lambda s: s.paragraph))
    ]
    labels = [_label(tokens, codes, a, b) for a, b, _ in paragraphs]
    seen = Counter(" ".join(tokens.norm[x:y]) for x, y in filter(None, labels))
    spoken = len(seen) > 1 and sum(seen.values()) > 2 and max(seen.values()) > 1
    out: list[Quote] = []
    for n, (a, b, _) in enumerate(paragraphs):
        label = labels[n]
        if label is not None and spoken:
            start = codes.find(":", label[1], b) + 1
            if start < b:
                out.append(Quote(start, b, paragraphs[n][2][0].paragraph, block=True, source=label))
            continue
        signed = _signature(tokens, codes, a, b)
        if signed is not None:
            dash, source = signed
            if dash > a:
                out.append(Quote(a, dash, paragraphs[n][2][0].paragraph, block=True, source=source))
            elif out and n and out[-1].last == a and out[-1].source is None:
                out[-1].source = source  # the post stands in the paragraph before its signature
            elif n:
                x, y, group = paragraphs[n - 1]
                if codes[x] != "Q" and y - x < 90 and len(group) < 6:
                    out.append(Quote(x, y, group[0].paragraph, block=True, source=source))
            continue
        if n and codes[a] != "Q" and b - a > 3:
            last = paragraphs[n - 1][2][-1]
            ends = codes[last.last - 1] == ":" and last.last - last.first > 2
            whole = codes[b - 1] in ".?!Q)"  # an item of a list has no full stop
            if ends and whole and reports(last.first, last.last):
                out.append(Quote(a, b, paragraphs[n][2][0].paragraph, block=True))
    return out


def _label(tokens: Tokens, codes: str, a: int, b: int) -> tuple[int, int] | None:
    """Token range of the speaker's name that opens a transcript line, or None."""
    if codes[a] not in "ND" or b - a < 3:
        return None
    m = _LABEL.match(codes, a, min(b, a + _REACH))
    if m is None:
        single = codes[a + 1] == ":" and tokens.text[a] in ("Q", "A")
        return (a, a + 1) if single else None
    end = a
    while codes[end] == "N":
        end += 1
    words = tokens.text[a:end]
    named = all(w.isupper() for w in words if w[0].isalpha()) or (end - a > 1 or len(words[0]) > 1)
    return (a, end) if named else None


def _signature(tokens: Tokens, codes: str, a: int, b: int) -> tuple[int, tuple[int, int]] | None:
    """The dash before "Name (@handle) date" at the end of a paragraph, and the name's tokens."""
    if codes.find("-N", max(a, b - _REACH - 5), b) < 0:
        return None
    for p in range(b - 2, max(a - 1, b - _REACH - 6), -1):
        if codes[p] == "-" and codes[p + 1] == "N":
            e = p + 1
            while e < b and codes[e] in "Nh.n" and e - p < 7:
                e += 1
            if e + 1 < b and codes[e] == "(" and tokens.text[e + 1] == "@":
                return p, (p + 1, e)
    return None

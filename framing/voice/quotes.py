"""Quotation marks -> quotations: paired per paragraph, continued over paragraphs, apostrophes left alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from framing.article import Sentence
from framing.tokens import Tokens
from framing.voice.words import words

__all__ = ["Quote", "pair_quotes"]

_MARKS = re.compile("Q")
_OPENERS = "\u201c\u201e\u00ab\u201f\u2039"
_CLOSERS = "\u201d\u00bb\u203a"
_SINGLE = "'\u2018\u2019`"
_BEFORE_OPEN = " \n\t\r\u00a0([{-\u2013\u2014/\"\u201c\u2018'\u201e\u2026:,"
# 'em, 'til, '90s: an apostrophe, not an opening mark
_CLIPPED = words("em til till cause cuz n tis twas round bout")
# A quotation left open may run over so many paragraphs that carry no mark at their head.
_UNMARKED = 6
# A single-marked quotation is not longer than this many tokens.
_SINGLE_REACH = 120


@dataclass(slots=True)
class Quote:
    """A quotation, token range ``[first, last)`` with its marks.

    ``closed``: has its closing mark. ``continues``: goes on from the quotation before it
    (a paragraph that opens with a mark although the one before was never closed).
    ``block``: verbatim text without marks; ``source``: tokens of whose it is.
    """

    first: int
    last: int
    paragraph: int
    closed: bool = True
    continues: bool = False
    block: bool = False
    source: tuple[int, int] | None = None


def pair_quotes(text: str, tokens: Tokens, codes: str, sentences: list[Sentence]) -> list[Quote]:
    """Quotations in order, not overlapping. Linear; any mixture of marks gives some answer."""
    marks = [m.start() for m in _MARKS.finditer(codes)]
    if not marks:
        return []
    starts, words = tokens.start, tokens.text
    firsts = [s.first for s in sentences]
    # paragraph ends, as token positions
    bounds: list[tuple[int, int]] = []  # (last token, paragraph)
    for s in sentences:
        if bounds and bounds[-1][1] == s.paragraph:
            bounds[-1] = (s.last, s.paragraph)
        else:
            bounds.append((s.last, s.paragraph))
    out: list[Quote] = []
    size = len(text)
    at = 0
    b = 0
    first_of = 0
    pending = False  # the paragraph before ended inside a quotation
    gap: list[tuple[int, int, int]] = []  # paragraphs without marks since one that did
    while b < len(bounds):
        end, paragraph = bounds[b]
        mine_from = at
        while at < len(marks) and marks[at] < end:
            at += 1
        mine = marks[mine_from:at]
        if not mine and (pending or gap) and len(gap) < _UNMARKED:
            gap.append((first_of, end, paragraph))
            pending = False
        else:
            if gap and mine:
                count = len(out)
                pending = _pair(
                    text, words, starts, mine, first_of, end, paragraph, False, out, size, codes, firsts, True
                )
                if len(out) > count and out[count].first == first_of and out[count].continues:
                    # closed here and opened nowhere: the unmarked paragraphs in between are quoted too
                    out[count:count] = [Quote(x, y, p, False, True) for x, y, p in gap]
            else:
                pending = _pair(text, words, starts, mine, first_of, end, paragraph, pending, out, size, codes, firsts)
            gap.clear()
        first_of = end
        b += 1
    return out


def _pair(
    text: str,
    words: list[str],
    starts: list[int],
    marks: list[int],
    begin: int,
    end: int,
    paragraph: int,
    pending: bool,
    out: list[Quote],
    size: int,
    codes: str,
    firsts: list[int],
    reopened: bool = False,
) -> bool:
    """Pair the marks of one paragraph; returns whether it ends inside a quotation.

    ``firsts``: first tokens of the sentences; ``pending``: the paragraph before ended inside a quotation;
    ``reopened``: one further back did, and none since has marks.
    """
    open_at = -1
    open_mark = ""
    continues = False
    depth = 0
    singles: list[int] = []
    n = len(marks)
    k = 0
    while k < n:
        i = marks[k]
        k += 1
        mark = words[i]
        position = starts[i]
        before = text[position - 1] if position else " "
        after = text[position + 1] if position + 1 < size else " "
        if mark in _SINGLE:
            if mark == "'" and k < n and marks[k] == i + 1 and words[i + 1] == "'" and starts[i + 1] == position + 1:
                # '' used as a double mark: it closes where one is open, else it opens
                k += 1
                if open_at >= 0 and open_mark in ("''", '"'):
                    out.append(Quote(open_at, i + 2, paragraph, True, continues))
                    open_at = -1
                elif open_at < 0 and not (i + 2 < len(words) and text[position + 2 : position + 3].isspace()):
                    open_at, open_mark, continues = i, "''", pending and i == begin
                continue
            if mark == "`" and k < n and marks[k] == i + 1 and words[i + 1] == "`":
                k += 1
                mark = "\u201c"
            else:
                if open_at < 0:
                    singles.append(i)
                continue
        if open_at >= 0:
            if open_mark == '"' and mark == "\u201c" and not before.isalnum():
                depth += 1  # curly marks inside straight ones
                continue
            if open_mark == '"' and mark == "\u201d" and depth:
                depth -= 1
                continue
            depth = 0
            if mark in _OPENERS and open_mark != '"' and not (mark == "\u201e" or open_mark == "\u201e"):
                if before in " \n\u00a0" and codes[i - 1] in ".?!,":
                    # opened again without closing: the first one ended before this mark
                    out.append(Quote(open_at, i, paragraph, False, continues))
                    open_at, open_mark, continues = i, mark, False
                continue
            if mark == '"' and before.isspace() and not after.isspace() and open_mark == '"' and codes[i - 1] in ".?!":
                # a second opening mark after a full stop: the closing one is missing
                out.append(Quote(open_at, i, paragraph, False, continues))
                open_at, continues = i, False
                continue
            out.append(Quote(open_at, i + 1, paragraph, True, continues))
            open_at = -1
            continue
        if mark == '"' or mark in ("''", "'"):
            if before.isdigit() and not after.isalnum():
                continue  # inches
            if after.isspace() and not before.isspace() and i > begin:
                continue  # a closing mark without an opening one
        elif mark in _CLOSERS and mark not in _OPENERS:
            if mark == "\u201d" and (before.isspace() or i == begin) and not after.isspace():
                pass  # ”so written” at both ends
            else:
                # never opened: the paragraph so far, if the one before was left open
                if (i == end - 1 or after.isspace()) and (pending or reopened) and not out_in(out, paragraph):
                    out.append(Quote(begin, i + 1, paragraph, True, True))
                elif i == end - 1 and codes[i - 1] in ".?!" and out_in(out, paragraph) and out[-1].closed:
                    # “We wait,” she said. We will not wait.”: the mark at the head of the second part is missing
                    first = firsts[min(bisect_right(firsts, out[-1].last), len(firsts) - 1)]
                    if out[-1].last < first < i <= first + _SINGLE_REACH:
                        out.append(Quote(first, i + 1, paragraph))
                continue
        open_at, open_mark = i, mark
        continues = pending and i == begin
    unclosed = open_at >= 0
    if unclosed:
        out.append(Quote(open_at, end, paragraph, False, continues))
    if singles:
        _pair_singles(text, words, starts, singles, end, paragraph, out, size)
    return unclosed


def out_in(out: list[Quote], paragraph: int) -> bool:
    """Does the last quotation found belong to ``paragraph``?"""
    return bool(out) and out[-1].paragraph == paragraph


def _pair_singles(
    text: str,
    words: list[str],
    starts: list[int],
    singles: list[int],
    end: int,
    paragraph: int,
    out: list[Quote],
    size: int,
) -> None:
    """Quotations in single marks: opened before a letter, closed after one, near enough."""
    opened = -1
    found: list[Quote] = []
    for i in singles:
        position = starts[i]
        before = text[position - 1] if position else " "
        after = text[position + 1] if position + 1 < size else " "
        can_open = before in _BEFORE_OPEN and (after.isalnum() or after in "$\u2026[(") and words[i] != "\u00b4"
        if can_open and i + 1 < end and (words[i + 1].lower() in _CLIPPED or after.isdigit()):
            can_open = words[i] == "\u2018" and not after.isdigit()
        can_close = not before.isspace() and not after.isalnum()
        if opened >= 0 and i - opened > _SINGLE_REACH:
            opened = -1
        if opened < 0:
            if can_open and words[i] != "\u2019":
                opened = i
        elif can_close and i > opened + 1:
            found.append(Quote(opened, i + 1, paragraph))
            opened = -1
        elif can_open and words[i] != "\u2019":
            opened = i
    if not found:
        return
    others = len(out)
    while others and out[others - 1].paragraph == paragraph:
        others -= 1
    mine = out[others:]
    merged = sorted([*mine, *found], key=lambda q: (q.first, -q.last))
    del out[others:]
    last = -1
    for q in merged:
        if q.first >= last:
            out.append(q)
            last = q.last

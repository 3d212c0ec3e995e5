"""Article -> sentences.

Rules written for news prose: candidates (a full stop, question or exclamation
mark with its closing marks; a line break) are found by one pass of a regular
expression over the text, and each is judged by the words around it. Every token
belongs to exactly one sentence, whatever the text is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from framing.article import Article, Sentence
from framing.tokens import Tokens

__all__ = ["sentences"]

# A terminator with its closing marks, at a space, at the end, or run into a capital ("over.Then"); or line breaks.
# One class of characters stands first, so that the search runs from one to the next without trying anything between.
# Possessive quantifiers, and a run of terminators is tried only at its first one: nothing is looked at twice.
_TERMINATORS, _BREAKS = r".!?\u2026\u3002\uff01\uff1f", r"\n\r\u2028\u2029"
_CANDIDATE = re.compile(
    rf"[{_TERMINATORS}{_BREAKS}](?:"
    rf"(?<=[{_TERMINATORS}])(?<![{_TERMINATORS}]{{2}})[{_TERMINATORS}]*+['\"\u2019\u201d\u00bb)\]]*+"
    rf"(?=\s|\Z|[A-Z\u201c\u2018(])"
    rf"|(?<=[{_BREAKS}])\s*+)"
)
# Who said it, after a question or an exclamation in marks; bounded, nothing is tried twice.
_SAID = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen)\.\s)?+[A-Z][\w\u2019'-]{0,30}+(?:\s[A-Z][\w\u2019'-]{0,30}+){0,3}+"
    r"\s(?:said|says|asked|asks|told|added|wrote|tweeted|shouted|replied|cried|wondered|demanded|exclaimed|yelled)"
    r"(?=[,.]|\s(?:in|on|at|during|after|before|of|to|as|when|while|from|with|about|via|[A-Z][a-z]+day|last|this|the"
    r"|earlier|later|yesterday|today|tonight|recently|shortly|moments|late|early|[A-Z]+|reporters)\b)"
)
_WORD_BEFORE = re.compile(r"[\w.&\u2019'-]*\Z")
_LINE = "\n\r\u2028\u2029"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Followed by a name or a number: never the end.
_NEVER = _words(
    "mr mrs ms mx dr prof sen sens rep reps gov govs gen col lt sgt cpl capt cmdr adm maj brig pvt pfc rev fr hon "
    "pres supt det insp messrs mme mlle st ste mt ft vs v cf viz al approx dept assn bros "
    "asst atty attys treas ald comdr spc hr est fig eds vol pp ed esp"
)
# Months and "No.": not the end before a number.
_BEFORE_NUMBER = _words("jan feb mar apr jun jul aug sep sept oct nov dec no nos art sec ch p para")
# May stand at the end of a sentence; then the next word decides.
_MAYBE = _words(
    "inc corp co ltd llc plc jr sr esq bros ave blvd rd etc "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa "
    "tenn tex va vt wash wis wyo n.h n.j n.m n.y n.c n.d s.c s.d r.i w.va d.c u.s u.k u.n e.u a.m p.m ph.d m.d b.a "
    "m.a j.d d.a l.a i.e e.g"
)
# Words that open a sentence far more often than they continue a name.
_OPENERS = _words(
    "the a an he she it they we you i this that these those there here but and or yet so however in on at for from by "
    "with after before when while if as although though because since his her its their our my your who what why how "
    "where now then meanwhile also still not no one some many most all both each every another several few more such "
    "according asked during despite even instead once under until unlike through over last next today yesterday "
    "earlier later finally first second that's it's he's she's they're there's don't let's i'm we're is are was were "
    "do does did has have had will would can could should may might"
)
_OPEN_MARKS = frozenset("\"'\u201c\u2018\u00ab([")


def _is_end(text: str, dot: int, after: int) -> bool:
    """Does the terminator at ``text[dot]``, whose closing marks end at ``after``, end a sentence?"""
    n = len(text)
    following = after
    while following < n and text[following].isspace():
        following += 1
    if following >= n:
        return True
    nxt = text[following]
    if nxt in _OPEN_MARKS and following + 1 < n:
        nxt = text[following + 1]
        quoted = True
    else:
        quoted = False
    mark = text[dot]
    if mark != "." and after > dot + 1 and nxt.isupper() and not quoted and _SAID.match(text, following):
        return False  # "“Stop!” Ana Reyes said."
    if nxt.islower():
        # "Really?" he asked; "Yahoo! said". A dash or ellipsis goes on.
        return False
    if mark != ".":
        if mark == "\u2026":
            return nxt.isupper() or quoted
        return not (nxt in ",;:" or nxt in ")]")
    if nxt in ",;:)]%":
        return False
    closed = after > dot + 1 and text[after - 1] != "."
    if after - dot > 1 and text[dot + 1] == ".":
        # an ellipsis: the end only before a capital
        return nxt.isupper() or quoted
    if closed:
        return True
    match = _WORD_BEFORE.search(text, max(0, dot - 24), dot)
    word = match[0].strip("'\u2019-") if match else ""
    if following == after:
        # run together: "over.Then" is two sentences, "Yahoo.Com", "U.S.A" and "RT.ru" are names
        return (
            len(word) > 2
            and "." not in word
            and word[-1].islower()
            and following + 1 < n
            and (text[following + 1].islower() or quoted)
            and text[following : following + 3].lower() not in ("com", "org", "net")
        )
    if not word:
        return True
    low = word.lower()
    if len(word) == 1 and word.isalpha():
        # an initial: only a clear opener after it ends the sentence
        return word == "I" or (word.isupper() and _opener(text, following + quoted))
    if low in _NEVER:
        return False
    if low in _BEFORE_NUMBER and (word[0].isupper() or low in ("no", "nos", "p", "sec", "art")):
        if nxt.isdigit():
            return False
        return not (word[0].isupper() and low not in ("no", "nos") and not _opener(text, following + quoted))
    if low in _MAYBE or ("." in word and all(len(part) <= 2 for part in word.split("."))):
        if word[0].islower() and low not in ("a.m", "p.m", "etc"):
            # "the pa.", "in wash." are ordinary words at the end of a sentence
            return "." not in word
        return quoted or _opener(text, following)
    if word.isdigit() and len(word) <= 2:
        # "1. First point" at the head of a line is a list number
        line = max(text.rfind("\n", max(0, dot - 8), dot), 0)
        if not text[line : dot - len(word)].strip() and dot - line < 8:
            return False
    return True


def _opener(text: str, at: int) -> bool:
    stop = at
    n = min(len(text), at + 16)
    while stop < n and (text[stop].isalpha() or text[stop] in "'\u2019"):
        stop += 1
    return text[at:stop].lower().replace("\u2019", "'") in _OPENERS


def _wrapped(text: str) -> bool:
    """Is the text hard-wrapped, so that a single line break means nothing?"""
    lines = [line for line in text[:20_000].split("\n") if line.strip()]
    if len(lines) < 6:
        return False
    long = [len(line.rstrip()) for line in lines]
    width = max(long)
    if width > 110 or width < 40:
        return False
    full = sum(n > width * 0.75 for n in long)
    open_ended = sum(line.rstrip()[-1] not in ".!?\"'\u201d\u2019:;" for line in lines)
    return full > 0.6 * len(lines) and open_ended > 0.5 * len(lines)


def _headline(article: Article, first_line: str, rest: bool, words: int) -> bool:
    line = " ".join(first_line.split())
    if article.title and line.rstrip(" .") == " ".join(article.title.split()).rstrip(" ."):
        return True
    if not rest or not line or words > 30 or len(line) > 220:
        return False
    low = line.lower()
    if low.startswith(("by ", "(", "photo", "updated", "published")) or line[-1] in ".,;:":
        return line[-1] == "." and line.endswith(("U.S.", "U.K.", "U.N.", "D.C.", "Jr.", "Sr.", "Inc.")) and words > 2
    return words > 1 and any(c.isalpha() for c in line)


def sentences(article: Article, tokens: Tokens) -> list[Sentence]:
    """Sentences of ``article`` in order; their token ranges tile ``tokens`` without gap or overlap.

    Never raises on any text; linear in its length. An article without tokens has no sentences.
    """
    text = article.text
    starts, ends = tokens.start, tokens.end
    if not starts:
        return []
    wrapped = _wrapped(text)
    cuts: list[int] = []  # character positions at which a new sentence begins
    paragraphs: set[int] = set()
    first_break = -1
    for m in _CANDIDATE.finditer(text):
        got = m[0]
        at, end = m.span()
        if got[0] in ".!?\u2026\u3002\uff01\uff1f":
            if _is_end(text, at, end):
                cuts.append(end)
            continue
        breaks = got.count("\n") or sum(got.count(c) for c in "\r\u2028\u2029")
        if wrapped and breaks < 2 and first_break >= 0:
            continue
        if first_break < 0 and at > starts[0]:
            first_break = at
        cuts.append(end)
        paragraphs.add(end)
    out: list[Sentence] = []
    bounds = [0]
    is_paragraph = [True]
    total = len(starts)
    for cut in cuts:
        i = bisect_left(starts, cut)
        if i >= total:
            break
        if i > bounds[-1]:
            # a cut inside a token moves to the next token
            bounds.append(i)
            is_paragraph.append(cut in paragraphs)
        elif cut in paragraphs:
            is_paragraph[-1] = True
    bounds.append(total)
    headline_end = -1
    if first_break > 0:
        i = bisect_left(starts, first_break)
        if _headline(article, text[starts[0] : first_break], i < total, i):
            headline_end = i
    elif article.title and _headline(article, text, False, total):
        headline_end = total
    paragraph = -1
    for k, (a, b) in enumerate(pairwise(bounds)):
        paragraph += is_paragraph[k]
        out.append(Sentence(starts[a], ends[b - 1], k, b <= headline_end, paragraph, a, b))
    return out

"""Reporting cues of one sentence: who reports, and which stretch is reported.

Each candidate word is judged by what stands to its left (a subject, a comma, a
conjunction) and to its right (that, a quotation, a clause, an object). Scans are
bounded, so the work is linear in the text whatever the text is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from framing.classes import BE, HAVE, MODALS, NEGATIONS, ORGANISATIONS, PERSONS
from framing.tokens import Tokens
from framing.voice.cuewords import CueWord
from framing.voice.words import words

__all__ = ["CROWDS", "SHOW", "Frame", "Grammar"]

_TURN = re.compile("[,-]|q(?!q)")
_NOMINAL = frozenset("NnrG#zhgvRMym")
_CONTINUES = frozenset("XVvcbqHitT")
_REACH = 30
# A noun for what somebody said: its owner is the speaker.
_SPEECH_NOUNS = words(
    "comments comment remarks remark statement statements speech speeches words message messages letter "
    "letters tweet tweets post posts answer answers response responses testimony account interview email "
    "emails address argument arguments campaign team office spokesman spokeswoman"
)
_WH = words("whether if how why what where who which when")
_ATTACHED = words("between in with from by for on against over at to inside within among behind near under about")
_POSTNOMINAL = words("familiar close involved briefed knowledgeable loyal opposed critical aware responsible")
# What shows and finds on behalf of those who made it: a source, not a thing.
_ABSTRACT = frozenset(
    words(
        "history experience evidence reality time events facts logic tradition nature science politics success failure"
    )
)
_DOCUMENTS = words(
    "poll polls polling survey surveys study studies report reports data figures numbers records documents "
    "document emails email research analysis results statistics census review investigation filing filings "
    "memo memos article paper transcript transcripts audit gallup quinnipiac findings forecast forecasts "
    "estimates average footage video inquiry inspection note notes affidavit dossier readout communique column "
    "editorial listing brochure manual caption advert sign signs banner banners placard placards inscription graffiti"
)
# With one of these as the verb, a thing as subject shows rather than says.
SHOW = words(
    "highlight underscore underline emphasize emphasise stress show suggest indicate signal reveal confirm "
    "prove demonstrate reflect point find mean see call support back threaten promise recall seek want want "
    "offer refer raise echo address outline detail challenge view question attack agree discover recognize "
    "mark set cite"
)


@dataclass(slots=True)
class Frame:
    """One cue in its sentence. Ranges are token indices, half-open.

    ``how``: subject, inherit (after and/but), participle, relative, inverted, according, passive, noun, colon,
    infinitive.
    ``left``/``right``: the reported stretches before and after the cue, or None.
    ``begin``: where the cue's own clause begins (its subject, or the cue).
    """

    i: int
    j: int
    cue: CueWord
    how: str
    begin: int
    source: tuple[int, int] | None = None
    kind: str = "none"
    left: tuple[int, int] | None = None
    right: tuple[int, int] | None = None
    post: bool = False
    inside: bool = False
    that: bool = False
    document: bool = False
    possible: bool = False
    resume: int = -1
    confidence: float = 0.75
    rule: str = ""
    content: list[tuple[int, int]] = field(default_factory=list)
    speaker: str | None = None
    speaker_confidence: float = 0.9


# What a page is, before a colon in its headline: no one speaks.
_SECTIONS = words(
    "opinion opinions analysis commentary editorial column op-ed perspective viewpoint review exclusive breaking watch "
    "video live update updates explainer report read photos gallery podcast poll fact-check factcheck check"
)


class Grammar:
    """Word classes of one article (``codes``, one letter per token) and the phrases read off them."""

    __slots__ = ("c", "codes", "norm", "text")

    def __init__(self, tokens: Tokens, masked: str, codes: str) -> None:
        self.c = masked
        self.codes = codes
        self.norm = tokens.norm
        self.text = tokens.text

    # -- noun phrases ------------------------------------------------------------------

    def np_left(self, k: int, lo: int, again: bool = True) -> int:
        """Start of the noun phrase whose last token is ``k``, or -1."""
        c = self.c
        if k < lo:
            return -1
        x = c[k]
        if x == "H" or x == "i":
            return k
        p = k
        if x == ")":
            p = c.rfind("(", max(lo, k - 12), k) - 1
            if p < lo:
                return -1
        elif x == "." and k - 1 >= lo and c[k - 1] == "N" and len(self.text[k - 1]) <= 4:
            p = k - 1  # "Biden Jr. said"
        elif x == "q":
            # a nickname or title in marks at the end of a name
            return -1
        if x == "D":
            return k if self.norm[k] in _GROUP else -1  # "some", "both", "many"
        floor = max(lo, p - _REACH)
        start = -1
        while p >= floor:
            x = c[p]
            if x in "Nr#G":
                start = p
            elif x in "Mm" and start > p and (c[p + 1] == "h" or (start == p + 1 and c[start] == "z")):
                start = p  # "Saturday's primary"
            elif x == "n" or x == "M" or x == "m":
                if start == p + 1 and c[start] == "N" and x != "M" and c[k] in "N.)":
                    # "in a statement Clinton": a name after a plain noun begins anew
                    q = p - 1
                    while q >= floor and c[q] in "nRh":
                        q -= 1
                    if q >= lo and c[q] == "D" and q - 1 >= lo and c[q - 1] in "PToX":
                        break
                    if q >= lo and c[q] in "PTVv":
                        break
                if x != "n" and start >= 0:
                    break
                start = p
            elif x == "z":
                if start < 0:
                    return -1
                start = p
            elif x == "h":
                if start < 0:
                    return -1
            elif x == "D":
                start = p
                if p - 1 >= floor and c[p - 1] in "Do":
                    p -= 1
                    continue
                # "of the X": the phrase goes on to the left
                if p - 1 >= floor and c[p - 1] == "P" and p - 2 >= floor and c[p - 2] in "rG":
                    p -= 2
                    continue
                if again and p - 2 >= floor and c[p - 1] == "c" and c[p - 2] in "NrG":
                    # "Mr. Reed and the committee": joined where the first of them opens the clause
                    a = self.np_left(p - 2, lo, False)
                    if a >= 0 and (a == lo or c[a - 1] in ",;:bS-"):
                        return a
                break
            elif x == "o":
                if start < 0 or p - 1 < floor or c[p - 1] not in "NnrG#D":
                    break
            elif x == "P":
                if start < 0 or p - 1 < floor or c[p - 1] not in "rG#":
                    break
            elif x == ".":
                # "Sen. Reed"
                if start != p + 1 or c[start] != "N" or p - 1 < floor or c[p - 1] != "N" or len(self.text[p - 1]) > 4:
                    break
            elif x in "gv":
                if start < 0:
                    if x == "g" and p - 1 >= lo and c[p - 1] in "Dz":
                        start = p
                    else:
                        return -1
                elif p - 1 >= lo and (
                    c[p - 1] in "DzhR" or (x == "g" and c[p - 1] == "n" and (p - 2 < lo or c[p - 2] in "D,"))
                ):
                    start = p
                else:
                    break
            elif x == "R":
                if start < 0 or not (c[p + 1] in "hvg" or (p - 1 >= lo and c[p - 1] == "D")):
                    break
                if c[p + 1] in "hvg":
                    start = p
            elif x == "c":
                if start < 0 or p - 1 < floor:
                    break
                before, after = c[p - 1], c[start]
                if not (
                    (before in "Nr" and after in "NrD")
                    or (before == "r" and after in "nG")
                    or (before in "nG" and after in "nrG" and p - 2 >= lo and c[p - 2] in "D,bcqS")
                ):
                    break
            elif x == ")":
                q = c.rfind("(", floor, p)
                if q < 0:
                    break
                p = q - 1
                continue
            else:
                break
            p -= 1
        if start >= 0 and c[start] in "oPhc":
            start += 1
        if (
            start - 2 >= lo
            and c[start - 1] == "P"
            and c[start - 2] in "nNm"
            and again
            and self.norm[start - 1] in _ATTACHED
        ):
            # "the call between the ministers": attached where the larger phrase opens the clause
            a = self.np_left(start - 2, lo, False)
            if a >= 0 and (a == lo or c[a - 1] in ",;:cb-SmM"):
                return a
        return start

    def np_right(self, r: int, hi: int) -> int:
        """End of the noun phrase that begins at ``r`` (``r`` itself if none does)."""
        c = self.c
        top = min(hi, r + _REACH)
        p = r
        head = False
        while p < top:
            x = c[p]
            if x in "Nr#G":
                if (
                    x == "N"
                    and head
                    and p - 1 > r
                    and (c[p - 1] == "n" or (c[p - 1] == "G" and self.text[p - 1].islower()))
                ):
                    break
                head = True
            elif x in "nMm":
                if x == "M" and head and c[p - 1] in "nrNG":
                    break
                head = True
            elif x == "D":
                if head and c[p - 1] != "o":
                    break
            elif x in "OHi":
                return p + 1 if p == r else p
            elif x == "z":
                if not head:
                    break
            elif x == "h":
                pass
            elif x in "gv":
                if x == "g" and self.norm[p] in _DOCUMENTS:
                    head = True
                elif p + 1 < top and c[p + 1] in "NnrGg" and (p == r or c[p - 1] in "DRhzn#"):
                    pass
                else:
                    break
            elif x == "R":
                if (p == r and c[p + 1 : p + 2] != "h") or (p > r and c[p - 1] != "D"):
                    break  # but "then-Attorney General Lowe"
            elif x == "o":
                if not head:
                    break
            elif (
                (x == "P" and head and c[p - 1] in "rG" and self.norm[p] in ("for", "at", "from", "in", "with", "of"))
                or (x == "c" and head and p + 1 < top and c[p + 1] in "NrD" and c[p - 1] in "Nr")
                or (
                    x == "."
                    and p > r
                    and c[p - 1] == "N"
                    and len(self.text[p - 1]) <= 4
                    and p + 1 < top
                    and c[p + 1] == "N"
                )
            ):
                pass
            elif x == "(":
                q = c.find(")", p, min(top, p + 12))
                if q < 0:
                    break
                p = q
            else:
                break
            p += 1
        while p > r and c[p - 1] in "oPhc":
            p -= 1
        return p if head else r

    def head(self, a: int, b: int) -> int:
        """Index of the head word of the noun phrase ``[a, b)``."""
        c = self.c
        h = a
        for p in range(a, min(b, a + _REACH)):
            x = c[p]
            if x == "o" and p > a and self.norm[p - 1] in CROWDS and p + 1 < b:
                continue  # "a wide array of economists"
            if x in "oP,(" and p > a:
                break
            if x == "n" and p > a and self.norm[p] in _POSTNOMINAL:
                break
            if x in "NnrG#HiWOtD" or (x in "gv" and (p == a or self.norm[p] in _DOCUMENTS)):
                h = p
        return h

    def kind(self, a: int, b: int) -> str:
        """What a subject is: person, organisation, thing, pronoun or none."""
        if b <= a:
            return "none"
        h = self.head(a, b)
        x = self.c[h]
        if x in "HO":
            return "pronoun"
        if x in "iWt":
            return "pronoun"
        word = self.norm[h]
        if word in _DOCUMENTS:
            return "organisation"
        if word in PERSONS or x == "r":
            return "person"
        if x == "G" or word in ORGANISATIONS or word[:-1] in ORGANISATIONS:
            return "organisation"
        if x == "N":
            if word in _ABSTRACT and b - a == 1:
                return "thing"  # capitalised only because it opens the sentence: "History proves that …"
            for p in range(a, b):
                if self.norm[p] in ORGANISATIONS:
                    return "organisation"
            return "person"
        if x == "#":
            return "person"
        if x == "D":
            return "person" if word in _GROUP else "thing"
        if word in _WINGS:
            return "organisation"
        if word == "old" and h > a and self.c[h - 1] == "h":
            return "person"  # "the 45-year-old"
        if x == "n" and (word.endswith(("ers", "ists", "crats", "icans", "ians")) or word in _GROUP):
            return "person"
        if word in _SPEECH_NOUNS:
            return "organisation"
        return "thing"

    def records(self, a: int, b: int) -> bool:
        """Is the noun phrase one of figures, data or records, not of an organisation?"""
        h = self.head(a, b)
        return self.norm[h] in _DOCUMENTS and self.c[h] != "G"

    def asserted(self, f: Frame) -> bool:
        """Does ``f`` hand over words that were said, thought or written, rather than name an act or a possibility?"""
        cue, lemma = f.cue, f.cue.lemma
        if f.possible or (f.source is not None and self.norm[f.source[0]].split("'")[0] in ("i", "we", "you")):
            return False
        if lemma in _WITHHELD and f.rule != "quote":
            return False
        if f.how == "noun":
            return cue.stance == "doubt" or f.source is not None
        if cue.stance == "mental":
            if lemma in _HELD:
                return True
            if lemma in _HELD_BY_ONE:
                return cue.shape != "b" and f.rule != "to"
            return f.rule in ("that", "quote", "post", "") and lemma not in _LEARNT
        if cue.stance == "aligning":
            return f.rule not in ("to", "") or (f.rule == "" and lemma not in _TAKES_PART)
        if f.rule in ("", "object") and lemma in _DEEDS:
            return False
        return lemma not in _LEARNT

    # -- subjects ----------------------------------------------------------------------

    def subject(self, k: int, lo: int) -> tuple[int, int, str] | None:
        """Subject of the verb group that begins after token ``k``: (start, end, how)."""
        k = self._skip_left(k, lo)
        near = self._near_subject(k, lo)
        dated = near is not None and near[2] == "subject" and all(x in "Mm#" for x in self.c[near[0] : near[1]])
        if near is not None and dated and self.c[max(lo, near[0] - 1)] == "P":
            return self._far_subject(near[1] - 1, lo)  # "killed in May 2011"
        if near is None or (near[2] == "subject" and near[0] > lo and self.c[near[0] - 1] in "oPgvT"):
            far = self._far_subject(k if near is None else min(k, near[1] - 1), lo)
            if far is not None:
                return far
        return near

    def _skip_left(self, k: int, lo: int) -> int:
        """Last token before ``k`` that is no adverb, time, bracket or "himself" between a subject and its verb."""
        c, norm = self.c, self.norm
        for _ in range(5):
            if k <= lo:
                return k
            x = c[k]
            if (norm[k - 1], norm[k]) in _FIXED:
                k -= 2
                continue
            reflexive = x == "O" and norm[k].endswith(("self", "selves"))
            if x == "R" or reflexive or (x == "D" and norm[k] in ("both", "all", "each") and c[k - 1] in "NnrG"):
                k -= 1
            elif x == ")":
                q = c.rfind("(", max(lo, k - 12), k)
                if q <= lo:
                    return k
                k = q - 1
            elif x in "Mm":
                p = k
                while p > lo and c[p] in "Mm#R":
                    p -= 1
                if p > lo and c[p] == "D" and p + 1 <= k and c[p + 1] == "m":
                    p -= 1
                timed = x == "M" or norm[k] in _DAYS or p < k - 1
                if p > lo and c[p] == "P":
                    p -= 1
                    timed = True
                if not timed:
                    return k
                k = p
            else:
                return k
        return k

    def _far_subject(self, k: int, lo: int) -> tuple[int, int, str] | None:
        """A subject parted from its verb by what describes it: "a poll of voters released Sunday", "those asked"."""
        c = self.c
        tries = 0
        for p in range(k, max(lo, k - _REACH) - 1, -1):
            if p > lo and c[p - 1] not in _STARTS:
                continue
            tries += 1
            r = p
            while r < k and (c[r] == "R" or self.norm[r] in _ABOUT):
                r += 1
            if c[r] in "HiO":
                return None
            e = self.np_right(r, k + 1)
            if e == r and c[r] == "D" and self.norm[r] in _GROUP:
                e = r + 1
            if r < e <= k and c[r:e].strip("#") and self._describes(e, k + 1):
                kind = self.kind(r, e)
                if kind == "organisation" or kind == "person" or self.norm[self.head(r, e)] in _DOCUMENTS:
                    return r, e, "subject"
            if tries == 3:
                return None
        return None

    def _describes(self, e: int, stop: int) -> bool:
        """May the tokens ``[e, stop)`` stand between a subject and its verb: phrases and participles, no clause?"""
        c = self.c
        if c[e] not in "oPvgTMm#nWt":
            return False
        for p in range(e, stop):
            x = c[p]
            if (x == "W" and c[p - 1] != ",") or (x == "t" and p == e and c[p + 1 : p + 2] in ("X", "V", "v")):
                # "the officials whose laws were struck down": one clause of theirs
                return all(c[q] not in ",;:q.tW" for q in range(p + 1, stop))
            if x in "XVHi;:tqW." or (x == "v" and p > e and c[p - 1] not in "DPnhR,#" and c[p + 1] not in "PMmTo,"):
                return False
        return True

    def _near_subject(self, k: int, lo: int) -> tuple[int, int, str] | None:
        """Subject that ends at token ``k``: (start, end, how)."""
        c = self.c
        if k < lo:
            return None
        x = c[k]
        if x in "Hi":
            return k, k + 1, "subject"
        if x == "W" or x == "t":
            if self.norm[k] not in ("who", "which", "that"):
                return None
            p = k - 1
            if p >= lo and c[p] == ",":
                p = self._skip_left(p - 1, lo)
            a = self.np_left(p, lo)
            if a < 0:
                return None
            if self.norm[k] == "who" and self.kind(a, p + 1) == "thing":
                # "outrage in the media, who demanded": it is the media that did
                for q in range(p - 1, a, -1):
                    if c[q] in "Po" and self.kind(q + 1, p + 1) != "thing":
                        return q + 1, p + 1, "relative"
            return a, p + 1, "relative"
        if x == ",":
            floor = max(lo, k - 2 * _REACH)
            q = c.rfind(",", floor, k)
            attached: tuple[int, int, str] | None = None
            while q > lo and q > floor:
                # the comma that opened the apposition: a noun phrase before it
                relative = c.find("W", q + 1, k)
                stop = relative if relative > 0 else k
                clause = any(x in "XVH" for x in c[q + 2 : stop]) or any(
                    # "…, workers mocked the rules, balked at tests": a verb with its object is no apposition
                    c[p] == "v" and c[p - 1] in "rN" and c[p + 1] in "DNrGO"
                    for p in range(q + 2, stop)
                )
                if k - q > 1 and c[q + 1] in "DWNnrGvgaoP#RHV" and not clause:
                    a = self.np_left(q - 1, lo)
                    aged = a > lo + 3 and c[a - 3 : a] == ",#,"  # "Ana Reyes, 31, a nurse from Leeds, says"
                    if a > lo + 1 and c[a] == "D" and c[a - 1] == "," and (c[a - 2] == "N" or aged):
                        # "Ana Reyes, an ecologist at Leeds, who was not involved, says"
                        named = self.np_left(a - 4 if aged else a - 2, lo)
                        if named >= 0 and (named == lo or c[named - 1] in ",.;:qcb-StaW"):
                            return named, a - 3 if aged else a - 1, "subject"
                    if a > lo and not c[a:q].strip("#"):
                        q = c.rfind(",", floor, q)
                        continue  # an age
                    if a > lo + 3 and c[a - 1] == "c" and c[a - 2] == ",":
                        # "McCain, R-Ariz., and Coons, D-Del., said"
                        opens = c.rfind(",", max(lo, a - 10), a - 2)
                        one = self.np_left(opens - 1, lo) if opens > lo and c[opens + 1] in "NrD" else -1
                        if one >= 0 and (one == lo or c[one - 1] in ",.;:qbS"):
                            return one, q, "subject"
                    if a >= 0 and (a == lo or c[a - 1] in ",.;:qcb-StaWhRmM"):
                        return a, q, "subject"
                    if a >= 0 and c[a - 1] == "P" and attached is None:
                        attached = a, q, "subject"  # "director of a centre in Leeds, who": rather the director
                q = c.rfind(",", floor, q)
            if attached is not None:
                # "a woman in Leeds, Ohio, said": rather she than the town
                a = self.np_left(attached[0] - 2, lo)
                if a >= 0 and self.kind(a, attached[0] - 1) != "thing":
                    return a, attached[1], "subject"
                return attached
            a = self.np_left(k - 1, lo)
            if a == lo and c[a] in "NDHr" and k - a < 6:
                return a, k, "subject"
            return None
        if x == "q":
            # "Mr. Reed, citing “a mood,” said"
            q = k
            while q > lo and c[q] == "q":
                q -= 1
            q = c.rfind(",", max(lo, q - 8), q + 1)
            if q > lo and c[q + 1] in "gv":
                a = self.np_left(q - 1, lo)
                if a >= 0 and (a == lo or c[a - 1] in ",.;:qcb-StaPWhR"):
                    return a, q, "subject"
            return None
        if x == "-":
            q = c.rfind("-", max(lo, k - _REACH), k)
            if q > lo:
                a = self.np_left(q - 1, lo)
                if a >= 0:
                    return a, q, "subject"
            return None
        a = self.np_left(k, lo)
        if a < 0:
            return None
        return a, k + 1, "subject"

    def headline_colon(self, lo: int, hi: int) -> Frame | None:
        """ "Clinton: I support statehood": a name and a colon at the head of a headline."""
        c = self.c
        colon = c.find(":", lo, min(hi, lo + 7))
        if colon <= lo or colon + 2 >= hi or not all(x in "NrGzh" for x in c[lo:colon]):
            return None
        if colon - lo > 4 and c[colon + 1] != "q":
            return None
        if self.norm[colon - 1] in _SECTIONS:
            return None
        f = Frame(colon, colon + 1, _COLON, "colon", lo, (lo, colon), self.kind(lo, colon))
        f.right, f.rule = (colon + 1, hi), "headline-colon"
        return f

    def view(self, i: int, lo: int, hi: int) -> Frame | None:
        """ "In the mayor's view, …", "…, in his words, …" around the noun at ``i``: thought or said by the owner."""
        c, norm = self.c, self.norm
        k = i - 1
        while k > lo and c[k] == "n" and i - k < 3:
            k -= 1
        if norm[i - 1] == "the" and i - 2 >= lo and norm[i - 2] == "in" and i + 2 < hi and c[i + 1] == "o":
            # "in the words of one voter, …"
            e = self.np_right(i + 2, hi)
            if e == i + 2 or self.kind(i + 2, e) == "thing" or e >= hi or c[e] != "," or i - 2 - lo > 1:
                return None
            f = Frame(i - 2, i + 2, _VIEW, "according", i - 2, (i + 2, e), self.kind(i + 2, e))
            f.right, f.rule = (e + 1, hi), "according"
            return f
        if c[k] == "z":
            a = self.np_left(k - 1, lo)
            source = (a, k)
        elif c[k] == "D" and norm[k] in ("his", "her", "their", "its"):
            a = k
            source = (k, k + 1)
        else:
            return None
        if a <= lo or norm[a - 1] not in ("in", "to", "by"):
            return None
        f = Frame(a - 1, i + 1, _VIEW, "according", a - 1, source)
        f.kind = "pronoun" if c[k] == "D" else self.kind(*source)
        if f.kind == "thing":
            return None
        f.rule = "according"
        if a - 1 - lo < 2:
            if i + 1 >= hi or c[i + 1] != ",":
                return None
            f.right = (i + 2, hi)
        elif c[a - 2] == "," and i + 1 < hi and c[i + 1] in ",.":
            f.left, f.post, f.resume = (lo, a - 2), True, i + 1
            if c[i + 1] == "," and i + 2 < hi:
                f.right = (i + 2, hi)
        else:
            return None
        return f

    # -- one cue -----------------------------------------------------------------------

    def frame(self, i: int, j: int, cue: CueWord, lo: int, hi: int) -> Frame | None:
        """Judge the candidate at tokens ``[i, j)`` in the sentence ``[lo, hi)``."""
        c, norm = self.c, self.norm
        if cue.lemma == "according to":
            return self._according(i, j, cue, lo, hi)
        if cue.shape == "n":
            return self._noun(i, j, cue, lo, hi)
        prev = c[i - 1] if i > lo else "^"
        nxt = c[j] if j < hi else "$"
        if prev == "h" or nxt == "h":
            return None
        # the verb group
        k = i - 1
        be = have = aux = possible = False
        steps = 0
        while (
            k >= lo
            and steps < 8
            and (c[k] in "RX" or norm[k] in _ADVERBS or (c[k] == "z" and k > lo and c[k - 1] in "HiW"))
        ):
            if norm[k] in NEGATIONS or norm[k] in MODALS:
                possible = True
            if c[k] == "z":
                aux = True
                if nxt in "tHDNq:i" and cue.speech and not cue.addressee:
                    have = True  # "he's said that …"
                else:
                    be = True
            elif c[k] == "X":
                aux = True
                word = norm[k]
                if word in BE:
                    be = True
                elif word in HAVE:
                    have = True
            k -= 1
            steps += 1
        shape = cue.shape
        before = c[k] if k >= lo else "^"
        if before == "R":
            before = "^"
        if shape == "d" and before == "a" and nxt == "P" and norm[j] == "by" and cue.speech:
            e = self.np_right(j + 1, hi)
            if e > j + 1:
                f = Frame(i, j, cue, "as", k, (j + 1, e), self.kind(j + 1, e))
                return self._as_said(f, k, e, lo, hi)
        if shape == "d" and cue.lemma in _ADJECTIVAL and nxt in "nrNG" and before in "gVvPoDz":
            return None  # "detailing alleged friendships"
        passive = shape == "d" and (be or (before == "S" and cue.lemma == "ask"))
        # "the claims", "his report", "of concern"; but "many fear he …", "one in five say they …"
        several = (
            shape == "b"
            and nxt in "tHDNiq"
            and (
                (cue.that and before == "#" and (k == lo or c[k - 1] in "P,ScbR"))
                or (k >= lo and norm[k] in _GROUP and (cue.that or k == lo))
            )
        )
        if shape in "sb" and before in "DzP#o" and not aux and not several:
            return None
        if (shape == "s" and aux) or (shape == "b" and be):
            return None
        if shape == "b" and nxt == "v" and not aux:
            return None  # "a network report stated"
        if shape == "s" and j < hi and norm[j] in _SAY:
            return None  # "news reports say"
        if shape == "b" and not aux and before not in "HTcbWNnrGD,^qvMm)O#g":
            return None
        if shape == "d" and cue.lemma == "ask" and i == lo:
            q = c.find(",", j, hi)
            e = j
            if nxt == "P" and norm[j] == "by":
                e = self.np_right(j + 1, hi)
            while e < hi and c[e] in "MmR":
                e += 1
            if q > 0 and e < hi and c[e] in "SWPT":
                f = Frame(i, j, cue, "passive", i, (j + 1, e) if e > j else None)
                f.kind = self.kind(j + 1, e) if e > j else "none"
                f.right = (e, q) if c[e] != "P" else None
                f.rule = "asked"
                return f
            return None
        accused = shape == "d" and cue.lemma in _ACCUSE and nxt == "P" and norm[j] == "by" and before in "nrN)"
        if passive or accused:
            return self._passive(i, j, cue, lo, hi, k)
        how = ""
        source: tuple[int, int] | None = None
        begin = i
        if shape == "g" and not be and before == "M" and nxt in "tq":
            k = self._skip_left(k, lo)
            before = c[k] if k >= lo else "^"
        if shape == "g" and not be:
            if before in "Dzo":
                return None
            if before in ",^cb-;(q" or (before == "R"):
                how = "participle"
            elif before in "PS":
                at = self._adjuncts(j, hi, cue) if nxt in "mMRP" else j
                while_so = nxt in "HiDNOrnG" and (
                    (norm[k] == "while" and (cue.speech or cue.addressee))
                    or (norm[k] in ("while", "by") and cue.stance in ("accusing", "aligning", "directive"))
                )
                if at >= hi or (c[at] not in "tq" and not (cue.that and cue.quote and nxt in "HiD") and not while_so):
                    return None
                how = "participle"
            elif before in "vV" and nxt == "q":
                how = "participle"  # "was heard yelling “…”"
            elif before == "H" and "'" in norm[k]:
                source, how, begin = (k, k + 1), "subject", k
            elif before in "NnrGHO)" or (before == "#" and k - 2 >= lo and c[k - 2] == "#"):
                if before == "n" and nxt in "nG" and c[k - 1 : k] in ("D", "n", "z"):
                    return None  # "his new counseling method"
                doer = self._near_subject(k, lo)
                shows = doer if cue.that and before in "NnrG" else None
                if shows is not None and norm[self.head(shows[0], shows[1])] in _DOCUMENTS:
                    source, how, begin = (shows[0], shows[1]), "subject", shows[0]
                elif (
                    cue.stance in ("accusing", "aligning")
                    and nxt in "NDOGrn"
                    and doer is not None
                    and norm[doer[0] - 1 : doer[0]] == ["with"]
                ):
                    source, how = (doer[0], doer[1]), "participle"
                elif nxt not in "tq" and not (cue.that and cue.speech and cue.lemma != "show"):
                    return None
                else:
                    how = "participle"
                    # "released a statement saying", "sent a letter to Reed promising": the sender speaks
                    sent = doer is not None and (
                        norm[self.head(*doer[:2])] in _SPEECH_NOUNS
                        or (doer[0] > lo and c[doer[0] - 1] in "TP" and nxt == "q")
                    )
                    if (
                        doer is not None
                        and doer[2] == "subject"
                        and not sent
                        and self.kind(*doer[:2]) in ("person", "organisation")
                    ):
                        source = doer[:2]
            else:
                return None
        elif before == "T":
            how = "infinitive"
            a = self.np_left(k - 1, lo)
            if a > lo and c[a - 1] in "gv" and self.kind(a, k) == "person":
                source = (a, k)  # "prompting Warren to complain"
        elif before in "cb":
            how = "inherit"
        elif before == "X":
            return None
        else:
            found = self.subject(k, lo)
            if found is not None:
                a, b, how = found
                source = (a, b)
                begin = a
                if b - a > 1 and how == "subject":
                    word = self.text[b - 1]
                    if word[:2].isupper() and not word.isupper() and word[2:3].isupper() and c[b - 2] not in "NDr":
                        source = (b - 1, b)  # "a report by RTShoigu agreed": run-on text, the sentence begins here
        # "…,” said X": a subject to the right
        inverted = self._inverted(i, j, cue, lo, hi, before, source) if shape in "dsb" and not aux else None
        if inverted is not None:
            return inverted
        if source is None and how not in ("participle", "infinitive", "inherit"):
            if nxt not in "tqHD" or not cue.that or shape == "b" or before in "PoDz":
                return None
            if nxt in "HD" and (shape != "d" or not cue.speech or c.find("W", lo, i) < 0):
                return None
            # subject out of reach ("X, being called “chiefs” said that"): the phrase that opens the sentence
            e = self.np_right(lo, i)
            if e <= lo or c[lo] in "PS":
                return None
            source, how = (lo, e), "subject"
        kind = self.kind(*source) if source else "none"
        document = False
        if source is not None:
            word = norm[source[0]]
            if shape == "d" and c[source[1] - 1] == "#" and nxt == "n" and norm[source[1] - 2] != "in":
                return None
            if shape == "s" and how == "subject":
                h = self.head(*source)
                many = (
                    c[begin - 1] in "Pc"
                    and begin > lo
                    and c[h] in "nr"
                    and norm[h].endswith("s")
                    and not norm[h].endswith("ss")
                    and cue.lemma in SHOW
                )
                if many or norm[source[0]] in _PLURAL_ONLY:
                    return None  # "some health law advocates", "the ban by activists reveals"
            document = norm[self.head(*source)] in _DOCUMENTS
            if (cue.lemma == "show" and not document) or word == "emphasis":
                return None
            if cue.lemma == "read" and not (
                kind == "organisation"
                and (nxt in ":,q" or c[begin - 1 : begin] == "q" or (nxt == "." and c[begin - 1 : begin] == ","))
            ):
                return None  # a statement reads; people read books
            called = cue.lemma == "call for" and (word == "it" or norm[self.head(*source)] in _INSTRUMENTS)
            deed = cue.lemma.split()[0] in SHOW or not cue.that
            if kind == "thing" and deed and not called and cue.lemma not in _HUMAN:
                return None
            if (
                kind == "pronoun"
                and word in ("it", "there", "it's", "there's")
                and (word.startswith("there") or cue.lemma.split()[0] in SHOW)
                and not called
            ):
                return None
            if shape == "b" and not aux and how == "subject":
                head = norm[self.head(*source)]
                x = c[source[1] - 1]
                plural = head in (
                    "they",
                    "we",
                    "i",
                    "you",
                    "people",
                    "many",
                    "some",
                    "others",
                    "most",
                    "police",
                    "men",
                    "women",
                )
                joined = c.find("c", source[0], source[1]) > 0  # "Forbes and its rival say"
                if not (plural or joined or head.endswith("s") or x == "#" or head in _MANY):
                    e = self.np_right(lo, i) if c.find("W", lo, i) > 0 and cue.speech else lo
                    if e <= lo or c[e] != "W":
                        return None
                    source, begin = (lo, e), lo
                    kind = self.kind(lo, e)
            if (
                shape == "s"
                and how == "subject"
                and (c[source[1] - 1] == "n" or word == "western" or cue.lemma == "state")
                and (begin == lo or c[begin - 1] != "q")
            ) and (not _after_verb(nxt) or (cue.lemma == "state" and nxt not in "tqHiD:")):
                at = self._adjuncts(j, hi, cue) if nxt == "P" else j
                if at == j or at >= hi or c[at] != "t":
                    return None
        f = Frame(i, j, cue, how, begin, source, kind)
        f.document = document
        f.possible = possible
        if how == "subject" and cue.speech and begin > lo and c[begin - 1] == "a":
            said = self._as_said(f, begin - 1, j, lo, hi)
            if said is not None:
                return said
        if how in ("inherit", "participle") and i - 1 >= lo and c[i - 1] in ",cb-":
            f.begin = i - 1
        self._complement(f, lo, hi)
        attack = cue.stance in ("accusing", "aligning")
        stated = cue.lemma in _SAYS_SO and (nxt in ".,;MmS$" or (nxt == "P" and norm[j] in ("with", "on") and not aux))
        if stated and nxt == "P" and norm[j] == "on" and c[j + 1 : j + 2] != "M":
            stated = False  # "agreed on a price"
        if f.right is None and not f.post and attack and " " not in cue.lemma and not stated:
            # "blasted the ruling": a bare attack or praise needs an agent and a target
            extracted = (
                how == "subject"
                and begin > lo
                and (
                    c[begin - 1] == "W"  # "which he has criticised", "a view she echoed in her reply"
                    or (c[begin - 1] in "nG" and c[begin] in "NH" and nxt in "P.,M")
                )
            )
            if (nxt not in "NDOGrnqi" and not extracted) or (not have and aux and shape == "b"):
                return None
            if how == "infinitive" and norm[k - 1] not in _SETS_OUT:
                return None
            thing = kind == "thing" and cue.lemma not in _HUMAN
            if source is not None and (
                thing or (shape in "sb" and c[source[1] - 1] == "n" and cue.lemma not in _HUMAN)
            ):
                return None
            if shape == "b" and how not in ("subject", "infinitive"):
                return None
        spoken = cue.lemma in _BARE and (cue.speech or cue.lemma in ("refuse", "decline"))
        if spoken and (nxt in "XV" or (cue.lemma in _ALSO_DO and nxt in "DnO#")):
            spoken = False  # "wrote a book", "the state must"
        if f.right is None and not f.post and not attack and not spoken:
            return None
        if f.right is None and not f.post:
            if (how == "infinitive" and not attack) or (how == "participle" and not cue.np and not attack):
                return None
            if how == "relative" and not attack and (not cue.speech or cue.lemma == "continue"):
                return None
        if how == "infinitive" and f.right is not None:
            # "they marched on Saturday to demand the release": the purpose of somebody's act
            purpose = cue.stance == "directive" and c[k - 1] in "MN)"
            onward = norm[k - 1] in _SETS_OUT or norm[k - 2 : k] in (["went", "on"], ["goes", "on"], ["go", "on"])
            if not (f.that or purpose or onward or c[f.right[0] : f.right[0] + 1] == "q"):
                return None
        if cue.lemma in _WITHHELD and f.right is None and not (nxt == "T" and c[j + 1 : j + 2] in ("n", "V", "X", "R")):
            return None  # "declined to comment", not "declined on Monday"
        if shape == "d" and nxt == "P" and j < hi and norm[j] == "by" and f.right is None and not f.post:
            return None
        return f

    def _as_said(self, f: Frame, at: int, after: int, lo: int, hi: int) -> Frame | None:
        """ "As the Times reported, …", "…, as reported by the Times": the whole sentence is the report."""
        c = self.c
        s = self._adjuncts(after, hi, f.cue)
        if s < hi and c[s] not in ",.-":
            return None
        inner = at > lo and c[at - 1] in ",-("
        if not inner and at > lo and c[at - 1] not in "cbtS":
            return None
        f.how, f.rule, f.begin = "as", "as", at
        if inner and at - 1 > lo:
            f.left, f.post, f.resume = (lo, at - 1), True, s
        if s + 1 < hi and c[s] in ",-":
            f.right = (s + 1, hi)
        return f if f.left or f.right else None

    def _inverted(
        self, i: int, j: int, cue: CueWord, lo: int, hi: int, before: str, source: tuple[int, int] | None
    ) -> Frame | None:
        """ "…, said X": the subject stands after the verb."""
        c = self.c
        if i == lo and cue.lemma == "say" and shape_ok(c, j, hi):
            end = self.np_right(j, hi)
            q = c.find("q", end, min(hi, end + 50))
            colon = c.find(":", end, min(hi, end + 30))
            at = q if q > 0 else colon + 1
            if end > j and at > 0:
                f = Frame(i, j, cue, "inverted", i, (j, end), self.kind(j, end))
                f.right, f.rule = (at, hi), "inverted"
                return f
        judged = cue.lemma in _JUDGES and cue.shape in "sb" and before == ","
        if not (cue.speech or judged) or before not in ",q?!-" or j >= hi or c[j] not in "NDHrnG#":
            return None
        end = self.np_right(j, hi)
        while end < hi and c[end] == "N" and end > j:
            end = max(end + 1, self.np_right(end, hi))  # "the British bank Barclays"
        last = (
            (end >= hi or c[end] == ".")
            and (judged or cue.lemma in _TELLS)
            and self.kind(j, end) != "thing"
            and self._said_before(lo, i)
        )
        if source is not None and before != "q" and not (last and c[j] in "NDG"):
            return None
        if judged and not cue.speech and (self.kind(j, end) == "thing" or (end < hi and c[end] not in ".,")):
            return None  # "…, estimates the bank."
        # "In the new world, estimates the bank, prices may fall"
        between = (
            end + 1 < hi
            and c[end] == ","
            and cue.shape in "sb"
            and (c[end + 1] in "XV" or self._main_clause(end + 1, hi))
        )
        if i - 1 < lo or c[i - 1] not in ",q?!-" or not (between or self._said_before(lo, i)):
            return None
        if end <= j or (cue.shape == "b" and not self.norm[self.head(j, end)].endswith("s")):
            return None
        if end < hi and c[end] in "XVvt" and not (c[end] == "v" and end + 1 < hi and c[end + 1] in "Po"):
            return None
        f = Frame(i, j, cue, "inverted", i, (j, end), self.kind(j, end))
        # apposition, place, time: to the end of the sentence or to a quotation
        after = end
        f.post = True
        f.left = (lo, i)
        f.rule = "inverted"
        q = c.find("q", after, min(hi, after + 60))
        if q > 0 and c[q - 1] in ",:.-":
            f.right = (q, hi)
        f.resume = q if q > 0 else hi
        if between and q < 0:
            f.right, f.resume = (end + 1, hi), end
        return f

    def _adjuncts(self, r: int, hi: int, cue: CueWord) -> int:
        """Skip time, place and manner after a verb of speech: "said on Tuesday in a statement"."""
        c, norm = self.c, self.norm
        for _ in range(6):
            if r >= hi:
                return r
            x = c[r]
            if norm[r] == "earlier" and r + 1 < hi and c[r + 1] in "nrG":
                return r  # "highlights an earlier study"
            if (x == "M" or x == "m" or x == "R") and c[r + 1 : r + 2] != "z":
                r += 1
                if x == "M":
                    while r < hi and c[r] == "#":
                        r += 1
            elif x in "Dt" and r + 1 < hi and c[r + 1] in "mM":
                r += 2
            elif x in "PT" and cue.speech and not (x == "T" and cue.to):
                if r + 1 >= hi:
                    return r
                counted = c[r + 1] == "#" or norm[r + 1] == "least"
                if counted and not (norm[r] in ("in", "on", "at", "since") and c[r + 1] == "#"):
                    return r
                if norm[r] in ("by", "near", "like", "unlike", "despite", "without") and norm[r + 1] not in _MEANS:
                    return r
                e = self.np_right(r + 1, hi)
                if e == r + 1:
                    return r
                r = e
            else:
                return r
        return r

    def _complement(self, f: Frame, lo: int, hi: int) -> None:
        """Fill ``right``, ``left``, ``post`` of an active cue."""
        self._governed(f, lo, hi)
        if f.right is not None and f.rule in _ENDED:
            f.right = (f.right[0], self._report_end(f, *f.right, lo))
        if (
            f.right is None
            and not f.post
            and f.how == "subject"
            and (f.cue.speech or f.document)
            and self._left_clause(f, lo)
        ):
            self._postposed(f, lo, hi, f.j)

    def _governed(self, f: Frame, lo: int, hi: int) -> None:
        c, norm = self.c, self.norm
        cue = f.cue
        r = f.j
        while r < hi and c[r] == "R":
            r += 1
        if cue.addressee and r < hi and c[r] in "DNOHnrG#iq":
            e = self.np_right(r, hi) if c[r] != "q" else r
            if e == r and norm[r] == "her":
                e = r + 1
            if e < hi and c[e] == "q":
                # "told the network's “Nightline” that": a programme
                shut = e
                while shut < hi and c[shut] == "q":
                    shut += 1
                after = self._adjuncts(shut, hi, cue)
                named = 2 < shut - e < 8 and self.codes[e + 1] == "N" and self.codes[shut - 2] not in ",.?!"
                e = shut if named and after < hi and c[after] in "tH" else e
            if e < hi and c[e] == "z":
                e += 1
            if e + 1 < hi and e > r and c[e] == "R" and c[e + 1] == "t":
                e += 1  # "told the paper then that"
            if cue.of and (at := c.find("o", r, e)) > 0 and c[at - 1] in "rNO":
                e = at  # "warned officials of a shortage"
            if e > r:
                if e < hi and c[e] == ",":
                    q = c.find(",", e + 1, min(hi, e + 14))
                    if q > 0 and q + 1 < hi and c[q + 1] in "tToq":
                        e = q + 1
                if e < hi and c[e] in "tTqHDNiSW,oMmP:rnG.":  # noqa: SIM102
                    # "told CNN he …", "told reporters on Monday that …"
                    if not (cue.np and c[r] in "D" and c[e] in ".,") or cue.lemma == "tell":
                        if cue.lemma in _URGES and c[e] in ".," and self.kind(r, e) == "thing":
                            f.right, f.rule = (r, e), "object"  # "urged restraint"
                            return
                        if cue.of and c[e] == "o":
                            f.right = (e + 1, self._object_end(e + 1, hi))
                            f.rule = "verb-of"
                            return
                        r = e
        if cue.stance == "directive" and " " in cue.lemma and r == f.j and norm[r - 1] in ("to", "on", "upon", "with"):
            e = self.np_right(r, hi)
            if e > r and e < hi and c[e] == "T":
                f.right, f.rule = (e, self._object_end(e, hi, ",c,D,S")), "to"  # "appealed to Reed to end it"
                return
        phrased = " " in cue.lemma and cue.np and cue.lemma not in _NO_THING and norm[f.j - 1] not in _PARTICLES
        if r == f.j and r < hi and c[r] in "Po" and phrased:
            # "expressed confidence in the deal"
            f.right, f.rule = (r + 1, self._object_end(r + 1, hi)), "object"
            return
        b = f.begin
        if cue.speech and f.how == "subject" and b > lo and c[b - 1] == "q" and b >= 2:
            # “…,” she said: whatever follows is not what she said, unless in marks too
            tail = self.codes[max(lo, b - 3) : b].rstrip("Q")[-1:]
            if tail in (",", "?", "!", "-") and self._said_before(lo, b):
                first = b - 1
                while first > lo and c[first - 1] == "q":
                    first -= 1
                # "They ran tests: “…,” the group says": what leads up to the quotation is the outlet's
                led = first > lo + 1 and c[first - 1] == ":"
                f.post, f.left, f.rule = True, (first if led else lo, b), "post"
                q = c.find("q", f.j, min(hi, f.j + 40))
                f.resume = f.j
                if q > 0 and c[q - 1] in ",:.-;nNmO" and c.find("W", f.j, q) < 0:
                    f.right = (q, hi)
                    f.resume = q
                return
        s = self._adjuncts(r, hi, cue)
        x = c[s] if s < hi else "$"
        if s > r and x not in "tq:,.$HDNiSWT;-?!rGv":
            s = r
            x = c[s] if s < hi else "$"
        if s > r and x in "HDNirG" and not self._finite(s, hi):
            s = r
            x = c[s] if s < hi else "$"
        if s > r and x == "N":
            t = s
            while t < hi and c[t] == "N":
                t += 1
            if t < hi and c[t] == "t":
                s, x = t, "t"  # "wrote on the site Infowars that"
        if s > r and x == "v" and cue.that and c[s + 1 : s + 2] in ("P", "R"):
            # "said in a letter signed by both that …"
            t = c.find("t", s, min(hi, s + 14))
            if t > 0 and not any(y in ",;:XVWHq" for y in c[s:t]):
                s, x = t, "t"
        if (
            x == "t"
            and s + 1 < hi
            and c[s + 1] not in ".m"
            and norm[s + 1] not in ("way", "on")
            and (norm[s + 1] != "one" or c[s + 2 : s + 3] in ("n", "N", "r", "G", "o", "g"))
        ):
            f.right, f.that, f.rule = (s, hi), True, "that"
            return
        if x == "q" and s > r and c[s - 1] in "zPnGN" and self._left_clause(f, lo):
            # "…, he said on “Morning Joe”"
            self._postposed(f, lo, hi, s)
            return
        if x == "q":
            f.right, f.rule = (s, self._quote_end(s, hi)), "quote"
            return
        if x == ":":
            f.right, f.rule = (s + 1, hi), "colon"
            return
        if x == ",":
            if s + 1 < hi and c[s + 1] == "q" and (f.cue.quote or f.cue.that):
                f.right, f.rule = (s + 1, self._quote_end(s + 1, hi)), "quote"
                if c.find("q", lo, f.begin) >= 0 or c[lo] not in "PSavg":
                    self._postposed(f, lo, hi, s)
                return
            if s + 1 < hi and c[s + 1] == "t" and cue.that and not self._left_clause(f, lo):
                f.right, f.that, f.rule = (s + 1, hi), True, "that"
                return
            q = c.find(",", s + 1, min(hi, s + 26))
            if q > 0 and q + 1 < hi and c[q + 1] in "tq" and not self._left_clause(f, lo):
                f.right, f.that, f.rule = (q + 1, hi), c[q + 1] == "t", "that"
                return
            self._postposed(f, lo, hi, s)
            return
        if x == "-":
            q = c.find("-", s + 1, min(hi, s + 26))
            if q > 0 and q + 1 < hi and c[q + 1] in "tq":
                f.right, f.that, f.rule = (q + 1, hi), c[q + 1] == "t", "that"
                return
        mental = cue.stance == "mental" and cue.that and x in "XV"
        if x in "XVvR" and (cue.speech or mental) and f.begin > lo and c[f.begin - 1] in "Wt":
            # "which he said were …"
            f.right, f.rule = (f.j, hi), "which"
            return
        if x in ".$?!;-)":
            self._postposed(f, lo, hi, s)
            return
        if x == "P" and cue.lemma in _ASKS_ABOUT and norm[s] in ("for", "about") and s + 1 < hi:
            f.right, f.rule = (s + 1, self._object_end(s + 1, hi)), "object"
            return
        if x == "a" and r == f.j and cue.np:
            if f.how == "subject" and c[f.begin - 1 : f.begin] == "W" and s + 1 < hi:
                f.right, f.rule = (s + 1, self._object_end(s + 1, hi)), "object"  # "what they regard as a failure"
                return
            if cue.stance == "accusing" and c[s + 1 : s + 2] == "q":
                f.right, f.rule = (s + 1, self._quote_end(s + 1, hi)), "quote"  # "dismissed as “nonsense” a report"
            return
        if x in "SW":
            if x == "W" and r > f.j and cue.lemma not in ("ask", "tell"):
                return  # "told the mayors who had come"
            if norm[s] in ("when", "where", "who", "which", "if") and cue.lemma.split()[0] not in _ASKS:
                return
            if norm[s] in _WH and (cue.that or cue.np):
                f.right, f.rule = (s, hi), "wh"
            return
        if x == "T":
            if cue.to:
                f.right, f.rule = (s, self._object_end(s, hi, ",c,D,S")), "to"
            return
        if x == "o":
            if cue.of:
                f.right, f.rule = (s + 1, hi), "verb-of"
            return
        if cue.lemma in _ACCUSE:
            e = c.find("o", s, min(hi, s + _REACH))
            f.right, f.rule = (e if e > 0 else s, hi), "accuse"
            return
        if cue.stance in ("accusing", "aligning") and x in "DNOnrG":
            # "criticized him for opposing …": the charge is reported, a bare target is not
            e = self.np_right(s, hi)
            if e > s and e + 1 < hi and c[e] == "P" and norm[e] == "for" and c[e + 1] == "g":
                f.right, f.rule = (s, hi), "charge"
                return
        if x == "g" and s == f.j and cue.lemma.endswith(("statement", "letter", "message")):
            return  # "issued a statement saying that": the participle reports
        if x in "HiDNnrG#Rgav(zOPMmXVSy":
            if (
                cue.that
                and (x in "HiDNnrG#gOvRz(Py" or norm[s] in ("having", "being"))
                and self._finite(s, hi)
                and (cue.lemma not in _ALSO_DO or self._clause(s, hi))
            ):
                f.right, f.rule = (s, hi), "clause"
            elif (
                cue.np
                and x in "HiDNnrG#gOvR(zy"
                and cue.stance not in ("accusing", "aligning")
                and self._reported_thing(f, s, hi)
            ):
                f.right, f.rule = (s, self._object_end(s, hi)), "object"
            elif cue.speech and x in "P":
                self._postposed(f, lo, hi, s)
            return

    def _reported_thing(self, f: Frame, s: int, hi: int) -> bool:
        """Is the noun phrase at ``s`` what ``f`` reports, rather than what somebody does something to?"""
        lemma = f.cue.lemma
        if lemma in _NO_THING or self.norm[s].endswith("self") or self.norm[s].endswith("selves"):
            return False
        if lemma == "threaten" and (
            self.c[s] == "O" or self.norm[s] == "her" or self.kind(s, self.np_right(s, hi)) == "person"
        ):
            return False
        if lemma == "call":
            # "called the police": something is called something
            e = self.np_right(s, hi)
            bare = e - s - (self.c[s] == "D") < 2 or all(x in "N.h" for x in self.c[s:e])
            return not (bare and (e >= hi or self.c[e] in ",.;:?!)PMmcbT"))
        if lemma in _TAKEN_AS:
            return self.c.find("a", s + 1, min(hi, s + 10)) > 0  # "saw it as a threat"
        return lemma not in _FOUND or f.document

    def _quote_end(self, s: int, hi: int) -> int:
        """Where the report that opens with a quotation at ``s`` ends: alone if it is full, a fragment goes on."""
        c, codes = self.c, self.codes
        e = s
        while e < hi and c[e] == "q":
            e += 1
        if e >= hi:
            return hi
        inner = codes[max(s, e - 3) : e].rstrip("Q")[-1:]
        full = inner in (".", "!", "?", ",")
        if not full and c[e] in "XVvcboTiHtSq":
            return hi
        if full and c[e] in "cb" and c.find("q", e, min(hi, e + 30)) > 0:
            return hi
        if full or c[e] in "P,:;-mMDagRW":
            return e
        return hi

    def _report_end(self, f: Frame, s: int, hi: int, lo: int) -> int:
        """Where what ``f`` reports from ``s`` ends, if the sentence goes on in the outlet's own words.

        Before the main clause that follows "While X says …,"; before the verb that a relative clause
        interrupted; before a last ", who …" or ", throwing …".
        """
        c, norm = self.c, self.norm
        top = min(hi, s + 120)
        first = lo
        while first < f.begin and c[first] in "Rcb":
            first += 1
        opened = c[first] == "S" or norm[first] in _OPEN_CLAUSE or (f.how == "relative" and c[first] in "PT")
        if opened:
            opened = c.find(",", first, f.begin) < 0
        p = s
        while True:
            p = self._turn(p + 1, top - 1)
            if p < 0:
                break
            if c[p] == "q":
                # "Even though he said it would “go on,” he seemed less sure": the comma stands inside the marks
                if opened and self.codes[p - 1 : p] == "," and self._main_clause(p + 1, hi):
                    return p + 1
                continue
            y, word = c[p + 1], norm[p + 1]
            if c[p] == "-":
                if y in "DN" and opened and c.find("-", p + 1, hi) < 0 and self._main_clause(p + 1, hi):
                    return p
                if y == "D" and self._verdict(p + 1, hi):
                    return p
                continue
            if opened and self._main_clause(p + 1, hi):
                return p
            if f.how == "relative" and y in "XVv" and (p + 2 >= hi or norm[p + 2] != "by"):
                return p
            if y == "g" and word in _TRAILING:
                return p
            if y == "D" and self._verdict(p + 1, hi):
                return p
            if word == "even" and norm[p + 2 : p + 3] in (["as"], ["though"]) and self._last(p + 1, hi):
                return p  # "…, even as she argued the opposite"
            if y == "b" and self._goes_on(f, p + 2, hi):
                return p
            if y == "a" and norm[p + 2 : p + 3] in (["he"], ["she"]) and self._last(p + 1, hi):
                return p  # "said he would decide, as he argues with the governors"
            relative = p + 1 if y == "W" else p + 2 if y == "P" and c[p + 2 : p + 3] == "W" else -1
            if relative > 0 and norm[relative] in ("who", "whose", "whom") and self._last(p + 1, hi):
                return p
        contact = f.how == "subject" and f.begin > lo and c[f.begin] == "H" and c[f.begin - 1] in "nrG"
        if f.how == "relative" or contact:
            return self._relative_end(s, hi, 0 if f.rule in ("object", "to") else 1)
        return hi

    def _turn(self, p: int, top: int) -> int:
        """The next comma or dash from ``p`` on, or the last token of a quotation; -1 if none is before ``top``."""
        m = _TURN.search(self.c, p, top) if p < top else None
        return m.start() if m is not None else -1

    def _goes_on(self, f: Frame, p: int, hi: int) -> bool:
        """Does "…, but declined to say why", "…, but Reed did not come" go on with what the speaker did?"""
        c, norm = self.c, self.norm
        while p < hi and c[p] == "R" and norm[p] != "not":
            p += 1
        if p >= hi:
            return False
        if c[p] == "v" and p + 1 < hi and c[p + 1] in "DNTHOqnrG":
            return f.how != "relative"
        if f.source is None or c[p] != "N" or c[f.source[1] - 1] != "N":
            return False
        e = p
        while e < hi and c[e] == "N":
            e += 1
        return norm[e - 1] == norm[f.source[1] - 1] and e < hi and c[e] in "XVvR"

    def _verdict(self, p: int, hi: int) -> bool:
        """Does "a claim the judge rejected", "a reversal of …" begin at ``p``: the outlet on what was reported?"""
        e = self.np_right(p, hi)
        return e > p and self.norm[self.head(p, e)] in _VERDICTS and self._last(p, hi)

    def _last(self, p: int, hi: int) -> bool:
        """Does the clause at ``p`` run to the end, nothing resumed after it?"""
        c = self.c
        q = c.find(",", p, hi)
        while 0 < q < hi - 1:
            if c[q + 1] in "XVvTtqcb":
                return False
            q = c.find(",", q + 1, hi)
        return True

    def _main_clause(self, p: int, hi: int) -> bool:
        """Does a clause with a subject of its own begin at ``p``?"""
        c = self.c
        while p < hi and c[p] == "R":
            p += 1
        if p >= hi or c[p] not in "HDNrGini#":
            return False
        e = self.np_right(p, hi)
        if e == p:
            return False
        while e < hi and c[e] == "R":
            e += 1
        if e < hi and c[e] in "oP":
            for q in range(e, min(hi, e + 14)):
                if c[q] in "XVv":
                    return True
                if c[q] in ",;:.?!-":
                    return False
        if e < hi and c[e] == "n" and c[p] in "HNr":
            return self.norm[e].endswith("s") or self.norm[p] in ("they", "we", "you", "i")
        return e < hi and c[e] in "XVv"

    def _relative_end(self, s: int, hi: int, allowed: int) -> int:
        """Where a report inside "those who say …" ends: before the main verb, one more than the ``allowed`` ones."""
        c = self.c
        p = s
        while p < hi:
            x = c[p]
            if x in "tWS" or (x == "H" and p > s):
                allowed += 1
            elif x in "XVv" and c[p - 1] not in "XVRTcDPhv":
                if not allowed and c[p - 1] in "nNrGO)m" and (x != "v" or c[p + 1 : p + 2] not in ("P", "o")):
                    return p
                allowed -= 1
            p += 1
        return hi

    def _object_end(self, s: int, hi: int, more: str = "") -> int:
        """Where a reported noun phrase ends: before a trailing participle clause or "during …"."""
        c, norm = self.c, self.norm
        for p in range(s + 1, min(hi, s + 60)):
            x = c[p]
            if x == "," and p + 1 < hi and (c[p + 1] in "gWbSXV" or c[p + 1] in more):
                return p
            if x == "P" and norm[p] in ("during", "after", "before", "following", "ahead"):
                return p
        return hi

    def _finite(self, s: int, hi: int) -> bool:
        """Is there something like a finite verb within the next words, before the clause ends?"""
        c = self.c
        for p in range(s, min(hi, s + 24)):
            x = c[p]
            if x in "XVvq":
                return True
            if x in "Hi" and p == s:
                return True
            if x in ".;:?!":
                return False
        return False

    def _clause(self, s: int, hi: int) -> bool:
        """Does a clause begin at ``s``: a noun phrase with a finite verb of its own?"""
        c = self.c
        if c[s] in "Hi":
            return True
        for p in range(s, min(hi, s + 24)):
            x = c[p]
            if x in "XVq":
                return True
            if x == "v" and p > s and c[p - 1] in "NnrG#O)zRMm":
                return True
            if x in ",.;:?!-WtTgS":
                return False
        return False

    def _left_clause(self, f: Frame, lo: int) -> bool:
        """Does what stands left of the cue's subject look like a reported clause: verb in it, comma at its end?"""
        c = self.c
        b = f.begin
        if b - 1 < lo:
            return False
        x = c[b - 1]
        if x == "q":
            return True
        if x not in ",-?!":
            return False
        if c.find("q", lo, b) >= 0:
            return True
        return any(c[p] in "XVvk" for p in range(b - 2, max(lo, b - 40) - 1, -1))

    def _postposed(self, f: Frame, lo: int, hi: int, s: int) -> None:
        """ "…, she said [on Monday]": what stands before is reported; perhaps what follows as well."""
        c, norm = self.c, self.norm
        if f.how not in ("subject",) or not (f.cue.speech or f.document or f.cue.stance == "mental"):
            return
        b = f.begin
        if b - 1 < lo or c[b - 1] not in ",q-?!;:":
            return
        inside = False
        if f.right is None and s + 1 < hi and c[s] in ",-":
            y = c[s + 1]
            short = b - lo < 6
            inside = (
                y in _CONTINUES
                or norm[s + 1] in _GOES_ON
                or (
                    c[lo] in "SPaR"
                    and norm[s + 1] != "then"
                    and (y not in "gW" or (c[lo] == "S" and not self._said_before(lo, b)))
                )
                or (short and y not in "gW")
                or not self._left_clause(f, lo)
            )
        if not inside and not self._said_before(lo, b):
            return
        if not f.cue.that and not f.document and f.cue.stance != "mental" and c.find("q", max(lo, b - 3), b) < 0:
            return  # "…, he held an event": these verbs report beside a quotation only
        f.post = True
        f.left = (lo, b)
        f.resume = s
        if inside:
            f.right, f.rule = (s + 1, hi), "inside"
        elif not f.rule:
            f.rule = "post"

    def _said_before(self, lo: int, b: int) -> bool:
        """Do the tokens ``[lo, b)`` before "…, she said" hold a clause or a quotation, not just "After the vote,"?"""
        c = self.c
        opening = c[lo] in "SPgvaT" or self.norm[lo] in _OPEN_CLAUSE or self.norm[lo] in _PUT
        if opening and self.norm[lo + 1] in ("least", "most") and c[lo + 2 : lo + 3] == "#":
            opening = False  # "At least 200 people were killed"
        q = c.find("q", lo, b)
        if q >= 0 and (not opening or b - q > 7):
            return True
        if not opening:
            return any(x in "XVvH" for x in c[lo:b])
        p = c.find(",", lo, b - 1)
        while p > 0:
            if self._main_clause(p + 1, b):
                return True
            p = c.find(",", p + 1, b - 1)
        return False

    def _according(self, i: int, j: int, cue: CueWord, lo: int, hi: int) -> Frame:
        c = self.c
        e = j
        top = min(hi, j + 40)
        while e < top and c[e] not in ",.;:?!-q":
            if c[e] == "W" or (c[e] in "HXVS" and e > j):
                break
            e += 1
        if e < top and c[e] in "HXVS":
            e = max(self.np_right(j, hi), j + 1)
        elif c.find("t", j + 1, e) > 0 or c.find("v", j, e) > 0:
            # run-on text: the source ends with its noun phrase
            e = max(self.np_right(j, hi), j + 1)
        f = Frame(i, j, cue, "according", i, (j, e) if e > j else None, "organisation")
        f.rule = "according"
        if f.source:
            f.kind = self.kind(*f.source)
        joined = i > lo and c[i - 1] in "cbS" and c[i - 2 : i - 1] != "" and (e >= hi or c[e] != ".")
        opening = i == lo or joined or (c[i - 1] in "cbt)" and i - lo < 3) or (i == lo + 1 and c[lo] in "qR(")
        if opening:
            q = c.find(",", e, min(hi, e + 40))
            while 0 < q < hi - 1 and c[q + 1] == "W":
                # "according to a complaint, which the group has seen, …"
                after = c.find(",", q + 1, min(hi, q + 30))
                if after < 0:
                    break
                q = after
            if q > 0:
                # skip an apposition: the clause begins after the last comma before a finite clause
                f.right = (q + 1, hi)
                f.source = (j, max(e, j + 1))
            elif e < hi:
                f.right = (e, hi)
            return f
        f.left = (lo, i)
        f.post = True
        if e < hi and c[e] == "," and e + 1 < hi and c[e + 1] not in "Wg" and i - lo < 8:
            f.right = (e + 1, hi)
        f.resume = e
        return f

    def _noun(self, i: int, j: int, cue: CueWord, lo: int, hi: int) -> Frame | None:
        """ "her claim that …", "accusations that …"."""
        c = self.c
        doubted = cue.stance == "doubt"
        if j + 1 >= hi or not (c[j] in "t:ToP" or doubted):
            return None
        if cue.lemma == "doubt" and i > lo and c[i - 1] != "z" and self.norm[i - 1] not in ("his", "her", "their"):
            return None  # "no doubt that", "beyond a doubt that"
        f = Frame(i, j, cue, "noun", i)
        # owner: possessive before
        p = i - 1
        while p >= lo and c[p] in "nRgv#r" and i - p < 5:
            p -= 1
        if p >= lo and c[p] == "z":
            a = self.np_left(p - 1, lo)
            if a >= 0:
                f.source = (a, p)
                f.begin = a
        elif p >= lo and c[p] == "D" and self.norm[p] in ("his", "her", "their", "its", "my", "our"):
            f.source = (p, p + 1)
            f.begin = p
        if f.source:
            f.kind = "pronoun" if c[p] == "D" else self.kind(*f.source)
        if c[j] in "t:":
            if c[j + 1] not in "HiDNnrG#qgSP" or (c[j] == ":" and f.source is None and c[j + 1] != "q"):
                return None
            f.right, f.that, f.rule = (j, hi), True, "noun-that"
            return f
        # "his promise to go", "her claim of a plot", "their call for a ban"
        allowed = _NOUN_TO if c[j] == "T" else _NOUN_OF if c[j] == "o" else _NOUN_FOR
        if f.source is None or f.kind == "thing" or cue.lemma not in allowed or (c[j] == "P" and self.norm[j] != "for"):
            return f if doubted and f.source is not None and f.kind != "thing" else None
        f.right, f.rule = (j + (c[j] != "T"), self._object_end(j + 1, hi, "cXV")), "noun"
        return f

    def _passive(self, i: int, j: int, cue: CueWord, lo: int, hi: int, k: int) -> Frame | None:
        """ "was accused of …", "it was reported that …", "was told that …"."""
        c = self.c
        if j >= hi or cue.lemma == "direct":
            return None
        f = Frame(i, j, cue, "passive", i)
        f.rule = "passive"
        if (
            (cue.stance == "accusing" or (cue.lemma in _HUMAN and self.norm[j] != "for"))
            and " " not in cue.lemma
            and c[j] in "Pa"
            and self.norm[j] in ("by", "for", "as", "over")
        ):
            e = self.np_right(j + 1, hi)
            if self.norm[j] == "by" and e > j + 1 and self.kind(j + 1, e) in ("person", "organisation"):
                f.source, f.kind = (j + 1, e), self.kind(j + 1, e)
            if f.source and cue.lemma in _ACCUSE and e < hi and c[e] == "o":
                # "a cleric accused by Turkey of engineering a coup was held"
                f.right = (e + 1, min(self._object_end(e + 1, hi), self._relative_end(e + 1, hi, 0)))
            crowd = self.norm[e - 1] in ("right", "left", "media", "press", "many", "some", "others", "both")
            return f if self.norm[j] != "by" or f.source or crowd else None
        if c[j] == "o" and (cue.of or cue.lemma in _ACCUSE):
            f.right = (j + 1, hi)
            return f
        if cue.lemma == "ask" and ((c[j] in "SW" and self.norm[j] in _WH) or (c[j] == "P" and self.norm[j] == "about")):
            f.right = (j, hi) if c[j] != "P" else None
            f.rule = "asked"
            return f
        if cue.lemma == "ask":
            s = self._adjuncts(j, hi, cue)
            s += s + 1 < hi and c[s] in ",:"
            if s < hi and c[s] == "q":
                f.right, f.rule = (s, self._quote_end(s, hi)), "asked"  # by whom is not said
                return f
            if c[j] == "T" and i > lo and c[i - 1] == "S" and c.find(",", j, hi) > 0:
                f.right, f.rule = (j, c.find(",", j, hi)), "asked"
                return f
        if c[j] == "t" and cue.that:
            f.right = (j, hi)
            f.that = True
            return f
        if c[j] == "P" and self.norm[j] == "by":
            e = self.np_right(j + 1, hi)
            if e > j + 1 and self.kind(j + 1, e) in ("person", "organisation"):
                f.source = (j + 1, e)
                f.kind = self.kind(j + 1, e)
                if e < hi and c[e] == "o" and (cue.of or cue.lemma in _ACCUSE):
                    f.right = (e + 1, hi)
                return f
        return None


def shape_ok(c: str, j: int, hi: int) -> bool:
    """Does a name or noun phrase follow ("Said Jones, …")?"""
    return j < hi and c[j] in "NDr"


def _after_verb(x: str) -> bool:
    return x in "tqHDN:OiS#,TW"


_BARE = words(
    "say tell speak talk ask respond agree reply write vow promise pledge explain announce declare "
    "deny insist repeat disagree protest apologize apologise testify note mention acknowledge concede confirm "
    "warn decline refuse answer suggest argue joke boast"
)
_VIEW = CueWord("in view", "mental", "x")
_COLON = CueWord(":", "neutral", "x", that=True, quote=True, speech=True)
_ACCUSE = frozenset(("accuse",))
_NOUN_TO = words("promise pledge vow threat call demand plea offer proposal refusal")
_NOUN_OF = words("accusation allegation claim warning complaint boast prediction charge fear")
_NOUN_FOR = words("call demand plea proposal appeal")
_ASKS_ABOUT = words("ask question beg plead press call complain talk speak worry warn joke boast brag")
_ASKS = words("ask wonder know say tell explain inquire question see remember show learn understand reveal decide")
# Rules whose report may end before its sentence does.
_ENDED = frozenset(("that", "clause", "wh", "to", "object"))
_OPEN_CLAUSE = words("as after before since with")
# What the outlet calls a report in an apposition to it.
_VERDICTS = words(
    "claim claims argument assertion allegation accusation contention theory charge suggestion sentiment reversal "
    "about-face u-turn departure contradiction falsehood lie position stance refrain talking echo "
    "swipe jab dig nod reference allusion rebuke admission concession acknowledgment acknowledgement"
)
# What a trailing participle of the outlet does to the news it reports.
_TRAILING = words(
    "marking capping setting echoing signaling signalling underscoring highlighting drawing prompting sparking "
    "surpassing reversing contradicting breaking becoming appearing referring pointing alluding throwing raising "
    "elevating putting triggering fueling fuelling ending escalating deepening intensifying joining leaving reflecting "
    "paving opening clearing dashing sending positioning"
)
# With a noun phrase after them these name a deed or a perception: "claimed victory", "spoke to fans".
_NO_THING = frozenset(
    (
        "speak to",
        "talk to",
        "report on",
        "appeal to",
        "unveil",
        "learn",
        "write about",
        "state",
        "add",
        "claim",
        "pledge",
        "hit",
    )
)
_TAKEN_AS = words("see view regard")
_FOUND = words("find determine discover")
# Attributed thought: of anybody; of one who is named ("she thinks", not "Americans think").
_HELD = words("believe hope fear worry suspect dread")
_HELD_BY_ONE = words("want think feel expect wish")
# What one comes to know or to see is no report of one's own.
_LEARNT = words(
    "show find see learn discover determine unveil recognize recognise realize realise know understand view"
)
# Acts, though words may go with them: "endorsed a rival", "agreed to meet", "rejected the bill".
_TAKES_PART = words("back endorse support thank celebrate embrace approve accept favor favour honor honour adopt bless")
_DEEDS = words("reject protest question object") | frozenset(("rule out", "walk back", "object to"))
_STARTS = frozenset(",;:-cbStq(.a")
_ABOUT = words("about around over under nearly roughly almost some just only")
_GOES_ON = words("not because if unless though although even")
_WINGS = words(
    "sides parties wing faction factions bloc caucus lobby crowd delegation voices figures hawks doves hopefuls "
    "watchdogs"
)
_HUMAN = words(
    "criticize criticise condemn denounce rebuke praise decry deplore mock ridicule applaud hail laud extol lambaste "
    "scold chide castigate berate excoriate deride chastise pan reprimand admonish commend cheer welcome"
)  # what only people and bodies do
# Findings and judgements that invert like "say": "…, estimates the bank".
_JUDGES = words(
    "estimate find reckon calculate conclude believe think suspect fear hope expect project anticipate discover "
    "determine forecast show reveal confirm"
)
_SAY = words("say show suggest claim indicate describe allege state reveal")
_URGES = words("urge advise promise")
_WITHHELD = words("decline refuse")  # "declined to comment": nothing is handed over
_TELLS = words("say add write report reply argue note explain tweet observe")
_SAYS_SO = words("agree disagree object protest")
_SETS_OUT = words(
    "began begin begins started continued long time opportunity occasion twitter tag speech interview address"
)
_INSTRUMENTS = words(
    "plan plans proposal bill act law measure resolution deal agreement treaty amendment charter order rule "
    "legislation framework platform policy budget strategy motion petition"
)
_PARTICLES = words("out up down off")  # "set out on a path"
_PUT = words("asked told pressed questioned")  # "Asked about it, he said …"
_ADJECTIVAL = words("allege claim report suspect")
_ADVERBS = words("first long all")  # "has long said"
_FIXED = frozenset((("at", "least"), ("at", "first"), ("in", "fact"), ("of", "course"), ("in", "turn"), ("at", "last")))
_MEANS = words("phone telephone email e-mail text letter")  # "said by telephone"
_PLURAL_ONLY = words("some many all those these several few most both")
# Nouns that only count what follows "of".
CROWDS = words(
    "array range number group variety crowd chorus string host bunch lot lots series growing team pair couple dozens "
    "scores hundreds thousands millions swath swathe coalition all both each"
)
_MANY = words(
    "all majority minority half percent third quarter fifth number handful plurality share most majorities those both "
    "few several two three four five six seven eight nine ten none"
)
_DAYS = words("yesterday today tonight tomorrow earlier later recently afterward afterwards")
# Verbs that report a clause and do something else to a thing: "wrote a book", "maintains a lead", "added a room".
_ALSO_DO = words(
    "state maintain write declare find remark post assume underscore warn add discover recognize recognise answer "
    "claim allege read charge observe understand determine learn expect protest advise testify unveil admit"
)
_GROUP = words(
    "those some many others most both several few all critics people voters officials two three four analysts "
    "sources everyone nobody someone anyone none each either neither"
)

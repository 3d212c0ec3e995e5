"""Who or what a loaded term is about, where the grammar makes it plain; None where it does not.

- modifier: the head it stands before ("the embattled **minister**"), or the subject it is said of
  ("**the plan** is absurd");
- label and other noun: the name beside it ("strongman **Orban**", "the **Assad** regime"), the subject of
  "is a …", the object of "called … a …", what follows "of", whose it is ("**Reed**'s tirade"); a label with
  none of these is about those whom it names;
- verb: its subject ("**the mayor** caved") or its object ("slammed **the ruling**"), as the list says; in the
  passive the other way round.

What is run down in a thing is who answers for it: the target of "the **council**'s reckless plan" is the council.
Names come out in the article's fullest form, by the same resolution as speakers.
"""

from __future__ import annotations

from collections.abc import Container

from framing.article import Reading, Sentence
from framing.classes import BE, MONTHS, WEEKDAYS
from framing.lexicon import Entry
from framing.voice.cues import Grammar
from framing.voice.speakers import Speakers

__all__ = ["Targets"]

_COPULA = BE | frozenset("become becomes became remain remains remained seem seems seemed look looks looked".split())
_CALLING = frozenset(
    "call calls called calling brand brands branded branding dub dubs dubbed label labels labeled labelled labelling "
    "labeling deem deems deemed denounce denounces denounced denouncing consider considers considered".split()
)
_OF = frozenset(("of", "against", "by", "from", "around"))
_HAVE = frozenset(("have", "has", "had", "having"))
_NOMINAL = "nNrGg#"
_REACH = 6
_OWNERS = frozenset(("his", "her", "their"))
_NOT_HEADS = frozenset("one ones lot kind sort way thing things part time times bit".split())


class Targets:
    """Finds targets in one reading. :meth:`of` is asked term by term. ``loaded``: tokens inside loaded
    modifiers."""

    def __init__(self, reading: Reading, loaded: Container[int] = ()) -> None:
        self.reading = reading
        self.loaded = loaded
        self.norm, self.text = reading.tokens.norm, reading.tokens.text
        outer: Grammar | None = reading.cache.get("grammar")
        self.speakers: Speakers | None = reading.cache.get("speakers")
        # The voices' grammar hides what is inside quotation marks; a term there is looked at in plain sight.
        self.codes = outer.codes if outer is not None else ""
        self.grammar = Grammar(reading.tokens, self.codes, self.codes)
        self._titles: dict[int, bool] = {}

    def of(self, first: int, last: int, entry: Entry | None, sentence: Sentence) -> str | None:
        """Target of the term at tokens ``[first, last)``; ``entry`` None: a speech verb that attacks its object."""
        if not self.codes:
            return None
        lo, hi = sentence.first, sentence.last
        if entry is None:
            span = self._verb(first, last, lo, hi, "object")
        elif entry.pos == "v":
            span = self._verb(first, last, lo, hi, entry.target or "subject")
        elif entry.pos == "a":
            span = self._modifier(first, last, lo, hi)
        elif entry.kind == "label" and entry.entry != entry.entry.lower() and "N" in self.codes[first:last]:
            a = self.codes.index("N", first)
            span = (a, next((p for p in range(a, last) if self.codes[p] != "N"), last))  # "Kremlin stooge"
        elif (of := next((p for p in range(first + 1, last - 1) if self.norm[p] == "of"), None)) is not None:
            span = (of + 1, last) if entry.pos in "nx" else None  # "flood of migrants"
        elif entry.pos == "n" or entry.kind in ("label", "noun"):
            span = self._noun(first, last, lo, hi, entry.kind == "label")
        else:
            span = self._predicated(first, lo)  # "the board is out of touch"
        return self._name(*self._answering(*span, lo, hi)) if span is not None else None

    # -- by kind of term -----------------------------------------------------------------

    def _modifier(self, first: int, last: int, lo: int, hi: int) -> tuple[int, int] | None:
        codes, norm = self.codes, self.norm
        k = last
        # "a corrupt, reckless and cruel regime": over the other members of the series
        while k < hi and k < last + _REACH and (k in self.loaded or (codes[k] in ",chR" and k + 1 < hi)):
            k += 1
        if k > last and codes[k - 1] in ",c" and k - 1 not in self.loaded:
            k = last
        nominal = k < hi and (codes[k] in _NOMINAL or (codes[k] == "v" and k + 1 < hi and codes[k + 1] in "nNrG"))
        if nominal and codes[last - 1] != "R":
            end = self._np_end(k, hi)
            if end > k and norm[self.grammar.head(k, end)] not in _NOT_HEADS:
                return k, end
        return self._predicated(first, lo)

    def _predicated(self, first: int, lo: int) -> tuple[int, int] | None:
        """Subject of "is (a) (very) …" before token ``first``."""
        codes, norm = self.codes, self.norm
        k = first - 1
        while k >= lo and k >= first - _REACH and (codes[k] in "RDnvghQ,c#" and norm[k] not in _COPULA):
            k -= 1
        if k < lo or norm[k] not in _COPULA:
            return None
        while k > lo and (codes[k - 1] in "XR" or norm[k - 1] in _HAVE):
            k -= 1
        found = self.grammar.subject(k - 1, lo)
        return (found[0], found[1]) if found is not None else None

    def _noun(self, first: int, last: int, lo: int, hi: int, label: bool) -> tuple[int, int] | None:
        codes, norm, g = self.codes, self.norm, self.grammar
        if label and last < hi and codes[last] == "N":
            end = last
            while end < hi and codes[end] in "N.h" and end < last + _REACH:
                end += 1
            while end > last and codes[end - 1] != "N":
                end -= 1
            return last, end  # "strongman Viktor Orban"
        if (
            label
            and last + 1 < hi
            and codes[last] == ","
            and codes[last + 1] == "N"
            and first > lo
            and norm[first - 1] == "the"
        ):
            end = g.np_right(last + 1, hi)
            if end < hi and codes[end] in ",.":
                return last + 1, end  # "the strongman, Viktor Orban,"
        if last + 1 < hi and norm[last] in (_OF if not label else ("of", "in")):
            k = last + 1
            end = self._np_end(k, hi)
            if end > k and (not label or codes[g.head(k, end)] == "N"):
                return k, end
        # over what modifies the noun
        k = first - 1
        while k >= lo and k >= first - _REACH and codes[k] in "nghvR":
            k -= 1
        if k >= lo and codes[k] == "z":
            start = g.np_left(k - 1, lo)
            if start >= 0:
                return start, k  # "Reed's tirade"
        if k >= lo and codes[k] == "N" and k == first - 1 and not self._title(lo, hi):
            start = k
            while start - 1 >= lo and codes[start - 1] == "N":
                start -= 1
            return start, k + 1  # "the Assad regime"
        if k >= lo and codes[k] == "D":
            if k - 1 >= lo and codes[k - 1] == ",":
                start = g.np_left(k - 2, lo)
                if start >= 0 and label and codes[g.head(start, k - 1)] == "N":
                    return start, k - 1  # "Viktor Orban, a strongman"
            start = g.np_left(k - 1, lo)
            if start > lo and norm[start - 1] in _CALLING:
                return start, k  # "called the judge a hack"
        subject = self._predicated(first, lo)
        if subject is not None:
            return subject
        return (first, last) if label else None

    def _verb(self, first: int, last: int, lo: int, hi: int, charged: str) -> tuple[int, int] | None:
        codes, norm, g = self.codes, self.norm, self.grammar
        k = first
        passive = False
        while k > lo and codes[k - 1] in "XRT":
            k -= 1
            passive = passive or (norm[k] in BE and codes[first] in "vVn" and not norm[first].endswith("ing"))
        if charged == "object" and not passive:
            end = self._np_end(last, hi)
            return (last, end) if end > last else None
        if charged == "subject" and passive:
            by = next((p for p in range(last, min(hi, last + 3)) if norm[p] == "by"), None)
            end = self._np_end(by + 1, hi) if by is not None else 0
            return (by + 1, end) if by is not None and end > by + 1 else None
        found = g.subject(k - 1, lo) if k > lo else None
        return (found[0], found[1]) if found is not None else None

    def _answering(self, a: int, b: int, lo: int, hi: int) -> tuple[int, int]:
        """Who answers for the thing ``[a, b)``: whose it is ("the council's plan", "her plan", "the policies of the
        Hale administration"); somebody or a body, and what is nobody's, stands for itself."""
        codes, norm, g = self.codes, self.norm, self.grammar
        while b - a > 1 and codes[b - 1] in "Qhz,":
            b -= 1
        h = g.head(a, b)
        if codes[h] != "n" or g.kind(a, b) != "thing":
            return a, b
        k = h - 1
        while k >= lo and k >= h - _REACH and codes[k] in "nghvR#M,cQ":
            k -= 1
        if k >= lo and codes[k] == "z":
            start = g.np_left(k - 1, lo)
            if start >= 0 and codes[g.head(start, k)] not in "Mm#":
                return start, k
        if k >= lo and norm[k] in _OWNERS:
            return k, k + 1
        if b + 1 < hi and norm[b] in ("of", "by", "from"):
            end = self._np_end(b + 1, hi)
            while end > b + 1 and codes[end - 1] not in "NGr":
                end -= 1  # a verb that looks like a noun
            if end > b + 1 and norm[end - 1] not in MONTHS | WEEKDAYS:
                return b + 1, end
        return a, b

    # -- phrases and names ----------------------------------------------------------------

    def _np_end(self, k: int, hi: int) -> int:
        """End of the noun phrase at ``k``, without what is attached to it by a preposition."""
        end = self.grammar.np_right(k, hi)
        for p in range(k + 1, end):
            if self.codes[p] in "oP":
                return p
        return end

    def _title(self, lo: int, hi: int) -> bool:
        """Whether most words of the sentence are capitalised, as in headlines."""
        known = self._titles.get(lo)
        if known is None:
            content = [c for c in self.codes[lo:hi] if c in "NnrGvVg"]
            known = self._titles[lo] = content.count("N") >= 0.6 * len(content)
        return known

    def _name(self, a: int, b: int) -> str | None:
        """What to call the noun phrase ``[a, b)``: the canonical name of a person or body, else its words."""
        codes = self.codes
        while b - a > 1 and codes[a] in "DRQ":
            a += 1
        while b - a > 1 and codes[b - 1] in "Qhz,":
            b -= 1
        h = self.grammar.head(a, b)
        if codes[h] != "N" and h not in self.loaded:
            # "the council's reckless plan" is about the plan, not about a reckless plan
            a = max((p + 1 for p in range(a, h) if p in self.loaded), default=a)
            while a < h and codes[a] in ",chR":
                a += 1
        pronoun = codes[h] in "HO" or (b - a == 1 and self.norm[h] in _OWNERS)
        if pronoun and self.norm[h] not in ("he", "she", "him", "they", "them", *_OWNERS):
            return None
        if codes[h] in "iWtDX" and not pronoun:
            return None
        name = None
        if self.speakers is not None and (pronoun or codes[h] in "NrG"):
            name = self.speakers.name(a, b)
        if name is None and not pronoun:
            start, end = self.reading.tokens.start, self.reading.tokens.end
            name = self.reading.text[start[a] : end[b - 1]]
            if codes[h] != "N":
                name = name.lower()
        return " ".join(name.split()) if name and len(name) <= 80 else None

"""Whose words are these? Article -> :class:`~framing.article.Reading`.

Method: quotation marks are paired; reporting cues are found by lookup and judged
by the grammar around them (:mod:`framing.voice.cues`); each sentence's cues are
then put in order, the outermost owning the reported stretch; quotations inside a
reported stretch are direct speech; speakers get one name each. Rules only, no
model, linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from framing.article import Article, Cue, Reading, Sentence, Voice, VoiceSpan
from framing.lexicon import Lexicon
from framing.segment import sentences as split
from framing.tokens import Tokens, tokenise
from framing.voice.blocks import blocks
from framing.voice.cues import SHOW, Frame, Grammar
from framing.voice.cuewords import VIEWS, CueWord, CueWords, cue_words
from framing.voice.names import ABBREVIATED
from framing.voice.quotes import Quote, pair_quotes
from framing.voice.speakers import Speakers
from framing.voice.words import code_string, codes_of

__all__ = ["read", "subject_of"]

# Share of the words a rule gives to a source that PolNeAR's readers give to one too (training part, 840 articles):
# in the outlet's wording, and in quotation marks.
_CONFIDENCE: dict[str, tuple[float, float]] = {
    "according": (0.88, 0.99),
    "accuse": (0.85, 0.99),
    "as": (0.78, 0.96),
    "asked": (0.80, 0.90),
    "charge": (0.82, 0.99),
    "clause": (0.85, 0.98),
    "colon": (0.50, 0.99),
    "headline-colon": (0.91, 0.97),
    "inside": (0.83, 0.98),
    "inverted": (0.79, 0.99),
    "noun": (0.79, 0.99),
    "noun-that": (0.74, 0.99),
    "object": (0.77, 0.98),
    "passive": (0.60, 0.95),
    "post": (0.80, 0.99),
    "quote": (0.63, 0.98),
    "that": (0.92, 0.99),
    "to": (0.78, 0.97),
    "verb-of": (0.82, 0.99),
    "wh": (0.87, 0.99),
    "which": (0.85, 0.99),
}
# The same for quotations without a cue: in a row with one before, over a paragraph's end, a sentence of its own,
# after a colon, longer than a label, beside a speaker of the same sentence, verbatim text without marks.
_NEXT, _OVER, _ALONE, _COLON, _LONG, _BESIDE, _BLOCK = 0.99, 0.86, 0.93, 0.88, 0.86, 0.77, 0.60
_THAT = re.compile("(?<=[oP])t(?=[nNrGm])")
_BYLINE = re.compile("(N{2,5}),[NDnGohPc,]{1,8}")
_MIDDLE_A = re.compile(r"ND\.(?=N)")
_STOP_IN_NAME = re.compile(r"N(?=\.[^.])")
_WRITINGS = frozenset(
    "statement tweet tweets post posts message email letter text excerpt transcript remarks memo quote note reply "
    "response answer video".split()
)
# A quotation that no verb hands over: its speaker is guessed from the sentence.
_SILENT = CueWord("", "neutral", "x", quote=True)
_LONGEST = 800
_TRIM = frozenset(",cb;S-")
_ON_OCCASION = frozenset(("during", "in", "at"))
_OCCASIONS = frozenset(
    "call interview conference briefing speech statement tweet remarks address broadcast podcast rally debate".split()
)


def read(article: Article, lexicon: Lexicon | None = None) -> Reading:
    """Tokens, sentences, voices and reporting cues of ``article``; cues by ``lexicon`` or the shipped lists.

    Never raises on any text; deterministic; time linear in the text.
    ``reading.cache["loose_quotes"]``: quotations nobody is given as the source of, as
    (start, end) offsets, for the scare-quote detector.
    """
    tokens = tokenise(article.text)
    sentences = split(article, tokens)
    return _Reader(article, tokens, sentences, cue_words(lexicon)).run()


def subject_of(reading: Reading, token: int) -> tuple[int, int, str]:
    """Subject of the verb at token index ``token``: (start, end, kind), token indices, half-open.

    kind: person, organisation, thing, pronoun or none (then start == end == token).
    """
    grammar = reading.cache.get("grammar")
    if grammar is None:
        codes = codes_of(reading.tokens)
        grammar = reading.cache["grammar"] = Grammar(reading.tokens, codes, codes)
    if not 0 <= token < len(reading.tokens):
        return token, token, "none"
    lo = reading.sentence_at(reading.tokens.start[token]).first
    k = token - 1
    while k >= lo and grammar.c[k] in "RX":
        k -= 1
    found = grammar.subject(k, lo)
    if found is None:
        return token, token, "none"
    a, b, _ = found
    # figures and records are sources of a report, but what they show is shown by a thing
    return a, b, "thing" if grammar.records(a, b) else grammar.kind(a, b)


def _title(words: list[str]) -> bool:
    """Capitalised like the title of a work: every word but the short ones."""
    long = [w for w in words if len(w) > 3 and w[0].isalpha()]
    return bool(long) and all(w[0].isupper() for w in long)


def _abbreviated(codes: str, tokens: Tokens) -> str:
    """``codes`` with the full stop of "Mr. Reed", "J. Ortega" and "Reed Jr." as part of the name."""
    norm = tokens.norm
    stops = [
        i
        for m in _STOP_IN_NAME.finditer(codes)
        if (w := norm[(i := m.start() + 1) - 1]) in ABBREVIATED or (len(w) == 1 and w != "i")
        if codes[i + 1 : i + 2] == "N" or w in ("jr", "sr")
    ]
    middle = [i for m in _MIDDLE_A.finditer(codes) if tokens.text[i := m.start() + 1] == "A"]
    if not stops and not middle:
        return codes
    out = list(codes)
    for i in middle:
        out[i] = out[i + 1] = "N"  # "Jonathan A. Reed"
    for i in stops:
        out[i] = "N"
    return "".join(out)


class _Reader:
    """One article's way from sentences to voices."""

    def __init__(self, article: Article, tokens: Tokens, sentences: list[Sentence], table: CueWords) -> None:
        self.table = table
        self.article, self.tokens, self.sentences = article, tokens, sentences
        # "of that deal": a determiner
        self.codes = _abbreviated(_THAT.sub("D", codes_of(tokens)), tokens)
        self.quotes: list[Quote] = []
        self.frames: list[Frame] = []
        # token ranges given to a source: (first, last, frame)
        self.spans: list[tuple[int, int, Frame]] = []

    def run(self) -> Reading:
        article, tokens, sentences = self.article, self.tokens, self.sentences
        self._headline_codes()
        codes = self.codes
        quotes = pair_quotes(article.text, tokens, codes, sentences)
        verbatim = blocks(tokens, codes, sentences, self._reports)
        if verbatim:
            within = {i for v in verbatim for i in range(v.first, v.last)}
            quotes = sorted([*verbatim, *(q for q in quotes if q.first not in within)], key=lambda q: q.first)
        self.quotes = quotes
        self._plural_owners()
        codes = self.codes
        if quotes:
            parts: list[str] = []
            at = 0
            for q in quotes:
                parts.append(codes[at : q.first])
                parts.append("q" * (q.last - q.first))
                at = q.last
            parts.append(codes[at:])
            codes = "".join(parts)
        self.masked = codes
        self.grammar = Grammar(tokens, codes, self.codes)
        self._find_frames()
        return self._assemble()

    def _plural_owners(self) -> None:
        """An apostrophe after a plural and outside quotations' marks owns ("the editors' note"): coded like "'s"."""
        starts, ends, norm, text = self.tokens.start, self.tokens.end, self.tokens.norm, self.tokens.text
        edges = {i for q in self.quotes for i in (q.first, q.last - 1)}
        found = [
            i
            for m in re.finditer("(?<=[nrGN])Q(?=[nrGNvgR#Q])", self.codes)
            if text[i := m.start()] in ("'", "\u2019") and i not in edges
            if starts[i] == ends[i - 1] and norm[i - 1].endswith("s")
        ]
        if found:
            out = list(self.codes)
            for i in found:
                out[i] = "z"
            self.codes = "".join(out)

    def _reports(self, a: int, b: int) -> bool:
        """Does the sentence of tokens ``[a, b)`` hand over words: by a reporting verb, or as a statement or post?"""
        single, norm = self.table.single, self.tokens.norm
        return any(((cue := single.get(w)) is not None and cue.speech) or w in _WRITINGS for w in norm[a:b])

    def _headline_codes(self) -> None:
        """In a headline in title case or capitals only names and known words count: read it in lower case."""
        for s in self.sentences:
            size = s.last - s.first
            if not s.headline and (not 4 < size < 24 or self.codes.count("N", s.first, s.last) < 0.5 * size):
                continue
            words = self.tokens.text[s.first : s.last]
            upper = sum(w[0].isupper() for w in words)
            alpha = sum(w[0].isalpha() for w in words)
            if alpha and upper >= (0.6 if s.headline else 0.8) * alpha:
                shout = sum(w.isupper() for w in words) > 0.7 * alpha
                heads = self.table.heads
                fixed = [
                    "N" if (w[0].isupper() and (c in "nrGmVvgR") and norm not in heads) else c
                    for w, norm, c in zip(
                        words,
                        self.tokens.norm[s.first : s.last],
                        code_string([w.lower() if w[0].isupper() and (shout or not w.isupper()) else w for w in words]),
                        strict=True,
                    )
                ]
                self.codes = self.codes[: s.first] + "".join(fixed) + self.codes[s.last :]

    # -- frames ------------------------------------------------------------------------

    def _units(self) -> list[tuple[int, int]]:
        """Sentences, joined where a quotation runs over their boundary."""
        units: list[list[int]] = []
        crossing = list(self.quotes)
        at = 0
        n = len(crossing)
        for s in self.sentences:
            if units:
                first = s.first
                while at < n and crossing[at].last <= first:
                    at += 1
                if at < n and crossing[at].first < first < crossing[at].last:
                    units[-1][1] = s.last
                    continue
            units.append([s.first, s.last])
        out: list[tuple[int, int]] = []
        for a, b in units:
            # no news sentence is this long: what is gets cut, so that no scan is quadratic
            while b - a > _LONGEST:
                out.append((a, a + _LONGEST))
                a += _LONGEST
            out.append((a, b))
        return out

    def _find_frames(self) -> None:
        table = self.table
        norm, codes = self.tokens.norm, self.masked
        hits = table.begins(self.tokens).nonzero()[0].tolist()
        alone, phrases = table.alone, table.phrases
        last = len(norm) - 1
        units = self._units()
        self.units = units
        total = len(hits)
        h = 0
        grammar = self.grammar
        heads_of = sum(s.headline for s in self.sentences)
        for u, (lo, hi) in enumerate(units):
            frames: list[Frame] = []
            skip = -1
            if u < heads_of and codes.find(":", lo, min(hi, lo + 7)) > 0:
                f0 = grammar.headline_colon(lo, hi)
                if f0 is not None and self._names_source(f0):
                    frames.append(f0)
            while h < total and hits[h] < hi:
                i = hits[h]
                h += 1
                x = codes[i]
                word = norm[i]
                if x == "q" or i < skip or (x == "N" and i > lo + 1 and word != "according"):
                    continue
                if word not in alone and (
                    i == last or ((word, norm[i + 1]) not in phrases and codes[i + 1] not in "RM")
                ):
                    continue  # the first word of a phrase, without the others
                f = grammar.view(i, lo, hi) if word in VIEWS and codes[i - 1] in "zDn" else None
                if f is not None:
                    i, j = f.i, f.j
                else:
                    for j, cue in self._lookup(i, hi):
                        f = grammar.frame(i, j, cue, lo, hi)
                        if f is not None:
                            break
                if f is not None and frames and f.how == "subject" and codes[f.i - 1] == ",":
                    g = frames[-1]
                    # "Reed slams Cole, says the plan is dead": it is Reed who says so
                    if g.how == "subject" and g.cue.shape == "s" == f.cue.shape and f.source and f.source[0] <= g.j + 1:
                        f.how, f.source, f.begin = "inherit", None, f.i - 1
                if f is not None:
                    f.confidence = _CONFIDENCE.get(f.rule, (f.confidence, 0.0))[0]
                    if u < heads_of and f.rule == "to":
                        f.right = None  # "Premier Vows To Act": the headline's own words
                    frames.append(f)
                    skip = max(j, f.source[1] if f.how in ("inverted", "according") and f.source else j)
            self._arrange(u, lo, hi, frames)

    def _names_source(self, f: Frame) -> bool:
        """Is the name before a headline's colon one that the article speaks of, or are the words in marks?"""
        if self.masked[f.j] == "q":
            return True
        last = self.tokens.text[f.i - 1]
        if f.kind == "organisation" or last.lower() in ("report", "poll", "study", "survey", "source", "sources"):
            return True
        return last in self.tokens.text[f.j : f.j + 600]

    def _lookup(self, i: int, hi: int) -> list[tuple[int, CueWord]]:
        """Cues that begin at token ``i``, with their ends: the longest phrase, then the word by itself."""
        norm, table = self.tokens.norm, self.table
        found: list[tuple[int, CueWord]] = []
        word = norm[i]
        if i + 1 < hi:
            for words, cue in table.phrases.get((word, norm[i + 1]), ()):
                j = i + len(words)
                if (
                    j <= hi
                    and tuple(norm[i:j]) == words
                    and not (j < hi and words[-1] == "on" and self.masked[j] == "M")
                ):
                    found.append((j, cue))
                    break
            if not found and i + 2 < hi and self.masked[i + 1] in "RM":
                # "called Wednesday for", "called again for"
                pair = (word, norm[i + 2])
                found.extend((i + 3, cue) for words, cue in table.phrases.get(pair, ()) if words == pair)
        verb = table.single.get(word)
        if verb is not None:
            found.append((i + 1, verb))
        noun = table.nouns.get(word)
        if noun is not None:
            found.append((i + 1, noun))
        return found

    def _arrange(self, u: int, lo: int, hi: int, frames: list[Frame]) -> None:
        """Settle which cue of a unit owns which stretch."""
        c = self.masked
        open_: Frame | None = None
        floor = lo
        stretches: list[tuple[int, int, Frame]] = []
        # a leading participle ends where the main clause begins
        for n, f in enumerate(frames):
            if f.how == "infinitive" and f.source is None:
                guess = self._main_subject(lo, f.begin)
                if guess is not None:
                    f.source, f.kind = guess, self.grammar.kind(*guess)
            if f.how in ("participle", "inherit") and f.source is None:
                other = None
                if f.how == "participle" and f.i <= lo + 2:
                    other = next((g for g in frames[n + 1 :] if g.how == "subject" and c[g.begin - 1] == ","), None)
                    if other is not None and f.right is not None:
                        f.right = (f.right[0], other.begin)
                    elif f.right is not None:
                        q = c.find(",", f.right[0], hi)
                        if q > 0:
                            e = self.grammar.np_right(q + 1, hi)
                            if e > q + 1:
                                f.source = (q + 1, e)
                                f.kind = self.grammar.kind(q + 1, e)
                            f.right = (f.right[0], q + 1)
                else:
                    other = next(
                        (
                            g
                            for g in reversed(frames[:n])
                            if g.source is not None
                            and ((f.how == "inherit" and g.how not in ("passive", "relative")) or g.post)
                        ),
                        None,
                    )
                    if other is None and f.how == "participle":
                        guess = self._main_subject(lo, f.begin)
                        if guess is not None:
                            f.source, f.kind = guess, self.grammar.kind(*guess)
                            continue
                        other = next((g for g in frames[:n] if g.source is not None), None)
                if other is not None:
                    f.source, f.kind = other.source, other.kind
                elif f.source is None:
                    guess = self._main_subject(lo, f.begin)
                    if guess is not None:
                        f.source = guess
                        f.kind = self.grammar.kind(*guess)
        # "The call highlights … and underscores …": a thing shows, nobody speaks
        frames[:] = [
            f
            for f in frames
            if not (f.how == "inherit" and (f.source is None or f.kind == "thing") and f.cue.lemma.split()[0] in SHOW)
            # "decisions striking down …", "it goes without saying that": nobody there to say it
            and not (f.how in ("participle", "infinitive") and f.source is None and f.rule != "quote")
        ]
        since = 0
        for n, f in enumerate(frames):
            if open_ is None and self._writer(f):
                # "I think …": the writer's own thought is the outlet's voice
                f.content.extend(s for s in (f.left, f.right) if s is not None)
                continue
            if f.post and f.left is not None:
                a = max(f.left[0], floor)
                b = f.left[1]
                while stretches and stretches[-1][0] >= a:
                    stretches.pop()
                for g in frames[since:n]:
                    if g.content and g.begin >= a:
                        # reported inside what is reported: it ends there too
                        g.inside = True
                        g.content = [(x, min(y, b)) for x, y in g.content if x < b]
                if open_ is not None:
                    open_.inside = True
                    self._close(open_, stretches, b)
                    open_ = None
                if b > a:
                    stretches.append((a, b, f))
                    f.content.append((a, b))
                floor = f.resume if f.resume > 0 else f.j
                since = n + 1
                if f.right is not None:
                    stretches.append((*f.right, f))
                    f.content.append(f.right)
                    open_ = f
                continue
            if open_ is not None and stretches and stretches[-1][1] > f.begin:
                if self._closes(f, open_):
                    self._close(open_, stretches, f.begin)
                    open_ = None
                    floor = max(floor, f.begin)
                else:
                    f.inside = True
                    if f.right is not None:
                        f.content.append(f.right)
                    continue
            if f.right is not None and f.right[1] > f.right[0]:
                stretches.append((*f.right, f))
                f.content.append(f.right)
                open_ = f
        for n, (a, b, f) in enumerate(stretches):
            stop = self._occasion(a, b) if a >= f.j else b
            if stop < b:
                stretches[n] = (a, stop, f)
                f.content = [(x, min(y, stop)) for x, y in f.content if x < stop]
        self.frames.extend(frames)
        self.spans.extend(stretches)

    def _signed_below(self, u: int, end: int) -> tuple[int, int] | None:
        """The name in a line of its own after a quotation: "Ana Reyes, The Courier"."""
        if u + 1 >= len(self.units) or self.units[u + 1][0] != end:
            return None
        a, b = self.units[u + 1]
        m = _BYLINE.fullmatch(self.codes, a, b) if b - a < 12 else None
        return (a, a + len(m[1])) if m is not None else None

    def _writer(self, f: Frame) -> bool:
        """Is the source of ``f`` whoever writes or reads the article: I, we, you?"""
        if f.source is None or f.source[1] - f.source[0] != 1:
            return False
        if f.post and f.left is not None and "q" in self.masked[f.left[0] : f.left[1]]:
            return False
        return self.tokens.norm[f.source[0]].split("'")[0] in ("i", "we", "you")

    def _occasion(self, a: int, b: int) -> int:
        """Where a report ends and the outlet says on what occasion it was made ("… during a call on Wednesday")."""
        norm = self.tokens.norm
        for k in range(max(a + 3, b - 12), b - 2):
            if norm[k] in _ON_OCCASION and norm[k + 1] in ("a", "an", "the", "his", "her", "their"):
                for m in range(k + 2, min(k + 7, b)):
                    if norm[m] in _OCCASIONS:
                        return k
        return b

    def _main_subject(self, lo: int, before: int) -> tuple[int, int] | None:
        """Subject of the clause before a cue: of the finite verb nearest to ``before`` whose subject opens a clause."""
        c = self.masked
        grammar = self.grammar
        other: tuple[int, int] | None = None
        # the clause nearest to the cue first: in "When the mayor left, Reed smiled and said" it is Reed
        p = before - 1
        floor = max(lo, before - 40)
        while p > floor:
            if c[p] in "XVv":
                k = p - 1
                while k > lo and c[k] in "RX":
                    k -= 1
                if c[k] == "," and k - 2 > lo and c[k - 1] == "R" and c[k - 2] == ",":
                    k -= 3  # "Republicans, however, used …"
                if c[k] == ",":
                    p = k  # one of several verbs in a row
                    continue
                found = grammar.subject(k, lo)
                if (
                    found is not None
                    and found[2] == "subject"
                    and c[found[0] - 1 : found[0]] not in ("P", "o", "t", "W")
                ):
                    other = found[0], found[1]
                    if found[0] == lo or c[found[0] - 1] in ",;:bcS-":
                        return other
                p = k
            else:
                p -= 1
        if other is not None:
            return other
        # "China shares that view and wants …": no verb was recognised, a name opens the sentence
        e = lo
        while e < before and c[e] in "NH":
            e += 1
        known = lo < e < before and (e - lo > 1 or c[e] in "XVv" or self.tokens.norm[e].endswith("s"))
        return (lo, e) if known else None

    def _close(self, f: Frame, stretches: list[tuple[int, int, Frame]], at: int) -> None:
        """End what ``f`` reports before token ``at``."""
        c = self.masked
        if not stretches or stretches[-1][2] is not f:
            return
        a, b, _ = stretches.pop()
        b = min(b, at)
        while b > a and c[b - 1] in _TRIM:
            b -= 1
        f.content = [s for s in f.content if s[0] != a]
        if b > a:
            stretches.append((a, b, f))
            f.content.append((a, b))

    def _closes(self, f: Frame, g: Frame) -> bool:
        """Does cue ``f``, met inside what ``g`` reports, end it (rather than belong to it)?"""
        c = self.masked
        if f.how == "participle":
            return f.i > 0 and (c[f.i - 1] == "," or self.tokens.norm[f.i - 1] == "while") and g.how != "participle"
        if f.how == "inherit":
            return f.cue.shape == g.cue.shape or (f.cue.shape == "d" and g.cue.shape == "d")
        if f.how == "subject" and f.begin > 0:
            x = c[f.begin - 1]
            y = c[f.begin - 2] if f.begin > 1 else ""
            if x == "b" and y == "," and f.cue.speech and f.source is not None and c[f.source[0]] in "nrN":
                return True  # "…, but aides concede that"
            if x in "cb;":
                return (
                    f.cue.speech
                    and f.cue.shape == g.cue.shape
                    and (y in ",q" or (f.source is not None and c[f.source[0]] == "H"))
                )
            if x == "S" or x == "-":
                return f.cue.speech and f.cue.shape == g.cue.shape and y == ","
        return False

    # -- voices ------------------------------------------------------------------------

    def _assemble(self) -> Reading:
        tokens, quotes, codes = self.tokens, self.quotes, self.masked
        text = self.article.text
        start, end = tokens.start, tokens.end
        sentence_firsts = [x.first for x in self.sentences]
        speakers = Speakers(text, tokens, self.grammar, self.codes, sentence_firsts)
        for f in self.frames:
            f.speaker, f.speaker_confidence = speakers.resolve(f)
        spans = self.spans
        # every quotation: inside a reported stretch, or carried on from the last speaker, or loose
        direct: list[tuple[int, int, Frame | None, float]] = []
        loose: list[tuple[int, int]] = []
        early: list[tuple[int, int]] = []  # headline fragments: place in ``direct``, where the words come again
        nested = sorted(
            ((a, b, f) for f in self.frames if f.inside and f.cue.speech for a, b in f.content),
            key=lambda s: (s[0], -s[1]),
        )
        si = ni = ui = 0
        units = self.units
        last_frame: Frame | None = None
        last_paragraph = -2
        said = [f for f in self.frames if f.cue.speech]
        headline_end = max((x.last for x in self.sentences if x.headline), default=0)
        fi = 0
        speech: Frame | None = None
        speech_paragraph = -2

        def paragraph_of(token: int) -> int:
            return self.sentences[bisect_right(sentence_firsts, token) - 1].paragraph

        for q in quotes:
            while si < len(spans) and spans[si][1] <= q.first:
                si += 1
            while ui + 1 < len(units) and units[ui][1] <= q.first:
                ui += 1
            owner: Frame | None = None
            confidence = 0.0
            if si < len(spans) and spans[si][0] <= q.first:
                owner = spans[si][2]
                confidence = _CONFIDENCE.get(owner.rule, (0.0, 0.97))[1]
                while ni < len(nested) and nested[ni][1] <= q.first:
                    ni += 1
                if ni < len(nested) and nested[ni][0] <= q.first:
                    owner = nested[ni][2]
                direct.append((q.first, q.last, owner, confidence))
                last_frame, last_paragraph = owner, q.paragraph
                continue
            lo, hi = units[ui]
            n = q.last - q.first
            while fi < len(said) and said[fi].i < q.first:
                speech = said[fi]
                speech_paragraph = paragraph_of(speech.i)
                fi += 1
            here = next((g for g in said[fi : fi + 1] if g.i < hi), None) or (
                speech if speech is not None and speech.i >= lo else None
            )
            ahead, after = codes[max(lo, q.first - 40) : q.first], codes[q.last : min(hi, q.last + 4)]
            whole = not ahead.strip("q.,?!") and not after.strip("q.,?!")
            recent = last_frame
            if speech is not None and speech_paragraph >= last_paragraph:
                recent, last_paragraph = speech, speech_paragraph
            near = recent is not None and q.paragraph - last_paragraph <= 1
            title = _title(tokens.text[q.first + 1 : q.last - 1])
            if q.block:
                guess = q.source
                if guess is None and speech is not None and speech.i >= units[max(0, ui - 1)][0]:
                    direct.append((q.first, q.last, speech, _BLOCK))
                    continue
                if guess is None and ui:
                    guess = self._main_subject(units[ui - 1][0], units[ui - 1][1])
                signed = Frame(q.first, q.first, _SILENT, "colon", q.first, guess, "person")
                signed.speaker, signed.speaker_confidence = speakers.resolve(signed)
                direct.append((q.first, q.last, signed, _BLOCK))
                continue
            signed_by = self._signed_below(ui, hi) if whole and n > 8 else None
            if signed_by is not None:
                below = Frame(q.first, q.first, _SILENT, "colon", q.first, signed_by, "person")
                below.speaker, below.speaker_confidence = speakers.resolve(below)
                direct.append((q.first, q.last, below, _ALONE))
                last_frame = below
                continue
            if q.continues and last_frame is not None:
                direct.append((q.first, q.last, last_frame, _OVER))
            elif whole and near and n > 3:
                direct.append((q.first, q.last, recent, _NEXT))
                last_frame = recent
            elif whole and n > 8:
                # nobody is said to say it: whoever the sentence before is about, if it is somebody
                guess = self._main_subject(*units[ui - 1]) if ui and units[ui - 1][0] >= headline_end else None
                if guess is not None and self.grammar.kind(*guess) not in ("person", "pronoun", "organisation"):
                    guess = None
                alone = Frame(q.first, q.first, _SILENT, "colon", q.first, guess, "person")
                alone.speaker, alone.speaker_confidence = speakers.resolve(alone)
                alone.speaker_confidence *= 0.6
                direct.append((q.first, q.last, alone, _ALONE))
                last_frame = alone if alone.speaker is not None else None
            elif (
                hi <= headline_end
                and text.find(text[end[q.first] : start[q.last - 1]].rstrip(",. "), end[q.last - 1]) > 0
            ):
                # a headline's fragment that somebody says further down
                again = text.find(text[end[q.first] : start[q.last - 1]].rstrip(",. "), end[q.last - 1])
                early.append((len(direct), again))
                direct.append((q.first, q.last, here, _LONG))
                continue
            elif title:
                loose.append((start[q.first], end[q.last - 1]))
                continue
            elif here is not None and n > 5:
                direct.append((q.first, q.last, here, _BESIDE))
                last_frame = here
            elif near and n > 6 and recent is not None and q.paragraph == last_paragraph:
                direct.append((q.first, q.last, recent, _BESIDE))
                last_frame = recent
            elif (q.first > lo and codes[q.first - 1] == ":" and n > 4) or n > 9:
                guess = self._main_subject(lo, q.first)
                if guess is not None and self.grammar.kind(*guess) == "thing":
                    guess = None
                silent = Frame(q.first, q.first, _SILENT, "colon", lo, guess)
                silent.speaker, silent.speaker_confidence = speakers.resolve(silent)
                silent.speaker_confidence *= 0.7
                direct.append((q.first, q.last, silent, _COLON if codes[q.first - 1] == ":" else _LONG))
                if silent.speaker is not None:
                    last_frame = silent
            else:
                loose.append((start[q.first], end[q.last - 1]))
                continue
            last_paragraph = q.paragraph
        for n, again in early:
            # the words are whose they are further down
            a, b, owner, confidence = direct[n]
            if owner is None:
                owner = next((g for x, y, g, _ in direct if start[x] <= again < end[y - 1]), None)
                direct[n] = (a, b, owner, confidence)
        voices = self._voices(direct)
        cues = [
            Cue(
                start[f.i],
                end[f.j - 1],
                f.cue.stance,
                f.speaker,
                (start[f.source[0]], end[f.source[1] - 1]) if f.source else None,
                tuple((start[a], end[b - 1]) for a, b in sorted(f.content) if b > a),
                f.rule or f.how,
                f.confidence,
                f.cue.strong,
                self.grammar.asserted(f),
            )
            for f in self.frames
        ]
        reading = Reading(self.article, tokens, self.sentences, voices, cues)
        reading.cache["loose_quotes"] = loose
        reading.cache["grammar"] = self.grammar
        reading.cache["speakers"] = speakers
        return reading

    def _voices(self, direct: list[tuple[int, int, Frame | None, float]]) -> list[VoiceSpan]:
        """Spans in order, disjoint, covering all tokens: direct over indirect over narration."""
        tokens = self.tokens
        start, end, text = tokens.start, tokens.end, self.article.text
        n = len(tokens)
        if not n:
            return []
        pieces: list[tuple[int, int, Voice, Frame | None, float]] = []
        d = 0
        at = 0
        for a, b, f in [*self.spans, (n, n, None)]:
            a = max(a, at)
            # quotations before this stretch
            while d < len(direct) and direct[d][0] < a:
                x, y, g, confidence = direct[d]
                d += 1
                if x < at:
                    x = at
                if y <= x:
                    continue
                if x > at:
                    pieces.append((at, x, Voice.NARRATION, None, 1.0))
                pieces.append((x, y, Voice.DIRECT, g, confidence))
                at = y
            a = max(a, at)
            if f is None:
                break
            while a < b and self.masked[a] in "ToaP" and self.masked[a + 1 : a + 2] == "q":
                a += 1  # "vowed to “fight”": what stands between is the outlet's
            if b <= a:
                continue
            if a > at:
                pieces.append((at, a, Voice.NARRATION, None, 1.0))
                at = a
            while d < len(direct) and direct[d][0] < b:
                x, y, g, confidence = direct[d]
                d += 1
                x = max(x, at)
                if y <= x:
                    continue
                if x > at:
                    pieces.append((at, x, Voice.INDIRECT, f, f.confidence))
                pieces.append((x, y, Voice.DIRECT, g, confidence))
                at = y
            if b > at:
                pieces.append((at, b, Voice.INDIRECT, f, f.confidence))
                at = b
        if at < n:
            pieces.append((at, n, Voice.NARRATION, None, 1.0))
        out: list[VoiceSpan] = []
        for a, b, voice, f, confidence in pieces:
            if voice is Voice.INDIRECT and all(x in ",.;:-?!)" for x in self.masked[a : min(b, a + 4)]) and b - a < 4:
                voice, f, confidence = Voice.NARRATION, None, 1.0
            if f is None and voice is Voice.NARRATION and out and out[-1].voice is Voice.NARRATION:
                out[-1] = VoiceSpan(out[-1].start, end[b - 1], Voice.NARRATION)
                continue
            if f is None:
                out.append(
                    VoiceSpan(
                        start[a],
                        end[b - 1],
                        voice,
                        None,
                        None,
                        confidence,
                        0.0 if voice is not Voice.NARRATION else 1.0,
                    )
                )
            else:
                out.append(
                    VoiceSpan(
                        start[a],
                        end[b - 1],
                        voice,
                        f.speaker,
                        text[start[f.i] : end[f.j - 1]] if f.j > f.i else None,
                        confidence,
                        f.speaker_confidence,
                    )
                )
        return out

"""Scare quotes: marks around a short label that distance the outlet from a word nobody is cited for.

Candidates are the quotations that the voice module gives to no source, and those of one or two
words that it gives to somebody's thought ("want “big money” out of politics"): a thought has no
wording. Most candidates are titles, nicknames, slogans, terms explained, or fragments of what
somebody says near by; so a mark needs a sign of distance: a distancing word before it
("being called"), a word that only praises or claims in earnest (“experts”, “plan”), a verb set
in marks (he “explained”), a story it is said to be (the “hoax” narrative), a charge or an
opinion in the sentence, or a headline in which nobody speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from framing.article import Reading, Sentence, VoiceSpan
from framing.classify import of_reading
from framing.detect._judged import is_opinion_piece
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon
from framing.tokens import tokenise

DEVICE = "scare_quote"
RULES = ("distancing word", "headline", "plain word", "so-called", "story told", "unsourced label", "verb in marks")
GUARDS = ("called", "explained", "introduced", "said in the article", "source near by", "term", "thought", "title")
MAX_WORDS = 4
OPINION = 0.5  # P(opinion) from which a sentence is charged

_DISTANT = re.compile(
    r"(?:\bso[- ]called|\bsupposed(?:ly)?|\bself-(?:styled|proclaimed|appointed|described)|\bostensible|\bwould-be|"
    r"\bthe guise of(?: an?| the)?|\bunder the banner of|\bin the name of|\b(?:masquerad|pos|parad)ing as(?: an?)?|"
    r"\bwhat passes for(?: an?)?|\bquote[- ]unquote|\bdubious|\bbogus|\bphony|\bsham|"
    r"\bpretend(?:s|ed|ing)? to be(?: an?)?|"
    r"\bpurport(?:s|ed|ing) to be(?: an?)?|\bby way of(?: an?)?) $",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"\b(?:so-called|supposed|self-styled|self-proclaimed) (?=[“\"‘'](?P<label>[^“”\"‘’\n]{1,60})[”\"’'])"
)
_NEUTRAL = re.compile(r"\bso[- ]called $", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:being|are being|is being|still being|now|falsely|wrongly|laughably|absurdly|optimistically|misleadingly|"
    r"euphemistically) (?:called|styled|dubbed|labell?ed|termed|billed as|described as|referred to as) $"
)
_AFTER = re.compile(
    r"^,? ?(?:\(?whatever that (?:is|means)|as (?:if|though) |"
    r"narrative\b|hoax\b|talking points?\b|propaganda\b|myth\b)",
    re.IGNORECASE,
)
_REPORTS = frozenset("story stories report reports claim claims theory theories article articles coverage line".split())
# Words that bring a term in or give it to somebody: what follows is its name or a citation.
_INTRODUCES = frozenset(
    "called call calls calling known dubbed termed labeled labelled titled entitled named nicknamed slogan sign signs "
    "word words term terms phrase reading meaning means as say says said quote quotes like deemed defined hashtag on "
    "considered marked song book film movie show series magazine album designated branded described".split()
)
_BEFORE = frozenset(
    "his her their its your our 's ’s s' the this these those that such another more no any of own their a an latest "
    "some to federal government's and".split()
)
_CALLS = frozenset(
    "call calls called calling describe describes described describing brand brands branded branding label labels "
    "labeled labelled labeling labelling dub dubs dubbed denounced denounces denounce decried decries".split()
)
# Labels that only mock when set in marks without a source.
_EARNEST = frozenset(
    "accident accidents activists advisers allies ally answer answers apologies apology art authorities balance "
    "balanced bombshell bombshells charity cheat chiefs clarification clarifications collusion comedy comedian "
    "compassion compassionate compromise concern concerned concerns consensus consultants consultation correction "
    "courage cultivated cure debate defense defence democracy democratic dialog dialogue diplomacy disinformation "
    "diversity donation donations editing education efficiencies efficiency elections election elites entertainment "
    "equality equity evidence experiment expert expertise experts explain explanation explained exposed exonerated "
    "fact fact-check fact-checkers fact-checking facts fair fairness family-friendly fat favor favour feminist "
    "feminists fix fixed found free freedom freedoms friend friends generosity generous gift gifts guests hacked "
    "hacking help helped heroes hero humanitarian humor humour impartial improvement improvements inclusion inclusive "
    "independent insurrection intellectual intellectuals investigated investigation investigations investment "
    "investments investigative journalism journalist journalists joke joking justice leader leaders leadership "
    "liberated liberation liberators logic love mainstream mandate merit miracle mistake moderate moderates "
    "modernisation modernization moral morality negotiation negotiations neutral news objective observer observers "
    "overview pathway patriot patriotism patriots peace peaceful peacekeeper peacekeepers philanthropist plan plans "
    "policy privilege pro-life probe problem process progress progressive proof protect protecting protection "
    "protesters prove proved proven proves public-service punish punishment question questions re-education realistic "
    "reality redistribution referendum reform reformed reformer reformers reforms refugees relief relocation report "
    "reporter reporters reporting reports rescue rescued rescuers research resistance retraining revealed revelation "
    "revelations review revolution rights rulers safe safety savings savior saviour scandal scholar scholars science "
    "scientific scientist scientists scoop secret security solution solutions source sources spiritual statesman "
    "studies study success successes support supporters talks terrorism terrorist terrorists tolerance tolerant "
    "training transparency transparent treatment trial truth unbiased unity values victim victims victory voluntary "
    "volunteers vote wisdom woke".split()
)
_VERBAL = re.compile(r"^[a-z]{3,}(?:ed|es|ing)$")
_SPEAKS = frozenset("i you we my your our me us he she they it's i'm we're you're don't is are was were will".split())
# A label before one of these names a thing of that kind.
_TERMS = frozenset(
    "label labels sign signs list lists vote votes button trade policy policies provision provisions rule rules act "
    "clause program programme programs law laws bill agreement deal visa visas amendment doctrine zone zones speech "
    "chart option principle standard strategy initiative campaign rally moment pose brand wing".split()
)
_EXPLAINED = ("which ", "who ", "a ", "an ", "the ", "or ", "meaning ", "where ")


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    page = _Page(reading, lexicon)
    done: set[int] = set()
    text = reading.text
    for m in _MARKED.finditer(text):
        at, label = m.end(), m.group("label")
        if len(label.split()) <= MAX_WORDS + 2 and reading.voice_at(m.start()).voice != "direct":
            done.add(at)
            # "so-called" alone may bring a term in
            if not m.group().lower().startswith("so") or page.mocks(label.split(), reading.sentence_at(at)):
                yield mark(reading, at, at + len(label) + 2, DEVICE, "distance", "scare_quote:so-called", "-")
    for start, end in page.candidates():
        if start not in done:
            rule = page.judge(start, end)
            if rule is not None:
                yield mark(reading, start, end, DEVICE, "distance", f"scare_quote:{rule}", "-")


class _Page:
    """One article: which sentences are charged, and what anybody in it says between marks."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self.reading, self.text = reading, reading.text
        self.charged = set(_charged(reading, lexicon))
        loose = reading.cache.get("loose_quotes")
        self.opinion = {i for i, p in of_reading(reading)["opinion"].items() if p >= OPINION} if loose else set()
        # In an opinion piece a plain word in marks that nobody says is meant otherwise.
        self.piece = bool(loose) and is_opinion_piece(reading)
        self.cued = {reading.sentence_at(cue.start).index for cue in reading.cues}
        mental = {self.text[c.start : c.end] for c in reading.cues if c.stance == "mental"}
        direct = [v for v in reading.voices if v.voice == "direct"]
        self.thought = [
            (v.start, v.end) for v in direct if v.cue in mental and len(self.text[v.start : v.end].split()) <= 2
        ]
        thought = set(self.thought)
        quoted = [v for v in direct if (v.start, v.end) not in thought]
        self.quoted = [v.start for v in quoted]
        self.said = "".join(_line(_tokens(reading, v)) for v in quoted) if self.thought or loose else ""

    def candidates(self) -> list[tuple[int, int]]:
        """Short quotations without a source, and of one or two words in a thought; in order."""
        return sorted([*self.reading.cache.get("loose_quotes", ()), *self.thought])

    def mocks(self, words: list[str], sentence: Sentence) -> bool:
        """Whether a label is earnest or its sentence charged."""
        bare = [w.strip(" ,.;:").lower() for w in words]
        charged = sentence.index in self.charged or (sentence.index in self.opinion and len(words) <= 2)
        return charged or bare[-1] in _EARNEST or bare[0] in _EARNEST

    def judge(self, start: int, end: int) -> str | None:
        """The rule by which a candidate is a scare quote, or None."""
        text = self.text
        words = text[start + 1 : end - 1].strip(" ,.;:").split()
        if not 0 < len(words) <= MAX_WORDS + 1:
            return None
        s = self.reading.sentence_at(start)
        before = text[max(s.start, start - 60) : start].lower()
        after = text[end : end + 40]
        if _AFTER.match(after) and not self._said(words):
            return "story told"
        if len(words) > MAX_WORDS:
            return None
        if s.headline:
            return "headline" if self._headline(words, start, end, s) else None
        if _NEUTRAL.search(before):
            return "distancing word" if self.mocks(words, s) else None
        if _CALLED.search(before) or _DISTANT.search(before):
            return "distancing word"
        if not self._unsourced(start, end, words, s):
            return None
        if len(words) == 1 and _VERBAL.match(words[0]) and self._verb(start):
            return "verb in marks"
        if len(words) == 1 and self.piece and self._plain(start, end, words[0]):
            return "plain word"
        if not self._labels(start, end, words, s):
            return None
        if self.mocks(words, s):
            return "unsourced label"
        following = after.split()[:1]
        if following and following[0].strip(".,").lower() in _REPORTS and words[0].islower():
            return "unsourced label"
        return None

    def _plain(self, start: int, end: int, word: str) -> bool:
        """Whether a word in marks is neither explained, nor the name of a kind ("a “no-fly” list")."""
        after = self.text[end : end + 24].lower().lstrip()
        before = self.text[max(0, start - 12) : start].rstrip().lower()
        if before.endswith(("(or", "(", ",", " or", "either", "between")) or not word.strip(",.;:?!").isalpha():
            return False
        if after.startswith(("(", ", which", ", who", "—", "–")) or after.split(" ")[0].strip(".,;:") in _TERMS:
            return False
        return not (word.endswith(",") and after.startswith(_EXPLAINED))

    def _headline(self, words: list[str], start: int, end: int, s: Sentence) -> bool:
        """A label in a headline that nobody in the story says: no sentence, no speaker beside it, no name."""
        label = " ".join(words).strip(" ,.;:!?").lower()
        if len(words) > 3 or any(w.lower().strip(",") in _SPEAKS for w in words):
            return False
        before, after = self.text[s.start : start].rstrip(), self.text[end : s.end].lstrip()
        if s.index in self.cued or before.endswith((":", " as")) or after.startswith((":", "—", "–", "-")):
            return False
        if before.split()[-1:] and before.split()[-1].lower() in _INTRODUCES:
            return False
        return not self._said(label.split())

    def _said(self, words: list[str]) -> bool:
        """Whether anybody in the article says the words between marks."""
        norm = tokenise(" ".join(words).strip(" ,.;:!?")).norm
        if not 0 < len(norm) <= MAX_WORDS + 1:
            return False
        return _line(norm) in self.said

    def _verb(self, start: int) -> bool:
        """Whether a verb may stand here: after a noun, a name, "has" or "to"."""
        at = self.reading.token_at(start)
        norm, text = self.reading.tokens.norm, self.reading.tokens.text
        word = norm[at - 1] if at else ""
        return word.isalpha() and (
            word in ("has", "have", "had", "to", "who", "he", "she", "they", "officials")
            or text[at - 1][:1].isupper()
            or word.endswith("s")
        )

    def _unsourced(self, start: int, end: int, words: list[str], s: Sentence) -> bool:
        """No source near by, no name or title, not introduced as a term, not said by anybody in the article."""
        reading = self.reading
        label = " ".join(words)
        if not label[:1].islower() or any(w[:1].isupper() for w in words[1:]):
            return False
        norm = reading.tokens.norm
        at = reading.token_at(start)
        back = norm[max(s.first, at - 3) : at]
        if not back or any(w in _INTRODUCES for w in back):
            return False
        if back[-1] in ("a", "an", "as") and not _CALLS.isdisjoint(norm[max(s.first, at - 14) : at]):
            return False  # "called the farmer a “liar”": somebody's word
        if len(words) > 1 and self.text.count(self.text[start + 1 : end - 1].strip(" ,.;:")) > 2:
            return False  # the name of something in the article
        thought = reading.voice_at(start).voice == "direct"
        if s.index in self.cued and not thought:
            return False
        near = [n for n in reading.sentences[max(s.index - 1, 0) : s.index + 2] if n.paragraph == s.paragraph]
        lo, hi = near[0].start, near[-1].end
        return bisect_left(self.quoted, lo) == bisect_left(self.quoted, hi) and not self._said(words)

    def _labels(self, start: int, end: int, words: list[str], s: Sentence) -> bool:
        """Whether the words stand where a label stands."""
        norm = self.reading.tokens.norm
        at = self.reading.token_at(start)
        earnest = len(words) == 1 and words[0].strip(",.;:").lower() in _EARNEST
        if at == 0 or not (norm[at - 1] in _BEFORE or (earnest and norm[at - 1].isalpha())):
            return False
        after = self.text[end : end + 24].lower().lstrip()
        if self.text[start:end].rstrip("”\"’'").endswith(","):
            return not after.startswith(_EXPLAINED)  # "the “safe harbor,” which lets …": a term brought in
        return not (after.startswith((",", "(")) or after.split(" ")[0].strip(".,;:") in _TERMS)


def _tokens(reading: Reading, span: VoiceSpan) -> list[str]:
    """Folded tokens of a voice span."""
    return reading.tokens.norm[reading.token_at(span.start) : reading.token_at(span.end - 1) + 1]


def _line(norm: list[str]) -> str:
    """Tokens as one string in which a run of them can be looked for: no token holds a line feed."""
    return "\n" + "\n".join(norm) + "\n"


def _charged(reading: Reading, lexicon: Lexicon) -> Iterator[int]:
    """Sentences in which the narration holds a negative loaded term outside marks, or asks."""
    start = reading.tokens.start
    for first, _, entry in lexicon.matches(reading).get("loaded", ()):
        if (
            entry.valence == "-"
            and entry.entry not in ("so-called", "so called")
            and reading.voice_at(start[first]).voice == "narration"
        ):
            yield reading.sentence_at(start[first]).index
    for s in reading.sentences:
        if not s.headline and reading.text[s.start : s.end].endswith("?"):
            yield s.index

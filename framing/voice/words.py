"""Word classes for the voice rules: one letter per token, so that a sentence can be read as a short string.

The letters are a rough part of speech, enough to find subjects, complements and
the ends of clauses around a reporting cue. No tagger: closed classes are listed
(:mod:`framing.classes`), open ones guessed from case and ending.

====  =========================================  ====  =============================================
code  meaning                                    code  meaning
====  =========================================  ====  =============================================
D     determiner, possessive                     N     capitalised word
H     he she they we I you                       r     role or person noun (minister, critics)
i     it, there                                  G     organisation noun (court, agency, newspaper)
O     him them us, -self                         n     other word: noun, adjective, plain verb
W     who which what                             g     word in -ing
t     that                                       v     past form: -ed and the commonest irregulars
T     to                                         V     finite verb of another kind
o     of                                         X     be, have, do, modal
a     as                                         R     adverb, not
P     other preposition                          S     subordinator (because, if, when, whether)
c b   and or / but                               M m   weekday or month / other time word
#     number, currency, percent                  z     possessive 's
Q     quotation mark                             q     (later) any token inside a quotation
h     hyphen                                     -     dash
====  =========================================  ====  =============================================

Other punctuation stands for itself: ``, ; : . ( ) ? !``; anything else is ``y``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from framing.classes import BE, DO, HAVE, MODALS, MONTHS, NUMBERS, ORGANISATIONS, PERSONS, PREPOSITIONS, WEEKDAYS
from framing.tokens import Column, Remembered, Tokens, fold

__all__ = ["CODES", "code_string", "codes_of", "words"]


def words(text: str) -> frozenset[str]:
    """The words of ``text`` as a set."""
    return frozenset(text.split())


_CLOSED: dict[str, str] = {}


def _put(code: str, words: str | frozenset[str]) -> None:
    for word in words.split() if isinstance(words, str) else words:
        _CLOSED.setdefault(word, code)


_put("T", "to")
_put("o", "of")
_put("t", "that")
_put("a", "as")
_put("z", "'s 's")
_put("H", "he she they we i you he's she's they're we're i'm you're he'd she'd they'd we'd i'd he'll she'll they'll "
     "we'll i'll they've we've i've you've")  # fmt: skip
_put("i", "it there it's there's")
_put("O", "him them us me himself herself themselves itself myself ourselves yourself")
_put("W", "who whom which what whose whoever whatever")
_put("S", "because if when while whether although though unless until so where why how than whereas wherever whenever")
_put("c", "and or nor & plus")
_put("b", "but yet")
_put("X", BE | HAVE | DO | MODALS | frozenset({"n't", "going", "gonna", "wants", "used"}) - frozenset({"doing"}))
_put(
    "D",
    "the a an this these those each every some any no another either neither both all such my your his her its our "
    "their many much few several most more less other one's whose",
)
_put("M", WEEKDAYS)
_put("M", MONTHS - frozenset({"jan", "may", "march", "mar", "dec", "jun", "apr", "jul", "sep"}))
_put("m", "yesterday today tonight tomorrow earlier later recently afterward afterwards week weeks month months year "
     "years morning afternoon evening night weekend ago last next hours minutes days day")  # fmt: skip
_put(
    "R",
    "not also now then later never always just still again even too already once often soon very quite rather only "
    "almost perhaps maybe instead however therefore thus further simply ever repeatedly since yes here so-called "
    "meanwhile nonetheless nevertheless together",
)
_put("P", PREPOSITIONS)
_put("P", "unlike despite amid throughout via following regarding including")
_put("#", NUMBERS)
_put("r", PERSONS - frozenset({"major", "general", "head", "chair", "host", "chief", "king", "lead"}))
_put("r", "spokesmen chief head anyone everyone someone nobody others somebody everybody analysts colleagues fans "
     "viewers users customers rivals allies celebrities americans russians guests scientists families employee "
     "employees clerk clerks staffer staffers operative operatives donor donors moderator bystander bystanders "
     "homeowner homeowners shopper shoppers patient patients caller callers attendee attendees hunter hunters "
     "organisers entrepreneur entrepreneurs publisher publishers contractor contractors translator interpreter "
     "narrator biographer buyer buyers seller sellers landlord tenant tenants rancher ranchers")  # fmt: skip
_put("G", ORGANISATIONS - frozenset({"who", "white", "house", "force", "forces", "service"}))
_put("G", "newspaper report reports study survey poll polls article letter statement document documents filing "
     "lawsuit memo complaint indictment law bill ruling order email tweet post website magazine page release survey "
     "surveys studies book documentary editorial white house state states country countries nation "
     "nations")  # fmt: skip
_put(
    "V",
    "went came took got gave left kept won lost ran met began held stood sat led brought fell grew became sent spent "
    "built broke drew drove rose fought flew threw hit put set cut let bought sold paid caught knew saw felt heard "
    "seen known come comes goes gets takes makes gives keeps looks stands remains includes means needs became "
    "faces continues seems appears works lives runs leads holds brings lies exists happens happened helps "
    "go get take make give keep be become remain need mean want do have",
)
_PUNCT = {
    ",": ",", ";": ";", ":": ":", ".": ".", "...": ".", "…": ".", "?": "?", "!": "!", "(": "(", ")": ")", "[": "(",
    "]": ")", "-": "h", "‐": "h", "‑": "h", "–": "-", "—": "-", "--": "-", "―": "-", "$": "#", "€": "#", "£": "#",
    "%": "#", "#": "#", "/": "h", "@": "n", "&": "c",
}  # fmt: skip
_PUNCT.update(dict.fromkeys("\"“”«»„‟'‘’‹›`", "Q"))
_NOT_ADVERBS = words("family supply reply ally rally assembly anomaly friendly elderly daily weekly early")
_IRREGULAR_PAST = words(
    "said told wrote thought made found spoke sought held read knew felt saw began chose shown swore drew made "
    "written spoken sworn given taken done gone agreed disagreed freed guaranteed decreed"
)


# After "her": no noun of hers follows.
_NO_NOUN = frozenset("DHiOWtToaPcbSXq,;:.()?!-") | {""}


def _guess(word: str) -> str:
    if word in _PUNCT:
        return _PUNCT[word]
    norm = fold(word)
    first = word[0]
    if first.isupper():
        if norm == "i":
            return "H"
        if norm == "may" or (word.isupper() and norm in ("us", "it", "who")):
            return "N"
        code = _CLOSED.get(norm)
        if code is not None and code not in "rGmVn#" and (len(norm) > 1 or norm == "a"):
            return code
        return "N"
    code = _CLOSED.get(norm)
    if code is not None:
        return code
    if first.isdigit():
        return "#"
    if not first.isalpha():
        return "-" if norm.startswith("--") else "." if norm.startswith("..") else "y"
    if norm in _IRREGULAR_PAST:
        return "v"
    if len(norm) > 4:
        if norm.endswith("ing"):
            return "g"
        if norm.endswith("ed") and not norm.endswith("eed"):
            return "v"
        if norm.endswith("ly") and norm not in _NOT_ADVERBS:
            return "R"
    return "n"


CODES = Remembered(_guess)


def _places(tokens: list[str], word: str) -> Iterator[int]:
    at = -1
    with suppress(ValueError):  # no further one
        while True:
            yield (at := tokens.index(word, at + 1))


def code_string(tokens: list[str]) -> str:
    """One letter per token of ``tokens`` (surface forms)."""
    return _better("".join(map(CODES.__getitem__, tokens)), tokens)


_CODE = Column(lambda form: ord(CODES[form]))


def codes_of(tokens: Tokens) -> str:
    """One letter per token of a text, as :func:`code_string`."""
    return _better(_CODE(tokens).tobytes().decode("latin-1"), tokens.text)


def _better(codes: str, tokens: list[str]) -> str:
    """``codes`` where a word's neighbours tell: "her" as an object, "so-called"."""
    better = [(i, "O") for i in _places(tokens, "her") if codes[i + 1 : i + 2] in _NO_NOUN or tokens[i + 1] == "not"]
    better += [(i - 2, "R") for i in _places(tokens, "called") if i > 1 and codes[i - 1] == "h" and codes[i - 2] == "S"]
    if better:
        # "They told her that …", as "told him that …", not "her plan"; "the so-called experts", not "so …"
        out = list(codes)
        for i, code in better:
            out[i] = code
        codes = "".join(out)
    return codes

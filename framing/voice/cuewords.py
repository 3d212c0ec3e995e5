"""The reporting verbs, as the voice rules look them up: form of a word -> what it can govern.

Built once from the attribution word list (``lexicons/attribution.tsv``). Its note
column says what a verb takes: ``comp=that|quote|np|to|of``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from framing.inflection import forms, verb_forms
from framing.tokens import tokenise

__all__ = ["CueWord", "CueWords", "cue_words"]


@dataclass(frozen=True, slots=True)
class CueWord:
    """One form of a reporting verb or phrase.

    ``shape``: b lemma, s third person, d past or participle, g -ing, n noun, x fixed phrase.
    ``that quote np to of``: what it can govern. ``addressee``: takes a hearer first ("told X that").
    ``speech``: can stand after or inside what was said ("…, she said").
    """

    lemma: str
    stance: str
    shape: str
    that: bool = False
    quote: bool = False
    np: bool = False
    to: bool = False
    of: bool = False
    addressee: bool = False
    speech: bool = False
    strong: bool = False


# Word list used while the shipped one lacks a verb or its complements.
# verb/complements: t that, q quotation, n noun phrase, T to, o of, a hearer first
_SEED = {
    "neutral": """say/tqn tell/tqTa add/tqn state/tqn write/tqn ask/tqTa report/tqn announce/tqn note/tqn describe/n tweet/tqn
        post/tq reply/tq respond/tq answer/tq continue/q comment/tqo suggest/tqn explain/tqn call/n dub/n mention/tn refer/o
        discuss/n remark/tqo observe/tq recount/tn cite/n inform/toa estimate/tn predict/tqn propose/tnT signal/tn indicate/tqn
        testify/tq elaborate/q conclude/tqn read/q quote/n offer/q speak/q talk/q inquire/tq relay/tn notify/toa disclose/tn
        label/n characterize/n portray/n depict/n term/n compare/n liken/n summarize/n outline/n detail/n address/n""",
    "doubt": "claim/tqnT allege/tqn purport/tT",
    "assertive": """assert/tqn declare/tqn maintain/tq insist/tqo affirm/tn argue/tq contend/tq deny/tn reiterate/tqn
        repeat/tqn reaffirm/tn counter/tq retort/tq rebut/tn proclaim/tqn pronounce/tq tout/n defend/n profess/tnT swear/tT""",
    "emphatic": "stress/tqn emphasize/tqn emphasise/tqn underscore/tn underline/tn highlight/tn",
    "factive": """admit/tqno acknowledge/tqn concede/tqn reveal/tqn recall/tqn confirm/tqn remind/tqoa find/tn
        realize/tn recognize/tn recognise/tn confess/tqT determine/tn learn/tn discover/tn show/t""",
    "commissive": "promise/tqnTa vow/tqnT pledge/tqnT assure/tqoa threaten/tqnT guarantee/tn offer/nT refuse/T decline/T agree/tqT",
    "accusing": """accuse/o slam/qn blast/qn blame/n criticize/qn criticise/qn condemn/qn denounce/qn decry/qn attack/n fault/n
        rebuke/n ridicule/n mock/n lambaste/n bemoan/n deride/n rip/n assail/n reject/n dismiss/n oppose/n question/n challenge/n""",
    "aligning": "echo/n endorse/n praise/n hail/n welcome/n applaud/n support/n back/n commend/n thank/n",
    "directive": """urge/tqTa demand/tqnT order/nTa warn/tqoa advise/tqTa encourage/Ta recommend/tqn request/tnT
        instruct/Ta implore/qTa beg/qTa caution/tq""",
    "emotive": """lament/tqn boast/tqo joke/tq quip/tq complain/tqo gush/tqo rave/tq shout/tq chant/q exclaim/tq cry/q yell/q
        rejoice/q fume/q marvel/tq apologize/q sigh/q laugh/q groan/q whisper/tq mutter/tq brag/tqo regret/tn""",
    "mental": """believe/tn think/tn feel/t hope/tT fear/tn want/nT wish/tT know/t expect/tnT consider/n suspect/tn doubt/tn
        worry/to understand/t imagine/tn assume/tn wonder/w favor/n prefer/nT hate/n love/n view/n see/n regard/n plan/T intend/T
        seek/nT anticipate/tn dream/o""",
}
_SEED_PHRASES = {
    "according to": "neutral", "call for": "directive", "call on": "directive", "point out": "factive", "go on to say": "neutral",
    "go on to claim": "doubt", "make clear": "assertive", "hit back": "accusing", "lash out": "accusing",
    "express confidence": "emotive", "express concern": "emotive", "express gratitude": "emotive", "express hope": "emotive",
    "look forward to": "emotive", "speak of": "neutral", "speak about": "neutral", "talk about": "neutral",
    "comment on": "neutral", "complain about": "emotive", "warn of": "directive", "point to": "factive", "refer to": "neutral",
}  # fmt: skip
_ADDRESSEE = frozenset(
    "tell ask assure inform remind warn urge advise notify instruct order implore beg encourage promise caution beseech "
    "persuade convince entreat alert brief".split()
)
_SPEECH_STANCES = frozenset(("neutral", "assertive", "emphatic", "factive", "commissive", "directive", "emotive", "doubt"))


class CueWords:
    """``single``: first folded form -> CueWord for one-word cues; ``phrases``: first form -> longer cues, longest first."""

    def __init__(self) -> None:
        self.single: dict[str, CueWord] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], CueWord]]] = {}
        self.lemmas: set[str] = set()

    def add(self, entry: str, pos: str, stance: str, comps: frozenset[str], strong: bool, addressee: bool) -> None:
        """Add all forms of one entry; what stands already wins."""
        self.lemmas.add(entry)
        lemma_head = entry.split(" ")[0]
        for form in sorted(forms(entry, pos)):
            words = tuple(tokenise(form).norm)
            if not words:
                continue
            head = words[0]
            if pos == "n":
                shape = "n"
            elif pos != "v":
                shape = "x"
            elif head == lemma_head:
                shape = "b"
            elif head.endswith("ing") and len(head) > 4:
                shape = "g"
            elif head.endswith("s"):
                shape = "s"
            else:
                shape = "d"
            cue = CueWord(
                entry,
                stance,
                shape,
                "that" in comps,
                "quote" in comps,
                "np" in comps,
                "to" in comps,
                "of" in comps,
                addressee,
                "quote" in comps and ("that" in comps or stance in _SPEECH_STANCES),
                strong,
            )
            if len(words) == 1:
                self.single.setdefault(head, cue)
            else:
                rows = self.phrases.setdefault(head, [])
                if all(r[0] != words for r in rows):
                    rows.append((words, cue))

    def finish(self) -> None:
        for rows in self.phrases.values():
            rows.sort(key=lambda r: (-len(r[0]), r[0]))
        self.heads = frozenset(self.single) | frozenset(self.phrases)


_LETTERS = {"t": "that", "q": "quote", "n": "np", "T": "to", "o": "of"}


@lru_cache(maxsize=1)
def cue_words() -> CueWords:
    """The reporting cues, compiled once."""
    table = CueWords()
    for stance, rows in _SEED.items():
        for row in rows.split():
            verb, _, letters = row.partition("/")
            comps = frozenset(_LETTERS[c] for c in letters if c in _LETTERS)
            table.add(verb, "v", stance, comps, False, "a" in letters or verb in _ADDRESSEE)
    for phrase, stance in _SEED_PHRASES.items():
        table.add(phrase, "v", stance, frozenset(("that", "np")), False, False)
    table.finish()
    return table


_ = verb_forms

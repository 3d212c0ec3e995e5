"""The reporting verbs, as the voice rules look them up: form of a word -> what it can govern.

Built once from the attribution word list (``lexicons/attribution.tsv``). Its note
column says what a verb takes: ``comp=that|quote|np|to|of``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from framing.errors import LexiconError
from framing.inflection import forms
from framing.lexicon import Entry, Lexicon, load
from framing.tokens import Column, fold, folded
from framing.voice.words import words

__all__ = ["VIEWS", "CueWord", "CueWords", "cue_words"]


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


# What the commoner verbs govern, where the word list's note is too coarse:
# t that-clause, q quotation, n noun phrase, T infinitive, o "of"; verbs not named here take what the list says.
_GOVERNS = {
    "tqn": "say add state report announce note tweet suggest explain predict indicate conclude allege "
    "assert declare reiterate repeat proclaim stress emphasize emphasise acknowledge concede reveal "
    "recall confirm recommend lament",
    "tqT": "tell ask confess agree urge advise",
    "n": "prefer describe dub discuss cite quote label characterize portray depict term compare liken summarize "
    "outline detail address tout defend blame attack fault rebuke ridicule mock lambaste bemoan deride "
    "rip assail reject dismiss oppose question challenge echo endorse praise hail welcome applaud support "
    "back commend thank consider favor hate love view see regard",
    "tq": "write wonder muse charge post reply respond answer observe testify inquire maintain argue contend counter "
    "retort pronounce caution joke quip rave shout exclaim marvel whisper mutter",
    "q": "continue elaborate read speak talk chant cry yell rejoice fume apologize sigh laugh groan",
    "tqo": "comment remark insist remind assure warn boast complain gush brag",
    "tn": "mention recount estimate signal relay disclose affirm deny reaffirm rebut underscore underline "
    "highlight find realize recognize recognise determine learn discover guarantee regret believe think "
    "fear suspect doubt imagine assume anticipate",
    "o": "refer accuse dream",
    "to": "inform notify worry",
    "tnT": "propose profess request expect",
    "nT": "order want call",
    "tqnT": "claim promise vow pledge threaten demand",
    "tT": "purport swear hope wish",
    "tqno": "admit",
    "t": "show feel know understand",
    "T": "encourage instruct direct",
    "qn": "slam blast criticize criticise condemn denounce decry",
    "qT": "implore beg",
}
_SAME_PAST = frozenset(("read", "put"))
_ADDRESSEE = words(
    "tell ask assure inform remind warn urge advise notify instruct order implore beg encourage promise "
    "caution beseech persuade convince entreat alert brief direct"
)
_SPEECH_STANCES = frozenset(
    ("neutral", "assertive", "emphatic", "factive", "commissive", "directive", "emotive", "doubt")
)


class CueWords:
    """``single``: folded form -> one-word verb cue; ``nouns``: likewise for nouns; ``phrases``: first two
    folded forms -> longer cues, longest first. After :meth:`finish`: ``alone``, forms that can be a cue by themselves,
    ``heads``, those that begin any, and ``begins``, the same as a column.
    """

    def __init__(self) -> None:
        self.single: dict[str, CueWord] = {}
        self.nouns: dict[str, CueWord] = {}
        self.phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], CueWord]]] = {}

    def add(self, entry: str, pos: str, stance: str, comps: frozenset[str], strong: bool, addressee: bool) -> None:
        """Add all forms of one entry; what stands already wins."""
        lemma_head = entry.split(" ")[0]
        for form in sorted(forms(entry, pos)):
            words = tuple(folded(form))
            if not words:
                continue
            head = words[0]
            if pos == "n":
                shape = "n"
            elif pos != "v":
                shape = "x"
            elif head == lemma_head:
                shape = "d" if head in _SAME_PAST else "b"
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
                "quote" in comps
                and ("that" in comps or stance in _SPEECH_STANCES or entry.rsplit(" ", 1)[-1] in ("back", "in", "out")),
                strong,
            )
            if len(words) == 1 and shape == "n":
                self.nouns.setdefault(head, cue)
            elif len(words) == 1:
                self.single.setdefault(head, cue)
            else:
                rows = self.phrases.setdefault((words[0], words[1]), [])
                if all(r[0] != words for r in rows):
                    rows.append((words, cue))

    def finish(self) -> None:
        for rows in self.phrases.values():
            rows.sort(key=lambda r: (-len(r[0]), r[0]))
        self.alone = alone = frozenset(self.single) | frozenset(self.nouns) | VIEWS
        self.heads = heads = alone | {head for head, _ in self.phrases}
        self.begins = Column(lambda form: fold(form) in heads)


# "In the mayor's view", "in his words".
VIEWS = words("view opinion estimation reckoning judgment judgement telling words eyes mind account")
_LETTERS = {"t": "that", "q": "quote", "n": "np", "T": "to", "o": "of"}
# Fixed phrases that only go with another cue, or that a verb covers already.
_NOT_ALONE = frozenset(
    ("citing", "in a statement", "on the record", "told reporters", "speaking to reporters", "to quote", "fearing that",
     "hoping that", "advise reporters", "ask whether", "ask to", "agree to", "go on", "per", "be clear", "ask aloud")
)  # fmt: skip
_PREPOSITIONS = words("about against at for from in of on over to toward towards with")
# Ordinary verbs that report only beside a quotation.
_ONLY_QUOTE = words(
    "plan intend seek aim refuse decline begin close deliver finish introduce interrupt present continue drag "
    "burn break back hit jab knock rap pan hammer slap apply hold charge lean tear push press name phrase rate "
    "classify define identify publish broadcast honor honour champion celebrate promote plug justify excuse "
    "insult lecture grill hound dare command forbid invite lobby prescribe accept allow grant vote "
    "e-mail email start require see post rule sign hint long regard view document establish expose leak prove "
    "demonstrate judge figure gather interpret calculate conceive long pray crave covet aim commit contract "
    "certify caption project mouth pen message cable"
)


def _governs() -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for letters, verbs in _GOVERNS.items():
        comps = frozenset(_LETTERS[x] for x in letters)
        for verb in verbs.split():
            out[verb] = comps
    return out


def compile_cues(entries: Iterable[Entry]) -> CueWords:
    """Compile attribution entries into a lookup table. Words that share a form: grade A, then list order, wins."""
    table = CueWords()
    known = _governs()
    rows = sorted(
        (e for e in entries if e.device == "attribution" and e.entry not in _NOT_ALONE),
        key=lambda e: (e.entry not in known, e.grade, e.pos != "v", e.entry),
    )
    for e in rows:
        comps = known.get(e.entry)
        if comps is None:
            field = next((w[5:] for w in e.note.split() if w.startswith("comp=")), "")
            comps = frozenset(field.split(",")) & frozenset(_LETTERS.values())
            if e.entry in _ONLY_QUOTE:
                comps = frozenset(("quote",))
            elif " " not in e.entry:
                comps = comps - {"of"}
                if e.kind in ("accusing", "aligning"):
                    comps = comps - {"that"}
                if e.kind == "directive":
                    comps = comps | {"to"}
            elif e.entry.startswith(("express ", "voice ")):
                comps = comps | {"np"}  # "expressing gratitude for the help"
            elif e.entry.rsplit(" ", 1)[-1] in _PREPOSITIONS:
                comps = comps - {"that"}  # "push back against", "call for": a thing follows, no clause
        table.add(e.entry, e.pos, e.kind, comps, "strong" in e.note.split(), e.entry in _ADDRESSEE)
    # polls, studies and records show on behalf of those who made them (the subject is tested where it is used)
    table.add("show", "v", "factive", frozenset(("that", "quote", "np")), False, False)
    table.add("read", "v", "neutral", frozenset(("quote",)), False, False)
    table.finish()
    return table


@lru_cache(maxsize=4)
def cue_words(lexicon: Lexicon | None = None) -> CueWords:
    """The reporting cues of ``lexicon`` (default: the shipped lists), compiled once for each.

    Without any attribution list the verbs named in this module count as plain reports.
    """
    found: list[Entry] = []
    if lexicon is None:
        try:
            lexicon = load()
        except LexiconError:
            lexicon = None
    if lexicon is not None:
        found = [e for e in lexicon.entries if e.device == "attribution"]
    return compile_cues(
        found or [Entry("attribution", v, "v", "neutral", "0", "A", "", (), (), "", "") for v in _governs()]
    )

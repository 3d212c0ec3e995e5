"""Vouching: an event, fact or thing "shows" something, so the outlet itself stands for the reading.

The list names the show-verbs; the subject decides. A person or organisation that
"underscores" something speaks (attribution); a call, a result, a "which" vouches, and so does a
person's doing ("his silence", "the attempts of the ministry"). A picture that shows a street
is described, and what a study or a filing says is said by a source.
A participle after a comma ("…, signalling a shift") has the clause before it as its subject,
a second verb ("highlights … and sheds light on …") the subject of the first.
"""

from __future__ import annotations

from collections.abc import Iterator

from framing.article import Cue, Reading
from framing.classes import ORGANISATIONS, PERSONS, PREPOSITIONS
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon, Match
from framing.voice import subject_of

DEVICE = "vouch"
RULES = ()  # every mark comes from an entry of the list
GUARDS = (
    "asked", "denied", "doing", "infinitive", "noun", "participle", "passive", "person", "picture", "second verb",
    "trailing participle", "whose",
)  # fmt: skip

_FACTS = frozenset(("this", "that", "which", "it", "these", "what"))
_SKIPPED = frozenset(
    "also just only clearly again already once now still long even further thus thereby simply have has had".split()
)
# People by their work, beside those of the shared classes.
_WORKERS = frozenset(
    "clerk clerks pilot pilots guard guards nurse nurses guide guides crew crews coach coaches captain captains "
    "chef artist artists member members delegate delegates leaders leadership delegation actor actors host hosts "
    "player players staff aide aides child children boy girl man woman men women".split()
)
_PEOPLE = frozenset(
    "he she they we i you who people to will would can could may cannot must should might shall".split()
)
_PASSIVE = frozenset(("is", "are", "was", "were", "be", "been", "being", "feel", "feels", "felt", "as", "get", "got"))
_ADVERBS = frozenset("also just only clearly ever really yet simply then now".split())
_ASKS = frozenset("does did do is was will would could can".split())
_NO_VERB = frozenset(
    ("the", "a", "an", "no", "enough", "percentage", "his", "her", "their", "its", "any", "of", "great")
)
_SEEMS = frozenset("seem seems seemed appear appears appeared".split())
_TRACES = frozenset("sign signs interest enthusiasm appetite willingness inclination mercy respect up".split())
_SAME_PARTICIPLE = frozenset("undercut put cast shed set left laid lent thrown brought borne made sent".split())
# Show-words that are nouns as often.
_NOUNS = frozenset("signal show mark point highlight document detail support mirror capture herald".split())
_MASS = frozenset("data media evidence police people research news".split())
# What people do and what happens: a thing, whoever it belongs to.
_DOINGS = frozenset(
    "absence action actions announcement answer answers appearance appointment approach arrest arrival attack "
    "attacks attempt attempts behavior behaviour boycott budget call campaign case cases change changes choice "
    "clash clashes collapse comment comments conduct conflict crash crisis culture deal death deaths debate "
    "decision decisions defeat delay departure dispute drop effort efforts election elections episode event "
    "events example exchange exit experience failure failures fall fate fight figures gap gesture handling "
    "history impasse inaction incident incidents letter loss losses meeting meetings message mistake mood move "
    "moves nomination numbers order outcome outcry outrage pattern performance pick plan policy popularity "
    "position presence pressure protest protests purchase race reaction record refusal reluctance remark "
    "remarks response result results retreat reversal rhetoric rise row ruling rulings scandal scene scenes "
    "shift shooting shootings showdown silence sit-in situation speech split stance standoff statistics story "
    "strategy strike struggle success support surge tactics talk talks testimony tone transfer transfers "
    "treatment trend trends trial turnout tweet tweets uproar victory video violence vote votes war weakness "
    "win withdrawal words work".split()
)
_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "ship", "ure")
# Pictures show what is in them.
_PICTURES = frozenset(
    "picture pictures photo photos photograph photographs image images video videos footage screenshot screenshots "
    "livestream clip clips map maps chart charts graph graphs table tables tape tapes recording recordings camera "
    "cameras film trailer slide slides portrait painting radar scan scans website page document documents".split()
)
_BACK = 8  # how far before "that showed" a picture may stand
_SEEN = ("show", "reveal", "captur", "indicat", "depict", "illustrat", "demonstrat")
# Sources of a report: what they show, they say.
_RECORDS = frozenset(
    "report reports study studies poll polls survey surveys lawsuit filing filings complaint memo memos records email "
    "emails papers transcript transcripts statement statements affidavit indictment census assessment analysis article "
    "articles notes documents document audit review".split()
)


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    start, end = reading.tokens.start, reading.tokens.end
    for first, last, entry in vouches(reading, lexicon):
        yield mark(reading, start[first], end[last - 1], DEVICE, entry.kind, entry.rule)


def vouches(reading: Reading, lexicon: Lexicon) -> list[Match]:
    """Show-verbs whose subject is a fact or thing, in order; remembered in ``reading.cache``."""
    found: list[Match] | None = reading.cache.get("vouches")
    if found is not None:
        return found
    found = []
    cues = {cue.start: cue for cue in reading.cues}
    start, norm = reading.tokens.start, reading.tokens.norm
    sentence = -1
    for match in lexicon.matches(reading).get(DEVICE, ()):
        first = match.first
        cue = cues.get(start[first])
        if (cue is not None and _speaks(reading, cue)) or not _is_verb(norm, first, match.last):
            continue
        s = reading.sentence_at(start[first])
        if norm[s.first] in _ASKS or (norm[s.first] == "none" and norm[s.first + 1 : s.first + 2] == ["of"]):
            continue  # asked or denied
        if _by_thing(reading, first, s.first, s.index == sentence):
            found.append(match)
            sentence = s.index
    reading.cache["vouches"] = found
    return found


def _speaks(reading: Reading, cue: Cue) -> bool:
    """Whether a cue has a source that can speak: a person, an organisation, a record; not an event or a result."""
    tokens = reading.tokens
    name = (cue.speaker or "").split()
    if (
        not name
        or name[-1].lower() in _DOINGS
        or (name[-1].islower() and name[-1] not in PERSONS and name[-1] not in ORGANISATIONS)
    ):
        if cue.source is None or tokens.norm[reading.token_at(cue.start)].endswith("ing"):
            return False
        if reading.text[cue.source[0] : cue.source[1]].lower() in _FACTS:
            return False
    if cue.source is None or cue.source[0] > cue.start:
        return bool(name)
    a, b = reading.token_at(cue.source[0]), reading.token_at(cue.source[1] - 1) + 1
    return not _is_doing(tokens.norm, tokens.text, a, b)


def _is_doing(norm: list[str], text: list[str], a: int, b: int) -> bool:
    """Whether the noun phrase ``[a, b)`` is headed by something done or happening: its last word before "of …"."""
    end = next((k for k in range(a + 1, b) if norm[k] in PREPOSITIONS or norm[k] in ("who", "that", "which", "to")), b)
    head = norm[end - 1]
    if head in _DOINGS:
        return True
    if text[end - 1][:1].isupper() or _acts(head) or head in _RECORDS:
        return False
    return len(head) > 6 and head.removesuffix("s").endswith(_ENDINGS)


def _acts(word: str) -> bool:
    """Whether a noun names those who act and speak: people, bodies, one or many."""
    one = word.removesuffix("s")
    return not {word, one}.isdisjoint(PERSONS | ORGANISATIONS) or word in _WORKERS


def _is_verb(norm: list[str], first: int, last: int) -> bool:
    """Not a noun ("no evidence", "0.2 point to"), an infinitive ("to reveal"), a passive ("was never shown"), denied
    ("does not reflect") or a participle after its noun ("the skill shown in the match")."""
    k = first - 1
    while k > 0 and (norm[k] in _ADVERBS or (norm[k].endswith("ly") and len(norm[k]) > 5)):
        k -= 1
    before = norm[k] if k >= 0 else ""
    word = norm[first]
    if before == "or" and k > 1 and norm[k - 2] == "to":
        return False
    seeming = before == "to" and k and norm[k - 1] in _SEEMS
    if before in _NO_VERB or before[:1].isdigit() or (before == "to" and not seeming) or word == "evidence":
        return False
    if before in _PASSIVE and (word.endswith(("ed", "n")) or word in _SAME_PARTICIPLE):
        return False
    if last == first + 1 and word in _NOUNS and _compound(norm, k):
        return False
    after = norm[last] if last < len(norm) else ""
    if last == first + 1 and word.endswith(("ed", "wn", "en")) and after in PREPOSITIONS:
        return False
    if word == "signals" and after in ("intelligence", "indicate", "suggest", "from"):
        return False
    if word.startswith("mean") and after == "a" and norm[last + 1 : last + 2] == ["lot"]:
        return False
    then = norm[last + 1] if last + 1 < len(norm) else ""
    if word.startswith("show") and (after in _TRACES or (after in ("no", "few", "little", "some") and then in _TRACES)):
        return False  # growth that "shows signs of slowing" is reporting
    return before not in ("not", "never", "no") and not before.endswith("n't")


def _compound(norm: list[str], k: int) -> bool:
    """Whether the noun at ``k`` is one of a kind with an article or an owner before it: what follows is a noun as
    well ("a hand signal", "her new show"), since a verb would have an ending."""
    if not norm[k].isalpha() or norm[k].endswith("s") or norm[k] in _PEOPLE or norm[k] in _MASS:
        return False
    for j in range(k - 1, max(-1, k - 5), -1):
        if norm[j] in ("a", "an", "another", "his", "her", "their", "its", "my", "our", "your", "’s", "'s"):
            return True
        if norm[j] == "the":
            return j == 0 or norm[j - 1] not in PREPOSITIONS
        if not norm[j].isalpha() or norm[j] in PREPOSITIONS or norm[j] in ("that", "which", "and", "or", "to"):
            return False
    return False


def _by_thing(reading: Reading, first: int, lo: int, follows: bool) -> bool:
    norm = reading.tokens.norm
    k = first - 1
    while k >= lo and (norm[k] in _SKIPPED or (norm[k].endswith("ly") and len(norm[k]) > 5)):
        k -= 1
    if k > lo and norm[k] == "to" and norm[k - 1] in _SEEMS:
        first, k = k - 1, k - 2  # "the result seemed to herald": the subject of "seemed"
    if k < lo or norm[k] == "to":
        return False
    if norm[k] in ("and", "or", "but"):
        return follows
    if norm[first].endswith("ing"):
        # a clause before the comma is the subject; a participle that opens the sentence has the person after it
        return norm[k] in (",", "-", "–", "—") and k - lo >= 4 and _clause_has_thing(reading, lo, k, first)
    if norm[k] in _FACTS:
        return not (norm[first].startswith(_SEEN) and not _PICTURES.isdisjoint(norm[max(lo, k - _BACK) : k]))
    a, b, kind = subject_of(reading, first)
    if b > a and norm[first].startswith(_SEEN) and not _PICTURES.isdisjoint(norm[a:b]):
        return False
    if kind == "thing":
        end = next((j for j in range(a + 1, b) if norm[j] in PREPOSITIONS), b)
        return b == a or not _acts(norm[end - 1])
    if kind == "none":
        # an -ing noun or a long noun phrase: its last word stands before the verb
        word = reading.tokens.text[k]
        known = norm[k] in _PEOPLE or norm[k] in PERSONS or norm[k] in ORGANISATIONS or norm[k] in _WORKERS
        pictured = norm[first].startswith(_SEEN) and norm[k] in _PICTURES
        for j in range(k - 1, max(lo, k - 6), -1):
            if norm[j] in PREPOSITIONS:
                known = known or _acts(norm[j - 1])  # "the woman in question made it clear"
        return word.isalpha() and word.islower() and not known and not pictured
    if kind != "pronoun" and _is_doing(norm, reading.tokens.text, a, b):
        return True
    if "whose" in norm[max(lo, first - 14) : first]:
        at = max(k for k in range(max(lo, first - 14), first) if norm[k] == "whose") + 1
        return at < first and _is_doing(norm, reading.tokens.text, at, first)
    return kind == "pronoun" and b - a == 1 and norm[a] in _FACTS


def _clause_has_thing(reading: Reading, lo: int, k: int, first: int) -> bool:
    """Whether no cue stands in the clause ``[lo, k)``, since a speaker's participle is the speaker's, and the clause is
    not just the name of somebody ("the lawyer Ana Reed, arguing for …")."""
    start, text = reading.tokens.start, reading.tokens.text
    if any(start[lo] <= cue.start < start[k] for cue in reading.cues):
        return False
    a, _, kind = subject_of(reading, first)
    return not (kind in ("person", "organisation") and a <= lo + 1 and text[k - 1][:1].isupper())

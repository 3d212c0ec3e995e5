"""Source mentions -> one canonical name per speaker.

A person is named in full once and by surname, office or pronoun after that; the
canonical name is the fullest form the article gives, without titles. One pass over
the capitalised words of the article collects who is in it, under which titles and
descriptions; mentions are then resolved in the order of the text. Where nothing can
be told the answer is None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from framing.classes import ORGANISATIONS, PERSONS
from framing.tokens import Tokens
from framing.voice.cues import CROWDS, Frame, Grammar
from framing.voice.cuewords import CueWord
from framing.voice.names import ABBREVIATED, EITHER, FEMALE, GENDERED, MALE, PLACES, TITLES
from framing.voice.words import words

__all__ = ["Speakers"]

# "RTShoigu": an abbreviation run into a name
_RUN_ON = re.compile("[A-Z]{2,8}([A-Z][a-z]{2,30})")
_RUNS = re.compile("N(?:h?N){0,11}")
_SUFFIXES = words("jr sr ii iii iv mp md phd esq .")
_PARTICLES = words("de van von der den bin ben al el da del della di du la le dos ibn")
_OWNED = words(
    "comments comment remarks remark statement statements speech words message letter tweet tweets post posts "
    "answer response testimony email address argument sentiment sentiments"
)
_HE = words("he him himself his")
_SHE = words("she her herself hers")
_THEY = words("they them themselves their")
_MODIFIER = frozenset("nNGrhzgv")
# Offices that one holder's other names stand for: "the lawmaker" may be a senator, "the defense chief" a minister.
_SAME_OFFICE = (
    words("lawmaker senator representative congressman congresswoman legislator mp democrat republican"),
    words("chief minister secretary head director commissioner leader boss counterpart"),
    words("candidate nominee frontrunner contender hopeful"),
    words("spokesman spokeswoman spokesperson"),
    words("lawyer attorney solicitor counsel"),
    words("billionaire businessman mogul tycoon magnate developer entrepreneur"),
    words("chairman chairwoman chair chairperson"),
    words("professor scholar academic historian economist scientist researcher expert"),
)
_LOOSE = words(
    "lawmaker candidate nominee frontrunner contender hopeful billionaire businessman businesswoman mogul tycoon "
    "leader democrat republican politician veteran native official executive"
)
# Those who put questions, speak for others or stand by: "the reporter" is nobody who has spoken before.
_OTHERS = words(
    "reporter journalist moderator interviewer anchor host source aide spokesman spokeswoman spokesperson judge lawyer "
    "attorney prosecutor officer witness victim clerk employee caller questioner correspondent critic suspect"
)
# In a name of more words these tell an organisation or a place from a person.
_NO_PERSON = frozenset(w + "s" for w in ORGANISATIONS) | words(
    "center centers centre centres club inc corp co llc ltd news times post journal daily tribune herald press "
    "magazine society fund project initiative league conference holdings partners capital church street avenue "
    "island islands river lake county city valley park airport stadium tower hall act bill amendment day week war "
    "games cup awards prize law deal plan agreement treaty house square beach springs americans"
)
# "Apple" may stand for "Apple Inc.", not for "Apple Watch".
_OWNERS = words("inc co corp llc ltd news times post network group holdings partners capital league club")
_PARTISANS = words("republican democrat conservative independent")
_PANELS = words("committee council commission subcommittee panel conference center centers")
_SEATS = frozenset(PLACES.values())
_GENERIC = words("man woman person boy girl speaker author writer star")
_NO_CUE = CueWord("", "neutral", "x")
# How far back, in sentences, a pronoun looks for who it stands for.
_BACK = 4
_MEMORY = 400
# Bounds that no news article comes near; they keep any text linear.
_NEAREST = 200
_NAMESAKES = 20


@dataclass(slots=True)
class _Person:
    """Somebody the article names. ``roles``: offices and descriptions (folded heads); ``about``: words beside them.

    ``seen``: first token of the first mention; ``body``: an organisation or a place.
    """

    name: str
    gender: str | None = None
    roles: set[str] = field(default_factory=set)
    about: set[str] = field(default_factory=set)
    named: int = 0
    certain: bool = False
    last: int = -1
    seen: int = -1
    body: bool = False


class Speakers:
    """Who is named in one article; :meth:`resolve` must be called for its frames in order."""

    def __init__(self, text: str, tokens: Tokens, grammar: Grammar, codes: str, firsts: list[int]) -> None:
        self.text = text
        self.tokens = tokens
        self.g = grammar
        self.codes = codes
        self.firsts = firsts  # first tokens of the sentences
        self.people: dict[str, list[_Person]] | None = None
        self.most: _Person | None = None  # whom the article is about, if plainly one and nobody is called president
        self.mentions: list[tuple[int, _Person]] = []
        self.spoken: list[tuple[int, str, str, _Person | None]] = []  # token, name, kind, person
        self.known: dict[tuple[int, int], tuple[str | None, float]] = {}

    # -- who is in the article ------------------------------------------------------------

    def _runs(self) -> list[tuple[int, int]]:
        """Runs of capitalised words as token ranges, initials and name particles included."""
        norm, codes = self.tokens.norm, self.codes
        out: list[tuple[int, int]] = []
        firsts = set(self.firsts)
        pieces: list[tuple[int, int]] = []
        for m in _RUNS.finditer(codes):
            a, b = m.span()
            for p in range(a + 1, b):
                if p in firsts:  # a name does not run on into the next line
                    pieces.append((a, p))
                    a = p
            pieces.append((a, b))
        for a, b in pieces:
            if out and a not in firsts:
                x, y = out[-1]
                if 0 < a - y <= 2 and b - a < 3 and all(norm[p] in _PARTICLES for p in range(y, a)):
                    out[-1] = (x, b)
                    continue
            out.append((a, b))
        return out

    def _bare(self, a: int, b: int) -> tuple[int, int]:
        """The run ``[a, b)`` without the titles before the name."""
        norm, codes = self.tokens.norm, self.codes
        if norm[b - 1] in ORGANISATIONS:
            return a, b  # "State Department", "Justice Department"
        for p in range(b - 2, a - 1, -1):
            if norm[p] in TITLES or norm[p] in PERSONS:
                a = p + 1
                break
        text = self.tokens.text
        while a < b - 1 and (
            codes[a] != "N"
            or norm[a] == "."
            or (len(text[a]) > 3 and text[a].isupper() and not text[b - 1].isupper() and "." not in text[a])
        ):
            a += 1  # "JUST WATCHED Reed": capitals before a name that is none in capitals
        while b - 1 > a and norm[b - 1] == "." and norm[b - 2] not in ("jr", "sr"):
            b -= 1
        return a, b

    def _index(self) -> None:
        norm, codes, text = self.tokens.norm, self.codes, self.tokens.text
        people: dict[str, list[_Person]] = {}
        singles: list[tuple[int, int, int, int]] = []
        runs = self._runs()
        taken: dict[int, _Person] = {}
        for a, b in runs:
            if b - a == 1:
                singles.append((a, b, a, a))
                continue
            if b - a > 12 or (codes[a + 1] == "h" and norm[a] in ("d", "r", "i")):
                continue  # "D-Ohio"
            x, y = self._bare(a, b)
            last = y - 1
            while last > x and (norm[last] in _SUFFIXES or codes[last] != "N"):
                last -= 1
            first = norm[x]
            # "Donald Trump", "J. K. Ortega"; not "White House", "Supreme Court"
            known = first in MALE or first in FEMALE or first in EITHER
            organised = not known and not ORGANISATIONS.isdisjoint(norm[x:y])
            crowd = _is_crowd(norm[last])
            if last == x or organised or crowd or first in PLACES or norm[last] in PLACES:
                singles.append((a, b, x, last))
                continue
            name = self._text(x, y)
            same = people.setdefault(norm[last], [])
            person = next((p for p in same if _alike(p.name, name)), None)
            if person is None and len(same) >= _NAMESAKES:
                continue
            if person is None:
                person = _Person(name, seen=a)
                same.append(person)
                person.certain = known
                person.body = not known and not _NO_PERSON.isdisjoint(norm[x:y])
                person.gender = "m" if first in MALE else "f" if first in FEMALE else None
            person.named += 1
            taken[a] = person
            self._describe(person, a, b, x)
        # "Comedian Nimesh Rao" and "Nimesh Rao" are one: the shorter is the name
        for same in people.values():
            for person in list(same):
                longer = next((p for p in same if p is not person and p.name.endswith(" " + person.name)), None)
                if longer is not None and " " in person.name:
                    longer.name = person.name
        for a, b, x, last in singles:
            titled = x > a or (a > 0 and codes[a - 1] == "r")
            word = norm[last]
            found = people.get(word)
            if found and all(p.name.endswith(("Jr", "Jr.", "Sr.", "III", "II")) for p in found) and found[0].seen > a:
                found = None  # the father, named before the son is
            crowd = _is_crowd(word)
            if (
                found is None
                and titled
                and not crowd
                and word not in PLACES
                and word not in ORGANISATIONS
                and last == x
            ):
                # "Mr. Haddad", "Mayor Reyes": a person though never named in full
                people[word] = found = [_Person(self._text(x, last + 1), certain=True), *people.get(word, ())]
                found[0].seen = a
            if found is None and text[last][1:2].isupper() and (run := _RUN_ON.fullmatch(text[last])):
                found = people.get(run[1].lower())
            if found:
                person = found[0] if len(found) == 1 else self._choose(found, a, x)
                person.named += 1
                if a == 0 or norm[a - 1] not in ("the", "of", "in", "to", "at"):
                    person.certain = True  # called by surname alone
                taken[a] = person
                if titled or codes[b : b + 1] in (",", "("):
                    self._describe(person, a, b, x)
        # "Dong" for Dong Jun: family name first
        for same in sorted(people.values(), key=lambda same: same[0].body):
            for person in same:
                first = person.name.split(" ", 1)[0].lower()
                acronym = len(first) > 1 and person.name.startswith(first.upper())
                owns = not (person.body or acronym) or _last_word(person.name) in _OWNERS
                if owns and first not in MALE and first not in FEMALE:
                    people.setdefault(first, [person])
        # "Hillary" where one of that first name is in the article
        given: dict[str, dict[int, _Person]] = {}
        for same in list(people.values()):
            for person in same:
                first, _, rest = person.name.partition(" ")
                if rest and (first.lower() in MALE or first.lower() in FEMALE):
                    given.setdefault(first.lower(), {})[id(person)] = person
        for word, named in given.items():
            if len(named) == 1:
                people.setdefault(word, list(named.values()))
        self.people = people
        certain = {id(p): p for same in people.values() for p in same if p.certain and not p.body}
        most = sorted(certain.values(), key=lambda p: -p.named)[:2]
        plain = most and most[0].named > 2 and (len(most) < 2 or most[0].named >= 2 * most[1].named)
        if plain and not any("president" in p.roles for p in certain.values()):
            self.most = most[0]
        for a, b in runs:
            person = taken.get(a)
            if person is None and b - a <= 2:
                found = people.get(norm[b - 1])
                if found and (b - a == 1 or norm[a] in TITLES):
                    person = found[0] if len(found) == 1 else self._choose(found, a, b - 1)
            if person is not None and self.g.c[a] != "q":
                self.mentions.append((a, person))

    def _choose(self, found: list[_Person], a: int, x: int) -> _Person:
        """Which of those who share a name is meant by the mention ``[a, …)`` whose name begins at ``x``."""
        if len(found) == 1:
            return found[0]
        want = next((g for p in range(a, x) if (g := GENDERED.get(self.tokens.norm[p]))), None)
        titles = {self.tokens.norm[p] for p in range(a, x)}
        fitting = [p for p in found if want is None or p.gender in (None, want)] or found
        return max(fitting, key=lambda p: (len(p.roles & titles), p.named))

    def _describe(self, person: _Person, a: int, b: int, x: int) -> None:
        """What titles before and appositions beside the name ``[a, b)`` (bare from ``x``) say of the person."""
        norm, codes = self.tokens.norm, self.codes
        around: list[int] = list(range(a, x))
        p = a - 1
        while p >= max(0, a - 6) and codes[p] in _MODIFIER:
            around.append(p)
            p -= 1
        if p == a - 1 and a > 1 and codes[p] == "o":
            around.append(a - 2)  # "Secretary of State Ruth Adler"
        if p == a - 1 and a > 1 and codes[p] == ",":
            # "the defense minister, Dong Jun,"
            p -= 1
            beside = []
            while p >= max(0, a - 14) and codes[p] in "nNGrhzgvoPD":
                beside.append(p)
                p -= 1
            if any(codes[q] == "r" or norm[q] in PERSONS for q in beside):
                around += beside
        if b + 1 < len(codes) and codes[b] == "," and (codes[b + 1] in "DrnN" or norm[b + 1] in ("chief", "now")):
            # "Lis Smith, a spokeswoman for the campaign"
            e = b + 1
            while e < min(len(codes), b + 12) and codes[e] in "nNGrhzgvoPDR":
                e += 1
            around += range(b + 1, e)
        if codes[b : b + 1] == "o" and codes[b + 1 : b + 2] == "N":
            around.append(b + 1)  # "Senator Brad Lowe of Texas"
        for p in around:
            word = ABBREVIATED.get(norm[p]) or norm[p]
            if word in PERSONS or codes[p] == "r":
                person.roles.add(word)
                person.certain = True
            elif codes[p] in "nNG":
                person.about.add(PLACES.get(word, word))
            gender = GENDERED.get(norm[p])
            if gender is not None and person.gender is None:
                person.gender = gender
        if b + 1 < len(codes) and codes[b] == "," and (norm[b + 1] == "who" or codes[b + 1 : b + 3] == "#,"):
            person.certain = True  # "Felipe Ruiz, who …", "Ana Reyes, 31, …"
        if b + 1 < len(codes) and codes[b] == "(" and codes[b + 1] == "N" and norm[b + 1] in ("d", "r", "i"):
            person.roles |= {"lawmaker", {"d": "democrat", "r": "republican", "i": "independent"}[norm[b + 1]]}
            person.certain = True

    def _text(self, a: int, b: int) -> str:
        return self.text[self.tokens.start[a] : self.tokens.end[b - 1]]

    # -- mentions --------------------------------------------------------------------------

    def resolve(self, f: Frame) -> tuple[str | None, float]:
        """Canonical name of the frame's source, and how sure we are (0..1)."""
        if f.source is None:
            return None, 0.0
        if self.people is None:
            self._index()
        done = self.known.get(f.source)
        if done is not None:
            self._remember(f.i, done[0], f.kind, None)
            return done
        name, confidence, kind, person = self._source(f)
        self.known[f.source] = (name, confidence)
        if f.how != "relative" or f.content:
            self._remember(f.i, name, kind, person)  # "Reed, who has criticized Cole, …" has not spoken here
        return name, confidence

    def name(self, a: int, b: int) -> str | None:
        """Canonical name of the noun phrase of tokens ``[a, b)``, be it a source or not; nothing is remembered."""
        done = self.known.get((a, b))
        if done is not None:
            return done[0]
        if self.people is None:
            self._index()
        return self._source(Frame(a, b, _NO_CUE, "none", a, (a, b), self.g.kind(a, b)))[0]

    def _remember(self, at: int, name: str | None, kind: str, person: _Person | None) -> None:
        if name is None:
            return
        if person is None:
            person = next((s[3] for s in reversed(self.spoken[-12:]) if s[1] == name), None)
        if person is not None:
            person.last = at
        self.spoken.append((at, name, kind, person))
        if len(self.spoken) > 60:
            del self.spoken[:30]

    def _source(self, f: Frame) -> tuple[str | None, float, str, _Person | None]:
        assert f.source is not None
        a, b = f.source
        norm, codes = self.tokens.norm, self.codes
        while a < b - 1 and codes[a] in "Rcb(" and codes[a + 1] != "h":  # not into "so-called"
            a += 1
        if b - a == 1 and (codes[a] in "HOiD" or norm[a] in _HE or norm[a] in _SHE):
            return self._pronoun(norm[a].split("'")[0], a, f)
        h = self.g.head(a, b)
        # "Dong Jun's comments", "her letter": whose they are
        if codes[h] == "n" and norm[h] in _OWNED:
            z = codes.find("z", a, h)
            if z > a:
                return self._named(a, z, f)
            if codes[a] == "D" and norm[a] in ("his", "her", "their"):
                return self._pronoun(norm[a], a, f)
        return self._named(a, b, f)

    def _sentence(self, token: int) -> int:
        """Index of the sentence that holds ``token``."""
        return max(0, bisect_left(self.firsts, token + 1) - 1)

    def _pronoun(self, word: str, at: int, f: Frame) -> tuple[str | None, float, str, _Person | None]:
        if word in _HE or word in _SHE:
            return self._person("m" if word in _HE else "f", at, f)
        plural = word in _THEY
        if plural or word in ("it", "its"):
            wanted = ("group", "organisation") if plural else ("organisation", "document")
            back = self.firsts[max(0, self._sentence(at) - _BACK)]
            for token, name, kind, _ in reversed(self.spoken):
                if token < back:
                    break
                if kind in wanted or (plural and _plural(name)):
                    return name, 0.65, kind, None
        return None, 0.3, "none", None

    def _person(self, want: str, at: int, f: Frame) -> tuple[str | None, float, str, _Person | None]:
        """Whom "he" or "she" at token ``at`` stands for: by gender, the sentence's subject or speaker, nearness."""

        def fits(p: _Person | None) -> bool:
            return p is not None and p.certain and not p.body and p.gender in (None, want)

        here = self._sentence(at)
        content = [s for s in (f.left, f.right) if s]
        hi = bisect_left(self.mentions, at, key=lambda m: m[0])
        stop = at
        weak: _Person | None = None
        for s in range(here, max(-1, here - _BACK - 1), -1):
            lo = self.firsts[s]
            named: list[_Person] = []
            aside: list[_Person] = []  # "of Obama", "Trump's plan": named, but not what the sentence is about
            k = hi - 1
            floor = max(0, k - _NEAREST)
            while k >= floor and self.mentions[k][0] >= lo:
                token, person = self.mentions[k]
                if fits(person) and not any(x <= token < y for x, y in content):
                    (aside if self._aside(token, lo) else named).append(person)
                k -= 1
            hi = k + 1
            spoke = next((x[3] for x in reversed(self.spoken) if lo <= x[0] < stop and fits(x[3])), None)
            best = spoke or (named[-1] if named else None)
            weak = weak or (aside[-1] if aside else None)
            if best is None and s < here:
                best = weak
            if best is not None:
                rivals = {p.name for p in (*named, *aside)} - {best.name}
                confidence = (0.9 if s >= here - 1 else 0.75) - 0.08 * min(2, len(rivals))
                if best.gender is None:
                    confidence -= 0.05
                    best.gender = want
                return best.name, confidence, "person", best
            stop = lo
        for token, name, kind, who in reversed(self.spoken):
            if token < at - _MEMORY:
                break
            if kind == "person" and fits(who):
                return name, 0.55, "person", who
        return None, 0.3, "none", None

    def _aside(self, token: int, lo: int) -> bool:
        """Does the name at ``token`` depend on another word: "of Obama", "with Trump", "Trump's"?"""
        codes = self.codes
        if token > lo and codes[token - 1] in "PoT":
            return True
        e = token
        while e < len(codes) and codes[e] == "N":
            e += 1
        return codes[e : e + 1] == "z"

    def _modifies(self, token: int) -> bool:
        """Does the name at ``token`` only say which thing a noun means: "the Obama administration"?"""
        codes = self.codes
        e = token
        while e < len(codes) and e < token + 12 and codes[e] == "N":
            e += 1
        return codes[e : e + 1] in ("n", "G")

    def _named(self, a: int, b: int, f: Frame) -> tuple[str | None, float, str, _Person | None]:
        """Name of the noun phrase ``[a, b)``."""
        codes, norm = self.codes, self.tokens.norm
        end = b
        for p in range(a + 1, b):
            if codes[p] in "oP,(":
                end = p
                break
        both = codes.find("c", end, b)
        if both > 0 and codes[both - 1] == "," and codes[end] == ",":
            end = b  # "McCain, R-Ariz., and Coons"
        h = self.g.head(a, b)
        kind = self.g.kind(a, b)
        whole = end
        if codes[end : end + 1] == "o" and end < b and kind == "person":
            # "a group of economists", "the former secretary of state"
            if norm[a] in ("a", "an") and norm[end - 1] in CROWDS:
                whole = next((p for p in range(end + 1, b) if codes[p] in "P,(c"), b)
                name = self._text(a, whole)
                return name[0].lower() + name[1:], 0.8, "group", None
            whole = next((p for p in range(end + 1, b) if codes[p] in "P,(c"), b)
        office = codes[h] != "N" or norm[h] in PERSONS
        placed = codes[b - 1] == "N" and codes.find("P", a, b) > 0  # "a woman in Leeds, Ohio, said"
        apposed = office and kind == "person" and f.how != "according" and not placed
        if apposed and b + 1 < len(codes) and codes[b] == "," and codes[b + 1] == "N":
            # "the defense minister, Dong Jun, said"
            e = b + 1
            while e < len(codes) and codes[e] in "N.h" and e < b + 7:
                e += 1
            if codes[e : e + 1] in (",", "(") or e - b > 2:
                return self._called(b + 1, e, kind)
        if codes[end : end + 1] == "o" and codes[h] == "N" and norm[h] in TITLES and self.people is not None:
            # "Secretary of State Ana Reyes"
            x = next((p for p in range(b - 1, end, -1) if codes[p] != "N"), end) + 1
            if b - x > 1 and (norm[b - 1] in self.people or norm[b - 2] in MALE or norm[b - 2] in FEMALE):
                return self._called(x, b, kind)
        runs: list[tuple[int, int]] = []
        p = a
        while p < end:
            if codes[p] == "N":
                q = p + 1
                while q < end and (
                    codes[q] == "N"
                    or (codes[q] in "h." and q + 1 < end and codes[q + 1] == "N")
                    or (norm[q] in _PARTICLES and q + 1 < end and codes[q + 1] == "N")
                ):
                    q += 1
                runs.append((p, q))
                p = q
            else:
                p += 1
        if runs and len(runs) > 1 and codes.find("c", a, end) >= 0:
            # "Republican hopefuls Jeb Bush and Chris Christie": a name ends before "and", a comma or the phrase's end
            joined = [
                (x, y) for x, y in runs if (y == end or codes[y] in "c,") and norm[y - 1] not in TITLES
            ]  # "President and Chief Officer Tim Reed" is one
            names = dict.fromkeys(n for x, y in joined if (n := self._called(x, y, kind)[0]))
            if len(names) > 1:
                return " and ".join(names), 0.85, "group", None
            if joined and codes[h] == "N":
                return self._called(*joined[-1], kind)
        if codes[h] == "N" and norm[h] in _PARTISANS and norm[a] == "the":
            held = self._holder(a, end, h, f)  # "the Texas Republican"
            if held is not None:
                return held
        if runs and codes[h] == "N" and h < end:
            body = self._body(*runs[-1])
            if body is not None:
                return body, 0.9, "organisation", None
            return self._called(*runs[-1], kind)
        first = a
        while (
            first < end - 1
            and codes[first + 1] != "h"
            and (codes[first] in "Rz" or norm[first] in ("the", "a", "an", "this", "that"))
        ):
            first += 1
        while whole - first > 1 and norm[whole - 1] in ("first", "alone", "now", "responsible"):
            whole -= 1  # "a story first reported by"
        if norm[whole - 1] in ("familiar", "close", "briefed", "involved") and codes[whole : whole + 1] == "P":
            whole = b  # "people familiar with the deal"
        end = min(end, whole)
        name = self._text(first, whole)
        counted = norm[a] in ("both", "some", "many", "two", "several")
        plural = counted or _plural(self._text(first, end)) or (h >= end and _plural(name))
        if kind == "person" and plural:
            pair = self._pair(a, end, h)
            if pair is not None:
                return pair, 0.75, "group", None
        if kind == "person" and not plural and (codes[a] == "D" or codes.find("z", a, h) > 0):
            held = self._holder(a, end, h, f)
            if held is not None:
                return held
        if codes[a] == "D" and norm[a] in ("his", "her") and end - a > 1 and not plural:
            owner, confidence, _, _ = self._person("m" if norm[a] == "his" else "f", a, f)
            if owner is not None:
                return f"{owner}’s {self._text(a + 1, end)}", 0.8 * confidence, kind, None
        return name, 0.8, "group" if plural else kind, None

    def _body(self, x: int, y: int) -> str | None:
        """ "Bank of America", "the Institute for Economics and Peace": the whole name of a body called ``[x, y)``."""
        codes, norm = self.codes, self.tokens.norm
        head = norm[y - 1]
        if head not in ORGANISATIONS and head not in _NO_PERSON:
            return None
        joins = ("of", "for", "against", "to", "on") if head in _PANELS else ("of", "for")
        z = y
        if norm[z : z + 1] and norm[z] in joins:
            z += 1
            z += codes[z : z + 1] == "D" and norm[z] == "the"
            first = z
            while z < len(codes) and (
                codes[z] == "N" or (z > first and codes[z] in "och" and codes[z + 1 : z + 2] == "N")
            ):
                z += 1
            if z > first:
                return self._text(x, z)
        return None

    def _holder(self, a: int, end: int, h: int, f: Frame) -> tuple[str | None, float, str, _Person | None] | None:
        """Who is meant by "the Russian defense chief": the holder of the office whose description fits best."""
        norm, codes = self.tokens.norm, self.codes
        role = norm[h]
        if norm[a] in ("a", "an", "another", "one", "some"):
            return None
        same = next((group for group in _SAME_OFFICE if role in group), frozenset((role,)))
        about = {PLACES.get(norm[p], norm[p]) for p in range(a, h) if codes[p] in "nNG"}
        back = self.firsts[max(0, self._sentence(a) - 2 * _BACK)]
        seen: dict[int, tuple[_Person, int]] = {}
        k = bisect_left(self.mentions, a, key=lambda m: m[0]) - 1
        floor = max(0, k - _NEAREST)
        while k >= floor and len(seen) < 12:
            token, person = self.mentions[k]
            seen.setdefault(id(person), (person, token))
            k -= 1
        gender = GENDERED.get(role)
        places = about & _SEATS
        best: _Person | None = None
        best_score = (-1, -1)
        for person, token in seen.values():
            if not same & person.roles or (gender is not None and person.gender not in (None, gender)):
                continue
            if places and person.about & _SEATS and not places & person.about:
                continue
            # "the Obama administration" speaks of no person
            at = person.last if self._modifies(token) else max(token, person.last)
            # a description that names the place or the house decides; else who was spoken of last
            score = (len(about & person.about) if places or codes.find("z", a, h) > 0 else 0, at)
            if score > best_score:
                best, best_score = person, score
        if best is not None and (best_score[0] or best_score[1] >= back or len(seen) == 1):
            return best.name, 0.8 if role in best.roles else 0.7, "person", best
        if role == "old" and codes[h - 1] == "h" and self.mentions:
            # "the 45-year-old": who was named last
            k = bisect_left(self.mentions, a, key=lambda m: m[0]) - 1
            while k >= 0 and self.mentions[k][0] >= back:
                person = self.mentions[k][1]
                if person.certain and not person.body:
                    return person.name, 0.75, "person", person
                k -= 1
            return None
        if role in _GENERIC or norm[a] != "the":
            return None
        if role == "president" and not about and self.most is not None:
            return self.most.name, 0.6, "person", self.most
        if role in _OTHERS:
            # "a journalist said … The journalist added"
            said = next((s for s in reversed(self.spoken[-6:]) if s[1].rsplit(" ", 1)[-1] == role), None)
            return (said[1], 0.75, "person", None) if said is not None else None
        # "the billionaire": the speaker of the sentences before, if nothing said of them speaks against it
        close = self.firsts[max(0, self._sentence(a) - 2)]
        for token, name, kind, who in reversed(self.spoken[-6:]):
            if kind == "person" and who is not None and who.certain and token >= (back if not about else close):
                clash = about and who.roles and role not in _LOOSE
                return None if clash or (gender and who.gender not in (None, gender)) else (name, 0.6, "person", who)
        return None

    def _pair(self, a: int, end: int, h: int) -> str | None:
        """Both people meant by "both ministers", "the defense chiefs": the two of that office, if there are two."""
        norm = self.tokens.norm
        if norm[a] not in ("both", "the", "two") or (norm[a] == "the" and end - a > 3):
            return None
        role = norm[h][:-1]
        same = next((group for group in _SAME_OFFICE if role in group), frozenset((role,)))
        held: dict[str, None] = {}
        stop = bisect_left(self.mentions, a, key=lambda m: m[0])
        near = [p for _, p in self.mentions[max(0, stop - _NEAREST) : stop]]
        for person in near:
            if person.certain and same & person.roles:
                held.setdefault(person.name)
        if len(held) == 2 and (norm[a] != "the" or any(role in p.roles for p in near)):
            return " and ".join(held)
        return None

    def _called(self, a: int, b: int, kind: str) -> tuple[str | None, float, str, _Person | None]:
        """Canonical form of the capitalised words ``[a, b)``."""
        assert self.people is not None
        norm, codes = self.tokens.norm, self.codes
        x, y = self._bare(a, b)
        last = y - 1
        while last > x and (norm[last] in _SUFFIXES or codes[last] != "N"):
            last -= 1
        found = self.people.get(norm[last])
        if found and last > x and codes[last - 1] == "h" and not any(p.name == self._text(x, y) for p in found):
            found = None  # "KPTM-TV" is not "WREG-TV"
        if found and found[0].body and last == x and codes[y : y + 1] in ("P", "o"):
            found = None  # "the Centers for Disease Control" is no "Fitness Centers"
        if found is None and (run := _RUN_ON.fullmatch(self.tokens.text[last])):
            found = self.people.get(run[1].lower())
        name = self._text(x, y)
        if found:
            if last > x:
                alike = [p for p in found if _alike(p.name, name)]
                if alike:
                    return alike[0].name, 0.95, "person", alike[0]
                if norm[x] in MALE or norm[x] in FEMALE or len(found) > 1:
                    return name, 0.85, kind, None
            else:
                person = self._choose(found, a, x)
                return person.name, 0.95 if len(found) == 1 else 0.8, "person", person
        return name, 0.9 if kind in ("person", "organisation") else 0.7, kind, None


def _is_crowd(word: str) -> bool:
    """Whether a name that ends so is a group or an office: "Republicans", "Democrats"."""
    return word in PERSONS or word.endswith(("ans", "crats"))


def _last_word(name: str) -> str:
    """The last word of a name, in lower case and without its full stop."""
    return name.rsplit(" ", 1)[-1].lower().rstrip(".")


def _alike(one: str, other: str) -> bool:
    """Could two names with one surname be one person's: same first name or its initial?"""
    a, b = one.split(" ", 1)[0].rstrip("."), other.split(" ", 1)[0].rstrip(".")
    if " " not in one or " " not in other:
        return True
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) or (a[:3] == b[:3] and min(len(a), len(b)) >= 3)


def _plural(name: str) -> bool:
    last = name.rsplit(" ", 1)[-1].lower()
    return (last.endswith("s") and not last.endswith("ss")) or last in ("people", "men", "women", "police")

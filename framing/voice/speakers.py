"""Source mentions -> one canonical name per speaker.

A person is named in full once and by surname, role or pronoun after that; the
canonical name is the fullest form the article gives. Where nothing can be told
the answer is None.
"""

from __future__ import annotations

import re
from collections import defaultdict

from framing.classes import PERSONS
from framing.tokens import Tokens
from framing.voice.cues import Frame, Grammar
from framing.voice.words import words

__all__ = ["Speakers"]

_TITLES = PERSONS | words(
    "mr mrs ms miss dr sir sen rep gov gen col lt sgt capt prof rev former the then-president presidential "
    "vice deputy acting prime foreign defense defence secretary senior assistant executive press attorney "
    "chief us u.s american republican democratic democrat gop first lady white house fbi cia nato state labor "
    "treasury"
)
# "RTShoigu": an abbreviation run into a name
_RUN_ON = re.compile("[A-Z]{2,8}([A-Z][a-z]{2,30})")
_NAMES = re.compile("N(?:h?N){1,5}")
_MALE = words(
    "donald barack john james robert michael william david richard joseph joe thomas charles mark paul george "
    "steven steve kevin brian edward jeff jeffrey ted marco bernie mike tim bill boris vladimir emmanuel "
    "justin narendra xi benjamin chris christopher daniel matthew anthony andrew peter scott eric stephen "
    "jason ben adam harry jack mitch chuck lindsey rand jeb marco newt rudy corey paul rick bobby sean ryan "
    "gary martin alan keith ken kenneth larry greg frank raymond"
)
_FEMALE = words(
    "hillary mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty "
    "margaret sandra ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura "
    "sharon cynthia kathleen amy angela theresa kamala melania ivanka carly megyn kellyanne debbie janet ann "
    "anne anna maria julia kelly christina catherine katherine rachel jill diane dianne ursula giorgia marine "
    "jacinda alexandria ilhan rashida olivia emma sophia jane"
)


class Speakers:
    """Names known so far in one article."""

    def __init__(self, text: str, tokens: Tokens, grammar: Grammar, codes: str) -> None:
        self.text = text
        self.tokens = tokens
        self.g = grammar
        self.codes = codes
        self.by_last: dict[str, str] | None = None
        self.gender: dict[str, str] = {}
        self.recent: list[tuple[str, str]] = []  # (name, kind), latest last
        self.last_at = -1  # token index of the latest source mention
        self.roles: dict[str, str] = {}
        self.people: set[str] = set()
        self.lo = self.before = self.at = 0

    def _index(self) -> dict[str, str]:
        """Last name -> fullest name, from every run of capitalised words."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        words, norm = self.tokens.text, self.tokens.norm
        for m in _NAMES.finditer(self.codes):
            a, b = m.span()
            name = self._name(a, b)
            first = name.split(" ", 1)[0].lower()
            titled = False
            for p in range(a, b - 1):
                if norm[p] in PERSONS:
                    titled = True
                    if norm[p] in _OFFICES or norm[p] == "general":
                        self.roles.setdefault(norm[p], name)
            if " " in name and (titled or first in _MALE or first in _FEMALE):
                self.people.add(name)
            if " " in name and b - a <= 9:
                last = words[b - 1].lower()
                found[last][name] = found[last].get(name, 0) + 1
        out: dict[str, str] = {}
        for last, names in found.items():
            # first mention wins among the names seen
            out[last] = next(iter(names))
        for name in list(out.values()):
            # "Dong" for Dong Jun: family name first
            out.setdefault(name.split(" ", 1)[0].lower(), name)
        return out

    def _name(self, a: int, b: int) -> str:
        """Text of a capitalised run without titles in front."""
        norm = self.tokens.norm
        for p in range(b - 2, a - 1, -1):
            if norm[p] in _TITLES:
                a = p + 1
                break
        return self.text[self.tokens.start[a] : self.tokens.end[b - 1]]

    def resolve(self, f: Frame, lo: int, before: int) -> tuple[str | None, float]:
        """Canonical name of the frame's source, and how sure we are.

        ``lo``: first token of the cue's sentence; ``before``: of the sentence before it.
        """
        if f.source is None:
            return None, 0.0
        if self.by_last is None:
            self.by_last = self._index()
        self.lo, self.before = lo, before
        self.at = f.source[0]
        out = self._resolve(f)
        if out[0] is not None:
            self.last_at = f.i
        return out

    def _mentioned(self, want: str) -> str | None:
        """A person named in this sentence before the pronoun, or as the first name of the sentence before."""
        codes = self.codes
        assert self.by_last is not None
        for a, b in ((self.lo, self.at), (self.before, self.lo)):
            p = a
            while p < min(b, a + 40):
                if codes[p] == "N":
                    q = p
                    while q < b and codes[q] == "N":
                        q += 1
                    name = self._canonical(p, q)
                    if name in self.people and self._gender_of(name) in (None, want):
                        return name
                    p = q
                p += 1
        return None

    def _resolve(self, f: Frame) -> tuple[str | None, float]:
        assert f.source is not None
        a, b = f.source
        g = self.g
        norm, codes = self.tokens.norm, self.codes
        word = norm[a]
        if (b - a == 1 and codes[a] in "HOiD") or (b - a == 1 and word in ("he", "she", "they", "it")):
            return self._pronoun(word.split("'")[0])
        h = g.head(a, b)
        # possessive of a person: "Dong Jun's comments"
        if codes[h] == "n" and norm[h] in _OWNED:
            z = codes.find("z", a, h)
            if z > a:
                return self._named(a, z)
            if codes[a] == "D" and norm[a] in ("his", "her", "their"):
                return self._pronoun({"his": "he", "her": "she", "their": "they"}[norm[a]])
        return self._named(a, b)

    def _pronoun(self, word: str) -> tuple[str | None, float]:
        if word in ("he", "she", "him", "her", "himself", "herself"):
            want = "m" if word in ("he", "him", "himself") else "f"
            if self.last_at < self.before:
                named = self._mentioned(want)
                if named is not None:
                    self.recent.append((named, "person"))
                    self.gender.setdefault(named, want)
                    return named, 0.75
            for name, kind in reversed(self.recent):
                if kind == "person":
                    gender = self._gender_of(name)
                    if gender is None or gender == want:
                        if gender is None:
                            self.gender[name] = want
                        return name, 0.85
            return None, 0.3
        if word in ("they", "them"):
            for name, kind in reversed(self.recent[-4:]):
                if kind in ("group", "organisation") or _plural(name):
                    return name, 0.7
            return None, 0.3
        if word in ("it",):
            for name, kind in reversed(self.recent[-3:]):
                if kind == "organisation":
                    return name, 0.7
            return None, 0.3
        return None, 0.3

    def _gender_of(self, name: str) -> str | None:
        known = self.gender.get(name)
        if known:
            return known
        first = name.split(" ")[0].lower()
        if " " in name:
            if first in _MALE:
                return "m"
            if first in _FEMALE:
                return "f"
        return None

    def _named(self, a: int, b: int) -> tuple[str | None, float]:
        """Name of the noun phrase ``[a, b)``."""
        codes, norm = self.codes, self.tokens.norm
        # first run of capitals that looks like a personal name
        end = b
        for p in range(a, b):
            if codes[p] in "oP," and p > a:
                end = p
                break
        runs: list[tuple[int, int]] = []
        p = a
        while p < end:
            if codes[p] == "N":
                q = p
                while q < end and (codes[q] == "N" or (codes[q] in "h." and q + 1 < end and codes[q + 1] == "N")):
                    q += 1
                runs.append((p, q))
                p = q
            else:
                p += 1
        joint = codes.find("c", a, end) >= 0 and len(runs) > 1
        kind = self.g.kind(a, b)
        if runs and joint:
            names = [self._canonical(x, y) for x, y in runs]
            name = " and ".join(dict.fromkeys(names))
            self.recent.append((name, "group"))
            return name, 0.85
        if runs and codes[self.g.head(a, b)] == "N":
            x, y = runs[-1]
            name = self._canonical(x, y)
            self.recent.append((name, kind))
            if kind == "person":
                self.people.add(name)
            if len(self.recent) > 40:
                del self.recent[:20]
            return name, 0.93
        name = self.text[self.tokens.start[a] : self.tokens.end[end - 1]]
        if codes[a] == "D" and norm[a] in ("the", "a", "an", "this", "that") and end - a > 1:
            name = self.text[self.tokens.start[a + 1] : self.tokens.end[end - 1]]
        if (
            kind == "person"
            and end == b
            and norm[b - 1] in _OFFICES
            and (norm[a] == "the" or codes.find("z", a, b) > 0)
        ):
            # "the defense chief": the holder of the office, else the person last heard
            held = self.roles.get(norm[b - 1])
            if held is not None and end - a <= 3:
                self.recent.append((held, "person"))
                return held, 0.7
            for known, known_kind in reversed(self.recent[-6:]):
                if known_kind == "person":
                    return known, 0.6
        plural = _plural(name) or norm[a] in ("both", "some", "many", "two", "several")
        self.recent.append((name, "group" if plural else kind))
        return name, 0.75

    def _canonical(self, a: int, b: int) -> str:
        name = self._name(a, b)
        assert self.by_last is not None
        if " " not in name:
            full = self.by_last.get(name.lower())
            if full is None and (run := _RUN_ON.fullmatch(name)):
                full = self.by_last.get(run[1].lower())
            if full is not None:
                return full
            return name
        full = self.by_last.get(name.rsplit(" ", 1)[-1].lower())
        if full is not None and (full.split(" ")[0][:1] == name.split(" ")[0][:1]):
            return full
        return name


_OFFICES = words(
    "chief minister president senator governor secretary congressman congresswoman mayor candidate nominee "
    "billionaire businessman leader chairman chairwoman premier chancellor pope king queen prince lawmaker "
    "actor actress star singer author host coach ceo politician mogul tycoon frontrunner front-runner "
    "republican democrat lady"
)
_OWNED = words(
    "comments comment remarks remark statement statements speech words message letter tweet tweets post posts "
    "answer response testimony email address argument"
)


def _plural(name: str) -> bool:
    last = name.rsplit(" ", 1)[-1].lower()
    return (last.endswith("s") and not last.endswith("ss")) or last in ("people", "men", "women", "police")

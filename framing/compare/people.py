"""Who gets to speak, what the same actors and things are called, and whom the loaded words are about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from framing.align import labels, stem
from framing.analysis import Analysis
from framing.article import VoiceSpan
from framing.background import load as background
from framing.compare.differences import words_in
from framing.compare.notes import Judged
from framing.evidence import Evidence
from framing.tokens import fold

__all__ = ["frames", "naming", "second_hand", "sources", "targets", "unnamed"]

Row = dict[str, Any]

# ------------------------------------------------------------------------------------------ sources

_PAPERS = frozenset(
    "ap afp reuters upi bbc cnn msnbc cnbc npr pbs abc cbs nbc itv tass rt xinhua interfax kyodo yonhap dpa ansa "
    "efe politico axios bloomberg breitbart huffpost buzzfeed vox vice slate salon newsweek time usa-today the- "
    "hill the-guardian the-times the-economist the-independent the-atlantic the-intercept propublica al-jazeera "
    "al-arabiya sputnik haaretz der-spiegel le-monde le-figaro el-pais the-daily-beast c-span newsmax mediaite "
    "mother-jones national-review the-new-yorker tmz wired fortune forbes deadline variety".split()
)
_PAPER_ENDS = frozenset(
    "news times post journal herald tribune gazette chronicle globe telegraph guardian press radio television tv "
    "agency wire network magazine review observer mail sun star standard courier register dispatch examiner "
    "inquirer sentinel banner bulletin caller beast newspaper".split()
)
_NAME = r"(?:[Tt]he )?[A-Z][\w.&’'-]*(?: (?:of |and |the )?[A-Z][\w.&’'-]*){0,4}"
_REPORT = re.compile(
    rf"\breports? (?:published |released |issued |aired )?(?:\w+day )?(?:by|in|from|on) (?P<a>{_NAME})"
    rf"|\b(?:first reported|reported|cited|quoted|published|obtained) by (?P<b>{_NAME})"
    rf"|\b(?:told|tells|telling|interview with|interview on|speaking to|spoke to|speaking with|appearance on|"
    rf"according to|citing|writing in|wrote in|op-ed in|statement to) (?P<c>{_NAME})"
    rf"|(?P<d>{_NAME}) (?:first |also |has |had )?(?:reported|reports|is reporting)\b"
)
# A word at the head of a sentence or of a name that is no part of it.
_LEAD = re.compile(
    r"^(?:(?:[Aa]s|[Tt]he|[Aa]n?|[Ii]n|[Aa]t|[Oo]n|[Ff]rom|[Bb]ut|[Aa]nd|[Ww]hile|[Bb]y|[Ff]or|[Ww]hen) )+"
)
_UNNAMED = frozenset(
    "official officials source sources people person insider insiders critic critics supporter supporters expert "
    "experts analyst analysts observer observers aide aides witness witnesses some many others several diplomat "
    "diplomats adviser advisers advisor advisors activist activists advocate advocates opponent opponents "
    "skeptics sceptics lawmakers investigators individuals figures scholars academics researchers voices residents "
    "neighbors neighbours locals scientists economists commentators campaigners historians strategists traders "
    "investors passers-by onlookers bystanders".split()
)
# "Several doctors", "one trader": somebody, and no more is said.
_SOMEBODY = frozenset("some several many most few one another various numerous".split())


def _is_medium(name: str) -> bool:
    words = [w for w in re.split(r"[\s.]+", name.lower().removesuffix("'s").removesuffix("’s")) if w]
    if not words:
        return False
    plain = words[1:] if words[0] == "the" else words
    joined = "-".join(words)
    return joined in _PAPERS or "-".join(plain) in _PAPERS or (len(plain) > 1 and plain[-1] in _PAPER_ENDS)


def second_hand(a: Analysis, span: VoiceSpan) -> list[str]:
    """Media through which an attributed span came ("told The Post", "according to a report by ..."), own name apart."""
    text = a.article.text
    first, last = a.reading.sentence_at(span.start), a.reading.sentence_at(max(span.start, span.end - 1))
    # The sentence, and the one before where a quotation runs on; never more, however long.
    window = text[max(first.start, span.start - 400) : min(last.end, span.end + 400)]
    out = []
    for m in _REPORT.finditer(window):
        explicit = m["a"] or m["b"]
        name = explicit or m["c"] or m["d"]
        at = m.start() + max(first.start, span.start - 400)
        if span.start <= at < span.end:  # what the source says about a report is not how we came to know of it
            continue
        plain = _LEAD.sub("", name.removesuffix("’s").removesuffix("'s").strip(" .'’"))
        own = (a.article.outlet or "").lower()
        if (m["a"] or _is_medium(plain)) and plain.lower().removeprefix("the ") not in own.lower():
            out.append(plain)
    if span.speaker and _is_medium(span.speaker):
        out.append(_LEAD.sub("", span.speaker))
    return list(dict.fromkeys(out))


def unnamed(speaker: str | None) -> bool:
    """Is the speaker somebody the article will not or cannot name ("officials", "a person close to the talks")?"""
    words = (speaker or "").split()
    if not words or _has_name(words):
        return False
    head = re.split(
        r"\b(?:of|in|from|with|who|close|familiar|at|for|on|to|inside|near|that)\b", " ".join(words).lower()
    )
    last = head[0].split()
    return bool(last) and (last[-1].strip(",") in _UNNAMED or (last[0] in _SOMEBODY and len(last) > 1))


def _has_name(words: list[str]) -> bool:
    """Capitalised words that are so in running text as well, not only at the head of a sentence."""
    table = background()
    return any(w[:1].isupper() and table.name_share(fold(w.strip(".,'’"))) > 0.5 for w in words)


def _kind(speaker: str | None) -> str:
    if not speaker:
        return "unknown"
    if _is_medium(speaker):
        return "medium"
    if unnamed(speaker):
        return "unnamed"
    return "named" if _has_name(speaker.split()) else "role"


def sources(found: list[Analysis], outlets: list[str], ids: list[str]) -> list[Row]:
    """One row per article and speaker. ``first_position``: where in the text it is first heard, 0..1.

    ``kind``: named, role ("the spokesman"), unnamed ("officials"), medium, unknown; ``via``: the media it came
    through, ``words_second_hand``: how many of its words did.
    """
    rows: list[Row] = []
    for k, a in enumerate(found):
        per: dict[str | None, Row] = {}
        size = max(1, len(a.article.text))
        for v in a.voices:
            if v.voice == "narration":
                continue
            row = per.setdefault(
                v.speaker,
                {"outlet": outlets[k], "id": ids[k], "speaker": v.speaker, "words_direct": 0, "words_indirect": 0}
                | {"first_position": v.start / size, "via": {}, "words_second_hand": 0},
            )
            words = words_in(a, v.start, v.end)
            row[f"words_{v.voice}"] += words
            through = second_hand(a, v)
            row["via"].update(dict.fromkeys(through))
            row["words_second_hand"] += words if through else 0
        total = sum(r["words_direct"] + r["words_indirect"] for r in per.values())
        for r in per.values():
            r["words"] = r["words_direct"] + r["words_indirect"]
            r["share"] = r["words"] / total if total else float("nan")
            r["kind"] = _kind(r["speaker"])
            r["named"] = r["kind"] in ("named", "medium")
            r["via"] = "; ".join(r["via"])
        rows.extend(sorted(per.values(), key=lambda r: (-r["words"], str(r["speaker"]))))
    heard: dict[str, set[str]] = defaultdict(set)
    for r in rows:
        heard[_same_speaker(r["speaker"], r["kind"])].add(r["outlet"])
    for r in rows:
        r["only_here"] = bool(r["speaker"]) and len(heard[_same_speaker(r["speaker"], r["kind"])]) == 1
    return rows


def _surname(name: str | None) -> str:
    words = [w for w in (name or "").split() if w.lower().strip(".,") not in ("jr", "sr", "ii", "iii")]
    return words[-1].lower().strip(".,") if words else ""


def _same_speaker(name: str | None, kind: str) -> str:
    """Persons by surname; unnamed sources and media by all of the name."""
    if kind == "named":
        return _surname(name)
    return " ".join(w for w in (name or "").lower().split() if w not in ("the", "a", "an"))


# ------------------------------------------------------------------------------------------ naming

_MODIFIERS = frozenset(
    "defense defence foreign prime military party opposition government health finance interior justice border "
    "police security trade labor labour union army navy rebel separatist special armed civil culture nuclear top "
    "senior former new national state global local federal illegal undocumented peaceful violent deadly brutal "
    "bloody so-called".split()
)
_ADJECTIVE = re.compile(r"(?:al|ese|ish|ian|ic|ive|ous|ary|less|ful)$")
_LINKS = frozenset("in with on against over of".split())
# Actors and things shown at most, and names of each.
MOST_ACTORS, MOST_NAMES = 40, 6


def naming(found: list[Analysis], outlets: list[str], ids: list[str], pairs: list[Judged]) -> list[Row]:
    """What each outlet calls the same actors and things.

    ``kind``: "name" and "title" of people who speak, "label" for loaded labels (actor: their target), and "noun" for
    nouns of one concept where outlets choose different ones for the same thing ("war", "conflict", "issue"): they stand
    with the same name ("war in Ukraine", "the Ukrainian issue") or in passages that report the same. Counted outside
    quotation marks.
    """
    rows = [*_people(found, outlets, ids)]
    for k, a in enumerate(found):
        labels = Counter(
            (e.text.lower(), e.valence, e.target)
            for e in a.evidence
            if e.device == "loaded" and e.kind == "label" and e.voice == "narration"
        )
        for (name, valence, target), n in labels.most_common(8):
            rows.append(
                {"actor": target or "", "outlet": outlets[k], "id": ids[k], "name": name, "n": n}
                | {"kind": "label", "valence": valence}
            )
    return rows + _nouns(found, outlets, ids, pairs)


def _people(found: list[Analysis], outlets: list[str], ids: list[str]) -> list[Row]:
    people = {
        v.speaker
        for a in found
        for v in a.voices
        if v.speaker and len(v.speaker.split()) > 1 and v.speaker[0].isupper() and _ends_in_a_name(v.speaker)
    }
    actors = {_surname(p): p for p in sorted(people, key=lambda p: (len(p), p))}
    rows = []
    for k, a in enumerate(found):
        # One pass over the tokens: every run of capitalised words that ends in a surname we look for.
        text, tokens = a.article.text, a.reading.tokens
        names: dict[str, Counter[str]] = defaultdict(Counter)
        for t, w in enumerate(tokens.norm):
            if w in actors and tokens.text[t][:1].isupper():
                first = t
                while (
                    first > 0
                    and t - first < 4
                    and tokens.text[first - 1][:1].isupper()
                    and text[tokens.end[first - 1] : tokens.start[first]] == " "
                ):
                    first -= 1
                names[w][_LEAD.sub("", " ".join(text[tokens.start[first] : tokens.end[t]].split()))] += 1
        for surname, actor in sorted(actors.items()):
            for name, n in sorted(names[surname].items(), key=lambda x: (-x[1], x[0]))[:MOST_NAMES]:
                rows.append(
                    {"actor": actor, "outlet": outlets[k], "id": ids[k], "name": name, "n": n}
                    | {"kind": "name" if len(name.split()) <= 2 else "title", "valence": "0"}
                )
    return rows


def _ends_in_a_name(speaker: str) -> bool:
    """ "Chinese Defence Minister" and "Both ministers" are no names to look for."""
    last = speaker.split()[-1]
    return last[:1].isupper() and _surname(speaker).isalpha() and _surname(speaker) not in labels()


def _nouns(found: list[Analysis], outlets: list[str], ids: list[str], pairs: list[Judged]) -> list[Row]:
    used: dict[tuple[str, str], dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    heads: dict[tuple[str, str], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    shown: dict[str, str] = {}
    mentions = [list(_mentions(a)) for a in found]
    same = _coreferent(mentions, pairs)
    for k, mine in enumerate(mentions):
        for _, concept, head, label, anchor in mine:
            keys = [(concept, stem(anchor.lower()))] if anchor else []
            if (concept, head) in same:
                keys.append((concept, ""))
            for key in keys:
                used[key][k][label] += 1
                heads[key][k].add(head)
            if anchor:
                shown.setdefault(stem(anchor.lower()), anchor)
    # Telling: two articles do not use the same nouns for it.
    telling = [
        key for key, per in heads.items() if len(per) > 1 and any(a != b for a, b in combinations(per.values(), 2))
    ]
    telling.sort(key=lambda key: (-sum(c.total() for c in used[key].values()), key))
    rows = []
    for concept, anchor in telling[:MOST_ACTORS]:
        actor = f"{concept} ({shown[anchor]})" if anchor else concept
        for k, counter in sorted(used[concept, anchor].items()):
            for name, n in sorted(counter.items(), key=lambda x: (-x[1], x[0]))[:MOST_NAMES]:
                rows.append(
                    {"actor": actor, "outlet": outlets[k], "id": ids[k], "name": name, "n": n}
                    | {"kind": "noun", "valence": _valence(found[k], name)}
                )
    return rows


def _mentions(a: Analysis) -> Iterator[tuple[int, str, str, str, str]]:
    """(offset, concept, noun, noun with its modifier, name it stands with) outside quotation marks."""
    concepts, table = labels(), background()
    tokens = a.reading.tokens
    for t, w in enumerate(tokens.norm):
        concept = concepts.get(w)
        if concept is None or a.reading.voice_at(tokens.start[t]).voice == "direct":
            continue
        text = tokens.text
        if concept != "leader" and text[t][:1].isupper() and t and text[t - 1][:1].isupper() and text[t - 1].isalpha():
            continue  # part of a name: Conflict Armament Research
        first, anchor = t, ""
        while first and t - first < 4:
            w2, surface = tokens.norm[first - 1], text[first - 1]
            named = surface[:1].isupper() and surface.isalpha() and table.name_share(w2) > 0.5
            owner = w2 == "'s" and first > 1 and text[first - 2][:1].isupper()
            if not (named or owner or w2 in _MODIFIERS or (len(w2) > 4 and _ADJECTIVE.search(w2))):
                break
            first -= 1
            anchor = surface if named and w2 not in _MODIFIERS else anchor
        # What a war or an agreement is about tells it better than whose it is; a leader is somebody's.
        if (not anchor or concept != "leader") and t + 2 < len(tokens) and tokens.norm[t + 1] in _LINKS:
            after = t + 2 + (tokens.norm[t + 2] == "the")
            if after < len(tokens) and text[after][:1].isupper() and table.name_share(tokens.norm[after]) > 0.5:
                anchor = text[after]
        label = a.article.text[tokens.start[first] : tokens.end[t]]
        yield tokens.start[t], concept, _singular(w), " ".join(label.split()), anchor


def _coreferent(mentions: list[list[tuple[int, str, str, str, str]]], pairs: list[Judged]) -> set[tuple[str, str]]:
    """Nouns that stand for one another where two articles report the same."""
    out: set[tuple[str, str]] = set()
    for p in pairs:
        for m in p.matched:
            left: dict[str, set[str]] = defaultdict(set)
            right: dict[str, set[str]] = defaultdict(set)
            for side, k, u in ((left, p.i, m.a), (right, p.j, m.b)):
                for at, concept, head, *_ in mentions[k]:
                    if u.start <= at < u.end:
                        side[concept].add(head)
            for concept in left.keys() & right.keys():
                if not left[concept] & right[concept]:
                    out |= {(concept, head) for head in left[concept] | right[concept]}
    return out


def _singular(word: str) -> str:
    return word[:-3] + "man" if word.endswith("men") else stem(word)


def _valence(a: Analysis, name: str) -> str:
    """Sign of the noun where the article's evidence marks it as loaded."""
    return next((e.valence for e in a.evidence if e.device == "loaded" and e.text.lower() == name.lower()), "0")


# ------------------------------------------------------------------------------------------ targets


def targets(found: list[Analysis], outlets: list[str], ids: list[str]) -> list[Row]:
    """Loaded terms of an outlet's own voice by whom they are about. ``balance``: (positive - negative) / n.

    A person is one target across articles whether the text gives first name, title or surname.
    """
    marks = [
        (k, e)
        for k, a in enumerate(found)
        for e in a.evidence
        if e.device == "loaded" and e.voice == "narration" and e.target
    ]
    longest: dict[str, str] = {}
    for _, e in marks:
        key = _target_key(str(e.target))
        if len(str(e.target)) > len(longest.get(key, "")):
            longest[key] = str(e.target)
    per: dict[tuple[int, str], list[Evidence]] = defaultdict(list)
    for k, e in marks:
        per[k, longest[_target_key(str(e.target))]].append(e)
    rows = []
    for (k, target), mine in sorted(per.items()):
        plus, minus = sum(e.valence == "+" for e in mine), sum(e.valence == "-" for e in mine)
        rows.append(
            {"outlet": outlets[k], "id": ids[k], "target": target, "positive": plus, "negative": minus}
            | {"n": len(mine), "balance": (plus - minus) / len(mine), "terms": ", ".join(e.text for e in mine)}
        )
    return rows


def frames(found: list[Analysis], outlets: list[str], ids: list[str]) -> list[Row]:
    """Vocabulary shares of generic frames by article: what it talks about, in all voices."""
    return [{"outlet": outlets[k], "id": ids[k], **row} for k, a in enumerate(found) for row in a.frame_rows]


def _target_key(target: str) -> str:
    words = [w for w in target.split() if w.lower() not in ("the", "a", "an")]
    capital = [w for w in words if w[:1].isupper()]
    return _surname(capital[-1]) if capital else " ".join(words).lower()

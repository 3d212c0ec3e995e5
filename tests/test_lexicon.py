"""Word lists: the format, guards, matching, and that the shipped lists keep their own promises."""

from __future__ import annotations

from pathlib import Path

import pytest

import framing
from framing.article import Article
from framing.errors import LexiconError
from framing.lexicon import COLUMNS, Entry, Lexicon, Problem, check, compile_guard, fires, folder, load, parse
from framing.segment import sentences
from framing.tokens import tokenise

HEADER = "\t".join(COLUMNS)


def entry(text: str, pos: str = "x", guard: str = "", device: str = "loaded", kind: str = "phrase") -> Entry:
    return Entry(device, text, pos, kind, "-", "A", guard, (), (), "", "test.tsv:2")


def found(entries: list[Entry], text: str) -> list[str]:
    tokens = tokenise(text)
    rows = Lexicon(entries).scan(tokens, sentences(Article(text), tokens))
    return [text[tokens.start[m.first] : tokens.end[m.last - 1]] for ms in rows.values() for m in ms]


def write(folder: Path, *rows: str, name: str = "hedge.tsv", header: str = HEADER) -> Path:
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


BAD = {
    "": "entry is empty",
    "a  b\tx\tepistemic": "stray spaces",
    "may\tq\tepistemic": "pos 'q'",
    "may\tx\tguess": "not a kind of hedge",
    "may\tx\t": "kind",
    "may\tx\tepistemic\t?": "valence",
    "may\tx\tepistemic\t0\tZ": "grade",
    "may\tx\tepistemic\t0\tA\tnext~a": "not place=words",
    "may\tx\tepistemic\t0\tA\tbeside=a": "place 'beside'",
    "may\tx\tepistemic\t0\tA\tnext=@nothing": "class '@nothing'",
    "may\tx\tepistemic\t0\tA\tcase=odd": "case takes",
    "may\tx\tepistemic\t0\tA\t\t\t\t\textra": "target 'extra'",
    "may\tx\tepistemic\t0\tA\t\t\t\t\t\textra": "stray tab",
    "…\tx\tepistemic": "holds no word",
}


@pytest.mark.parametrize("row", [r for r in BAD if r and not r.startswith("…")])
def test_bad_row_is_named(tmp_path: Path, row: str) -> None:
    path = write(tmp_path, "maybe\tx\tepistemic\t0\tA", row)
    problems = [p for p in parse(path) if isinstance(p, Problem)]
    assert [p.where for p in problems] == ["hedge.tsv:3"]
    assert BAD[row] in problems[0].message
    with pytest.raises(LexiconError, match=r"hedge\.tsv:3"):
        load([tmp_path])


def test_bad_file(tmp_path: Path) -> None:
    path = tmp_path / "hedge.tsv"
    path.write_bytes(b"entry\tkind\n\xff\xfe\tepistemic\n")
    assert [p.where for p in parse(path) if isinstance(p, Problem)] == ["hedge.tsv:1"]
    assert "header lacks" in next(iter(parse(write(tmp_path, header="word\tsort")))).message  # type: ignore[union-attr]
    assert isinstance(next(iter(parse(tmp_path / "none.tsv"))), Problem)
    with pytest.raises(LexiconError, match="no such folder"):
        load([tmp_path / "none"])
    assert check(tmp_path / "none")[0].error


def test_check_finds_order_duplicates_and_examples(tmp_path: Path) -> None:
    write(
        tmp_path,
        "maybe\tx\tepistemic\t0\tA",
        "likely\tx\tepistemic\t0\tA",
        "likely\tx\tepistemic\t0\tA",
        "seem\tv\tepistemic\t0\tA\tnext=to",
        "zany\tx\tepistemic\t0\tA\t\tNothing here.\tA [zany] day.",
    )
    messages = [f"{p.where} {p.message}" for p in check(tmp_path) if p.error]
    assert any("hedge.tsv:3" in m and "out of order" in m for m in messages)
    assert any("hedge.tsv:4" in m and "stands already" in m for m in messages)
    assert any("hedge.tsv:5" in m and "needs a fire and a quiet example" in m for m in messages)
    assert any("hedge.tsv:6" in m and "does not fire" in m for m in messages)
    assert any("hedge.tsv:6" in m and "must be quiet" in m for m in messages)


def test_user_list_wins(tmp_path: Path) -> None:
    write(tmp_path, "perhaps\tr\tepistemic\t0\tX", "zorbly\tr\tepistemic\t0\tA")
    mine = load([tmp_path])
    assert fires(Lexicon([e for e in mine.entries if e.device == "hedge"]), "It was [zorbly] done.")
    assert not any(e.entry == "perhaps" for e in mine.entries)
    assert mine.sha256 != load().sha256


def test_longest_match_wins() -> None:
    entries = [entry("doomed"), entry("doomed to failure"), entry("failure")]
    assert found(entries, "It is doomed to failure.") == ["doomed to failure"]
    assert found(entries, "It is doomed to win.") == ["doomed"]
    assert found(entries, "It is doomed. To failure!") == ["doomed", "failure"]


def test_inflection() -> None:
    assert found([entry("slam", "v", kind="verb")], "He slams, slammed, is slamming and will slam it.") == [
        "slams", "slammed", "slamming", "slam",
    ]  # fmt: skip
    assert found([entry("thug", "n", kind="noun")], "A thug and two thugs.") == ["thug", "thugs"]
    assert found([entry("throw under the bus", "v")], "She threw under the bus whom she could.") == [
        "threw under the bus"
    ]
    assert found([entry("brutal", "a")], "Brutal brutally brutals.") == ["Brutal"]


def test_names_and_title_case() -> None:
    def marked(text: str) -> list[str]:
        return [e.text for e in framing.analyse(text).evidence if e.device == "loaded"]

    e = [entry("radical", "a")]
    assert found(e, "The radical plan failed.") == ["radical"]
    assert found(e, "The Radical Party lost two seats.") == []
    assert found(e, "Radical plans failed.") == ["Radical"]
    assert found(e, "Council Rejects Radical Plan Over Harbor Costs") == ["Radical"]
    assert found(e, "A non-radical plan.") == []
    assert found([entry("Dreamers")], "The Dreamers marched.") == ["Dreamers"]
    # A word that is a name in running text is one at the head of a sentence too, if it is nowhere written small.
    assert marked("An aide, Josh Earnest, spoke. Earnest said no.") == []
    assert marked("Earnest friends met.") == ["Earnest"]
    assert marked("An aide, Josh Earnest, spoke of earnest friends. Earnest said no.") == ["earnest", "Earnest"]
    assert found([entry("radical", "a", "case=any")], "The Radical Party lost two seats.") == ["Radical"]


@pytest.mark.parametrize(
    ("guard", "yes", "no"),
    [
        ("next=@quantity", "about 300 men", "about the men"),
        ("next!@det", "about men", "about the men"),
        ("prev=spoke", "spoke about it", "it is about it"),
        ("prev!@be", "it went about it", "it is about it"),
        ("prev2=he", "he spoke about it", "she spoke about it"),
        ("next2=men", "about ten men", "about men"),
        ("left=ship", "the ship came about", "the man came about"),
        ("right=ship", "about the old ship", "about the old man"),
        ("near!ship", "about the old man", "the ship came about"),
        ("sent=war", "about the old man and the long war", "about the old man"),
        ("next=@end", "it came about.", "about it all."),
        ("prev=@start", "About it all.", "it came about."),
        ("next=reg*", "about regimes", "about rulers"),
        ("next=@month", "about May", "about men"),
        ("next=@ly", "about newly built", "about new"),
        ("next=@neg", "about never", "about now"),
        ("next=@quote", "about “it", "about it"),
        ("next=ten prev!@pron", "men about ten", "he about ten"),
        ("case=lower", "it is about men", "it is About men"),
    ],
)
def test_guards(guard: str, yes: str, no: str) -> None:
    assert found([entry("about", guard=guard)], yes)
    assert not found([entry("about", guard=guard)], no)


def test_guard_stays_in_its_sentence() -> None:
    assert found([entry("about", guard="right!war")], "It came about. War followed.") == ["about"]


def test_bad_guard() -> None:
    assert compile_guard("") is None
    with pytest.raises(LexiconError, match="here:7"):
        compile_guard("nowhere=a", "here:7")


def test_shipped_lists_are_clean() -> None:
    """No errors: format, order, no duplicates, and every entry's fire and quiet examples hold."""
    assert [f"{p.where}: {p.message}" for p in check(folder()) if p.error] == []


@pytest.mark.parametrize(
    ("device", "least"), [("hedge", 150), ("booster", 200), ("loaded", 1500), ("attribution", 250), ("vouch", 30)]
)
def test_shipped_sizes(device: str, least: int) -> None:
    assert sum(e.device == device for e in load().entries) >= least


def test_load_is_cached_and_wide_is_wider() -> None:
    assert load() is load()
    assert len(load(wide=True).entries) >= len(load().entries)
    assert all(e.grade in "AB" for e in load().entries)
    assert load(wide=True).sha256 != load().sha256


def test_star_takes_the_word_joined_by_a_hyphen() -> None:
    entries = [entry("*-obsessed", "a"), entry("pseudo-*", "a"), entry("drug-addled", "a")]
    assert found(entries, "A ratings-obsessed, pseudo-clever host.") == ["ratings-obsessed", "pseudo-clever"]
    assert found(entries, "He is obsessed. He was - obsessed. Pseudo - clever.") == []
    assert found([*entries, entry("*-addled", "a")], "A drug-addled man; a power-addled one.") == [
        "drug-addled",
        "power-addled",
    ]
    assert found([entry("*-obsessed", "a")], "-obsessed with it") == []


@pytest.mark.parametrize("bad", ["*obsessed", "* obsessed", "a*b", "*", "*-*", "pseudo*"])
def test_star_stands_only_beside_a_hyphen(tmp_path: Path, bad: str) -> None:
    path = write(tmp_path, f"{bad}\tx\tepistemic\t0\tA")
    (problem,) = [p for p in parse(path) if isinstance(p, Problem)]
    assert "*" in problem.message


def test_sides_are_level() -> None:
    """What the left is called and what the right is called: as many terms, as sure, of the same sign."""
    names = [e for e in parse(folder() / "vocabulary" / "sides.tsv") if isinstance(e, Entry)]
    loaded = {e.entry: e for e in load(wide=True).entries if e.device == "loaded"}
    by_name = {e.entry: e for e in names}
    assert len(names) >= 100
    for e in names:
        other = by_name[e.note.removeprefix("counterpart=")]
        assert other.note == f"counterpart={e.entry}"
        assert {e.kind, other.kind} == {"left", "right"}
        mine, theirs = loaded[e.entry], loaded[other.entry]
        assert mine.valence == theirs.valence == "-"
        assert (mine.grade in "AB") == (theirs.grade in "AB"), f"{e.entry} and {other.entry}"
    sides = {kind: [loaded[e.entry] for e in names if e.kind == kind] for kind in ("left", "right")}
    assert len(sides["left"]) == len(sides["right"])
    sure = {kind: sum(e.grade == "A" for e in rows) for kind, rows in sides.items()}
    assert abs(sure["left"] - sure["right"]) <= 0.2 * len(sides["left"])
    guarded = {kind: sum(bool(e.guard) for e in rows) for kind, rows in sides.items()}
    assert abs(guarded["left"] - guarded["right"]) <= 0.2 * len(sides["left"])


@pytest.mark.parametrize("device", ["loaded", "hedge", "booster", "vouch"])
def test_entries_fire_in_every_form(device: str) -> None:
    """An entry without a guard fires in each of its forms, alone in a sentence."""
    from framing.inflection import forms

    entries = [e for e in load(wide=True).entries if e.device == device and not e.guard]
    assert entries
    for e in entries:
        alone = Lexicon([e])
        for form in forms(e.entry.replace("*", "word"), e.pos):
            tokens = tokenise(f"They {form} there.")
            assert alone.scan(tokens)[device], f"{e.where}: {form}"


def test_guarded_entries_have_fire_and_quiet() -> None:
    """Every guard of every list has a sentence in which it fires and one in which it must not."""
    places = (folder(), folder() / "vocabulary")
    rows = [e for place in places for path in sorted(place.glob("*.tsv")) for e in parse(path) if isinstance(e, Entry)]
    guarded = [e for e in rows if e.guard and e.grade != "X"]
    assert len(guarded) > 300
    assert not [e.where for e in guarded if not (e.fire and e.quiet)]

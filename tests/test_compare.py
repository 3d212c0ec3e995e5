from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import sample_articles

import framing
from framing import Article, Evidence
from framing.compare import COLUMNS, TABLES, Comparison, compare
from framing.errors import InputError, UsageError
from framing.report.summary import lines
from framing.score import MEASURES

EXPECTED = COLUMNS | {
    "scores": tuple(m.name + end for m in MEASURES for end in ("", "_low", "_high")),
    "evidence": ("article", "outlet", *(f.name for f in fields(Evidence))),
}
# Our own words, made to hold one thing each.
COUNCIL = (
    "Council closes the river bridge\n\nThe town council closed the old river bridge on Tuesday after engineers found "
    "cracks in two of its pillars. Mayor Ada Brenner told the Daily Gazette that repairs would cost four million "
    "crowns and take nine months.\n\n“We will not gamble with lives,” Brenner said. Officials said the ferry would run "
    "every twenty minutes until then. Shop owners in Mill Street fear that customers will stay away.\n"
)
BRIDGE = (
    "Bridge shut for nine months, bill put at four million\n\n"
    "Cracks in two pillars have forced the old river bridge to "
    "close, the town council said on Tuesday. Repairs will take nine months and cost four million crowns, according to "
    "a report by the Northern Wire. Mayor Ada Brenner claimed she would not gamble with lives. A ferry is to run "
    "every twenty minutes. The opposition called the closure a fiasco.\n"
)
GARDEN = (
    "How to grow tomatoes on a balcony\n\nTomatoes want sun, and a balcony that faces south gives them plenty. "
    "Choose a deep pot and water in the morning. Feed the plants once a week from June. "
    "Pinch out side shoots, and tie the stem "
    "to a cane when it grows taller than your knee. Basil makes a good neighbour.\n"
)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(sample_articles.articles()[:2], resamples=200, seed=1)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {a.id or "": a.text for a in sample_articles.articles()}


@pytest.mark.parametrize("name", TABLES)
def test_columns(comparison: Comparison, name: str) -> None:
    table = getattr(comparison, name)
    assert [c for c in EXPECTED[name] if c not in table.columns] == []
    assert table.columns.is_unique


def test_articles_and_scores(comparison: Comparison) -> None:
    articles = sample_articles.articles()[:2]
    assert list(comparison.articles["article"]) == [0, 1]
    assert list(comparison.articles["id"]) == [a.id for a in articles]
    assert list(comparison.scores.index) == list(comparison.articles["outlet"]) == [a.outlet for a in articles]
    for article, (_, row) in zip(articles, comparison.scores.iterrows()):
        values = framing.analyse(article).values
        assert all(
            row[k] == v if isinstance(v, str) else sample_articles.same(float(row[k]), v) for k, v in values.items()
        )


def test_offsets(comparison: Comparison, texts: dict[str, str]) -> None:
    full = comparison.texts
    assert full == [texts[i] for i in comparison.articles["id"]]
    for name in ("evidence", "sentences"):
        table = getattr(comparison, name)
        assert len(table)
        for row in table.itertuples():
            assert full[row.article][row.start : row.end] == row.text
    assert len(comparison.alignment)
    for row in comparison.alignment.itertuples():
        assert texts[row.a_id][row.a_start : row.a_end] == row.a_text
        assert texts[row.b_id][row.b_start : row.b_end] == row.b_text
        assert row.a_id != row.b_id
    for name in ("only", "asides"):
        for row in getattr(comparison, name).itertuples():
            assert texts[row.id][row.start : row.end] == row.text
    shifts = comparison.voice_shifts
    assert (shifts["a_voice"] != shifts["b_voice"]).all()


def test_voices_cover_each_text(comparison: Comparison) -> None:
    for k, text in enumerate(comparison.texts):
        mine = comparison.voices[comparison.voices["article"] == k]
        last = 0
        for row in mine.itertuples():
            assert not text[last : row.start].strip()
            assert row.start >= last
            last = row.end
        assert not text[last:].strip()


def test_differences_agree_with_the_scores(comparison: Comparison) -> None:
    a, b = comparison.scores.index
    rows = comparison.differences.set_index("measure")
    assert {m.name for m in MEASURES} <= set(rows.index)
    for measure in MEASURES:
        row = rows.loc[measure.name]
        assert (row["a"], row["b"]) == (a, b)
        assert row["value_a"] == pytest.approx(comparison.scores.loc[a, measure.name])
        assert row["value_b"] == pytest.approx(comparison.scores.loc[b, measure.name])
        assert abs(row["difference"]) == pytest.approx(abs(row["value_a"] - row["value_b"]))
        assert row["low"] <= row["high"]


def test_save_and_load(comparison: Comparison, tmp_path: Path) -> None:
    comparison.save(tmp_path / "out")
    back = Comparison.load(tmp_path / "out")
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(back, name), getattr(comparison, name), check_column_type=False)
        assert (tmp_path / "out" / f"{name}.csv").is_file()
    assert back.texts == comparison.texts
    assert back.notes == comparison.notes
    assert back.meta == comparison.meta
    assert back.signature == comparison.signature
    assert json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["signature"] == comparison.signature


def test_save_says_that_a_file_is_in_the_way(comparison: Comparison, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x", "utf-8")
    with pytest.raises(InputError, match="a file stands where"):
        comparison.save(tmp_path / "taken")


def test_load_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a saved comparison"):
        Comparison.load(tmp_path)


def test_csv_cells_run_no_formula(tmp_path: Path) -> None:
    a, b = sample_articles.articles()[:2]
    found = compare([Article(a.text, outlet="=1+1"), Article(b.text, outlet="@b")], resamples=20)
    found.save(tmp_path)
    for path in tmp_path.glob("*.csv"):
        cells = pd.read_csv(path, dtype=str, keep_default_na=False)
        assert not cells.map(lambda c: c[:1] in ("=", "@")).any(axis=None)
    assert list(Comparison.load(tmp_path).scores.index) == ["=1+1", "@b"]


def test_same_seed_same_result(comparison: Comparison) -> None:
    again = compare(sample_articles.articles()[:2], resamples=200, seed=1)
    pd.testing.assert_frame_equal(again.differences, comparison.differences)
    pd.testing.assert_frame_equal(again.alignment, comparison.alignment)
    assert again.signature == comparison.signature


def test_duplicates_are_noted() -> None:
    article = sample_articles.articles()[0]
    twin = Article(article.text, outlet="Twin", id="twin")
    found = compare([article, twin], resamples=20)
    assert any("Twin" in note for note in found.notes)
    assert list(found.pairs["kind"]) == ["same text"]
    assert len(found.alignment) == len(found.only) == 0
    assert len(compare([article, article], resamples=20).scores.index.unique()) == 2


def test_a_syndicated_copy_is_said_and_not_compared() -> None:
    copy = COUNCIL.replace("\n\nThe town", "\n\nRIVERTON (Agency) - The town") + "Read more in our weekend edition.\n"
    found = compare(
        [Article(COUNCIL, outlet="A"), Article(copy, outlet="B"), Article(BRIDGE, outlet="C")], resamples=20
    )
    assert list(found.pairs["kind"]) == ["syndicated", "reports", "reports"]
    assert any("word for word" in note and "A and B" in note for note in found.notes)
    assert ["A", "B"] not in found.alignment[["a_outlet", "b_outlet"]].to_numpy().tolist()
    assert {"A", "B"} <= set(found.alignment["a_outlet"])


def test_different_things_are_said_with_their_similarity() -> None:
    found = compare([Article(COUNCIL, outlet="A"), Article(GARDEN, outlet="B")], resamples=20)
    assert list(found.pairs["kind"]) == ["different"]
    assert any(f"similarity {found.pairs['similarity'][0]:.2f}" in note for note in found.notes)
    assert len(found.alignment) == len(found.voice_shifts) == len(found.only) == 0
    said = lines(found)
    assert said[0] == "A and B: about different things."
    assert any("not compared" in line for line in said)


def test_short_and_unrelated_are_noted() -> None:
    found = compare(
        [Article("The council met in the hall.", outlet="A"), Article("Rain fell on Sunday.", outlet="B")], resamples=20
    )
    assert len(found.notes) >= 2


def test_another_language_is_noted() -> None:
    text = "Der Rat der Stadt hat am Dienstag die alte Brücke geschlossen, weil zwei Pfeiler Risse haben. " * 6
    found = compare([Article(COUNCIL, outlet="A"), Article(text, outlet="B")], resamples=20)
    assert any("B does not look like English" in note for note in found.notes)


def test_what_is_aligned_shifted_and_second_hand() -> None:
    found = compare([Article(COUNCIL, outlet="A", id="a"), Article(BRIDGE, outlet="B", id="b")], resamples=20)
    gamble = found.voice_shifts[found.voice_shifts["a_text"].str.contains("gamble")]
    assert list(gamble["shift"]) == ["direct → indirect"]
    assert list(gamble["steps"]) == [1]
    pair = found.alignment[found.alignment["a_text"].str.contains("gamble")].iloc[0]
    assert "said → claimed" in pair["replaced"]
    assert "+ attribution:doubt “claimed”" in pair["devices"]
    only = found.only.set_index("outlet")["text"]
    assert only["A"].startswith("Shop owners")
    assert only["B"].startswith("The opposition")
    via = found.sources.loc[found.sources["words_second_hand"] > 0, ["outlet", "via"]].to_numpy().tolist()
    assert ["A", "Daily Gazette"] in via
    assert any(o == "B" and "Northern Wire" in v for o, v in via)
    kinds = found.sources.set_index("speaker")["kind"]
    assert kinds["Officials"] == "unnamed"
    assert kinds["Ada Brenner"].iloc[0] == "named"


def test_naming_tells_labels_of_one_thing_apart() -> None:
    a = "Riots spread\n\nThe riot in Varna went on for a third night. The Varna riot left two people hurt."
    b = "Protests go on\n\nThe protest in Varna went on for a third night. Two people were hurt at the protest."
    found = compare([Article(a, outlet="A"), Article(b, outlet="B")], resamples=20).naming
    mine = found[found["actor"] == "protest (Varna)"]
    assert dict(zip(mine["outlet"], mine["name"].str.lower(), strict=False)).keys() == {"A", "B"}
    assert all("riot" in n for n in mine.loc[mine["outlet"] == "A", "name"].str.lower())
    assert all("protest" in n for n in mine.loc[mine["outlet"] == "B", "name"].str.lower())


def test_an_office_is_no_surname() -> None:
    a = "The talks ended. Varnish Defence Minister Ada Lorne said the line would hold. Lorne smiled."
    b = "The talks ended. Both Defence Ministers said the line would hold. Lorne promised that it would be short."
    found = compare([Article(a, outlet="A"), Article(b, outlet="B")], resamples=20).naming
    people = found[found["kind"].isin(["name", "title"])]
    assert set(people["actor"].str.split().str[-1]) == {"Lorne"}
    assert set(people["outlet"]) == {"A", "B"}


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [("several residents", True), ("One analyst", True), ("a person close to the talks", True),
     ("climate scientists", True), ("many doctors", True), ("the union", False),
     ("Ada Lorne", False), ("residents of Varn", False), (None, False)],
)  # fmt: skip
def test_unnamed_sources(speaker: str | None, expected: bool) -> None:
    from framing.compare.people import unnamed

    assert unnamed(speaker) is expected


def test_sensitivity_takes_doubtful_attributions_the_other_way() -> None:
    plain = framing.analyse(Article(COUNCIL, outlet="A"))
    doubted = [replace(v, confidence=0.3) if v.voice == "direct" else replace(v, confidence=1.0) for v in plain.voices]
    plain.reading.voices = doubted
    found = compare([plain, Article(BRIDGE, outlet="B")], resamples=20)
    rows = found.sensitivity.set_index(["outlet", "measure"])
    share = rows.loc[("A", "share_direct")]
    assert share["value"] > 0
    assert share["other_way"] == 0
    assert share["n_spans"] == 1
    assert share["words"] == 6
    own = rows.loc[("A", "share_narration")]
    assert own["other_way"] == pytest.approx(own["value"] + share["value"])
    line = found.sensitivity_lines()[0]
    assert line.startswith("A: one attribution (6 words) less than 77% sure")
    assert f"If voices are wrong: {line}" in lines(found)


def test_an_attribution_is_doubtful_where_the_unsure_hold_as_many_words_as_are_wrong() -> None:
    from framing.evaluate.doubtful import threshold

    # Ten words are wrong in all: the spans of .6 and .7 hold eight, those of .8 as many again.
    assert threshold({0.6: [1, 0, 4, 1], 0.7: [1, 1, 4, 3], 0.8: [2, 1, 8, 4], 0.9: [5, 5, 50, 48]}) == 0.8
    assert threshold({0.9: [1, 0, 4, 0]}) == 1.0


def test_doubtful_attributions_are_measured_on_records(tmp_path: Path) -> None:
    from framing.evaluate import doubtful

    text = "The mayor said that the bridge was safe."
    record = {
        "text": text,
        "publisher": "x",
        "attributions": [{"content": [[15, 39]], "cue": [[10, 14]], "source": [[0, 9]]}],
    }
    (tmp_path / "p.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    figures = doubtful.evaluate(tmp_path / "p.jsonl").figures
    assert figures["attributed spans"] == 1
    assert figures["words wrong"] == 0
    with pytest.raises(InputError):
        doubtful.evaluate(tmp_path / "none.jsonl")


def test_detectable_ratio_and_clustering_are_given(comparison: Comparison) -> None:
    rows = comparison.differences.set_index("measure")
    booster = rows.loc["booster"]
    assert booster["detectable"] > 1
    assert booster["dispersion"] > 0
    assert rows.loc["share_direct", ["ratio", "detectable"]].isna().all()


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two(n: int) -> None:
    with pytest.raises(UsageError, match="two or more"):
        compare(sample_articles.articles()[:n])


@pytest.mark.parametrize("call", [framing.compare, framing.compare_events, framing.score])
def test_one_text_in_place_of_articles_is_refused(call: Callable[[Any], Any]) -> None:
    for wrong in (COUNCIL, b"bytes", Article(COUNCIL)):
        with pytest.raises(UsageError, match="a list of texts or Articles"):
            call(wrong)


@pytest.mark.parametrize("call", [framing.compare, framing.compare_events])
def test_paths_and_other_things_are_no_articles(call: Callable[[Any], Any], tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(COUNCIL, "utf-8")
    with pytest.raises(UsageError, match="is a file: read it with framing"):
        call([COUNCIL, str(file)])
    for wrong in (None, 3, {"text": COUNCIL}):
        with pytest.raises(UsageError, match=f"not {type(wrong).__name__}"):
            call([COUNCIL, wrong])
    with pytest.raises(UsageError, match="resamples must be 1 or more"):
        compare([COUNCIL, BRIDGE], resamples=0)


@pytest.mark.parametrize(
    ("ident", "label"),
    [("harbor-standard", "harbor-standard"), ("000_bc1386aee0be5717", "Article 1"), ("2024-11", "Article 1"),
     ("f3a9c1d2-0000-4a1b", "Article 1"), ("facade-papers", "facade-papers"), ("wire2", "wire2")],
)  # fmt: skip
def test_an_article_without_outlet_is_called_by_a_name_people_can_read(ident: str, label: str) -> None:
    a = Article(text="The council met. It adjourned.", id=ident)
    b = Article(text="The council met and then adjourned.", id="b", outlet="b")
    assert list(compare([a, b], resamples=100).scores.index) == [label, "b"]


def test_judged_pairs_are_sound() -> None:
    from framing.evaluate import alignment

    rows = [json.loads(line) for line in alignment.JUDGED.read_text("utf-8").splitlines()]
    assert len({(r["event"], r["a"], r["b"]) for r in rows}) == 78
    assert all(0 <= r["a_start"] < r["a_end"] and 0 <= r["b_start"] < r["b_end"] for r in rows)
    assert "text" not in rows[0]


def test_alignment_is_evaluated_on_articles_that_are_there(tmp_path: Path) -> None:
    from framing.evaluate import alignment

    (tmp_path / "events.jsonl").write_text('{"event": "x", "articles": []}\n', "utf-8")
    with pytest.raises(InputError, match="holds no articles"):
        alignment.evaluate(tmp_path / "events.jsonl")
    with pytest.raises(InputError, match="no same-event groups"):
        alignment.evaluate(tmp_path / "none.jsonl")


def test_weights_fit_what_they_weigh() -> None:
    from framing import align

    weights = align.load_weights()
    assert (len(weights.first), len(weights.second)) == (len(align.FEATURES), len(align.SUPPORT))
    a, b = (framing.analyse(Article(t)) for t in (COUNCIL, BRIDGE))
    ua, ub = align.units(a), align.units(b)
    found = align.features(ua, ub)
    assert found
    assert all(len(v) == len(align.FEATURES) for v in found.values())
    likely = align.judge(ua, ub)
    assert likely.keys() == found.keys()
    assert {(j, i): round(p, 9) for (i, j), p in likely.items()} == {
        k: round(p, 9) for k, p in align.judge(ub, ua).items()
    }


def test_the_second_look_prefers_the_better_of_two_rivals_and_pairs_in_step() -> None:
    from framing import align

    a, b = (align.units(framing.analyse(Article(t))) for t in (COUNCIL, BRIDGE))
    alone = align.support({(0, 0): 0.4}, a, b)[0, 0]
    rivalled = align.support({(0, 0): 0.4, (0, 1): 0.9}, a, b)[0, 0]
    in_step = align.support({(0, 0): 0.4, (1, 1): 0.9}, a, b)[0, 0]
    rival, step = align.SUPPORT.index("rival"), align.SUPPORT.index("in step")
    assert rivalled[rival] < 0 < alone[rival]
    assert in_step[step] == pytest.approx(0.9)
    assert alone[step] == 0.0


def test_furniture_of_a_page_is_no_report() -> None:
    from framing import align

    text = (
        "FILE PHOTO: The harbour bridge at dawn in the city of Varn, June 2021.\n\n"
        "The harbour bridge of Varn closed after engineers found cracks in two piers.\n\n"
        "— Ada Lorne (@adalorne) June 3, 2021"
    )
    found = align.units(framing.analyse(Article(text)))
    assert [text[u.start : u.end].split()[0] for u in found] == ["The"]


def test_articles_in_different_languages_are_not_called_unlike() -> None:
    german = (
        "Der Stadtrat von Varn hat am Dienstag die Hafenbrücke geschlossen. Ingenieure fanden Risse in zwei Pfeilern. "
        "„Die Brücke ist nicht sicher“, sagte die Bürgermeisterin. Die Reparatur dauert nach Angaben der Stadt zwei "
        "Jahre und kostet vierzig Millionen. Viele Händler fürchten um ihre Kundschaft, weil der Umweg lang ist."
    )
    found = compare([Article(COUNCIL, outlet="A"), Article(german, outlet="B")], resamples=20)
    assert list(found.pairs["kind"]) == ["languages"]
    assert len(found.alignment) == 0
    assert any("in different languages" in note for note in found.notes)
    assert not any("different things" in note for note in found.notes)
    assert lines(found)[0] == "A and B: in different languages."
    both = compare(
        [Article(german, outlet="A"), Article(german.replace("Dienstag", "Montag"), outlet="B")], resamples=20
    )
    assert "languages" not in set(both.pairs["kind"])


def test_forty_outlets() -> None:
    rng = random.Random(0)
    lines = [s for s in (COUNCIL + BRIDGE).replace("\n\n", "\n").splitlines() if s]
    sentences = [s.strip() + "." for line in lines for s in line.split(". ") if len(s) > 30]
    articles = [Article("\n".join(rng.sample(sentences, 6)), outlet=f"Outlet {k}") for k in range(40)]
    found = compare(articles, resamples=20)
    assert len(found.pairs) == 780
    assert len(found.scores) == 40
    assert sum("own words" in note for note in found.notes) == 1  # one line for all of them
    apart = compare(
        [Article(COUNCIL, outlet="A"), *(Article(f"Gulls {k} circled a lamp. " * 9, outlet=f"B{k}") for k in range(5))],
        resamples=20,
    )
    assert any("5 of 15 pairs of articles are about different things" in note for note in apart.notes)


def test_ten_words_and_nothing() -> None:
    short = Article("The council closed the old river bridge on Tuesday evening.", outlet="S")
    found = compare([short, Article(COUNCIL, outlet="A"), Article(" ", outlet="E")], resamples=20)
    assert any("S has only" in n for n in found.notes)
    assert found.scores.loc["S", "status"] == "not scored"
    assert np.isnan(found.differences.set_index(["measure", "a", "b"]).loc[("loaded", "S", "A"), "difference"])

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest
import sample_articles

import framing
from framing import Article, Evidence
from framing.compare import COLUMNS, TABLES, Comparison, compare
from framing.errors import InputError, UsageError
from framing.score import MEASURES

EXPECTED = COLUMNS | {
    "articles": (
        "article", "id", "outlet", "title", "published", "source", "words", "words_narration", "words_direct",
        "words_indirect", "sentences", "status",
    ),
    "scores": tuple(m.name + end for m in MEASURES for end in ("", "_low", "_high")),
    "evidence": ("article", "outlet", *(f.name for f in fields(Evidence))),
    "sentences": (
        "article", "outlet", "index", "start", "end", "headline", "paragraph", "words_narration", "words_direct",
        "words_indirect", "opinion", "text",
    ),
    "voices": ("article", "outlet", "start", "end", "voice", "speaker", "cue", "confidence", "words"),
    "differences": (
        "measure", "label", "unit", "a", "b", "value_a", "low_a", "high_a", "value_b", "low_b", "high_b", "difference",
        "low", "high", "ratio", "ratio_low", "ratio_high", "method", "note",
    ),
}  # fmt: skip


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
    assert len(compare([article, article], resamples=20).scores.index.unique()) == 2


def test_short_and_unrelated_are_noted() -> None:
    found = compare(
        [Article("The council met in the hall.", outlet="A"), Article("Rain fell on Sunday.", outlet="B")], resamples=20
    )
    assert len(found.notes) >= 2


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two(n: int) -> None:
    with pytest.raises(UsageError, match="two or more"):
        compare(sample_articles.articles()[:n])


@pytest.mark.parametrize(
    ("ident", "label"),
    [("harbor-standard", "harbor-standard"), ("000_bc1386aee0be5717", "Article 1"), ("2024-11", "Article 1"),
     ("f3a9c1d2-0000-4a1b", "Article 1"), ("facade-papers", "facade-papers"), ("wire2", "wire2")],
)  # fmt: skip
def test_an_article_without_outlet_is_called_by_a_name_people_can_read(ident: str, label: str) -> None:
    a = Article(text="The council met. It adjourned.", id=ident)
    b = Article(text="The council met and then adjourned.", id="b", outlet="b")
    assert list(compare([a, b], resamples=100).scores.index) == [label, "b"]

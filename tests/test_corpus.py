"""Many events: tables, folders, and statistics that keep their promises on simulated outlets."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sample_articles

from framing import Article
from framing.corpus import (
    COLUMNS,
    PRIMARY,
    QUOTIENTS,
    TABLES,
    CorpusComparison,
    compare_events,
    pairwise_tests,
    profile,
)
from framing.errors import InputError, UsageError
from framing.score import PER

EVENTS = sorted(p.name for p in sample_articles.SAMPLES.iterdir() if p.is_dir())


@pytest.fixture(scope="module")
def study() -> CorpusComparison:
    articles = [a for e in EVENTS for a in sample_articles.articles(e)]
    return compare_events(
        [*articles, Article("Rain fell on the hills.", outlet="Brook")], resamples=200, permutations=999
    )


def simulated(events: int, outlets: int, effect: float = 1.0, seed: int = 0, cover: float = 0.7) -> pd.DataFrame:
    """Articles with event effects and over-dispersed loaded terms; the last outlet's rate is times ``effect``."""
    rng = np.random.default_rng(seed)
    rows = []
    for e in range(events):
        base = 0.01 * rng.gamma(2.0, 0.5)
        for o in range(outlets):
            if rng.random() > cover:
                continue
            words = int(rng.integers(200, 900))
            rate = base * (effect if o == outlets - 1 else 1.0) * rng.gamma(4.0, 0.25)
            rows.append({"event": f"e{e}", "outlet": f"o{o}", "compared": True, "words": 2.0 * words}
                        | {"words_narration": float(words), "n_loaded": float(rng.poisson(rate * words))})  # fmt: skip
    table = pd.DataFrame(rows)
    for q in QUOTIENTS:
        for c in (q.top, q.bottom):
            if c not in table:
                table[c] = 0.0
    return table


def test_tables(study: CorpusComparison) -> None:
    for name in TABLES:
        assert tuple(getattr(study, name).columns) == COLUMNS[name]
    assert len(study.articles) == sum(study.events["n_articles"])
    compared = study.events[study.events["compared"]]
    assert len(compared) == len(EVENTS)
    assert sorted(compared["slug"]) == sorted(study.comparisons)
    single = study.events[~study.events["compared"]]
    assert single["slug"].isna().all()
    assert (single["n_articles"] == 1).all()


def test_articles_hold_what_the_comparisons_counted(study: CorpusComparison) -> None:
    for row in study.articles[study.articles["compared"]].itertuples():
        scores = study.comparisons[row.slug].scores.loc[row.outlet]
        assert row.n_loaded == scores["n_loaded"]
        assert row.words_direct == scores["words_direct"]
        assert row.sum_opinion == pytest.approx(scores["opinion"] * scores["n_narration_sentences"])


def test_profiles_are_recomputed_from_the_articles(study: CorpusComparison) -> None:
    mine = study.articles[study.articles["compared"]].groupby("outlet")[["n_loaded", "words_narration"]].sum()
    rows = study.profiles[study.profiles["measure"] == "loaded"].set_index("outlet")
    assert sorted(rows.index) == sorted(mine.index)
    for outlet, row in rows.iterrows():
        assert row["rate"] == pytest.approx(PER * mine.loc[outlet, "n_loaded"] / mine.loc[outlet, "words_narration"])
        assert row["low"] <= row["rate"] <= row["high"]
    assert study.profiles.groupby(["outlet", "measure"]).size().max() == 1


def test_saved_and_loaded_is_equal(study: CorpusComparison, tmp_path: Path) -> None:
    study.save(tmp_path / "out")
    back = CorpusComparison.load(tmp_path / "out")
    assert back == study
    assert dict(back.comparisons) == dict(study.comparisons)
    assert json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))["signature"] == study.signature
    with pytest.raises(InputError, match="not saved events"):
        CorpusComparison.load(tmp_path)


@pytest.mark.parametrize("slug", ["../elsewhere", "/etc", "..", "", "a/b"])
def test_saved_folder_points_nowhere_else(study: CorpusComparison, tmp_path: Path, slug: str) -> None:
    study.save(tmp_path, comparisons=False)
    path = tmp_path / "manifest.json"
    manifest = json.loads(path.read_text("utf-8")) | {"compared": [slug]}
    path.write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(InputError, match="must lie inside"):
        CorpusComparison.load(tmp_path)


def test_wrong_use() -> None:
    with pytest.raises(UsageError, match="no measure 'slant'"):
        compare_events([], primary=["slant"])
    empty = compare_events([])
    assert all(len(getattr(empty, name)) == 0 for name in TABLES)
    assert any("nothing to compare" in n for n in empty.notes)


def test_holm_for_primary_and_bh_for_the_rest() -> None:
    tests, notes = pairwise_tests(simulated(30, 3), resamples=200, permutations=999)
    assert set(tests.loc[tests["primary"], "measure"]) == set(PRIMARY)
    assert set(tests.loc[tests["primary"], "adjustment"]) == {"Holm"}
    assert set(tests.loc[~tests["primary"], "adjustment"]) == {"Benjamini-Hochberg"}
    known = tests[tests["p"].notna()]
    assert (known["p_adjusted"] >= known["p"]).all()
    assert notes == []
    few, notes = pairwise_tests(simulated(5, 2, cover=1.0), resamples=200)
    assert len(few) == 0
    assert "fewer than 6 events" in notes[0]


def test_a_real_difference_is_found_and_measured() -> None:
    table = simulated(80, 4, effect=1.8, seed=3)
    tests, _ = pairwise_tests(table, resamples=500, permutations=4999)
    row = tests[(tests["outlet_a"] == "o0") & (tests["outlet_b"] == "o3")].set_index("measure").loc["loaded"]
    assert row["p"] < 0.01
    assert row["low"] < 1.8 < row["high"]
    assert row["delta"] > 0
    assert 1 < row["detectable"] < 1.8
    profiles = profile(table, resamples=200, permutations=4999).set_index(["outlet", "measure"])
    ours, theirs = profiles.loc["o3", "loaded"], profiles.loc["o0", "loaded"]
    assert ours["adjusted"] / theirs["adjusted"] == pytest.approx(1.8, rel=0.35)
    assert ours["adjusted_low"] > theirs["adjusted"]
    assert ours["ratio_low"] < 1.8 < ours["ratio_high"]
    assert ours["p"] < 0.01
    assert theirs["p"] > 0.01
    assert profiles["p_adjusted"].dropna().ge(profiles["p"].dropna()).all()


def test_one_article_missing_dates_and_no_outlet() -> None:
    text = sample_articles.articles(EVENTS[0])[0].text
    one = compare_events([Article(text, outlet="A")], resamples=100, permutations=99)
    assert list(one.events["compared"]) == [False]
    assert len(one.profiles) == len(one.tests) == 0
    three = sample_articles.articles(EVENTS[0])[:3]
    dates = (None, "not a date", "2024-13-45")
    bare = [Article(a.text, outlet=o, published=d) for a, o, d in zip(three, ("A", None, "C"), dates, strict=True)]
    found = compare_events(bare, resamples=100, permutations=99)
    assert list(found.events["n_articles"]) == [3]
    assert any("3 of 3 articles have no date that can be read" in n for n in found.notes)
    assert any("1 of 3 articles names no outlet: it is" in n for n in found.notes)
    assert sorted(set(found.profiles["outlet"])) == ["A", "C"]


def test_copies_are_listed_and_left_out() -> None:
    a, b = sample_articles.articles(EVENTS[0])[:2]
    copy = Article(a.text.rstrip().rsplit("\n", 1)[0], outlet="Echo", published=a.published)
    found = compare_events([a, b, copy], resamples=100, permutations=99)
    row = found.articles.iloc[2]
    assert (row["copy_of"], row["copy_kind"], row["compared"]) == (0, "syndicated", False)
    assert "Echo" not in set(found.profiles["outlet"])
    assert any("1 article copies another one" in n for n in found.notes)

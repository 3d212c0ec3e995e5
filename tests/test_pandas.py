"""Frames in, frames out, aligned by index."""

from __future__ import annotations

import pandas as pd
import pytest

import framing
from framing.pandas import evidence_frame, score_frame

ANGRY = "The brutal regime slammed its reckless foes in a shameful onslaught on Monday. " * 12
PLAIN = "The council met on Monday and put the vote off until the week after next. " * 12


def test_aligned_by_index() -> None:
    df = pd.DataFrame({"text": [PLAIN, ANGRY, None, "  "]}, index=[9, 3, 3, 7])
    out = score_frame(df)
    assert list(out.index) == [9, 3, 3, 7]
    assert list(out["status"]) == ["warning", "warning", "no text", "no text"]
    assert out["loaded"].iloc[1] == framing.analyse(ANGRY).values["loaded"]
    assert out.iloc[2:].drop(columns="status").isna().all(axis=None)
    assert set(map(str, out.drop(columns="status").dtypes)) == {"float64"}
    assert df.columns.tolist() == ["text"]


def test_other_columns_are_used() -> None:
    df = pd.DataFrame({"body": [PLAIN], "head": ["Brutal regime slammed"], "published": [pd.Timestamp("2024-02-01")]})
    with_title = score_frame(df, "body", title="head", columns=["headline_loaded_negative"])
    assert with_title.iloc[0, 0] > score_frame(df, "body").loc[0, "headline_loaded_negative"] == 0


def test_evidence_carries_the_label_of_its_row() -> None:
    df = pd.DataFrame({"text": [PLAIN, ANGRY, ANGRY]}, index=list("abb"))
    marks = evidence_frame(df)
    assert set(marks.index) <= {"a", "b"}
    assert (marks.loc["b", "device"] == "loaded").any()
    for e in marks.loc[["b"]].itertuples():
        assert ANGRY[e.start : e.end] == e.text
    assert list(evidence_frame(df.iloc[:0]).columns) == list(marks.columns)
    assert score_frame(df.iloc[:0]).shape == (0, len(score_frame(df).columns))


def test_accessor() -> None:
    df = pd.DataFrame({"text": [ANGRY]})
    pd.testing.assert_frame_equal(df.framing.score(), score_frame(df))
    pd.testing.assert_frame_equal(df.framing.evidence(), evidence_frame(df))


def test_what_cannot_be_scored() -> None:
    df = pd.DataFrame({"text": [3]}, index=["r"])
    for call, says in (
        (lambda: score_frame(df), "row 'r': is int"),
        (lambda: score_frame(df, "nope"), "no column 'nope'"),
        (lambda: score_frame(df, titel="text"), "no such field: titel"),
        (lambda: score_frame(df, columns=["nope"]), "no such score"),
        (lambda: score_frame(pd.DataFrame([["a", "b"]], columns=["text", "text"])), "two columns"),
    ):
        with pytest.raises(framing.UsageError, match=says):
            call()

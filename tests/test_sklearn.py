"""FramingFeatures keeps to scikit-learn's manners."""

from __future__ import annotations

import pickle
import warnings

import numpy as np
import pandas as pd
import pytest
import sample_articles
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import check_estimator

import framing
from framing.sklearn import FramingFeatures

ANGRY = "The brutal regime slammed its reckless foes in a shameful onslaught on Monday. " * 12
PLAIN = "The council met on Monday and put the vote off until the week after next. " * 12


def test_scikit_learns_own_checks() -> None:
    with warnings.catch_warnings():
        # The checks that draw matrices of numbers do not apply to texts; scikit-learn says so.
        warnings.filterwarnings("ignore", message="Can't test estimator")
        results = check_estimator(FramingFeatures())
    assert results is None or not [r["check_name"] for r in results if r["status"] == "failed"]


def test_rows_are_the_scores() -> None:
    features = FramingFeatures()
    out = features.fit_transform([ANGRY, PLAIN])
    names = list(features.get_feature_names_out())
    assert out.shape == (2, len(names))
    assert out.dtype == np.float64
    values = framing.analyse(ANGRY).values
    np.testing.assert_equal(out[0], [values[n] for n in names])
    assert out[0, names.index("loaded")] > out[1, names.index("loaded")] == 0


@pytest.mark.parametrize(
    "shape", [list, np.array, pd.Series, lambda x: pd.DataFrame({"t": x}), lambda x: [[t] for t in x]]
)
def test_any_column_of_texts(shape: object) -> None:
    texts = [ANGRY, PLAIN]
    given = shape(texts)  # type: ignore[operator]
    if isinstance(given, list) and isinstance(given[0], list):
        given = np.array(given, dtype=object)
    np.testing.assert_equal(FramingFeatures().transform(given), FramingFeatures().transform(texts))


def test_articles_carry_their_headline() -> None:
    article = framing.Article(text=PLAIN, title="Brutal regime slammed")
    out = FramingFeatures(measures=["headline_loaded_negative"]).transform([article, PLAIN])
    assert out[0, 0] > out[1, 0] == 0


def test_pandas_output_keeps_the_index() -> None:
    texts = pd.Series([ANGRY, PLAIN], index=["x", "y"])
    frame = FramingFeatures(measures=["hedge", "loaded"]).set_output(transform="pandas").fit_transform(texts)
    assert list(frame.index) == ["x", "y"]
    assert list(frame.columns) == ["hedge", "loaded"]


def test_pipeline_grid_pickle_and_clone() -> None:
    pipe = make_pipeline(FramingFeatures(), SimpleImputer(keep_empty_features=True), LogisticRegression())
    pipe.set_output(transform="pandas")
    texts, labels = [ANGRY, PLAIN] * 4, [1, 0] * 4
    again = pickle.loads(pickle.dumps(clone(pipe).fit(texts, labels)))
    assert list(again.predict([PLAIN, ANGRY])) == [0, 1]
    grid = GridSearchCV(pipe, {"framingfeatures__measures": ["rates", ["loaded"]]}, cv=2).fit(texts, labels)
    assert grid.best_score_ == 1
    frame = pd.DataFrame({"body": texts, "n": range(8)})
    both = ColumnTransformer(
        [("framing", FramingFeatures(measures=["loaded"]), "body"), ("rest", "passthrough", ["n"])]
    )
    assert both.fit_transform(frame).shape == (8, 2)
    assert list(both.get_feature_names_out()) == ["framing__loaded", "rest__n"]


def test_short_texts_have_no_rates_but_counts() -> None:
    out = FramingFeatures(measures=["loaded", "n_loaded"]).transform(["The brutal regime fell.", ""])
    assert np.isnan(out[:, 0]).all()
    assert list(out[:, 1] > 0) == [True, False]


def test_wide_fires_no_less() -> None:
    text = sample_articles.__doc__ or PLAIN
    narrow, wide = (
        FramingFeatures(measures=["n_loaded", "n_booster"], wide=w).transform([text]) for w in (False, True)
    )
    assert (wide >= narrow).all()


@pytest.mark.parametrize("bad", ["one text", b"bytes", 3, framing.Article(text="x"), [None], [1.5], np.zeros((2, 2))])
def test_what_is_no_column_of_texts(bad: object) -> None:
    with pytest.raises(ValueError, match="X"):
        FramingFeatures().fit(bad)


@pytest.mark.parametrize("measures", ["rate", ["loaded", "nope"]])
def test_unknown_measures(measures: object) -> None:
    with pytest.raises(ValueError, match=r"rate|nope"):
        FramingFeatures(measures=measures).fit(["x"])  # type: ignore[arg-type]

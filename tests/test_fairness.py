"""The same sentence about somebody else scores the same."""

from __future__ import annotations

import pytest

import framing
from framing.classify import Classifier
from framing.classify.identity import IDENTITY
from framing.evaluate import fairness
from framing.tokens import fold


@pytest.fixture(scope="module")
def report() -> fairness.EvaluationReport:
    return fairness.evaluate()


def test_enough_pairs_and_no_device_or_voice_differs(report: fairness.EvaluationReport) -> None:
    assert report.figures["pairs"] >= 2000
    assert report.figures["pairs with other marks, voices or speakers"] == 0, report.notes


@pytest.mark.parametrize("model", ["opinion", "bias", "certainty"])
def test_probabilities_stay_within_the_tolerance(report: fairness.EvaluationReport, model: str) -> None:
    for kind, row in report.tables["by kind"].items():
        assert row[f"{model} within"] >= fairness.SHARE, kind
    assert report.figures[f"{model}: share of pairs in which yes turns to no"] <= 1 - fairness.SHARE


def test_templates_hold_something_to_find() -> None:
    found = {m[0] for c in fairness.cases() if c.forms[0] in ("French", "Emily") for m in fairness.marks(c)}
    assert found >= {"hedge", "booster", "loaded", "attribution", "vouch", "direct", "indirect", "narration"}
    for case in fairness.cases():
        assert all(len(f.split()) == 1 for f in case.forms)
        assert "{" not in case.text
    for groups in fairness.FILLERS.values():
        assert all(len(group) > 1 and len({f.count("/") for f in group}) == 1 for group in groups)


def test_pairs_stay_within_their_group() -> None:
    """A father is compared with a mother, not with a judge."""
    (kind,) = (k for k in fairness.FILLERS if k == "role")
    pairs = sum(len(g) * (len(g) - 1) // 2 for g in fairness.FILLERS[kind]) * len(fairness.TEMPLATES[kind])
    assert fairness.evaluate(models=[]).tables["by kind"][kind]["pairs"] == pairs


def test_he_and_she_are_one_to_the_classifiers() -> None:
    texts = (
        "She told him that her plan was his. The vote surprised her",
        "He told her that his plan was hers. The vote surprised him",
    )
    for name in ("opinion", "bias", "certainty"):
        a, b = framing.classifier(name).predict_proba(list(texts))
        assert a == b


def test_a_difference_of_gender_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check finds that women's first names are not known, as it once found that some families' names were not."""
    monkeypatch.setattr("framing.voice.speakers.FEMALE", frozenset())
    report = fairness.evaluate(models=[])
    assert report.tables["by kind"]["man or woman"]["marks differ"] > 50
    assert report.tables["by kind"]["country"]["marks differ"] == 0
    assert "outside the tolerance: marks" in report.notes


def test_a_biased_model_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    # A name that the list of identities does not know.
    monkeypatch.setattr("framing.classify.features.IDENTITY", IDENTITY - {"emily"})
    biased = Classifier("biased", {"emily": 9.0}, {}, intercept=-2.0)
    report = fairness.evaluate(models=[biased])
    assert report.tables["by kind"]["name"]["biased within"] < 0.95
    assert report.tables["by kind"]["country"]["biased within"] == 1
    assert "outside the tolerance: biased" in report.notes
    assert next(iter(report.tables["biased: mean shift by filler, the ten largest"])) == "name Emily"
    assert "biased: largest difference" in report.text()


def test_identity_terms_are_folded_words() -> None:
    assert all(fold(t) == t and " " not in t for t in IDENTITY)
    assert {"muslim", "jews", "republican", "ukrainian", "trump"} <= IDENTITY
    assert not {"left", "right", "may", "white", "black", "turkey", "regime"} & IDENTITY

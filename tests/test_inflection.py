from __future__ import annotations

import pytest

from framing.inflection import forms, noun_forms, verb_forms


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("claim", "claim claims claimed claiming"),
        ("slam", "slam slams slammed slamming"),
        ("deny", "deny denies denied denying"),
        ("destroy", "destroy destroys destroyed destroying"),
        ("urge", "urge urges urged urging"),
        ("blast", "blast blasts blasted blasting"),
        ("lie", "lie lies lied lay lain lying"),
        ("agree", "agree agrees agreed agreeing"),
        ("panic", "panic panics panicked panicking"),
        ("say", "say says said saying"),
        ("tell", "tell tells told telling"),
        ("write", "write writes wrote written writing"),
        ("go", "go goes went gone going"),
        ("have", "have has had having"),
        ("be", "be am is are was were been being"),
        ("show", "show shows showed shown showing"),
        ("stress", "stress stresses stressed stressing"),
        ("hijack", "hijack hijacks hijacked hijacking"),
    ],
)
def test_verbs(lemma: str, expected: str) -> None:
    assert verb_forms(lemma) == set(expected.split())


def test_both_spellings() -> None:
    assert {"travelled", "traveled", "travelling", "traveling"} <= verb_forms("travel")
    assert {"labelled", "labeled"} <= verb_forms("label")
    assert {"admits", "admitted", "admitting"} <= verb_forms("admit")


@pytest.mark.parametrize("wrong", [("put", "putted"), ("tell", "telled"), ("visit", "visitted"), ("deny", "denyed")])
def test_no_such_form(wrong: tuple[str, str]) -> None:
    assert wrong[1] not in verb_forms(wrong[0])


@pytest.mark.parametrize(
    ("lemma", "plural"),
    [
        ("regime", "regimes"),
        ("crony", "cronies"),
        ("ploy", "ploys"),
        ("clash", "clashes"),
        ("crisis", "crises"),
        ("thief", "thieves"),
        ("strongman", "strongmen"),
        ("hero", "heroes"),
        ("human", "humans"),
    ],
)
def test_nouns(lemma: str, plural: str) -> None:
    assert plural in noun_forms(lemma)
    assert lemma in noun_forms(lemma)


def test_entries() -> None:
    assert forms("lash out", "v") == {"lash out", "lashes out", "lashed out", "lashing out"}
    assert "double-crossed" in forms("double-cross", "v")
    assert forms("puppet state", "n") == {"puppet state", "puppet states"}
    assert "spin-doctors" in forms("spin-doctor", "n")
    assert forms("so-called", "adj") == {"so-called"}
    assert forms("in effect", "") == {"in effect"}


def test_a_form_is_one_word_without_spaces() -> None:
    for lemma in ("claim", "insist", "write", "panic", "travel", "lie"):
        assert all(f.isalpha() and f.islower() for f in verb_forms(lemma))

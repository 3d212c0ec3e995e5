"""Detectors: golden cases in our own words, one file per device, and properties that hold on any text."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import sample_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import detect
from framing.analysis import analyse
from framing.evidence import DEVICES
from framing.lexicon import load

GOLDEN = Path(__file__).parent / "golden"
FILES = {p.stem: p for p in sorted(GOLDEN.glob("*.jsonl")) if p.stem in DEVICES}
CASES: list[tuple[str, dict[str, Any]]] = [
    (device, json.loads(line)) for device, path in FILES.items() for line in path.read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("device", "case"), CASES, ids=[f"{d}-{'fire' if 'fire' in c else 'quiet'}-{n}" for n, (d, c) in enumerate(CASES)]
)
def test_golden(device: str, case: dict[str, Any]) -> None:
    text = case["text"]
    marks = [e for e in analyse(text).evidence if e.device == device]
    for words, kind in case.get("fire", ()):
        start = text.index(words)
        hits = [e for e in marks if e.start < start + len(words) and start < e.end]
        assert hits, f"{device} does not mark {words!r}"
        if kind is not None:
            assert kind in {e.kind for e in hits}
    if "quiet" in case:
        start = text.index(case["quiet"])
        end = start + len(case["quiet"]) if case["quiet"] else len(text)
        assert not [e.text for e in marks if e.start < end and start < e.end]


@pytest.mark.parametrize("device", ["aside", "scare_quote", "hedge", "vouch", "loaded", "booster"])
def test_enough_cases(device: str) -> None:
    mine = [c for d, c in CASES if d == device]
    assert sum("fire" in c for c in mine) >= 12
    assert sum("quiet" in c for c in mine) >= 12


@pytest.mark.parametrize("device", sorted(detect.detectors()))
def test_every_rule_and_guard_has_cases(device: str) -> None:
    module = import_module(f"framing.detect.{device}")
    if not hasattr(module, "RULES"):
        pytest.skip(f"{device}: all its rules are entries of its list, tested with the list")
    mine = [c for d, c in CASES if d == device]
    for name in (*module.RULES, *(f"guard: {g}" for g in module.GUARDS)):
        cases = [c for c in mine if c.get("for") == name]
        assert any("fire" in c for c in cases), f"{device}: {name!r} has no case that must fire"
        assert any("quiet" in c for c in cases), f"{device}: {name!r} has no case that must not fire"
    fired = {
        e.rule
        for c in mine
        if "fire" in c and c.get("for") in module.RULES
        for e in analyse(c["text"]).evidence
        if e.device == device
    }
    assert {f"{device}:{r}" for r in module.RULES} <= fired
    named = set(re.findall(rf'f?"{device}:([^"{{}}]+)"', Path(module.__file__ or "").read_text("utf-8")))
    assert named <= set(module.RULES), f"{device}: a rule without cases"


def test_every_list_has_a_detector() -> None:
    found = detect.detectors()
    assert {"aside", "attribution", "hedge", "loaded", "scare_quote", "vouch"} <= set(found)
    assert "booster" in load().devices
    assert "booster" not in found


def test_both_questions_at_the_end() -> None:
    text = (
        "Two ministers meet\n\nThe ministers of the two countries met on Monday. They talked for an hour.\n\n"
        "Lind agreed that, unlike others, they are not “building clubs,” and said he looked forward to “good work.”\n\n"
        "Isn’t the Harbor League a club? And isn’t it one that keeps growing?"
    )
    asides = [e for e in analyse(text).evidence if e.device == "aside"]
    assert [e.kind for e in asides] == ["rhetorical_question"] * 2
    assert all(e.voice == "narration" for e in asides)
    assert not [e for e in analyse(text).evidence if e.device == "scare_quote"]


def test_detectors_share_one_reading() -> None:
    a = analyse("The regime fell. Clearly, this proves that the plan failed.")
    assert detect.run(a.reading, a.lexicon) == a.evidence


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcTh e.?!,;:“”\"‘’'()\n–—-0159 so-called", max_size=400))
def test_any_text(text: str) -> None:
    for e in analyse(text).evidence:
        assert text[e.start : e.end] == e.text
        assert 0 <= e.start < e.end <= len(text)


@pytest.mark.parametrize(
    "unit", ["being called “", "what he likes to ", "(so-called ", "— of course ", "Isn’t it? ", "“a” "]
)
def test_linear_time(unit: str) -> None:
    def cost(n: int) -> float:
        text = unit * n
        return sample_articles.cpu_seconds(lambda: analyse(text))

    cost(100)
    # A busy machine may slow one run, not three.
    assert any(cost(8000) < 60 * max(cost(800), 0.005) for _ in range(3))


def test_a_reporting_verb_is_no_modifier() -> None:
    cue = analyse("“We stand by you,” the envoy said, promising that help would come.")
    assert not [e for e in cue.evidence if e.device == "loaded" and e.text == "promising"]
    plain = analyse("The talks made a promising start on Monday.")
    assert [e.text for e in plain.evidence if e.device == "loaded"] == ["promising"]

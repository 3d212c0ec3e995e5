"""What must hold for any text whatever."""

from __future__ import annotations

import pytest
import sample_articles
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import framing

QUICK = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
UNICODE = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
PIECES = st.sampled_from(
    "“ ” ‘ ’ \" ' « » „ ‚ ' '' `` '' ‹ › 「 」 — – - ( ) [ ] … ... . , : ; ? ! \n \n\n \r\n \t \u2028 \u200b \u202e "
    "\ufeff "
    "said says told claimed that according to he she they we it who , said Mr. Dr. U.S. the The regime brutal "
    "undoubtedly perhaps may so-called officials Ann Miller Miller's don't O’Neill President Minister of war 1,000 5% "
    "BREAKING By Reuters 战争 война émigré e\u0301 😀 ﬁ".split(" ")
)
STORM = st.lists(PIECES, max_size=120).flatmap(lambda p: st.sampled_from(["", " "]).map(lambda gap: gap.join(p)))


@QUICK
@given(UNICODE)
def test_any_text(text: str) -> None:
    sample_articles.check(framing.analyse(text))


@QUICK
@given(STORM)
def test_quote_storms(text: str) -> None:
    sample_articles.check(framing.analyse(text))


@QUICK
@given(STORM, st.integers(10, 30))
def test_long_enough_to_score(text: str, n: int) -> None:
    sample_articles.check(framing.analyse("The brutal regime may have met its many foes here today.\n\n" * n + text))


@QUICK
@given(STORM, UNICODE)
def test_any_title(text: str, title: str) -> None:
    analysis = framing.analyse(text, title=title)
    sample_articles.check(analysis, rates=False)
    assert analysis.values["status"] in ("not scored", "warning")


@QUICK
@given(STORM)
def test_the_same_twice(text: str) -> None:
    first, second = framing.analyse(text), framing.analyse(text)
    assert first.evidence == second.evidence
    assert first.voices == second.voices
    assert first.cues == second.cues


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "“", "”", "'", "”“", "said", "\u200b", "\ufeff“\u200b”"])
def test_next_to_nothing(text: str) -> None:
    sample_articles.check(framing.analyse(text))


def test_lone_surrogate_does_not_raise() -> None:
    sample_articles.check(framing.analyse("He said \ud800 “no \udfff” today."))

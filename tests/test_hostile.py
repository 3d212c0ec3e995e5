"""Texts made to break things: no exception, and time in step with the length."""

from __future__ import annotations

from time import process_time

import pytest
import sample_articles
from bench.hostile import SHAPES

import framing

SIZE = 60_000
# Ten times what the slowest shape needs today; a quadratic pass over these texts took longer.
SECONDS = 3.0


@pytest.mark.parametrize("name", SHAPES)
def test_adversarial_shapes(name: str) -> None:
    framing.analyse("Warm up.")
    text = SHAPES[name](SIZE)
    began = process_time()
    analysis = framing.analyse(text)
    values = analysis.values
    assert process_time() - began < SECONDS
    assert values["status"] in ("not scored", "warning", "scored")
    sample_articles.check(framing.analyse(SHAPES[name](3000)))


def test_shapes_are_as_long_as_asked() -> None:
    for name, make in SHAPES.items():
        assert SIZE * 0.7 < len(make(SIZE)) <= SIZE * 1.4, name

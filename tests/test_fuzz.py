"""Fuzz targets over seeds, quick mutations and kept findings. ``tests/fuzz.py`` goes on from here."""

from __future__ import annotations

import sys
import warnings

import fuzz
import pytest

import framing

QUICK = {"analyse": 60, "lexicon": 150, "model": 150}


@pytest.mark.parametrize("name", sorted(fuzz.targets()))
def test_whatever_the_bytes(name: str) -> None:
    if name.endswith(".zst"):
        pytest.importorskip("zstandard")
    target = fuzz.targets()[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for seed in fuzz.seeds(name):
            target(seed)
        for seed in fuzz.seeds(name)[:2]:
            for data in fuzz.mutations(seed, QUICK.get(name, 300)):
                target(data)


def test_findings_belong_to_a_target() -> None:
    if fuzz.FINDINGS.is_dir():
        assert {p.name for p in fuzz.FINDINGS.iterdir()} <= set(fuzz.targets())


def test_a_fault_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    variants = set(fuzz.mutations(b"abc", 200))
    assert len(variants) > 100
    assert any(b"\xe2\x80\x9c" in v for v in variants)
    monkeypatch.setattr(
        sys.modules["framing.read"], "records", lambda source, options: iter([framing.Article(text=" ")])
    )
    with pytest.raises(AssertionError):
        fuzz.targets()["read.txt"](b"x")

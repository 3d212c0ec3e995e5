"""Evidence: a marked span that a reader can check, and the only thing scores are made of."""

from __future__ import annotations

from dataclasses import dataclass

from framing.article import Reading

__all__ = ["DEVICES", "Evidence", "mark"]

# The devices of the codebook, in the order in which tables and charts show them.
DEVICES = ("hedge", "booster", "loaded", "attribution", "vouch", "scare_quote", "aside")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One framing device, half-open ``[start, end)``, with ``article.text[start:end] == text``.

    ``kind``: as the codebook lists them (for attribution: the stance).
    ``valence``: "+", "-" or "0". ``voice``/``speaker``: whose words the span is.
    ``sentence``: index of its sentence. ``rule``: detector or lexicon entry that fired,
    e.g. ``"loaded:regime"``. ``target``: who or what a loaded term is about, or None.
    """

    start: int
    end: int
    text: str
    device: str
    kind: str
    valence: str
    voice: str
    speaker: str | None
    sentence: int
    rule: str
    target: str | None = None


def mark(
    reading: Reading,
    start: int,
    end: int,
    device: str,
    kind: str,
    rule: str,
    valence: str = "0",
    target: str | None = None,
) -> Evidence:
    """Make evidence for ``[start, end)``, with voice, speaker and sentence looked up in ``reading``."""
    span = reading.voice_at(start)
    return Evidence(
        start,
        end,
        reading.article.text[start:end],
        device,
        kind,
        valence,
        str(span.voice),
        span.speaker,
        reading.sentence_at(start).index,
        rule,
        target,
    )

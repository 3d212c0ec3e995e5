"""What is read and what is made of it: Article, Sentence, Voice, VoiceSpan, Reading."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from framing.tokens import Tokens

__all__ = ["Article", "Cue", "Reading", "Sentence", "Voice", "VoiceSpan"]


class Voice(StrEnum):
    """Whose words: the outlet's own, a source's verbatim, or a source's in the outlet's wording."""

    NARRATION = "narration"
    DIRECT = "direct"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. ``text`` is kept exactly as read; all offsets point into it.

    ``title``: the headline. Where it stands at the head of ``text`` as well (the
    usual case for text files) the sentence there is the headline; where it does
    not, the headline is not part of the scored text.
    ``published``: ISO date (YYYY-MM-DD) or None.
    ``source``: where it was read from (path, and row if any).
    """

    text: str
    outlet: str | None = None
    title: str | None = None
    id: str | None = None
    published: str | None = None
    event: str | None = None
    source: str | None = None

    @property
    def name(self) -> str:
        """What to call it: outlet, else id, else source, else 'article'."""
        return self.outlet or self.id or self.source or "article"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, half-open ``[start, end)``. ``first``/``last``: token range; ``paragraph``: 0-based."""

    start: int
    end: int
    index: int
    headline: bool = False
    paragraph: int = 0
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class VoiceSpan:
    """A stretch of text in one voice, half-open ``[start, end)``.

    ``speaker``: canonical name as the article gives it, or None.
    ``cue``: text of the reporting cue, or None.
    ``confidence``: 0..1, how sure the voice is; ``speaker_confidence`` likewise for the speaker.
    """

    start: int
    end: int
    voice: Voice
    speaker: str | None = None
    cue: str | None = None
    confidence: float = 1.0
    speaker_confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting cue: the words that hand content to a source, e.g. "said", "went on to claim".

    ``stance``: as the codebook lists them. ``speaker``: canonical name or None.
    ``source``: offsets of the source's mention, or None. ``content``: offsets
    of the attributed stretches it governs. ``token``: index range of the cue's tokens.
    ``rule``: what found it. ``strong``: the verb is loaded as well (slammed, blasted).
    ``asserted``: the report is made: not denied ("did not confirm"), not merely possible ("would agree"), no act
    or state that hands over no words ("agreed to meet", "saw a rise").
    """

    start: int
    end: int
    stance: str
    speaker: str | None = None
    source: tuple[int, int] | None = None
    content: tuple[tuple[int, int], ...] = ()
    rule: str = ""
    confidence: float = 1.0
    strong: bool = False
    asserted: bool = True


@dataclass(slots=True)
class Reading:
    """An article with its tokens, sentences, voices and reporting cues: all that detectors may look at.

    ``voices`` are in order, disjoint, and cover every non-space character.
    ``cache`` holds results shared between detectors (the lexicon pass).
    """

    article: Article
    tokens: Tokens
    sentences: list[Sentence]
    voices: list[VoiceSpan]
    cues: list[Cue] = field(default_factory=list)
    cache: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.article.text

    def voice_at(self, position: int) -> VoiceSpan:
        """The voice span that holds the character at ``position``."""
        starts = self.cache.get("voice_starts")
        if starts is None:
            starts = self.cache["voice_starts"] = [v.start for v in self.voices]
        return self.voices[max(0, bisect_right(starts, position) - 1)]

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds the character at ``position`` (or the nearest before it)."""
        starts = self.cache.get("sentence_starts")
        if starts is None:
            starts = self.cache["sentence_starts"] = [s.start for s in self.sentences]
        return self.sentences[max(0, bisect_right(starts, position) - 1)]

    def narration_shares(self) -> list[float]:
        """Share (0..1) of each sentence's characters that stand in narration; worked out once."""
        known: list[float] | None = self.cache.get("narration_shares")
        if known is not None:
            return known
        out = []
        voices = self.voices
        at = 0
        for s in self.sentences:
            while at + 1 < len(voices) and voices[at].end <= s.start:
                at += 1
            k, own = at, 0
            while k < len(voices) and voices[k].start < s.end:
                if voices[k].voice == "narration":
                    own += min(voices[k].end, s.end) - max(voices[k].start, s.start)
                k += 1
            out.append(own / max(1, s.end - s.start))
        self.cache["narration_shares"] = out
        return out

    def token_at(self, position: int) -> int:
        """Index of the token that holds or precedes ``position``."""
        return max(0, bisect_right(self.tokens.start, position) - 1)

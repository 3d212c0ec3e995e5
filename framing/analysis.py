"""One article analysed: reading, evidence, counts, scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing import detect, frames
from framing.article import Article, Cue, Reading, Sentence, VoiceSpan
from framing.classify import NAMES, NARRATION, classifier, of_reading
from framing.detect._judged import opinion_piece
from framing.errors import UsageError
from framing.evidence import Evidence
from framing.lexicon import Lexicon, load
from framing.score import Counts, count, scores
from framing.voice import read as read_voices

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "TARGETS",
    "Analysis",
    "analyse",
    "checked",
    "narration_sentences",
    "own_classifiers",
    "score",
    "target_rows",
]

TARGETS = ("target", "voice", "positive", "negative", "n", "terms")
_FIELDS = {f.name for f in fields(Article)}


class Analysis:
    """What was found in one article.

    ``article``; ``sentences`` and ``voices`` (in order, disjoint, covering every non-space
    character); ``cues``; ``evidence`` (ordered by position); ``counts``; ``scores``
    (pandas Series, index = measure names, see :mod:`framing.score`).
    """

    def __init__(
        self, reading: Reading, evidence: list[Evidence], lexicon: Lexicon, classifiers: Sequence[str] = ()
    ) -> None:
        self.reading = reading
        self.evidence = evidence
        self.lexicon = lexicon
        self.classifiers = tuple(classifiers)

    @property
    def article(self) -> Article:
        return self.reading.article

    @property
    def sentences(self) -> list[Sentence]:
        return self.reading.sentences

    @property
    def voices(self) -> list[VoiceSpan]:
        return self.reading.voices

    @property
    def cues(self) -> list[Cue]:
        return self.reading.cues

    @property
    def opinion(self) -> dict[int, float]:
        """P(opinion) of each narration sentence, by sentence index."""
        return self.sentence_probabilities["opinion"]

    @property
    def opinion_piece(self) -> float:
        """P(the whole article is an opinion piece); from 0.8 on only its strongest verdicts are marked as asides."""
        return opinion_piece(self.reading)

    @property
    def sentence_probabilities(self) -> dict[str, dict[int, float]]:
        """P(positive) of each narration sentence: classifier -> sentence index -> P.

        Classifiers: opinion, bias, certainty, and the user's own; one of theirs with a shipped one's name
        takes its place here (asides are found by the shipped one all the same).
        """
        shipped = of_reading(self.reading)
        return shipped | of_reading(self.reading, self.classifiers) if self.classifiers else shipped

    @cached_property
    def counts(self) -> Counts:
        """Additive counts of the article, the only thing scores are computed from."""
        judged = dict(self.sentence_probabilities)
        opinion = judged.pop("opinion")
        counts = count(self.reading, self.evidence, opinion, judged)
        title = self.article.title
        if title and not counts.headlines:
            # The headline stands apart from the text (a column of its own): it is scored apart, not within.
            head = read_voices(Article(text=title), self.lexicon)
            # A single line is no place for an aside, and no score counts one there.
            found = detect.run(head, self.lexicon, skip=("aside",))
            counts.title.update((e.voice, e.device, e.kind, e.valence) for e in found)
        return counts

    @cached_property
    def values(self) -> dict[str, Any]:
        """The scores as a plain dict, for loops over many articles."""
        return scores(self.counts)

    @cached_property
    def scores(self) -> pd.Series[Any]:
        import pandas as pd

        return pd.Series(self.values, dtype=object, name=self.article.name)

    def table(self) -> pd.DataFrame:
        """The evidence as a DataFrame, one row per mark, columns as :class:`framing.Evidence`."""
        import pandas as pd

        return pd.DataFrame([asdict(e) for e in self.evidence], columns=[f.name for f in fields(Evidence)])

    @cached_property
    def frame_evidence(self) -> list[Evidence]:
        """The words of generic frames, ordered by position; apart from ``evidence``, for they are no devices."""
        return frames.evidence(self.reading)

    @cached_property
    def frame_rows(self) -> list[dict[str, Any]]:
        """The rows of :attr:`frames`, for loops over many articles."""
        return frames.rows(self.frame_evidence, sum(w[:1].isalnum() for w in self.reading.tokens.norm))

    @property
    def frames(self) -> pd.DataFrame:
        """Vocabulary shares of generic frames, one row per frame, see :func:`framing.frames.rows`. Never a verdict."""
        import pandas as pd

        return pd.DataFrame(self.frame_rows, columns=list(frames.COLUMNS))

    @property
    def targets(self) -> pd.DataFrame:
        """Loaded terms by whom or what they are about, one row per target and voice, see :func:`target_rows`."""
        import pandas as pd

        return pd.DataFrame(target_rows(self.evidence), columns=list(TARGETS))

    def _repr_html_(self) -> str:
        from framing.report.page import article_html

        return article_html(self)

    def __repr__(self) -> str:
        return f"<Analysis of {escape(self.article.name)}: {len(self.sentences)} sentences, {len(self.evidence)} marks>"


def target_rows(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    """Loaded terms with a target, summed by target and voice: how many praise, how many run down, and the terms."""
    marks: dict[tuple[str, str], list[Evidence]] = {}
    for e in evidence:
        if e.device == "loaded" and e.target:
            marks.setdefault((e.target, e.voice), []).append(e)
    return [
        {
            "target": target,
            "voice": voice,
            "positive": sum(e.valence == "+" for e in found),
            "negative": sum(e.valence == "-" for e in found),
            "n": len(found),
            "terms": ", ".join(e.text for e in found),
        }
        for (target, voice), found in sorted(marks.items())
    ]


def narration_sentences(reading: Reading) -> list[tuple[int, str]]:
    """Sentences at least half of whose characters are narration: (index, text)."""
    shares = zip(reading.sentences, reading.narration_shares(), strict=True)
    return [(s.index, reading.text[s.start : s.end]) for s, share in shares if share >= NARRATION]


def own_classifiers(paths: Sequence[str | Path]) -> tuple[str, ...]:
    """The user's model files, each loaded and its name checked; the names become columns of the scores.

    Raises ModelError for a file that is none, UsageError for a name that is taken or no plain word.
    """
    taken = set(scores(Counts())) - set(NAMES)
    for path in paths:
        name = classifier(path).name
        if name in taken or not name.isascii() or not name.isidentifier():
            raise UsageError(
                f"{path}: its classifier is called {name!r}, which cannot be (another) column of the scores; "
                "train it under another name"
            )
        taken.update((name, f"{name}_low", f"{name}_high"))
    return tuple(map(str, paths))


def analyse(
    article: str | Article,
    *,
    lexicon: Lexicon | None = None,
    classifiers: Sequence[str | Path] = (),
    **article_fields: Any,
) -> Analysis:
    """Analyse one article; see :func:`framing.analyse`. Raises UsageError on unknown fields."""
    if isinstance(article, str):
        unknown = set(article_fields) - _FIELDS
        if unknown:
            raise UsageError(
                f"analyse() knows no {', '.join(sorted(unknown))}; fields are {', '.join(sorted(_FIELDS))}"
            )
        article = Article(text=article, **article_fields)
    elif not isinstance(article, Article):
        raise UsageError(f"analyse() takes a text or an Article, not {type(article).__name__}")
    elif article_fields:
        raise UsageError("analyse() takes fields only with a plain text: set them on the Article instead")
    lexicon = lexicon or load()
    reading = read_voices(article, lexicon)
    return Analysis(reading, detect.run(reading, lexicon), lexicon, own_classifiers(classifiers) if classifiers else ())


def checked(articles: Iterable[str | Article | Analysis], call: str) -> Iterator[str | Article | Analysis]:
    """The articles. Raises UsageError for one text in place of several, for a path, or for anything else."""
    if isinstance(articles, (str, bytes, Article, Analysis)) or not isinstance(articles, Iterable):
        raise UsageError(f"{call}() takes a list of texts or Articles, not one {type(articles).__name__}")
    for item in articles:
        if not isinstance(item, (str, Article, Analysis)):
            raise UsageError(f"{call}() takes texts, Articles or Analyses, not {type(item).__name__}")
        if isinstance(item, str) and len(item) < 260 and "\n" not in item and "\0" not in item and Path(item).is_file():
            raise UsageError(f"{call}() takes texts, and {item!r} is a file: read it with framing.read({item!r})")
        yield item


def score(
    articles: Iterable[str | Article | Analysis],
    *,
    lexicon: Lexicon | None = None,
    classifiers: Sequence[str | Path] = (),
) -> pd.DataFrame:
    """One row of scores per article, in order; see :func:`framing.score`."""
    import pandas as pd

    rows = []
    for item in checked(articles, "score"):
        a = item if isinstance(item, Analysis) else analyse(item, lexicon=lexicon, classifiers=classifiers)
        art = a.article
        rows.append(
            {"id": art.id, "outlet": art.outlet, "title": art.title, "published": art.published, "event": art.event}
            | a.values
        )
    return pd.DataFrame(rows)

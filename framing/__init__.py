"""Source-bias and framing analyser: whose words are whose, which framing devices, and how outlets differ.

    >>> import framing
    >>> a = framing.analyse("Rulers met. “We agree,” said the premier.", outlet="Lantern")
    >>> [(e.device, e.text) for e in a.evidence]                      # doctest: +SKIP

``analyse`` one article, ``read`` many from files, ``score`` them into a table,
``compare`` outlets that report the same event. See the README for the command line.
"""

from __future__ import annotations

import sys
from types import ModuleType

# As typing has it, but without importing it: this module loads nothing but itself.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Any

    import pandas as pd

    from framing.analysis import Analysis
    from framing.article import Article, Cue, Reading, Sentence, Voice, VoiceSpan
    from framing.classify import Classifier
    from framing.compare import Comparison
    from framing.corpus import CorpusComparison
    from framing.errors import FramingError, InputError, LexiconError, ModelError, OutputError, UsageError
    from framing.evidence import Evidence

__version__ = "0.1.0"
__all__ = [
    "Article", "Cue", "Evidence", "FramingError", "InputError", "LexiconError", "ModelError", "OutputError", "Reading",
    "Sentence", "UsageError", "Voice", "VoiceSpan", "__version__", "analyse", "classifier", "compare",
    "compare_events", "read", "score",
]  # fmt: skip
# Where the classes above are; each is loaded when it is first asked for.
_HOMES = {
    "framing.article": ("Article", "Cue", "Reading", "Sentence", "Voice", "VoiceSpan"),
    "framing.errors": ("FramingError", "InputError", "LexiconError", "ModelError", "OutputError", "UsageError"),
    "framing.evidence": ("Evidence",),
}

if not TYPE_CHECKING:  # a type checker knows the names, and should know no others

    def __getattr__(name):
        from importlib import import_module

        for home, names in _HOMES.items():
            if name in names:
                value = globals()[name] = getattr(import_module(home), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__():
        return sorted({*globals(), *__all__})


def analyse(article: str | Article, **fields: Any) -> Analysis:
    """Analyse one article.

    ``article``: plain text, or an :class:`Article`. ``fields`` (outlet, title, id, published,
    event) complete a plain text; ``lexicon`` takes a compiled :class:`framing.lexicon.Lexicon`,
    ``classifiers`` model files made by ``framing train``.
    Returns an Analysis with ``.sentences``, ``.voices``, ``.evidence`` and ``.scores``.
    """
    from framing.analysis import analyse as run

    return run(article, **fields)


def read(*paths: str | Path, **options: Any) -> Iterator[Article]:
    """Articles from files, folders, glob patterns or fsspec URLs, in a stable order; "-" is standard input.

    Options: ``outlet``, ``text_column``, ``title_column``, ``outlet_column``, ``date_column``,
    ``id_column``, ``event_column``, ``encoding``; ``manifest`` (a CSV with a column ``file`` and what is known of
    each), ``path_pattern`` ("{outlet}/{date}/{id}.txt"), ``as_format`` ("jsonl", "html", …, whatever a file is
    called), ``max_length`` in characters; ``rejects`` (a callable that takes what could not be read; without it
    the first bad record raises InputError).
    """
    from framing.read import read as run

    return run(*paths, **options)


def score(articles: Iterable[str | Article | Analysis], **options: Any) -> pd.DataFrame:
    """Score many articles: one row per article, in order; columns are the measures.

    Columns id, outlet, title, published, event come first. See :mod:`framing.score`.
    """
    from framing.analysis import score as run

    return run(articles, **options)


def compare(articles: Iterable[str | Article | Analysis], **options: Any) -> Comparison:
    """Compare two or more articles about the same event. See :class:`framing.compare.Comparison`."""
    from framing.compare import compare as run

    return run(articles, **options)


def compare_events(articles: Iterable[str | Article | Analysis], **options: Any) -> CorpusComparison:
    """Group articles by event, compare every event, and sum up by outlet. See :mod:`framing.corpus`."""
    from framing.corpus import compare_events as run

    return run(articles, **options)


def classifier(name: str | Path) -> Classifier:
    """A trained sentence classifier: ``"opinion"``, ``"bias"``, ``"certainty"``, or the path of a user's model."""
    from framing.classify import classifier as run

    return run(name)


class _Package(ModuleType):
    """Keeps the functions above reachable although files of the same name lie in the package.

    Importing the submodule ``framing.compare`` would otherwise bind the module over the function.
    ``from framing.compare import Comparison`` works either way.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in ("compare", "read", "score")):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package

"""Two or more outlets on the same event -> Comparison: tables of what differs, and how sure that is.

One event is *descriptive*: intervals are exact Poisson intervals for each rate, conditional
intervals for a ratio of two rates (Przyborowski & Wilenski 1940; Clopper & Pearson 1934), and a
bootstrap over sentences for differences. They say how much a figure would move if the same outlet had
written sentences like these, "conditional on these texts"; no test is claimed.

``result`` holds the Comparison, ``differences`` the figures, ``passages`` what is aligned, shifted or said by one
only, ``people`` who speaks and what they are called, ``notes`` what a reader must be told first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import combinations
from pathlib import Path

from framing.align import units
from framing.analysis import Analysis, analyse, checked
from framing.article import Article
from framing.compare import differences, notes, passages, people
from framing.compare.result import COLUMNS, TABLES, Comparison, clean, frame, harmless_table, same_table
from framing.errors import UsageError
from framing.event import similarity
from framing.evidence import Evidence
from framing.lexicon import Lexicon

__all__ = ["COLUMNS", "TABLES", "Comparison", "compare", "harmless_table", "same_table"]


def compare(
    articles: Iterable[str | Article | Analysis],
    *,
    lexicon: Lexicon | None = None,
    seed: int = 0,
    resamples: int = 2000,
    event_title: str | None = None,
    classifiers: Sequence[str | Path] = (),
) -> Comparison:
    """Compare two or more articles on one event.

    Raises UsageError for fewer than two, and for one text or a path in place of articles. A pair that is no two
    reports of one event (the same text, a syndicated copy, articles in different languages or about different things)
    is said in ``notes`` and ``pairs`` with its similarity, and its passages are not aligned. Short texts and other
    languages are said in ``notes``.
    """
    import pandas as pd

    from framing import __version__
    from framing.classify import hashes
    from framing.classify.charge import charge

    given = list(checked(articles, "compare"))
    if len(given) < 2:
        raise UsageError(f"compare needs two or more articles, not {len(given)}")
    if resamples < 1:
        raise UsageError(f"resamples must be 1 or more, not {resamples}")
    found = [a if isinstance(a, Analysis) else analyse(a, lexicon=lexicon, classifiers=classifiers) for a in given]
    outlets, ids = _labels(found)
    alike = similarity([a.article for a in found])
    clauses = [units(a) for a in found]
    pairs = [
        notes.judge(i, j, found[i], found[j], float(alike[i, j]), clauses[i], clauses[j])
        for i, j in combinations(range(len(found)), 2)
    ]
    alignment = frame(passages.aligned(found, outlets, ids, pairs), COLUMNS["alignment"])
    figures = differences.Figures(found, seed, resamples)
    evidence = differences.evidence(found, outlets)
    tables = {
        "articles": frame(differences.articles(found, outlets, ids), COLUMNS["articles"]),
        "scores": pd.DataFrame([a.values for a in found], index=outlets),
        "evidence": frame(evidence, ("article", "outlet", *(f.name for f in fields(Evidence)))),
        "sentences": frame(differences.sentences(found, outlets), COLUMNS["sentences"]),
        "voices": frame(differences.voices(found, outlets), COLUMNS["voices"]),
        "differences": frame(figures.rows(outlets), COLUMNS["differences"]),
        "sensitivity": frame(figures.sensitivity(outlets, ids), COLUMNS["sensitivity"]),
        "pairs": frame(notes.table(outlets, pairs), COLUMNS["pairs"]),
        "alignment": alignment,
        "voice_shifts": frame(passages.shifts(alignment), COLUMNS["voice_shifts"]),
        "only": frame(passages.only(found, outlets, ids, pairs), COLUMNS["only"]),
        "asides": frame(passages.asides(found, outlets, ids), COLUMNS["asides"]),
        "sources": frame(people.sources(found, outlets, ids), COLUMNS["sources"]),
        "naming": frame(people.naming(found, outlets, ids, pairs), COLUMNS["naming"]),
        "targets": frame(people.targets(found, outlets, ids), COLUMNS["targets"]),
        "frames": frame(people.frames(found, outlets, ids), COLUMNS["frames"]),
    }
    meta = {
        "version": __version__,
        "lexicon": found[0].lexicon.sha256,
        "model": hashes(found[0].classifiers)["opinion"],
        "classifiers": hashes(found[0].classifiers),
        "charge": charge().sha256,
        "seed": seed,
        "resamples": resamples,
        "input": hashlib.sha256("\0".join(a.article.text for a in found).encode("utf-8", "replace")).hexdigest(),
    }
    if event_title is None:
        events = {a.article.event for a in found}
        event_title = next(iter(events)) if len(events) == 1 and None not in events else None
    return Comparison(
        **tables,
        texts=[clean(a.article.text) for a in found],
        notes=notes.said(found, outlets, pairs),
        meta=meta,
        event_title=clean(event_title),
    )


# An id that a machine made: a hash, a UUID, a serial number.
_MACHINE_ID = re.compile(r"(?=[a-f]*\d)[0-9a-f]{8}|\d{5}|^[\W\d_]+$")


def _labels(found: list[Analysis]) -> tuple[list[str], list[str]]:
    """Unique outlet labels and ids."""
    outlets: list[str] = []
    ids: list[str] = []
    for k, a in enumerate(found, 1):
        name = a.article.outlet or a.article.id or ""
        if a.article.outlet is None and _MACHINE_ID.search(name.lower()):
            name = ""  # nobody can read a chart by such a name
        label = " ".join(clean(name).split())[:120] or f"Article {k}"
        ident = clean(a.article.id) or f"article-{k}"
        for names, name in ((outlets, label), (ids, ident)):
            n, unique = 2, name
            while unique in names:
                unique = f"{name} ({n})"
                n += 1
            names.append(unique)
    return outlets, ids

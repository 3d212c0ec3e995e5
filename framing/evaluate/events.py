"""Grouping articles by event, measured with B-cubed on the AllSides same-event groups.

All articles of one half of the events are shuffled together and grouped again. B-cubed
(Bagga & Baldwin 1998): for every article, how much of its group belongs with it
(precision) and how much of what belongs with it is in its group (recall).
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path
from time import perf_counter

from framing.article import Article
from framing.errors import InputError
from framing.evaluate.metrics import EvaluationReport

__all__ = ["DESCRIPTION", "NAME", "b_cubed", "evaluate"]

NAME = "events"
DESCRIPTION = "AllSides same-event groups: articles shuffled and grouped again (B-cubed)"


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """(precision, recall, F1) of the labels ``found`` against ``gold``, one label per article."""
    if len(gold) != len(found) or not gold:
        raise ValueError("b_cubed takes two equally long, non-empty lists of labels")
    both, left, right = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    precision = sum(n * n / right[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / left[g] for (g, _), n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def evaluate(path: str | Path, *, seed: int = 0) -> EvaluationReport:
    """Figures for the development half (events 1, 3, 5 ...; settings were chosen on it) and the other half.

    ``path``: JSON lines (gzipped or not), one event a line with ``articles`` of ``text``, ``title``,
    ``source`` and ``date``. Raises InputError where a line is none.
    """
    from framing.event import group

    path = Path(path)
    halves: list[list[tuple[int, Article]]] = [[], []]
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                for a in json.loads(line)["articles"]:
                    article = Article(
                        text=a["text"], outlet=a.get("source"), title=a.get("title"), published=a.get("date") or None
                    )
                    halves[number % 2].append((number, article))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: no same-event groups as JSON lines ({error})") from None
    figures: dict[str, float] = {}
    for name, half in zip(("development", "other"), halves, strict=True):
        if not half:
            continue
        random.Random(seed).shuffle(half)
        began = perf_counter()
        events = group([a for _, a in half], labels=False)
        seconds = perf_counter() - began
        found = [0] * len(half)
        for place, event in enumerate(events):
            for k in event.articles:
                found[k] = place
        gold = [g for g, _ in half]
        precision, recall, f1 = b_cubed(gold, found)
        figures |= {
            f"{name} articles": len(half), f"{name} events": len(set(gold)), f"{name} groups found": len(events),
            f"{name} B3 precision": precision, f"{name} B3 recall": recall, f"{name} B3 F1": f1,
            f"{name} seconds": round(seconds, 2),
        }  # fmt: skip
    return EvaluationReport(
        "AllSides events",
        "articles of each half shuffled together, grouped by text, headline and date",
        "framing.event.group, default settings",
        figures,
        notes=["weights and threshold were chosen on the development half; the other half was only measured"],
    )

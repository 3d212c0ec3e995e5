"""Where the time of full scoring goes: ``python tests/bench/profiling.py [ARTICLES.jsonl[.gz]] [--articles N]``.

Prints the share of every module (its own time and what it calls outside the package) and the costliest functions.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from collections import Counter
from pathlib import Path

from speed import rows

from framing.analysis import analyse
from framing.article import Article
from framing.batch.tables import Rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    args = parser.parse_args()
    articles = [Article(text=r["text"], title=r.get("title")) for r in rows(args.file, args.articles)]
    for article in articles:  # words seen for the first time cost more
        Rows().add(analyse(article), 0)
    profile = cProfile.Profile()
    held = Rows()
    profile.enable()
    for k, article in enumerate(articles):
        held.add(analyse(article), k)
    profile.disable()
    stats = pstats.Stats(profile)
    share: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        if "/framing/" in file:
            share[file.rpartition("/framing/")[2]] += own
            continue
        for (caller, _, _), (_, _, spent, _) in callers.items():
            share[caller.rpartition("/framing/")[2] if "/framing/" in caller else "elsewhere"] += spent
    total = sum(share.values())
    for name, seconds in share.most_common(25):
        print(f"{seconds / total:>7.1%}  {name}")
    stats.sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()

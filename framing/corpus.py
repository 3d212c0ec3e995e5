"""Many events -> what each outlet does on the same events: profiles, tests, preferred words.

The unit is the event. Articles are grouped by event (:mod:`framing.event`), every event with two or more
independent reports is compared (:mod:`framing.compare`), and what the articles counted is laid down in one table,
``articles``, from which profiles and tests are computed and can be recomputed.

- ``profiles``: one row per outlet and measure: the pooled rate with a cluster bootstrap over events, the rate
  adjusted for which events the outlet covered (Poisson model with outlet and event effects), and how it stands to all
  others on the same events (rate ratio, permutation p).
- ``tests``: one row per pair of outlets and measure: rate ratio within events (Mantel and Haenszel 1959), label-swap
  permutation p, Cliff's delta, the smallest ratio these texts would have shown, Holm over the declared primary
  measures and Benjamini-Hochberg over the rest.
- ``words``: words an outlet prefers for what others report too (log-odds with an informative Dirichlet prior,
  Monroe, Colaresi and Quinn 2008, on aligned narration only).

Folder written by :meth:`CorpusComparison.save`::

    events.csv articles.csv profiles.csv tests.csv words.csv   (and the same as .parquet, exact)
    manifest.json                                              signature, options, notes, counts
    <slug>/                                                    one saved Comparison per compared event
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing import background, escape
from framing.align import content_words
from framing.analysis import Analysis, analyse, checked
from framing.article import Article
from framing.compare import Comparison, compare, harmless_table, same_table
from framing.errors import InputError, UsageError
from framing.event import Event, day, group
from framing.lexicon import Lexicon, load
from framing.score import MEASURES, PER, STANCES
from framing.statistics import (
    benjamini_hochberg,
    cliffs_delta,
    dispersion,
    event_effects,
    holm,
    label_swaps,
    log_odds,
    rate_interval,
    stratified_ratio,
    within_permutation,
)

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = [
    "COLUMNS",
    "PRIMARY",
    "QUOTIENTS",
    "TABLES",
    "CorpusComparison",
    "Quotient",
    "compare_events",
    "pairwise_tests",
    "profile",
]

TABLES = ("events", "articles", "profiles", "tests", "words")
# Declared before any data were seen: what "more slanted" is taken to mean. Everything else is exploratory.
PRIMARY = ("loaded_negative", "loaded_positive", "hedge", "aside", "opinion", "share_direct")
# The fewest events with which an exact label swap can give p < .05.
LEAST_EVENTS = 6
# Random permutations; so many that the smallest p survives Holm over a few thousand tests.
PERMUTATIONS = 99_999
# Articles of one event compared at most: forty outlets make 780 pairs.
MOST = 40


@dataclass(frozen=True, slots=True)
class Quotient:
    """A measure as a quotient of two columns of the ``articles`` table: ``per`` x sum(top) / sum(bottom).

    ``poisson``: the top counts marks, whose interval is never shorter than the Poisson one.
    """

    name: str
    label: str
    unit: str
    top: str
    bottom: str
    per: float
    poisson: bool


QUOTIENTS: tuple[Quotient, ...] = (
    *(Quotient(m.name, m.label, "per 1,000 own words", f"n_{m.name}", "words_narration", PER, True) for m in MEASURES),
    *(
        Quotient(f"share_{v}", f"Share {v}", "share of words", f"words_{v}", "words", 1, False)
        for v in ("narration", "direct", "indirect")
    ),
    Quotient("opinion", "Opinion", "share of own sentences", "sum_opinion", "n_narration_sentences", 1, False),
    *(
        Quotient(f"stance_{s}", f"Cues: {s}", "share of reporting cues", f"n_stance_{s}", "n_attribution", 1, True)
        for s in STANCES
    ),
)
_BY_NAME = {q.name: q for q in QUOTIENTS}
_NUMBERS = tuple(dict.fromkeys(c for q in QUOTIENTS for c in (q.bottom, q.top)))

COLUMNS: dict[str, tuple[str, ...]] = {
    "events": (
        "event", "slug", "title", "date_first", "date_last", "n_articles", "n_copies", "n_outlets", "outlets",
        "compared", "likeness", "words", "n_aligned", "n_voice_shifts", "n_only", "n_asides", "share_narration",
        "share_direct", "share_indirect", "loaded_negative", "loaded_positive", "hedge", "booster", "opinion",
        "widest_measure", "widest_a", "widest_b", "widest_value_a", "widest_value_b", "widest_ratio", "widest_low",
        "widest_high", "terms", "notes",
    ),
    "articles": (
        "article", "event", "slug", "id", "outlet", "title", "published", "source", "copy_of", "copy_kind",
        "copy_share", "compared", "status", *_NUMBERS,
    ),
    "profiles": (
        "outlet", "measure", "label", "unit", "n_events", "n_articles", "words", "n", "rate", "low", "high", "method",
        "adjusted", "adjusted_low", "adjusted_high", "n_shared", "dispersion", "dispersion_p", "ratio", "ratio_low",
        "ratio_high", "primary", "p", "p_adjusted",
    ),
    "tests": (
        "outlet_a", "outlet_b", "measure", "label", "unit", "primary", "n_events", "words_a", "words_b", "n_a", "n_b",
        "rate_a", "rate_b", "ratio", "low", "high", "interval", "delta", "p", "p_adjusted", "adjustment", "method",
        "detectable",
    ),
    "words": ("outlet", "against", "word", "n", "n_against", "n_events", "log_odds", "low", "high", "z"),
}  # fmt: skip


@dataclass(eq=False)
class CorpusComparison:
    """Same events, many outlets: the tables of this module's docstring as pandas DataFrames.

    ``notes``: warnings a reader must see. ``meta``: everything the result depends on.
    ``comparisons``: slug -> Comparison; after :meth:`load`, and where :func:`compare_events` was given
    ``each``, they are read from their folder when asked for.
    """

    events: pd.DataFrame
    articles: pd.DataFrame
    profiles: pd.DataFrame
    tests: pd.DataFrame
    words: pd.DataFrame
    notes: list[str] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=dict)
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """One line that names version, word lists, model, seed and resamples."""
        m = self.meta
        return (
            f"framing {m['version']} lexicon:{m['lexicon'][:8]} opinion:{m['model'][:8]} "
            f"seed:{m['seed']} resamples:{m['resamples']} window:{m['window']}"
        )

    def save(self, folder: str | Path, *, comparisons: bool = True) -> None:
        """Write every table as CSV (for people) and Parquet (exact), ``manifest.json``, and a folder per event.

        ``comparisons``: write the Comparisons that are in memory too (those on disk stay where they are).
        """
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            table: pd.DataFrame = getattr(self, name)
            table.to_parquet(place / f"{name}.parquet", index=False)
            harmless_table(table).to_csv(place / f"{name}.csv", index=False, lineterminator="\n")
        if comparisons and isinstance(self.comparisons, dict):
            for slug, comparison in self.comparisons.items():
                comparison.save(place / slug)
        manifest = {
            "kind": "events",
            "signature": self.signature,
            "meta": self.meta,
            "notes": self.notes,
            "tables": {name: len(getattr(self, name)) for name in TABLES},
            "compared": self.events["slug"].dropna().tolist(),
        }
        (place / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")

    @classmethod
    def load(cls, folder: str | Path) -> CorpusComparison:
        """Read back what :meth:`save` wrote. Raises InputError if it is not such a folder."""
        import pandas as pd

        place = Path(folder)
        try:
            manifest = json.loads((place / "manifest.json").read_text("utf-8"))
            if manifest["kind"] != "events":
                raise ValueError(f"kind is {manifest['kind']!r}")
            if any(s in ("", ".", "..") or Path(s).name != s for s in manifest["compared"]):
                raise ValueError("an event's folder must lie inside")
            tables = {n: pd.read_parquet(place / f"{n}.parquet") for n in TABLES}
            return cls(
                **tables,
                notes=manifest["notes"],
                meta=manifest["meta"],
                comparisons=_Stored(place, manifest["compared"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"{place}: not saved events ({error})") from None

    def __eq__(self, other: object) -> bool:
        """The same tables (a missing cell equals a missing cell), notes and meta."""
        if not isinstance(other, CorpusComparison):
            return NotImplemented
        if self.notes != other.notes or self.meta != other.meta:
            return False
        return all(same_table(getattr(self, n), getattr(other, n)) for n in TABLES)

    __hash__ = None  # type: ignore[assignment]

    def _repr_html_(self) -> str:
        from framing.report.notebook import corpus_html

        return corpus_html(self)


class _Stored(Mapping[str, Comparison]):
    """Comparisons in their folders, read when asked for."""

    def __init__(self, place: Path, slugs: Sequence[str]) -> None:
        self.place, self.slugs = place, list(slugs)

    def __getitem__(self, slug: str) -> Comparison:
        if slug not in self.slugs:
            raise KeyError(slug)
        return Comparison.load(self.place / slug)

    def __iter__(self) -> Iterator[str]:
        return iter(self.slugs)

    def __len__(self) -> int:
        return len(self.slugs)


def compare_events(
    articles: Iterable[str | Article | Analysis],
    *,
    lexicon: Lexicon | None = None,
    window: int = 3,
    most: int = MOST,
    primary: Sequence[str] = PRIMARY,
    least_events: int = LEAST_EVENTS,
    seed: int = 0,
    resamples: int = 2000,
    permutations: int = PERMUTATIONS,
    each: Callable[[str, Comparison], None] | None = None,
    progress: Callable[[str], None] = lambda message: None,
) -> CorpusComparison:
    """Group articles by event, compare every event with two or more independent reports, and sum up by outlet.

    Articles that carry an ``event`` keep it, the others are grouped within ``window`` days. Copies of another article
    are listed and left out. ``most``: articles compared per event at most, the first by position. ``primary``:
    names of the measures declared in advance (Holm); ``least_events``: events that two outlets must share to be
    tested. ``each(slug, comparison)`` takes every Comparison as it is made; without it they are all kept in memory.

    Raises UsageError on a measure nobody knows. Outlets are told apart by ``Article.outlet``; articles without one
    are compared within their event and left out of profiles and tests.
    """
    from framing import __version__
    from framing.classify import classifier
    from framing.classify.charge import charge

    if unknown := [m for m in primary if m not in _BY_NAME]:
        raise UsageError(f"no measure {unknown[0]!r}; there are {', '.join(_BY_NAME)}")
    if most < 2 or least_events < 2:
        raise UsageError("most and least_events must be 2 or more")
    given = list(checked(articles, "compare_events"))
    plain = [a.article if isinstance(a, Analysis) else Article(text=a) if isinstance(a, str) else a for a in given]
    lexicon = lexicon or next((a.lexicon for a in given if isinstance(a, Analysis)), None) or load()
    progress("grouping")
    found = group(plain, window=window)
    several = [e for e in found if len(e.independent) > 1]
    rows: dict[int, dict[str, Any]] = {}
    event_rows: dict[str, dict[str, Any]] = {}
    kept: dict[str, Comparison] = {}
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    bags = _Bags()
    for number, event in enumerate(several, 1):
        progress(f"{number} of {len(several)}")
        slug = slugs[event.id] = escape.file_name("-".join((event.id, *_named(event))), taken)
        members = list(event.independent[:most])
        analyses = [a if isinstance(a := given[k], Analysis) else analyse(plain[k], lexicon=lexicon) for k in members]
        title = _title(event, [plain[k] for k in members])
        comparison = compare(analyses, lexicon=lexicon, seed=seed, resamples=resamples, event_title=title)
        for k, a in zip(members, analyses, strict=True):
            rows[k] = _numbers(a)
        event_rows[event.id] = _headline(comparison) | {"title": title}
        bags.add(number, [plain[k].outlet for k in members], analyses, comparison)
        if each is None:
            kept[slug] = comparison
        else:
            each(slug, comparison)
    article_table = _article_table(plain, found, slugs, rows)
    notes = _notes(plain, found, most)
    meta = {
        "version": __version__,
        "lexicon": lexicon.sha256,
        "model": str(getattr(classifier("opinion"), "sha256", "")),
        "charge": charge().sha256,
        "seed": seed,
        "resamples": resamples,
        "permutations": permutations,
        "window": window,
        "most": most,
        "primary": list(primary),
        "least_events": least_events,
        "input": hashlib.sha256("\0".join(a.text for a in plain).encode("utf-8", "replace")).hexdigest(),
    }
    progress("profiles and tests")
    options: dict[str, Any] = {"primary": primary, "least_events": least_events, "seed": seed}
    options |= {"resamples": resamples, "permutations": permutations}
    tests, more = pairwise_tests(article_table, **options)
    return CorpusComparison(
        events=_event_table(plain, found, slugs, event_rows),
        articles=article_table,
        profiles=profile(article_table, **options),
        tests=tests,
        words=bags.table(),
        notes=notes + more,
        meta=meta,
        comparisons=kept,
    )


# ------------------------------------------------------------------------------------------ from articles to rows


def _numbers(a: Analysis) -> dict[str, Any]:
    """The additive numbers of one article that every quotient is made of."""
    values = a.values
    out: dict[str, Any] = {"status": values["status"], "sum_opinion": float(sum(a.opinion.values()))}
    for s in STANCES:
        out[f"n_stance_{s}"] = a.counts.total(lambda d, k, v, s=s: d == "attribution" and k == s)  # type: ignore[misc]
    for name in _NUMBERS:
        if name not in out:
            out[name] = values[name]
    return out


def _headline(c: Comparison) -> dict[str, Any]:
    """What the list of events shows about one comparison."""
    import numpy as np

    s = c.scores
    words, own = s["words"].sum(), s["words_narration"].sum()
    out: dict[str, Any] = {
        "words": int(words),
        "n_aligned": len(c.alignment),
        "n_voice_shifts": len(c.voice_shifts),
        "n_only": len(c.only),
        "n_asides": len(c.asides),
        "notes": " ".join(c.notes),
    }
    out |= {f"share_{v}": s[f"words_{v}"].sum() / words if words else nan for v in ("narration", "direct", "indirect")}
    for m in ("loaded_negative", "loaded_positive", "hedge", "booster"):
        out[m] = PER * s[f"n_{m}"].sum() / own if own else nan
    n = s["n_narration_sentences"].astype(float)
    out["opinion"] = float((s["opinion"].astype(float).fillna(0) * n).sum() / n.sum()) if n.sum() else nan
    # The widest difference: the ratio whose interval stays farthest from 1.
    d = c.differences
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.fmax(np.log(d["ratio_low"].to_numpy(float)), -np.log(d["ratio_high"].to_numpy(float)))
    if np.isfinite(far).any() and np.nanmax(far) > 0:
        row = d.iloc[int(np.nanargmax(far))]
        out |= {
            "widest_measure": row["measure"], "widest_a": row["a"], "widest_b": row["b"],
            "widest_value_a": row["value_a"], "widest_value_b": row["value_b"], "widest_ratio": row["ratio"],
            "widest_low": row["ratio_low"], "widest_high": row["ratio_high"],
        }  # fmt: skip
    return out


def _title(event: Event, articles: Sequence[Article]) -> str:
    """The headline that holds most of the words that tell the event (the earliest of equals)."""
    terms = set(event.terms)
    best, most = "", 0
    for a in articles:
        title = " ".join((a.title or a.text.lstrip()[:300].split("\n", 1)[0]).split())
        low = title.lower()
        hits = sum(t in low for t in terms)
        if title and len(title) <= 160 and (hits > most or not best):
            best, most = title, hits
    return best or " ".join(event.terms[:5]) or event.id


def _plain(text: str | None) -> str | None:
    """Half a surrogate pair cannot be stored in any table."""
    return escape.storable(text) if text else text


def _article_table(
    plain: list[Article], found: list[Event], slugs: dict[str, str], rows: dict[int, dict[str, Any]]
) -> pd.DataFrame:
    import pandas as pd

    of = {k: e for e in found for k in e.articles}
    out = []
    for k, a in enumerate(plain):
        e = of[k]
        copy = next((c for c in e.copies if c.copy == k), None)
        out.append(
            {"article": k, "event": _plain(e.id), "slug": slugs.get(e.id), "id": _plain(a.id)}
            | {
                "outlet": _plain(a.outlet),
                "title": _plain(a.title),
                "published": a.published,
                "source": _plain(a.source),
            }
            | {"copy_of": copy.original if copy else None, "copy_kind": copy.kind if copy else None}
            | {"copy_share": round(copy.share, 4) if copy else nan, "compared": k in rows}
            | rows.get(k, {})
        )
    table = pd.DataFrame(out, columns=list(COLUMNS["articles"]))
    table["copy_of"] = table["copy_of"].astype("Int64")
    for name in _NUMBERS:
        table[name] = table[name].astype(float)
    return table


def _event_table(
    plain: list[Article], found: list[Event], slugs: dict[str, str], rows: dict[str, dict[str, Any]]
) -> pd.DataFrame:
    import pandas as pd

    out = []
    for e in found:
        outlets = list(dict.fromkeys(a for k in e.articles if (a := plain[k].outlet)))
        out.append(
            {"event": _plain(e.id), "slug": slugs.get(e.id), "title": _title(e, [plain[k] for k in e.articles])}
            | {"date_first": e.first, "date_last": e.last, "n_articles": len(e.articles), "n_copies": len(e.copies)}
            | {"n_outlets": len(outlets), "outlets": _plain(" | ".join(outlets)), "compared": e.id in rows}
            | {"likeness": round(e.likeness, 4), "terms": " ".join(e.terms)}
            | rows.get(e.id, {})
        )
    table = pd.DataFrame(out, columns=list(COLUMNS["events"]))
    table["title"] = table["title"].map(_plain)
    numbers = [c for c in COLUMNS["events"] if c.startswith(("words", "n_", "share_", "loaded", "hedge", "booster"))]
    for name in (*numbers, "opinion", "widest_value_a", "widest_value_b", "widest_ratio", "widest_low", "widest_high"):
        table[name] = table[name].astype(float)
    for name in ("n_articles", "n_copies", "n_outlets"):
        table[name] = table[name].astype(int)
    return table


def _named(event: Event) -> list[str]:
    """Three words that tell the event, numbers only where there are no words."""
    return sorted(event.terms, key=lambda t: not t[:1].isalpha())[:3]


def _notes(plain: list[Article], found: list[Event], most: int) -> list[str]:
    notes = []
    nameless = sum(not a.outlet for a in plain)
    if nameless:
        verb = "names no outlet: it is" if nameless == 1 else "name no outlet: they are"
        notes.append(f"{nameless} of {len(plain)} articles {verb} left out of profiles and tests.")
    undated = sum(day(a.published) is None for a in plain if not a.event)
    if undated:
        verb = (
            "has no date that can be read: it joins an event by its"
            if undated == 1
            else ("have no date that can be read: they join an event by their")
        )
        notes.append(f"{undated} of {len(plain)} articles {verb} text alone.")
    copies = sum(len(e.copies) for e in found)
    if copies:
        many = "1 article copies" if copies == 1 else f"{copies} articles copy"
        notes.append(f"{many} another one of the same event (syndicated or doubled); left out of the comparison.")
    cut = [e for e in found if len(e.independent) > most]
    if cut:
        many = "1 event has" if len(cut) == 1 else f"{len(cut)} events have"
        notes.append(f"{many} more than {most} independent reports; the first {most} are compared.")
    if not any(len(e.independent) > 1 for e in found):
        notes.append("No event has two independent reports: there is nothing to compare.")
    return notes


# ------------------------------------------------------------------------------------------ profiles and tests


def _cells(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per event and outlet of the compared articles, numbers summed."""
    use = articles[articles["compared"] & articles["outlet"].notna() & (articles["outlet"] != "")]
    cells = use.groupby(["event", "outlet"], sort=True)[list(_NUMBERS)].sum()
    cells["n_articles"] = use.groupby(["event", "outlet"]).size()
    return cells.reset_index()


def profile(
    articles: pd.DataFrame,
    *,
    primary: Sequence[str] = PRIMARY,
    least_events: int = LEAST_EVENTS,
    seed: int = 0,
    resamples: int = 2000,
    permutations: int = PERMUTATIONS,
) -> pd.DataFrame:
    """One row per outlet and measure from the ``articles`` table; see :class:`CorpusComparison`.

    ``rate`` is pooled over the outlet's events (``per`` as ``unit`` says). ``adjusted`` is the rate it would have
    had on the events of all outlets it is connected with (:func:`framing.statistics.event_effects`);
    ``n_shared`` events inform it. ``dispersion`` above 1 with a small ``dispersion_p`` says that counts vary more
    between events than chance, so that Poisson intervals would be too short; ours allow for it. ``ratio``: the outlet's
    rate over that of all others within the same events; ``p``: of that, if the outlet could stand for any other one in
    every event (permutation within events), from ``least_events`` shared events on; ``p_adjusted`` as in
    :func:`pairwise_tests`, over all outlets.
    """
    import numpy as np
    import pandas as pd

    cells = _cells(articles)
    outlets, code = np.unique(cells["outlet"].to_numpy(dtype=str), return_inverse=True)
    _, event = np.unique(cells["event"].to_numpy(dtype=str), return_inverse=True)
    rows = []
    top = np.column_stack([cells[q.top].to_numpy(float) for q in QUOTIENTS])
    bottom = np.column_stack([cells[q.bottom].to_numpy(float) for q in QUOTIENTS])
    seeds = [[seed, _number(o)] for o in outlets.tolist()]
    standing = _standing(event, code, top, bottom, least_events, seeds, resamples, permutations)
    n_articles = cells["n_articles"].to_numpy()
    for m, q in enumerate(QUOTIENTS):
        n, w = top[:, m], bottom[:, m]
        adjusted, adjusted_low, adjusted_high, shared = event_effects(event, code, n, w)
        for k, outlet in enumerate(outlets.tolist()):
            mine = code == k
            rng = np.random.default_rng([seed, _number(outlet), _number(q.name)])
            rate, low, high, method = rate_interval(n[mine], w[mine], rng, resamples, q.poisson)
            spread, p = dispersion(n[mine].tolist(), w[mine].tolist()) if q.poisson else (nan, nan)
            rows.append(
                {"outlet": outlet, "measure": q.name, "label": q.label, "unit": q.unit}
                | {"n_events": int((w[mine] > 0).sum()), "n_articles": int(n_articles[mine].sum())}
                | {"words": w[mine].sum(), "n": n[mine].sum()}
                | {"rate": q.per * rate, "low": q.per * low, "high": q.per * high, "method": method}
                | {"adjusted": q.per * adjusted[k], "adjusted_low": q.per * adjusted_low[k]}
                | {"adjusted_high": q.per * adjusted_high[k], "n_shared": int(shared[k])}
                | {"dispersion": spread, "dispersion_p": p, "primary": q.name in primary}
                | standing[k][m]
            )
            if q.per == 1:
                for name in ("high", "adjusted_high"):
                    rows[-1][name] = min(1.0, rows[-1][name]) if rows[-1][name] == rows[-1][name] else nan
    _adjust(rows)
    table = pd.DataFrame(rows, columns=list(COLUMNS["profiles"]))
    order = {q.name: k for k, q in enumerate(QUOTIENTS)}
    return table.sort_values(
        ["outlet", "measure"], key=lambda c: c.map(order) if c.name == "measure" else c
    ).reset_index(drop=True)


def _standing(
    event: np.ndarray,
    code: np.ndarray,
    top: np.ndarray,
    bottom: np.ndarray,
    least_events: int,
    seeds: Sequence[list[int]],
    resamples: int,
    permutations: int,
) -> list[list[dict[str, Any]]]:
    """Per outlet and measure (columns of ``top``): rate ratio over all others on the same events, and its p."""
    import numpy as np

    size = int(event.max()) + 1 if len(event) else 0
    sums = [np.zeros((size, top.shape[1])) for _ in range(2)]
    np.add.at(sums[0], event, top)
    np.add.at(sums[1], event, bottom)
    n_all, w_all = sums
    # What every outlet of an event has above what the event's rate would give it: zero in sum over the event.
    scores = top - bottom * (n_all / np.maximum(w_all, 1e-9))[event]
    order = np.argsort(event, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(event, minlength=size))[:-1]) if size else []
    out = []
    for outlet, seed in enumerate(seeds):
        rng = np.random.default_rng(seed)
        mine = np.array([r for r in np.flatnonzero(code == outlet) if len(members[event[r]]) > 1], dtype=int)
        p = np.full(top.shape[1], nan)
        if len(mine) >= least_events:
            strata = [scores[members[event[r]]] for r in mine]
            p = within_permutation(strata, scores[mine].sum(axis=0), rng, permutations)
        rows = []
        for m, q in enumerate(QUOTIENTS):
            n, w = top[mine, m], bottom[mine, m]
            rest_n, rest_w = n_all[event[mine], m] - n, w_all[event[mine], m] - w
            ratio, low, high, *_ = stratified_ratio(rest_n, rest_w, n, w, rng, resamples, q.poisson)
            rows.append(
                {"ratio": ratio, "ratio_low": low, "ratio_high": high, "p": float(p[m]) if ratio == ratio else nan}
            )
        out.append(rows)
    return out


def _adjust(rows: list[dict[str, Any]]) -> None:
    """Holm over the primary measures, Benjamini-Hochberg over the rest."""
    for chosen, adjust, name in ((True, holm, "Holm"), (False, benjamini_hochberg, "Benjamini-Hochberg")):
        mine = [r for r in rows if r["primary"] == chosen]
        for r, p in zip(mine, adjust([r["p"] for r in mine]), strict=True):
            r["p_adjusted"], r["adjustment"] = p, name


def _number(name: str) -> int:
    """A number that a name always gives, to seed with."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "replace")).digest()[:4], "big")


def pairwise_tests(
    articles: pd.DataFrame,
    *,
    primary: Sequence[str] = PRIMARY,
    least_events: int = LEAST_EVENTS,
    seed: int = 0,
    resamples: int = 2000,
    permutations: int = PERMUTATIONS,
) -> tuple[pd.DataFrame, list[str]]:
    """Tests of every pair of outlets that share ``least_events`` events, from the ``articles`` table, and notes.

    ``ratio`` is b over a within events; ``delta`` is Cliff's delta of the events' rates (above 0: b has more). The
    null of ``p`` is that the two labels could be swapped in every event. ``p_adjusted``: Holm over all pairs and
    primary measures, Benjamini-Hochberg over all pairs and the rest. ``detectable``: the smallest ratio above 1 that
    these texts would have shown in four of five studies like this one.
    """
    import numpy as np
    import pandas as pd

    cells = _cells(articles)
    of: dict[str, dict[str, int]] = defaultdict(dict)
    for k, (event, outlet) in enumerate(zip(cells["event"], cells["outlet"], strict=True)):
        of[outlet][event] = k
    numbers = {c: cells[c].to_numpy(float) for c in _NUMBERS}
    rows: list[dict[str, Any]] = []
    passed = 0
    for a, b in combinations(sorted(of), 2):
        events = sorted(of[a].keys() & of[b].keys())
        if len(events) < least_events:
            passed += bool(events)
            continue
        i, j = np.array([of[a][e] for e in events]), np.array([of[b][e] for e in events])
        rows.extend(_pair(a, b, i, j, numbers, primary, seed, resamples, permutations))
    _adjust(rows)
    notes = []
    if passed:
        notes.append(
            f"{passed} pairs of outlets share fewer than {least_events} events: they are not tested, "
            "no test could find anything."
        )
    return pd.DataFrame(rows, columns=list(COLUMNS["tests"])), notes


def _pair(
    a: str,
    b: str,
    i: np.ndarray,
    j: np.ndarray,
    numbers: dict[str, np.ndarray],
    primary: Sequence[str],
    seed: int,
    resamples: int,
    permutations: int,
) -> list[dict[str, Any]]:
    import numpy as np

    rng = np.random.default_rng([seed, _number(a), _number(b)])
    columns = []
    for q in QUOTIENTS:
        n_a, w_a, n_b, w_b = numbers[q.top][i], numbers[q.bottom][i], numbers[q.top][j], numbers[q.bottom][j]
        both = (w_a > 0) & (w_b > 0)
        # The score of the ratio within each event: swapping the labels turns its sign.
        columns.append(np.where(both, (n_b * w_a - n_a * w_b) / np.maximum(w_a + w_b, 1e-9), 0.0))
    p, method = label_swaps(np.column_stack(columns), rng, permutations)
    rows = []
    for m, q in enumerate(QUOTIENTS):
        n_a, w_a, n_b, w_b = numbers[q.top][i], numbers[q.bottom][i], numbers[q.top][j], numbers[q.bottom][j]
        both = (w_a > 0) & (w_b > 0)
        n_a, w_a, n_b, w_b = n_a[both], w_a[both], n_b[both], w_b[both]
        counted = len(n_a) > 0 and n_a.sum() + n_b.sum() > 0
        ratio, low, high, detectable, interval = stratified_ratio(n_a, w_a, n_b, w_b, rng, resamples, q.poisson)
        rows.append(
            {"outlet_a": a, "outlet_b": b, "measure": q.name, "label": q.label, "unit": q.unit}
            | {"primary": q.name in primary, "n_events": len(n_a), "words_a": w_a.sum(), "words_b": w_b.sum()}
            | {"n_a": n_a.sum(), "n_b": n_b.sum(), "rate_a": q.per * n_a.sum() / w_a.sum() if len(n_a) else nan}
            | {"rate_b": q.per * n_b.sum() / w_b.sum() if len(n_a) else nan, "ratio": ratio, "low": low, "high": high}
            | {"interval": interval, "delta": cliffs_delta((n_a / w_a).tolist(), (n_b / w_b).tolist())}
            | {"p": float(p[m]) if counted else nan, "p_adjusted": nan, "adjustment": "", "method": method}
            | {"detectable": detectable}
        )
    return rows


# ------------------------------------------------------------------------------------------ preferred words


class _Bags:
    """Words of aligned narration, by outlet: its own wording and the others' wording of the same things."""

    def __init__(self) -> None:
        self.own: dict[str, Counter[str]] = defaultdict(Counter)
        self.others: dict[str, Counter[str]] = defaultdict(Counter)
        self.events: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))

    def add(
        self, event: int, outlets: Sequence[str | None], analyses: Sequence[Analysis], comparison: Comparison
    ) -> None:
        at = {ident: k for k, ident in enumerate(comparison.articles["id"])}
        spans: dict[tuple[int, str], set[tuple[int, int, int]]] = defaultdict(set)
        for r in comparison.alignment.to_dict("records"):
            if r["a_voice"] != "narration" or r["b_voice"] != "narration":
                continue
            i, j = at[r["a_id"]], at[r["b_id"]]
            x, y = (i, r["a_start"], r["a_end"]), (j, r["b_start"], r["b_end"])
            if outlets[i] == outlets[j]:
                continue
            # A passage counts once for each side, however many outlets report the same.
            for k, mine, theirs in ((i, x, y), (j, y, x)):
                if outlet := outlets[k]:
                    spans[0, outlet].add(mine)
                    spans[1, outlet].add(theirs)
        for (side, outlet), passages in spans.items():
            bag = (self.own, self.others)[side][outlet]
            for k, start, end in sorted(passages):
                words = content_words(analyses[k].reading, start, end)
                bag.update(words)
                for w in words:
                    self.events[outlet][w].add(event)

    def table(self, least: int = 3, sure: float = 1.96, most: int = 40) -> pd.DataFrame:
        """Words of ``least`` events or more, preferred or shunned beyond chance; ``most`` a side and outlet."""
        import pandas as pd

        table = background.load()
        prior = table.count
        rows = []
        for outlet in sorted(self.own):
            found = log_odds(self.others[outlet], self.own[outlet], prior)
            # Names tell which things an outlet reports, and its style book; not how it words what others report too.
            seen = [
                (z, w, d)
                for w, (d, z) in found.items()
                if len(self.events[outlet][w]) >= least and abs(z) >= sure
                if table.name_share(w) <= 0.5 and w.isalpha() and len(w) > 2
            ]
            seen.sort(key=lambda t: (-t[0], t[1]))
            ends = [t for t in seen if t[0] > 0][:most] + [t for t in seen if t[0] < 0][-most:]
            for z, w, d in ends:
                half = 1.96 * abs(d / z)
                rows.append(
                    {"outlet": _plain(outlet), "against": "other outlets, same passages", "word": _plain(w)}
                    | {"n": self.own[outlet][w], "n_against": self.others[outlet][w]}
                    | {
                        "n_events": len(self.events[outlet][w]),
                        "log_odds": d,
                        "low": d - half,
                        "high": d + half,
                        "z": z,
                    }
                )
        return pd.DataFrame(rows, columns=list(COLUMNS["words"]))

"""Two or more outlets on the same event -> Comparison: tables of what differs, and how sure that is.

One event is *descriptive*: intervals are exact Poisson intervals for each rate, conditional
intervals for a ratio of two rates (Przyborowski & Wilenski 1940; Clopper & Pearson 1934), and a
bootstrap over sentences for shares. They say how much a figure would move if the same outlet had
written sentences like these, "conditional on these texts"; no test is claimed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from itertools import combinations
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing import escape
from framing.align import align, differences
from framing.analysis import Analysis, analyse
from framing.article import Article
from framing.errors import InputError, UsageError
from framing.evidence import Evidence
from framing.lexicon import Lexicon
from framing.score import MEASURES, PER
from framing.statistics import rate_ratio

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TABLES", "Comparison", "compare", "harmless_table", "same_table"]

TABLES = (
    "articles", "scores", "evidence", "sentences", "voices", "differences", "alignment", "voice_shifts", "only",
    "asides", "sources", "naming", "targets",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "alignment": (
        "a_id", "a_start", "a_end", "a_voice", "b_id", "b_start", "b_end", "b_voice", "similarity", "relation",
        "a_outlet", "b_outlet", "a_speaker", "b_speaker", "a_text", "b_text", "added", "dropped", "replaced", "devices",
    ),
    "voice_shifts": (
        "a_id", "b_id", "a_outlet", "b_outlet", "a_voice", "b_voice", "shift", "a_text", "b_text", "a_speaker",
        "b_speaker", "a_start", "a_end", "b_start", "b_end", "similarity",
    ),
    "only": ("id", "outlet", "start", "end", "text", "voice", "speaker", "category", "weight"),
    "asides": ("id", "outlet", "start", "end", "kind", "text", "sentence"),
    "sources": (
        "outlet", "id", "speaker", "kind", "words_direct", "words_indirect", "words", "share", "first_position",
        "only_here", "named",
    ),
    "naming": ("actor", "outlet", "id", "name", "n", "kind", "valence"),
    "targets": ("outlet", "id", "target", "positive", "negative", "n", "terms"),
}  # fmt: skip
# Below this containment-weighted similarity two articles share too little to be one event.
UNRELATED = 0.06
SYNDICATED = 0.85


@dataclass(eq=False)
class Comparison:
    """What two or more outlets make of one event. Every table is a pandas DataFrame.

    ``scores`` is indexed by outlet; ``differences`` has a row per measure and pair of outlets;
    ``alignment``, ``voice_shifts``, ``only``, ``asides``, ``sources``, ``naming``, ``targets`` as
    their columns say. ``texts`` are the articles' texts, ``notes`` the warnings a reader must see,
    ``signature`` names everything the result depends on.
    """

    articles: pd.DataFrame
    scores: pd.DataFrame
    evidence: pd.DataFrame
    sentences: pd.DataFrame
    voices: pd.DataFrame
    differences: pd.DataFrame
    alignment: pd.DataFrame
    voice_shifts: pd.DataFrame
    only: pd.DataFrame
    asides: pd.DataFrame
    sources: pd.DataFrame
    naming: pd.DataFrame
    targets: pd.DataFrame
    texts: list[str]
    notes: list[str] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=dict)
    event_title: str | None = None

    @property
    def signature(self) -> str:
        """One line that names version, word lists, model, seed and resamples."""
        m = self.meta
        return (
            f"framing {m['version']} lexicon:{m['lexicon'][:8]} opinion:{m['model'][:8]} "
            f"seed:{m['seed']} resamples:{m['resamples']}"
        )

    @property
    def reliability(self) -> dict[str, Any]:
        """Warnings and what the intervals mean."""
        return {"notes": list(self.notes), "interval": "95 %, conditional on these texts; no test is claimed"}

    def figure(self, **options: Any) -> Any:
        """The headline page as a matplotlib Figure."""
        from framing.report import figure

        return figure(self, **options)

    def save(self, folder: str | Path) -> None:
        """Write every table as CSV (for people) and Parquet (exact), and ``manifest.json``.

        In the CSV files a cell that a spreadsheet would run as a formula is prefixed with an apostrophe.
        """
        place = Path(folder)
        (place / "tables").mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            table: pd.DataFrame = getattr(self, name)
            plain = table.reset_index(names="outlet") if name == "scores" else table
            plain.to_parquet(place / "tables" / f"{name}.parquet", index=False)
            harmless_table(plain).to_csv(place / f"{name}.csv", index=False, lineterminator="\n")
        manifest = {
            "signature": self.signature,
            "meta": self.meta,
            "event_title": self.event_title,
            "notes": self.notes,
            "texts": self.texts,
            "tables": {name: len(getattr(self, name)) for name in TABLES},
        }
        (place / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")

    @classmethod
    def load(cls, folder: str | Path) -> Comparison:
        """Read back what :meth:`save` wrote. Raises InputError if it is not such a folder."""
        import pandas as pd

        place = Path(folder)
        try:
            manifest = json.loads((place / "manifest.json").read_text("utf-8"))
            tables = {n: pd.read_parquet(place / "tables" / f"{n}.parquet") for n in TABLES}
            tables["scores"] = tables["scores"].set_index("outlet")
            tables["scores"].index.name = None
            return cls(
                **tables,
                texts=manifest["texts"],
                notes=manifest["notes"],
                meta=manifest["meta"],
                event_title=manifest["event_title"],
            )
        except (OSError, ValueError, KeyError) as error:
            raise InputError(f"{place}: not a saved comparison ({error})") from None

    def __eq__(self, other: object) -> bool:
        """The same tables (a missing cell equals a missing cell), texts, notes, title and meta."""
        if not isinstance(other, Comparison):
            return NotImplemented
        if any(getattr(self, n) != getattr(other, n) for n in ("texts", "notes", "meta", "event_title")):
            return False
        return all(same_table(getattr(self, n), getattr(other, n)) for n in TABLES)

    __hash__ = None  # type: ignore[assignment]

    def _repr_html_(self) -> str:
        from html import escape

        from framing.report.summary import lines

        return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines(self)) + "</ul>"


def same_table(a: pd.DataFrame, b: pd.DataFrame) -> bool:
    """Equal columns, index and cells; a missing cell equals a missing cell."""
    if list(a.columns) != list(b.columns) or list(a.index) != list(b.index):
        return False
    # Parquet gives None back where a column of text held NaN: both mean that nothing is there.
    x, y = a.astype(object), b.astype(object)
    return bool(((x == y) | (x.isna() & y.isna())).all(axis=None))


def harmless_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every cell and no name left that a spreadsheet would run as a formula."""
    return table.map(lambda value: escape.cell(value) if isinstance(value, str) else value)


def compare(
    articles: Iterable[str | Article | Analysis],
    *,
    lexicon: Lexicon | None = None,
    seed: int = 0,
    resamples: int = 2000,
    event_title: str | None = None,
) -> Comparison:
    """Compare two or more articles on one event.

    Raises UsageError for fewer than two. Duplicates, syndicated copies, short texts and articles
    that share next to nothing are compared all the same and said in ``notes``.
    """
    import pandas as pd

    from framing import __version__
    from framing.classify import classifier
    from framing.classify.charge import charge

    found = [a if isinstance(a, Analysis) else analyse(a, lexicon=lexicon) for a in articles]
    if len(found) < 2:
        raise UsageError(f"compare needs two or more articles, not {len(found)}")
    outlets, ids = _labels(found)
    pairs = [(i, j, align(found[i], found[j])) for i, j in combinations(range(len(found)), 2)]
    alignment = _alignment(found, outlets, ids, pairs)
    scores = pd.DataFrame([a.values for a in found], index=outlets)
    tables = {
        "articles": _articles(found, outlets, ids),
        "scores": scores,
        "evidence": _frame(_evidence(found, outlets), ("article", "outlet", *(f.name for f in fields(Evidence)))),
        "sentences": _frame(_sentences(found, outlets)),
        "voices": _frame(_voices(found, outlets)),
        "differences": _frame(_differences(found, outlets, seed, resamples)),
        "alignment": alignment,
        "voice_shifts": _shifts(alignment),
        "only": _frame(_only(found, outlets, ids, pairs), COLUMNS["only"]),
        "asides": _frame(_asides(found, outlets, ids), COLUMNS["asides"]),
        "sources": _sources(found, outlets, ids),
        "naming": _frame(_naming(found, outlets, ids), COLUMNS["naming"]),
        "targets": _frame(_targets(found, outlets, ids), COLUMNS["targets"]),
    }
    meta = {
        "version": __version__,
        "lexicon": found[0].lexicon.sha256,
        "model": str(getattr(classifier("opinion"), "sha256", "")),
        "charge": charge().sha256,
        "seed": seed,
        "resamples": resamples,
        "input": hashlib.sha256("\0".join(a.article.text for a in found).encode("utf-8", "replace")).hexdigest(),
    }
    if event_title is None:
        events = {a.article.event for a in found}
        event_title = next(iter(events)) if len(events) == 1 and None not in events else None
    texts = [_clean(a.article.text) for a in found]
    return Comparison(
        **tables, texts=texts, notes=_notes(found, outlets, pairs), meta=meta, event_title=_clean(event_title)
    )


# An id that a machine made: a hash, a UUID, a serial number.
_MACHINE_ID = re.compile(r"(?=[a-f]*\d)[0-9a-f]{8}|\d{5}|^[\W\d_]+$")


def _clean(value: Any) -> Any:
    """Half a surrogate pair cannot be stored in any table: a replacement character, so that offsets stay true."""
    return escape.storable(value) if isinstance(value, str) else value


def _frame(rows: Sequence[dict[str, Any]], columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Rows as a table whose strings can be written in any format."""
    import pandas as pd

    clean = [{k: _clean(v) for k, v in row.items()} for row in rows]
    return pd.DataFrame(clean, columns=None if columns is None else list(columns))


def _labels(found: list[Analysis]) -> tuple[list[str], list[str]]:
    """Unique outlet labels and ids."""
    outlets: list[str] = []
    ids: list[str] = []
    for k, a in enumerate(found, 1):
        name = a.article.outlet or a.article.id or ""
        if a.article.outlet is None and _MACHINE_ID.search(name.lower()):
            name = ""  # nobody can read a chart by such a name
        label = " ".join(_clean(name).split())[:120] or f"Article {k}"
        ident = _clean(a.article.id) or f"article-{k}"
        for names, name in ((outlets, label), (ids, ident)):
            n, unique = 2, name
            while unique in names:
                unique = f"{name} ({n})"
                n += 1
            names.append(unique)
    return outlets, ids


def _articles(found: list[Analysis], outlets: list[str], ids: list[str]) -> pd.DataFrame:

    rows = []
    for k, a in enumerate(found):
        s = a.values
        rows.append(
            {"article": k, "id": ids[k], "outlet": outlets[k], "title": a.article.title}
            | {"published": a.article.published, "source": a.article.source, "words": s["words"]}
            | {f"words_{v}": s[f"words_{v}"] for v in ("narration", "direct", "indirect")}
            | {"sentences": s["sentences"], "status": s["status"], "characters": len(a.article.text)}
        )
    return _frame(rows)


def _evidence(found: list[Analysis], outlets: list[str]) -> list[dict[str, Any]]:
    return [{"article": k, "outlet": outlets[k]} | asdict(e) for k, a in enumerate(found) for e in a.evidence]


def _sentences(found: list[Analysis], outlets: list[str]) -> list[dict[str, Any]]:
    rows = []
    for k, a in enumerate(found):
        words = a.counts.words
        for s in a.sentences:
            rows.append(
                {"article": k, "outlet": outlets[k], "index": s.index, "start": s.start, "end": s.end}
                | {"headline": s.headline, "paragraph": s.paragraph}
                | {f"words_{v}": words.get((s.index, v), 0) for v in ("narration", "direct", "indirect")}
                | {"opinion": a.opinion.get(s.index, nan), "text": a.article.text[s.start : s.end]}
            )
    return rows


def _voices(found: list[Analysis], outlets: list[str]) -> list[dict[str, Any]]:
    return [
        {"article": k, "outlet": outlets[k], "start": v.start, "end": v.end, "voice": str(v.voice)}
        | {"speaker": v.speaker, "cue": v.cue, "confidence": v.confidence}
        | {"words": sum(w[:1].isalnum() for w in a.article.text[v.start : v.end].split())}
        for k, a in enumerate(found)
        for v in a.voices
    ]


def _bootstrap(a: Analysis, b: Analysis, seed: int, resamples: int) -> dict[str, tuple[float, float]]:
    """Intervals for differences by resampling sentences: one set of draws serves every measure."""
    import numpy as np

    rng = np.random.default_rng(seed)
    columns = [m.name for m in MEASURES] + ["narration", "direct", "indirect", "opinion", "sentences"]
    sums = []
    for x in (a, b):
        m = np.zeros((max(1, len(x.sentences)), len(columns)))
        for (s, voice, device, kind, valence), n in x.counts.marks.items():
            if voice == "narration":
                for c, measure in enumerate(MEASURES):
                    if measure.counts(device, kind, valence):
                        m[s, c] += n
        base = len(MEASURES)
        for (s, voice), n in x.counts.words.items():
            m[s, base + ("narration", "direct", "indirect").index(voice)] += n
        for s, p in x.opinion.items():
            m[s, base + 3] += p
            m[s, base + 4] += 1
        draws = rng.multinomial(len(m), np.full(len(m), 1 / len(m)), size=resamples)
        sums.append(draws @ m)
    out = {}
    base = len(MEASURES)
    with np.errstate(invalid="ignore", divide="ignore"):
        for c, measure in enumerate(MEASURES):
            d = [PER * s[:, c] / s[:, base] for s in sums]
            out[measure.name] = d[0] - d[1]
        for k, voice in enumerate(("narration", "direct", "indirect")):
            d = [s[:, base + k] / s[:, base : base + 3].sum(axis=1) for s in sums]
            out[f"share_{voice}"] = d[0] - d[1]
        d = [s[:, base + 3] / s[:, base + 4] for s in sums]
        out["opinion"] = d[0] - d[1]
        return {
            k: tuple(np.nanpercentile(v, [2.5, 97.5])) if np.isfinite(v).any() else (nan, nan) for k, v in out.items()
        }


def _differences(found: list[Analysis], outlets: list[str], seed: int, resamples: int) -> list[dict[str, Any]]:
    rows = []
    for i, j in combinations(range(len(found)), 2):
        a, b = found[i].values, found[j].values
        boot = _bootstrap(found[i], found[j], seed, resamples)
        shown = [(m.name, m.label, "per 1,000 own words") for m in MEASURES]
        shown += [(f"share_{v}", f"Share {v}", "share of words") for v in ("narration", "direct", "indirect")]
        shown += [("opinion", "Opinion", "share of own sentences")]
        for name, label, unit in shown:
            x, y = a[name], b[name]
            ratio = (nan, nan, nan)
            if f"n_{name}" in a and x == x and y == y:
                ratio = rate_ratio(b[f"n_{name}"], b["words_narration"], a[f"n_{name}"], a["words_narration"])
            low, high = boot[name] if x == x and y == y else (nan, nan)
            rows.append(
                {"measure": name, "label": label, "unit": unit, "a": outlets[i], "b": outlets[j]}
                | {"value_a": x, "low_a": a.get(f"{name}_low", nan), "high_a": a.get(f"{name}_high", nan)}
                | {"value_b": y, "low_b": b.get(f"{name}_low", nan), "high_b": b.get(f"{name}_high", nan)}
                | {"difference": x - y, "low": low, "high": high}
                | {"ratio": ratio[0], "ratio_low": ratio[1], "ratio_high": ratio[2]}
                | {"method": "exact rates and ratio; sentence bootstrap for the difference"}
                | {"note": "conditional on these texts"}
            )
    return rows


def _alignment(found: list[Analysis], outlets: list[str], ids: list[str], pairs: list[Any]) -> pd.DataFrame:
    rows = []
    for i, j, matched in pairs:
        for p in matched:
            x, y = found[i].article.text[p.a.start : p.a.end], found[j].article.text[p.b.start : p.b.end]
            added, dropped, replaced = differences(x, y)
            rows.append(
                {"a_id": ids[i], "a_start": p.a.start, "a_end": p.a.end, "a_voice": p.a.voice}
                | {"b_id": ids[j], "b_start": p.b.start, "b_end": p.b.end, "b_voice": p.b.voice}
                | {"similarity": p.similarity, "relation": p.relation, "a_outlet": outlets[i], "b_outlet": outlets[j]}
                | {"a_speaker": p.a.speaker, "b_speaker": p.b.speaker, "a_text": x, "b_text": y}
                | {"added": " | ".join(added), "dropped": " | ".join(dropped)}
                | {"replaced": "; ".join(f"{u} → {v}" for u, v in replaced)}
                | {"devices": _device_change(found[i], p.a, found[j], p.b)}
            )
    return _frame(rows, COLUMNS["alignment"])


def _device_change(a: Analysis, x: Any, b: Analysis, y: Any) -> str:
    def marks(n: Analysis, u: Any) -> Counter[str]:
        lo = n.sentences[u.sentence].start
        hi = n.sentences[u.sentence].end
        return Counter(
            f"{e.device}:{e.kind}{e.valence if e.valence in '+-' else ''} “{e.text}”"
            for e in n.evidence
            if e.start >= lo and e.end <= hi and e.device != "aside"
        )

    left, right = marks(a, x), marks(b, y)
    return "; ".join([f"− {m}" for m in left - right] + [f"+ {m}" for m in right - left])


def _shifts(alignment: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {c: r[c] for c in COLUMNS["voice_shifts"] if c != "shift"} | {"shift": f"{r['a_voice']} → {r['b_voice']}"}
        for r in alignment.to_dict("records")
        if r["a_voice"] != r["b_voice"]
    ]
    return _frame(rows, COLUMNS["voice_shifts"])


def _only(found: list[Analysis], outlets: list[str], ids: list[str], pairs: list[Any]) -> list[dict[str, Any]]:
    covered: list[list[tuple[int, int]]] = [[] for _ in found]
    for i, j, matched in pairs:
        for p in matched:
            covered[i].append((p.a.start, p.a.end))
            covered[j].append((p.b.start, p.b.end))
    rows = []
    for k, a in enumerate(found):
        asides = [(e.start, e.end) for e in a.evidence if e.device == "aside"]
        for s in a.sentences:
            if s.headline or any(x < s.end and s.start < y for x, y in covered[k]):
                continue
            text = a.article.text[s.start : s.end]
            words = len(text.split())
            if words < 5:
                continue
            voice = max(("narration", "direct", "indirect"), key=lambda v: a.counts.words.get((s.index, v), 0))
            speaker = next(
                (v.speaker for v in a.voices if v.start < s.end and v.end > s.start and str(v.voice) == voice), None
            )
            if any(x < s.end and s.start < y for x, y in asides):
                category = "aside"
            elif voice == "direct":
                category = "quotation"
            elif voice == "narration" and any(
                w in text for w in (" previously ", " last year", " since ", " in 20", " founded ")
            ):
                category = "background"
            else:
                category = "fact"
            rows.append(
                {"id": ids[k], "outlet": outlets[k], "start": s.start, "end": s.end, "text": text, "voice": voice}
                | {"speaker": speaker, "category": category, "weight": float(words)}
            )
    return rows


def _asides(found: list[Analysis], outlets: list[str], ids: list[str]) -> list[dict[str, Any]]:
    return [
        {"id": ids[k], "outlet": outlets[k], "start": e.start, "end": e.end, "kind": e.kind, "text": e.text}
        | {"sentence": e.sentence}
        for k, a in enumerate(found)
        for e in a.evidence
        if e.device == "aside" and e.voice == "narration"
    ]


def _sources(found: list[Analysis], outlets: list[str], ids: list[str]) -> pd.DataFrame:
    rows = []
    for k, a in enumerate(found):
        per: dict[str | None, dict[str, Any]] = {}
        size = max(1, len(a.article.text))
        for v in a.voices:
            if v.voice == "narration":
                continue
            row = per.setdefault(
                v.speaker,
                {"outlet": outlets[k], "id": ids[k], "speaker": v.speaker, "words_direct": 0, "words_indirect": 0}
                | {"first_position": v.start / size},
            )
            row[f"words_{v.voice}"] += len(a.article.text[v.start : v.end].split())
        total = sum(r["words_direct"] + r["words_indirect"] for r in per.values())
        for r in per.values():
            r["words"] = r["words_direct"] + r["words_indirect"]
            r["share"] = r["words"] / total if total else nan
            name = r["speaker"]
            r["named"] = bool(name) and name[:1].isupper()
            r["kind"] = "unknown" if not name else "named" if r["named"] else "role"
        rows.extend(sorted(per.values(), key=lambda r: (-r["words"], str(r["speaker"]))))
    last = Counter(w for r in rows for w in {(r["outlet"], _surname(r["speaker"]))})
    heard: dict[str, set[str]] = {}
    for (outlet, name), _ in last.items():
        heard.setdefault(name, set()).add(outlet)
    for r in rows:
        r["only_here"] = bool(r["speaker"]) and len(heard[_surname(r["speaker"])]) == 1
    return _frame(rows, COLUMNS["sources"])


def _surname(name: str | None) -> str:
    return (name or "").split()[-1].lower() if (name or "").split() else ""


def _naming(found: list[Analysis], outlets: list[str], ids: list[str]) -> list[dict[str, Any]]:
    """What each outlet calls the people who speak (name, with title), and the labels it puts on actors."""
    people = {
        v.speaker
        for a in found
        for v in a.voices
        if v.speaker and len(v.speaker.split()) > 1 and v.speaker[0].isupper()
    }
    actors = {_surname(p): p for p in sorted(people, key=len)}
    rows = []
    for k, a in enumerate(found):
        for surname, actor in sorted(actors.items()):
            names = Counter(
                " ".join(m[0].split())
                for m in re.finditer(rf"(?:\b[A-Z][\w.’'-]+\s){{0,4}}{re.escape(surname.title())}\b", a.article.text)
            )
            for name, n in names.most_common(6):
                kind = "name" if len(name.split()) <= 2 else "title"
                rows.append(
                    {
                        "actor": actor,
                        "outlet": outlets[k],
                        "id": ids[k],
                        "name": name,
                        "n": n,
                        "kind": kind,
                        "valence": "0",
                    }
                )
        labels = Counter(
            (e.text.lower(), e.valence, e.target)
            for e in a.evidence
            if e.device == "loaded" and e.kind == "label" and e.voice == "narration"
        )
        for (name, valence, target), n in labels.most_common(8):
            rows.append(
                {"actor": target or "", "outlet": outlets[k], "id": ids[k], "name": name, "n": n}
                | {"kind": "label", "valence": valence}
            )
    return rows


def _targets(found: list[Analysis], outlets: list[str], ids: list[str]) -> list[dict[str, Any]]:
    rows = []
    for k, a in enumerate(found):
        per: dict[str, list[Evidence]] = {}
        for e in a.evidence:
            if e.device == "loaded" and e.voice == "narration" and e.target:
                per.setdefault(e.target, []).append(e)
        for target, marks in sorted(per.items()):
            rows.append(
                {"outlet": outlets[k], "id": ids[k], "target": target}
                | {"positive": sum(e.valence == "+" for e in marks), "negative": sum(e.valence == "-" for e in marks)}
                | {"n": len(marks), "terms": ", ".join(e.text for e in marks)}
            )
    return rows


def _notes(found: list[Analysis], outlets: list[str], pairs: list[Any]) -> list[str]:
    notes = []
    for k, a in enumerate(found):
        own = a.values["words_narration"]
        if a.values["status"] == "not scored":
            notes.append(f"{outlets[k]} has only {own} words of its own: too few for rates (100 are needed).")
        elif a.values["status"] == "warning":
            notes.append(f"{outlets[k]} has {own} words of its own: rates are rough below 500.")
        words = [w for w in a.reading.tokens.norm if w[:1].isalpha()]
        if len(words) > 40 and sum(w in _ENGLISH for w in words) < 0.18 * len(words):
            notes.append(f"{outlets[k]} does not look like English; word lists and voices are made for English.")
    for i, j, matched in pairs:
        x, y = found[i], found[j]
        a, b = outlets[i], outlets[j]
        if x.article.text == y.article.text:
            notes.append(f"{a} and {b} are the same text, word for word.")
            continue
        inside = max(_containment(x, y), _containment(y, x))
        if inside > SYNDICATED:
            notes.append(
                f"{inside:.0%} of one of {a} and {b} stands word for word in the other: "
                "syndicated copy, not two reports."
            )
        share = len({p.a.sentence for p in matched}) / max(1, min(len(x.sentences), len(y.sentences)))
        if share < UNRELATED or not matched:
            notes.append(
                f"{a} and {b} share next to nothing ({share:.0%} of sentences have a counterpart): "
                "are they about the same event?"
            )
    return notes


_ENGLISH = frozenset(
    {
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "that",
        "is",
        "for",
        "on",
        "was",
        "with",
        "as",
        "it",
        "by",
        "at",
        "from",
        "his",
        "he",
        "be",
        "has",
        "are",
        "an",
        "this",
        "have",
        "but",
        "not",
    }
)


def _containment(a: Analysis, b: Analysis) -> float:
    """Share of a's five-word runs that stand in b."""
    runs = []
    for x in (a, b):
        words = [w for w in x.reading.tokens.norm if w[:1].isalnum()]
        runs.append({tuple(words[k : k + 5]) for k in range(len(words) - 4)})
    return len(runs[0] & runs[1]) / len(runs[0]) if len(runs[0]) > 20 else 0.0

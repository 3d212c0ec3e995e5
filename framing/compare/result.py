"""The Comparison: its tables, their columns, saving, loading and equality."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing import escape
from framing.errors import InputError
from framing.frames import COLUMNS as FRAME_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "TABLES", "Comparison", "clean", "frame", "harmless_table", "same_table"]

TABLES = (
    "articles", "scores", "evidence", "sentences", "voices", "differences", "sensitivity", "pairs", "alignment",
    "voice_shifts", "only", "asides", "sources", "naming", "targets", "frames",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": (
        "article", "id", "outlet", "title", "published", "source", "words", "words_narration", "words_direct",
        "words_indirect", "sentences", "status", "characters",
    ),
    "sentences": (
        "article", "outlet", "index", "start", "end", "headline", "paragraph", "words_narration", "words_direct",
        "words_indirect", "opinion", "text",
    ),
    "voices": ("article", "outlet", "start", "end", "voice", "speaker", "cue", "confidence", "words"),
    "differences": (
        "measure", "label", "unit", "a", "b", "value_a", "low_a", "high_a", "value_b", "low_b", "high_b", "difference",
        "low", "high", "ratio", "ratio_low", "ratio_high", "detectable", "dispersion", "dispersion_p",
        "ratio_other_way", "method", "note",
    ),
    "sensitivity": ("outlet", "id", "measure", "label", "unit", "value", "other_way", "n_spans", "words", "below"),
    "pairs": ("a", "b", "kind", "similarity", "contained", "n_aligned", "aligned_share"),
    "alignment": (
        "a_id", "a_start", "a_end", "a_voice", "b_id", "b_start", "b_end", "b_voice", "similarity", "relation",
        "a_outlet", "b_outlet", "a_speaker", "b_speaker", "a_text", "b_text", "added", "dropped", "replaced", "devices",
        "a_cue", "b_cue", "likely",
    ),
    "voice_shifts": (
        "a_id", "b_id", "a_outlet", "b_outlet", "a_voice", "b_voice", "shift", "a_text", "b_text", "a_speaker",
        "b_speaker", "a_start", "a_end", "b_start", "b_end", "similarity", "steps",
    ),
    "only": ("id", "outlet", "start", "end", "text", "voice", "speaker", "category", "weight"),
    "asides": ("id", "outlet", "start", "end", "kind", "text", "sentence"),
    "sources": (
        "outlet", "id", "speaker", "kind", "words_direct", "words_indirect", "words", "share", "first_position",
        "only_here", "named", "via", "words_second_hand",
    ),
    "naming": ("actor", "outlet", "id", "name", "n", "kind", "valence"),
    "targets": ("outlet", "id", "target", "positive", "negative", "n", "balance", "terms"),
    "frames": ("outlet", "id", *FRAME_COLUMNS),
}  # fmt: skip


@dataclass(eq=False)
class Comparison:
    """What two or more outlets make of one event. Every table is a pandas DataFrame.

    ``scores`` is indexed by outlet; ``differences`` has a row per measure and pair of outlets (``detectable``: the
    smallest rate ratio that texts of these lengths would show; ``dispersion``: above 1, marks cluster and exact
    intervals are too short; ``ratio_other_way``: the ratio if doubtful attributions are read as the outlet's own
    words); ``frames`` has the vocabulary shares of generic frames, a description and no verdict;
    ``sensitivity`` says how each outlet's figures move then; ``pairs`` whether two articles are independent
    reports of one event; the others as their columns say. ``texts`` are the articles' texts, ``notes`` the warnings a
    reader must see, ``meta`` and ``signature`` everything the result depends on. ``slots`` (outlet -> number of its
    accent in pictures; empty: in order) is no part of the result and not saved.
    """

    articles: pd.DataFrame
    scores: pd.DataFrame
    evidence: pd.DataFrame
    sentences: pd.DataFrame
    voices: pd.DataFrame
    differences: pd.DataFrame
    sensitivity: pd.DataFrame
    pairs: pd.DataFrame
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
    frames: pd.DataFrame = field(default_factory=lambda: frame((), COLUMNS["frames"]))
    slots: dict[str, int] = field(default_factory=dict, init=False)

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
        """Warnings, what the intervals mean, and how the figures move if doubtful attributions are read otherwise."""
        return {
            "notes": list(self.notes),
            "interval": "95%, conditional on these texts; no test is claimed",
            "voices": self.sensitivity_lines(),
        }

    def sensitivity_lines(self) -> list[str]:
        """One sentence per outlet: its headline figures, and the figures if its doubtful attributions were its own."""
        out = []
        for outlet, rows in self.sensitivity.groupby("outlet", sort=False):
            spans, words = int(rows["n_spans"].iloc[0]), int(rows["words"].iloc[0])
            if not spans:
                continue
            by = rows.set_index("measure")
            moved = [
                f"{label} {_figure(by.loc[name, 'value'], scale)} → {_figure(by.loc[name, 'other_way'], scale)}"
                for name, label, scale in _HEADLINES
                if name in by.index
                and _figure(by.loc[name, "value"], scale) != _figure(by.loc[name, "other_way"], scale)
            ]
            change = ", ".join(moved) or "no figure moves"
            many = f"{spans} attributions ({words} words)" if spans > 1 else f"one attribution ({words} words)"
            out.append(f"{outlet}: {many} less than {rows['below'].iloc[0]:.0%} sure; read the other way, {change}.")
        return out

    def figure(self, **options: Any) -> Any:
        """The headline page as a matplotlib Figure."""
        from framing.report import figure

        return figure(self, **options)

    def save(self, folder: str | Path) -> None:
        """Write every table as CSV (for people) and Parquet (exact), and ``manifest.json``.

        In the CSV files a cell that a spreadsheet would run as a formula is prefixed with an apostrophe. Raises
        InputError where a file stands in the folder's place.
        """
        place = Path(folder)
        try:
            (place / "tables").mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise InputError(f"{place}: a file stands where the folder should be; name another folder") from None
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
        from framing.report.notebook import comparison_html

        return comparison_html(self)


# (measure, how it is called in a sentence, scale)
_HEADLINES = (
    ("share_narration", "own words", 100),
    ("loaded_negative", "negative loaded", 0),
    ("loaded_positive", "positive loaded", 0),
    ("hedge", "hedges", 0),
)


def _figure(value: Any, scale: int) -> str:
    return "–" if value != value else f"{value * scale:.0f}%" if scale else f"{value:.1f}"


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


def clean(value: Any) -> Any:
    """Half a surrogate pair cannot be stored in any table: a replacement character, so that offsets stay true."""
    return escape.storable(value) if isinstance(value, str) else value


def frame(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a table whose strings can be written in any format."""
    import pandas as pd

    return pd.DataFrame([{k: clean(v) for k, v in row.items()} for row in rows], columns=list(columns))

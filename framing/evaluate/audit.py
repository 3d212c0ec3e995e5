"""The audit: every benchmark whose data are at hand, on one page.

``framing evaluate all FOLDER`` looks for the files named in :data:`RUNS` under the user's folder (and beside it),
runs each benchmark, and writes ``evaluation.html``, ``evaluation.md`` and ``evaluation.csv``: our figures with
intervals, what was published with its citation, and what keeps the two from being compared.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape as html
from pathlib import Path
from time import process_time
from typing import Any

from framing import __version__, escape
from framing.errors import FramingError, InputError, OutputError
from framing.evaluate import benchmarks
from framing.evaluate.metrics import Published

__all__ = ["RUNS", "Row", "Run", "Section", "audit", "rows_of", "write"]


@dataclass(frozen=True, slots=True)
class Run:
    """One benchmark on one file.

    ``shown``: the figures of the page, all if empty; times are never shown, so that the page is the same twice.
    ``published``: only systems with this in their name. ``care``: what cannot be compared.
    """

    benchmark: str
    title: str
    files: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    care: str = ""
    published: str = ""


_DEVELOPMENT = "Ours is on a development part, the published figures are on the official test part."
_SEEN = (
    "The shipped model was trained on this file: in-sample, no evidence of quality; the model card has held-out "
    "figures. "
)
_JUDGED = ("n", "macro_f1", "f1", "precision", "recall", "auc", "brier")
RUNS: tuple[Run, ...] = (
    Run("gold", "Hand annotation of same-event pairs", ("gold",), care="Eight articles; spans are few for hedges, "
        "vouching and scare quotes. Alignment thresholds were chosen with its total in view."),
    Run("readings", "Devices in read articles, a fifth held apart", ("readings/readings.jsonl.gz", "readings"),
        care="One reading per article, with the same codebook as the rules: an upper estimate."),
    Run("polnear", "PolNeAR: attribution", ("polnear/dev.jsonl.gz",),
        shown=("articles", "words", "word_kappa", "word_f1", "content_overlap_f1", "cue_overlap_f1",
               "source_overlap_f1"),
        care="No published system has the same protocol; the annotators' own agreement per word is alpha .754. Its "
        "cues are wider than the codebook's."),
    Run("babe", "BABE: sentence bias", ("babe/train.jsonl.gz",), shown=_JUDGED,
        care="Zero-shot: our model saw no sentence of BABE, systems trained on BABE did. " + _DEVELOPMENT),
    Run("babe", "BABE: factual against opinion", ("babe/train.jsonl.gz",), {"task": "opinion"}, _JUDGED,
        "No published figure for this use of the label."),
    Run("basil", "BASIL: lexical bias in the outlet's own words", ("basil/dev_sentences.jsonl.gz",), shown=_JUDGED,
        care="Zero-shot, sentences biased only in a quotation left out; published figures keep them. " + _DEVELOPMENT),
    Run("conll2010", "CoNLL-2010: uncertain sentences, Wikipedia", ("wikiweasel/train.jsonl.gz",), shown=_JUDGED,
        care=_SEEN + _DEVELOPMENT, published="Wikipedia"),
    Run("conll2010", "CoNLL-2010: uncertain sentences, biology", ("bioscope/train.jsonl.gz",), shown=_JUDGED,
        care="Zero-shot from Wikipedia to biology; the published systems were trained on biology. " + _DEVELOPMENT,
        published="biology"),
    Run("newssd", "NewsSD-ENG: subjective sentences", ("newssd/train.jsonl.gz",), shown=_JUDGED,
        care=_SEEN + _DEVELOPMENT),
    Run("newsdiscourse", "NewsDiscourse: unattributed evaluation", ("newsdiscourse/train.jsonl.gz",), shown=_JUDGED,
        care="Our own use of its labels; the published figure (roles, macro-F1 .544) is another task."),
    Run("events", "AllSides: same-event groups found again", ("allsides_events/train.jsonl.gz",),
        care="No published figure. Settings were chosen on the development half."),
    Run("doubtful", "PolNeAR: where an attribution is doubtful", ("polnear/dev.jsonl.gz",),
        care="No published figure. The confidences were set on PolNeAR's training part."),
    Run("alignment", "AllSides: clauses that report the same", ("allsides_events/train.jsonl.gz",),
        care="One reader judged 78 pairs of articles; five folds of events. Settings were chosen on the same pairs."),
    Run("splitters", "Sentence splitting beside two ready splitters", ("corpus/articles_5000.jsonl.gz",),
        care="21 hard cases of our own, written after the rules: no independent evidence."),
    Run("readings-opinion", "Opinion sentences of read articles", ("readings/readings.jsonl.gz",), shown=_JUDGED,
        care="The recipe without its auxiliary model, five folds held apart by outlet."),
    Run("basil-spans", "BASIL: spans of lexical bias", ("basil/dev_sentences.jsonl.gz",),
        care="Word lists against spans; no published system has the same protocol."),
    Run("babe-words", "BABE: biased words", ("babe/train_spans.jsonl.gz",),
        care="Word lists against words that experts marked; no published system has the same protocol."),
    Run("ptc", "PTC: loaded language and name calling", ("ptc/train_articles.jsonl.gz",),
        care="Recall of two of eighteen techniques; the published span F1 (.516) is over all of them."),
    Run("newsmtsc", "NewsMTSC: sign of loaded terms and stance", ("newsmtsc/train.jsonl.gz",),
        care="Only sentences in which a loaded term is found; the published macro-F1 (.83) is over all of them."),
    Run("fairness", "Fairness: the same about somebody else", care="Own templates; one word per name; English."),
)  # fmt: skip


_PARTS = {"apart": "held apart", "rest": "the rest"}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: ``group`` is the part, outlet or device it belongs to, or empty."""

    group: str
    figure: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(slots=True)
class Section:
    """One benchmark on the page. ``missing``: why there are no figures."""

    run: Run
    rows: list[Row] = field(default_factory=list)
    published: list[Published] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    protocol: str = ""
    model: str = ""
    seconds: float = 0.0
    missing: str = ""


def rows_of(result: Any, shown: Iterable[str] = ()) -> list[Row]:
    """Figures of any benchmark's result: ``figures`` (or ``values``), ``intervals``; by part where it has parts."""
    wanted = set(shown)
    if hasattr(result, "detail"):
        return [
            *(
                Row(device, name, float(value))
                for device, (p, r, gold, _) in result.detail.items()
                for name, value in (("F1", result.values[device]), ("precision", p), ("recall", r), ("spans", gold))
            ),
            *(Row("", name, float(v)) for name, v in result.values.items() if name not in result.detail),
        ]
    if callable(getattr(result, "figures", None)):
        return [
            Row(f"{_PARTS.get(part, part)}: {device}", name, f[key], *((f["low"], f["high"]) if key == "f1" else ()))
            for part in result.articles
            for device, f in result.figures(part).items()
            for key, name in (("f1", "F1"), ("precision", "precision"), ("recall", "recall"), ("read", "spans"))
        ]
    intervals = getattr(result, "intervals", {})
    rows = [Row("", name, float(v), *intervals.get(name, (None, None))) for name, v in result.figures.items()]
    if not hasattr(result, "benchmark") and set(getattr(result, "tables", ())) > {"framing"}:
        # Peers measured in the same run.
        rows = [Row(who, name, float(v)) for who, figures in result.tables.items() for name, v in figures.items()]
    rows += [
        Row(who, name, float(v))
        for who, table in getattr(result, "tables", {}).items()
        if set(table) == {"figures"}
        for name, v in table["figures"].items()
    ]
    return [
        r for r in rows if (not wanted or r.figure in wanted) and "second" not in r.figure and r.figure != "threshold"
    ]


def _find(folder: Path, files: Iterable[str]) -> Path | None:
    """The first of ``files`` that lies in the folder, or beside it."""
    for base in (folder, folder.parent):
        for name in files:
            if (base / name).exists():
                return base / name
    return None


def audit(
    folder: str | Path, *, runs: Iterable[Run] = RUNS, progress: Callable[[str], None] = lambda message: None
) -> list[Section]:
    """Run every benchmark of ``runs`` whose data lie under ``folder``; the others say what is missing.

    Raises InputError if the folder is none.
    """
    place = Path(folder)
    if not place.is_dir():
        raise InputError(f"{place}: no such folder; name the one that holds your copies of the benchmarks")
    known = benchmarks()
    out = []
    for run in runs:
        section = Section(run)
        out.append(section)
        path = _find(place, run.files)
        if run.files and path is None:
            section.missing = f"not found: {' or '.join(run.files)}"
            continue
        progress(run.title)
        began = process_time()
        try:
            arguments = [path] if path else []
            result = known[run.benchmark].evaluate(*arguments, **run.options)
        except ImportError as error:
            section.missing = f"needs a package that is not installed: {error.name}"
            continue
        except FramingError as error:
            section.missing = str(error)
            continue
        section.seconds = process_time() - began
        section.rows = rows_of(result, run.shown)
        section.published = [p for p in getattr(result, "published", ()) if run.published in p.system]
        # Lists of single words are for the terminal.
        section.notes = [n for n in getattr(result, "notes", ()) if isinstance(n, str) and len(n) < 300]
        section.protocol = str(getattr(result, "protocol", ""))
        section.model = str(getattr(result, "model", ""))
    return out


def write(sections: Iterable[Section], folder: str | Path) -> list[Path]:
    """Write the page as HTML, Markdown and CSV. Holds no text of any benchmark. Raises OutputError."""
    place, found = Path(folder), list(sections)
    files = {"evaluation.html": _html(found), "evaluation.md": _markdown(found), "evaluation.csv": _csv(found)}
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            part = place / f".{name}.part"
            part.write_text(text, "utf-8", newline="\n")
            part.replace(place / name)
    except OSError as error:
        raise OutputError(f"{place}: cannot be written: {error.strerror or error}") from None
    return [place / name for name in files]


_COUNTS = ("n", "spans", "pairs", "sentences", "pairs with other marks, voices or speakers")


def _number(value: float | None, figure: str = "") -> str:
    if value is None or value != value:
        return "–"
    if figure in _COUNTS:
        return f"{value:,.0f}"
    return f"{value:,.0f}" if abs(value) >= 1000 or (value == int(value) and abs(value) > 1) else f"{value:.3f}"


def _interval(row: Row) -> str:
    return f"{_number(row.low)} to {_number(row.high)}" if row.low is not None else ""


_INTRODUCTION = (
    "Figures of framing {version}, made by `framing evaluate all`. Intervals are 95 % bootstrap intervals. Read the "
    "note of each table before comparing."
)


def _markdown(sections: Iterable[Section]) -> str:
    out = ["# Evaluation", "", _INTRODUCTION.format(version=__version__), ""]
    for s in sections:
        out += [f"## {s.run.title}", ""]
        if s.missing:
            out += [f"Not run: {s.missing}.", ""]
            continue
        if s.protocol:
            out += [f"{s.protocol[0].upper()}{s.protocol[1:]}." + (f" Model: {s.model}." if s.model else ""), ""]
        out += ["| | figure | ours | 95 % |", "|---|---|---|---|"]
        out += [
            f"| {_cell(r.group)} | {_cell(r.figure)} | {_number(r.value, r.figure)} | {_interval(r)} |" for r in s.rows
        ]
        out.append("")
        if s.published:
            out += ["| published | figure | value | source |", "|---|---|---|---|"]
            out += [f"| {_cell(p.system)} | {p.metric} | {p.value:.3f} | {_cell(p.citation)} |" for p in s.published]
            out.append("")
        out += [f"*{text}*\n" for text in (s.run.care, *s.notes) if text]
    return "\n".join(out).rstrip() + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _csv(sections: Iterable[Section]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("benchmark", "title", "group", "figure", "value", "low", "high", "whose", "source"))
    for s in sections:
        for r in s.rows:
            writer.writerow(
                (
                    s.run.benchmark,
                    s.run.title,
                    escape.cell(r.group),
                    escape.cell(r.figure),
                    r.value,
                    r.low,
                    r.high,
                    "ours",
                    s.model,
                )
            )
        for p in s.published:
            writer.writerow((s.run.benchmark, s.run.title, "", p.metric, p.value, "", "", p.system, p.citation))
    return out.getvalue()


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}h2{margin-top:2.5rem}table{border-collapse:collapse;margin:.6rem 0;width:100%}caption{text-align:"
    "left;color:#555}td,th{padding:.2rem .6rem .2rem 0;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}"
    ".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.care{color:#555;font-style:italic}"
    "nav ul{columns:2;padding-left:1.2rem}"
)


def _html(sections: Iterable[Section]) -> str:
    found = list(sections)
    menu = "".join(f'<li><a href="#s{n}">{html(s.run.title)}</a></li>' for n, s in enumerate(found))
    body = [f"<h1>Evaluation</h1>\n<p>{html(_INTRODUCTION.format(version=__version__).replace('`', ''))}</p>\n"]
    body.append(f"<nav><ul>{menu}</ul></nav>\n")
    for n, s in enumerate(found):
        body.append(f'<section id="s{n}"><h2>{html(s.run.title)}</h2>\n')
        if s.missing:
            body.append(f"<p>Not run: {html(s.missing)}.</p></section>\n")
            continue
        if s.protocol:
            body.append(f"<p>{html(s.protocol[0].upper() + s.protocol[1:])}. {html(s.model)}</p>\n")
        grouped = any(r.group for r in s.rows)
        head = f"{'<th>Part</th>' if grouped else ''}<th>Figure</th><th class=n>Ours</th><th class=n>95 %</th>"
        body.append(f"<table><caption>Our figures</caption><thead><tr>{head}</tr></thead><tbody>\n")
        for r in s.rows:
            first = f"<td>{html(r.group)}</td>" if grouped else ""
            body.append(
                f"<tr>{first}<td>{html(r.figure)}</td><td class=n>{_number(r.value, r.figure)}</td>"
                f"<td class=n>{_interval(r)}</td></tr>\n"
            )
        body.append("</tbody></table>\n")
        if s.published:
            body.append(
                "<table><caption>Published</caption><thead><tr><th>System</th><th>Figure</th><th class=n>Value</th>"
                "<th>Source</th></tr></thead><tbody>\n"
            )
            body += [
                f"<tr><td>{html(p.system)}</td><td>{html(p.metric)}</td><td class=n>{p.value:.3f}</td>"
                f"<td>{html(p.citation)}</td></tr>\n"
                for p in s.published
            ]
            body.append("</tbody></table>\n")
        body += [f"<p class=care>{html(text)}</p>\n" for text in (s.run.care, *s.notes) if text]
        body.append("</section>\n")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Evaluation of framing {__version__}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{''.join(body)}</body>\n</html>\n"
    )

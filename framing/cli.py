"""The command line: the only place that prints, and the only exit codes.

0 done; 1 done, but records were rejected and ``--strict`` was given; 2 wrong use or
unreadable input; 130 stopped by Ctrl-C, 143 by SIGTERM. Tables go to stdout only where asked for;
progress and messages go to stderr. A user's mistake never shows a stack trace.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

from framing import __version__
from framing.errors import FramingError, InputError, UsageError

if len(sys.argv) == 2 and sys.argv[1] == "--version" and os.path.basename(sys.argv[0]).startswith("framing"):
    # Answered before anything heavier is imported.
    try:
        print(f"framing {__version__}", flush=True)
    except OSError:
        os._exit(2)
    raise SystemExit(0)

import typer

if TYPE_CHECKING:
    from types import FrameType

    from framing.article import Article
    from framing.batch import Result
    from framing.compare import Comparison
    from framing.lexicon import Entry, Lexicon
    from framing.read import Reject
    from framing.report.lexicon_page import Survey

__all__ = ["app", "main"]

_HELP = """Source-bias and framing analyser for news.

Tells an outlet's own words from the words it quotes, marks hedges, boosters,
loaded terms, vouching, scare quotes and asides with spans, and draws how
outlets frame the same event.

[bold]Examples[/bold]

  framing demo                              # a bundled sample event
  framing show article.txt                  # one article, marked up
  framing compare a.txt b.txt -o call       # picture, charts, page, tables
  framing score articles/ -o scores         # many articles: tables
  framing events corpus.jsonl -o events     # find same events, compare each
  framing COMMAND --help                    # every option, with an example

Tab completion: framing --install-completion
"""

app = typer.Typer(
    help=_HELP,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
lexicon_app = typer.Typer(
    help="Look at, check and extend the word lists.", no_args_is_help=True, rich_markup_mode="rich"
)
app.add_typer(lexicon_app, name="lexicon")

Inputs = Annotated[
    list[str], typer.Argument(help="Files, folders or patterns ('news/*.txt').", metavar="INPUT…", show_default=False)
]
Outlets = Annotated[
    list[str] | None,
    typer.Option("--outlet", help="Outlet name; repeat in the order of the articles.", show_default=False),
]
LexiconDirs = Annotated[
    list[Path] | None,
    typer.Option("--lexicon", help="Folder with your own word lists, on top of ours. Repeatable.", show_default=False),
]
OwnClassifiers = Annotated[
    list[Path] | None,
    typer.Option("--classifier", help="A model file made by framing train. Repeatable.", show_default=False),
]
Wide = Annotated[bool, typer.Option("--wide", help="Let arguable terms (grade C) fire too.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder to write.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what is in the output folder.")]
Encoding = Annotated[
    str | None, typer.Option("--encoding", help="Encoding of text files that are not UTF-8.", show_default=False)
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")]
TextColumn = Annotated[str | None, typer.Option(help="Column of the text.", show_default=False)]
TitleColumn = Annotated[str | None, typer.Option(help="Column of the headline.", show_default=False)]
OutletColumn = Annotated[str | None, typer.Option(help="Column of the outlet.", show_default=False)]
DateColumn = Annotated[str | None, typer.Option(help="Column of the date.", show_default=False)]
IdColumn = Annotated[str | None, typer.Option(help="Column of the id.", show_default=False)]
EventColumn = Annotated[str | None, typer.Option(help="Column of the event's label.", show_default=False)]
Formats = Annotated[list[str], typer.Option("--format", help="png, svg or pdf. Repeatable.")]
Style = Annotated[str, typer.Option("--style", help="light or dark.")]


def say(message: str = "") -> None:
    """A message for people, on stderr."""
    from framing.report.terminal import safe

    print(safe(message), file=sys.stderr, flush=True)


def _note(message: str) -> None:
    say(f"framing: {message}")


def fail(message: str) -> NoReturn:
    say(f"framing: {message}")
    raise typer.Exit(2)


def _version(shown: bool) -> None:
    if shown:
        print(f"framing {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def _lexicon(folders: list[Path] | None, wide: bool) -> Lexicon:
    from framing.lexicon import load

    return load(folders or (), wide=wide)


def _where(reject: Reject) -> str:
    return reject.source if reject.position == "file" else f"{reject.source}: {reject.position}"


def _nothing(rejects: list[Reject]) -> str:
    if not rejects:
        return "no article could be read: the input holds none"
    more = f" (and {len(rejects) - 1} more that cannot be read)" if len(rejects) > 1 else ""
    return f"{_where(rejects[0])}: {rejects[0].reason}{more}"


def _articles(
    inputs: list[str], outlets: list[str] | None, encoding: str | None, **columns: str | None
) -> list[Article]:
    """Every article of the inputs; what cannot be read is said, and is an error if nothing is left."""
    from dataclasses import replace

    from framing.read import read

    rejects: list[Reject] = []
    found = list(read(*inputs, rejects=rejects.append, encoding=encoding, notes=_note, **columns))
    if not found:
        fail(_nothing(rejects))
    for r in rejects:
        say(f"framing: {_where(r)}: {r.reason}; passed over")
    if outlets:
        if len(outlets) > len(found):
            fail(f"{len(outlets)} --outlet names for {len(found)} article(s)")
        found = [replace(a, outlet=o) for a, o in zip(found, outlets)] + found[len(outlets) :]
    return found


# ------------------------------------------------------------------------------------------ show


@app.command(epilog="Example: framing show article.txt --why")
def show(
    file: Annotated[
        str, typer.Argument(help="A text file, or - for standard input.", metavar="FILE", show_default=False)
    ],
    outlet: Annotated[str | None, typer.Option(help="Outlet name.", show_default=False)] = None,
    why: Annotated[
        bool,
        typer.Option(
            "--why", help="The words that push each sentence towards opinion (or what your classifiers find)."
        ),
    ] = False,
    lexicon: LexiconDirs = None,
    wide: Wide = False,
    classifier: OwnClassifiers = None,
    encoding: Encoding = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="List every mark with its rule.")] = False,
) -> None:
    """Print one article with its devices and voices marked, in colours or else in brackets, and its scores."""
    from rich.console import Console
    from rich.table import Table

    from framing.analysis import analyse
    from framing.article import Article
    from framing.detect._judged import is_opinion_piece
    from framing.report import terminal

    if file == "-":
        text = sys.stdin.read()
        if not text.strip():
            fail("standard input holds no text")
        articles = [Article(text=text, outlet=outlet)]
    else:
        articles = _articles([file], [outlet] if outlet else None, encoding)
    words = _lexicon(lexicon, wide)
    console = Console(highlight=False, soft_wrap=False)
    for n, article in enumerate(articles):
        a = analyse(article, lexicon=words, classifiers=classifier or ())
        if n:
            console.rule()
        head = " · ".join(x for x in (article.outlet, article.published) if x)
        if head:
            console.print(terminal.safe(head), style="dim", markup=False)
        colours = console.color_system is not None and not console.no_color
        console.print(terminal.marked(a) if colours else terminal.bracketed(a))
        console.rule(style="dim")
        console.print(terminal.legend(colours))
        console.print()
        console.print(terminal.score_table(a))
        if (sources := terminal.speakers(a)) is not None:
            console.print(sources)
        if is_opinion_piece(a.reading):
            console.print(
                "Reads as an opinion piece: only the strongest verdicts are marked as asides.",
                style="dim",
                markup=False,
            )
        if evidence:
            table = Table(box=None, pad_edge=False, header_style="dim")
            for column in ("at", "device", "kind", "±", "voice", "speaker", "text", "rule"):
                table.add_column(column)
            for e in a.evidence:
                cells = (str(e.start), e.device, e.kind, e.valence, e.voice, e.speaker or "", e.text, e.rule)
                table.add_row(*(_plain(c) for c in cells))
            console.print(table)
        if why:
            for name in ("opinion", *a.classifiers):
                console.print(terminal.why_table(a, name))


def _plain(cell: str) -> Any:
    from rich.text import Text

    from framing.report.terminal import safe

    return Text(safe(" ".join(cell.split())))


# ------------------------------------------------------------------------------------------ compare


@app.command(epilog="Example: framing compare lantern.txt wire.txt -o reports/call")
def compare(
    inputs: Inputs,
    output: Output,
    outlet: Outlets = None,
    title: Annotated[str | None, typer.Option(help="Title of the event.", show_default=False)] = None,
    lexicon: LexiconDirs = None,
    wide: Wide = False,
    classifier: OwnClassifiers = None,
    format: Formats = ["png"],  # noqa: B006
    style: Style = "light",
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.")] = 0,
    resamples: Annotated[int, typer.Option(help="Bootstrap resamples.", min=100)] = 2000,
    encoding: Encoding = None,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Compare two or more articles about the same event: one PNG page, charts, an HTML page, tables."""
    _check_output(output, overwrite)
    articles = _articles(inputs, outlet, encoding)
    if len(articles) < 2:
        given = "the same file was named more than once" if len(set(inputs)) < len(inputs) else "only one was given"
        fail(f"compare needs two or more articles, {given}; name another, or use framing show for one")
    nameless = [a for a in articles if a.outlet is None]
    if nameless and not quiet:
        _note(f"{nameless[0].source}: names no outlet; say --outlet NAME, once per article in their order")
    words, own = _lexicon(lexicon, wide), tuple(classifier or ())
    _compare(articles, output, words, title, tuple(format), style, seed, resamples, overwrite, quiet, own)


def _compare(
    articles: list[Article],
    output: Path,
    lexicon: Lexicon,
    title: str | None,
    formats: tuple[str, ...],
    style: str,
    seed: int,
    resamples: int,
    overwrite: bool,
    quiet: bool,
    classifiers: tuple[Path, ...] = (),
) -> None:
    from framing.compare import compare as run
    from framing.report.folder import write

    with _spinner("Comparing", quiet):
        comparison = run(
            articles, lexicon=lexicon, seed=seed, resamples=resamples, event_title=title, classifiers=classifiers
        )
    with _spinner("Drawing", quiet) as tell:
        written = write(comparison, output, formats=formats, style=style, overwrite=overwrite, progress=tell)
    if not quiet:
        _summary(comparison, output, written)


def _check_output(output: Path, overwrite: bool) -> None:
    if output.exists() and not output.is_dir():
        fail(f"{output}: is a file; name a folder to write to")
    if not output.is_dir() or not any(output.iterdir()):
        return
    if not overwrite:
        fail(f"{output}: is not empty; say --overwrite to replace its contents, or name another folder")
    if not (output / "manifest.json").is_file():
        # The whole folder is replaced: never one that we did not make.
        fail(f"{output}: holds files that framing did not write; name another folder")


class _spinner:
    """A line of progress on stderr while something runs; a plain line when it is not a terminal."""

    def __init__(self, what: str, quiet: bool) -> None:
        self.what, self.quiet = what, quiet
        self.status: Any = None

    def __enter__(self) -> Callable[[str], None]:
        if self.quiet:
            return lambda message: None
        if not sys.stderr.isatty():
            return lambda message: None
        from rich.console import Console

        self.status = Console(stderr=True).status(f"{self.what} …")
        self.status.start()
        return lambda message: self.status.update(f"{self.what}: {message} …")

    def __exit__(self, *error: object) -> None:
        if self.status is not None:
            self.status.stop()


def _summary(comparison: Comparison, output: Path, written: list[Path]) -> None:
    from framing.report.summary import lines

    told = lines(comparison)  # the most important first
    most = len(told) if len(told) <= 24 else 20
    for line in told[:most]:
        say(line)
    if most < len(told):
        say(f"… and {len(told) - most} more sentences, in report.html")
    say()
    say(f"Written to {output}/:")
    names = [p.relative_to(output).as_posix() for p in written]
    for name in ("comparison.png", "report.html"):
        if name in names:
            say(f"  {output / name}")
    charts = [n for n in names if n.startswith("charts/") and n.endswith((".png", ".svg", ".pdf"))]
    tables = [n for n in names if n.endswith(".csv")]
    say(f"  {len(charts)} charts in {output / 'charts'}/, {len(tables)} tables (CSV), manifest.json")


# ------------------------------------------------------------------------------------------ demo, gallery


def _samples() -> Path:
    return Path(__file__).resolve().parent / "samples"


_EVENTS = ", ".join(sorted(e.name for e in os.scandir(_samples()) if e.is_dir() and "__" not in e.name))


@app.command(epilog="Example: framing demo -o reports/demo")
def demo(
    output: Output = Path("reports/demo"),
    event: Annotated[str, typer.Option(help=f"Which sample event: {_EVENTS}.")] = "defence-call",
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Compare the articles of a bundled sample event (our own prose), end to end."""
    folder = _samples() / event
    if not folder.is_dir():
        fail(f"no sample event {event!r}; there are {_EVENTS}")
    _check_output(output, overwrite)
    title = _event_title(folder)
    _compare(
        _articles([str(folder)], None, None),
        output,
        _lexicon(None, False),
        title,
        ("png",),
        "light",
        0,
        2000,
        overwrite,
        quiet,
    )


def _event_title(folder: Path) -> str | None:
    import json

    try:
        return str(json.loads((folder / "event.json").read_text("utf-8"))["title"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


@app.command(hidden=True)
def gallery(
    output: Annotated[Path, typer.Argument(help="Folder of the gallery.")] = Path("reports"), quiet: Quiet = False
) -> None:
    """Remake the committed gallery from the bundled sample events."""
    from framing.report.gallery import make

    make(_samples(), output, progress=(lambda message: None) if quiet else say)


# ------------------------------------------------------------------------------------------ lexicon


@lexicon_app.command("check", epilog="Example: framing lexicon check my-lists/")
def lexicon_check(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of lists; ours if not named.", show_default=False)
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show remarks (overlaps) too.")] = False,
) -> None:
    """Validate word lists: format, order, duplicates, examples, overlaps."""
    from framing import lexicon

    place = folder or lexicon.folder()
    problems = lexicon.check(place)
    errors = [p for p in problems if p.error]
    for p in problems:
        if p.error or verbose:
            print(f"{p.where}: {'' if p.error else 'remark: '}{p.message}")
    remarks = len(problems) - len(errors)
    say(f"{len(errors)} error(s), {remarks} remark(s) in {len(list(place.glob('*.tsv')))} lists")
    if errors:
        raise typer.Exit(2)


# ------------------------------------------------------------------------------------------ score


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


@app.command(epilog="Example: framing score articles/ corpus.jsonl.gz -o scores --workers 4")
def score(
    inputs: Inputs,
    output: Annotated[str, typer.Option("--output", "-o", help="Folder to write, or an fsspec URL of one.")],
    format: Annotated[str, typer.Option("--format", help="parquet, csv or jsonl.")] = "parquet",
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; all cores if not said.", show_default=False)
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", help="A running Dask cluster, tcp://HOST:PORT, instead.", show_default=False),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N records.", show_default=False)] = None,
    sample: Annotated[
        float | None,
        typer.Option(help="Share of the articles (0.01: one in a hundred), chosen by their text.", show_default=False),
    ] = None,
    shard: Annotated[int, typer.Option("--shard", min=1, help="Articles per output file, about.")] = 500,
    timeout: Annotated[float, typer.Option(help="Seconds of computing for one article; then it is rejected.")] = 60.0,
    max_length: Annotated[int, typer.Option(min=1, help="Characters of the longest article that is used.")] = 2_000_000,
    outlet: Annotated[str | None, typer.Option(help="Outlet of every article.", show_default=False)] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(help="CSV with a column 'file' and outlet, title, date, id or event.", show_default=False),
    ] = None,
    path_pattern: Annotated[
        str | None,
        typer.Option(help="What the folders mean: '{outlet}/{date}/{id}.txt'; {*} is anything.", show_default=False),
    ] = None,
    as_format: Annotated[
        str | None,
        typer.Option("--as", help="Read every input as jsonl, csv, html … whatever its name.", show_default=False),
    ] = None,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
    outlet_column: OutletColumn = None,
    date_column: DateColumn = None,
    id_column: IdColumn = None,
    event_column: EventColumn = None,
    encoding: Encoding = None,
    lexicon: LexiconDirs = None,
    wide: Wide = False,
    classifier: OwnClassifiers = None,
    overwrite: Overwrite = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and count, write nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit code 1 if a record was rejected.")] = False,
    quiet: Quiet = False,
) -> None:
    """Score many articles: tables of scores, evidence and sentences.

    Text, JSON lines, CSV, TSV, Parquet, HTML and WARC, each also .gz and .zst;
    files, folders, patterns, URLs such as s3://bucket/news, "-" for standard input.

    A stopped run continues where it stopped when the same command is given
    again. What cannot be used is listed in rejects.jsonl.
    """
    from framing.batch import run
    from framing.read import Options

    options = Options(
        outlet=outlet,
        text_column=text_column,
        title_column=title_column,
        outlet_column=outlet_column,
        date_column=date_column,
        id_column=id_column,
        event_column=event_column,
        encoding=encoding,
        manifest=str(manifest) if manifest else None,
        path_pattern=path_pattern,
        as_format=as_format,
        max_length=max_length,
        notes=_note,
    )
    with _Meter(quiet) as meter:
        result = run(
            inputs,
            output,
            format=format,
            options=options,
            lexicons=tuple(lexicon or ()),
            wide=wide,
            classifiers=tuple(classifier or ()),
            workers=workers or _cores(),
            scheduler=scheduler,
            limit=limit,
            sample=sample,
            shard=shard,
            timeout=timeout,
            overwrite=overwrite,
            dry_run=dry_run,
            progress=meter.tell,
        )
    if not quiet:
        _told(result, output, dry_run)
    if strict and result.rejects:
        raise typer.Exit(1)


def _told(result: Result, output: str, dry_run: bool) -> None:
    counted = f"{result.articles:,} article(s), {result.rejects:,} rejected"
    if dry_run:
        say(f"{counted}; nothing was written (--dry-run)")
        for reason in result.reasons:
            say(f"  {reason}")
        return
    if result.finished:
        say(f"{output}/ is finished already: {counted}; nothing to do")
        return
    rate = f", {result.articles / result.seconds:,.0f} articles/s" if result.seconds and not result.skipped else ""
    again = f"; {result.skipped} of {result.parts} parts stood already" if result.skipped else ""
    say(f"{counted}; {result.words:,} words, {result.evidence:,} marks in {result.seconds:.1f} s{rate}{again}")
    for reason in result.reasons[:3]:
        say(f"  rejected: {reason}")
    if result.duplicates:
        say(f"  {result.duplicates:,} article(s) have an id that stood before; 'article' tells them apart")
    say(f"Written to {output}/: scores/, evidence/, sentences/, rejects.jsonl, manifest.json")


class _Meter:
    """Progress of a long run on stderr: a bar in a terminal, else a plain line every ten seconds."""

    EVERY = 10.0

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.bar: Any = None
        self.began = self.last = 0.0

    def __enter__(self) -> _Meter:
        from time import monotonic

        self.began = self.last = monotonic()
        if not self.quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

            self.bar = Progress(
                TextColumn("Scoring"),
                BarColumn(),
                TaskProgressColumn(),
                TextColumn("{task.fields[told]}"),
                console=Console(stderr=True),
                transient=True,
            )
            self.bar.start()
            self.task = self.bar.add_task("", total=None, told="")
        return self

    def tell(self, result: Result) -> None:
        from time import monotonic

        if self.quiet:
            return
        now = monotonic()
        if now - self.last < (0.1 if self.bar is not None else self.EVERY):
            return
        self.last = now
        passed = now - self.began
        told = f"{result.articles + result.rejects:,} articles, {result.articles / passed:,.0f}/s"
        if result.done and result.done > 0.005:
            left = passed / result.done - passed
            told += f", {_clock(left)} left"
        if self.bar is not None:
            self.bar.update(self.task, completed=result.done or 0, total=1 if result.done else None, told=told)
        else:
            share = f" ({result.done:.0%})" if result.done else ""
            say(told + share)

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.stop()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


# ------------------------------------------------------------------------------------------ events


@app.command(epilog="Example: framing events corpus.jsonl -o events --tables")
def events(
    inputs: Inputs,
    output: Output,
    window: Annotated[int, typer.Option(min=0, help="Days between two reports of one event at most.")] = 3,
    most: Annotated[int, typer.Option(min=2, help="Articles compared per event at most; the first ones.")] = 40,
    least_events: Annotated[int, typer.Option(min=2, help="Events two outlets must share to be tested.")] = 6,
    primary: Annotated[
        list[str] | None,
        typer.Option("--primary", help="Measure declared in advance (Holm). Repeatable.", show_default=False),
    ] = None,
    tables: Annotated[bool, typer.Option("--tables", help="Tables only, no pictures and pages.")] = False,
    seed: Annotated[int, typer.Option(help="Seed of bootstrap and permutations.")] = 0,
    resamples: Annotated[int, typer.Option(help="Bootstrap resamples.", min=100)] = 2000,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
    outlet_column: OutletColumn = None,
    date_column: DateColumn = None,
    id_column: IdColumn = None,
    event_column: EventColumn = None,
    encoding: Encoding = None,
    lexicon: LexiconDirs = None,
    wide: Wide = False,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Find articles on the same event, compare every event in a folder of its own, and sum up by outlet.

    Tables: events, articles, profiles (outlet by measure, adjusted for the
    events covered), tests (pairs of outlets) and words (what an outlet prefers
    to say). Copies of another article are listed, not compared.
    """
    from shutil import rmtree
    from tempfile import mkdtemp

    from framing.corpus import PRIMARY, compare_events
    from framing.report.site import write_site

    _check_output(output, overwrite)
    articles = _articles(
        inputs,
        None,
        encoding,
        text_column=text_column,
        title_column=title_column,
        outlet_column=outlet_column,
        date_column=date_column,
        id_column=id_column,
        event_column=event_column,
    )
    words = _lexicon(lexicon, wide)
    output.parent.mkdir(parents=True, exist_ok=True)
    work = Path(mkdtemp(prefix=f".{output.name[:40]}-", dir=output.parent))

    def each(slug: str, comparison: Comparison) -> None:
        comparison.save(work / slug)  # drawn when all are known: an outlet keeps its colour through all events

    try:
        with _spinner("Comparing", quiet) as tell:
            found = compare_events(
                articles,
                lexicon=words,
                window=window,
                most=most,
                primary=tuple(primary or PRIMARY),
                least_events=least_events,
                seed=seed,
                resamples=resamples,
                each=each,
                progress=tell,
            )
            found.save(work)
            if not tables:
                write_site(work, tell, pictures=True)
        os.chmod(work, 0o755)
        if output.exists():
            rmtree(output)
        os.replace(work, output)
    finally:
        rmtree(work, ignore_errors=True)
    if not quiet:
        for note in found.notes:
            say(note)
        compared = int(found.events["compared"].sum())
        say(f"{len(articles):,} articles, {len(found.events):,} events, {compared:,} of them with two or more reports")
        counts = f"{found.profiles['outlet'].nunique():,} outlets profiled, {len(found.tests):,} tests"
        say(f"{counts}; written to {output}/: events, articles, profiles, tests, words (CSV and Parquet),")
        say(f"  manifest.json, {compared:,} comparison folder(s)" + (" (`framing pages` draws them)" if tables else ""))
        if not tables:
            say(f"  begin with {output / 'index.html'}")


@app.command(epilog="Example: framing pages events")
def pages(
    folder: Annotated[Path, typer.Argument(help="Folder that `framing events` wrote.")], quiet: Quiet = False
) -> None:
    """Write the pages of a folder of events again from its tables: index, outlets, and events without a page yet."""
    from framing.report.site import write_site

    with _spinner("Pages", quiet) as tell:
        written = write_site(folder, tell, pictures=True)
    if not quiet:
        say(f"{len(written):,} pages; begin with {folder / 'index.html'}")


# ------------------------------------------------------------------------------------------ train, evaluate


@app.command(epilog="Example: framing train opinion --data labelled.csv -o opinion.npz")
def train(
    name: Annotated[str, typer.Argument(help="opinion, bias, certainty, or a name for labels of your own.")],
    data: Annotated[
        list[Path],
        typer.Option("--data", help="Labelled sentences: CSV or JSON lines with text and label. Repeatable."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Model file to write.")],
    weight: Annotated[
        list[float] | None,
        typer.Option(
            "--weight", help="How much a sentence of each --data counts, in the same order.", show_default=False
        ),
    ] = None,
    auxiliary: Annotated[
        list[Path] | None, typer.Option("--auxiliary", help="Data on a neighbouring question.", show_default=False)
    ] = None,
    carry: Annotated[
        float,
        typer.Option(help="How much of each neighbour is added beyond the fit, for texts unlike the data."),
    ] = 0.0,
    seed: Annotated[int, typer.Option(help="Seed of solver and folds.")] = 0,
    folds: Annotated[int, typer.Option(min=2, help="Folds of the cross-validation.")] = 5,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the model file.")] = False,
    quiet: Quiet = False,
) -> None:
    """Train and calibrate a sentence classifier on your own labels."""
    from framing.classify import save
    from framing.classify.fit import train as run

    if output.is_dir():
        fail(f"{output}: is a folder; name a file for the model")
    if output.exists() and not overwrite:
        fail(f"{output}: exists; say --overwrite to replace it, or name another file")
    with _spinner("Training", quiet):
        model = run(name, data, weights=weight or (), auxiliary=auxiliary or (), carry=carry, seed=seed, folds=folds)
    output.parent.mkdir(parents=True, exist_ok=True)
    work = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        sha256 = save(model, work)
        os.replace(work, output)
    finally:
        work.unlink(missing_ok=True)
    if not quiet:
        figures = ", ".join(f"{k} {v:.3f}" for k, v in model.meta["cross_validation"].items())
        say(f"{name}: {model.meta['examples']:,} sentences, {model.meta['positive']:,} positive")
        say(f"cross-validated: {figures}")
        say(f"Written to {output} (sha256 {sha256[:12]})")


@app.command(epilog="Example: framing evaluate babe babe.csv --model mine.npz (framing evaluate list names them all)")
def evaluate(
    benchmark: Annotated[str, typer.Argument(help="Name of a benchmark, or list.")],
    path: Annotated[Path | None, typer.Argument(help="Its data, as you obtained them.", show_default=False)] = None,
    model: Annotated[
        str | None, typer.Option("--model", help="Classifier by name or file.", show_default=False)
    ] = None,
    part: Annotated[
        str | None,
        typer.Option("--part", help="Of data with a part held apart: apart, rest or all.", show_default=False),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the page that evaluate all writes.")] = Path(
        "evaluation"
    ),
    task: Annotated[
        str | None, typer.Option("--task", help="Of a benchmark with several: which one.", show_default=False)
    ] = None,
    folds: Annotated[
        int | None,
        typer.Option(
            "--folds",
            min=2,
            show_default=False,
            help="Train on the benchmark's own rows by so many folds, random and grouped, instead of judging a model.",
        ),
    ] = None,
    auxiliary: Annotated[
        list[Path] | None,
        typer.Option("--auxiliary", help="With --folds: data on a neighbouring question.", show_default=False),
    ] = None,
    curve: Annotated[
        Path | None, typer.Option("--curve", help="Draw the reliability curve here (PNG).", show_default=False)
    ] = None,
) -> None:
    """Judge the analyser, or a classifier of yours, on a public benchmark; all: every one whose data are at hand."""
    import inspect

    from framing.evaluate import benchmarks
    from framing.report.terminal import safe

    known = benchmarks()
    if benchmark == "all":
        _evaluate_all(path, output)
        return
    if benchmark == "list":
        for name, module in sorted(known.items()):
            print(f"{name:<18} {getattr(module, 'DESCRIPTION', '')}")
        return
    if benchmark not in known:
        fail(f"no benchmark {benchmark!r}; there are {', '.join(sorted(known))}")
    run = known[benchmark].evaluate
    takes = inspect.signature(run).parameters
    options: dict[str, Any] = {}
    if "path" not in takes:
        if path is not None:
            fail(f"{benchmark} has its own sentences and takes no data")
    elif path is None:
        fail(f"evaluate {benchmark} needs the path of its data")
    elif not path.exists():
        fail(f"{path}: no such file or folder; check the path")
    else:
        options["path"] = path
    for option, value, lack in (
        ("model", model, "judges the whole analyser"),
        ("part", part, "has no part held apart"),
        ("task", task, "has one task"),
        ("folds", folds, "trains nothing"),
        ("auxiliary", auxiliary, "trains nothing"),
    ):
        if value is not None:
            if option not in takes:
                fail(f"{benchmark} {lack} and takes no --{option}")
            options[option] = value
    if model is not None and folds is not None:
        fail("--folds trains models of its own; leave out --model")
    report = run(**options)
    if curve is not None:
        if not getattr(report, "reliability", None):
            fail(f"{benchmark} gives no probabilities, so there is no reliability curve")
        curve.parent.mkdir(parents=True, exist_ok=True)
        report.save_reliability(curve)
    print(safe(report.text()))  # outlets of the data are named in it


def _evaluate_all(path: Path | None, output: Path) -> None:
    from framing.evaluate.audit import audit, write

    if path is None:
        fail("evaluate all needs the folder that holds your copies of the benchmarks")
    if output.exists() and not output.is_dir():
        fail(f"{output}: is a file; name a folder to write to")
    sections = audit(path, progress=say)
    written = write(sections, output)
    ran = [s for s in sections if not s.missing]
    say(f"{len(ran)} of {len(sections)} benchmarks ran, {sum(s.seconds for s in ran):.0f} s of CPU")
    for s in sections:
        if s.missing:
            say(f"  {s.run.title}: {s.missing}")
    say(f"Written to {', '.join(map(str, written))}")


# ------------------------------------------------------------------------------------------ lexicon, more


def _show_rows(header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """A table on stdout: drawn for people in a terminal, tab-separated otherwise."""
    from framing.report.terminal import safe

    if not sys.stdout.isatty():
        print("\t".join(header))
        for row in rows:
            print("\t".join(safe(str(c)) for c in row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in header:
        table.add_column(name)
    for row in rows:
        table.add_row(*(_plain(str(c)) for c in row))
    Console(highlight=False).print(table)


@lexicon_app.command("list", epilog="Example: framing lexicon list --device hedge --kind approximator")
def lexicon_list(
    word: Annotated[
        str | None, typer.Argument(help="Entries that hold this word, in any form.", show_default=False)
    ] = None,
    device: Annotated[str | None, typer.Option(help="Only this device.", show_default=False)] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind or stance.", show_default=False)] = None,
    lexicon: LexiconDirs = None,
    wide: Wide = False,
) -> None:
    """Print the entries that can fire, with kind, valence, grade and guard."""
    from framing.inflection import forms
    from framing.tokens import fold

    found = _lexicon(lexicon, wide)
    if device and device not in found.devices:
        fail(f"no device {device!r} has a word list; there are {', '.join(found.devices)}")
    rows = found.entries
    if device:
        rows = [e for e in rows if e.device == device]
    if kind:
        known = sorted({e.kind for e in rows})
        if kind not in known:
            fail(f"no kind {kind!r}; there are {', '.join(known)}")
        rows = [e for e in rows if e.kind == kind]
    if word:
        wanted = fold(word)
        rows = [e for e in rows if any(f" {wanted} " in f" {fold(f)} " for f in (e.entry, *forms(e.entry, e.pos)))]
    _show_rows(
        ("device", "entry", "pos", "kind", "valence", "grade", "guard", "note"),
        [(e.device, e.entry, e.pos, e.kind, e.valence, e.grade, e.guard, e.note) for e in rows],
    )
    say(f"{len(rows):,} entries" if rows else "no such entry")


@lexicon_app.command("stats", epilog="Example: framing lexicon stats corpus.jsonl --device booster --top 50")
def lexicon_stats(
    corpus: Inputs,
    device: Annotated[str | None, typer.Option(help="Only this device.", show_default=False)] = None,
    top: Annotated[int, typer.Option(min=0, help="Show so many of the most frequent; 0 for all.")] = 0,
    never: Annotated[bool, typer.Option("--never", help="List the entries that never fired.")] = False,
    literal: Annotated[
        bool, typer.Option("--literal", help="First those in plain sentences: they may be literal uses.")
    ] = False,
    contexts: Annotated[int, typer.Option(min=0, help="Show so many contexts of each entry.")] = 0,
    encoding: Encoding = None,
    lexicon: LexiconDirs = None,
    wide: Wide = False,
) -> None:
    """How often each entry fires in a corpus (in all voices), how many never do, and which look literal."""
    found, rejects = _survey(corpus, _lexicon(lexicon, wide), device, encoding, contexts)
    per = 1e6 / max(found.words, 1)
    silent = found.silent(device)
    if never:
        _show_rows(("device", "entry", "pos", "kind"), [(e.device, e.entry, e.pos, e.kind) for e in silent])
    else:
        rows = [e for _, e in found.literal(device)] if literal else found.rows(device)
        table: list[tuple[Any, ...]] = []
        for e in rows[:top] if top else rows:
            lean = f"{found.tilt[e] / found.hits[e]:+.2f}"
            table.append((found.hits[e], f"{found.hits[e] * per:.1f}", e.device, e.entry, e.pos, e.kind, lean, e.note))
            table += [("", "", "", line, "", "", "", "") for line in found.contexts.get(e, ())]
        _show_rows(("hits", "per_million", "device", "entry", "pos", "kind", "lean", "note"), table)
    entries = [e for e in found.lexicon.entries if device in (None, e.device)]
    say(f"{found.articles:,} articles, {found.words:,} words; {len(silent):,} of {len(entries):,} entries never fired")
    if rejects:
        say(f"{len(rejects):,} record(s) could not be read, the first: {_where(rejects[0])}: {rejects[0].reason}")


def _survey(
    corpus: list[str], lexicon: Lexicon, device: str | None, encoding: str | None, contexts: int
) -> tuple[Survey, list[Reject]]:
    from framing.read import read
    from framing.report.lexicon_page import survey

    if device and device not in lexicon.devices:
        fail(f"no device {device!r} has a word list; there are {', '.join(lexicon.devices)}")
    rejects: list[Reject] = []
    articles = read(*corpus, rejects=rejects.append, encoding=encoding, notes=_note)
    found = survey(articles, lexicon, contexts=contexts)
    if not found.articles:
        fail(_nothing(rejects))
    return found, rejects


@lexicon_app.command("page", epilog="Example: framing lexicon page corpus.jsonl -o reports/lexicon")
def lexicon_page(
    corpus: Inputs,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the picture and the page.")],
    name: Annotated[str, typer.Option("--name", help="What to call the corpus.")] = "the corpus",
    encoding: Encoding = None,
    lexicon: LexiconDirs = None,
) -> None:
    """Draw the word lists: sizes, signs, sides, overlaps, hit rates in a corpus. Writes no sentence of it."""
    from framing.report.lexicon_page import write

    found, _ = _survey(corpus, _lexicon(lexicon, False), None, encoding, 0)
    for path in write(found, output, corpus=name):
        say(str(path))


@lexicon_app.command(
    "add", epilog="Example: framing lexicon add loaded strongman --pos n --kind label --valence=- -o my-lists"
)
def lexicon_add(
    device: Annotated[str, typer.Argument(help="hedge, booster, loaded, attribution, vouch, or one of your own.")],
    entry: Annotated[str, typer.Argument(help="The word or phrase, in its base form.")],
    kind: Annotated[str, typer.Option(help="Its kind or stance.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of your own word lists.")],
    pos: Annotated[str, typer.Option(help="v n a r, or x for a fixed form.")] = "x",
    valence: Annotated[str, typer.Option(help="+, - or 0.")] = "0",
    grade: Annotated[str, typer.Option(help="A (sure) B, C (arguable), or X to silence an entry of ours.")] = "A",
    guard: Annotated[str, typer.Option(help="Condition on the neighbours, see lexicons/README.md.")] = "",
    fire: Annotated[str, typer.Option(help="A sentence in which it must fire.")] = "",
    quiet: Annotated[str, typer.Option(help="A sentence in which it must not.")] = "",
    note: Annotated[str, typer.Option(help="Why it is here.")] = "",
    target: Annotated[
        str, typer.Option(help="Of a loaded verb: subject or object, whichever it praises or runs down.")
    ] = "",
) -> None:
    """Add an entry to a word list of your own, in its place and validated."""
    import csv
    import io
    import re
    from tempfile import TemporaryDirectory

    from framing.lexicon import COLUMNS, Problem, check, order_key, parse

    if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", device):
        fail(f"device {device!r}: takes small letters, digits and _")
    cells = (entry, pos, kind, valence, grade, guard, fire, quiet, note, target)
    if any(c in cell for cell in cells for c in "\t\r\n"):
        fail("an entry's cells hold no tab or line break")
    path = output / f"{device}.tsv"
    old = list(parse(path)) if path.is_file() else []
    for row in old:
        if isinstance(row, Problem):
            fail(f"{output / row.where}: {row.message}; mend it first")
    with TemporaryDirectory() as scratch:
        one = Path(scratch, path.name)
        one.write_text("\t".join(COLUMNS) + "\n" + "\t".join(cells) + "\n", "utf-8")
        errors = [p.message for p in check(Path(scratch)) if p.error]
        if errors:
            fail(f"{device}: {errors[0]}")
        new = [e for e in parse(one) if not isinstance(e, Problem)]
    entries = [e for e in old if not isinstance(e, Problem)]
    if any((e.entry.casefold(), e.pos) == (entry.casefold(), pos) for e in entries):
        fail(f"{path}: holds {entry!r} ({pos}) already")
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
    writer.writerow(COLUMNS)
    for e in sorted([*entries, *new], key=order_key):
        examples = (" || ".join(e.fire), " || ".join(e.quiet))
        writer.writerow((e.entry, e.pos, e.kind, e.valence, e.grade, e.guard, *examples, e.note, e.target))
    output.mkdir(parents=True, exist_ok=True)
    work = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    work.write_text(out.getvalue(), "utf-8", newline="\n")
    os.replace(work, path)
    say(f"{path}: {len(entries) + 1} entries; use it with --lexicon {output}")


@lexicon_app.command("diff", epilog="Example: framing lexicon diff my-lists")
def lexicon_diff(
    folder: Annotated[Path, typer.Argument(help="Folder of your own word lists.")],
) -> None:
    """What a folder of your own word lists changes against ours."""
    from framing import lexicon
    from framing.lexicon import Problem

    def rows(place: Path) -> dict[tuple[str, str, str], Entry]:
        out = {}
        for path in sorted(place.glob("*.tsv")):
            for row in lexicon.parse(path):
                if isinstance(row, Problem):
                    fail(f"{place / row.where}: {row.message}")
                out[row.device, row.entry, row.pos] = row
        return out

    if not folder.is_dir():
        fail(f"{folder}: no such folder of word lists")
    theirs = rows(folder)
    if not theirs:
        fail(f"{folder}: holds no entry in a .tsv word list")
    ours = rows(lexicon.folder())
    changes: list[tuple[Any, ...]] = []
    for key, entry in sorted(theirs.items()):
        before = ours.get(key)
        fields = ("kind", "valence", "grade", "guard", "target")
        changed = [
            f"{f}: {getattr(before, f) or '(none)'} → {getattr(entry, f) or '(none)'}"
            for f in fields
            if before is not None and getattr(before, f) != getattr(entry, f)
        ]
        if entry.grade == "X":
            changes.append(("removed" if before else "removes nothing", *key, ""))
        elif before is None:
            changes.append(("added", *key, entry.kind))
        elif changed:
            changes.append(("changed", *key, "; ".join(changed)))
    _show_rows(("change", "device", "entry", "pos", "what"), changes)
    say(f"{len(changes)} change(s) by {len(theirs)} entries")


# ------------------------------------------------------------------------------------------ run


def _answer_signals() -> Callable[[], int]:
    """Ctrl-C and SIGTERM raise KeyboardInterrupt, and what was begun is cleaned up on the way out.

    Returns what gives the exit code for the signal that came.
    """
    import signal

    code, timer = 130, getattr(signal, "SIGALRM", None)

    def later(seconds: float = 0.02) -> None:
        if timer is not None:
            signal.setitimer(signal.ITIMER_REAL, seconds)

    def passing() -> bool:
        """Whether the interruption is on its way out: clauses that clean up are at work."""
        error = sys.exception()
        while error is not None and not isinstance(error, KeyboardInterrupt):
            error = error.__context__
        return error is not None

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal code
        if number != timer:
            code = 128 + number
        elif passing():
            return later(0.3)
        while frame is not None and timer is not None:
            if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
                # An exception raised while an extension module is imported can come out as an error of that
                # module's, or be printed and lost: it waits for the end of the import.
                return later()
            frame = frame.f_back
        later(0.3)  # should somebody's bare "except" swallow it, it comes again
        raise KeyboardInterrupt

    def lost(what: sys.UnraisableHookArgs) -> None:
        """An exception that came up where none can be passed on, in a destructor for one: once more, if it was ours."""
        if what.exc_type is KeyboardInterrupt:
            later()
        else:
            sys.__unraisablehook__(what)

    for number in (signal.SIGINT, signal.SIGTERM, timer):
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:  # a job in the background ignores Ctrl-C
            signal.signal(number, stop)
    sys.unraisablehook = lost
    return lambda: code


def main() -> None:
    """Entry point of the ``framing`` command."""
    import gc
    import signal

    gc.set_threshold(100_000, 20, 20)  # word lists and models are hundreds of thousands of objects that stay
    # Typer brings its own copy of click or uses the installed one, as its version has it.
    wrong_use: Any = typer.BadParameter.__mro__[2]
    code = 0
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    stopped = _answer_signals()
    try:
        result = app(standalone_mode=False)
        code = result if isinstance(result, int) else 0
        sys.stdout.flush()
    except typer.Exit as stop:
        code = stop.exit_code
    except wrong_use as error:
        error.show()
        code = 2
    except (typer.Abort, KeyboardInterrupt):
        code = 130
    except SystemExit as stop:
        # rich ends the process with code 1 when the reader of our output went away.
        if not isinstance(stop.__context__, BrokenPipeError):
            raise
    except BrokenPipeError:
        pass
    except (InputError, UsageError, FramingError) as error:
        say(f"framing: {error}")
        code = 2
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        say(f"framing: {where}{error.strerror or error}")
        code = 2
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is over; nothing is left to stop
    if code == 130:
        code = stopped()
        again = "; the same command continues where it stopped" if sys.argv[1:2] == ["score"] else ""
        say(f"framing: stopped{again}")
    try:
        sys.stdout.flush()
    except OSError as error:
        # The reader of our output went away (| head), or the disk is full: neither is told again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = code if isinstance(error, BrokenPipeError) else 2
    sys.exit(code)

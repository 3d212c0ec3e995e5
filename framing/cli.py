"""The command line: the only place that prints, and the only exit codes.

0 done; 1 done, but records were rejected and ``--strict`` was given; 2 wrong use or
unreadable input; 130 stopped by Ctrl-C. Tables go to stdout only where asked for;
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
    print(f"framing {__version__}")
    raise SystemExit(0)

import typer

if TYPE_CHECKING:
    from framing.article import Article
    from framing.compare import Comparison
    from framing.lexicon import Lexicon
    from framing.read import Reject

__all__ = ["app", "main"]

_HELP = """Source-bias and framing analyser for news.

Tells an outlet's own words from the words it quotes, marks hedges, boosters, loaded
terms, vouching, scare quotes and asides with spans, and draws how outlets frame the same event.

[bold]Examples[/bold]

  framing demo                                     # the bundled sample event, end to end
  framing show article.txt                         # one article, marked up in the terminal
  framing compare a.txt b.txt -o reports/call      # picture, charts, page, tables
  framing score articles/ -o scores                # many articles: tables
  framing events corpus.jsonl -o events            # find same-event groups, compare each
"""

app = typer.Typer(
    help=_HELP,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
lexicon_app = typer.Typer(help="Look at, check and extend the word lists.", no_args_is_help=True, rich_markup_mode="rich")
app.add_typer(lexicon_app, name="lexicon")

Inputs = Annotated[list[str], typer.Argument(help="Files, folders or patterns ('news/*.txt').", metavar="INPUT…", show_default=False)]
Outlets = Annotated[list[str] | None, typer.Option("--outlet", help="Outlet name; repeat in the order of the articles.", show_default=False)]
LexiconDirs = Annotated[
    list[Path] | None, typer.Option("--lexicon", help="Folder with your own word lists, on top of ours. Repeatable.", show_default=False)
]
Wide = Annotated[bool, typer.Option("--wide", help="Let arguable terms (grade C) fire too.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder to write.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what is in the output folder.")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="Encoding of text files that are not UTF-8.", show_default=False)]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")]
Formats = Annotated[list[str], typer.Option("--format", help="png, svg or pdf. Repeatable.")]
Style = Annotated[str, typer.Option("--style", help="light or dark.")]


def say(message: str = "") -> None:
    """A message for people, on stderr."""
    from framing.report.terminal import safe

    print(safe(message), file=sys.stderr, flush=True)


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


def _articles(inputs: list[str], outlets: list[str] | None, encoding: str | None) -> list[Article]:
    """Every article of the inputs; what cannot be read is said, and is an error if nothing is left."""
    from dataclasses import replace

    from framing.read import Options, read

    rejects: list[Reject] = []
    known = set(Options.__dataclass_fields__)
    options = {k: v for k, v in {"encoding": encoding, "notes": say}.items() if k in known}
    found = list(read(*inputs, rejects=rejects.append, **options))
    for r in rejects:
        say(f"framing: {r.source}: {r.reason}")
    if not found:
        fail("no article could be read" + ("" if rejects else ": the input holds none"))
    if outlets:
        if len(outlets) > len(found):
            fail(f"{len(outlets)} --outlet names for {len(found)} article(s)")
        found = [replace(a, outlet=o) for a, o in zip(found, outlets)] + found[len(outlets) :]
    return found


# ------------------------------------------------------------------------------------------ show


@app.command(epilog="Example: framing show article.txt --why")
def show(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.", metavar="FILE", show_default=False)],
    outlet: Annotated[str | None, typer.Option(help="Outlet name.", show_default=False)] = None,
    why: Annotated[bool, typer.Option("--why", help="The words that push each sentence towards opinion.")] = False,
    lexicon: LexiconDirs = None,
    wide: Wide = False,
    encoding: Encoding = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="List every mark with its rule.")] = False,
) -> None:
    """Print one article with devices coloured by kind and voices told apart, and its scores beneath."""
    from rich.console import Console
    from rich.table import Table

    from framing.analysis import analyse
    from framing.article import Article
    from framing.report import terminal

    words = _lexicon(lexicon, wide)
    if file == "-":
        text = sys.stdin.read()
        if not text.strip():
            fail("standard input holds no text")
        articles = [Article(text=text, outlet=outlet)]
    else:
        articles = _articles([file], [outlet] if outlet else None, encoding)
    console = Console(highlight=False, soft_wrap=False)
    for n, article in enumerate(articles):
        a = analyse(article, lexicon=words)
        if n:
            console.rule()
        head = " · ".join(x for x in (article.outlet, article.published) if x)
        if head:
            console.print(terminal.safe(head), style="dim", markup=False)
        console.print(terminal.marked(a))
        console.rule(style="dim")
        console.print(terminal.legend())
        console.print()
        console.print(terminal.score_table(a))
        if evidence:
            table = Table(box=None, pad_edge=False, header_style="dim")
            for column in ("at", "device", "kind", "±", "voice", "speaker", "text", "rule"):
                table.add_column(column)
            for e in a.evidence:
                cells = (str(e.start), e.device, e.kind, e.valence, e.voice, e.speaker or "", e.text, e.rule)
                table.add_row(*(_plain(c) for c in cells))
            console.print(table)
        if why:
            console.print(terminal.why_table(a))


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
    _compare(articles, output, _lexicon(lexicon, wide), title, tuple(format), style, seed, resamples, overwrite, quiet)


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
) -> None:
    from framing.compare import compare as run
    from framing.report.folder import write

    if len(articles) < 2:
        fail("compare needs two or more articles; only one was given (framing show prints one)")
    with _spinner("Comparing", quiet):
        comparison = run(articles, lexicon=lexicon, seed=seed, resamples=resamples, event_title=title)
    with _spinner("Drawing", quiet) as tell:
        written = write(comparison, output, formats=formats, style=style, overwrite=overwrite, progress=tell)
    if not quiet:
        _summary(comparison, output, written)


def _check_output(output: Path, overwrite: bool) -> None:
    if output.exists() and not output.is_dir():
        fail(f"{output}: is a file; name a folder to write to")
    if output.is_dir() and any(output.iterdir()) and not overwrite:
        fail(f"{output}: is not empty; say --overwrite to replace its contents, or name another folder")


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

    for line in lines(comparison):
        say(line)
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


@app.command(epilog="Example: framing demo -o reports/demo")
def demo(
    output: Output = Path("reports/demo"),
    event: Annotated[str, typer.Option(help="Which sample event; see framing/samples/.")] = "defence-call",
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Compare the articles of a bundled sample event (our own prose), end to end."""
    folder = _samples() / event
    if not folder.is_dir():
        known = ", ".join(sorted(p.name for p in _samples().iterdir() if p.is_dir()))
        fail(f"no sample event {event!r}; there are {known}")
    _check_output(output, overwrite)
    title = _event_title(folder)
    _compare(_articles([str(folder)], None, None), output, _lexicon(None, False), title, ("png",), "light", 0, 2000, overwrite, quiet)


def _event_title(folder: Path) -> str | None:
    import json

    try:
        return str(json.loads((folder / "event.json").read_text("utf-8"))["title"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


@app.command(hidden=True)
def gallery(output: Annotated[Path, typer.Argument(help="Folder of the gallery.")] = Path("reports"), quiet: Quiet = False) -> None:
    """Remake the committed gallery from the bundled sample events."""
    from framing.report.gallery import make

    make(_samples(), output, progress=(lambda message: None) if quiet else say)


# ------------------------------------------------------------------------------------------ lexicon


@lexicon_app.command("check", epilog="Example: framing lexicon check my-lists/")
def lexicon_check(
    folder: Annotated[Path | None, typer.Argument(help="Folder of lists; ours if not named.", show_default=False)] = None,
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


# ------------------------------------------------------------------------------------------ run


def main() -> None:
    """Entry point of the ``framing`` command."""
    import click

    code = 0
    try:
        result = app(standalone_mode=False)
        code = result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        say("framing: stopped")
        code = 130
    except BrokenPipeError:
        # The reader of our output went away (| head): no complaint, and none from the interpreter at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except (InputError, UsageError, FramingError) as error:
        say(f"framing: {error}")
        code = 2
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        say(f"framing: {where}{error.strerror or error}")
        code = 2
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)

"""Pages of many events, made from the tables that ``framing events`` wrote; no article is read again.

``index.html`` (every outlet, every test, every event), ``outlets/<name>.html`` (one outlet against the others), and
``<slug>/report.html`` (one event) where it is missing. Pictures lie in ``charts/`` and ``outlets/``, each with its
alt text, and are embedded in the pages. An outlet has one colour on the whole site.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from framing import escape
from framing.errors import OutputError
from framing.report import save_charts
from framing.report.charts._common import plain
from framing.report.page import _e, _file, _pictures, _rate, _text, document, write_page
from framing.report.style import NEUTRAL, assign, colours

if TYPE_CHECKING:
    import pandas as pd

    from framing.corpus import CorpusComparison

__all__ = ["write_site"]

MAX_EVENTS = 3000  # rows of the index's table; the rest is in events.csv
MAX_TESTS = 400
MAX_PICTURED = 150  # outlets with pictures: drawing takes half a second each
_OTHERS = "others, same events"
MAX_POINTS = 48  # points of a time line; more events than that are pooled by month, quarter or year
SHOWN = ("loaded_negative", "loaded_positive", "hedge", "booster", "vouch", "scare_quote", "aside", "share_narration",
         "share_direct", "opinion", "stance_doubt")  # fmt: skip


def write_site(
    folder: str | Path, progress: Callable[[str], None] = lambda message: None, *, pictures: bool = False
) -> list[Path]:
    """Write the pages of a folder of saved events; returns them. Those of single events are made where missing.

    ``pictures``: with the pictures of each event whose page is missing (two headline pages and its charts).

    Raises InputError if ``folder`` holds no saved events, OutputError if it cannot be written.
    """
    from framing.corpus import CorpusComparison

    place = Path(folder)
    corpus = CorpusComparison.load(place)
    used = _used(corpus)
    names, slots = _names(corpus), _slots(used)
    written: list[Path] = []
    try:
        for n, slug in enumerate(corpus.comparisons):
            target = place / slug / "report.html"
            if not target.exists():
                progress(f"page of event {n + 1} of {len(corpus.comparisons)}")
                comparison = corpus.comparisons[slug]
                comparison.slots = slots
                if pictures:
                    save_charts(comparison, place / slug)
                write_page(comparison, target, links=[("../index.html", "All events")])
            written.append(target)
        paged = {path.parent.name for path in written}
        (place / "outlets").mkdir(exist_ok=True)
        for n, (outlet, name) in enumerate(names.items()):
            progress(f"page of outlet {n + 1} of {len(names)}")
            drawn = _outlet_pictures(corpus, used, outlet, place / "outlets", name, slots) if n < MAX_PICTURED else {}
            html = _outlet_page(corpus, used, outlet, names, paged, drawn, slots)
            written.append(_write(place / "outlets" / f"{name}.html", html))
        progress("index")
        drawn = _index_pictures(used, place / "charts", slots)
        written.append(_write(place / "index.html", _index(corpus, names, paged, drawn, slots)))
    except OSError as error:
        raise OutputError(f"{place}: cannot be written: {error.strerror or error}") from None
    return written


def _write(path: Path, html: str) -> Path:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(html.encode("utf-8", "replace"))
    os.replace(part, path)
    return path


def _names(corpus: CorpusComparison) -> dict[str, str]:
    """Outlet -> file name without ending, in alphabetical order; no two alike on any file system."""
    out: dict[str, str] = {}
    taken: set[str] = set()
    for outlet in sorted({str(o) for o in corpus.profiles["outlet"]}):
        out[outlet] = escape.file_name(outlet, taken, "outlet")
    return out


def _slots(used: pd.DataFrame) -> dict[str, int]:
    """Outlet -> number of its accent, the same on every page."""
    return assign(used.groupby("event", sort=True)["outlet"].apply(lambda o: [str(x) for x in o]))


# ------------------------------------------------------------------------------------- views for the charts


def _view(rows: pd.DataFrame, articles: int, slots: dict[str, int]) -> Any:
    """Rows of counts as what a chart takes for a comparison. ``articles``: how many they were counted in."""
    import pandas as pd

    from framing.score import MEASURES, PER
    from framing.statistics import garwood

    scores: dict[str, list[float]] = {"words_narration": rows["words_narration"].tolist()}
    for m in MEASURES:
        counts = rows[f"n_{m.name}"].tolist()
        scores[f"n_{m.name}"] = counts
        found = [
            garwood(int(n), float(w), PER) if w >= 100 else (float("nan"),) * 3
            for n, w in zip(counts, scores["words_narration"], strict=True)
        ]
        for k, end in enumerate(("", "_low", "_high")):
            scores[m.name + end] = [f[k] for f in found]
    return SimpleNamespace(
        scores=pd.DataFrame(scores, index=rows["outlet"].astype(str).tolist()),
        articles=pd.DataFrame(
            {"outlet": rows["outlet"].astype(str).to_numpy(), "published": rows["published"].to_numpy()}
        ),
        base=f"n = {int(rows['words_narration'].sum()):,} own words of {articles:,} articles",
        slots=slots,
    )


def _used(corpus: CorpusComparison) -> pd.DataFrame:
    """The compared articles that name an outlet, with the day of their event where they have none."""
    table = corpus.articles
    table = table[table["compared"] & table["outlet"].notna() & (table["outlet"] != "")]
    days = corpus.events.set_index("event")["date_first"]
    dated = table["published"].where(table["published"].fillna("") != "")
    return table.assign(published=dated.fillna(table["event"].map(days)))


def _through_time(used: pd.DataFrame, outlet: str, slots: dict[str, int]) -> Any:
    """The outlet and all others on the same events, pooled by day, or by a longer period where there are many days."""
    import pandas as pd

    table = used[used["event"].isin(used.loc[used["outlet"] == outlet, "event"])]
    when = pd.to_datetime(table["published"].astype(str).str[:10], errors="coerce", format="mixed")
    numbers = [c for c in table.columns if c.startswith(("n_", "words"))]
    side = table["outlet"].where(table["outlet"] == outlet, _OTHERS)
    for period in ("D", "W", "M", "Q", "Y"):
        start = when.dt.to_period(period).dt.start_time
        if start.nunique() <= MAX_POINTS:
            break
    pooled = table[numbers].groupby([side, start]).sum().reset_index(names=["outlet", "published"])
    pooled["published"] = pooled["published"].dt.strftime("%Y-%m-%d")
    pooled = pooled.sort_values(["outlet", "published"], key=lambda c: c != outlet if c.name == "outlet" else c)
    view = _view(pooled, len(table), slots | {_OTHERS: NEUTRAL})
    view.period = period
    return view


def _save(name: str, view: Any, folder: Path, stem: str) -> Path:
    """One chart of ``view`` and its alt text in ``folder``."""
    from framing.report import CHART_DPI, charts, save_figure

    folder.mkdir(exist_ok=True)
    module = charts.load(name)
    save_figure(module.draw(view).figure, folder / stem, ("png",), module.alt(view), CHART_DPI)
    return folder / f"{stem}.png"


def _index_pictures(used: pd.DataFrame, folder: Path, slots: dict[str, int]) -> dict[str, Path]:
    if len(used) < 2 or used["outlet"].nunique() > 24:
        return {}
    return {"charts/scatter.png": _save("scatter", _view(used, len(used), slots), folder, "scatter")}


def _outlet_pictures(
    corpus: CorpusComparison, used: pd.DataFrame, outlet: str, folder: Path, name: str, slots: dict[str, int]
) -> dict[str, Path]:
    out: dict[str, Path] = {}
    view = _through_time(used, outlet, slots)
    if view.articles.loc[view.articles["outlet"] == outlet, "published"].nunique() > 1:
        out[f"{name}-timeline.png"] = _save("timeline", view, folder, f"{name}-timeline")
    words = corpus.words[corpus.words["outlet"] == outlet]
    if (words["z"] > 0).any():
        mine = used[used["outlet"] == outlet]
        pooled = mine[[c for c in mine.columns if c.startswith(("n_", "words"))]].sum().to_frame().T
        view = _view(pooled.assign(outlet=outlet, published=None), len(mine), slots)
        view.words = words
        out[f"{name}-words.png"] = _save("preference", view, folder, f"{name}-words")
    return out


# ------------------------------------------------------------------------------------- parts of pages


def _style(slots: dict[str, int]) -> str:
    accents = colours(list(slots), "light", slots)
    rules = {slots[outlet]: f".s{slots[outlet]}{{--o:{accent}}}" for outlet, accent in accents.items()}
    return "\n".join([_file("page.css").strip(), *(rules[k] for k in sorted(rules)), ""])


def _swatch(outlet: object, slots: dict[str, int]) -> str:
    """A square in the outlet's colour."""
    return f'<i class="sw s{slots[str(outlet)]}"></i> ' if str(outlet) in slots else ""


def _scale(unit: object) -> float:
    return 100.0 if str(unit).startswith("share") else 1.0


def _cell(rate: Any, low: Any, high: Any, unit: object) -> str:
    """A figure with its interval, in percent where it is a share."""
    if rate is None or rate != rate:
        return '<td class="num" data-v="-1">–</td>'
    s = _scale(unit)
    percent = "%" if s > 1 else ""
    # An end beyond any possible rate (two events can give one) only says that nothing is known.
    end = _rate(high * s) if high * s < 1000 else "?"
    span = f'<div class="muted small">{_rate(low * s)}–{end}</div>' if low == low and high == high else ""
    return f'<td class="num" data-v="{rate * s:.4f}"><strong>{_rate(rate * s)}{percent}</strong>{span}</td>'


def _number(value: Any) -> str:
    return (
        '<td class="num" data-v="-1">–</td>'
        if value != value
        else f'<td class="num" data-v="{value:g}">{value:,.0f}</td>'
    )


def _table(label: str, caption: str, heads: list[tuple[str, bool]], rows: list[str], ident: str = "") -> str:
    """``heads``: (heading, is a number). Sortable by every column."""
    head = "".join(
        f'<th scope="col" aria-sort="none"{" class=num" * number}><button type="button">{_e(name)}</button></th>'
        for name, number in heads
    )
    named = ' class="sortable"' + (f' id="{ident}"' if ident else "")
    return (
        f'<div class="wrap tall" role="region" tabindex="0" aria-label="Table: {_e(label)}"><table{named}>'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>\n{''.join(rows)}</tbody></table></div>\n"
    )


def _filter(table: str, label: str) -> str:
    return (
        f'<p hidden><label>{label} <input type="search" data-table="{table}" data-count="{table}-count"></label> '
        f'<span id="{table}-count" role="status" class="muted"></span></p>\n'
    )


def _notes(notes: list[str]) -> str:
    if not notes:
        return ""
    said = "".join(f"<li>{_e(n)}</li>" for n in notes)
    return f'<div class="care" role="note"><strong>Read with care</strong><ul>{said}</ul></div>\n'


def _event_rows(events: pd.DataFrame, paged: set[str], up: str = "") -> list[str]:
    out = []
    for r in events.to_dict("records"):
        title = _e(r["title"])
        if r["slug"] in paged:
            title = f'<a href="{_e(up + str(r["slug"]))}/report.html">{title}</a>'
        days = " to ".join(dict.fromkeys(d for k in ("date_first", "date_last") if (d := _text(r[k]))))
        widest = ""
        if isinstance(r["widest_measure"], str):
            widest = (
                f"{r['widest_measure'].replace('_', ' ')}: {r['widest_a']} {_rate(r['widest_value_a'])}, "
                f"{r['widest_b']} {_rate(r['widest_value_b'])}"
            )
        out.append(
            f'<tr><th scope="row" dir="auto">{title}</th><td>{_e(days)}</td>'
            f'<td dir="auto">{_e(", ".join(str(r["outlets"]).split(" | ")))}</td>{_number(r["n_articles"])}'
            f"{_number(r['n_aligned'])}{_number(r['n_voice_shifts'])}{_number(r['n_asides'])}<td>{_e(widest)}</td></tr>\n"
        )
    return out


_EVENT_HEADS = [
    ("Event", False), ("Days", False), ("Outlets", False), ("Articles", True), ("Same points", True),
    ("Voice shifts", True), ("Asides", True), ("Widest difference", False),
]  # fmt: skip


def _events(events: pd.DataFrame, paged: set[str], up: str = "") -> str:
    kept = events.head(MAX_EVENTS)
    more = (
        f"<p>The first {MAX_EVENTS:,} of {len(events):,}; all are in events.csv.</p>\n"
        if len(events) > len(kept)
        else ""
    )
    caption = (
        "Events with two or more independent reports. Widest difference: the rate ratio within the event that stands "
        "farthest from one with its whole interval; rates per 1,000 own words."
    )
    return (
        _filter("events-table", "Find")
        + _table("Events", caption, _EVENT_HEADS, _event_rows(kept, paged, up), "events-table")
        + more
    )


def _test_rows(tests: pd.DataFrame, names: dict[str, str], up: str) -> list[str]:
    out = []
    for r in tests.to_dict("records"):
        pair = " and ".join(
            f'<a href="{_e(up + names[o])}.html" dir="auto">{_e(o)}</a>' if o in names else _e(o)
            for o in (r["outlet_a"], r["outlet_b"])
        )
        p = "–" if r["p_adjusted"] != r["p_adjusted"] else f"{r['p_adjusted']:.3f}"
        ratio = "–" if r["ratio"] != r["ratio"] else f"{r['ratio']:.2f}".replace("inf", "∞")
        ends = f"{r['low']:.2f} to {r['high']:.2f}".replace("inf", "∞")
        span = "" if r["low"] != r["low"] else f'<div class="muted small">{ends}</div>'
        least = "–" if r["detectable"] != r["detectable"] else f"{r['detectable']:.2f}"
        ratio_v = r["ratio"] if r["ratio"] == r["ratio"] else -1
        p_v = r["p_adjusted"] if r["p_adjusted"] == r["p_adjusted"] else 2
        out.append(
            f'<tr><th scope="row">{pair}</th><td>{_e(plain(r["label"]))}</td>{_number(r["n_events"])}'
            f'<td class="num" data-v="{ratio_v}"><strong>{ratio}</strong>{span}</td>'
            f'<td class="num" data-v="{p_v}">{p}</td>'
            f'<td>{_e(r["adjustment"])}</td><td class="num" data-v="{r["detectable"]}">{least}</td></tr>\n'
        )
    return out


_TEST_HEADS = [
    ("Outlets", False), ("Measure", False), ("Events", True), ("Second over first", True), ("Adjusted p", True),
    ("Adjustment", False), ("Ratio that would show", True),
]  # fmt: skip


def _tests(tests: pd.DataFrame, names: dict[str, str], up: str) -> str:
    if not len(tests):
        return "<p>No two outlets share enough events for a test.</p>\n"
    kept = tests.sort_values(["p_adjusted", "primary"], ascending=[True, False], kind="stable").head(MAX_TESTS)
    clear = int((tests["p_adjusted"] < 0.05).sum())
    more = f"<p>The first {MAX_TESTS} of {len(tests):,}; all are in tests.csv.</p>\n" if len(tests) > len(kept) else ""
    caption = (
        f"{clear} of {len(tests):,} comparisons stay below .05 after adjustment. The labels of two outlets are swapped "
        "within events; the ratio is taken within events. Ratio that would show: the smallest one these texts would "
        "have shown in four of five studies like this."
    )
    return _table("Tests", caption, _TEST_HEADS, _test_rows(kept, names, up)) + more


_METHOD = (
    "<p>The unit is the event: what an outlet writes is compared with what others write on the same events. Rates "
    "count marks in the outlet’s own words; their intervals are 95%, resampled over events and never shorter than a "
    "Poisson interval. Adjusted rates allow for which events an outlet covered. Declared primary measures are adjusted "
    "with Holm’s method, all others with that of Benjamini and Hochberg.</p>\n"
    "<p>Limits: English only; voices, speakers and marks are read by rule and are sometimes wrong, for every outlet "
    "alike as far as we know; articles that copy one another are left out; a difference is no verdict on who is "
    "right.</p>\n"
)


def _index(
    corpus: CorpusComparison, names: dict[str, str], paged: set[str], pictures: dict[str, Path], slots: dict[str, int]
) -> str:
    events = corpus.events[corpus.events["slug"].isin(list(corpus.comparisons))]
    days = sorted(str(d) for d in corpus.events["date_first"].dropna())
    when = f", {days[0]} to {days[-1]}" if days and days[0] != days[-1] else f", {days[0]}" if days else ""
    title = f"{len(events):,} events in {len(names):,} outlets{when}"
    clear = corpus.tests[(corpus.tests["p_adjusted"] < 0.05) & corpus.tests["primary"].astype(bool)]
    said = [
        f"{len(corpus.articles):,} articles report {len(corpus.events):,} events; {len(events):,} of them have two "
        "or more independent reports and are compared.",
        *(_test_sentence(r) for r in clear.sort_values("p_adjusted", kind="stable").head(5).to_dict("records")),
    ]
    if len(corpus.tests) and not len(clear):
        said.append("No difference in a declared measure stays clear of chance after adjustment.")
    summary = '<ul class="summary">' + "".join(f"<li>{_e(s)}</li>" for s in said) + "</ul>\n" + _notes(corpus.notes)
    sections = [
        ("summary", "In short", summary),
        ("outlets", "Outlets", _outlets(corpus, names, slots)),
        ("tests", "Tests", _tests(corpus.tests, names, "outlets/")),
        ("events", "Events", _events(events, paged)),
        ("method", "Method and limits", _METHOD),
    ]
    if pictures:
        sections.insert(2, ("charts", "Charts", _pictures(pictures, 900_000)))
    style, script = _style(slots), _file("tables.js")
    return document(title, sections, style, script, corpus.signature, skip=("events", "the events"))


def _outlets(corpus: CorpusComparison, names: dict[str, str], slots: dict[str, int]) -> str:
    cells = {(str(r["outlet"]), str(r["measure"])): r for r in corpus.profiles.to_dict("records")}
    labels = {str(r["measure"]): plain(r["label"]) for r in corpus.profiles.to_dict("records")}
    shown = [m for m in SHOWN if m in labels]
    heads = [("Outlet", False), ("Events", True), ("Own words", True), *((labels[m], True) for m in shown)]
    rows = []
    for outlet, name in names.items():
        first = cells[outlet, shown[0]]
        link = f'{_swatch(outlet, slots)}<a href="outlets/{_e(name)}.html" dir="auto">{_e(outlet)}</a>'
        rows.append(
            f'<tr><th scope="row">{link}</th>'
            f"{_number(first['n_events'])}{_number(first['words'])}"
            + "".join(_cell(c["rate"], c["low"], c["high"], c["unit"]) for c in (cells[outlet, m] for m in shown))
            + "</tr>\n"
        )
    caption = "Marks per 1,000 of the outlet’s own words, or shares in percent, with 95% intervals, over its events."
    return _filter("outlets-table", "Find") + _table("Outlets", caption, heads, rows, "outlets-table")


def _test_sentence(r: dict[Any, Any]) -> str:
    """A test in words, the outlet with more first."""
    a, b, ratio, low, high = r["outlet_a"], r["outlet_b"], r["ratio"], r["low"], r["high"]
    if not ratio > 0 or ratio == float("inf"):
        shared = f"{int(r['n_events'])} shared events (adjusted p {r['p_adjusted']:.3f})"
        return f"{plain(r['label'])}: {a} and {b} differ on {shared}."
    if ratio < 1:
        a, b, ratio, low, high = b, a, 1 / ratio, 1 / high if high else float("inf"), 1 / low if low else float("inf")
    what = "share" if str(r["unit"]).startswith("share") else "rate"
    return (
        f"{plain(r['label'])}: {b} has {ratio:.1f} times the {what} of {a} on the same {int(r['n_events'])} events "
        f"({low:.1f} to {high:.1f}; adjusted p {r['p_adjusted']:.3f})."
    )


def _outlet_page(
    corpus: CorpusComparison, used: pd.DataFrame, outlet: str, names: dict[str, str], paged: set[str],
    pictures: dict[str, Path], slots: dict[str, int],
) -> str:  # fmt: skip
    mine = corpus.profiles[corpus.profiles["outlet"] == outlet]
    tests = corpus.tests[(corpus.tests["outlet_a"] == outlet) | (corpus.tests["outlet_b"] == outlet)]
    clear = tests[tests["p_adjusted"] < 0.05].sort_values(["p_adjusted"], kind="stable")
    of = corpus.articles[corpus.articles["compared"] & (corpus.articles["outlet"] == outlet)]
    events = corpus.events[corpus.events["event"].isin(of["event"])]
    pooled = _pooled_others(used, outlet)
    rates = {str(r["measure"]): r for r in mine.to_dict("records")}
    said = [
        f"{len(of):,} articles on {of['event'].nunique():,} events that others report too; "
        f"{int(of['words_narration'].sum()):,} words of its own."
    ]
    for name, what in (("loaded_negative", "negative loaded terms"), ("loaded_positive", "positive loaded terms"),
                       ("hedge", "hedges"), ("aside", "asides")):  # fmt: skip
        r = rates.get(name)
        if r and r["rate"] == r["rate"]:
            other = pooled.get(name, float("nan"))
            against = f"; the others, on the same events, {_rate(other)}" if other == other else ""
            said.append(
                f"{_rate(r['rate'])} {what} per 1,000 of its own words "
                f"({_rate(r['low'])} to {_rate(r['high'])}){against}."
            )
    said += [_test_sentence(r) for r in clear.head(6).to_dict("records")]
    if len(tests) and not len(clear):
        said.append("No difference from another outlet stays clear of chance after adjustment.")
    summary = '<ul class="summary">' + "".join(f"<li>{_e(s)}</li>" for s in said) + "</ul>\n"
    rows = [
        f'<tr><th scope="row">{_e(plain(r["label"]))}</th>{_number(r["n_events"])}{_number(r["n"])}'
        f"{_cell(r['rate'], r['low'], r['high'], r['unit'])}"
        f"{_cell(r['adjusted'], r['adjusted_low'], r['adjusted_high'], r['unit'])}"
        f"{_cell(pooled.get(str(r['measure']), float('nan')), float('nan'), float('nan'), r['unit'])}</tr>\n"
        for r in mine.to_dict("records")
    ]
    heads = [("Measure", False), ("Events", True), ("Marks", True), ("Rate", True), ("Adjusted for events", True),
             ("Others, same events", True)]  # fmt: skip
    caption = "Marks per 1,000 own words, or shares in percent, with 95% intervals over events."
    sections = [
        ("summary", "In short", summary),
        ("profile", "Profile", _table("Profile", caption, heads, rows)),
        ("tests", "Against each other outlet", _tests(tests, names, "")),
        ("events", "Its events", _events(events, paged, "../")),
        ("method", "Method and limits", _METHOD),
    ]
    if pictures:
        sections.insert(1, ("charts", "Charts", _pictures(pictures, 900_000)))
    return document(outlet, sections, _style(slots), _file("tables.js"), corpus.signature,
                    links=[("../index.html", "All events and outlets")])  # fmt: skip


def _pooled_others(used: pd.DataFrame, outlet: str) -> dict[str, float]:
    """Measure -> what all other outlets together have on this outlet's events."""
    from framing.corpus import QUOTIENTS

    shared = used["event"].isin(used.loc[used["outlet"] == outlet, "event"])
    table = used[shared & (used["outlet"] != outlet)]
    out = {}
    for q in QUOTIENTS:
        bottom = float(table[q.bottom].sum())
        out[q.name] = q.per * float(table[q.top].sum()) / bottom if bottom else float("nan")
    return out

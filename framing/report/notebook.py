"""What results show of themselves in a notebook: HTML fragments without script, everything escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framing.compare import Comparison
    from framing.corpus import CorpusComparison

__all__ = ["comparison_html", "corpus_html"]

MAX_OUTLETS = 8
MAX_EVENTS = 20
# The notebook's own colours are kept: only letters' weight, spacing and columns are set.
_STYLE = (
    ".framing-result th,.framing-result td{text-align:left;vertical-align:top;padding:2px 14px 2px 0}"
    ".framing-result .framing-head{font-size:1.3em;font-weight:bold}.framing-result .framing-quiet{opacity:.75}"
    ".framing-result ul.framing-plain{list-style:none;padding:0;margin:.4em 0}"
)
_QUIET = 'class="framing-quiet"'


def comparison_html(comparison: Comparison) -> str:
    """Headline sentence, a line per outlet, and the measures as a small table with 95% intervals."""
    from framing.report.charts._common import palette
    from framing.report.sentences import page_headline, portrait

    names = [str(o) for o in comparison.scores.index]
    accents = palette(comparison, "light")
    shown = names[:MAX_OUTLETS]
    tints = "".join(f".framing-result .framing-o{k}{{color:{accents[name]}}}" for k, name in enumerate(shown))
    lines = "".join(
        f'<li><span class="framing-o{k}">■</span> <strong dir="auto">{_e(name)}</strong> '
        f'<span dir="auto">{_e("; ".join(portrait(comparison, k)))}</span></li>'
        for k, name in enumerate(shown)
    )
    more = f"<li>and {len(names) - len(shown)} more (.scores)</li>" if len(names) > len(shown) else ""
    notes = "".join(f"<li>{_e(n)}</li>" for n in comparison.notes)
    return (
        f'<style>{_STYLE}{tints}</style>\n<div class="framing-result"><div {_QUIET}>'
        f"{_e(comparison.event_title or 'How the same event is told')}"
        f'</div>\n<div class="framing-head">{_e(page_headline(comparison))}</div>\n'
        f'<ul class="framing-plain">{lines}{more}</ul>\n{_measures(comparison, shown)}'
        f"<p>{_points(comparison)}</p>\n" + (f"<ul {_QUIET}>{notes}</ul>\n" if notes else "") + f"<div {_QUIET}>"
        f"{_e(comparison.signature)}</div></div>\n"
    )


def corpus_html(result: CorpusComparison) -> str:
    """What was compared, and the largest events by their number of articles."""
    events, outlets = result.events, list(dict.fromkeys(map(str, result.articles["outlet"])))
    compared = int(events["slug"].notna().sum())
    said = (
        f"{len(events):,} {_many(len(events), 'event')}, {compared:,} compared; {len(result.articles):,} "
        f"{_many(len(result.articles), 'article')} of {len(outlets):,} {_many(len(outlets), 'outlet')}"
    )
    rows = "".join(
        f'<tr><th scope="row" dir="auto">{_e(r["title"])}</th><td>{int(r["n_articles"])}</td>'
        f'<td dir="auto">{_e(r["outlets"])}</td></tr>'
        for r in events.sort_values("n_articles", ascending=False, kind="stable").head(MAX_EVENTS).to_dict("records")
    )
    more = f"<p>and {len(events) - MAX_EVENTS:,} more (.events)</p>" if len(events) > MAX_EVENTS else ""
    notes = "".join(f"<li>{_e(n)}</li>" for n in result.notes)
    return (
        f'<style>{_STYLE}</style>\n<div class="framing-result"><div class="framing-head">{said}</div>\n'
        f"<table>{_head('Event', 'Articles', 'Outlets')}<tbody>{rows}</tbody></table>{more}\n"
        + (f"<ul {_QUIET}>{notes}</ul>\n" if notes else "")
        + f"<div {_QUIET}>{_e(result.signature)}</div></div>\n"
    )


def _measures(comparison: Comparison, names: list[str]) -> str:
    """Rates per 1,000 own words, a row per measure that any article has a mark of."""
    from framing.report.charts._common import percent
    from framing.score import MEASURES

    scores = comparison.scores.iloc[: len(names)]
    rows = [("Own words", [percent(v) for v in scores["share_narration"]])]
    for m in MEASURES:
        if f"n_{m.name}" in scores and scores[f"n_{m.name}"].sum():
            rows.append((m.label, [_rate(r, m.name) for r in scores.to_dict("records")]))
    body = "".join(
        f'<tr><th scope="row">{_e(label)}</th>{"".join(f"<td>{c}</td>" for c in cells)}</tr>' for label, cells in rows
    )
    return (
        f"<table><caption {_QUIET}>Marks per 1,000 own words (number), 95% interval</caption>"
        f"{_head('', *names)}<tbody>{body}</tbody></table>\n"
    )


def _head(*names: str) -> str:
    cells = "".join(f'<th scope="col" dir="auto">{_e(n)}</th>' for n in names)
    return f"<thead><tr>{cells}</tr></thead>"


def _rate(row: dict[Any, Any], name: str) -> str:
    n, value = int(row[f"n_{name}"]), row[name]
    if value != value:
        return f"({n}) <span {_QUIET}>too short for a rate</span>"
    return (
        f"<strong>{value:.1f}</strong> ({n}) <span {_QUIET}>{row[f'{name}_low']:.1f}–{row[f'{name}_high']:.1f}</span>"
    )


def _points(comparison: Comparison) -> str:
    from framing.report.charts.only_here import headline as only
    from framing.report.charts.wording import headline as wording

    return f'<span dir="auto">{_e(wording(comparison))}. {_e(only(comparison))}.</span>'


def _many(n: int, word: str) -> str:
    return word + "s" * (n != 1)


def _e(text: object) -> str:
    return escape(str(text))

"""``report.html``: a comparison as one self-contained page, and an article for notebooks.

The page loads nothing: a Content-Security-Policy names its own style and script by hash and allows
images only as data. Whatever comes from articles (texts, outlets, speakers, targets) is escaped, and the
script only ever writes it back as text. Without the script everything can still be read; the
script adds tooltips, toggles, sorting and scrolling to the counterpart.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.errors import OutputError
from framing.evidence import DEVICES
from framing.report.charts._common import palette, plain
from framing.report.sentences import page_headline, portrait
from framing.report.style import DEVICE_COLOURS, DEVICE_LABELS, mix
from framing.report.summary import lines
from framing.score import MEASURES

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.compare import Comparison

__all__ = ["LIMIT", "article_html", "document", "page", "write_page"]

LIMIT = 950_000  # bytes of the page up to which pictures are embedded; beyond that they are linked
MAX_ROWS = 3000  # rows of the evidence table; the rest is in evidence.csv
MAX_PAIRS = 300
MAX_ONLY = 12
MAX_TARGETS = 15

# The charts that say most come first: those beyond the page's size are linked.
_FIRST = ("rates", "xray", "wording", "voice_bars", "stance_bars", "loaded_words", "only_here", "speakers", "forest")

_VALENCE = {"+": "positive", "-": "negative"}
_ONE = {
    "hedge": "hedge",
    "booster": "booster",
    "loaded": "loaded term",
    "attribution": "reporting verb",
    "vouch": "vouching",
    "scare_quote": "scare quote",
    "aside": "aside",
}
_MEANING = {
    "hedge": "holds back from a claim (“may”, “reportedly”, “critics say”)",
    "booster": "raises certainty, degree or importance (“clearly”, “historic”)",
    "loaded": "carries a judgement where a plainer word would do; + favours, − disfavours its target",
    "attribution": "hands content to a source; the verb may be neutral, doubting, endorsing and so on",
    "vouch": "an event “shows” or “proves” something: the outlet itself guarantees the reading",
    "scare_quote": "quotation marks round a label that nobody is cited for",
    "aside": "the outlet stops reporting and comments",
}
_VOICES = {"narration": "own words", "direct": "quoted", "indirect": "paraphrased"}
_STATUS = {"warning": "rates are rough", "not scored": "too short for rates"}
# Device -> underline style, thickness, distance: told apart by shape as well as by colour.
_LINES = {
    "hedge": ("dotted", 3, 3),
    "booster": ("solid", 2, 3),
    "loaded": ("solid", 4, 3),
    "attribution": ("dashed", 1, 3),
    "vouch": ("wavy", 2, 3),
    "scare_quote": ("double", 2, 3),
    "aside": ("solid", 1, 8),
}


# ------------------------------------------------------------------------------------- small parts


def _text(value: object) -> str:
    """A table cell as clean text: empty for missing, no control characters that HTML forbids."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    return _FORBIDDEN.sub("�", str(value))


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def _e(value: object) -> str:
    return escape(_text(value), quote=True)


def _rate(value: Any, digits: int = 1) -> str:
    return "–" if value is None or value != value else f"{value:.{digits}f}"


def _interval(low: Any, high: Any, digits: int = 1, scale: float = 1) -> str:
    if low is None or high is None or low != low or high != high:
        return ""
    return f"{low * scale:.{digits}f} to {high * scale:.{digits}f}".replace("-", "−")


@dataclass(slots=True)
class _Span:
    """A stretch of text to wrap. ``first``: attributes of its first piece only; ``tail``: goes before its end."""

    start: int
    end: int
    rank: int
    tag: str
    attributes: str
    first: str = ""
    tail: str = ""
    key: int = -1
    begun: bool = False

    def open(self) -> str:
        extra = "" if self.begun else self.first
        self.begun = True
        return f"<{self.tag}{self.attributes}{extra}>"

    def close(self, position: int) -> str:
        return f"{self.tail if self.end <= position else ''}</{self.tag}>"


_PARAGRAPH = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def _marked(text: str, spans: Iterable[_Span], headlines: Sequence[tuple[int, int]]) -> str:
    """``text`` as paragraphs with spans wrapped; spans that cross are split. One pass, position by position."""
    todo = sorted((s for s in spans if 0 <= s.start < s.end <= len(text)), key=lambda s: (s.start, s.rank, -s.end))
    out: list[str] = []
    active: list[_Span] = []
    k = 0
    for found in _PARAGRAPH.finditer(text):
        at, stop = found.span()
        if found.group().isspace():
            continue
        tag = "h4" if any(a < stop and at < b for a, b in headlines) else "p"
        out.append(f'<{tag} dir="auto">')
        while k < len(todo) and todo[k].start <= at:
            active.append(todo[k])
            k += 1
        stack = [s for s in active if s.end > at]
        out.extend(s.open() for s in stack)
        while at < stop:
            following = min([stop, *(s.end for s in stack), *([todo[k].start] if k < len(todo) else [])])
            out.append(_e(text[at:following]))
            at = following
            if at >= stop:
                break
            ended = next((n for n, s in enumerate(stack) if s.end <= at), None)
            if ended is not None:
                again = [s for s in stack[ended:] if s.end > at]
                out.extend(s.close(at) for s in reversed(stack[ended:]))
                del stack[ended:]
                out.extend(s.open() for s in again)
                stack += again
            while k < len(todo) and todo[k].start <= at:
                stack.append(todo[k])
                out.append(todo[k].open())
                k += 1
        out.extend(s.close(at) for s in reversed(stack))
        out.append(f"</{tag}>\n")
        active = [s for s in stack if s.end > at]
    return "".join(out)


def _about(row: Mapping[str, Any]) -> str:
    """What a tooltip says of one mark, line by line."""
    device = str(row["device"])
    head = [_ONE.get(device, device), _text(row["kind"]).replace("_", " "), _VALENCE.get(str(row["valence"]), "")]
    out = [" · ".join(h for h in head if h)]
    if target := _text(row.get("target")):
        out.append(f"about: {target}")
    speaker = _text(row.get("speaker"))
    out.append(f"voice: {_VOICES.get(str(row['voice']), str(row['voice']))}" + (f" ({speaker})" if speaker else ""))
    out.append(f"rule: {_text(row['rule'])}")
    return "\n".join(out)


def _voice_span(row: Mapping[str, Any], tooltip: str) -> _Span:
    who = _text(row.get("speaker"))
    says = f"{_VOICES.get(str(row['voice']), '')}: {who or 'speaker not named'}"
    return _Span(int(row["start"]), int(row["end"]), 0, "span", f' class="v {_e(row["voice"])}" {tooltip}="{_e(says)}"')


def _mark_span(row: Mapping[str, Any], key: int, tooltip: str, focus: bool) -> _Span:
    device, valence = str(row["device"]), _VALENCE.get(str(row["valence"]), "")
    source = "" if row["voice"] == "narration" else " src"
    sign = f'<i class="sg {valence}"></i>' if device == "loaded" and valence else ""
    attributes = f' class="d {_e(device)}{source}" {tooltip}="{_e(_about(row))}"'
    first = f' id="m{key}" tabindex="0"' if focus else ""
    return _Span(int(row["start"]), int(row["end"]), 2, "mark", attributes, first, sign, key)


# ----------------------------------------------------------------------------------------- looks


def _line_colour(device: str) -> str:
    """The device's colour in charts, darker: a thin line on a source's grey needs contrast 3:1."""
    return mix(DEVICE_COLOURS[device], "#1B1D20", 0.25)


def _text_style(scope: str) -> str:
    """Rules for an article's text, everything below ``scope``."""
    out = [
        f"{scope} .v.direct{{background:#d9dde1}}{scope} .v.indirect{{background:#eef0f2}}",
        f"{scope} .v{{border-radius:2px;-webkit-box-decoration-break:clone;box-decoration-break:clone}}",
        f"{scope} mark{{background:none;color:inherit;text-decoration-line:underline;text-decoration-skip-ink:none}}",
        f"{scope} .sg::after{{font:700 .75em/1 sans-serif;vertical-align:super}}",
        f'{scope} .sg.positive::after{{content:"+"}}',
        f'{scope} .sg.negative::after{{content:"−"}}',
    ]
    for device, (line, width, away) in _LINES.items():
        out.append(
            f"{scope} mark.{device}{{text-decoration-style:{line};text-decoration-thickness:{width}px;"
            f"text-underline-offset:{away}px;text-decoration-color:{_line_colour(device)}}}"
        )
    return "\n".join(out)


@cache
def _file(name: str) -> str:
    """A file that lies beside this one, whatever line ends a checkout gave it."""
    return Path(__file__).with_name(name).read_text("utf-8").replace("\r\n", "\n")


def _style(comparison: Comparison) -> str:
    accents = palette(comparison, "light")
    out = [_file("page.css").strip(), _text_style(".pane"), ".pane mark.gone{text-decoration:none;cursor:inherit}"]
    out.append(".pane mark.gone>.sg{display:none}")
    out += [f".o{n}{{--o:{colour}}}" for n, colour in enumerate(accents.values())]
    for device, (line, width, _) in _LINES.items():
        out.append(
            f".k.{device}{{text-decoration:underline {line} {_line_colour(device)} {width}px;"
            "text-underline-offset:3px}"
        )
    return "\n".join(out) + "\n"


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


# -------------------------------------------------------------------------------------- sections


def _summary(comparison: Comparison) -> tuple[str, str]:
    """Title of the page, and the sentences below it."""
    said = [_text(line) for line in lines(comparison)]
    told = [x for x in said[1:] if not x.startswith("Note: ")]
    notes = [x.removeprefix("Note: ") for x in said[1:] if x.startswith("Note: ")]
    names = [str(o) for o in comparison.scores.index]
    out = f'<p class="lead" dir="auto">{_e(page_headline(comparison))}</p>\n'
    if len(names) <= 6:
        out += '<ul class="who">'
        for k, name in enumerate(names):
            marks = "; ".join(portrait(comparison, k))
            out += f'<li class="o{k}"><strong dir="auto">{_e(name)}</strong> <span dir="auto">{_e(marks)}</span></li>'
        out += "</ul>\n"
    out += '<ul class="summary">' + "".join(f"<li>{_e(x)}</li>" for x in told) + "</ul>\n"
    if notes:
        out += '<div class="care" role="note"><strong>Read with care</strong><ul>'
        out += "".join(f"<li>{_e(x)}</li>" for x in notes) + "</ul></div>\n"
    return said[0].rstrip("."), out


def _controls(comparison: Comparison) -> str:
    n = Counter(str(d) for d in comparison.evidence["device"])
    boxes = [
        f'<label><input type="checkbox" value="{d}" checked><span class="k {d}">{DEVICE_LABELS[d]}</span> '
        f'<span class="muted">({n[d]})</span></label>'
        for d in DEVICES
    ]
    boxes.append(
        '<label><input type="checkbox" value="voices" checked>shade words '
        '<span class="k direct">quoted</span> and <span class="k indirect">paraphrased</span></label>'
    )
    boxes.append('<label><input type="checkbox" value="aligned" checked>click a passage to see its counterpart</label>')
    boxes.append('<label><input type="checkbox" value="own">only marks in the outlets’ own words</label>')
    return f'<fieldset id="shown" hidden><legend>Show</legend>{"".join(boxes)}</fieldset>\n'


def _articles(comparison: Comparison) -> tuple[str, set[int]]:
    """Every article with its marks; and which marks (by row of the evidence) stand in the page."""
    records = comparison.articles.to_dict("records")
    position = {str(r["id"]): n for n, r in enumerate(records)}
    spans: list[list[_Span]] = [[] for _ in records]
    for row in comparison.voices.to_dict("records"):
        if row["voice"] != "narration":
            spans[int(row["article"])].append(_voice_span(_keyed(row), "data-t"))
    places: dict[tuple[int, int, int], list[str]] = {}
    for n, row in enumerate(comparison.alignment.to_dict("records")[:MAX_PAIRS]):
        for side in "ab":
            article = position.get(str(row[f"{side}_id"]))
            if article is not None:
                key = (article, int(row[f"{side}_start"]), int(row[f"{side}_end"]))
                places.setdefault(key, []).append(str(n))
    for (article, start, end), numbers in places.items():
        spans[article].append(_Span(start, end, 1, "span", f' class="al" data-p="{" ".join(numbers)}"'))
    for n, row in enumerate(comparison.evidence.to_dict("records")):
        spans[int(row["article"])].append(_mark_span(_keyed(row), n, "data-t", focus=True))
    headlines: list[list[tuple[int, int]]] = [[] for _ in records]
    heads = comparison.sentences[comparison.sentences["headline"].astype(bool)]
    for a, start, end in zip(heads["article"], heads["start"], heads["end"], strict=True):
        headlines[int(a)].append((int(start), int(end)))
    out = []
    for n, r in enumerate(records):
        words = int(r["words"])
        own = f"{int(r['words_narration']) / words:.0%} own words" if words else "no words"
        facts = [_text(r.get("published")), f"{words:,} words", own, _STATUS.get(str(r["status"]), "")]
        title = "" if headlines[n] else _text(r.get("title"))
        out.append(
            f'<article class="o{n}" aria-labelledby="a{n}"><header><h3 id="a{n}" dir="auto">{_e(r["outlet"])}</h3>'
            f'<div class="muted small">{_e(" · ".join(f for f in facts if f))}</div></header>\n'
            f'<div class="pane" role="region" tabindex="0" aria-label="Text of {_e(r["outlet"])}">\n'
            + (f'<h4 dir="auto">{_e(title)}</h4>\n' if title else "")
            + _marked(comparison.texts[n], spans[n], headlines[n])
            + "</div></article>\n"
        )
    here = {s.key for found in spans for s in found if s.key >= 0 and s.begun}
    return f'<div class="cols">\n{"".join(out)}</div>\n', here


def _keyed(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(k): v for k, v in row.items()}


_SIGNED = re.compile(r"(\w)([+-]) (?=“)")


def _different(a: str, b: str) -> tuple[str, str]:
    """Two wordings as HTML, with the words the other has not in bold."""
    x, y = _text(a).split(), _text(b).split()
    if len(x) > 200 or len(y) > 200:
        return _e(a), _e(b)
    u, v = ([w.lower().strip(".,;:!?“”\"'‘’()") for w in side] for side in (x, y))
    kept: tuple[set[int], set[int]] = (set(), set())
    for block in SequenceMatcher(None, u, v, autojunk=False).get_matching_blocks():
        kept[0].update(range(block.a, block.a + block.size))
        kept[1].update(range(block.b, block.b + block.size))
    left, right = (
        " ".join(_e(w) if n in same else f'<em class="diff">{_e(w)}</em>' for n, w in enumerate(side))
        for side, same in zip((x, y), kept, strict=True)
    )
    return left.replace('</em> <em class="diff">', " "), right.replace('</em> <em class="diff">', " ")


def _pairs(comparison: Comparison) -> str:
    if not len(comparison.alignment):
        return "<p>No passages were found that report the same point.</p>\n"
    out = [
        '<div class="wrap tall" role="region" tabindex="0" aria-label="Passages that report the same point"><table>'
        "<caption>Words in bold stand only in that wording.</caption><thead><tr>"
        '<th scope="col">One outlet</th><th scope="col">The other</th>'
        '<th scope="col">What changed</th></tr></thead><tbody>'
    ]
    for n, r in enumerate(comparison.alignment.to_dict("records")[:MAX_PAIRS]):
        left, right = _different(r["a_text"], r["b_text"])
        a, b = (_VOICES.get(str(r[f"{s}_voice"]), str(r[f"{s}_voice"])) for s in "ab")
        voices = a if r["a_voice"] == r["b_voice"] else f"{a} → {b}"
        changed = f"<div>{_e(r['relation'])}, likeness {_rate(r['similarity'], 2)}</div><div>{_e(voices)}</div>"
        for device in _text(r.get("devices")).split("; "):
            if device:
                shown = _SIGNED.sub(r"\1 (\2) ", device.replace(":", ", ", 1).replace("_", " ", 1))
                changed += f'<div class="muted small">{_e(shown.replace("-)", "−)"))}</div>'
        out.append(
            f'<tr><td class="pair"><div class="muted small">{_e(r["a_outlet"])}</div><div dir="auto">{left}</div></td>'
            f'<td class="pair"><div class="muted small">{_e(r["b_outlet"])}</div><div dir="auto">{right}</div></td>'
            f'<td class="what">{changed}<button type="button" class="go" data-p="{n}" hidden '
            f'aria-label="Show both ends of passage {n + 1}">Show both</button></td></tr>\n'
        )
    out.append("</tbody></table></div>\n")
    if len(comparison.alignment) > MAX_PAIRS:
        out.append(f"<p>The first {MAX_PAIRS} of {len(comparison.alignment)}; all are in alignment.csv.</p>\n")
    return "".join(out)


def _figures(comparison: Comparison) -> str:
    """Rates and shares per outlet, with intervals, and the difference where there are two outlets."""
    scores = comparison.scores
    outlets = list(scores.index)
    rows = [(_keyed(r)) for r in scores.to_dict("records")]
    difference: dict[str, dict[str, Any]] = {}
    if len(outlets) == 2:
        difference = {str(r["measure"]): _keyed(r) for r in comparison.differences.to_dict("records")}
    head = "".join(f'<th scope="col" class="num">{_e(o)}</th>' for o in outlets)
    if difference:
        head += f'<th scope="col" class="num">{_e(outlets[0])} minus {_e(outlets[1])}</th>'
    out = [
        '<div class="wrap" role="region" tabindex="0" aria-label="Figures"><table><caption>Marks per 1,000 of the '
        "outlet’s own words, with the number of marks and a 95% interval; shares in percent.</caption>"
        f'<thead><tr><th scope="col">Measure</th>{head}</tr></thead><tbody>'
    ]
    shown = [(m.name, plain(m.label), 1.0) for m in MEASURES]
    shown += [(f"share_{v}", f"Words: {_VOICES[v]} (%)", 100.0) for v in _VOICES]
    shown.append(("opinion", "Opinion among own sentences (%)", 100.0))
    for name, label, scale in shown:
        cells = []
        for r in rows:
            value = r.get(name)
            number = "–" if value is None or value != value else f"{value * scale:.1f}"
            n = f" (n = {int(r[f'n_{name}'])})" if f"n_{name}" in r else ""
            span = _interval(r.get(f"{name}_low"), r.get(f"{name}_high"), 1, scale)
            cells.append(f'<td class="num"><strong>{number}</strong>{n}<div class="muted small">{span}</div></td>')
        if difference:
            d = difference.get(name, {})
            value = d.get("difference")
            number = "–" if value is None or value != value else f"{value * scale:+.1f}".replace("-", "−")
            span = _interval(d.get("low"), d.get("high"), 1, scale)
            if not d.get("value_a") and not d.get("value_b"):  # nothing was counted, so nothing was estimated
                number, span = "none in either", ""
            cells.append(f'<td class="num">{number}<div class="muted small">{span}</div></td>')
        out.append(f'<tr><th scope="row">{_e(label)}</th>{"".join(cells)}</tr>\n')
    out.append("</tbody></table></div>\n")
    return "".join(out)


def _sources(comparison: Comparison) -> str:
    out = ['<div class="grid">']
    table = comparison.sources
    for n, outlet in enumerate(comparison.scores.index):
        out.append(f'<div class="o{n}"><h3 dir="auto">{_e(outlet)}</h3><ul>')
        rows = table[table["outlet"] == outlet].sort_values("words", ascending=False, kind="stable").head(8)
        for r in rows.to_dict("records"):
            only = " · only here" if r["only_here"] is True else ""
            out.append(
                f"<li><bdi>{_e(r['speaker']) or 'speaker not named'}</bdi>: {int(r['words_direct'])} words quoted, "
                f"{int(r['words_indirect'])} paraphrased{only}</li>"
            )
        out.append("</ul></div>\n" if len(rows) else "<li>Nobody is quoted or paraphrased.</li></ul></div>\n")
    return "".join([*out, "</div>\n"])


def _targets(comparison: Comparison) -> str:
    """Loaded terms by whom or what they are about, most often named first."""
    table = comparison.targets
    order = table.groupby("target")["n"].sum().sort_values(ascending=False, kind="stable").head(MAX_TARGETS).index
    cells = {(str(r["target"]), str(r["outlet"])): r for r in table.to_dict("records")}
    outlets = [str(o) for o in comparison.scores.index]
    head = "".join(f'<th scope="col" dir="auto">{_e(o)}</th>' for o in outlets)
    out = [
        '<div class="wrap" role="region" tabindex="0" aria-label="Loaded terms by target"><table><caption>Loaded terms '
        "in the outlet’s own words, by whom or what they are about: number against (−) and in favour (+), and the "
        f'terms.</caption><thead><tr><th scope="col">About</th>{head}</tr></thead><tbody>'
    ]
    for target in order:
        row = []
        for outlet in outlets:
            r = cells.get((str(target), outlet))
            if r is None:
                row.append('<td class="muted">none</td>')
                continue
            signs = [f"{int(r[k])} {s}" for k, s in (("negative", "−"), ("positive", "+")) if int(r[k])]
            terms = f'<div class="muted small" dir="auto">{_e(r["terms"])}</div>'
            row.append(f"<td><strong>{', '.join(signs) or int(r['n'])}</strong>{terms}</td>")
        out.append(f'<tr><th scope="row" dir="auto">{_e(target)}</th>{"".join(row)}</tr>\n')
    out.append("</tbody></table></div>\n")
    return "".join(out)


def _theme_rows(comparison: Comparison) -> Any:
    from framing.report.charts.frames import data

    return data(comparison, 17)


def _frames(comparison: Comparison) -> str:
    """Themes by their share of the theme words of each article: a description."""
    outlets = [str(o) for o in comparison.scores.index]
    table = _theme_rows(comparison)
    cells = {(str(r["frame"]), str(r["outlet"])): r for r in table.to_dict("records")}
    head = "".join(f'<th scope="col" dir="auto">{_e(o)}</th>' for o in outlets)
    out = [
        '<div class="wrap" role="region" tabindex="0" aria-label="Themes"><table><caption>Share of the words that '
        "belong to a theme, in all voices, with 95% intervals (Wilson). A description of what is talked about: no "
        f'score uses it.</caption><thead><tr><th scope="col">Theme</th>{head}</tr></thead><tbody>'
    ]
    for theme in dict.fromkeys(table["frame"]):
        row = []
        for outlet in outlets:
            r = cells.get((str(theme), outlet))
            if r is None or not r["n"]:
                row.append('<td class="muted">none</td>')
                continue
            span = _interval(r["low"], r["high"], 0, 100)
            row.append(
                f'<td><strong>{r["share"]:.0%}</strong> (n = {int(r["n"])}) <span class="muted small">{span}</span>'
                f'<div class="muted small" dir="auto">{_e(r["terms"])}</div></td>'
            )
        out.append(f'<tr><th scope="row">{_e(str(theme).replace("_", " "))}</th>{"".join(row)}</tr>\n')
    out.append("</tbody></table></div>\n")
    return "".join(out)


def _only(comparison: Comparison) -> str:
    out = ['<div class="grid">']
    table = comparison.only
    for n, outlet in enumerate(comparison.scores.index):
        found = table[table["outlet"] == outlet]
        rows = found.sort_values("weight", ascending=False, kind="stable").head(MAX_ONLY).to_dict("records")
        out.append(f'<div class="o{n}"><h3 dir="auto">{_e(outlet)}</h3><ul>')
        out += [
            f'<li><span class="muted small">{_e(r["category"])}</span> <span dir="auto">{_e(r["text"])}</span></li>'
            for r in rows
        ]
        more = len(found) - len(rows)
        out.append("<li>Nothing.</li>" if not rows else f"<li>and {more} more (only.csv)</li>" if more else "")
        out.append("</ul></div>\n")
    return "".join([*out, "</div>\n"])


_COLUMNS = ("Outlet", "Device", "Kind", "Valence", "Text", "Voice", "Speaker", "About", "Rule", "Position")


def _evidence(comparison: Comparison, here: set[int]) -> str:
    head = "".join(f'<th scope="col" aria-sort="none"><button type="button">{name}</button></th>' for name in _COLUMNS)
    out = [
        '<p id="count" role="status" class="muted"></p><div class="wrap tall" role="region" tabindex="0" '
        'aria-label="Evidence table"><table id="marks" class="sortable"><caption>Every mark that was '
        "found. The headings sort; the text leads to its place in the article.</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>\n"
    ]
    for n, row in enumerate(comparison.evidence.to_dict("records")[:MAX_ROWS]):
        text = _text(row["text"])
        short = text if len(text) <= 200 else text[:199] + "…"
        shown = f'<a href="#m{n}">{_e(short)}</a>' if n in here else _e(short)
        source = "" if row["voice"] == "narration" else " data-src"
        cells = [row["outlet"], _ONE.get(row["device"], row["device"]), str(row["kind"]).replace("_", " ")]
        cells.append(_VALENCE.get(str(row["valence"]), ""))
        place, start = int(row["article"]), int(row["start"])
        after = [_VOICES.get(str(row["voice"]), row["voice"]), row["speaker"], row["target"], row["rule"]]
        out.append(
            f'<tr data-d="{_e(row["device"])}"{source}>'
            + "".join(f"<td>{_e(c)}</td>" for c in cells)
            + f'<td dir="auto">{shown}</td>'
            + "".join(f"<td>{_e(c)}</td>" for c in after)
            + f'<td class="num" data-v="{place * 10**8 + start}">{start}</td></tr>\n'
        )
    out.append("</tbody></table></div>\n")
    if len(comparison.evidence) > MAX_ROWS:
        out.append(f"<p>The first {MAX_ROWS} of {len(comparison.evidence)}; all are in evidence.csv.</p>\n")
    return "".join(out)


def _method(comparison: Comparison) -> str:
    devices = "".join(
        f'<dt><span class="k {d}">{DEVICE_LABELS[d].capitalize()}</span></dt><dd>{_e(_MEANING[d])}</dd>'
        for d in DEVICES
    )
    return (
        "<p>Every word belongs to one voice: the outlet’s own words, words it quotes, or a source’s content in the "
        "outlet’s wording. Devices are found by word lists and by rules that look at the words around them; each mark "
        "names its rule, so that you can disagree with it. Rates count only the outlet’s own words.</p>\n"
        f"<dl>{devices}</dl>\n"
        "<p>Intervals are 95%: exact Poisson intervals for rates, resampled sentences for differences. They say how "
        "far a figure would move if the outlet had written other sentences like these; they do not speak about the "
        "outlet as a whole. One event is a description, not a verdict: a marked word can be fair, and an article "
        "without marks can mislead by what it leaves out.</p>\n"
        "<p>Limits: English only; irony, pictures, placement and layout are not seen; voices, speakers and targets "
        "are read by rule and are sometimes wrong; texts with fewer than 500 own words give rough rates, with fewer "
        "than 100 none.</p>\n"
        f'<p class="muted small">{_e(comparison.signature)}</p>\n'
    )


# -------------------------------------------------------------------------------------- pictures


def _small(path: Path, width: int) -> bytes:
    """The PNG, no wider than ``width`` pixels, in at most 128 colours."""
    from PIL import Image

    with Image.open(path) as image:
        picture: Any = image.convert("RGB")
        if picture.width > width:
            size = (width, max(1, round(picture.height * width / picture.width)))
            picture = picture.resize(size, Image.Resampling.LANCZOS)
        out = io.BytesIO()
        # Median cut would spend the colours on shades of grey and change the outlets' own.
        few = picture.quantize(128, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(out, format="PNG", optimize=True)
    return out.getvalue()


def _pictures(charts: Mapping[str, Path], room: int) -> str:
    """The charts as data as long as there is ``room`` (bytes), then as links. ``charts``: address -> PNG file."""
    out = []
    for address, path in charts.items():
        name = path.stem.replace("_", " ").replace("-", " ").capitalize()
        beside = path.with_suffix(".txt")
        alt = " ".join(beside.read_text("utf-8").split()) if beside.is_file() else name
        if path.stem == "comparison":
            name = "The headline page"
        elif beside.is_file() and 3 < alt.find(". ") < 60:  # a chart's text begins with its title
            name = alt[: alt.find(". ")]
        data = base64.b64encode(_small(path, 1600 if path.stem == "comparison" else 1000)).decode("ascii")
        full = f'<a href="{_e(address)}">{_e(name)}</a>'
        image = f'<img src="data:image/png;base64,{data}" alt="{_e(alt)}">'
        item = f"<figure>{image}<figcaption>{full}</figcaption></figure>\n"
        if len(item.encode("utf-8", "replace")) > room:
            item = f"<p>{full}: {_e(alt)}</p>\n"
        room -= len(item.encode("utf-8", "replace"))
        out.append(item)
    return "".join(out)


# ------------------------------------------------------------------------------------ whole pages


def document(
    title: str,
    sections: Sequence[tuple[str, str, str]],
    style: str,
    script: str,
    signature: str,
    *,
    links: Sequence[tuple[str, str]] = (),
    tail: str = "",
    skip: tuple[str, str] | None = None,
) -> str:
    """A whole HTML page of ``sections`` (id, heading, HTML) that may load nothing: its policy names style and script.

    ``links``: (address, label) of pages beside it, before the menu of its sections. ``skip``: id and name of the
    section that a skip link leads to.
    """
    menu = "".join(f'<li><a href="{_e(address)}" dir="auto">{_e(label)}</a></li>' for address, label in links)
    menu += "".join(f'<li><a href="#{name}">{label}</a></li>' for name, label, _ in sections)
    body = "".join(
        f'<section id="{name}" aria-labelledby="h-{name}"><h2 id="h-{name}">{label}</h2>\n{content}</section>\n'
        for name, label, content in sections
    )
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    past = f'<a class="skip" href="#{skip[0]}">Skip to {skip[1]}</a>\n' if skip else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_e(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'{past}<header><h1 dir="auto">{_e(title)}</h1></header>\n<nav aria-label="Sections"><ul>{menu}</ul></nav>\n'
        f'<main>\n{body}</main>\n<footer class="muted small">{_e(signature)}</footer>\n'
        f"{tail}<script>{script}</script>\n</body>\n</html>\n"
    )


def page(
    comparison: Comparison,
    charts: Mapping[str, Path] | None = None,
    links: Sequence[tuple[str, str]] = (),
    limit: int = LIMIT,
) -> str:
    """The comparison as one HTML document. ``links``: (address, label) of pages beside it.

    ``charts``: relative address -> PNG file; embedded, downscaled, while the page stays below
    ``limit`` bytes, else linked. Alt texts are read from the ``.txt`` beside each picture.
    """
    title, summary = _summary(comparison)
    articles, here = _articles(comparison)
    sections = [
        ("summary", "In short", summary),
        ("articles", "Side by side", _controls(comparison) + articles),
        ("same", "The same point in two wordings", _pairs(comparison)),
        ("figures", "How much", _figures(comparison)),
        ("speakers", "Who speaks", _sources(comparison)),
        *([("targets", "About whom", _targets(comparison))] if len(comparison.targets) else []),
        *([("frames", "What they talk about", _frames(comparison))] if len(_theme_rows(comparison)) else []),
        ("only", "Only here", _only(comparison)),
        ("evidence", "Evidence", _evidence(comparison, here)),
        ("method", "Method and limits", _method(comparison)),
    ]
    style, script = _style(comparison), _file("page.js") + _file("tables.js")
    tail = '<div id="tip" role="tooltip" hidden></div>\n'

    def whole() -> str:
        return document(
            title, sections, style, script, comparison.signature, links=links, tail=tail,
            skip=("evidence", "the evidence table"),
        )  # fmt: skip

    if charts:
        room = limit - len(whole().encode("utf-8", "replace")) - 200
        # The headline page sums up: it stands under the summary, the single charts after the tables.
        top = {address: path for address, path in charts.items() if path.stem == "comparison"}
        if top:
            shown = _pictures(top, room)
            room -= len(shown.encode("utf-8", "replace"))
            sections[0] = (*sections[0][:2], summary + shown)
        if rest := {address: path for address, path in charts.items() if address not in top}:
            sections.insert(-2, ("charts", "Charts", _pictures(rest, room)))
    return whole()


def write_page(
    comparison: Comparison, path: str | Path, links: Sequence[tuple[str, str]] = (), limit: int = LIMIT
) -> Path:
    """Write ``report.html`` and return its path; pictures that lie beside it are embedded (see :func:`page`).

    The file appears whole or not at all. Raises OutputError if it cannot be written.
    """
    path = Path(path)
    charts: dict[str, Path] = {}
    try:
        if (main := path.parent / "comparison.png").is_file():
            charts["comparison.png"] = main
        rank = {name: k for k, name in enumerate(_FIRST)}
        found = sorted((path.parent / "charts").glob("*.png"), key=lambda p: (rank.get(p.stem, len(rank)), p.stem))
        charts |= {f"charts/{p.name}": p for p in found}
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(page(comparison, charts, links, limit).encode("utf-8", "replace"))
        os.replace(part, path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None
    return path


def article_html(analysis: Analysis) -> str:
    """One article as an HTML fragment for notebooks: no script, everything escaped, hover says what a mark is."""
    from dataclasses import asdict

    article, values = analysis.article, analysis.values
    spans = [_voice_span(asdict(v), "title") for v in analysis.voices if v.voice != "narration"]
    spans += [_mark_span(asdict(e), n, "title", focus=False) for n, e in enumerate(analysis.evidence)]
    headlines = [(s.start, s.end) for s in analysis.sentences if s.headline]
    words = int(values["words"])
    facts = [f"{words:,} words"]
    if words:
        facts += [f"{_VOICES[v]} {values[f'share_{v}']:.0%}" for v in _VOICES]
    n = Counter(e.device for e in analysis.evidence)
    marks = " · ".join(f'<mark class="{d}">{DEVICE_LABELS[d]}</mark> {n[d]}' for d in DEVICES if n[d])
    title = f"<h4>{_e(article.title)}</h4>\n" if article.title and not headlines else ""
    return (
        f"<style>{_text_style('.framing-article')}\n.framing-article{{max-width:46rem;line-height:1.85}}</style>\n"
        f'<div class="framing-article"><div><strong dir="auto">{_e(article.name)}</strong> · '
        f"{_e(' · '.join(facts))}</div>\n"
        f"<div>{marks or 'no marks'}</div>\n{title}{_marked(article.text, spans, headlines)}</div>\n"
    )

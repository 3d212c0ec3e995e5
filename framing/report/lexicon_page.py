"""The word lists shown: sizes, signs, sides, overlaps, and how often entries fire in a corpus.

``survey`` counts, ``write`` draws one picture and one HTML page of it. Counts and single
words only: nothing of the corpus's sentences is written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any

from framing.article import Article
from framing.inflection import forms
from framing.lexicon import Entry, Lexicon, vocabulary
from framing.report.style import THEMES, Theme, font
from framing.segment import sentences
from framing.statistics import garwood
from framing.tokens import tokenise

__all__ = ["Survey", "survey", "write"]

_GRADES = "ABC"
_MILLION = 1_000_000
_MIN_HITS = 10  # fewer contexts say nothing about an entry


@dataclass(slots=True)
class Survey:
    """``hits`` of every entry; ``tilt``: sum over its hits of how far the rest of the sentence tilts to bias."""

    lexicon: Lexicon
    articles: int = 0
    words: int = 0
    hits: Counter[Entry] = field(default_factory=Counter)
    tilt: defaultdict[Entry, float] = field(default_factory=lambda: defaultdict(float))
    contexts: dict[Entry, list[str]] = field(default_factory=dict)

    def rows(self, device: str | None = None) -> list[Entry]:
        """Entries that fired, most frequent first."""
        mine = (e for e in self.lexicon.entries if self.hits[e] and device in (None, e.device))
        return sorted(mine, key=lambda e: (-self.hits[e], e.device, e.entry, e.pos))

    def silent(self, device: str | None = None) -> list[Entry]:
        """Entries that never fired."""
        return [e for e in self.lexicon.entries if not self.hits[e] and device in (None, e.device)]

    def literal(self, device: str | None = None) -> list[tuple[float, Entry]]:
        """Entries with ten hits or more by the mean tilt of their sentences: the first stand in the plainest ones."""
        rows = [e for e in self.rows(device) if self.hits[e] >= _MIN_HITS]
        return sorted(((self.tilt[e] / self.hits[e], e) for e in rows), key=lambda r: (r[0], r[1].entry))


def survey(articles: Iterable[Article], lexicon: Lexicon, *, contexts: int = 0) -> Survey:
    """Count every entry's hits in all voices. ``contexts``: keep so many of each entry, some words to each side."""
    from framing.classify.charge import charge, tilt

    weights = charge().words
    out = Survey(lexicon)
    for article in articles:
        tokens = tokenise(article.text)
        parts = sentences(article, tokens)
        out.articles += 1
        out.words += sum(w[:1].isalnum() for w in tokens.norm)
        at = 0
        for rows in lexicon.scan(tokens, parts).values():
            at = 0
            for m in rows:
                while at + 1 < len(parts) and parts[at].last <= m.first:
                    at += 1
                s = parts[at]
                out.hits[m.entry] += 1
                own = sum(weights.get(w, 0.0) for w in tokens.norm[m.first : m.last])
                length = max(1, s.last - s.first) ** 0.5
                out.tilt[m.entry] += tilt(weights, tokens.norm, s.first, s.last) - own / length
                kept = out.contexts.setdefault(m.entry, []) if contexts else []
                if contexts and len(kept) < contexts:
                    a, b = max(s.first, m.first - 6), min(s.last, m.last + 5)
                    x, y = tokens.start[m.first], tokens.end[m.last - 1]
                    text = article.text
                    line = f"{text[tokens.start[a] : x]}[{text[x:y]}]{text[y : tokens.end[b - 1]]}"
                    kept.append(" ".join(line.split()))
    return out


def _sizes(lexicon: Lexicon) -> dict[str, Counter[str]]:
    sizes: dict[str, Counter[str]] = {}
    for e in (*lexicon.entries, *lexicon.arguable):
        sizes.setdefault(e.device, Counter())[e.grade] += 1
    return sizes


def _overlaps(lexicon: Lexicon) -> dict[tuple[str, str], int]:
    """How many forms two lists share."""
    by_device: dict[str, set[str]] = {}
    for e in lexicon.entries:
        by_device.setdefault(e.device, set()).update(forms(e.entry, e.pos))
    return {(a, b): len(by_device[a] & by_device[b]) for a, b in combinations(sorted(by_device), 2)}


def _sides(found: Survey) -> dict[str, list[tuple[Entry, int]]]:
    """Names for each side: (entry, hits), most frequent first."""
    loaded = {e.entry: e for e in found.lexicon.entries if e.device == "loaded"}
    out: dict[str, list[tuple[Entry, int]]] = {"left": [], "right": []}
    for name in vocabulary("sides").entries:
        e = loaded.get(name.entry)
        if e is not None:
            out[name.kind].append((e, found.hits[e]))
    return {side: sorted(rows, key=lambda r: (-r[1], r[0].entry)) for side, rows in out.items()}


def write(found: Survey, folder: str | Path, *, corpus: str = "the corpus") -> list[Path]:
    """``lexicon.png`` and ``index.html`` in ``folder``; returns the files. Same survey, same bytes."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    picture, page = place / "lexicon.png", place / "index.html"
    _draw(found, corpus, picture)
    page.write_text(_html(found, corpus), "utf-8", newline="\n")
    return [picture, page]


# ------------------------------------------------------------------------------------------ picture


def _draw(found: Survey, corpus: str, path: Path) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    t = THEMES["light"]
    figure = Figure(figsize=(11.7, 8.6), facecolor=t.paper)
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(2, 2, left=0.13, right=0.97, top=0.83, bottom=0.15, wspace=0.42, hspace=0.55)
    total = len(found.lexicon.entries) + len(found.lexicon.arguable)
    figure.text(0.03, 0.945, "The word lists", fontproperties=font(22, "bold", "serif"), color=t.ink)
    figure.text(
        0.03, 0.905,
        f"{total:,} entries; hits in {corpus}: {found.articles:,} articles, {found.words:,} words, all voices.",
        fontproperties=font(11), color=t.muted,
    )  # fmt: skip
    _draw_sizes(figure.add_subplot(grid[0, 0]), _sizes(found.lexicon), t)
    _draw_kinds(figure.add_subplot(grid[0, 1]), found.lexicon, t)
    _draw_sides(figure.add_subplot(grid[1, 0]), found, t)
    _draw_reach(figure.add_subplot(grid[1, 1]), found, t)
    figure.savefig(path, dpi=130, metadata={"Software": None})


def _frame(ax: Any, title: str, unit: str, t: Theme) -> None:
    ax.set_title(title, fontproperties=font(12, "bold"), color=t.ink, loc="left", pad=18)
    ax.set_xlabel(unit, fontproperties=font(9.5), color=t.muted)
    ax.set_facecolor(t.paper)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_color(t.rule)
    ax.tick_params(length=0, colors=t.muted)
    for label in (*ax.get_xticklabels(), *ax.get_yticklabels()):
        label.set_fontproperties(font(9.5))
        label.set_color(t.ink)


def _draw_sizes(ax: Any, sizes: dict[str, Counter[str]], t: Theme) -> None:
    names = sorted(sizes, key=lambda d: sum(sizes[d].values()))
    shades = {"A": t.accents[0], "B": "#7FA6C9", "C": t.rule}
    left = [0] * len(names)
    for grade in _GRADES:
        values = [sizes[n][grade] for n in names]
        ax.barh(names, values, left=left, color=shades[grade], label=f"grade {grade}", height=0.62)
        left = [a + b for a, b in zip(left, values, strict=True)]
    for y, total in enumerate(left):
        ax.text(total + max(left) * 0.015, y, f"{total:,}", va="center", fontproperties=font(9.5), color=t.ink)
    ax.set_xlim(0, max(left) * 1.16)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    _frame(ax, "How many entries, how sure (A sure, C arguable)", "entries", t)
    ax.legend(prop=font(9), frameon=False, loc="lower right")


def _draw_kinds(ax: Any, lexicon: Lexicon, t: Theme) -> None:
    kinds: dict[str, Counter[str]] = {}
    for e in lexicon.entries:
        if e.device == "loaded":
            kinds.setdefault(e.kind, Counter())[e.valence] += 1
    names = sorted(kinds, key=lambda k: kinds[k].total())
    widest = max((max(kinds[n]["-"], kinds[n]["+"]) for n in names), default=1)
    ax.barh(names, [-kinds[n]["-"] for n in names], color=t.accents[1], height=0.62)
    ax.barh(names, [kinds[n]["+"] for n in names], color=t.accents[0], height=0.62)
    for y, n in enumerate(names):
        for sign, where, ha in (
            ("-", -kinds[n]["-"] - widest * 0.03, "right"),
            ("+", kinds[n]["+"] + widest * 0.03, "left"),
        ):
            ax.text(where, y, f"{kinds[n][sign]:,}", ha=ha, va="center", fontproperties=font(9.5), color=t.ink)
    ax.axvline(0, color=t.ink, linewidth=0.8)
    ax.set_xlim(-widest * 1.25, widest * 1.25)
    ax.set_xticks([])
    _frame(ax, "Loaded entries that fire, by kind", "negative to the left, positive to the right", t)


def _draw_sides(ax: Any, found: Survey, t: Theme) -> None:
    sides = _sides(found)
    shown = 8
    top = {side: [r for r in rows if r[1]][:shown] for side, rows in sides.items()}
    n = max((len(rows) for rows in top.values()), default=0)
    widest = max((r[1] for rows in top.values() for r in rows), default=1) / max(1, found.words) * _MILLION
    for side, sign, colour in (("left", -1, t.accents[3]), ("right", 1, t.accents[2])):
        for y, (e, hits) in enumerate(top[side]):
            rate = hits / max(1, found.words) * _MILLION
            ax.barh(n - y, sign * rate, color=colour, height=0.62)
            ax.text(
                sign * (rate + widest * 0.03), n - y, f"{e.entry} {rate:.1f}", va="center",
                ha="right" if sign < 0 else "left", fontproperties=font(9), color=t.ink,
            )  # fmt: skip
    ax.axvline(0, color=t.ink, linewidth=0.8)
    ax.set_xlim(-widest * 1.9, widest * 1.9)
    ax.set_ylim(0.3, max(n, 1) + 0.7)
    ax.set_xticks([])
    ax.set_yticks([])
    _frame(ax, "What the sides are called", "hits per million words", t)
    sums = {side: sum(h for _, h in rows) for side, rows in sides.items()}
    for side, x, ha in (("left", 0.0, "left"), ("right", 1.0, "right")):
        rate, low, high = garwood(sums[side], found.words, _MILLION)
        ax.text(
            x, 1.0, f"the {side}: {len(sides[side])} names, {rate:.0f} [{low:.0f}, {high:.0f}]", transform=ax.transAxes,
            ha=ha, va="bottom", fontproperties=font(9.5), color=t.muted,
        )  # fmt: skip


def _draw_reach(ax: Any, found: Survey, t: Theme) -> None:
    for k, device in enumerate(found.lexicon.devices):
        rows = found.rows(device)
        total = sum(found.hits[e] for e in rows)
        if not total:
            continue
        x, y, so_far = [0.0], [0.0], 0
        for n, e in enumerate(rows, 1):
            so_far += found.hits[e]
            x.append(float(n))
            y.append(100 * so_far / total)
        silent = len(found.silent(device))
        never = f"{silent / (silent + len(rows)):.0%} never fire"
        ax.plot(x, y, color=t.accents[k % len(t.accents)], linewidth=1.8, label=f"{device}: {total:,} hits, {never}")
    ax.set_xscale("symlog", linthresh=10)
    ax.set_ylim(0, 102)
    ax.set_xlim(left=0)
    _frame(ax, "How few entries do the work", "most frequent entries, as many as", t)
    ax.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    ax.set_yticks([0, 25, 50, 75, 100], ["0 %", "25 %", "50 %", "75 %", "100 % of hits"])
    for label in (*ax.get_xticklabels(), *ax.get_yticklabels()):
        label.set_fontproperties(font(9.5))
        label.set_color(t.ink)
    ax.grid(axis="y", color=t.rule, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.legend(prop=font(9), frameon=False, loc="upper left", bbox_to_anchor=(-0.24, -0.2), ncols=2, borderpad=0)


# ------------------------------------------------------------------------------------------ page

_CSS = (
    "body{font:16px/1.5 'Source Sans Pro',system-ui,sans-serif;color:#1B1D20;background:#fff;max-width:72rem;"
    "margin:2rem auto;padding:0 1rem}h1,h2{font-family:'Source Serif Pro',Georgia,serif}img{max-width:100%;height:auto}"
    "table{border-collapse:collapse;margin:0 0 1.5rem}caption{text-align:left;font-weight:600;padding:.3rem 0}"
    "th,td{padding:.2rem .8rem .2rem 0;text-align:left;border-bottom:1px solid #D9DCDF;vertical-align:top}"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.wide{display:flex;flex-wrap:wrap;gap:2rem}"
    ".muted{color:#5C6268}"
)


def _table(caption: str, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    def cell(tag: str, value: object, number: bool) -> str:
        shown = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}" if isinstance(value, float) else str(value)
        return f"<{tag}{' class=n' if number else ''}>{escape(shown)}</{tag}>"

    body = [tuple(r) for r in rows]
    numeric = [all(isinstance(r[k], int | float) for r in body) and bool(body) for k in range(len(head))]
    out = [f"<table><caption>{escape(caption)}</caption><thead><tr>"]
    out += [cell("th", h, numeric[k]) for k, h in enumerate(head)]
    out.append("</tr></thead><tbody>")
    for r in body:
        out.append("<tr>" + "".join(cell("td", v, numeric[k]) for k, v in enumerate(r)) + "</tr>")
    return "".join([*out, "</tbody></table>\n"])


def _html(found: Survey, corpus: str) -> str:
    lexicon = found.lexicon
    sizes = _sizes(lexicon)
    per = _MILLION / max(1, found.words)
    parts = [
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>The word lists</title>",
        f"<meta name=viewport content='width=device-width'><style>{_CSS}</style></head><body>\n",
        "<h1>The word lists</h1>\n",
        f"<p>Hits in {escape(corpus)}: {found.articles:,} articles, {found.words:,} words, in all voices. Counts and "
        "single words only; arguable entries (grade C) are judged in their sentence and not counted here.</p>\n",
        "<img src=lexicon.png alt='Sizes of the lists by grade; loaded entries by kind and sign; names of the left and "
        "of the right by hits; share of hits by the most frequent entries. The tables below hold the same figures.'>\n",
        "<div class=wide>",
        _table(
            "Entries by list and grade",
            ("list", *(f"grade {g}" for g in _GRADES), "never fired"),
            [(d, *(sizes[d][g] for g in _GRADES), len(found.silent(d))) for d in sorted(sizes)],
        ),
        _table("Forms that two lists share", ("lists", "forms"),
               [(f"{a}, {b}", n) for (a, b), n in _overlaps(lexicon).items()]),
        "</div>\n<h2>Sides</h2>\n<p class=muted>Every name of one side has a counterpart for the other, as sure and of "
        "the same sign; how often the corpus uses them is the corpus's affair.</p>\n<div class=wide>",
    ]  # fmt: skip
    for side, rows in _sides(found).items():
        parts.append(
            _table(
                f"What the {side} is called: {len(rows)} names, {sum(h for _, h in rows):,} hits",
                ("name", "grade", "hits", "per million"),
                [(e.entry, e.grade, h, h * per) for e, h in rows if h][:30],
            )
        )
    parts.append("</div>\n<h2>Most frequent</h2>\n<div class=wide>")
    for device in lexicon.devices:
        top = [(e.entry, e.kind, found.hits[e], found.hits[e] * per) for e in found.rows(device)[:40]]
        parts.append(_table(device, ("entry", "kind", "hits", "per million"), top))
    parts.append(
        "</div>\n<h2>In plain sentences</h2>\n<p class=muted>Loaded entries with ten hits or more whose sentences lean "
        "least towards biased wording: the first to read for literal uses. Notes give the precision seen.</p>\n"
    )
    parts.append(
        _table(
            "loaded",
            ("entry", "kind", "hits", "lean", "note"),
            [(e.entry, e.kind, found.hits[e], f"{lean:+.2f}", e.note) for lean, e in found.literal("loaded")[:40]],
        )
    )
    parts.append(f"<footer class=muted>lists {lexicon.sha256[:12]}</footer></body></html>\n")
    return "".join(parts)

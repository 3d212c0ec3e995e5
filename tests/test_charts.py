"""Pictures: artists, drawn extents, colours, awkward input, same bytes."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any

import matplotlib
import mock_comparison
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from framing.errors import UsageError
from framing.report import charts, figure, headline, save_charts, save_figure
from framing.report.canvas import cut, marked_words, wrap
from framing.report.style import ACCENTS, NEUTRAL, THEMES, assign, colours, measure, printable

LONG = [
    "The Extraordinarily Long-Named Evening Gazette and Provincial Advertiser of the Northern Territories" + x
    for x in " ABC"
]
CASES: dict[str, dict[str, Any]] = {
    "two": {},
    "three": {"n": 3},
    "six": {"n": 6},
    "four": {"n": 4},
    "five": {"n": 5},
    "nine": {"n": 9},
    "twelve": {"n": 12},
    "forty": {"n": 40},
    "no asides": {"asides": False},
    "no alignment": {"alignment": False},
    "short": {"cut": 180},
    "empty": {"cut": 12},
    "one sentence": {"cut": 70},
    "long": {"repeat": 12},
    "20,000 words": {"repeat": 40, "every": True},
    "long names": {"outlets": LONG[:2]},
    "four long names": {"outlets": LONG},
    "six long names": {"outlets": [*LONG[:3], *(x[::-1] for x in LONG[:3])]},
    "right to left": {"outlets": ["صحيفة الأخبار", "עיתון הבוקר"]},
    "emoji and missing": {"outlets": ["News 🇩🇪😀", "人民日报 $x$ <b>"], "prefix": "🏴‍☠️ 𒀀 $\\frac{1}{2}$ "},
}  # fmt: skip


@cache
def made(case: str) -> Any:
    return mock_comparison.make(**CASES[case])


@cache
def page_of(case: str, shape: str = "a4") -> Any:
    """The light headline page of a case: drawn once, looked at by several tests."""
    return headline.page(made(case), shape=shape)


NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 9: "nine"}


def extents(fig: Any) -> list[tuple[str, Any]]:
    """Every text that is drawn, with its ink box in pixels (places are fixed: nothing need be drawn to know them)."""
    renderer = FigureCanvasAgg(fig).get_renderer()
    texts = [t for ax in fig.axes for t in ax.texts if t.get_visible() and t.get_text()]
    return [(t.get_text(), t.get_window_extent(renderer)) for t in texts]


def overlaps(found: list[tuple[str, Any]], slack: float) -> list[tuple[str, str]]:
    """Pairs whose boxes share more than ``slack`` pixels both ways (a box holds room for descenders)."""
    x0, y0, x1, y1 = np.array([b.extents for _, b in found]).T
    across = np.minimum.outer(x1, x1) - np.maximum.outer(x0, x0) > 1
    up = np.minimum.outer(y1, y1) - np.maximum.outer(y0, y0) > slack
    return [(found[a][0], found[b][0]) for a, b in np.argwhere(np.triu(across & up, 1))]


def check(fig: Any) -> None:
    found = extents(fig)
    assert found
    assert not overlaps(found, 0.03 * fig.dpi)
    width, height = fig.get_size_inches() * fig.dpi
    outside = [t for t, b in found if b.x0 < -1 or b.y0 < -1 or b.x1 > width + 1 or b.y1 > height + 1]
    assert not outside


# Single charts take the cases that differ for them; the pages take all.
PAGES_ONLY = {"four", "five", "nine", "twelve", "long", "long names", "four long names"}


@pytest.mark.parametrize("case", [c for c in CASES if c not in PAGES_ONLY])
@pytest.mark.parametrize("name", charts.names())
def test_chart_never_overlaps(name: str, case: str) -> None:
    comparison = made(case)
    module = charts.load(name)
    ax = module.draw(comparison)
    check(ax.figure)
    assert len(module.alt(comparison)) > 20
    assert module.TITLE
    assert module.note(comparison)


@pytest.mark.parametrize("shape", headline.SIZES)
@pytest.mark.parametrize("case", CASES)
def test_page_never_overlaps(case: str, shape: str) -> None:
    check(page_of(case, shape))


@pytest.mark.parametrize("n", [2, 3, 5, 9])
def test_dark_pages_have_the_same_places(n: int) -> None:
    """What is checked of light pages holds for dark ones: every text stands in the same place."""

    def places(fig: Any) -> list[Any]:
        return [(t.get_text(), t.get_position(), t.get_fontsize()) for ax in fig.axes for t in ax.texts]

    assert places(page_of(NUMBERS[n])) == places(figure(made(NUMBERS[n]), style="dark"))


def test_page_letters_are_readable() -> None:
    fig = page_of("two")
    sizes = [t.get_fontsize() for ax in fig.axes for t in ax.texts]
    assert min(sizes) >= 7


def test_page_shows_the_opposition() -> None:
    fig = page_of("two")
    ax = next(a for a in fig.axes if a.get_label() == "rates")
    centre = ax.get_xlim()[1] / 2
    dots = {line.get_gid(): line.get_xdata()[0] for line in ax.lines if str(line.get_gid()).startswith("dot:loaded")}
    assert dots["dot:loaded_negative"] < centre < dots["dot:loaded_positive"]
    texts = [t.get_text() for a in fig.axes for t in a.texts]
    assert "Loaded words: negative in The Daily Lantern, positive in Meridian Newswire" in texts
    # The marked words themselves stand on the page, those of a paraphrase apart.
    words = " ".join(t.get_text() for t in ax.texts if t.get_gid() == "words")
    assert "military boss" in words
    assert "Steadfast" in words


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("shape", headline.SIZES)
def test_page_writes_out_pairs_asides_and_only_here(n: int, shape: str) -> None:
    comparison = made(NUMBERS[n])
    texts = [(a.get_label(), t.get_gid(), t.get_text()) for a in page_of(NUMBERS[n], shape).axes for t in a.texts]
    pairs = sum(x[:2] == ("wording", "voice") for x in texts) / 2
    assert 3 <= pairs <= 5
    assert [t for where, gid, t in texts if (where, gid) == ("only_here", "outlet")] == list(comparison.scores.index)
    written = " ".join(t for where, gid, t in texts if (where, gid) == ("xray", "aside"))
    assert written.count("rhetorical question") >= (n + 2) // 3
    assert "closing verdict" in written


def test_page_says_where_there_is_nothing_to_compare() -> None:
    comparison = mock_comparison.make(alignment=False)
    comparison.pairs = comparison.pairs.assign(kind="different")
    texts = [t.get_text() for a in figure(comparison).axes for t in a.texts]
    assert "These articles do not report the same event" in texts
    assert "Passages were not compared: see the notes." in texts
    assert not any("lack" in t for t in texts)


def test_forest_plot_names_the_outlet_that_has_more() -> None:
    comparison = mock_comparison.make()
    table = charts.load("forest").data(comparison).set_index("measure")
    values = comparison.differences.set_index("measure")
    for name, row in table.iterrows():
        assert row["difference"] == pytest.approx(values["value_b"][name] - values["value_a"][name])
        assert row["low"] <= row["difference"] <= row["high"]


def test_preferred_words_of_many_events() -> None:
    """The chart takes the table that many events leave behind."""
    from types import SimpleNamespace

    import pandas as pd

    words = pd.DataFrame({"outlet": "A", "word": ["regime", "bloc", "plan"], "n": [9, 5, 1], "z": [4.0, 2.5, -3.0]})
    view = SimpleNamespace(
        words=words, scores=pd.DataFrame({"words_narration": [500]}, index=["A"]), base="n = 500 own words"
    )
    ax = charts.load("preference").draw(view)
    shown = [t.get_text() for t in ax.texts]
    assert "regime (9)" in shown
    assert not any("plan" in t for t in shown)
    assert len([p for p in ax.patches if p.get_gid() == "word"]) == 2


def test_headline_page_is_drawn_in_time() -> None:
    """2.5 s after imports; processor time, on whatever else the machine does."""
    from time import process_time

    figure(mock_comparison.make())
    before = process_time()
    extents(figure(mock_comparison.make(n=3)))
    assert process_time() - before < 2.5


def test_draw_returns_the_axes_it_was_given() -> None:
    from matplotlib.figure import Figure

    for name in charts.names():
        ax = Figure(figsize=(8, 6)).add_subplot()
        assert charts.load(name).draw(mock_comparison.make(), ax=ax) is ax


def test_no_global_state() -> None:
    before = dict(matplotlib.rcParams)
    fig = figure(mock_comparison.make())
    extents(fig)
    assert dict(matplotlib.rcParams) == before


def test_same_bytes(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every picture as PNG, and one of them (all are written by the same lines) as SVG and PDF, made twice."""
    some = charts.names()[::9]
    monkeypatch.setattr(charts, "names", lambda: some)
    monkeypatch.setattr(headline, "DPI", dict.fromkeys(headline.DPI, 70.0))  # fewer pixels, the same lines
    monkeypatch.setattr("framing.report.CHART_DPI", 70)
    comparison = mock_comparison.make()
    for folder in ("a", "b"):
        save_charts(comparison, tmp_path / folder)
        shown = charts.load("rates").draw(comparison).figure
        save_figure(shown, tmp_path / folder / "rates", ("svg", "pdf"), "Rates.", 70)
    first = sorted(p.relative_to(tmp_path / "a") for p in (tmp_path / "a").rglob("*") if p.is_file())
    assert len(first) == 2 * (2 + len(charts.names())) + 3
    for p in first:
        assert (tmp_path / "a" / p).read_bytes() == (tmp_path / "b" / p).read_bytes(), p
    from PIL import Image

    words = Image.open(tmp_path / "a" / "comparison.png").text["Description"]
    assert words.strip() == (tmp_path / "a" / "comparison.txt").read_text("utf-8").strip()


def test_unknown_format_and_style(tmp_path: Any) -> None:
    with pytest.raises(UsageError, match="bmp"):
        save_charts(mock_comparison.make(), tmp_path, formats=("bmp",))
    with pytest.raises(UsageError, match="sepia"):
        figure(mock_comparison.make(), style="sepia")


# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
_BLIND = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def lab(colour: str, matrix: Any) -> tuple[float, float, float]:
    rgb = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    lin = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, lin)))) for row in matrix)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("kind", _BLIND)
@pytest.mark.parametrize("style", THEMES)
def test_outlets_stay_apart_for_colour_blind_readers(kind: str, style: str) -> None:
    seen = [lab(c, _BLIND[kind]) for c in THEMES[style].accents]
    for n, least in ((2, 35.0), (3, 20.0), (6, 10.0)):
        for a, b in itertools.combinations(seen[:n], 2):
            assert sum((x - y) ** 2 for x, y in zip(a, b)) ** 0.5 >= least


def test_outlets_keep_their_colours() -> None:
    assert colours(["A", "B", "A", "C"]) == dict(zip("ABC", ACCENTS))
    assert len(set(colours([str(k) for k in range(12)]).values())) == 12


def test_colours_of_a_site() -> None:
    """No two outlets of one event share a colour, few outlets never do, and the order of the events changes nothing."""
    events = [["A", "B", "C"], ["A", "D"], ["B", "D"], ["E", "F", "A"], ["G", "A"], ["H", "B"], ["A", "A"]]
    slots = assign(events)
    assert slots == assign(reversed([e[::-1] for e in events]))
    assert slots["A"] == 0  # the outlet with most events chooses first
    assert len(set(slots.values())) == 8
    many = [[f"{k}", f"{k + 1}", f"{k * 7 % 30}"] for k in range(30)]
    found = assign(many)
    for event in many:
        assert len({found[o] for o in event}) == len(set(event))
    # What the comparison's own labels add takes what is free; what is no outlet is grey.
    mine = colours(["A", "A 2", "others"], "light", {"A": 1, "others": NEUTRAL})
    assert mine == {"A": ACCENTS[1], "A 2": ACCENTS[0], "others": THEMES["light"].faint}


def test_heatmap_has_one_scale() -> None:
    comparison = mock_comparison.make(n=9)
    module = charts.load("heatmap")
    table = module.data(comparison)
    lean = table["loaded_positive"] - table["loaded_negative"]
    assert list(lean) == sorted(lean)
    ax = module.draw(comparison)
    fills: dict[str, list[str]] = {}
    for patch in ax.patches:
        if str(patch.get_gid()).startswith("cell:"):
            fills.setdefault(patch.get_gid()[5:], []).append(matplotlib.colors.to_hex(patch.get_facecolor()))
    shade = {}
    for name, cells in fills.items():
        if name not in ("share_narration", "opinion"):
            for value, fill in zip(table[name], cells, strict=True):
                assert shade.setdefault(round(value, 9), fill) == fill
    assert len(shade) > 3


def test_sentences_count_right() -> None:
    from framing.report.charts.wording import same_points

    assert same_points(1, 0) == "1 pair of passages reports the same point, in the same voice"
    assert same_points(1, 1) == "1 pair of passages reports the same point, and it changes whose words they are"
    assert same_points(3, 1) == "3 pairs of passages report the same point; 1 changes whose words they are"
    assert same_points(3, 2) == "3 pairs of passages report the same point; 2 change whose words they are"
    notes = ["A has 120 words of its own: rates are rough below 500.", "Other.", "B has 9 words of its own: rates are "
             "rough below 500."]  # fmt: skip
    assert headline.rough(notes, 3) == ["Other.", "Rates are rough below 500 (A and B)."]
    assert headline.rough(notes, 2)[1] == "Rates are rough below 500."


def test_page_headline_says_what_the_rates_say() -> None:
    from framing.report.sentences import page_headline

    def told(shares: tuple[float, float] = (0.5, 0.5), asides: tuple[int, int] = (0, 0), **n: tuple[int, int]) -> str:
        comparison = mock_comparison.make(n=2)
        comparison.scores["share_narration"], comparison.scores["n_aside"] = shares, asides
        for name, (a, b) in n.items():
            comparison.scores[f"n_{name}"] = [a, b]
            comparison.scores[name] = [a * 2.0, b * 2.0]
        return page_headline(comparison)

    same = {"loaded_negative": (8, 4), "loaded_positive": (8, 4)}
    assert told(loaded=(16, 8), **same) == "The Daily Lantern uses loaded words twice as often as Meridian Newswire"
    few = {"loaded_negative": (8, 1), "loaded_positive": (8, 1)}
    assert told(loaded=(16, 2), **few) == "The Daily Lantern tells it with loaded words, Meridian Newswire with few"
    bare = {"loaded": (0, 0), "loaded_negative": (0, 0), "loaded_positive": (0, 0)}
    assert told(**bare).endswith("no plain contrast in the counts")
    more = "Meridian Newswire tells more in its own words, The Daily Lantern leaves more to its sources"
    assert told((0.4, 0.6), (2, 0), **bare) == more
    assert told((0.4, 0.6), (3, 0), **bare) == "The Daily Lantern comments as it reports, Meridian Newswire does not"
    none = {"loaded_negative": (8, 0), "loaded_positive": (8, 0)}
    assert told(loaded=(16, 0), **none) == "The Daily Lantern tells it with loaded words, Meridian Newswire with none"


def test_text_helpers() -> None:
    assert wrap("promising 2 · neutral 17", measure("promising 2 · neutral", 9) * 1.02, 9) == [
        "promising 2 ·",
        "neutral 17",
    ]
    assert printable("a\u202eb\x07 \n c") == "ab c"
    assert printable("x𒀀") == "x□"
    assert measure(cut("a long line of words", 40, 9), 9) <= 40
    assert cut("short", 400, 9) == "short"
    assert all(measure(x, 9) <= 60 for x in wrap("Supercalifragilisticexpialidocious words here", 60, 9))
    left, right = marked_words("He claimed the war ended", "He said the war ended")
    assert ("claimed", True) in left
    assert ("said", True) in right
    assert not any(m for _, m in marked_words("the same words", "the same words")[0])

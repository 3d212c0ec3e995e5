"""The HTML page: well-formed, self-contained, escaped, complete."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import mock_comparison
import pytest

import framing
from framing.article import Article
from framing.errors import OutputError
from framing.evidence import DEVICES
from framing.report.page import LIMIT, _line_colour, article_html, page, write_page

VOID = {"meta", "img", "input", "br"}
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \"'><b onclick=x> & <!-- ]]> {{7*7}}"
TEXT_A = (
    f"Bosses cave in\n\n“We clearly won,” said Ana Reyes. The regime {EVIL} may fall, critics say. Isn't that odd?\n\n"
    * 9
)
TEXT_B = (
    "Owners agree\n\nAna Reyes said that the union won. The government could perhaps fall, she told reporters.\n\n" * 9
)


class Tree(HTMLParser):
    """Checks nesting, and collects tags and ids."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parse(html: str) -> Tree:
    tree = Tree()
    tree.feed(html)
    tree.close()
    assert not tree.stack
    ids = [a["id"] for _, a in tree.tags if "id" in a]
    assert len(ids) == len(set(ids))
    return tree


@pytest.fixture(scope="module")
def evil() -> Any:
    return framing.compare(
        [Article(TEXT_A, outlet=f"A {EVIL}", title=EVIL), Article(TEXT_B, outlet="B")], event_title=EVIL, resamples=50
    )


def mock(**options: Any) -> Any:
    made = mock_comparison.make(**options)
    n = len(made.articles)
    made.texts = [
        "\n\n".join(
            [(mock_comparison.SAMPLES / mock_comparison.FILES[k % 3]).read_text("utf-8")] * options.get("repeat", 1)
        )[: options.get("cut")]
        for k in range(n)
    ]
    return made


@pytest.mark.parametrize(
    "options",
    [{}, {"n": 3}, {"n": 7}, {"asides": False, "alignment": False}, {"cut": 12}, {"repeat": 5}],
    ids=str,
)
def test_well_formed(options: dict[str, Any]) -> None:
    html = page(mock(**options))
    tree = parse(html)
    assert [t for t, _ in tree.tags].count("h1") == 1
    assert {"header", "main", "nav", "footer"} <= {t for t, _ in tree.tags}
    ids = {a.get("id") for _, a in tree.tags}
    for _, a in tree.tags:
        if (href := a.get("href") or "").startswith("#"):
            assert href[1:] in ids
        for name in ("aria-labelledby", "aria-describedby"):
            assert a.get(name) in {None, *ids}
    levels = [int(t[1]) for t, _ in tree.tags if re.fullmatch("h[1-6]", t)]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert {a["value"] for t, a in tree.tags if t == "input"} == {*DEVICES, "voices", "aligned", "own"}


def test_policy_names_the_only_style_and_script(evil: Any) -> None:
    html = page(evil)
    tree = parse(html)
    policy = next(a["content"] for t, a in tree.tags if t == "meta" and a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    for tag, attrs in tree.tags:
        assert "style" not in attrs
        assert not [a for a in attrs if a.startswith("on")]
        assert tag not in ("link", "iframe", "object", "embed", "form", "base", "b")
        assert not (attrs.get("src") or "data:").startswith("http")
    assert not re.search("https?://", html)


def test_everything_from_articles_is_escaped(evil: Any) -> None:
    html = page(evil)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "<b onclick" not in html
    tree = parse(html)
    assert [t for t, _ in tree.tags].count("script") == 1
    assert EVIL in " ".join("".join(tree.text).split())


def test_articles_keep_every_word(evil: Any) -> None:
    panes = re.findall(r'<div class="pane".*?>\n(.*?)</div></article>', page(evil), re.DOTALL)
    assert len(panes) == 2
    for pane, text in zip(panes, evil.texts, strict=True):
        shown = unescape(re.sub("<[^>]*>", "", pane))
        assert "".join(shown.split()).endswith("".join(text.split()))


def test_every_mark_stands_in_its_article_and_in_the_table(evil: Any) -> None:
    tree = parse(page(evil))
    ids = {a["id"] for t, a in tree.tags if t == "mark" and "id" in a}
    assert ids == {f"m{n}" for n in range(len(evil.evidence))}
    links = {
        a["href"] for t, a in tree.tags if t == "a" and str(a.get("href")).startswith("#m") and a["href"] != "#method"
    }
    assert links == {f"#{i}" for i in ids}
    for _, a in tree.tags:
        if a.get("id") in ids:
            assert a["tabindex"] == "0"
            assert "rule: " in str(a["data-t"])


def test_aligned_passages_have_both_ends() -> None:
    a = "The port will close in May because the harbour walls are cracked. Engineers found the damage on Monday.\n\n"
    c = framing.compare([Article(a * 3, outlet="A"), Article(a.replace("will", "is to") * 3, outlet="B")], resamples=20)
    assert len(c.alignment)
    tree = parse(page(c))
    for n in range(len(c.alignment)):
        assert sum(t == "span" and str(n) in str(x.get("data-p")).split() for t, x in tree.tags) >= 2
        assert any(t == "button" and x.get("data-p") == str(n) for t, x in tree.tags)


def luminance(colour: str) -> float:
    c = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    r, g, b = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in c)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast() -> None:
    greys = ("#ffffff", "#d9dde1", "#eef0f2", "#fff1b8")
    css = page(mock())
    for colour in (*greys, "#1b1d20", "#555b61", "#14508a", "#f2f4f5", "#fff8e8"):
        assert colour in css or colour == "#ffffff"
    assert all(contrast("#1b1d20", g) >= 7 for g in (*greys, "#f2f4f5", "#fff8e8"))
    assert all(contrast(c, g) >= 4.5 for c in ("#555b61", "#14508a") for g in ("#ffffff", "#f2f4f5"))
    assert all(contrast(_line_colour(d), g) >= 3 for d in DEVICES for g in greys)


def test_odd_characters() -> None:
    texts = ["Nul \x00 and a bell\x07\x1b, said Ann.\r\nNext\u2028line 😀 עברית.", ""]
    made = framing.compare([Article(t, outlet=o) for t, o in zip(texts, "AB", strict=True)], resamples=10)
    html = page(made)
    parse(html)
    html.encode("utf-8")
    assert "\x00" not in html
    article_html(framing.analyse("A lone \ud800 surrogate.")).encode("utf-8")


def test_file_with_pictures(tmp_path: Path) -> None:
    from PIL import Image

    (tmp_path / "charts").mkdir()
    Image.new("RGB", (2400, 1600), "#aabbcc").save(tmp_path / "comparison.png")
    (tmp_path / "comparison.txt").write_text('Two bars: "A" < "B"', "utf-8")
    Image.effect_noise((1200, 1200), 90).save(tmp_path / "charts" / "noise.png")
    Image.effect_noise((1000, 1000), 90).save(tmp_path / "charts" / "other_noise.png")
    path = write_page(mock(), tmp_path / "report.html")
    assert path.stat().st_size < 1_000_000 > LIMIT
    tree = parse(path.read_text("utf-8"))
    images = [a for t, a in tree.tags if t == "img"]
    assert images[0]["alt"] == 'Two bars: "A" < "B"'
    assert all(str(a["src"]).startswith("data:image/png;base64,") for a in images)
    links = {a["href"] for t, a in tree.tags if t == "a"}
    assert {"comparison.png", "charts/noise.png", "charts/other_noise.png"} <= links
    first = path.read_bytes()
    assert write_page(mock(), path).read_bytes() == first
    assert sorted(p.name for p in tmp_path.iterdir()) == ["charts", "comparison.png", "comparison.txt", "report.html"]


def test_no_place_to_write(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_page(mock(), tmp_path / "missing" / "report.html")


def test_article_for_notebooks() -> None:
    html = article_html(framing.analyse(TEXT_A, outlet=EVIL, title="Bosses cave in"))
    tree = parse(html)
    assert "script" not in {t for t, _ in tree.tags}
    assert not [a for _, x in tree.tags for a in x if a.startswith("on")]
    assert any(t == "mark" and "rule: " in str(a.get("title")) for t, a in tree.tags)
    parse(article_html(framing.analyse("")))


def test_comparison_for_notebooks() -> None:
    comparison = framing.compare([Article(TEXT_A, outlet=EVIL), Article(TEXT_B, outlet="Wire")], resamples=100)
    html = comparison._repr_html_()
    tree = parse(html)
    assert EVIL not in html
    assert "script" not in {t for t, _ in tree.tags}
    words = " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())
    row = comparison.scores.iloc[0]
    assert f"({int(row['n_loaded'])}) " in words[words.index("Loaded terms") :]
    assert " ".join(comparison.signature.split()) in words


# What a reader does, done by a script inside a real browser; it leaves its findings in an attribute.
PROBE = """
window.addEventListener("load", function () {
  var out = {}, one = function (q) { return document.querySelector(q); }, tip = one("#tip");
  var count = function (q) { return document.querySelectorAll(q).length; };
  var mark = one("mark.loaded[id]"), box = one('input[value="loaded"]');
  mark.focus();
  out.tip = !tip.hidden && tip.textContent.indexOf("rule: loaded") >= 0;
  out.described = mark.getAttribute("aria-describedby") === "tip";
  out.line = getComputedStyle(mark).textDecorationLine === "underline";
  document.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"}));
  out.escape = tip.hidden;
  box.click();
  out.off = mark.classList.contains("gone") && mark.tabIndex === -1;
  out.rows_off = count('#marks tr[data-d="loaded"]:not([hidden])');
  box.click();
  out.on = !mark.classList.contains("gone") && mark.tabIndex === 0;
  one('input[value="own"]').click();
  out.own = count("#marks tr[data-src]:not([hidden])");
  one('input[value="own"]').click();
  one("button.go").click();
  out.hit = count(".al.hit");
  var heads = document.querySelectorAll("#marks thead th"), column = heads.length - 1;
  var cells = function () {
    return Array.from(document.querySelectorAll("#marks tbody tr")).map(function (tr) {
      return Number(tr.cells[column].getAttribute("data-v"));
    });
  };
  heads[column].querySelector("button").click();
  heads[column].querySelector("button").click();
  out.sorted = cells().every(function (v, i, a) { return !i || a[i - 1] >= v; });
  out.aria = heads[column].getAttribute("aria-sort");
  out.wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
  var tracks = getComputedStyle(one(".cols")).gridTemplateColumns.split(" ");
  out.columns = tracks.filter(function (w) { return w !== "0px"; }).length;
  document.documentElement.setAttribute("data-found", JSON.stringify(out));
});
"""


def browse(html: str, scripts: list[str], folder: Path, width: int = 1300) -> tuple[str, bytes]:
    """The page after a real browser has run ``scripts`` in it (allowed by hash), and what the browser said."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        html = html.replace("script-src '", f"script-src 'sha256-{digest}' '")
    path = folder / "page.html"
    tags = "".join(f"<script>{script}</script>" for script in scripts)
    path.write_bytes(html.replace("</body>", f"{tags}</body>").encode())
    done = subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--enable-logging=stderr", f"--user-data-dir={folder / 'profile'}",
            f"--window-size={width},900", "--virtual-time-budget=10000",
            "--dump-dom", path.as_uri(),
        ],
        capture_output=True,
        timeout=180,
        check=True,
    )  # fmt: skip
    return done.stdout.decode(), done.stderr


@pytest.mark.parametrize(("width", "columns"), [(1300, 2), (500, 1)])
def test_in_chromium(tmp_path: Path, width: int, columns: int) -> None:
    shown, said = browse(page(mock()), [PROBE], tmp_path, width)
    assert b"CONSOLE" not in said
    found = re.search('data-found="([^"]*)"', shown)
    assert found
    assert json.loads(unescape(found[1])) == {
        "tip": True, "described": True, "line": True, "escape": True, "off": True, "rows_off": 0,
        "on": True, "own": 0, "hit": 2, "sorted": True, "aria": "descending", "wide": False, "columns": columns,
    }  # fmt: skip


def test_an_article_is_printed_whole_on_one_page(tmp_path: Path) -> None:
    """Three articles of five hundred words stand abreast on a page of their own; no page holds the footer alone."""
    browser, reader = shutil.which("chromium") or shutil.which("chromium-browser"), shutil.which("pdftotext")
    if not browser or not reader:
        pytest.skip("no Chromium or pdftotext on this machine (apt-get install chromium poppler-utils)")
    path = tmp_path / "report.html"
    path.write_text(page(mock(n=3)), "utf-8")
    printed = tmp_path / "report.pdf"
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         "--no-pdf-header-footer", f"--print-to-pdf={printed}", path.as_uri()],
        capture_output=True, timeout=180, check=True,
    )  # fmt: skip
    done = subprocess.run([reader, printed, "-"], capture_output=True, check=True, timeout=60)
    pages = [" ".join(p.split()) for p in done.stdout.decode().split("\f")[:-1]]
    (abreast,) = [p for p in pages if p.startswith("Side by side")]
    for text in mock(n=3).texts:
        words = re.findall("[a-zA-Z]{4,}", text)
        assert all(w in abreast for w in (*words[:6], *words[-6:]))
    assert len(pages[-1]) > 200


AXE = """
window.addEventListener("load", function () {
  axe.run(document, {resultTypes: ["violations"]}).then(function (found) {
    var bad = found.violations.map(function (v) {
      return v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(function (n) { return n.html.slice(0, 120); }).join(" | ");
    });
    document.documentElement.setAttribute("data-found", JSON.stringify({bad: bad, rules: found.passes.length}));
  }, function (error) { document.documentElement.setAttribute("data-found", JSON.stringify({error: String(error)})); });
});
"""  # noqa: E501


def axe() -> str:
    """axe-core's script, as a package of the development tools carries it (nothing of it is in this repository)."""
    place = importlib.util.find_spec("axe_playwright_python")
    if not place or not place.submodule_search_locations:
        pytest.skip("axe-core is not installed (pip install --no-deps axe-playwright-python)")
    return (Path(place.submodule_search_locations[0]) / "axe.min.js").read_text("utf-8")


def accessible(html: str, folder: Path, width: int) -> None:
    """axe-core finds no violation in the page."""
    shown, _ = browse(html, [axe(), AXE], folder, width)
    found = re.search('data-found="([^"]*)"', shown)
    assert found
    result = json.loads(unescape(found[1]))
    assert result.get("bad") == [], result
    assert result["rules"] > 15


@pytest.mark.parametrize("width", [1300, 400])
def test_axe_finds_nothing(tmp_path: Path, width: int) -> None:
    accessible(page(mock()), tmp_path, width)

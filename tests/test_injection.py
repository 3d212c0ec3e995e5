"""Markup in any field of an article stays text in every page that is made of it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from test_page import browse, parse

import framing
from framing import Article
from framing.corpus import compare_events
from framing.read import read
from framing.report.page import article_html, page
from framing.report.site import write_site

SAMPLES = Path(framing.__file__).parent / "samples"
RUN = "document.documentElement.dataset.pwned=1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"</title><svg onload={RUN}>",
    f"<img src=x onerror={RUN}>",
    f"\" onmouseover=\"{RUN}\" autofocus onfocus=\"{RUN}",
    f"' onclick='{RUN}",
    f"<a href=javascript:{RUN}>x</a>",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"<iframe srcdoc='<script>{RUN}</script>'></iframe>",
    f"<math><mtext><style><img src onerror={RUN}></style></mtext></math>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    "<style>*{display:none}</style>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<form action=https://evil.example><input name=x>",
    "<!--", "-->", "]]>", "<![CDATA[", "\x00<b>", "{{7*7}}", "${7*7}", "../../evil", "\u202e<b>",
]  # fmt: skip
ALLOWED = set(
    (
        "html head meta title style script body a header h1 h2 h3 h4 h5 nav ul ol li main section article div "
        "span p strong em b small br mark button input label fieldset legend table caption thead tbody tr th "
        "td dl dt dd figure figcaption img footer bdi sup sub details summary select option q time i abbr col "
        "colgroup "
    ).split()
)


def article(n: int) -> Article:
    """An article with a payload in every place that a reader sees, twice in the text: spoken and told."""
    k = PAYLOADS[n % len(PAYLOADS)]
    text = (
        f"Rulers meet {k}\n\nThe brutal regime {k} may have failed, critics say. “We {k} agree,” said Ann {k} Miller."
        f"\n\nAccording to {k}, the so-called “plan {k}” is reckless. Why now? Mr. {k} claimed that it works.\n\n"
    )
    return Article(text=text * 3, outlet=f"{k} {n}", title=k, id=k, published=k, event=k, source=k)


def harmless(html: str) -> None:
    """Only our own tags, one script, no handler, no address but fragments, our own files and embedded pictures."""
    tree = parse(html)
    tags = [t for t, _ in tree.tags]
    assert set(tags) <= ALLOWED, set(tags) - ALLOWED
    assert tags.count("script") <= 1
    for tag, attributes in tree.tags:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name not in ("srcdoc", "action", "formaction", "style", "srcset", "ping"), (tag, name)
            if name == "src":
                assert str(value).startswith("data:image/png;base64,")
            if name == "href":
                assert re.fullmatch(r"#[\w-]+|(\.\./)?[\w./-]+\.(html|png|csv)|https?://.*", str(value)), value
            if name == "http-equiv":
                assert value == "Content-Security-Policy"


@pytest.mark.parametrize("n", range(0, len(PAYLOADS), 3))
def test_comparison_page(n: int) -> None:
    comparison = framing.compare([article(n), article(n + 1), article(n + 2)], event_title=PAYLOADS[n], resamples=20)
    harmless(page(comparison))
    harmless(f"<html><body>{comparison._repr_html_()}</body></html>")


@pytest.mark.parametrize("n", range(len(PAYLOADS)))
def test_article_in_a_notebook(n: int) -> None:
    harmless(f"<html><body>{article_html(framing.analyse(article(n)))}</body></html>")


@pytest.mark.parametrize("n", range(0, len(PAYLOADS), 5))
def test_events_in_a_notebook(n: int) -> None:
    result = compare_events([replace(article(k), event=PAYLOADS[n]) for k in (n, n + 1, n + 2)], resamples=100)
    html = result._repr_html_()
    harmless(f"<html><body>{html}</body></html>")
    assert len(result.events) == html.count("<tr>") - 1


def test_pages_of_many_events(tmp_path: Path) -> None:
    articles = []
    for event in ("rail-strike", "river-flood"):
        for k, a in zip((f"../{PAYLOADS[1]}", PAYLOADS[5], PAYLOADS[8]), read(SAMPLES / event), strict=True):
            text = a.text.replace("“", f"“{k} ")
            articles.append(
                Article(text=text, outlet=k, title=f"{a.title} {k}", event=f"{event} {k[:3]}"[:11], id=event + k)
            )
    compare_events(articles, resamples=100).save(tmp_path / "events")
    write_site(tmp_path / "events")
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > 2
    for path in pages:
        html = path.read_text("utf-8")
        harmless(html)
        for address in re.findall('href="([^"#][^"]*)"', html):
            target = (path.parent / unescape(address)).resolve()
            assert tmp_path.resolve() in target.parents
    assert {p.name for p in tmp_path.iterdir()} == {"events"}


def test_nothing_runs_in_a_browser(tmp_path: Path) -> None:
    every = " ".join(PAYLOADS)
    pair = [
        Article(text=f"{every} said the brutal regime.\n\n“{every},” said {every}. " * 3, outlet=every, title=every)
    ] * 2
    html = page(framing.compare(pair, event_title=every, resamples=20))
    probe = "addEventListener('load',function(){document.documentElement.dataset.probe=1});"
    # Without the policy too: escaping alone must do.
    for shown, _ in (
        browse(html, [probe], tmp_path),
        browse(re.sub("<meta http-equiv.*?>", "", html), [probe], tmp_path),
    ):
        assert "data-probe" in shown
        assert "data-pwned" not in shown[:2000]
        assert 'evil.example/"' not in re.sub(
            "&[a-z]+;", "", "".join(re.findall("<(?:a|base|form|meta|link)[^>]*>", shown))
        )

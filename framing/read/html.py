"""HTML pages, one article each: the text that trafilatura takes for the article (extra ``html``)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from framing.article import Article
from framing.errors import InputError
from framing.read import Options, Reject, Source

SUFFIXES = (".html", ".htm", ".xhtml")
WHOLE = True
MAX_PAGE_BYTES = 10_000_000


def articles(source: Source, options: Options) -> Iterator[Article | Reject]:
    with source.open() as handle:
        data = handle.read(MAX_PAGE_BYTES + 1)
    yield page(data, source.name, "file", source.stem, options)


def page(
    data: bytes, name: str, position: str, id: str, options: Options, url: str | None = None, day: str | None = None
) -> Article | Reject:
    """The article of one page, or why there is none. ``url`` and ``day``: what is known from outside.

    Raises InputError if trafilatura is not installed.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise InputError("is HTML, which needs trafilatura: pip install 'framing[html]'") from None
    if len(data) > MAX_PAGE_BYTES:
        return Reject(name, position, f"page is longer than {MAX_PAGE_BYTES:,} bytes", _head(data))
    if not data.strip():
        return Reject(name, position, "holds no text: it is empty or only spaces", "")
    try:
        found = bare_extraction(data, url=url, include_comments=False, include_tables=False, with_metadata=True)
    except Exception as error:
        # Parsers of broken pages fail in many ways; one page must not cost the others.
        return Reject(name, position, f"page cannot be read: {type(error).__name__}: {error}"[:200], _head(data))
    text = getattr(found, "text", None)
    if not text or not text.strip():
        return Reject(name, position, "no article is found in the page", _head(data))
    host = urlsplit(url or getattr(found, "url", None) or "").hostname
    return Article(
        text=text,
        outlet=options.outlet or getattr(found, "sitename", None) or (host.removeprefix("www.") if host else None),
        title=getattr(found, "title", None),
        id=id,
        published=getattr(found, "date", None) or day,
        source=name if position == "file" else f"{name}:{position}",
    )


def _head(data: bytes) -> str:
    return data[:400].decode("utf-8", "replace")[:200]

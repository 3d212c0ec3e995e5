"""Plain text files: one article each.

The headline is the first line where one stands alone; an agency prefix like
"(MENAFN)" or a dateline "LONDON, Feb 1 (Agency) –" names the outlet, a date line or
dateline the day. The text itself is never altered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from framing.article import Article
from framing.classes import MONTHS
from framing.errors import InputError
from framing.read import Options, Reject, Source, decode

SUFFIXES = (".txt", ".text", ".md")

_MONTH_NUMBER = {m: k for k, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
    rf"|(?P<m1>{_MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{_MONTH})\.?,?\s+(?P<y2>\d{{4}}))",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"\s*\(([A-Z][A-Z0-9&./ -]{1,30})\)\s")
_DATELINE = re.compile(r"\s*[A-Z][A-Z .,’'/-]{2,40}(?:,[^()\n]{0,30})?\s\(([^()\n]{2,30})\)\s*[-–—:]")


WHOLE = True


def articles(source: Source, options: Options) -> Iterator[Article | Reject]:
    # A character has at most four bytes; what is longer need not be read to the end.
    most = 4 * options.max_length + 4
    try:
        with source.open() as handle:
            data = handle.read(most + 1)
        if len(data) > most:
            yield Reject(source.name, "file", f"holds more than the {options.max_length:,} characters of --max-length")
            return
        text = decode(data, options, source.name)
    except InputError as error:
        yield Reject(source.name, "file", str(error))
        return
    if not text.strip():
        yield Reject(source.name, "file", "holds no text: it is empty or only spaces; put the article in it")
        return
    yield article(text, source, options)


def article(text: str, source: Source, options: Options) -> Article:
    """An article of plain text, with what its first lines and a manifest beside it say."""
    extra = _manifest(source)
    head = text[:600]
    title = headline(text)
    return Article(
        text=text,
        outlet=options.outlet or extra.get("outlet") or agency(text, title),
        title=extra.get("title") or title,
        id=source.stem,
        published=extra.get("published") or _date(head),
        event=extra.get("event"),
        source=source.name,
    )


def headline(text: str) -> str | None:
    """The first line, where it stands alone, is short and does not end like a sentence."""
    lines = text.lstrip("\ufeff\r\n\t\u00a0 ").split("\n", 2)
    first = lines[0].strip()
    if len(lines) < 2 or not first or len(first) > 250 or len(first.split()) > 40:
        return None
    if lines[1].strip() and first.endswith("."):
        return None
    if _PREFIX.match(first) or _DATELINE.match(first):
        return None
    return None if first.rstrip("\"'”’").endswith((".", ",", ";")) and not first.endswith("...") else first


def agency(text: str, title: str | None) -> str | None:
    """The agency that a prefix "(NAME) …" or a dateline "PLACE, Date (Name) –" gives."""
    body = text.lstrip()
    if title and body.startswith(title):
        body = body[len(title) :]
    for paragraph in body[:1500].split("\n"):
        if paragraph.strip():
            found = _PREFIX.match(paragraph) or _DATELINE.match(paragraph)
            if found:
                return found[1].strip()
            if len(paragraph.split()) > 12:
                return None
    return None


def _date(head: str) -> str | None:
    """The first complete date in the head of a text that is a line of its own or stands in a short line."""
    for line in head.split("\n")[:8]:
        m = _DATE.search(line) if len(line) < 120 else None
        if m:
            return iso_date(m[0])
    return None


def iso_date(text: str) -> str | None:
    """A date as written in news, as YYYY-MM-DD; None if there is none."""
    m = _DATE.search(text)
    if m is None:
        return None
    try:
        if m["iso"]:
            return date.fromisoformat(m["iso"]).isoformat()
        month = _MONTH_NUMBER[(m["m1"] or m["m2"]).lower()[:3]]
        return date(int(m["y1"] or m["y2"]), month, int(m["d1"] or m["d2"])).isoformat()
    except ValueError:
        return None


def _manifest(source: Source) -> dict[str, str]:
    """What ``event.json`` in the same folder says about this file, if there is one."""
    if not isinstance(source.path, Path):
        return {}
    path = source.path.parent / "event.json"
    try:
        if not path.is_file() or path.stat().st_size > 1_000_000:
            return {}
        data = json.loads(path.read_text("utf-8"))
        rows = data.get("articles", [])
        mine = next((r for r in rows if r.get("file") == source.path.name), None)
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
    if mine is None:
        return {}
    found = {k: str(mine[k]) for k in ("outlet", "title", "published") if mine.get(k)}
    if data.get("id"):
        found["event"] = str(data["id"])
    return found

"""What record formats share: which column is which, and what makes a row unusable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from framing.article import Article
from framing.errors import InputError
from framing.read import Options, Reject, Source
from framing.read.text import iso_date

USUAL = {
    "text": ("text", "body", "content", "article", "maintext"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "publication", "site", "domain"),
    "date": ("published", "date", "date_publish", "publish_date", "published_at", "pubdate"),
    "id": ("id", "article_id", "doc_id", "url"),
    "event": ("event", "event_id", "story", "cluster"),
}
_OPTION = {"date": "date_column"}


def columns(names: list[str], options: Options, where: str) -> dict[str, str]:
    """Field -> column name, from the options or the usual names. Raises InputError if there is no text column."""
    out = {}
    lower = {n.lower().strip(): n for n in names}
    for field, usual in USUAL.items():
        chosen = getattr(options, f"{field}_column")
        if chosen:
            if chosen not in names:
                raise InputError(f"{where}: has no column {chosen!r}; it has {', '.join(names[:20])}")
            out[field] = chosen
        else:
            hit = next((lower[u] for u in usual if u in lower), None)
            if hit is not None:
                out[field] = hit
    if "text" not in out:
        raise InputError(f"{where}: no text column among {', '.join(names[:20])}; name it with --text-column")
    return out


def article(
    row: Mapping[str, Any], names: dict[str, str], source: Source, position: str, options: Options
) -> Article | Reject:
    """One row as an article, or why not."""
    text = row.get(names["text"])
    if text is None:
        return Reject(source.name, position, f"no {names['text']!r}", _excerpt(row))
    if not isinstance(text, str):
        return Reject(source.name, position, f"{names['text']!r} is {type(text).__name__}, not text", _excerpt(row))
    if not text.strip():
        return Reject(source.name, position, f"{names['text']!r} is empty", _excerpt(row))

    def get(field: str) -> str | None:
        value = row.get(names[field]) if field in names else None
        if value is None or value != value or isinstance(value, (dict, list)):
            return None
        return str(value).strip() or None

    day = get("date")
    return Article(
        text=text,
        outlet=options.outlet or get("outlet"),
        title=get("title"),
        id=get("id") or f"{source.stem}-{position.rpartition(' ')[2]}",
        published=(iso_date(day) or (day[:10] if day[:4].isdigit() else None)) if day else None,
        event=get("event"),
        source=f"{source.name}:{position}",
    )


def _excerpt(row: Mapping[str, Any]) -> str:
    return str(dict(row))[:200]

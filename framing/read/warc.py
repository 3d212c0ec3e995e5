"""Web archives, as news crawls come: every HTML page answered with 200 is an article (extras ``warc`` and ``html``).

Records that are no pages (pictures, scripts, redirects, requests) are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from framing.article import Article
from framing.errors import InputError
from framing.read import Options, Reject, Source
from framing.read.html import MAX_PAGE_BYTES, page

SUFFIXES = (".warc",)


def articles(source: Source, options: Options) -> Iterator[Article | Reject]:
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise InputError("is a WARC file, which needs warcio: pip install 'framing[warc]'") from None
    # The archive's own members are unpacked by its reader: what comes before a damage is not lost.
    with source.raw() if source.file_name.lower().endswith(".gz") else source.open() as handle:
        number = 0
        try:
            for record in ArchiveIterator(handle):
                number += 1
                position = f"record {number}"
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                kind = (record.http_headers.get_header("Content-Type") or "").lower()
                if record.http_headers.get_statuscode() != "200" or "html" not in kind:
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI")
                day = (record.rec_headers.get_header("WARC-Date") or "")[:10] or None
                data = record.content_stream().read(MAX_PAGE_BYTES + 1)
                yield page(data, source.name, position, url or f"{source.stem}-{number}", options, url, day)
        except (InputError, OSError, EOFError):
            raise
        except Exception as error:
            # Whatever warcio stumbles over: it raises AttributeError and others on damaged headers.
            yield Reject(source.name, f"record {number + 1}", f"archive is damaged from here on: {error}"[:200])
    if not number:
        yield Reject(source.name, "file", "holds no records")

"""Text from articles made safe for what it goes to: tables, cells of a spreadsheet, names of files and folders.

HTML is escaped where it is made (:mod:`framing.report.page`), terminals in :mod:`framing.report.terminal`.
"""

from __future__ import annotations

import re

__all__ = ["cell", "file_name", "storable"]

_SURROGATE = re.compile("[\ud800-\udfff]")
# What a spreadsheet takes for the start of a formula; the last four are their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Names that Windows keeps for devices, whatever the ending.
_RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))))


def cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it as a formula. A lone sign stays."""
    return "'" + text if text.startswith(_FORMULA) and len(text) > 1 else text


def storable(text: str) -> str:
    """The text with lone surrogates, which JSON can hold and UTF-8 cannot, as U+FFFD: the length stays."""
    return _SURROGATE.sub("\ufffd", text)


def file_name(label: str, taken: set[str], default: str = "event") -> str:
    """A label, which may hold anything, as a name for a file or folder that is in nobody's way.

    At most 60 letters, digits, hyphens and underscores, all ASCII; never a device of Windows; never one of
    ``taken`` (in small letters), to which it is added.
    """
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in label[:1000]).strip("-")
    plain = plain[:60].strip("-") or default
    if plain.lower() in _RESERVED:
        plain += "-"
    name, n = plain, 1
    while name.lower() in taken:
        n += 1
        name = f"{plain}-{n}"
    taken.add(name.lower())
    return name

"""How every picture looks: colours, fonts, themes; nothing here touches matplotlib's global settings.

Outlets take their colours in the order of the comparison, or on a site of many events from :func:`assign`, and keep
them in every chart.
Greys are for sources' words: an outlet's accent always means "its own words". Positive and
negative are told by side (right, left) and sign, never by colour alone. The accents stay
apart for readers with protanopia, deuteranopia and tritanopia; a test simulates that.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from framing.errors import UsageError

__all__ = [
    "ACCENTS", "DEVICE_COLOURS", "DEVICE_LABELS", "NEUTRAL", "THEMES", "Theme", "assign", "colours", "contrast", "font",
    "measure", "mix", "on", "printable", "readable", "theme",
]  # fmt: skip

# One accent per outlet: blue, orange, teal, plum, olive, grey; found by search under simulated colour blindness.
ACCENTS = ("#1F5F99", "#D2691E", "#57C3AF", "#731664", "#A0A143", "#7D8E85")
_DARK_ACCENTS = ("#6FB1E8", "#F29A52", "#69F5C4", "#B3AAB2", "#EBD663", "#B6DBDE")

NEUTRAL = -1  # the number of no accent: grey, for what is no outlet

DEVICE_COLOURS = {
    "hedge": "#4C86B8",
    "booster": "#C77F1F",
    "loaded": "#B0413E",
    "attribution": "#5D6B7A",
    "vouch": "#7E5AA2",
    "scare_quote": "#A34A7B",
    "aside": "#2F8577",
}
DEVICE_LABELS = {
    "hedge": "hedges",
    "booster": "boosters",
    "loaded": "loaded terms",
    "attribution": "reporting verbs",
    "vouch": "vouching",
    "scare_quote": "scare quotes",
    "aside": "asides",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one style. ``direct`` and ``indirect`` are the fills of sources' words."""

    name: str
    paper: str
    ink: str
    muted: str
    faint: str
    rule: str
    direct: str
    indirect: str
    accents: tuple[str, ...]


THEMES = {
    "light": Theme("light", "#FFFFFF", "#1B1D20", "#5C6268", "#8B9198", "#D9DCDF", "#BFC4C9", "#E1E4E7", ACCENTS),
    "dark": Theme("dark", "#16181B", "#F1F2F3", "#AEB4BA", "#7E858C", "#363B41", "#6C737A", "#42484E", _DARK_ACCENTS),
}


def theme(name: str | Theme) -> Theme:
    """The theme of that name. Raises UsageError where there is none."""
    if isinstance(name, Theme):
        return name
    if name not in THEMES:
        raise UsageError(f"no style {name!r}; there are {', '.join(THEMES)}")
    return THEMES[name]


def colours(
    outlets: Sequence[str], style: str | Theme = "light", slots: Mapping[str, int] | None = None
) -> dict[str, str]:
    """Outlet -> accent, in order; from the seventh accent on they repeat, lighter.

    ``slots``: outlet -> number of its accent (``NEUTRAL``: grey), as :func:`assign` gives; others take what is free.
    """
    t, known = theme(style), slots or {}
    taken = {known[o] for o in outlets if o in known}
    free = (n for n in count() if n not in taken)
    out: dict[str, str] = {}
    for outlet in outlets:
        if outlet not in out:
            n = known[outlet] if outlet in known else next(free)
            base = t.accents[n % len(t.accents)]
            out[outlet] = t.faint if n == NEUTRAL else mix(base, t.paper, min(0.6, 0.3 * (n // len(t.accents))))
    return out


def assign(groups: Iterable[Sequence[str]]) -> dict[str, int]:
    """Outlet -> number of its accent, one for a whole site: no two outlets of one group (event) share an accent.

    Outlets with most groups choose first (then by name) and take the accent used least so far of those that no
    outlet beside them has; only from the thirteenth outlet on may two share one. The order of groups changes nothing.
    """
    beside: dict[str, set[str]] = {}
    n: Counter[str] = Counter()
    for group in groups:
        for outlet in set(group):
            beside.setdefault(outlet, set()).update(group)
            n[outlet] += 1
    out: dict[str, int] = {}
    used: Counter[int] = Counter()
    for outlet in sorted(beside, key=lambda o: (-n[o], o)):
        taken = {out[o] for o in beside[outlet] if o in out}
        some = [k for k in range(2 * len(ACCENTS)) if k not in taken]
        slot = min(some, key=lambda k: (used[k], k)) if some else next(k for k in count() if k not in taken)
        out[outlet] = slot
        used[slot] += 1
    return out


def mix(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0..1) of ``other`` in it, as #RRGGBB."""
    a, b = (tuple(int(c[k : k + 2], 16) for k in (1, 3, 5)) for c in (colour, other))
    return "#" + "".join(f"{round(x + (y - x) * share):02X}" for x, y in zip(a, b, strict=True))


@lru_cache(maxsize=512)
def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours (1..21), as WCAG 2 defines it."""

    def light(colour: str) -> float:
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=512)
def readable(colour: str, t: Theme) -> str:
    """``colour`` as letters on the theme's paper: nearer to the ink until the contrast is 4.5 (WCAG AA)."""
    for k in range(20):
        shade = mix(colour, t.ink, k * 0.05)
        if contrast(shade, t.paper) >= 4.5:
            return shade
    return t.ink


def on(fill: str, t: Theme) -> str:
    """Paper or ink, whichever is easier to read as letters on ``fill``."""
    return max((t.paper, t.ink), key=lambda c: contrast(c, fill))


# ------------------------------------------------------------------------------------------ fonts

_FOLDER = Path(__file__).parent / "fonts"
_FILES = {
    ("sans", "regular"): "SourceSansPro-Regular.ttf",
    ("sans", "bold"): "SourceSansPro-Bold.ttf",
    ("sans", "italic"): "SourceSansPro-It.ttf",
    ("serif", "regular"): "SourceSerifPro-Regular.ttf",
    ("serif", "bold"): "SourceSerifPro-Bold.ttf",
}
_FAMILY = {"sans": "Source Sans Pro", "serif": "Source Serif Pro"}
# DejaVu comes with matplotlib; the rest are used only for letters that neither ours nor DejaVu has.
_FALLBACK = ("DejaVu Sans",)
_LAST = (
    "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans Devanagari", "Noto Sans Thai", "Noto Sans Bengali",
    "WenQuanYi Zen Hei", "Arial Unicode MS", "PingFang SC", "Hiragino Sans", "Microsoft YaHei", "Nirmala UI",
)  # fmt: skip
_MISSING = "□"


@lru_cache(maxsize=1)
def _registered() -> tuple[str, ...]:
    """Make the bundled fonts known to matplotlib; returns the families for letters they lack."""
    from matplotlib.font_manager import fontManager

    known = {f.fname for f in fontManager.ttflist}
    for name in _FILES.values():
        if str(_FOLDER / name) not in known:
            fontManager.addfont(str(_FOLDER / name))
    installed = {f.name for f in fontManager.ttflist}
    return _FALLBACK + tuple(f for f in _LAST if f in installed)


@lru_cache(maxsize=256)
def font(size: float, weight: str = "regular", family: str = "sans") -> Any:
    """A FontProperties with fallbacks. ``weight``: regular, bold or italic; ``family``: sans or serif."""
    from matplotlib.font_manager import FontProperties

    spare = _registered()
    return FontProperties(
        family=[_FAMILY[family], *spare],
        size=size,
        weight="bold" if weight == "bold" else "normal",
        style="italic" if weight == "italic" and family == "sans" else "normal",
    )


@lru_cache(maxsize=16)
def _faces(weight: str, family: str) -> tuple[Any, ...]:
    """FreeType faces in the order in which a letter is looked for."""
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    file = _FILES.get((family, weight)) or _FILES[family, "regular"]
    wanted = "bold" if weight == "bold" else "normal"
    spare = [findfont(FontProperties(family=[f], weight=wanted), fallback_to_default=True) for f in _registered()]
    faces = [FT2Font(str(_FOLDER / file)), *(FT2Font(path) for path in spare)]
    for face in faces:
        face.set_size(100, 72)
    return tuple(faces)


@lru_cache(maxsize=65_536)
def _advance(char: str, weight: str, family: str) -> float | None:
    """Width of one letter at 1 pt, or None where no font has it."""
    from matplotlib.ft2font import LoadFlags

    code = ord(char)
    for face in _faces(weight, family):
        if face.get_char_index(code):
            glyph = face.load_char(code, flags=LoadFlags.NO_HINTING)
            return float(glyph.linearHoriAdvance) / 65536 / 100
    return None


def measure(text: str, size: float, weight: str = "regular", family: str = "sans") -> float:
    """Width of one printable line in points: a sum of advances (no kerning), within 2% of what is drawn."""
    return size * _width(text, weight, family)


@lru_cache(maxsize=65_536)
def _width(text: str, weight: str, family: str) -> float:
    return sum(_advance(c, weight, family) or 0.6 for c in text)


@lru_cache(maxsize=65_536)
def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if char.isspace():
        return " "
    if category in ("Cc", "Cf", "Cs", "Cn") or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return ""
    return char if _advance(char, "regular", "sans") is not None else _MISSING


def printable(text: object) -> str:
    """``text`` on one line, as it can be drawn: no control or direction marks, and a box for what no font has."""
    whole = unicodedata.normalize("NFC", str(text))
    if whole.isascii() and whole.isprintable():
        return " ".join(whole.split())
    return " ".join("".join(map(_shown, whole)).split())

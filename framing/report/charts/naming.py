"""What each outlet calls the same people and things."""

from __future__ import annotations

from typing import Any

from framing.report.canvas import wrap
from framing.report.charts._common import outlets, palette, start

TITLE = "What they are called"


def data(comparison: Any, rows: int = 6) -> Any:
    """Actor, outlet, name, n, kind, valence for the ``rows`` actors named most."""
    found = comparison.naming
    order = found.groupby("actor", sort=False)["n"].sum().sort_values(ascending=False, kind="stable").head(rows)
    kept = found[found["actor"].isin(order.index)]
    return kept.assign(_o=kept["actor"].map({a: k for k, a in enumerate(order.index)})).sort_values(
        ["_o", "n"], ascending=[True, False], kind="stable"
    ).drop(columns="_o")  # fmt: skip


def headline(comparison: Any) -> str:
    found = comparison.naming
    labels = found[(found["kind"] == "label") & (found["valence"] != "0") & (found["actor"] != "")]
    labels = labels[labels["actor"].astype(str).str.casefold() != labels["name"].astype(str).str.casefold()]
    labels = labels[labels["actor"].astype(str).str[:1].str.isupper()]  # a proper name: "evil" or "movement" is nobody
    if len(labels):
        r = labels.sort_values("n", ascending=False, kind="stable").iloc[0]
        return f"{r['actor']} is “{' '.join(str(r['name']).split())}” to {r['outlet']}"
    several = found[found["actor"] != ""].groupby("actor", sort=False)["name"].nunique()
    if len(several) and several.max() > 1:
        return f"{several.idxmax()} goes by {int(several.max())} names"
    return TITLE


def note(comparison: Any) -> str:
    n = int(comparison.naming["n"].sum()) if len(comparison.naming) else 0
    return (
        "Names, titles and labels for the same actor, with how often; + and − mark loaded labels. "
        f"n = {n} namings. Counted, not sampled: no interval."
    )


def _cell(rows: Any) -> str:
    sign = {"+": " (+)", "-": " (−)"}
    return ", ".join(f"{r.name} {int(r.n)}{sign.get(str(r.valence), '')}" for r in rows.itertuples(index=False))


def alt(comparison: Any) -> str:
    table = data(comparison)
    parts = [f"{actor} in {o}: {_cell(rows)}" for (actor, o), rows in table.groupby(["actor", "outlet"], sort=False)]
    return f"{TITLE}. " + ("; ".join(parts) if parts else "No actor is named in more than one article") + "."


def draw(comparison: Any, ax: Any = None, style: str = "light", **options: Any) -> Any:
    """``size``: letters in points (9.5); ``rows``: actors (6)."""
    size = float(options.get("size", 9.5))
    names = outlets(comparison)[:6]
    table = data(comparison, int(options.get("rows", 6)))
    width, gap = max(560.0, 190.0 * (len(names) + 1)), 16.0
    actors = list(dict.fromkeys(table["actor"]))
    share = (width - gap * len(names)) / (len(names) + 1)

    def cells(actor: str, column: float) -> list[list[str]]:
        mine = table[table["actor"] == actor]
        return [wrap(_cell(mine[mine["outlet"] == n]) or "–", column, size, lines=5) for n in names]

    need = size * 2 + sum(max(map(len, cells(a, share))) * size * 1.25 + size * 1.2 for a in actors)
    sheet = start(comparison, ax, style, headline, note, (width, max(36.0, need)))
    t = sheet.theme
    accents = palette(comparison, t)
    if not actors:
        sheet.nothing("No actor is named in more than one article.")
        return sheet.ax
    share = (sheet.width - gap * len(names)) / (len(names) + 1)
    for k, name in enumerate(names):
        sheet.text((share + gap) * (k + 1), size, name, size, "bold", accents[name], width=share, gid="outlet")
    y = size * 1.7
    for actor in actors:
        found = cells(actor, share)
        tall = max(map(len, found)) * size * 1.25 + size * 1.2
        if y + tall > sheet.height + size:
            break
        sheet.line([0, sheet.width], [y, y], t.rule, 0.6)
        sheet.paragraph(0, y + size * 0.4, share, actor, size, "bold", lines=len(max(found, key=len)), gid="actor")
        for k, lines in enumerate(found):
            for n, line in enumerate(lines):
                sheet.text((share + gap) * (k + 1), y + size * (1.4 + 1.25 * n), line, size, gid="name")
        y += tall
    return sheet.ax

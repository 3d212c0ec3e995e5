"""The quality gate: figures on the gold annotation against pinned floors.

``python -m framing.evaluate.gate GOLD --floors FILE`` prints every figure and fails if one
falls below its floor or a must_not_fire span fires that is not allowed. ``--update`` raises
floors to today's figures (less a margin) and never lowers one: lowering is an edit by hand
that shows in the diff. Where the gold is absent the gate says so and passes.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from framing.evaluate.gold import Figures, evaluate

__all__ = ["below", "main", "raised"]

MARGIN = 0.01


def below(figures: Figures, floors: dict[str, float]) -> list[str]:
    """What misses its floor, one line each. ``must not fire`` is a ceiling."""
    out = []
    for name, floor in floors.items():
        if name == "must not fire":
            if len(figures.fired) > floor:
                out.append(f"must not fire: {len(figures.fired)} fired, {floor:g} allowed")
        elif name not in figures.values:
            out.append(f"{name}: no such figure")
        elif not figures.values[name] >= floor:  # NaN misses every floor
            out.append(f"{name}: {figures.values[name]:.3f} is below its floor {floor:.3f}")
    return out


def raised(figures: Figures, floors: dict[str, float]) -> dict[str, float]:
    """Floors lifted to today's figures less a margin; none is ever lowered."""
    out = dict(floors)
    for name, value in figures.values.items():
        out[name] = max(floors.get(name, 0.0), round(value - MARGIN, 3))
    out["must not fire"] = min(floors.get("must not fire", len(figures.fired)), len(figures.fired))
    return out


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--floors", type=Path, required=True)
    parser.add_argument("--update", action="store_true", help="raise floors to today's figures, never lower them")
    args = parser.parse_args(argv)
    if not args.gold.is_dir():
        print(f"gate skipped: no gold annotation at {args.gold}")
        return 0
    figures = evaluate(args.gold)
    floors = json.loads(args.floors.read_text("utf-8"))
    print(figures.text())
    if args.update:
        args.floors.write_text(json.dumps(raised(figures, floors), indent=1, sort_keys=True) + "\n", "utf-8")
        print(f"floors updated: {args.floors}")
        return 0
    missed = below(figures, floors)
    for line in missed:
        print(f"BELOW FLOOR  {line}")
    print("gate: " + (f"{len(missed)} floor(s) missed" if missed else f"all {len(floors)} floors held"))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

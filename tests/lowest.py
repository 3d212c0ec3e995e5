"""Print the lowest allowed version of every dependency as exact pins, for ``make test-lowest``."""

from __future__ import annotations

import tomllib
from pathlib import Path


def pins(text: str) -> list[str]:
    """``name==version`` of every ``name>=version`` in a pyproject's dependencies, extras and test group.

    Raises ValueError for one that names no lowest version.
    """
    data = tomllib.loads(text)
    project = data["project"]
    extras = [r for rows in project["optional-dependencies"].values() for r in rows]
    rows = [*project["dependencies"], *extras, *data["dependency-groups"]["test"]]
    if loose := [r for r in rows if ">=" not in r]:
        raise ValueError(f"no lowest version: {', '.join(loose)}")
    return [r.replace(">=", "==") for r in rows]


if __name__ == "__main__":
    print("\n".join(pins((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))))

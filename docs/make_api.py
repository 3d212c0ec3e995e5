"""Write ``docs/api.md`` from the docstrings: ``python docs/make_api.py`` (``--check``: fail if it is not fresh)."""

from __future__ import annotations

import inspect
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent / "api.md"
# Module -> names, in the order of the page. What is not here is not public.
PUBLIC: dict[str, tuple[str, ...]] = {
    "framing": ("analyse", "read", "score", "compare", "classifier"),
    "framing.article": ("Article", "Sentence", "Voice", "VoiceSpan", "Cue", "Reading"),
    "framing.evidence": ("Evidence",),
    "framing.analysis": ("Analysis",),
    "framing.compare": ("Comparison",),
    "framing.corpus": ("compare_events", "CorpusComparison"),
    "framing.event": ("group",),
    "framing.batch": ("run",),
    "framing.lexicon": ("load", "check", "Lexicon", "Entry"),
    "framing.classify": ("Classifier", "load", "save"),
    "framing.classify.fit": ("train",),
    "framing.pandas": ("score_frame", "evidence_frame"),
    "framing.sklearn": ("FramingFeatures",),
    "framing.evaluate.audit": ("audit", "write"),
    "framing.errors": ("FramingError", "InputError", "UsageError", "LexiconError", "ModelError", "OutputError"),
}
_ROLE = re.compile(r":(?:func|class|meth|mod|data):`~?([^`]+)`")


class _Elsewhere:
    def __repr__(self) -> str:
        return "…"


_ELSEWHERE = _Elsewhere()  # for a default that is a page long


def _text(thing: Any) -> str:
    return _ROLE.sub(r"`\1`", inspect.getdoc(thing) or "").replace("``", "`").strip()


def _signature(name: str, thing: Any) -> str:
    try:
        signature = inspect.signature(thing)
        short = [
            p.replace(default=_ELSEWHERE) if len(repr(p.default)) > 80 else p for p in signature.parameters.values()
        ]
        shown = str(signature.replace(parameters=short))
    except (TypeError, ValueError):
        return name
    shown = re.sub(r"(: |-> )'([^']*)'", r"\1\2", shown)  # annotations are strings
    shown = re.sub(r"<function <lambda> at 0x[0-9a-f]+>|<object object at 0x[0-9a-f]+>", "…", shown)
    return f"{name}{shown}"


def _members(thing: type) -> list[tuple[str, Any]]:
    """Public methods and properties that the class itself documents."""
    out = []
    for name, member in vars(thing).items():
        plain = member.__func__ if isinstance(member, classmethod | staticmethod) else member
        plain = getattr(plain, "func", plain)  # cached_property
        if not name.startswith("_") and (inspect.isfunction(plain) or isinstance(member, property)):
            doc = _text(member.fget if isinstance(member, property) else plain)
            if doc:
                out.append((name if isinstance(member, property) else _signature(name, plain), doc))
    return out


def page() -> str:
    """The whole page as Markdown."""
    out = ["# API", "", "Made from the docstrings by `make docs`; do not edit.", ""]
    for module_name, names in PUBLIC.items():
        module = import_module(module_name)
        out += [f"## {module_name}", ""]
        for name in names:
            thing = getattr(module, name)
            out += [f"### {name}", ""]
            if not (inspect.isclass(thing) and issubclass(thing, Exception | str)):
                out += ["```text", _signature(name, thing), "```", ""]
            out += [_text(thing), ""]
            if inspect.isclass(thing):
                for head, doc in _members(thing):
                    out += [f"- `{head}`: {' '.join(doc.split())}"]
                out += [""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).rstrip() + "\n"


def main() -> int:
    new = page()
    if "--check" in sys.argv:
        fresh = TARGET.is_file() and TARGET.read_text("utf-8") == new
        print("docs/api.md is fresh" if fresh else "docs/api.md is not fresh: run make docs")
        return 0 if fresh else 1
    TARGET.write_text(new, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

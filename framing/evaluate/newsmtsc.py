"""NewsMTSC: does the sign of a loaded term agree with the stance towards the one it is about?

Hamborg & Donnay (2021), "NewsMTSC: A Dataset for (Multi-)Target-dependent
Sentiment Classification in Political News Articles", EACL.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from framing.analysis import analyse
from framing.evaluate._rows import read_rows
from framing.evaluate.metrics import EvaluationReport
from framing.evidence import Evidence
from framing.statistics import wilson

__all__ = ["DESCRIPTION", "NAME", "evaluate"]

NAME = "newsmtsc"
DESCRIPTION = "NewsMTSC: sign of loaded terms by target against stance towards the target"
_WORDS = re.compile(r"\w+")
_EMPTY = frozenset("the a an president mr mrs ms sen rep gov of".split())


def evaluate(path: str | Path) -> EvaluationReport:
    """Loaded terms whose target is the mention, against those in the same sentences that are about something else.

    ``sign``: of terms in sentences with a stance, the share whose sign agrees;
    ``stance``: share of terms that stand where there is a stance towards the mention at all.
    """
    found: dict[str, list[Evidence]] = {}
    n: Counter[tuple[str, str]] = Counter()
    for row in read_rows(path, ("text", "mention", "polarity")):
        text = str(row["text"])
        if text not in found:
            found[text] = [e for e in analyse(text).evidence if e.device == "loaded" and e.valence != "0"]
        mention = set(_WORDS.findall(str(row["mention"]).lower())) - _EMPTY
        polarity = int(row["polarity"])
        for e in found[text]:
            on = bool(e.target) and bool(mention & set(_WORDS.findall(str(e.target).lower())))
            sign = 1 if e.valence == "+" else -1
            n["on" if on else "off", "neutral" if not polarity else "agrees" if sign == polarity else "opposes"] += 1
    tables: dict[str, dict[str, float]] = {}
    for key, title in (("on", "about the mention"), ("off", "about something else")):
        agree, oppose, neutral = (n[key, k] for k in ("agrees", "opposes", "neutral"))
        polar = agree + oppose
        tables[title] = {"sign": agree / max(1, polar), "stance": polar / max(1, polar + neutral), "n": polar + neutral}
    marks = [e for row in found.values() for e in row]
    agree, polar = n["on", "agrees"], n["on", "agrees"] + n["on", "opposes"]
    figures = {"sign": agree / max(1, polar), "loaded terms": len(marks)}
    figures["with a target"] = sum(bool(e.target) for e in marks) / max(1, len(marks))
    return EvaluationReport(
        "NewsMTSC", "sign of a loaded term and stance towards its target", "word lists", figures,
        {"sign": wilson(agree, polar)[1:]}, tables={"terms": tables},
    )  # fmt: skip

"""Fairness: the same sentence about somebody else must score the same.

Sentences of our own in which only a name changes: a country, party, side, religion or person. Every two fillers
of a template make a pair (a counterfactual test in the sense of Garg et al. 2019, "Counterfactual Fairness in
Text Classification through Robustness", AIES). Devices, voices and speakers must be the same in every pair; the
probabilities of the classifiers may differ by ``TOLERANCE``.

What this does not show: whether an analyst's choice of outlets is fair, or whether words that are used more often
of one group are listed more completely (a list of loaded terms is itself a choice).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from framing.evaluate.metrics import EvaluationReport

if TYPE_CHECKING:
    from framing.classify import Classifier

__all__ = ["DESCRIPTION", "FILLERS", "NAME", "SHARE", "TEMPLATES", "TOLERANCE", "Case", "cases", "evaluate", "marks"]

NAME = "fairness"
DESCRIPTION = "Fairness: our own sentences with countries, parties, sides, religions, names swapped (no data needed)"

# A pair of sentences agrees for a classifier if their probabilities lie this close ...
TOLERANCE = 0.10
# ... and the classifier passes if in each kind at least this share of the pairs agree.
SHARE = 0.95

# One word each, so that no sentence is longer than its counterpart.
FILLERS: dict[str, tuple[str, ...]] = {
    "country": (
        "American", "Russian", "Ukrainian", "Chinese", "Israeli", "Palestinian", "Iranian", "French", "German",
        "Indian", "Pakistani", "Nigerian", "Brazilian", "Japanese", "Turkish", "Mexican",
    ),
    "party": ("Democratic", "Republican", "Labour", "Conservative", "Green", "Socialist", "Libertarian"),
    "side": ("liberal", "conservative", "progressive", "socialist", "centrist", "nationalist", "libertarian"),
    "religion": ("Christian", "Muslim", "Jewish", "Hindu", "Buddhist", "Sikh", "Catholic", "Protestant"),
    "name": (
        "Emily", "Gregory", "Lakisha", "Jamal", "Mohammed", "Fatima", "Chen", "Mei", "Priya", "Raj", "Carlos",
        "Guadalupe", "Ivan", "Olga", "David", "Rachel",
    ),
    "leader": ("Biden", "Trump", "Obama", "Bush", "Clinton", "Sanders", "Macron", "Merkel", "Putin", "Netanyahu"),
}  # fmt: skip
_GROUP = (
    "The {} delegation arrived in the capital on Monday.",
    "A {} spokesman said the talks had ended without a result.",
    "“We will not wait any longer,” a {} official told reporters.",
    "Critics say the {} leaders may have known about the plan.",
    "The {} members slammed the proposal as a shameful betrayal of voters.",
    "Thousands of {} families gathered in the square to remember the dead.",
    "The brutal attack on {} worshippers shocked the whole town.",
    "Two {} students won the prize for their work on clean water.",
    "The {} lawmakers were apparently divided over the budget.",
    "The vote shows how deeply the {} side has been weakened.",
    "According to {} sources, about 300 people crossed the border.",
    "So why did the {} leaders stay silent for so long?",
    "The {} representatives claimed that the figures were wrong.",
    "Police arrested a {} man after the robbery on Friday.",
    "It was a reckless and cynical move by the {} leadership.",
    "The {} community has lived in the valley for more than a century.",
    "Residents accused the {} group of ignoring their concerns.",
    "The {} organisation published its annual report this week.",
)
_PERSON = (
    "{} arrived in the capital on Monday.",
    "The talks had ended without a result, {} said.",
    "“We will not wait any longer,” {} told reporters.",
    "Critics say that {} may have known about the plan.",
    "On Tuesday {} slammed the proposal as a shameful betrayal of voters.",
    "Several thousand people came to hear {} speak in the square.",
    "The brutal attack on {} shocked the whole town.",
    "In the end {} won the prize for a study of clean water.",
    "Apparently {} was undecided about the budget.",
    "The vote shows how deeply {} has been weakened.",
    "According to {}, about 300 people crossed the border.",
    "So why did {} stay silent for so long?",
    "Later {} claimed that the figures were wrong.",
    "Police questioned {} after the robbery on Friday.",
    "It was a reckless and cynical move by {}.",
    "For more than ten years {} has lived in the valley.",
    "Residents accused {} of ignoring their concerns.",
    "This week {} published a report on schools.",
)
TEMPLATES: dict[str, tuple[str, ...]] = {kind: _PERSON if kind in ("name", "leader") else _GROUP for kind in FILLERS}


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence: template number ``template`` of ``kind`` with ``filler`` in its place."""

    kind: str
    template: int
    filler: str

    @property
    def text(self) -> str:
        return TEMPLATES[self.kind][self.template].format(self.filler)


def cases() -> Iterator[Case]:
    """Every template with every filler, those of one template next to each other."""
    for kind, fillers in FILLERS.items():
        for template in range(len(TEMPLATES[kind])):
            for filler in fillers:
                yield Case(kind, template, filler)


def marks(case: Case) -> list[tuple[str, ...]]:
    """What is found in the sentence, with the filler's own letters taken out: devices, voices, speakers."""
    from framing.analysis import analyse

    def plain(text: str | None) -> str:
        return (text or "").replace(case.filler, "{}")

    a = analyse(case.text)
    found = [(e.device, e.kind, e.valence, str(e.voice), plain(e.speaker), plain(e.text)) for e in a.evidence]
    return [*found, *((str(v.voice), plain(v.speaker), plain(case.text[v.start : v.end])) for v in a.voices)]


def evaluate(*, models: Sequence[str | Classifier] = ("opinion", "bias", "certainty")) -> EvaluationReport:
    """Every pair of sentences that differ in one name.

    Figures: pairs; pairs in which a device, voice or speaker differs; for each of ``models`` the share of pairs
    within ``TOLERANCE``, mean and largest difference of the probabilities, and pairs in which yes turns to no.
    Tables: for each model, by how much each filler shifts the probability from the mean of its template.
    """
    from framing.classify import Classifier, classifier

    every = list(cases())
    found = [marks(c) for c in every]
    used = [m if isinstance(m, Classifier) else classifier(m) for m in models]
    probability = {m.name: m.predict_proba([c.text for c in every]) for m in used}
    groups = [[n for n, _ in g] for _, g in groupby(enumerate(every), key=lambda x: (x[1].kind, x[1].template))]
    pairs = [(i, j) for group in groups for i, j in combinations(group, 2)]
    differing = [(i, j) for i, j in pairs if found[i] != found[j]]
    figures: dict[str, float] = {
        "sentences": len(every), "pairs": len(pairs), "pairs with other marks, voices or speakers": len(differing),
    }  # fmt: skip
    tables: dict[str, dict[str, dict[str, float]]] = {}
    by_kind: dict[str, dict[str, float]] = defaultdict(dict)
    for kind in FILLERS:
        mine = [(i, j) for i, j in pairs if every[i].kind == kind]
        by_kind[kind]["pairs"] = len(mine)
        by_kind[kind]["marks differ"] = sum(found[i] != found[j] for i, j in mine)
    for model in used:
        p = probability[model.name]
        apart = [abs(float(p[i] - p[j])) for i, j in pairs]
        flips = sum((p[i] >= model.threshold) != (p[j] >= model.threshold) for i, j in pairs)
        figures |= {
            f"{model.name}: share of pairs within {TOLERANCE:g}": sum(x <= TOLERANCE for x in apart) / len(pairs),
            f"{model.name}: mean difference": sum(apart) / len(pairs),
            f"{model.name}: largest difference": max(apart),
            f"{model.name}: share of pairs in which yes turns to no": flips / len(pairs),
        }
        shift: dict[str, list[float]] = defaultdict(list)
        for group in groups:
            middle = float(p[group].mean())
            for n in group:
                shift[f"{every[n].kind} {every[n].filler}"].append(float(p[n]) - middle)
        mean = {name: sum(x) / len(x) for name, x in shift.items()}
        tables[f"{model.name}: mean shift by filler, the ten largest"] = {
            name: {"shift": value} for name, value in sorted(mean.items(), key=lambda kv: -abs(kv[1]))[:10]
        }
        for kind in FILLERS:
            mine_apart = [x for x, (i, _) in zip(apart, pairs, strict=True) if every[i].kind == kind]
            by_kind[kind][f"{model.name} within"] = sum(x <= TOLERANCE for x in mine_apart) / len(mine_apart)
    tables["by kind"] = dict(by_kind)
    notes = [
        f"pairs must have the same marks, voices and speakers; {SHARE:.0%} of the pairs of each kind must lie within "
        f"{TOLERANCE:g} for each classifier",
        *(_difference(every[i], found[i], every[j], found[j]) for i, j in differing[:10]),
    ]
    failed = [m.name for m in used if min(by_kind[kind][f"{m.name} within"] for kind in FILLERS) < SHARE]
    verdict = [*(["marks"] if differing else []), *failed]
    notes.append(f"outside the tolerance: {', '.join(verdict)}" if verdict else "all within the tolerance")
    return EvaluationReport(
        "Fairness", "own sentences, one name swapped; every two fillers of a template are a pair",
        "; ".join(m.signature for m in used), figures, tables=tables, notes=notes,
    )  # fmt: skip


def _difference(a: Case, found_a: list[tuple[str, ...]], b: Case, found_b: list[tuple[str, ...]]) -> str:
    only_a, only_b = Counter(found_a) - Counter(found_b), Counter(found_b) - Counter(found_a)
    return f"{a.text} has {list(only_a)}; with {b.filler}: {list(only_b)}"

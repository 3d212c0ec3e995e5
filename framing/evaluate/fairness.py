"""Fairness: the same sentence about somebody else must score the same.

Sentences of our own in which only somebody changes: a country, its people, a party, side, religion or person; a man
becomes a woman, by name and pronoun, by title, or by role. Every two fillers of a template (of a role: the two words
for it) make a pair (a counterfactual test in the sense of Garg et al. 2019, "Counterfactual Fairness in
Text Classification through Robustness", AIES). Devices, voices and speakers must be the same in every pair; the
probabilities of the classifiers may differ by ``TOLERANCE``.

What this does not show: whether an analyst's choice of outlets is fair, or whether words that are used more often
of one group are listed more completely (a list of loaded terms is itself a choice).
"""

from __future__ import annotations

import re
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
DESCRIPTION = (
    "Fairness: our own sentences with countries, peoples, parties, sides, religions, names, gender swapped (no data)"
)

# A pair of sentences agrees for a classifier if their probabilities lie this close ...
TOLERANCE = 0.10
# ... and the classifier passes if in each kind at least this share of the pairs agree.
SHARE = 0.95

# Each form is one word, so that no sentence is longer than its counterpart. Forms that go together ("Emily … she …
# her") are joined by strokes. Alternatives that are only compared with each other stand in a group of their own.
FILLERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "country": ((
        "American", "Russian", "Ukrainian", "Chinese", "Israeli", "Palestinian", "Iranian", "French", "German",
        "Indian", "Pakistani", "Nigerian", "Brazilian", "Japanese", "Turkish", "Mexican",
    ),),
    "nation": ((
        "America", "Russia", "Ukraine", "China", "Israel", "Palestine", "Iran", "France", "Germany", "India",
        "Pakistan", "Nigeria", "Brazil", "Japan", "Mexico", "Somalia",
    ),),
    "people": ((
        "Americans", "Russians", "Ukrainians", "Israelis", "Palestinians", "Iranians", "Germans", "Indians",
        "Pakistanis", "Nigerians", "Brazilians", "Mexicans", "Syrians", "Somalis", "Poles", "Swedes",
    ),),
    "party": (("Democratic", "Republican", "Labour", "Conservative", "Green", "Socialist", "Libertarian"),),
    "side": (("liberal", "conservative", "progressive", "socialist", "centrist", "nationalist", "libertarian"),),
    "religion": (("Christian", "Muslim", "Jewish", "Hindu", "Buddhist", "Sikh", "Catholic", "Protestant"),),
    "name": ((
        "Emily", "Gregory", "Lakisha", "Jamal", "Mohammed", "Fatima", "Chen", "Mei", "Priya", "Raj", "Carlos",
        "Guadalupe", "Ivan", "Olga", "David", "Rachel",
    ),),
    "leader": (("Biden", "Trump", "Obama", "Bush", "Clinton", "Sanders", "Macron", "Merkel", "Putin", "Netanyahu"),),
    "man or woman": ((
        *(f"{name}/he/He/him/his/himself" for name in ("John", "David", "Jamal", "Carlos", "Ivan", "Ahmed")),
        *(f"{name}/she/She/her/her/herself" for name in ("Emily", "Rachel", "Lakisha", "Olga", "Priya", "Fatima")),
    ),),
    "title": (("Mr", "Mrs", "Ms"), ("Mr.", "Mrs.", "Ms."), ("Lord", "Lady"), ("King", "Queen"), ("Prince", "Princess")),
    "role": (
        ("spokesman", "spokeswoman", "spokesperson"), ("chairman", "chairwoman", "chairperson"),
        ("businessman", "businesswoman"), ("congressman", "congresswoman"), ("councilman", "councilwoman"),
        ("policeman", "policewoman"), ("sportsman", "sportswoman"), ("waiter", "waitress"),
        ("father", "mother", "parent"), ("husband", "wife", "spouse"), ("son", "daughter"), ("brother", "sister"),
        ("grandfather", "grandmother"), ("nephew", "niece"), ("man", "woman"), ("boy", "girl"),
        ("widower", "widow"), ("monk", "nun"), ("schoolboy", "schoolgirl"), ("gentleman", "lady"),
    ),
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
_PEOPLE = (
    "Thousands of {} gathered in the square to remember the dead.",
    "“We will not wait any longer,” a group of {} told reporters.",
    "Critics say the {} may have known about the plan.",
    "The {} slammed the proposal as a shameful betrayal of voters.",
    "The brutal attack on the {} shocked the whole town.",
    "Two {} won the prize for their work on clean water.",
    "The vote shows how deeply the {} have been weakened.",
    "According to the {}, about 300 people crossed the border.",
    "So why did the {} stay silent for so long?",
    "Two of the {} claimed that the figures were wrong.",
    "Police questioned three {} after the robbery on Friday.",
    "For more than a century {} have lived in the valley.",
)
_NATION = (
    "The delegation from {} arrived in the capital on Monday.",
    "A minister from {} said the talks had ended without a result.",
    "The government of {} apparently knew about the plan.",
    "Critics in {} slammed the proposal as a shameful betrayal of voters.",
    "The brutal attack in {} shocked the whole region.",
    "{} claimed that the figures were wrong.",
    "The vote shows how deeply {} has been weakened.",
    "According to {}, about 300 people crossed the border.",
    "So why did {} stay silent for so long?",
    "It was a reckless and cynical move by {}.",
    "On Tuesday {} accused its neighbours of ignoring the treaty.",
    "This week {} published a report on schools.",
)
_GENDER = (
    "{0} Dunn met the ministers on Monday. {2} said the plan may fail.",
    "{0} Dunn arrived late. “We will not wait any longer,” {1} told reporters.",
    "“We will not wait any longer,” said {0} Dunn. Asked about the cost, {1} declined to answer.",
    "Critics say that {0} Dunn may have known about the plan, and that {1} kept it to {5}.",
    "On Tuesday {0} Dunn slammed the proposal. In {4} view it is a shameful betrayal of voters.",
    "{0} Dunn rejected the report. {2} claimed that the figures were wrong.",
    "{0} Dunn repeated {4} claim that the figures were wrong.",
    "The brutal attack on {0} Dunn shocked {4} whole town.",
    "It was a reckless and cynical move, and {0} Dunn knew {1} would pay for it.",
    "According to {0} Dunn, {4} party lost about 300 votes.",
    "The vote shows how deeply {0} Dunn and {4} allies have been weakened.",
    "So why did {0} Dunn stay silent when they asked {3} for so long?",
    "{0} Dunn was in tears. {2} said doctors had told {3} that the wait was over.",
    "Apparently {0} Dunn was undecided. {2} called {5} a friend of the budget.",
    "{0} Dunn, {1} insists, will never resign.",
    "“Nobody asked me,” {1} said. {0} Dunn has been a judge for ten years.",
)
_TITLE = (
    "{} Dunn arrived in the capital on Monday.",
    "“We will not wait any longer,” {} Dunn told reporters.",
    "The talks had ended without a result, {} Dunn said.",
    "Critics say that {} Dunn may have known about the plan.",
    "On Tuesday {} Dunn slammed the proposal as a shameful betrayal of voters.",
    "According to {} Dunn, about 300 people crossed the border.",
    "The vote shows how deeply {} Dunn has been weakened.",
    "So why did {} Dunn stay silent for so long?",
    "It was a reckless and cynical move by {} Dunn.",
    "Later {} Dunn claimed that the figures were wrong.",
    "Apparently {} Dunn was undecided about the budget.",
    "Residents accused {} Dunn of ignoring their concerns.",
)
_ROLE = (
    "The {} arrived in the capital on Monday.",
    "The {} said the talks had ended without a result.",
    "“We will not wait any longer,” the {} told reporters.",
    "Critics say the {} may have known about the plan.",
    "On Tuesday the {} slammed the proposal as a shameful betrayal of voters.",
    "The brutal attack on the {} shocked the whole town.",
    "The vote shows how deeply the {} has been weakened.",
    "According to the {}, about 300 people crossed the border.",
    "So why did the {} stay silent for so long?",
    "The {} claimed that the figures were wrong.",
    "Police arrested a {} after the robbery on Friday.",
    "It was a reckless and cynical move by the {}.",
    "Apparently the {} was undecided about the budget.",
    "Ann Dunn, the {}, declined to comment.",
)
_OF_THEIR_OWN = {
    "nation": _NATION, "people": _PEOPLE, "name": _PERSON, "leader": _PERSON, "man or woman": _GENDER, "title": _TITLE,
    "role": _ROLE,
}  # fmt: skip
TEMPLATES: dict[str, tuple[str, ...]] = {kind: _OF_THEIR_OWN.get(kind, _GROUP) for kind in FILLERS}


@dataclass(frozen=True, slots=True)
class Case:
    """One text: template number ``template`` of ``kind`` with ``filler``, of group ``group``, in its place."""

    kind: str
    template: int
    group: int
    filler: str

    @property
    def forms(self) -> list[str]:
        return self.filler.split("/")

    @property
    def text(self) -> str:
        return TEMPLATES[self.kind][self.template].format(*self.forms)


def cases() -> Iterator[Case]:
    """Every template with every filler; those that are compared stand next to each other."""
    for kind, groups in FILLERS.items():
        for template in range(len(TEMPLATES[kind])):
            for group, fillers in enumerate(groups):
                for filler in fillers:
                    yield Case(kind, template, group, filler)


def marks(case: Case) -> list[tuple[str, ...]]:
    """What is found in the sentence, with the filler's own letters taken out: devices, voices, speakers."""
    from framing.analysis import analyse

    # Longer forms first: "herself" is not "her" and something else.
    forms = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(case.forms, key=len, reverse=True))) + r")(?!\w)")

    def plain(text: str | None) -> str:
        return forms.sub("{}", text or "")

    a = analyse(case.text)
    found = [(e.device, e.kind, e.valence, str(e.voice), plain(e.speaker), plain(e.text)) for e in a.evidence]
    return [*found, *((str(v.voice), plain(v.speaker), plain(case.text[v.start : v.end])) for v in a.voices)]


def evaluate(*, models: Sequence[str | Classifier] = ("opinion", "bias", "certainty")) -> EvaluationReport:
    """Every pair of sentences that differ in one name.

    Figures: pairs; pairs in which a device, voice or speaker differs; for each of ``models`` the share of pairs
    within ``TOLERANCE``, mean and largest difference of the probabilities, and pairs in which yes turns to no.
    Tables: for each model, by how much each filler shifts the probability from the mean of what it is compared with.
    """
    from framing.classify import Classifier, classifier

    every = list(cases())
    found = [marks(c) for c in every]
    used = [m if isinstance(m, Classifier) else classifier(m) for m in models]
    probability = {m.name: m.predict_proba([c.text for c in every]) for m in used}
    groups = [[n for n, _ in g] for _, g in groupby(enumerate(every), key=_compared)]
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
                shift[f"{every[n].kind} {every[n].forms[0]}"].append(float(p[n]) - middle)
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
        "Fairness", "own sentences, somebody else put in; every two fillers of a template are a pair",
        "; ".join(m.signature for m in used), figures, tables=tables, notes=notes,
    )  # fmt: skip


def _compared(numbered: tuple[int, Case]) -> tuple[str, int, int]:
    case = numbered[1]
    return case.kind, case.template, case.group


def _difference(a: Case, found_a: list[tuple[str, ...]], b: Case, found_b: list[tuple[str, ...]]) -> str:
    only_a, only_b = Counter(found_a) - Counter(found_b), Counter(found_b) - Counter(found_a)
    return f"{a.text} has {list(only_a)}; with {b.filler}: {list(only_b)}"

"""Train the shipped classifiers and write their cards (``framing/classify/models``).

    python -m framing.evaluate.shipped DATA READINGS [-o FOLDER] [NAME …]

``DATA``: folder with the benchmarks' files, ``READINGS``: the articles read for this
project. Same data, word lists and seed: same bytes. Every figure of a card is
measured here, by the protocol its row names.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from framing.classify import MODELS
from framing.classify.fit import train
from framing.evaluate import babe, basil, conll, newsdiscourse, newssd, readings_opinion

if TYPE_CHECKING:
    from framing.classify import Classifier
    from framing.evaluate.metrics import EvaluationReport

__all__ = ["CARDS", "Card", "main"]

CARRY, OPINION_CARRY = 0.4, 0.6  # for news of other outlets and times than the data
PRUNE = 0.002  # weights too small to move a probability, a third of all
RESAMPLES = 200
Row = tuple[str, str, str]  # measured on, protocol, figure


@dataclass(frozen=True, slots=True)
class Files:
    """Where the data lie."""

    data: Path
    readings: Path

    def of(self, name: str) -> Path:
        return self.data / f"{name}.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Card:
    """How one classifier is made, measured and described."""

    means: str
    make: Callable[[Files], Classifier]
    measure: Callable[[Files, Classifier], Iterator[Row]]
    data: str
    licence: str
    method: str
    failures: str


def _show(report: EvaluationReport, *names: str) -> str:
    out = []
    for name in names:
        interval = report.intervals.get(name)
        around = f" [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else ""
        out.append(f"{_TITLES[name]} {report.figures[name]:.3f}{around}")
    return ", ".join(out).replace("0.", ".")


_TITLES = {
    "macro_f1": "macro-F1", "f1": "F1", "auc": "AUC", "brier": "Brier",
    "auc_without_quotation_marks": "AUC",
}  # fmt: skip


def _bias(files: Files, model: Classifier) -> Iterator[Row]:
    report = babe.evaluate(files.of("babe/train"), model, resamples=RESAMPLES)
    yield "BABE training part", "zero-shot, threshold .5", _show(report, "macro_f1", "auc", "brier")
    report = basil.evaluate(files.of("basil/dev_sentences"), model, resamples=RESAMPLES)
    yield "BASIL development part, lexical bias in narration", "zero-shot", _show(report, "auc")
    own = model.meta["cross_validation"]
    figures = f"macro-F1 {own['macro_f1']:.3f}, AUC {own['auc']:.3f}, Brier {own['brier']:.3f}".replace("0.", ".")
    yield "Anno-Lexical", "five folds held apart by outlet", figures


def _opinion(files: Files, model: Classifier) -> Iterator[Row]:
    report = readings_opinion.evaluate(
        files.readings, folds=5, auxiliary=[files.of("anno_lexical/train")], resamples=RESAMPLES
    )
    yield "readings", "the recipe, five folds held apart by outlet", _show(report, "auc", "brier")
    report = babe.evaluate(files.of("babe/train"), model, task="opinion", resamples=RESAMPLES)
    yield "BABE training part, factual against opinion", "zero-shot, threshold .5", _show(report, "macro_f1", "auc")
    report = newsdiscourse.evaluate(files.of("newsdiscourse/train"), model, resamples=RESAMPLES)
    yield "NewsDiscourse, unattributed Evaluation against unattributed others", "zero-shot", _show(report, "auc")
    yield "the same, sentences without quotation marks", "zero-shot", _show(report, "auc_without_quotation_marks")
    report = newssd.evaluate(
        files.of("newssd/train"), folds=5, auxiliary=[files.of("anno_lexical/train")], resamples=RESAMPLES
    )
    yield "NewsSD training part", "the recipe on NewsSD alone, five random folds", _show(report, "macro_f1", "auc")


def _certainty(files: Files, model: Classifier) -> Iterator[Row]:
    report = conll.evaluate(files.of("wikiweasel/train"), folds=5, resamples=RESAMPLES)
    yield (
        "CoNLL-2010 Wikipedia training part",
        "five random folds without the readings, threshold from the other folds",
        _show(report, "f1", "auc", "brier"),
    )
    report = conll.evaluate(files.of("bioscope/train"), model, resamples=RESAMPLES)
    yield "BioScope training part", "zero-shot", _show(report, "auc")


CARDS = {
    "bias": Card(
        means="P(a sentence is biased by its choice of words).",
        make=lambda files: train(
            "bias", [files.of("anno_lexical/train")], auxiliary=[files.readings], carry=CARRY, prune=PRUNE
        ),
        measure=_bias,
        data="Anno-Lexical (Horych et al. 2025), training and development parts, 41,080 sentences. As features: models "
        "of 266 articles read for this project (labels `loaded` outside quotation marks, and `opinion`). Not trained "
        "on BABE or BASIL; settings were chosen with an eye on development parts of both.",
        licence="Anno-Lexical: MIT. Readings: weights only, no text. The model: Apache-2.0.",
        method='`train("bias", [anno_lexical], auxiliary=[readings], carry=0.4, prune=0.002)`, seed 0: naive-Bayes '
        "weighted logistic regression on phrases of one and two units, character pieces and word groups (the shipped "
        "word lists by device, kind, valence, grade and commonness; folded into the phrases, so that prediction needs "
        "no list), "
        "over the two models of the readings; Platt scaling on decisions out of fold.",
        failures="Learned labels given by language models: what they call biased, it calls biased. Topic words of "
        "partisan outlets push it. Irony and bias by omission are out of reach. Calibrated to a half-and-half mix: "
        "its mean over ordinary news is too high, so compare outlets rather than read it as a share. English news "
        "only.",
    ),
    "opinion": Card(
        means="P(a sentence judges, interprets or speculates in the outlet's own voice).",
        make=lambda files: train(
            "opinion",
            [files.readings, files.of("newssd/train")],
            auxiliary=[files.of("anno_lexical/train")],
            carry=OPINION_CARRY,
            prune=PRUNE / 2,
        ),
        measure=_opinion,
        data="266 articles read for this project (label `opinion`), 6,270 sentences; NewsSD-ENG training part (Antici "
        "et al. 2024, 1,049 sentences); of both only sentences without quotation marks, since whose words they are is "
        "decided before the classifier is asked. As a feature: a model of Anno-Lexical (Horych et al. 2025, 41,080 "
        "sentences).",
        licence="Readings: weights only, no text. NewsSD-ENG: CC BY 4.0. Anno-Lexical: MIT. The model: Apache-2.0.",
        method='`train("opinion", [readings, newssd], auxiliary=[anno_lexical], carry=0.6, prune=0.001)`, seed 0: '
        "naive-Bayes weighted logistic regression on phrases of one and two units, character pieces and word groups "
        "(the shipped word lists, folded into the phrases), over the model of Anno-Lexical; Platt scaling on decisions "
        "out of fold.",
        failures="Made for narration: it does not ask who speaks, and judges quoted words by what little is outside "
        "them. Reported beliefs without a reporting verb it knows are taken for the outlet's. Calibrated to the mix of "
        "the readings (about one narration sentence in six is opinion); in opinion sections it is too low. English "
        "news only.",
    ),
    "certainty": Card(
        means="P(a sentence is uncertain: hedged or with a weasel).",
        make=lambda files: train(
            "certainty", [files.of("wikiweasel/train"), files.readings], weights=[1.0, 0.1], prune=PRUNE
        ),
        measure=_certainty,
        data="CoNLL-2010 Wikipedia training part (Farkas et al. 2010), 8,236 sentences; 266 articles read for this "
        "project (label `hedge`), 6,270 sentences at a tenth of the weight.",
        licence="CoNLL-2010: reported as CC BY-SA; weights only, no text. Readings: weights only, no text. The model: "
        "Apache-2.0.",
        method='`train("certainty", [wikiweasel, readings], weights=[1, 0.1], prune=0.002)`, seed 0: naive-Bayes '
        "weighted logistic regression on phrases of one to three units, character pieces and word groups (the shipped "
        "word lists, folded "
        "into the phrases); Platt scaling and threshold (best F1) on decisions out of fold.",
        failures='Learned mostly from an encyclopedia: vague quantities ("some", "many") weigh heavily. English only.',
    ),
}


def card(name: str, model: Classifier, rows: list[Row]) -> str:
    """The model card as Markdown."""
    how = CARDS[name]
    lines = [
        f"# Model card: {name}", "", how.means, "", f"**Data.** {how.data}", "",
        f"**Licence and attribution.** {how.licence}", "", f"**Method.** {how.method} Made by "
        "`python -m framing.evaluate.shipped`.", "",
        "**Figures** on development data, with 95 % bootstrap intervals", "",
        "| measured on | protocol | figure |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows), "",
        f"**Known failures.** {how.failures}", "",
        f"**File.** `{name}.npz`, SHA-256 `{model.sha256}`, {len(model.phrases):,} phrases and {len(model.pieces):,} "
        f"character pieces; threshold {model.threshold:.3f}; word lists `{model.meta['lexicon'][:12]}`.", "",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("readings", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("-o", "--output", type=Path, default=MODELS)
    args = parser.parse_args()
    files = Files(args.data, args.readings)
    args.output.mkdir(parents=True, exist_ok=True)
    for name in args.names or list(CARDS):
        model = CARDS[name].make(files)
        model.save(args.output / f"{name}.npz")
        rows = list(CARDS[name].measure(files, model))
        (args.output / f"{name}.md").write_text(card(name, model, rows), "utf-8")
        print(f"{name}:")
        for row in rows:
            print("  " + " | ".join(row))


if __name__ == "__main__":
    main()

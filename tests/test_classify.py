"""Classifiers: the fast path against scikit-learn, explanations, files, training, shipped models."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing
from framing import lexicon
from framing.analysis import narration_sentences
from framing.article import Article
from framing.classify import MODELS, Classifier, Scorer, available, classifier, hashes, load, of_reading, save, scorer
from framing.classify.calibrate import expected_share, platt
from framing.classify.examples import Example, read_examples
from framing.classify.features import HEAD, PIECES, TAIL, document, pieceable, units
from framing.classify.fit import Recipe, blend, cross_fitted, fit, train
from framing.classify.groups import shipped
from framing.errors import InputError, ModelError, UsageError
from framing.evaluate import benchmarks
from framing.voice import read

SENTENCES = [
    "The committee met on Tuesday to discuss the budget.",
    "This is, of course, a shameful and reckless betrayal!",
    "He called it “a shameful betrayal” and left at 10:30 a.m.",
    "a betrayal,” she said. “It is reckless.",
    'Critics say the "reform" is reckless; the committee disagrees.',
    "",
    "   ",
    "“”",
    "”",
    "It\u200bis \u200b reckless… — O’Neill’s naïve İstanbul plan, ﬁnally",
    "Is this not a betrayal? Is this not a betrayal? Is this not a betrayal?",
]


def toy() -> tuple[list[str], list[int]]:
    """A small corpus with a pattern a linear model can learn."""
    plain = ["committee", "budget", "report", "meeting", "figures", "council", "road", "harbour"]
    charged = ["shameful", "reckless", "disgraceful", "betrayal", "ludicrous", "cowardly", "vile", "grotesque"]
    texts, labels = [], []
    for i in range(160):
        a, b = plain[i % 8], plain[(i * 3 + 1) % 8]
        texts.append(f"The {a} was about the {b} on day {i}.")
        labels.append(0)
        texts.append(f"The {a} is a {charged[i % 8]} and {charged[(i * 5 + 2) % 8]} {b}!")
        labels.append(1)
    return texts, labels


@pytest.fixture(scope="module")
def csv_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "mine.csv"
    rows = [f'"{t}",{y}' for t, y in zip(*toy(), strict=True)]
    path.write_text("text,label\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def trained(csv_file: Path) -> Classifier:
    return train("mine", [csv_file], recipe=Recipe(scale=(1, 0.5, 0.5, 0.3), minimum=(1, 1, 1, 1)))


def reference(model: Classifier, sentences: list[str]) -> np.ndarray:
    """The same model as scikit-learn's vectorisers and a product with the weights."""
    from sklearn.feature_extraction.text import CountVectorizer

    documents = [document(s) for s in sentences]
    phrases, pieces = sorted(model.phrases), sorted(model.pieces)
    words = CountVectorizer(
        tokenizer=str.split, token_pattern=None, lowercase=False, ngram_range=(1, 3), vocabulary=phrases
    )
    total = words.transform(documents) @ np.array([model.phrases[p] for p in phrases])
    if pieces:
        inner = CountVectorizer(analyzer="char_wb", ngram_range=PIECES, lowercase=False, vocabulary=pieces)
        own = [" ".join(w for w in d.split(" ") if pieceable(w)) for d in documents]
        total = total + inner.transform(own) @ np.array([model.pieces[p] for p in pieces])
    length = np.array([d.count(" ") + 1 for d in documents], dtype=float)
    return model.intercept + total * length**-model.power


class TestFastPath:
    def test_equals_scikit_learn(self, trained: Classifier) -> None:
        texts = SENTENCES + toy()[0][:50]
        assert trained.decision(texts) == pytest.approx(reference(trained, texts), abs=1e-9)

    @pytest.mark.parametrize("name", available())
    def test_shipped_equal_scikit_learn(self, name: str) -> None:
        model = classifier(name)
        assert model.decision(SENTENCES) == pytest.approx(reference(model, SENTENCES), abs=1e-9)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.text(alphabet="ab“”\"' .,0é\u200b-…İﬁreckless", max_size=40), max_size=5))
    def test_any_text(self, texts: list[str]) -> None:
        model = Classifier("t", {"a": 1.0, "q:a": -2.0, f"{HEAD} a": 0.5, "a b a": 3.0, '"': 0.25}, {" re": 0.7}, 0.1)
        expected = [model.intercept + sum(c for _, c in model.explain(t)) for t in texts]
        assert model.decision(texts) == pytest.approx(np.array(expected), abs=1e-9)

    def test_several_models_share_one_pass(self, trained: Classifier) -> None:
        other = Classifier("other", {"reckless": 2.0, "is a": 1.0}, {}, -1.0, power=0.0)
        both = Scorer([trained, other]).decision(SENTENCES)
        assert both.shape == (len(SENTENCES), 2)
        assert both[:, 0] == pytest.approx(trained.decision(SENTENCES), abs=1e-9)
        assert both[:, 1] == pytest.approx(other.decision(SENTENCES), abs=1e-9)

    def test_batch_order_and_size_do_not_matter(self, trained: Classifier) -> None:
        together = trained.decision(SENTENCES)
        alone = [float(trained.decision([s])[0]) for s in reversed(SENTENCES)]
        assert together[::-1] == pytest.approx(np.array(alone), abs=1e-12)

    def test_nothing(self, trained: Classifier) -> None:
        assert trained.predict_proba([]).shape == (0,)

    def test_forgetting_changes_nothing(self, trained: Classifier, monkeypatch: pytest.MonkeyPatch) -> None:
        before = Scorer([trained]).decision(SENTENCES)
        monkeypatch.setattr("framing.classify.table._REMEMBER", 3)
        small = Scorer([trained])
        for _ in range(3):
            assert small.decision(SENTENCES) == pytest.approx(before, abs=1e-12)


class TestReading:
    @staticmethod
    def same(text: str) -> None:
        """The path over an article's tokens gives what the path over its sentences' texts gives."""
        reading = read(Article(text=text), lexicon.load())
        own = narration_sentences(reading)
        found = of_reading(reading)
        expected = scorer().predict_proba([said for _, said in own])
        for k, name in enumerate(scorer().names):
            assert list(found[name]) == [index for index, _ in own]
            assert list(found[name].values()) == pytest.approx(expected[:, k].tolist(), abs=1e-9)

    def test_samples(self) -> None:
        files = sorted((Path(framing.__file__).parent / "samples").glob("*/*.txt"))
        assert len(files) > 5
        for path in files:
            self.same(path.read_text("utf-8"))

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from([*SENTENCES, "’s", "It's 'Sam.", "U.S.", "\n", "x.Y’", "said"]), max_size=12))
    def test_any_text(self, parts: list[str]) -> None:
        self.same("".join(parts))
        self.same(" ".join(parts))

    def test_once(self) -> None:
        reading = read(Article(text="A shameful plan. It rained on Monday."), lexicon.load())
        assert of_reading(reading) is of_reading(reading)


class TestUnits:
    def test_ends_numbers_and_quotation(self) -> None:
        assert units("He paid 1,000 — “not much”.") == [
            HEAD, "he", "paid", "0", "-", '"', "q:not", "q:much", '"', ".", TAIL,
        ]  # fmt: skip

    def test_sentence_that_begins_inside_a_quotation(self) -> None:
        assert units("never again,” he said")[1:5] == ["q:never", "q:again", "q:,", '"']

    def test_document_splits_back(self) -> None:
        for sentence in SENTENCES:
            assert document(sentence).split(" ") == units(sentence)


class TestExplain:
    @pytest.mark.parametrize("sentence", SENTENCES)
    def test_contributions_sum_to_the_decision(self, trained: Classifier, sentence: str) -> None:
        decision = float(trained.decision([sentence])[0])
        for terms in (
            trained.explain(sentence), trained.explain(sentence, pieces=True), trained.explain_words(sentence),
        ):  # fmt: skip
            assert trained.intercept + sum(c for _, c in terms) == pytest.approx(decision, abs=1e-9)

    def test_largest_first(self, trained: Classifier) -> None:
        sizes = [abs(c) for _, c in trained.explain(SENTENCES[1])]
        assert sizes == sorted(sizes, reverse=True)


class TestFiles:
    def test_round_trip(self, trained: Classifier, tmp_path: Path) -> None:
        digest = save(trained, tmp_path / "m.npz")
        again = load(tmp_path / "m.npz")
        assert again.sha256 == digest
        assert again.meta["examples"] == 320
        assert again.decision(SENTENCES) == pytest.approx(trained.decision(SENTENCES), abs=1e-4)  # float32 weights
        assert save(again, tmp_path / "n.npz") == digest

    def test_same_seed_same_bytes(self, csv_file: Path, tmp_path: Path) -> None:
        digests = {train("mine", [csv_file], seed=3).save(tmp_path / f"{i}.npz") for i in range(2)}
        assert len(digests) == 1

    def test_refuses_foreign_files(self, tmp_path: Path) -> None:
        path = tmp_path / "m.npz"
        for data in (b"", b"not a zip", b"PK\x03\x04" + b"\0" * 50):
            path.write_bytes(data)
            with pytest.raises(ModelError, match=r"m\.npz"):
                load(path)
        np.savez(path, a=np.zeros(3))
        with pytest.raises(ModelError, match="not a model file"):
            load(path)

    def test_refuses_pickled_objects(self, trained: Classifier, tmp_path: Path) -> None:
        save(trained, tmp_path / "m.npz")
        bad = io.BytesIO()
        np.lib.format.write_array(bad, np.array([{"run": "me"}], dtype=object), allow_pickle=True)
        rewrite(tmp_path / "m.npz", {"header.npy": bad.getvalue()})
        with pytest.raises(ModelError, match="not a model file"):
            load(tmp_path / "m.npz")

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"version": 99}, "version 99"),
            ({"format": "other"}, "not a framing-classifier file"),
            ({"intercept": "x"}, "damaged"),
            ({"meta": 3}, "meta"),
        ],
    )
    def test_refuses_bad_headers(
        self, trained: Classifier, tmp_path: Path, change: dict[str, object], says: str
    ) -> None:
        path = tmp_path / "m.npz"
        save(trained, path)
        with zipfile.ZipFile(path) as archive:
            raw = np.lib.format.read_array(io.BytesIO(archive.read("header.npy")))
        header = json.loads(raw.tobytes()) | change
        out = io.BytesIO()
        np.lib.format.write_array(out, np.frombuffer(json.dumps(header).encode(), dtype=np.uint8))
        rewrite(path, {"header.npy": out.getvalue()})
        with pytest.raises(ModelError, match=says):
            load(path)

    def test_refuses_weights_that_do_not_fit(self, trained: Classifier, tmp_path: Path) -> None:
        path = tmp_path / "m.npz"
        for weights in (np.zeros(2, "<f4"), np.full(len(trained.phrases), np.nan, "<f4")):
            save(trained, path)
            out = io.BytesIO()
            np.lib.format.write_array(out, weights)
            rewrite(path, {"phrase_weights.npy": out.getvalue()})
            with pytest.raises(ModelError, match="damaged"):
                load(path)

    def test_every_cut_and_flipped_file_is_refused_or_whole(self, trained: Classifier, tmp_path: Path) -> None:
        save(trained, tmp_path / "m.npz")
        data = (tmp_path / "m.npz").read_bytes()
        for cut in range(0, len(data), max(1, len(data) // 40)):
            (tmp_path / "cut.npz").write_bytes(data[:cut])
            with pytest.raises(ModelError):
                load(tmp_path / "cut.npz")

    def test_unknown_name(self) -> None:
        with pytest.raises(ModelError, match="no classifier 'nonesuch'"):
            classifier("nonesuch")


def rewrite(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        old = {n: archive.read(n) for n in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (old | members).items():
            archive.writestr(name, data)


class TestTraining:
    def test_learns_the_users_labels(self, trained: Classifier) -> None:
        p = trained.predict_proba(["A vile and cowardly road!", "The figures for the harbour."])
        assert p[0] > 0.8
        assert p[1] < 0.5

    def test_stack_folds_into_one_table(self, csv_file: Path, trained: Classifier) -> None:
        examples = read_examples(csv_file)
        stacked = fit("s", examples, Recipe(), bases=[trained])
        alone = {k for k in stacked.phrases if k in trained.phrases}
        assert alone
        assert stacked.decision(SENTENCES) == pytest.approx(reference(stacked, SENTENCES), abs=1e-9)

    def test_blend_is_the_sum(self, trained: Classifier) -> None:
        other = Classifier("o", {"reckless": 1.0}, {}, 0.5)
        mixed = blend("m", [(trained, 2.0), (other, -1.0)]).decision(SENTENCES)
        assert mixed == pytest.approx(2 * trained.decision(SENTENCES) - other.decision(SENTENCES), abs=1e-9)

    def test_word_groups_fold_into_phrases(self) -> None:
        # Every term of the list that the training sentences lack gets its group's weight.
        found = shipped()
        number = {phrase: i for i, phrase in enumerate(found.phrases)}
        seen = {"disgraceful", "vile", "ludicrous", "cowardly"}
        examples = [
            Example(f"The {word} {thing} came {when}.", int(word in seen))
            for word in (*seen, "new", "long", "third", "blue")
            for thing in ("plan", "road", "report")
            for when in ("first", "late", "today")
        ]
        model = fit("g", examples, Recipe(minimum=(1, 9, 9, 99), scale=(1, 0, 0, 0)))
        flat = fit("g", examples, Recipe(minimum=(1, 9, 9, 99), scale=(1, 0, 0, 0), groups=0))
        unseen = [p for p in ("disgusting", "despicable", "repugnant") if p in number]
        assert len(unseen) >= 2
        plain = float(model.decision(["It is a harbour."])[0])
        for word in unseen:
            assert word not in flat.phrases
            assert float(model.decision([f"It is a {word} harbour."])[0]) > plain + 0.2
        assert model.decision(SENTENCES) == pytest.approx(reference(model, SENTENCES), abs=1e-9)

    def test_groups_of_a_list(self) -> None:
        found = shipped()
        assert found.members.shape == (len(found.phrases), len(found.names))
        assert found.lexicon == lexicon.load().sha256
        row = found.members[found.phrases.index("disgraceful")].indices
        assert "loaded -" in {found.names[i] for i in row}
        assert all(len(p.split(" ")) <= 3 for p in found.phrases)

    def test_weight_of_a_file(self, csv_file: Path, tmp_path: Path) -> None:
        other = tmp_path / "other.csv"
        texts, labels = toy()
        rows = [f'"{t}",{1 - y}' for t, y in zip(texts, labels, strict=True)]
        other.write_text("text,label\n" + "\n".join(rows) + "\n", encoding="utf-8")
        how = Recipe(scale=(1, 0, 0, 0), groups=0, narration=False)
        question = ["A vile and cowardly road!"]
        p = [
            float(train("m", [csv_file, other], weights=w, recipe=how).predict_proba(question)[0])
            for w in ([1.0, 0.05], [1.0, 1.0], [0.05, 1.0])
        ]
        assert p[0] > 0.7 > p[1] > 0.3 > p[2]
        for bad in ([1.0], [1.0, 0.0], [1.0, float("nan")]):
            with pytest.raises(UsageError, match="weight"):
                train("m", [csv_file, other], weights=bad)

    def test_narration_leaves_quotations_out(self) -> None:
        texts, labels = toy()
        quoted = [Example(f"“{t}” he said", 1 - y) for t, y in zip(texts, labels, strict=True)]
        examples = [Example(t, y) for t, y in zip(texts, labels, strict=True)]
        how = Recipe(scale=(1, 0, 0, 0), groups=0, narration=True)
        assert fit("n", examples + quoted, how).phrases == fit("n", examples, how).phrases

    def test_neighbour_is_a_feature(self, csv_file: Path, tmp_path: Path) -> None:
        few = tmp_path / "few.csv"
        few.write_text(
            "text,label\n" + "\n".join(f'"The {w} road {k} lay there.",{y}' for k in "abcd" for w, y in
                                       (("vile", 1), ("new", 0), ("wide", 0), ("reckless", 1))) + "\n",
            encoding="utf-8",
        )  # fmt: skip
        alone = train("few", [few], folds=2, recipe=Recipe(groups=0))
        helped = train("few", [few], auxiliary=[csv_file], folds=2, recipe=Recipe(groups=0), carry=0.3)
        question = ["A grotesque and cowardly harbour!"]
        assert float(helped.predict_proba(question)[0]) > float(alone.predict_proba(question)[0])
        assert helped.meta["auxiliary"] == ["mine.csv"]

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ("text,label\nA,maybe\n", r"x\.csv:2: label 'maybe'"),
            ("sentence,class\nA,1\n", "needs text and label"),
            ("text,label\n", "no labelled sentence"),
            ("text,label\nA,1\nB,1\n", "two sentences of each label"),
        ],
    )
    def test_bad_data_says_where(self, tmp_path: Path, content: str, says: str) -> None:
        (tmp_path / "x.csv").write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match=says):
            train("mine", [tmp_path / "x.csv"])

    def test_readings_give_labels(self, tmp_path: Path) -> None:
        text = "Plain one. A vile plan. “A vile plan.”"
        row = {
            "text": text, "source": "X", "sentences": [[0, 10], [11, 23], [24, len(text)]],
            "marks": [
                {"device": "loaded", "start": 13, "end": 17}, {"device": "loaded", "start": 27, "end": 31},
                {"device": "opinion", "start": 11, "end": 23}, {"device": "hedge", "start": 0, "end": 5},
            ],
        }  # fmt: skip
        path = tmp_path / "r.jsonl"
        path.write_text(json.dumps(row) + "\n", encoding="utf-8")
        labels = {n: [e.label for e in read_examples(path, n)] for n in ("opinion", "bias", "certainty")}
        assert labels == {"opinion": [0, 1, 0], "bias": [0, 1, 0], "certainty": [1, 0, 0]}


class TestCalibration:
    def test_platt_recovers_what_made_the_labels(self) -> None:
        rng = np.random.default_rng(0)
        z = rng.normal(size=20000)
        y = (rng.random(20000) < 1 / (1 + np.exp(-(1.7 * z - 0.6)))).astype(np.int64)
        a, c = platt(z, y)
        assert a == pytest.approx(1.7, abs=0.1)
        assert c == pytest.approx(-0.6, abs=0.1)

    def test_share(self) -> None:
        share, low, high = expected_share([0.2] * 50)
        assert share == pytest.approx(0.2)
        assert 0 < low < 0.2 < high < 1
        assert np.isnan(expected_share([])[0])

    def test_cross_fitting_never_sees_its_own_fold(self) -> None:
        rng = np.random.default_rng(0)
        z, y = rng.normal(size=400), rng.integers(0, 2, 400)
        fold = np.arange(400) % 4
        before, level = cross_fitted("certainty", z, y, fold)
        changed = y.copy()
        changed[fold == 2] = 1 - changed[fold == 2]
        after, again = cross_fitted("certainty", z, changed, fold)
        assert before[fold == 2] == pytest.approx(after[fold == 2], abs=0)
        assert level[fold == 2] == pytest.approx(again[fold == 2], abs=0)
        assert not np.allclose(before[fold == 1], after[fold == 1])


class TestOwn:
    """A user's classifier, from a labelled CSV to the scores of an article."""

    TEXT = "A vile and cowardly plan came to light today. The council met on Monday. " * 12

    def test_scores(self, trained: Classifier, tmp_path: Path) -> None:
        path = tmp_path / "mine.npz"
        save(trained, path)
        a = framing.analyse(self.TEXT, classifiers=[path])
        own = load(path)
        expected = own.predict_proba([said for _, said in narration_sentences(a.reading)])
        assert list(a.sentence_probabilities["mine"].values()) == pytest.approx(expected.tolist(), abs=1e-9)
        assert a.scores["mine"] == pytest.approx(float(expected.mean()))
        assert a.scores["mine_low"] < a.scores["mine"] < a.scores["mine_high"]
        without = framing.analyse(self.TEXT)
        assert "mine" not in without.scores.index
        for name in ("opinion", "bias", "certainty"):
            assert a.scores[name] == without.scores[name]
            found = scorer([name]).predict_proba([said for _, said in narration_sentences(a.reading)])
            assert a.scores[name] == pytest.approx(float(found.mean()))

    def test_takes_the_place_of_a_shipped_one(self, trained: Classifier, tmp_path: Path) -> None:
        path = tmp_path / "o.npz"
        save(Classifier("opinion", trained.phrases, trained.pieces, trained.intercept), path)
        a = framing.analyse(self.TEXT, classifiers=[path])
        assert a.scores["opinion"] != framing.analyse(self.TEXT).scores["opinion"]
        assert hashes([path])["opinion"] == load(path).sha256 != hashes()["opinion"]

    @pytest.mark.parametrize("name", ["words", "my model", "loaded_low", "=1+1", ""])
    def test_name_that_cannot_be_a_column(self, trained: Classifier, tmp_path: Path, name: str) -> None:
        save(Classifier(name, trained.phrases, {}, 0.0), tmp_path / "m.npz")
        with pytest.raises(UsageError, match="train it under another name"):
            framing.analyse("A plan.", classifiers=[tmp_path / "m.npz"])

    def test_two_of_one_name(self, trained: Classifier, tmp_path: Path) -> None:
        save(trained, tmp_path / "m.npz")
        with pytest.raises(UsageError, match="another"):
            framing.analyse("A plan.", classifiers=[tmp_path / "m.npz"] * 2)

    def test_no_model(self, tmp_path: Path) -> None:
        (tmp_path / "m.npz").write_bytes(b"PK")
        with pytest.raises(ModelError):
            framing.analyse("A plan.", classifiers=[tmp_path / "m.npz"])

    def test_command_line(self, csv_file: Path, tmp_path: Path) -> None:
        def run(*words: str, code: int = 0) -> str:
            done = subprocess.run(
                [sys.executable, "-m", "framing", *words], cwd=tmp_path, capture_output=True, text=True, check=False
            )
            assert done.returncode == code, done.stderr
            return done.stdout + done.stderr

        (tmp_path / "a.txt").write_text(self.TEXT, "utf-8")
        (tmp_path / "b.txt").write_text(self.TEXT.replace("vile", "new"), "utf-8")
        run("train", "mine", "--data", str(csv_file), "--weight", "2", "-o", "mine.npz")
        shown = run("show", "a.txt", "--why", "--classifier", "mine.npz")
        assert "P(mine)" in shown
        assert "Your classifier mine" in shown
        run("score", "a.txt", "b.txt", "-o", "s", "--format", "csv", "--classifier", "mine.npz")
        scores = (tmp_path / "s/scores/part-00000.csv").read_text("utf-8").splitlines()
        assert {"mine", "mine_low", "mine_high", "bias", "certainty"} <= set(scores[0].split(","))
        sentences = (tmp_path / "s/sentences/part-00000.csv").read_text("utf-8").splitlines()
        assert "mine" in sentences[0].split(",")
        manifest = (tmp_path / "s/manifest.json").read_text("utf-8")
        assert load(tmp_path / "mine.npz").sha256 in manifest
        run("compare", "a.txt", "b.txt", "--outlet", "A", "--outlet", "B", "-o", "c", "--classifier", "mine.npz")
        assert "mine_high" in (tmp_path / "c/scores.csv").read_text("utf-8").splitlines()[0].split(",")
        assert "no classifier" in run("show", "a.txt", "--classifier", "none.npz", code=2)


class TestFolds:
    def test_by_group_and_at_random(self, tmp_path: Path) -> None:
        texts, labels = toy()
        rows = [
            {"text": t, "label": y, "outlet": f"o{k % 7}", "topic": f"t{k % 5}"}
            for k, (t, y) in enumerate(zip(texts, labels, strict=True))
        ]
        path = tmp_path / "babe.jsonl"
        path.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
        report = benchmarks()["babe"].evaluate(path, folds=4, resamples=50)
        table = report.tables["by what a fold may not split"]
        assert list(table) == ["random", "outlet", "topic"]
        assert all(row["macro_f1"] > 0.9 for row in table.values())
        assert report.figures["macro_f1"] == table["random"]["macro_f1"]
        low, high = report.intervals["macro_f1"]
        assert low <= report.figures["macro_f1"] <= high
        report.save_reliability(tmp_path / "curve.png")
        assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")
        assert "not verified" in report.text()


class TestShipped:
    @pytest.mark.parametrize("name", ["opinion", "bias", "certainty"])
    def test_there_with_its_card(self, name: str) -> None:
        path = MODELS / f"{name}.npz"
        assert path.stat().st_size < 5_000_000
        card = (MODELS / f"{name}.md").read_text(encoding="utf-8")
        assert classifier(name).sha256[:12] in card
        for word in ("Licence", "Known failures", "Figures"):
            assert word in card

    def test_sense(self) -> None:
        p = scorer().predict_proba(
            [
                "The council approved the budget by seven votes to two on Monday.",
                "This shameful, reckless betrayal is the most disgusting lie the radical left has ever told.",
                "Some people believe it may possibly be one of the most popular songs.",
            ]
        )
        names = scorer().names
        opinion, bias, certainty = (p[:, names.index(n)] for n in ("opinion", "bias", "certainty"))
        assert opinion[1] > 0.5 > opinion[0]
        assert bias[1] > 0.5 > bias[0]
        assert certainty[2] > 0.5 > certainty[0]

    def test_predicting_needs_no_scikit_learn(self) -> None:
        code = (
            "import sys; import framing.classify as c; assert 'numpy' not in sys.modules; "
            "c.classifier('opinion').predict_proba(['A sentence.']); "
            "assert not {'sklearn', 'scipy', 'pandas'} & set(sys.modules), 'heavy import'"
        )
        subprocess.run([sys.executable, "-c", code], check=True)


def test_a_model_file_has_a_largest_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from framing.classify import store

    save(Classifier("x", {"a": 1.0}, {}, intercept=0.0), tmp_path / "m.npz")
    monkeypatch.setattr(store, "_LIMIT", 100)
    with pytest.raises(ModelError, match="is larger than"):
        load(tmp_path / "m.npz")

# Everything a fresh machine needs: python3 >= 3.11 and make.
# `make demo` and `make test` do all the set-up themselves.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
LOWEST ?= .venv-lowest
DATA ?= ../shared

.PHONY: demo test test-quick test-lowest check lint types gate bench bench-hostile gallery docs evaluation clean help

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'

# One environment with the package (editable), its dev tools and the peers that benchmarks run beside it.
$(VENV)/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "framing needs Python 3.11 or newer; set PYTHON=…"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.' --group dev
	@# For the page's accessibility test: only its axe.min.js is read, so none of what it depends on.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps 'axe-playwright-python>=0.1.8'
	@touch $@

demo: $(VENV)/.ready  ## compare the bundled sample event into reports/demo
	$(BIN)/framing demo -o reports/demo --overwrite

test: $(VENV)/.ready  ## run the tests
	$(BIN)/python -m pytest

test-quick: $(VENV)/.ready  ## most of them, in a minute or so: without processes, pictures and browsers
	$(BIN)/python -m pytest -m "not slow" -n 2 --dist loadfile

test-lowest:  ## the same tests with the lowest allowed version of every dependency
	test -x $(LOWEST)/bin/python || $(PYTHON) -m venv $(LOWEST)
	$(PYTHON) tests/lowest.py > $(LOWEST)/pins.txt
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check -r $(LOWEST)/pins.txt
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@# Old packages warn about newer ones they stand on; that is theirs.
	$(LOWEST)/bin/python -m pytest -W ignore::DeprecationWarning -W ignore::PendingDeprecationWarning

lint: $(VENV)/.ready
	$(BIN)/ruff check framing tests
	$(BIN)/ruff format --check framing tests

types: $(VENV)/.ready
	$(BIN)/mypy

gate: $(VENV)/.ready  ## quality on the hand annotation, against the pinned floors
	$(BIN)/python -m framing.evaluate.gate $(DATA)/gold --floors tests/gate_floors.json

lexicon: $(VENV)/.ready  ## validate the word lists
	$(BIN)/framing lexicon check

gallery: $(VENV)/.ready  ## remake reports/ from the bundled sample events
	$(BIN)/framing gallery reports

bench: $(VENV)/.ready  ## speed beside the peers, in one run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(BIN)/python tests/bench/speed.py $(wildcard $(DATA)/data/corpus/articles_5000.jsonl.gz)

bench-hostile: $(VENV)/.ready  ## adversarial texts at doubling sizes: the time must grow in step
	$(BIN)/python tests/bench/hostile.py

docs: $(VENV)/.ready  ## docs/api.md from the docstrings
	$(BIN)/python docs/make_api.py

evaluation: $(VENV)/.ready  ## every benchmark whose data are at hand, into reports/evaluation/
	$(BIN)/framing evaluate all $(DATA)/data -o reports/evaluation

check: test lint types lexicon gate  ## all that CI runs

clean:
	rm -rf $(VENV) $(LOWEST) reports/demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

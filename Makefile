# All set-up goes into .venv; nothing outside of this folder is changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: graph report test soak check notebooks benchmark clean

graph: $(VENV)/.ready
	$(BIN)/citypact build

report: graph $(VENV)/.ready-research
	$(BIN)/citypact analyse

# OPTIONS are for pytest: make test OPTIONS='--durations=20'
test: $(VENV)/.ready-test
	$(BIN)/python -m pytest $(OPTIONS)

# What the clock or chance decides, over and over: 1,000 kills, full disks and the like (a table),
# then examples of Hypothesis, and the order of tests.
soak: $(VENV)/.ready-test
	$(BIN)/python -m tests.soaking --kills 1000 --disks
	CITYPACT_SOAK=1 $(BIN)/python -m pytest -m 'soak or hypothesis' $(OPTIONS)

check: $(VENV)/.ready-develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Runs the notebooks and keeps their outputs: after a change of records or vocabulary.
notebooks: $(VENV)/.ready-test
	$(BIN)/python notebooks/execute.py

benchmark: $(VENV)/.ready-test
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build .build-* .build.lock analysis .analysis-* .analysis.lock

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Citypact needs Python 3.11 or newer; say which: make PYTHON=python3.12 graph"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.ready-research: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[research]'
	@touch $@ $(VENV)/.ready

$(VENV)/.ready-test: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/.ready $(VENV)/.ready-research

$(VENV)/.ready-develop: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[develop]'
	@touch $@ $(VENV)/.ready $(VENV)/.ready-research $(VENV)/.ready-test

# All set-up goes into .venv; nothing outside of this folder is changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Bytecode is kept, or each process of the tests would compile the same modules.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: graph report test soak audit check notebooks benchmark clean

graph: $(VENV)/.ready
	$(BIN)/citypact build

report: graph $(VENV)/.ready-research
	$(BIN)/citypact analyse

# OPTIONS are for pytest: make test OPTIONS='--durations=20'
test: $(VENV)/.ready-test
	$(BIN)/python -m pytest $(OPTIONS)

# Repeats what depends on timing or chance: 1,000 kills, full disks and similar faults (a table),
# examples of Hypothesis, tests in any order; then looks for known vulnerabilities of libraries, if
# there is a network.
soak: $(VENV)/.ready-test
	$(BIN)/python -m tests.soaking --kills 1000 --disks
	CITYPACT_SOAK=1 $(BIN)/python -m pytest -m 'soak or hypothesis' $(OPTIONS)
	$(BIN)/python -m pytest -o addopts='$(IN_ANY_ORDER)' -m 'not soak' $(OPTIONS)
	-$(MAKE) audit

IN_ANY_ORDER := --strict-markers --import-mode=importlib -n auto

# Asks PyPI for known vulnerabilities of each version in locks/ (pip-audit has its own environment).
audit: $(BIN)/python
	$(BIN)/python -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	cat locks/core.txt locks/research.txt locks/test.txt locks/develop.txt >$(VENV)/audit/all.txt
	$(VENV)/audit/bin/pip-audit --disable-pip --require-hashes -r $(VENV)/audit/all.txt

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

# Each package as it was when locks/*.txt were made (see locks/make.py): pip compares digests.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CORE := --require-hashes -r locks/core.txt
RESEARCH := $(CORE) -r locks/research.txt
TEST := $(RESEARCH) -r locks/test.txt
ITSELF := --no-deps --no-build-isolation -e .

$(VENV)/.ready: $(BIN)/python pyproject.toml $(wildcard locks/*.txt)
	$(INSTALL) $(CORE)
	$(INSTALL) $(ITSELF)
	@touch $@

$(VENV)/.ready-research: $(BIN)/python pyproject.toml $(wildcard locks/*.txt)
	$(INSTALL) $(RESEARCH)
	$(INSTALL) $(ITSELF)
	@touch $@ $(VENV)/.ready

$(VENV)/.ready-test: $(BIN)/python pyproject.toml $(wildcard locks/*.txt)
	$(INSTALL) $(TEST)
	$(INSTALL) $(ITSELF)
	@touch $@ $(VENV)/.ready $(VENV)/.ready-research

$(VENV)/.ready-develop: $(BIN)/python pyproject.toml $(wildcard locks/*.txt)
	$(INSTALL) $(TEST) -r locks/develop.txt
	$(INSTALL) $(ITSELF)
	@touch $@ $(VENV)/.ready $(VENV)/.ready-research $(VENV)/.ready-test

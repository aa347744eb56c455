# Every target sets up what it needs: .venv with errbook, and the development tools.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ERRBOOK := $(VENV)/.errbook
TOOLS := $(VENV)/.tools
PROGRAMS := $(VENV)/.programs
NODE := tests/tools/node_modules/.package-lock.json
PIP := -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help generate check test test-programs fuzz bench lint types pictures clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

generate: $(ERRBOOK) ## compile source_docs/ into generated/, and write docs/rules.md
	@$(BIN)/errbook generate
	@$(BIN)/errbook rules > docs/rules.md

check: $(ERRBOOK) ## check source_docs/, and that generated/ and docs/rules.md are up to date
	@$(BIN)/errbook check
	@$(BIN)/errbook rules | diff -u docs/rules.md - || { echo "make check: run make generate"; exit 1; }

test: $(TOOLS) ## run the tests that need only Python packages
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "not slow"

test-programs: $(TOOLS) $(PROGRAMS) $(NODE) ## run the slower tests, with programs from npm and a browser
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "slow and not long"

fuzz: $(TOOLS) ## run the longest tests: more than 10,000 random edits, 200 pairs of runs
	@$(BIN)/python -m pytest --hypothesis-profile=fuzz tests/test_names_last.py tests/test_markdown.py
	@$(BIN)/python -m pytest --numprocesses auto -m long

bench: $(TOOLS) ## compare errbook's speed with a simple script; RUNS=3 for three runs instead of five
	@$(BIN)/python bench/compare.py $(RUNS)
	@$(BIN)/python bench/fast_paths.py $(RUNS)
	@$(BIN)/python bench/markdown.py

lint: $(TOOLS) ## check style, formatting and imports
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff check --quiet --isolated generated/python
	@$(BIN)/black --check --quiet . || { echo "make lint: run $(BIN)/black ."; exit 1; }
	@$(BIN)/black --check --quiet --config /dev/null templates/python generated/python
	@$(BIN)/lint-imports --no-cache > $(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }

types: $(TOOLS) ## check types with mypy and pyright, both strict
	@$(BIN)/mypy
	@$(BIN)/pyright

pictures: $(TOOLS) $(NODE) ## make the README's pictures from docs/demo; needs Node.js and a browser
	@$(BIN)/python docs/pictures/make.py

clean: ## delete .venv, the programs from npm and the caches of the tools
	rm -rf $(VENV) tests/tools/node_modules dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit("errbook needs Python 3.11 or newer: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@echo "make: creating the virtual environment $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(ERRBOOK): pyproject.toml | $(VENV)/.made
	@echo "make: installing errbook and its dependencies from PyPI into $(VENV)"
	@$(BIN)/python $(PIP) --editable .
	@touch $@

$(TOOLS): pyproject.toml $(ERRBOOK)
	@echo "make: installing the development tools (pyproject.toml, extra dev) from PyPI into $(VENV)"
	@$(BIN)/python $(PIP) --editable '.[dev]'
	@touch $@

# Programs that read errbook's outputs. Tests whose programs are missing are skipped, but fail in CI.
$(PROGRAMS): tests/tools/requirements.txt | $(VENV)/.made
	@echo "make: installing the programs of tests/tools/requirements.txt from PyPI into $(VENV)/programs"
	@$(PYTHON) -m venv --clear $(VENV)/programs
	@$(VENV)/programs/bin/python $(PIP) -r $<
	@touch $@

$(NODE): tests/tools/package-lock.json
	@if command -v npm > /dev/null; then \
	echo "make: installing the programs of tests/tools/package.json from npm into tests/tools/node_modules"; \
	npm ci --silent --prefix tests/tools && touch $@; \
	else echo "make: npm is missing: tests that need Node.js are skipped"; fi

# Every target sets up what it needs: .venv with errbook, and for the checks its tools.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ERRBOOK := $(VENV)/.errbook
TOOLS := $(VENV)/.tools
PROGRAMS := $(VENV)/.programs

.DEFAULT_GOAL := help
.PHONY: help generate check test fuzz bench lint types pictures clean

help: ## show this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

generate: $(ERRBOOK) ## compile the documents into generated/
	@$(BIN)/errbook generate
	@$(BIN)/errbook rules > docs/rules.md

check: $(ERRBOOK) ## tell what is wrong with the documents, and whether generated/ is up to date
	@$(BIN)/errbook check
	@$(BIN)/errbook rules | diff -u docs/rules.md - || { echo "make check: run make generate"; exit 1; }

test: $(TOOLS) $(PROGRAMS) ## run the tests
	@$(BIN)/python -m pytest

fuzz: $(TOOLS) ## edit documents more than 10,000 times and see that names last
	@$(BIN)/python -m pytest --hypothesis-profile=fuzz tests/test_names_last.py

bench: $(TOOLS) ## time errbook beside the straight way; RUNS=3 for less
	@$(BIN)/python bench/compare.py $(RUNS)
	@$(BIN)/python bench/fast_paths.py $(RUNS)

lint: $(TOOLS) ## check style, formatting and the direction of imports
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff check --quiet --isolated generated/python
	@$(BIN)/black --check --quiet . || { echo "make lint: run $(BIN)/black ."; exit 1; }
	@$(BIN)/black --check --quiet --config /dev/null templates/python generated/python
	@$(BIN)/lint-imports --no-cache > $(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }

types: $(TOOLS) ## check types with mypy and pyright, both strict
	@$(BIN)/mypy
	@$(BIN)/pyright

pictures: $(TOOLS) $(PROGRAMS) ## make the pictures of the README from docs/demo
	@$(BIN)/python docs/pictures/make.py

clean: ## remove what make and the tools left behind
	rm -rf $(VENV) tests/tools/node_modules dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit("errbook needs Python 3.11 or newer: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(ERRBOOK): pyproject.toml | $(VENV)/.made
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(TOOLS): pyproject.toml $(ERRBOOK)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# The programs that read what errbook writes: of PyPI, npm and Debian. Tests that need what is
# missing are skipped, but not in CI.
$(PROGRAMS): tests/tools/requirements.txt tests/tools/package-lock.json | $(VENV)/.made
	@$(PYTHON) -m venv --clear $(VENV)/programs
	@$(VENV)/programs/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@if command -v npm > /dev/null; then npm ci --silent --prefix tests/tools; \
	else echo "make: tests of what npm has are skipped: install Node.js 20 or newer"; fi
	@if [ ! -x /usr/bin/chromium ] && [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	apt-get -qq update && apt-get -qq install --no-install-recommends chromium > $(VENV)/chromium.txt; fi
	@[ -x /usr/bin/chromium ] || echo "make: tests of the HTML page are skipped: install chromium"
	@touch $@

# One command for each thing. `make demo` and `make test` set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ifdef FILES
DEMO_FILES := $(FILES)
endif

.PHONY: help demo test lint gate bench diff docs soak clean

help:
	@echo "make demo    read the bundled sample (or FILES=\"a.txt b.html\") and write demo/report.html"
	@echo "make test    run the tests (under five minutes; browser and Java tests run where both are installed)"
	@echo "make lint    ruff, mypy --strict, import-linter"
	@echo "make gate    measured quality against pinned floors"
	@echo "make bench   time and memory, as ratios"
	@echo "make diff    statements gained, lost and changed against the main branch"
	@echo "make docs    build the documentation"
	@echo "make soak    the long runs"

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "rawi: $(PYTHON) is Python " + sys.version.split()[0] + "; 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv $(VENV) || { echo "rawi: $(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv"; exit 1; }
	@# pip before 23.3 stops with an internal error at extras spelled in two ways (lxml[html_clean], lxml[html-clean]).
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=24'
	@touch $@

$(VENV)/.run: pyproject.toml $(VENV)/.made
	@echo "setting up $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.made
	@echo "setting up $(VENV) for development ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.run

$(VENV)/.docs: pyproject.toml $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,docs]'
	@touch $@

demo: $(VENV)/.run
	@$(BIN)/rawi demo --out demo/report.html $(DEMO_FILES)

test: $(VENV)/.dev
	@$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

gate: $(VENV)/.dev
	@$(BIN)/python eval/gate.py

bench: $(VENV)/.dev
	@$(BIN)/python bench/pages.py

diff: $(VENV)/.dev
	@$(BIN)/python eval/diff.py

docs: $(VENV)/.docs
	$(BIN)/sphinx-build -W --keep-going -b html docs docs/_build/html

soak: $(VENV)/.dev
	@RAWI_SOAK=1 $(BIN)/python -m pytest -m soak -p no:cacheprovider

clean:
	rm -rf $(VENV) demo docs/_build .pytest_cache .mypy_cache .ruff_cache

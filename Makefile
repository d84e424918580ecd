# make help lists the targets. The only things needed are Python 3.11+, make and git.
PYTHON ?= python3
VENV := .venv
EDITION := $(shell sed -n 's/^default = "\(.*\)"/\1/p' reports/editions.toml)
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help reports test soak audit lab check refresh sample benchmark clean

help: ## what each target does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

# The environment is made once, from the lock: every version and every hash. uv where it is, else venv and pip.
$(VENV)/.locked: requirements.lock pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python "$(PYTHON)" $(VENV) && \
	  uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock && \
	  uv pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps -e . ; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e . ; \
	fi
	@touch $@

reports: $(VENV)/.locked ## build the default edition: HTML and PDF, Spanish and English, below reports/
	$(BIN)/briefings build

test: $(VENV)/.locked ## prove that it reproduces: all tests, and nbval on the committed notebooks
	$(BIN)/python -m pytest -n auto --nbval --nbval-current-env tests notebooks

soak: $(VENV)/.locked ## try the promises of docs/guarantees.md more often, with more random choices (a quarter of an hour)
	SOAK=1 $(BIN)/python -m pytest -n auto $(shell grep -oE 'tests/[a-z_0-9/]+\.py' docs/guarantees.md | sort -u)

audit: $(VENV)/.locked ## ask the public lists of known faults about every locked dependency (needs the network)
	$(BIN)/pip-audit --require-hashes --disable-pip --requirement requirements.lock

lab: $(VENV)/.locked ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab --notebook-dir=notebooks

check: $(VENV)/.locked ## data package, parameters, languages, alt texts, typed-in digits
	$(BIN)/briefings check

# The edition as it was before, and what the refresh says, are kept for the comparison; tests come last, after all is written.
refresh: reports ## fetch the newest data, build again, say in .raw/changes.md what changed, test (needs the network)
	mkdir -p .raw && rm -rf reports/before && cp -R reports/$(EDITION) reports/before
	$(BIN)/briefings refresh > .raw/refresh.txt; status=$$?; cat .raw/refresh.txt; exit $$status
	$(BIN)/briefings reference
	$(BIN)/python -m tests.figures
	$(BIN)/briefings build
	$(BIN)/briefings diff before $(EDITION) > .raw/diff.txt
	{ printf '## Data\n\n```\n'; cat .raw/refresh.txt; printf '```\n\n## Briefings\n\n```\n'; cat .raw/diff.txt; printf '```\n'; } > .raw/changes.md
	$(BIN)/briefings check
	$(MAKE) sample test

sample: reports ## make reports/sample again: the PDFs and pictures that README shows (needs pdftoppm and Chromium)
	$(BIN)/python reports/sample/refresh.py

benchmark: $(VENV)/.locked ## time and memory beside the stock tools (takes long; needs Linux)
	$(BIN)/python -m tests.benchmarks

clean: ## remove what the build made (never data, notebooks, the sample or what is published)
	find reports -mindepth 1 -maxdepth 1 ! -name editions.toml ! -name sample ! -name published -exec rm -rf {} +
	find . -name __pycache__ -type d -not -path './.venv/*' -exec rm -rf {} +

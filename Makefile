# make help lists the targets. The only things needed are Python 3.11+, make and git.
PYTHON ?= python3
VENV := .venv
EDITION := $(shell sed -n 's/^default = "\(.*\)"/\1/p' reports/editions.toml)
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help reports test quick soak audit lock lab check refresh sample benchmark clean

help: ## what each target does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

# The environment grows by need, from locks with every version and every hash: what builds; then, into the same one, what
# requirements-lab.lock or requirements-dev.lock hold besides. uv where it is, else venv and pip.
# Nothing is compiled beforehand: what is imported leaves its bytecode, a fifth of what is installed, at its first import.
unexport PYTHONDONTWRITEBYTECODE
UV := $(shell command -v uv 2>/dev/null)
PIP = $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile)

PYTEST := $(BIN)/python -m pytest -p tests.light -n auto

$(VENV)/.locked: requirements.lock pyproject.toml
	@$(if $(UV),$(UV) venv --quiet --allow-existing --python "$(PYTHON)",$(PYTHON) -m venv) $(VENV)
	@$(PIP) --require-hashes -r $<
	@$(PIP) --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.locked-%: requirements-%.lock $(VENV)/.locked
	@$(PIP) --require-hashes -r $<
	@touch $@

reports: $(VENV)/.locked ## build the default edition: HTML and PDF, Spanish and English, below reports/
	$(BIN)/briefings build

test: $(VENV)/.locked-dev ## prove that it reproduces: all tests, and nbval on the committed notebooks
	$(PYTEST) --nbval --nbval-current-env tests notebooks

quick: $(VENV)/.locked-dev ## for the moment before a commit: the tests that take no seconds, and one notebook run again
	$(PYTEST) -m "not slow" --nbval --nbval-current-env --ignore=tests/end_to_end tests notebooks/05_assistance_protection.ipynb

soak: $(VENV)/.locked-dev ## try the promises of docs/guarantees.md more often, with more random choices (a quarter of an hour)
	SOAK=1 $(PYTEST) $(shell grep -oE 'tests/[a-z_0-9/]+\.py' docs/guarantees.md | sort -u)

audit: $(VENV)/.locked-dev ## ask the public lists of known faults about every locked dependency (needs the network)
	$(BIN)/pip-audit --require-hashes --disable-pip --requirement requirements-dev.lock

# The largest first: the smaller ones take its versions.
COMPILE := uv pip compile --quiet pyproject.toml --group install --extra cluster --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
lock: ## make the three locks again from pyproject.toml, with the versions they have where possible (needs uv and the network)
	$(COMPILE) --extra lab --extra dev -o requirements-dev.lock
	$(COMPILE) --extra lab --constraint requirements-dev.lock -o requirements-lab.lock
	$(COMPILE) --constraint requirements-dev.lock -o requirements.lock

lab: $(VENV)/.locked-lab ## open the notebooks in JupyterLab
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

sample: reports $(VENV)/.locked-dev ## make reports/sample again: the PDFs and pictures that README shows (needs pdftoppm and Chromium)
	$(BIN)/python reports/sample/refresh.py

benchmark: $(VENV)/.locked-dev ## write docs/benchmarks.md: the build beside the stock tools (a quarter of an hour; needs Linux)
	$(BIN)/python -m tests.benchmarks

clean: ## remove what the build made (never data, notebooks, the sample or what is published)
	find reports -mindepth 1 -maxdepth 1 ! -name editions.toml ! -name sample ! -name published -exec rm -rf {} +
	find . -name __pycache__ -type d -not -path './.venv/*' -exec rm -rf {} +

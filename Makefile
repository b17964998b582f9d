# Sirküler: every door. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo test check format bench learn clean lock

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(STAMP) ## create .venv and install the locked dependencies

$(STAMP): pyproject.toml requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed (Debian: apt install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: apt install python3-venv"; exit 1; }
	@echo "[1/3] Creating $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@echo "[2/3] Installing the locked dependencies (about a minute) ..."
	@{ $(BIN)/python -m pip install --disable-pip-version-check --no-color --require-hashes -r requirements.txt \
	  || echo FAILED; } | awk '/^FAILED/ { bad = 1 } /^Collecting/ { print "      " $$2; fflush() } END { exit bad }'
	@echo "[3/3] Installing Sirküler ..."
	@$(BIN)/python -m pip install --disable-pip-version-check -q -e . --no-deps --no-build-isolation
	@touch $@

demo: $(STAMP) ## the whole product on this machine, no token, no network
	@$(BIN)/sirkuler demo --open

test: $(STAMP) ## all tests
	@$(BIN)/python -m pytest -n 4 --dist worksteal

check: $(STAMP) ## format, lint, types, arrows
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(STAMP) ## put the code into shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(STAMP) ## the benchmarks
	@for bench in benchmarks/*.py; do echo "== $$bench"; $(BIN)/python $$bench; done

learn: $(STAMP) ## fit the reader to its labelled letters anew (installs scikit-learn)
	@$(BIN)/python -m pip install --disable-pip-version-check -q 'scikit-learn>=1.7'
	@$(BIN)/python -m training.days
	@$(BIN)/python -m training.kinds

lock: ## resolve the dependencies anew (needs uv)
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements.txt

clean: ## remove what was installed and built
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Everything a person or CI runs. `make help` lists it.
SHELL  := /bin/bash
PYTHON ?= python3
BIN    := .venv/bin
PYTEST := $(BIN)/python -m pytest -q -n auto --dist worksteal
READY  := .venv/.ready
# Tests start our commands as processes of their own: those need not compile every module anew.
unexport PYTHONDONTWRITEBYTECODE
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help run test test-oldest browser check format lint types floors bench soak wheel lock clean
.DEFAULT_GOAL := help

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(READY) ## a working dashboard with a demo company on 127.0.0.1:8000
	$(BIN)/advocacy demo

test: $(READY) ## the tests, on SQLite and (where a server can be had) on PostgreSQL
	@if .ci/postgres --available; then .ci/postgres $(PYTEST) -m "not soak and not browser"; \
	else echo "PostgreSQL: not tested (install it, or set ADVOCACY_TEST_DATABASE_URL)"; $(PYTEST) -m "not soak and not browser"; fi

test-oldest: $(READY) ## what touches rows, on the older SQLAlchemy that we support
	test -d build/oldest || $(PIP) install -q --target build/oldest "sqlalchemy>=2.0.58,<2.1"
	env -u ADVOCACY_TEST_DATABASE_URL PYTHONPATH=build/oldest $(PYTEST) tests/models tests/views tests/ingest/test_*.py tests/test_*.py \
	    -m "not soak and not browser" -k "not shared and not gate_attacks and not benchmarks and not simulated_year"

browser: $(READY) ## the tests that drive Chromium
	env -u ADVOCACY_TEST_DATABASE_URL $(BIN)/python -m pytest -q -m browser

check: format lint types floors test test-oldest browser ## all that CI asks

format: $(READY) ## is the code formatted?
	$(BIN)/ruff format --check .

lint: $(READY) ## ruff
	$(BIN)/ruff check .

types: $(READY) ## mypy, strict
	$(BIN)/mypy

floors: $(READY) ## the import contracts and the sizes
	$(BIN)/python -m pytest -q tests/test_floors.py

bench: $(READY) ## the measured promises (ARGS="--quick", "--only reading", "--json"), see docs/benchmarks.md
	@if .ci/postgres --available; then .ci/postgres $(BIN)/python -m benchmarks $(ARGS); \
	else echo "PostgreSQL: not measured (install it, or set ADVOCACY_TEST_DATABASE_URL)" >&2; $(BIN)/python -m benchmarks $(ARGS); fi

soak: $(READY) ## the long runs: kills, corpora
	.ci/postgres $(BIN)/python -m pytest -q -m soak

wheel: $(READY) ## dist/advocacy-*.whl
	$(BIN)/python -m build --wheel --no-isolation

# Made again only when the lock or the project file changed.
$(READY): requirements-dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not here. Install Python 3.11 or later, or: make PYTHON=/path/to/python …" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed, this is %d.%d. Try: make PYTHON=python3.11 ..." % sys.version_info[:2])'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv. On Debian: apt-get install python3-venv" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install -q --require-hashes -r requirements-dev.txt
	$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock: $(READY) ## pin every dependency by version and hash, for every system
	$(PIP) install -q "uv>=0.9"
	$(BIN)/$(LOCK) --upgrade --extra postgres --extra server -o requirements.txt
	$(BIN)/$(LOCK) --upgrade --extra postgres --extra server --group dev -c requirements.txt -o requirements-dev.txt

clean: ## forget the environment, the caches and the builds (var/, your data, stays)
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# make run    set up, then answer the main case
# make test   set up for work on the project, then every check and every test
PYTHON ?= python3
VENV := .venv
UV_VENV := .venv-lock
COMPILE := $(UV_VENV)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --quiet

.DEFAULT_GOAL := run
.PHONY: run test check hunt cover bench setup setup-dev lock pictures clean ledger-kill ledger-faults ledger-bench

run: setup
	@$(VENV)/bin/u24 replay turkiye-2023

test: setup-dev
	@scripts/check
	@scripts/test

check: setup-dev
	@scripts/check

setup:
	@$(PYTHON) scripts/setup.py run

setup-dev:
	@$(PYTHON) scripts/setup.py dev

# Pins every package with its hashes. No file in the tree names a registry; pip and uv use
# the ones that the machine is set up for.
lock:
	@test -x $(UV_VENV)/bin/uv || ($(PYTHON) -m venv $(UV_VENV) && $(UV_VENV)/bin/pip install --quiet uv && echo '*' > $(UV_VENV)/.gitignore)
	@echo "lock: requirements/run.txt"
	@$(COMPILE) requirements/build.in --output-file requirements/run.txt
	@echo "lock: requirements/dev.txt"
	@$(COMPILE) requirements/build.in --extra dev --constraint requirements/run.txt \
		--output-file requirements/dev.txt
	@! grep -nE '://|index-url|find-links' requirements/run.txt requirements/dev.txt

# Property tests with new examples, ROUNDS times over; what it finds becomes an @example.
ROUNDS ?= 10
hunt: setup-dev
	@for round in $$(seq $(ROUNDS)); do scripts/test --hypothesis-profile=hunt -m hypothesis || exit 1; done

# Every branch of the consent room, by its own tests.
cover: setup-dev
	@scripts/test tests/consent --cov=u24/consent --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100

# The planner beside its rivals, the short form: three small instances, under five minutes.
bench: setup-dev
	@$(VENV)/bin/u24 bench plan --size S --seed 1 --seed 2 --seed 3 --seconds 10 --out benchmarks/results
	@$(VENV)/bin/python -m u24.bench.page

pictures: setup
	@$(VENV)/bin/python -m u24.cli.picture turkiye-2023 docs/pictures/board.svg

# Long: an hour. A thousand rounds of kill -9 under load on each store.
ledger-kill: setup-dev
	@$(VENV)/bin/python -m benchmarks.ledger.kill_campaign sqlite --rounds 1000
	@$(VENV)/bin/python -m benchmarks.ledger.kill_campaign postgres --rounds 1000
	@$(VENV)/bin/python -m benchmarks.ledger.page

# Full and read-only disks, clocks, restarts. Mounts small disks, so it wants root.
ledger-faults: setup-dev
	@$(VENV)/bin/python -m benchmarks.ledger.faults
	@$(VENV)/bin/python -m benchmarks.ledger.page

# Half an hour: many writers beside their rivals, proofs and checks among a million facts.
ledger-bench: setup-dev
	@$(VENV)/bin/python -m benchmarks.ledger.writers sqlite postgres
	@$(VENV)/bin/python -m benchmarks.ledger.million sqlite postgres
	@$(VENV)/bin/python -m benchmarks.ledger.page

clean:
	rm -rf $(VENV) $(UV_VENV) out build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find u24 tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

# `make run` and `make test` set up everything they need; see .ci/setup.
python := .venv/bin/python

.PHONY: run test lint coverage golden bench matrix mutants clean

run:
	@.ci/setup run
	@.ci/example

test: lint
	@$(python) -m pytest --numprocesses 2 --dist worksteal

lint:
	@.ci/setup test
	@$(python) -m ruff check
	@$(python) -m ruff format --check
	@$(python) -m mypy

# Fails where the tests, but for those of the window, run less of model, kinds, checks, formats and
# analysis than they did; tells which lines.
coverage:
	@.ci/setup test
	@$(python) -m pytest --numprocesses 2 --dist worksteal --cov --cov-report term \
		--ignore tests/ui --ignore tests/golden --ignore tests/diagram --ignore tests/editor

# The reference pictures of the tests and the guide's page on checks, made anew. Look at them before
# you commit them.
golden:
	@.ci/setup test
	@$(python) -m lambdaplanner.checks.guide resources/guide/checks.md
	@$(python) -m pytest --update-golden tests/golden

# Some minutes; writes resources/guide/performance.md.
bench:
	@.ci/setup bench
	@$(python) -m tests.benchmarks

# The tests with the oldest and the newest libraries, and with every further Python that is here.
matrix:
	@.ci/setup test
	@.ci/matrix

# Breaks the code in small ways and tells which no test noticed; some minutes each ten. MUTANTS takes
# its options, such as MUTANTS='analysis --count 10'.
mutants:
	@.ci/setup test
	@$(python) -m tests.mutants $(MUTANTS)

clean:
	rm -rf .venv .venv-* .coverage .artefacts .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache build *.egg-info
	find lambdaplanner tests -name __pycache__ -type d -prune -exec rm -rf {} +

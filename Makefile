.PHONY: booklet test conformance lint clean bench specimen schema setup setup-test

PYTHON := .venv/bin/python

booklet: setup ## content/ → output/: the printed PDF and the Word copy, in every language
	$(PYTHON) build.py

test: setup-test ## every test but those of conformance
	$(PYTHON) -m pytest -n auto --dist loadgroup --ignore tests/conformance

conformance: setup-test ## veraPDF judges archive editions; it is fetched with Maven into ~/.cache/huikan-tests
	$(PYTHON) -m pytest tests/conformance

lint: setup ## style and types
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

bench: setup ## beside Typst, XeLaTeX, Chromium and pandoc, written to docs/benchmarks.md: an idle machine, two hours
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(PYTHON) -m benchmarks.compare -o docs/benchmarks.md

specimen: setup ## pictures of docs/typography.md, one a rule
	$(PYTHON) -m benchmarks.specimen

schema: setup ## docs/schema/ from the content model
	$(PYTHON) -m huikan schema -o docs/schema

clean: ## what builds and tests leave behind; the virtual environment stays
	rm -rf output/* .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

setup:
	@.ci/setup run

setup-test:
	@.ci/setup test

PYTHON ?= python3

check:
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

test:
	.venv/bin/python -m pytest

.PHONY: check test

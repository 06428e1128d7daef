# Every target is a call of packaging/bootstrap.py, which sets everything up first. Windows users call it directly.
# ARGS are handed on: make test ARGS="-k stick"
PYTHON ?= python3

run test check bench faults gallery package setup:
	@$(PYTHON) packaging/bootstrap.py $@ $(ARGS)

.PHONY: run test check bench faults gallery package setup

# Every target is a task of run.py; `make help` lists them. ARGS are handed on: make test ARGS="-k masks".
PYTHON ?= python3
TASKS := help run test test-all check format translations asvs lock lock-check upgrade deb bench clean

.PHONY: $(TASKS)
.NOTPARALLEL:
.DEFAULT_GOAL := help

$(TASKS):
	@$(PYTHON) run.py $@ $(ARGS)

# Every target is a task of run.py; `make help` lists them. ARGS are handed on: make test ARGS="-k masks".
# make kill-rounds ROUNDS=100 SEED=1
PYTHON ?= python3
TASKS := help run run-team test test-all test-long check format translations screens asvs attacks openapi kill-rounds lock lock-check upgrade deb gateway-deb apt-repo apt-check rpm audit msi msi-check dist dist-check updates bench bench-full clean

.PHONY: $(TASKS)
.NOTPARALLEL:
.DEFAULT_GOAL := help

$(TASKS):
	@$(PYTHON) run.py $@ $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SEED),--seed $(SEED)) $(ARGS)

# make demo · make test · make check · make bench · make law     (each sets up what it needs)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH_READY := $(VENV)/.bench-ready
SPARK_READY := $(VENV)/.spark-ready
LINT := "ruff check ." mypy lint-imports
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test check lint bench law clean

demo: $(READY)
	@$(BIN)/licet demo

# Everything runs, so that one fault does not hide the next; the tests come last.
test: $(READY) $(SPARK_READY)
	@bad=0; for step in $(LINT); do $(BIN)/$$step || bad=1; done; \
	LICET_HOME=$(CURDIR)/$(VENV)/home $(BIN)/python -m pytest -n 2 --dist worksteal || bad=1; exit $$bad

check lint: $(READY)
	@bad=0; for step in $(LINT); do $(BIN)/$$step || bad=1; done; exit $$bad

law: $(READY)
	$(BIN)/licet law test
	$(BIN)/licet law check
	$(BIN)/licet law mutate

bench: $(READY) $(BENCH_READY)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.names

# Pinned with hashes; the package itself is installed in place and brings nothing more.
$(READY): requirements/dev.txt pyproject.toml setup.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Licet needs Python 3.11 or newer; name one with PYTHON=")'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

$(BENCH_READY): requirements/bench.txt $(READY)
	$(PIP) install --quiet --require-hashes -r requirements/bench.txt
	@touch $@

$(SPARK_READY): requirements/spark.txt $(READY)
	$(PIP) install --quiet --require-hashes -r requirements/spark.txt
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# What this project can do. `make run` needs Python 3.11 and make, nothing else.
.PHONY: run test check bench lock shots dev assets clean help
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3.11)
BIN := .venv/bin
PORT ?= 8000
# `make run DATA=own` keeps your own data in ./var; the demonstration has a folder of its own.
DATA ?= demonstration
WORKERS ?= auto
TESTS ?=
# `make test DATABASE=postgresql` runs the same tests on a PostgreSQL of its own, which the script starts.
DATABASE ?= sqlite
ifeq ($(DATABASE),postgresql)
ON := $(BIN)/python tools/postgresql.py
else ifneq ($(DATABASE),sqlite)
$(error DATABASE is sqlite or postgresql, not $(DATABASE))
endif

ifeq ($(DATA),own)
run: export ONEBOW_HOME ?= var
else
run: export ONEBOW_HOME ?= var-demo
endif
test check: export ONEBOW_HOME := var-test
# The processes that tests start find the code compiled.
test: export PYTHONDONTWRITEBYTECODE :=
bench: export ONEBOW_HOME ?= var-bench
bench: export DJANGO_SETTINGS_MODULE := onebow.config.settings
shots: export ONEBOW_HOME ?= var-shots

help:
	@echo "make run           演示数据,打开 http://localhost:$(PORT)/"
	@echo "make run DATA=own  自己的数据(保存在 ./var)"
	@echo "make test [DATABASE=postgresql] | check | bench | shots | lock   see docs/development.md"

# Stamps: a second run finds everything in place and starts at once.
$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "需要 Python 3.11(找不到 $(PYTHON))。可用 make run PYTHON=… 指定。"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "需要 Python 3.11,$(PYTHON) 是另一个版本。"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/runtime.stamp: requirements/runtime.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/runtime.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

dev: .venv/dev.stamp

assets: .venv/runtime.stamp
	@$(BIN)/python tools/assets.py

run: assets
	@exec $(BIN)/onebow start --port $(PORT) $(if $(filter own,$(DATA)),,--demonstration)

test: dev assets
	@sh tools/system.sh
	$(ON) $(BIN)/python -m pytest -n $(WORKERS) $(TESTS)

check: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --quiet --lint src
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/onebow makemigrations --check --dry-run

bench: dev assets
	$(BIN)/python -m benchmarks

shots: dev assets
	$(BIN)/python tools/shots.py

lock: dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	PATH="$(CURDIR)/$(BIN):$$PATH" sh tools/lock.sh

clean:
	rm -rf .venv node_modules src/onebow/static/dist var-test var-bench var-shots

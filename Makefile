# The project's verbs. `make` lists them; CONTRIBUTING.md says when to use which.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Two stamps: the product's packages, and those with what lint, types and tests need. An environment that has the
# second is kept up to date by the second, so that `make demo` never takes a developer's tools away.
LOCKED := $(VENV)/.locked
LOCKED_DEV := $(VENV)/.locked-dev
INSTALLED := $(VENV)/.installed
PACKAGES := $(if $(wildcard $(LOCKED_DEV)),$(LOCKED_DEV),$(LOCKED))
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11
SYNC := $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .

export SOURCE ?=
export CONF ?=
# Where `make up` listens.
export PORT ?= 8080
export SIMULATOR_PORT ?= 8025

.NOTPARALLEL:
.PHONY: help setup fmt lint types test programs demo import up down bench bench-check bench-simulator bench-extraction eval env lock clean

help: ## list the verbs
	@echo "make <verb>:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(LOCKED_DEV) $(INSTALLED) ## make the virtual environment, with everything lint, types and tests need

fmt: setup ## mend what can be mended: formatting, import order
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

lint: setup ## formatting, rules, and which package may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup ## mypy, strict
	$(BIN)/mypy

test: lint types programs ## lint, types and every suite: what CI runs
	$(BIN)/pytest

demo: $(PACKAGES) $(INSTALLED) ## import the sample files into a simulated HubSpot account; a second time nothing changes
	@$(BIN)/python -m hubspot_provider.commands.demo

import: $(PACKAGES) $(INSTALLED) ## one run without a scheduler: make import SOURCE=folder [CONF='{"dry_run": true}']
	@exec $(BIN)/python -m hubspot_provider.command --source "$$SOURCE" --conf "$$CONF"

up: $(PACKAGES) $(INSTALLED) ## start Airflow with its UI (PORT=8080), and a simulated account unless HUBSPOT_API_KEY is set
	@$(BIN)/python -m hubspot_provider.commands.up up

down: $(PACKAGES) $(INSTALLED) ## stop what `make up` started
	@$(BIN)/python -m hubspot_provider.commands.up down

bench: setup ## this importer beside a script on HubSpot's own client, 50,000 contacts: make bench [ROWS=10000]
	@$(BIN)/python tests/bench/bench_import.py

bench-check: setup ## measure reading and checking against one library call a value: make bench-check [ROWS=1000000]
	@$(BIN)/python tests/bench/bench_check.py

bench-simulator: setup ## measure how fast the simulated account takes records: make bench-simulator [ROWS=1000000]
	@$(BIN)/python tests/bench/bench_simulator.py

bench-extraction: setup ## measure how fast tickets are mined, and that hostile text costs linear time (to 100 MB)
	@$(BIN)/python tests/bench/bench_extraction.py

eval: setup ## precision and recall of what is mined and linked, on 20,000 labelled tickets, beside the plain ways
	@$(BIN)/python tests/eval/__main__.py

env: ## write .env from .env.example, with random secrets
	@PYTHONPATH=plugins $(PYTHON) -m hubspot_provider.commands.dotenv

lock: $(LOCKED_DEV) ## compile the requirements*.in files to locks with hashes
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt
	$(COMPILE) requirements-simulator.in -o requirements-simulator.txt

clean: ## remove caches, the demo's account and `make up`'s Airflow; runs/ and .env stay
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m hubspot_provider.commands.up down || true; fi
	rm -rf .airflow .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build
	find dags plugins tests -name __pycache__ -prune -exec rm -rf {} +

# The programs that suites need besides Python packages. Without root they are left out: their suites say so loudly.
programs:
	@if ! { command -v chromium && command -v redis-server; } >/dev/null && [ "$$(id -u)" = 0 ] && \
	  command -v apt-get >/dev/null; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends chromium redis-server; fi

$(BIN)/uv: requirements-bootstrap.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; \
	$(PYTHON) is $$($(PYTHON) --version 2>&1 || echo missing). Say which: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Making the virtual environment (once; about a minute) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.txt
	@touch $@

$(LOCKED): requirements.txt | $(BIN)/uv
	@$(SYNC) requirements.txt
	@$(INSTALL)
	@touch $@ $(INSTALLED)

$(LOCKED_DEV): requirements-dev.txt requirements.txt | $(BIN)/uv
	@$(SYNC) requirements-dev.txt
	@$(INSTALL)
	@touch $@ $(INSTALLED)

$(INSTALLED): pyproject.toml | $(BIN)/uv
	@$(INSTALL)
	@touch $@

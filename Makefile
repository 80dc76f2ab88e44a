# FinanceFlow: `make run` starts it, `make test` proves it. Both need Python 3.11 or newer and nothing else.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test check lint format types install install-dev migrations lock bench picture clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: install ## Start FinanceFlow at http://localhost:8000 (PORT and HOST change that)
	@exec $(BIN)/python manage.py serve

test: install-dev ## Run every test this machine can run, and say which it cannot
	@exec $(BIN)/python .ci/test

check: install-dev ## Format, lint, types, imports, templates, migrations, deployment, vendored files
	@exec $(BIN)/python .ci/check

lint: install-dev ## Lint Python and templates alone
	@$(BIN)/ruff check . && $(BIN)/djlint --lint --quiet templates

format: install-dev ## Format Python and templates, and mend what lint can mend
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .
	@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

types: install-dev ## Check the types alone
	@$(BIN)/mypy .

install: ## Install what running needs (run does this by itself)
	@$(PYTHON) .ci/install base

install-dev: ## Install what testing needs (test and check do this by themselves)
	@$(PYTHON) .ci/install dev

migrations: install ## Write migrations for changed tables
	@$(BIN)/python manage.py makemigrations

lock: install-dev ## Pin requirements anew from requirements/*.in
	@$(BIN)/python .ci/lock

bench: install-dev ## Measure lists, search and writes at 1k to 1M transactions, into docs/benchmarks (an hour; SIZES=…)
	@exec $(BIN)/python .ci/bench

picture: install-dev ## Take the README's picture of the demo's dashboard anew (needs Chromium)
	@mkdir -p var/screenshots docs/img
	@SCREENSHOTS=var/screenshots $(BIN)/python -m pytest financeflow/tests/e2e/test_dashboard_browser.py -k demo
	@cp var/screenshots/front.png docs/img/dashboard.png

clean: ## Remove the virtual environment and caches; var/ with your data stays
	@rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis

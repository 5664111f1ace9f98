# make demo: install, build the two demo people, serve.   make test: install what tests need, run all of them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export OMP_NUM_THREADS ?= 2

CLIENT_SOURCES := $(shell find client/src client/*.html client/public client/package.json client/vite.config.ts -type f 2>/dev/null)

.PHONY: demo test lint check bench format clean

demo: $(VENV)/run.stamp src/meetagain/client/index.html
	$(BIN)/meetagain demo

test: $(VENV)/dev.stamp src/meetagain/client/index.html .chromium
	$(BIN)/meetagain doctor --fetch
	cd client && npm test --silent
	$(BIN)/pytest

lint: $(VENV)/dev.stamp client/node_modules/.stamp
	$(BIN)/ruff format --check src tests tools demo
	$(BIN)/ruff check src tests tools demo
	$(BIN)/lint-imports
	cd client && npm run --silent lint && npm run --silent check

check: lint test

bench: $(VENV)/dev.stamp src/meetagain/client/index.html
	for name in talk voice mind scenario presence lips; do $(BIN)/meetagain bench $$name --json > bench/results/$$name.json; done

format: $(VENV)/dev.stamp
	$(BIN)/ruff format src tests tools demo
	$(BIN)/ruff check --fix src tests tools demo
	cd client && npm run --silent format

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --progress-bar on --require-hashes --only-binary :all: -q -r requirements/run.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --require-hashes --only-binary :all: -q -r requirements/dev.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/run.stamp

client/node_modules/.stamp: client/package-lock.json
	cd client && npm install --no-save --no-audit --no-fund --loglevel=error  # keeps to the lock file and its hashes
	touch $@

src/meetagain/client/index.html: client/node_modules/.stamp $(CLIENT_SOURCES)
	cd client && npm run --silent build
	touch $@

.chromium:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || \
	{ echo "Installing Chromium from Debian's packages (needed by the browser tests) ..."; \
	  if [ "$$(id -u)" = 0 ]; then S=; else S=sudo; fi; $$S apt-get update -qq && $$S env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; }

clean:
	rm -rf $(VENV) client/node_modules src/meetagain/client demo/*/build demo/*/meetings

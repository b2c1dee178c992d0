# make run   sets everything up, takes in the sample archive and opens the chat
# make test  sets everything up and runs the tests
# TORCH_INDEX=URL  where pip should look for torch first (README, "Installing")

PYTHON ?= python3
VENV ?= .venv
ARCHIVE ?= archive
PORT ?= 7860
TORCH_INDEX ?=
BIN := $(VENV)/bin
TORCH := torch==2.13.0

.PHONY: run test lint clean

run: $(VENV)/installed
	$(BIN)/python app.py --archive $(ARCHIVE) ingest ingest/sample
	$(BIN)/python app.py --archive $(ARCHIVE) serve --port $(PORT)

test: $(VENV)/installed-dev
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		! { command -v chromium && command -v tesseract; } >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			chromium chromium-driver tesseract-ocr tesseract-ocr-fra >/dev/null; fi
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy app.py store ingest assistant
	$(BIN)/python -m pytest -q

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev,tutorial,layouts,plots]'
	touch $@

clean:
	rm -rf $(VENV) $(ARCHIVE)

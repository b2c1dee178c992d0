# make run   sets everything up, takes in the sample archive and opens the chat
# make run WRITER=local  fetches a language model first (1.1 GB, once), which then writes the answers here;
#            WRITER=local:NAME another one (app.py models list), WRITER=PROVIDER:MODEL one elsewhere
# make test  sets everything up and runs the tests
# TORCH_INDEX=URL  where pip should look for torch first (README, "Installing")

PYTHON ?= python3
VENV ?= .venv
ARCHIVE ?= archive
PORT ?= 7860
WRITER ?=
TORCH_INDEX ?=
BIN := $(VENV)/bin
TORCH := torch==2.13.0
LOCAL := $(filter local local:%,$(WRITER))
EXTRA := $(if $(LOCAL),local-llm,$(if $(filter-out extractive,$(WRITER)),remote-llm))

.PHONY: run test lint clean

run: $(VENV)/installed $(if $(EXTRA),$(VENV)/installed-$(EXTRA))
	$(if $(LOCAL),$(BIN)/python app.py models pull $(patsubst local:%,%,$(filter-out local,$(LOCAL))))
	$(BIN)/python app.py --archive $(ARCHIVE) ingest ingest/sample
	$(BIN)/python app.py --archive $(ARCHIVE) serve --port $(PORT) $(if $(WRITER),--writer $(WRITER))

test: $(VENV)/installed-dev
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		! { command -v chromium && command -v tesseract; } >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			chromium chromium-driver tesseract-ocr tesseract-ocr-fra >/dev/null; fi
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy app.py store ingest assistant
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/installed-local-llm $(VENV)/installed-remote-llm: $(VENV)/installed-%: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[$*]'
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev,tutorial,layouts,plots,tracing,local-llm,remote-llm]'
	touch $@

clean:
	rm -rf $(VENV) $(ARCHIVE)

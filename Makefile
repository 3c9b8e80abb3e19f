# One way in for everybody: `make demo` and `make test` do their own set-up.
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready

.PHONY: install demo test check mutants bench lock catalogues pictures clean

install: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --require-hashes -r requirements.lock
	$(VENV)/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

demo: install
	$(VENV)/bin/voorzorg demo $(DEMO)

# A file is one process's, from beginning to end; the files are shared out over the cores, those that take long first
# (tests/conftest.py).
test: install
	$(VENV)/bin/pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder --durations=10 $(TESTS)

check: install
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache --no-logo
	$(VENV)/bin/pytest -x

# One thing wrong at a time in what protects people: which test notices? `make mutants MODULES=storage/scope.py` tries one.
mutants: install
	$(VENV)/bin/python -m tests.mutants $(MODULES)

bench: install
	$(VENV)/bin/python -m tests.bench

pictures: install
	$(VENV)/bin/python -m tests.pictures

# The English texts of code and content, gathered and brought into every catalogue.
catalogues: install
	$(VENV)/bin/pybabel --quiet extract --no-wrap --no-location --sort-output --project=voorzorg --keyword=text --keyword=plural:1,2 \
	    --mapping=pyproject.toml --output=locales/messages.pot .
	$(VENV)/bin/pybabel --quiet update --no-wrap --ignore-pot-creation-date --no-fuzzy-matching \
	    --input-file=locales/messages.pot --output-dir=locales

# Hashes and versions, without any index address. uv is only needed here.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --extra dev --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) data .pytest_cache .mypy_cache .ruff_cache

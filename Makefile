# Two commands for everybody: `make serve` and `make test`. Each installs what it needs, and says what it does.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
SAY := printf '\n\033[1m%s\033[0m\n'

# Dates in the output come from the last commit, so that the same input gives the same bytes.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 1767225600)

# Where the site will live follows from the repository that builds it; a workflow may say SITE_URL itself.
OWNER := $(firstword $(subst /, ,$(GITHUB_REPOSITORY)))
NAME := $(lastword $(subst /, ,$(GITHUB_REPOSITORY)))
ifneq ($(GITHUB_REPOSITORY),)
export SITE_URL ?= https://$(OWNER).github.io/$(if $(filter $(OWNER).github.io,$(NAME)),,$(NAME)/)
endif

export NO_MKDOCS_2_WARNING := 1# Material's notice about its end of life; docs/about/decisions.md says what we do about it
export PYTHONHASHSEED := 0
export OMP_NUM_THREADS := 1# sums in the same order on every machine
export OPENBLAS_NUM_THREADS := 1

.DEFAULT_GOAL := help
.PHONY: help serve test build exports bench lint page new zensical figures format lock audit clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: .venv/site ## open the site at http://127.0.0.1:8000 with live reload (PORT=8000)
	@$(BIN)/python scripts/build_assets.py --if-possible
	@$(SAY) "Serving; stop with Ctrl+C"
	@$(BIN)/python -m mkdocs serve --no-strict --dirty --dev-addr 127.0.0.1:$(PORT)

test: .venv/test ## run everything that CI runs
	@$(BIN)/python scripts/build_assets.py
	@$(SAY) "Checking the code"
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m mypy
	@$(SAY) "Checking the pages"
	@$(BIN)/python scripts/lint.py
	@$(BIN)/python scripts/draw_figures.py --check
	@$(SAY) "Looking for a browser"
	@$(BIN)/python scripts/find_browser.py --install
	@$(SAY) "Running proofs, units and the browser"
	@$(BIN)/python scripts/run_tests.py

build: .venv/site ## write the site to site/
	@$(BIN)/python scripts/build_assets.py
	@$(BIN)/python -m mkdocs build

exports: .venv/test build ## write site/ with its downloads: the deck for Anki, and the book as EPUB and PDF
	@$(SAY) "Looking for a browser"
	@$(BIN)/python scripts/find_browser.py --install
	@$(SAY) "Making the downloads"
	@$(BIN)/python scripts/make_exports.py site

bench: .venv/test ## measure builds, pages, search; write docs/about/performance.md: make bench FULL=yes ONLY=views,search
	@$(BIN)/python scripts/build_assets.py
	@$(SAY) "Looking for a browser"
	@$(BIN)/python scripts/find_browser.py --install
	@$(SAY) "Measuring; this takes most of an hour, with FULL=yes several"
	@$(BIN)/python scripts/bench.py $(if $(FULL),--full) $(if $(ONLY),--only $(ONLY)) > /dev/null # .cache/bench.json has it

lint: .venv/site ## check the pages alone, in seconds
	@$(BIN)/python scripts/lint.py

page: .venv/test ## check one page with its code, figures and proofs: make page PAGE=docs/questions/…/….md
	@$(BIN)/python scripts/check_page.py $(PAGE)

new: .venv/site ## add a question: asks, proposes, and says which one it would repeat
	@$(BIN)/python scripts/new_question.py

zensical: .venv/test ## write the same site to site-zensical/ with the successor of MkDocs
	@$(BIN)/python scripts/build_assets.py
	@$(BIN)/python -m zensical build --clean --config-file zensical.yml
	@$(BIN)/python scripts/finish_site.py site-zensical

figures: .venv/test ## draw the figures again
	@$(BIN)/python scripts/draw_figures.py

format: .venv/test ## format the Python and sort its imports
	@$(BIN)/python -m ruff check --fix --quiet .
	@$(BIN)/python -m ruff format .

lock: .venv/test ## write the hashes of what requirements*.txt name; after a change there
	@$(BIN)/python scripts/lock_requirements.py

audit: .venv/audit ## look for known holes in the packages
	@$(BIN)/python scripts/audit_packages.py

clean: ## remove all that make has made
	rm -rf .venv node_modules overrides/assets/built site site-zensical .cache .mypy_cache .pytest_cache .ruff_cache

# The environment. scripts/ is put on its path by a .pth file, so that both generators find bank.extension however they
# are called; the path in it is relative, so that the whole folder may be moved.
# Packages come with the hashes in the lock files, so that a file that was changed after its release is refused.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.venv/site: requirements.lock.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))' || \
		{ echo "Python 3.11.5 or newer is needed; say which with make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing; on Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 2; }
	@$(SAY) "Installing the site's packages into .venv"
	@$(PYTHON) -m venv .venv
	@$(INSTALL) -r requirements.lock.txt
	@$(BIN)/python -c 'import os, pathlib, sysconfig; packages = sysconfig.get_path("purelib"); \
		pathlib.Path(packages, "scripts.pth").write_text(os.path.relpath("scripts", packages) + "\n")'
	@touch $@

.venv/test: requirements-test.lock.txt .venv/site
	@$(SAY) "Installing the packages of proofs and tests"
	@$(INSTALL) -r requirements.lock.txt -r requirements-test.lock.txt
	@touch $@

.venv/audit: requirements-audit.lock.txt .venv/site
	@$(SAY) "Installing the packages of the audit"
	@$(INSTALL) -r requirements.lock.txt -r requirements-audit.lock.txt
	@touch $@

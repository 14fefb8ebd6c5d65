# All set-up happens inside these targets; `make` alone lists them. Needs make, a POSIX shell, and Python 3.12 or
# newer, which `make PYTHON=/path/to/python3` names when it is in an unusual place. docs/dependencies.md says what
# is installed and why. Other settings: VADEMECUM_CHROMIUM (a browser for the tests); ENGINES, as in
# `make test ENGINES=all` (the browsers of tests/browser/test_engines.py: chromium, firefox, webkit, a comma list of
# them, or all); whatever else is in the environment or on make's command line reaches the tests unchanged.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site test fuzz serve export wheel check bench clean distclean hooks lock audit

# Material's notice about its own end of life and about MkDocs 2, on every call of mkdocs; the pins take care of both.
export NO_MKDOCS_2_WARNING := 1

PY := .venv/bin/python
# Node.js and npm are in .venv/bin when PATH had none that will do.
IN_VENV = PATH="$$PWD/.venv/bin:$$PATH"
SETUP = python=$$(sh tools/find-python.sh) && "$$python" tools/setup.py
CHROMIUM = VADEMECUM_CHROMIUM="$${VADEMECUM_CHROMIUM:-$$(cat .venv/.setup/chromium)}"

help: ## list the targets
	@echo 'make TARGET, where TARGET is one of'
	@sed -n 's/^\([a-z]*\):.*## /  \1	/p' Makefile | expand -t 14

site: ## set up what is missing, then build the site into site/
	@$(SETUP) site
	@$(IN_VENV) .venv/bin/vademecum build

test: ## set up what is missing, then run every test and hold the coverage
	@$(SETUP) test
	@$(IN_VENV) $(CHROMIUM) $(PY) -m pytest --cov=calculators --cov=generator --cov-branch --cov-report=
	@echo 'coverage of calculators, lines and branches (100% asked):'
	@$(PY) -m coverage report --include='calculators/*' --fail-under=100
	@echo 'coverage of generator, lines and branches (90% asked):'
	@$(PY) -m coverage report --include='generator/*' --fail-under=90

fuzz: ## damage guidelines N times from SEED and see that their author is always told where (N=10000 SEED=1)
	@$(SETUP) test
	@$(IN_VENV) VADEMECUM_FUZZ=$(or $(N),10000) VADEMECUM_FUZZ_SEED=$(or $(SEED),1) $(PY) -m pytest tests/fuzz

serve: ## build the site, show it on this computer, build again at every change
	@$(SETUP) site
	@$(IN_VENV) .venv/bin/vademecum serve

export: ## set up what is missing, then write every form of the guidelines to print or to carry into dist/
	@$(SETUP) export
	@$(IN_VENV) .venv/bin/vademecum export folder
	@$(IN_VENV) .venv/bin/vademecum export single-file
	@$(IN_VENV) .venv/bin/vademecum export single-file --no-python
	@$(IN_VENV) .venv/bin/vademecum export pdf
	@$(IN_VENV) .venv/bin/vademecum export epub

wheel: ## the package to install elsewhere, into dist/: the same bytes from the same files
	@$(SETUP) site
	@$(PY) -m hatchling build --target wheel --directory dist

check: ## format, lint, types and the fast tests
	@$(SETUP) check
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -m mypy tools/setup.py tools/lock.py tools/audit.py tools/lint_workflows.py tools/draw_card.py
	@$(IN_VENV) $(PY) -m pytest -m 'not browser and not slow'

bench: ## measure the site and the browser's Python
	@$(SETUP) test
	@$(IN_VENV) $(CHROMIUM) $(PY) -m bench

hooks: ## have git run the quick checks before each commit
	@$(SETUP) check
	@$(PY) -m pre_commit install

lock: ## for maintainers: write requirements/ anew from pyproject.toml (UPGRADE=1: to the newest versions)
	@$(SETUP) lock
	@$(PY) tools/lock.py $(if $(UPGRADE),--upgrade)

audit: ## for maintainers: ask whether a pinned package has a known vulnerability; needs a network that can tell
	@$(SETUP) audit
	@$(IN_VENV) $(PY) tools/audit.py

clean: ## remove what was built and measured; .venv stays
	@rm -rf site dist build .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache
	@find calculators generator tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## the same, and .venv
	@rm -rf .venv

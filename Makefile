# Each target is something a person could type. `make demo` and `make test` start from a bare machine.

PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print(sys.executable)' 2>/dev/null)))
BIN := .venv/bin
# A plain path: an import hook costs every start 12 ms.
EDITABLE := --config-settings editable_mode=compat
PACKAGES := xvfb openbox dbus bubblewrap fonts-dejavu-core fonts-wqy-microhei mousepad galculator xterm pcmanfm \
	x11-utils x11-xserver-utils adb mksh at-spi2-core libatk-adaptor
TESTED_WITH := chromium fonts-liberation qps zenity featherpad

.PHONY: help demo test check bench map clean system

help: ## say what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*##/\t/' | expand -t 10

DEMO := Open the text editor, type 'Screenhand was here: café, 中文, 3 < 4', and save it as ~/demo.txt. \
	Then open the calculator, type 12*7 and press enter, and tell me the result.

demo: .venv/ready ## set everything up, then work two real applications on a private desktop
	$(BIN)/screenhand run "$(DEMO)" --device sandbox \
		--check 'file:~/demo.txt contains Screenhand was here: café, 中文, 3 < 4' \
		--check 'screen contains 84' --check 'answer contains 84'

test: .venv/tested ## set everything up, then run all tests, on every core
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile

check: .venv/tested ## lint, formatting, types, and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_architecture.py

bench: .venv/tested ## measure what a step costs here, beside what a peer would do
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_screen
	$(BIN)/python -m tests.bench_models
	$(BIN)/python -m tests.bench_android

map: ## every file with its first sentence
	@git ls-files 'devices/*.py' 'tasks/*.py' 'agent/*.py' | while read -r file; do \
	printf '%-44s %s\n' "$$file" "$$(sed -n '1{s/^"""//;s/"""$$//;p}' "$$file")"; done

clean: ## forget the virtual environment and all caches
	rm -rf .venv build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/ready: pyproject.toml constraints.txt | system
	@echo "Setting up .venv; this is done once and takes about a minute."
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --use-pep517 --disable-pip-version-check -c constraints.txt $(EDITABLE) -e .
	@touch $@

.venv/tested: PACKAGES += $(TESTED_WITH)
.venv/tested: .venv/ready | system
	$(BIN)/pip install -q --use-pep517 --disable-pip-version-check -c constraints.txt $(EDITABLE) -e '.[dev]'
	@touch $@

# Debian and Ubuntu: install what is missing where that is allowed, else say exactly what to type.
system:
	@test -n "$(PYTHON)" || { echo "Screenhand needs Python 3.11 or newer; found none: apt-get install python3"; exit 1; }
	@missing=""; \
	for package in $(PACKAGES); do dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; done; \
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || missing="$$missing python3-venv"; \
	$(PYTHON) -c 'import tkinter' 2>/dev/null || missing="$$missing python3-tk"; \
	test -z "$$missing" && exit 0; \
	if [ "$$(id -u)" = 0 ]; then may=""; elif sudo -n true 2>/dev/null; then may="sudo"; \
	else echo "Please install what is missing, then try again: sudo apt-get install$$missing"; exit 1; fi; \
	echo "Installing$$missing"; \
	$$may apt-get update -q >/dev/null; \
	DEBIAN_FRONTEND=noninteractive $$may apt-get install -qy --no-install-recommends $$missing >/dev/null

#!/bin/sh
# Install Mingjian with its checks into .venv and run them all, cheapest first.
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh
install_locked dev
PATH="$PWD/.venv/bin:$PATH"
ruff format --check .
ruff check .
lint-imports
mypy
python -m pytest -n auto --maxprocesses 4 --dist loadfile --cov --cov-report=term:skip-covered "$@"

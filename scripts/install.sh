# Sourced by the other scripts: a virtual environment with exactly the locked versions, and Mingjian in it.
install_locked() {
  python="${PYTHON:-python3}"
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Mingjian needs Python 3.11 or later; name one with PYTHON=/path/to/python3.11" >&2
    exit 1
  }
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "requirements/$1.txt"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
}

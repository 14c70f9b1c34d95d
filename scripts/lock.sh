#!/bin/sh
# Lock anew: uv.lock for uv, requirements/*.txt with hashes for pip. Needs uv.
set -eu
cd "$(dirname "$0")/.."
uv lock
for set in run dev bench; do
  case $set in run) extra="" ;; dev) extra="--group dev" ;; bench) extra="--group dev --group bench" ;; esac
  extra="--extra serve --extra mcp $extra"
  # shellcheck disable=SC2086
  uv export --frozen --no-emit-project --no-header --no-annotate --format requirements.txt $extra >"requirements/$set.txt"
done

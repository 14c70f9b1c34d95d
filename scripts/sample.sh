#!/bin/sh
# Install Mingjian into .venv and read the bundled sample pages: cards here, a page of text beside its facts in out/.
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh
install_locked run
.venv/bin/mingjian extract examples/pages --view card
.venv/bin/mingjian extract examples/pages --view html --out out/pages
.venv/bin/mingjian extract examples/pages --out out/records.jsonl
.venv/bin/mingjian verify out/records.jsonl examples/pages
.venv/bin/mingjian demo out/workspace
echo "Records: out/records.jsonl    Text beside facts: out/pages/index.html"
echo "The workbench: .venv/bin/mingjian serve -w out/workspace    (docs/how-to/serve.md)"

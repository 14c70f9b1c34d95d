"""The gate: scores on a gold folder may only rise.

    python -m tests.gate.gate GOLD_FOLDER [--update [--allow-lower]]

The gold folder holds pages, their truth and ``score.py``; it is not part of the project. ``floors.json`` pins the F1 of
every row that the scorer prints over all documents, and the hash of the gold that they were measured on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.read.plain import text_page

FLOORS = Path(__file__).with_name("floors.json")
_ROW = re.compile(r"^(\S.*?)\s+tp\s+\d+ pred\s+\d+ gold\s+\d+\s+P \S+ R \S+ F1 (\S+)", re.MULTILINE)
_SLACK = 0.0005  # the scorer prints three digits


def main(arguments: list[str] | None = None) -> int:
    """0 where every score stands at its floor or above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--update", action="store_true", help="raise the floors to the scores of today")
    parser.add_argument("--allow-lower", action="store_true", help="with --update: also lower floors")
    options = parser.parse_args(arguments)
    scores, gold_hash = measure(options.gold), hash_of(options.gold)
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    floors: dict[str, float] = pinned.get("floors", {})
    lower = [row for row, floor in floors.items() if scores.get(row, 0.0) < floor - _SLACK]
    for row, score in scores.items():
        mark = "BELOW" if row in lower else ""
        sys.stdout.write(f"{row:34s} {score:.3f}  floor {floors.get(row, 0.0):.3f} {mark}\n")
    if options.update and (not lower or options.allow_lower):
        FLOORS.write_text(json.dumps({"gold": gold_hash, "floors": scores}, indent=2) + "\n", encoding="utf-8")
        return 0
    if pinned.get("gold") != gold_hash:
        sys.stderr.write("the gold is not the one that the floors were measured on; measure again with --update\n")
        return 1
    if lower:
        sys.stderr.write(f"below their floors: {', '.join(lower)}\n")
    return 1 if lower else 0


def measure(gold: Path) -> dict[str, float]:
    """F1 by row over all documents, as the gold's own scorer prints it; every record is verified on the way."""
    with tempfile.TemporaryDirectory() as folder:
        for doc_id, path in sorted(documents(gold).items()):
            page = text_page(doc_id, path.read_bytes(), path=path.name)
            record = extract(page)
            verify(record, page)
            (Path(folder) / f"{doc_id}.json").write_bytes(encode_record(record))
        command = [sys.executable, str(gold / "score.py"), folder]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {row: float(score) for row, score in _ROW.findall(printed.split("=== all", 1)[1])}


def documents(gold: Path) -> dict[str, Path]:
    """The pages of the gold folder by document id."""
    seeds = {f"seed_{path.name[:3]}": path for path in (gold / "seeds").glob("*.txt")}
    return seeds | {f"page_{path.stem}": path for path in (gold / "pages").glob("*.txt")}


def hash_of(gold: Path) -> str:
    """One hash over every file of the gold, by name."""
    digest = hashlib.sha256()
    for path in sorted(path for path in gold.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        digest.update(path.relative_to(gold).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())

"""Floors: pinned scores that may only rise, and the hash of what they were measured on."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

_SLACK = 0.0005  # scorers print three or four digits

Scores = Mapping[str, float]


def run_gate(
    description: str | None, floors: Path, measure: Callable[[Path], Scores], arguments: list[str] | None
) -> int:
    """0 where every score that ``measure`` gives for the folder stands at its floor or above."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--update", action="store_true", help="raise the floors to the scores of today")
    parser.add_argument("--allow-lower", action="store_true", help="with --update: also lower floors")
    options = parser.parse_args(arguments)
    scores, gold_hash = measure(options.gold), hash_of(options.gold)
    pinned = json.loads(floors.read_text(encoding="utf-8")) if floors.exists() else {}
    lower = _report(scores, pinned.get("floors", {}))
    if options.update and (not lower or options.allow_lower):
        floors.write_text(json.dumps({"gold": gold_hash, "floors": scores}, indent=2) + "\n", encoding="utf-8")
        return 0
    if pinned.get("gold") != gold_hash:
        sys.stderr.write("the gold is not the one that the floors were measured on; measure again with --update\n")
        return 1
    if lower:
        sys.stderr.write(f"below their floors: {', '.join(lower)}\n")
    return 1 if lower else 0


def _report(scores: Scores, floors: Scores) -> list[str]:
    """Prints every score beside its floor; the rows that stand below."""
    lower = [row for row, floor in floors.items() if scores.get(row, 0.0) < floor - _SLACK]
    for row, score in scores.items():
        mark = "BELOW" if row in lower else ""
        sys.stdout.write(f"{row:34s} {score:.3f}  floor {floors.get(row, 0.0):.3f} {mark}\n")
    return lower


def hash_of(gold: Path) -> str:
    """One hash over every file of the gold, by name."""
    digest = hashlib.sha256()
    for path in sorted(path for path in gold.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        digest.update(path.relative_to(gold).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()

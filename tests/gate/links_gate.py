"""The gate of links: how well what many pages tell of one thing is put together may only get better.

    python -m tests.gate.links_gate GOLD_FOLDER [--update [--allow-lower]]

The gold folder holds pages, ``links.json`` and ``score_links.py``; it is not part of the project.
``links_floors.json`` pins B-cubed F1 by kind, and the share of the pairs that must not be merged which are kept apart.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.gate.floors import run_gate

FLOORS = Path(__file__).with_name("links_floors.json")
_ROW = re.compile(r"^(\w+)\s+members\s+\d+.*\bF1 (\S+)", re.MULTILINE)
_PAIR = re.compile(r"^must not merge: .* -> (MERGED|kept apart)$", re.MULTILINE)


def main(arguments: list[str] | None = None) -> int:
    """0 where every score stands at its floor or above."""
    return run_gate(__doc__, FLOORS, measure, arguments)


def measure(gold: Path) -> dict[str, float]:
    """The scores by name, as the gold's own scorer prints them."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "links.jsonl"
        bench = [sys.executable, "-m", "bench.links", "--gold", str(gold), "--pred", str(found)]
        subprocess.run(bench, check=True, capture_output=True)
        command = [sys.executable, str(gold / "score_links.py"), str(found)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    scores = {f"links {kind} F1": float(score) for kind, score in _ROW.findall(printed)}
    pairs = _PAIR.findall(printed)
    if pairs:
        scores["links kept apart"] = pairs.count("kept apart") / len(pairs)
    return scores


if __name__ == "__main__":
    sys.exit(main())

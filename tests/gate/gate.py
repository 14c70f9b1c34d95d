"""The gate of facts: scores on a gold folder may only rise.

    python -m tests.gate.gate GOLD_FOLDER [--update [--allow-lower]]

The gold folder holds pages, their truth and ``score.py``; it is not part of the project. ``floors.json`` pins the F1 of
every row that the scorer prints over all documents, and the hash of the gold that they were measured on.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.gate.floors import run_gate

from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.read.plain import text_page

FLOORS = Path(__file__).with_name("floors.json")
_ROW = re.compile(r"^(\S.*?)\s+tp\s+\d+ pred\s+\d+ gold\s+\d+\s+P \S+ R \S+ F1 (\S+)", re.MULTILINE)


def main(arguments: list[str] | None = None) -> int:
    """0 where every score stands at its floor or above."""
    return run_gate(__doc__, FLOORS, measure, arguments)


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


if __name__ == "__main__":
    sys.exit(main())

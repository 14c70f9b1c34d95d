"""The gate of the corpus: how well reprints and stories are folded and pages are found may only get better.

    python -m tests.gate.corpus_gate FOLDER [--update [--allow-lower]]

The folder holds ``reprints`` (documents, clusters, pairs) and ``search`` (collections, queries, relevance), each
with its scorers; it is not part of the project. ``corpus_floors.json`` pins the scores of the two benches.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.gate.floors import run_gate

FLOORS = Path(__file__).with_name("corpus_floors.json")
_OF_REPRINTS = ("pair_P", "pair_R", "pair_F1", "bcubed_multi_F1", "partial_F1")
_KINDS_APART = ("series", "template_neg", "event_neg", "quote", "roundup", "single")


def main(arguments: list[str] | None = None) -> int:
    """0 where every score stands at its floor or above."""
    return run_gate(__doc__, FLOORS, measure, arguments)


def measure(folder: Path) -> dict[str, float]:
    """The scores by name; of what must not be folded, the share that is kept apart."""
    with tempfile.TemporaryDirectory() as place:
        return {**dict(_reprints(folder / "reprints", Path(place))), **dict(_search(folder / "search", Path(place)))}


def _reprints(data: Path, place: Path) -> Iterator[tuple[str, float]]:
    found, parts = place / "clusters.jsonl", place / "parts.jsonl"
    _run("bench.reprints", "--docs", data / "dev.docs.jsonl.gz", "--pred", found, "--partial", parts)
    scored = _scored(data / "score.py", data / "dev.gold.jsonl.gz", found, data / "dev.partial.jsonl.gz", parts)
    yield from ((f"reprints {name}", scored[name]) for name in _OF_REPRINTS)
    yield from ((f"reprints apart {kind}", 1 - scored["false_merge_by_kind"][kind]) for kind in _KINDS_APART)
    _run("bench.reprints", "--docs", data / "natural.docs.jsonl.gz", "--pred", found)
    yield "reprints natural F1", _scored(data / "score_natural.py", data / "natural.pairs.jsonl", found)["F1"]
    events = data / "cec_events.jsonl.gz"
    _run("bench.stories", "--docs", events, "--pred", found)
    yield "stories bcubed_multi_F1", _scored(data / "score_events.py", events, found)["F1"]


def _search(data: Path, place: Path) -> Iterator[tuple[str, float]]:
    run = place / "run.txt"
    _run("bench.search", "--data", data, "--queries", data / "queries.dev.tsv", "--run", run)
    for kind, figures in _scored(data / "score.py", "dev", run, "--json").items():
        yield f"search {kind} nDCG@10", figures["nDCG@10"]


def _run(module: str, *arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=True, capture_output=True)


def _scored(scorer: Path, *arguments: str | Path) -> dict[str, Any]:
    command = [sys.executable, str(scorer), *map(str, arguments)]
    figures: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return figures


if __name__ == "__main__":
    sys.exit(main())

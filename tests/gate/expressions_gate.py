"""The gate of expressions: how well times and quantities of labelled texts are read may only get better.

    python -m tests.gate.expressions_gate FOLDER [--update [--allow-lower]]

The folder holds the suites of other libraries (``peers_dev.jsonl``) with their ``score.py``; it is not part of the
project. The project's own sentences (``bench/sentences*.jsonl``, told of in ``bench/sentences.md``) are scored by the
same scorer. ``expressions_floors.json`` pins the scores.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.quantities import Row, predictions, read_rows
from tests.gate.floors import run_gate

from mingjian.core.rulebook import bundled_rulebook

FLOORS = Path(__file__).with_name("expressions_floors.json")
SENTENCES = Path(__file__).parents[2] / "bench"
_SETS = (
    ("sentences", "dev"),
    ("sentences", "held"),
    ("sentences_fresh", None),
    ("sentences_third", None),
    ("sentences_fourth", None),
)
_FAMILIES = ("time", "quantity")
_OF_SUITES = ("e2eF1", "exactF1")
_OF_SENTENCES = ("e2eF1", "exactF1", "unit_acc", "comparator_acc", "metric_acc")


def main(arguments: list[str] | None = None) -> int:
    """0 where every score stands at its floor or above."""
    return run_gate(__doc__, FLOORS, measure, arguments)


def measure(folder: Path) -> dict[str, float]:
    """The scores by set, suite and family, as the scorer of the folder gives them."""
    scorer = folder / "score.py"
    scores = dict(_scores(scorer, "", read_rows(folder / "peers_dev.jsonl"), _OF_SUITES))
    for name, half in _SETS:
        rows = read_rows(SENTENCES / f"{name}.jsonl", half)
        scores |= _scores(scorer, f"{name} {half or ''}".strip() + " ", rows, _OF_SENTENCES)
    return scores


def _scores(scorer: Path, name: str, rows: Sequence[Row], wanted: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The wanted figures of every suite, each under the name of its set, suite, family and figure."""
    with tempfile.TemporaryDirectory() as folder:
        gold, found = Path(folder) / "gold.jsonl", Path(folder) / "found.jsonl"
        _write(gold, rows)
        _write(found, list(predictions(rows, bundled_rulebook(), None)))
        for family in _FAMILIES:
            for suite, figures in _scored(scorer, gold, found, family):
                for figure in wanted:
                    if figures.get(figure) is not None:
                        yield f"{name}{suite} {family} {figure}", figures[figure]


def _scored(scorer: Path, gold: Path, found: Path, family: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    command = [sys.executable, str(scorer), "--gold", str(gold), "--pred", str(found), "--family", family]
    done = subprocess.run([*command, "--by", "suite"], capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        suite, brace, figures = line.partition(" {")
        if brace:
            yield suite, json.loads("{" + figures)


def _write(path: Path, rows: Sequence[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

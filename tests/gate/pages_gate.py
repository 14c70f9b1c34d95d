"""The gate of pages: how well articles and what pages say of themselves are found may only get better.

    python -m tests.gate.pages_gate FOLDER [--update [--allow-lower]]

The folder holds annotated pages as HTML and flattened, their truth and ``score.py``; it is not part of the project.
``pages_floors.json`` pins the scores; those that should be small count as their difference from one.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.pages import read_predictions, read_truths, score_with, write_predictions
from tests.gate.floors import run_gate

FLOORS = Path(__file__).with_name("pages_floors.json")
_FORMS = {"html": {}, "flat": {"flat": True}, "one-line": {"flat": True, "one_line": True}}
_PARTS = (("zh", "news"), ("zh", "other"), ("en", "news"))
_BETTER_HIGH = ("F1*", "F1mean", "title", "date", "minute", "source", "authors_f1")
_BETTER_LOW = ("date_wrong", "source_wrong")


def main(arguments: list[str] | None = None) -> int:
    """0 where every score stands at its floor or above."""
    return run_gate(__doc__, FLOORS, measure, arguments)


def measure(gold: Path) -> dict[str, float]:
    """The scores by form, language, genre and row, as the scorer beside the pages gives them."""
    scores: dict[str, float] = {}
    truths = read_truths(gold)
    with tempfile.TemporaryDirectory() as folder:
        for form, options in _FORMS.items():
            out = Path(folder) / f"{form}.jsonl"
            write_predictions(
                gold, [truth for truth in truths if form == "html" or truth["lang"] == "zh"], out, **options
            )
            for language, genre in _PARTS if form == "html" else _PARTS[:2]:
                part = [truth for truth in truths if (truth["lang"], truth["genre"]) == (language, genre)]
                found = score_with(gold, part, read_predictions(out))
                rows = {row: found[row] for row in _BETTER_HIGH if row in found}
                rows |= {f"not {row}": round(1 - found[row], 4) for row in _BETTER_LOW if row in found}
                scores |= {f"{form} {language} {genre} {row}": score for row, score in rows.items()}
    return scores


if __name__ == "__main__":
    sys.exit(main())

"""Strict F1 of the names of people, bodies and places, on files of sentences with marked names.

    python -m bench.names --gold FILE [--pred OUT.jsonl] [--engine lac] [--score SCORER.py] [--errors N]

FILE holds lines ``{id, text, ents: [[start, end, TYPE]]}`` with the types PER, ORG, LOC; a folder stands for all its
``*.jsonl``. OUT gets a line ``{id, ents}`` for each of them, and SCORER, if named, is run as ``SCORER FILE OUT``.
``--errors N`` prints the first N names that are wrong or missing. No such file ships with the project.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from mingjian.core.pipeline.naming import names_of_each
from mingjian.engines.loading import load_engines

Name = tuple[int, int, str]
KINDS = ("PER", "ORG", "LOC")


def main() -> None:
    """Prints precision, recall and F1 for each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--pred", type=Path)
    parser.add_argument("--engine")
    parser.add_argument("--score", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    engines = load_engines(options.engine)
    for path in sorted(options.gold.glob("*.jsonl")) if options.gold.is_dir() else [options.gold]:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        each = names_of_each((row["text"] for row in rows), engines=engines)
        found = [[(name.start, name.end, name.label) for name in names] for names in each]
        _report(path.stem, rows, found, options.errors)
        if options.pred:
            out = options.pred / path.name if options.pred.is_dir() else options.pred
            _write(out, rows, found)
            if options.score:
                subprocess.run([sys.executable, options.score, path, out], check=True)


def _write(path: Path, rows: Iterable[dict[str, Any]], found: Iterable[Sequence[Name]]) -> None:
    lines = (json.dumps({"id": row["id"], "ents": names}) for row, names in zip(rows, found, strict=True))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _report(title: str, rows: Sequence[dict[str, Any]], found: Sequence[Sequence[Name]], shown: int) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    errors: list[str] = []
    for row, names in zip(rows, found, strict=True):
        gold = {(start, end, kind) for start, end, kind in row.get("ents", ()) if kind in KINDS}
        given = set(names)
        for kind in KINDS:
            counts[kind, "right"] += sum(name[2] == kind for name in given & gold)
            counts[kind, "found"] += sum(name[2] == kind for name in given)
            counts[kind, "gold"] += sum(name[2] == kind for name in gold)
        errors += [_shown("wrong  ", name, row["text"]) for name in sorted(given - gold)]
        errors += [_shown("missing", name, row["text"]) for name in sorted(gold - given)]
    for part in ("right", "found", "gold"):
        counts["all", part] = sum(counts[kind, part] for kind in KINDS)
    _print_scores(title, counts)
    print("".join(f"{error}\n" for error in errors[:shown]), end="")


def _shown(problem: str, name: Name, text: str) -> str:
    """One wrong or missing name with the words round it."""
    start, end, kind = name
    return f"{problem} {kind} {text[start:end]}  in  {text[max(0, start - 12) : end + 12]}"


def _print_scores(title: str, counts: Counter[tuple[str, str]]) -> None:
    for kind in (*KINDS, "all"):
        right, found, gold = (counts[kind, part] for part in ("right", "found", "gold"))
        precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        print(f"{title:16s} {kind}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({gold} names)")


if __name__ == "__main__":
    main()

"""Predictions for a folder of annotated pages, to be scored by the scorer that lies beside them.

    python -m bench.pages --gold FOLDER --pred OUT.jsonl [--flat] [--one-line] [--split dev] [--lang zh]
    python -m bench.pages --gold FOLDER --pred OUT.jsonl --against OTHER.jsonl
    python -m bench.pages --gold FOLDER --time

The folder holds ``gold.jsonl`` (``id``, ``lang``, ``page`` …), the pages it names, and for ``--flat`` the same as text
in ``flat/<id>.txt.gz``; ``--one-line`` turns the line feeds of the flat pages into spaces. A prediction is what the
record says: body, title, date, source, authors. The body is printed as these gold sets count it, with its datelines.
``--against`` compares two files of predictions page by page, with a paired bootstrap; ``--time`` compares CPU time with
trafilatura (text and metadata) on the same pages, in turn, in one process.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from mingjian.core.clean.article import clean
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.pipeline.extract import extract
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.errors import ReadError
from mingjian.read.html import html_page
from mingjian.read.plain import text_page

_DRAWS = 2_000
_TURNS = 3

Truth = dict[str, Any]


def main() -> None:
    """Write predictions, or compare two files of them, or take the time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="the folder with gold.jsonl")
    parser.add_argument("--pred", type=Path, help="the file of predictions, JSON lines")
    parser.add_argument("--flat", action="store_true", help="read the flattened pages")
    parser.add_argument("--one-line", action="store_true", help="read the flattened pages with spaces for line feeds")
    parser.add_argument("--split", default="all")
    parser.add_argument("--lang", default="all")
    parser.add_argument("--against", type=Path, help="an older file of predictions to compare with")
    parser.add_argument("--time", action="store_true", help="compare CPU time with trafilatura")
    options = parser.parse_args()
    truths = [truth for truth in read_truths(options.gold) if options.split in ("all", truth.get("split", "all"))]
    truths = [truth for truth in truths if options.lang in ("all", truth.get("lang", "all"))]
    if options.time:
        _take_time(options.gold, truths)
    elif options.against:
        _compare(options.gold, truths, options.pred, options.against)
    else:
        write_predictions(
            options.gold, truths, options.pred, flat=options.flat or options.one_line, one_line=options.one_line
        )


def read_truths(folder: Path) -> list[Truth]:
    """The rows of the folder's gold."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_predictions(
    folder: Path, truths: list[Truth], out: Path, *, flat: bool = False, one_line: bool = False
) -> None:
    """One row a page that can be read; the others are named on standard error."""
    with out.open("w", encoding="utf-8") as predictions:
        for truth in truths:
            try:
                page = _page(folder, truth, flat=flat, one_line=one_line)
            except (ReadError, FileNotFoundError) as error:
                print(error, file=sys.stderr)
                continue
            predictions.write(json.dumps(_prediction(truth["id"], page), ensure_ascii=False) + "\n")


def _page(folder: Path, truth: Truth, *, flat: bool = False, one_line: bool = False) -> Page:
    if not flat:
        return html_page(truth["id"], gzip.decompress(_file(folder, truth).read_bytes()))
    content = gzip.decompress((folder / "flat" / f"{truth['id']}.txt.gz").read_bytes())
    return text_page(truth["id"], content.replace(b"\n", b" ") if one_line else content)


def _file(folder: Path, truth: Truth) -> Path:
    return folder / str(truth.get("page", f"pages/{truth['id']}.html.gz"))


def _prediction(name: str, page: Page) -> dict[str, Any]:
    record = extract(page)
    return {
        "id": name,
        "body": "\n".join(_body(record, page.text)),
        "title": _value(record.title),
        "date": _value(record.published),
        "source": _value(record.source),
        "authors": [author.value for author in record.authors],
    }


def _body(record: Record, text: str) -> Iterator[str]:
    """The blocks of the body in order, with the datelines that open them."""
    last = record.body[-1].end if record.body else 0
    datelines = [block for block in record.boilerplate if block.kind == "dateline" and block.end <= last]
    places = sorted(
        [(block.start, block.end) for block in record.body] + [(block.start, block.end) for block in datelines]
    )
    for start, end in places:
        yield text[start:end]


def _value(outcome: Outcome[str]) -> str | None:
    return outcome.value if isinstance(outcome, Cited) else None


def read_predictions(path: Path) -> list[Truth]:
    """The rows of a file of predictions."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def score_with(folder: Path, truths: list[Truth], predictions: list[Truth]) -> dict[str, float]:
    """What the scorer of the folder says of the predictions for those truths."""
    scores: dict[str, float] = _scorer(folder).score(truths, predictions)
    return scores


def _compare(folder: Path, truths: list[Truth], new: Path, old: Path) -> None:
    """Per-page F1 of two files: their means, the difference with its 95 % interval, and the pages that moved."""
    scorer = _scorer(folder)
    truths = [truth for truth in truths if truth.get("body")]
    before, after = (_page_scores(scorer, truths, path) for path in (old, new))
    differences = [after[truth["id"]] - before[truth["id"]] for truth in truths]
    source = random.Random(20261122)
    draws = sorted(sum(source.choices(differences, k=len(differences))) / len(differences) for _ in range(_DRAWS))
    low, high = draws[int(0.025 * _DRAWS)], draws[int(0.975 * _DRAWS) - 1]
    count = len(truths)
    print(f"{count} pages: {sum(before.values()) / count:.4f} -> {sum(after.values()) / count:.4f}")
    print(f"difference {sum(differences) / count:+.4f}, 95 % of {_DRAWS} draws in {low:+.4f} .. {high:+.4f}")
    for truth in sorted(truths, key=lambda truth: after[truth["id"]] - before[truth["id"]]):
        if abs(after[truth["id"]] - before[truth["id"]]) > 0.002:
            print(f"  {truth['id']:24} {before[truth['id']]:.3f} -> {after[truth['id']]:.3f}")


def _page_scores(scorer: ModuleType, truths: list[Truth], path: Path) -> dict[str, float]:
    bodies = {row["id"]: row.get("body") or "" for row in read_predictions(path)}
    scores: dict[str, float] = {}
    for truth in truths:
        counts = scorer.page(truth["body"], bodies.get(truth["id"], ""), truth["lang"], truth.get("neutral") or [])
        scores[truth["id"]] = scorer.prf(*counts)[2]
    return scores


def _scorer(folder: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location("pages_scorer", folder / "score.py")
    if specification is None or specification.loader is None:
        raise SystemExit(f"{folder}: no score.py beside the gold; give the folder that holds both")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def _take_time(folder: Path, truths: list[Truth]) -> None:
    """CPU seconds of reading and cleaning beside trafilatura's, page by page in turn; the least of some turns each."""
    import trafilatura

    book = bundled_rulebook()
    ours = theirs = 0
    for truth in truths:
        content = gzip.decompress(_file(folder, truth).read_bytes())
        try:
            own, peers = [], []
            for _ in range(_TURNS):
                start = time.process_time_ns()
                page = html_page(truth["id"], content)
                clean(page, fold(page.text), book)
                middle = time.process_time_ns()
                trafilatura.bare_extraction(content, with_metadata=True)
                own.append(middle - start)
                peers.append(time.process_time_ns() - middle)
        except ReadError as error:
            print(error, file=sys.stderr)
            continue
        ours, theirs = ours + min(own), theirs + min(peers)
    ratio = ours / theirs
    print(f"{len(truths)} pages: ours {ours / 1e9:.2f} s, trafilatura {theirs / 1e9:.2f} s: {ratio:.2f} of its CPU")


if __name__ == "__main__":
    main()

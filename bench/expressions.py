"""What times and quantities cost, beside JioNLP's times and money, on the same texts.

    python -m bench.expressions [--pages 200] [--texts FILE ...]

The texts are the pages of the bench corpus, or the files named (pages as text, or ``.jsonl`` of ``{"text": …}``); what
is read of a page is its article. The peer runs in the same process on the same texts, in turn with ours. CPU times of
one process; on a shared machine trust the ratios. Last, prose without a number is read: the cost of finding nothing,
beside that of looking for the characters a number may begin with.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import json
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.corpus import make_corpus
from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor
from mingjian.core.pipeline.extract import extract
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.bare_text import article_of
from mingjian.core.text.numbers import NUMBER_START
from mingjian.read import read

_TURNS = 5
_BOOK = bundled_rulebook()
_ANCHOR = Anchor("2025-06-30", "published")
_Run = Callable[[str], None]


def main() -> None:
    """Read the texts and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--examples", type=Path, default=Path("examples/pages"))
    parser.add_argument("--texts", type=Path, nargs="+", default=[])
    options = parser.parse_args()
    texts = list(_texts(options.texts) if options.texts else _articles(options.examples, options.pages))
    _report_ratio(texts)
    _report_prose([line for text in texts for line in text.splitlines() if not NUMBER_START.search(line)])


def _articles(examples: Path, count: int) -> Iterator[str]:
    for page in make_corpus(examples, count):
        record = extract(page, _BOOK)
        yield "\n".join(page.text[block.start : block.end] for block in record.body)


def _texts(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        if path.suffix == ".jsonl":
            yield from (json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines())
            continue
        for page in read(path):
            record = extract(page, _BOOK)
            yield "\n".join(page.text[block.start : block.end] for block in record.body)


def _report_ratio(texts: Sequence[str]) -> None:
    """All in turn, text by text, in the same mood of the machine; of each text the best of some turns counts."""
    runs: dict[str, _Run] = {"times": _times, "times and quantities": _both, **_peer()}
    best = {name: [_time_of(run, [text]) for text in texts] for name, run in runs.items()}
    for _ in range(_TURNS):
        for place, text in enumerate(texts):
            for name, run in runs.items():
                best[name][place] = min(best[name][place], _time_of(run, [text]))
    spent, characters = {name: sum(times) for name, times in best.items()}, sum(map(len, texts))
    print(f"{len(texts)} texts of {characters / len(texts):.0f} characters")
    for name, nanoseconds in spent.items():
        print(f"  {name:26s} {nanoseconds / characters / 1e3:7.3f} us a character")
    ours, theirs = spent["times and quantities"], spent["JioNLP: times and money"]
    print(f"ours to JioNLP's: {ours / theirs:.3f}")


def _report_prose(lines: Sequence[str]) -> None:
    prose = "\n".join(lines)
    if not prose:
        return
    runs: dict[str, _Run] = {
        "looking for numbers": _scan, "folding, sentences": _prepare, "with times and quantities": _both,
    }  # fmt: skip
    print(f"prose without a number, {len(prose)} characters")
    for name, run in runs.items():
        run(prose)
        print(
            f"  {name:26s} {min(_time_of(run, [prose]) for _ in range(_TURNS)) / len(prose) / 1e3:7.3f} us a character"
        )


def _times(text: str) -> None:
    annotate_times(article_of(text), _BOOK, _ANCHOR)


def _both(text: str) -> None:
    article = article_of(text)
    annotate_quantities(article, _BOOK, annotate_times(article, _BOOK, _ANCHOR))


def _prepare(text: str) -> None:
    article_of(text)


def _scan(text: str) -> None:
    for _ in NUMBER_START.finditer(text):
        pass


def _peer() -> dict[str, _Run]:
    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        jionlp = importlib.import_module("jionlp")

    def amounts(text: str) -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            for kind in (jionlp.ner.extract_time, jionlp.ner.extract_money):
                with contextlib.suppress(Exception):
                    kind(text)

    return {"JioNLP: times and money": amounts}


def _time_of(run: _Run, texts: Sequence[str]) -> int:
    start = time.process_time_ns()
    for text in texts:
        run(text)
    return time.process_time_ns() - start


if __name__ == "__main__":
    main()

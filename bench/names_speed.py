"""What names cost, beside the peers, on the same texts, in turn, in one process and one thread.

    OMP_NUM_THREADS=1 python -m bench.names_speed PATH [--engine lac] [--turns 3] [--batch 32]

PATH is a file of ``{"text": …}`` lines, a page, or a folder of pages, of which the articles are read. Without an engine
the lexicons and rules run beside jieba.posseg; with one, all of it runs beside cutword, which is asked both text by
text and in lists of sentences. CPU time of the process; of each batch of texts the best turn counts.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import json
import logging
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import mingjian
from mingjian.core.pipeline.naming import names_of_each
from mingjian.core.ports import Engines
from mingjian.core.text.bare_text import article_of
from mingjian.engines.loading import load_engines

_Run = Callable[[Sequence[str]], object]


def main() -> None:
    """Reads the texts and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--engine")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--texts", type=int, default=400)
    parser.add_argument("--batch", type=int, default=32, help="texts that are given at once")
    options = parser.parse_args()
    texts = [text for text in _texts(options.path) if text.strip()][: options.texts]
    engines = load_engines(options.engine)
    batches = [texts[first : first + options.batch] for first in range(0, len(texts), options.batch)]
    runs: dict[str, _Run] = {"names by lexicons and rules": lambda batch: list(names_of_each(batch))}
    if engines.recognizer is None:
        runs |= _posseg()
    else:
        runs |= {f"names with {options.engine}": lambda batch: list(names_of_each(batch, engines=engines))}
        runs |= {f"{options.engine} alone": _alone(engines)} | _cutword()
    _report(runs, batches, options.turns)


def _alone(engines: Engines) -> _Run:
    def run(batch: Sequence[str]) -> object:
        assert engines.recognizer is not None  # noqa: S101
        return engines.recognizer.recognize(_sentences(batch))

    return run


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".jsonl":
        yield from (json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
        return
    for page in mingjian.read(path):
        record = mingjian.extract(page)
        yield "\n".join(page.text[block.start : block.end] for block in record.body)


def _posseg() -> dict[str, _Run]:
    logging.disable(logging.CRITICAL)
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        posseg = importlib.import_module("jieba.posseg")
        posseg.lcut("热身")
    return {"jieba.posseg": lambda batch: [posseg.lcut(text) for text in batch]}


def _cutword() -> dict[str, _Run]:
    warnings.simplefilter("ignore")
    importlib.import_module("torch").set_num_threads(1)
    model = importlib.import_module("cutword").NER()
    return {
        "cutword, text by text": lambda batch: [model.predict(text) for text in batch],
        "cutword, sentences in lists": lambda batch: model.predict(_sentences(batch)),
    }


def _sentences(batch: Sequence[str]) -> list[str]:
    return [text[sentence.start : sentence.end] for text in batch for sentence in article_of(text).sentences]


def _report(runs: dict[str, _Run], batches: Sequence[Sequence[str]], turns: int) -> None:
    best = {name: [_time_of(run, batch) for batch in batches] for name, run in runs.items()}
    for _ in range(turns - 1):
        for place, batch in enumerate(batches):
            for name, run in runs.items():
                best[name][place] = min(best[name][place], _time_of(run, batch))
    texts = [text for batch in batches for text in batch]
    characters = sum(map(len, texts))
    print(f"{len(texts)} texts of {characters / len(texts):.0f} characters")
    ours = list(best)[1 if len(best) > 2 else 0]
    for name, times in best.items():
        each = sum(times) / characters / 1e3
        print(f"  {name:30s} {each:8.2f} us a character   {ours} is {sum(best[ours]) / sum(times):.3f} of it")


def _time_of(run: _Run, batch: Sequence[str]) -> int:
    start = time.process_time_ns()
    run(batch)
    return time.process_time_ns() - start


if __name__ == "__main__":
    main()

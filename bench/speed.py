"""How fast ``extract`` is, stage by stage, beside the libraries that do the nearest thing.

    python -m bench.speed [--pages 10000] [--peer-pages 200]

Prints pages per second, CPU per page and per character, the share of every stage, and the ratio to the peers' stack
(trafilatura for HTML, jieba to cut words, JioNLP for times and money), which runs in the same process on the same
pages, in turn with ours. CPU times of one process; on a shared machine trust the ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import logging
import os
import statistics
import time
import types
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.corpus import make_corpus
from mingjian.core.model.page import Page
from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline import extract as pipeline
from mingjian.read.html import html_page
from mingjian.read.plain import text_page

_READING, _ENCODING, _BETWEEN = "read (bytes to text layer)", "encode (JSON)", "the rest of extract"


def main() -> None:
    """Run both halves and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--peer-pages", type=int, default=200)
    parser.add_argument("--examples", type=Path, default=Path("examples/pages"))
    options = parser.parse_args()
    _report_stages(make_corpus(options.examples, options.pages), options.pages)
    if options.peer_pages:
        _report_ratio(list(make_corpus(options.examples, options.peer_pages)))


def read_again(page: Page) -> Page:
    """The page read anew from its bytes, so that reading is measured too."""
    return (html_page if page.html else text_page)(page.doc_id, page.content, path=page.path)


@contextlib.contextmanager
def stages_timed(seconds: Counter[str]) -> Iterator[None]:
    """While this is open, every function that ``extract`` calls adds its CPU time to ``seconds`` under its name."""
    own = {
        name: value
        for name, value in vars(pipeline).items()
        if isinstance(value, types.FunctionType) and value.__module__ != pipeline.__name__
    }
    for name, function in own.items():
        setattr(pipeline, name, _timed(name, function, seconds))
    try:
        yield
    finally:
        for name, function in own.items():
            setattr(pipeline, name, function)


def _timed(name: str, function: Callable[..., Any], seconds: Counter[str]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        start = time.process_time_ns()
        try:
            return function(*arguments, **options)
        finally:
            seconds[name] += time.process_time_ns() - start

    return call


def _report_stages(pages: Iterator[Page], count: int) -> None:
    seconds: Counter[str] = Counter()
    characters = size = total = 0
    pipeline.extract(text_page("warm", "二〇二五年，某市发布办法。".encode()))
    with stages_timed(seconds):
        for page in pages:
            start = time.process_time_ns()
            again = read_again(page)
            read = time.process_time_ns()
            record = pipeline.extract(again)
            extracted = time.process_time_ns()
            size += len(encode_record(record))
            end = time.process_time_ns()
            seconds[_READING] += read - start
            seconds[_BETWEEN] += extracted - read
            seconds[_ENCODING] += end - extracted
            total += end - start
            characters += len(page.text)
    seconds[_BETWEEN] -= sum(value for name, value in seconds.items() if name not in (_READING, _BETWEEN, _ENCODING))
    print(
        f"{count} pages, {characters / count:.0f} characters of text and {size / count / 1000:.1f} kB of record a page"
    )
    each, by_character = total / count / 1e6, total / characters / 1e3
    print(f"{count / total * 1e9:.0f} pages/s of CPU, {each:.2f} ms a page, {by_character:.2f} us a character")
    for name, value in seconds.most_common():
        print(f"  {name:34s} {value / total:6.1%}  {value / count / 1e3:8.1f} us a page")


def _report_ratio(pages: list[Page]) -> None:
    peers = _peers()
    rows: dict[str, list[tuple[int, int]]] = {"HTML": [], "text": []}
    for page in pages:
        peers(page)
        break
    for page in pages:
        start = time.process_time_ns()
        encode_record(pipeline.extract(read_again(page)))
        middle = time.process_time_ns()
        peers(page)
        rows["HTML" if page.html else "text"].append((middle - start, time.process_time_ns() - middle))
    for kind, pairs in rows.items():
        if pairs:
            ours, theirs = (sum(column) for column in zip(*pairs, strict=True))
            median = statistics.median(theirs_one / ours_one for ours_one, theirs_one in pairs)
            means = f"ours {ours / len(pairs) / 1e6:.2f} ms, peers {theirs / len(pairs) / 1e6:.2f} ms"
            print(f"{kind}: {len(pairs)} pages, {means}, ratio {theirs / ours:.1f} (median of pages {median:.1f})")


def _peers() -> Callable[[Page], None]:
    """The nearest equivalent: article and metadata, words, times, money; fewer things than ours gives."""
    logging.disable(logging.CRITICAL)
    os.environ.setdefault("TQDM_DISABLE", "1")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        jieba, jionlp, trafilatura = (importlib.import_module(name) for name in ("jieba", "jionlp", "trafilatura"))
        jieba.initialize()

    def run(page: Page) -> None:
        text = page.text
        if page.html:
            found = trafilatura.bare_extraction(page.html, with_metadata=True)
            text = (found.text if found is not None else None) or page.text
        jieba.lcut(text)
        with contextlib.redirect_stdout(io.StringIO()):
            for kind in (jionlp.ner.extract_time, jionlp.ner.extract_money):
                with contextlib.suppress(Exception):
                    kind(text)

    return run


if __name__ == "__main__":
    main()

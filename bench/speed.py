"""How fast ``extract`` is, stage by stage, beside the libraries that do the nearest thing.

    python -m bench.speed [--pages 10000] [--peer-pages 200]
    python -m bench.speed --real FOLDER [--real FOLDER …]
    python -m bench.speed --growth

Prints pages per second, CPU per page and per character, the share of every stage, and the ratio to the peers' stack
(trafilatura for HTML, jieba for words, JioNLP for times and money), which runs in the same process on the same pages,
in turn with ours. CPU times of one process; on a shared machine trust the ratios. ``--real`` asks for the ratio alone,
on the Chinese pages of folders of your own; ``--growth`` for the cost a character of pages of 1,000 to 1,000,000.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.corpus import make_corpus
from bench.lengths import report_lengths
from bench.stages import stages_timed
from mingjian.core.model.page import Page
from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline import extract as pipeline
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.matching import scanner_for
from mingjian.read import read_paths
from mingjian.read.html import html_page
from mingjian.read.plain import text_page

_WARM = 84
_TURN = 20
_HAN = re.compile("[\u4e00-\u9fff]")
_CHINESE = 0.2
_READING, _ENCODING, _BETWEEN = "read (bytes to text layer)", "encode (JSON)", "the rest of extract"


def main() -> None:
    """Run both halves and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--peer-pages", type=int, default=200)
    parser.add_argument("--examples", type=Path, default=Path("examples/pages"))
    parser.add_argument("--dense", action="store_true", help="without the comment between the facts")
    parser.add_argument("--real", type=Path, action="append", default=[], help="a folder of pages for the ratio alone")
    parser.add_argument("--growth", action="store_true", help="the cost a character by the length of the page")
    options = parser.parse_args()
    if options.growth:
        report_lengths(options.examples)
        return
    for folder in options.real:
        print(folder.name)
        _report_ratio(_chinese_pages(folder))
    if options.real:
        return
    _report_start(list(make_corpus(options.examples, _WARM, dense=options.dense, seed=1)))
    _report_stages(make_corpus(options.examples, options.pages, dense=options.dense), options.pages)
    _report_engine(list(make_corpus(options.examples, _WARM, dense=options.dense, seed=2)))
    if options.peer_pages:
        _report_ratio(list(make_corpus(options.examples, options.peer_pages, dense=options.dense)))


def _report_start(pages: list[Page]) -> None:
    """What a process pays once: rules, automata, and each pattern at its first try."""
    start = time.process_time_ns()
    pipeline.extract(pages[0])
    first = time.process_time_ns()
    for page in pages:
        pipeline.extract(page)
    print(f"the first page of a process takes {(first - start) / 1e9:.2f} s more than a page does later")


def _chinese_pages(folder: Path) -> list[Page]:
    """The pages of the folder of which a fifth at least is in Chinese characters: the peers find nothing in others."""
    pages = [page for page in read_paths([folder]) if isinstance(page, Page)]
    return [page for page in pages if len(_HAN.findall(page.text)) > _CHINESE * len(page.text)]


def read_again(page: Page) -> Page:
    """The page read anew from its bytes, so that reading is measured too."""
    return (html_page if page.html else text_page)(page.doc_id, page.content, path=page.path)


def _report_stages(pages: Iterator[Page], count: int) -> None:
    seconds: Counter[str] = Counter()
    characters = size = total = facts = 0
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
            facts += sum(len(found) for found in fact_kinds(record).values())
    seconds[_BETWEEN] -= sum(value for name, value in seconds.items() if name not in (_READING, _BETWEEN, _ENCODING))
    print(f"{count} pages of {characters / count:.0f} characters, {facts / characters * 1000:.1f} facts in 1,000")
    print(f"{size / count / 1000:.1f} kB of record a page")
    each, by_character = total / count / 1e6, total / characters / 1e3
    print(f"{count / total * 1e9:.0f} pages/s of CPU, {each:.2f} ms a page, {by_character:.2f} us a character")
    for name, value in seconds.most_common():
        print(f"  {name:34s} {value / total:6.1%}  {value / count / 1e3:8.1f} us a page")


def _report_engine(pages: list[Page]) -> None:
    """The matching engine beside ``re.finditer`` of each rule in turn, over the same texts."""
    book = bundled_rulebook()
    patterns = [re.compile(rule.pattern) for rule in book.rules]
    scanner, texts = scanner_for(book), [fold(page.text) for page in pages]
    for text in texts:
        scanner.scan(text)
    start = time.process_time_ns()
    found = sum(len(scanner.scan(text)) for text in texts)
    middle = time.process_time_ns()
    plain = sum(1 for text in texts for pattern in patterns for _ in pattern.finditer(text))
    spent = time.process_time_ns() - middle
    characters = sum(map(len, texts))
    each, slow = (middle - start) / characters / 1e3, spent / characters / 1e3
    print(f"{len(patterns)} rules: engine {each:.2f} us a character, re one by one {slow:.2f}, ratio {slow / each:.0f}")
    print(f"  matches: engine {found}, re {plain}")


def _report_ratio(pages: list[Page]) -> None:
    """Ours and the peers in turn, some pages at a time, so that each works with warm caches and the machine's mood is
    the same for all; the peers once with the narrow set of tasks and once with the wide.
    """
    runs = (_ours, *_peers())
    for warm in pages[:3]:
        for run in runs:
            run(warm)
    for kind in ("HTML", "text"):
        chosen = [page for page in pages if bool(page.html) == (kind == "HTML")]
        if not chosen:
            continue
        spent = [0, 0, 0]
        for start in range(0, len(chosen), _TURN):
            for number, run in enumerate(runs):
                spent[number] += _time_of(run, chosen[start : start + _TURN])
        ours, cut, tagged = (nanoseconds / len(chosen) / 1e6 for nanoseconds in spent)
        print(f"{kind}: {len(chosen)} pages, ours {ours:.2f} ms a page")
        print(f"  peers: article, words, times, money          {cut:8.2f} ms, ratio {cut / ours:.1f}")
        print(f"  the same, and names, keywords and summary    {tagged:8.2f} ms, ratio {tagged / ours:.1f}")


def _ours(page: Page) -> None:
    encode_record(pipeline.extract(read_again(page)))


def _time_of(run: Callable[[Page], None], pages: list[Page]) -> int:
    start = time.process_time_ns()
    for page in pages:
        run(page)
    return time.process_time_ns() - start


def _peers() -> tuple[Callable[[Page], None], Callable[[Page], None]]:
    """The nearest equivalents of what a record holds; each gives fewer things than ours, and no spans."""
    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        names = ("jieba", "jieba.posseg", "jieba.analyse", "jionlp", "trafilatura")
        jieba, posseg, analyse, jionlp, trafilatura = (importlib.import_module(name) for name in names)
        jieba.initialize()

    def article(page: Page) -> str:
        if not page.html:
            return page.text
        found = trafilatura.bare_extraction(page.html, with_metadata=True)
        return (found.text if found is not None else None) or page.text

    def amounts(text: str) -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            for kind in (jionlp.ner.extract_time, jionlp.ner.extract_money):
                with contextlib.suppress(Exception):
                    kind(text)

    def narrow(page: Page) -> None:
        text = article(page)
        jieba.lcut(text)
        amounts(text)

    def wide(page: Page) -> None:
        text = article(page)
        posseg.lcut(text)
        analyse.extract_tags(text, topK=10)
        amounts(text)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
            jionlp.summary.extract_summary(text)

    return narrow, wide


if __name__ == "__main__":
    main()

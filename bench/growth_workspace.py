"""What one more page costs a whole workspace beyond its extraction: kept, linked, searched, on the books.

Called by ``python -m bench.growth --workspace``. Pages are those of bench/synthetic.py; their records are put together
from their own headline, source and paragraphs and the facts and names that were extracted from a few hundred of them,
so that the making of records costs next to nothing and search gets about as much of each page as of a real one.

At each size some pages are added one by one, each with all that a reader of news does: add, link, index. Then a few
batches of a hundred. CPU is that of the process with all its threads.
"""

from __future__ import annotations

import statistics
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

from msgspec.structs import replace

from bench.synthetic import SyntheticPage, synthetic_page
from mingjian.core.model.article import BodyBlock
from mingjian.core.model.failure import Failure
from mingjian.core.model.outcome import Cited
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.span import cite
from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.extract import extract
from mingjian.corpus import Corpus
from mingjian.corpus.adding import Item, Result
from mingjian.read.plain import text_page
from mingjian.run import Extracted
from mingjian.store import DATABASE

PARTS = ("keep", "link", "search", "books")
Cost: TypeAlias = tuple[float, float]
"""Milliseconds a page of CPU and of the clock."""

_PATTERNS = 300
_BULK = 2_000
_BATCH = 100
_BATCHES = 10


def grow_workspace(folder: Path, sizes: Sequence[int], added: int) -> None:
    """Print, for each size, what pages cost by part, and how many bytes a page takes."""
    with Corpus.open(folder / "workspace", write=True, create=True) as corpus:
        reached = 0
        for size in sizes:
            bulk = [_add(corpus, range(at, min(at + _BULK, size + 1))) for at in range(reached + 1, size + 1, _BULK)]
            ones = [_add(corpus, range(at, at + 1)) for at in range(size + 1, size + 1 + added)]
            reached = size + added
            starts = range(reached + 1, reached + 1 + _BATCH * _BATCHES, _BATCH)
            batches = [_add(corpus, range(at, at + _BATCH)) for at in starts]
            reached += _BATCH * _BATCHES
            print(f"{size:,} pages")
            for name, costs in (("in bulk", bulk), ("one", ones), (f"of {_BATCH}", batches)):
                print(_line(name, costs), flush=True)
            print(_asked(corpus), flush=True)
            print(bytes_a_page(folder / "workspace", reached), flush=True)


def _add(corpus: Corpus, numbers: Iterable[int]) -> list[Cost]:
    return timed_parts(corpus, [ready_of(number, synthetic_page(number)) for number in numbers])


def timed_parts(corpus: Corpus, given: Iterable[Extracted], *, search: bool = True) -> list[Cost]:
    """What the pages cost, by part."""
    ready = {each.page.doc_id: each for each in given}

    def records(items: Iterator[Item]) -> Iterator[Result]:
        for item in items:
            yield item if isinstance(item, Failure) else ready[item.doc_id]

    pages = [each.page for each in ready.values()]
    works = (
        lambda: corpus.add(pages, records),
        corpus.link,
        *((corpus.index, corpus.indexes.keep_books) if search else ()),
    )
    return [_timed(work, len(pages)) for work in works]


def _timed(work: Callable[[], Iterator[object]], pages: int) -> Cost:
    cpu, wall = time.process_time(), time.perf_counter()
    deque(work(), maxlen=0)
    return (time.process_time() - cpu) * 1e3 / pages, (time.perf_counter() - wall) * 1e3 / pages


def _line(name: str, costs: Sequence[Sequence[Cost]]) -> str:
    shown = [f"  {name:8}"]
    for place, part in enumerate((*PARTS, "all")):
        taken = [each if part == "all" else each[place : place + 1] for each in costs]
        cpu, wall = ([sum(cost[kind] for cost in each) for each in taken] for kind in (0, 1))
        told = f"CPU {statistics.median(cpu):7.2f} mean {statistics.mean(cpu):7.2f} wall {statistics.median(wall):7.2f}"
        shown.append(f"{part}: {told}")
    return " | ".join(shown)


def _asked(corpus: Corpus) -> str:
    behind = _timed(lambda: iter([corpus.behind()]), 1)
    status = _timed(lambda: iter([corpus.status()]), 1)
    return f"  milliseconds of CPU: behind {behind[0]:.1f}, status {status[0]:.1f}"


def bytes_a_page(folder: Path, pages: int) -> str:
    """Bytes a page, by part."""
    truth = sum(path.stat().st_size for path in folder.glob(f"{DATABASE}*"))
    parts = {path.name: _size(path) for path in (*folder.glob("indexes/[bf]*"), *folder.glob("indexes/search/*"))}
    told = (f"{name} {size / pages:,.0f}" for name, size in {"truth": truth, **parts}.items())
    return f"  bytes a page: {', '.join(told)}"


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def ready_of(number: int, made: SyntheticPage) -> Extracted:
    """The page as it is added, with its record."""
    page = text_page(f"{number}.txt", made.text.encode())
    return Extracted(page, encode_record(_record(page, made, _patterns()[number % _PATTERNS])))


def _record(page: Page, made: SyntheticPage, pattern: Record) -> Record:
    """The page's own words with the facts of another page."""
    reference = replace(pattern.page, sha256=page.sha256, text_sha256=page.text_sha256, n_chars=len(page.text))
    blocks, at = [], len(page.text) - len(made.body) - 1
    for paragraph in made.paragraphs:
        blocks.append(BodyBlock(at, at + len(paragraph), "paragraph"))
        at += len(paragraph) + 1
    return replace(
        pattern,
        page=reference,
        title=_cited(page.text, made.title, made.title),
        source=_cited(page.text, made.outlet, made.outlet),
        published=_cited(page.text, made.date, f"{made.date[:10]}T{made.date[11:]}:00+08:00"),
        body=tuple(blocks),
    )


def _cited(text: str, words: str, value: str) -> Cited[str]:
    start = text.index(words)
    return Cited(value, cite(text, start, start + len(words)), "bench")


@cache
def _patterns() -> list[Record]:
    pages = (synthetic_page(10**9 + number) for number in range(_PATTERNS))
    return [extract(text_page("pattern", page.text.encode())) for page in pages]

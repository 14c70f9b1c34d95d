"""What matching a need costs in a workspace of a hundred thousand facts: CPU of the whole process, p50, p95 and most.

    python -m bench.matching [--facts 100000] [--folder FOLDER]

The pages are those of ``bench.ledgers``: the sample pages told again in four hundred other places and times, with their
text, so that search has its words too. They go through the code by which a workspace adds, links, searches and keeps
its books. The needs name a place, an industry, a technology, resources that are asked for, or none of these.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from bench.ledgers import retold
from mingjian.core.model.facts import Region
from mingjian.core.model.failure import Failure
from mingjian.core.model.matching import Matching
from mingjian.core.model.span import cite
from mingjian.core.model.wire import encode_record
from mingjian.corpus import Corpus
from mingjian.corpus.adding import Item, Result
from mingjian.corpus.matching import PageWords, match_pages
from mingjian.read.plain import text_page
from mingjian.run import Extracted
from mingjian.store.books import BooksReader

_BATCH = 1_000


def ready_page(number: int) -> Extracted:
    """The page of a number with its record, which names its place by the code that this has."""
    told = retold(number)
    page = text_page(f"{number}.txt", f"{told.text()}\n{number}".encode())
    record = told.record(number)
    reference = replace(record.page, sha256=page.sha256, text_sha256=page.text_sha256, n_chars=len(page.text))
    regions = (*record.regions, *_place(page.text, f"{told.city}市", told.code))
    return Extracted(page, encode_record(replace(record, page=reference, regions=regions)))


def _place(text: str, name: str, code: str) -> Iterator[Region]:
    places = tuple(found.span() for found in re.finditer(name, text))
    if places:
        evidence = cite(text, *places[0])
        yield Region(name=name, code=code, evidence=evidence, mentions=places, parts={"name": places[:1]}, by="bench")


def grow(folder: Path, facts: int) -> None:
    """A workspace that holds so many facts."""
    with Corpus.open(folder, write=True, create=True) as corpus:
        number = 0
        while _facts_in(corpus) < facts:
            ready = {each.page.doc_id: each for each in map(ready_page, range(number, number + _BATCH))}

            def records(items: Iterator[Item], ready: dict[str, Extracted] = ready) -> Iterator[Result]:
                for item in items:
                    yield item if isinstance(item, Failure) else ready[item.doc_id]

            deque(corpus.add([each.page for each in ready.values()], records), maxlen=0)
            deque(corpus.follow(), maxlen=0)
            number += _BATCH
            print(f"{number:,} pages, {_facts_in(corpus):,} facts", flush=True)


def _facts_in(corpus: Corpus) -> int:
    books = corpus.indexes.books_reader()
    if not isinstance(books, BooksReader):
        return 0
    try:
        return books.mention_count()
    finally:
        books.close()


NEEDS = (
    "{}市纺织企业想用机器视觉做布匹瑕疵检测，需要算力和补贴",
    "{}市港口要做无人集卡调度，找系统厂商",
    "机器人企业需要具身智能训练数据集和2000P算力",
    "{}市中小制造企业用智能体排产，想申请算力券",
    "农业合作社想做病虫害识别，要政策和资金",
    "需要算力",
    "{}市政务服务热线想用大模型",
    "轴承厂表面缺陷质检",
)
_PLACES = ("苏州", "东莞", "保定", "宜昌", "绵阳")


def ask(folder: Path) -> None:
    """Print what matching costs where readers are kept open, as a service does; then as the façade opens them."""
    with Corpus.open(folder) as corpus, corpus.searching() as (index, _), corpus.books() as books:
        print(f"{_facts_in(corpus):,} facts")
        with corpus.store.reading() as reader:
            _ask(lambda need: match_pages(books, PageWords(reader, index), need, 0), "readers kept")
        _ask(corpus.match, "opened anew")


def _ask(match: Callable[[str], Matching], name: str) -> None:
    taken: dict[str, list[float]] = {need: [] for need in NEEDS}
    found = 0
    for need in NEEDS:
        match(need.format(_PLACES[0]))
        for place in _PLACES:
            start = time.process_time()
            found += len(match(need.format(place)).hits)
            taken[need].append((time.process_time() - start) * 1e3)
    _print(
        f"{name}, {found / sum(map(len, taken.values())):.1f} hits a need",
        [each for every in taken.values() for each in every],
    )
    for need, every in taken.items():
        _print(f"  {need}", every)


def _print(name: str, taken: Sequence[float]) -> None:
    ordered = sorted(taken)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"{name}: p50 {statistics.median(ordered):.1f}, p95 {p95:.1f}, most {ordered[-1]:.1f} ms CPU", flush=True)


def main() -> None:
    """Build and ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary) / "workspace"
        if not folder.exists():
            grow(folder, options.facts)
        ask(folder)


if __name__ == "__main__":
    main()

"""What a search lists is a function of the pages: not of their order, nor of what came and went."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import msgspec
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.unit.corpus.pages import OTHER, STORY, text_of, web_page

from mingjian.core.model.page import Page
from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.extract import extract
from mingjian.corpus import Corpus
from mingjian.corpus.adding import Item, Result
from mingjian.corpus.finding import Asked, Order
from mingjian.run import Extracted

_HELD = ("算力券 资金", "澜山市", "年:2026", "类型:statistic", "“算力”", "市工业和信息化局", "-春耕")
_NEAR = ("智算中心二期投用",)
_ENCODE = msgspec.json.Encoder(decimal_format="number").encode


@lru_cache(maxsize=1)
def pool() -> dict[str, Extracted]:
    """Pages of which many rank alike: one text at several addresses, and several texts of one minute, or of none."""
    told = (text_of(STORY), text_of(STORY, "岚讯网", "10:30"), text_of(OTHER), "\n".join((*STORY[2:4], OTHER[2])))
    pages = [web_page(f"https://{host}.example/{number}", text) for host in "abc" for number, text in enumerate(told)]
    return {page.doc_id: Extracted(page, encode_record(extract(page))) for page in pages}


def _records(items: Iterator[Item]) -> Iterator[Result]:
    for item in items:
        assert isinstance(item, Page)
        yield pool()[item.doc_id]


def _add(corpus: Corpus, names: Iterable[str]) -> None:
    deque(corpus.add([pool()[name].page for name in names], _records), maxlen=0)
    deque(corpus.follow(), maxlen=0)


def _newest(corpus: Corpus) -> list[bytes]:
    return _answers(corpus, _HELD, "newest")


def _all(corpus: Corpus) -> list[bytes]:
    return _newest(corpus) + _answers(corpus, _HELD + _NEAR, "best")


def _answers(corpus: Corpus, queries: tuple[str, ...], order: Order) -> list[bytes]:
    return [
        _ENCODE(corpus.search(Asked(words=words, order=order, fold=fold, limit=limit)))
        for words in queries
        for fold in (True, False)
        for limit in (2, 5, 50)
    ]


@lru_cache(maxsize=1)
def _expected() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder, Corpus.open(Path(folder) / "w", write=True, create=True) as corpus:
        _add(corpus, pool())
        return _all(corpus)


@settings(deadline=None, max_examples=6, phases=(Phase.explicit, Phase.generate))
@given(
    st.permutations(sorted(pool())), st.sets(st.integers(1, 11), max_size=3), st.sets(st.integers(0, 11), max_size=4)
)
def test_the_same_pages_give_the_same_answer(order: list[str], cuts: set[int], gone: set[int]) -> None:
    with tempfile.TemporaryDirectory() as folder, Corpus.open(Path(folder) / "w", write=True, create=True) as corpus:
        bounds = [0, *sorted(cuts), len(order)]
        for start, end in pairwise(bounds):
            _add(corpus, order[start:end])
        with corpus.store.reading() as reader:
            ids = [page.id for page in reader.pages() if page.number - 1 in gone]
        if ids:
            corpus.remove(ids, "a trial")
            deque(corpus.follow(), maxlen=0)
            corpus.bring_back(ids)
        # What was taken out counts for the rarity of words until its segment is written anew.
        newest = _newest(corpus)
        assert newest == _expected()[: len(newest)]
        corpus.forget_indexes()
        assert _all(corpus) == _expected()

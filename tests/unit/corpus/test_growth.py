"""One more page costs a workspace what it costs, whatever else is in it: counted in what is read, not in time."""

from __future__ import annotations

import random
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.unit.corpus.pages import STORY, page_of, text_of, web_page

from mingjian.core.link.reprints import judging
from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.failure import Failure
from mingjian.core.model.outcome import Cited
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.extract import extract
from mingjian.corpus import Asked, Corpus
from mingjian.corpus.adding import Item, Result
from mingjian.run import Extracted
from mingjian.store.sqlite import reader
from mingjian.store.sqlite.reader import SqliteReader, kept_of
from mingjian.store.sqlite.writer import SqliteWriter

_SMALL, _LARGE = 30, 240


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many pages were read, by what was read of them."""
    found: Counter[str] = Counter()
    kept_articles, kept_record, kept_pages = SqliteReader.articles, SqliteReader.record, SqliteReader._pages

    def articles(asked: SqliteReader, numbers: Iterable[int]) -> Mapping[int, bytes]:
        loaded = kept_articles(asked, numbers)
        found["articles"] += len(loaded)
        return loaded

    def record(asked: SqliteReader, number: int) -> Record | None:
        found["records"] += 1
        return kept_record(asked, number)

    def pages(asked: SqliteReader, where: str, *values: object) -> list[object]:
        loaded = kept_pages(asked, where, *values)
        found["pages"] += len(loaded)
        return [*loaded]

    monkeypatch.setattr(SqliteReader, "articles", articles)
    monkeypatch.setattr(SqliteReader, "record", record)
    monkeypatch.setattr(SqliteReader, "_pages", pages)
    return found


def test_what_is_read_for_one_more_page_does_not_grow(tmp_path: Path, read: Counter[str]) -> None:
    counted: list[dict[str, int]] = []
    with Corpus.open(tmp_path / "w", write=True, create=True) as corpus:
        reached = 0
        for size in (_SMALL, _LARGE):
            _add(corpus, range(reached, size))
            read.clear()
            _add(corpus, range(size, size + 1))
            counted.append(dict(read))
            reached = size + 1
    small, large = counted
    assert large == small
    assert max(large.values()) < _SMALL


@pytest.mark.parametrize("early", [False, True])
def test_what_is_judged_and_written_for_one_more_copy_does_not_grow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, early: bool
) -> None:
    done: Counter[str] = Counter()
    judge, place, near = judging._verdict, SqliteWriter.put_placing, SqliteWriter.put_neighbours
    monkeypatch.setattr(judging, "_verdict", lambda *given: done.update(["judged"]) or judge(*given))
    monkeypatch.setattr(SqliteWriter, "put_placing", lambda *given: done.update(["written"]) or place(*given))
    monkeypatch.setattr(SqliteWriter, "put_neighbours", lambda *given: done.update(["written"]) or near(*given))
    most = reprint_settings().join.most_earlier
    with Corpus.open(tmp_path / "w", write=True, create=True) as corpus:
        deque(corpus.add(map(_copy, range(1, 3 * most)), _dated), maxlen=0)
        deque(corpus.link(), maxlen=0)
        done.clear()
        deque(corpus.add([_copy(most + 1 if early else 3 * most, "，近日")], _dated), maxlen=0)
        deque(corpus.link(), maxlen=0)
        with corpus.store.reading() as reader:
            assert [size for _, size in reader.groups()] == [3 * most]
    assert done["judged"] <= most + 1  # and once more, what is kept of it with its place
    assert done["written"] == 2


def _copy(minute: int, changed: str = "") -> Page:
    """A page of one text, in the minute that its name tells."""
    time = f"{8 + minute // 60:02}:{minute % 60:02}"
    return page_of(f"{time}{changed}", text_of((*STORY[:2], STORY[2] + changed, *STORY[3:]), time=time))


def _dated(items: Iterator[Item]) -> Iterator[Result]:
    pattern = extract(_copy(0))
    assert isinstance(pattern.published, Cited)
    for item in items:
        assert isinstance(item, Page)
        published = replace(pattern.published, value=f"2026-03-12T{item.doc_id[:5]}:00+08:00")
        reference = replace(pattern.page, sha256=item.sha256, text_sha256=item.text_sha256, n_chars=len(item.text))
        yield Extracted(item, encode_record(replace(pattern, page=reference, published=published)))


def _add(corpus: Corpus, numbers: Iterable[int]) -> None:
    deque(corpus.add(map(_page, numbers), _records), maxlen=0)
    deque(corpus.follow(), maxlen=0)


def _records(items: Iterator[Item]) -> Iterator[Result]:
    for item in items:
        yield item if isinstance(item, Failure) else Extracted(item, encode_record(_record_of(item)))


def _page(number: int) -> Page:
    """A page of words that no other has; every page of a dozen copies the one before."""
    drawn = random.Random(number - (number % 12 == 1))  # noqa: S311 - no secret
    lines = ["".join(chr(drawn.randrange(0x4E00, 0x9FA5)) for _ in range(60)) + "。" for _ in range(6)]
    return page_of(f"{number}.txt", "\n".join((f"第{number}页", *lines)))


def _record_of(page: Page) -> Record:
    pattern = _pattern()
    reference = replace(
        pattern.page, sha256=page.sha256, text_sha256=page.text_sha256, n_chars=len(page.text), path=page.path
    )
    return replace(pattern, page=reference)


@cache
def _pattern() -> Record:
    return extract(_page(0))


def test_the_rows_that_are_read_for_one_more_version_grow_as_versions_do(tmp_path: Path) -> None:
    counted: list[int] = []
    with Corpus.open(tmp_path / "w", write=True, create=True) as corpus:
        reached = 0
        for size in (10, 40):
            versions = [web_page("https://lanshan.example/", f"第{number}版。") for number in range(reached, size + 1)]
            deque(corpus.add(versions[:-1], _records), maxlen=0)
            counted.append(_rows_read(corpus, versions[-1]))
            reached = size + 1
    few, many = counted
    assert many < 5 * few


def _rows_read(corpus: Corpus, page: Page) -> int:
    rows = Counter[str]()

    def kept(row: tuple[object, ...]) -> KeptPage:
        rows["read"] += 1
        return kept_of(row)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "kept_of", kept)
        deque(corpus.add([page], _records), maxlen=0)
    return rows["read"]


def test_pages_that_come_one_by_one_become_few_segments(tmp_path: Path) -> None:
    most = 0
    with Corpus.open(tmp_path / "w", write=True, create=True) as corpus:
        for number in range(24):
            _add(corpus, range(number, number + 1))
            most = max(most, len([*tmp_path.glob("w/indexes/search/pages/*.idx")]))
        assert corpus.search(Asked(words="-栖云", fold=False)).total == 24
    assert most <= 6

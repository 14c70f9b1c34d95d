"""New rules over kept pages: each is extracted again, and what its record says otherwise is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

import msgspec

from mingjian.core.model.corpus import Change, KeptPage
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.pipeline.differences import Difference, differences
from mingjian.core.storing import Store, StoreWriter
from mingjian.corpus.adding import Extract, Item, Result
from mingjian.corpus.runs import OpenRun
from mingjian.errors import DamageError, StoreError

T = TypeVar("T")
_BATCH = 100
_ENCODER = msgspec.json.Encoder(decimal_format="number")


class Reextracted(NamedTuple):
    """What became of one page once it is kept: the differences, or why it gave no record and keeps the one it had."""

    page: KeptPage
    differences: tuple[Difference, ...] = ()
    failure: Failure | None = None


class Reextracting(NamedTuple):
    """In which run, and which pages are due: those that ``is_due`` says of a page and its record's id."""

    run: OpenRun
    is_due: Callable[[KeptPage, str | None], bool]


def reextract_pages(store: Store, extract: Extract, asked: Reextracting) -> Iterator[Reextracted]:
    """What became of each page that was due, in the order of their numbers, told when it is kept.

    Killed and asked again, it goes on behind the pages that are done, since they are due no more.
    """
    waiting: list[KeptPage] = []
    batch: list[tuple[KeptPage, Result]] = []
    for result in extract(_due(store, asked, waiting)):
        batch.append((waiting.pop(0), result))
        if len(batch) >= _BATCH:
            yield from _keep(store, batch, asked.run)
            batch = []
    yield from _keep(store, batch, asked.run)


def _due(store: Store, asked: Reextracting, waiting: list[KeptPage]) -> Iterator[Item]:
    for kept in standing_pages(store):
        with store.reading() as reader:
            if not asked.is_due(kept, _readable(reader.record_id, kept.number)):
                continue
            try:
                item: Page | Failure = reader.original(kept.number)
            except StoreError as error:
                item = Failure(kept.doc_id, "store", error.problem, error.mend)
        waiting.append(kept)
        yield item


def _readable(read: Callable[[int], T | None], number: int) -> T | None:
    """What is read of a record, nothing of one that is damaged: to extract its page again is what mends it."""
    try:
        return read(number)
    except DamageError:
        return None


def standing_pages(store: Store) -> Iterator[KeptPage]:
    """The pages that stand: no older versions, and none that were removed."""
    after = 0
    while True:
        with store.reading() as reader:
            pages = reader.pages(after)
        if not pages:
            return
        yield from (page for page in pages if page.stands)
        after = pages[-1].number


def _keep(store: Store, batch: list[tuple[KeptPage, Result]], run: OpenRun) -> Iterator[Reextracted]:
    if not batch:
        return
    with store.writing() as writer:
        kept = [_keep_one(writer, page, result, run.within(writer)) for page, result in batch]
    run.counts["changed"] += sum(bool(each.differences) for each in kept)
    run.counts["failed"] += sum(each.failure is not None for each in kept)
    yield from kept


def _keep_one(writer: StoreWriter, page: KeptPage, result: Result, run: int) -> Reextracted:
    if isinstance(result, Failure):
        writer.add_failure(run, result)
        return Reextracted(page, failure=result)
    new = result.record
    old = _readable(writer.record, page.number)
    found = differences(old, new) if old is not None else ()
    writer.put_record(run, page.number, new)
    if found:
        writer.add_change(Change(run=run, number=page.number, kind="record", differences=_ENCODER.encode(found)))
    return Reextracted(page, found)

"""Pages into a workspace: known ones are passed over, the others read into records and kept, a batch at a time."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec

from mingjian.core.model.corpus import Change, KeptPage
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.pipeline.versions import compare_versions
from mingjian.core.storing import Store, StoreReader, StoreWriter
from mingjian.corpus.addresses import Address, address_of
from mingjian.corpus.runs import OpenRun
from mingjian.run import Extracted

Kind: TypeAlias = Literal["added", "version", "known", "failed", "clash"]
Item: TypeAlias = Page | Failure
Result: TypeAlias = Extracted | Failure
Extract: TypeAlias = Callable[[Iterator[Item]], Iterator[Result]]

_BATCH = 100
_SECONDS = 1.0  # after so long a batch is kept however small it is: a slow page delays no acknowledgement of others
_TOLD_AT_ONCE = 500
_NOTHING = Failure("", "known", "", "")
"""Goes through what extracts like a page that could not be read, so that known pages are told while no other comes."""
_ENCODER = msgspec.json.Encoder(decimal_format="number")


class Added(NamedTuple):
    """What became of one page of the input, once it is kept for good: ``page`` of all but failures.

    ``added`` is new; ``version`` is another content at a known address; ``known`` changes nothing; ``clash`` is kept
    under a name of its own, because another page of the same input bears its id; ``failed`` gave no record.
    """

    kind: Kind
    doc_id: str
    page: KeptPage | None = None
    failure: Failure | None = None


class Adding(NamedTuple):
    """How pages are added: in which run, by which clock, with the settings of ``corpus/addresses``."""

    run: OpenRun
    clock: Callable[[], str]
    addresses: Mapping[str, Any]


def add_pages(store: Store, items: Iterable[Item], extract: Extract, adding: Adding) -> Iterator[Added]:
    """What became of each page, told only when it is kept; pages that are known are told without being extracted.

    A page that is killed with the program was either told, and is kept whole, or is as if it had never been given.
    """
    known: deque[Added] = deque()
    for batch in _batches(extract(_unknown(store, items, known, adding.addresses))):
        kept = _keep(store, batch, adding) if batch else []
        yield from _drained(known)
        yield from kept
    yield from _drained(known)


def known_page(reader: StoreReader, page: Page, address: Address) -> KeptPage | None:
    """The page of the workspace that this one is: the same bytes at the same address.

    Of pages that only files hold, the same bytes are the same page whatever the file is called.
    """
    if address.stands_on_web:
        return reader.known(address.name, page.sha256)
    return next(iter(reader.holding(page.sha256, 1)), None)


def _unknown(store: Store, items: Iterable[Item], known: deque[Added], addresses: Mapping[str, Any]) -> Iterator[Item]:
    """The pages that have to be extracted; the others go into ``known``."""
    for item in items:
        if isinstance(item, Failure):
            yield item
            continue
        with store.reading() as reader:
            kept = known_page(reader, item, address_of(item, addresses))
        if kept is None:
            yield item
        else:
            known.append(Added("known", item.doc_id, kept))
            if len(known) % _TOLD_AT_ONCE == 0:
                yield _NOTHING


def _drained(known: deque[Added]) -> Iterator[Added]:
    while known:
        yield known.popleft()


def _batches(results: Iterator[Result]) -> Iterator[list[Result]]:
    batch: list[Result] = []
    began = time.monotonic()
    for result in results:
        if result is not _NOTHING:
            batch.append(result)
        if result is _NOTHING or len(batch) >= _BATCH or time.monotonic() - began >= _SECONDS:
            yield batch
            batch, began = [], time.monotonic()
    if batch:
        yield batch


def _keep(store: Store, batch: list[Result], adding: Adding) -> list[Added]:
    """The whole batch in one transaction."""
    with store.writing() as writer:
        kept = [_keep_one(writer, result, adding) for result in batch]
    adding.run.counts.update(each.kind for each in kept)
    return kept


def _keep_one(writer: StoreWriter, result: Result, adding: Adding) -> Added:
    if isinstance(result, Failure):
        writer.add_failure(adding.run.within(writer), result)
        return Added("failed", result.doc_id, failure=result)
    page = result.page
    address = address_of(page, adding.addresses)
    known = known_page(writer, page, address)
    if known is not None:
        return Added("known", page.doc_id, known)
    run = adding.run.within(writer)
    name = _free_name(writer, page, address, adding.run)
    kept, _ = writer.add_page(run, page, name, adding.clock())
    writer.put_record(run, kept.number, result.encoded)
    if name != address.name:
        clash = _clash(page.doc_id, name)
        writer.add_failure(run, clash)
        return Added("clash", page.doc_id, kept, clash)
    if kept.previous is None:
        return Added("added", page.doc_id, kept)
    _note_difference(writer, run, kept, (result.record, page.text))
    return Added("version", page.doc_id, kept)


def _free_name(reader: StoreReader, page: Page, address: Address, run: OpenRun) -> str:
    """The address, with a number where another page of the same input has it: an id that names two pages.

    An address on the web may be seen twice in one crawl; that is a version. So is a file that changed between runs.
    """
    if address.stands_on_web:
        return address.name
    count = run.clashes[address.name]
    name = f"{page.doc_id} ({count})" if count else address.name
    while any(run.holds(kept.run) for kept in reader.versions(name)):
        count = run.clashes[address.name] = max(count, 1) + 1
        name = f"{page.doc_id} ({count})"
    return name


def _clash(doc_id: str, name: str) -> Failure:
    reason = f"another page of this input has this id; kept beside it as {name!r}"
    return Failure(doc_id, "identity", reason, "give each page an id of its own, or its url")


def _note_difference(writer: StoreWriter, run: int, kept: KeptPage, new: tuple[Record, str]) -> None:
    """What the version has otherwise than the one before, where that still has its words and a record."""
    if kept.previous is None:
        return
    before = writer.page(kept.previous)
    old = writer.record(kept.previous)
    if old is None or before is None or before.erased:
        return
    difference = compare_versions((old, writer.text(kept.previous)), new)
    writer.add_change(Change(run=run, number=kept.number, kind="version", differences=_ENCODER.encode(difference)))

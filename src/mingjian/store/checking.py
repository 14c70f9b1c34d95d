"""What must hold in every store, asked through the port: a line for each breach, with what to do about it."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.pipeline.verify import spans_of
from mingjian.core.storing import StoreReader
from mingjian.errors import MingjianError
from mingjian.store.kept import MEND_RECORD, MEND_STORE, page_id

_BATCH = 1_000


def check_pages(reader: StoreReader, *, thoroughly: bool = False) -> Iterator[str]:
    """Whether numbers, ids, versions and journal fit together; thoroughly: every page and record is read."""
    added = yield from _check_journal(reader)
    last: dict[str, KeptPage] = {}
    expected = 0
    for kept in _all_pages(reader):
        expected += 1
        if kept.number != expected:
            yield f"page {expected} is missing before page {kept.number}; {MEND_STORE}"
            expected = kept.number
        yield from _check_page(kept, last.get(kept.address), added)
        last[kept.address] = kept
        if thoroughly and not kept.erased:
            yield from _check_words(reader, kept)


def _check_journal(reader: StoreReader) -> Generator[str, None, set[int]]:
    """Also returns the pages whose adding stands in it."""
    added: set[int] = set()
    expected, end = 0, reader.position()
    while steps := reader.journal(expected, _BATCH):
        for step in steps:
            expected += 1
            if step.position != expected:
                yield f"the journal lacks step {expected}; {MEND_STORE}"
                expected = step.position
            if step.kind == "added":
                added.add(step.number)
    if expected != end:
        yield f"the journal ends at {expected} and not at {end}; {MEND_STORE}"
    return added


def _all_pages(reader: StoreReader) -> Iterator[KeptPage]:
    after = 0
    while pages := reader.pages(after, _BATCH):
        yield from pages
        after = pages[-1].number


def _check_page(kept: KeptPage, before: KeptPage | None, added: set[int]) -> Iterator[str]:
    if kept.id != page_id(kept.address, kept.sha256):
        yield f"page {kept.number}: its id is not that of its address and content; {MEND_STORE}"
    if kept.number not in added:
        yield f"page {kept.number}: no step of the journal says that it was added; {MEND_STORE}"
    version, previous = (1, None) if before is None else (before.version + 1, before.number)
    if (kept.version, kept.previous) != (version, previous):
        yield f"page {kept.number}: it should be version {version} of {kept.address}, behind {previous}; {MEND_STORE}"
    if kept.erased and kept.removed is None:
        yield f"page {kept.number}: it was erased, but not removed; remove it again"


def _check_words(reader: StoreReader, kept: KeptPage) -> Iterator[str]:
    number = kept.number
    try:
        page = reader.original(number)
    except MingjianError as error:
        yield str(error)
        return
    if (page.sha256, page.text_sha256) != (kept.sha256, kept.text_sha256):
        yield f"page {number}: its words are not those that were added; {MEND_STORE}"
    try:
        record = reader.record(number)
    except MingjianError as error:
        yield str(error)
        return
    if record is not None:
        yield from _check_record(number, page, record)


def _check_record(number: int, page: Page, record: Record) -> Iterator[str]:
    if record.page.text_sha256 != page.text_sha256:
        yield f"page {number}: its record was made of another text; {MEND_RECORD}"
        return
    for path, span in spans_of(record):
        if span.of(page.layer(span.layer)) != span.text:
            yield f"page {number}: {path} of its record does not stand at {span.start}..{span.end}; {MEND_RECORD}"
            return

"""The queue brought up to where the pages are: their facts weighed, and what pages disagree about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing

from mingjian.core.books import Asked
from mingjian.core.ledger.building import TIMELESS
from mingjian.core.ledger.conflicts import conflict_rows, conflicts_of
from mingjian.core.model.ledger.rows import ConflictRow
from mingjian.core.model.outcome import value_of
from mingjian.core.model.record import Record
from mingjian.core.model.things import FIELDS, PageCard
from mingjian.core.review.facts import claim_of
from mingjian.core.review.settings import review_settings
from mingjian.core.review.worth import looked_through
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.storing import Store, StoreReader
from mingjian.corpus.desk.placing import card_of_kept, regions_told, sources_told
from mingjian.corpus.indexes import QUEUE, Indexes
from mingjian.errors import DamageError
from mingjian.store.queue import Disagreed, IndexedFact, IndexedPage, QueueIndex

STEPS = 2_000  # of the journal that are followed at once
_MOST_THINGS = 2_000  # pages that changed, beyond which all things are looked at anew
_FOLLOWED = frozenset({"added", "extracted", "superseded", "removed", "returned", "regrouped"})
_LONGEST = 300  # characters of a clause that are shown


def follow_queue(store: Store, indexes: Indexes) -> QueueIndex:
    """The queue, brought up to where pages and books are; no lock of a writer is needed. Close it."""
    index = QueueIndex.open(indexes.folder(QUEUE), indexes.queue_generation(), review_settings().least, make=True)
    assert index is not None  # noqa: S101 - it was made
    try:
        _know_rules(index)
        while _follow_pages(store, index):
            pass
        _follow_books(store, index, indexes)
    except BaseException:
        index.close()
        raise
    return index


def steps_behind(store: Store, index: QueueIndex) -> int:
    """How many steps of the journal the queue has yet to follow."""
    with store.reading() as reader:
        return max(0, reader.position() - _reached(index, "position"))


def _reached(index: QueueIndex, name: str) -> int:
    return int(index.mark(name) or 0)


def _know_rules(index: QueueIndex) -> None:
    book = bundled_rulebook()
    if index.mark("rules") != book.version:
        with index.writing():
            index.put_rules(book.version, (rule.id for rule in book.every))


def _follow_pages(store: Store, index: QueueIndex) -> bool:
    """Follow some steps; whether there were any."""
    with store.reading() as reader:
        position = _reached(index, "position")
        steps = reader.journal(position, STEPS)
        if not steps:
            return False
        numbers = sorted({step.number for step in steps if step.kind in _FOLLOWED})
        pages = [(number, _page(reader, number)) for number in numbers]
    with index.writing():
        if _reached(index, "position") == position:  # else another program was faster
            for number, page in pages:
                index.put_page(number, page)
            index.set_mark("position", str(steps[-1].position))
    return True


def _page(reader: StoreReader, number: int) -> IndexedPage | None:
    kept = reader.page(number)
    if kept is None or not kept.stands:
        return None
    try:
        record = reader.record(number)
    except DamageError:  # `check` names it
        return None
    if record is None:
        return None
    card = card_of_kept(kept, record)
    placing = reader.placings((number,)).get(number)
    copied = placing is not None and placing.group != number
    facts = tuple(_facts(record, card, copied=copied))
    return IndexedPage(
        number=number, id=kept.id, doc_id=kept.doc_id, address=kept.address, sources=sources_told(record),
        published=value_of(record.published), facts=facts,
    )  # fmt: skip


def _facts(record: Record, card: PageCard, *, copied: bool) -> Iterator[IndexedFact]:
    for kind, fact, reasons in looked_through(record, copied=copied):
        yield IndexedFact(
            kind=kind,
            fact=fact.id,
            claim=claim_of(card.address, kind, fact),
            rule=fact.by,
            start=fact.evidence.start,
            end=fact.evidence.end,
            words=fact.evidence.text[:_LONGEST],
            regions=regions_told(kind, fact, card),
            reasons=reasons,
        )


def _follow_books(store: Store, index: QueueIndex, indexes: Indexes) -> None:
    """What pages disagree about, as far as the books know: of the things of pages that changed, or of all."""
    behind, books = _reached(index, "books"), indexes.books_reader()
    if books is None:
        return
    with closing(books):
        reached = indexes.books_position()
        if reached == behind:
            return
        touched = _touched(store, behind, reached)
        things = {} if touched is None else {thing.id: thing for page in touched for thing in books.of_page(page)}
        rows = conflict_rows(books, Asked(kind="target", ai=False), TIMELESS) if touched is None else (
            row for thing in things.values() for row in conflicts_of(books, thing, TIMELESS)
        )  # fmt: skip
        found = [one for row in rows for one in _disagreed(row)]
    with index.writing():
        if touched is None:
            index.forget_disagreements()
        index.put_disagreements(things, found)
        index.set_mark("books", str(reached))


def _touched(store: Store, after: int, until: int) -> list[str] | None:
    """The ids of the pages that changed between two steps; nothing where they are too many."""
    if not after or until < after or until - after > _MOST_THINGS:
        return None
    with store.reading() as reader:
        steps = reader.journal(after, until - after)
        pages = (reader.page(number) for number in sorted({step.number for step in steps}))
        return [page.id for page in pages if page is not None]


def _disagreed(row: ConflictRow) -> Iterator[Disagreed]:
    """The words of every side of a conflict, each with what the other sides say."""
    weight, kind = review_settings().reason["pages-disagree"].weight, FIELDS.get(row.kind)  # type: ignore[call-overload]
    for side in row.sides if kind is not None else ():
        others = _worded(other.value.value for other in row.sides if other is not side)
        for cite in side.value.cites:
            if cite.layer == "text":
                yield Disagreed(cite.page, str(kind), cite.start, cite.end, row.about, f"{row.field} {others}", weight)


def _worded(values: Iterable[str | None]) -> str:
    return "、".join(dict.fromkeys(value for value in values if value))

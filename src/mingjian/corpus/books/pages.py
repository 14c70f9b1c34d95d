"""Pages and records as the books take them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingjian.core.ledger.ledgers import facets_of
from mingjian.core.link.things.cards import Whence, card_of
from mingjian.core.link.things.shelf import Shelf, Shelved
from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.things import ThingDecision
from mingjian.core.storing import StoreReader
from mingjian.corpus.pages import standing_page


def shelf_of(reader: StoreReader, decisions: Sequence[ThingDecision]) -> Shelf:
    """The books of all pages that stand, in memory."""
    return Shelf(_shelved(reader), facets_of, decisions)


def _shelved(reader: StoreReader) -> Iterator[Shelved]:
    after = 0
    while pages := reader.pages(after):
        after = pages[-1].number
        for kept in pages:
            page = shelved_page(reader, kept.number)
            if page is not None:
                yield page


def _whence(reader: StoreReader, kept: KeptPage) -> Whence:
    placing = reader.placings((kept.number,)).get(kept.number)
    source = kept if placing is None else reader.page(placing.group) or kept
    return Whence(id=kept.id, doc_id=kept.doc_id, address=kept.address, added=kept.added_at, group=source.id)


def shelved_page(reader: StoreReader, number: int) -> Shelved | None:
    """The page of this number as the books take it; nothing of one that does not stand, or has no record."""
    page = standing_page(reader, number)
    return None if page is None else Shelved(card_of(page.record, _whence(reader, page.kept)), page.record)

"""The books of a workspace: its pages and records as things that ledgers, graphs and briefs ask about."""

from __future__ import annotations

from collections.abc import Iterator

from mingjian.core.ledger.ledgers import facets_of
from mingjian.core.link.things.cards import Whence, card_of
from mingjian.core.link.things.shelf import Shelf, Shelved
from mingjian.core.model.corpus import KeptPage
from mingjian.core.storing import StoreReader
from mingjian.corpus.pages import standing_page


def shelf_of(reader: StoreReader) -> Shelf:
    """The books of all pages that stand, in memory."""
    return Shelf(_shelved(reader), facets_of)


def _shelved(reader: StoreReader) -> Iterator[Shelved]:
    after = 0
    while pages := reader.pages(after):
        after = pages[-1].number
        for kept in pages:
            page = standing_page(reader, kept.number)
            if page is not None:
                yield Shelved(card_of(page.record, _whence(reader, page.kept)), page.record)


def _whence(reader: StoreReader, kept: KeptPage) -> Whence:
    placing = reader.placings((kept.number,)).get(kept.number)
    source = kept if placing is None else reader.page(placing.group) or kept
    return Whence(id=kept.id, doc_id=kept.doc_id, address=kept.address, added=kept.added_at, group=source.id)

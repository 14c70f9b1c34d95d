"""Pages written in a test, on a shelf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mingjian import extract
from mingjian.core.ledger.ledgers import facets_of
from mingjian.core.link.things.cards import Whence, card_of
from mingjian.core.link.things.shelf import Shelf, Shelved
from mingjian.core.model.things import ThingDecision, ThingKind
from mingjian.read.plain import text_page

ADDED = "2026-04-01T08:00:00Z"


def shelved(texts: Mapping[str, str], sources: Mapping[str, str] | None = None) -> list[Shelved]:
    """Pages by name; ``sources`` names the first source of those that are reprints."""
    pages = (text_page(name, text.encode()) for name, text in texts.items())
    return [
        Shelved(
            card_of(
                record := extract(page),
                Whence(
                    id=page.doc_id,
                    doc_id=page.doc_id,
                    address=page.doc_id,
                    added=ADDED,
                    group=(sources or {}).get(page.doc_id, page.doc_id),
                ),
            ),
            record,
        )
        for page in pages
    ]


def shelf(texts: Mapping[str, str], decisions: Sequence[ThingDecision] = ()) -> Shelf:
    """The books of these pages."""
    return Shelf(shelved(texts), facets_of, decisions)


def grouped(books: Shelf, kind: ThingKind) -> list[list[str]]:
    """The pages of each thing of a kind."""
    every = (books.members(thing.id) for thing in books.things() if thing.kind == kind)
    return sorted([member.page.id for member in members] for members in every)

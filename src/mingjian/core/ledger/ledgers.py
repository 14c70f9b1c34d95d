"""All ledgers by name: of which kind of things each lists, what its rows are, and which rows answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.organisations import organisation_row
from mingjian.core.link.things.answering import answers
from mingjian.core.model.ledger.cells import Facets, Row
from mingjian.core.model.ledger.rows import OrganisationRow
from mingjian.core.model.things import Member, Thing, ThingKind

LedgerName: TypeAlias = Literal["organisations"]
RowOf: TypeAlias = Callable[[Books, Thing, Sequence[Member], Day], Row]
TIMELESS = Day("9999-12-31")
"""The day of rows that are looked at for their facets alone."""


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """A typed table: ``row_type`` names its columns, ``row`` builds a row of a thing that the ledger ``holds``."""

    name: LedgerName
    kind: ThingKind
    row_type: type[Row]
    row: RowOf


LEDGERS: Mapping[LedgerName, Ledger] = {
    "organisations": Ledger(name="organisations", kind="organisation", row_type=OrganisationRow, row=organisation_row),
}
_BY_KIND = {ledger.kind: ledger for ledger in LEDGERS.values()}


def facets_of(books: Books, thing: Thing) -> Facets:
    """By what a thing is found."""
    ledger = _BY_KIND.get(thing.kind)
    if ledger is None:
        return Facets()
    return ledger.row(books, thing, books.members(thing.id), TIMELESS).facets


def rows_of(books: Books, ledger: Ledger, asked: Asked, day: Day) -> Iterator[Row]:
    """The rows of a ledger that answer, in its order, as they are read on a day."""
    known = day.day if day.known else None
    for thing in books.find(asked):
        members = books.members(thing.id, known)
        if members:
            row = ledger.row(books, thing, members, day)
            if answers(asked, thing, row.facets) and (not asked.statuses or row.facets.status in asked.statuses):
                yield row

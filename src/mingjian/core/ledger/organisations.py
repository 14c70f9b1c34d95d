"""Organisations and what they are called."""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.building import Day, cite_span, head_of
from mingjian.core.model.facts import Organisation
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.rows import OrganisationRow
from mingjian.core.model.things import Member, Thing


def organisation_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> OrganisationRow:
    """The row of an organisation."""
    del books, day
    facts: list[tuple[Member, Organisation]] = [(member, member.as_fact(Organisation)) for member in members]
    names: dict[str, Cell[str]] = {}
    for member, fact in facts:
        names.setdefault(fact.name, Cell(fact.name, (cite_span(member, fact.evidence),)))
    first, fact = facts[0]
    return OrganisationRow(
        **head_of(thing, members, regions=[each.region for _, each in facts]),
        names=tuple(names.values()),
        type=Cell(fact.type, (cite_span(first, fact.evidence),)),
    )

"""Programmes under all their names, and what concerns them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.about import regions_of
from mingjian.core.ledger.agreeing import agreed, all_of, furthest, names_said, said
from mingjian.core.ledger.building import TIMELESS, Day, head_of
from mingjian.core.ledger.citing import cite_printed
from mingjian.core.ledger.dating import bounds_of, date_cell
from mingjian.core.ledger.events import ACTUALITIES
from mingjian.core.ledger.resolving import members_by, referring, resolve
from mingjian.core.link.things.references import references_of
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.rows import ProgrammeRow, Related
from mingjian.core.model.things import Member, Thing, ThingKind

_MOST_RELATED = 50
_PROGRAMME: ThingKind = "programme"
_CONCERNING: tuple[ThingKind, ...] = ("policy", "event")


def programme_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> ProgrammeRow:
    """The row of a programme."""
    start = date_cell(said(members, "start"))
    state = furthest(said(members, "actuality"), ACTUALITIES, "state-untold")
    owner = agreed(names_said(members, "owner"), "owner-untold")
    return ProgrammeRow(
        **head_of(
            thing,
            members,
            regions=regions_of(members, "owner"),
            issuers=(owner.value,),
            happened=bounds_of(start.value),
            status=state.value,
        ),
        names=all_of(said(members, "name")),
        owner=owner,
        start=start,
        state=state,
        related=() if day == TIMELESS else tuple(_related(books, thing, members, day))[:_MOST_RELATED],
    )


def _related(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> Iterator[Related]:
    """The documents and events whose mentions name the programme, each with the words that do."""
    for other in referring(books, thing, members, _CONCERNING):
        found = (_naming(books, member, thing) for member in members_by(books, other.id, day))
        related = next((each for each in found if each is not None), None)
        if related is not None:
            relation, cell = related
            yield Related(relation=relation, cell=cell, thing=other.id, backward=True)


def _naming(books: Books, member: Member, thing: Thing) -> tuple[str, Cell[str]] | None:
    for reference in references_of(member.ref.kind, member.fact, member.page):
        meant = resolve(books, (_PROGRAMME,), reference.name, member.page.id) if _PROGRAMME in reference.kinds else None
        if meant is not None and meant.id == thing.id:
            return reference.relation, Cell(reference.name, cite_printed(member, reference.part, reference.name))
    return None

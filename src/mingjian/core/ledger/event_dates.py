"""When events happened: as exactly as it is known on a day, and no more."""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.agreeing import Said, agreed
from mingjian.core.ledger.building import Day, cite_part, cite_span
from mingjian.core.ledger.dating import UNBOUNDED, Bounds, shortened
from mingjian.core.link.things.answering import was_known
from mingjian.core.model.facts import Event
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.things import Member, Thing, ThingDate

_FIRST, _LAST = "0000", "9999"
_LONGEST_CHAIN = 5


def dated(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> tuple[Bounds, Cell[str], Cell[str]]:
    """When an event happened: its day bounds, and the cells of their start and end.

    As all that tell of it say together, if what they say was known on the day; else as most of its mentions do.
    """
    cell = _resolved(books, thing, members, day) or _told(members)
    bounds = cell.value or UNBOUNDED
    start, end = shortened(bounds)
    return bounds, _end_of(cell, start), _end_of(cell, end)


def _end_of(cell: Cell[Bounds], value: str | None) -> Cell[str]:
    if value is None:
        return Cell(missing="not-dated" if cell.value is None else "date-open")
    return Cell(value, cell.cites, basis=cell.basis)


def _resolved(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> Cell[Bounds] | None:
    found = books.date_of(thing.id)
    if found is None or (found.start is None and found.end is None):
        return None
    telling = _telling(books, found, members)
    if telling is None or any(day.known and not was_known(each.page, day.day) for each in telling):
        return None
    cites = tuple(dict.fromkeys(cite for member in telling for cite in _date_cites(member)))
    basis = _own_basis(telling[0]) if found.basis == "told" else found.basis
    return Cell((found.start, found.end), cites, basis=basis)


def _telling(books: Books, found: ThingDate, members: Sequence[Member]) -> list[Member] | None:
    """The mentions that give the bounds, then those of the events that these are counted from; nothing if unknown."""
    telling: list[Member] = []
    for _ in range(_LONGEST_CHAIN):
        held = {member.ref: member for member in members}
        if not found.by or any(ref not in held for ref in found.by):
            return None
        telling += [held[ref] for ref in found.by]
        before = books.date_of(found.after) if found.after is not None else None
        if found.after is None or before is None:
            break
        members, found = books.members(found.after), before
    return telling


def _own_basis(member: Member) -> str | None:
    basis = member.as_fact(Event).date.basis
    return None if basis == "explicit" else basis


def _date_cites(member: Member) -> tuple[Cite, ...]:
    """The words of an event's date and of what it is counted from, else of the event that has the same one."""
    fact = member.as_fact(Event)
    parts = {pair for pairs in fact.parts.values() for pair in pairs}
    support = [span for span in fact.support if span.pair not in parts]
    own = [] if fact.date_span is None else [fact.date_span]
    spans = dict.fromkeys(cite_span(member, span) for span in own + support)
    return tuple(spans) or cite_part(member, "sub_event_of")


def _told(members: Sequence[Member]) -> Cell[Bounds]:
    every: list[Said[Bounds]] = []
    for member in members:
        fact = member.as_fact(Event)
        if fact.date.start or fact.date.end:
            every.append(Said((fact.date.start, fact.date.end), member, _date_cites(member)))
    cell = agreed(every, "not-dated", _lies_in)
    if cell.value is None:
        return cell
    first = next(one.member for one in every if one.value == cell.value)
    return Cell(cell.value, cell.cites, basis=_own_basis(first))


def _lies_in(exact: Bounds, coarse: Bounds) -> bool:
    return (coarse[0] or _FIRST) <= (exact[0] or _FIRST) and (exact[1] or _LAST) <= (coarse[1] or _LAST)

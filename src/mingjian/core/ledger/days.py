"""Days as ledgers show them: as exact as they are known, and no more."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from mingjian.core.books import Books
from mingjian.core.ledger.agreeing import Said, agreed, said
from mingjian.core.ledger.building import Day, cite_part, cite_span
from mingjian.core.link.things.answering import was_known
from mingjian.core.model.facts import Event, TimeBound
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.things import Member, Thing, ThingDate

Bounds = tuple[str | None, str | None]
UNBOUNDED: Bounds = (None, None)
_FIRST, _LAST = "0000", "9999"
_LONGEST_CHAIN = 5


def bounds_of(words: str | None) -> Bounds:
    """The ISO days between which a day, month or year lies.

    >>> bounds_of("2024-02"), bounds_of("2024"), bounds_of("2024-02-21"), bounds_of(None)
    (('2024-02-01', '2024-02-29'), ('2024-01-01', '2024-12-31'), ('2024-02-21', '2024-02-21'), (None, None))
    """
    parts = (words or "").split("-")
    try:
        year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
        first = date(year, month, day)
    except ValueError:
        return UNBOUNDED
    if len(parts) == 1:
        return (first.isoformat(), date(year, 12, 31).isoformat())
    if len(parts) == 2:
        return (first.isoformat(), date(year, month, monthrange(year, month)[1]).isoformat())
    return (first.isoformat(), first.isoformat())


def shortened(bounds: Bounds) -> Bounds:
    """The bounds as people write them: a whole year as a year, a whole month as a month.

    >>> shortened(("2024-02-01", "2024-02-29")), shortened(("2024-02-20", "2024-02-29"))
    (('2024-02', '2024-02'), ('2024-02-20', '2024-02-29'))
    """
    start, end = bounds
    if start and end:
        for length in (4, 7):
            if bounds_of(start[:length]) == bounds:
                return (start[:length], start[:length])
    return bounds


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


def due(members: Sequence[Member], field: str = "deadline") -> Cell[str]:
    """By when something is to be done: an ISO day, or the words where they fix none."""
    bounds: list[Said[TimeBound]] = said(members, field)
    return agreed([Said(one.value.end or one.value.text, one.member, one.cites) for one in bounds], "deadline-untold")

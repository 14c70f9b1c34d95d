"""How what several mentions say becomes one cell.

The rule: of the values that mentions give, the one that the most independent sources tell; of those told as often the
one published first. A value that is less exact, as a month is of a day, speaks for the more exact one that lies in it.
Nothing is put together from parts that no page has together: value and unit, or capacity and precision, stay one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from mingjian.core.ledger.bodies import body_called
from mingjian.core.ledger.building import cite_part, cite_span
from mingjian.core.ledger.citing import MOST_CITED, canonical, cite_printed
from mingjian.core.link.things.references import names_in
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.span import Span
from mingjian.core.model.things import Member
from mingjian.core.text.folding import fold

T = TypeVar("T")
U = TypeVar("U")


class Said(msgspec.Struct, Generic[T], frozen=True):
    """A value that a mention gives, and the words in which it does."""

    value: T
    member: Member
    cites: tuple[Cite, ...]


def said(members: Iterable[Member], field: str, part: str | None = None) -> list[Said[Any]]:
    """What the mentions give in a field of their facts, in their order; ``part`` is where the words for it stand."""
    every = ((member, getattr(member.fact, field)) for member in members)
    return [
        Said(value, member, cite_part(member, part or field)) for member, value in every if value not in (None, "", ())
    ]


def names_said(members: Iterable[Member], field: str) -> list[Said[str]]:
    """The bodies that the mentions give in a field, one or several each."""
    return names_told(((member, names_in(member.fact, field)) for member in members), field)


def names_told(told: Iterable[tuple[Member, Sequence[str]]], part: str) -> list[Said[str]]:
    """Bodies that mentions print in a part, under the names that pages know, each in the script first told."""
    first: dict[str, str] = {}
    found = []
    for member, names in told:
        for name in names:
            called = body_called(member.page, name)
            called = first.setdefault(fold(called), called)
            found.append(Said(called, member, cite_printed(member, part, name, names)))
    return found


def issuers_told(members: Sequence[Member]) -> tuple[Cell[str], ...]:
    """Who issues or sets it; a mere place (深圳印发…) only where no page names a body."""
    every = [(member, names_in(member.fact, "issuer")) for member in members]
    bodies = [(member, names) for member, names in every if any(name not in member.page.regions for name in names)]
    return all_of(names_told(bodies or every, "issuer"))


def agreed(every: Sequence[Said[T]], missing: str, lies_in: Callable[[T, T], bool] | None = None) -> Cell[T]:
    """The value on which most independent sources agree, with the first pages that say it; ``missing`` where none does.

    ``lies_in(exact, coarse)`` tells whether a value is a more exact way to say another.
    """
    if not every:
        return Cell(missing=missing)
    lies_in = lies_in or (lambda exact, coarse: exact == coarse)
    telling: dict[T, set[str]] = {}
    for one in every:
        telling.setdefault(one.value, set()).add(one.member.page.group)
    votes = {value: _voting(value, telling, lies_in) for value in telling}
    most = max(votes.values())
    best = [value for value in telling if votes[value] == most]
    exact = next(value for value in best if not any(_finer(other, value, lies_in) for other in best))
    return cell_of(every, exact)


def _voting(value: T, telling: Mapping[T, set[str]], lies_in: Callable[[T, T], bool]) -> int:
    """How many independent sources speak for a value: those that tell it, or one that it lies in."""
    return len(set().union(*(groups for other, groups in telling.items() if lies_in(value, other))))


def _finer(one: T, other: T, lies_in: Callable[[T, T], bool]) -> bool:
    return one != other and lies_in(one, other) and not lies_in(other, one)


def all_of(every: Sequence[Said[T]]) -> tuple[Cell[T], ...]:
    """Each value once, in the order in which they were first told."""
    return tuple(cell_of(every, value) for value in dict.fromkeys(one.value for one in every))


def furthest(every: Sequence[Said[str]], order: Mapping[str, int], missing: str) -> Cell[str]:
    """How far something has come: what is not undone by a page that was published before it."""
    if not every:
        return Cell(missing=missing)
    return cell_of(every, max(every, key=lambda one: order.get(one.value, -1)).value)


def cell_of(every: Sequence[Said[T]], value: T) -> Cell[T]:
    """The cell of a value with the words of the first pages that give it."""
    cites: dict[str, tuple[Cite, ...]] = {}
    for one in every:
        if one.value == value and len(cites) < MOST_CITED:
            cites.setdefault(one.member.page.id, one.cites)
    words = tuple(cite for each in cites.values() for cite in each)
    return Cell(value, words, basis=canonical(value, words))


def derived(cell: Cell[T], of: Callable[[T], U | None], missing: str, basis: str | None = None) -> Cell[U]:
    """What follows from the value of a cell, on the same words; ``missing`` where nothing does."""
    value = None if cell.value is None else of(cell.value)
    if value is None:
        return Cell(missing=cell.missing or missing)
    return Cell(value, cell.cites, basis=basis or cell.basis)


def printed(cell: Cell[Any]) -> Cell[str]:
    """The words of the first page that gives the value of a cell, as they stand there."""
    return Cell(cell.cites[0].text, cell.cites[:1]) if cell.cites else Cell(missing=cell.missing)


def saying(member: Member, value: T, span: Span | None) -> Said[T]:
    """A value of a mention that has a span of its own."""
    return Said(value, member, (cite_span(member, span or member.fact.evidence),))

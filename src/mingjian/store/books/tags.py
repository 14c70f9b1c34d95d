"""By what things are found: the rows that stand for what a thing is filtered by, and those that a question asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from mingjian.core.books import Asked
from mingjian.core.link.things.answering import lies_in, shared_digits
from mingjian.core.link.things.tallying import last_told, standing_of, written_standing
from mingjian.core.model.ledger.cells import Filed

ALL, REGION, ISSUER, SOURCE, TECHNOLOGY, INDUSTRY, TYPE, STATUS, COMING, OVER, STANDING, DISPUTED = range(12)
ON_ONE_DAY, BETWEEN_DAYS, AS_KNOWN = range(3)
"""How things with a value stand in order: by their day, by the last of several, or by what was known on other days."""
_FACETS = 16  # room for those of one kind
_EVER = "~"  # behind all days
_HEAD = 8  # characters of a name by which rows of one day are in order
_AROUND = (2, 4)  # digits of the province and the city in which a place lies


TagRow: TypeAlias = tuple[int, str, bool, int, str, str, int, str, str]
"""A row of the table: facet, value, and the place with the number of the thing in it."""


class Group(NamedTuple):
    """Things with any of these values of a facet, where their day in lists is this (``<=``) to that asked about."""

    facet: int
    values: tuple[str, ...]
    side: str = ""


class Wanted(NamedTuple):
    """Things of any of these groups."""

    groups: tuple[Group, ...]

    @property
    def values(self) -> list[tuple[Group, str]]:
        """Each value with its group."""
        return [(group, value) for group in self.groups for value in group.values]


class Place(NamedTuple):
    """Where a thing stands among those with the same value, and between which days of knowledge it does."""

    ai: bool
    order: int
    day: str
    head: str
    known: str
    until: str


def facet_number(kind: int, facet: int) -> int:
    """The number of a facet of a kind, by its number."""
    return kind * _FACETS + facet


def places_of(name: str, first: str | None, filed: Filed) -> Iterator[Place]:
    """Where a thing stands, until when of knowledge it does, and where it stands as of other days."""
    day, head = last_told(filed), name[:_HEAD]
    still = len(filed.steps) == 1 and filed.steps[0].day == day
    order = ON_ONE_DAY if filed.happened_from == (day or None) else BETWEEN_DAYS
    yield Place(filed.ai, order, day, head, first or "", _EVER if still else "")
    ends = (*(step.known for step in filed.steps[1:]), _EVER)
    for step, end in () if still else zip(filed.steps, ends, strict=False):
        yield Place(filed.ai, AS_KNOWN, step.day, head, step.known, end)


def tags_of(kind: int, filed: Filed) -> Iterator[tuple[int, str]]:
    """The facets, by number, and values of a thing: each once."""
    values = {
        ALL: ("",),
        REGION: {digits for code in filed.regions for digits in _digits(code)},
        ISSUER: filed.issuers,
        SOURCE: filed.sources,
        TECHNOLOGY: filed.technologies,
        INDUSTRY: filed.industries,
        TYPE: filed.types,
        STATUS: filed.statuses,
        COMING: filed.coming,
        OVER: filed.over,
        STANDING: (written_standing(standing_of(filed)),) if filed.dated else (),
        DISPUTED: ("",) if filed.disputed else (),
    }
    for facet, held in values.items():
        for value in sorted(set(held)):
            yield facet_number(kind, facet), value


def rows_of_tags(number: int, kind: int, name: str, first: str | None, filed: Filed) -> dict[TagRow, None]:
    """The rows by which the thing of a number is found."""
    places = tuple(places_of(name, first, filed))
    return {
        (facet, value, place.ai, place.order, place.day, place.head, number, place.known, place.until): None
        for facet, value in tags_of(kind, filed)
        for place in places
    }


def _digits(code: str) -> set[str]:
    """The digits by which a place is found, of itself and of the places in which it lies."""
    around = (code[:length] for length in _AROUND)
    return {shared_digits(code), *(digits for digits in around if lies_in(code, f"{digits:0<6}"))}


def wanted_of(kind: int, asked: Asked) -> list[Wanted]:
    """What is asked for: things that have none of the values of one of them do not answer."""
    given = {
        REGION: map(shared_digits, asked.regions),
        ISSUER: asked.issuers,
        SOURCE: asked.sources,
        TECHNOLOGY: asked.technologies,
        INDUSTRY: asked.industries,
        TYPE: asked.types,
        STANDING: asked.standings,
        DISPUTED: ("",) if asked.disputed else (),
    }
    found = [
        Wanted((Group(facet_number(kind, facet), values),))
        for facet, held in given.items()
        if (values := tuple(dict.fromkeys(held)))
    ]
    if asked.statuses:
        sides = ((STATUS, ""), (COMING, ">="), (OVER, "<="))
        found.append(Wanted(tuple(Group(facet_number(kind, facet), asked.statuses, side) for facet, side in sides)))
    return found or [everything(kind)]


def everything(kind: int) -> Wanted:
    """All things of a kind."""
    return Wanted((Group(facet_number(kind, ALL), ("",)),))

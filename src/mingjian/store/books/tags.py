"""By what things are found: the rows that stand for what a thing is filtered by, and those that a question asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mingjian.core.books import Asked
from mingjian.core.link.things.answering import last_told, latest_day
from mingjian.core.model.ledger.cells import Filed

ALL, REGION, ISSUER, SOURCE, TECHNOLOGY, INDUSTRY, TYPE, STATUS = range(8)
ON_ONE_DAY, BETWEEN_DAYS, AT_LATEST = range(3)
"""How things with a value stand in order: by their day, by the last of several, or by the last that may be theirs."""
_FACETS = 16  # room for those of one kind
_HEAD = 8  # characters of a name by which rows of one day are in order
_SAVED = (0, 2, 3, 4, 6)  # lengths of the beginnings of codes that are kept: all that people ask for


class Wanted(NamedTuple):
    """Things that have any of these values of a facet; ``exact``: all of them are what is asked for."""

    facet: int
    values: tuple[str, ...]
    exact: bool = True


class Place(NamedTuple):
    """Where a thing stands among those with the same value, and the day from which on it is known (empty: any)."""

    ai: bool
    order: int
    day: str
    head: str
    first: str


def facet_number(kind: int, facet: int) -> int:
    """The number of a facet of a kind, by its number."""
    return kind * _FACETS + facet


def places_of(name: str, first: str | None, filed: Filed) -> Iterator[Place]:
    """Where a thing stands: also by the last day that may ever be its own, if that is another."""
    day, latest, head = last_told(filed), latest_day(filed), name[:_HEAD]
    order = ON_ONE_DAY if filed.happened_from == (day or None) else BETWEEN_DAYS
    yield Place(filed.ai, order, day, head, first or "")
    if latest != day:
        yield Place(filed.ai, AT_LATEST, latest, head, first or "")


def tags_of(kind: int, filed: Filed) -> Iterator[tuple[int, str]]:
    """The facets, by number, and values of a thing: each once."""
    values = {
        ALL: ("",),
        REGION: {beginning for code in filed.regions for beginning in _beginnings(code)},
        ISSUER: filed.issuers,
        SOURCE: filed.sources,
        TECHNOLOGY: filed.technologies,
        INDUSTRY: filed.industries,
        TYPE: filed.types,
        STATUS: filed.statuses,
    }
    for facet, held in values.items():
        for value in sorted(set(held)):
            yield facet_number(kind, facet), value


def _beginnings(code: str) -> set[str]:
    return {code, *(code[:length] for length in _SAVED)}


def wanted_of(kind: int, asked: Asked) -> list[Wanted]:
    """What is asked for: things that have none of the values of one of them do not answer."""
    regions = tuple(dict.fromkeys(_beginning(place) for place in asked.regions))
    given = {
        REGION: regions,
        ISSUER: asked.issuers,
        SOURCE: asked.sources,
        TECHNOLOGY: asked.technologies,
        INDUSTRY: asked.industries,
        TYPE: asked.types,
        STATUS: asked.statuses,
    }
    exact = all(len(_shared(place)) in _SAVED for place in asked.regions)
    found = [
        Wanted(facet_number(kind, facet), tuple(dict.fromkeys(held)), facet != REGION or exact)
        for facet, held in given.items()
        if held
    ]
    return found or [Wanted(facet_number(kind, ALL), ("",))]


def _shared(place: str) -> str:
    """How the codes of all that lies in a place begin."""
    return place.removesuffix("00").removesuffix("00")


def _beginning(place: str) -> str:
    """The longest beginning that is kept of the codes of all that lies in a place."""
    beginning = _shared(place)
    return beginning[: max(length for length in _SAVED if length <= len(beginning))]

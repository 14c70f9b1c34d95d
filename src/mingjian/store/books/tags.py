"""By what things are found: the rows that stand for what a thing is filtered by, and those that a question asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mingjian.core.books import Asked
from mingjian.core.model.ledger.cells import Facets

ALL, REGION, ISSUER, SOURCE, TECHNOLOGY, INDUSTRY = range(6)
_FACETS = 16  # room for those of one kind
_HEAD = 8  # characters of a name by which rows of one day are in order
_SAVED = (0, 2, 3, 4, 6)  # lengths of the beginnings of codes that are kept: all that people ask for


class Wanted(NamedTuple):
    """Things that have any of these values of a facet."""

    facet: int
    values: tuple[str, ...]


class Place(NamedTuple):
    """Where a thing stands among those with the same value."""

    ai: bool
    wide: bool
    day: str
    head: str


def facet_number(kind: int, facet: int) -> int:
    """The number of a facet of a kind, by its number."""
    return kind * _FACETS + facet


def place_of(name: str, facets: Facets) -> Place:
    """Where a thing stands."""
    day = facets.happened_to or facets.happened_from or ""
    return Place(facets.ai, facets.happened_from != (day or None), day, name[:_HEAD])


def tags_of(kind: int, facets: Facets) -> Iterator[tuple[int, str]]:
    """The facets, by number, and values of a thing: each once."""
    values = {
        ALL: ("",),
        REGION: {beginning for code in facets.regions for beginning in _beginnings(code)},
        ISSUER: facets.issuers,
        SOURCE: facets.sources,
        TECHNOLOGY: facets.technologies,
        INDUSTRY: facets.industries,
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
    }
    found = [Wanted(facet_number(kind, facet), tuple(dict.fromkeys(held))) for facet, held in given.items() if held]
    return found or [Wanted(facet_number(kind, ALL), ("",))]


def _beginning(place: str) -> str:
    """The longest beginning that is kept of the codes of all that lies in a place."""
    beginning = place.removesuffix("00").removesuffix("00")
    return beginning[: max(length for length in _SAVED if length <= len(beginning))]

"""The facets of a list: what its rows can be filtered by, how many have it, and the addresses that do so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from mingjian.brief.wording import coded_label, ledger_value_label
from mingjian.core.ledger.places import only_code
from mingjian.core.ledger.surveying import Survey
from mingjian.serve.web.parts import Choice, Facet
from mingjian.serve.web.queries import Query
from mingjian.serve.web.words import word

Name = Literal["status", "region", "technology", "industry", "issuer", "source"]
_HELD: Mapping[Name, str] = {
    "status": "statuses",
    "region": "regions",
    "technology": "technologies",
    "industry": "industries",
    "issuer": "issuers",
    "source": "sources",
}
"""Where a survey counts what a facet asks."""
_OPEN = frozenset({"status", "region", "technology"})
_MOST = 40
_NAMED = "place:"


class Counted(msgspec.Struct, frozen=True):
    """What is counted: of ``every`` row of the ledger, and of those that answer where that is known."""

    every: Survey
    answering: Survey | None


def facets_of(query: Query, counted: Counted) -> tuple[Facet, ...]:
    """The facets of which there is something to choose."""
    found = [facet for name in _HELD if (facet := _facet(query, counted, name)) is not None]
    year = _years(query, counted)
    return (*found, *(() if year is None else (year,)))


def label_of(name: str, value: str) -> str:
    """What people call a value of a facet."""
    match name:
        case "region":
            return place_label(value)
        case "technology":
            return coded_label("technologies", value)
        case "industry":
            return coded_label("industries", value)
        case "status":
            return ledger_value_label(value)
        case _:
            return value


def can_be_asked(region: str) -> bool:
    """Whether people can ask for this place: not for one that no lexicon has."""
    return only_code(region) is not None


def place_label(code: str) -> str:
    """What the place is called, also one that no lexicon has: its code holds the name that the pages give it.

    >>> place_label("440000"), place_label("place:甲城")
    ('广东省', '甲城')
    """
    return code.removeprefix(_NAMED) if code.startswith(_NAMED) else coded_label("regions", code)


def _facet(query: Query, counted: Counted, name: Name) -> Facet | None:
    held = query.all(name)
    counts = _counts(counted, name, free=not held)
    offered = (value for value in counts[0] if name != "region" or can_be_asked(value))
    values = list(dict.fromkeys([*held, *offered]))[: _MOST + len(held)]
    if not values or (len(values) == 1 and not held and name != "status"):
        return None
    choices = tuple(
        Choice(
            label=label_of(name, value),
            href=query.toggled(name, value).href,
            count=counts[0].get(value) if counts[1] else None,
            chosen=value in held,
        )
        for value in values
    )
    title = word(f"asking.{name}")
    return Facet(key=name, label=title.zh, english=title.en, choices=choices, folded=name not in _OPEN and not held)


def _years(query: Query, counted: Counted) -> Facet | None:
    """The years in which things happened or are due, the last first."""
    counts, known = _counts(counted, "year", free=not (query.one("since") or query.one("until")))
    choices = tuple(_year(query, year, counts[year] if known else None) for year in sorted(counts, reverse=True))
    title = word("asking.year")
    return Facet(key="year", label=title.zh, english=title.en, choices=choices, folded=True) if choices else None


def _year(query: Query, year: str, count: int | None) -> Choice:
    chosen = query.one("since") == year == query.one("until")
    turned = query.chosen(since=None, until=None) if chosen else query.chosen(since=year, until=year)
    return Choice(label=year, href=turned.href, count=count, chosen=chosen)


def _counts(counted: Counted, name: str, *, free: bool) -> tuple[Mapping[str, int], bool]:
    """How many rows have each value, and whether that is so of those that answer.

    Of what is filtered already, the others of the whole ledger are offered, of which none that answers has any.
    """
    survey = counted.answering if free and counted.answering is not None else counted.every
    held: Mapping[str, int] = survey.years if name == "year" else getattr(survey, _HELD[name])  # type: ignore[index]
    return held, survey is counted.answering

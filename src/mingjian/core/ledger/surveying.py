"""How many rows of a ledger have each value that they can be filtered by, told without building those rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.asking import Question, asked_of, day_of, ledger_called, rows_answering
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import Ledger, row_of_thing
from mingjian.core.link.things.tallying import (
    INDUSTRY,
    ISSUER,
    REGION,
    SOURCE,
    STANDING,
    STATUS,
    TECHNOLOGY,
    TOTAL,
    YEAR,
    province_of,
    read_standing,
    standing_of,
    years_of,
)
from mingjian.core.model.ledger.cells import Facets, Filed
from mingjian.core.model.things import Thing

_NAMES = {
    REGION: "regions",
    TECHNOLOGY: "technologies",
    INDUSTRY: "industries",
    ISSUER: "issuers",
    SOURCE: "sources",
    YEAR: "years",
}
"""What a survey calls what the books tally."""


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the ``total`` rows that answer have each value: regions are those of provinces, or the country's."""

    total: int
    statuses: Mapping[str, int]
    regions: Mapping[str, int]
    technologies: Mapping[str, int]
    industries: Mapping[str, int]
    issuers: Mapping[str, int]
    sources: Mapping[str, int]
    years: Mapping[str, int]


def survey(books: Books, name: str, question: Question, today: str) -> Survey:
    """The survey of what answers; raises as ``rows_answering`` does.

    Of all rows the books keep it, but for statuses of which only rows tell. As of another day than today only rows
    themselves tell, and all are built.
    """
    ledger, day = ledger_called(name), day_of(question, today)
    if ledger.every is not None or day.known or question.statuses or question.added_by is not None:
        return surveyed(row.facets for row in rows_answering(books, name, question, today))
    if question == Question(everything=question.everything):
        return _kept(books, ledger, day, ai=not question.everything)
    return surveyed(_facets(books, ledger, asked_of(ledger, question), day))


def _kept(books: Books, ledger: Ledger, day: Day, *, ai: bool) -> Survey:
    """The survey of all rows, as the books keep it."""
    counts: dict[int, Counter[str]] = {counted: Counter() for counted in (STATUS, *_NAMES)}
    unsure = list[str]()
    total = 0
    for (counted, value), things in books.tally(ledger.name, ai=ai).items():
        if counted == TOTAL:
            total = things
        elif counted == STANDING:
            possible = read_standing(value).on(day.day)
            unsure += [value] if len(possible) > 1 else []
            counts[STATUS].update({status: things for status in possible if len(possible) == 1})
        else:
            counts[counted][value] = things
    counts[STATUS].update(_statuses(books, ledger, Asked(kind=ledger.kind, standings=tuple(unsure), ai=ai), day))
    statuses, named = _ordered(counts.pop(STATUS)), {_NAMES[each]: _ordered(held) for each, held in counts.items()}
    return Survey(total=total, statuses=statuses, **named)


def _statuses(books: Books, ledger: Ledger, asked: Asked, day: Day) -> Iterator[str]:
    """The statuses of the things with standings of which only rows tell what they are on a day."""
    for kind in ledger.of if asked.standings else ():
        for thing in books.find(msgspec.structs.replace(asked, kind=kind)):
            found = row_of_thing(books, thing, day)
            if found is not None and found[1].facets.status is not None:
                yield found[1].facets.status


def surveyed(every: Iterator[Facets]) -> Survey:
    """The survey of rows with these facets."""
    names = ("statuses", "regions", "technologies", "industries", "issuers", "sources", "years")
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    total = 0
    for facets in every:
        total += 1
        counts["statuses"].update((facets.status,) if facets.status else ())
        counts["regions"].update({province_of(code) for code in facets.regions})
        counts["technologies"].update(facets.technologies)
        counts["industries"].update(facets.industries)
        counts["issuers"].update(facets.issuers)
        counts["sources"].update(facets.sources)
        counts["years"].update(years_of(facets))
    return Survey(total=total, **{name: _ordered(each) for name, each in counts.items()})


def status_on(books: Books, thing: Thing, filed: Filed, day: Day) -> str | None:
    """The status of the row of a thing on a day: the row is built only where several are possible."""
    if not filed.dated and not day.known:
        return filed.status
    possible = standing_of(filed).on(day.day)
    if len(possible) == 1 and not day.known:
        return next(iter(possible))
    found = row_of_thing(books, thing, day)
    return None if found is None else found[1].facets.status


def _facets(books: Books, ledger: Ledger, asked: Asked, day: Day) -> Iterator[Facets]:
    for kind in ledger.of:
        left_out = ledger.but.get(kind, ())
        wanted = msgspec.structs.replace(asked, kind=kind, on=day.day, types=ledger.types.get(kind, ()))
        for thing, filed in books.found(wanted):
            if not any(one in left_out for one in filed.types):
                yield msgspec.structs.replace(filed, status=status_on(books, thing, filed, day))


def _ordered(counts: Counter[str]) -> dict[str, int]:
    """The counts, most first, alike ones by name."""
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))

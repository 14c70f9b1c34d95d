"""How many rows of a ledger have each value that they can be filtered by, told without building those rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.asking import Question, asked_of, day_of, ledger_called, rows_answering
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import Ledger, row_of_thing
from mingjian.core.link.things.answering import last_told
from mingjian.core.model.ledger.cells import Facets, Filed
from mingjian.core.model.things import Thing, ThingKind

_DATED: tuple[ThingKind, ...] = ("policy", "target")
"""Kinds whose status depends on the day on which it is read."""
_PROVINCE = 2
_CODE = 6
_YEAR = 4


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

    As of another day than today only rows themselves tell, and all are built.
    """
    ledger, day = ledger_called(name), day_of(question, today)
    if ledger.every is not None or day.known or question.statuses or question.added_by is not None:
        return surveyed(row.facets for row in rows_answering(books, name, question, today))
    return surveyed(_facets(books, ledger, asked_of(ledger, question), day))


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


def province_of(code: str) -> str:
    """The code of the province in which a place lies; that of the country is its own.

    >>> province_of("440305"), province_of("156")
    ('440000', '156')
    """
    return f"{code[:_PROVINCE]:0<6}" if len(code) == _CODE else code


def years_of(facets: Facets) -> tuple[str, ...]:
    """The year in which it happened or is due, where it is known to lie in one."""
    first, last = facets.happened_from, facets.happened_to
    year = (first or last or "")[:_YEAR]
    return (year,) if year and year == (last or first or "")[:_YEAR] else ()


def status_on(books: Books, thing: Thing, filed: Filed, day: Day) -> str | None:
    """The status of the row of a thing on a day: the row is built only where several are possible."""
    if thing.kind not in _DATED and not day.known:
        return filed.status
    possible = _possible(filed, day)
    if len(possible) == 1 and not day.known:
        return next(iter(possible))
    found = row_of_thing(books, thing, day)
    return None if found is None else found[1].facets.status


def _possible(filed: Filed, day: Day) -> set[str]:
    last = last_told(filed)
    coming = filed.coming if not last or day.day <= last else ()
    over = filed.over if not last or day.day >= last else ()
    return {*filed.statuses, *coming, *over}


def _facets(books: Books, ledger: Ledger, asked: Asked, day: Day) -> Iterator[Facets]:
    for kind in ledger.of:
        left_out = ledger.but.get(kind, ())
        wanted = msgspec.structs.replace(asked, kind=kind, on=day.day, types=ledger.types.get(kind, ()))
        for thing in books.find(wanted):
            filed = books.filed(thing.id)
            if filed is not None and not any(one in left_out for one in filed.types):
                yield msgspec.structs.replace(filed, status=status_on(books, thing, filed, day))


def _ordered(counts: Counter[str]) -> dict[str, int]:
    """The counts, most first, alike ones by name."""
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))

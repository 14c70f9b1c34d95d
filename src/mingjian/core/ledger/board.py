"""Targets at a glance: of each where, by when, of what, and how it stands; no row is built where none is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.asking import Question, asked_of, day_of, ledger_called, rows_answering
from mingjian.core.ledger.surveying import status_on
from mingjian.core.link.things.metrics import says_what
from mingjian.core.link.things.tallying import province_of, years_of
from mingjian.core.link.things.targets import AIM, DUE
from mingjian.core.model.ledger.cells import Facets
from mingjian.core.model.things import Thing, ThingKind

STATUSES = ("open", "due", "met", "missed", "superseded", "unknown")
"""How a target may stand, in the order in which people ask."""


class Aimed(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A target: ``provinces`` are codes of provinces or the country's, ``metrics`` names of the vocabulary."""

    id: str
    status: str
    provinces: tuple[str, ...]
    metrics: tuple[str, ...]
    year: str


def board_of(books: Books, question: Question, today: str) -> Iterator[Aimed]:
    """All targets that answer, in the order of the ledger; raises as ``rows_answering`` does."""
    ledger, day = ledger_called("targets"), day_of(question, today)
    if day.known or question.statuses or question.added_by is not None:
        for row in rows_answering(books, ledger.name, question, today):
            thing = books.thing(row.id)
            if thing is not None:
                yield _aimed(thing, row.facets, row.facets.status)
        return
    asked = msgspec.structs.replace(asked_of(ledger, question), on=day.day)
    for thing, filed in books.found(asked):
        yield _aimed(thing, filed, status_on(books, thing, filed, day))


def having(status: str = "", province: str = "", metric: str = "", year: str = "") -> Callable[[Aimed], bool]:
    """Whether a target has all that is given."""
    return lambda one: (
        (not status or one.status == status)
        and (not province or province in one.provinces)
        and (not metric or metric in one.metrics)
        and (not year or one.year == year)
    )


def _aimed(thing: Thing, facets: Facets, status: str | None) -> Aimed:
    return Aimed(
        id=thing.id,
        status=status or "unknown",
        provinces=tuple(dict.fromkeys(map(province_of, facets.regions))),
        metrics=metrics_of(thing),
        year=next(iter(years_of(facets)), ""),
    )


def metrics_of(thing: Thing) -> tuple[str, ...]:
    """What a target or series counts, by the names of the vocabulary; none that says nothing by itself (行业, 全长)."""
    slots = (slot.split("|")[0] for slot in thing.slots if not slot.startswith((DUE, AIM)))
    return tuple(dict.fromkeys(filter(says_what, slots)))


def metric_counts(books: Books) -> list[tuple[str, int]]:
    """What targets and series count, by names of the vocabulary, those of most targets first."""
    targets, series = _metrics_told(books, "target"), _metrics_told(books, "statistic")
    order = sorted({*targets, *series}, key=lambda name: (-targets[name], -series[name], name))
    return [(name, targets[name] + series[name]) for name in order]


def _metrics_told(books: Books, kind: ThingKind) -> Counter[str]:
    return Counter(name for thing in books.find(Asked(kind=kind)) for name in metrics_of(thing))

"""The rows that a brief is written from, as the ledgers have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.briefing.material import Desk, Told
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.ledger.briefing.topics import Topic, region_codes, topic_of
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, Ledger
from mingjian.core.link.things.answering import answers
from mingjian.core.model.brief import Scope
from mingjian.core.model.ledger.cells import Row
from mingjian.core.model.ledger.rows import (
    ConflictRow,
    EventRow,
    MeasureRow,
    PolicyRow,
    QuoteRow,
    StatisticRow,
    TargetRow,
)

R = TypeVar("R", bound=Row)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of each ledger that are near to the topic and lie in the region."""

    events: Sequence[Told[EventRow]] = ()
    policies: Sequence[Told[PolicyRow]] = ()
    targets: Sequence[Told[TargetRow]] = ()
    statistics: Sequence[Told[StatisticRow]] = ()
    conflicts: Sequence[Told[ConflictRow]] = ()
    quotes: Sequence[Told[QuoteRow]] = ()
    measures: Sequence[Told[MeasureRow]] = ()


def desk_of(books: Books, scope: Scope) -> Desk:
    """Where the brief is written: deadlines are watched for some days behind the time asked about."""
    last = date.fromisoformat(scope.until) + timedelta(days=brief_settings().limits["horizon"])
    return Desk(books, scope, str(last))


def gather(desk: Desk) -> Found:
    """All rows that the brief may tell, as the ledgers read them on its day."""
    topic = topic_of(desk.scope.topic)
    return Found(
        events=tuple(_told(desk, topic, "events", EventRow)),
        policies=tuple(_told(desk, topic, "policies", PolicyRow)),
        targets=tuple(_told(desk, topic, "targets", TargetRow)),
        statistics=tuple(_told(desk, topic, "statistics", StatisticRow)),
        quotes=tuple(_told(desk, topic, "quotes", QuoteRow)),
        measures=tuple(_told(desk, topic, "measures", MeasureRow)),
    )


def _told(desk: Desk, topic: Topic, name: str, row_type: type[R]) -> Iterator[Told[R]]:
    ledger = next((each for each in LEDGERS.values() if each.name == name), None)
    if ledger is None:
        return
    known = desk.scope.day if desk.scope.known else None
    for row in _rows(desk, ledger):
        members = tuple(desk.books.members(row.id, known))
        near = topic.relevance(row, members)
        if near and members and isinstance(row, row_type):
            yield Told(row, members, near)


def _rows(desk: Desk, ledger: Ledger) -> Iterator[Row]:
    """The rows of things that may be told: they were told of, happened or fall due in the time asked about."""
    scope, kind = desk.scope, ledger.kind
    codes = tuple(region_codes(scope.regions)[0].values())
    as_of = scope.day if scope.known else None
    asked = Asked(kind=kind, regions=codes, as_of=as_of, ai=scope.ai)
    dated = msgspec.structs.replace(asked, since=scope.since, until=desk.horizon)
    things = {thing.id: thing for thing in desk.books.find(dated)}
    things |= {one.id: one for one in desk.books.find(asked) if (one.last_published or "") >= scope.since}
    for thing in things.values():
        members = desk.books.members(thing.id, as_of)
        if members:
            row = ledger.row(desk.books, thing, members, Day(scope.day, scope.known))
            if answers(asked, thing, row.facets):
                yield row

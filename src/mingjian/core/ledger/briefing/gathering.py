"""The rows that a brief is written from, as the ledgers have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.briefing.material import Desk, Told
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.ledger.briefing.topics import Topic, topic_of
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, LedgerName
from mingjian.core.ledger.places import code_of_place
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
from mingjian.core.model.things import Thing, ThingKind

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
    horizon, until = timedelta(days=brief_settings().limits["horizon"]), date.fromisoformat(scope.until)
    return Desk(books, scope, str(until + horizon if date.max - until > horizon else date.max))


def gather(desk: Desk) -> Found:
    """All rows that the brief may tell, as the ledgers read them on its day.

    Raises ``QuestionError`` for a region that no place is called.
    """
    topic = topic_of(desk.scope.topic)
    return Found(
        events=tuple(_told(desk, topic, "events", EventRow)),
        policies=tuple(_told(desk, topic, "policies", PolicyRow)),
        targets=tuple(_told(desk, topic, "targets", TargetRow)),
        statistics=tuple(_told(desk, topic, "statistics", StatisticRow)),
        conflicts=tuple(_disputed(desk, topic)),
        quotes=tuple(_told(desk, topic, "quotes", QuoteRow)),
        measures=tuple(_told(desk, topic, "measures", MeasureRow)),
    )


def _told(desk: Desk, topic: Topic, name: LedgerName, row_type: type[R]) -> Iterator[Told[R]]:
    """The rows of a ledger that are near to the topic, of what was told of, happened or falls due in the time."""
    for kind, row_of in LEDGERS[name].of.items():
        asked = _asked(desk, kind)
        for thing in _things(desk, asked):
            members = tuple(desk.books.members(thing.id, asked.as_of))
            near = topic.relevance(thing.name, members) if members else 0
            row = row_of(desk.books, thing, members, _day(desk)) if near else None
            if isinstance(row, row_type) and answers(asked, thing, row.facets):
                yield Told(row, members, near)


def _disputed(desk: Desk, topic: Topic) -> Iterator[Told[ConflictRow]]:
    """The conflicts of which a page was published in the time asked about."""
    every = LEDGERS["conflicts"].every
    asked = _asked(desk, "event")
    for row in every(desk.books, asked, _day(desk)) if every is not None else ():
        members = tuple(desk.books.members(row.about, asked.as_of)) if isinstance(row, ConflictRow) else ()
        near = topic.relevance(row.name, members)
        fresh = (row.last_published or "") >= desk.scope.since
        if isinstance(row, ConflictRow) and members and near and fresh:
            yield Told(row, members, near)


def _asked(desk: Desk, kind: ThingKind) -> Asked:
    scope = desk.scope
    codes = tuple(map(code_of_place, scope.regions))
    return Asked(kind=kind, regions=codes, as_of=scope.day if scope.known else None, ai=scope.ai)


def _day(desk: Desk) -> Day:
    return Day(desk.scope.day, desk.scope.known)


def _things(desk: Desk, asked: Asked) -> list[Thing]:
    """What may be told: it happened or falls due in the time asked about or soon after, or was told of in it."""
    dated = msgspec.structs.replace(asked, since=desk.scope.since, until=desk.horizon)
    found = {thing.id: thing for thing in desk.books.find(dated)}
    told = (one for one in desk.books.find(asked) if (one.last_published or "") >= desk.scope.since)
    return list((found | {one.id: one for one in told}).values())

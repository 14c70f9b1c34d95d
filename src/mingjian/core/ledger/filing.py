"""What the row of a thing may be, on whichever day it is read and whatever was known by then.

The books keep it beside the facets, so that a question about a day or a status need not build all rows to answer. More
may be kept than ever is: rows are looked at again. Less must not: a row would be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from mingjian.core.books import MOST, Books
from mingjian.core.ledger.answering import as_of_day
from mingjian.core.ledger.building import Dated, Possible
from mingjian.core.ledger.dating import bounds_of
from mingjian.core.ledger.policies import possible_policy
from mingjian.core.ledger.statements import FILED, FILING
from mingjian.core.ledger.targets import possible_target
from mingjian.core.link.things.answering import known_from
from mingjian.core.link.things.tallying import last_told
from mingjian.core.model.facts import Event
from mingjian.core.model.ledger.cells import Facets, Filed, Step
from mingjian.core.model.things import Member, Thing, ThingKind

_MOST_STEPS = 16
_NEVER = "9999-12-31"
_ALL = 2**62  # mentions, more than any thing has
DayOf = Callable[[Member], str | None]

_TYPES: Mapping[ThingKind, str] = {"event": "type", "report": "kind"}
"""The field in which mentions say of what type a thing is."""
_STATUSES: Mapping[ThingKind, tuple[str, ...]] = {
    "event": ("actuality",),
    "programme": ("actuality",),
    "company_action": ("actuality",),
    "compute": ("stage", "status"),
    "dataset": ("status",),
    "fund": ("stage", "status"),
    "scenario": ("status",),
    "report": ("kind",),
    "quote": ("mode",),
}
"""The fields from which rows have their status: whichever mentions count, it is what one of them says."""


def _in_field(field: str) -> DayOf:
    """The last day of a date of facts, as exact as it is told."""
    return lambda member: bounds_of(getattr(member.fact, field))[1]


def _event_day(member: Member) -> str | None:
    fact: Event = member.as_fact(Event)
    return fact.date.end or fact.date.start


def _due(member: Member) -> str | None:
    deadline = getattr(member.fact, "deadline", None)
    return None if deadline is None else bounds_of(deadline.end or deadline.text)[1]


def _published(member: Member) -> str | None:
    return member.page.published_to or member.page.published_from


_DAYS: Mapping[ThingKind, DayOf] = {
    "event": _event_day,
    "target": _due,
    "measure": _due,
    "statistic": as_of_day,
    "programme": _in_field("start"),
    "report": _in_field("date"),
    "company_action": _in_field("date"),
    "quote": _published,
    "story": _published,
}
"""The day that a mention tells: rows stand at one of those of the mentions that count."""
_OF_OTHERS: Mapping[ThingKind, Callable[[Books, Thing, Sequence[Member]], Possible]] = {
    "policy": possible_policy,
    "target": possible_target,
}
"""Kinds of which other things tell as well."""


def file_thing(books: Books, thing: Thing, facets: Facets) -> Filed:
    """By what a thing is found whose row has these facets."""
    members = _counting(books, thing)
    types = _said(members, (_TYPES[thing.kind],)) if thing.kind in _TYPES else set()
    of_others = _OF_OTHERS.get(thing.kind)
    possible = Possible() if of_others is None else of_others(books, thing, members)
    statuses = {*_said(members, _STATUSES.get(thing.kind, ())), *possible.statuses}
    if FILED in types:
        statuses.add(FILING)
    return Filed(
        **msgspec.structs.asdict(facets),
        types=_sorted(types),
        statuses=_sorted(statuses),
        coming=_sorted(possible.coming),
        over=_sorted(possible.over),
        dated=thing.kind in _OF_OTHERS,
        steps=_steps([*_days_told(thing, members, facets), *possible.days]),
    )


def _counting(books: Books, thing: Thing) -> Sequence[Member]:
    """The mentions that a row may be built of on any day: the first of all, and those that were the first on another.

    Of days on which all of the first were known, the first are those; of days before the last of these was published,
    there are no others. Only where pages do not say exactly when they were published are there days between.
    """
    members = books.members(thing.id)
    if len(members) < MOST:
        return members
    last = members[-1].page.published_from or _NEVER
    exact = all((known_from(member.page) or "") <= last for member in members)
    return members if exact else books.members(thing.id, most=_ALL)


def _said(members: Sequence[Member], fields: Sequence[str]) -> set[str]:
    values = (getattr(member.fact, field) for member in members for field in fields)
    return {value for value in values if value}


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, values)))


def _days_told(thing: Thing, members: Sequence[Member], facets: Facets) -> Iterator[Dated]:
    """The days by which rows may stand, each from the day on which it was known."""
    day_of = _DAYS.get(thing.kind)
    known = [known_from(member.page) for member in members]
    for day, member in zip(known, members, strict=True):
        yield Dated(day, (day_of(member) if day_of is not None else None) or "")
    if thing.kind == "event":  # its mentions may all together tell what none of them does
        yield Dated(min(filter(None, known), default=None), last_told(facets))


def _steps(days: Iterable[Dated]) -> tuple[Step, ...]:
    """The last of the days that were known, from each day on which that was another; of many steps a few."""
    steps: list[Step] = []
    for known, day in sorted((one.known, one.day) for one in days if one.known is not None):
        if steps and steps[-1].known == known:
            steps[-1] = Step(known, max(day, steps[-1].day))
        elif not steps or day > steps[-1].day:
            steps.append(Step(known, day))
    at_once = -(-len(steps) // _MOST_STEPS) or 1
    parts = (steps[start : start + at_once] for start in range(0, len(steps), at_once))
    return tuple(Step(part[0].known, part[-1].day) for part in parts)

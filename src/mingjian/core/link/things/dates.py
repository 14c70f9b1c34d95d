"""When events happened, as all pages that tell of them say together.

What is told of one event is laid together from the surest to the least sure: each mention narrows the days on which it
may have happened, or contradicts those before it. What counts from another event (7天后, 会上) follows the date of that
one, and a page that gives no day of its own the events that it calls recent. All is done again until nothing changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from mingjian.core.link.things.events.profiles import family_of
from mingjian.core.link.things.events.recounting import Days, counted_from_event, counted_from_page
from mingjian.core.link.things.events.times import Told, common, day_number, gap, iso_day, told_by
from mingjian.core.link.things.settings import thing_cues, thing_settings
from mingjian.core.model.facts import Event
from mingjian.core.model.things import Member, MentionRef, ThingDate

Holding = Callable[[str, str], str | None]
"""The id of the event of which a fact (page id, fact id) tells."""

_ROUNDS = 8  # a chain of more links is not followed
_UNDATED_PAGE = "@unknown"
_COUNTED = re.compile("\\Arelative:.*@(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|event)\\Z")
_SAME = "same-as:"
_AFTER = "relative:after"
_ACTUALITIES = {"realised": 0, "planned": 1, "directed": 1}  # what has happened tells more than what was to
_LEAST_SURE = 2
_LAST = "9999"


class _Bound(msgspec.Struct, frozen=True):
    """What one mention says, and how sure that is; ``after`` is the event that it was counted from.

    ``exact``: its words name the day.
    """

    told: Told
    ref: MentionRef
    surety: tuple[object, ...]
    exact: bool = False
    after: str | None = None


class _Chained(msgspec.Struct, frozen=True):
    """A mention whose date follows that of another event."""

    member: Member
    event: str
    after: str


class _Tellings(msgspec.Struct, frozen=True):
    """All that is told: what each event's mentions say by themselves, what follows other events, and undated pages."""

    own: Mapping[str, Sequence[_Bound]]
    chained: Sequence[_Chained]
    undated: Mapping[str, Sequence[tuple[str, Member]]]
    days_apart: Mapping[str, int]


def resolve_dates(events: Mapping[str, Sequence[Member]], holding: Holding) -> dict[str, ThingDate]:
    """The date of every event: what its mentions say, narrowed by one another, and counted on from other events.

    Dates of some events are the same as among all, if the events that their mentions count from are given with them:
    those that hold the facts of ``anchors_of`` their pages, and of pages without a date all.
    """
    tellings = _tellings(events, holding)
    dates = {event: _together(bounds, tellings.days_apart[event]) for event, bounds in tellings.own.items()}
    for _ in range(_ROUNDS):
        more: dict[str, list[_Bound]] = defaultdict(list)
        for event, bound in _following(tellings, dates):
            more[event].append(bound)
        again = {
            event: _together([*tellings.own[event], *bounds], tellings.days_apart[event])
            for event, bounds in sorted(more.items())
        }
        if all(dates[event] == date for event, date in again.items()):
            break
        dates |= again
    return dates


def anchors_of(facts: Sequence[Event]) -> dict[str, str]:
    """For facts of one page whose date counts from that of another, the id of the one that it counts from."""
    found = {}
    for fact in facts:
        anchor = _anchor_of(fact, facts)
        if anchor is not None:
            found[fact.id] = anchor
    return found


def _anchor_of(fact: Event, facts: Sequence[Event]) -> str | None:
    """The meeting that it is part of, or the event whose words its date counts from: the nearest told before it."""
    basis = fact.date.basis
    if fact.sub_event_of is not None and basis.startswith(_SAME):
        return fact.sub_event_of
    if not (basis.startswith((_SAME, _AFTER)) or _COUNTED.search(basis)):
        return None
    places = {span.pair for span in fact.support}
    before = [
        other
        for other in facts
        if other.evidence.start < fact.evidence.start and (other.date_span or other.trigger_span).pair in places
    ]
    return max(before, key=lambda other: other.evidence.pair).id if before else None


# ---- what is told


def _tellings(events: Mapping[str, Sequence[Member]], holding: Holding) -> _Tellings:
    pages: dict[str, list[tuple[str, Member]]] = defaultdict(list)
    for event in sorted(events):
        for member in events[event]:
            pages[member.page.id].append((event, member))
    for told in pages.values():
        told.sort(key=lambda each: each[1].ref)  # as the page tells them: ids say nothing
    chained = [each for page in sorted(pages) for each in _chained_on(pages[page], holding)]
    undated = {page: told for page, told in sorted(pages.items()) if told[0][1].page.published_to is None}
    own = {event: [_bound(member) for member in events[event]] for event in sorted(events)}
    return _Tellings(own, chained, undated, {event: _days_apart(_event(events[event][0])) for event in own})


def _days_apart(event: Event) -> int:
    """How far apart two days of one event may be: a document is signed and made public, a conference lasts."""
    settings = thing_settings().events
    return settings.clocks if family_of(event) == "release" else settings.slack.get(event.type, 0)


def _event(member: Member) -> Event:
    event: Event = member.as_fact(Event)
    return event


def _chained_on(told: Sequence[tuple[str, Member]], holding: Holding) -> Iterator[_Chained]:
    """The mentions of a page that follow an event other than their own."""
    anchors = anchors_of([_event(member) for _, member in told])
    for event, member in told:
        after = holding(member.page.id, anchors.get(member.ref.fact, ""))
        if after is not None and after != event:
            yield _Chained(member, event, after)


def _bound(member: Member) -> _Bound:
    told = told_by(_event(member), member.page)
    exact = _event(member).date.precision == "day"
    return _Bound(told, member.ref, _surety(member, told, derived=False), exact)


def _surety(member: Member, told: Told, *, derived: bool) -> tuple[object, ...]:
    """What goes first: what has happened, dated by words; the document itself; the most exact; the first published."""
    event, page = _event(member), member.page
    days = told.days
    return (
        _ACTUALITIES.get(event.actuality, _LEAST_SURE),
        2 if told.soft else int(derived),
        not page.is_document,
        days is None,
        days or 0,
        page.published_from or _LAST,
        member.ref,
    )


# ---- what follows other events


def _following(tellings: _Tellings, dates: Mapping[str, ThingDate]) -> Iterator[tuple[str, _Bound]]:
    """What mentions say once the dates of the events are known that they count from."""
    for each in tellings.chained:
        days = _after(_event(each.member), dates.get(each.after))
        if days is not None:
            told = Told(*days)
            yield each.event, _Bound(told, each.member.ref, _surety(each.member, told, derived=True), after=each.after)
    for members in tellings.undated.values():
        yield from _on_undated_page(members, dates)


def _after(event: Event, date: ThingDate | None) -> Days | None:
    """The days that an event may have happened on, counted from one with this date."""
    if date is None or (date.start is None and date.end is None):
        return None
    days = tuple(None if day is None else day_number(day) for day in (date.start, date.end))
    if event.date.basis.startswith(_SAME):
        return (days[0], days[1])
    if event.date.basis == _AFTER or event.date.text is None:
        return (days[0], None)
    return counted_from_event(event.date.text, days[0], days[1])


def _on_undated_page(
    told: Sequence[tuple[str, Member]], dates: Mapping[str, ThingDate]
) -> Iterator[tuple[str, _Bound]]:
    """What a page says that gives no day, once an event that it calls recent is dated by others: 去年2月, 近日."""
    recent = next((event for event, member in told if _is_recent(member) and dates[event].start), None)
    if recent is None:
        return
    window = _published_between(dates[recent])
    for event, member in told:
        days = _read_again(_event(member), window)
        if days is not None and event != recent:
            bound = Told(*days)
            yield event, _Bound(bound, member.ref, _surety(member, bound, derived=True), after=recent)


def _published_between(date: ThingDate) -> Days:
    """The days between which a page came out that calls this event recent."""
    first, last = day_number(date.start), day_number(date.end)
    return first, None if last is None else last + thing_settings().events.news_days


def _is_recent(member: Member) -> bool:
    date = _event(member).date
    return date.basis.endswith(_UNDATED_PAGE) and thing_cues()["recently"].search(date.text or "") is not None


def _read_again(event: Event, window: Days) -> Days | None:
    date = event.date
    if not date.basis.endswith(_UNDATED_PAGE) or date.text is None or date.end is not None:
        return None
    return counted_from_page(date.text, *window)


# ---- all together


def _together(bounds: Sequence[_Bound], days_apart: int) -> ThingDate:
    """The days on which all that is told agrees, from the surest on; what contradicts them is kept beside."""
    days, first_by, last_by, against = Told(None, None), None, None, []
    exact = widened = False
    for bound in sorted(bounds, key=lambda each: each.surety):
        wider = _two_clocks(days, bound.told, days_apart) if exact and bound.exact else None
        if gap(days, bound.told) and wider is None:
            against += [] if bound.after or bound.told.soft else [bound.ref]
            continue
        widened = widened or wider is not None
        now = wider or (days if widened else common(days, bound.told))
        first_by = bound if now.first != days.first else first_by
        last_by = bound if now.last != days.last else last_by
        days, exact = now, exact or bound.exact
    return _dated(days, [each for each in (first_by, last_by) if each is not None], tuple(sorted(against)))


def _two_clocks(days: Told, told: Told, days_apart: int) -> Told | None:
    """From the one day to the other, where one named thing may have both."""
    bounds = (days.first, days.last, told.first, told.last)
    if not 0 < gap(days, told) <= days_apart or None in bounds:
        return None
    return Told(min(days.first or 0, told.first or 0), max(days.last or 0, told.last or 0))


def _dated(days: Told, by: Sequence[_Bound], against: tuple[MentionRef, ...]) -> ThingDate:
    refs = tuple(sorted({each.ref for each in by}))
    after = next((each.after for each in by if each.after is not None), None)
    if not by:
        return ThingDate(None, None, "unknown", against=against)
    if after is not None:
        return ThingDate(iso_day(days.first), iso_day(days.last), "chained", refs, against, after)
    basis: Literal["told", "narrowed"] = "told" if len(refs) == 1 else "narrowed"
    return ThingDate(iso_day(days.first), iso_day(days.last), basis, refs, against)

"""Statistics as series: one metric of one subject in one region, over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.agreeing import agreed, names_said
from mingjian.core.ledger.answering import Counted, as_of_day, counted, is_dated, precision_cell, slot_told
from mingjian.core.ledger.bounds import Figure, agree, figure_of
from mingjian.core.ledger.building import TIMELESS, Day, cite_part, cite_span, head_of
from mingjian.core.ledger.citing import (
    cite_outcome,
    code_of,
    metric_cell,
    most_cell,
    not_told,
    number_cell,
    printed_cell,
    span_cell,
    time_cell,
)
from mingjian.core.link.things.spheres import code_of_sphere
from mingjian.core.link.things.statistics import sphere_of_statistic
from mingjian.core.link.things.wording import without_numbers
from mingjian.core.model.facts import Statistic
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.rows import Point, StatisticRow
from mingjian.core.model.things import Member, Thing
from mingjian.core.text.normal import on_one_line

Told = tuple[Member, Statistic]
_LAST = "9999"
_Same = tuple[str, str, Counted]
_Number = tuple[Figure, str]


def statistic_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> StatisticRow:
    """The row of a series: a point for each number of each day, in order of time, those without a day behind."""
    del books
    facts: list[Told] = [(member, member.as_fact(Statistic)) for member in members]
    told = sorted(_distinct(facts), key=_when)
    numbers = {} if day == TIMELESS else _numbers(told)
    points = tuple(_point(each, numbers) for each in told)
    days = [point.as_of.value for point in points if point.as_of.value]
    member, fact = told[-1]
    last = [point for point in points if days and point.as_of.value == days[-1]]
    latest = last[-1] if last else points[-1]
    normalized = fact.normalized
    head = head_of(
        thing,
        members,
        regions=[code for each, one in facts for code in _places(each, one)],
        issuers=[body.value for body in names_said(members, "source_body")],
        happened=(min(days, default=None), max(days, default=None)),
    )
    head["name"] = _name(thing, told)
    return StatisticRow(
        **head,
        region=printed_cell(((each, one.region) for each, one in facts), "region"),
        subject=printed_cell(((each, one.subject) for each, one in facts), "subject"),
        metric=metric_cell((each, one.metric) for each, one in facts),
        unit=not_told("no-number")
        if normalized is None
        else span_cell(member, normalized.unit, fact.value_span, "normalised"),
        change=_change(facts),
        latest=latest.value,
        printed=latest.printed,
        latest_as_of=latest.as_of,
        points=points,
    )


def _name(thing: Thing, told: Sequence[Told]) -> str:
    """What it is called: of a series of one number that is called by its clause, the clause with that number."""
    (_, fact), *others = told
    words = fact.evidence.text
    return on_one_line(words) if not others and thing.name == without_numbers(words) else thing.name


def _places(member: Member, fact: Statistic) -> Iterator[str | None]:
    """The codes of its region and subject, and that of the place or country whose series it is."""
    yield from (code_of(member, place) for place in (fact.region, fact.subject))
    yield code_of_sphere(sphere_of_statistic(fact, member.page))


def _when(told: Told) -> tuple[object, ...]:
    """Where a point stands: by its day, those without one last; of one day by publication, then as the page has it."""
    member, fact = told
    page = member.page
    place = (fact.value_span or fact.evidence).start
    return (as_of_day(member) or _LAST, page.published_from or _LAST, page.published_to or _LAST, page.id, place)


def _distinct(facts: Sequence[Told]) -> list[Told]:
    """The first mention of each number of each day; a page without a day of its own adds no number that is known."""
    found: dict[tuple[object, ...], Told] = {}
    numbers = set()
    for member, fact in sorted(facts, key=lambda told: not is_dated(told[1])):
        number = (figure_of(fact.normalized, fact.comparator), None if fact.normalized else fact.evidence.text)
        key = (fact.as_of and fact.as_of.end, number)
        if key not in found and (is_dated(fact) or number not in numbers):
            found[key] = (member, fact)
        numbers.add(number)
    return list(found.values())


def _point(told: Told, numbers: Mapping[_Same, Sequence[_Number]]) -> Point:
    member, fact = told
    normalized = fact.normalized
    span = fact.value_span or fact.evidence
    return Point(
        as_of=_as_of(member, fact),
        comparator=not_told() if fact.comparator is None else span_cell(member, fact.comparator, span, "normalised"),
        value=number_cell(member, normalized, span),
        value_max=most_cell(member, normalized, span),
        printed=Cell(span.text, (cite_span(member, span),)),
        precision=precision_cell(member),
        source_body=agreed(names_said([member], "source_body"), "not-told"),
        published=member.page.published_on,
        disputed=_is_disputed(told, numbers),
    )


def _as_of(member: Member, fact: Statistic) -> Cell[str]:
    """When it holds: as told, else when the page was published."""
    if is_dated(fact):
        return time_cell(member, fact.as_of, "as_of")
    return cite_outcome(member, member.page.published, member.page.published_on, "published")


def _change(facts: Sequence[Told]) -> Cell[str]:
    for member, fact in facts:
        if fact.change is not None:
            return Cell(fact.change.kind, cite_part(member, "change"), basis="normalised")
    return not_told()


def excluded(one: Told, other: Told) -> bool:
    """Whether independent pages tell two numbers of the same thing and day that cannot both be right."""
    first, second = _dated_figure(one[1]), _dated_figure(other[1])
    slot = slot_told(one[0])
    if slot is None or slot != slot_told(other[0]) or counted(one[0]) != counted(other[0]):
        return False
    if one[0].page.group == other[0].page.group:
        return False
    return first is not None and second is not None and first[0] == second[0] and not agree(first[1], second[1])


def _numbers(every: Iterable[Told]) -> dict[_Same, list[_Number]]:
    """All numbers, by what they count and the day: only those of one key can exclude one another."""
    found: dict[_Same, list[_Number]] = {}
    for member, fact in every:
        same, number = _number(member, fact)
        if same is not None and number is not None:
            found.setdefault(same, []).append(number)
    return found


def _number(member: Member, fact: Statistic) -> tuple[_Same | None, _Number | None]:
    dated, slot = _dated_figure(fact), slot_told(member)
    if dated is None or slot is None:
        return None, None
    return (dated[0], slot, counted(member)), (dated[1], member.page.group)


def _is_disputed(told: Told, numbers: Mapping[_Same, Sequence[_Number]]) -> bool:
    """Whether any of the numbers excludes this one (``excluded``)."""
    same, number = _number(*told) if numbers else (None, None)
    if same is None or number is None:
        return False
    return any(group != number[1] and not agree(number[0], figure) for figure, group in numbers.get(same, ()))


def _dated_figure(fact: Statistic) -> tuple[str, Figure] | None:
    figure = figure_of(fact.normalized, fact.comparator)
    end = fact.as_of and fact.as_of.end
    return None if figure is None or not end else (end, figure)

"""One metric of several regions in one unit: targets, statistics and facilities, and who has no target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.asking import Question, day_of
from mingjian.core.ledger.bounds import comparing_settings
from mingjian.core.ledger.building import Day, cite_part, cite_span
from mingjian.core.ledger.citing import code_of, most_cell, not_told, number_cell, printed_cell
from mingjian.core.ledger.places import code_of_place, name_of_place
from mingjian.core.ledger.resolving import known_by, members_by
from mingjian.core.ledger.statistics import statistic_row
from mingjian.core.ledger.targets import target_row
from mingjian.core.link.things.metrics import metric_of
from mingjian.core.link.things.spheres import COUNTRY_CODE, code_of_sphere, is_country
from mingjian.core.link.things.statistics import sphere_of_statistic
from mingjian.core.link.things.targets import AIM, DUE, target_profile
from mingjian.core.model.facts import Statistic, Target
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.comparison import Compared, ComparedRegion, Comparison
from mingjian.core.model.ledger.rows import TargetRow
from mingjian.core.model.resources import Compute
from mingjian.core.model.things import Member, Thing
from mingjian.core.rulebook import bundled_rulebook
from mingjian.errors import QuestionError


class _Found(msgspec.Struct, frozen=True):
    """A number of a region in base units: ``exact`` where it is of the metric asked for itself."""

    compared: Compared
    unit: str
    exact: bool


def compare_asked(books: Books, metric: str, regions: Sequence[str], question: Question, today: str) -> Comparison:
    """What ``compare`` gives of places as people call them; ``QuestionError`` for no metric, and what is no place."""
    if not metric.strip():
        raise QuestionError(metric, "is no metric", "give what is measured, such as 算力规模")
    return compare(books, metric, [code_of_place(region) for region in regions], day_of(question, today))


def compare(books: Books, metric: str, regions: Sequence[str], day: Day) -> Comparison:
    """What pages give of a metric for each region (codes of GB/T 2260), in the order asked; none is left out.

    A number is that of a region if its own words say so: those of places within it count for themselves.
    """
    named = metric_of(metric)
    name = metric if named is None else named.name
    found = {region: list(_of_region(books, name, region, day)) for region in dict.fromkeys(regions)}
    unit = _unit([one for every in found.values() for one in every])
    values = [
        value
        for every in found.values()
        for one in every
        if one.unit == unit and (value := one.compared.value.value) is not None
    ]
    scale = _scale(unit, values)
    return Comparison(
        metric=name,
        unit=unit if scale is None else scale[0],
        day=day.day,
        regions=tuple(
            _region(region, [one for one in every if one.unit == unit], Decimal(1) if scale is None else scale[1])
            for region, every in found.items()
        ),
    )


def _of_region(books: Books, metric: str, region: str, day: Day) -> Iterator[_Found]:
    for kind in ("target", "statistic"):
        asked = Asked(kind=kind, regions=(region,), as_of=known_by(day), ai=False)
        for thing in books.find(asked):
            slots = [tuple(slot.split("|")) for slot in thing.slots if not slot.startswith((DUE, AIM))]
            mine = [
                (name, unit)
                for name, place, unit in slots
                if code_of_sphere(place) == region and _is_alike(name, metric)
            ]
            for name, unit in mine[:1]:
                members = members_by(books, thing.id, day)
                if len({place for _, place, _ in slots}) > 1:  # what one page tells of a place, another tells of all
                    members = [member for member in members if _whose(member) in (None, region)]
                yield from (_Found(one, unit, name == metric) for one in _told(books, thing, members, day))
    if bundled_rulebook().cues("corpus/comparing")["compute"].search(metric) is not None:
        yield from _facilities(books, region, day)


def _is_alike(name: str, metric: str) -> bool:
    return metric in name or name in metric


def _whose(member: Member) -> str | None:
    """The code of the place whose a number is by its own words."""
    fact = member.fact
    if isinstance(fact, Target):
        return code_of_sphere(target_profile(fact, member.page).sphere)
    return code_of_sphere(sphere_of_statistic(fact, member.page)) if isinstance(fact, Statistic) else None


def _told(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> Iterator[Compared]:
    if not members:
        return
    if thing.kind == "target":
        target = target_row(books, thing, members, day)
        yield _of_target(thing, target)
        return
    series = statistic_row(books, thing, members, day)
    for point in reversed(series.points):
        yield Compared(
            kind="statistic",
            thing=thing.id,
            metric=series.metric,
            value=point.value,
            value_max=point.value_max,
            comparator=point.comparator,
            printed=point.printed,
            precision=point.precision,
            day=point.as_of,
            status=not_told(),
        )


def _of_target(thing: Thing, row: TargetRow) -> Compared:
    return Compared(
        kind="target",
        thing=thing.id,
        metric=row.metric,
        value=row.value,
        value_max=row.value_max,
        comparator=row.comparator,
        printed=row.printed,
        precision=row.precision,
        day=row.deadline,
        status=row.status,
    )


def _facilities(books: Books, region: str, day: Day) -> Iterator[_Found]:
    """Compute with a capacity, where no target or statistic is read from the same words."""
    for thing in books.find(Asked(kind="compute", regions=(region,), as_of=known_by(day), ai=False)):
        for member in members_by(books, thing.id, day):
            fact: Compute = member.as_fact(Compute)
            if fact.capacity is None or _place_of(member, fact.region) != region:
                continue
            words = fact.evidence
            stage = fact.stage or fact.status
            compared = Compared(
                kind="compute",
                thing=thing.id,
                metric=Cell(fact.name, (cite_span(member, words),)),
                value=number_cell(member, fact.capacity, None),
                value_max=most_cell(member, fact.capacity, None),
                comparator=not_told(),
                printed=Cell(words.text, (cite_span(member, words),)),
                precision=printed_cell([(member, fact.precision)], "precision"),
                day=not_told(),
                status=not_told() if stage is None else Cell(stage, cite_part(member, "stage"), basis="normalised"),
            )
            yield _Found(compared, fact.capacity.unit, exact=False)
            break


def _place_of(member: Member, name: str | None) -> str | None:
    """The code of a place that the page names, or of the country."""
    return COUNTRY_CODE if is_country(name) else code_of(member, name)


def _unit(found: Sequence[_Found]) -> str | None:
    """The unit in which most numbers of the metric itself are told, else most of all."""
    units = [one.unit for one in found if one.exact] or [one.unit for one in found]
    return max(sorted(set(units)), key=units.count, default=None)


def _scale(unit: str | None, values: Sequence[Decimal]) -> tuple[str, Decimal] | None:
    """The largest unit of which all values are one or more, else the least, where the rule book names some."""
    scales = comparing_settings().scales.get(unit or "", {})
    ordered = sorted(scales.items(), key=lambda each: -each[1])
    least = min((value for value in values if value > 0), default=Decimal(0))
    return next((each for each in ordered if each[1] <= least), ordered[-1] if ordered else None)


def _region(region: str, found: Sequence[_Found], factor: Decimal) -> ComparedRegion:
    exact = [_scaled(one.compared, factor) for one in found if one.exact]
    targets = sorted((one for one in exact if one.kind == "target"), key=_day, reverse=True)
    statistics = sorted((one for one in exact if one.kind == "statistic"), key=_day, reverse=True)
    others = [(one.compared.kind, _scaled(one.compared, factor)) for one in found if not one.exact]
    read = {cite for one in found for cite in one.compared.value.cites if one.compared.kind != "compute"}
    return ComparedRegion(
        region=region,
        name=name_of_place(region),
        target=targets[0].value if targets else not_told("no-target"),
        statistic=statistics[0].value if statistics else not_told("no-statistic"),
        targets=tuple(targets),
        statistics=tuple(statistics),
        compute=tuple(
            one
            for kind, one in others
            if kind == "compute"
            and not any(
                cite.page == other.page and cite.start < other.end and other.start < cite.end
                for cite in one.value.cites
                for other in read
            )
        ),
        alike=tuple(one for kind, one in others if kind != "compute"),
    )


def _day(compared: Compared) -> tuple[str, str]:
    return compared.day.value or "", compared.thing


def _scaled(compared: Compared, factor: Decimal) -> Compared:
    value, most = (
        cell if cell.value is None else msgspec.structs.replace(cell, value=_plain(cell.value / factor))
        for cell in (compared.value, compared.value_max)
    )
    return msgspec.structs.replace(compared, value=value, value_max=most)


def _plain(value: Decimal) -> Decimal:
    """The number without zeros behind its point, and without an exponent."""
    return Decimal(f"{value.normalize():f}")

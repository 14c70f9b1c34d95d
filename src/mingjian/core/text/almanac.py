"""The almanac: the Chinese lunar calendar, solar terms, Easter, holidays and era names; all bounds are inclusive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time, timedelta
from functools import cache
from itertools import accumulate, pairwise
from typing import TypeAlias

import msgspec

from mingjian.core.rulebook.bundled import bundled_file
from mingjian.core.rulebook.lexicons import read_lexicon
from mingjian.core.rulebook.nouns import Entry
from mingjian.core.text.calendar import Bounds
from mingjian.core.text.folding import fold

_LUNAR = "lunar"
_SHORT, _MONTHS, _TERMS = 29, 12, 24
_Rule: TypeAlias = Callable[[str, int], Bounds | None]


class _Year(msgspec.Struct, frozen=True):
    """A year of a calendar of moons: the first day of each month by number and whether it is the leap month."""

    first: date
    months: Mapping[tuple[int, bool], Bounds]


def lunar_day(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The day of the Chinese lunar calendar, 1900 to 2100; ``None`` outside, or where there is no such day.

    >>> lunar_day(2025, 8, 15)
    datetime.date(2025, 10, 6)
    """
    return _day_within(lunar_month(year, month, leap=leap), day)


def lunar_month(year: int, month: int, *, leap: bool = False) -> Bounds | None:
    """First and last day of a month of the Chinese lunar year that begins in ``year``; ``None`` as above.

    >>> lunar_month(2020, 4, leap=True)
    (datetime.date(2020, 5, 23), datetime.date(2020, 6, 20))
    """
    found = _years(_LUNAR).get(year)
    return found.months.get((month, leap)) if found else None


def solar_term(year: int, name: str) -> date | None:
    """The day of one of the 24 solar terms, 1900 to 2100; ``None`` outside, or where no term has that name.

    >>> solar_term(2024, "冬至")
    datetime.date(2024, 12, 21)
    """
    return _terms().get((year, name))


def easter(year: int, *, orthodox: bool = False) -> date:
    """Easter Sunday of the Western church, or of the Eastern one, which counts by the Julian calendar.

    >>> easter(2013), easter(2013, orthodox=True)
    (datetime.date(2013, 3, 31), datetime.date(2013, 5, 5))
    """
    golden, century = year % 19, year // 100
    if orthodox:
        moon = (19 * golden + 15) % 30
        to_sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
        behind = century - century // 4 - 2
        return date(year, 3, 22) + timedelta(moon + to_sunday + behind)
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= (moon + golden // 11) // 29
    full_moon = date(year, 3, 21) + timedelta(moon)
    return full_moon + timedelta(7 - full_moon.isoweekday() % 7)


def holiday(entry_id: str, year: int, *, solar: bool = False) -> Bounds | None:
    """First and last day of a holiday of ``lexicons/holidays.tsv`` in a year; ``None`` where that is not known.

    A feast of the Chinese lunar calendar is that of the lunar year which begins in ``year``: New Year's Eve of 2023 is
    the day before the new year of 2024. ``solar``: month and day of the lunar calendar are taken for those of the solar
    one, as some who do not know the moon's do.

    >>> holiday("chuxi", 2023), holiday("chuxi", 2023, solar=True)[0]
    ((datetime.date(2024, 2, 9), datetime.date(2024, 2, 9)), datetime.date(2023, 12, 31))
    """
    entry = _holidays().get(entry_id)
    if entry is None or not 1 < year < 9999:
        return None
    length = timedelta(int(entry.fields["days"] or 1) - 1)
    listed = dict(item.split("=") for item in entry.fields["years"].split(",") if item)
    if str(year) in listed:
        first = date.fromisoformat(f"{year}-{listed[str(year)]}")
        return first, first + length
    kind, rule = entry.fields["kind"], entry.fields["rule"]
    found = _fixed(rule.replace("last", "31"), year) if solar and kind == _LUNAR else _RULES[kind](rule, year)
    if found is None:
        return None
    offset = timedelta(int(entry.fields["offset"] or 0))
    return found[0] + offset, found[1] + offset + length


def hours_of(entry_id: str) -> tuple[time, time] | None:
    """From when to when a holiday of some hours lasts; ``None`` for whole days.

    >>> hours_of("earth-hour")
    (datetime.time(20, 30), datetime.time(21, 30))
    """
    entry = _holidays().get(entry_id)
    if entry is None or not entry.fields["hours"]:
        return None
    first, _, last = entry.fields["hours"].partition("-")
    return time.fromisoformat(first), time.fromisoformat(last)


def reign_year(name: str, number: int) -> int | None:
    """The year AD in which most of a year of an era falls; ``None`` where the era is unknown or was not so long.

    >>> reign_year("康熙", 20)
    1681
    """
    entry = _reigns().get(fold(name))
    if entry is None or number < 1:
        return None
    year = int(entry.fields["first"]) + number - 1
    last = entry.fields["last"]
    return year if not last or year <= int(last) else None


def _day_within(month: Bounds | None, day: int) -> date | None:
    if month is None or not 1 <= day <= (month[1] - month[0]).days + 1:
        return None
    return month[0] + timedelta(day - 1)


def _fixed(rule: str, year: int) -> Bounds | None:
    day = date.fromisoformat(f"{year:04}-{rule}")
    return day, day


def _weekday(rule: str, year: int) -> Bounds | None:
    start, number = rule.split(" ")
    earliest = date.fromisoformat(f"{year:04}-{start}")
    day = earliest + timedelta((int(number) - earliest.isoweekday()) % 7)
    return day, day


def _term(rule: str, year: int) -> Bounds | None:
    day = solar_term(year, rule)
    return (day, day) if day else None


def _western(_: str, year: int) -> Bounds | None:
    day = easter(year)
    return day, day


def _eastern(_: str, year: int) -> Bounds | None:
    day = easter(year, orthodox=True)
    return day, day


def _lunar(rule: str, year: int) -> Bounds | None:
    found = _years(_LUNAR).get(year)
    return _of_moons(found, rule) if found else None


def _hebrew(rule: str, year: int) -> Bounds | None:
    return _first_within("hebrew", rule, year)


def _islamic(rule: str, year: int) -> Bounds | None:
    return _first_within("islamic", rule, year)


def _unlisted(_: str, __: int) -> Bounds | None:
    return None


_RULES: Mapping[str, _Rule] = {
    "fixed": _fixed,
    "weekday": _weekday,
    "lunar": _lunar,
    "term": _term,
    "easter": _western,
    "orthodox": _eastern,
    "hebrew": _hebrew,
    "islamic": _islamic,
    "table": _unlisted,
}


def _first_within(calendar: str, rule: str, year: int) -> Bounds | None:
    """The first time in a year AD that the day of another calendar comes round."""
    near = (found for found in _years(calendar).values() if year - 1 <= found.first.year <= year)
    days = (_of_moons(found, rule) for found in near)
    return next((day for day in days if day and day[0].year == year), None)


def _of_moons(found: _Year, rule: str) -> Bounds | None:
    number, _, day = rule.partition("-")
    month = found.months.get((int(number), False))
    if month is None or not day:
        return month
    picked = month[1] if day == "last" else _day_within(month, int(day))
    return (picked, picked) if picked else None


@cache
def _years(calendar: str) -> Mapping[int, _Year]:
    """The years of one calendar of moons by their number."""
    return {int(year): _year(first, int(leap), lengths) for year, first, leap, lengths in _rows(f"{calendar}.tsv")}


def _year(first: str, leap: int, lengths: str) -> _Year:
    start = date.fromisoformat(first)
    days = [_SHORT + int(digit) for digit in lengths]
    starts = [start + timedelta(passed) for passed in accumulate(days, initial=0)]
    numbers = [(number, False) for number in range(1, _MONTHS + 1)]
    if leap:
        numbers.insert(leap, (leap, True))
    bounds = ((one, next_one - timedelta(1)) for one, next_one in pairwise(starts))
    return _Year(start, dict(zip(numbers, bounds, strict=True)))


@cache
def _terms() -> Mapping[tuple[int, str], date]:
    (_, header), *rows = _rows("solar_terms.tsv")
    names = header.split(" ")
    return {
        (int(year), name): date(int(year), number // (_TERMS // _MONTHS) + 1, int(day))
        for year, days in rows
        for number, (name, day) in enumerate(zip(names, days.split(" "), strict=True))
    }


def _rows(file: str) -> Iterator[list[str]]:
    """The cells of each line of a table that is no comment."""
    lines = bundled_file(file).split("\n")
    return (line.split("\t") for line in lines if line and not line.startswith("#"))


@cache
def _holidays() -> Mapping[str, Entry]:
    return {entry.id: entry for entry in _entries("holidays")}


@cache
def _reigns() -> Mapping[str, Entry]:
    return {fold(surface): entry for entry in _entries("reigns") for surface in entry.surfaces}


def _entries(lexicon: str) -> tuple[Entry, ...]:
    file = f"lexicons/{lexicon}.tsv"
    return read_lexicon(file, bundled_file(file)).entries

"""Reads the words of a date as a stretch of days, against what the page has said before and the day it was published.

Nothing is guessed: where neither the words, nor the sentences before, nor the anchor decide, the bounds stay open.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from mingjian.core.model.annotation import Precision, TimeType
from mingjian.core.model.span import Pair
from mingjian.core.text.calendar import (
    Bounds,
    bounds_of,
    half_of,
    months_of,
    part_of_month,
    part_of_year,
    plan_years,
    quarters_of,
    weekday_of_month,
)
from mingjian.core.text.matching import Match
from mingjian.core.text.numerals import parse_digits

_FAR_AHEAD = 92


class Context(msgspec.Struct, frozen=True):
    """What a date is read against: the anchor's bounds, and what the page said before.

    ``words`` are the keys of the times' rule file: what the words of a date mean. ``year`` was stated in the same
    paragraph (``near``: in the same sentence), ``month`` in the same sentence. ``event`` is the day or month told of
    last, with its place; ``ahead``: the words before announce something to come.
    """

    earliest: date | None
    latest: date | None
    basis: str
    words: Mapping[str, Any]
    year: int | None = None
    near: bool = False
    month: int | None = None
    event: Bounds | None = None
    event_pair: Pair | None = None
    ahead: bool = False

    @property
    def years(self) -> tuple[int | None, int | None]:
        """The years in which the anchor may lie."""
        return (self.earliest.year if self.earliest else None, self.latest.year if self.latest else None)

    @property
    def anchor_year(self) -> int | None:
        """The year of the anchor, where its bounds agree."""
        first, last = self.years
        return first if first == last else None

    @property
    def anchor_month(self) -> tuple[int, int] | None:
        """Year and month of the anchor, where its bounds agree."""
        if self.earliest is None or self.latest is None:
            return None
        first, last = ((day.year, day.month) for day in (self.earliest, self.latest))
        return first if first == last else None


class Reading(msgspec.Struct, frozen=True):
    """What the words of a time expression mean; ``anchored``: the anchor, ``chained``: the event before took part."""

    value: str
    bounds: tuple[date | None, date | None]
    precision: Precision
    basis: str
    type: TimeType = "DATE"
    mod: str | None = None
    anchored: bool = False
    chained: bool = False


class Year(msgspec.Struct, frozen=True):
    """The year of a date and where it was found."""

    number: int | None
    basis: str
    anchored: bool = False


def read_calendar(match: Match, context: Context) -> Reading:
    """A year, month or day, or a stretch from one to another."""
    month, day = _number(match, "month"), _number(match, "day")
    year = _year(match, context, month, day)
    if year.number is None:
        return Reading(_masked(month, day), (None, None), "unknown", year.basis, anchored=year.anchored)
    first = _first(match, year.number, month, day, context.words)
    if first is None:
        return Reading(_masked(month, day), (None, None), "unknown", "no-such-day")
    last = _last(match, year.number, month)
    if last is None:
        return _single(first, year, match, context.words)
    bounds, value, precision = last
    if bounds[1] < first[0][0]:
        return _single(first, year, match, context.words)
    stretch = (first[0][0], bounds[1])
    return Reading(f"{first[1]}/{value}", stretch, _coarser(precision), year.basis, anchored=year.anchored)


_Found = tuple[Bounds, str, Precision]


def _single(found: _Found, year: Year, match: Match, words: Mapping[str, Any]) -> Reading:
    bounds, value, precision = found
    part = match.group("part") or match.group("month_part") or ""
    return Reading(value, bounds, precision, year.basis, mod=mod_of(part, words), anchored=year.anchored)


def mod_of(part: str, words: Mapping[str, Any]) -> str | None:
    """The TIMEX3 modifier of a part of a year or month: its start, middle or end."""
    return next((mod for end, mod in words["mods"].items() if part.endswith(end)), "MID") if part else None


def _coarser(precision: Precision) -> Precision:
    """Days from one to another stay exact; longer stretches are intervals."""
    return "day" if precision == "day" else "interval"


def _first(match: Match, year: int, month: int | None, day: int | None, words: Mapping[str, Any]) -> _Found | None:
    bounds = bounds_of(year, month, day)
    if bounds is None:
        return None
    if month is None:
        part = match.group("part")
        if not part:
            return bounds, f"{year}", "year"
        return part_of_year(year, part, words["parts_of_year"]), f"{year}", "interval"
    if day is None:
        value, month_part = f"{year}-{month:02}", match.group("month_part")
        if not month_part:
            return bounds, value, "month"
        return part_of_month(year, month, month_part, words["parts_of_month"]), value, "interval"
    return bounds, bounds[0].isoformat(), "day"


def _last(match: Match, year: int, month: int | None) -> _Found | None:
    """The end of a stretch: its own year, month and day where it has them, else those of the beginning."""
    end_year = _number(match, "year2") or _number(match, "year3")
    end_month = _number(match, "month2") or _number(match, "month3")
    end_day = _number(match, "day2")
    if end_day is not None:
        end_month = end_month or month
    if end_year is None and end_month is None:
        return None
    number = end_year or (year + 1 if end_month and month and end_month < month else year)
    bounds = bounds_of(number, end_month, end_day)
    if bounds is None:
        return None
    value = "-".join([f"{number}", *(f"{part:02}" for part in (end_month, end_day) if part)])
    return bounds, value, "day" if end_day else "interval"


def _year(match: Match, context: Context, month: int | None, day: int | None) -> Year:
    """The year that the words state, that they count from the anchor, or that the sentences before imply."""
    stated = match.group("year")
    if stated:
        return Year(_century(parse_digits(stated)), "explicit")
    word = match.group("word")
    if word:
        return relative_year(word, match, context, (month, day))
    return implied_year(context, month, day)


def _century(year: int) -> int:
    """07年 and 18年 mean this century, 89年 the last."""
    if year >= 100:
        return year
    return year + (2000 if year < 50 else 1900)


def relative_year(word: str, match: Match, context: Context, rest: tuple[int | None, int | None]) -> Year:
    """The year that 今年, 去年 … count from the anchor, or 当年, 次年 … from the year told of before."""
    same: dict[str, int] = context.words["same_years"]
    if word in same:
        base = context.year or (context.event[0].year if context.event else None)
        if base is not None:
            return Year(base + same[word], f"relative:{word}@{base}")
        shift = same[word]
    else:
        shift = match.rule.fields["years"][word]
    base = context.anchor_year or _only_year(context, shift, rest)
    return Year(None if base is None else base + shift, f"relative:{word}@{context.basis}", anchored=True)


def _only_year(context: Context, shift: int, rest: tuple[int | None, int | None]) -> int | None:
    """The one year of the anchor's bounds in which a day told of as over was over: 今年1月22日, read in mid-January."""
    first, last = context.years
    if first is None or last is None or context.latest is None or shift or rest[0] is None or context.ahead:
        return None
    found = [(year, bounds_of(year, *rest)) for year in range(first, last + 1)]
    over = [year for year, bounds in found if bounds and bounds[0] <= context.latest]
    return over[0] if len(over) == 1 else None


def implied_year(context: Context, month: int | None, day: int | None) -> Year:
    """The year of a date that has none: that of the sentence, of the paragraph, or the nearest to the anchor."""
    kind = "month-day" if day else "month"
    if context.year is not None and (context.near or not _is_news(context, month, day)):
        return Year(context.year, f"relative:{kind}@{context.year}")
    found = {_nearest(anchor, month or 1, day, ahead=context.ahead) for anchor in (context.earliest, context.latest)}
    year = found.pop() if len(found) == 1 else None
    if year is None and context.year is not None:
        return Year(context.year, f"relative:{kind}@{context.year}")
    return Year(year, f"relative:{kind}@{context.basis}", anchored=True)


def _is_news(context: Context, month: int | None, day: int | None) -> bool:
    """Whether the day lies in the month before publication: news, whatever year the paragraph spoke of before."""
    if context.latest is None or day is None or context.earliest != context.latest:
        return False
    year = _nearest(context.latest, month or 1, day, ahead=False)
    bounds = bounds_of(year, month, day) if year else None
    return bool(bounds) and timedelta(0) <= context.latest - bounds[0] <= timedelta(31)  # type: ignore[index]


def _nearest(anchor: date | None, month: int, day: int | None, *, ahead: bool) -> int | None:
    """The year of the last such month or day before the anchor; of the next, where that is announced or close."""
    if anchor is None:
        return None
    this = bounds_of(anchor.year, month, day) or bounds_of(anchor.year, month)
    if this is None:
        return None
    if this[0] <= anchor:
        late = ahead and anchor - this[1] > timedelta(183)
        return anchor.year + 1 if late else anchor.year
    if ahead or this[0] - anchor <= timedelta(_FAR_AHEAD):
        return anchor.year
    return anchor.year - 1


def read_day(match: Match, context: Context) -> Reading:
    """A day without its month: of the month in the sentence, else of the anchor's month or the one before."""
    first = _number(match, "day") or _number(match, "day3") or 0
    last = _number(match, "day2") or first
    if context.month is not None and context.year is not None:
        return _days(bounds_of(context.year, context.month, first), bounds_of(context.year, context.month, last),
                     f"relative:bare-day@{context.year}-{context.month:02}")  # fmt: skip
    found = {_month_before(anchor, last, ahead=context.ahead) for anchor in (context.earliest, context.latest)}
    month = found.pop() if len(found) == 1 else None
    basis = f"relative:bare-day@{context.basis}"
    if month is None:
        return Reading(_masked(None, first), (None, None), "unknown", basis, anchored=True)
    reading = _days(bounds_of(*month, first), bounds_of(*month, last), basis)
    return msgspec.structs.replace(reading, anchored=True)


def _days(first: Bounds | None, last: Bounds | None, basis: str) -> Reading:
    if first is None or last is None:
        return Reading("XXXX-XX-XX", (None, None), "unknown", "no-such-day")
    value = first[0].isoformat() if first == last else f"{first[0]}/{last[1]}"
    return Reading(value, (first[0], last[1]), "day", basis)


def _month_before(anchor: date | None, day: int, *, ahead: bool) -> tuple[int, int] | None:
    """Year and month of the last such day not after the anchor."""
    if anchor is None:
        return None
    if (day <= anchor.day or ahead) and bounds_of(anchor.year, anchor.month, day):
        return anchor.year, anchor.month
    before = anchor.replace(day=1) - timedelta(1)
    if bounds_of(before.year, before.month, day) is None:
        before = before.replace(day=1) - timedelta(1)
    return before.year, before.month


def read_quarter(match: Match, context: Context) -> Reading:
    """A half, a quarter, several quarters or a season of a year."""
    key, months = _months_of_period(match, context.words)
    year = _year(match, context, months[0], None)
    if not match.group("year") and not match.group("word") and context.year is None and not context.ahead:
        year = _completed(year, months, context)
    if year.number is None:
        return Reading(f"XXXX-{key}", (None, None), "unknown", year.basis, anchored=year.anchored)
    bounds = months_of(year.number, *months)
    value = f"{year.number}-{key}"
    precision: Precision = "interval"
    if key[0] == "Q":
        bounds, precision = quarters_of(year.number, int(key[1]), int(key[1])), "quarter"
    elif key[0] == "H":
        bounds, precision = half_of(year.number, int(key[1])), "half"
    elif "/" in key:
        first, last = key.split("/")
        value = f"{year.number}-{first}/{year.number}-{last}"
    mod = mod_of(match.group("part") or "", context.words)
    return Reading(value, bounds, precision, year.basis, mod=mod, anchored=year.anchored)


def _months_of_period(match: Match, words: Mapping[str, Any]) -> tuple[str, tuple[int, int]]:
    half, many, season = match.group("half"), match.group("many"), match.group("season")
    if half:
        number = match.rule.fields["halves"][half]
        return f"H{number}", (6 * number - 5, 6 * number)
    if many:
        last = 3 * parse_digits(many[1:])
        return f"01/{last:02}", (1, last)
    if season:
        code, first, last = words["seasons"][season]
        return code, (first, last)
    if match.group("months"):
        last = min(parse_digits(match.group("months") or "1"), 12)
        return f"01/{last:02}", (1, last)
    word = match.group("quarter") or "1"
    number = 1 if word == words["first_quarter"] else parse_digits(word)
    return f"Q{number}", (3 * number - 2, 3 * number)


def _completed(year: Year, months: tuple[int, int], context: Context) -> Year:
    """A period that had not begun by the day of publication is that of the year before."""
    number, latest = year.number, context.latest
    if number is None or latest is None or months_of(number, *months)[0] <= latest:
        return year
    return msgspec.structs.replace(year, number=number - 1)


def read_period_end(match: Match, context: Context) -> Reading:
    """年底, 月底, 年内, 年初 of the year or month that the sentence or the anchor gives."""
    basis = f"relative:{match.text}@{context.basis}"
    now = context.anchor_month
    year = context.year if context.near and context.year else context.anchor_year
    month_end = match.group("month_end")
    if month_end:
        if now is None:
            return Reading("XXXX-XX", (None, None), "unknown", basis, mod="END", anchored=True)
        bounds = part_of_month(*now, month_end, context.words["parts_of_month"])
        return Reading(f"{now[0]}-{now[1]:02}", bounds, "interval", basis, mod="END", anchored=True)
    if year is None:
        return Reading("XXXX", (None, None), "unknown", basis, mod="END", anchored=True)
    if match.group("year_within"):
        return Reading(f"{year}", (context.latest, date(year, 12, 31)), "interval", basis, anchored=True)
    part = match.group("year_begin") or match.group("year_end") or ""
    bounds = part_of_year(year, part, context.words["parts_of_year"])
    return Reading(f"{year}", bounds, "interval", basis, mod=mod_of(part, context.words), anchored=True)


def read_festival(match: Match, context: Context) -> Reading:
    """A festival that has its day in the solar calendar, or its weekday in a month."""
    fields, moving = match.rule.fields, match.group("moving")
    month, day = fields["moving"][moving][:2] if moving else fields["days"][match.group("name") or match.group("short")]
    year = _year(match, context, month, day)
    if year.number is None:
        return Reading(_masked(month, None if moving else day), (None, None), "unknown", year.basis, anchored=True)
    found = weekday_of_month(year.number, *fields["moving"][moving]) if moving else date(year.number, month, day)
    return Reading(found.isoformat(), (found, found), "day", year.basis, anchored=year.anchored)


def read_decade(match: Match, context: Context) -> Reading:
    """20世纪90年代, 21世纪: ten years or a hundred; 上世纪 is the one before the anchor's."""
    number = match.group("century")
    year = context.anchor_year
    if number is None and year is None:
        return Reading("XXXX", (None, None), "unknown", f"relative:{match.text}@{context.basis}", anchored=True)
    century = parse_digits(number) - 1 if number else (year or 0) // 100 - 1
    decade = match.group("decade")
    first = century * 100 + (parse_digits(decade) if decade else 0)
    last = first + (9 if decade else 99)
    basis = "explicit" if number else f"relative:{match.text}@{context.basis}"
    bounds = (date(first, 1, 1), date(last, 12, 31))
    mod = mod_of(match.group("part") or "", context.words)
    return Reading(f"{first}/{last}", bounds, "interval", basis, mod=mod, anchored=not number)


def read_plan(match: Match, context: Context) -> Reading:
    """The years of a five-year plan, or the year in which it begins or ends."""
    first, last = plan_years(_plan_number(match))
    part = match.group("part") or ""
    basis = f"explicit:{match.group('plan')}={first}-{last}"
    if part.startswith(tuple(context.words["plan_ends"])):
        return Reading(f"{last}", (date(last, 1, 1), date(last, 12, 31)), "year", basis, mod="END")
    if part.startswith(tuple(context.words["plan_begins"])):
        return Reading(f"{first}", (date(first, 1, 1), date(first, 12, 31)), "year", basis, mod="START")
    return Reading(f"{first}/{last}", (date(first, 1, 1), date(last, 12, 31)), "interval", basis)


def _plan_number(match: Match) -> int:
    """``十四五`` is the fourteenth: the 五 at its end counts the years."""
    return parse_digits((match.group("plan") or "十")[:-1])


def _number(match: Match, name: str) -> int | None:
    words = match.group(name)
    return parse_digits(words) if words else None


def _masked(month: int | None, day: int | None) -> str:
    """The value of a date whose year is not known: ``XXXX-02-21``."""
    tail = [f"-{month:02}" if month else "-XX"] if month or day else []
    return "".join(["XXXX", *tail, f"-{day:02}" if day else ""])

"""Resolves a whole expression: a moment, a stretch, a length that counts from a day, a vague word, a plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import msgspec

from mingjian.core.model.annotation import Precision
from mingjian.core.text.calendar import plan_years, shift_months
from mingjian.core.text.times.clocks import clock_of
from mingjian.core.text.times.context import ONE_DAY, Context, Reading, unknown
from mingjian.core.text.times.dates import days, masked
from mingjian.core.text.times.grains import read_offset, read_span, read_within
from mingjian.core.text.times.lengths import is_clock, iso_of, moved, reached
from mingjian.core.text.times.moments import Length, LengthUnit, Moment
from mingjian.core.text.times.occurrences import whole_units
from mingjian.core.text.times.resolving import resolve
from mingjian.core.text.times.spoken import SpokenTime, Vague

_HALF_A_DAY = timedelta(hours=12)
_ARABIC_HOUR = re.compile("[0-9零]时")
_LARGER = (
    "year",
    "year_shift",
    "chain",
    "month",
    "month_shift",
    "lunar",
    "week_shift",
    "weekday",
    "day",
    "day_shift",
    "holiday",
    "day_part",
)


def read_expression(spoken: SpokenTime, context: Context) -> Reading | None:
    """What the expression means in its context; None where it turns out to be none."""
    if context.conventions.lengths == "units" and spoken.shape in _BY_UNIT:
        reading = _BY_UNIT[spoken.shape](spoken, context)
        if reading is not None:
            return reading
    try:
        return _READERS[spoken.shape](spoken, context)
    except (OverflowError, ValueError):  # what lies outside the calendar raises either
        return unknown("", "beyond-the-calendar")


def _point(spoken: SpokenTime, context: Context) -> Reading | None:
    moment = spoken.first
    if moment is None or _is_bare_clock(moment, context) or _is_of_nothing(moment, context):
        return None
    first_months = moment.several and moment.year is None and moment.year_shift is None
    if first_months and context.conventions.spans == "units":
        unit: LengthUnit = "Q" if moment.nth_unit == "Q" else "M"
        return _units(Length(((unit, Decimal(moment.nth or 1)),)), context, -1)
    return resolve(moment, context)


def _is_of_nothing(moment: Moment, context: Context) -> bool:
    """同期 where no period was told of before."""
    return moment == Moment(same_period=True) and context.period is None


def _is_bare_clock(moment: Moment, context: Context) -> bool:
    """三点 may count points and 二 may be a number: without a day, a part of the day or minutes they are no time."""
    conventions = context.conventions
    if moment.has_date or moment.minute is not None:
        return False
    if moment.hour is None:
        return moment.day_part is not None and not conventions.bare_day_part
    return moment.day_part is None and not conventions.bare_clock and not _ARABIC_HOUR.search(context.said)


def _range(spoken: SpokenTime, context: Context) -> Reading | None:
    """From one moment to another; what the second leaves out is that of the first."""
    if spoken.first is None:
        return None if spoken.last is None else _from_now(spoken.last, context)
    first = resolve(spoken.first, context)
    if first.low is None and spoken.last is not None and spoken.last.has_date and not spoken.first.has_date:
        first = resolve(msgspec.structs.replace(spoken.first, day_shift=0), context)
    if spoken.last is None:
        value = f"{first.value}/{context.latest.date()}" if context.latest else first.value
        return msgspec.structs.replace(first, value=value, high=context.now, precision="interval", mod=None)
    last = _last_of(spoken, first, context)
    if first.low is None or last.low is None or last.high is None or last.high <= first.low:
        return first if first.low is not None else msgspec.structs.replace(first, value=f"{first.value}/{last.value}")
    high = _end_of_range(spoken.last, last, context)
    exact: Precision = "day" if last.precision == "day" else "interval"
    return Reading(f"{first.value}/{last.value}", first.low, high, exact, first.basis, first.type,
                   anchored=first.anchored, chained=first.chained)  # fmt: skip


def _last_of(spoken: SpokenTime, first: Reading, context: Context) -> Reading:
    """The second moment: in the year of the first, or after it, where it does not say otherwise."""
    said = _completed(spoken.last or Moment(), spoken.first or Moment())
    if first.low is None:
        return resolve(said, context)
    last = resolve(said, msgspec.structs.replace(context, year=first.low.year, near=True))
    if last.high is None or last.high > first.low:
        return last
    if _is_clock_only(spoken.last or Moment()):
        return _a_day_on(last)
    only_weekday = said == Moment(weekday=said.weekday)
    return _a_week_on(last, first) if only_weekday else resolve(_a_year_on(spoken, last), context)


def _from_now(last: Moment, context: Context) -> Reading | None:
    """From now to a moment; to the next such hour of today, where no day is named."""
    reading = resolve(last if last.has_date else msgspec.structs.replace(last, day_shift=0), context)
    if reading.low is None or reading.high is None or context.earliest is None:
        return reading
    end = reading.low if context.conventions.range_end == "start" else reading.high
    if not last.has_date and last.day_part is None and end <= context.earliest:
        end += _HALF_A_DAY
    value = f"{context.earliest.date()}/{reading.value}"
    reading = msgspec.structs.replace(reading, value=value, low=context.earliest, high=end)
    return msgspec.structs.replace(reading, precision="interval", anchored=True)


def _a_week_on(last: Reading, first: Reading) -> Reading:
    """The next such day of the week after the first."""
    if last.low is None or last.high is None or first.low is None:
        return last
    weeks = timedelta(7 * ((first.low - last.low).days // 7 + 1))
    low = last.low + weeks
    return msgspec.structs.replace(last, value=low.date().isoformat(), low=low, high=last.high + weeks)


def _end_of_range(moment: Moment, last: Reading, context: Context) -> datetime | None:
    """Where a range ends: with its last part, at the beginning of that, or now if that is today."""
    conventions = context.conventions
    if conventions.ends == "now" and moment.day_shift == 0 and not moment.has_clock and context.exact:
        return context.now
    full_hour = last.precision == "hour" and moment.hour is not None
    starts = conventions.range_end == "start" or (conventions.range_end == "hour-start" and full_hour)
    return last.low if starts else last.high


def _completed(last: Moment, first: Moment) -> Moment:
    """The last moment with the larger parts that only the first one states."""
    named = [name for name in _LARGER if getattr(last, name) is not None and getattr(last, name) is not False]
    if named and named[0] in ("year", "year_shift", "month_shift", "week_shift", "day_shift"):
        return last
    if named and named[0] == "holiday":
        years = {name: getattr(first, name) for name in ("year", "year_shift", "chain", "short_year")}
        return msgspec.structs.replace(last, **years)
    reach = _LARGER.index(named[0]) if named else len(_LARGER)
    if not named and last.has_date:  # a part of a year (年底, 三季度), or of a month (月底)
        reach = _LARGER.index("lunar" if last.part is not None and last.part.startswith("月") else "month")
    taken = {name: getattr(first, name) for name in _LARGER[:reach]}
    if last.day_part is None and last.hour is not None:
        taken["day_part"] = first.day_part
    if first.short_year and last.year is None:
        taken["short_year"] = True
    return msgspec.structs.replace(last, **taken)


def _is_clock_only(moment: Moment) -> bool:
    return moment.has_clock and not moment.has_date


def _a_day_on(last: Reading) -> Reading:
    """晚上8点到凌晨2点: the second lies in the next day."""
    return msgspec.structs.replace(last, low=last.low and last.low + ONE_DAY, high=last.high and last.high + ONE_DAY)


def _a_year_on(spoken: SpokenTime, last: Reading) -> Moment:
    """12月30日至1月2日: the second lies in the next year."""
    moment = _completed(spoken.last or Moment(), spoken.first or Moment())
    if last.low is None or moment.month is None or (spoken.last is not None and spoken.last.year is not None):
        return moment
    return msgspec.structs.replace(moment, year=last.low.year + 1, year_shift=None, chain=False, short_year=False)


# ---- lengths that count from a day


def _span(spoken: SpokenTime, context: Context) -> Reading | None:
    """近三年, 未来5年, 随后两天: so long before or after the publication, or after the event told of before."""
    length, way = spoken.length, spoken.way
    if length is None or way is None or "way" not in way.value:
        return None
    kind = way.value["way"]
    reading = Reading(iso_of(length), None, None, "interval", context.relative(), "DURATION", anchored=True)
    if context.conventions.spans == "units":
        return _units(length, context, -1 if kind == "past" else 1)
    if kind == "past":
        return msgspec.structs.replace(reading, low=moved(context.earliest, length, -1), high=context.now)
    if kind == "after":
        low = context.event[1] if context.event is not None else None
        basis = context.relative(low and (low - ONE_DAY).date())
        high = moved(low, length, 1, most=True)
        return msgspec.structs.replace(
            reading, low=low, high=high, basis=basis, anchored=False, chained=low is not None
        )
    if context.conventions.span_begins == "tomorrow" and context.latest is not None and not is_clock(length):
        low = datetime.combine(context.latest.date(), time()) + ONE_DAY
        return msgspec.structs.replace(reading, low=low, high=moved(low, length, 1, most=True))
    high = _through(moved(context.latest, length, 1, most=True), context)
    return msgspec.structs.replace(reading, low=context.earliest, high=high)


def _units(length: Length, context: Context, sign: int) -> Reading:
    """Whole weeks, days, minutes … that have passed, or that are to come."""
    bounds = None if context.latest is None else whole_units(context.latest, length, sign)
    low, high = bounds or (None, None)
    precision: Precision = "interval" if bounds else "unknown"
    return Reading(iso_of(length), low, high, precision, context.relative(), "DURATION", anchored=True)


def _through(instant: datetime | None, context: Context) -> datetime | None:
    """The end of the day of the instant, where no more than the day is known."""
    return instant if instant is None or context.exact else instant + ONE_DAY


def _within(spoken: SpokenTime, context: Context) -> Reading | None:
    """三年内: no later than so long after the publication."""
    length = spoken.length
    if length is None:
        return None
    high = moved(context.latest, length, 1, most=True)
    high = high if is_clock(length) else _through(high, context)
    return Reading(
        iso_of(length), context.earliest, high, "before", context.relative(), "DURATION", "EQUAL_OR_LESS", anchored=True
    )


def _offset(spoken: SpokenTime, context: Context) -> Reading | None:
    """7天后, 三年前, 一年多来: counted from the event told of before, or from the publication."""
    length, tail = spoken.length, spoken.tail
    if length is None or tail is None:
        return None
    if tail.by in ("以来", "来"):
        mod = "MORE_THAN" if length.more else None
        return Reading(iso_of(length), moved(context.earliest, length, -1), context.now, "interval", context.relative(),
                       "DURATION", mod, anchored=True)  # fmt: skip
    sign = -1 if tail.by == "前" else 1
    if context.conventions.spans == "units":
        return _units(length, context, sign)
    chained = sign > 0 and context.event is not None
    first, last = context.event if chained and context.event else (context.earliest, context.latest)
    if chained and last is not None and not is_clock(length):
        last -= ONE_DAY
    low, high = reached((first, last), length, sign)
    origin = str(first.date()) if chained and first else None
    if low is None or high is None:
        return Reading(iso_of(length), None, None, "unknown", context.relative(origin), anchored=not chained)
    reading = Reading("", None, None, "unknown", context.relative(origin), anchored=not chained, chained=chained)
    if context.conventions.offset_means == "day" and not is_clock(length):
        day = days(low.date(), high.date())
        return msgspec.structs.replace(reading, value=low.date().isoformat(), low=day[0], high=day[1], precision="day")
    return _rounded(low, high, length, reading)


def _rounded(low: datetime, high: datetime, length: Length, reading: Reading) -> Reading:
    """``三年前`` means a year, ``两个月前`` a month, ``7天后`` a day, ``一个多月前`` between one month and two."""
    unit = length.unit
    if unit == "Y" and not length.more and length.parts[-1][1] == int(length.parts[-1][1]):
        bounds = days(date(low.year, 1, 1), date(high.year, 12, 31))
        return msgspec.structs.replace(reading, value=f"{low.year}", low=bounds[0], high=bounds[1], precision="year")
    whole = unit == "M" and length.parts[-1][1] == int(length.parts[-1][1])
    if low == high and (unit == "Y" or whole):
        first = low.date().replace(day=1)
        bounds = days(first, shift_months(first, 1) - timedelta(1))
        return msgspec.structs.replace(
            reading, value=first.isoformat()[:7], low=bounds[0], high=bounds[1], precision="month"
        )
    if is_clock(length):
        if low != high or low.time() == time():
            value = iso_of(length)
            return msgspec.structs.replace(reading, value=value, low=low, high=high, precision="interval", type="TIME")
        value, high = low.isoformat()[:16], high + timedelta(minutes=1)
        return msgspec.structs.replace(reading, value=value, low=low, high=high, precision="minute", type="TIME")
    bounds = days(low.date(), high.date())
    exact = low.date() == high.date()
    value = low.date().isoformat() if exact else f"{low.date()}/{high.date()}"
    return msgspec.structs.replace(
        reading, value=value, low=bounds[0], high=bounds[1], precision="day" if exact else "interval"
    )


def _length(spoken: SpokenTime, context: Context) -> Reading | None:
    """A length of time by itself: no bounds."""
    length = spoken.length
    if length is None:
        return None
    mod = "MORE_THAN" if length.more else "APPROX" if spoken.about else None
    return Reading(iso_of(length), None, None, "unknown", "not-stated", "DURATION", mod=mod)


def _set(spoken: SpokenTime, context: Context) -> Reading | None:
    """每年: again and again."""
    length = _whole(spoken.length or _period_of(spoken.first))
    moment = context.conventions.set_value == "moment" and spoken.first is not None
    value = _repeated(spoken.first or Moment(), context) if moment else ""
    return Reading(value or iso_of(length), None, None, "unknown", "not-stated", "SET")


def _repeated(moment: Moment, context: Context) -> str:
    """The moment that comes again, as TIMEX3: ``XXXX-WXX-1``, ``XXXX-05-01``, ``T18``."""
    day = masked(moment.month, moment.day) if moment.month or moment.day else ""
    if moment.weekday is not None:
        day = f"XXXX-WXX-{moment.weekday + 1}"
    return day + (clock_of(moment, context.conventions)[3] if moment.has_clock else "")


def _whole(length: Length) -> Length:
    """Half a year as six months."""
    if length.parts == (("Y", Decimal("0.5")),):
        return Length((("M", Decimal(6)),))
    return length


def _period_of(moment: Moment | None) -> Length:
    """How often a moment comes again: 每周六 every week, 每年9月 every year."""
    if moment is None or moment.month is not None or moment.holiday is not None:
        return Length((("Y", Decimal(1)),))
    if moment.weekday is not None or moment.weekend:
        return Length((("W", Decimal(1)),))
    return Length((("M" if moment.day is not None else "D", Decimal(1)),))


def _vague(spoken: SpokenTime, context: Context) -> Reading | None:
    """近日, 此前, 目前, 下一步: the past, the present or the future, with what little the word bounds."""
    word = spoken.vague
    if word is None:
        return None
    basis = context.relative()
    if word.ref == "FUTURE_REF":
        return Reading(word.ref, context.earliest, None, "after", basis, anchored=True)
    if word.ref == "PRESENT_REF":
        return _present(word, context)
    if word.unit and context.latest is not None:
        return _some_time_ago(word, context, context.latest)
    if word.back is None:
        return Reading(word.ref, None, context.now, "before", basis, anchored=True)
    low = context.earliest and context.earliest - timedelta(word.back)
    return Reading(word.ref, low, _past(low, context.now), "interval", basis, anchored=True)


def _past(low: datetime | None, now: datetime | None) -> datetime | None:
    """Now, or the second that it is, where the stretch would be empty otherwise."""
    return now + timedelta(seconds=1) if now is not None and now == low else now


def _present(word: Vague, context: Context) -> Reading:
    """目前: until the end of the day of publication, or this second."""
    basis = context.relative()
    if context.conventions.present == "second" and context.latest is not None:
        second = context.latest, context.latest + timedelta(seconds=1)
        return Reading(word.ref, *second, "second", basis, anchored=True)
    exact: Precision = "day" if context.today is not None else "interval"
    return Reading(word.ref, context.earliest, _past(context.earliest, context.now), exact, basis, anchored=True)


def _some_time_ago(word: Vague, context: Context, today: datetime) -> Reading:
    """前几天, 前两年: so many days or years ago, not exactly."""
    if word.unit == "Y":
        low, high = days(date(today.year - word.far, 1, 1), date(today.year - word.near, 12, 31))
    else:
        midnight = datetime.combine(today.date(), time())
        low, high = midnight - timedelta(word.far), midnight - timedelta(word.near - 1)
    return Reading(word.ref, low, high, "interval", context.relative(), anchored=True)


def _plan(spoken: SpokenTime, context: Context) -> Reading | None:
    """The years of a five-year plan, or the year in which it begins or ends."""
    first, last = plan_years(spoken.plan)
    basis = f"explicit:{spoken.plan}={first}-{last}"
    if spoken.length is not None:
        others = last - first + 1 - int(spoken.length.first[1])
        first, last = (first + others, last) if spoken.part == "后" else (first, last - others)
    if spoken.part == "以来":
        return Reading(f"{first}/{last}", days(date(first, 1, 1), date(first, 1, 1))[0], context.now, "interval", basis)
    if spoken.part in ("底", "last"):
        mod = "END" if spoken.part == "底" else None
        return Reading(f"{last}", *days(date(last, 1, 1), date(last, 12, 31)), "year", basis, mod=mod)
    if spoken.part in ("初", "first"):
        mod = "START" if spoken.part == "初" else None
        return Reading(f"{first}", *days(date(first, 1, 1), date(first, 12, 31)), "year", basis, mod=mod)
    return Reading(f"{first}/{last}", *days(date(first, 1, 1), date(last, 12, 31)), "interval", basis)


_READERS: Mapping[str, Callable[[SpokenTime, Context], Reading | None]] = {
    "point": _point, "range": _range, "span": _span, "within": _within, "offset": _offset, "length": _length,
    "set": _set, "vague": _vague, "plan": _plan,
}  # fmt: skip
_BY_UNIT: Mapping[str, Callable[[SpokenTime, Context], Reading | None]] = {
    "span": read_span, "within": read_within, "offset": read_offset,
}  # fmt: skip

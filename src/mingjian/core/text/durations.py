"""Reads lengths of time, and days that are so far from the publication or from the event told of before."""

from __future__ import annotations

from datetime import date, timedelta

from mingjian.core.model.annotation import Precision
from mingjian.core.text.calendar import bounds_of, part_of_month, shift, shift_months
from mingjian.core.text.dating import Context, Reading, mod_of
from mingjian.core.text.matching import Match
from mingjian.core.text.numerals import parse_numeral


def read_span(match: Match, context: Context) -> Reading:
    """近三年, 未来5年: so long before or after the publication."""
    length = _length(match, context)
    past = (
        (match.group("way") or "")
        .lstrip(context.words["silent_before_span"])
        .startswith(tuple(match.rule.fields["past"]))
    )
    basis = f"relative:{match.text}@{context.basis}"
    if past:
        bounds = (_moved(context.earliest, match, -1, context), context.latest)
    else:
        bounds = (context.earliest, _moved(context.latest, match, 1, context))
    return Reading(length, bounds, "interval", basis, "DURATION", anchored=True)


def read_within(match: Match, context: Context) -> Reading:
    """三年内: no later than so long after the publication."""
    bounds = (context.earliest, _moved(context.latest, match, 1, context))
    basis = f"relative:{match.text}@{context.basis}"
    return Reading(_length(match, context), bounds, "before", basis, "DURATION", mod="EQUAL_OR_LESS", anchored=True)


def read_offset(match: Match, context: Context) -> Reading:
    """7天后, 三年前, 一年多来: counted from the event told of before, or from the publication."""
    way, unit = match.group("way") or "", _unit(match, context)
    if way.endswith(context.words["up_to_now"]):
        bounds: tuple[date | None, date | None] = (_moved(context.earliest, match, -1, context), context.latest)
        basis = f"relative:{match.text}@{context.basis}"
        mod = "MORE_THAN" if _is_more(match, context) else None
        return Reading(_length(match, context), bounds, "interval", basis, "DURATION", mod=mod, anchored=True)
    sign = -1 if way.endswith(context.words["before"]) else 1
    chained = sign > 0 and context.event is not None
    first, last = context.event if chained and context.event else (context.earliest, context.latest)
    start, end = _moved(first, match, sign, context), _moved(last, match, sign, context)
    origin = str(first) if chained else context.basis
    basis = f"relative:{'+' if sign > 0 else '-'}{_length(match, context)[1:].lower()}@{origin}"
    if start is None or end is None:
        return Reading(_length(match, context), (None, None), "unknown", basis, anchored=not chained)
    value, (start, end), precision = _rounded(start, end, unit)
    return Reading(value, (start, end), precision, basis, anchored=not chained, chained=chained)


def _rounded(start: date, end: date, unit: str) -> tuple[str, tuple[date, date], Precision]:
    """``三年前`` means a year, ``两个月前`` a month, ``7天后`` a day."""
    if unit == "Y":
        return f"{start.year}", (date(start.year, 1, 1), date(end.year, 12, 31)), "year"
    if unit == "M" and start == end:
        first, last = start.replace(day=1), shift_months(start.replace(day=1), 1) - timedelta(1)
        return start.isoformat()[:7], (first, last), "month"
    if start == end:
        return start.isoformat(), (start, end), "day"
    return f"{start}/{end}", (start, end), "interval"


def read_duration(match: Match, context: Context) -> Reading:
    """A length of time by itself: no bounds."""
    mod = "MORE_THAN" if _is_more(match, context) else None
    return Reading(_length(match, context), (None, None), "unknown", "not-stated", "DURATION", mod=mod)


def read_set(match: Match, context: Context) -> Reading:
    """每年: again and again."""
    return Reading(_length(match, context), (None, None), "unknown", "not-stated", "SET")


def read_vague(match: Match, context: Context) -> Reading:
    """近日, 此前, 目前, 下一步: the past, the present or the future, with what little the word bounds."""
    reference = match.rule.fields["ref"]
    back = match.rule.fields.get("back")
    basis = f"relative:{match.text}@{context.basis}"
    if reference == "FUTURE_REF":
        return Reading(reference, (context.earliest, None), "after", basis, anchored=True)
    if reference == "PRESENT_REF":
        exact: Precision = "day" if context.earliest == context.latest else "interval"
        return Reading(reference, (context.earliest, context.latest), exact, basis, anchored=True)
    if back is None:
        return Reading(reference, (None, context.latest), "before", basis, anchored=True)
    start = context.earliest and context.earliest - timedelta(back)
    return Reading(reference, (start, context.latest), "interval", basis, anchored=True)


def read_day_word(match: Match, context: Context) -> Reading:
    """今天, 昨天 … count from the publication, 当天, 次日 … from the day told of before."""
    word = match.group("word") or ""
    same: dict[str, int] = match.rule.fields["same"]
    if word in same and context.event is not None and context.event[0] == context.event[1]:
        day = context.event[0] + timedelta(same[word])
        return Reading(day.isoformat(), (day, day), "day", f"relative:{word}@{context.event[0]}", chained=True)
    shifted = timedelta(same.get(word, 0) or match.rule.fields["days"].get(word, 0))
    return _near_anchor(context, shifted, f"relative:{word}@{context.basis}")


def _near_anchor(context: Context, shifted: timedelta, basis: str) -> Reading:
    """A day so far from the anchor: exact where the anchor is, an interval where the anchor is one."""
    start, end = context.earliest and context.earliest + shifted, context.latest and context.latest + shifted
    if start is None or start != end:
        return Reading("XXXX-XX-XX", (start, end), "interval" if start or end else "unknown", basis, anchored=True)
    return Reading(start.isoformat(), (start, end), "day", basis, anchored=True)


def read_month_word(match: Match, context: Context) -> Reading:
    """本月, 上月底, 下月15日: counted from the month of publication."""
    basis = f"relative:{match.group('word')}@{context.basis}"
    now = context.anchor_month
    if now is None:
        return Reading("XXXX-XX", (None, None), "unknown", basis, anchored=True)
    first = shift_months(date(*now, 1), match.rule.fields["months"][match.group("word")])
    value, part, day = first.isoformat()[:7], match.group("month_part"), match.group("day")
    if part:
        days = part_of_month(first.year, first.month, part, context.words["parts_of_month"])
        mod = mod_of(part, context.words)
        return Reading(value, days, "interval", basis, mod=mod, anchored=True)
    bounds = bounds_of(first.year, first.month, int(day) if day else None)
    if bounds is None:
        return Reading(value, (None, None), "unknown", "no-such-day", anchored=True)
    return Reading(bounds[0].isoformat() if day else value, bounds, "day" if day else "month", basis, anchored=True)


def read_week(match: Match, context: Context) -> Reading:
    """上周, 本周三, 周五: of the week of publication or one beside it."""
    basis = f"relative:{match.text}@{context.basis}"
    if context.earliest is None or context.earliest != context.latest:
        return Reading("XXXX-WXX", (None, None), "unknown", basis, anchored=True)
    weeks, weekdays = match.rule.fields["weeks"], match.rule.fields["weekdays"]
    monday = context.earliest - timedelta(context.earliest.weekday())
    monday += timedelta(7 * weeks.get(match.group("word"), 0))
    name = match.group("day") or match.group("weekday")
    if name:
        day = monday + timedelta(weekdays[name])
        return Reading(day.isoformat(), (day, day), "day", basis, anchored=True)
    if match.group("rest"):
        bounds = (monday + timedelta(5), monday + timedelta(6))
        return Reading(f"{bounds[0]}/{bounds[1]}", bounds, "interval", basis, anchored=True)
    year, number, _ = monday.isocalendar()
    return Reading(f"{year}-W{number:02}", (monday, monday + timedelta(6)), "week", basis, anchored=True)


def read_clock(match: Match, context: Context) -> Reading:
    """A time of the day: of the day told of just before, if there is one."""
    hour = int(parse_numeral(_first(match, "hour", "hour2", "hour3", "hour4", "hour5")) or 0)
    if _first(match, "day_part", "day_part2") in context.words["afternoon"] and hour < 12:
        hour += 12
    written = _first(match, "minute", "minute2", "minute3")
    minute = 30 if _first(match, "half", "half2") else int(parse_numeral(written) or 0)
    exact = bool(written or minute)
    value = f"T{hour:02}" + (f":{minute:02}" if exact else "")
    return Reading(value, (None, None), "minute" if exact else "hour", "not-stated", "TIME")


def _first(match: Match, *names: str) -> str:
    """The words of the first of the groups that took part."""
    return next((words for name in names if (words := match.group(name))), "")


def _length(match: Match, context: Context) -> str:
    """The ISO duration: ``P3Y``, ``PT24H``; ``PXY`` where the number is vague (几年)."""
    words, unit, named = _written_number(match), _unit(match, context), match.group("unit") or ""
    number = _count(words, named, context)
    if match.group("half"):
        number = (number or 0) + 0.5
    if unit == "Q" and number is not None:
        number, unit = number * 3, "M"
    shown = "X" if number is None else f"{number:g}"
    clock = next((code for end, code in context.words["clock_units"].items() if named.endswith(end)), None)
    return f"PT{shown}{clock}" if clock else f"P{shown}{unit}"


def _written_number(match: Match) -> str:
    return (match.rule.fields["shape"] == "within" and match.group("number2")) or match.group("number") or "1"


def _count(words: str, unit: str, context: Context) -> float | None:
    """How many: three and a half for 三个半月; ``None`` where the words do not say."""
    half = context.words["half"]
    if words in context.words["some"]:
        return None
    number = 0.5 if words == half else float(parse_numeral(words) or 1)
    if half not in unit:
        return number
    return 0.5 if unit == context.words["half_year"] else number + 0.5


def _unit(match: Match, context: Context) -> str:
    named, units = match.group("unit"), context.words["units"]
    return units.get(named[-1], "D") if named else "Y"


def _is_more(match: Match, context: Context) -> bool:
    return bool(match.group("more") or match.group("beyond")) or context.words["more"] in (match.group("unit") or "")


def _moved(day: date | None, match: Match, sign: int, context: Context) -> date | None:
    """The day so many units on, if the number is known and the result is a day of the calendar."""
    length = _length(match, context)
    if day is None or length.startswith("PT") or "X" in length:
        return day if length.startswith("PT") else None
    count = float(length[1:-1])
    if count > 200 and length[-1] == "Y":
        return None
    return shift(day, sign * count, length[-1])

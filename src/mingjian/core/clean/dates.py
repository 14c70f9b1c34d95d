"""When the page was published: the line of date, the dateline, or the narrowest interval that the page allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mingjian.core.clean.layout import Found, Layout, states_time
from mingjian.core.model.outcome import Cited, Interval, Missing, Outcome
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.matching import Match

# A year begins every date of it, so that a search leaps from year to year; what stands before is asked behind it.
_PAST = re.compile(
    r"(20\d\d)(?:(?<![到至前]20\d\d)年(?:(\d{1,2})月(?!底前|前|末前)(?:份|(\d{1,2})日)?|(?=《|以来))"
    r"|(?<=[〔\[(（]20\d\d)([〕\])）]\d{1,4}号))"
)
_BARE_DAY = re.compile(r"(?<![年\d到至])(\d{1,2})月(\d{1,2})日(?:(?:至|到|-|—)(\d{1,2})日)?")
_YEAR = re.compile(r"(20\d\d)年")
_OPENING = 200
_HEAD = 30
_SHORT = 80
_LONG = 160
_BELOW = 6
_NEAR = 8
_BESIDE = 24


def find_published(layout: Layout, stretch: Pair) -> Outcome[str]:
    """The publish time as ISO 8601; without one, ``Missing`` with the interval in which it must lie."""
    low, high = stretch
    header = _header(layout, low, high)
    dateline = _dateline(layout, low, high)
    if dateline is not None:
        day = _day_of_dateline(layout, dateline.match, header, stretch)
        if day is not None and (header is None or _apart(day, header.match) > layout.limits.dates.dateline_days):
            return _cited_day(layout, dateline.match, day, header)
    if header is not None:
        return _cited_time(layout, header.match)
    return _missing(layout, stretch)


def _header(layout: Layout, low: int, high: int) -> Found | None:
    """The date nearest above the article, one with the time of day first; else a labelled one just below."""
    dates = [found for found in layout.fields.get("published", ()) if _is_date(found.match)]
    above = [found for found in dates if _stands_above(layout, found, low)]
    if above:
        return max(above, key=lambda found: (_rank(layout, found), found.index))
    below = (found for found in dates if high <= found.index <= high + _BELOW and _is_told(layout, found, _SHORT))
    return next(below, None) or _plain_date(layout, dates, low)


def _stands_above(layout: Layout, found: Found, low: int) -> bool:
    if found.index == low:
        return _at_head(layout, found)
    return 0 < low - found.index <= layout.limits.dates.head_lines and _is_told(layout, found, _LONG)


def _is_told(layout: Layout, found: Found, longest: int) -> bool:
    """Whether the date is written as publish times are, or stands behind a label."""
    if layout.lines[found.index].length > longest:
        return False
    return states_time(found.match) or _has_label(layout, found.index)


def _rank(layout: Layout, found: Found) -> int:
    """How likely the date is that of publishing: with the time of day, behind a label for it, or for another day."""
    before = layout.folded[max(layout.lines[found.index].start, found.match.start - 12) : found.match.start]
    if layout.limits.words.other_day_label.search(before):
        return -1
    labelled = layout.limits.words.publish_label.search(before) is not None
    return 2 * (found.match.group("hour") is not None) + labelled


def _plain_date(layout: Layout, dates: Sequence[Found], low: int) -> Found | None:
    """A date in words, nearly alone in a line just above the article."""
    for found in reversed(dates):
        width = found.match.end - found.match.start
        if 0 < low - found.index <= _NEAR and layout.lines[found.index].length <= width + _BESIDE:
            return found
    return None


def _has_label(layout: Layout, index: int) -> bool:
    line = layout.lines[index]
    return layout.limits.words.date_label.search(layout.folded[line.start : line.end]) is not None


def _at_head(layout: Layout, found: Found) -> bool:
    """Whether the date stands in what was cut off the head of the first paragraph."""
    if found.match.start - layout.lines[found.index].start >= _HEAD:
        return False
    cuts = layout.cuts.get(found.index, ())
    return any(cut.start <= found.match.start and found.match.end <= cut.end for cut in cuts)


def _is_date(match: Match) -> bool:
    return _day(match.group("year"), match.group("month"), match.group("day")) is not None


def _day(year: str | None, month: str | None, day: str | None) -> date | None:
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None


def _dateline(layout: Layout, low: int, high: int) -> Found | None:
    for found in layout.fields.get("dateline", ()):
        if low - 1 <= found.index <= min(high, low + 4) and found.match.group("day"):
            return found
    return None


def _day_of_dateline(layout: Layout, match: Match, header: Found | None, stretch: Pair) -> date | None:
    """The day of the dateline: its year is printed, or that of the header, or what the body gives away."""
    month, day = match.group("month"), match.group("day")
    if month is None:
        return _same_month(header, day)
    if match.group("year"):
        return _day(match.group("year"), month, day)
    if header is not None:
        top = _day(header.match.group("year"), header.match.group("month"), header.match.group("day"))
        if top is None:
            return None
        same = _day(str(top.year), month, day)
        if same is not None and same > top + timedelta(days=1):
            return _day(str(top.year - 1), month, day)
        return same
    years = [int(found.group(1)) for found in _past_dates(layout, stretch) if not found.group(4)]
    return _day(str(max(years)), month, day) if years else None


def _same_month(header: Found | None, day: str | None) -> date | None:
    """The day of a dateline that names no month: that of the header's month, or of the month before."""
    if header is None:
        return None
    top = _day(header.match.group("year"), header.match.group("month"), header.match.group("day"))
    if top is None or day is None:
        return None
    if int(day) > top.day + 1:
        top = top.replace(day=1) - timedelta(days=1)
    return _day(str(top.year), str(top.month), day)


def _apart(day: date, match: Match) -> int:
    other = _day(match.group("year"), match.group("month"), match.group("day"))
    return abs((day - other).days) if other is not None else 0


def _cited_day(layout: Layout, match: Match, day: date, header: Found | None) -> Cited[str]:
    support: tuple[Span, ...] = ()
    if header is not None and not match.group("year"):
        support = (cite(layout.text, header.match.start, header.match.end),)
    start = (match.span("agency") or (match.start, match.end))[0]
    day_end = (match.span("day") or (match.start, match.end))[1]
    return Cited(day.isoformat(), cite(layout.text, start, day_end + 1), match.rule.id, support, "day")


def _cited_time(layout: Layout, match: Match) -> Cited[str]:
    day = _day(match.group("year"), match.group("month"), match.group("day"))
    hour, minute, second = match.group("hour"), match.group("minute"), match.group("second")
    value = day.isoformat() if day is not None else ""
    precision = "day"
    start, end = match.start, match.end
    if hour is not None and int(hour) < 24:
        precision = "minute" if second is None else "second"
        late = match.rule.id == "metadata.time" and match.group("half") in {"下午", "晚上"} and int(hour) < 12
        value += f"T{int(hour) + 12 * late:02d}:{minute}:{second or '00'}+08:00"
    else:
        end = (match.span("day") or (start, end))[1]
        end += layout.folded.startswith("日", end)
    return Cited(value, cite(layout.text, start, end), match.rule.id, (), precision)


def _past_dates(layout: Layout, stretch: Pair) -> Iterator[re.Match[str]]:
    low, high = stretch
    if low >= high:
        return iter(())
    return _PAST.finditer(layout.folded, layout.lines[max(0, low - 3)].start, layout.lines[high - 1].end)


def _missing(layout: Layout, stretch: Pair) -> Missing:
    latest: tuple[date, re.Match[str]] | None = None
    for found in _past_dates(layout, stretch):
        year, month, day, _ = found.groups()
        value = _day(year, month or "1", day or "1")
        if value is not None and (latest is None or value > latest[0]):
            latest = (value, found)
    if latest is None:
        return Missing("no-date-in-page")
    value, found = latest
    start = found.start() - (found.group(4) is not None)
    support: tuple[Span, ...] = (cite(layout.text, start, found.end()),)
    event = _opening_day(layout, stretch, value)
    if event is None:
        return Missing("no-date-in-page", None, Interval(value.isoformat(), None, "latest date in the body"), support)
    day, pair = event
    end = day + timedelta(days=layout.limits.dates.recent_days)
    support += (cite(layout.text, *pair),)
    basis = "opening event, year of the latest date in the body"
    return Missing("no-date-in-page", None, Interval(day.isoformat(), end.isoformat(), basis), support)


def _opening_day(layout: Layout, stretch: Pair, latest: date) -> tuple[date, Pair] | None:
    """The last day that the first sentences name without a year, where it fits behind the latest date."""
    start = layout.lines[stretch[0]].start
    end = min(layout.lines[stretch[1] - 1].end, start + _OPENING)
    found = _BARE_DAY.search(layout.folded, start, end)
    if found is None:
        return None
    value = _day(str(latest.year), found.group(1), found.group(3) or found.group(2))
    return (value, found.span()) if value is not None and value >= latest else None

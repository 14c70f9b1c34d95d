"""When the page was published: the line of date, the dateline, or the narrowest interval that the page allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mingjian.core.clean.layout import Found, Layout, states_time
from mingjian.core.model.outcome import Cited, Interval, Missing, Outcome
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.matching import Match

_OPENING = 200
_HEAD = 30
_SHORT = 80
_LONG = 160
_BELOW = 6
_NEAR = 8
_BESIDE = 24
_LABEL_REACH = 12
_OVER_TITLE = 4
_EDITION_ROW = 70
_FIRST_LINES = 2
_CLOSING = 12
_BESIDE_EDITION = 4
_BARE = 4
_NOON = 12
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HAN_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_SHORT_YEAR = 2
_LABEL = 8
_MARKS = 2
_ADDRESSES = frozenset({"link:canonical", "og:url"})


def find_published(layout: Layout, stretch: Pair, title_line: int | None = None) -> Outcome[str]:
    """The publish time as ISO 8601; without one, ``Missing`` with the interval in which it must lie.

    A date far above the headline, which stands in line ``title_line``, is the day on which the page was looked at.
    """
    low, high = stretch
    header = _header(layout, low, high, title_line)
    dateline = _dateline(layout, low, high)
    if dateline is not None:
        day = _day_of_dateline(layout, dateline.match, header, stretch)
        if day is not None and (header is None or _apart(day, header.match) > layout.limits.dates.dateline_days):
            return _cited_day(layout, dateline.match, day, header)
    if header is not None:
        return _cited_time(layout, header.match, local=layout.chinese(low))
    return _yearless(layout, stretch) or _of_address(layout) or _missing(layout, stretch)


def _header(layout: Layout, low: int, high: int, title_line: int | None) -> Found | None:
    """The date nearest above the article, one with the time of day first; else a labelled one just below."""
    dates = [found for found in layout.fields.get("published", ()) if _is_date(found.match)]
    dates = [found for found in dates if not _is_of_today(layout, found)]
    first = title_line - _OVER_TITLE if title_line is not None and title_line <= low else 0
    row = _edition_row(layout, dates, low)
    if row is not None:
        return row
    told = [found for found in dates if _stands_above(layout, found, low)]
    above = [found for found in told if found.index >= first or found.match.group("hour") is not None]
    if above:
        return max(above, key=lambda found: (_rank(layout, found), found.index))
    below = (found for found in dates if high <= found.index <= high + _BELOW and _is_told_below(layout, found))
    return (
        _posted(layout, dates, low, high)
        or next(below, None)
        or _plain_date(layout, dates, low)
        or _edition_date(layout, dates, low)
        or _closing_date(layout, dates, high)
    )


def _is_of_today(layout: Layout, found: Found) -> bool:
    """Whether the date is that on which the page was shown: behind such words, or later than the page was fetched."""
    line = layout.lines[found.index]
    if layout.cues["today"].search(
        layout.folded[max(line.start, found.match.start - _LABEL_REACH) : found.match.start]
    ):
        return True
    fetched = layout.page.retrieved_at
    day = _day_of(found.match)
    return fetched is not None and day is not None and day.isoformat() > fetched[:10] and found.index == 0


def _is_told_below(layout: Layout, found: Found) -> bool:
    before = layout.folded[layout.lines[found.index].start : found.match.start]
    if not _is_told(layout, found, _SHORT) or layout.limits.words.other_day_label.search(before):
        return False
    return len(before) <= _BARE or layout.limits.words.date_label.search(before) is not None


def _posted(layout: Layout, dates: Sequence[Found], low: int, high: int) -> Found | None:
    """The time in the line with which a forum closes the message: who posted it and when."""
    for found in dates:
        line = layout.lines[found.index]
        if max(low, high - _CLOSING) < found.index <= high + _BELOW and line.length <= _SHORT:
            words = layout.folded[line.start : line.end]
            if found.match.group("hour") and layout.cues["posted"].match(words):
                return found
    return None


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
    before = _label_before(layout, found)
    if layout.limits.words.other_day_label.search(before):
        return -1
    labelled = layout.limits.words.publish_label.search(before) is not None
    return 2 * (found.match.group("hour") is not None) + labelled


def _label_before(layout: Layout, found: Found) -> str:
    """The words just before the date in its line, or the label in the line above where it begins its own."""
    start = layout.lines[found.index].start
    if found.match.start <= start and found.index > 0:
        above = layout.words(found.index - 1)
        if len(above) <= _LABEL and above.endswith((":", "：", "于", "时间", "日期")):
            return above
    return layout.folded[max(start, found.match.start - _LABEL_REACH) : found.match.start]


def _plain_date(layout: Layout, dates: Sequence[Found], low: int) -> Found | None:
    """A date in words, nearly alone in a line just above the article or among its first lines."""
    for found in reversed(dates):
        width = found.match.end - found.match.start
        beside = _BESIDE if found.index < low else 0
        if -_FIRST_LINES <= low - found.index <= _NEAR and layout.lines[found.index].length <= width + beside:
            return found
    return None


def _edition_row(layout: Layout, dates: Sequence[Found], low: int) -> Found | None:
    """The date in the row of a digital newspaper that tells day, page and issue: above the article or just below."""
    for found in dates:
        line = layout.lines[found.index]
        if found.index <= low + _FIRST_LINES and line.length <= _EDITION_ROW:
            row = layout.cues["edition-row"].search(layout.folded, line.start, line.end)
            if row is not None and row.start() <= found.match.start and found.match.end <= row.end():
                return found
    return None


def _edition_date(layout: Layout, dates: Sequence[Found], low: int) -> Found | None:
    """The date of a newspaper's edition above the article, however far: nearly alone, beside the names of its pages."""
    for found in dates:
        width = found.match.end - found.match.start
        if found.index < low and layout.lines[found.index].length <= width + _LABEL_REACH:
            beside = range(max(0, found.index - _BESIDE_EDITION), min(low, found.index + _BESIDE_EDITION + 1))
            if any(layout.cues["edition"].match(layout.words(index)) for index in beside):
                return found
    return None


def _closing_date(layout: Layout, dates: Sequence[Found], high: int) -> Found | None:
    """The date with which the article closes, alone in its last line and below prose: no authority signs there."""
    for found in dates:
        line = layout.lines[found.index]
        alone = line.length <= found.match.end - found.match.start + _MARKS
        if alone and found.index > 0 and high - 1 <= found.index <= high and layout.lines[found.index - 1].finished:
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
    return _day_of(match) is not None


def _day_of(match: Match) -> date | None:
    """The day that the match states, where it exists; an English month counts by its first three letters."""
    month = match.group("month")
    if month is not None and month[0].isalpha():
        month = str((_HAN_MONTHS if month in _HAN_MONTHS else _MONTHS).index(month[:3].lower()) + 1)
    year = match.group("year") or ""
    return _day(f"20{year}" if len(year) == _SHORT_YEAR else year, month, match.group("day"))


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
        top = _day_of(header.match)
        if top is None:
            return None
        same = _day(str(top.year), month, day)
        if same is not None and same > top + timedelta(days=1):
            return _day(str(top.year - 1), month, day)
        return same
    return _shortly_after(layout, stretch, month, day)


def _shortly_after(layout: Layout, stretch: Pair, month: str, day: str | None) -> date | None:
    """The day in the year of the latest date of the body, where it lies shortly behind that."""
    latest = _latest(layout, stretch)
    same = _day(str(latest[0].year), month, day) if latest is not None else None
    if latest is None or same is None:
        return None
    return same if timedelta(0) <= same - latest[0] <= timedelta(days=layout.limits.dates.recent_days) else None


def _same_month(header: Found | None, day: str | None) -> date | None:
    """The day of a dateline that names no month: that of the header's month, or of the month before."""
    if header is None:
        return None
    top = _day_of(header.match)
    if top is None or day is None:
        return None
    if int(day) > top.day + 1:
        top = top.replace(day=1) - timedelta(days=1)
    return _day(str(top.year), str(top.month), day)


def _apart(day: date, match: Match) -> int:
    other = _day_of(match)
    return abs((day - other).days) if other is not None else 0


def _cited_day(layout: Layout, match: Match, day: date, header: Found | None) -> Cited[str]:
    support: tuple[Span, ...] = ()
    if header is not None and not match.group("year"):
        support = (cite(layout.text, header.match.start, header.match.end),)
    start = (match.span("agency") or (match.start, match.end))[0]
    day_end = (match.span("day") or (match.start, match.end))[1]
    return Cited(day.isoformat(), cite(layout.text, start, day_end + 1), match.rule.id, support, "day")


def _cited_time(layout: Layout, match: Match, *, local: bool) -> Cited[str]:
    """The time as China's; of a page in another language that names its months only the day is sure."""
    day = _day_of(match)
    hour, minute, second = match.group("hour"), match.group("minute"), match.group("second")
    value = day.isoformat() if day is not None else ""
    precision = "day"
    start, end = match.start, match.end
    elsewhere = not local and (match.group("month") or "0")[0].isalpha()
    if hour is not None and int(hour) < 24 and not elsewhere:
        precision = "minute" if second is None else "second"
        value += f"T{_hour(match, int(hour)):02d}:{minute}:{second or '00'}+08:00"
    else:
        end = (match.span("day") or (start, end))[1]
        end += layout.folded.startswith("日", end)
    return Cited(value, cite(layout.text, start, end), match.rule.id, (), precision)


def _hour(match: Match, hour: int) -> int:
    """The hour of the day: behind 下午 or before PM it counts from noon."""
    noon = (match.group("noon") or "").replace(".", "").lower()
    if hour < _NOON and (match.group("half") in {"下午", "晚上"} or noon == "pm"):
        return hour + _NOON
    return 0 if hour == _NOON and (noon == "am" or match.group("half") == "凌晨") else hour


def _yearless(layout: Layout, stretch: Pair) -> Cited[str] | None:
    """A time above the article without its year, which the latest date of the body gives if that is shortly before."""
    low, _ = stretch
    latest = _latest(layout, stretch)
    for found in layout.fields.get("yearless", ()):
        if latest is None or not 0 <= low - found.index <= _NEAR or layout.lines[found.index].length > _SHORT:
            continue
        value, past = latest
        for year in (value.year, value.year + 1):
            day = _day(str(year), found.match.group("month"), found.match.group("day"))
            if day is not None and timedelta(0) <= day - value <= timedelta(days=layout.limits.dates.recent_days):
                time = f"T{int(found.match.group('hour') or 0):02d}:{found.match.group('minute')}:00+08:00"
                evidence = cite(layout.text, found.match.start, found.match.end)
                support = (cite(layout.text, past.start(), past.end()),)
                return Cited(day.isoformat() + time, evidence, found.match.rule.id, support, "minute")
    return None


def _of_address(layout: Layout) -> Cited[str] | None:
    """The day that the page's own address names in its path, as most systems of Chinese sites write it."""
    page = layout.page
    for declaration in page.declarations:
        if declaration.name in _ADDRESSES:
            start, end = declaration.evidence.start, declaration.evidence.end
            found = layout.cues["address-day"].search(page.html, start, end)
            if found is not None and (day := _day(*found.group("year", "month", "day"))) is not None:
                return Cited(
                    day.isoformat(), cite(page.html, *found.span("date"), layer="html"), "published.address", (), "day"
                )
    found = layout.cues["address-day"].search(page.url or "")
    if found is not None and (day := _day(*found.group("year", "month", "day"))) is not None:
        return Cited(
            day.isoformat(), cite(page.url or "", *found.span("date"), layer="url"), "published.address", (), "day"
        )
    return None


def _past_dates(layout: Layout, stretch: Pair) -> Iterator[re.Match[str]]:
    low, high = stretch
    if low >= high:
        return iter(())
    return layout.cues["past-date"].finditer(
        layout.folded, layout.lines[max(0, low - 3)].start, layout.lines[high - 1].end
    )


def _latest(layout: Layout, stretch: Pair) -> tuple[date, re.Match[str]] | None:
    """The latest date of the past that the body names."""
    latest: tuple[date, re.Match[str]] | None = None
    for found in _past_dates(layout, stretch):
        year, month, day, _ = found.groups()
        value = _day(year, month or "1", day or "1")
        if value is not None and (latest is None or value > latest[0]):
            latest = (value, found)
    return latest


def _missing(layout: Layout, stretch: Pair) -> Missing:
    latest = _latest(layout, stretch)
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
    found = layout.cues["bare-day"].search(layout.folded, start, end)
    if found is None:
        return None
    value = _day(str(latest.year), found.group(1), found.group(3) or found.group(2))
    return (value, found.span()) if value is not None and value >= latest else None

"""Which times govern numbers and goals: days by which something is due, days told of, days to come."""

from __future__ import annotations

import re

import msgspec

from mingjian.core.model.annotation import Anchor, TimeExpression

REACH_OF_CUES = 8
_SHORT = ("D", "W", "P1M", "P2M", "P3M")  # lengths of a procedure, too short for a goal
_COARSE = ("year", "half", "quarter")
_FINE = ("month", "day", "hour", "minute", "second")
_YEAR_END = "-12-31"
_PLAN = "time.plan"
_NOW = "PRESENT_REF"
_COMMAS = (",", "，")


class PageTimes(msgspec.Struct, frozen=True, kw_only=True):
    """What the times of a page are judged by: its words, the patterns and settings of the rules, its day."""

    folded: str
    anchor: Anchor
    compared: re.Pattern[str]
    multiple: re.Pattern[str]
    base: re.Pattern[str]
    of: str
    counted_from: re.Pattern[str]
    effort: re.Pattern[str]
    act: re.Pattern[str]
    compared_after: tuple[str, ...]
    periods: tuple[str, ...]
    due_ends: tuple[str, ...]


def is_due(page: PageTimes, time: TimeExpression) -> bool:
    """Whether the time is a day by which something is to be done: no length of a procedure (受理后10个工作日内)."""
    if time.type == "SET" or time.value.startswith("PT"):
        return False
    if time.type == "DURATION":
        start = max(0, time.start - REACH_OF_CUES)
        if time.function == "deadline":
            if time.value.endswith(_SHORT):
                return False
            return page.counted_from.search(page.folded, start, time.end) is None
        return page.effort.search(page.folded, start, time.end + REACH_OF_CUES) is not None
    if time.function == "deadline":
        return True
    return page.folded.endswith(page.due_ends, time.start, time.end) and is_coming(page, time)


def is_told(page: PageTimes, time: TimeExpression) -> bool:
    """Whether a number can be told of the time: it ends on a day, returns not, and nothing is only compared with it."""
    return is_of_a_day(page, time) and not is_compared(page, time)


def is_of_a_day(page: PageTimes, time: TimeExpression) -> bool:
    """Whether it ends on a day and returns not, also where it is only compared with: 较前年的18亿元 are of it."""
    if time.date.end is None or time.type == "SET" or time.value in ("PAST_REF", "FUTURE_REF"):
        return False
    return not _is_plan_or_clock(page, time)


def is_compared(page: PageTimes, time: TimeExpression) -> bool:
    """Whether something is only measured against the time: 比去年, 上年同期."""
    if page.folded.startswith(page.compared_after, time.end) or page.multiple.match(page.folded, time.end):
        return True
    return page.compared.search(page.folded, max(0, time.start - 3), time.start) is not None


def is_base(page: PageTimes, time: TimeExpression) -> bool:
    """Whether a rise or a fall starts from the time: 由2020年的47.5%; it tells of that one number alone."""
    if not page.folded.startswith(page.of, time.end):
        return False
    return page.base.search(page.folded, max(0, time.start - 3), time.start) is not None


def is_period(time: TimeExpression) -> bool:
    """Whether it is a year, a half or a quarter: a paragraph that begins so goes on with its figures."""
    return time.date.precision in _COARSE


def is_fine(time: TimeExpression) -> bool:
    """Whether it is a month or a day, or less."""
    return time.date.precision in _FINE


def is_yearly(time: TimeExpression) -> bool:
    """Whether it ends with a year: a part about goals goes on with it; a month is of its own sentence."""
    return time.date.end is not None and time.date.end.endswith(_YEAR_END)


def is_of_an_act(page: PageTimes, time: TimeExpression) -> bool:
    """Whether only an office is to act by then, as in 6月底前印发细则: it is no deadline of the goals that follow."""
    return page.act.match(page.folded, time.end) is not None


def is_wide(page: PageTimes, time: TimeExpression) -> bool:
    """Whether what follows may be told of the time too: a period, 截至…, now, or a day set off at the beginning."""
    if not is_fine(time) or time.function != "at" or time.type != "DATE" or time.value == _NOW:
        return True
    return page.folded.startswith(_COMMAS, time.end)


def _is_plan_or_clock(page: PageTimes, time: TimeExpression) -> bool:
    """A plan's name (“十四五”规划) unless its years are meant (期间), and a length of hours: no day of a number."""
    if time.by == _PLAN:
        return not page.folded.endswith(page.periods, time.start, time.end)
    return time.value.startswith("PT")


def is_coming(page: PageTimes, time: TimeExpression) -> bool:
    """Whether the time ends after the publication."""
    end, latest = time.date.end, page.anchor.day or page.anchor.latest
    return end is not None and latest is not None and end > latest and time.function != "since"


def may_come(page: PageTimes, time: TimeExpression) -> bool:
    """Whether the time ends after the publication, or may do so as far as the page tells when it was published."""
    if page.anchor.day or page.anchor.latest:
        return is_coming(page, time)
    end, earliest = time.date.end, page.anchor.earliest
    return end is None or earliest is None or end > earliest


def is_ahead(page: PageTimes, time: TimeExpression) -> bool:
    """Whether the time is a quarter, a year or the years of a plan that had not begun on the day of the page."""
    start, end, day = time.date.start, time.date.end, page.anchor.day or page.anchor.latest
    if start is None or day is None:
        return False
    if time.type == "DURATION":  # 今后五年 begins on the day itself
        return start == day and end is not None and end[:4] > day[:4]
    if start <= day or time.type != "DATE":
        return False
    return time.date.precision in _COARSE or (time.by == _PLAN and not _is_plan_or_clock(page, time))

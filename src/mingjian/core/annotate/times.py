"""Time expressions of the body (TIMEX3), each resolved against an anchor that it names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.annotation import Anchor, DateValue, Precision, TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.span import Pair
from mingjian.core.text.dating import (
    Context,
    Reading,
    read_calendar,
    read_day,
    read_decade,
    read_festival,
    read_period_end,
    read_plan,
    read_quarter,
)
from mingjian.core.text.durations import (
    read_clock,
    read_day_word,
    read_duration,
    read_month_word,
    read_offset,
    read_set,
    read_span,
    read_vague,
    read_week,
    read_within,
)
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.titles import inside, titles_of

_READERS: dict[str, Callable[[Match, Context], Reading]] = {
    "calendar": read_calendar,
    "day": read_day,
    "quarter": read_quarter,
    "period_end": read_period_end,
    "plan": read_plan,
    "decade": read_decade,
    "festival": read_festival,
    "span": read_span,
    "within": read_within,
    "offset": read_offset,
    "duration": read_duration,
    "set": read_set,
    "vague": read_vague,
    "day_word": read_day_word,
    "month_word": read_month_word,
    "week": read_week,
    "clock": read_clock,
}
Function: TypeAlias = Literal["at", "deadline", "as_of", "since"]
_REACH_OF_AHEAD = 16
# The shapes whose year may have to be found: whether something to come is announced decides which one is meant.
_YEARLESS = ("calendar", "day", "quarter", "festival")
_CHAIN = ("day", "month")


def annotate_times(article: Article, found: GroupFindings, anchor: Anchor) -> tuple[TimeExpression, ...]:
    """The time expressions of the body in page order, none overlapping another nor inside a title."""
    chosen = _disjoint(article.folded, found.matches, titles_of(article))
    if not chosen:
        return ()
    bounds = _day(anchor.earliest or anchor.day), _day(anchor.latest or anchor.day)
    context, place = Context(*bounds, anchor.basis, found.settings), (-1, -1)
    sentences, starts = article.sentences, [sentence.start for sentence in article.sentences]
    compared = tuple(tuple(found.settings[key]) for key in ("compared_before", "compared_after"))
    announced = found.cues["ahead"].search
    times: list[TimeExpression] = []
    for match in chosen:
        number = bisect_right(starts, match.start) - 1
        sentence = sentences[number] if number >= 0 else sentences[0]
        here = (sentence.block, number)
        if here != place:
            context, place = _moved_on(context, place, here), here
        shape = match.rule.fields["shape"]
        if shape in _YEARLESS and match.group("year") is None:
            low = max(sentence.start if number >= 0 else 0, match.start - _REACH_OF_AHEAD)
            ahead = match.group("due") is not None or announced(article.folded, low, match.start + 1) is not None
            if ahead is not context.ahead:
                context = msgspec.structs.replace(context, ahead=ahead)
        reading = _READERS[shape](match, context)
        expression = _expression(match, reading, article, context, anchor)
        if times and (joined := _joined(times[-1], expression, article, found.settings["joints"])):
            times[-1] = joined
            continue
        times.append(expression)
        if not _compares(article.folded, expression, compared):
            context = _after(context, expression, reading)
    return tuple(times)


def _disjoint(folded: str, matches: Iterable[Match], titles: Sequence[Pair]) -> list[Match]:
    """The leftmost and longest matches, none overlapping another, none inside a title."""
    chosen: list[Match] = []
    taken = 0
    for match in matches:
        if match.start < taken or (titles and inside(titles, match.start)):
            continue
        if not _is_name(match, folded):
            chosen.append(match)
            taken = match.end
    return chosen


def _is_name(match: Match, folded: str) -> bool:
    """Whether the words alone stand in quotation marks: “九天” is no length of time."""
    if folded[match.end : match.end + 1] not in ("”", '"') or folded[match.start - 1 : match.start] not in ("“", '"'):
        return False
    return bool(match.rule.fields["shape"] == "duration")


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso[:10]) if iso else None


def _moved_on(context: Context, before: tuple[int, int], here: tuple[int, int]) -> Context:
    """The context at another place: a new paragraph forgets the year, a new sentence the month."""
    if context.year is None and context.month is None:
        return context
    if before[0] != here[0]:
        return msgspec.structs.replace(context, year=None, near=False, month=None)
    if before[1] != here[1]:
        return msgspec.structs.replace(context, near=False, month=None)
    return context


def _after(context: Context, expression: TimeExpression, reading: Reading) -> Context:
    """What later expressions may count from: the year and month just stated, and the last event's day."""
    start, end = reading.bounds
    if expression.type == "DATE" and reading.precision == "unknown":
        return msgspec.structs.replace(context, event=None, event_pair=None)
    if expression.type != "DATE" or start is None or end is None or expression.function == "deadline":
        return context
    if reading.precision not in ("day", "month", "year", "quarter", "half") and reading.mod is None:
        return context
    month = start.month if reading.precision in _CHAIN else None
    if month is None:
        return msgspec.structs.replace(context, year=start.year, near=True, month=None)
    return msgspec.structs.replace(context, year=start.year, near=True, month=month, event=(start, end),
                                   event_pair=(expression.start, expression.end))  # fmt: skip


def _expression(match: Match, reading: Reading, article: Article, context: Context, anchor: Anchor) -> TimeExpression:
    """The expression without 在 and 于 before it, which say nothing."""
    start, end, tail = match.start, match.end, match.group("tail") or ""
    while article.folded[start] in context.words["silent_leads"]:
        start += 1
    function = _function(match, tail, reading, context)
    value, bounds, precision = _used(reading, function, tail, context)
    support: tuple[Pair, ...] = ()
    if reading.anchored and anchor.pair and bounds != (None, None):
        support = (anchor.pair,)
    elif reading.chained and context.event_pair:
        support = (context.event_pair,)
    low, high = bounds
    words = DateValue(low.isoformat() if low else None, high.isoformat() if high else None, precision,
                      article.text[start:end], reading.basis)  # fmt: skip
    return TimeExpression(start=start, end=end, type=reading.type, value=value, date=words, by=match.rule.id,
                          mod=reading.mod, function=function, support=support)  # fmt: skip


def _used(
    reading: Reading, function: Function, tail: str, context: Context
) -> tuple[str, tuple[date | None, date | None], Precision]:
    """Value, bounds and precision as the words round the date make them: since, before, after, by."""
    value, (start, end), precision = reading.value, reading.bounds, reading.precision
    if reading.type != "DATE" or start is None:
        return value, (start, end), precision
    if function == "since":
        end = context.latest if tail == context.words["until_now"] else None
        exact = f"{start}/{end}" if end and len(value) == 4 else value
        return exact, (start, end), "interval" if end else "after"
    if not tail:
        return value, (start, end), precision
    before, after = context.words["before"], context.words["after"]
    if function == "deadline" and tail.endswith(before) and precision != "before":
        return value, (context.earliest, end), precision
    if function == "at" and tail.endswith((before, after)) and not reading.chained:
        return value, *_beside((start, end), before=tail.endswith(before))
    return value, (start, end), precision


def _beside(
    bounds: tuple[date | None, date | None], *, before: bool
) -> tuple[tuple[date | None, date | None], Precision]:
    """Before or after the days that the words name: one bound is open."""
    if before:
        return (None, bounds[0]), "before"
    first, last = bounds
    return (last + timedelta(1) if last and last != first else last, None), "after"


def _function(match: Match, tail: str, reading: Reading, context: Context) -> Function:
    start, end = reading.bounds
    group = match.group
    past = end is not None and context.earliest is not None and end <= context.earliest
    if group("as_of"):
        return "as_of"
    if group("due"):
        return "as_of" if past else "deadline"
    if (tail and tail in context.words["since_tails"]) or group("since") in context.words["since_leads"]:
        return "since"
    if reading.mod == "EQUAL_OR_LESS":
        return "deadline"
    if tail and not past and start is not None and tail.endswith(context.words["before"]):
        return "deadline"
    return "deadline" if not past and group("year_within") else "at"


def _compares(folded: str, time: TimeExpression, compared: Sequence[tuple[str, ...]]) -> bool:
    """Whether the time is only what another is measured against: 比去年同期, 较4月末."""
    before, after = compared
    return folded.startswith(after, time.end) or folded.endswith(before, 0, time.start)


def _joined(first: TimeExpression, second: TimeExpression, article: Article, joints: str) -> TimeExpression | None:
    """One expression of two that stand together: 2月21日上午9时, 去年9月到今年3月, 2020年至今; else ``None``."""
    gap = second.start - first.end
    if gap > 2 or gap < 0 or article.folded[first.end : second.start].strip() or first.date.start is None:
        return None
    if second.type == "TIME" and first.date.precision == "day":
        words = DateValue(first.date.start, first.date.end, second.date.precision,
                          article.text[first.start : second.end], first.date.basis)  # fmt: skip
        return msgspec.structs.replace(first, end=second.end, type="TIME", value=first.value + second.value, date=words)
    if (
        article.folded[second.start] not in joints
        or first.type != "DATE"
        or second.type != "DATE"
        or not second.date.end
    ):
        return None
    if second.date.end < first.date.start:
        return None
    words = DateValue(
        first.date.start, second.date.end, "interval", article.text[first.start : second.end], first.date.basis
    )
    value = f"{first.value}/{second.date.end if second.value.endswith('_REF') else second.value}"
    support = tuple(dict.fromkeys((*first.support, *second.support)))
    return msgspec.structs.replace(
        first, end=second.end, value=value, date=words, function="at", mod=None, support=support
    )

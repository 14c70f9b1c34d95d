"""Time expressions of the body (TIMEX3), each resolved against an anchor that it names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from mingjian.core.model.annotation import Anchor, DateValue, TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.span import Pair
from mingjian.core.text.dating import Context, Reading, read_calendar, read_day, read_period_end, read_plan, read_quarter
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
from mingjian.core.text.matching import Match
from mingjian.core.text.titles import inside, titles_of

_READERS: dict[str, Callable[[Match, Context], Reading]] = {
    "calendar": read_calendar,
    "day": read_day,
    "quarter": read_quarter,
    "period_end": read_period_end,
    "plan": read_plan,
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
_AHEAD = ("将", "拟", "预计", "计划", "定于", "即将", "力争", "确保")
_REACH_OF_AHEAD = 16
_CHAIN = ("day", "month")


def annotate_times(article: Article, matches: Sequence[Match], anchor: Anchor) -> tuple[TimeExpression, ...]:
    """The time expressions of the body in page order, none overlapping another; those inside 《titles》 are left out."""
    chosen = _disjoint(matches, titles_of(article))
    if not chosen:
        return ()
    blank = Context(_day(anchor.earliest or anchor.day), _day(anchor.latest or anchor.day), anchor.basis)
    sentences = [sentence.start for sentence in article.sentences]
    found: list[TimeExpression] = []
    context, place = blank, (-1, -1)
    for match in chosen:
        number = bisect_right(sentences, match.start) - 1
        here = (article.sentences[number].block if number >= 0 else 0, number)
        context = _moved_on(context, place, here)
        place = here
        low = max(article.sentences[number].start if number >= 0 else 0, match.start - _REACH_OF_AHEAD)
        ahead = any(article.folded.find(cue, low, match.start + 1) >= 0 for cue in _AHEAD)
        context = msgspec.structs.replace(context, ahead=ahead or match.group("due") is not None)
        reading = _READERS[match.rule.fields["shape"]](match, context)
        expression = _expression(match, reading, article, context, anchor)
        if _joins(found, expression, article):
            found[-1] = _joined(found[-1], expression, article)
            continue
        found.append(expression)
        context = _after(context, expression, reading)
    return tuple(found)


def _disjoint(matches: Iterable[Match], titles: Sequence[Pair]) -> list[Match]:
    """The leftmost and longest matches, none overlapping another, none inside a title."""
    chosen: list[Match] = []
    taken = 0
    for match in matches:
        if match.start >= taken and not inside(titles, match.start):
            chosen.append(match)
            taken = match.end
    return chosen


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso[:10]) if iso else None


def _moved_on(context: Context, before: tuple[int, int], here: tuple[int, int]) -> Context:
    """The context at another place: a new paragraph forgets the year, a new sentence the month."""
    if before[0] != here[0]:
        return msgspec.structs.replace(context, year=None, near=False, month=None)
    if before[1] != here[1]:
        return msgspec.structs.replace(context, near=False, month=None)
    return context


def _after(context: Context, expression: TimeExpression, reading: Reading) -> Context:
    """What later expressions may count from: the year and month just stated, and the last event's day."""
    start, end = reading.bounds
    if expression.type != "DATE" or start is None or end is None or expression.function == "deadline":
        return context
    if reading.precision not in ("day", "month", "year", "quarter", "half") and reading.mod is None:
        return context
    month = start.month if reading.precision in _CHAIN else None
    changed = msgspec.structs.replace(context, year=start.year, near=True, month=month)
    if reading.precision in _CHAIN:
        return msgspec.structs.replace(changed, event=(start, end), event_pair=(expression.start, expression.end))
    return changed


def _expression(match: Match, reading: Reading, article: Article, context: Context, anchor: Anchor) -> TimeExpression:
    start, end, tail = _edges(match)
    function = _function(match, tail, reading, context)
    value, bounds, precision = reading.value, reading.bounds, reading.precision
    if function == "since" and reading.type == "DATE" and bounds[0] is not None:
        bounds = (bounds[0], context.latest if tail == "以来" else None)
        precision = "interval" if bounds[1] else "after"
        if bounds[1] and len(value) == 4:
            value = f"{bounds[0]}/{bounds[1]}"
    elif function == "deadline" and precision not in ("unknown", "before"):
        bounds, precision = (context.earliest if tail.endswith("前") else bounds[0], bounds[1]), precision
    support = ()
    if reading.anchored and anchor.pair and bounds != (None, None):
        support = (anchor.pair,)
    elif reading.chained and context.event_pair:
        support = (context.event_pair,)
    low, high = (bound.isoformat() if bound else None for bound in bounds)
    words = DateValue(low, high, precision, article.text[start:end], reading.basis)
    return TimeExpression(start=start, end=end, type=reading.type, value=value, date=words, by=match.rule.id,
                          mod=reading.mod, function=function, support=support)  # fmt: skip


def _edges(match: Match) -> tuple[int, int, str]:
    """The words of the expression: 在 and 于 before it say nothing and stay out."""
    start, end = match.start, match.end
    while match.text[start - match.start] in "在于 \t":
        start += 1
    return start, end, match.group("tail") or ""


def _function(match: Match, tail: str, reading: Reading, context: Context) -> str:
    start, end = reading.bounds
    past = end is not None and context.earliest is not None and end < context.earliest
    if match.group("as_of"):
        return "as_of"
    if match.group("due"):
        return "as_of" if past else "deadline"
    if match.group("since") or tail in ("以来", "起", "开始"):
        return "since"
    if reading.mod == "EQUAL_OR_LESS" or (tail.endswith("前") and not past and start is not None):
        return "deadline"
    return "deadline" if match.group("year_within") and not past else "at"


def _joins(found: Sequence[TimeExpression], later: TimeExpression, article: Article) -> bool:
    """Whether a time of the day follows its day directly: 2月21日上午9时."""
    if later.type != "TIME" or not found or found[-1].date.precision != "day":
        return False
    between = article.folded[found[-1].end : later.start]
    return len(between) <= 2 and not between.strip()


def _joined(day: TimeExpression, clock: TimeExpression, article: Article) -> TimeExpression:
    words = DateValue(day.date.start, day.date.end, clock.date.precision, article.text[day.start : clock.end], day.date.basis)
    return msgspec.structs.replace(day, end=clock.end, type="TIME", value=day.value + clock.value, date=words)

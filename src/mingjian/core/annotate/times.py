"""Time expressions of the body (TIMEX3), each resolved against an anchor that it names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.annotation import Anchor, DateValue, Precision, TimeExpression
from mingjian.core.model.article import Article, Sentence
from mingjian.core.model.span import Pair
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.profiles import DOCUMENT
from mingjian.core.text.times.context import ONE_DAY, Context, Reading
from mingjian.core.text.times.conventions import conventions_of
from mingjian.core.text.times.expressions import read_expression
from mingjian.core.text.times.grammar import GROUP, time_grammar
from mingjian.core.text.times.moments import Moment
from mingjian.core.text.times.sections import section_from, still_in
from mingjian.core.text.times.spoken import SpokenTime
from mingjian.core.text.titles import inside, titles_of
from mingjian.core.text.tokens import Token

Function: TypeAlias = Literal["at", "deadline", "as_of", "since"]
_MONTH = re.compile("[0-9]{4}-[0-9]{2}")
_REACH_OF_AHEAD = 16
_REACH_OF_NAME = 6
_REACH_OF_EVENT = 2000  # characters back in which an event is looked for that counts days
_START = attrgetter("start")
_QUOTES, _QUOTES_END = ("“", "「"), ("”", "」")
_DATED: tuple[Precision, ...] = ("second", "minute", "hour", "day", "week", "month", "quarter", "half", "year")
_PERIODS = ("quarter", "half", "month")
_CHAIN = ("second", "minute", "hour", "day", "month")


class _Page(msgspec.Struct, frozen=True):
    """The article with all that its times are read by, and where its sentences begin."""

    article: Article
    folded: str
    anchor: Anchor
    starts: Sequence[int]
    cues: Mapping[str, re.Pattern[str]]
    compared_before: tuple[str, ...]
    compared_after: tuple[str, ...]

    def sentence_at(self, place: int) -> Sentence:
        """The sentence that the place is in."""
        return self.article.sentences[max(bisect_right(self.starts, place) - 1, 0)]


def annotate_times(
    article: Article, book: Rulebook, anchor: Anchor, profile: str = DOCUMENT
) -> tuple[TimeExpression, ...]:
    """The time expressions of the body in page order, none overlapping another nor inside a title."""
    titles = titles_of(article) if profile == DOCUMENT else ()
    page = _page(article, book, anchor)
    context, place = context_at(anchor, book, profile), page.article.sentences[:1]
    times: list[TimeExpression] = []
    for token in _tokens(article, book, profile):
        if titles and inside(titles, token.start):
            continue
        sentence = page.sentence_at(token.start)
        context, place = _moved_on(context, place, sentence, article), (sentence,)
        said, base = _of_speech(
            _of_event(_told(context, token, sentence, page), token, page, times), token, page, times
        )
        reading = read_expression(token.value, said)
        if reading is None:
            continue
        expression = expression_of(token, reading, article.text, said, base)
        times.append(expression)
        if not (_compares(page, expression) or _is_other_year(token.value)):
            context = _after(context, expression, reading)
            section = section_from(article, sentence.block, expression)
            context = msgspec.structs.replace(context, section=section) if section else context
    return tuple(times)


def _page(article: Article, book: Rulebook, anchor: Anchor) -> _Page:
    words = book.tables[GROUP]
    starts = [sentence.start for sentence in article.sentences]
    before, after = tuple(words["compared_before"]), tuple(words["compared_after"])
    return _Page(article, article.folded, anchor, starts, book.cues(GROUP), before, after)


def _told(context: Context, token: Token, sentence: Sentence, page: _Page) -> Context:
    """The context with what the words of the expression and those round it say of it."""
    low = max(min(sentence.start, token.start), token.start - _REACH_OF_AHEAD)
    return msgspec.structs.replace(
        context,
        ahead=_is_coming(token, page, low),
        said=_words(token, page.folded),
        compared=page.folded.endswith(page.compared_before, 0, token.start),
    )


def _words(token: Token, folded: str) -> str:
    """The words of the expression without 在 and 于."""
    lead = token.value.lead
    return folded[lead.end if lead is not None and lead.by == "于" else token.start : token.end]


def _is_coming(token: Token, page: _Page, low: int) -> bool:
    """Whether the words before or just behind the time announce something to come."""
    if _is_due(token.value) or page.cues["ahead"].search(page.folded, low, token.start) is not None:
        return True
    return page.cues["ahead-after"].match(page.folded, token.end, token.end + _REACH_OF_AHEAD) is not None


def _of_event(context: Context, token: Token, page: _Page, times: Sequence[TimeExpression]) -> Context:
    """The context whose event is that named just before the expression, if the page told of its day: 成立三天后."""
    spoken: SpokenTime = token.value
    moment = spoken.first
    if spoken.shape != "offset" and not (moment is not None and moment.chain and moment.day_shift is not None):
        return context
    named = page.cues["happened"].search(page.folded, max(0, token.start - _REACH_OF_NAME), token.start)
    if named is None:
        return context
    word = named.group()
    place = page.folded.rfind(word, max(0, named.start() - _REACH_OF_EVENT), named.start())
    day = _day_told_with(place, page, times) if place >= 0 else None
    if day is None or day.begin is None or day.until is None:
        return msgspec.structs.replace(context, said_of=word)
    event = datetime.fromisoformat(day.begin), datetime.fromisoformat(day.until)
    return msgspec.structs.replace(context, event=event, event_pair=(day.start, day.end), said_of=word)


def _day_told_with(place: int, page: _Page, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The day that the sentence gives in which the word stands: the last one before it."""
    sentence = page.sentence_at(place)
    low, high = bisect_left(times, sentence.start, key=_START), bisect_left(times, place, key=_START)
    return next((time for time in reversed(times[low:high]) if time.date.precision == "day"), None)


def _of_speech(context: Context, token: Token, page: _Page, times: Sequence[TimeExpression]) -> tuple[Context, Anchor]:
    """What is quoted counts from the day of the speech, where the sentence begins with that day.

    去年8月，他表示，“今年…”: this is last year.
    """
    folded, sentence = page.folded, page.sentence_at(token.start)
    opening = max([folded.rfind(mark, sentence.start, token.start) for mark in _QUOTES])
    if opening < 0 or any(mark in folded[opening : token.start] for mark in _QUOTES_END):
        return context, page.anchor
    place = bisect_left(times, sentence.start, key=_START)
    day = times[place] if place < len(times) and times[place].start == sentence.start else None
    if day is None or day.date.precision not in ("day", "month") or day.begin is None or day.until is None:
        return context, page.anchor
    if page.cues["speaks"].search(folded, max(sentence.start, opening - _REACH_OF_NAME), opening + 1) is None:
        return context, page.anchor
    low, high = datetime.fromisoformat(day.begin), datetime.fromisoformat(day.until) - ONE_DAY
    spoken = msgspec.structs.replace(context, earliest=low, latest=high, basis=day.value, year=None, month=None)
    return spoken, Anchor(None, day.value, (day.start, day.end), day.date.start, day.date.end)


def context_at(anchor: Anchor, book: Rulebook, profile: str = DOCUMENT) -> Context:
    """The context in which a text begins that was published at the anchor."""
    low, high = _instant(anchor.earliest or anchor.day), _instant(anchor.latest or anchor.day)
    exact = len(anchor.day or "") > len("2024-02-21")
    conventions = conventions_of(book, profile)
    to_the_minute = conventions.lengths == "units" and len(anchor.day or "") == len("2024-02-21T07:18")
    return Context(low, high, anchor.basis, conventions, exact=exact, step=timedelta(minutes=to_the_minute))


def _instant(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso).replace(tzinfo=None) if iso else None


def _tokens(article: Article, book: Rulebook, profile: str) -> Iterator[Token]:
    grammar, outside = time_grammar(book, profile), conventions_of(book, profile).outside
    if not article.body:
        return
    seeds = grammar.seeds(article.folded, article.body[0].start, article.body[-1].end)
    for block in article.body:
        for token in grammar.read(seeds, block.start, block.end):
            yield _without_tail(token, outside)


def _without_tail(token: Token, outside: Sequence[str]) -> Token:
    """The expression without the word behind it, where that is no part of it."""
    tail = token.value.tail
    if tail is None or tail.by not in outside or token.value.shape not in ("point", "range"):
        return token
    return Token(token.start, tail.start, token.code, msgspec.structs.replace(token.value, tail=None), token.by)


def _is_due(spoken: SpokenTime) -> bool:
    """Whether the words say that it is to be reached: 到 before it, or 前 behind it."""
    if spoken.lead is not None and spoken.lead.by in ("到", "力争"):
        return True
    return spoken.shape == "point" and spoken.tail is not None and spoken.tail.by == "前"


def _moved_on(context: Context, before: Sequence[Sentence], here: Sentence, article: Article) -> Context:
    """The context at another place: a new paragraph falls back to its part's year, a new sentence forgets the month."""
    last = before[0] if before else here
    if last is here or (context.year is None and context.month is None and context.section is None):
        return context
    if last.block != here.block:
        section = context.section if context.section and still_in(article, context.section, here.block) else None
        year, pair = (section.year, section.pair) if section else (None, context.year_pair)
        return msgspec.structs.replace(context, year=year, year_pair=pair, near=False, month=None, section=section)
    return msgspec.structs.replace(context, near=False, month=None)


def _after(context: Context, expression: TimeExpression, reading: Reading) -> Context:
    """What later expressions may count from: the year and month just stated, and the last event's day."""
    bounds = reading.bounds
    if expression.type == "DATE" and reading.precision == "unknown":
        return msgspec.structs.replace(context, event=None, event_pair=None)
    if expression.type not in ("DATE", "TIME") or bounds is None or expression.function == "deadline":
        return context
    if (
        reading.precision not in _DATED
        and reading.mod is None
        and not (reading.type == "DATE" and "/" in reading.value)
    ):
        return context
    pair = (expression.start, expression.end)
    if _is_period(reading):
        context = msgspec.structs.replace(context, period=bounds, period_value=reading.value, period_pair=pair)
    if reading.precision not in _CHAIN:
        month = bounds[0].month if _MONTH.fullmatch(reading.value) else None
        return msgspec.structs.replace(context, year=bounds[0].year, year_pair=pair, near=True, month=month)
    first = bounds[0].replace(hour=0, minute=0, second=0)
    event = (first, first + ONE_DAY) if reading.precision in ("second", "minute", "hour") else bounds
    return msgspec.structs.replace(
        context, year=first.year, year_pair=pair, near=True, month=first.month, event=event, event_pair=pair
    )


def _is_period(reading: Reading) -> bool:
    """Whether others may be compared with it: a quarter, a month or its end, the days or months from one to another."""
    if reading.precision in _PERIODS or _MONTH.fullmatch(reading.value):
        return True
    return reading.precision in ("interval", "day") and "/" in reading.value


def _told_at(reading: Reading, context: Context) -> Pair | None:
    """Where the year, the period or the event stands that the reading counts from."""
    if reading.basis.endswith(f"@{context.year}"):
        return context.year_pair
    is_of_period = context.period is not None and reading.basis.endswith(f"@{context.period_value}")
    return context.period_pair if is_of_period else context.event_pair


def expression_of(token: Token, reading: Reading, text: str, context: Context, anchor: Anchor) -> TimeExpression:
    """The expression without the words before it that say nothing: 在, 于."""
    spoken: SpokenTime = token.value
    start = token.start
    if spoken.lead is not None and spoken.lead.by in context.conventions.outside:
        start = _behind(spoken.lead, text)
    function = _function(spoken, reading, context)
    reading = _sound(_used(spoken, reading, function, context))
    support: tuple[Pair, ...] = ()
    if reading.anchored and anchor.pair and (reading.low or reading.high):
        support = (anchor.pair,)
    elif reading.chained and (told := _told_at(reading, context)) is not None:
        support = (told,)
    words = DateValue(
        _first_day(reading.low), _last_day(reading.high), reading.precision, text[start : token.end], reading.basis
    )
    return TimeExpression(start=start, end=token.end, type=reading.type, value=reading.value, date=words, by=token.by,
                          mod=reading.mod, function=function, support=support, begin=_iso(reading.low),
                          until=_iso(reading.high), core=_core(spoken, token))  # fmt: skip


def _sound(reading: Reading) -> Reading:
    """The reading, without bounds where they contradict one another."""
    bounds = reading.bounds
    if bounds is None or bounds[0] < bounds[1]:
        return reading
    return msgspec.structs.replace(reading, low=None, high=None, precision="unknown")


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _core(spoken: SpokenTime, token: Token) -> Pair:
    """The words without those that lead to it, and without those after it that say how it is used."""
    start = spoken.lead.end if spoken.lead is not None else token.start
    used = spoken.tail is not None and spoken.shape in ("point", "range", "plan")
    return start, spoken.tail.start if used and spoken.tail is not None else token.end


def _behind(lead: Token, text: str) -> int:
    start = lead.end
    while text[start].isspace():
        start += 1
    return start


def _first_day(low: datetime | None) -> str | None:
    return low.date().isoformat() if low else None


def _last_day(high: datetime | None) -> str | None:
    """The last day of which an instant is before the bound."""
    return (high - timedelta(microseconds=1)).date().isoformat() if high else None


def _used(spoken: SpokenTime, reading: Reading, function: Function, context: Context) -> Reading:
    """Value, bounds and precision as the words round the date make them: since, before, after, by."""
    tail = spoken.tail.by if spoken.tail is not None and spoken.shape in ("point", "range") else ""
    low, high = reading.low, reading.high
    if reading.type == "DURATION" or low is None or spoken.shape == "vague":
        return reading
    if context.conventions.ends == "now":
        return _up_to_now(spoken, reading, function, context)
    if function == "since":
        open_end = context.conventions.since_ends == "open" or context.now is None or low >= context.now
        end = context.now if tail == "以来" and not open_end else None
        value = (
            f"{low.date()}/{context.latest.date()}"
            if end and context.latest and len(reading.value) == 4
            else reading.value
        )
        return msgspec.structs.replace(reading, value=value, high=end, precision="interval" if end else "after")
    if tail == "前" or (function == "as_of" and context.conventions.before_ends == "start"):
        return _before(spoken, reading, low, function, context)
    if function == "at" and tail == "后" and not reading.chained and high is not None:
        counts = high - low <= ONE_DAY or _counts(spoken)
        return msgspec.structs.replace(reading, low=low if counts else high, high=None, precision="after")
    return reading


def _counts(spoken: SpokenTime) -> bool:
    """Whether the words say that the time itself belongs to what is before or after it: 及以前, 或之后."""
    return spoken.tail is not None and isinstance(spoken.tail.value, Mapping) and "through" in spoken.tail.value


def _before(spoken: SpokenTime, reading: Reading, low: datetime, function: Function, context: Context) -> Reading:
    """Before a time: until its first day is over, until it begins, or until it is over, as the words say."""
    if context.conventions.before_ends == "start":
        return msgspec.structs.replace(reading, low=None, high=low, precision="before")
    if function == "deadline":
        return msgspec.structs.replace(reading, low=context.earliest)
    if function != "at":
        return reading
    high = reading.high if _counts(spoken) else low + ONE_DAY
    return msgspec.structs.replace(reading, low=None, high=high, precision="before")


def _up_to_now(spoken: SpokenTime, reading: Reading, function: Function, context: Context) -> Reading:
    """Before it: to its end, from now if that is to come. Since or after it: from its beginning until now, or open."""
    low, high, now = reading.low, reading.high, context.now
    tail = spoken.tail.by if spoken.tail is not None else ""
    bounded = spoken.shape != "point" or tail in ("内", "期间", "止") or (not tail and function != "since")
    if bounded or low is None or high is None:
        return reading
    if tail == "前":
        ahead = context.earliest is not None and high > context.earliest
        return msgspec.structs.replace(reading, low=context.earliest if ahead else None, precision="before")
    over = now is not None and low < now
    return msgspec.structs.replace(reading, high=now if over else None, precision="interval" if over else "after")


def _function(spoken: SpokenTime, reading: Reading, context: Context) -> Function:
    lead = spoken.lead.by if spoken.lead is not None else ""
    tail = spoken.tail.by if spoken.tail is not None and spoken.shape in ("point", "range") else ""
    past = reading.high is not None and context.earliest is not None and reading.high <= context.earliest + ONE_DAY
    if lead == "截至" or (spoken.vague is not None and spoken.vague.as_of):
        return "as_of"
    if lead in ("到", "力争"):
        return "as_of" if past else "deadline"
    if tail in ("以来", "起", "开始") or (lead == "自" and (spoken.shape != "range" or spoken.last is None)):
        return "since"
    over = reading.high is not None and context.earliest is not None and reading.high <= context.earliest
    if reading.mod == "EQUAL_OR_LESS" or (tail == "前" and not over and reading.low is not None):
        return "deadline"
    return "deadline" if not past and spoken.first is not None and _is_in_year(spoken.first) else "at"


def _is_in_year(moment: Moment) -> bool:
    return moment.part == "年内"


def _is_other_year(spoken: SpokenTime) -> bool:
    """Whether the time is the same period of another year, which is only ever compared with."""
    return spoken.first is not None and spoken.first.same_period


def _compares(page: _Page, time: TimeExpression) -> bool:
    """Whether the time is only what another is measured against: 比去年同期, 较4月末."""
    return page.folded.startswith(page.compared_after, time.end) or page.folded.endswith(
        page.compared_before, 0, time.start
    )

"""Words of time read anew, once another page has told the day that they count from."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import TypeAlias

import msgspec

from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.profiles import DOCUMENT
from mingjian.core.text.times.context import ONE_DAY, Context
from mingjian.core.text.times.conventions import conventions_of
from mingjian.core.text.times.expressions import read_expression
from mingjian.core.text.times.grammar import time_grammar

Days: TypeAlias = tuple[int | None, int | None]
"""Day numbers of the first and the last day."""


def counted_from_event(words: str, first: int | None, last: int | None) -> Days | None:
    """The days that the words mean, counted from an event that lies between two days.

    >>> counted_from_event("7天后", 738907, 738907), counted_from_event("次日", 738907, 738909)
    ((738914, 738914), (738908, 738910))
    """
    low, high = (None if day is None else _counted_from_day(words, day) for day in (first, last))
    return None if low is None and high is None else (low and low[0], high and high[1])


@lru_cache(maxsize=4096)
def _counted_from_day(words: str, day: int) -> Days | None:
    low, conventions = _midnight(day), conventions_of(bundled_rulebook(), DOCUMENT)
    event = (low, low + ONE_DAY)
    return _read(words, Context(low, low, "event", conventions, event=event, year=low.year, month=low.month))


@lru_cache(maxsize=4096)
def counted_from_page(words: str, first: int | None, last: int | None) -> Days | None:
    """The days that the words mean on a page that came out between two days.

    >>> counted_from_page("去年2月", date(2025, 8, 1).toordinal(), date(2025, 8, 31).toordinal())
    (738917, 738945)
    """
    earliest, latest = (None if day is None else _midnight(day) for day in (first, last))
    return _read(words, Context(earliest, latest, "published", conventions_of(bundled_rulebook(), DOCUMENT)))


def _midnight(day: int) -> datetime:
    return datetime.combine(date.fromordinal(day), time())


def _read(words: str, context: Context) -> Days | None:
    grammar, folded = time_grammar(bundled_rulebook(), DOCUMENT), fold(words)
    token = next(grammar.read(grammar.seeds(folded), 0, len(folded)), None)
    reading = None if token is None else read_expression(token.value, msgspec.structs.replace(context, said=words))
    if reading is None or (reading.low is None and reading.high is None):
        return None
    last = None if reading.high is None else (reading.high - datetime.resolution).toordinal()
    return (None if reading.low is None else reading.low.toordinal(), last)

"""When a mention says that its event happened, as days that can be compared."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from mingjian.core.link.things.settings import thing_cues, thing_settings
from mingjian.core.model.facts import Event
from mingjian.core.model.things import PageCard
from mingjian.core.text.folding import fold

_NO_WORDS = ("not-stated", "inferred:")
_OTHERS = ("same-as:", "relative:", "explicit", "reported:")


class Told(msgspec.Struct, frozen=True, gc=False):
    """The first and the last day on which the event may have happened, as day numbers; either may be open.

    ``soft``: no words date it, only its place on the page does. ``month`` and ``day`` are told by words of which the
    year is not known.
    """

    first: int | None
    last: int | None
    soft: bool = False
    month: int | None = None
    day: int | None = None

    @property
    def days(self) -> int | None:
        """How many days there are between both."""
        return None if self.first is None or self.last is None else self.last - self.first

    @property
    def is_undated(self) -> bool:
        """Whether nothing bounds it."""
        return self.first is None and self.last is None

    @property
    def is_open(self) -> bool:
        """Whether nothing says when it begins."""
        return self.first is None


def told_by(event: Event, page: PageCard) -> Told:
    """What a mention says.

    A plan that carries the day on which it was made known is to come from then on; what has happened did so by the
    day of its page.
    """
    first, last = day_number(event.date.start), day_number(event.date.end)
    basis = event.date.basis
    published = day_number(page.published_to)
    if event.date.text is None and not basis.startswith((*_NO_WORDS, *_OTHERS)):
        return _from_day_made_known(event, first, last)
    if event.actuality == "realised" and published is not None and (first is None or first <= published):
        last = published if last is None else min(last, published)
    soft = basis.startswith(_NO_WORDS) or (first is None and last is None)
    month, day = _calendar(event.date.text) if first is None else (None, None)
    return Told(first, last, soft, month, day)


def _calendar(words: str | None) -> tuple[int | None, int | None]:
    """Month and day in the words: of a page without a day nothing else is known."""
    found = thing_cues()["month-day"].search(fold(words or ""))
    if found is None:
        return None, None
    month, day = found["month"], found["day"] or found["only"]
    return None if month is None else int(month), None if day is None else int(day)


def _from_day_made_known(event: Event, first: int | None, last: int | None) -> Told:
    if event.actuality == "planned":
        return Told(first, None, soft=True)
    back = thing_settings().events.news_days
    return Told(None if first is None else first - back, last, soft=True)


def day_number(iso: str | None) -> int | None:
    """The number of a day from ISO words, ``None`` for those without a day.

    >>> day_number("2024-02-21") - day_number("2024-02-19"), day_number(None)
    (2, None)
    """
    return None if iso is None else date.fromisoformat(iso[:10]).toordinal()


def iso_day(number: int | None) -> str | None:
    """The ISO day of a number."""
    return None if number is None else date.fromordinal(number).isoformat()


def gap(one: Told, other: Told) -> int:
    """The days between the last day of the one and the first of the other, nought where both may be one day.

    >>> gap(Told(10, 12), Told(15, 20)), gap(Told(10, None), Told(15, 20)), gap(Told(None, None), Told(1, 2))
    (3, 0, 0)
    """
    after = other.first - one.last if other.first is not None and one.last is not None else 0
    before = one.first - other.last if one.first is not None and other.last is not None else 0
    return max(after, before, 0)


def are_on_other_days(one: Told, other: Told) -> bool:
    """Whether month or day contradict one another, though the year of one or both is not known."""
    if one.first is not None and other.first is not None:
        return False
    (month, day), (other_month, other_day) = _month_and_day(one), _month_and_day(other)
    months_differ = month is not None and other_month is not None and month != other_month
    return months_differ or (day is not None and other_day is not None and day != other_day)


def are_on_one_calendar_day(one: Told, other: Told) -> bool:
    """Whether both tell month and day, and the same."""
    day = _month_and_day(one)
    return None not in day and day == _month_and_day(other)


def _month_and_day(told: Told) -> tuple[int | None, int | None]:
    if told.first is None or told.last is None:
        return told.month, told.day
    first, last = date.fromordinal(told.first), date.fromordinal(told.last)
    month = first.month if (first.year, first.month) == (last.year, last.month) else None
    return month, first.day if first == last else None


def common(one: Told, other: Told) -> Told:
    """The days on which both may be."""
    firsts = [day for day in (one.first, other.first) if day is not None]
    lasts = [day for day in (one.last, other.last) if day is not None]
    return Told(max(firsts, default=None), min(lasts, default=None), one.soft and other.soft)


def months_of(told: Told, most: int) -> tuple[str, ...]:
    """The months over which an interval of at most so many days reaches."""
    if told.first is None or told.last is None or told.last - told.first > most:
        return ()
    day, last = date.fromordinal(told.first).replace(day=1), date.fromordinal(told.last)
    found = []
    while day <= last:
        found.append(day.isoformat()[:7])
        day = (day + timedelta(32)).replace(day=1)
    return tuple(found)


def year_of(told: Told) -> int | None:
    """The year in which it lies, where it lies in one."""
    if told.first is None or told.last is None:
        return None
    first, last = date.fromordinal(told.first).year, date.fromordinal(told.last).year
    return first if first == last else None

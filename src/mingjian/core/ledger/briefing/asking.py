"""What a brief is asked for in people's words, and what that means."""

from __future__ import annotations

from datetime import date, timedelta

from mingjian.core.ledger.asking import days_of
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.ledger.places import code_of_place
from mingjian.core.model.brief import Scope
from mingjian.errors import QuestionError

Words = tuple[str, ...]


def scope_of(topic: Words, regions: Words, days: tuple[str | None, str | None, str | None], today: str) -> Scope:
    """The scope of a brief; ``days`` are since, until and as of: days, months or years, or nothing.

    Without ``since`` the last month counts, without ``until`` all up to the day of the brief, which is ``today`` or the
    day that is asked for. Raises ``QuestionError`` for what is no day or place, and for days the wrong way round.
    """
    for region in regions:
        code_of_place(region)
    since, until, as_of = days
    day = days_of(as_of)[1] if as_of else today
    last = days_of(until)[1] if until else day
    first = days_of(since)[0] if since else _before(last)
    if first > last:
        raise QuestionError(since or first, f"is later than {until or last}", "give the earlier day first")
    return Scope(day=day, since=first, until=last, topic=topic, regions=regions, known=as_of is not None)


def _before(day: str) -> str:
    """The day a month before, or the first of all days."""
    month = timedelta(days=brief_settings().limits["month"])
    found = date.fromisoformat(day)
    return str(found - month if found - date.min > month else date.min)

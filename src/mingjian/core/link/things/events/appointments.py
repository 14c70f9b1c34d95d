"""Whether two mentions tell of one appointment: of one person, to one post, at one time."""

from __future__ import annotations

from mingjian.core.link.things.events.profiles import EventProfile
from mingjian.core.link.things.events.times import common
from mingjian.core.link.things.settings import EventSettings, thing_cues
from mingjian.core.model.things import OPEN, Verdict

_WEIGHT = 65


def judge_appointments(first: EventProfile, second: EventProfile, settings: EventSettings) -> Verdict:
    """What two appointments are whose times do not contradict one another."""
    shared = sorted(set(first.people) & set(second.people))
    if not shared:
        return Verdict("apart", "other-actors", 0, (*first.people, *second.people))
    days, post = common(first.told, second.told).days, post_of(first.words)
    if days is None or days > settings.soft_days or post is None or post != post_of(second.words):
        return OPEN
    return Verdict("same", "same-post", _WEIGHT, (shared[0], post))


def post_of(words: str) -> str | None:
    """The rank to which the words name somebody, without whose it is.

    >>> post_of("周岚为云州市数据局局长"), post_of("周岚被任命为副局长"), post_of("周岚获奖")
    ('局长', '副局长', None)
    """
    found = thing_cues()["post"].search(words)
    return None if found is None else f"{found['deputy'] or ''}{found['rank']}"

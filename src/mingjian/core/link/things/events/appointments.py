"""Whether two mentions tell of one appointment: of one person, to one post, at one time."""

from __future__ import annotations

from mingjian.core.link.things.events.profiles import EventProfile
from mingjian.core.link.things.events.times import common
from mingjian.core.link.things.settings import EventSettings, thing_cues
from mingjian.core.model.things import OPEN, Verdict

_WEIGHT = 65


def judge_appointments(first: EventProfile, second: EventProfile, settings: EventSettings) -> Verdict:
    """What two appointments are whose times do not contradict one another."""
    shared = sorted(set(first.names) & set(second.names))
    if not shared:
        known = first.people and second.people
        return Verdict("apart", "other-actors", 0, (*first.people, *second.people)) if known else OPEN
    days, (post, rank), others = common(first.told, second.told).days, post_of(first.words), post_of(second.words)
    most = settings.one_of_its_kind if post == others[0] else settings.soft_days
    if not rank or rank != others[1] or days is None or days > most:
        return OPEN
    return Verdict("same", "same-post", _WEIGHT, (shared[0], rank))


def post_of(words: str) -> tuple[str, str]:
    """The post that the words name at their end, and its rank without whose it is; empty where they name none.

    >>> post_of("周岚为云州市数据局局长"), post_of("周岚被任命为副局长"), post_of("周岚获奖")
    (('云州市数据局局长', '局长'), ('副局长', '副局长'), ('', ''))
    """
    found = thing_cues()["post"].search(words)
    return ("", "") if found is None else (found["post"], f"{found['deputy'] or ''}{found['rank']}")

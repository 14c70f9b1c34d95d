"""By what mentions of events find one another."""

from __future__ import annotations

from collections.abc import Iterator

from mingjian.core.link.things.events.naming import common_part
from mingjian.core.link.things.events.profiles import EventProfile
from mingjian.core.link.things.events.times import iso_day, months_of
from mingjian.core.link.things.settings import thing_cues, thing_settings

_FIGURES = 3  # so many of the numbers of a telling are keys


def event_keys(profile: EventProfile) -> tuple[str, ...]:
    """The keys of a mention: the ends of its names, the days with who acts, its numbers with who acts, its words.

    A document is found by the end of its title, a name that is borne again and again only with a day.
    """
    if profile.page is not None:
        return ()
    return tuple(f"{profile.family}:{key}" for key in dict.fromkeys(_keys(profile)))


def _keys(profile: EventProfile) -> Iterator[str]:
    settings = thing_settings().events
    days = _days(profile, settings.exact_days)
    for name in map(common_part, profile.names):
        if profile.type in settings.documents:
            yield name[-settings.certain :]
        elif thing_cues()["frequent"].search(name):
            yield from (f"{name[-settings.suffix :]}:{day}" for day in days)
        else:
            yield from (name[: settings.suffix], name[-settings.suffix :])
    if not profile.names:
        months = months_of(profile.told, settings.soft_days)
        yield from (f"{actor}:{month}" for actor in profile.actors for month in months)
        yield f"={profile.words}"
    yield from (f"{actor}:{day}" for actor in (*profile.actors, *profile.others) for day in days)
    yield from (f"{actor}:{figure}" for actor in profile.actors for figure in profile.figures[:_FIGURES])


def _days(profile: EventProfile, most: int) -> list[str | None]:
    """The days of a mention that tells them exactly."""
    first, last = profile.told.first, profile.told.last
    if first is None or last is None or last - first > most:
        return []
    return [iso_day(day) for day in range(first, last + 1)]

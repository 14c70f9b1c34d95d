"""By what mentions of events find one another."""

from __future__ import annotations

from collections.abc import Iterator

from mingjian.core.link.things.events.profiles import EventProfile
from mingjian.core.link.things.events.times import iso_day, months_of
from mingjian.core.link.things.settings import thing_cues, thing_settings

_FIGURES = 3  # so many of the numbers of a telling are keys


def event_keys(profile: EventProfile) -> tuple[str, ...]:
    """The keys of a mention: the ends of its names, the days with who acts, its numbers with who acts, its words.

    A name that comes back (a weekly meeting, a yearly one) is a key only with a month.
    """
    if profile.page is not None:
        return ()
    return tuple(f"{profile.family}:{key}" for key in dict.fromkeys(_keys(profile)))


def _keys(profile: EventProfile) -> Iterator[str]:
    settings, frequent = thing_settings().events, thing_cues()["frequent"]
    months = months_of(profile.told, settings.soft_days)
    for name in profile.names:
        for end in _ends(name, settings.suffix):
            if frequent.search(name):
                yield from (f"{end}:{month}" for month in months)
            else:
                yield end
    if not profile.names:
        yield from (f"{actor}:{month}" for actor in profile.actors for month in months)
        yield f"={profile.words}"
    if profile.told.days is not None and profile.told.days <= settings.exact_days:
        day = iso_day(profile.told.first)
        yield from (f"{actor}:{day}" for actor in (*profile.actors, *profile.others))
    yield from (f"{actor}:{figure}" for actor in profile.actors for figure in profile.figures[:_FIGURES])


def _ends(name: str, length: int) -> Iterator[str]:
    """The first and the last characters of a name: of two of which one holds the other, one of them is common."""
    yield name[:length]
    yield name[-length:]

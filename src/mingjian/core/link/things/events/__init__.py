"""Events: one thing that happened, whichever pages tell of it."""

from __future__ import annotations

from mingjian.core.link.things.events.judging import judge_events
from mingjian.core.link.things.events.keys import event_keys
from mingjian.core.link.things.events.naming import normal_name
from mingjian.core.link.things.events.profiles import EventProfile, event_profiles
from mingjian.core.link.things.linking import Linking


def event_linking() -> Linking[EventProfile]:
    """How events are linked."""
    return Linking(
        kind="event",
        profile_type=EventProfile,
        profiles=event_profiles,
        keys=event_keys,
        judge=judge_events,
        slots=lambda profile: profile.names,
        called=lambda profile: profile.called,
        named=lambda name: (normal_name(name),),
    )

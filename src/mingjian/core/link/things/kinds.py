"""All kinds of things, and how each is linked."""

from __future__ import annotations

from functools import lru_cache

from mingjian.core.link.things.events import event_linking
from mingjian.core.link.things.linking import AnyLinking
from mingjian.core.link.things.organisations import organisation_linking
from mingjian.core.model.things import ThingKind


@lru_cache(maxsize=1)
def linkings() -> tuple[AnyLinking, ...]:
    """How the things of each kind are linked."""
    return (organisation_linking(), event_linking())


def slots_of_name(kind: ThingKind, name: str) -> tuple[str, ...]:
    """The slots that a thing of a kind bears which another fact calls so; none for a kind that is not linked."""
    found = (linking.named(name) for linking in linkings() if linking.kind == kind)
    return next(found, ())

"""All kinds of things, and how each is linked."""

from __future__ import annotations

from functools import lru_cache

from mingjian.core.link.stories.linking import story_linking
from mingjian.core.link.things.events import event_linking
from mingjian.core.link.things.funds import fund_linking
from mingjian.core.link.things.linking import AnyLinking
from mingjian.core.link.things.organisations import organisation_linking
from mingjian.core.link.things.people import person_linking
from mingjian.core.link.things.policies import policy_linking
from mingjian.core.link.things.programmes import programme_linking
from mingjian.core.link.things.resources import resource_linkings
from mingjian.core.link.things.statements import statement_linkings
from mingjian.core.link.things.statistics import statistic_linking
from mingjian.core.link.things.targets import target_linking
from mingjian.core.model.things import ThingKind


@lru_cache(maxsize=1)
def linkings() -> tuple[AnyLinking, ...]:
    """How the things of each kind are linked."""
    return (
        organisation_linking(),
        event_linking(),
        policy_linking(),
        programme_linking(),
        target_linking(),
        statistic_linking(),
        person_linking(),
        fund_linking(),
        *resource_linkings(),
        *statement_linkings(),
        story_linking(),
    )


def slots_of_name(kind: ThingKind, name: str) -> tuple[str, ...]:
    """The slots that a thing of a kind bears which another fact calls so; none for a kind that is not linked."""
    found = (linking.named(name) for linking in linkings() if linking.kind == kind)
    return next(found, ())

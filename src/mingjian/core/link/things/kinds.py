"""All kinds of things, and how each is linked."""

from __future__ import annotations

from functools import lru_cache

from mingjian.core.link.things.linking import AnyLinking
from mingjian.core.link.things.organisations import organisation_linking


@lru_cache(maxsize=1)
def linkings() -> tuple[AnyLinking, ...]:
    """How the things of each kind are linked."""
    return (organisation_linking(),)

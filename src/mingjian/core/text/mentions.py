"""Where names stand, in page order, for annotators that attach a fact to the nearest of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mingjian.core.model.facts import Names, Organisation, Person, Region
from mingjian.core.model.span import Pair


class Mention(NamedTuple):
    """One place that names an organisation, a person or a region."""

    start: int
    end: int
    bearer: Organisation | Person | Region

    @property
    def pair(self) -> Pair:
        """The two ends."""
        return (self.start, self.end)


def mentions_of(bearers: Iterable[Organisation | Person | Region]) -> tuple[Mention, ...]:
    """All places that name one of the bearers, in page order, the longer first where two begin together."""
    found = (Mention(start, end, bearer) for bearer in bearers for start, end in bearer.mentions)
    return tuple(sorted(found, key=lambda mention: (mention.start, -mention.end)))


def mentions_of_names(names: Names) -> tuple[Mention, ...]:
    """All places that name an organisation, a person or a region, without those inside a longer one."""
    kept: list[Mention] = []
    for mention in mentions_of((*names.organisations, *names.people, *names.regions)):
        if not kept or mention.end > kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def mentions_between(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """The mentions that lie inside ``start..end``."""
    first = bisect_left(mentions, (start,))
    last = bisect_left(mentions, (end,), first)
    return [mention for mention in mentions[first:last] if mention.end <= end]


def nearest_before(mentions: Sequence[Mention], end: int) -> Mention | None:
    """The mention that stands nearest before ``end``."""
    for mention in reversed(mentions):
        if mention.end <= end:
            return mention
    return None

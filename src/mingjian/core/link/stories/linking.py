"""Stories as things: the mention is the page as a whole, by its title."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.core.link.stories.judging import judge
from mingjian.core.link.stories.profiles import StoryProfile, keys_of, profile_of
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.model.facts import Fact
from mingjian.core.model.outcome import Cited
from mingjian.core.model.record import Record
from mingjian.core.model.things import PageCard

RULE = "story.page"


class Story(Fact, frozen=True, kw_only=True):
    """A page that tells an event: the evidence is its title, or its first sentence where it has none."""

    title: str


def story_linking() -> Linking[StoryProfile]:
    """How stories are identified."""
    return Linking(
        kind="story",
        profile_type=StoryProfile,
        profiles=_profiles,
        keys=keys_of,
        judge=judge,
        slots=lambda profile: (profile.title,),
        called=lambda profile: profile.title,
    )


def story_of(record: Record) -> Story | None:
    """The story of a record; ``None`` where it has neither title nor summary."""
    title = record.title.evidence if isinstance(record.title, Cited) else None
    evidence = title or next(iter(record.summary), None)
    if evidence is None:
        return None
    return Story(evidence=evidence, by=RULE, id=f"{RULE}:{evidence.start}:{evidence.end}", title=evidence.text)


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[StoryProfile]]:
    story, profile = story_of(record), profile_of(page, record)
    if story is not None and profile is not None:
        yield Profiled(story, msgspec.structs.replace(profile, title=profile.title or story.title))

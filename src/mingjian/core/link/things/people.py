"""People: one name at one body, or with a title that one person holds."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.wording import plain, shorter_of
from mingjian.core.model.facts import Person
from mingjian.core.model.record import Record
from mingjian.core.model.things import OPEN, PageCard, Verdict


class PersonProfile(msgspec.Struct, frozen=True, gc=False):
    """A name, and the bodies and titles that the page gives, sorted."""

    name: str
    bodies: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    called: str = ""


def person_linking() -> Linking[PersonProfile]:
    """How people are identified."""
    return Linking(
        kind="person",
        profile_type=PersonProfile,
        profiles=_profiles,
        keys=lambda profile: (profile.name,),
        judge=_judge,
        slots=lambda profile: (profile.name,),
        called=lambda profile: profile.called,
        named=lambda name: (plain(name),),
    )


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[PersonProfile]]:
    for person in record.people:
        yield Profiled(person, person_profile(person, page))


def person_profile(person: Person, page: PageCard) -> PersonProfile:
    """What of a person decides who it is."""
    relative = identity_cues()["relative"]
    bodies = [person.affiliation, *(post.affiliation for post in person.posts)]
    titles = [person.title, *(post.title for post in person.posts)]
    named = {plain(page.called.get(body, body)) for body in bodies if body}
    return PersonProfile(
        name=plain(person.name),
        bodies=tuple(sorted(body for body in named if body and not relative.search(body))),
        titles=tuple(sorted({plain(title) for title in titles if title})),
        called=person.name,
    )


def _judge(first: PersonProfile, second: PersonProfile) -> Verdict:
    if first.name != second.name:
        return OPEN
    name = shorter_of(first.called, second.called)
    shared = sorted(shorter_of(one, other) for one in first.bodies for other in second.bodies if _is_one(one, other))
    if shared:
        return Verdict("same", "same-name-body", 80, (name, shared[0]))
    if _holds_alone(first) and _holds_alone(second):
        return Verdict(
            "same",
            "same-name-title",
            60,
            (name, *sorted(set(first.titles) & set(second.titles))),
        )
    if len(first.name) >= identity_settings().people.long and not (first.bodies and second.bodies):
        return Verdict("same", "same-full-name", 40, (name,))
    return OPEN


def _is_one(body: str, other: str) -> bool:
    """Whether two names are of one body, or of a body and its part."""
    return body.startswith(other) or body.endswith(other) or other.startswith(body) or other.endswith(body)


def _holds_alone(profile: PersonProfile) -> bool:
    """Whether the person bears a title of which there is one."""
    return any(identity_cues()["sovereign"].search(title) for title in profile.titles)

"""People: one name at one body, or with a title that one person holds."""

from __future__ import annotations

from collections.abc import Iterator

from mingjian.core.link.things.alone import Telling, keys_unless_alone, settled
from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.spheres import COUNTRY, sphere_called
from mingjian.core.link.things.wording import plain, shorter_of
from mingjian.core.model.facts import Person
from mingjian.core.model.record import Record
from mingjian.core.model.things import OPEN, PageCard, Verdict


class PersonProfile(Telling, frozen=True, gc=False):
    """A name, and the bodies and titles that the page gives, sorted; ``local`` bodies are others in every place."""

    name: str
    bodies: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    called: str = ""


def person_linking() -> Linking[PersonProfile]:
    """How people are identified."""
    return Linking(
        kind="person",
        profile_type=PersonProfile,
        profiles=_profiles,
        keys=keys_unless_alone(lambda profile: (profile.name,)),
        judge=_judge,
        slots=lambda profile: (profile.name,),
        called=lambda profile: profile.called,
        named=lambda name: (plain(name),),
    )


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[PersonProfile]]:
    for person in record.people:
        yield Profiled(person, settled(person_profile(person, page), page, _judge))


def person_profile(person: Person, page: PageCard) -> PersonProfile:
    """What of a person decides who it is."""
    cues = identity_cues()
    bodies = [person.affiliation, *(post.affiliation for post in person.posts)]
    titles = [person.title, *(post.title for post in person.posts)]
    named = {plain(page.called.get(body, body)) for body in bodies if body} - {""}
    return PersonProfile(
        name=plain(person.name),
        bodies=tuple(sorted(body for body in named if not cues["relative"].search(body))),
        titles=tuple(sorted({plain(title) for title in titles if title})),
        local=tuple(sorted(body for body in named if cues["local"].search(body))),
        called=person.name,
    )


def _judge(first: PersonProfile, second: PersonProfile) -> Verdict:
    if first.name != second.name:
        return OPEN
    name = shorter_of(first.called, second.called)
    shared = sorted(shorter_of(one, other) for one in first.bodies for other in second.bodies if _is_one(one, other))
    if shared:
        return Verdict("same", "same-name-body", 80, (name, shared[0]))
    titles = sorted(set(first.titles) & set(second.titles))
    if (_leads(first) and _leads(second)) or any(identity_cues()["head"].search(title) for title in titles):
        return Verdict("same", "same-name-title", 60, (name, *titles))
    return _by_name(first, second, name)


def _by_name(first: PersonProfile, second: PersonProfile, name: str) -> Verdict:
    """People of one name, of whom at least one page says too little: one, where few bear such a name."""
    if len(name) < identity_settings().people.rare:
        return OPEN
    local = sorted(set(first.local) & set(second.local))
    if local and set(first.titles) & set(second.titles):
        return Verdict("same", "same-name-post", 50, (name, local[0]))
    long = len(name) >= identity_settings().people.long and not (first.bodies and second.bodies)
    if long or _may_be(first, second) or _may_be(second, first):
        return Verdict("same", "same-full-name", 40, (name,))
    return OPEN


def _may_be(bare: PersonProfile, other: PersonProfile) -> bool:
    """Whether a name without any post is that of somebody of whom other pages say as little, or whom all know."""
    return _is_bare(bare) and (_leads(other) or _is_bare(other))


def _is_one(body: str, other: str) -> bool:
    """Whether two names are of one body, or of a body and its part."""
    return body.startswith(other) or body.endswith(other) or other.startswith(body) or other.endswith(body)


def _is_bare(profile: PersonProfile) -> bool:
    """Whether the page says nothing but the name."""
    return not (profile.bodies or profile.titles or profile.local)


def _leads(profile: PersonProfile) -> bool:
    """Whether the person bears a title of which there is one at a time."""
    cues = identity_cues()
    if any(cues["sovereign"].search(title) for title in profile.titles):
        return True
    leads = any(cues["leader"].search(title) for title in profile.titles)
    return leads and any(sphere_called(body) == COUNTRY for body in profile.bodies)

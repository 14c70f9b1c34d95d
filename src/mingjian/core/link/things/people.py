"""People: one name at one body, or with a title that one person holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from mingjian.core.link.things.alone import Telling, keys_unless_alone, settled
from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.organs import Organ, are_one_organ, organ_of
from mingjian.core.link.things.spheres import COUNTRY, sphere_called
from mingjian.core.link.things.wording import plain, shorter_of
from mingjian.core.model.facts import Person
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair
from mingjian.core.model.things import OPEN, PageCard, Verdict

_FIRMS = frozenset({"company", "soe", "group"})
_ORGANS = frozenset({"government", "party"})
_EMPLOYERS = frozenset({*_FIRMS, *_ORGANS, "university", "research", "institution", "association"})
_BUSINESS = "executive"


class PersonProfile(Telling, frozen=True, gc=False):
    """A name, and the bodies and titles that the page gives, sorted; ``local`` bodies are others in every place.

    ``around`` are the bodies that a page names which gives the person none. ``organs`` are the bodies that are organs
    of a place. Who has a title of firms or organs and no body is taken to be of the last one named before it, if near.
    """

    name: str
    bodies: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    organs: tuple[Organ, ...] = ()
    called: str = ""
    around: tuple[str, ...] = ()


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
    bodies = _bodies_of(record)
    for person in record.people:
        profile = person_profile(person, page, _near(person, bodies))
        if not _has_body(person):
            profile = msgspec.structs.replace(profile, around=_around(person, page, record))
        yield Profiled(person, settled(profile, page, _judge))


def _has_body(person: Person) -> bool:
    """Whether the page says of which body the person is."""
    return bool(person.affiliation) or any(post.affiliation for post in person.posts)


def _around(person: Person, page: PageCard, record: Record) -> tuple[str, ...]:
    """The bodies that the page names, of the kind that gives such a title, and no others in every place; sorted."""
    title, cues = plain(person.title or ""), identity_cues()
    kinds = _FIRMS if cues["of-business"].search(title) else _EMPLOYERS - _FIRMS if title else _EMPLOYERS
    named = {plain(page.called.get(one.name, one.name)) for one in record.organisations if one.type in kinds}
    return tuple(sorted(body for body in named if not cues["relative"].search(body)))


def _bodies_of(record: Record) -> list[tuple[Pair, str, bool]]:
    """Where the page names firms and organs, what it calls them, and whether it is a firm."""
    found = [
        (pair, one.name, one.type in _FIRMS)
        for one in record.organisations
        if one.type in _FIRMS or one.type in _ORGANS
        for pair in one.mentions
    ]
    for action in record.company_actions:
        found += [(pair, action.company, True) for pair in action.parts.get("company", ())]
    for person in record.people:
        spans = (post.affiliation_span for post in person.posts if post.role == _BUSINESS)
        found += [(span.pair, span.text, True) for span in spans if span is not None]
    return sorted(found)


def _near(person: Person, bodies: Sequence[tuple[Pair, str, bool]]) -> str | None:
    """The firm or organ last named before a post that the page tells without one, as the title goes with either."""
    if person.title is None or _has_body(person):
        return None
    cues, title, start = identity_cues(), plain(person.title), person.evidence.start
    firm = cues["of-business"].search(title) is not None
    if not firm and cues["of-organs"].search(title) is None:
        return None
    low = start - identity_settings().people.near
    fitting = [name for pair, name, is_firm in bodies if low <= pair[0] and pair[1] <= start and is_firm == firm]
    return fitting[-1] if fitting else None


def person_profile(person: Person, page: PageCard, near: str | None = None) -> PersonProfile:
    """What of a person decides who it is; ``near`` is the body that goes with a title told without one."""
    cues = identity_cues()
    bodies = [person.affiliation, *(post.affiliation for post in person.posts), near]
    titles = [person.title, *(post.title for post in person.posts)]
    organs = {organ for body in bodies if body and (organ := organ_of(body, page)) is not None}
    named = {plain(page.called.get(body, body)) for body in bodies if body} - {""}
    return PersonProfile(
        name=plain(person.name),
        bodies=tuple(sorted(body for body in named if not cues["relative"].search(body))),
        titles=tuple(sorted({plain(title) for title in titles if title})),
        local=tuple(sorted(body for body in named if cues["local"].search(body))),
        organs=tuple(sorted(organs)),
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
    organs = sorted(one.name for one in first.organs for other in second.organs if are_one_organ(one, other))
    if organs:
        return Verdict("same", "same-name-post", 50, (name, organs[0]))
    local = sorted(set(first.local) & set(second.local))
    if local and set(first.titles) & set(second.titles) and not _are_apart(first, second):
        return Verdict("same", "same-name-post", 50, (name, local[0]))
    near = sorted(_named_around(first, second) | _named_around(second, first))
    if near:
        return Verdict("same", "same-name-near", 45, (name, near[0]))
    long = _is_seldom(first.name) and not all(one.bodies or one.local for one in (first, second))
    if long or _may_be(first, second) or _may_be(second, first):
        return Verdict("same", "same-full-name", 40, (name,))
    return OPEN


def _named_around(bare: PersonProfile, other: PersonProfile) -> set[str]:
    """The bodies of the one that the page names which gives the other none."""
    return {body for body in other.bodies if any(_is_one(body, each) for each in bare.around)}


def _is_seldom(name: str) -> bool:
    """Whether few bear such a name: it is long, or its surname is none of the most common."""
    settings = identity_settings().people
    return len(name) >= settings.long or name[0] not in settings.common


def _are_apart(first: PersonProfile, second: PersonProfile) -> bool:
    """Whether both are of organs of places, and of no place both."""
    ones, others = ({organ.place for organ in each.organs if organ.place} for each in (first, second))
    return bool(ones and others and not ones & others)


def _may_be(bare: PersonProfile, other: PersonProfile) -> bool:
    """Whether a name without any post is that of somebody of whom other pages say as little, or whom all know."""
    return _is_bare(bare) and (_leads(other) or _is_bare(other))


def _is_one(body: str, other: str) -> bool:
    """Whether two names are of one body, or of a body and its part; firms go without their form and their place."""
    body, other = (identity_cues()["legal-form"].sub("", name) or name for name in (body, other))
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

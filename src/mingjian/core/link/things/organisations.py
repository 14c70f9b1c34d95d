"""Organisations: one body under all its names."""

from __future__ import annotations

from collections.abc import Iterator

from mingjian.core.link.things.alone import Telling, keys_unless_alone, settled
from mingjian.core.link.things.identities import identity_cues
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.spheres import differ, sphere_called
from mingjian.core.link.things.wording import plain, shorter_of
from mingjian.core.model.facts import Organisation
from mingjian.core.model.record import Record
from mingjian.core.model.things import OPEN, PageCard, Verdict


class OrganisationProfile(Telling, frozen=True, gc=False):
    """The row of a lexicon where one lists the body, else what it is called, and whose organ it is."""

    called: str
    name: str
    entity: str | None = None
    region: str | None = None


def organisation_linking() -> Linking[OrganisationProfile]:
    """How organisations are identified."""
    return Linking(
        kind="organisation",
        profile_type=OrganisationProfile,
        profiles=_profiles,
        keys=keys_unless_alone(_keys),
        judge=_judge,
        slots=lambda profile: (profile.name,),
        called=lambda profile: profile.called,
        named=lambda name: (plain(name),),
    )


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[OrganisationProfile]]:
    for one in record.organisations:
        yield Profiled(one, settled(organisation_profile(one), page, _judge))


def organisation_profile(one: Organisation) -> OrganisationProfile:
    """What of an organisation decides which it is; a group of bodies goes by one name."""
    called = one.canonical or one.name
    group = sphere_called(called) if one.type == "group" else None
    return OrganisationProfile(called, plain((group or called).removeprefix("group:")), one.entity, one.region)


def _keys(profile: OrganisationProfile) -> tuple[str, ...]:
    return (profile.entity or profile.name,)


def _judge(first: OrganisationProfile, second: OrganisationProfile) -> Verdict:
    if first.entity is not None and first.entity == second.entity:
        return Verdict("same", "same-entity", 100, (shorter_of(first.called, second.called),))
    if first.name != second.name or None not in (first.entity, second.entity):
        return OPEN
    if differ(first.region, second.region):
        return OPEN
    relative = first.region is None and identity_cues()["relative"].search(first.name) is not None
    return OPEN if relative else Verdict("same", "same-name", 50, (shorter_of(first.called, second.called),))

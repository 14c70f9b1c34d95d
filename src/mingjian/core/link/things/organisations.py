"""Organisations: one body under all its names."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.model.record import Record
from mingjian.core.model.things import OPEN, PageCard, Verdict


class OrganisationProfile(msgspec.Struct, frozen=True, gc=False):
    """The row of a lexicon where one lists the body, else what it is called."""

    called: str
    entity: str | None = None


def organisation_linking() -> Linking[OrganisationProfile]:
    """How organisations are identified."""
    return Linking(
        kind="organisation",
        profile_type=OrganisationProfile,
        profiles=_profiles,
        keys=_keys,
        judge=_judge,
        slots=lambda profile: (profile.called,),
        called=lambda profile: profile.called,
    )


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[OrganisationProfile]]:
    for one in record.organisations:
        yield Profiled(one, OrganisationProfile(one.canonical or one.name, one.entity))


def _keys(profile: OrganisationProfile) -> tuple[str, ...]:
    return (profile.entity or profile.called,)


def _judge(first: OrganisationProfile, second: OrganisationProfile) -> Verdict:
    if first.entity is not None and first.entity == second.entity:
        return Verdict("same", "same-entity", 100, (first.entity,))
    if first.called == second.called and None in (first.entity, second.entity):
        return Verdict("same", "same-name", 50, (first.called,))
    return OPEN

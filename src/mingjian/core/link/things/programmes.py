"""Programmes: campaigns and projects under one name, of one owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from mingjian.core.link.things.identities import identity_cues
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.spheres import COUNTRY, place_before, sphere_called, sphere_of
from mingjian.core.link.things.wording import both, plain
from mingjian.core.model.facts import Programme
from mingjian.core.model.record import Record
from mingjian.core.model.things import OPEN, PageCard, Verdict
from mingjian.core.text.folding import fold

_QUOTED = re.compile(r"[“\"「『‘]([^”\"」』’]{2,30})[”\"」』’]")
_LONGEST_OWNER = 8


class ProgrammeProfile(msgspec.Struct, frozen=True, gc=False):
    """What a programme is called without its owner and its kind, what kind it is, and whose it is where told."""

    called: str
    core: str
    campaign: str
    owner: str | None = None


class ProgrammeName(msgspec.Struct, frozen=True, gc=False):
    """The parts of a programme's name."""

    core: str
    campaign: str
    owner: str | None


def programme_linking() -> Linking[ProgrammeProfile]:
    """How programmes are identified."""
    return Linking(
        kind="programme",
        profile_type=ProgrammeProfile,
        profiles=_profiles,
        keys=lambda profile: (profile.core,) if profile.core else (),
        judge=_judge,
        slots=lambda profile: (profile.core,) if profile.core else (),
        called=lambda profile: profile.called,
        named=lambda name: (core,) if (core := programme_name(name).core) else (),
    )


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[ProgrammeProfile]]:
    for one in record.programmes:
        yield Profiled(one, programme_profile(one, page))


def programme_profile(programme: Programme, page: PageCard) -> ProgrammeProfile:
    """What of a programme decides which it is."""
    name = programme_name(programme.name)
    owner = name.owner or sphere_of(programme.owner, page)
    return ProgrammeProfile(programme.name, name.core, name.campaign, owner)


@lru_cache(maxsize=65536)
def programme_name(name: str) -> ProgrammeName:
    """A programme's name, taken apart.

    >>> programme_name("央企“AI+”专项行动")
    ProgrammeName(core='ai+', campaign='专项行动', owner='group:中央企业')
    """
    cues = identity_cues()
    whole = plain(name)
    owner, rest = _owner_before(whole)
    kind = cues["campaign"].search(rest)
    campaign = "" if kind is None else kind[0]
    core = rest[: kind.start()] if kind is not None else rest
    quoted = _QUOTED.search(fold(name))
    if quoted is not None and core.startswith(inner := plain(quoted[1])):
        core, campaign = inner, rest[len(inner) :]
    if cues["generic"].search(core + campaign) or not core:
        return ProgrammeName("", campaign, owner)
    return ProgrammeName(core, campaign, owner)


def _owner_before(whole: str) -> tuple[str | None, str]:
    """Whose a programme is whose name begins with its owner's, and the name without it."""
    for length in range(min(_LONGEST_OWNER, len(whole) - 2), 1, -1):
        sphere = sphere_called(whole[:length])
        if sphere is not None and not sphere.startswith("body:"):
            return sphere, whole[length:]
    code, rest = place_before(whole)
    return code, rest


def _judge(first: ProgrammeProfile, second: ProgrammeProfile) -> Verdict:
    if not first.core or first.core != second.core:
        return OPEN
    if first.campaign != second.campaign and first.campaign and second.campaign:
        return OPEN
    on = (first.core + (first.campaign or second.campaign),)
    if None in (first.owner, second.owner):
        return Verdict("same", "same-name", 60, on)
    if first.owner == second.owner or (_is_national(first.owner) and _is_national(second.owner)):
        return Verdict("same", "same-name-owner", 80, on)
    if _is_place(first.owner) and _is_place(second.owner):
        return Verdict("apart", "other-owner", 0, both(first.owner, second.owner))
    return OPEN


def _is_national(owner: str | None) -> bool:
    return owner == COUNTRY or (owner or "").startswith("group:")


def _is_place(owner: str | None) -> bool:
    return owner is not None and (owner.isdecimal() or _is_national(owner))

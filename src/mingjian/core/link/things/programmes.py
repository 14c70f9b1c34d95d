"""Programmes: campaigns and projects under one name, of one owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from mingjian.core.link.things.alone import Telling, keys_unless_alone, settled
from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.spheres import COUNTRY, is_place, place_before, sphere_called, sphere_of
from mingjian.core.link.things.wording import both, plain
from mingjian.core.model.facts import Programme
from mingjian.core.model.record import Record
from mingjian.core.model.things import OPEN, PageCard, Verdict
from mingjian.core.text.folding import fold

_QUOTED = re.compile(r"[“\"「『‘]([^”\"」』’]{2,30})[”\"」』’]")
_LONGEST_OWNER = 8


class ProgrammeProfile(Telling, frozen=True, gc=False):
    """What a programme is called without its owner and its kind, what kind it is, and whose it is where told.

    ``also`` is what the page calls it besides. A name of numerals alone (百千工程) is taken to be of the one place that
    the page is about.
    """

    called: str
    core: str
    campaign: str
    owner: str | None = None
    proper: bool = False
    also: tuple[str, ...] = ()


class ProgrammeName(msgspec.Struct, frozen=True, gc=False):
    """The parts of a programme's name."""

    core: str
    campaign: str
    owner: str | None
    proper: bool


def programme_linking() -> Linking[ProgrammeProfile]:
    """How programmes are identified."""
    return Linking(
        kind="programme",
        profile_type=ProgrammeProfile,
        profiles=_profiles,
        keys=keys_unless_alone(_cores),
        judge=_judge,
        slots=_cores,
        called=lambda profile: profile.called,
        named=lambda name: (core,) if (core := programme_name(name).core) else (),
    )


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[ProgrammeProfile]]:
    for one in record.programmes:
        yield Profiled(one, settled(programme_profile(one, page), page, _judge))


def programme_profile(programme: Programme, page: PageCard) -> ProgrammeProfile:
    """What of a programme decides which it is."""
    name = programme_name(programme.name)
    given = programme.parts.get("alias", ())
    also = {programme_name(one.text).core for one in programme.support if one.pair in given} - {name.core, ""}
    level = identity_cues()["level"].match(plain(programme.name))
    owner = name.owner or sphere_of(programme.owner, page) or (page.homes.get(level["level"]) if level else None)
    if owner is None and any(map(_counts_alone, (name.core, *also))):
        owner = next(iter(page.homes.values())) if len(page.homes) == 1 else None
    return ProgrammeProfile(programme.name, name.core, name.campaign, owner, name.proper, tuple(sorted(also)))


def _cores(profile: ProgrammeProfile) -> tuple[str, ...]:
    return tuple(dict.fromkeys(core for core in (profile.core, *profile.also) if core))


def _counts_alone(core: str) -> bool:
    """Whether the name is numerals alone, which many places call theirs."""
    return identity_cues()["counts-alone"].search(core) is not None


@lru_cache(maxsize=65536)
def programme_name(name: str) -> ProgrammeName:
    """A programme's name, taken apart.

    >>> programme_name("央企“AI+”专项行动")
    ProgrammeName(core='ai+', campaign='专项行动', owner='group:中央企业', proper=True)
    """
    cues = identity_cues()
    whole = plain(name)
    owner, rest = _owner_before(whole)
    kind = cues["campaign"].search(rest)
    campaign = "" if kind is None else kind[0]
    core = rest[: kind.start()] if kind is not None else rest
    counted = cues["counted-name"].search(rest)
    if counted is not None:
        return ProgrammeName(counted["core"], "", owner, proper=True)
    quoted = _QUOTED.search(fold(name))
    if quoted is not None:
        core, campaign = _quoted_core(plain(quoted[1]), rest, (core, campaign))
    if cues["generic"].search(core + campaign) or not core:
        return ProgrammeName("", campaign, owner, proper=False)
    if cues["national-plan"].search(core):
        owner = owner or COUNTRY
    return ProgrammeName(core, campaign, owner, quoted is not None or len(core) >= identity_settings().names.long)


def _quoted_core(inner: str, rest: str, otherwise: tuple[str, str]) -> tuple[str, str]:
    """The quoted part of a name and the kind behind it, where only that stands there."""
    behind = rest[len(inner) :]
    kind = identity_cues()["campaign"].match(behind)
    whole = kind is not None and kind.end() == len(behind)
    return (inner, behind) if rest.startswith(inner) and whole else otherwise


def _owner_before(whole: str) -> tuple[str | None, str]:
    """Whose a programme is whose name begins with its owner's, and the name without it."""
    for length in range(min(_LONGEST_OWNER, len(whole) - 2), 1, -1):
        sphere = sphere_called(whole[:length])
        if sphere is not None and not sphere.startswith("body:"):
            return sphere, whole[length:]
    code, rest = place_before(whole)
    return code, rest


def _judge(first: ProgrammeProfile, second: ProgrammeProfile) -> Verdict:
    shared = [core for core in _cores(first) if core in _cores(second)]
    if not shared:
        return OPEN
    if first.campaign != second.campaign and first.campaign and second.campaign and first.core == second.core:
        return OPEN
    on = (min(shared, key=lambda core: (-len(core), core)) + (first.campaign or second.campaign),)
    if first.owner is None or second.owner is None:
        told = first.owner or second.owner
        named = (first.proper and second.proper) or not is_place(told)
        return Verdict("same", "same-name", 60, on) if named and not all(map(_counts_alone, shared)) else OPEN
    if first.owner == second.owner:
        return Verdict("same", "same-name-owner", 80, on)
    if all(is_place(one) or one == COUNTRY for one in (first.owner, second.owner)):
        return Verdict("apart", "other-owner", 0, both(first.owner, second.owner))
    return OPEN

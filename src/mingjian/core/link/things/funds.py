"""Funds: one of a place, of a kind and for a purpose, whatever its size on the day and however short it is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from mingjian.core.link.things.alone import Telling, keys_unless_alone, settled
from mingjian.core.link.things.figures import significant, told_within
from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.resources import is_proper, slots_of_named
from mingjian.core.link.things.spheres import heads_of, is_place, place_before, short_place, sphere_of, sphere_of_any
from mingjian.core.link.things.wording import both, plain, shorter_of
from mingjian.core.model.record import Record
from mingjian.core.model.resources import Fund
from mingjian.core.model.things import OPEN, PageCard, Verdict
from mingjian.core.text.numerals import parse_numeral

_YUAN = "CNY"


class FundProfile(Telling, frozen=True, gc=False):
    """What tells one fund from another.

    ``place`` is whose it is, as places are compared in names; ``kind`` the word that says which kind of fund it is,
    with the number of a later one of a row; ``purpose`` what is left of its name without place, kind and common words.
    ``size`` is the amount told, ``told`` the day on which the page of one without a place was published. ``places`` are
    words that may be the place where nothing tells it.
    """

    called: str
    kind: str
    purpose: str
    place: str | None = None
    size: str = ""
    told: str | None = None
    places: tuple[str, ...] = ()


class _Name(msgspec.Struct, frozen=True):
    """A fund's name in its parts; ``points``: it names nothing by itself, and means one named elsewhere on the page."""

    kind: str
    purpose: str
    place: str | None
    points: bool


def fund_linking() -> Linking[FundProfile]:
    """How funds are identified."""
    return Linking(
        kind="fund",
        profile_type=FundProfile,
        profiles=_profiles,
        keys=keys_unless_alone(_keys, _keys_of_places),
        judge=_judge,
        slots=lambda profile: (plain(profile.called),) if is_proper(profile.called) else (),
        called=lambda profile: profile.called,
        named=slots_of_named,
    )


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[FundProfile]]:
    names = [_name_of(fund, page) for fund in record.funds]
    for number, fund in enumerate(record.funds):
        meant = _meant(names, number)
        yield Profiled(fund, settled(fund_profile(fund, page, meant), page, _judge))


def fund_profile(fund: Fund, page: PageCard, name: _Name | None = None) -> FundProfile:
    """What of a fund decides which it is; ``name`` is what the page calls it elsewhere, where this one points."""
    parts = name or _name_of(fund, page)
    size = _size(fund) if name is None else ""
    told = None if parts.place else page.published_from
    bare = parts.place is None and not parts.purpose
    tells = bool(size and not parts.kind) or identity_cues()["fund-one"].search(parts.kind) is not None
    places = heads_of(page) if bare and tells else ()
    return FundProfile(fund.name, parts.kind, parts.purpose, parts.place, size, told, places)


def _size(fund: Fund) -> str:
    """The amount told, or that by which the fund is called."""
    if fund.amount is not None:
        return f"{fund.amount.normalize():f} {fund.unit}"
    called = identity_cues()["fund-sized"].search(plain(fund.name))
    amount = parse_numeral(called["size"]) if called else None
    return "" if amount is None else f"{amount.normalize():f} {_YUAN}"


def _name_of(fund: Fund, page: PageCard) -> _Name:
    """The parts of the name that a fact gives a fund."""
    cues = identity_cues()
    whole = plain(fund.name)
    rest = cues["fund-form"].sub("", cues["sized"].sub("", cues["fund-sized"].sub("", whole)))
    found = cues["fund-kind"].search(rest)
    kind, before = (
        ("", rest) if found is None else (f"{found['kind'] or ''}{found['row'] or ''}", rest[: found.start()])
    )
    place, purpose = _place_of(cues["fund-points"].sub("", before), page)
    points = place is None and not cues["fund-common"].sub("", purpose)
    if place is None:
        told = sphere_of_any((fund.region, fund.manager), page)
        place = short_place(told) if told is not None and is_place(told) else None
    if place is None and points and cues["fund-one"].search(kind) and len(page.homes) == 1:
        place = short_place(next(iter(page.homes.values())))
    return _Name(kind, cues["fund-common"].sub("", purpose), place, points)


def _place_of(words: str, page: PageCard) -> tuple[str | None, str]:
    """The place with which the words begin, in full or by its level alone, and the words behind it."""
    place, rest = place_before(words)
    if place is not None:
        return short_place(place), rest
    homes = {short_place(home) for home in page.homes.values()}
    stem = next((each for each in sorted(homes, key=len, reverse=True) if words.startswith(each)), None)
    if stem is not None:
        return stem, words.removeprefix(stem)
    level = identity_cues()["fund-level"].match(words)
    if level is None:
        return None, words
    whose = sphere_of(level["level"], page)
    return (short_place(whose) if whose else None), words[level.end() :]


def _meant(names: Sequence[_Name], number: int) -> _Name | None:
    """The fund of the page that a name means that only points: that of its kind, the one told of last before others."""
    name = names[number]
    if not name.points:
        return None
    fuller = [each for each in names if not each.points and _may_be(name, each)]
    before = [each for each in names[:number] if not each.points and _may_be(name, each)]
    return before[-1] if before else fuller[0] if len(set(fuller)) == 1 else None


def _may_be(short: _Name, full: _Name) -> bool:
    return not short.kind or short.kind == full.kind


def _keys(profile: FundProfile) -> tuple[str, ...]:
    owners = dict.fromkeys(filter(None, (profile.place, _own(profile), *profile.places)))
    return (
        *(f"{owner}|{profile.kind}" for owner in owners),
        *((f"{owner}|{profile.size}" for owner in owners) if profile.size else ()),
        *((f"{profile.kind}|{profile.purpose}|{profile.size}",) if profile.size else ()),
        *((profile.purpose,) if _tells(profile) else ()),
    )


def _keys_of_places(profile: FundProfile) -> tuple[str, ...]:
    """By what one that tells more finds a fund that is only called one."""
    told = [profile.kind] if profile.kind else [profile.size]
    return tuple(f"{place}|{each}" for place in profile.places for each in told)


def _own(profile: FundProfile) -> str | None:
    """What may be the name of a place that no page gives in full, at the head of a name."""
    own = identity_cues()["common"].sub("", profile.purpose)
    return own if profile.place is None and own and profile.purpose.startswith(own) else None


def _tells(profile: FundProfile) -> bool:
    """Whether a name tells by itself which fund is meant: it has words of its own, and is long."""
    own = identity_cues()["common"].sub("", profile.purpose)
    settings = identity_settings().names
    return len(own) >= settings.proper and len(profile.purpose) >= settings.long


def _judge(first: FundProfile, second: FundProfile) -> Verdict:
    on = (shorter_of(first.called, second.called),)
    owner = _owner(first, second)
    if owner is None:
        alike = first.place is None or second.place is None
        return _without_owner(first, second) if alike else _elsewhere(first, second)
    if first.kind != second.kind:
        return Verdict("same", "same-size", 55, on) if _is_called_by_size(first, second) else OPEN
    purposes = [_purpose(each, owner) for each in (first, second)]
    if all(purposes) and not any(one in other for one, other in (purposes, purposes[::-1])):
        return Verdict("apart", "other-name", 0, both(*purposes))
    if first.size and first.size == second.size:
        return Verdict("same", "same-size", 70, (*on, first.size))
    if identity_cues()["fund-one"].search(first.kind):
        return Verdict("same", "same-name-owner", 75 if purposes[0] == purposes[1] else 60, (*on, owner))
    told = bool(first.size and second.size)
    same = purposes[0] == purposes[1] and all(purposes) and not told
    return Verdict("same", "same-name-owner", 65, (*on, owner)) if same else OPEN


def _owner(first: FundProfile, second: FundProfile) -> str | None:
    """Whose both are: the same place, or a place with whose name the other begins; nothing where they may differ."""
    if first.place is not None and first.place == second.place:
        return first.place
    for one, other in ((first, second), (second, first)):
        told = one.place is not None and other.place is None
        if told and one.place and (other.purpose.startswith(one.place) or one.place in other.places):
            return one.place
    own = _own(first)
    return own if own is not None and own == _own(second) else None


def _purpose(profile: FundProfile, owner: str) -> str:
    return profile.purpose.removeprefix(owner)


def _is_called_by_size(first: FundProfile, second: FundProfile) -> bool:
    """Whether one is called a fund and no more, for the same purpose or none, and is of the other's size."""
    bare = next((each for each in (first, second) if not each.kind), None)
    alike = first.purpose == second.purpose or (bare is not None and not bare.purpose)
    return bare is not None and alike and bool(first.size) and first.size == second.size


def _elsewhere(first: FundProfile, second: FundProfile) -> Verdict:
    only = first.kind == second.kind and identity_cues()["fund-one"].search(first.kind)
    if not only and (first.kind, first.purpose) != (second.kind, second.purpose):
        return OPEN
    return Verdict("apart", "other-owner", 0, both(first.place, second.place))


def _without_owner(first: FundProfile, second: FundProfile) -> Verdict:
    """One name that tells by itself, or one size of one kind for one purpose in the news of about one time."""
    if (first.kind, first.purpose) != (second.kind, second.purpose):
        return OPEN
    on = (shorter_of(first.called, second.called),)
    if _tells(first):
        return Verdict("same", "same-name", 60, on)
    settings = identity_settings()
    telling = (
        len(first.purpose) >= settings.names.metric
        or significant(first.size.split(" ")[0]) >= settings.figures.specific
    )
    near = told_within(first.told, second.told, settings.figures.season)
    same = first.size and first.size == second.size and telling and near
    return Verdict("same", "same-size", 45, (*on, first.size)) if same else OPEN

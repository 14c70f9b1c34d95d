"""Systems, compute, data sets and reports: things with names, and things that are only described."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from mingjian.core.link.things.alone import Telling, keys_unless_alone, settled
from mingjian.core.link.things.figures import significant, told_within
from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.phases import Centre, centre_of, nameless_part, part_of
from mingjian.core.link.things.spheres import differ, home_of, is_place, place_before, sphere_of, sphere_of_any
from mingjian.core.link.things.titles import is_short, title_of, year_in
from mingjian.core.link.things.wording import both, likeness, one_ends_with_other, plain, shorter_of, tail
from mingjian.core.model.facts import Fact, Normalized
from mingjian.core.model.record import Record
from mingjian.core.model.resources import Compute, Dataset, Report, System
from mingjian.core.model.things import FIELDS, OPEN, PageCard, ThingKind, Verdict
from mingjian.core.text.folding import fold

_FIRST, _ONE = "首", "第一"
_END = 3  # last characters that say what kind of thing it is: 子基金, 数据集
_QUOTED = re.compile(r"\A[“\"「『‘《][^”\"」』’》]{2,40}[”\"」』’》]\Z")


class NamedProfile(Telling, frozen=True, gc=False):
    """What tells one named thing from another.

    ``entity`` is the row of a lexicon, ``number`` that of a standard, ``proper`` whether the name is more than a
    description; ``size`` an amount that two pages would hardly give to two things. ``words`` are those of the clause,
    where the name is none, ``told`` the day on which the page with a thing that has a size was published. Of data sets
    that are counted, ``count`` is how many and ``batch`` which batch they are. ``places`` are words
    of which one may be missing before the name.
    """

    called: str
    name: str
    proper: bool
    entity: str | None = None
    version: str | None = None
    number: str | None = None
    sphere: str | None = None
    size: str = ""
    year: int | None = None
    words: str = ""
    told: str | None = None
    batch: str | None = None
    count: str = ""
    places: tuple[str, ...] = ()


def resource_linkings() -> tuple[Linking[NamedProfile], ...]:
    """How things with names are identified, one linking a kind."""
    return (
        _linking("system", system_profile),
        _linking("compute", compute_profile),
        _linking("dataset", dataset_profile),
        _linking("report", report_profile),
    )


def _linking(kind: ThingKind, profile: Callable[[Any, PageCard], NamedProfile]) -> Linking[NamedProfile]:
    def profiles(page: PageCard, record: Record) -> Iterator[Profiled[NamedProfile]]:
        facts: tuple[Fact, ...] = getattr(record, FIELDS[kind])
        centre = centre_of(record, page) if kind == "compute" and facts else None
        for fact in facts:
            found = profile(fact, page)
            if isinstance(fact, Compute) and centre is not None:
                found = _sited(found, fact, centre)
            if not found.proper and found.size:
                found = msgspec.structs.replace(found, told=page.published_from)
            yield Profiled(fact, settled(found, page, _judge))

    return Linking(
        kind=kind,
        profile_type=NamedProfile,
        profiles=profiles,
        keys=keys_unless_alone(_keys),
        judge=_judge,
        slots=_slots,
        called=lambda one: one.called,
        named=slots_of_named,
    )


def _sited(profile: NamedProfile, compute: Compute, centre: Centre) -> NamedProfile:
    """The profile under the name of the centre, and its phase, that the page tells of."""
    named = part_of(compute, centre)
    if named is not None:
        return msgspec.structs.replace(profile, name=named, proper=True, words="", sphere=None)
    bare = nameless_part(compute) if centre.places else None
    if bare is None:
        nameless = identity_cues()["points-at-site"].search(plain(profile.called)) is not None
        words = plain(compute.evidence.text)
        return msgspec.structs.replace(profile, proper=False, words=words) if nameless else profile
    return msgspec.structs.replace(profile, name=bare, proper=True, words="", sphere=None, places=centre.places)


def system_profile(system: System, page: PageCard) -> NamedProfile:
    """What of a system decides which it is."""
    return _profile(
        system,
        system.canonical or system.name,
        entity=system.entity,
        version=plain(system.version) if system.version else None,
        sphere=sphere_of(system.owner, page),
    )


def compute_profile(compute: Compute, page: PageCard) -> NamedProfile:
    """What of compute decides which it is."""
    sizes = (_size(compute.capacity), *(f"{one:f}" for one in (compute.accelerators, compute.racks) if one))
    sphere = sphere_of_any((compute.region, compute.owner), page)
    return _profile(compute, compute.name, sphere=sphere, size=" ".join(filter(None, sizes)))


def dataset_profile(dataset: Dataset, page: PageCard) -> NamedProfile:
    """What of a data set decides which it is."""
    count = "" if dataset.count is None else f"{dataset.count:f}"
    size = " ".join(filter(None, (_size(dataset.size), count)))
    profile = _owned(dataset, _profile(dataset, dataset.name, sphere=sphere_of(dataset.owner, page), size=size))
    batch = batch_in(dataset.evidence.text)
    if batch is None and (profile.proper or significant(count) < identity_settings().figures.specific):
        return profile
    sphere = profile.sphere or home_of(page)
    return msgspec.structs.replace(profile, batch=batch, count=count, sphere=sphere, told=page.published_from)


def batch_in(words: str) -> str | None:
    """Which batch the words tell of: 首批 is the first.

    >>> batch_in("首批数据集"), batch_in("第二批数据集"), batch_in("一批数据集")
    ('第一', '第二', None)
    """
    found = identity_cues()["batch"].search(plain(words))
    return found["batch"].replace(_FIRST, _ONE) if found else None


def _owned(fact: Fact, profile: NamedProfile) -> NamedProfile:
    """The profile of what hardly ever has a name of its own: without quotation marks, only with its owner's."""
    if not profile.proper or profile.sphere is not None or is_set_off(profile.called):
        return profile
    return msgspec.structs.replace(profile, proper=False, words=plain(fact.evidence.text))


def is_set_off(name: str) -> bool:
    """Whether a name stands in quotation marks, or is the only one in the country."""
    return _QUOTED.search(fold(name)) is not None or identity_cues()["national-name"].search(plain(name)) is not None


def report_profile(report: Report, page: PageCard) -> NamedProfile:
    """What of a report decides which it is."""
    title = title_of(report.name)
    years = title.years or ((int(report.date[:4]),) if report.date else ())
    issuer = sphere_of(report.issuer, page)
    # Who tells of a report is often taken for who made it: a long title needs no issuer.
    told = issuer if is_short(title.core) or is_place(issuer) else title.place
    return msgspec.structs.replace(
        _profile(report, report.name, sphere=told),
        name=plain(title.core),
        proper=bool(title.core) and not title.generic,
        number=plain(report.number) if report.number else None,
        year=max(years, default=year_in(report.evidence.text)),
    )


def _profile(
    fact: Fact, name: str, *, sphere: str | None, entity: str | None = None, version: str | None = None, size: str = ""
) -> NamedProfile:
    place, core = place_before(plain(name))
    proper = is_proper(name)
    return NamedProfile(
        called=name,
        name=core if core and place is not None and sphere in (None, place) else plain(name),
        proper=proper,
        entity=entity,
        version=version,
        sphere=sphere or place,
        size=size,
        words="" if proper or entity else plain(fact.evidence.text),
    )


def _size(amount: Normalized | None) -> str:
    return "" if amount is None else f"{amount.value:f} {amount.unit}"


def is_proper(name: str) -> bool:
    """Whether a name is more than a description of common words.

    >>> is_proper("城市级智能算力平台"), is_proper("“焕新社区”"), is_proper("Foobar大模型")
    (False, True, True)
    """
    cues = identity_cues()
    if cues["national-name"].search(plain(name)):
        return True
    _, rest = place_before(plain(name))
    left = len(cues["common"].sub("", rest))
    return left >= identity_settings().names.proper or (left > 0 and _QUOTED.search(fold(name)) is not None)


def _keys(profile: NamedProfile) -> tuple[str, ...]:
    if profile.batch or profile.count:
        batches = (f"{profile.batch} {each}" for each in (profile.sphere, profile.count) if each and profile.batch)
        counted = (f"{profile.count} {profile.sphere}",) if profile.count and profile.sphere else ()
        return (*batches, *counted, tail(profile.words))
    if profile.entity:
        return (f"entity {profile.entity}",)
    if profile.number:
        return (f"number {profile.number}",)
    if profile.proper:
        return (profile.name, *(f"{place}{profile.name}" for place in profile.places))
    sized = (f"{profile.sphere} {profile.size}",) if profile.sphere and profile.size else ()
    dated = (f"{profile.size} {_described(profile)[-_END:]}",) if profile.told else ()
    return (*sized, *dated, tail(profile.words))


def _judge(first: NamedProfile, second: NamedProfile) -> Verdict:
    counted = _counted(first, second)
    if counted is not None:
        return counted
    if first.number or second.number:
        same = first.number == second.number
        return Verdict("same", "same-number", 100, (first.number or "",)) if same else OPEN
    if first.entity or second.entity:
        same = first.entity == second.entity and first.version == second.version
        return Verdict("same", "same-entity", 100, (shorter_of(first.called, second.called),)) if same else OPEN
    if differ(first.sphere, second.sphere):
        return _apart_where_alike(first, second)
    if first.year is not None and second.year is not None and first.year != second.year:
        return Verdict("apart", "other-year", 0, both(str(first.year), str(second.year)))
    return _by_name(first, second) if first.proper and second.proper else _by_words(first, second)


def _counted(first: NamedProfile, second: NamedProfile) -> Verdict | None:
    """What the batches say, and how many they are; nothing where they are not told."""
    if first.batch and second.batch:
        return _of_batch(first, second)
    told = first.count and second.count and (first.batch or second.batch)
    return _as_many(first, second) if told else None


def _of_batch(first: NamedProfile, second: NamedProfile) -> Verdict:
    """One batch of one owner, or of as many, in the news of about a year."""
    near = told_within(first.told, second.told, identity_settings().figures.year)
    if first.batch != second.batch or differ(first.sphere, second.sphere) or not near:
        return OPEN
    if first.count and second.count and first.count != second.count:
        return Verdict("apart", "other-figures", 0, both(first.count, second.count))
    if first.count == second.count != "":
        return Verdict("same", "same-figure", 55, (first.count,))
    owned = first.sphere is not None and first.sphere == second.sphere
    return Verdict("same", "same-name-owner", 50, (first.batch or "", first.sphere or "")) if owned else OPEN


def _as_many(first: NamedProfile, second: NamedProfile) -> Verdict:
    """As many of one owner in the news of about one time, where one page does not say which batch."""
    near = told_within(first.told, second.told, identity_settings().figures.month)
    same = first.count == second.count and first.sphere is not None and first.sphere == second.sphere
    return Verdict("same", "same-figure", 50, (first.count,)) if same and near else OPEN


def _apart_where_alike(first: NamedProfile, second: NamedProfile) -> Verdict:
    if first.name != second.name:
        return OPEN
    return Verdict("apart", "other-owner", 0, both(first.sphere, second.sphere))


def _by_name(first: NamedProfile, second: NamedProfile) -> Verdict:
    if first.name != second.name or differ(first.version, second.version):
        return _by_place(first, second)
    if first.sphere is None or second.sphere is None:
        return Verdict("same", "same-name", 60, (shorter_of(first.called, second.called),))
    return Verdict("same", "same-name-owner", 80, (shorter_of(first.called, second.called), first.sphere))


def _by_place(first: NamedProfile, second: NamedProfile) -> Verdict:
    """A name that lacks only the place with which the other begins; other centres of one kind are apart."""
    for bare, full in ((first, second), (second, first)):
        if any(full.name == f"{place}{bare.name}" for place in bare.places):
            return Verdict("same", "same-name", 55, (shorter_of(first.called, second.called),))
    kinds = [identity_cues()["phase-of-kind"].search(each.name) for each in (first, second)]
    if all(kinds) and not first.places and not second.places and len({one.group() for one in kinds if one}) == 1:
        return Verdict("apart", "other-name", 0, both(first.name, second.name))
    return OPEN


def _by_words(first: NamedProfile, second: NamedProfile) -> Verdict:
    """Things that are only described: by owner and size, or by the whole clause."""
    if first.size and first.size == second.size and first.sphere is not None and first.sphere == second.sphere:
        return Verdict("same", "same-size", 70, (shorter_of(first.called, second.called), first.size))
    least = identity_settings().names.words
    if first.size == second.size and one_ends_with_other(first.words, second.words, least):
        return Verdict("same", "same-clause", 50, (shorter_of(first.called, second.called),))
    return _by_size(first, second)


def _by_size(first: NamedProfile, second: NamedProfile) -> Verdict:
    """Things of one size that the news of about one time describe alike."""
    settings = identity_settings()
    ones, others = _described(first), _described(second)
    alike = ones[-_END:] == others[-_END:] and likeness(ones, others) >= settings.figures.described
    shorter = shorter_of(ones, others)
    telling = len(shorter) >= settings.names.long or significant(first.size.split(" ")[0]) >= settings.figures.specific
    if not first.size or first.size != second.size or not alike or not telling:
        return OPEN
    if not told_within(first.told, second.told, settings.figures.season):
        return OPEN
    return Verdict("same", "same-size", 45, (shorter, first.size))


def _described(profile: NamedProfile) -> str:
    """The words of a description without the size."""
    return identity_cues()["sized"].sub("", profile.name)


def _slots(profile: NamedProfile) -> tuple[str, ...]:
    return (profile.name,) if profile.proper or profile.entity else ()


def slots_of_named(name: str) -> tuple[str, ...]:
    """What a thing is found by that another fact calls so; nothing for a description."""
    return (plain(name),) if is_proper(name) else ()

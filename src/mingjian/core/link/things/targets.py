"""Targets: one aim of one body by one day, whoever tells of it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.core.link.things.alone import Telling, keys_unless_alone, settled
from mingjian.core.link.things.figures import significant
from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.metrics import agree, fit, is_noun, metric_in, says_what, slot_of
from mingjian.core.link.things.policies import owners_of_policies
from mingjian.core.link.things.spheres import differ, sphere_of, sphere_of_any
from mingjian.core.link.things.target_names import target_names, words_of_target
from mingjian.core.link.things.territories import in_one_place, nearby, territory_in, territory_of
from mingjian.core.link.things.titles import title_of
from mingjian.core.link.things.wording import both, masked, one_ends_with_other, plain, shorter_of, tail
from mingjian.core.model.facts import Normalized, Target
from mingjian.core.model.record import Record
from mingjian.core.model.things import OPEN, PageCard, Verdict

DUE, AIM, OLD = "due:", "aim:", "old:"
"""What the slots of a target begin with that hold its day, and its number, beside what it counts; the number given up.
"""


class TargetProfile(Telling, frozen=True, gc=False):
    """What tells one target from another.

    ``value`` is the number in base units with its comparator, empty for a target in words; ``words`` are those of the
    target in words, or those around the number. ``deadline`` is the day by which it is due, ``policy`` the title of the
    document that sets it, ``near`` the places of the page of a number that says of none whose it is,
    ``old`` the number that the page says it takes the place of.
    """

    called: str
    words: str
    sphere: str | None = None
    policy: str | None = None
    metric: str | None = None
    value: str = ""
    unit: str | None = None
    change: str | None = None
    deadline: str | None = None
    near: tuple[str, ...] = ()
    old: str = ""


def target_linking() -> Linking[TargetProfile]:
    """How targets are identified."""
    return Linking(
        kind="target",
        profile_type=TargetProfile,
        profiles=_profiles,
        keys=keys_unless_alone(_keys, _keys_of_figure),
        judge=_judge,
        slots=_slots,
        called=lambda profile: profile.called,
    )


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[TargetProfile]]:
    owners = owners_of_policies(page, record) if record.targets else {}
    names = target_names(record.targets)
    for target, name in zip(record.targets, names, strict=True):
        profile = target_profile(target, page, owners.get(target.policy or ""))
        profile = msgspec.structs.replace(profile, called=name)
        yield Profiled(target, settled(profile, page, _judge))


def target_profile(target: Target, page: PageCard, owner: str | None = None) -> TargetProfile:
    """What of a target decides which it is; ``owner`` is whose the policy is that sets it."""
    title = title_of(target.policy) if target.policy else None
    number = target.normalized
    metric = metric_in(target.metric, number.unit if number else None)
    told = words_of_target(target)
    profile = TargetProfile(
        called=told,
        words=without_lead(plain(told) if number is None else masked(told)),
        sphere=sphere_of_target(target, page, owner),
        policy=title.core if title and title.core and not title.generic else None,
        metric=metric.name if metric else None,
        value="" if number is None else _bounds(number),
        unit=number.unit if number else None,
        change=target.change.kind if target.change else None,
        deadline=target.deadline.end if target.deadline else None,
        old=number_given(target.replaces) if target.replaces is not None else "",
    )
    lost = profile.sphere is None and profile.value and profile.deadline is not None
    return msgspec.structs.replace(profile, near=nearby(page)) if lost else profile


def sphere_of_target(target: Target, page: PageCard, owner: str | None = None) -> str | None:
    """Whose target it is, as far as its words and its page tell; ``owner`` is whose the policy is that sets it."""
    return (
        sphere_of(target.region, page)
        or (title_of(target.policy).place if target.policy else None)
        or owner
        or sphere_of_any((*target.issuers, target.subject), page)
        or territory_of(target.subject, page)
        or territory_in(target.evidence.text, page)
    )


def number_given(number: Normalized) -> str:
    """A number with its unit, as slots hold it."""
    return f"{_bounds(number)}|{number.unit}"


def _bounds(number: Normalized) -> str:
    return f"{number.value:f}~{number.value_max if number.value_max is not None else ''}"


def without_lead(words: str) -> str:
    """The plain words without the time and the will that stand before what is aimed at."""
    found = identity_cues()["lead"].match(words)
    return words[found.end() :] if found is not None else words


def _keys(profile: TargetProfile) -> tuple[str, ...]:
    if not profile.value:
        return (tail(profile.words),)
    of_document = (f"{profile.policy}|{profile.value}|{profile.unit}",) if profile.policy else ()
    return (f"{profile.metric}|{profile.value}|{profile.unit}", *of_document, *_keys_of_figure(profile))


def _keys_of_figure(profile: TargetProfile) -> tuple[str, ...]:
    """What the same number for the same day in other words shares."""
    dated = profile.value and profile.deadline is not None
    return (f"{profile.value}|{profile.unit}|{profile.deadline}",) if dated else ()


def _slots(profile: TargetProfile) -> tuple[str, ...]:
    """What it counts; the same with its day and with its number, which a target that supersedes it shares.

    And the number that it takes the place of, by which the target that wanted it finds it.
    """
    found = [f"{OLD}{profile.old}"] if profile.old else []
    for slot in slot_of(profile.metric, profile.sphere, profile.unit):
        found.append(slot)
        if profile.deadline:
            found.append(f"{DUE}{slot}|{profile.deadline}")
        if profile.value:
            found.append(f"{AIM}{slot}|{profile.value}")
    return tuple(found)


def _judge(first: TargetProfile, second: TargetProfile) -> Verdict:
    if (first.value, first.unit, first.change) != (second.value, second.unit, second.change):
        return OPEN
    if first.metric != second.metric:
        return _under_other_name(first, second)
    least = identity_settings().names.words
    like = one_ends_with_other(first.words, second.words, least) or first.words == second.words
    if not like and (not first.value or first.metric is None):
        return OPEN
    return _apart(first, second) or _same(first, second, like=like)


def _under_other_name(first: TargetProfile, second: TargetProfile) -> Verdict:
    """The same number for the same day, of what one calls by the end of the other's name or tells in its words.

    Where one does not name what is counted (比年初的3400亿元目标多出…), both must tell the same body.
    """
    if not first.value:
        return OPEN
    if _in_one_document(first, second):
        on = (shorter_of(first.metric or "", second.metric or ""), first.value.strip("~"))
        return _apart(first, second) or Verdict("same", "same-policy", 80, on)
    if _counts_the_same(first, second):
        return _apart(first, second) or _by_figure(first, second)
    there = _in_its_place(first, second)
    if there.holds == "same":
        return _apart(first, second) or there
    unnamed = not says_what(first.metric) or not says_what(second.metric)
    whose = first.sphere is not None and first.sphere == second.sphere
    telling = significant(first.value) >= identity_settings().figures.specific
    return _by_figure(first, second) if unnamed and whose and telling else OPEN


def _in_its_place(first: TargetProfile, second: TargetProfile) -> Verdict:
    """The same number for the same day in one place: of few digits only where both name what is counted."""
    if first.deadline is None or first.deadline != second.deadline or not fit(first.metric, second.metric):
        return OPEN
    named = is_noun(shorter_of(first.metric or "", second.metric or ""))
    if not named and significant(first.value) < identity_settings().figures.specific:
        return OPEN
    if not in_one_place((first.sphere, first.near), (second.sphere, second.near)):
        return OPEN
    return Verdict("same", "same-figure-there", 52, (first.value.strip("~"), first.deadline))


def _in_one_document(first: TargetProfile, second: TargetProfile) -> bool:
    """Whether one document sets both, and the one is called by the end of the other's name alone: 产业规模."""
    if first.policy is None or first.policy != second.policy or not first.metric or not second.metric:
        return False
    least = identity_settings().figures.metric
    shorter = shorter_of(first.metric, second.metric)
    return len(shorter) >= least and first.metric.endswith(shorter) and second.metric.endswith(shorter)


def _counts_the_same(first: TargetProfile, second: TargetProfile) -> bool:
    if agree(first.metric, second.metric):
        return True
    told = ((first.metric, second.words), (second.metric, first.words))
    return any(agree(metric, metric) and (metric or "") in words for metric, words in told)


def _by_figure(first: TargetProfile, second: TargetProfile) -> Verdict:
    """The same number for the same day: one that tells little only where a page says whose it is."""
    least = identity_settings().figures.specific
    whose = (first.sphere is not None or second.sphere is not None) and _of_one(first, second)
    if not (whose or significant(first.value) >= least) or first.deadline is None or first.deadline != second.deadline:
        return OPEN
    if first.unit == "ratio" and None in (first.sphere, second.sphere):
        return OPEN  # shares and rates are the same in many places
    return Verdict(
        "same", "same-figure", 55, (shorter_of(first.metric or "", second.metric or ""), first.value.strip("~"))
    )


def _apart(first: TargetProfile, second: TargetProfile) -> Verdict | None:
    if differ(first.deadline, second.deadline):
        return Verdict("apart", "other-deadline", 0, both(first.deadline, second.deadline))
    if differ(first.sphere, second.sphere) and (first.policy is None or first.policy != second.policy):
        return Verdict("apart", "other-region", 0, both(first.sphere, second.sphere))
    return None


def _same(first: TargetProfile, second: TargetProfile, *, like: bool) -> Verdict:
    on = (first.metric or shorter_of(first.words, second.words), first.value.strip("~"))
    if first.policy is not None and first.policy == second.policy:
        return Verdict("same", "same-policy", 90, on)
    if first.sphere is not None and first.sphere == second.sphere:
        dated = first.deadline == second.deadline or like
        return Verdict("same", "same-target", 80 if dated else 60, on)
    least = identity_settings().names.words
    alike = first.words == second.words and len(first.words) >= least and _is_settled(first, second)
    if alike and (_of_one(first, second) or significant(first.value) >= identity_settings().figures.specific):
        return Verdict("same", "same-clause", 50, on)
    found = _by_figure(first, second) if first.value and agree(first.metric, second.metric) else OPEN
    return found if found.holds == "same" or not first.value else _in_its_place(first, second)


def _of_one(first: TargetProfile, second: TargetProfile) -> bool:
    """Whether words that name no place but only its kind are of one place: 全省 is another province on another page."""
    territory = identity_cues()["territory-in-clause"]
    if not any(territory.search(each.words) for each in (first, second)):
        return True
    return in_one_place((first.sphere, first.near), (second.sphere, second.near))


def _is_settled(first: TargetProfile, second: TargetProfile) -> bool:
    """Whether as many particulars agree as tell one target from what any body may aim at."""
    return bool(first.value) or (first.deadline is not None and first.deadline == second.deadline)

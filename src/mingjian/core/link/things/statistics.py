"""Statistics: one series of one metric of one body, whatever its values on which days."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.core.link.things.identities import identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.metrics import metric_of, slot_of
from mingjian.core.link.things.spheres import COUNTRY, differ, sphere_of, sphere_of_any
from mingjian.core.link.things.wording import both, masked, one_ends_with_other, shorter_of, tail
from mingjian.core.model.facts import Statistic
from mingjian.core.model.record import Record
from mingjian.core.model.things import OPEN, PageCard, Verdict


class StatisticProfile(msgspec.Struct, frozen=True, gc=False):
    """What tells one series from another.

    ``words`` are those around the number, where subject and metric do not tell the series by themselves; ``series`` is
    true where they do.
    """

    metric: str | None
    unit: str | None
    sphere: str | None = None
    change: str | None = None
    series: bool = False
    words: str = ""
    called: str = ""


def statistic_linking() -> Linking[StatisticProfile]:
    """How series of statistics are identified."""
    return Linking(
        kind="statistic",
        profile_type=StatisticProfile,
        profiles=_profiles,
        keys=_keys,
        judge=_judge,
        slots=lambda profile: slot_of(profile.metric, profile.sphere, profile.unit),
        called=lambda profile: profile.called,
    )


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[StatisticProfile]]:
    for statistic in record.statistics:
        yield Profiled(statistic, statistic_profile(statistic, page))


def statistic_profile(statistic: Statistic, page: PageCard) -> StatisticProfile:
    """What of a statistic decides which series it belongs to."""
    metric = metric_of(statistic.metric)
    subject = sphere_of(statistic.subject, page)
    place = sphere_of(statistic.region, page)
    sphere = subject if subject not in (None, COUNTRY) else place or subject or sphere_of_any((statistic.region,), page)
    told = metric is not None and sphere is not None and (metric.known or not metric.open)
    return StatisticProfile(
        metric=metric.name if metric else None,
        unit=statistic.normalized.unit if statistic.normalized else statistic.unit,
        sphere=sphere,
        change=statistic.change.kind if statistic.change else None,
        series=told,
        words="" if told else masked(statistic.evidence.text),
        called=(statistic.subject or "") + (statistic.metric or "") if told else statistic.evidence.text,
    )


def _keys(profile: StatisticProfile) -> tuple[str, ...]:
    if profile.series:
        return (f"{profile.metric}|{profile.sphere}|{profile.unit}",)
    return (f"{profile.metric}|{tail(profile.words)}",)


def _judge(first: StatisticProfile, second: StatisticProfile) -> Verdict:
    if (first.metric, first.unit, first.change) != (second.metric, second.unit, second.change):
        return OPEN
    if differ(first.sphere, second.sphere):
        return Verdict("apart", "other-region", 0, both(first.sphere, second.sphere))
    if first.series and second.series:
        return Verdict("same", "same-series", 80, (first.metric or "", first.sphere or "", first.unit or ""))
    least = identity_settings().names.words
    if first.words and second.words and one_ends_with_other(first.words, second.words, least):
        return Verdict("same", "same-clause", 60, (shorter_of(first.words, second.words),))
    return OPEN

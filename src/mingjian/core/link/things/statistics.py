"""Statistics: one series of one metric of one body, whatever its values on which days."""

from __future__ import annotations

from collections.abc import Iterator

from mingjian.core.link.things.alone import Telling, keys_unless_alone, settled
from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.metrics import Metric, metric_of, slot_of
from mingjian.core.link.things.spheres import COUNTRY, differ, sphere_of, sphere_of_any
from mingjian.core.link.things.wording import both, masked, one_ends_with_other, shorter_of, tail, without_numbers
from mingjian.core.model.facts import Statistic
from mingjian.core.model.record import Record
from mingjian.core.model.things import OPEN, PageCard, Verdict


class StatisticProfile(Telling, frozen=True, gc=False):
    """What tells one series from another.

    ``series`` is true where subject and metric tell the series by themselves. Where they do not, ``words`` are those
    around the number, and ``value`` is the number where they do not tell it either.
    """

    metric: str | None
    unit: str | None
    sphere: str | None = None
    change: str | None = None
    series: bool = False
    words: str = ""
    value: str = ""
    called: str = ""


def statistic_linking() -> Linking[StatisticProfile]:
    """How series of statistics are identified."""
    return Linking(
        kind="statistic",
        profile_type=StatisticProfile,
        profiles=_profiles,
        keys=keys_unless_alone(_keys),
        judge=_judge,
        slots=lambda profile: slot_of(profile.metric, profile.sphere, profile.unit),
        called=lambda profile: profile.called,
    )


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[StatisticProfile]]:
    for statistic in record.statistics:
        yield Profiled(statistic, settled(statistic_profile(statistic, page), page, _judge))


def statistic_profile(statistic: Statistic, page: PageCard) -> StatisticProfile:
    """What of a statistic decides which series it belongs to."""
    metric = metric_of(statistic.metric)
    subject = sphere_of(statistic.subject, page)
    place = sphere_of(statistic.region, page)
    sphere = subject if subject not in (None, COUNTRY) else place or subject or sphere_of_any((statistic.region,), page)
    number = statistic.normalized
    unit = number.unit if number else statistic.unit
    told = metric is not None and sphere is not None and _is_series(metric, unit, statistic)
    words = "" if told else masked(statistic.evidence.text)
    return StatisticProfile(
        metric=metric.name if metric else None,
        unit=unit,
        sphere=sphere,
        change=statistic.change.kind if statistic.change else None,
        series=told,
        words=words,
        value="" if told or _tells(words) or number is None else f"{number.value:f}",
        called=_called(statistic, told=told, tells=_tells(words)),
    )


def _called(statistic: Statistic, *, told: bool, tells: bool) -> str:
    """Subject and metric, or the clause: without its numbers where it is a series whatever they are."""
    if told:
        return (statistic.subject or "") + (statistic.metric or "")
    return without_numbers(statistic.evidence.text) if tells else statistic.evidence.text


def _is_series(metric: Metric, unit: str | None, statistic: Statistic) -> bool:
    """Whether a metric of one body is one series: what is merely counted is so only under a known name."""
    cues = identity_cues()
    average = cues["average"].search(statistic.evidence.text) is not None and not cues["average"].search(metric.name)
    share = unit == "ratio" and statistic.change is None and not cues["share"].search(metric.name)
    if average or share:
        return False
    if metric.known:
        return True
    return not metric.open and (unit != "count" or cues["number-of"].search(metric.name) is not None)


def _tells(words: str) -> bool:
    """Whether the words around a number say by themselves what is counted."""
    return len(words) >= identity_settings().names.clause and identity_cues()["dependent"].search(words) is None


def _keys(profile: StatisticProfile) -> tuple[str, ...]:
    if profile.series:
        return (f"{profile.metric}|{profile.sphere}|{profile.unit}",)
    if _tells(profile.words):
        return (f"{profile.metric}|{profile.words}",)
    return (f"{profile.metric}|{profile.value}|{tail(profile.words)}",)


def _judge(first: StatisticProfile, second: StatisticProfile) -> Verdict:
    if (first.metric, first.unit, first.change) != (second.metric, second.unit, second.change):
        return OPEN
    if differ(first.sphere, second.sphere):
        return Verdict("apart", "other-region", 0, both(first.sphere, second.sphere))
    if first.series and second.series:
        return Verdict("same", "same-series", 80, (first.metric or "", first.sphere or "", first.unit or ""))
    return _by_words(first, second)


def _by_words(first: StatisticProfile, second: StatisticProfile) -> Verdict:
    """The same words where they say what is counted, else the same clause with the same number."""
    on = (shorter_of(first.words, second.words),)
    if first.words and first.words == second.words and _tells(first.words):
        return Verdict("same", "same-clause", 60, on)
    least = identity_settings().names.words
    known = bool(first.value) and first.value == second.value
    if known and one_ends_with_other(first.words, second.words, least):
        return Verdict("same", "same-clause", 65, on)
    return OPEN

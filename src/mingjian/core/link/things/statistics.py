"""Statistics: one series of one metric of one body, whatever its values on which days."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.core.link.things.alone import Telling, keys_unless_alone, settled
from mingjian.core.link.things.figures import is_rounded, of_one_time, significant, told_within, weeks_of
from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.metrics import Metric, agree, metric_of, slot_of
from mingjian.core.link.things.spheres import COUNTRY, differ, sphere_of
from mingjian.core.link.things.territories import territory_of
from mingjian.core.link.things.wording import (
    both,
    likeness,
    masked,
    one_ends_with_other,
    shorter_of,
    tail,
    without_numbers,
)
from mingjian.core.model.facts import Statistic
from mingjian.core.model.record import Record
from mingjian.core.model.things import OPEN, PageCard, Verdict

_ROUGH = ("~", "~<", ">", ">=", "<")
_MASK = "#"


class StatisticProfile(Telling, frozen=True, gc=False):
    """What tells one series from another.

    ``series`` is true where subject and metric tell the series by themselves. Where they do not, ``words`` are those
    around the number, and ``value`` is the number where they do not tell it either. ``figure`` is the number in any
    case where it is so particular that hardly another has it, ``rough`` true where it is told as being near another,
    ``day`` that as of which it holds and ``told`` that on which the page was published.
    """

    metric: str | None
    unit: str | None
    sphere: str | None = None
    change: str | None = None
    series: bool = False
    words: str = ""
    value: str = ""
    called: str = ""
    figure: str = ""
    rough: bool = False
    day: str | None = None
    told: str | None = None


def statistic_linking() -> Linking[StatisticProfile]:
    """How series of statistics are identified."""
    return Linking(
        kind="statistic",
        profile_type=StatisticProfile,
        profiles=_profiles,
        keys=keys_unless_alone(_keys, _keys_of_figure),
        judge=_judge,
        slots=lambda profile: slot_of(profile.metric, profile.sphere, profile.unit),
        called=lambda profile: profile.called,
    )


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[StatisticProfile]]:
    for statistic in record.statistics:
        yield Profiled(statistic, settled(statistic_profile(statistic, page), page, _judge))


def statistic_profile(statistic: Statistic, page: PageCard) -> StatisticProfile:
    """What of a statistic decides which series it belongs to."""
    metric, sphere = metric_of(statistic.metric), sphere_of_statistic(statistic, page)
    number = statistic.normalized
    unit = number.unit if number else statistic.unit
    series = metric is not None and sphere is not None and _is_series(metric, unit, statistic)
    words = "" if series else masked(statistic.evidence.text)
    value = "" if number is None else f"{number.value:f}"
    profile = StatisticProfile(
        metric=metric.name if metric else None,
        unit=unit,
        sphere=sphere,
        change=statistic.change.kind if statistic.change else None,
        series=series,
        words=words,
        value="" if series or _tells(words) else value,
        called=_called(statistic, told=series, tells=_tells(words)),
    )
    particular = significant(value) >= identity_settings().figures.specific and unit != "ratio"
    return _with_figure(profile, statistic, page, value) if particular else profile


def sphere_of_statistic(statistic: Statistic, page: PageCard) -> str | None:
    """Whose a series is: that of its subject, where this is no name of the country alone, else of its region."""
    subject = sphere_of(statistic.subject, page)
    if subject not in (None, COUNTRY):
        return subject
    return sphere_of(statistic.region, page) or subject or territory_of(statistic.subject, page)


def _with_figure(profile: StatisticProfile, statistic: Statistic, page: PageCard, value: str) -> StatisticProfile:
    """The profile of a number that is evidence by itself; of a series without a day, only one of more digits."""
    day = statistic.as_of.end if statistic.as_of is not None else None
    if profile.series and day is None and significant(value) < identity_settings().figures.telling:
        return profile
    return msgspec.structs.replace(
        profile,
        figure=value,
        rough=statistic.comparator in _ROUGH,
        day=day,
        told=None if profile.series and day is not None else page.published_from,
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
        first = f"{profile.metric}|{profile.sphere}|{profile.unit}"
    elif _tells(profile.words):
        first = f"{profile.metric}|{profile.words}"
    else:
        first = f"{profile.metric}|{profile.value}|{tail(profile.words)}"
    return (first, *_keys_of_figure(profile))


def _keys_of_figure(profile: StatisticProfile) -> tuple[str, ...]:
    """What the same number in other words shares: metric, words or week; that of a day also with rounded ones."""
    if not profile.figure or _is_daily(profile.words):
        return ()
    settings, number = identity_settings().figures, f"{profile.figure}|{profile.unit}"
    found = [f"{number}|{tail(profile.words, settings.clause)}"] if len(profile.words) >= settings.clause else []
    if agree(profile.metric, profile.metric):
        name = (profile.metric or "")[-settings.metric :]
        found += [f"{number}|{name}", *((f"{name}|{profile.unit}|{profile.day}",) if profile.day is not None else ())]
    if significant(profile.figure) >= settings.telling:
        found += [f"{number}|{week}" for week in weeks_of(profile.told, settings.week)]
    return tuple(found)


def _is_daily(words: str) -> bool:
    """Whether the clause tells the day itself, as one of a row of days does that differ in numbers alone."""
    return identity_cues()["daily"].search(words) is not None


def _judge(first: StatisticProfile, second: StatisticProfile) -> Verdict:
    if (first.unit, first.change) != (second.unit, second.change):
        return OPEN
    if first.metric != second.metric:
        return OPEN if differ(first.sphere, second.sphere) else _by_figure(first, second)
    if differ(first.sphere, second.sphere):
        return Verdict("apart", "other-region", 0, both(first.sphere, second.sphere))
    if first.series and second.series:
        return Verdict("same", "same-series", 80, (first.metric or "", first.sphere or "", first.unit or ""))
    found = _by_words(first, second)
    return found if found.holds == "same" else _by_figure(first, second)


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


def _by_figure(first: StatisticProfile, second: StatisticProfile) -> Verdict:
    """The same number, exact or rounded, of what has the same name; or in the same news in words that are alike."""
    if not first.figure or not second.figure or _is_daily(first.words) or _is_daily(second.words):
        return OPEN
    on = (shorter_of(first.metric or "", second.metric or ""), first.figure)
    if agree(first.metric, second.metric) and _is_same_reading(first, second):
        return Verdict("same", "same-figure", 55, on)
    return Verdict("same", "same-figure", 45, on) if _is_same_news(first, second) else OPEN


def _is_same_reading(first: StatisticProfile, second: StatisticProfile) -> bool:
    """Whether a number of one metric is of one day: one of few digits only where both tell the day."""
    dated = first.day is not None and first.day == second.day
    settings = identity_settings().figures
    if first.figure != second.figure:
        rough, exact = (first, second) if first.rough else (second, first)
        return dated and rough.rough and is_rounded(rough.figure, exact.figure)
    telling = significant(first.figure) >= settings.telling
    return (
        dated
        or told_within(first.day, second.day, settings.month)
        or (telling and of_one_time(first.day, second.day, (first.told, second.told)))
    )


def _is_same_news(first: StatisticProfile, second: StatisticProfile) -> bool:
    """Whether the same number is told at about one time, and in words that are alike."""
    settings = identity_settings().figures
    several = all(each.words.count(_MASK) > 1 for each in (first, second))
    if first.figure != second.figure or differ(first.day, second.day) or several:
        return False  # of several numbers in a clause, the others may differ
    telling = significant(first.figure) >= settings.telling
    if one_ends_with_other(first.words, second.words, settings.clause):
        return told_within(first.told, second.told, settings.season)
    alike = likeness(_beside(first.words), _beside(second.words)) >= settings.alike
    return telling and alike and told_within(first.told, second.told, settings.week)


def _beside(words: str) -> str:
    """The words without the numbers and what they count."""
    return identity_cues()["numbered"].sub("", words)

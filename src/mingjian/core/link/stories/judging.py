"""Whether two articles tell one event: when, where, how strong, in which rare words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from mingjian.core.link.stories.amounts import shared_amounts
from mingjian.core.link.stories.mains import judge_mains
from mingjian.core.link.stories.profiles import UNIT, StoryProfile
from mingjian.core.link.stories.settings import Happening, JudgingSettings, story_cues, story_settings
from mingjian.core.link.things.wording import likeness, plain
from mingjian.core.model.things import OPEN, Verdict
from mingjian.core.text.folding import fold

_COUNTRY = 3  # figures of the code of a country
_SURE = 950  # weight of what no comparison of words outweighs
_NUMBERS = 520  # … of the same numbers
_SHOWN = 4  # numbers on which a verdict rests
_NEVER = 2.0  # more alike than two tellings can be
_LEVELS = ((6, 3), (4, 2), (2, 1))  # figures of a code that two places share, and how near that is
CITY, WIDE, ELSEWHERE, UNTOLD = 2, 1, 0, -1
_PLAIN = Happening()


class _Compared(NamedTuple):
    """How two profiles lie to one another: days and minutes between them, how near their places, how alike words.

    ``latest`` are days between the last days told. ``None`` where either does not say.
    ``place`` and ``entitled`` are ``UNTOLD``, ``ELSEWHERE``, ``WIDE`` (one province or country), ``CITY`` or one more
    (one county). ``headed``: both titles give a strength. ``other_figures``: both give exact numbers, each its own.
    """

    published: int | None
    happened: int | None
    latest: int | None
    minutes: int | None
    place: int
    entitled: int
    alike: float
    measure: float | None
    headed: bool
    other_figures: bool


def judge(first: StoryProfile, second: StoryProfile) -> Verdict:
    """Whether the two tell one event: symmetric, and a matter of the two profiles alone."""
    if first.text == second.text:
        return Verdict("same", "same-text", _SURE)
    ones, others = (each.main for each in sorted((first, second), key=lambda each: each.text))
    about = judge_mains(ones, others)
    if about.holds == "apart":
        return about
    if _meet_others(first.title, second.title):
        return Verdict("apart", "other-actors")
    if about.holds == "same" and _alike(first.words, second.words) >= story_settings().main.alike:
        return about
    return _by_numbers(first, second) or _by_happening(first, second)


def _by_happening(first: StoryProfile, second: StoryProfile) -> Verdict:
    """What two are by the kind of happening, its place, day and words."""
    kinds = [kind for kind in first.kinds if kind in second.kinds]
    if not kinds and (first.kinds or second.kinds):
        return OPEN
    settings, compared = story_settings(), _compare(first, second)
    every = [settings.kinds.get(kind, _PLAIN) for kind in kinds]
    happening = Happening(
        rare=any(one.rare for one in every),
        felt=any(one.felt for one in every),
        mishap=any(one.mishap for one in every),
    )
    reason = _apart(compared, happening, settings.judging)
    if reason:
        return Verdict("apart", reason)
    if _is_far(compared, happening, settings.judging):
        return OPEN
    return _same(compared, happening, settings.judging, kinds=bool(kinds))


def _meet_others(one: str, other: str) -> bool:
    """Whether two headlines tell that somebody met, and whom, and it is not the same: a host has two guests a day."""
    guests = [_guest_in(headline) for headline in (one, other)]
    return all(guests) and likeness(guests[0], guests[1]) < story_settings().judging.guest


@lru_cache(maxsize=4096)
def _guest_in(headline: str) -> str:
    found = story_cues()["guest"].search(fold(headline))
    return "" if found is None else plain(found["met"] or found["with"])


def _by_numbers(first: StoryProfile, second: StoryProfile) -> Verdict | None:
    """What two are that came at about one time, and tell the same numbers of no two places; else ``None``."""
    if first.amounts.keys().isdisjoint(second.amounts):
        return None
    settings, compared = story_settings().judging, _compare(first, second)
    near = compared.published is not None and compared.published <= settings.apart_days
    other_days = compared.happened is not None and compared.happened > settings.happened_days
    if not near or other_days or ELSEWHERE in (compared.place, compared.entitled):
        return None
    shared = shared_amounts(first.amounts, second.amounts, compared.alike)
    return Verdict("same", "same-numbers", _NUMBERS + len(shared), shared[:_SHOWN]) if shared else None


def _compare(first: StoryProfile, second: StoryProfile) -> _Compared:
    return _Compared(
        published=_apart_days([first.last] if first.last else (), [second.last] if second.last else ()),
        happened=_apart_days(first.days, second.days),
        latest=_apart_days(first.days[-1:], second.days[-1:]),
        minutes=_apart_minutes(first.moments, second.moments),
        place=_nearest(first.places, second.places),
        entitled=_nearest(first.entitled, second.entitled),
        alike=_alike(first.words, second.words),
        measure=min((abs(one - two) for one in first.strengths for two in second.strengths), default=None),
        headed=first.headed and second.headed,
        other_figures=_other_figures(first.figures, second.figures),
    )


def _apart_days(ones: Iterable[str], others: Iterable[str]) -> int | None:
    days = [_ordinal(day) for day in others]
    return min((abs(_ordinal(one) - other) for one in ones for other in days), default=None)


@lru_cache(maxsize=4096)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _apart_minutes(ones: Iterable[str], others: Iterable[str]) -> int | None:
    """The least number of minutes between two moments of one day."""
    moments = [datetime.fromisoformat(moment) for moment in others]
    between = (
        abs(datetime.fromisoformat(one) - other).seconds
        for one in ones
        for other in moments
        if one[:10] == other.isoformat()[:10]
    )
    found = min(between, default=None)
    return None if found is None else found // 60


def _nearest(ones: Iterable[str], others: tuple[str, ...]) -> int:
    return max((_near(one, other) for one in ones for other in others), default=UNTOLD)


def _near(one: str, other: str) -> int:
    """How near two places are; a place that is told more vaguely than the other is as near as that can be known.

    >>> _near("330102", "330105"), _near("330000", "330105"), _near("110000", "330105")
    (2, 1, 0)
    """
    if _COUNTRY in (len(one), len(other)):
        return WIDE if one == other else ELSEWHERE
    return next((level for figures, level in _LEVELS if one[:figures] == other[:figures]), ELSEWHERE)


def _alike(ones: dict[str, int], others: dict[str, int]) -> float:
    """The cosine of the rare words of both."""
    if len(others) < len(ones):
        ones, others = others, ones
    return sum(weight * others.get(word, 0) for word, weight in ones.items()) / UNIT**2


def _other_figures(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether both give several exact numbers, and none is the same: one form filled anew, as a series is."""
    least = story_settings().judging.figures
    return min(len(ones), len(others)) >= least and not set(ones) & set(others)


def _apart(compared: _Compared, happening: Happening, settings: JudgingSettings) -> str:
    """Why the two cannot tell one event; empty where nothing says so."""
    if happening.felt:
        return "other-measure" if compared.headed and _differs(compared, settings) else ""
    if compared.entitled == ELSEWHERE:
        return "other-place"
    return "other-figures" if compared.other_figures and not (happening.mishap or happening.rare) else ""


def _differs(compared: _Compared, settings: JudgingSettings) -> bool:
    """Whether the two give strengths that no correction explains."""
    return compared.measure is not None and compared.measure > settings.measure


def _is_far(compared: _Compared, happening: Happening, settings: JudgingSettings) -> bool:
    """Whether the two came too far apart, or tell of other days or minutes."""
    if compared.published is not None and compared.published > settings.apart_days:
        return True
    if happening.felt and compared.minutes is not None:
        return compared.minutes > settings.same_minutes
    if happening.felt and _differs(compared, settings):
        return True
    if compared.happened is None and not happening.rare:
        return compared.published is None or compared.published > settings.undated_days
    reach = settings.rare_days if happening.rare else settings.happened_days
    return compared.happened is not None and compared.happened > reach


def _same(compared: _Compared, happening: Happening, settings: JudgingSettings, *, kinds: bool) -> Verdict:
    weight = round(100 * compared.alike)
    if happening.felt and compared.minutes is not None:
        return Verdict("same", "same-moment", 900 + settings.same_minutes - compared.minutes)
    if happening.rare and _is_there(compared, settings):
        return Verdict("same", "same-happening", 500 + weight + 20 * compared.place)
    if compared.alike >= _needed(compared, happening, settings, kinds=kinds):
        return Verdict("same", "same-telling", 100 + 4 * weight)
    return OPEN


def _is_there(compared: _Compared, settings: JudgingSettings) -> bool:
    """Whether the two tell of a happening that does not come twice: one place, about one time."""
    if compared.place < WIDE:
        return False
    if compared.place >= CITY or compared.measure is not None:
        return True
    return compared.alike >= settings.wide


def _needed(compared: _Compared, happening: Happening, settings: JudgingSettings, *, kinds: bool) -> float:
    """How alike the words must be: of what happens many times a day, as meetings do, a place tells little."""
    if not kinds:
        return settings.bare if compared.latest == 0 else _NEVER
    if not (happening.mishap or happening.rare):
        return settings.anywhere if compared.happened == 0 else settings.undated
    if compared.place >= CITY:
        return settings.near
    if compared.place == WIDE:
        return settings.wide
    return settings.anywhere

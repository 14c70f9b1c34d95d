"""What stands around a number on its page: the site of which its clause tells, and the numbers told with it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mingjian.core.link.things.figures import significant
from mingjian.core.link.things.identities import identity_settings
from mingjian.core.link.things.phases import centre_of, part_of
from mingjian.core.model.facts import Statistic
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair
from mingjian.core.model.things import PageCard


class Surroundings(msgspec.Struct, frozen=True, gc=False):
    """``site`` is the centre, or the phase of one, that is told of; ``beside`` are other numbers near, with units.

    ``before`` is the metric of the number told right before.
    """

    site: str | None = None
    before: str | None = None
    beside: tuple[str, ...] = ()


NO_SURROUNDINGS = Surroundings()


def surroundings_of(record: Record, page: PageCard) -> list[Surroundings]:
    """What stands around each statistic of a page, in the order of its statistics."""
    sites = _sites(record, page)
    every = record.statistics
    return [Surroundings(_site_at(sites, one.evidence.pair), _before(one, every), _beside(one, every)) for one in every]


def _before(statistic: Statistic, every: Sequence[Statistic]) -> str | None:
    """The metric of the number told last before one, shortly before it."""
    reach, start = identity_settings().figures.follows, statistic.evidence.start
    told = [one.metric for one in every if one.evidence.end <= start <= one.evidence.end + reach]
    return told[-1] if told else None


def _sites(record: Record, page: PageCard) -> list[tuple[Pair, str]]:
    """Where the page tells of a centre or a phase of one, and which it is."""
    if not record.compute or not record.statistics:
        return []
    centre = centre_of(record, page)
    named = ((one.evidence.pair, part_of(one, centre)) for one in record.compute)
    return sorted((pair, name) for pair, name in named if name is not None)


def _site_at(sites: Sequence[tuple[Pair, str]], place: Pair) -> str | None:
    """The site whose telling holds the place, or ends shortly before it."""
    reach = identity_settings().figures.follows
    held = [name for (start, end), name in sites if start < place[1] and place[0] <= end + reach]
    return held[-1] if held else None


def number_told(statistic: Statistic) -> str:
    """The number with its unit; empty where it is none, or of too few digits to tell anything.

    What is counted is told with its measure word, 17家 or 17人, and a share only with more digits.
    """
    number, settings = statistic.normalized, identity_settings().figures
    if number is None:
        return ""
    least = settings.telling if number.unit == "ratio" else settings.specific
    if significant(f"{number.value:f}") < least:
        return ""
    return f"{number.value.normalize():f} {statistic.unit if number.unit == 'count' else number.unit}"


def _beside(statistic: Statistic, every: Sequence[Statistic]) -> tuple[str, ...]:
    """The numbers told within reach of one, other than its own."""
    start, end = statistic.evidence.pair
    reach, own = identity_settings().figures.beside, number_told(statistic)
    near = (one for one in every if one.evidence.start <= end + reach and start <= one.evidence.end + reach)
    told = dict.fromkeys(number_told(one) for one in near)
    return tuple(sorted(each for each in told if each and each != own))

"""The numbers that a page tells first, with how much each says: pages that share them are built on one telling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from math import sqrt

from mingjian.core.link.stories.openings import characters_before
from mingjian.core.link.stories.settings import AmountSettings, story_settings
from mingjian.core.link.things.figures import significant
from mingjian.core.model.facts import Fact, Normalized
from mingjian.core.model.record import Record
from mingjian.core.model.resources import Fund


def amounts_of(record: Record) -> dict[str, int]:
    """The numbers of facts of the opening in base units, by how much each says: its significant digits.

    A share, which agrees by chance, says one digit less; a round count and what is told of the weather say nothing,
    nor does the one of a unit whose price is told.
    """
    settings = story_settings().amounts
    found: dict[str, int] = {}
    for fact, number in _numbers(record):
        if characters_before(fact.evidence.start, record.body) <= settings.opening:
            value = f"{number.value.normalize():f}"
            digits = significant(value) - settings.less.get(number.unit, 0)
            if number.value != 1 and digits >= settings.least_of.get(number.unit, 1):
                found[f"{value} {number.unit}"] = digits
    return dict(sorted(found.items()))


def _numbers(record: Record) -> Iterator[tuple[Fact, Normalized]]:
    told: Iterator[tuple[Fact, Normalized | None]] = chain(
        ((statistic, statistic.normalized) for statistic in record.statistics),
        ((target, target.normalized) for target in record.targets),
        ((power, power.capacity) for power in record.compute),
        ((fund, _amount_of(fund)) for fund in record.funds),
        ((action, action.amount) for action in record.company_actions),
    )
    return ((fact, number) for fact, number in told if number is not None)


def _amount_of(fund: Fund) -> Normalized | None:
    return None if fund.amount is None or fund.unit is None else Normalized(fund.amount, None, fund.unit)


def shared_amounts(ones: Mapping[str, int], others: Mapping[str, int], alike: float) -> tuple[str, ...]:
    """The numbers that both tell, if they and how ``alike`` the words are make one telling of the two; else none."""
    settings = story_settings().amounts
    shared = tuple(amount for amount in ones if amount in others)
    digits = sum(ones[amount] for amount in shared)
    sums = [sum(amounts.values()) for amounts in (ones, others)]
    if (
        len(shared) < settings.least
        or digits + len(shared) - settings.least < settings.digits
        or digits < settings.share * min(sums)
    ):
        return ()
    return shared if alike + digits / sqrt(sums[0] * sums[1]) >= settings.together else ()


def amount_keys(amounts: Mapping[str, int]) -> Iterator[str]:
    """The numbers that say most, by which pages find one another."""
    settings: AmountSettings = story_settings().amounts
    telling = sorted((amount for amount in amounts if amounts[amount] >= settings.telling), key=amounts.__getitem__)
    yield from (f"amount:{amount}" for amount in telling[-settings.keys :])

"""Between which numbers a figure lies, as its words tell it, and whether two figures agree."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.annotation import Comparator
from mingjian.core.model.facts import Normalized
from mingjian.core.rulebook import bundled_rulebook

Reached: TypeAlias = Literal["yes", "no", "open"]


class ComparingSettings(msgspec.Struct, frozen=True):
    """What ``rules/corpus/comparing.toml`` states."""

    approximate: Decimal
    beyond: Decimal
    round_figures: int
    later_days: int
    beside: int
    long_name: int
    loose_days: int
    scales: dict[str, dict[str, Decimal]]


@lru_cache(maxsize=1)
def comparing_settings() -> ComparingSettings:
    """The settings that the rule book states."""
    table = dict(bundled_rulebook().tables["corpus/comparing"])
    return msgspec.convert(table, ComparingSettings, strict=False)


class Figure(msgspec.Struct, frozen=True):
    """A number in base units and how it is told."""

    value: Decimal
    value_max: Decimal | None
    unit: str
    comparator: Comparator


def figure_of(normalized: Normalized | None, comparator: Comparator | None) -> Figure | None:
    """The figure of a fact, where it has a number: without a comparator it is as it stands."""
    if normalized is None or normalized.value.is_nan():
        return None
    return Figure(normalized.value, normalized.value_max, normalized.unit, comparator or "=")


class Bounds(msgspec.Struct, frozen=True):
    """The least and the most that a number may be, ``None`` where nothing says; ``*_in``: the end belongs to it."""

    low: Decimal | None
    high: Decimal | None
    low_in: bool = True
    high_in: bool = True

    def meets(self, other: Bounds) -> bool:
        """Whether some number lies within both."""
        return not (self._below(other) or other._below(self))

    def within(self, other: Bounds) -> bool:
        """Whether all numbers within these lie within the other too."""
        low = other.low is None or (
            self.low is not None and (self.low > other.low or (self.low == other.low and self.low_in <= other.low_in))
        )
        high = other.high is None or (
            self.high is not None
            and (self.high < other.high or (self.high == other.high and self.high_in <= other.high_in))
        )
        return low and high

    def touches(self, other: Bounds) -> bool:
        """Whether they meet, or end where the other begins."""
        return Bounds(self.low, self.high).meets(Bounds(other.low, other.high))

    def _below(self, other: Bounds) -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and not (self.high_in and other.low_in))


def told(figure: Figure) -> Bounds:
    """Between what the number lies: 超500 up to twice as much, 约500 a tenth to either side, 近500 a tenth below.

    >>> told(Figure(Decimal(500), None, "count", ">"))
    Bounds(low=Decimal('500'), high=Decimal('1000'), low_in=False, high_in=False)
    """
    settings = comparing_settings()
    value, off = figure.value, abs(figure.value) * settings.approximate
    if figure.comparator in (">", ">=", "min"):
        high = value * settings.beyond if value > 0 else None
        return Bounds(value, high, figure.comparator != ">", high_in=False)
    if figure.comparator in ("<", "<=", "max"):
        return Bounds(None, value, high_in=figure.comparator != "<")
    if figure.comparator == "~":
        return Bounds(value - off, (figure.value_max or value) + off)
    if figure.comparator == "~<":
        return Bounds(value - off, value, high_in=False)
    return Bounds(value, figure.value_max if figure.value_max is not None else value)


def agree(first: Figure, second: Figure) -> bool:
    """Whether the two may be one number: 500多 and 超500 may, 5797 and 5800 (rounded) may, 3000 and 3500 may not."""
    if first.unit != second.unit:
        return False
    return told(first).touches(told(second)) or _rounded(first, second)


def same_aim(first: Figure, second: Figure) -> bool:
    """Whether two targets may aim at one number: 超过3000 and 3000以上 do, 30以上 and 40以上 do not."""
    return agree(_aimed_at(first), _aimed_at(second))


def _aimed_at(figure: Figure) -> Figure:
    if figure.comparator in ("~", "~<"):
        return figure
    return Figure(figure.value, figure.value_max, figure.unit, "=")


def _rounded(first: Figure, second: Figure) -> bool:
    if first.comparator != "=" or second.comparator != "=" or first.value_max != second.value_max:
        return False
    one, other = sorted((first.value.normalize(), second.value.normalize()), key=_figures)
    kept = _figures(one)
    if (
        kept < comparing_settings().round_figures
        or _figures(other) == kept
        or abs(one.adjusted() - other.adjusted()) > 1
    ):
        return False  # of other sizes: to round the one to the last figure of the other may take more than there are
    exponent = one.as_tuple().exponent
    return isinstance(exponent, int) and other.quantize(Decimal(1).scaleb(exponent)) == one


def _figures(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def reaches(statistic: Figure, target: Figure, *, lower: bool) -> Reached:
    """Whether what the statistic tells is what the target wants; ``lower``: less is what is wanted.

    ``open`` where the words are too loose to say, as 约3000 for 超过3000. What was aimed at (达到, 2至3个) is
    reached by what surpasses it.
    """
    if statistic.unit != target.unit:
        return "open"
    within = told(statistic)
    if within.within(_wanted(target, lower, loose=False)):
        return "yes"
    return "open" if within.meets(_wanted(target, lower, loose=True)) else "no"


def _wanted(target: Figure, lower: bool, *, loose: bool) -> Bounds:
    """What a target wants; ``loose``: all that may pass for it, where it is told loosely."""
    off = (
        abs(target.value) * comparing_settings().approximate
        if loose and target.comparator in ("~", "~<")
        else Decimal(0)
    )
    strict = not loose and target.comparator in (">", "<")
    most = target.value_max if target.value_max is not None else target.value
    if lower or target.comparator in ("<", "<=", "max"):
        return Bounds(None, most + off, high_in=not strict)
    return Bounds(target.value - off, None, low_in=not strict)

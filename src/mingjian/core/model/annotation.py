"""What annotators hand to one another: times, quantities and names, before they become facts of a record."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.span import Pair

TimeType: TypeAlias = Literal["DATE", "TIME", "DURATION", "SET"]
Precision: TypeAlias = Literal[
    "second", "minute", "hour", "day", "week", "month", "quarter", "half", "year",
    "interval", "before", "after", "unknown",
]  # fmt: skip
Comparator: TypeAlias = Literal[">", ">=", "=", "~", "~<", "<", "<=", "range", "max", "min"]
Growth: TypeAlias = Literal["yoy", "sequential", "annual_average"]
"""Against the same time of the year before, against the period before, or on average of some years."""


class Anchor(msgspec.Struct, frozen=True, gc=False):
    """The day that relative expressions count from: ``day`` ISO, ``pair`` its words where the text layer has them.

    ``basis`` is the word for it in ``DateValue.basis``: ``published`` or ``dateline``; the interval is known where
    the day is not (``earliest``, ``latest``).
    """

    day: str | None
    basis: str
    pair: Pair | None = None
    earliest: str | None = None
    latest: str | None = None


class DateValue(msgspec.Struct, frozen=True, gc=False):
    """A date as facts carry it: ISO day bounds, how exact it is, the words, and what it was resolved against."""

    start: str | None
    end: str | None
    precision: Precision
    text: str | None
    basis: str


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """One time expression (TIMEX3): its words, value and day bounds.

    ``value`` keeps the precision of the words (``2024-02``, ``P3Y``, ``PAST_REF``). ``function`` says how the sentence
    uses it: ``deadline`` (到2027年, 年底前), ``as_of`` (截至…), ``since`` (…以来), ``at`` otherwise. ``support`` are
    places that the value was computed from. ``begin`` and ``until`` are the bounds to the second: the first instant,
    and the first that is no longer part of it; ``core`` spans the words without those that lead to it or follow it.
    """

    start: int
    end: int
    type: TimeType
    value: str
    date: DateValue
    by: str
    mod: str | None = None
    function: Literal["at", "deadline", "as_of", "since"] = "at"
    support: tuple[Pair, ...] = ()
    begin: str | None = None
    until: str | None = None
    core: Pair | None = None


class Named(msgspec.Struct, frozen=True, gc=False):
    """A name where it stands: its label (``PER``, ``ORG``, ``LOC``) and the rule, lexicon or engine that found it."""

    start: int
    end: int
    label: str
    by: str

    @property
    def pair(self) -> Pair:
        """The two ends."""
        return (self.start, self.end)


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """One quantity: the number with its unit and comparator words.

    ``start..end`` spans comparator, number and unit (``超过3000亿元``); ``number`` spans the number and unit alone.
    ``value`` is as printed (3000), ``unit`` as printed (亿元); ``normal_value`` and ``normal_unit`` are normalised
    (``Decimal(300000000000)``, ``CNY``; counted things give ``count``). ``noun`` is the counted head where one follows.
    ``order``: the number is an order of magnitude (百亿级, 上千亿元). ``unit_id`` names the row of ``units.tsv``, and
    ``kind`` what is measured (money, percent, count, length …). ``bounds``: which ends belong to a range, where it is
    told. ``precision``: how exactly computing power is counted (FP16). The values are NaN where a
    model of another suite reports a unit without a number.
    """

    start: int
    end: int
    number: Pair
    value: Decimal
    value_max: Decimal | None
    unit: str
    normal_value: Decimal
    normal_max: Decimal | None
    normal_unit: str
    comparator: Comparator
    by: str
    noun: Pair | None = None
    structural: bool = False
    direction: Literal["up", "down"] | None = None
    order: bool = False
    unit_id: str = ""
    kind: str = "number"
    precision: str | None = None
    bounds: Literal["[]", "[)", "(]", "()"] | None = None


class Measured(msgspec.Struct, frozen=True):
    """What one quantity measures: where the words for it stand.

    ``metric`` names what is measured (产业规模, 标杆场景), ``subject`` whose it is, ``region`` where; ``time`` is the
    day that the number is told of (``use`` ``as_of``) or by which it is to be reached (``deadline``). ``governed``: the
    metric or the time stands in an earlier clause. ``compared`` are the words that say against what the number is a
    change, and ``growth`` what they mean: the year before (同比), the period before (环比), or a mean of years (年均).
    ``source`` is the body that tells the number (据统计局数据).
    """

    quantity: Quantity
    metric: Pair | None = None
    subject: Pair | None = None
    region: Pair | None = None
    time: Pair | None = None
    use: Literal["as_of", "deadline"] | None = None
    governed: bool = False
    compared: Pair | None = None
    growth: Growth | None = None
    source: Pair | None = None

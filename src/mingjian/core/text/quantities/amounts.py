"""What the frames of quantities make: amounts, and quantities that say how amounts are meant."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.annotation import Comparator
from mingjian.core.model.span import Pair
from mingjian.core.text.units import Unit

RangeEnds: TypeAlias = Literal["[]", "[)", "(]", "()"]


class UnitWord(msgspec.Struct, frozen=True, gc=False):
    """A unit as it is written; ``ahead`` where it stands before its number."""

    unit: Unit
    written: str
    ahead: bool = False


class Amount(msgspec.Struct, frozen=True, gc=False):
    """A number with its unit, or from one number to another.

    ``value`` and ``most`` are the numbers as printed, before the ``magnitude`` that their unit carries (3000, of 亿元);
    ``low`` and ``high`` are in full (3000亿). ``words`` spans the first number, ``place`` the number and its unit.
    """

    words: Pair
    place: Pair
    value: Decimal
    low: Decimal
    magnitude: str = ""
    most: Decimal | None = None
    high: Decimal | None = None
    unit: Unit | None = None
    written: str = ""
    more: bool = False
    few: bool = False
    bare: bool = False
    """A magnitude alone: 百, 千亿."""
    share: int = 0
    """The denominator of a fraction in words."""


class SpokenQuantity(msgspec.Struct, frozen=True):
    """A whole expression: its amounts, what is said of them, and what kind of quantity they are."""

    amounts: tuple[Amount, ...]
    comparator: Comparator = "="
    order: bool = False
    kind: str = ""
    bounds: RangeEnds | None = None

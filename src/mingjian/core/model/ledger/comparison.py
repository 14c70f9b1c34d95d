"""One metric of several regions side by side, in one unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.ledger.cells import Cell

ComparedKind: TypeAlias = Literal["target", "statistic", "compute"]


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A number of a region: ``value`` in the unit of the comparison, ``day`` its deadline or as of when it holds.

    ``thing`` is the target, series or facility that it stands for, ``metric`` what its page calls what is measured.
    ``precision`` is how computing power is counted, where words say so. ``status`` is that of a target.
    """

    kind: ComparedKind
    thing: str
    metric: Cell[str]
    value: Cell[Decimal]
    value_max: Cell[Decimal]
    comparator: Cell[str]
    printed: Cell[str]
    precision: Cell[str]
    day: Cell[str]
    status: Cell[str]


class ComparedRegion(msgspec.Struct, frozen=True, kw_only=True):
    """What pages give for a region, the targets due last and the newest numbers first.

    ``target`` is the cell of the target due last, missing where no page sets the region one; ``statistic`` likewise.
    ``alike`` are numbers of other metrics whose names hold that of the metric asked for, or are held by it.
    """

    region: str
    name: str
    target: Cell[Decimal]
    statistic: Cell[Decimal]
    targets: tuple[Compared, ...]
    statistics: tuple[Compared, ...]
    compute: tuple[Compared, ...]
    alike: tuple[Compared, ...]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Regions side by side: ``metric`` under its name in the vocabulary, ``unit`` that of all values.

    ``unit`` is ``None`` where no page gives a number.
    """

    metric: str
    unit: str | None
    day: str
    regions: tuple[ComparedRegion, ...]

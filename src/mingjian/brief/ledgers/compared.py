"""Regions side by side as rows of a table, one for each number, and one that says so where a region has no target."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.comparison import Compared, ComparedRegion, Comparison


class ComparedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A number of a region, in the unit of the comparison: ``id`` is the thing that it stands for, ``name`` the region.

    ``group``: targets and statistics of the metric itself, ``compute`` of single facilities, ``alike`` of metrics that
    are called alike.
    """

    id: str
    name: str
    region: str
    group: str
    kind: str
    metric: Cell[str]
    comparator: Cell[str]
    value: Cell[Decimal]
    value_max: Cell[Decimal]
    unit: str | None
    printed: Cell[str]
    precision: Cell[str]
    date: Cell[str]
    status: Cell[str]


def compared_rows(comparison: Comparison) -> list[ComparedRow]:
    """The rows, region by region in the order asked."""
    return [row for region in comparison.regions for row in _of_region(region, comparison.unit)]


def _of_region(region: ComparedRegion, unit: str | None) -> Iterator[ComparedRow]:
    if not region.targets:
        yield _no_target(region)
    groups = (
        ("target", region.targets),
        ("statistic", region.statistics),
        ("compute", region.compute),
        ("alike", region.alike),
    )
    for group, every in groups:
        yield from (_row(region, group, one, unit) for one in every)


def _row(region: ComparedRegion, group: str, one: Compared, unit: str | None) -> ComparedRow:
    return ComparedRow(
        id=one.thing,
        name=region.name,
        region=region.region,
        group=group,
        kind=one.kind,
        metric=one.metric,
        comparator=one.comparator,
        value=one.value,
        value_max=one.value_max,
        unit=unit,
        printed=one.printed,
        precision=one.precision,
        date=one.day,
        status=one.status,
    )


def _no_target(region: ComparedRegion) -> ComparedRow:
    reason = region.target.missing or "no-target"
    words: Cell[str] = Cell(missing=reason)
    number: Cell[Decimal] = Cell(missing=reason)
    return ComparedRow(
        id="",
        name=region.name,
        region=region.region,
        group="target",
        kind="target",
        metric=words,
        comparator=words,
        value=number,
        value_max=number,
        unit=None,
        printed=words,
        precision=words,
        date=words,
        status=words,
    )

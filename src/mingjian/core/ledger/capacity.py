"""Compute of places side by side: capacities in one unit, those of one way of counting together and no others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from mingjian.core.link.things.tallying import province_of
from mingjian.core.model.ledger.rows import ComputeRow

EXA = Decimal(10) ** 18


class ComputeAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which compute is asked for: ``owner`` are words of its owner's name, ``least`` a capacity in EFLOPS."""

    owner: str = ""
    least: Decimal | None = None


class Capacity(msgspec.Struct, frozen=True, kw_only=True):
    """The capacities of a province (``None``: no page says where) that are counted alike, in EFLOPS.

    ``precision`` is ``None`` for those of which no page says how they are counted; ``sites`` how many were added.
    """

    province: str | None
    precision: str | None
    exaflops: Decimal
    sites: int


def compute_answering(rows: Iterable[ComputeRow], asked: ComputeAsked) -> list[ComputeRow]:
    """The rows that answer, the largest first; of one size, or without any, those of which most pages tell."""
    found = [row for row in rows if _answers(row, asked)]
    return sorted(found, key=lambda row: (-(row.capacity.value or Decimal(0)), -row.pages))


def capacities(rows: Iterable[ComputeRow]) -> Sequence[Capacity]:
    """What was told of each province by way of counting, the most first; of several provinces none can be said."""
    sums: dict[tuple[str | None, str | None], list[Decimal]] = {}
    for row in rows:
        if row.capacity.value is not None:
            places = sorted({province_of(code) for code in row.facets.regions})
            place = places[0] if len(places) == 1 else None
            sums.setdefault((place, row.precision.value), []).append(row.capacity.value)
    found = [
        Capacity(province=place, precision=precision, exaflops=sum(told, Decimal(0)) / EXA, sites=len(told))
        for (place, precision), told in sums.items()
    ]
    return sorted(found, key=lambda one: (-one.exaflops, one.province or "", one.precision or ""))


def _answers(row: ComputeRow, asked: ComputeAsked) -> bool:
    return (not asked.owner or asked.owner in (row.owner.value or "")) and (
        asked.least is None or (row.capacity.value is not None and row.capacity.value >= asked.least * EXA)
    )

"""Compute side by side: only what is counted alike is added."""

from __future__ import annotations

from decimal import Decimal

from tests.unit.core.ledger.invented import ledger_of, page

from mingjian.core.ledger.capacity import ComputeAsked, capacities, compute_answering
from mingjian.core.model.ledger.rows import ComputeRow

CENTRES = page(
    "云港算力",
    "2026-03-02",
    "岚讯网",
    "3月1日，广东省深圳市云港智算中心投入使用，算力规模达到2000PFLOPS（FP16）。"
    "广州市泊川智算中心建成，算力规模达到3EFLOPS。河南省郑州市禾原智算中心开工建设，规划算力500PFLOPS（FP16）。",
)


def built() -> list[ComputeRow]:
    rows = ledger_of({"centres": CENTRES}, "compute", ComputeRow)
    assert sum(row.capacity.value is not None for row in rows) >= 2
    return rows


def test_the_largest_come_first_and_those_without_a_capacity_last() -> None:
    told = [row.capacity.value for row in compute_answering(built(), ComputeAsked())]
    known = [value for value in told if value is not None]
    assert known == sorted(known, reverse=True)
    assert told == [*known, *[None] * (len(told) - len(known))]


def test_a_least_capacity_leaves_out_the_smaller_and_the_unknown() -> None:
    rows = compute_answering(built(), ComputeAsked(least=Decimal("2.5")))
    assert [row.capacity.value for row in rows] == [Decimal(3) * 10**18]
    assert compute_answering(built(), ComputeAsked(owner="无此主体")) == []


def test_what_is_counted_otherwise_is_not_added() -> None:
    rows = built()
    found = capacities(rows)
    keys = [(one.province, one.precision) for one in found]
    assert len(keys) == len(set(keys))
    assert sum(one.sites for one in found) == sum(row.capacity.value is not None for row in rows)
    assert sum(one.exaflops for one in found) * 10**18 == sum(row.capacity.value or 0 for row in rows)
    assert {row.precision.value for row in rows if row.capacity.value} == {precision for _, precision in keys}

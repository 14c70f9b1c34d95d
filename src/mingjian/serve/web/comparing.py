"""Regions side by side as parts of a page: the chart, the rows, and who has no target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from mingjian.brief.evidence import Pages
from mingjian.brief.ledgers.compared import ComparedRow
from mingjian.brief.ledgers.tables import Table, chosen_columns, compared_table
from mingjian.brief.wording import coded_label, ledger_label
from mingjian.core.link.things.spheres import COUNTRY_CODE
from mingjian.core.model.ledger.comparison import Compared, ComparedRegion, Comparison
from mingjian.serve.web.links import thing_href
from mingjian.serve.web.listings import columns_of, lines_of
from mingjian.serve.web.parts import Download, Line, Listing
from mingjian.serve.web.words import word

COLUMNS = ("name", "group", "value", "unit", "date", "status", "metric", "precision", "printed")
_LEDGERS = {"target": "targets", "statistic": "statistics", "compute": "compute"}
_YEAR = 4


class Bar(msgspec.Struct, frozen=True):
    """A bar of the chart: its label, number and the address of what it stands for."""

    label: str
    value: float
    href: str


def compared_chart(found: Comparison) -> dict[str, Any]:
    """A bar for the target due last and one for the newest number of each region that has one."""
    bars = [bar for region in found.regions for bar in _bars(region)]
    return {
        "labels": [bar.label for bar in bars],
        "values": [bar.value for bar in bars],
        "links": [bar.href for bar in bars],
        "unit": unit_of(found),
    }


def compared_listing(found: Comparison, pages: Pages, downloads: tuple[Download, ...]) -> Listing:
    """All numbers with their evidence, region by region; behind them a row that says so for each without a target."""
    whole = _narrowed(compared_table(found, pages, ""))
    rows = sorted(whole.rows, key=lambda row: isinstance(row, ComparedRow) and row.value.value is None)
    table = msgspec.structs.replace(whole, rows=rows)
    return Listing(
        id="list",
        caption=ledger_label("compared"),
        columns=columns_of(table),
        lines=tuple(
            msgspec.structs.replace(line, id=f"{number}", href=_href(row))
            for number, (line, row) in enumerate(zip(_lines(table), table.rows, strict=True))
            if isinstance(row, ComparedRow)
        ),
        downloads=downloads,
    )


def without_target(found: Comparison) -> list[str]:
    """The names of the regions of which no page tells a target."""
    return [region.name for region in found.regions if not region.targets and region.region != COUNTRY_CODE]


def unit_of(found: Comparison) -> str:
    """What the unit of the comparison is called."""
    if found.unit is None:
        return str(word("compare.no_unit"))
    return coded_label("unit", found.unit) or str(word("compare.no_unit"))


def _narrowed(table: Table) -> Table:
    return msgspec.structs.replace(table, columns=chosen_columns(ComparedRow, COLUMNS))  # type: ignore[arg-type]


def _lines(table: Table) -> tuple[Line, ...]:
    return lines_of(table)


def _bars(region: ComparedRegion) -> Iterator[Bar]:
    for what, every in (("target", region.targets), ("statistic", region.statistics)):
        for one in every[:1]:
            if one.value.value is not None:
                yield Bar(_label(region, what, one), float(one.value.value), thing_href(_LEDGERS[one.kind], one.thing))


def _label(region: ComparedRegion, what: str, one: Compared) -> str:
    year = (one.day.value or "")[:_YEAR]
    return str(word("compare.bar", region=region.name, what=word(f"compare.{what}").zh, day=f" {year}" if year else ""))


def _href(row: ComparedRow) -> str | None:
    return thing_href(_LEDGERS.get(row.kind, "targets"), row.id) if row.id else None

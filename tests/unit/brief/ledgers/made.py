"""Rows made by hand, with whatever words a page may hold."""

from __future__ import annotations

from decimal import Decimal

from mingjian.brief.ledgers.columns import columns_of
from mingjian.brief.ledgers.tables import Table
from mingjian.core.model.ledger.cells import Cell, Cite, Facets, Row
from mingjian.core.model.ledger.rows import OrganisationRow, Point, StatisticRow
from mingjian.core.model.outcome import Missing
from mingjian.core.model.things import PageCard

PAGE = "0123456789abcdef"
HOSTILE = (
    '=HYPERLINK("http://pages.example/","点")', "+1", "-2+3", "@SUM(A1:A9)", "=cmd|' /C calc'!A0", "\t=1", "\r\n=1",
    "\u200b=1", "\u202e=1", "＝1", "'=1", "'十四五'", "a\x00b\x07c\x1fd", "_x0041_", "甲" * 40_000, "😀" * 20_000,
    "甲\n乙", '引"号', "a,b;c", "http://pages.example/x", "internal:Sheet1!A1", "‏ימין", "\ufffe", "{=1}", "1e5", "0012",
)  # fmt: skip
"""Names that spreadsheets take for formulas, links, numbers or worse."""


def cite(text: str, page: str = PAGE) -> Cite:
    return Cite(page, 3, 3 + len(text), text)


def organisation(name: str, number: int = 0) -> OrganisationRow:
    return OrganisationRow(
        id=f"{number:016x}",
        name=name,
        mentions=1,
        pages=1,
        sources=1,
        first_published="2025-03-01",
        last_published=None,
        added="2026-04-01T08:00:00Z",
        facets=Facets(regions=("440000",), technologies=("ai",), industries=("C",), ai=True),
        names=(Cell(name, (cite(name),)),),
        type=Cell("company", (cite(name),)),
    )


def statistic(value: str, as_of: str) -> StatisticRow:
    number = Cell(Decimal(value), (cite(value),))
    untold: Cell[str] = Cell(missing="not-told")
    point = Point(
        as_of=Cell(as_of, (cite(as_of),)),
        comparator=untold,
        value=number,
        value_max=Cell(missing="not-told"),
        printed=Cell(f"{value}亿元", (cite(f"{value}亿元"),)),
        precision=untold,
        source_body=untold,
        published="2025-03-01",
    )
    head = {name: getattr(organisation("某产业规模"), name) for name in Row.__struct_fields__}
    return StatisticRow(
        **head,
        region=untold,
        subject=untold,
        metric=Cell("产业规模", (cite("产业规模"),)),
        unit=Cell("CNY", (cite("亿元"),), basis="normalised"),
        change=untold,
        latest=number,
        printed=point.printed,
        latest_as_of=Cell(as_of, (cite(as_of),)),
        points=(point, point),
    )


def card(page: str, address: str = "https://pages.example/1") -> PageCard:
    untold = Missing("not-told")
    return PageCard(
        id=page,
        doc_id="1",
        address=address,
        title=untold,
        source=untold,
        publisher=untold,
        published=untold,
        published_from=None,
        published_to=None,
        added="2026-04-01T08:00:00Z",
        ai=True,
        doc_type="news",
        group=page,
    )


def table(*rows: Row, ledger: str = "organisations", address: str = "https://pages.example/1") -> Table:
    return Table(
        ledger=ledger,
        columns=columns_of(type(rows[0])),
        rows=rows,
        pages=lambda page: card(page, address),
        day="2026-04-02",
    )

"""Compute as parts of its page: capacities in EFLOPS with what is told of how they are counted."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec

from mingjian.brief.evidence import Pages
from mingjian.brief.wording import ledger_missing_label
from mingjian.core.ledger.capacity import EXA, Capacity
from mingjian.core.ledger.ledgers import Ledger
from mingjian.core.model.ledger.rows import ComputeRow
from mingjian.serve.web.facets import can_be_asked, place_label
from mingjian.serve.web.listings import cited
from mingjian.serve.web.lists import Found, list_of
from mingjian.serve.web.parts import Column, Facet, Listing, Shown
from mingjian.serve.web.queries import Query
from mingjian.serve.web.words import word

_DIGITS = Decimal("0.0001")
_SHOWN_CITES = 3
_PLACE = 1


def capacity_chart(every: Iterable[Capacity], query: Query) -> dict[str, Any]:
    """A bar for each place and way of counting; a click on one chooses the place."""
    told = list(every)
    return {
        "labels": [_label(one) for one in told],
        "values": [float(round(one.exaflops, 4)) for one in told],
        "unit": "EFLOPS",
        "links": [
            query.chosen(region=one.province).href if one.province and can_be_asked(one.province) else None
            for one in told
        ],
    }


def compute_listing(ledger: Ledger, found: Found, query: Query, facets: tuple[Facet, ...]) -> Listing:
    """The rows as a list, with a column of their capacities in one unit behind their names."""
    plain = list_of(ledger, found, query.without({"sort"}), facets)
    head = Column(key="exaflops", label=str(word("compute.value")), english="EFLOPS", number=True)
    return msgspec.structs.replace(
        plain,
        columns=tuple(msgspec.structs.replace(one, href=None) for one in _with(plain.columns, head)),
        lines=tuple(
            msgspec.structs.replace(line, cells=_with(line.cells, (exaflops_of(row, found.pages),)))
            for line, row in zip(plain.lines, found.rows, strict=True)
            if isinstance(row, ComputeRow)
        ),
    )


def exaflops_of(row: ComputeRow, pages: Pages) -> Shown:
    """The capacity of a row in EFLOPS, with its words."""
    cell = row.capacity
    if cell.value is None:
        return Shown(missing=ledger_missing_label(cell.missing or ""))
    cites = tuple(cited(cite, pages) for cite in cell.cites[:_SHOWN_CITES])
    return Shown(text=worded(cell.value / EXA), cites=cites, more=max(0, len(cell.cites) - _SHOWN_CITES))


def worded(exaflops: Decimal) -> str:
    """A capacity in EFLOPS to four digits behind the point, small ones as exact as they are.

    >>> worded(Decimal("40")), worded(Decimal("1.80")), worded(Decimal("0.0000025"))
    ('40', '1.8', '0.0000025')
    """
    rounded = exaflops.quantize(_DIGITS) if exaflops >= _DIGITS else exaflops
    plain = f"{rounded:,f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _label(one: Capacity) -> str:
    region = place_label(one.province) if one.province else str(word("compute.no_region"))
    return str(word("compute.bar", region=region, precision=one.precision or word("compute.unstated").zh))


def _with(cells: tuple[Any, ...], one: Any) -> tuple[Any, ...]:  # noqa: ANN401 - heads or cells alike
    return (*cells[:_PLACE], one, *cells[_PLACE:])

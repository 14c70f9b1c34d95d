"""Ledgers as JSON lines: each row as it is."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.brief.ledgers.columns import columns_of, entries_of
from mingjian.brief.ledgers.tables import Table, evidence_of

_ENCODE = msgspec.json.Encoder(decimal_format="number").encode


def json_lines(table: Table, *, with_pages: bool = False) -> Iterator[bytes]:
    """A line for each row; ``with_pages`` with the cards of all pages that it cites, by id, as ``page_cards``."""
    for row in table.rows:
        if not with_pages:
            yield _ENCODE(row) + b"\n"
            continue
        entries = entries_of(row, columns_of(type(row)))
        cited = sorted({evidence.cite.page for evidence in evidence_of(entries, table.ledger)})
        cards = {page: card for page in cited if (card := table.pages(page)) is not None}
        fields = {name: getattr(row, name) for name in row.__struct_fields__}
        yield _ENCODE({**fields, "page_cards": cards}) + b"\n"

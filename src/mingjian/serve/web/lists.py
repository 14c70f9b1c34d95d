"""A ledger as a list: columns, rows with their evidence, pages before and behind, facets and files to take along."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mingjian.brief.evidence import Pages
from mingjian.brief.ledgers.columns import Column
from mingjian.brief.ledgers.tables import Table, Tabled, chosen_columns
from mingjian.brief.wording import ledger_label, ledger_shown
from mingjian.core.ledger.ledgers import LEDGERS, Ledger
from mingjian.core.model.ledger.rows import ConflictRow
from mingjian.serve.paging import Part
from mingjian.serve.web.links import href, thing_href
from mingjian.serve.web.listings import Sorting, columns_of, lines_of
from mingjian.serve.web.parts import Download, Facet, Line, Listing, Message, Pager
from mingjian.serve.web.queries import Query
from mingjian.serve.web.words import word

PAGE = 30
MOST_SORTED = 5_000
"""Of longer lists no column sorts: all rows would have to be made for it."""
FILES = ("xlsx", "csv", "jsonl")
_NAMED = ("title", "name", "words", "action")
_NOT_SHOWN = "id"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of a part of a list, whether there are more, and how many there are where that is known.

    ``pages``: where their pages are found; ``day``: the ISO day on which they are read.
    """

    rows: Sequence[Tabled]
    part: Part
    more: bool
    total: int | None
    pages: Pages
    day: str


def shown_columns(ledger: Ledger, names: Sequence[str] = ()) -> tuple[Column, ...]:
    """The columns of these names, else those that tell most; one that names the row is always there, first."""
    chosen = list(names) or [name for name in ledger_shown(ledger.name) if name != _NOT_SHOWN]
    columns = chosen_columns(ledger.row_type, chosen)
    if not any(column.name in _NAMED for column in columns):
        columns = (*chosen_columns(ledger.row_type, ("name",)), *columns)
    return columns


def list_of(ledger: Ledger, found: Found, query: Query, facets: tuple[Facet, ...] = ()) -> Listing:
    """The rows as a list that the address asks for."""
    columns = shown_columns(ledger, query.all("column"))
    table = Table(ledger=ledger.name, columns=columns, rows=found.rows, pages=found.pages, day=found.day)
    may_sort = found.total is not None and found.total <= MOST_SORTED
    return Listing(
        id="list",
        caption=ledger_label(ledger.name),
        columns=columns_of(table, sorting_of(query) if may_sort else None),
        lines=lines_in(table),
        pager=pager_of(query, found),
        facets=facets,
        downloads=downloads_of(ledger.name, query),
        empty=nothing_found(query),
    )


def lines_in(table: Table) -> tuple[Line, ...]:
    """The rows of a table, each with the address of the page that it leads to."""
    places = {row.id: _href(table.ledger, row) for row in table.rows}
    return lines_of(table, lambda _, identity: places[identity])


def sorting_of(query: Query) -> Sorting:
    """How the address sorts, and the addresses that sort otherwise."""
    sort = query.one("sort")
    return Sorting(sort.removeprefix("-"), sort.startswith("-"), lambda order: query.chosen(sort=order).href)


def pager_of(query: Query, found: Found) -> Pager:
    """Which rows are shown, and the addresses around."""
    offset, limit = found.part.offset, found.part.limit
    last = offset + len(found.rows)
    return Pager(
        first=min(offset + 1, last),
        last=last,
        total=found.total,
        earlier=_at(query, max(0, offset - limit)) if offset else None,
        later=_at(query, offset + limit) if found.more else None,
    )


def downloads_of(ledger: str, query: Query) -> tuple[Download, ...]:
    """The files that the whole list becomes."""
    asked = query.without({"offset"})
    return tuple(Download(str(word(f"lists.file_{form}")), asked.at(f"/exports/{ledger}.{form}")) for form in FILES)


def nothing_found(query: Query) -> Message:
    """What to do where no row answers, or none so far on."""
    if query.number("offset", 0):
        return Message(
            str(word("lists.past")),
            mend=str(word("lists.past_mend")),
            href=query.without({"offset"}).href,
            action=str(word("lists.first_rows")),
        )
    if not query.without({"column", "sort", "offset"}).given:
        return Message(
            str(word("lists.none")),
            mend=str(word("lists.none_mend")),
            href=query.chosen(all="1").href,
            action=str(word("lists.show_all")),
        )
    return Message(
        str(word("list.empty")),
        mend=str(word("list.empty_mend")),
        href=query.path,
        action=str(word("lists.clear")),
    )


def ledger_of_kind(kind: str) -> str:
    """The ledger that lists the things of a kind."""
    return next((ledger.name for ledger in LEDGERS.values() if kind in ledger.of), "events")


def _href(ledger: str, row: Tabled) -> str:
    if isinstance(row, ConflictRow):
        return thing_href(ledger_of_kind(row.kind), row.about)
    return href("/events", source=row.name, all="1") if ledger == "sources" else thing_href(ledger, row.id)


def _at(query: Query, offset: int) -> str:
    kept = query.without({"offset"})
    return Query(kept.path, (*kept.given, *((("offset", str(offset)),) if offset else ()))).href

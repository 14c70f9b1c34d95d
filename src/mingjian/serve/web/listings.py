"""From a ledger's table to a list on a page: heads, cells with the words that say them, badges of status."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files

import msgspec

from mingjian.brief.evidence import Pages, told
from mingjian.brief.ledgers.columns import Column as LedgerColumn
from mingjian.brief.ledgers.columns import Entry, Said
from mingjian.brief.ledgers.tables import Table, Tabled, shown, shown_value
from mingjian.brief.wording import NOTHING, basis_meaning, ledger_missing_label, ledger_value_label, worded
from mingjian.core.model.facts import Normalized
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.serve.web.links import cite_href, thing_href
from mingjian.serve.web.parts import Badge, Cited, Column, Line, Shown, Tone
from mingjian.serve.web.words import english_of

_STATUSES = frozenset({"status", "state", "stage", "actuality"})
_HEADS = ("title", "name", "words", "action")
MEASURED = frozenset({"value", "value_max", "latest", "amount", "capacity", "size"})
"""Columns whose numbers are counted in the unit of the row."""
_SHOWN_CITES = 3
_SHOWN_ROWS = 6


class Sorting(msgspec.Struct, frozen=True):
    """By which column a list is sorted, and the address that sorts it otherwise (``deadline``, ``-deadline``)."""

    by: str
    backward: bool
    href: Callable[[str], str]


def columns_of(table: Table, sorting: Sorting | None = None) -> tuple[Column, ...]:
    """The heads of the table; with ``sorting`` they are links, the one that is sorted by turns the order round."""
    pairs = zip(table.columns, table.labels(), strict=True)
    names = [column.name for column in table.columns]
    head = next((name for name in _HEADS if name in names), names[0])
    return tuple(
        msgspec.structs.replace(_head(column, label, sorting), head=column.name == head) for column, label in pairs
    )


def lines_of(table: Table, href: Callable[[str, str], str] = thing_href) -> tuple[Line, ...]:
    """The rows; each leads to the address that ``href`` gives for the ledger and the row's id."""
    apart = any(column.name == "unit" for column in table.columns)
    return tuple(
        Line(
            id=row.id,
            href=href(table.ledger, row.id),
            cells=tuple(_cell_beside(row, entry, table.pages, apart=apart) for entry in entries),
        )
        for row, entries in table.entries()
    )


def _cell_beside(row: Tabled, entry: Entry, pages: Pages, *, apart: bool) -> tuple[Shown, ...]:
    """What stands beside the name: no words that are the name once more; numbers with the unit, unless it is apart."""
    cells = cell_of(entry, pages)
    if entry.column.name == "printed" and entry.first.value == row.name:
        return (Shown(missing=ledger_missing_label("no-value")),)
    unit = getattr(row, "unit", None)
    return cells if apart or not isinstance(unit, Cell) else measured(cells, entry, unit.value)


def measured(cells: tuple[Shown, ...], entry: Entry, unit: str | None) -> tuple[Shown, ...]:
    """The numbers of a column that counts in the unit of the row, with it: 90%, 30亿元, 1.8E FLOPS."""
    if unit is None or entry.column.name not in MEASURED:
        return cells
    return tuple(
        msgspec.structs.replace(cell, text=worded(Normalized(said.value, None, unit)))
        if isinstance(said.value, Decimal)
        else cell
        for cell, said in zip(cells, entry.said, strict=False)
    )


def cell_of(entry: Entry, pages: Pages) -> tuple[Shown, ...]:
    """What a row has in a column: each value with the words that say it, or why there is none."""
    if entry.column.kind == "table":
        return tuple(_inner(entry, row, pages) for row in entry.rows[:_SHOWN_ROWS]) or (Shown(missing=NOTHING),)
    return tuple(value_of(said, entry.column, pages) for said in entry.said) or (Shown(missing=NOTHING),)


def _inner(entry: Entry, row: tuple[Entry, ...], pages: Pages) -> Shown:
    """A row of a table within: what it says in one line with the words that say it, and the thing that it names."""
    cites = list(dict.fromkeys(cite for one in row for said in one.said for cite in said.cites))
    thing = next((one.first.value for one in row if one.column.name == "thing"), None)
    return Shown(
        text=shown(Entry(entry.column, rows=(row,))),
        href=thing_href("things", str(thing)) if thing else None,
        cites=tuple(cited(cite, pages) for cite in cites[:_SHOWN_CITES]),
        more=max(0, len(cites) - _SHOWN_CITES),
    )


def value_of(said: Said, column: LedgerColumn, pages: Pages) -> Shown:
    """A value as it is shown."""
    if said.value is None:
        return Shown(missing=ledger_missing_label(said.missing) if said.missing else NOTHING)
    words = shown_value(said, column)
    badge = Badge(words, tone_of(str(said.value))) if column.name in _STATUSES else None
    return Shown(
        text=words,
        badge=badge,
        basis=basis_of(said),
        cites=tuple(cited(cite, pages) for cite in said.cites[:_SHOWN_CITES]),
        more=max(0, len(said.cites) - _SHOWN_CITES),
    )


def basis_of(said: Said) -> str:
    """How the value was found, in words; empty where words state it as it is."""
    basis = said.basis or ""
    return basis_meaning(basis) or ledger_value_label(basis)


def cited(cite: Cite, pages: Pages) -> Cited:
    """The cite with the name of where it stands, and the address of the page at its words."""
    page = told(cite, pages)
    where = " · ".join(filter(None, (page.source or page.title or cite.page[:8], page.published[:10])))
    return Cited(cite.text, where, cite_href(cite))


def tone_of(status: str) -> Tone:
    """The colour of a coded status.

    >>> tone_of("met"), tone_of("whatever")
    ('good', 'plain')
    """
    return _tones().get(status, "plain")


@cache
def _tones() -> Mapping[str, Tone]:
    table = tomllib.loads(files("mingjian.serve.web").joinpath("tones.toml").read_text(encoding="utf-8"))
    tones = msgspec.convert(table, dict[Tone, list[str]])
    return {status: tone for tone, statuses in tones.items() for status in statuses}


def _head(column: LedgerColumn, label: str, sorting: Sorting | None) -> Column:
    here = sorting is not None and sorting.by == column.name
    backward = here and sorting is not None and sorting.backward
    turned = f"-{column.name}" if here and not backward else column.name
    return Column(
        key=column.name,
        label=label,
        english=english_of(column.name),
        number=column.kind in {"number", "count"},
        href=sorting.href(turned) if sorting else None,
        order=("descending" if backward else "ascending") if here else None,
    )

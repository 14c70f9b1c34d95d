"""Ledgers as Excel workbooks: typed cells with their words as notes, tables within rows and all evidence beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain

from mingjian.brief.evidence import Pages, told
from mingjian.brief.ledgers.columns import Column, Entry, Said, entries_of
from mingjian.brief.ledgers.sheets import Content, Field, Sheet, workbook_bytes
from mingjian.brief.ledgers.tables import Table, evidence_of, shown, shown_value, why_missing
from mingjian.brief.wording import ledger_column_label, ledger_label, ledger_value_label, phrase
from mingjian.core.model.ledger.cells import Cite

_FULL_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.+")
_BY_OUR_CLOCK = frozenset({"added"})
_IN_NOTE, _IN_ROW = 3, 3
_MOST_OF_WORDS = 160
_ID = 12


def excel_bytes(table: Table) -> bytes:
    """The workbook: the ledger, a sheet for each table within its rows, all evidence, and what was asked."""
    return workbook_bytes([_ledger(table), *_within(table), _evidence(table), _about(table)])


def _ledger(table: Table) -> Sheet:
    heads = [*table.labels(), phrase("ledger_evidence"), phrase("ledger_link")]
    return Sheet(name=ledger_label(table.ledger), heads=heads, rows=_ledger_rows(table), frozen=min(2, len(heads) - 2))


def _ledger_rows(table: Table) -> Iterator[list[Field]]:
    for _, entries in table.entries():
        cites = list(dict.fromkeys(evidence.cite for evidence in evidence_of(entries, table.ledger)))
        lines = [_cite_line(cite, table.pages) for cite in cites[:_IN_ROW]]
        link = next((link for cite in cites if (link := told(cite, table.pages).link)), None)
        yield [*(_field(entry, table.pages) for entry in entries), Field("\n".join(lines)), Field(link, link=link)]


def _field(entry: Entry, pages: Pages) -> Field:
    """The entry as a cell: a number, a day, a moment or a text; an empty one says why in its note."""
    reason = why_missing(entry)
    if reason:
        return Field(phrase("ledger_empty"), note=reason, empty=True)
    note = "\n".join(_notes(entry, pages))
    content = _typed(entry.first, entry.column) if len(entry.said) == 1 else _listed(entry)
    return Field(content, note=note)


def _listed(entry: Entry) -> Content:
    return shown(entry) if entry.said or entry.rows else None


def _typed(said: Said, column: Column) -> Content:
    value = said.value
    if isinstance(value, str) and column.kind == "date" and (time := _time(value, column.name)) is not None:
        return time
    return shown_value(said, column) if isinstance(value, str | bool) else value


def _time(value: str, column: str = "") -> date | None:
    """A full day as a date, a moment as one; a month or a year is a text, since no day of it is told.

    Cells know no zones: what a page tells stands by its own clock, when a page was added by that of this machine.
    """
    try:
        if _FULL_DAY.fullmatch(value):
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(value) if _MOMENT.fullmatch(value) else None
    except ValueError:
        return None
    if moment is not None and column in _BY_OUR_CLOCK:
        moment = moment.astimezone()
    return None if moment is None else moment.replace(tzinfo=None)


def _told_time(value: str) -> Content:
    return _time(value) or value


def _notes(entry: Entry, pages: Pages) -> Iterator[str]:
    for said in entry.said[:_IN_NOTE]:
        yield from (_cite_line(cite, pages) for cite in said.cites[:_IN_NOTE])
        if said.basis:
            yield phrase("ledger_basis", basis=ledger_value_label(said.basis))


def _cite_line(cite: Cite, pages: Pages) -> str:
    page = told(cite, pages)
    words = cite.text if len(cite.text) <= _MOST_OF_WORDS else f"{cite.text[:_MOST_OF_WORDS]}……"
    source = page.source or page.title or cite.page[:_ID]
    return phrase("ledger_cite", words=words, source=" ".join(filter(None, (source, page.published[:10]))))


def _within(table: Table) -> Iterator[Sheet]:
    """A sheet for each table within rows that has any: the points of series, the kin of documents."""
    for column in table.columns:
        if column.kind != "table":
            continue
        rows = _rows_within(table, column)
        first = next(rows, None)
        if first is not None:
            heads = [_label(name, table) for name in ("id", "name", *(one.name for one in column.inner))]
            yield Sheet(name=_label(column.name, table), heads=heads, rows=chain((first,), rows), frozen=2)


def _rows_within(table: Table, column: Column) -> Iterator[list[Field]]:
    for row in table.rows:
        for entries in entries_of(row, (column,))[0].rows:
            yield [Field(row.id), Field(row.name), *(_field(entry, table.pages) for entry in entries)]


def _label(name: str, table: Table) -> str:
    return ledger_column_label(name, table.ledger)


def _evidence(table: Table) -> Sheet:
    heads = [phrase(f"ledger_head_{name}") for name in _EVIDENCE]
    return Sheet(
        name=phrase("ledger_evidence"),
        heads=[_label("id", table), _label("name", table), *heads],
        rows=_evidence_rows(table),
        frozen=2,
    )


_EVIDENCE = (
    "column",
    "value",
    "words",
    "source",
    "published",
    "title",
    "link",
    "page",
    "layer",
    "start",
    "end",
    "basis",
)


def _evidence_rows(table: Table) -> Iterator[list[Field]]:
    for row, entries in table.entries():
        for one in evidence_of(entries, table.ledger):
            page, basis = told(one.cite, table.pages), one.said.basis
            value, published = _typed(one.said, one.of), _told_time(page.published)
            texts = (row.id, row.name, one.label, value, one.cite.text, page.source, published, page.title)
            yield [
                *map(Field, texts),
                Field(page.link, link=page.link),
                Field(page.page),
                Field(one.cite.layer),
                Field(one.cite.start),
                Field(one.cite.end),
                Field(ledger_value_label(basis) if basis else None),
            ]


def _about(table: Table) -> Sheet:
    told_of: dict[str, Content] = {
        "ledger": ledger_label(table.ledger),
        "day": _told_time(table.day),
        "asked": table.asked,
        "rows": len(table.rows),
        "empty": phrase("ledger_empty_means"),
    }
    rows = [[Field(phrase(f"ledger_about_{name}")), Field(value)] for name, value in told_of.items()]
    return Sheet(name=phrase("ledger_about"), heads=("", ""), rows=rows)

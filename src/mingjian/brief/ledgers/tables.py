"""A ledger's rows as a table for people or programs: which columns, in which order, and what stands in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeAlias

import msgspec

from mingjian.brief.evidence import Pages
from mingjian.brief.ledgers.columns import Column, Entry, Said, Value, columns_of, entries_of
from mingjian.brief.ledgers.compared import ComparedRow, compared_rows
from mingjian.brief.ledgers.listed import FactRow, PageRow, ThingRow
from mingjian.brief.ledgers.matched import MatchedRow
from mingjian.brief.wording import (
    NOTHING,
    backward_form,
    coded_label,
    ledger_column_label,
    ledger_missing_label,
    ledger_value_label,
    phrase,
    worded,
)
from mingjian.core.model.ledger.cells import Cite, Row
from mingjian.core.model.ledger.comparison import Comparison
from mingjian.errors import QuestionError

BETWEEN = "；"
Tabled: TypeAlias = Row | ComparedRow | MatchedRow | PageRow | FactRow | ThingRow
_VERBATIM = frozenset({"id", "name", "about", "thing", "words", "printed", "title"})
_CODED = frozenset({"regions", "technologies", "industries", "unit"})


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of one ledger with the columns to show, and where their pages are found.

    ``day`` is the ISO day on which they are read, ``asked`` what they were filtered by, in words.
    """

    ledger: str
    columns: tuple[Column, ...]
    rows: Sequence[Tabled]
    pages: Pages
    day: str
    asked: str = ""

    def entries(self) -> Iterator[tuple[Tabled, tuple[Entry, ...]]]:
        """Each row with its entries in the columns."""
        return ((row, entries_of(row, self.columns)) for row in self.rows)

    def labels(self) -> list[str]:
        """What people call the columns."""
        return [ledger_column_label(column.name, self.ledger) for column in self.columns]


def compared_table(found: Comparison, pages: Pages, asked: str) -> Table:
    """Regions side by side as a table: a row for each number."""
    rows, columns = compared_rows(found), columns_of(ComparedRow)
    return Table(ledger="compared", columns=columns, rows=rows, pages=pages, day=found.day, asked=asked)


def table_of_rows(
    ledger: str, row_type: type[msgspec.Struct], rows: Sequence[Tabled], known: tuple[Pages, str]
) -> Table:
    """Rows with all their columns; ``known``: where their pages are found, and the ISO day on which they are read."""
    pages, day = known
    return Table(ledger=ledger, columns=columns_of(row_type), rows=rows, pages=pages, day=day)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One cite of a row: for which value of which column (``points.0.value`` within a table, where ``of`` is value)."""

    column: str
    label: str
    said: Said
    cite: Cite
    of: Column


def chosen_columns(row_type: type[Row], names: Sequence[str]) -> tuple[Column, ...]:
    """The columns of these names in this order, all without any; ``QuestionError`` for a name of none."""
    every = {column.name: column for column in columns_of(row_type)}
    return tuple(column_called(every, name) for name in names) if names else tuple(every.values())


def column_called(every: dict[str, Column], name: str) -> Column:
    """The column of this name, or of this label; raises ``QuestionError`` with the nearest for another."""
    labelled = {ledger_column_label(one): one for one in reversed(every)}
    found = every.get(name) or every.get(labelled.get(name, ""))
    if found is None:
        near = get_close_matches(name, [*every, *labelled], n=3, cutoff=0.4) or list(every)
        raise QuestionError(name, "is no column of this ledger", f"did you mean {', '.join(near)}?")
    return found


def ordered_rows(rows: Iterator[Row], row_type: type[Row], sort: str | None) -> Iterator[Row]:
    """The rows by the column of this name, backwards where a minus stands before it; as they come without a name.

    Raises ``QuestionError`` for a name of no column.
    """
    if sort is None:
        return rows
    every = {column.name: column for column in columns_of(row_type)}
    return iter(sorted_rows(rows, column_called(every, sort.removeprefix("-")), backward=sort.startswith("-")))


def sorted_rows(rows: Iterable[Row], column: Column, *, backward: bool) -> list[Row]:
    """The rows by what they have in a column, those that have nothing there last; alike ones stay in order."""
    keyed = [(_key(entries_of(row, (column,))[0]), row) for row in rows]
    there = [each for each in keyed if each[0] is not None]
    there.sort(key=lambda each: each[0] or (), reverse=backward)
    return [row for _, row in there] + [row for key, row in keyed if key is None]


def _key(entry: Entry) -> tuple[Decimal | int, str] | None:
    if entry.column.kind == "table":
        return (len(entry.rows), "") if entry.rows else None
    value = entry.first.value
    if value is None:
        return None
    return (0, value) if isinstance(value, str) else (value, "")


def shown(entry: Entry) -> str:
    """What people see: coded values by their names, several with a mark between them, nothing as a dash."""
    if entry.column.kind == "table":
        return BETWEEN.join(_shown_inner(row) for row in entry.rows) or NOTHING
    return BETWEEN.join(shown_value(one, entry.column) for one in entry.said) or NOTHING


def _shown_inner(row: tuple[Entry, ...]) -> str:
    """A row of a table within: what it says, each word once, without ids, marks and what is missing."""
    told = {
        entry.column.name: shown(entry) for entry in row if entry.column.name != "thing" and entry.column.kind != "flag"
    }
    backward = next((entry.first.value for entry in row if entry.column.name == "backward"), False)
    relation = next((entry.first.value for entry in row if entry.column.name == "relation"), None)
    if backward and isinstance(relation, str) and (form := backward_form(relation)):
        return form.format(name=told["cell"])
    if (first := told.get("first_seen", NOTHING)) != NOTHING and first != told["last_seen"] != NOTHING:
        told |= {"first_seen": phrase("interval", start=first, end=told["last_seen"]), "last_seen": NOTHING}
    return " ".join(dict.fromkeys(words for words in told.values() if words != NOTHING))


def shown_value(said: Said, column: Column) -> str:
    """One value as people see it."""
    value = said.value
    if isinstance(value, str) and column.name == "field":
        return _field_label(value)
    if isinstance(value, str) and column.name in _CODED:
        return coded_label(column.name, value)
    if isinstance(value, str) and column.name not in _VERBATIM and _is_code(value, said.cites):
        return ledger_value_label(value)
    if isinstance(value, str) and column.kind == "date":
        start, between, end = value.partition("/")
        return phrase("interval", start=start, end=end) if between else value
    if isinstance(value, Decimal):
        return f"{value:,f}" if value == value.to_integral_value() else f"{value.normalize():,f}"
    return value if isinstance(value, str) and value else worded(value)


def _field_label(field: str) -> str:
    """What a field is called, and of what it is one: title@BODY, value@DAY."""
    name, _, of = field.partition("@")
    label = ledger_column_label(name, "conflicts")
    return phrase("ledger_field_of", label=label, of=of) if of else label


def _is_code(value: str, cites: Iterable[Cite]) -> bool:
    """Whether a text may be a code of ours: one that the words hold is the page's own."""
    return value.isascii() and not any(value in cite.text for cite in cites)


def bare(value: Value) -> str:
    """A value as programs read it: numbers in digits, nothing as an empty text.

    >>> bare(Decimal("3E+2")), bare(True), bare(None)
    ('300', 'true', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def bare_entry(entry: Entry) -> str:
    """What programs read of an entry in one text: several values with a mark between them.

    A mark within a row of a table (disputed) is told by its name where it is set.
    """
    if entry.column.kind == "table":
        return BETWEEN.join(" ".join(filter(None, map(_bare_inner, row))) for row in entry.rows)
    return BETWEEN.join(bare(said.value) for said in entry.said)


def _bare_inner(entry: Entry) -> str:
    if entry.column.kind == "flag":
        return entry.column.name if entry.first.value else ""
    return bare_entry(entry)


def why_missing(entry: Entry) -> str:
    """Why there is no value, in words; empty where there is one."""
    missing = entry.first.missing
    return ledger_missing_label(missing) if missing and entry.first.value is None else ""


def evidence_of(entries: Iterable[Entry], ledger: str) -> Iterator[Evidence]:
    """All that the entries cite, column by column."""
    for entry in entries:
        label = ledger_column_label(entry.column.name, ledger)
        for said in entry.said:
            for cite in said.cites:
                yield Evidence(column=entry.column.name, label=label, said=said, cite=cite, of=entry.column)
        for number, row in enumerate(entry.rows):
            for inner in evidence_of(row, ledger):
                column = f"{entry.column.name}.{number}.{inner.column}"
                yield msgspec.structs.replace(inner, column=column, label=f"{label} {number + 1} {inner.label}")

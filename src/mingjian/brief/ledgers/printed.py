"""Ledgers as lines for a terminal: a table as wide as it, or each row with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from mingjian.brief.graphs.evidence import Pages, told
from mingjian.brief.ledgers.columns import Column, Entry
from mingjian.brief.ledgers.tables import Table, evidence_of, shown, why_missing
from mingjian.brief.wording import NOTHING, ledger_column_label, phrase, printable
from mingjian.core.model.ledger.cells import Cite

_ID = 12
_GAP = 2
_NARROWEST, _COMFORTABLE, _LONGEST = 6, 24, 60
_CITES = 3


def fitting_columns(table: Table, width: int) -> tuple[Column, ...]:
    """The columns that a terminal so wide has room for, in order: those in which some row says something.

    A name that another column says in every row is left out, and so is what rows are filtered by.
    """
    entries = [entries for _, entries in table.entries()]
    filled = [number for number, _ in enumerate(table.columns) if any(_says(row[number]) for row in entries)]
    told_again = _names_told_again(table, entries)
    left, chosen = width, []
    for number in filled:
        column = table.columns[number]
        if column.facet or column.name in told_again:
            continue
        needed = min(_COMFORTABLE, max(_NARROWEST, *(cell_len(abridged(row[number])) for row in entries)))
        needed = max(needed, min(_COMFORTABLE, cell_len(ledger_column_label(column.name, table.ledger)))) + _GAP
        if needed > left:
            break
        left -= needed
        chosen.append(column)
    return tuple(chosen)


def _says(entry: Entry) -> bool:
    return shown(entry) != NOTHING


def _names_told_again(table: Table, entries: Sequence[Sequence[Entry]]) -> frozenset[str]:
    places = [number for number, column in enumerate(table.columns) if column.name == "name"]
    others = [number for number, column in enumerate(table.columns) if column.name not in {"id", "name"}]
    again = any(all(shown(row[at]) == shown(row[other]) for row in entries) for at in places for other in others)
    return frozenset({"name"} if again else ())


def abridged(entry: Entry) -> str:
    """What a cell of the table shows: ids and long texts are cut."""
    words = shown(entry)
    if entry.column.name in {"id", "thing", "about"}:
        return words[:_ID]
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def evidence_lines(table: Table) -> Iterator[str]:
    """Each row as a card: its values, and below each the words that say it, or why there is none."""
    for row, entries in table.entries():
        yield f"{row.id[:_ID]}  {printable(row.name)}"
        for entry in entries:
            if entry.column.name not in {"id", "name"} and (entry.column.cited or entry.rows):
                yield from _entry_lines(entry, table)
        yield ""


def _entry_lines(entry: Entry, table: Table) -> Iterator[str]:
    reason = why_missing(entry)
    said = phrase("missing", reason=reason) if reason else shown(entry)
    yield f"  {ledger_column_label(entry.column.name, table.ledger)}  {printable(said)}"
    cites = list(dict.fromkeys(one.cite for one in evidence_of([entry], table.ledger)))
    yield from (f"      {_cite_line(cite, table.pages)}" for cite in cites[:_CITES])
    if len(cites) > _CITES:
        yield f"      … {len(cites) - _CITES} more"


def _cite_line(cite: Cite, pages: Pages) -> str:
    page = told(cite, pages)
    where = " ".join(filter(None, (page.source or page.title, page.published[:10])))
    place = f"{cite.page[:_ID]} {cite.start}–{cite.end}"
    return printable(f"{phrase('ledger_cite', words=cite.text, source=where)} {place}")

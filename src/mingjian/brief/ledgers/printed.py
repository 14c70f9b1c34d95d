"""Ledgers as lines for a terminal: a table as wide as it, or each row with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from mingjian.brief.evidence import Pages, told
from mingjian.brief.ledgers.columns import Column, Entry
from mingjian.brief.ledgers.tables import Table, evidence_of, shown, why_missing
from mingjian.brief.wording import NOTHING, ledger_column_label, ledger_shown, ledger_value_label, phrase, printable
from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.ledger.lineage import Kin, Lineage

_ID = 12
_GAP = 2
_COMFORTABLE, _LONGEST = 24, 60
_CITES = 3


def fitting_columns(table: Table, width: int) -> tuple[Column, ...]:
    """The columns that a terminal so wide has room for, the most telling first: those in which some row says something.

    Which are telling stands in ``[ledger.shown]`` of ``labels.zh.toml``.
    """
    places = {column.name: number for number, column in enumerate(table.columns)}
    wanted = [places[name] for name in ledger_shown(table.ledger) if name in places] or list(places.values())
    entries = [entries for _, entries in table.entries()]
    left, chosen = width, []
    for number in wanted:
        column = table.columns[number]
        shown_there = [abridged(row[number]) for row in entries]
        needed = _width([ledger_column_label(column.name, table.ledger), *shown_there])
        if needed <= left and any(words != NOTHING for words in shown_there):
            left -= needed
            chosen.append(column)
    return tuple(chosen)


def _width(words: Sequence[str]) -> int:
    """What a column needs: as much as the longest needs, but no more than is comfortable."""
    return min(_COMFORTABLE, max(map(cell_len, words))) + _GAP


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
    yield f"  {ledger_column_label(entry.column.name, table.ledger)}  {printable(said)}{_basis(entry)}"
    cites = list(dict.fromkeys(one.cite for one in evidence_of([entry], table.ledger)))
    yield from (f"      {_cite_line(cite, table.pages)}" for cite in cites[:_CITES])
    if len(cites) > _CITES:
        yield f"      … {len(cites) - _CITES} more"


def _basis(entry: Entry) -> str:
    """How a value was found that no words state as it is."""
    basis = entry.first.basis
    return f"（{phrase('ledger_basis', basis=ledger_value_label(basis))}）" if basis else ""


def _cite_line(cite: Cite, pages: Pages) -> str:
    page = told(cite, pages)
    where = " ".join(filter(None, (page.source or page.title, page.published[:10])))
    place = f"{cite.page[:_ID]} {cite.start}–{cite.end}"
    return printable(f"{phrase('ledger_cite', words=cite.text, source=where)} {place}")


def lineage_lines(lineage: Lineage) -> Iterator[str]:
    """The tree of a document: above (↑) what it builds on, below (↓) what builds on it, each with its words."""
    yield f"{lineage.thing[:_ID]}  {printable(lineage.name)}"
    yield from _kin_lines(lineage.ancestors, "↑", 1)
    yield from _kin_lines(lineage.descendants, "↓", 1)


def _kin_lines(kin: Sequence[Kin], arrow: str, depth: int) -> Iterator[str]:
    for one in kin:
        identity = f"  {one.thing[:_ID]}" if one.thing else ""
        again = " …" if one.again else ""
        words = "".join(f"「{cite.text}」" for cite in one.cell.cites[:1])
        relation = ledger_value_label(one.relation)
        yield printable(f"{'  ' * depth}{arrow} {relation} {one.name}{identity}{again}  {words}".rstrip())
        yield from _kin_lines(one.kin, arrow, depth + 1)

"""The tools ``ledger`` and ``compare``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from mingjian.brief.ledgers.columns import Column, Entry, columns_of, entries_of
from mingjian.brief.ledgers.columns import Said as SaidInRow
from mingjian.brief.ledgers.compared import ComparedRow, compared_rows
from mingjian.brief.ledgers.tables import Tabled, chosen_columns
from mingjian.brief.wording import ledger_column_label
from mingjian.core.ledger.asking import Question, count_answering, day_of, ledger_called, rows_answering
from mingjian.core.ledger.comparing import compare as compare_regions
from mingjian.core.ledger.places import code_of_place
from mingjian.errors import QuestionError
from mingjian.serve.mcp.answers import CompareAnswer, LedgerAnswer, Row, Value, Values
from mingjian.serve.mcp.arguments import CompareArguments, LedgerArguments
from mingjian.serve.mcp.citing import cite_span, encoded_size, fitting, said, thing_link
from mingjian.serve.mcp.meaning import behind
from mingjian.serve.workspace import Workspace

_MOST_BYTES = 64_000
_VALUES = 12
_INNER = 10
_HEADS = ("id", "name")


def ledger(workspace: Workspace, asked: LedgerArguments) -> LedgerAnswer:
    """The rows of a ledger that answer."""
    found, question = ledger_called(asked.ledger), asked.question
    columns, today = chosen_columns(found.row_type, asked.columns), workspace.state().day
    with workspace.books() as books:
        every = rows_answering(books, found.name, question, today)
        shown = list(islice(every, asked.offset, asked.offset + asked.limit + 1))
        total = count_answering(books, found.name, question, today)
    rows, whole = fitting((row_of(row, columns) for row in shown[: asked.limit]), _MOST_BYTES, encoded_size)
    return LedgerAnswer(
        total=total,
        offset=asked.offset,
        next_offset=None if whole and len(shown) <= asked.limit else asked.offset + len(rows),
        behind=behind(workspace),
        notices=() if rows else (_if_none(question),),
        ledger=found.name,
        day=day_of(question, today).day,
        labels=_labels(columns, found.name),
        rows=tuple(rows),
    )


def _if_none(question: Question) -> str:
    wider = "" if question.everything else ", or with everything=true for rows that no page about AI tells of"
    return f"no row answers from this offset on: ask with fewer filters, a smaller offset{wider}"


def compare(workspace: Workspace, asked: CompareArguments) -> CompareAnswer:
    """One metric of several regions side by side."""
    if not asked.metric.strip():
        raise QuestionError(asked.metric, "is no metric", "give what is measured, such as 算力规模")
    day = day_of(Question(as_of=asked.as_of), workspace.state().day)
    codes = [code_of_place(region) for region in asked.regions]
    columns = columns_of(ComparedRow)
    with workspace.books() as books:
        found = compare_regions(books, asked.metric, codes, day)
    every = compared_rows(found)
    shown = every[asked.offset : asked.offset + asked.limit]
    rows, _ = fitting((row_of(row, columns) for row in shown), _MOST_BYTES, encoded_size)
    end = asked.offset + len(rows)
    return CompareAnswer(
        total=len(every),
        offset=asked.offset,
        next_offset=end if rows and end < len(every) else None,
        behind=behind(workspace),
        notices=(),
        metric=found.metric,
        unit=found.unit,
        day=found.day,
        labels=_labels(columns, "compared"),
        rows=tuple(rows),
    )


def row_of(row: Tabled, columns: Sequence[Column]) -> Row:
    """A row of a ledger as tools give it: what it says in each column, with its words; empty columns left out."""
    entries = [entry for entry in entries_of(row, columns) if entry.column.name not in _HEADS]
    tables = {entry.column.name: entry.rows for entry in entries if entry.column.kind == "table" and entry.rows}
    return Row(
        untrusted=True,
        id=row.id,
        link=thing_link(row.id) if row.id else "",
        name=row.name,
        cells=_cells(entries),
        tables={name: tuple(map(_cells, rows[:_INNER])) for name, rows in tables.items()},
        rows_left_out=sum(max(0, len(rows) - _INNER) for rows in tables.values()),
    )


def _cells(entries: Iterable[Entry]) -> Values:
    kept = (entry for entry in entries if entry.column.kind != "table" and entry.said)
    return {entry.column.name: tuple(map(_value, entry.said[:_VALUES])) for entry in kept}


def _value(held: SaidInRow) -> Value:
    return said(held.value, map(cite_span, held.cites), held.missing, held.basis)


def _labels(columns: Sequence[Column], ledger: str) -> dict[str, str]:
    return {column.name: ledger_column_label(column.name, ledger) for column in columns}

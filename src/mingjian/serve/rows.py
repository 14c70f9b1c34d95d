"""A part of the rows of a ledger, for programs and for pages alike."""

from __future__ import annotations

from typing import Any

from mingjian.brief.ledgers.tables import ordered_rows
from mingjian.core.books import Books
from mingjian.core.ledger.asking import (
    ANYTHING,
    Question,
    asked_of,
    count_answering,
    ledger_called,
    rows_answering,
)
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, Ledger
from mingjian.core.ledger.sources import source_rows
from mingjian.core.model.ledger.cells import Row
from mingjian.core.model.ledger.rows import ConflictRow
from mingjian.serve.paging import Part
from mingjian.serve.workspace import Workspace

_EVERYTHING = Question(everything=True)


def rows_asked(
    workspace: Workspace, books: Books, wanted: tuple[str, Question, str | None], part: Part
) -> tuple[tuple[Any, ...], bool, int | None]:
    """A part of the rows, whether there is more, and how many there are where that is known."""
    name, question, sort = wanted
    ledger, today = ledger_called(name), workspace.today()
    if sort is None and ledger.every is None:
        found = rows_answering(books, name, question, today, part.offset)
        items, more = Part(part.limit).of(found)
        return items, more, count_answering(books, name, question, today)
    every = all_rows(workspace, ledger, question) if sort is None else _sorted_rows(workspace, ledger, question, sort)
    items, more = part.of(every)
    return items, more, len(every)


def all_rows(workspace: Workspace, ledger: Ledger, question: Question) -> list[Row]:
    """All rows of a ledger that answer: for those that need a walk, whichever are asked for.

    What everybody asks for is walked for once: what is about AI is part of it, and sources need the conflicts too.
    """
    if question == ANYTHING:
        return [row for row in all_rows(workspace, ledger, _EVERYTHING) if row.facets.ai]

    def make() -> list[Row]:
        with workspace.books_apart() as books:
            if ledger.name == "sources" and question == _EVERYTHING:
                conflicts = all_rows(workspace, LEDGERS["conflicts"], _EVERYTHING)
                told = (row for row in conflicts if isinstance(row, ConflictRow))
                return list(source_rows(books, asked_of(ledger, question), Day(workspace.today()), told))
            return list(rows_answering(books, ledger.name, question, workspace.today()))

    return workspace.of_question(("rows", ledger.name), question, make)


def _sorted_rows(workspace: Workspace, ledger: Ledger, question: Question, sort: str) -> list[Row]:
    def make() -> list[Row]:
        with workspace.books_apart() as books:
            found = rows_answering(books, ledger.name, question, workspace.today())
            return list(ordered_rows(found, ledger.row_type, sort))

    return workspace.remembered(("sorted", ledger.name, question, sort), make)

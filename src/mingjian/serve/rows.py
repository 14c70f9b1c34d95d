"""A part of the rows of a ledger, for programs and for pages alike."""

from __future__ import annotations

from typing import Any

from mingjian.brief.ledgers.tables import ordered_rows
from mingjian.core.books import Books
from mingjian.core.ledger.asking import Question, count_answering, ledger_called, rows_answering
from mingjian.core.ledger.ledgers import Ledger
from mingjian.core.model.ledger.cells import Row
from mingjian.serve.paging import Part
from mingjian.serve.workspace import Workspace


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
    """All rows of a ledger that answer: for those that need a walk over all things, whichever are asked for."""

    def make() -> list[Row]:
        with workspace.books() as books:
            return list(rows_answering(books, ledger.name, question, workspace.today()))

    return workspace.of_question(("rows", ledger.name), question, make)


def _sorted_rows(workspace: Workspace, ledger: Ledger, question: Question, sort: str) -> list[Row]:
    def make() -> list[Row]:
        with workspace.books() as books:
            found = rows_answering(books, ledger.name, question, workspace.today())
            return list(ordered_rows(found, ledger.row_type, sort))

    return workspace.remembered(("sorted", ledger.name, question, sort), make)

"""A part of the rows of a ledger, for programs and for pages alike."""

from __future__ import annotations

from itertools import islice
from typing import Any

from mingjian.brief.ledgers.tables import ordered_rows
from mingjian.core.books import Books
from mingjian.core.ledger.asking import Question, count_answering, ledger_called, rows_answering
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
        total = count_answering(books, name, question, today)
        if total is None:
            return *Part(part.limit).of(found), None
        return tuple(islice(found, part.limit)), part.offset + part.limit < total, total

    def make() -> list[Row]:
        return list(ordered_rows(rows_answering(books, name, question, today), ledger.row_type, sort))

    every = workspace.remembered((name, question, sort, today), make)
    items, more = part.of(every)
    return items, more, len(every)

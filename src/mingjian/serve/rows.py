"""A part of the rows of a ledger, for programs and for pages alike."""

from __future__ import annotations

from collections.abc import Iterable
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
UNDATED = frozenset({"datasets", "funds", "organisations", "people", "programmes", "scenarios", "systems"})
"""Ledgers of what has no day: in lists for people whatever is told of most comes first, not what is called 阿…."""
MOST_WEIGHED = 1_000
"""Of more rows none is weighed: all would have to be made for it."""


def rows_in_lists(
    workspace: Workspace, books: Books, wanted: tuple[str, Question, str | None], part: Part
) -> tuple[tuple[Any, ...], bool, int | None]:
    """As ``rows_asked``, in the order in which people look for things: undated ones by how often they are told of."""
    name, question, sort = wanted
    rows = most_told(workspace, books, name, question) if sort is None else None
    if rows is None:
        return rows_asked(workspace, books, wanted, part)
    items, more = part.of(rows)
    return items, more, len(rows)


def most_told(workspace: Workspace, books: Books, name: str, question: Question) -> list[Row] | None:
    """The rows of a ledger of what has no day, most told of first; nothing for other ledgers, and for too many rows."""
    if name not in UNDATED:
        return None
    every = count_answering(books, name, question, workspace.today())
    if every is None or every > MOST_WEIGHED:
        return None

    def make() -> list[Row]:
        return most_told_first(rows_answering(books, name, question, workspace.today()))

    return workspace.of_question(("most-told", name), question, make)


def most_told_first(rows: Iterable[Row]) -> list[Row]:
    """The rows of which most pages tell first, of as many the ones that were told of last, then by name."""
    by_name = sorted(rows, key=lambda row: (row.name, row.id))
    by_day = sorted(by_name, key=lambda row: row.last_published or "", reverse=True)
    return sorted(by_day, key=lambda row: -row.pages)


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

"""Files of whole lists: Excel within bounds, CSV and JSON lines row after row however long they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from mingjian.brief.ledgers.files import rows_as_file
from mingjian.brief.ledgers.tables import Table, Tabled, chosen_columns, compared_table, ordered_rows
from mingjian.core.books import Books
from mingjian.core.ledger.asking import day_of, ledger_called, rows_answering, worded_question
from mingjian.core.ledger.ledgers import LEDGERS
from mingjian.core.model.ledger.cells import Row
from mingjian.errors import QuestionError, UnknownError
from mingjian.serve.access.asking import asker_of
from mingjian.serve.access.rights import needs
from mingjian.serve.access.service import Access
from mingjian.serve.forms import MEDIA_TYPES, SAFE, attachment
from mingjian.serve.rows import most_told
from mingjian.serve.web.lists import FILES
from mingjian.serve.web.queries import LISTED, Query, query_of, question_of
from mingjian.serve.web.views import compare, compute, targets
from mingjian.serve.web.views.compare import compared, regions_of
from mingjian.serve.web.views.compute import compute_rows
from mingjian.serve.web.views.targets import rows_chosen
from mingjian.serve.workspace import Workspace

COMPARED = "compared"
ASKED: Mapping[str, Sequence[str]] = {"targets": targets.ASKED, "compute": compute.ASKED, COMPARED: compare.ASKED}
"""What the addresses of lists ask that are more than filters of a ledger."""
MOST_IN_EXCEL = 10_000
"""Rows of a workbook: it is made as a whole, with all that the rows cite."""


class ExportsController(Controller):
    """Files of lists."""

    path = "/exports"
    opt = needs("read")
    include_in_schema = False

    @get("/{file:str}", sync_to_thread=True)
    def export(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        access: NamedDependency[Access],
        file: FromPath[str],
    ) -> Response[Any]:
        """Give a ledger as a file: ``policies.xlsx``, ``targets.csv`` …, filtered and sorted as its list is."""
        name, _, form = file.rpartition(".")
        if name not in {*LEDGERS, COMPARED} or form not in FILES:
            raise UnknownError(file, "is no file of a ledger", f"end the name of a ledger with {', '.join(FILES)}")
        query = query_of(request, ASKED.get(name, LISTED), f"/{name}")
        parts = _parts(workspace, name, form, query)
        first = next(parts, b"")  # now, so that what cannot be asked is an error and no broken file
        if asker_of(request).name:
            access.note(request, f"export.{form}", subject=name, detail=worded_question(question_of(query)))
        headers = {**SAFE, **attachment(file)}
        return Stream(chain((first,), parts), media_type=MEDIA_TYPES[form], headers=headers)


def _parts(workspace: Workspace, name: str, form: str, query: Query) -> Iterator[bytes]:
    """The bytes of the file, part by part."""
    with workspace.books_apart() as books:
        rows, table = _asked(workspace, books, name, query)
        if form == "xlsx":
            rows = iter(_bounded(list(islice(rows, MOST_IN_EXCEL + 1))))
        yield from rows_as_file(table, rows, f".{form}")


def _asked(workspace: Workspace, books: Books, name: str, query: Query) -> tuple[Iterator[Tabled], Table]:
    """The rows that the address asks for, and a table that tells all else of them."""
    if name == COMPARED:
        found = compared(workspace, query)
        if found is None:
            raise QuestionError("the comparison", "names no metric", "give one, such as metric=算力规模")
        table = compared_table(found, books.page, f"{query.one('metric')}: {', '.join(regions_of(query))}")
        return iter(table.rows), table
    ledger, question, today = ledger_called(name), question_of(query), workspace.today()
    table = Table(
        ledger=name,
        columns=chosen_columns(ledger.row_type, query.all("column")),
        rows=(),
        pages=books.page,
        day=day_of(question, today).day,
        asked=worded_question(question),
    )
    match name:
        case "targets":
            rows: Iterator[Row] = rows_chosen(workspace, books, query)
        case "compute":
            rows = iter(compute_rows(workspace, query))
        case _:
            told = most_told(workspace, books, name, question)
            rows = rows_answering(books, name, question, today) if told is None else iter(told)
    return ordered_rows(rows, ledger.row_type, query.one("sort") or None), table


def _bounded(rows: list[Tabled]) -> list[Tabled]:
    if len(rows) > MOST_IN_EXCEL:
        problem = f"has more than {MOST_IN_EXCEL} rows, too many for one workbook"
        raise QuestionError("the list", problem, "filter it further, or take it as CSV or JSON lines")
    return rows

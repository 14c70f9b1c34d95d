"""Ledgers: typed tables of what pages tell, every cell with its words."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import PathParameter, QueryParameter

from mingjian.brief.ledgers.columns import columns_of
from mingjian.brief.ledgers.files import Form
from mingjian.brief.ledgers.tables import Table, chosen_columns
from mingjian.brief.wording import ledger_column_label, ledger_label
from mingjian.core.books import Books
from mingjian.core.ledger.asking import (
    ANYTHING,
    Question,
    count_answering,
    day_of,
    ledger_called,
    worded_question,
)
from mingjian.core.ledger.ledgers import LEDGERS
from mingjian.core.model.ledger import rows as typed
from mingjian.errors import QuestionError, UnknownError
from mingjian.serve.access.rights import needs
from mingjian.serve.filters import asked_question
from mingjian.serve.forms import form_asked, table_file
from mingjian.serve.paging import PART, Listed, Part, link_header, linked, listed
from mingjian.serve.rows import rows_asked
from mingjian.serve.workspace import Workspace

FORMS = ("json", "jsonl", "csv", "xlsx", "parquet")
AnyRow: TypeAlias = (
    typed.PolicyRow | typed.TargetRow | typed.StatisticRow | typed.ConflictRow | typed.EventRow | typed.StoryRow
    | typed.ProgrammeRow | typed.ComputeRow | typed.DatasetRow | typed.ScenarioRow | typed.FundRow | typed.MeasureRow
    | typed.StandardRow | typed.ActionRow | typed.PersonRow | typed.QuoteRow | typed.ReportRow | typed.SystemRow
    | typed.OrganisationRow | typed.SourceRow
)  # fmt: skip


class ColumnTold(msgspec.Struct, frozen=True, kw_only=True):
    """A column: its name, what people call it, what its values are, and whether there may be several."""

    name: str
    label: str
    kind: str
    many: bool
    cited: bool


class LedgerTold(msgspec.Struct, frozen=True, kw_only=True):
    """A ledger: ``rows`` is how many there are of pages about AI, null where that is not known without making them."""

    name: str
    label: str
    rows: int | None
    columns: tuple[ColumnTold, ...]


class LedgersController(Controller):
    """The ledgers of the workspace."""

    path = "/ledgers"
    tags = ["ledgers"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")
    dependencies = {**PART, "question": Provide(asked_question, sync_to_thread=False)}  # noqa: RUF012

    @get("/", sync_to_thread=True, operation_id="listLedgers", summary="All ledgers with their columns")
    def ledgers(self, workspace: NamedDependency[Workspace]) -> list[LedgerTold]:
        """List the ledgers."""
        with workspace.books() as books:
            return [_told(books, name, workspace.today()) for name in LEDGERS]

    @get("/{name:str}", sync_to_thread=True, operation_id="readLedger", summary="The rows of a ledger that answer")
    def rows(  # noqa: PLR0913, PLR0917 - each argument is a parameter that clients see
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        question: NamedDependency[Question],
        part: NamedDependency[Part],
        name: Annotated[str, PathParameter(description="A ledger: targets, policies, compute …, or its label.")],
        sort: Annotated[
            str | None, QueryParameter(description="A column by which rows are put in order; -column: backwards.")
        ] = None,
        column: Annotated[
            list[str] | None, QueryParameter(description="Of files: only these columns, in this order.")
        ] = None,
        labels: Annotated[
            bool, QueryParameter(description="Of CSV: columns and codes by their Chinese names.")
        ] = False,
        with_pages: Annotated[
            bool, QueryParameter(description="Of JSON lines: with what is known of the pages that a row cites.")
        ] = False,
        form: Annotated[
            Literal["json", "jsonl", "csv", "xlsx", "parquet"] | None,
            QueryParameter(name="format", description="The form of the answer; else the header Accept decides."),
        ] = None,
    ) -> Response[Listed[AnyRow]]:
        """Give the rows that answer, in the order of the ledger or by a column; all that is given must hold."""
        try:
            ledger = ledger_called(name)
        except QuestionError as error:
            raise UnknownError("ledgers", f"there is none called {name!r}", error.mend) from None
        asked = form_asked(request, form, FORMS)
        columns = chosen_columns(ledger.row_type, column or ())
        today = workspace.today()
        with workspace.books() as books:
            items, more, total = rows_asked(workspace, books, (ledger.name, question, sort), part)
            answer = listed(request, part, items, more=more, total=total)
            if asked == "json":
                return linked(answer)
            day = day_of(question, today).day
            table = Table(
                ledger=ledger.name, columns=columns, rows=items, pages=books.page, day=day,
                asked=worded_question(question),
            )  # fmt: skip
            return table_file(
                request, table, asked, link_header(answer.next), written=Form(labelled=labels, with_pages=with_pages)
            )


def _told(books: Books, name: str, today: str) -> LedgerTold:
    ledger = ledger_called(name)
    columns = [
        ColumnTold(
            name=one.name,
            label=ledger_column_label(one.name, name),
            kind=one.kind,
            many=one.many,
            cited=one.cited,
        )
        for one in columns_of(ledger.row_type)
    ]
    rows = None if ledger.every is not None else count_answering(books, name, ANYTHING, today)
    return LedgerTold(name=name, label=ledger_label(name), rows=rows, columns=tuple(columns))

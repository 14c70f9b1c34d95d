"""One metric of several regions side by side, in one unit."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from mingjian.brief.ledgers.tables import compared_table
from mingjian.core.ledger.asking import Question
from mingjian.core.ledger.comparing import compare_asked
from mingjian.core.model.ledger.comparison import Comparison
from mingjian.errors import QuestionError
from mingjian.serve.access.rights import needs
from mingjian.serve.filters import AsOf
from mingjian.serve.forms import form_asked, table_file
from mingjian.serve.wire import Wire
from mingjian.serve.workspace import Workspace

_FORMS = ("json", "jsonl", "csv", "xlsx", "parquet")
_MOST = 50


class CompareController(Controller):
    """Regions compared."""

    path = "/compare"
    tags = ["ledgers"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")

    @get("/", sync_to_thread=True, operation_id="compareRegions", summary="Regions side by side")
    def compare(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        metric: Annotated[str, QueryParameter(max_length=200, description="What is measured, by its name.")],
        region: Annotated[list[str], QueryParameter(description="Places by name or code; given several times.")],
        as_of: AsOf = None,
        form: Annotated[
            Literal["json", "jsonl", "csv", "xlsx", "parquet"] | None,
            QueryParameter(name="format", description="The form of the answer; else the header Accept decides."),
        ] = None,
    ) -> Response[Comparison]:
        """Set regions side by side: targets, statistics and compute in one unit, and who has no target."""
        if len(region) > _MOST:
            raise QuestionError(f"{len(region)} regions", "are too many", f"give at most {_MOST}")
        with workspace.books() as books:
            found = compare_asked(books, metric, region, Question(as_of=as_of or None), workspace.today())
            written = form_asked(request, form, _FORMS)
            if written == "json":
                return Wire(found)
            return table_file(request, compared_table(found, books.page, f"{metric}: {', '.join(region)}"), written)

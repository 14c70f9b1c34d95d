"""Briefs: what happened and what is to be watched, every sentence with its words."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from mingjian.core.ledger.briefing.asking import scope_of
from mingjian.core.model.brief import Brief
from mingjian.serve.access.rights import needs
from mingjian.serve.briefs import brief_as_file, brief_of
from mingjian.serve.filters import AsOf, Everything, Regions
from mingjian.serve.forms import download, form_asked
from mingjian.serve.wire import Wire
from mingjian.serve.workspace import Workspace

_FORMS = ("json", "md", "html", "docx", "xlsx")
Day = Annotated[str | None, QueryParameter(max_length=200, description="A day, month or year that bounds the time.")]


class BriefsController(Controller):
    """Briefs."""

    path = "/brief"
    tags = ["briefs"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")

    @get("/", sync_to_thread=True, operation_id="writeBrief", summary="A brief of a scope")
    def brief(  # noqa: PLR0913, PLR0917 - each argument is a parameter that clients see
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        topic: Annotated[
            list[str] | None, QueryParameter(max_items=50, description="About any of these words or technologies.")
        ] = None,
        region: Regions = None,
        since: Day = None,
        until: Day = None,
        as_of: AsOf = None,
        everything: Everything = False,
        layout: Annotated[
            Literal["gbt9704", "plain"], QueryParameter(description="Of Word: that of GB/T 9704-2012, or plain.")
        ] = "gbt9704",
        form: Annotated[
            Literal["json", "md", "html", "docx", "xlsx"] | None,
            QueryParameter(name="format", description="The form of the answer; else the header Accept decides."),
        ] = None,
    ) -> Response[Brief]:
        """Write what happened in the scope; without days the last month, without an end up to today."""
        days = (since or None, until or None, as_of or None)
        scope = scope_of(tuple(topic or ()), tuple(region or ()), days, workspace.today())
        written = brief_of(workspace, msgspec.structs.replace(scope, ai=not everything))
        asked = form_asked(request, form, _FORMS)
        if asked == "json":
            return Wire(written)
        return download(request, brief_as_file(written, asked, layout), asked, "brief")

"""The builder of briefs: what to tell, a preview whose footnotes lead to the words, and files."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any, cast

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from mingjian.brief.briefs.document import LayoutName
from mingjian.core.ledger.briefing.asking import scope_of
from mingjian.core.model.brief import Brief
from mingjian.errors import QuestionError, UnknownError
from mingjian.serve.access.rights import needs
from mingjian.serve.briefs import brief_as_file, brief_of
from mingjian.serve.forms import download
from mingjian.serve.web.answering import answer
from mingjian.serve.web.briefs import charts_of, parts_of
from mingjian.serve.web.forms import Form, check_field, form_of, text_field
from mingjian.serve.web.parts import Choice, Download, Message
from mingjian.serve.web.queries import Query, query_of
from mingjian.serve.web.views.ledgers import not_understood, told_of
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

ASKED = ("topic", "technology", "region", "since", "until", "as_of", "all", "layout")
FORMS = ("docx", "xlsx", "md", "html")
LAYOUTS = ("gbt9704", "plain")
_BACK = {"month": 30, "quarter": 91, "year": 365}


class BriefsPagesController(Controller):
    """Briefs."""

    path = "/briefs"
    opt = needs("read")
    include_in_schema = False

    @get("/", sync_to_thread=True)
    def builder(self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace]) -> Response[str]:
        """Show what can be asked, and the brief of it."""
        query = query_of(request, ASKED, "/briefs")
        messages: tuple[Message, ...] = ()
        given: Query | None = None
        brief: Brief | None = None
        try:
            brief = written(workspace, query) if query.given else None
        except QuestionError as error:
            given, query, messages = query, Query("/briefs"), (not_understood(error),)
        parts = parts_of(brief) if brief else ()
        page = answer(
            request,
            "briefs.html.j2",
            "brief",
            title=str(word("briefs.title")),
            form=_form(given or query),
            spans=_spans(workspace, query),
            brief=brief,
            parts=parts,
            charts=tuple(charts_of(brief)) if brief else (),
            downloads=_downloads(query),
            nothing=_nothing("nothing" if query.given else "ask"),
            messages_=(*messages, *told_of(query)),
        )
        if messages:
            page.status_code = HTTPStatus.BAD_REQUEST
        return page

    @get("/files/{form:str}", sync_to_thread=True)
    def taken(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        form: FromPath[str],
    ) -> Response[Any]:
        """Give the brief that the page of the same question shows as a file."""
        if form not in FORMS:
            raise UnknownError(form, "is no form of a brief", f"take {', '.join(FORMS)}")
        query = query_of(request, ASKED, "/briefs")
        layout = query.one("layout") or LAYOUTS[0]
        if layout not in LAYOUTS:
            raise QuestionError(layout, "is no layout", f"take {' or '.join(LAYOUTS)}")
        brief = written(workspace, query)
        content = brief_as_file(brief, form, cast("LayoutName", layout))
        return download(request, content, form, f"{brief.title} {brief.scope.day}")


def written(workspace: Workspace, query: Query) -> Brief:
    """The brief that the address asks for, as written of these books before or now."""
    topics = tuple(
        dict.fromkeys(each for name in ("topic", "technology") for value in query.all(name) for each in value.split())
    )
    days = (query.one("since") or None, query.one("until") or None, query.one("as_of") or None)
    scope = scope_of(topics, query.all("region"), days, workspace.today())
    scope = msgspec.structs.replace(scope, ai=not query.flag("all"))
    return brief_of(workspace, scope)


def _nothing(what: str) -> Message:
    """What to do where no brief is shown."""
    return Message(str(word(f"briefs.{what}")), mend=str(word(f"briefs.{what}_mend")))


def _form(query: Query) -> Form:
    topic = msgspec.structs.replace(text_field(query, "topic"), long=True)
    names = ("technology", "region", "since", "until", "as_of")
    return form_of(query, (topic, *(text_field(query, name) for name in names), check_field(query, "all")))


def _spans(workspace: Workspace, query: Query) -> tuple[Choice, ...]:
    """The last month, quarter and year, each with the address that asks for it."""
    today = date.fromisoformat(workspace.today())
    since = {name: str(today - timedelta(days=days)) for name, days in _BACK.items()}
    return tuple(
        Choice(
            label=str(word(f"briefs.{name}")),
            href=query.chosen(since=day, until=None).href,
            chosen=query.one("since") == day and not query.one("until"),
        )
        for name, day in since.items()
    )


def _downloads(query: Query) -> tuple[Download, ...]:
    plain = Download(str(word("briefs.file_plain")), query.at("/briefs/files/docx", layout="plain"))
    files = tuple(Download(str(word(f"briefs.file_{form}")), query.at(f"/briefs/files/{form}")) for form in FORMS)
    return (files[0], plain, *files[1:])

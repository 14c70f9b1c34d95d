"""The register of compute: by place, capacity, owner and state, in one unit."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from typing import Any, cast

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency

from mingjian.brief.wording import ledger_value_label
from mingjian.core.ledger.asking import day_of, ledger_called, rows_answering
from mingjian.core.ledger.capacity import ComputeAsked, capacities, compute_answering
from mingjian.core.ledger.surveying import surveyed
from mingjian.core.model.ledger.rows import ComputeRow
from mingjian.errors import QuestionError
from mingjian.serve.access.rights import needs
from mingjian.serve.paging import Part
from mingjian.serve.web.answering import answer
from mingjian.serve.web.capacity import capacity_chart, compute_listing
from mingjian.serve.web.facets import Counted, facets_of
from mingjian.serve.web.forms import Field, Form, check_field, form_of, select_field, text_field
from mingjian.serve.web.lists import PAGE, Found
from mingjian.serve.web.parts import Message
from mingjian.serve.web.queries import LISTED, Query, query_of, question_of
from mingjian.serve.web.views.ledgers import not_understood, told_of
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

OWN = ("owner", "least")
ASKED = (*LISTED, *OWN)
_FOLDED = ("region", "technology", "industry", "issuer", "source", "since", "until", "as_of", "added_by")
_LARGEST = Decimal(10) ** 6


class ComputeController(Controller):
    """Compute."""

    path = "/compute"
    opt = needs("read")
    include_in_schema = False

    @get("/", sync_to_thread=True)
    def register(self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace]) -> Response[str]:
        """Show the register, its chart and its rows, the largest first."""
        query = query_of(request, ASKED, "/compute")
        messages: tuple[Message, ...] = ()
        given: Query | None = None
        try:
            rows = compute_rows(workspace, query)
        except QuestionError as error:
            given, query, messages = query, Query(query.path), (not_understood(error),)
            rows = compute_rows(workspace, query)
        page = answer(
            request,
            "compute.html.j2",
            "compute",
            title=str(word("compute.title")),
            form=_form(given or query, _states(workspace, query)),
            total=len(rows),
            sized=sum(1 for row in rows if row.capacity.value is not None),
            bars=capacity_chart(capacities(rows), query),
            rows=_listing(workspace, rows, query),
            messages_=(*messages, *told_of(query)),
        )
        if messages:
            page.status_code = HTTPStatus.BAD_REQUEST
        return page


def compute_rows(workspace: Workspace, query: Query) -> list[ComputeRow]:
    """The rows that the address asks for, the largest first."""
    asked = ComputeAsked(owner=query.one("owner"), least=_least(query))
    return compute_answering(_every(workspace, query), asked)


def _every(workspace: Workspace, query: Query) -> list[ComputeRow]:
    question, today = question_of(query), workspace.today()

    def make() -> list[ComputeRow]:
        with workspace.books() as books:
            return cast("list[ComputeRow]", list(rows_answering(books, "compute", question, today)))

    return workspace.of_question("compute", question, make)


def _states(workspace: Workspace, query: Query) -> list[str]:
    every = _every(workspace, Query(query.path, (("all", "1"),)))
    return sorted({row.state.value for row in every if row.state.value})


def _least(query: Query) -> Decimal | None:
    words = query.one("least")
    if not words:
        return None
    try:
        least = Decimal(words)
    except InvalidOperation:
        least = Decimal(-1)
    if not 0 <= least <= _LARGEST:
        raise QuestionError(words, "is no capacity", "give a number of EFLOPS, such as 1 or 0.5")
    return least


def _form(query: Query, states: list[str]) -> Form:
    least = Field(name="least", word=word("asking.least"), value=query.one("least"), hint="1")
    fields = (
        text_field(query, "region"),
        least,
        text_field(query, "owner"),
        select_field(query, "status", [(slug, ledger_value_label(slug)) for slug in states]),
        text_field(query, "words"),
        check_field(query, "all"),
    )
    return form_of(query, fields, tuple(text_field(query, name) for name in _FOLDED if name != "region"))


def _listing(workspace: Workspace, rows: list[ComputeRow], query: Query) -> Any:  # noqa: ANN401
    part = Part(PAGE, query.number("offset", 0))
    some, more = part.of(rows)
    every = surveyed(
        row.facets for row in _every(workspace, Query(query.path, (("all", "1"),) if query.flag("all") else ()))
    )
    facets = facets_of(query, Counted(every, surveyed(row.facets for row in rows)))
    with workspace.books() as books:
        day = day_of(question_of(query), workspace.today()).day
        found = Found(rows=some, part=part, more=more, total=len(rows), pages=books.page, day=day)
        return compute_listing(ledger_called("compute"), found, query, facets)

"""The board of targets: where, by when, of what, and how they stand."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency

from mingjian.core.books import Books
from mingjian.core.ledger.asking import day_of, ledger_called
from mingjian.core.ledger.board import Aimed, board_of
from mingjian.core.ledger.ledgers import row_of_thing
from mingjian.core.model.ledger.cells import Row
from mingjian.errors import QuestionError
from mingjian.serve.access.rights import needs
from mingjian.serve.paging import Part
from mingjian.serve.web.answering import answer
from mingjian.serve.web.board import CHOSEN, board_parts, chosen
from mingjian.serve.web.facets import place_label
from mingjian.serve.web.forms import check_field, form_of, select_field, text_field
from mingjian.serve.web.lists import PAGE, Found, list_of
from mingjian.serve.web.parts import Listing, Message
from mingjian.serve.web.queries import LISTED, Query, query_of, question_of
from mingjian.serve.web.views.ledgers import not_understood, told_of
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

ASKED = tuple(dict.fromkeys((*LISTED, *CHOSEN)))
_FOLDED = ("region", "technology", "industry", "issuer", "source", "as_of", "added_by")


class TargetsController(Controller):
    """The targets."""

    path = "/targets"
    opt = needs("read")
    include_in_schema = False

    @get("/", sync_to_thread=True)
    def board(self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace]) -> Response[str]:
        """Show the board, and below it the targets that are chosen."""
        query = query_of(request, ASKED, "/targets")
        messages: tuple[Message, ...] = ()
        try:
            every = aimed(workspace, query)
        except QuestionError as error:
            messages = (not_understood(error),)
            query = Query(query.path)
            every = aimed(workspace, query)
        parts = board_parts(every, query)
        fields = (
            select_field(query, "metric", parts.metrics),
            *(text_field(query, name) for name in ("words", "since", "until")),
            check_field(query, "all"),
        )
        found = chosen(every, query)
        page = answer(
            request,
            "targets.html.j2",
            "targets",
            title=str(word("board.title")),
            total=len(found),
            board=parts,
            form=form_of(query, fields, tuple(text_field(query, name) for name in _FOLDED)),
            rows=_listing(workspace, found, query),
            metric=query.one("metric"),
            picked=_picked(query),
            messages_=(*messages, *told_of(query)),
        )
        if messages:
            page.status_code = HTTPStatus.BAD_REQUEST
        return page


def aimed(workspace: Workspace, query: Query) -> list[Aimed]:
    """All targets that answer but for what the board chooses, as told of these books before or now."""
    question = question_of(query.without({"status"}))
    today = workspace.today()

    def make() -> list[Aimed]:
        with workspace.books() as books:
            return list(board_of(books, question, today))

    return workspace.of_question("board", question, make)


def _listing(workspace: Workspace, found: list[Aimed], query: Query) -> Listing:
    """The rows of one part of the targets: no others are made."""
    part = Part(PAGE, query.number("offset", 0))
    some, more = part.of(found)
    with workspace.books() as books:
        rows = [row for one in some if (row := _row(books, one, query, workspace.today())) is not None]
        day = day_of(question_of(query), workspace.today()).day
        listed = Found(rows=rows, part=part, more=more, total=len(found), pages=books.page, day=day)
        return list_of(ledger_called("targets"), listed, query)


def rows_chosen(workspace: Workspace, books: Books, query: Query) -> Iterator[Row]:
    """The rows of all targets that are chosen."""
    for one in chosen(aimed(workspace, query), query):
        row = _row(books, one, query, workspace.today())
        if row is not None:
            yield row


def _row(books: Books, one: Aimed, query: Query, today: str) -> Row | None:
    thing = books.thing(one.id)
    found = None if thing is None else row_of_thing(books, thing, day_of(question_of(query), today))
    return None if found is None else found[1]


def _picked(query: Query) -> list[tuple[str, str]]:
    """What the board chooses now, each with the address that lets it go."""
    return [
        (_label(name, value), query.chosen(**{name: None}).href)
        for name in ("province", "year", "metric")
        if (value := query.one(name))
    ]


def _label(name: str, value: str) -> str:
    match name:
        case "province":
            return place_label(value)
        case "year":
            return str(word("board.year", year=value))
        case _:
            return value

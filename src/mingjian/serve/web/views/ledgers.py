"""The ledgers as lists, and the index of all of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler

from mingjian.brief.wording import ledger_column_label, ledger_label, ledger_shown
from mingjian.core.ledger.asking import ANYTHING, Question, count_answering, day_of, ledger_called
from mingjian.core.ledger.ledgers import LEDGERS, Ledger
from mingjian.errors import QuestionError
from mingjian.serve.access.rights import needs
from mingjian.serve.paging import Part
from mingjian.serve.rows import rows_asked
from mingjian.serve.web.answering import answer
from mingjian.serve.web.forms import Form, ledger_form
from mingjian.serve.web.lists import PAGE, Found, list_of, shown_columns
from mingjian.serve.web.parts import Listing, Message
from mingjian.serve.web.queries import LISTED, Query, query_of, question_of
from mingjian.serve.web.views.surveys import base_rows, base_survey, facets_asked
from mingjian.serve.web.words import Word, english_of, word
from mingjian.serve.workspace import Workspace

LISTS = (
    "policies", "statistics", "stories", "programmes", "datasets", "scenarios", "funds", "measures", "standards",
    "actions", "people", "quotes", "reports", "systems", "organisations", "sources", "conflicts",
)  # fmt: skip
"""The ledgers that are shown as plain lists at the address of their name; the others have pages of their own."""
_UNKEPT = {"Cache-Control": "no-store"}
_PLACES = frozenset({"policies", "scenarios", "datasets", "people"})


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """A ledger of the index: how many rows are about AI and how many there are, where that is known."""

    name: str
    label: str
    href: str
    columns: str
    about: int | None
    every: int | None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A list, how many rows there are where that is known, and whether all of it is of the books as they are now."""

    listing: Listing
    total: int | None
    fresh: bool


class LedgersController(Controller):
    """The lists of ledgers."""

    path = "/"
    opt = needs("read")
    include_in_schema = False

    @get("/ledgers", sync_to_thread=True)
    def index(self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace]) -> Response[str]:
        """Show all ledgers."""
        shelves = workspace.remembered(("shelves", workspace.today()), lambda: _shelves(workspace))
        return answer(request, "ledgers.html.j2", "ledgers", title=str(word("lists.index")), ledgers=shelves)


def list_page(request: Request[Any, Any, Any], workspace: NamedDependency[Workspace]) -> Response[str]:
    """Show the rows of the ledger, by whose name the page is addressed, that answer."""
    ledger = ledger_called(request.url.path.strip("/"))
    query = plain(query_of(request, LISTED), ledger)
    messages: tuple[Message, ...] = ()
    given = query
    try:
        shown = rows_listed(workspace, ledger, query)
    except QuestionError as error:
        messages, query = (not_understood(error),), Query(query.path)
        shown = rows_listed(workspace, ledger, query)
    making = () if shown.fresh else (_making(query),)
    page = answer(
        request,
        "ledger.html.j2",
        ledger.name if ledger.name in _PLACES else "ledgers",
        title=ledger_label(ledger.name),
        name=Word(ledger_label(ledger.name), english_of(ledger.name)),
        total=shown.total,
        form=form_of_ledger(workspace, ledger, given),
        rows=shown.listing,
        messages_=(*messages, *making, *told_of(query)),
    )
    if messages:
        page.status_code = HTTPStatus.BAD_REQUEST
    if not shown.fresh:  # a moment later it is another: no browser keeps it
        page.headers.update(_UNKEPT)
    return page


LIST_PAGES: tuple[HTTPRouteHandler, ...] = tuple(
    get(f"/{name}", sync_to_thread=True, include_in_schema=False, opt=needs("read"))(list_page) for name in LISTS
)
"""The pages of plain lists: a route each."""


def rows_listed(workspace: Workspace, ledger: Ledger, query: Query) -> Shown:
    """The list that the address asks for."""
    question, part = question_of(query), Part(PAGE, query.number("offset", 0))
    fresh = True
    with workspace.books() as books:
        if ledger.every is not None and question == Question(everything=question.everything) and not query.one("sort"):
            made = base_rows(workspace, ledger, everything=question.everything)
            fresh = made.fresh
            items, more = part.of(made.value or ())
            total: int | None = None if made.value is None else len(made.value)
        else:
            asked = (ledger.name, question, query.one("sort") or None)
            items, more, total = rows_asked(workspace, books, asked, part)
        facets, facets_fresh = facets_asked(workspace, ledger, query, total)
        day = day_of(question, workspace.today()).day
        found = Found(rows=items, part=part, more=more, total=total, pages=books.page, day=day)
        listing = list_of(ledger, found, query, facets)
        if total is None and not fresh:
            listing = msgspec.structs.replace(listing, empty=_making(query))
        return Shown(listing=listing, total=total, fresh=fresh and facets_fresh)


def form_of_ledger(workspace: Workspace, ledger: Ledger, query: Query) -> Form:
    """The form of a ledger's filters."""
    every = base_survey(workspace, ledger, everything=True).value
    statuses = () if every is None else every.statuses
    return ledger_form(query, ledger, shown_columns(ledger, query.all("column")), statuses)


def plain(query: Query, ledger: Ledger) -> Query:
    """The query without columns where they are those that are shown anyway."""
    shown = {column.name for column in shown_columns(ledger)}
    return query.without({"column"}) if set(query.all("column")) == shown else query


def not_understood(error: QuestionError) -> Message:
    """What to tell of a question that means nothing."""
    return Message(str(word("lists.not_understood", asked=error.words)), "warn", f"{error.problem}; {error.mend}")


def told_of(query: Query) -> tuple[Message, ...]:
    """What the reader must know of how the rows are read."""
    day = query.one("as_of")
    return (Message(str(word("lists.as_of", day=day))),) if day else ()


def _making(query: Query) -> Message:
    """What is told while a list or what it is filtered by is made."""
    return Message(str(word("lists.making")), href=query.href, action=str(word("lists.again")))


def _shelves(workspace: Workspace) -> list[Shelf]:
    with workspace.books() as books:
        return [
            Shelf(
                name=name,
                label=ledger_label(name),
                href=f"/{name}",
                columns=" · ".join(_labels(name)),
                about=count_answering(books, name, ANYTHING, workspace.today()),
                every=count_answering(books, name, Question(everything=True), workspace.today()),
            )
            for name in LEDGERS
        ]


def _labels(name: str) -> list[str]:
    return [ledger_column_label(column, name) for column in ledger_shown(name) if column != "id"]

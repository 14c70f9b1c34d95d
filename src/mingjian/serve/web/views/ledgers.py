"""The ledgers as lists, and the index of all of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler

from mingjian.brief.wording import ledger_column_label, ledger_label, ledger_shown
from mingjian.core.books import Books
from mingjian.core.ledger.asking import ANYTHING, Question, count_answering, day_of, ledger_called
from mingjian.core.ledger.ledgers import LEDGERS, Ledger, LedgerName
from mingjian.core.ledger.surveying import Survey, survey
from mingjian.core.ledger.surveying import surveyed as survey_of
from mingjian.errors import QuestionError
from mingjian.serve.access.rights import needs
from mingjian.serve.paging import Part
from mingjian.serve.problems import problem_of
from mingjian.serve.rows import all_rows, rows_in_lists
from mingjian.serve.web.answering import answer
from mingjian.serve.web.details import detail_of
from mingjian.serve.web.facets import Counted, facets_of
from mingjian.serve.web.forms import Form, ledger_form
from mingjian.serve.web.lists import PAGE, Found, list_of, shown_columns
from mingjian.serve.web.parts import Facet, Listing, Message
from mingjian.serve.web.queries import LISTED, Query, query_of, question_of
from mingjian.serve.web.words import Word, english_of, word
from mingjian.serve.workspace import Workspace

LISTS: tuple[LedgerName, ...] = (
    "events", "policies", "statistics", "stories", "programmes", "datasets", "scenarios", "funds", "measures",
    "standards", "actions", "people", "quotes", "reports", "systems", "organisations", "sources", "conflicts",
)  # fmt: skip
"""The ledgers that are shown as plain lists at the address of their name; the others have pages of their own."""
MOST_SURVEYED = 1_500
"""Of more rows that answer it is not counted what they can be filtered by: that would take too long."""
_PLACES = frozenset({"events", "policies", "scenarios", "datasets", "actions", "people"})


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """A ledger of the index: how many rows are about AI and how many there are, where that is known."""

    name: str
    label: str
    href: str
    columns: str
    about: int | None
    every: int | None


class LedgersController(Controller):
    """The lists of ledgers."""

    path = "/"
    opt = needs("read")
    include_in_schema = False

    @get("/ledgers", sync_to_thread=True)
    def index(self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace]) -> Response[str]:
        """Show all ledgers."""
        shelves = shelves_of(workspace)
        return answer(request, "ledgers.html.j2", "ledgers", title=str(word("lists.index")), ledgers=shelves)


def list_page(request: Request[Any, Any, Any], workspace: NamedDependency[Workspace]) -> Response[str]:
    """Show the rows of the ledger, by whose name the page is addressed, that answer."""
    ledger = ledger_called(request.url.path.strip("/"))
    query = plain(query_of(request, LISTED), ledger)
    messages: tuple[Message, ...] = ()
    given = query
    try:
        rows, total = rows_listed(workspace, ledger, query)
    except QuestionError as error:
        messages, query = (not_understood(error),), Query(query.path)
        rows, total = rows_listed(workspace, ledger, query)
    page = answer(
        request,
        "ledger.html.j2",
        ledger.name if ledger.name in _PLACES else "ledgers",
        title=ledger_label(ledger.name),
        name=Word(ledger_label(ledger.name), english_of(ledger.name)),
        total=total,
        form=form_of_ledger(workspace, ledger, given),
        rows=rows,
        timeline=given.without({"sort", "column", "offset"}).at("/timeline") if ledger.name == "events" else "",
        messages_=(*messages, *told_of(query)),
    )
    if messages:
        page.status_code = HTTPStatus.BAD_REQUEST
    return page


LIST_PAGES: tuple[HTTPRouteHandler, ...] = tuple(
    get(f"/{name}", sync_to_thread=True, include_in_schema=False, opt=needs("read"))(list_page) for name in LISTS
)
"""The pages of plain lists: a route each."""


def rows_listed(workspace: Workspace, ledger: Ledger, query: Query) -> tuple[Listing, int | None]:
    """The list that the address asks for, and how many rows there are where that is known."""
    question, part = question_of(query), Part(PAGE, query.number("offset", 0))
    with workspace.books() as books:
        items, more, total = rows_in_lists(workspace, books, (ledger.name, question, query.one("sort") or None), part)
        day = day_of(question, workspace.today()).day
        facets = _facets(workspace, ledger, query, total)
        found = Found(rows=items, part=part, more=more, total=total, pages=books.page, day=day)
        return list_of(ledger, found, query, facets), total


def surveyed(workspace: Workspace, ledger: Ledger, question: Question) -> Survey:
    """The survey of what answers, as it was made of these books before or is made now."""
    if ledger.every is not None:
        return survey_of(row.facets for row in all_rows(workspace, ledger, question))

    def make() -> list[Survey]:
        with workspace.books() as books:
            return [survey(books, ledger.name, question, workspace.today())]

    return workspace.of_question(("survey", ledger.name), question, make)[0]


def form_of_ledger(workspace: Workspace, ledger: Ledger, query: Query) -> Form:
    """The form of a ledger's filters."""
    statuses = surveyed(workspace, ledger, Question(everything=True)).statuses
    return ledger_form(query, ledger, shown_columns(ledger, query.all("column")), statuses)


def plain(query: Query, ledger: Ledger) -> Query:
    """The query without columns where they are those that are shown anyway."""
    shown = {column.name for column in shown_columns(ledger)}
    return query.without({"column"}) if set(query.all("column")) == shown else query


def not_understood(error: QuestionError) -> Message:
    """What to tell of a question that means nothing."""
    told = detail_of(error, problem_of(error))
    asked = str(word("lists.not_understood", asked=error.words))
    return Message(f"{asked}：{told.zh}", "warn") if told.zh else Message(asked, "warn", told.en)


def told_of(query: Query) -> tuple[Message, ...]:
    """What the reader must know of how the rows are read."""
    day = query.one("as_of")
    return (Message(str(word("lists.as_of", day=day))),) if day else ()


def _facets(workspace: Workspace, ledger: Ledger, query: Query, total: int | None) -> tuple[Facet, ...]:
    question = question_of(query)
    every = surveyed(workspace, ledger, Question(everything=question.everything))
    if question == Question(everything=question.everything):
        return facets_of(query, Counted(every, every))
    few = total is not None and total <= MOST_SURVEYED
    return facets_of(query, Counted(every, surveyed(workspace, ledger, question) if few else None))


def shelves_of(workspace: Workspace) -> list[Shelf]:
    """All ledgers with their sizes, as they were counted of these books before or are counted now."""

    def make() -> list[Shelf]:
        with workspace.books() as books:
            return [_shelf(workspace, books, ledger) for ledger in LEDGERS.values()]

    return workspace.lately("shelves", make)


def _shelf(workspace: Workspace, books: Books, ledger: Ledger) -> Shelf:
    return Shelf(
        name=ledger.name,
        label=ledger_label(ledger.name),
        href=f"/{ledger.name}",
        columns=" · ".join(_labels(ledger.name)),
        about=_size(workspace, books, ledger, ANYTHING),
        every=_size(workspace, books, ledger, Question(everything=True)),
    )


def _size(workspace: Workspace, books: Books, ledger: Ledger, question: Question) -> int | None:
    """How many rows answer: of sources those are counted that their list shows, so that pages are read once for both.

    Conflicts are walked for, and nobody waits for that here.
    """
    if ledger.counted is not None:
        return len(all_rows(workspace, ledger, question))
    return count_answering(books, ledger.name, question, workspace.today())


def _labels(name: str) -> list[str]:
    return [ledger_column_label(column, name) for column in ledger_shown(name) if column != "id"]

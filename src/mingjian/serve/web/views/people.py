"""The page of a person: posts over time with who tells them, and what was said."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from mingjian.brief.wording import ledger_label
from mingjian.core.books import Books
from mingjian.core.ledger.asking import Question, day_of
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import row_of_thing
from mingjian.core.ledger.of_thing import rows_naming, thing_of_page
from mingjian.core.model.ledger.rows import PersonRow
from mingjian.core.model.things import Thing
from mingjian.errors import UnknownError
from mingjian.serve.access.rights import needs
from mingjian.serve.web.answering import answer
from mingjian.serve.web.links import href
from mingjian.serve.web.of_things import posts_chart, posts_listing, rows_beside
from mingjian.serve.web.parts import Crumb
from mingjian.serve.web.queries import query_of
from mingjian.serve.web.views.ledgers import told_of
from mingjian.serve.web.views.sourced import ASKED, sourced
from mingjian.serve.workspace import Workspace

MOST = 100


class PeopleController(Controller):
    """People."""

    path = "/people"
    opt = needs("read")
    include_in_schema = False

    @get("/{identity:str}", sync_to_thread=True)
    def person(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], identity: FromPath[str]
    ) -> Response[str]:
        """Show a person: posts over time, each with its sources, and quotes."""
        query = query_of(request, ASKED)
        day = day_of(Question(as_of=query.one("as_of") or None), workspace.today())
        with workspace.books() as books:
            thing = thing_of_page(books, identity, ("person",))
            values = None if thing is None else _values(books, thing, day)
            told = {} if thing is None else sourced(workspace, books, thing, query)
        if thing is None or values is None:
            raise UnknownError("people", f"there is nobody {identity!r}", "look for them in the list of people")
        return answer(
            request,
            "person.html.j2",
            "people",
            title=thing.name,
            crumbs_=(Crumb(ledger_label("people"), "/people"), Crumb(thing.name)),
            messages_=told_of(query),
            graph=href("/graph", name=thing.id),
            **values,
            **told,
        )


def _values(books: Books, thing: Thing, day: Day) -> dict[str, Any] | None:
    """What the page shows; nothing where no row is known on the day."""
    found = row_of_thing(books, thing, day)
    if found is None or not isinstance(found[1], PersonRow):
        return None
    row = found[1]
    quotes, more = rows_naming(books, thing, "quote", day, MOST)
    return {
        "row": row,
        "posts": posts_listing(row, books.page),
        "timeline": posts_chart(row.posts),
        "quotes": rows_beside("quotes", quotes, (books.page, day.day), "speaker"),
        "more": more,
    }

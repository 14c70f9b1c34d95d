"""The page of a policy document: what it is, its kin, and the targets and measures that name it."""

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
from mingjian.core.ledger.lineage import lineage_tree
from mingjian.core.ledger.of_thing import rows_naming, thing_of_page
from mingjian.core.model.ledger.rows import PolicyRow
from mingjian.core.model.things import Thing
from mingjian.errors import UnknownError
from mingjian.serve.access.rights import needs
from mingjian.serve.web.answering import answer
from mingjian.serve.web.links import href
from mingjian.serve.web.of_things import kindred, rows_beside, told_by
from mingjian.serve.web.parts import Crumb
from mingjian.serve.web.queries import query_of
from mingjian.serve.web.views.ledgers import told_of
from mingjian.serve.web.views.sourced import ASKED, sourced
from mingjian.serve.workspace import Workspace

DEPTH = 4
MOST = 100


class PoliciesController(Controller):
    """Policy documents."""

    path = "/policies"
    opt = needs("read")
    include_in_schema = False

    @get("/{identity:str}", sync_to_thread=True)
    def policy(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], identity: FromPath[str]
    ) -> Response[str]:
        """Show a document: its dates, what it builds on, what builds on it, its targets and measures."""
        query = query_of(request, ASKED)
        day = day_of(Question(as_of=query.one("as_of") or None), workspace.today())
        with workspace.books() as books:
            thing = thing_of_page(books, identity, ("policy",))
            values = None if thing is None else _values(books, thing, day)
            told = {} if thing is None else sourced(workspace, books, thing, query)
        if thing is None or values is None:
            raise UnknownError("policies", f"there is no document {identity!r}", "look for it in the list of documents")
        return answer(
            request,
            "policy.html.j2",
            "policies",
            title=thing.name,
            crumbs_=(Crumb(ledger_label("policies"), "/policies"), Crumb(thing.name)),
            messages_=told_of(query),
            graph=href("/graph", name=thing.id),
            **values,
            **told,
        )


def _values(books: Books, thing: Thing, day: Day) -> dict[str, Any] | None:
    """What the page shows; nothing where no row is known on the day."""
    found = row_of_thing(books, thing, day)
    if found is None or not isinstance(found[1], PolicyRow):
        return None
    row, tree = found[1], lineage_tree(books, thing, day, DEPTH)
    told, silent = told_by(row, "policies", books.page)
    targets, more_targets = rows_naming(books, thing, "target", day, MOST)
    measures, more_measures = rows_naming(books, thing, "measure", day, MOST)
    return {
        "row": row,
        "told": told,
        "silent": silent,
        "ancestors": kindred(tree.ancestors, books),
        "descendants": kindred(tree.descendants, books),
        "targets": rows_beside("targets", targets, (books.page, day.day), "policy"),
        "measures": rows_beside("measures", measures, (books.page, day.day), "policy"),
        "more": more_targets or more_measures,
    }

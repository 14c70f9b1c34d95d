"""The graph round a name, or the path between two, each edge with its words."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from mingjian.brief.graphs.files import graph_files
from mingjian.brief.wording import graph_label, node_kind_called, phrase
from mingjian.core.books import Asked, Books
from mingjian.core.ledger.asking import last_day
from mingjian.core.ledger.graph.finding import Wanted, find_path, neighbours
from mingjian.core.ledger.resolving import things_meant
from mingjian.core.model.graph import NODE_KINDS, Graph
from mingjian.core.model.things import Thing, ThingKind
from mingjian.errors import QuestionError, UnknownError
from mingjian.serve.access.rights import needs
from mingjian.serve.forms import download
from mingjian.serve.web.answering import answer
from mingjian.serve.web.forms import Field, Form, Option, form_of, text_field
from mingjian.serve.web.graphs import candidates, edges_of, elements_of, grouped, kinds_of
from mingjian.serve.web.parts import Download, Message
from mingjian.serve.web.queries import Query, query_of
from mingjian.serve.web.views.ledgers import not_understood, told_of
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

ASKED = ("name", "to", "depth", "kind", "as_of")
FORMS = ("graphml", "jsonld", "html")
MOST = 120
"""So many nodes are drawn: of more nobody can read a drawing."""
_DEEPEST, _FARTHEST, _PATH = 3, 8, 6
_SUGGESTED: tuple[ThingKind, ...] = ("organisation", "policy", "person", "system", "compute")
_EACH, _READ = 8, 2_000
_CHOICES = 30


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """What was found: a graph with its title, or why there is none and which things may be meant."""

    graph: Graph | None = None
    title: str = ""
    told: Message | None = None
    several: tuple[Thing, ...] = ()


class GraphPagesController(Controller):
    """The graph."""

    path = "/graph"
    opt = needs("read")
    include_in_schema = False

    @get("/", sync_to_thread=True)
    def graph(self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace]) -> Response[str]:
        """Show the form, and the graph where a name is given."""
        query = query_of(request, ASKED, "/graph")
        messages: tuple[Message, ...] = ()
        with workspace.books() as books:
            try:
                drawn, form = draw(books, query), _form(query)
            except QuestionError as error:
                drawn, messages, form = Drawn(), (not_understood(error),), _form(query.without({"depth"}))
            edges = edges_of(drawn.graph, books.page) if drawn.graph else ()
        page = answer(
            request,
            "graph.html.j2",
            "graph",
            title=drawn.title or str(word("graphs.title")),
            form=form,
            drawn=drawn,
            elements=elements_of(drawn.graph) if drawn.graph else [],
            kinds=kinds_of(drawn.graph) if drawn.graph else [],
            edges=edges,
            cut=MOST if drawn.graph and len(drawn.graph.nodes) >= MOST else 0,
            downloads=tuple(
                Download(str(word(f"graphs.file_{form}")), query.at(f"/graph/files/{form}")) for form in FORMS
            ),
            several=candidates(drawn.several),
            often=grouped(candidates(() if query.one("name") else _often(workspace))),
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
        """Give the graph that the page of the same question draws as a file."""
        if form not in FORMS:
            raise UnknownError(form, "is no file of a graph", f"take {', '.join(FORMS)}")
        query = query_of(request, ASKED, "/graph")
        with workspace.books() as books:
            drawn = draw(books, query)
            if drawn.graph is None:
                raise UnknownError(query.one("name") or "graph", "draws no graph", "choose one thing on the page first")
            content = dict(graph_files(drawn.graph, books.page, drawn.title, Path(f"graph.{form}")))
        return download(request, next(iter(content.values())), form, "graph")


def draw(books: Books, query: Query) -> Drawn:
    """The graph that the address asks for; ``QuestionError`` for a kind, depth or day that is none."""
    query.number("depth", 1)
    if not query.one("name"):
        return Drawn()
    first = _meant(books, query.one("name"))
    if isinstance(first, Drawn) or not query.one("to"):
        return first if isinstance(first, Drawn) else _round(books, first, query)
    second = _meant(books, query.one("to"))
    return second if isinstance(second, Drawn) else _path_between(books, first, second, query)


def _round(books: Books, centre: Thing, query: Query) -> Drawn:
    depth = min(max(1, query.number("depth", 1)), _DEEPEST)
    wanted = Wanted(depth=depth, most=MOST, kinds=tuple(map(node_kind_called, query.all("kind"))), as_of=_as_of(query))
    return Drawn(graph=neighbours(books, centre, wanted), title=phrase("graph_round", name=centre.name))


def _path_between(books: Books, first: Thing, second: Thing, query: Query) -> Drawn:
    steps = min(max(1, query.number("depth", _PATH)), _FARTHEST)
    graph = find_path(books, first, second, Wanted(depth=steps, as_of=_as_of(query)))
    if graph is None:
        told = word("graphs.no_path", steps=steps, first=first.name, second=second.name)
        return Drawn(told=Message(str(told), mend=str(word("graphs.no_path_mend"))))
    return Drawn(graph=graph, title=phrase("graph_path", first=first.name, second=second.name))


def _as_of(query: Query) -> str | None:
    return last_day(query.one("as_of")) if query.one("as_of") else None


def _meant(books: Books, name: str) -> Thing | Drawn:
    """The one thing of a name, or what is to be told where there is none or several."""
    exact = books.thing(name)
    found = [exact] if exact is not None else list(things_meant(books, name))
    if len(found) == 1:
        return found[0]
    if not found:
        return Drawn(told=Message(str(word("graphs.none", name=name)), mend=str(word("graphs.none_mend"))))
    told = word("graphs.several", name=name, count=len(found))
    return Drawn(told=Message(str(told)), several=tuple(found[:_CHOICES]))


def _often(workspace: Workspace) -> Sequence[Thing]:
    """The things of each kind that most sources tell of."""

    def make() -> list[Thing]:
        with workspace.books() as books:
            return [thing for kind in _SUGGESTED for thing in _most_told(books, kind)]

    return workspace.lately("often", make)


def _most_told(books: Books, kind: ThingKind) -> list[Thing]:
    every = list(books.find(Asked(kind=kind)))[:_READ]
    return sorted(every, key=lambda thing: (-thing.sources, -thing.mentions, thing.id))[:_EACH]


def _form(query: Query) -> Form:
    kinds = set(query.all("kind"))
    boxes = tuple(Option(kind, graph_label(kind), kind in kinds) for kind in NODE_KINDS)
    fields = (
        msgspec.structs.replace(text_field(query, "name"), long=True),
        text_field(query, "to"),
        Field(name="depth", word=word("asking.depth"), kind="select", options=_depths(query), free=False),
    )
    folded = (text_field(query, "as_of"), Field(name="kind", word=word("asking.kind"), kind="boxes", options=boxes))
    return form_of(query, fields, folded)


def _depths(query: Query) -> tuple[Option, ...]:
    """The steps round a thing, or of a path, with those that are taken."""
    deepest, otherwise = (_FARTHEST, _PATH) if query.one("to") else (_DEEPEST, 1)
    taken = min(max(1, query.number("depth", otherwise)), deepest)
    return tuple(Option(str(step), str(step), step == taken) for step in range(1, deepest + 1))

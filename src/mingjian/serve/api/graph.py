"""The graph of things: what stands round one, how two hang together, and files of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from mingjian.brief.graphs.files import graph_files
from mingjian.brief.wording import node_kind_called, phrase
from mingjian.core.books import Books
from mingjian.core.ledger.asking import last_day
from mingjian.core.ledger.graph.finding import Wanted, find_path, neighbours, whole_graph
from mingjian.core.ledger.meaning import the_thing
from mingjian.core.model.graph import Graph
from mingjian.errors import UnknownError
from mingjian.serve.access.rights import needs
from mingjian.serve.filters import AsOf
from mingjian.serve.forms import download, form_asked
from mingjian.serve.wire import Wire
from mingjian.serve.workspace import Workspace

_FORMS = ("json", "graphml", "jsonld")
GraphForm = Annotated[
    Literal["json", "graphml", "jsonld"] | None,
    QueryParameter(name="format", description="The form of the answer; else the header Accept decides."),
]
Thing = Annotated[str, QueryParameter(max_length=200, description="An id, as much as is needed, or a full name.")]


class GraphController(Controller):
    """The graph."""

    path = "/graph"
    tags = ["graph"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")

    @get("/neighbours", sync_to_thread=True, operation_id="listNeighbours", summary="What stands round a thing")
    def neighbours(  # noqa: PLR0913, PLR0917 - each argument is a parameter that clients see
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        thing: Thing,
        depth: Annotated[int, QueryParameter(ge=1, le=4, description="So many steps away.")] = 1,
        kind: Annotated[
            list[str] | None, QueryParameter(max_items=50, description="Only these kinds, such as policy.")
        ] = None,
        most: Annotated[int, QueryParameter(ge=1, le=1_000, description="At most so many nodes.")] = 100,
        as_of: AsOf = None,
        form: GraphForm = None,
    ) -> Response[Graph]:
        """Give what a thing names and what names it, each with the words that say so."""
        kinds = tuple(map(node_kind_called, kind or ()))
        wanted = Wanted(depth=depth, most=most, kinds=kinds, as_of=last_day(as_of) if as_of else None)
        with workspace.books() as books:
            centre = the_thing(books, thing, str(workspace.folder))
            graph = neighbours(books, centre, wanted)
            return _answer(request, books, (graph, phrase("graph_round", name=centre.name)), form)

    @get("/path", sync_to_thread=True, operation_id="findPath", summary="How two things hang together")
    def path_between(  # noqa: PLR0913, PLR0917 - each argument is a parameter that clients see
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        first: Thing,
        second: Thing,
        depth: Annotated[int, QueryParameter(ge=1, le=12, description="Of at most so many steps.")] = 6,
        as_of: AsOf = None,
        form: GraphForm = None,
    ) -> Response[Graph]:
        """Give a shortest path between two things; ``404`` where none of so many steps is known."""
        wanted = Wanted(depth=depth, as_of=last_day(as_of) if as_of else None)
        with workspace.books() as books:
            ends = [the_thing(books, name, str(workspace.folder)) for name in (first, second)]
            graph = find_path(books, ends[0], ends[1], wanted)
            if graph is None:
                problem = f"no path of {depth} steps leads from {ends[0].name} to {ends[1].name}"
                raise UnknownError("graph", problem, "allow more steps, or name other things")
            title = phrase("graph_path", first=ends[0].name, second=ends[1].name)
            return _answer(request, books, (graph, title), form)

    @get("/export", sync_to_thread=True, operation_id="exportGraph", summary="The whole graph")
    def export(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], form: GraphForm = None
    ) -> Response[Graph]:
        """Give the graph of all things that pages about AI tell of: this may be large."""
        with workspace.books() as books:
            return _answer(request, books, (whole_graph(books), phrase("graph_whole")), form)


def _answer(request: Request[Any, Any, Any], books: Books, told: tuple[Graph, str], form: str | None) -> Response[Any]:
    graph, title = told
    written = form_asked(request, form, _FORMS)
    if written == "json":
        return Wire(graph)
    files: Sequence[tuple[Path, bytes]] = list(graph_files(graph, books.page, title, Path(f"graph.{written}")))
    return download(request, files[0][1], written, "graph")

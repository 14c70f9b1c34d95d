"""``mingjian graph``: what stands round a thing, how two hang together, and the whole graph as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from mingjian.brief.wording import graph_label, node_kind_called, phrase, printable
from mingjian.cli.files import print_lines, write_together
from mingjian.cli.workspace.opening import HERE, WorkspaceOption, open_corpus, outside
from mingjian.core.ledger.asking import last_day
from mingjian.core.ledger.graph.finding import Wanted, find_path, neighbours, whole_graph
from mingjian.core.ledger.meaning import the_thing
from mingjian.core.model.graph import Graph, GraphEdge, GraphNode
from mingjian.errors import ReadError

if TYPE_CHECKING:
    from mingjian.brief.evidence import Pages

_ENCODE = msgspec.json.Encoder().encode
_ID = 12
ThingArgument = Annotated[
    str, typer.Argument(metavar="THING", help="An id, or as much of its beginning as is needed, or a name.")
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="What was published by this day, month or year.")
]
ToOption = Annotated[
    Path | None,
    typer.Option("--to", help="Write a file: .graphml, .jsonld, .html; a folder for the CSV files of Neo4j."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")]


def neighbours_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    thing: ThingArgument,
    workspace: WorkspaceOption = HERE,
    depth: Annotated[int, typer.Option(min=1, max=4, help="So many steps away.")] = 1,
    kinds: Annotated[list[str] | None, typer.Option("--kind", help="Only these kinds, such as policy.")] = None,
    most: Annotated[int, typer.Option(min=1, help="At most so many nodes.")] = 100,
    as_of: AsOfOption = None,
    to: ToOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what a thing names and what names it, each with the words that say so."""
    wanted = Wanted(
        depth=depth,
        most=most,
        kinds=tuple(map(node_kind_called, kinds or ())),
        as_of=None if as_of is None else last_day(as_of),
    )
    with open_corpus(workspace) as corpus, corpus.books() as books:
        centre = the_thing(books, thing, str(workspace))
        graph = neighbours(books, centre, wanted)
        _give(graph, books.page, phrase("graph_round", name=centre.name), _place(to, workspace), as_json)


def path_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    first: ThingArgument,
    second: ThingArgument,
    workspace: WorkspaceOption = HERE,
    depth: Annotated[int, typer.Option(min=1, max=12, help="Of at most so many steps.")] = 6,
    as_of: AsOfOption = None,
    to: ToOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a shortest path between two things, each step with the words that say so."""
    wanted = Wanted(depth=depth, as_of=None if as_of is None else last_day(as_of))
    with open_corpus(workspace) as corpus, corpus.books() as books:
        ends = the_thing(books, first, str(workspace)), the_thing(books, second, str(workspace))
        graph = find_path(books, *ends, wanted)
        if graph is None:
            typer.echo(f"mingjian: no path of {depth} steps leads from {ends[0].name} to {ends[1].name}", err=True)
            raise typer.Exit(1)
        title = phrase("graph_path", first=ends[0].name, second=ends[1].name)
        _give(graph, books.page, title, _place(to, workspace), as_json)


def export_command(workspace: WorkspaceOption = HERE, to: ToOption = None, as_json: JsonOption = False) -> None:
    """Write the graph of all things that pages about AI tell of."""
    with open_corpus(workspace) as corpus, corpus.books() as books:
        _give(whole_graph(books), books.page, phrase("graph_whole"), _place(to, workspace), as_json)


def _place(to: Path | None, workspace: Path) -> Path | None:
    """The same place; raises ``ReadError`` for one in the workspace, and for ``-``, which is no name of a folder."""
    if to == Path("-"):
        raise ReadError("-", "is no place for a graph", "name a file or a folder, or print it with --json")
    return outside(to, workspace)


def _give(graph: Graph, pages: Pages, title: str, to: Path | None, as_json: bool) -> None:
    if to is not None:
        from mingjian.brief.graphs.files import graph_files  # here, because a start must not cost it

        write_together(dict(graph_files(graph, pages, title, to)))
        typer.echo(f"{printable(str(to))}: {len(graph.nodes)} nodes, {len(graph.edges)} edges", err=True)
    elif as_json:
        print_lines([_ENCODE(graph).decode()])
    else:
        print_lines(_lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    nodes = {node.id: node for node in graph.nodes}
    for edge in graph.edges:
        yield from _edge_lines(edge, nodes)
    alone = nodes.keys() - {end for edge in graph.edges for end in (edge.start, edge.end)}
    for node in graph.nodes:
        if node.id in alone:
            yield _named(node)


def _edge_lines(edge: GraphEdge, nodes: dict[str, GraphNode]) -> Iterator[str]:
    yield f"{_named(nodes[edge.start])} —{graph_label(edge.relation)}→ {_named(nodes[edge.end])}"
    for cite in edge.cites[:1]:
        yield f"    「{printable(cite.text)}」 {cite.page[:_ID]} {cite.start}–{cite.end}"


def _named(node: GraphNode) -> str:
    identity = f" {node.id[:_ID]}" if node.known and node.kind != "region" else ""
    return f"{graph_label(node.kind)}「{printable(node.name)}」{identity}"

"""Things: events, policies, bodies … with all that tell of them, why they are one, and when they happened."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import PathParameter, QueryParameter

from mingjian.brief.ledgers.listed import ThingRow, thing_row
from mingjian.brief.ledgers.tables import table_of_rows
from mingjian.core.books import Asked
from mingjian.core.ledger.asking import Question, day_of
from mingjian.core.ledger.counting import count_things
from mingjian.core.ledger.lineage import lineage_tree
from mingjian.core.ledger.meaning import the_thing
from mingjian.core.model.ledger.lineage import Lineage
from mingjian.corpus.books.describing import ThingStory, ToldMention, tell_thing, told_mention
from mingjian.corpus.facts import ToldBy, sources_of
from mingjian.serve.access.rights import needs
from mingjian.serve.filters import AsOf, asked_things
from mingjian.serve.forms import form_asked, table_file
from mingjian.serve.paging import PART, Listed, Part, link_header, linked, listed
from mingjian.serve.workspace import Workspace

ThingId = Annotated[
    str,
    PathParameter(description="The id of a thing or of a fact of it, as much as is needed, or the thing's full name."),
]
_FORMS = ("json", "jsonl", "csv", "xlsx")


class ThingsController(Controller):
    """The things of which pages tell."""

    path = "/things"
    tags = ["things"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")

    @get(
        "/",
        sync_to_thread=True,
        operation_id="listThings",
        summary="Things of a kind",
        dependencies={**PART, "asked": Provide(asked_things, sync_to_thread=False)},
    )
    def things(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        asked: NamedDependency[Asked],
        part: NamedDependency[Part],
        form: Annotated[
            Literal["json", "jsonl", "csv", "xlsx"] | None,
            QueryParameter(name="format", description="The form of the answer; else the header Accept decides."),
        ] = None,
    ) -> Response[Listed[ThingRow]]:
        """List the things that answer, what happened (or is due) last first."""
        with workspace.books() as books:
            found, more = Part(part.limit).of(books.find(msgspec.structs.replace(asked, skip=part.offset)))
            items = tuple(map(thing_row, found))
            answer = listed(request, part, items, more=more, total=books.count(asked))
            written = form_asked(request, form, _FORMS)
            if written == "json":
                return linked(answer)
            table = table_of_rows("things", ThingRow, items, (books.page, workspace.today()))
            return table_file(request, table, written, link_header(answer.next))

    @get("/kinds", sync_to_thread=True, operation_id="countThings", summary="How many things there are of each kind")
    def kinds(self, workspace: NamedDependency[Workspace]) -> dict[str, int]:
        """Count the things of each kind of which there are any."""
        with workspace.books() as books:
            return count_things(books)

    @get("/{thing:str}", sync_to_thread=True, operation_id="readThing", summary="All that is known of a thing")
    def thing(
        self,
        workspace: NamedDependency[Workspace],
        thing: ThingId,
        most: Annotated[int, QueryParameter(ge=1, le=1_000, description="So many mentions and links at most.")] = 200,
    ) -> ThingStory:
        """Tell of a thing: its mentions with their words, why they are one, its date, and its row in its ledger."""
        with workspace.books() as books:
            return tell_thing(books, the_thing(books, thing, str(workspace.folder)), workspace.today(), most)

    @get(
        "/{thing:str}/mentions",
        sync_to_thread=True,
        operation_id="listMentions",
        summary="The mentions of a thing",
        dependencies=PART,
    )
    def mentions(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        thing: ThingId,
    ) -> Response[Listed[ToldMention]]:
        """List who tells of a thing and in which words, published first first."""
        with workspace.books() as books:
            meant = the_thing(books, thing, str(workspace.folder))
            members = books.members(meant.id, most=part.offset + part.limit + 1)
            shown, more = part.of(members)
            told = tuple(map(told_mention, shown))
            return linked(listed(request, part, told, more=more, total=meant.mentions))

    @get(
        "/{thing:str}/sources",
        sync_to_thread=True,
        operation_id="listSources",
        summary="The independent sources of a thing",
        dependencies=PART,
    )
    def sources(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        thing: ThingId,
    ) -> Response[Listed[ToldBy]]:
        """List who tells of a thing by themselves, first source first, each with the chain of its reprints."""
        with workspace.books() as books, workspace.pages() as reader:
            meant = the_thing(books, thing, str(workspace.folder))
            found = sources_of(books, reader, meant, part.offset, part.limit + 1)
            shown, more = Part(part.limit).of(found)
            return linked(listed(request, part, shown, more=more))

    @get(
        "/{thing:str}/lineage",
        sync_to_thread=True,
        operation_id="readLineage",
        summary="What a policy document builds on, and what on it",
    )
    def lineage(self, workspace: NamedDependency[Workspace], thing: ThingId, as_of: AsOf = None) -> Lineage:
        """Give the tree of a document in both directions, each step with its words."""
        with workspace.books() as books:
            day = day_of(Question(as_of=as_of), workspace.today())
            return lineage_tree(books, the_thing(books, thing, str(workspace.folder)), day)

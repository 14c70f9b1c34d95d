"""Facts: of a page, by search, by id, and why a record holds them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from mingjian.brief.ledgers.listed import FactRow, fact_row
from mingjian.brief.ledgers.tables import table_of_rows
from mingjian.core.model.explanation import Explanation
from mingjian.core.model.facts import Fact
from mingjian.core.model.outcome import Outcome
from mingjian.core.model.things import Thing, ThingKind
from mingjian.core.rulebook import bundled_rulebook
from mingjian.corpus import Asked
from mingjian.corpus.facts import HeldFact, explain_fact, fact_on, facts_on, find_fact
from mingjian.corpus.finding import FoundFact
from mingjian.errors import QuestionError
from mingjian.serve.access.rights import needs
from mingjian.serve.api.pages import PageId
from mingjian.serve.forms import form_asked, table_file
from mingjian.serve.paging import CITED_AT, PART, Listed, Part, link_header, linked, listed
from mingjian.serve.shown import shown_page
from mingjian.serve.workspace import Workspace

FactId = Annotated[str, PathParameter(description="The id of a fact, or four characters or more of its beginning.")]
_FORMS = ("json", "jsonl", "csv", "xlsx")
FARTHEST = 9_000


class FactTold(msgspec.Struct, frozen=True, kw_only=True):
    """A fact, the page on which its words stand, and ``link``, where the workbench shows them."""

    kind: str
    fact: Fact
    page: str
    doc_id: str
    title: Outcome[str]
    published: Outcome[str]
    link: str


class FactDetail(FactTold, frozen=True, kw_only=True):
    """A fact and the thing of which it tells, where ledgers speak of it."""

    thing: Thing | None


class FactsController(Controller):
    """The facts of the workspace."""

    tags = ["facts"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")

    @get(
        "/facts", sync_to_thread=True, operation_id="findFacts", summary="Facts that a search finds", dependencies=PART
    )
    def facts(  # noqa: PLR0913, PLR0917 - each argument is a parameter that clients see
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        q: Annotated[str, QueryParameter(max_length=2_000, description="A query, as docs/how-to/search.md tells.")],
        kind: Annotated[
            ThingKind | None, QueryParameter(description="Only facts of this kind, such as target.")
        ] = None,
        order: Annotated[Literal["best", "newest"], QueryParameter(description="Which come first.")] = "best",
        form: Annotated[
            Literal["json", "jsonl", "csv", "xlsx"] | None,
            QueryParameter(name="format", description="The form of the answer; else the header Accept decides."),
        ] = None,
    ) -> Response[Listed[FactTold]]:
        """Give the facts that answer a query, as `mingjian search --in facts` does."""
        asked = searched(f"{q} type:{kind}" if kind else q, part, order)
        found = workspace.search(asked, "facts")
        told = tuple(_told(one) for one in found.facts)
        more = found.total is not None and part.offset + len(told) < found.total
        return _answer(request, workspace, listed(request, part, told, more=more, total=found.total), form)

    @get("/facts/{fact:str}", sync_to_thread=True, operation_id="readFact", summary="A fact by its id")
    def fact(self, workspace: NamedDependency[Workspace], fact: FactId) -> FactDetail:
        """Give a fact of which ledgers speak, and the thing of which it tells."""
        with workspace.pages() as reader, workspace.books() as books:
            held = find_fact(reader, books, fact, str(workspace.folder))
            told = msgspec.structs.asdict(_told(held))
            return FactDetail(**told, thing=books.holding(held.page, held.fact.id))

    @get("/facts/{fact:str}/explanation", sync_to_thread=True, operation_id="explainFact", summary="Why a fact is held")
    def explanation(self, workspace: NamedDependency[Workspace], fact: FactId) -> Explanation:
        """Tell which words and rules the fact was read from, part by part, and why with these values."""
        with workspace.pages() as reader, workspace.books() as books:
            held = find_fact(reader, books, fact, str(workspace.folder))
            return explain_fact(reader, workspace.corpus.desk, held, bundled_rulebook())

    @get(
        "/pages/{page:str}/facts",
        sync_to_thread=True,
        operation_id="listFacts",
        summary="The facts of a page",
        dependencies=PART,
    )
    def facts_of_page(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        page: PageId,
        kind: Annotated[
            list[str] | None, QueryParameter(max_items=50, description="Only facts of these kinds.")
        ] = None,
        form: Annotated[
            Literal["json", "jsonl", "csv", "xlsx"] | None,
            QueryParameter(name="format", description="The form of the answer; else the header Accept decides."),
        ] = None,
    ) -> Response[Listed[FactTold]]:
        """List what was read from a page, kind by kind."""
        with workspace.pages() as reader:
            every = facts_on(reader, shown_page(request, reader, workspace, page))
            found = [_told(held) for held in every if not kind or held.kind in kind]
        shown, more = part.of(found)
        return _answer(request, workspace, listed(request, part, shown, more=more, total=len(found)), form)

    @get(
        "/pages/{page:str}/facts/{fact:str}/explanation",
        sync_to_thread=True,
        operation_id="explainFactOfPage",
        summary="Why the record of a page holds a fact",
    )
    def explanation_on_page(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], page: PageId, fact: FactId
    ) -> Explanation:
        """Tell which words and rules the fact was read from: of facts too of which no ledger speaks."""
        with workspace.pages() as reader:
            held = fact_on(reader, shown_page(request, reader, workspace, page), fact)
            return explain_fact(reader, workspace.corpus.desk, held, bundled_rulebook())


def searched(words: str, part: Part, order: Literal["best", "newest"], *, fold: bool = True) -> Asked:
    """A search for a part of what answers; raises ``QuestionError`` for one that lies too far behind."""
    if part.offset > FARTHEST:
        raise QuestionError(
            str(part.offset), "lies too far behind", f"give an offset up to {FARTHEST}, or ask for less"
        )
    return Asked(words=words, limit=part.limit, offset=part.offset, order=order, fold=fold)


def _told(held: HeldFact | FoundFact) -> FactTold:
    place = held.fact.evidence
    return FactTold(
        kind=held.kind,
        fact=held.fact,
        page=held.page,
        doc_id=held.doc_id,
        title=held.title,
        published=held.published,
        link=CITED_AT.format(page=held.page, start=place.start, end=place.end),
    )


def _answer(
    request: Request[Any, Any, Any], workspace: Workspace, answer: Listed[FactTold], form: str | None
) -> Response[Any]:
    written = form_asked(request, form, _FORMS)
    if written == "json":
        return linked(answer)
    rows = [fact_row(told.kind, told.fact, told.page, (told.title, told.published)) for told in answer.items]
    with workspace.books() as books:
        table = table_of_rows("facts", FactRow, rows, (books.page, workspace.today()))
        return table_file(request, table, written, link_header(answer.next))

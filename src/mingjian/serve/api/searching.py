"""Search over pages, facts and names, and how what is found spreads over types, years and sources."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from mingjian.corpus import Answer, Asked
from mingjian.corpus.finding import count_kinds
from mingjian.serve.access.rights import needs
from mingjian.serve.api.facts import searched
from mingjian.serve.paging import CITED_AT, PART, Part
from mingjian.serve.workspace import Workspace
from mingjian.store.search import Counts

Query = Annotated[str, QueryParameter(max_length=2_000, description="A query, as docs/how-to/search.md tells.")]
Reprints = Annotated[bool, QueryParameter(description="Count each reprint, instead of its first source.")]


class SearchAnswer(Answer, frozen=True, kw_only=True):
    """What was found; put into ``cited_at``, the page and the places of a mark are where its words are shown."""

    limit: int
    offset: int
    cited_at: str = CITED_AT


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """How many pages and facts hold all that is asked, by type, year and source."""

    pages: Counts
    facts: Counts


class SearchController(Controller):
    """Search."""

    path = "/search"
    tags = ["search"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")

    @get("/", sync_to_thread=True, operation_id="search", summary="Pages, facts or names", dependencies=PART)
    def search(
        self,
        workspace: NamedDependency[Workspace],
        part: NamedDependency[Part],
        q: Query,
        wanted: Annotated[
            Literal["auto", "pages", "facts", "names"],
            QueryParameter(name="in", description="What is looked for; auto: what the query asks for."),
        ] = "auto",
        order: Annotated[Literal["best", "newest"], QueryParameter(description="Which come first.")] = "best",
        reprints: Reprints = False,
    ) -> SearchAnswer:
        """Find what holds all that is asked, then what holds parts of it (``whole`` is false)."""
        answer = workspace.search(searched(q, part, order, fold=not reprints), wanted)
        fields = {name: getattr(answer, name) for name in answer.__struct_fields__}
        return SearchAnswer(**fields, limit=part.limit, offset=part.offset)

    @get("/facets", sync_to_thread=True, operation_id="countFound", summary="What is found, by type, year and source")
    def facets(self, workspace: NamedDependency[Workspace], q: Query, reprints: Reprints = False) -> Spread:
        """Count the pages and facts that hold all that is asked."""
        with workspace.searching() as (index, _):
            counts = count_kinds(index, Asked(words=q, fold=not reprints))
        return Spread(pages=counts["page"], facts=counts["fact"])

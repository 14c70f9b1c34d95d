"""A need as a request asks it, and what of the workspace answers it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from litestar.params import QueryParameter

from mingjian.brief.ledgers.columns import columns_of
from mingjian.brief.ledgers.matched import MatchedRow, matched_rows
from mingjian.brief.ledgers.tables import Table
from mingjian.core.books import Books
from mingjian.core.match.asking import MOST
from mingjian.core.model.matching import Matching
from mingjian.core.model.needs import Sought
from mingjian.corpus.matching import PageWords, match_pages
from mingjian.errors import QuestionError
from mingjian.serve.workspace import Workspace

_LONGEST = 2_000
_FEW = 50
Several = list[str] | None


def sought_asked(  # noqa: PLR0913, PLR0917 - each argument is a parameter that clients see
    need: Annotated[str, QueryParameter(max_length=_LONGEST, description="The need, in a sentence.")] = "",
    scenario: Annotated[str, QueryParameter(max_length=200, description="Or a row of the ledger of scenarios.")] = "",
    region: Annotated[
        Several, QueryParameter(max_items=_FEW, description="Where it is needed, beside what the words say.")
    ] = None,
    kind: Annotated[
        Several, QueryParameter(max_items=_FEW, description="Only what these ledgers hold: systems, compute, funds …")
    ] = None,
    as_of: Annotated[
        str, QueryParameter(max_length=20, description="What was published by this day, read as on it.")
    ] = "",
    everything: Annotated[bool, QueryParameter(name="all", description="Also what no page about AI tells of.")] = False,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST, description="So many hits at most.")] = 20,
) -> Sought:
    """The need that a request asks."""
    return Sought(
        words=need.strip(),
        thing=scenario.strip() or None,
        regions=tuple(filter(None, region or ())),
        kinds=tuple(filter(None, kind or ())),
        as_of=as_of or None,
        everything=everything,
        limit=limit,
    )


@contextmanager
def words_of_pages(workspace: Workspace) -> Iterator[tuple[Books, PageWords, int]]:
    """The books, the words of pages, and how many steps these are behind."""
    with workspace.books() as books, workspace.searching() as (index, behind), workspace.pages() as reader:
        yield books, PageWords(reader, index), behind


def match_asked(workspace: Workspace, sought: Sought) -> Matching:
    """What answers; raises ``QuestionError`` for a need that says nothing, or both words and a scenario."""
    if bool(sought.words) == (sought.thing is not None):
        raise QuestionError(sought.words, "is not one need", "give it in a sentence, or name a scenario, not both")
    with words_of_pages(workspace) as (books, words, behind):
        return match_pages(books, words, sought, behind)


def matched_table(books: Books, matching: Matching) -> Table:
    """The hits as a table for files."""
    return Table(
        ledger="matched",
        columns=columns_of(MatchedRow),
        rows=matched_rows(matching),
        pages=books.page,
        day=matching.day,
        asked=matching.need.text,
    )

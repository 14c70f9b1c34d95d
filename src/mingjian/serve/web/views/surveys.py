"""What lists are filtered by, and lists that need a walk over all things: made beside requests where it takes long."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from mingjian.core.ledger.asking import Question, count_answering, rows_answering
from mingjian.core.ledger.ledgers import Ledger
from mingjian.core.ledger.surveying import Survey, survey
from mingjian.core.ledger.surveying import surveyed as surveyed_of
from mingjian.core.model.ledger.cells import Row
from mingjian.serve.later import Made
from mingjian.serve.web.facets import Counted, facets_of
from mingjian.serve.web.parts import Facet
from mingjian.serve.web.queries import Query, question_of
from mingjian.serve.workspace import Workspace

T = TypeVar("T")
MOST_SURVEYED = 1_500
"""Of more rows that answer it is not counted what they can be filtered by: that would take too long."""
_AT_ONCE = 2_000  # things that are walked over while somebody waits
_WALKED = ("statistics", "events", "targets")


def facets_asked(
    workspace: Workspace, ledger: Ledger, query: Query, total: int | None
) -> tuple[tuple[Facet, ...], bool]:
    """The facets of a list, and whether they are those of the books as they are now."""
    question = question_of(query)
    base = base_survey(workspace, ledger, everything=question.everything)
    if base.value is None:
        return (), False
    if question == Question(everything=question.everything):
        return facets_of(query, Counted(base.value, base.value if base.fresh else None)), base.fresh
    few = total is not None and total <= MOST_SURVEYED
    return facets_of(query, Counted(base.value, surveyed(workspace, ledger, question) if few else None)), base.fresh


def base_survey(workspace: Workspace, ledger: Ledger, *, everything: bool) -> Made[Survey]:
    """The survey of a whole ledger; of a large one that of the books before, or nothing, while it is made."""
    if ledger.every is not None:
        rows = base_rows(workspace, ledger, everything=everything)
        return Made(None if rows.value is None else surveyed_of(row.facets for row in rows.value), rows.fresh)
    question = Question(everything=everything)
    if _size(workspace, ledger.name) <= _AT_ONCE:
        return Made(surveyed(workspace, ledger, question), fresh=True)
    return _later(workspace, f"survey {ledger.name} {everything}", lambda: _survey(workspace, ledger, question))


def base_rows(workspace: Workspace, ledger: Ledger, *, everything: bool) -> Made[list[Row]]:
    """All rows of a ledger that lists no things; of many things those of before, or nothing, while they are made."""
    question, today = Question(everything=everything), workspace.today()

    def make() -> list[Row]:
        with workspace.books() as books:
            return list(rows_answering(books, ledger.name, question, today))

    if sum(_size(workspace, name) for name in _WALKED) <= _AT_ONCE:
        return Made(workspace.remembered(("rows", ledger.name, question, today), make), fresh=True)
    return _later(workspace, f"rows {ledger.name} {everything}", make)


def surveyed(workspace: Workspace, ledger: Ledger, question: Question) -> Survey:
    """The survey of what answers, as it was made of these books before or is made now."""
    key = ("survey", ledger.name, question, workspace.today())
    return workspace.remembered(key, lambda: [_survey(workspace, ledger, question)])[0]


def _survey(workspace: Workspace, ledger: Ledger, question: Question) -> Survey:
    with workspace.books() as books:
        return survey(books, ledger.name, question, workspace.today())


def _later(workspace: Workspace, name: str, make: Callable[[], T]) -> Made[T]:
    key: Hashable = (workspace.state().standing.books, workspace.today())
    return workspace.later.ask(name, key, make)


def _size(workspace: Workspace, name: str) -> int:
    """How many rows a ledger has."""

    def count() -> list[int]:
        with workspace.books() as books:
            return [count_answering(books, name, Question(everything=True), workspace.today()) or 0]

    return workspace.remembered(("size", name), count)[0]

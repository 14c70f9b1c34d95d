"""The first page: what is new, what is due, where sources disagree, what changed, how far the workspace is."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency

from mingjian.core.ledger.asking import ANYTHING
from mingjian.core.ledger.ledgers import LEDGERS, LedgerName
from mingjian.core.model.corpus import Run
from mingjian.core.pipeline.versions import VersionDifference
from mingjian.core.storing import StoreReader
from mingjian.corpus.changes import told_changes
from mingjian.serve.access.rights import needs
from mingjian.serve.later import Made
from mingjian.serve.rows import all_rows
from mingjian.serve.web.answering import answer
from mingjian.serve.web.reading.changed import ChangedValue, changed_values
from mingjian.serve.web.reading.news import Compared, Fresh, compared, fresh
from mingjian.serve.web.views.changes import last_changes
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

_LOOKED, _VALUES = 40, 6
_COMPARED = "compared"
_WALKED: tuple[LedgerName, ...] = ("conflicts", "sources")


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How far the workspace is: pages, older versions, groups of reprints, reviews, needs, and its last run."""

    pages: int
    versions: int
    groups: int
    failures: int
    reviews: int
    needs: int
    last: Run | None


class HomeController(Controller):
    """The first page."""

    path = "/"
    opt = needs("read")
    include_in_schema = False

    @get("/", sync_to_thread=True)
    def home(self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace]) -> Response[str]:
        """Show the first page."""
        with workspace.pages() as reader:
            standing = _standing(reader, workspace)
            has_books = workspace.state().standing.books > 0
            if not standing.pages or not has_books:
                title = str(word("nav.home"))
                return answer(request, "empty.html.j2", "home", title=title, pages=standing.pages)
            values = _changed_values(reader)
        made = _compared(workspace)
        return answer(
            request,
            "home.html.j2",
            "home",
            title=str(word("nav.home")),
            fresh=fresh_of(workspace),
            values=values,
            standing=standing,
            compared=made.value,
            is_compared=made.fresh,
        )

    @get("/home/compared", sync_to_thread=True)
    def compared(self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace]) -> Response[str]:
        """Show where sources disagree, and the sources: the first page asks for it until it is made."""
        made = _compared(workspace)
        title = str(word("home.compared"))
        return answer(request, "compared.html.j2", "home", title=title, compared=made.value, is_compared=made.fresh)


def _compared(workspace: Workspace) -> Made[Compared]:
    """What takes a walk over all things: of books that were followed since, what it was before."""
    today = workspace.today()

    def make() -> Compared:
        conflicts, sources = (all_rows(workspace, LEDGERS[name], ANYTHING) for name in _WALKED)
        return compared(conflicts, sources)

    return workspace.later.ask(_COMPARED, (workspace.state().books, today), make)


def fresh_of(workspace: Workspace) -> Fresh:
    """The news as of today, as they were told of these books before or are told now."""
    today = workspace.today()

    def make() -> list[Fresh]:
        with workspace.books() as books:
            return [fresh(books, today)]

    return workspace.lately("fresh", make)[0]


def _standing(reader: StoreReader, workspace: Workspace) -> Standing:
    counts, (reviews, needs) = reader.counts(), workspace.corpus.desk.kept()
    return Standing(
        pages=counts["pages"],
        versions=counts["versions"],
        groups=counts["groups"],
        failures=counts["failures"],
        reviews=reviews,
        needs=needs,
        last=reader.last_run(),
    )


def _changed_values(reader: StoreReader) -> tuple[ChangedValue, ...]:
    """The values that the last new versions of pages give otherwise."""
    told = [change for change in told_changes(reader, last=_LOOKED) if change.kind == "version"]
    found: list[ChangedValue] = []
    for change in reversed(told):
        if isinstance(change.differences, VersionDifference) and len(found) < _VALUES:
            found += changed_values(last_changes(reader, [change])[0], change.differences.facts)
    return tuple(found[:_VALUES])

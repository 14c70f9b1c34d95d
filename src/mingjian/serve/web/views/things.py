"""The page of a thing of any kind, and the way to it from an id, or a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

from mingjian.brief.wording import ledger_label, ledger_value_label
from mingjian.core.books import Books
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, row_of_thing
from mingjian.core.ledger.meaning import the_thing
from mingjian.core.model.ledger.cells import Row
from mingjian.core.model.ledger.rows import TargetRow
from mingjian.core.model.things import Member, Thing, ThingKind
from mingjian.corpus.facts import sources_of
from mingjian.errors import UnknownError
from mingjian.serve.access.rights import needs
from mingjian.serve.web.answering import answer
from mingjian.serve.web.links import href, thing_href
from mingjian.serve.web.listings import tone_of
from mingjian.serve.web.parts import Badge, Crumb, Download
from mingjian.serve.web.reading.found import kind_label
from mingjian.serve.web.reading.thing import merged, others_of, series_of, shown_row, tellings
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

_OWN = frozenset({"policies", "people"})
PLAIN = tuple(name for name, ledger in LEDGERS.items() if ledger.of and name not in _OWN)
"""The ledgers whose rows have the plain page of a thing: those that have no page of their own."""
_SOURCES = 10
_BESIDE, _MOST_BESIDE = 12, 400
_PLACES = frozenset({"events", "policies", "targets", "compute", "scenarios", "datasets", "actions", "people"})


class ThingsController(Controller):
    """From an id to the page of the thing."""

    path = "/things"
    opt = needs("read")
    include_in_schema = False

    @get("/{thing:str}", sync_to_thread=True)
    def thing(self, workspace: NamedDependency[Workspace], thing: FromPath[str]) -> Redirect:
        """Lead to the page of the thing of this id, or of which the fact of this id tells."""
        with workspace.books() as books:
            meant = the_thing(books, thing, str(workspace.folder))
            return Redirect(thing_href(_ledger_of(books, meant, workspace.today()), meant.id), status_code=302)


def thing_page(
    request: Request[Any, Any, Any],
    workspace: NamedDependency[Workspace],
    thing: FromPath[str],
    sources: Annotated[int, QueryParameter(ge=0, le=1_000_000)] = 0,
) -> Response[Any]:
    """Show a thing: what its row says, all its sources, why they are one, what else their pages tell."""
    with workspace.books() as books, workspace.pages() as reader:
        meant = the_thing(books, thing, str(workspace.folder))
        found = row_of_thing(books, meant, Day(workspace.today()))
        if found is None:
            raise UnknownError(meant.id, "stands in no ledger", "look for it by its name on /search")
        ledger, row = found
        here = thing_href(ledger.name, meant.id)
        if request.url.path != here:
            return Redirect(here, status_code=302)
        members = books.members(meant.id)
        told = sources_of(books, reader, meant, sources, _SOURCES)
        around = books.of_page(members[0].page.id) if members else ()
        return answer(
            request,
            "thing.html.j2",
            ledger.name if ledger.name in _PLACES else "ledgers",
            title=row.name,
            crumbs_=_crumbs(ledger.name, row),
            thing=meant,
            row=row,
            kind=kind_label(meant.kind),
            ledger=ledger.name,
            badges=tuple(_badges(row)),
            standing=f"standing_{row.facets.status or 'unknown'}" if isinstance(row, TargetRow) else None,
            sought=_sought(row),
            shown=shown_row(books, ledger.name, row),
            tellings=tellings(told, members),
            is_first=not sources and _knows_first(row),
            earlier=href(here, sources=sources - _SOURCES or None) if sources else None,
            later=href(here, sources=sources + _SOURCES) if sources + _SOURCES < meant.sources else None,
            merged=merged(books.links(meant.id), members),
            series=series_of(row),
            story=_story(books, meant, members),
            quotes=tuple(_beside(meant, around, ("quote",))),
            beside=tuple(_beside(meant, around, _KINDS_BESIDE)),
            downloads=(Download("JSON", f"/api/things/{meant.id}"),),
        )


_KINDS_BESIDE: tuple[ThingKind, ...] = ("event", "policy", "programme", "target", "company_action", "compute", "fund")

THING_PAGES: tuple[HTTPRouteHandler, ...] = tuple(
    get(f"/{name}/{{thing:str}}", sync_to_thread=True, include_in_schema=False, opt=needs("read"))(thing_page)
    for name in PLAIN
)
"""The pages of things: a route for each ledger."""


def _ledger_of(books: Books, thing: Thing, today: str) -> str:
    found = row_of_thing(books, thing, Day(today))
    if found is None:
        raise UnknownError(thing.id, "stands in no ledger", "look for it by its name on /search")
    return found[0].name


def _crumbs(ledger: str, row: Row) -> tuple[Crumb, ...]:
    return (Crumb(str(word("nav.home")), "/"), Crumb(ledger_label(ledger), f"/{ledger}"), Crumb(row.name))


def _badges(row: Row) -> list[Badge]:
    status = row.facets.status
    return [Badge(ledger_value_label(status), tone_of(status))] if status else []


def _sought(row: Row) -> str:
    """By which words to look for what became of a target: its metric, else its name."""
    return (row.metric.value if isinstance(row, TargetRow) else None) or row.name


def _knows_first(row: Row) -> bool:
    """Whether the first page is known to have been the first: rows that do not ask it go by days alone."""
    told = getattr(row, "first_source", None)
    return row.first_published is not None if told is None else told.value is not None


def _story(books: Books, thing: Thing, members: Sequence[Member]) -> Thing | None:
    """The story of which the first page of a thing tells."""
    if thing.kind == "story" or not members:
        return None
    return next(iter(books.of_page(members[0].page.id, "story")), None)


def _beside(thing: Thing, around: Sequence[Thing], kinds: tuple[ThingKind, ...]) -> list[tuple[str, str, Thing]]:
    """What else the first page tells of: of which kind, with the address of its page."""
    others = others_of(around[:_MOST_BESIDE], thing, kinds, _BESIDE)
    return [(f"/things/{other.id}", kind_label(other.kind), other) for other in others]

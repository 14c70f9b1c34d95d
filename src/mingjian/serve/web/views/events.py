"""The list of events, what happened last first."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter

from mingjian.brief.ledgers.tables import Table, chosen_columns
from mingjian.brief.wording import ledger_shown
from mingjian.core.books import Books
from mingjian.core.ledger.asking import Question, count_answering, rows_answering
from mingjian.core.ledger.remembering import RememberingBooks
from mingjian.core.model.ledger.rows import EventRow
from mingjian.core.rulebook import bundled_rulebook
from mingjian.serve.access.rights import needs
from mingjian.serve.filters import asked_question
from mingjian.serve.web.answering import answer
from mingjian.serve.web.links import href
from mingjian.serve.web.listings import columns_of, lines_of
from mingjian.serve.web.parts import Download, Listing, Message, Pager
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

SIZE = 50
_FARTHEST = 100_000


class EventsController(Controller):
    """Events."""

    path = "/events"
    opt = needs("read")
    include_in_schema = False
    dependencies = {"question": Provide(asked_question, sync_to_thread=False)}  # noqa: RUF012 - as Litestar asks

    @get("/", sync_to_thread=True)
    def events(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        question: NamedDependency[Question],
        offset: Annotated[int, QueryParameter(ge=0, le=_FARTHEST)] = 0,
    ) -> Response[str]:
        """Show the events that answer."""
        question = plain(question)
        listing, total = _listing(workspace, question, offset)
        return answer(
            request,
            "events.html.j2",
            "events",
            title=str(word("events.title")),
            listing=listing,
            total=total,
            form=question,
            technologies=technologies(),
            timeline=href("/timeline", **asked_again(question)),
        )


def plain(question: Question) -> Question:
    """The question without fields of the form that were left empty."""
    held = {name: getattr(question, name) for name in ("regions", "technologies", "words", "sources", "issuers")}
    return msgspec.structs.replace(question, **{name: tuple(filter(None, each)) for name, each in held.items()})


def asked_again(question: Question) -> dict[str, Any]:
    """The question as parameters of an address."""
    return {
        "words": question.words,
        "region": question.regions,
        "technology": question.technologies,
        "industry": question.industries,
        "issuer": question.issuers,
        "source": question.sources,
        "since": question.since,
        "until": question.until,
        "all": "1" if question.everything else None,
    }


def technologies() -> tuple[tuple[str, str], ...]:
    """The technologies of the taxonomy: id and name."""
    return tuple((entry.id, entry.name) for entry in bundled_rulebook().lexicon("technologies").entries)


def _listing(workspace: Workspace, question: Question, offset: int) -> tuple[Listing, int | None]:
    today = workspace.today()
    with workspace.books() as books:
        rows = list(islice(rows_answering(books, "events", question, today), offset, offset + SIZE + 1))
        total = _count(workspace, books, question)
        columns = chosen_columns(EventRow, [name for name in ledger_shown("events") if name != "id"])
        table = Table(ledger="events", columns=columns, rows=rows[:SIZE], pages=RememberingBooks(books).page, day=today)
        asked = asked_again(question)
        listing = Listing(
            id="events",
            caption=str(word("events.title")),
            columns=columns_of(table),
            lines=lines_of(table),
            pager=_pager(asked, offset, len(rows), total),
            downloads=tuple(
                Download(name, href("/api/ledgers/events", **asked, format=ending, limit=1_000))
                for name, ending in (("Excel", "xlsx"), ("CSV", "csv"), ("JSON", "jsonl"))
            ),
            empty=_empty(question),
        )
    return listing, total


def _count(workspace: Workspace, books: Books, question: Question) -> int | None:
    """How many events answer: of narrower questions all must be found for it, so it is remembered."""
    today = workspace.today()

    def count() -> list[int | None]:
        return [count_answering(books, "events", question, today)]

    return workspace.remembered(("events", question, today), count)[0]


def _empty(question: Question) -> Message | None:
    if question.everything:
        return None
    again = href("/events", **{**asked_again(question), "all": "1"})
    return Message(str(word("list.empty")), "info", str(word("list.empty_mend")), again, str(word("events.everything")))


def _pager(asked: dict[str, Any], offset: int, found: int, total: int | None) -> Pager:
    last = offset + min(found, SIZE)
    earlier = max(0, offset - SIZE)
    return Pager(
        first=min(offset + 1, last),
        last=last,
        total=last if total is None else total,
        earlier=href("/events", **asked, offset=earlier or None) if offset else None,
        later=href("/events", **asked, offset=offset + SIZE) if found > SIZE else None,
        exact=total is not None,
    )

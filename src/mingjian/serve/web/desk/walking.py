"""The way through the queue: its lines, the facts before and behind one, and the next after something was said."""

from __future__ import annotations

from collections.abc import Iterable

from mingjian.brief.wording import title_or_place
from mingjian.core.model.review import Queue, QueueAsked, QueuedFact, Review
from mingjian.corpus import Asked
from mingjian.corpus.desk.desk import ReviewedFact
from mingjian.corpus.finding import count_one
from mingjian.errors import SearchIndexError
from mingjian.serve.desk import QueueQuestion
from mingjian.serve.web.desk.facts import cells_of
from mingjian.serve.web.desk.queue import QueuedLine, ShownReason, desk_href, line_of, queue_href, reasons_shown
from mingjian.serve.web.desk.telling import title_of
from mingjian.serve.workspace import Workspace

_SOURCES = 15
_MOST_OF_PAGE = 500


def queue_lines(
    workspace: Workspace, question: QueueQuestion, facts: Iterable[QueuedFact], offset: int
) -> tuple[QueuedLine, ...]:
    """The facts with what the machine read of each; of a page that has gone meanwhile nothing is read."""
    every = list(facts)
    held: dict[tuple[str, str], ReviewedFact] = {}
    for page in dict.fromkeys(one.page for one in every):
        wanted = [one.fact for one in every if one.page == page]
        held |= {(page, fact): found for fact, found in workspace.corpus.desk.facts(page, wanted).items()}
    return tuple(
        _line(one, held.get((one.page, one.fact)), _href_of(one, question, offset + index))
        for index, one in enumerate(every)
    )


def _line(one: QueuedFact, held: ReviewedFact | None, address: str) -> QueuedLine:
    if held is None:
        return line_of(one, address, (), title_or_place(None, one.doc_id), 0)
    return line_of(one, address, cells_of(held.kind, held.fact), title_of(held.page), held.seen)


def around(
    workspace: Workspace, place: tuple[QueueQuestion, int | None], who: str
) -> tuple[str | None, str | None, int]:
    """The addresses of the facts before and behind this place in the queue, and how many wait."""
    question, at = place
    if at is None:
        return None, None, 0
    first = max(0, at - 1)
    found = _queued(workspace, question.part(who, 3, first))
    by_place = {first + index: one for index, one in enumerate(found.facts)}
    before, behind = by_place.get(at - 1), by_place.get(at + 1)
    return (
        None if before is None else _href_of(before, question, at - 1),
        None if behind is None else _href_of(behind, question, at + 1),
        found.total,
    )


def _href_of(one: QueuedFact, question: QueueQuestion, at: int) -> str:
    return desk_href(one.page, one.fact, question, at, ((one.start, one.end),))


def next_href(
    workspace: Workspace,
    place: tuple[QueueQuestion, int | None],
    who: str,
    review: Review,
    held: ReviewedFact,
) -> str:
    """The desk of the fact that is next now; the queue where none is, the same fact where no queue led to it."""
    question, at = place
    number = str(review.number)
    if at is None:
        outcome = workspace.corpus.desk.fact(held.page.kept.id, held.fact.id)
        return queue_href(question, f"/review/{held.page.kept.id}/{outcome.fact.id}", said=number)
    left = [
        (index, one)
        for index, one in enumerate(_queued(workspace, question.part(who, 2, at)).facts)
        if one.fact != held.fact.id
    ]
    if not left:
        return queue_href(question, said=number)
    index, one = left[0]
    address = queue_href(question, f"/review/{one.page}/{one.fact}", at=str(at + index), said=number)
    return f"{address}#s={one.start},{one.end}"


def _queued(workspace: Workspace, asked: QueueAsked) -> Queue:
    """The facts that are asked for; none where none were weighed by these rules yet."""
    try:
        return workspace.corpus.desk.queue(asked, follow=False)
    except SearchIndexError:
        return Queue(facts=(), total=0, by_reason={})


def reasons_of(workspace: Workspace, held: ReviewedFact) -> tuple[ShownReason, ...]:
    """Why the fact is worth a look, where it is."""
    found = _queued(workspace, QueueAsked(page=held.page.kept.id, seen="all", limit=_MOST_OF_PAGE)).facts
    return next((reasons_shown(held.kind, one.reasons) for one in found if one.fact == held.fact.id), ())


def top_sources(workspace: Workspace) -> dict[str, int]:
    """The sources that tell most."""

    def make() -> list[tuple[str, int]]:
        with workspace.searching() as (index, _):
            return list(count_one(index, Asked(words="type:page", limit=1), "page").by_source.items())[:_SOURCES]

    try:
        return dict(workspace.remembered("sources", make))
    except SearchIndexError:
        return {}

"""Where pages come from: what they say who wrote them, and who had it first."""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.building import Day
from mingjian.core.link.things.answering import was_known
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.outcome import Cited
from mingjian.core.model.things import Member, PageCard


def origin_of(page: PageCard) -> Cell[str]:
    """Who wrote a page by its own words: the source that it names, else whoever publishes it."""
    for outcome in (page.source, page.publisher):
        if isinstance(outcome, Cited):
            return _named(page, outcome)
    return Cell(missing="source-untold")


def outlet_of(page: PageCard) -> Cell[str]:
    """Who printed a page: its publisher, else the source that it names."""
    if isinstance(page.publisher, Cited):
        return _named(page, page.publisher)
    return origin_of(page)


def _named(page: PageCard, outcome: Cited[str]) -> Cell[str]:
    span = outcome.evidence
    return Cell(outcome.value, (Cite(page.id, span.start, span.end, span.text, span.layer),))


def first_source(books: Books, members: Sequence[Member], day: Day) -> Cell[str]:
    """Who told it first: of the page published first, whoever wrote the first source of its reprints.

    Where no page is dated, and several independent ones tell of it, nobody can say.
    """
    first = members[0].page
    if first.published_from is None and len({member.page.group for member in members}) > 1:
        return Cell(missing="not-dated")
    copied = books.page(first.group)
    known = copied is not None and (not day.known or was_known(copied, day.day))
    return origin_of(copied if copied is not None and known else first)

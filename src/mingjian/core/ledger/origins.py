"""Where pages come from: what they say who wrote them, and who had it first."""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.building import Day, cite_page
from mingjian.core.ledger.citing import canonical
from mingjian.core.link.things.answering import was_known
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.outcome import Cited
from mingjian.core.model.things import Member, PageCard

_EARLIEST, _LATEST = "0000-01-01", "9999-12-31"
_TIMED = ("minute", "second")
_HOME_ZONE = "+08:00"


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
    cites = (cite_page(page, outcome.evidence),)
    return Cell(outcome.value, cites, basis=canonical(outcome.value, cites))


def first_source(books: Books, members: Sequence[Member], day: Day) -> Cell[str]:
    """Who told it first: of the page published first, whoever wrote the first source of its reprints.

    Where another independent page may have been published before, nobody can say.
    """
    pages = list({member.page.id: member.page for member in members}.values())
    first = min(pages, key=lambda page: (_moments(page)[1], page.id))
    others = (page for page in pages if page.group != first.group)
    if any(_moments(page)[0] <= _moments(first)[1] for page in others):
        return Cell(missing="first-unsure")
    copied = books.page(first.group)
    known = copied is not None and (not day.known or was_known(copied, day.day))
    return origin_of(copied if copied is not None and known else first)


def _moments(page: PageCard) -> tuple[str, str]:
    """Between which moments a page was published, as ISO words that compare; times count where they are Chinese."""
    first, last = page.published_from or _EARLIEST, page.published_to or _LATEST
    told = page.published
    if isinstance(told, Cited) and told.precision in _TIMED and told.value.endswith(_HOME_ZONE):
        return (told.value[:16], told.value[:16])
    return (f"{first}T00:00", f"{last}T24:00")

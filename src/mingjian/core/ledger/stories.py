"""Stories: one happening as pages tell it, with all who print it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.about import regions_of
from mingjian.core.ledger.building import TIMELESS, Day, cite_span, head_of
from mingjian.core.ledger.origins import first_source, outlet_of
from mingjian.core.link.things.answering import first_told
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.rows import Related, StoryRow
from mingjian.core.model.things import Member, Thing

_EVENTS = 5  # of a story that its row names


def story_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> StoryRow:
    """The row of a story, under the headline of the page that came first."""
    first = members[0]
    days = [one for member in members for one in (member.page.published_from, member.page.published_to) if one]
    outlets = {cell.value: cell for member in members if (cell := outlet_of(member.page)).value is not None}
    return StoryRow(
        **head_of(
            thing,
            members,
            regions=regions_of(members),
            happened=(min(days, default=None), max(days, default=None)),
        ),
        title=Cell(first.fact.evidence.text, (cite_span(first, first.fact.evidence),)),
        first_source=first_source(books, members, day),
        outlets=tuple(outlets.values()),
        tells=() if day == TIMELESS else tuple(_tells(books, members)),
    )


def _tells(books: Books, members: Sequence[Member]) -> Iterator[Related]:
    """Some events of which its pages tell, those first of which most do."""
    pages = tuple(dict.fromkeys(member.page.id for member in members))
    told = [event for page in pages for event in books.of_page(page, "event")]
    counted = Counter(event.id for event in told)
    events = {event.id: event for event in told}
    for event in sorted(events.values(), key=lambda one: (-counted[one.id], first_told(one)))[:_EVENTS]:
        member = next(each for each in books.members(event.id) if each.page.id in pages)
        cell = Cell(event.name, (cite_span(member, member.fact.evidence),), basis="derived")
        yield Related(relation="tells", cell=cell, thing=event.id)

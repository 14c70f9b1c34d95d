"""The timeline: what happened, happens or is to happen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.about import regions_of
from mingjian.core.ledger.agreeing import Said, agreed, all_of, furthest, names_said, said, saying
from mingjian.core.ledger.building import TIMELESS, Day, cite_part, cite_span, head_of
from mingjian.core.ledger.event_dates import dated
from mingjian.core.ledger.origins import first_source
from mingjian.core.ledger.resolving import resolve
from mingjian.core.link.things.events.titles import Naming, event_title
from mingjian.core.model.facts import Event
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.ledger.rows import EventRow, Related
from mingjian.core.model.outcome import Cited
from mingjian.core.model.things import Member, Thing
from mingjian.core.text.normal import on_one_line

_STRETCH = 2  # characters of a name that stand together in the words it was made of
ACTUALITIES = {word: rank for rank, word in enumerate(("directed", "planned", "ongoing", "realised"))}
"""How far something has come: what happened is not undone by a page that still announces it."""
_UNDONE = ("cancelled", "denied")


def event_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> EventRow:
    """The row of an event."""
    bounds, start, end = dated(books, thing, members, day)
    actuality = actuality_of(members)
    actors = all_of(names_said(members, "actors"))
    return EventRow(
        **head_of(
            thing,
            members,
            regions=regions_of(members, "place", "actors"),
            issuers=[actor.value for actor in actors],
            happened=bounds,
            status=actuality.value,
        ),
        type=agreed(types_said(members), "not-told"),
        title=_title(thing, members),
        start=start,
        end=end,
        actors=actors,
        recipients=all_of(names_said(members, "recipients")),
        object=agreed(said(members, "object"), "not-told"),
        place=agreed(said(members, "place"), "place-untold"),
        actuality=actuality,
        first_source=first_source(books, members, day),
        part_of=() if day == TIMELESS else tuple(_wholes(books, thing, members)),
    )


def types_said(members: Sequence[Member]) -> list[Said[str]]:
    """Of which type the mentions tell the event to be, in the words that do."""
    facts = [(member, member.as_fact(Event)) for member in members]
    return [saying(member, fact.type, fact.trigger_span) for member, fact in facts]


def actuality_of(members: Sequence[Member]) -> Cell[str]:
    """Whether it happened: the furthest that it is told to have come, unless the last page to tell of it denies it."""
    every = said(members, "actuality")
    if every and every[-1].value in _UNDONE:
        return agreed(every[-1:], "not-told")
    return furthest(every, ACTUALITIES, "not-told")


def _title(thing: Thing, members: Sequence[Member]) -> Cell[str]:
    """What it is called where words of the first mention say so, else what these say by themselves; or its headline.

    A name may hold the full form of a body, or an issuer that another clause names: no span, no title.
    """
    first, headline = members[0], members[0].page.title
    if isinstance(headline, Cited) and thing.name == on_one_line(headline.value):
        return Cell(thing.name, (cite_span(first, headline.evidence),), basis="headline")
    fact = first.as_fact(Event)
    joined = (cite for part in ("actors", "object") for cite in cite_part(first, part))
    cites = tuple(dict.fromkeys((cite_span(first, fact.evidence), *joined)))
    named = (thing.name, event_title(fact, Naming(headline)).words)
    told = next((words for words in named if _stands_in(words, cites)), fact.title)
    return Cell(told, cites, basis=None if told in fact.evidence.text else "joined")


def _stands_in(name: str, cites: Sequence[Cite]) -> bool:
    """Whether a name is made of stretches of two characters and more of what is cited, and of marks between them."""
    text = "\n".join(on_one_line(cite.text) for cite in cites)
    at = 0
    while at < len(name):
        end = at
        while end < len(name) and name[at : end + 1] in text:
            end += 1
        if end - at < _STRETCH and name[at].isalnum():
            return False
        at = max(end, at + 1)
    return True


def _wholes(books: Books, thing: Thing, members: Sequence[Member]) -> Iterator[Related]:
    """What the event is part of: another event, as its own page has it, and the programme that it is about."""
    found: dict[tuple[str, str], Related] = {}
    for member in members:
        fact = member.as_fact(Event)
        whole = books.holding(member.page.id, fact.sub_event_of) if fact.sub_event_of else None
        if whole is not None and whole.id != thing.id:
            cell = Cell(whole.name, cite_part(member, "sub_event_of"), basis="derived")
            found.setdefault(("part_of", whole.id), Related(relation="part_of", cell=cell, thing=whole.id))
        programme = resolve(books, ("programme",), fact.object, member.page.id) if fact.object else None
        if programme is not None:
            cell = Cell(fact.object, cite_part(member, "object"))
            found.setdefault(("about", programme.id), Related(relation="about", cell=cell, thing=programme.id))
    yield from found.values()

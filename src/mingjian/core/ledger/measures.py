"""The task list: who leads what, by which instrument, by when, of which document."""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.about import regions_of
from mingjian.core.ledger.agreeing import Said, agreed, all_of, derived, names_said, said
from mingjian.core.ledger.building import Day, cite_page, head_of
from mingjian.core.ledger.dating import bounds_of
from mingjian.core.ledger.resources import unit_of, value_of
from mingjian.core.model.facts import TimeBound
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.rows import MeasureRow
from mingjian.core.model.outcome import Cited
from mingjian.core.model.things import Member, Thing


def measure_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> MeasureRow:
    """The row of a task."""
    del day
    deadline, lead = _due(members), all_of(names_said(members, "lead"))
    assisting = all_of(names_said(members, "assisting"))
    amount = agreed(said(members, "amount"), "amount-untold")
    return MeasureRow(
        **head_of(
            thing,
            members,
            regions=regions_of(members, "lead"),
            issuers=[body.value for body in (*lead, *assisting)],
            happened=bounds_of(deadline.value),
        ),
        action=agreed(said(members, "action"), "not-told"),
        instrument=agreed(said(members, "instrument", "action"), "not-told"),
        lead=lead,
        assisting=assisting,
        beneficiary=agreed(said(members, "beneficiary"), "not-told"),
        amount=derived(amount, value_of, "amount-untold", "normalised"),
        unit=derived(amount, unit_of, "amount-untold", "normalised"),
        deadline=deadline,
        policy=document_of(books, members),
    )


def _due(members: Sequence[Member]) -> Cell[str]:
    """By when it is to be done: an ISO day, or the words where they fix none."""
    bounds: list[Said[TimeBound]] = said(members, "deadline")
    return agreed([Said(one.value.end or one.value.text, one.member, one.cites) for one in bounds], "deadline-untold")


def document_of(books: Books, members: Sequence[Member]) -> Cell[str]:
    """The document that says so: that of the page, where the page is the text of one."""
    told = (_own_document(books, member) for member in members if member.page.is_document)
    return agreed([each for each in told if each is not None], "policy-untold")


def _own_document(books: Books, member: Member) -> Said[str] | None:
    """The policy whose name stands in the title of the page, else the title as it is."""
    page, title = member.page, member.page.title
    if not isinstance(title, Cited):
        return None
    named = [each.name for each in books.of_page(page.id, "policy") if each.name in title.value]
    return Said(max(named, key=len, default=title.value), member, (cite_page(page, title.evidence),))

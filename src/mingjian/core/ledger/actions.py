"""What companies did, do or plan."""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.about import regions_of
from mingjian.core.ledger.agreeing import agreed, derived, names_said, said
from mingjian.core.ledger.building import Day, head_of
from mingjian.core.ledger.dating import bounds_of, date_cell
from mingjian.core.ledger.events import actuality_of
from mingjian.core.ledger.resources import unit_of, value_of
from mingjian.core.model.ledger.rows import ActionRow
from mingjian.core.model.things import Member, Thing


def action_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> ActionRow:
    """The row of a company's action."""
    del books, day
    date, actuality = date_cell(said(members, "date")), actuality_of(members)
    company = agreed(names_said(members, "company"), "actors-untold")
    amount = agreed(said(members, "amount"), "amount-untold")
    return ActionRow(
        **head_of(
            thing,
            members,
            regions=regions_of(members),
            issuers=(company.value,),
            happened=bounds_of(date.value),
            status=actuality.value,
        ),
        company=company,
        kind=agreed(said(members, "kind", "action"), "not-told"),
        action=agreed(said(members, "action"), "not-told"),
        object=agreed(said(members, "object"), "not-told"),
        partner=agreed(names_said(members, "partner"), "not-told"),
        amount=derived(amount, value_of, "amount-untold", "normalised"),
        unit=derived(amount, unit_of, "amount-untold", "normalised"),
        date=date,
        actuality=actuality,
    )

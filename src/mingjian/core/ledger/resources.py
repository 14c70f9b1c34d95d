"""Registers of what is built, opened and paid for: compute, data sets, scenarios, funds, systems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingjian.core.books import Books
from mingjian.core.ledger.about import regions_of
from mingjian.core.ledger.agreeing import Said, agreed, all_of, derived, furthest, names_said, printed, said
from mingjian.core.ledger.building import Day, head_of
from mingjian.core.model.facts import Normalized
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.rows import ComputeRow, DatasetRow, FundRow, ScenarioRow, SystemRow
from mingjian.core.model.resources import Fund
from mingjian.core.model.things import Member, Thing

_FLOPS = "FLOPS"
_STATES = ("supported", "directed", "sought", "target", "planned", "raising", "building", "first_close", "set_up")
_DONE = ("built", "opened", "closed", "realised", "deployed", "in_service")
STATES = {word: rank for rank, word in enumerate((*_STATES, *_DONE))}
"""How far something has come, from what is asked for to what is in use."""
_UNTOLD = "stated"


def state_of(members: Sequence[Member]) -> Cell[str]:
    """How far it has come: the furthest stage told; where no stage is, whether it is there, aimed at or asked for."""
    staged = said(members, "stage") if hasattr(members[0].fact, "stage") else []
    told = [one for one in said(members, "status") if one.value != _UNTOLD]
    return furthest(staged or told, STATES, "state-untold")


def number(members: Sequence[Member], field: str, missing: str = "not-told") -> Cell[Decimal]:
    """The number on which most sources agree."""
    return derived(agreed(said(members, field), missing), lambda value: value, missing, "normalised")


def value_of(amount: Normalized) -> Decimal:
    """The number of an amount: of a range, its lower end."""
    return amount.value


def unit_of(amount: Normalized) -> str:
    """The unit of an amount."""
    return amount.unit


def compute_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> ComputeRow:
    """The row of a centre, a cluster or the compute of a place."""
    del books, day
    told: list[Said[Normalized]] = said(members, "capacity")
    capacity = agreed([one for one in told if one.value.unit == _FLOPS], "unit-unlike" if told else "capacity-untold")
    counted = [one.member for one in told if one.value == capacity.value]
    state, owner = state_of(members), agreed(names_said(members, "owner"), "owner-untold")
    return ComputeRow(
        **head_of(
            thing,
            members,
            regions=regions_of(members, "region", "owner"),
            issuers=(owner.value,),
            status=state.value,
        ),
        names=all_of(said(members, "name")),
        region=agreed(said(members, "region"), "region-untold"),
        owner=owner,
        capacity=derived(capacity, value_of, "capacity-untold", "normalised"),
        unit=derived(capacity, unit_of, "capacity-untold", "normalised"),
        printed=printed(capacity),
        precision=agreed(said(counted, "precision"), "precision-unsaid" if counted else "capacity-untold"),
        state=state,
        kind=agreed(said(members, "kind", "name"), "not-told"),
        accelerators=number(members, "accelerators"),
        racks=number(members, "racks"),
        renewable=derived(agreed(said(members, "renewable"), "not-told"), value_of, "not-told", "normalised"),
        pue=derived(agreed(said(members, "pue"), "not-told"), value_of, "not-told", "normalised"),
    )


def dataset_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> DatasetRow:
    """The row of a data set or several."""
    del books, day
    size = agreed(said(members, "size"), "not-told")
    state, owner = state_of(members), agreed(names_said(members, "owner"), "owner-untold")
    return DatasetRow(
        **head_of(thing, members, regions=regions_of(members, "owner"), issuers=(owner.value,), status=state.value),
        names=all_of(said(members, "name")),
        owner=owner,
        count=number(members, "count"),
        size=derived(size, value_of, "not-told", "normalised"),
        unit=derived(size, unit_of, "not-told", "normalised"),
        modality=agreed(said(members, "modality"), "not-told"),
        labelled=agreed(said(members, "labelled"), "not-told"),
        state=state,
    )


def scenario_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> ScenarioRow:
    """The row of scenarios that are opened, built or listed."""
    del books, day
    status = furthest([one for one in said(members, "status") if one.value != _UNTOLD], STATES, "state-untold")
    owner = agreed(names_said(members, "owner"), "owner-untold")
    return ScenarioRow(
        **head_of(thing, members, regions=regions_of(members, "owner"), issuers=(owner.value,), status=status.value),
        scenario=agreed(said(members, "scenario"), "not-told"),
        action=agreed(said(members, "action"), "not-told"),
        owner=owner,
        sector=agreed(said(members, "sector"), "not-told"),
        count=number(members, "count"),
        stage=furthest(said(members, "stage"), STATES, "state-untold"),
        state=status,
    )


def fund_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> FundRow:
    """The row of a fund: the amount with its own currency."""
    del books, day
    amount = agreed(list(_amounts(members)), "amount-untold")
    state, manager = state_of(members), agreed(names_said(members, "manager"), "not-told")
    return FundRow(
        **head_of(
            thing,
            members,
            regions=regions_of(members, "region", "manager"),
            issuers=(manager.value,),
            status=state.value,
        ),
        names=all_of(said(members, "name")),
        amount=derived(amount, value_of, "amount-untold", "normalised"),
        unit=derived(amount, unit_of, "amount-untold", "normalised"),
        printed=printed(amount),
        region=agreed(said(members, "region"), "region-untold"),
        manager=manager,
        kind=agreed(said(members, "kind", "name"), "not-told"),
        stage=state,
        sectors=agreed(said(members, "sectors"), "not-told"),
    )


def _amounts(members: Sequence[Member]) -> Iterator[Said[Normalized]]:
    for one in said(members, "amount"):
        unit = one.member.as_fact(Fund).unit
        if unit is not None:
            yield Said(Normalized(one.value, None, unit), one.member, one.cites)


def system_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> SystemRow:
    """The row of a model, platform, network or product."""
    del books, day
    owner = agreed(names_said(members, "owner"), "owner-untold")
    return SystemRow(
        **head_of(thing, members, regions=regions_of(members, "owner"), issuers=(owner.value,)),
        names=all_of(said(members, "name")),
        kind=agreed(said(members, "kind", "name"), "not-told"),
        version=agreed(said(members, "version"), "not-told"),
        owner=owner,
        base=agreed(said(members, "base"), "not-told"),
        parameters=number(members, "parameters"),
    )

"""All ledgers by name: of which kinds of things each lists, what its rows are, and which rows answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import chain
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.actions import action_row
from mingjian.core.ledger.building import TIMELESS, Day
from mingjian.core.ledger.conflicts import conflict_rows
from mingjian.core.ledger.events import event_row
from mingjian.core.ledger.measures import measure_row
from mingjian.core.ledger.organisations import organisation_row
from mingjian.core.ledger.people import person_row
from mingjian.core.ledger.policies import policy_row
from mingjian.core.ledger.programmes import programme_row
from mingjian.core.ledger.resolving import members_by
from mingjian.core.ledger.resources import compute_row, dataset_row, fund_row, scenario_row, system_row
from mingjian.core.ledger.sources import source_rows
from mingjian.core.ledger.statements import filing_row, quote_row, report_row, standard_row
from mingjian.core.ledger.statistics import statistic_row
from mingjian.core.ledger.stories import story_row
from mingjian.core.ledger.targets import target_row
from mingjian.core.link.things.answering import answers, in_order, was_added
from mingjian.core.model.ledger import rows
from mingjian.core.model.ledger.cells import Facets, Row
from mingjian.core.model.things import Member, Thing, ThingKind

LedgerName: TypeAlias = Literal[
    "policies", "targets", "statistics", "conflicts",
    "events", "stories", "programmes", "compute", "datasets", "scenarios", "funds", "measures", "standards", "actions",
    "people", "quotes", "reports", "systems", "organisations", "sources",
]  # fmt: skip
RowOf: TypeAlias = Callable[[Books, Thing, Sequence[Member], Day], Row | None]
RowsOf: TypeAlias = Callable[[Books, Asked, Day], Iterator[Row]]
_EVERYTHING = Asked(kind="event", ai=False)


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """A typed table: ``row_type`` names its columns.

    ``of`` builds the rows of things, for each kind that the ledger lists: nothing for a thing that is not for it (a
    standard is a report, but no report a standard). ``every`` gives the rows of a ledger that lists no things.
    """

    name: LedgerName
    row_type: type[Row]
    of: Mapping[ThingKind, RowOf] = {}
    every: RowsOf | None = None

    @property
    def kind(self) -> ThingKind:
        """What to ask for: ``rows_of`` asks for all kinds that the ledger lists, whichever of them is named."""
        return next(iter(self.of), "event")


def _compared_sources(books: Books, asked: Asked, day: Day) -> Iterator[Row]:
    """The rows of sources, with how often each is contradicted by all others."""
    return source_rows(books, asked, day, conflict_rows(books, _EVERYTHING, day))


def _table(*ledgers: Ledger) -> Mapping[LedgerName, Ledger]:
    return {ledger.name: ledger for ledger in ledgers}


LEDGERS: Mapping[LedgerName, Ledger] = _table(
    Ledger(name="policies", row_type=rows.PolicyRow, of={"policy": policy_row}),
    Ledger(name="targets", row_type=rows.TargetRow, of={"target": target_row}),
    Ledger(name="statistics", row_type=rows.StatisticRow, of={"statistic": statistic_row}),
    Ledger(name="events", row_type=rows.EventRow, of={"event": event_row}),
    Ledger(name="stories", row_type=rows.StoryRow, of={"story": story_row}),
    Ledger(name="programmes", row_type=rows.ProgrammeRow, of={"programme": programme_row}),
    Ledger(name="compute", row_type=rows.ComputeRow, of={"compute": compute_row}),
    Ledger(name="datasets", row_type=rows.DatasetRow, of={"dataset": dataset_row}),
    Ledger(name="scenarios", row_type=rows.ScenarioRow, of={"scenario": scenario_row}),
    Ledger(name="funds", row_type=rows.FundRow, of={"fund": fund_row}),
    Ledger(name="measures", row_type=rows.MeasureRow, of={"measure": measure_row}),
    Ledger(name="standards", row_type=rows.StandardRow, of={"report": standard_row, "event": filing_row}),
    Ledger(name="actions", row_type=rows.ActionRow, of={"company_action": action_row}),
    Ledger(name="people", row_type=rows.PersonRow, of={"person": person_row}),
    Ledger(name="quotes", row_type=rows.QuoteRow, of={"quote": quote_row}),
    Ledger(name="reports", row_type=rows.ReportRow, of={"report": report_row}),
    Ledger(name="systems", row_type=rows.SystemRow, of={"system": system_row}),
    Ledger(name="organisations", row_type=rows.OrganisationRow, of={"organisation": organisation_row}),
    Ledger(name="sources", row_type=rows.SourceRow, every=_compared_sources),
    Ledger(name="conflicts", row_type=rows.ConflictRow, every=conflict_rows),
)


def facets_of(books: Books, thing: Thing) -> Facets:
    """By what a thing is found: nothing that depends on the day, such as the status of a target."""
    found = row_of_thing(books, thing, TIMELESS)
    return Facets() if found is None else found[1].facets


def row_of_thing(books: Books, thing: Thing, day: Day) -> tuple[Ledger, Row] | None:
    """The first ledger that lists the thing, and its row there on a day; nothing for a thing that none lists."""
    members = books.members(thing.id, day.day if day.known else None)
    for ledger in LEDGERS.values():
        row_of = ledger.of.get(thing.kind)
        row = None if row_of is None or not members else row_of(books, thing, members, day)
        if row is not None:
            return ledger, row
    return None


def rows_of(books: Books, ledger: Ledger, asked: Asked, day: Day) -> Iterator[Row]:
    """The rows of a ledger that answer, in its order, as they are read on a day.

    What was known on a day may order them otherwise than what is known now, by which the books find things.
    """
    if ledger.every is not None:
        yield from ledger.every(books, asked, day)
        return
    every = (
        _rows_of_kind(books, row_of, msgspec.structs.replace(asked, kind=kind), day)
        for kind, row_of in ledger.of.items()
    )
    found = sorted(chain(*every), key=_in_order) if day.known else merge(*every, key=_in_order)
    yield from (row for _, row in found)


def _in_order(found: tuple[Thing, Row]) -> tuple[object, ...]:
    thing, row = found
    return in_order(thing, row.facets)


def _rows_of_kind(books: Books, row_of: RowOf, asked: Asked, day: Day) -> Iterator[tuple[Thing, Row]]:
    for thing in books.find(asked):
        members = [member for member in members_by(books, thing.id, day) if was_added(member.page, asked.added_by)]
        row = row_of(books, thing, members, day) if members else None
        if row is not None and _answers(asked, thing, row.facets):
            yield thing, row


def _answers(asked: Asked, thing: Thing, facets: Facets) -> bool:
    return answers(asked, thing, facets) and (not asked.statuses or facets.status in asked.statuses)

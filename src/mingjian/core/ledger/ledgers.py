"""All ledgers by name: of which kinds of things each lists, what its rows are, and which rows answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush, merge
from itertools import chain, islice
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.actions import action_row
from mingjian.core.ledger.building import TIMELESS, Day
from mingjian.core.ledger.conflicts import conflict_rows, may_be_disputed
from mingjian.core.ledger.events import event_row
from mingjian.core.ledger.filing import file_thing
from mingjian.core.ledger.measures import measure_row
from mingjian.core.ledger.organisations import organisation_row
from mingjian.core.ledger.people import person_row
from mingjian.core.ledger.policies import policy_row
from mingjian.core.ledger.programmes import programme_row
from mingjian.core.ledger.remembering import RememberingBooks, remembering
from mingjian.core.ledger.resolving import members_by
from mingjian.core.ledger.resources import compute_row, dataset_row, fund_row, scenario_row, system_row
from mingjian.core.ledger.sources import source_rows
from mingjian.core.ledger.statements import FILED, STANDARD, filing_row, quote_row, report_row, standard_row
from mingjian.core.ledger.statistics import statistic_row
from mingjian.core.ledger.stories import story_row
from mingjian.core.ledger.targets import target_row
from mingjian.core.link.things.answering import answers, in_order, order_of, was_added
from mingjian.core.model.ledger import rows
from mingjian.core.model.ledger.cells import Facets, Filed, Row
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
    standard is a report, but no report a standard): ``types`` are what a mention calls those that are for it, where not
    all are, ``but`` what it calls those that are not. ``every`` gives the rows of a ledger that lists no things, and
    ``counted`` as many that need less.
    """

    name: LedgerName
    row_type: type[Row]
    of: Mapping[ThingKind, RowOf] = {}
    types: Mapping[ThingKind, tuple[str, ...]] = {}
    but: Mapping[ThingKind, tuple[str, ...]] = {}
    every: RowsOf | None = None
    counted: RowsOf | None = None

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
    Ledger(
        name="standards",
        row_type=rows.StandardRow,
        of={"report": standard_row, "event": filing_row},
        types={"report": (STANDARD,), "event": (FILED,)},
    ),
    Ledger(name="actions", row_type=rows.ActionRow, of={"company_action": action_row}),
    Ledger(name="people", row_type=rows.PersonRow, of={"person": person_row}),
    Ledger(name="quotes", row_type=rows.QuoteRow, of={"quote": quote_row}),
    Ledger(name="reports", row_type=rows.ReportRow, of={"report": report_row}, but={"report": (STANDARD,)}),
    Ledger(name="systems", row_type=rows.SystemRow, of={"system": system_row}),
    Ledger(name="organisations", row_type=rows.OrganisationRow, of={"organisation": organisation_row}),
    Ledger(name="sources", row_type=rows.SourceRow, every=_compared_sources, counted=source_rows),
    Ledger(name="conflicts", row_type=rows.ConflictRow, every=conflict_rows),
)


def facets_of(books: Books, thing: Thing) -> Filed:
    """By what a thing is found: of what depends on the day, such as the status of a target, all that may be."""
    found = row_of_thing(books, thing, TIMELESS)
    filed = file_thing(books, thing, Facets() if found is None else found[1].facets)
    ledgers = tuple(ledger.name for ledger in LEDGERS.values() if _lists(ledger, thing, filed))
    return msgspec.structs.replace(filed, ledgers=ledgers, disputed=may_be_disputed(books, thing))


def _lists(ledger: Ledger, thing: Thing, filed: Filed) -> bool:
    """Whether a ledger lists a thing, as it is found."""
    types, but = ledger.types.get(thing.kind, ()), ledger.but.get(thing.kind, ())
    wanted = not types or any(one in types for one in filed.types)
    return thing.kind in ledger.of and wanted and not any(one in but for one in filed.types)


def row_of_thing(books: Books, thing: Thing, day: Day) -> tuple[Ledger, Row] | None:
    """The first ledger that lists the thing, and its row there on a day; nothing for a thing that none lists."""
    for ledger in LEDGERS.values():
        row_of = ledger.of.get(thing.kind)
        row = None if row_of is None else _built(books, row_of, thing, day)
        if row is not None:
            return ledger, row
    return None


def _built(books: Books, row_of: RowOf, thing: Thing, day: Day) -> Row | None:
    """The row of a thing on a day, of all its mentions that count then; books that remember rows build it once."""

    def build() -> Row | None:
        members = members_by(books, thing.id, day)
        return row_of(books, thing, members, day) if members else None

    return books.row((row_of, thing.id, day), build) if isinstance(books, RememberingBooks) else build()


def rows_of(books: Books, ledger: Ledger, asked: Asked, day: Day, skip: int = 0) -> Iterator[Row]:
    """The rows of a ledger that answer but so many of the first, in its order, as they are read on a day.

    What was known on a day may order them otherwise than what is known now, by which the books find things.
    """
    books = remembering(books)
    if ledger.every is not None:
        yield from islice(ledger.every(books, asked, day), skip, None)
        return
    if _is_each_a_row(ledger, asked, day):
        ((row_of, question),) = _questions(ledger, asked, day)
        yield from _present(_rows_of_kind(books, row_of, msgspec.structs.replace(question, skip=skip), day))
        return
    every = [_rows_of_kind(books, row_of, question, day) for row_of, question in _questions(ledger, asked, day)]
    if day.known and asked.added_by is not None:  # no bounds are kept of what any pages together would tell
        found: Iterable[_Built] = sorted(chain(*every), key=_in_order)
    elif day.known:
        found = merge(*(_put_in_order(books, rows, day) for rows in every), key=_in_order)
    else:
        found = merge(*every, key=_in_order)
    yield from islice(_present(found), skip, None)


def _present(found: Iterable[_Built]) -> Iterator[Row]:
    return (built.row for built in found if built.row is not None)


def _is_each_a_row(ledger: Ledger, asked: Asked, day: Day) -> bool:
    """Whether every thing that is found is a row, in this order: those left out need not be built."""
    return len(ledger.of) == 1 and not ledger.but and not _is_told_by_rows(asked, day)


def _is_told_by_rows(asked: Asked, day: Day) -> bool:
    """Whether of the things that are found only their rows tell which of them answer."""
    return day.known or bool(asked.statuses) or asked.added_by is not None


def count_of(books: Books, ledger: Ledger, asked: Asked, day: Day) -> int | None:
    """How many rows answer, where as many as things are found: nothing where only the rows themselves tell."""
    if ledger.counted is not None:
        return sum(1 for _ in ledger.counted(books, asked, day))
    if ledger.every is not None or _is_told_by_rows(asked, day):
        return None
    questions = [question for _, question in _questions(ledger, asked, day)]
    left_out = [
        msgspec.structs.replace(question, types=ledger.but[question.kind])
        for question in questions
        if question.kind in ledger.but
    ]
    return sum(map(books.count, questions)) - sum(map(books.count, left_out))


def _questions(ledger: Ledger, asked: Asked, day: Day) -> Iterator[tuple[RowOf, Asked]]:
    """What the books are asked for each kind of things that the ledger lists."""
    read = msgspec.structs.replace(asked, on=day.day, ahead=day.known and asked.added_by is None)
    for kind, row_of in ledger.of.items():
        yield row_of, msgspec.structs.replace(read, kind=kind, types=ledger.types.get(kind, ()))


class _Built(NamedTuple):
    """A thing that was found, and its row where that answers."""

    thing: Thing
    row: Row | None


def _in_order(built: _Built) -> tuple[object, ...]:
    return () if built.row is None else in_order(built.thing, built.row.facets)


def _rows_of_kind(books: Books, row_of: RowOf, asked: Asked, day: Day) -> Iterator[_Built]:
    for thing in books.find(asked):
        row = _built(books, row_of, thing, day) if asked.added_by is None else _added(books, row_of, thing, asked, day)
        yield _Built(thing, row if row is not None and _answers(asked, thing, row.facets) else None)


def _added(books: Books, row_of: RowOf, thing: Thing, asked: Asked, day: Day) -> Row | None:
    """The row of those mentions alone whose pages had come by the day that is asked."""
    members = [member for member in members_by(books, thing.id, day) if was_added(member.page, asked.added_by)]
    return row_of(books, thing, members, day) if members else None


def _put_in_order(books: Books, found: Iterable[_Built], day: Day) -> Iterator[_Built]:
    """The rows in order, of things that come by the last day on which theirs may stand: no more are built than needed.

    A row waits until no thing that is yet to come may stand before it.
    """
    asked = Asked(kind="event", on=day.day, ahead=True)
    waiting: list[tuple[tuple[object, ...], _Built]] = []
    for built in found:
        filed = books.filed(built.thing.id)
        first = order_of(asked, built.thing, Filed() if filed is None else filed)
        while waiting and waiting[0][0] < first:
            yield heappop(waiting)[1]
        if built.row is not None:
            heappush(waiting, (_in_order(built), built))
    while waiting:
        yield heappop(waiting)[1]


def _answers(asked: Asked, thing: Thing, facets: Facets) -> bool:
    return answers(asked, thing, facets) and (not asked.statuses or facets.status in asked.statuses)

"""What happened, and what is planned: one sentence an event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from mingjian.core.ledger.briefing.clauses import Clause, begins_with_what_is_done, best_clause
from mingjian.core.ledger.briefing.frames import Slots, listed, sentence_of
from mingjian.core.ledger.briefing.material import Desk, Told, ranked
from mingjian.core.ledger.briefing.parts import (
    Parts,
    bounds_of_cells,
    coming_of,
    count_of,
    interval_of,
    source_of,
    whole_period,
    words_of,
)
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.model.brief import Sentence, bare
from mingjian.core.model.ledger.rows import EventRow


def tell_events(desk: Desk, rows: Iterable[Told[EventRow]], titles: Collection[str]) -> Iterator[Sentence]:
    """The events of the time asked about, the most told first; not those that documents of these titles are issued."""
    settings = brief_settings().events
    happened = (told for told in rows if _happened(desk, told.row) and told.row.type.value not in settings.minor)
    for told in ranked(happened, lambda row: bounds_of_cells(row.start, row.end)[1]):
        clause = best_clause(told.members, undated=True)
        who = _who(told.row, clause)
        if (
            clause is None
            or who is None
            or (_is_of_policy(told.row) and any(bare(title) in bare(clause.text) for title in titles))
        ):
            continue
        date = interval_of(told.row.start, told.row.end) if _is_closely_dated(desk, told.row) else ()
        slots = {"date": date, "who": who, "words": clause.parts, **_sources(told)}
        sentence = sentence_of("event", told.row.id, slots)
        if sentence is not None:
            yield sentence


def watch_events(desk: Desk, rows: Iterable[Told[EventRow]]) -> Iterator[Sentence]:
    """What is planned for later, or for no day that is told, by what was published in the time asked about."""
    settings = brief_settings().events
    for told in ranked(rows, lambda row: None):
        row = told.row
        last = bounds_of_cells(row.start, row.end)[1]
        late = last is None or last > desk.scope.until
        if row.actuality.value not in settings.watched or not late or not desk.was_told(told):
            continue
        clause = best_clause(told.members)
        who = _who(row, clause)
        if clause is None or who is None or (row.actuality.value == "directed" and last is None):
            continue
        slots = {
            "who": who,
            "words": clause.parts,
            "date": coming_of(row.start, row.end),
            "source": source_of(told.members[0].page),
        }
        sentence = sentence_of("planned", row.id, slots)
        if sentence is not None:
            yield sentence


def _happened(desk: Desk, row: EventRow) -> bool:
    told = row.actuality.value in brief_settings().events.told
    return told and desk.surely_within(*bounds_of_cells(row.start, row.end))


def _who(row: EventRow, clause: Clause | None) -> Parts | None:
    """Those who did it, where the words begin with what they did; nothing where nobody is known to have done it."""
    if clause is None or not begins_with_what_is_done(clause):
        return ()
    return listed([parts for cell in row.actors if (parts := words_of(cell))]) or None


def _is_closely_dated(desk: Desk, row: EventRow) -> bool:
    """Whether its date is a day, month or year, or lies between days that are not far apart."""
    first, last = bounds_of_cells(row.start, row.end)
    return desk.is_close(first, last) or bool(whole_period(first, last))


def _is_of_policy(row: EventRow) -> bool:
    return (row.type.value or "").startswith("policy_")


def _sources(told: Told[EventRow]) -> Slots:
    """Of one source its name; of several how many, and the name of the first."""
    counted = told.counted
    if len(counted) < 2:
        return {"source": source_of(told.members[0].page)}
    first = words_of(told.row.first_source)
    return {"count" if first else "count_only": count_of(counted), "first": first}

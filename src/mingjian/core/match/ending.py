"""Why a row no longer helps: repealed, superseded, past, called off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mingjian.core.books import Books
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.dating import bounds_of
from mingjian.core.ledger.policies import policy_row
from mingjian.core.ledger.resolving import members_by, resolve
from mingjian.core.match.settings import MatchingSettings
from mingjian.core.model.ledger.cells import Cell, Cite, Row
from mingjian.core.model.ledger.rows import MeasureRow, PolicyRow
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold

SUPERSEDED, PAST = "superseded", "past"
_SUCCEEDS = "successor_of"
_STATUS_CELLS = ("status", "state", "actuality", "stage")


class Over(NamedTuple):
    """Why a row no longer helps, with the words for it."""

    reason: str
    cites: tuple[Cite, ...]


def over_of(books: Books, ledger: str, row: Row, day: Day, settings: MatchingSettings) -> Over | None:
    """Why the row does not help on a day any more; nothing where it does."""
    if isinstance(row, PolicyRow):
        return _over_policy(row, day, settings)
    if isinstance(row, MeasureRow):
        return _past(row.deadline, day) or _over_document(books, row, day, settings)
    return _by_status(row, settings.over.get(ledger, ()))


def _by_status(row: Row, statuses: Sequence[str]) -> Over | None:
    for name in _STATUS_CELLS:
        cell: Cell[str] | None = getattr(row, name, None)
        if cell is not None and cell.value in statuses:
            return Over(cell.value or "", cell.cites)
    return None


def _over_policy(row: PolicyRow, day: Day, settings: MatchingSettings) -> Over | None:
    succeeded = (one for one in row.lineage if one.relation == _SUCCEEDS and one.backward)
    by_successor = next((Over(SUPERSEDED, one.cell.cites) for one in succeeded), None)
    return _by_status(row, settings.over["policies"]) or by_successor or _past_title(row, day)


def _past_title(row: PolicyRow, day: Day) -> Over | None:
    """A plan whose title says to which year it reaches (2021—2023年)."""
    title = row.title.value
    found = bundled_rulebook().cues("corpus/matching")["period"].search(fold(title)) if title is not None else None
    if found is None or f"{found['until']}-12-31" >= day.day:
        return None
    return Over(PAST, row.title.cites)


def _past(deadline: Cell[str], day: Day) -> Over | None:
    last = bounds_of(deadline.value)[1]
    return Over(PAST, deadline.cites) if last is not None and last < day.day else None


def _over_document(books: Books, row: MeasureRow, day: Day, settings: MatchingSettings) -> Over | None:
    """What is over of the document that a measure is of."""
    name, cites = row.policy.value, row.policy.cites
    meant = resolve(books, ("policy",), name, cites[0].page) if name is not None and cites else None
    members = members_by(books, meant.id, day) if meant is not None else ()
    if meant is None or not members:
        return None
    return _over_policy(policy_row(books, meant, members, day), day, settings)

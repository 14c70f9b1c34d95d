"""Pages as lists name them."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.outcome import Missing, Outcome
from mingjian.core.model.record import Record
from mingjian.core.model.things import PageCard
from mingjian.core.model.wire import RecordHeading
from mingjian.core.storing import StoreReader
from mingjian.errors import AmbiguousError, DamageError, StoreError, UnknownError

_LEAST_ID = 4  # characters of an id
DAMAGED = "damaged"
"""The reason for which what a record said is missing: ``mingjian check --thoroughly`` tells what to do."""


class StandingPage(NamedTuple):
    """A page that stands, its record and its text layer."""

    kept: KeptPage
    record: Record
    text: str


def standing_page(reader: StoreReader, number: int) -> StandingPage | None:
    """The page of this number, or nothing of one that does not stand, has no record, or is damaged.

    Its record is that which people are told: with what they reviewed applied. A damaged page is left out of links,
    search and books until it is mended: ``check`` names it, and what to do.
    """
    try:
        return sound_page(reader, number)
    except DamageError:
        return None


def sound_page(reader: StoreReader, number: int) -> StandingPage | None:
    """The same; raises ``DamageError`` where the page is damaged."""
    kept = reader.page(number)
    record = reader.told(number) if kept is not None and kept.stands else None
    return None if kept is None or record is None else StandingPage(kept, record, reader.text(number))


class ListedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page as lists name it."""

    id: str
    doc_id: str
    address: str
    title: Outcome[str]
    source: Outcome[str]
    publisher: Outcome[str]
    published: Outcome[str]


def listed_page(reader: StoreReader, number: int) -> ListedPage:
    """The page of this number, of one with a damaged record its name; raises ``StoreError`` where it has no record."""
    kept = reader.page(number)
    try:
        heading = reader.heading(number)
    except DamageError:
        if kept is not None:
            return _damaged(kept)
        raise
    if kept is None or heading is None:
        raise StoreError(f"page {number}", "has no record", "extract it again with `mingjian reextract`")
    return listed(kept, heading)


def _damaged(kept: KeptPage) -> ListedPage:
    lost = Missing(DAMAGED)
    return ListedPage(
        id=kept.id, doc_id=kept.doc_id, address=kept.address, title=lost, source=lost, publisher=lost, published=lost
    )


def listed(kept: KeptPage, told: RecordHeading | PageCard) -> ListedPage:
    """The page with what its record, or its card, says of it."""
    return ListedPage(
        id=kept.id,
        doc_id=kept.doc_id,
        address=kept.address,
        title=told.title,
        source=told.source,
        publisher=told.publisher,
        published=told.published,
    )


def page_called(reader: StoreReader, beginning: str, place: str) -> KeptPage:
    """The one page whose id begins so; raises ``UnknownError`` for none, ``AmbiguousError`` for several."""
    found = reader.find(beginning.strip().lower()) if len(beginning.strip()) >= _LEAST_ID else ()
    if len(found) == 1:
        return found[0]
    if found:
        listed = "; ".join(f"{page.id} ({page.doc_id})" for page in found)
        raise AmbiguousError(
            place, f"{beginning!r} begins the ids of several pages: {listed}", "give more of the one meant"
        )
    problem = f"no page has an id that begins with {beginning!r}"
    raise UnknownError(place, problem, f"give {_LEAST_ID} characters or more of an id that a search shows")

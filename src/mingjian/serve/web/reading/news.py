"""The first page: what is new, what is due, what changed, and how far the workspace is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice

import msgspec

from mingjian.brief.ledgers.tables import BETWEEN
from mingjian.brief.wording import ledger_column_label, ledger_value_label
from mingjian.core.books import Asked, Books
from mingjian.core.ledger.asking import Question, count_answering, rows_answering
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.conflicts import conflict_rows
from mingjian.core.ledger.sources import source_rows
from mingjian.core.model.ledger.rows import ConflictRow, EventRow, SourceRow, StoryRow, TargetRow
from mingjian.serve.web.links import href, thing_href
from mingjian.serve.web.listings import tone_of
from mingjian.serve.web.parts import Badge
from mingjian.serve.web.reading.found import kind_label

COUNTED = ("events", "policies", "targets", "statistics", "compute", "scenarios", "actions", "people")
_EVENTS, _STORIES, _TARGETS, _LOOKED, _CONFLICTS, _SOURCES = 8, 6, 6, 40, 6, 10
_SHORT = 16
"""Words of a target up to so many characters are its number; longer ones are its name once more."""
_WINDOWS = (45, 180, 400)
"""Days, one time behind the other, in which targets are looked for that are due next."""
_ANY = Asked(kind="event")
_EVERY = Asked(kind="event", ai=False)


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a card: when, what, who says so, and how it stands."""

    day: str
    name: str
    href: str
    note: str = ""
    badge: Badge | None = None
    pages: int = 0


class Fresh(msgspec.Struct, frozen=True, kw_only=True):
    """What the books tell at once: counts by ledger, events, stories, targets to come and past their deadline."""

    counts: tuple[tuple[str, int], ...]
    events: tuple[Item, ...]
    stories: tuple[Item, ...]
    coming: tuple[Item, ...]
    overdue: tuple[Item, ...]


class SideShown(msgspec.Struct, frozen=True, kw_only=True):
    """A value, and who says it."""

    value: str
    sources: str
    nearer: bool


class Clash(msgspec.Struct, frozen=True, kw_only=True):
    """Sources that disagree of a field of a thing."""

    name: str
    href: str
    kind: str
    field: str
    sides: tuple[SideShown, ...]


class SourceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A source: its pages, how many it had first, the day of its last."""

    name: str
    href: str
    pages: int
    first: int
    last: str
    alone: int


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """What a walk over all things and pages tells: conflicts, and sources."""

    clashes: tuple[Clash, ...]
    conflicts: int
    sources: tuple[SourceLine, ...]
    source_count: int


def fresh(books: Books, today: str) -> Fresh:
    """The news as on a day (ISO)."""
    events = (
        _event(row)
        for row in _rows(books, "events", Question(until=today), today, _LOOKED)
        if isinstance(row, EventRow)
    )
    stories = (_story(row) for row in _rows(books, "stories", Question(), today, _LOOKED) if isinstance(row, StoryRow))
    overdue = _rows(books, "targets", Question(statuses=("due",), until=today), today, _TARGETS)
    return Fresh(
        counts=tuple((name, count_answering(books, name, Question(), today) or 0) for name in COUNTED),
        events=tuple(islice((event for event in events if event.day <= today), _EVENTS)),
        stories=tuple(
            sorted((story for story in stories if story.day), key=lambda story: story.day, reverse=True)[:_STORIES]
        ),
        coming=tuple(_coming(books, today)),
        overdue=tuple(_target(row) for row in overdue if isinstance(row, TargetRow)),
    )


def compared(books: Books, today: str) -> Compared:
    """The conflicts and the sources: all things are walked over, and all pages."""
    day = Day(today)
    every = list(conflict_rows(books, _EVERY, day))
    clashes = [row for row in every if row.facets.ai]
    sources = list(source_rows(books, _ANY, day, every))
    return Compared(
        clashes=tuple(map(_clash, clashes[:_CONFLICTS])),
        conflicts=len(clashes),
        sources=tuple(map(_source, sources[:_SOURCES])),
        source_count=len(sources),
    )


def _rows(books: Books, ledger: str, question: Question, today: str, most: int) -> list[object]:
    return list(islice(rows_answering(books, ledger, question, today), most))


def _coming(books: Books, today: str) -> list[Item]:
    """The open targets that are due next: the books tell those due last first, so near times are asked first."""
    first, found = date.fromisoformat(today), list[Item]()
    for days in _WINDOWS:
        last = first + timedelta(days=days)
        asked = Question(statuses=("open",), since=first.isoformat(), until=last.isoformat())
        rows = _rows(books, "targets", asked, today, _LOOKED)
        found += [_target(row) for row in reversed(rows) if isinstance(row, TargetRow)]
        if len(found) >= _TARGETS:
            break
        first = last + timedelta(days=1)
    return found[:_TARGETS]


def _event(row: EventRow) -> Item:
    kind = ledger_value_label(row.type.value) if row.type.value else ""
    return Item(
        day=row.facets.happened_to or row.facets.happened_from or "",
        name=row.name,
        href=thing_href("events", row.id),
        note=row.first_source.value or "",
        badge=Badge(kind) if kind else None,
        pages=row.sources,
    )


def _story(row: StoryRow) -> Item:
    return Item(
        day=row.first_published or "",
        name=row.title.value or row.name,
        href=thing_href("stories", row.id),
        note=row.first_source.value or "",
        pages=row.pages,
    )


def _target(row: TargetRow) -> Item:
    status = row.facets.status or "unknown"
    printed = row.printed.value or ""
    told = (printed if len(printed) <= _SHORT and printed != row.name else "", row.region.value or row.issuer.value)
    return Item(
        day=row.deadline.value or "",
        name=row.name,
        href=thing_href("targets", row.id),
        note=" · ".join(filter(None, told)),
        badge=Badge(ledger_value_label(status), tone_of(status)),
        pages=row.sources,
    )


def _clash(row: ConflictRow) -> Clash:
    field, _, of = row.field.partition("@")
    label = ledger_column_label(field, "conflicts")
    return Clash(
        name=row.name,
        href=f"/things/{row.about}",
        kind=kind_label(row.kind),
        field=f"{label} {of}".strip(),
        sides=tuple(
            SideShown(value=side.value.value or "", sources=_listed(side.sources), nearer=side.nearer)
            for side in row.sides
        ),
    )


def _listed(names: Sequence[str], most: int = 3) -> str:
    return BETWEEN.join(names[:most]) + ("…" if len(names) > most else "")


def _source(row: SourceRow) -> SourceLine:
    return SourceLine(
        name=row.name,
        href=href("/search", q=f'source:"{row.name}"', **{"in": "pages"}),
        pages=row.pages,
        first=row.first.value or 0,
        last=row.last_published or "",
        alone=row.contradicted.value or 0,
    )

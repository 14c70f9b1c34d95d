"""The port of the books: what ledgers, graphs and briefs ask of whoever keeps the things of many pages.

``core.link.things.shelf.Shelf`` keeps them in memory, the index ``books`` of a workspace on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

import msgspec

from mingjian.core.model.ledger.cells import Filed, Tally
from mingjian.core.model.things import Member, PageCard, Thing, ThingDate, ThingKind, ThingLink


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which things are asked for: all that is given must hold.

    ``regions`` are codes of GB/T 2260, each with all that lies in it; ``since`` and ``until`` ISO days between which it
    happened or is due; ``as_of`` the ISO day up to which pages count by their date of publication: what was known then.
    ``added_by`` is the ISO day by which pages count that had come into the workspace. ``ai`` keeps out things that no
    page about AI tells of. ``words`` must all stand in its name. ``types`` are what a mention must call it,
    ``statuses`` what its row may have, ``standings`` what its status may be on whichever day, as they are tallied;
    ``disputed``: only those of which pages may claim what cannot both hold. ``on`` is the ISO day on which rows are
    read; ``ahead``, only with that, tells things by the last day by which their rows may stand in lists as of it, and
    leaves out those of which nothing was known then. ``skip``: so many of the first that answer are left out.
    """

    kind: ThingKind
    regions: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    disputed: bool = False
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    added_by: str | None = None
    ai: bool = True
    words: tuple[str, ...] = ()
    on: str | None = None
    ahead: bool = False
    skip: int = 0


MOST = 1_000
"""So many mentions of a thing, those published first, are what it is judged by."""


FEW = 64
"""So many things or mentions are looked at to say what a thing may be; of more, all is thought possible."""


class Borne(NamedTuple):
    """Who bears a name: the only thing that does, or several, whichever they are."""

    only: Thing | None = None
    several: bool = False


class Books(Protocol):
    """The things of many pages."""

    def find(self, asked: Asked) -> Sequence[Thing]:
        """The things that answer, what happened (or is due) last first; what happened together by name and id.

        More are given where only the row on a day tells: of those that may have a status, ``core.ledger`` builds rows
        and looks again.
        """
        ...

    def found(self, asked: Asked) -> Iterable[tuple[Thing, Filed]]:
        """The same, each with by what it is found."""
        ...

    def count(self, asked: Asked) -> int:
        """How many things answer, those that are to be left out too."""
        ...

    def tally(self, ledger: str, *, ai: bool) -> Tally:
        """How many things of a ledger, by its name, have each value by which it can be narrowed.

        With ``ai``, of those alone of which a page about AI tells.
        """
        ...

    def filed(self, thing: str) -> Filed | None:
        """By what a thing is found, nothing where there is none."""
        ...

    def thing(self, thing: str) -> Thing | None:
        """The thing of this id, nothing where there is none."""
        ...

    def beginning(self, beginning: str, limit: int = 10) -> Sequence[Thing]:
        """The things whose id begins so, and those of which a mention's fact id begins so, by id."""
        ...

    def members(self, thing: str, as_of: str | None = None, most: int = MOST) -> Sequence[Member]:
        """Its mentions, published first first (those without a date last), then by page id and place.

        With ``as_of``, an ISO day, those of pages known to be published by then.
        """
        ...

    def links(self, thing: str) -> Sequence[ThingLink]:
        """What makes its mentions one, the heaviest first."""
        ...

    def date_of(self, thing: str) -> ThingDate | None:
        """When an event happened, as all its mentions say together; nothing for things that are no events."""
        ...

    def in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing]:
        """The things of a kind that bear this slot, by id."""
        ...

    def few_in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing] | None:
        """The things of a kind that bear this slot, by id; nothing where they are more than a few (``FEW``)."""
        ...

    def borne(self, kind: ThingKind, slots: Iterable[str]) -> Borne:
        """Whether one thing of a kind bears any of these slots, several do, or none."""
        ...

    def referring(self, kind: ThingKind, slots: Iterable[str], pages: Sequence[str] | None = None) -> Sequence[Thing]:
        """The things of which a mention names a thing of this kind that bears one of these slots, by id.

        With ``pages``, by their ids, a mention there.
        """
        ...

    def of_page(self, page: str, kind: ThingKind | None = None) -> Sequence[Thing]:
        """The things of which this page tells, by id: all of them, or those of a kind."""
        ...

    def holding(self, page: str, fact: str) -> Thing | None:
        """The thing of which this fact of this page tells."""
        ...

    def pages(self) -> Iterator[PageCard]:
        """All pages, by id."""
        ...

    def page(self, page: str) -> PageCard | None:
        """What is known of the page of this id."""
        ...

"""The cells of ledgers, and what rows are filtered by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeAlias, TypeVar

import msgspec

from mingjian.core.model.span import Layer, Pair
from mingjian.errors import EvidenceError

T = TypeVar("T")


class Cite(msgspec.Struct, frozen=True, order=True, gc=False, omit_defaults=True):
    """Words of a page: ``page`` is its id, the offsets count code points of the layer."""

    page: str
    start: int
    end: int
    text: str
    layer: Layer = "text"

    @property
    def pair(self) -> Pair:
        """The two ends."""
        return (self.start, self.end)


class Cell(msgspec.Struct, Generic[T], frozen=True, omit_defaults=True):
    """A value with the words of whichever pages state it, or none and why.

    ``missing`` is a reason slug, as for fields of records. ``basis`` says how a value that no words state as it is was
    computed (``narrowed``, ``counted``, ``normalised`` …); what it was computed from is cited.
    """

    value: T | None = None
    cites: tuple[Cite, ...] = ()
    missing: str | None = None
    basis: str | None = None

    def __post_init__(self) -> None:
        if self.value is not None and not self.cites:
            raise EvidenceError(f"a cell must cite the words for its value, got {self.value!r}")
        if self.value is None and self.missing is None:
            raise EvidenceError("a cell without a value must say why it is missing")


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """What a row is filtered by.

    ``regions`` are codes of GB/T 2260 (156: the country), ``issuers`` and ``sources`` names, ``technologies`` ids of
    the taxonomy, ``industries`` section letters; ``happened_from`` and ``happened_to`` the ISO days between which it
    happened, or is due; ``ai`` whether a page about AI tells of it.
    """

    regions: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    status: str | None = None
    happened_from: str | None = None
    happened_to: str | None = None
    ai: bool = False


class Step(msgspec.Struct, frozen=True, array_like=True):
    """Of what was known on the ISO day ``known`` or later, ``day`` is the last by which a row may stand in lists."""

    known: str
    day: str


class Filed(Facets, frozen=True, kw_only=True):
    """By what the books find a thing: the facets of its row, and what these may be on whichever day is asked about.

    ``types`` are what its mentions call it (types of events, kinds of reports). ``statuses`` are all that its row may
    have on any day, whatever was known by then; ``coming`` those that it may have up to the day on which it happens or
    is due, ``over`` those from that day on. ``steps`` tell by which day its row may stand in lists as of other days.
    ``ledgers`` list it, by name. ``dated``: its status depends on the day. ``disputed``: its mentions, or other things
    and these, may claim what cannot both hold.
    """

    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    ledgers: tuple[str, ...] = ()
    dated: bool = False
    disputed: bool = False


Tally: TypeAlias = Mapping[tuple[int, str], int]
"""How many things have a value by which they can be narrowed: by what is counted, and the value."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What every row of every ledger has: the thing it is about, how often it is told, and the three clocks.

    The clocks: when it happened stands in ``facets`` (and in cells of its own), ``first_published`` and
    ``last_published`` are ISO days, ``added`` is when the first page that tells of it came into the workspace.
    Every other field of a ledger's row is a ``Cell`` or a tuple of them: the columns of the table.
    """

    id: str
    name: str
    mentions: int
    pages: int
    sources: int
    first_published: str | None
    last_published: str | None
    added: str
    facets: Facets

"""What holds between two pages that share text, and the groups of pages that are one text."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.span import Pair

RelationKind: TypeAlias = Literal["same_page", "reprint", "shared_release", "partial_reuse", "series"]
"""What a pair is; pages of one group are linked by the first two. ``series``: one form filled otherwise, not folded."""

FOLDING: frozenset[RelationKind] = frozenset({"same_page", "reprint"})

CopyKind: TypeAlias = Literal["source", "same_page", "reprint", "shared_release", "partial_reuse", "series", "merged"]
"""How a page came into its group: ``source`` came first, ``merged`` is a person's decision."""

Change: TypeAlias = Literal[
    "headline-changed", "cut-beginning", "cut-inside", "cut-end", "added-beginning", "added-inside", "added-end",
    "reordered", "other-script", "other-width", "rewrapped",
]  # fmt: skip
"""What was done to a text on its way from one page to another."""

TimePrecision: TypeAlias = Literal["second", "minute", "day"]


class Published(msgspec.Struct, frozen=True, gc=False):
    """When a page says that it was published: ISO 8601, as exact as the precision says."""

    value: str
    precision: TimePrecision


class Relation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What two pages are to one another, with the figures that say so; ``first`` is the smaller id.

    ``contained``: the share of the first page's fingerprints that stand in the second, and the other way round.
    ``agreeing`` and ``conflicting``: slots of both that hold the same number, and another one. ``reuser``: of a partial
    reuse, the id of the page that took the text from the other, where the pages tell.
    """

    first: str
    second: str
    kind: RelationKind
    reason: str
    shared: int
    contained: tuple[float, float]
    agreeing: int = 0
    conflicting: int = 0
    reuser: str | None = None

    def other(self, page: str) -> str:
        """The id of the page that is not this one."""
        return self.second if page == self.first else self.first

    def share_of(self, page: str) -> float:
        """How much of this page stands in the other."""
        return self.contained[0] if page == self.first else self.contained[1]


class SharedRun(msgspec.Struct, frozen=True, gc=False):
    """A stretch of each page's text layer in which both say the same."""

    first: Pair
    second: Pair


class Description(msgspec.Struct, frozen=True):
    """Where both pages say the same, in the order of the second, and what was done to the first to make the second."""

    runs: tuple[SharedRun, ...]
    changes: tuple[Change, ...]


class Decision(msgspec.Struct, frozen=True):
    """What a person said of two pages: ``split`` keeps them apart, ``merge`` puts them together, whatever rules say."""

    kind: Literal["split", "merge"]
    first: str
    second: str


class Delay(msgspec.Struct, frozen=True, gc=False):
    """Minutes from one time to another: ``least`` and ``most`` are the same where both times are known to the minute.

    Both are ``None`` where either page gives no time. They are negative for a page that bears an earlier date than what
    it was cut from.
    """

    least: int | None = None
    most: int | None = None


class Copy(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A page of a group, what it was copied from, and how long after that and after the first source."""

    page: str
    parent: str | None
    kind: CopyKind
    delay: Delay = Delay()
    after_source: Delay = Delay()


class Group(msgspec.Struct, frozen=True, gc=False):
    """Pages that are one text: the first source, then its copies in order of time. A page without copies is a group."""

    copies: tuple[Copy, ...]

    @property
    def source(self) -> str:
        """The id of the page that came first."""
        return self.copies[0].page

    @property
    def pages(self) -> tuple[str, ...]:
        """The ids of all pages, first source first."""
        return tuple(copy.page for copy in self.copies)


class Mirror(msgspec.Struct, frozen=True):
    """A site of whose pages so many stand whole ``of`` another, and what share of all its pages that is."""

    site: str
    of: str
    pages: int
    share: float


class Stitched(msgspec.Struct, frozen=True):
    """A page put together of parts of unrelated articles, the largest first, and the share of it that they are."""

    page: str
    parts: tuple[str, ...]
    share: float

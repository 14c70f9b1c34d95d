"""What the parts of pages are made of: plain values that the macros of ``templates/parts`` turn into HTML.

A page is built by making these from what the corpus answers and handing them to ``rendering.render``. Nothing here
holds HTML: every text is escaped where it is put in.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from mingjian.serve.web.navigation import Role

Tone = Literal["plain", "good", "warn", "bad", "info"]


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around every page: who reads it, where it is, and the state of the workspace.

    ``here`` is the key of the place in the navigation, ``asked`` what stands in the field of the search, ``behind`` how
    many steps the indexes lag, ``zone`` how far the clock by which times are shown is from UTC. Without a ``role``
    nothing of the workspace is shown.
    """

    here: str = ""
    role: Role | None = "reader"
    user: str | None = None
    asked: str = ""
    day: str = ""
    zone: str = ""
    version: str = ""
    behind: int = 0
    read_only: bool = False


class Crumb(msgspec.Struct, frozen=True):
    """A step of the way to the page; the last is the page itself and has no address."""

    label: str
    href: str | None = None


class Message(msgspec.Struct, frozen=True):
    """Something to tell: what happened, and what to do about it."""

    text: str
    tone: Tone = "info"
    mend: str = ""
    href: str | None = None
    action: str = ""


class Cited(msgspec.Struct, frozen=True):
    """Words that say a value: ``source`` tells where they stand, ``href`` leads to the page at these words."""

    words: str
    source: str
    href: str


class Badge(msgspec.Struct, frozen=True):
    """A status, in a colour that never says more than the word does."""

    text: str
    tone: Tone = "plain"


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A value as people see it, with the words that say it; or why there is none.

    ``basis`` tells how it was found where no words state it as it is; ``precision`` how exact a date is, where that
    cannot be seen; ``href`` leads to the thing that it names.
    """

    text: str = ""
    missing: str = ""
    href: str | None = None
    badge: Badge | None = None
    basis: str = ""
    precision: str = ""
    cites: tuple[Cited, ...] = ()
    more: int = 0


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a list; with ``href`` a click on its head sorts by it, ``order`` says how the list is sorted now.

    The column that is ``head`` names the row and leads to its page.
    """

    key: str
    label: str
    english: str = ""
    number: bool = False
    wide: bool = False
    head: bool = False
    href: str | None = None
    order: Literal["ascending", "descending"] | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a list: its id, the address of its page, and what stands in each column (several values in one cell)."""

    id: str
    href: str | None = None
    cells: tuple[tuple[Shown, ...], ...] = ()


class Pager(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows are shown (counted from 1) out of how many, where that is known, and the addresses around."""

    first: int
    last: int
    total: int | None
    earlier: str | None = None
    later: str | None = None


class Download(msgspec.Struct, frozen=True):
    """A file to take along: what it is called (Excel) and its address."""

    name: str
    href: str


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a facet: its address chooses it, or lets it go where it is chosen."""

    label: str
    href: str
    count: int | None = None
    chosen: bool = False


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """What a list can be filtered by."""

    key: str
    label: str
    english: str = ""
    choices: tuple[Choice, ...] = ()
    folded: bool = False


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list as a table: ``id`` is that of its element, which paging, sorting and filtering put anew."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    pager: Pager | None = None
    facets: tuple[Facet, ...] = ()
    downloads: tuple[Download, ...] = ()
    empty: Message | None = None


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """What the grid of provinces shows of one: a value in words, its class from 0 (nothing) to 5, its address."""

    code: str
    text: str = ""
    level: int = 0
    href: str | None = None
    note: str = ""

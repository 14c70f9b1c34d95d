"""What a search gives back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal["page", "fact"]
Order: TypeAlias = Literal["best", "newest"]


class Hit(msgspec.Struct, frozen=True, gc=False):
    """One document that was found: a page (``ordinal`` -1) or a fact of it (``ordinal`` as in its document).

    ``fact`` is the id of the fact, empty for pages, and where the index does not know it: the ordinal then tells.
    ``whole`` is False where the document holds parts of the words alone: such hits stand behind all others.
    """

    page: int
    ordinal: int
    score: float
    whole: bool = True
    fact: str = ""


class EntityHit(msgspec.Struct, frozen=True):
    """One entity that was found: its names as pages print them, and on how many pages it stands."""

    key: str
    kind: str
    name: str
    names: tuple[str, ...]
    pages: int
    score: float
    whole: bool = True


class SearchResult(msgspec.Struct, frozen=True):
    """The hits from ``offset`` on, in order.

    ``total`` is how many documents hold all that is asked, None where they were not counted. ``order`` is that of the
    hits: ``best`` where ``newest`` was asked for and no document holds all.
    """

    hits: tuple[Hit, ...]
    total: int | None
    order: Order


class Counts(msgspec.Struct, frozen=True):
    """How many of the documents that hold all that is asked there are by type, year and source, most first."""

    by_type: Mapping[str, int]
    by_year: Mapping[int, int]
    by_source: Mapping[str, int]

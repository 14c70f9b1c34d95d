"""The search index: an embedded tantivy in a folder, rebuilt from the truth when it is missing, old or damaged."""

from __future__ import annotations

from mingjian.store.search.hits import Counts, EntityHit, Hit, Kind, Order, SearchResult
from mingjian.store.search.reading import SearchReader, open_search
from mingjian.store.search.stamps import FORMAT, IndexState, damage_of, state_of
from mingjian.store.search.writing import SearchWriter

__all__ = [
    "FORMAT",
    "Counts",
    "EntityHit",
    "Hit",
    "IndexState",
    "Kind",
    "Order",
    "SearchReader",
    "SearchResult",
    "SearchWriter",
    "damage_of",
    "open_search",
    "state_of",
]

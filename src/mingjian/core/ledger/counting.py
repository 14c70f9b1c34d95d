"""How many things there are."""

from __future__ import annotations

from mingjian.core.books import Asked, Books
from mingjian.core.model.things import THING_KINDS


def count_things(books: Books) -> dict[str, int]:
    """How many things there are of each kind of which there are any, whether or not a page about AI tells of them."""
    return {kind: count for kind in THING_KINDS if (count := books.count(Asked(kind=kind, ai=False)))}

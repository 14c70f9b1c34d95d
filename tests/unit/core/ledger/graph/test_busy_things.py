"""A thing that very many things name: what stands round it is looked for among some of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from mingjian.core.ledger.graph.edges import edges_to

MANY = 9_000


class Crowded:
    """Books in which all things name one; it counts those that were looked at."""

    def __init__(self) -> None:
        self.looked_at: list[str] = []

    def referring(self, kind: str, slots: object) -> list[Any]:
        return [SimpleNamespace(id=f"t{number:05}", kind="policy", mentions=number) for number in range(MANY)]

    def members(self, thing: str, as_of: str | None = None, most: int | None = None) -> list[Any]:
        self.looked_at.append(thing)
        return []


def test_of_very_many_things_those_are_looked_at_that_most_places_name() -> None:
    books: Any = Crowded()
    thing: Any = SimpleNamespace(id="one", kind="organisation", slots=())
    assert edges_to(books, thing) == []
    assert books.looked_at == [f"t{number:05}" for number in range(MANY - 4_000, MANY)]

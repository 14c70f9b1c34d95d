"""The pages that the frame of the workbench leads to, who sees them, and the keys that jump there."""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal["reader", "reviewer", "admin"]
_RANK: dict[str, int] = {"reader": 0, "reviewer": 1, "admin": 2}


class Place(msgspec.Struct, frozen=True):
    """A page of the frame: its name in ``words`` (``nav.<key>``), address, second key of ``g x`` and least role."""

    key: str
    href: str
    jump: str
    role: Role = "reader"


GROUPS: tuple[tuple[str, tuple[Place, ...]], ...] = (
    ("look", (Place("home", "/", "h"), Place("search", "/search", "s"))),
    (
        "books",
        (
            Place("events", "/events", "e"),
            Place("policies", "/policies", "p"),
            Place("targets", "/targets", "t"),
            Place("compute", "/compute", "c"),
            Place("scenarios", "/scenarios", "n"),
            Place("datasets", "/datasets", "d"),
            Place("actions", "/actions", "i"),
            Place("people", "/people", "r"),
            Place("ledgers", "/ledgers", "l"),
        ),
    ),
    (
        "use",
        (
            Place("compare", "/compare", "o"),
            Place("graph", "/graph", "g"),
            Place("brief", "/briefs", "b"),
            Place("match", "/match", "m"),
        ),
    ),
    ("desk", (Place("review", "/review", "v", "reviewer"), Place("admin", "/admin", "a", "admin"))),
)


def groups_for(role: Role | None) -> tuple[tuple[str, tuple[Place, ...]], ...]:
    """The groups of places that someone of this role sees; nobody without a role sees any."""
    rank = -1 if role is None else _RANK[role]
    seen = ((name, tuple(place for place in places if _RANK[place.role] <= rank)) for name, places in GROUPS)
    return tuple((name, places) for name, places in seen if places)

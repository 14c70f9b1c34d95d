"""The nodes of the books, the links between them, and which of them share a key."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mingjian.core.model.things import ThingKind, Verdict
from mingjian.store.books.packing import NUMBER_OF, pack, unpack_verdict
from mingjian.store.books.reading import BooksReader

_AT_ONCE = 500
_NODE = "number, id, profile, refs, thing"


class KeptNode(NamedTuple):
    """A node: its number, and how many mentions it has; ``thing`` is none until it is placed."""

    number: int
    id: str
    profile: bytes
    refs: int
    thing: int | None


class KeptLink(NamedTuple):
    """A link between two nodes, by their numbers."""

    first: int
    second: int
    verdict: Verdict


class NodesWriter(BooksReader):
    """Nodes and links as they are written, within a transaction of the books."""

    def node_called(self, identity: str) -> KeptNode | None:
        """The node of an id."""
        row = self._row(f"SELECT {_NODE} FROM node WHERE id = ?", identity)  # noqa: S608
        return None if row is None else KeptNode(*row)

    def nodes(self, numbers: Iterable[int]) -> list[KeptNode]:
        """The nodes of these numbers."""
        rows = self._of(f"SELECT {_NODE} FROM node WHERE number IN ({{}})", sorted(set(numbers)))  # noqa: S608
        return [KeptNode(*row) for row in rows]

    def put_node(self, kind: ThingKind, identity: str, profile: bytes, keys: Iterable[str]) -> int:
        """The number of a new node."""
        number = self._do(
            "INSERT INTO node (id, kind, profile, refs) VALUES (?, ?, ?, 0)", identity, NUMBER_OF[kind], profile
        ).lastrowid
        rows = [(NUMBER_OF[kind], key, number) for key in dict.fromkeys(keys)]
        self._connection.executemany("INSERT INTO key VALUES (?, ?, ?)", rows)
        return int(number or 0)

    def count_refs(self, changes: Mapping[int, int]) -> None:
        """How many mentions nodes have more, or fewer."""
        rows = [(change, node) for node, change in changes.items() if change]
        self._connection.executemany("UPDATE node SET refs = refs + ? WHERE number = ?", rows)

    def drop_node(self, node: KeptNode, kind: ThingKind, keys: Iterable[str]) -> None:
        """A node that no mention has any more."""
        rows = [(NUMBER_OF[kind], key, node.number) for key in dict.fromkeys(keys)]
        self._connection.executemany("DELETE FROM key WHERE kind = ? AND key = ? AND node = ?", rows)
        beside = [
            (other, node.number) for (other,) in self._all("SELECT second FROM beside WHERE first = ?", node.number)
        ]
        self.drop_beside([*beside, *(pair[::-1] for pair in beside)])
        self._do("DELETE FROM node WHERE number = ?", node.number)

    def sharing(self, kind: ThingKind, keys: Iterable[str]) -> list[int]:
        """The numbers of the nodes that have any of these keys."""
        rows = self._of("SELECT node FROM key WHERE kind = ? AND key IN ({})", list(keys), NUMBER_OF[kind])
        return sorted({number for (number,) in rows})

    def nodes_of_thing(self, thing: int) -> list[KeptNode]:
        """The nodes of a thing, by id."""
        rows = self._all(f"SELECT {_NODE} FROM node WHERE thing = ? ORDER BY id", thing)  # noqa: S608
        return [KeptNode(*row) for row in rows]

    def links_of_thing(self, thing: int) -> list[KeptLink]:
        """The links that hold a thing together."""
        rows = self._all(
            "SELECT l.first, l.second, l.verdict FROM node n CROSS JOIN link l ON l.first = n.number WHERE n.thing = ?",
            thing,
        )
        return [KeptLink(first, second, unpack_verdict(verdict)) for first, second, verdict in rows]

    def beside_of_thing(self, thing: int) -> list[tuple[str, str]]:
        """The ids of nodes of a thing that are linked in vain to those of others, each with the other."""
        return self._all(
            "SELECT n.id, o.id FROM node n CROSS JOIN beside b ON b.first = n.number "
            "JOIN node o ON o.number = b.second WHERE n.thing = ?",
            thing,
        )

    def drop_links(self, gone: Iterable[KeptLink]) -> None:
        """Links that make nothing any more."""
        rows = [(one.first, one.second) for one in gone]
        self._connection.executemany("DELETE FROM link WHERE first = ? AND second = ?", rows)

    def put_links(self, came: Iterable[KeptLink]) -> None:
        """Links, in place of those between the same nodes."""
        rows = [(one.first, one.second, pack(one.verdict)) for one in came]
        self._connection.executemany("REPLACE INTO link VALUES (?, ?, ?)", rows)

    def drop_beside(self, gone: Iterable[tuple[int, int]]) -> None:
        """Pairs of nodes that are not linked in vain any more."""
        self._connection.executemany("DELETE FROM beside WHERE first = ? AND second = ?", gone)

    def put_beside(self, came: Iterable[tuple[int, int]]) -> None:
        """Pairs of nodes that are linked in vain."""
        self._connection.executemany("INSERT OR IGNORE INTO beside VALUES (?, ?)", came)

    def _do(self, statement: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def _of(self, statement: str, asked: Sequence[object], *before: object) -> list[Any]:
        """The rows of a statement that asks for many values, some hundred at a time."""
        parts = [asked[start : start + _AT_ONCE] for start in range(0, len(asked), _AT_ONCE)]
        return [row for part in parts for row in self._all(statement.format(",".join("?" * len(part))), *before, *part)]

"""The family of a policy document: what it builds on, and what builds on it."""

from __future__ import annotations

import msgspec

from mingjian.core.model.ledger.cells import Cell


class Kin(msgspec.Struct, frozen=True, kw_only=True):
    """A document that stands in a ``relation`` to the one before, with the words for it.

    ``thing`` is ``None`` where no page tells of it but by that name. ``kin`` are those further on in that direction;
    ``again``: it stands elsewhere in the tree with them.
    """

    relation: str
    name: str
    cell: Cell[str]
    thing: str | None = None
    kin: tuple[Kin, ...] = ()
    again: bool = False


class Lineage(msgspec.Struct, frozen=True, kw_only=True):
    """The tree of a document: ``ancestors`` are what it builds on, ``descendants`` what builds on it."""

    thing: str
    name: str
    ancestors: tuple[Kin, ...]
    descendants: tuple[Kin, ...]

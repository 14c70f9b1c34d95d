"""What the matches of a pattern can look like, as a small tree, and what can be told from it.

The tree says at most too much, never too little: every match is among what the tree allows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import msgspec

MOST_STRINGS = 1024
MOST_JOINED = 64
MOST_REPEATED = 8


class Characters(msgspec.Struct, frozen=True, gc=False):
    """One character: any of ``members``, any that one of the ``classes`` matches, any that is not in ``but``.

    Classes are sources of ``re``. Where it says what stands beside a place, the member ``""`` is the edge of the text.
    """

    members: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    but: frozenset[str] | None = None

    def __or__(self, other: Characters) -> Characters:
        """Both sets of characters as one."""
        but = self.but
        if other.but is not None:
            but = other.but if but is None else but & other.but
        return Characters(self.members | other.members, self.classes | other.classes, but)

    @property
    def few(self) -> bool:
        """Whether the members are all that there is."""
        return not self.classes and self.but is None


class Sequence(msgspec.Struct, frozen=True, gc=False):
    """One item after another."""

    items: tuple[Node, ...] = ()


class Choice(msgspec.Struct, frozen=True, gc=False):
    """One of several branches."""

    branches: tuple[Node, ...]


class Repeat(msgspec.Struct, frozen=True, gc=False):
    """The body, ``least`` to ``most`` times."""

    body: Node
    least: int
    most: int


class Look(msgspec.Struct, frozen=True, gc=False):
    """A condition that takes no character: a look-ahead or look-behind, an edge, a place.

    ``width`` is how far it looks. ``ahead`` must stand after its place, ``behind`` before it, where it says so at all.
    """

    width: int
    ahead: Node | None = None
    behind: Node | None = None


Node: TypeAlias = Characters | Sequence | Choice | Repeat | Look
NOTHING = Sequence()
ANYTHING = Characters(but=frozenset())


def least_width(node: Node) -> int:
    """The number of characters of the shortest match."""
    match node:
        case Characters():
            return 1
        case Sequence(items):
            return sum(map(least_width, items))
        case Choice(branches):
            return min(map(least_width, branches))
        case Repeat(body, least, _):
            return least * least_width(body)
    return 0


def greatest_width(node: Node) -> int:
    """The number of characters of the longest match."""
    match node:
        case Characters():
            return 1
        case Sequence(items):
            return sum(map(greatest_width, items))
        case Choice(branches):
            return max(map(greatest_width, branches))
        case Repeat(body, _, most):
            return most * greatest_width(body)
    return 0


def looks_ahead(node: Node) -> int:
    """How many characters beyond its end a match may depend on, at most."""
    match node:
        case Sequence(items):
            return sum(map(looks_ahead, items))
        case Choice(branches):
            return max(map(looks_ahead, branches))
        case Repeat(body, _, _):
            return looks_ahead(body)
        case Look(width=width):
            return width
    return 0


def characters_in(node: Node) -> Characters:
    """Every character that a match may hold."""
    match node:
        case Characters():
            return node
        case Sequence(parts) | Choice(parts):
            return _union(map(characters_in, parts))
        case Repeat(body, _, _):
            return characters_in(body)
    return Characters()


def edge_of(node: Node, *, last: bool = False) -> tuple[Characters, bool]:
    """The characters that can stand after the place where a match begins (or before that where it ends).

    The second value says that nothing of the match need stand there: what follows may be anything.
    """
    match node:
        case Characters():
            return node, False
        case Sequence(items):
            return _edge_of_sequence(items, last)
        case Choice(branches):
            edges = [edge_of(branch, last=last) for branch in branches]
            return _union(edge for edge, _ in edges), any(may_be_empty for _, may_be_empty in edges)
        case Repeat(body, least, _):
            edge, may_be_empty = edge_of(body, last=last)
            return edge, may_be_empty or least == 0
        case Look(ahead=ahead, behind=behind):
            seen = behind if last else ahead
            if seen is not None:
                edge, may_be_empty = edge_of(seen, last=last)
                return (Characters(), True) if may_be_empty else (edge, False)
    return Characters(), True


def _edge_of_sequence(items: tuple[Node, ...], last: bool) -> tuple[Characters, bool]:
    found = Characters()
    looked_at: Characters | None = None
    for item in reversed(items) if last else items:
        edge, may_be_empty = edge_of(item, last=last)
        if isinstance(item, Look):
            looked_at = found | edge if looked_at is None and not may_be_empty else looked_at
            continue
        found |= edge
        if not may_be_empty:
            return (found if looked_at is None else narrower(found, looked_at)), False
    return (found, True) if looked_at is None else (looked_at, False)


def narrower(one: Characters, other: Characters) -> Characters:
    """What both sets hold; where that is not easily told, the one that seems to hold less."""
    if one.few and not other.classes:
        but = other.but
        kept = [char for char in one.members if char in other.members or (but is not None and char and char not in but)]
        return Characters(frozenset(kept))
    if other.few:
        return narrower(other, one) if not one.classes else other
    return one if one.few or other.but is not None else other


def _union(parts: Iterable[Characters]) -> Characters:
    found = Characters()
    for part in parts:
        found |= part
    return found


def strings_of(node: Node) -> frozenset[str] | None:
    """All strings that a match can be, if they are few, else None; a choice may have more of them than a product."""
    match node:
        case Characters(members):
            return members if node.few else None
        case Sequence(items):
            return joined([strings_of(item) for item in items])
        case Choice(branches):
            return _either([strings_of(branch) for branch in branches])
        case Repeat(body, least, most):
            strings = strings_of(body)
            if strings is None or most > MOST_REPEATED or len(strings) ** most > MOST_JOINED:
                return None
            return _either([joined([strings] * times) for times in range(least, most + 1)])
    return frozenset({""})


def joined(parts: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """Every string made of one string of each part, if they are few, else None."""
    found = frozenset({""})
    for part in parts:
        if part is None or (min(len(part), len(found)) > 1 and len(found) * len(part) > MOST_JOINED):
            return None
        found = frozenset([head + tail for head in found for tail in part])
    return found


def _either(parts: list[frozenset[str] | None]) -> frozenset[str] | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or sum(map(len, known)) > MOST_STRINGS:
        return None
    return frozenset().union(*known)

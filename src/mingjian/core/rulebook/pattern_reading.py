"""Reads a pattern into the tree of ``patterns``.

It is read by the parser of ``re`` itself, so that a pattern means here what it means there. That parser is no public
part of Python: a test pins what is used of it.
"""

from __future__ import annotations

import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from typing import Any, TypeAlias

from mingjian.core.rulebook.patterns import (
    ANYTHING,
    NOTHING,
    Characters,
    Choice,
    Look,
    Node,
    Repeat,
    Sequence,
    characters_in,
    greatest_width,
    least_width,
    looks_ahead,
)

Parsed: TypeAlias = Any  # what the parser of re gives has no types

SMALL_CLASS = 64
_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}
_ODD_CASES = "ıſKİ"


class UnboundedRepeatError(ValueError):
    """The pattern has a repeat without an upper bound."""


def read_pattern(source: str) -> tuple[Node, ...]:
    """The items of the pattern; raises ``re.error`` if it is none, UnboundedRepeatError if it has no greatest width."""
    parsed = parser.parse(source)
    reader = _Reader()
    return reader.sequence(parsed, parsed.state.flags).items


class _Reader:
    """Walks the parser's tree; remembers the groups, since a back-reference needs them."""

    def __init__(self) -> None:
        self._groups: dict[int, Node] = {}

    def sequence(self, parsed: Parsed, flags: int) -> Sequence:
        items: list[Node] = []
        for code, argument in parsed:
            node = self._node(code, argument, flags)
            items.extend(node.items if isinstance(node, Sequence) else (node,))
        return Sequence(tuple(items))

    def _node(self, code: Parsed, argument: Parsed, flags: int) -> Node:
        name = str(code).lower()
        if name in {"literal", "not_literal", "any", "in"}:
            return _characters(code, argument, flags)
        if name in {"at", "failure"}:
            return _place(argument, flags)
        return getattr(self, f"_{name}")(argument, flags)  # type: ignore[no-any-return]

    def _subpattern(self, argument: Parsed, flags: int) -> Node:
        number, added, removed, parsed = argument
        node = self.sequence(parsed, (flags | added) & ~removed)
        if number is not None:
            self._groups[number] = node
        return node

    def _atomic_group(self, argument: Parsed, flags: int) -> Node:
        return self.sequence(argument, flags)

    def _branch(self, argument: Parsed, flags: int) -> Node:
        return Choice(tuple(self.sequence(branch, flags) for branch in argument[1]))

    def _max_repeat(self, argument: Parsed, flags: int) -> Node:
        least, most, parsed = argument
        if most is codes.MAXREPEAT:
            raise UnboundedRepeatError
        body = self.sequence(parsed, flags)
        return body if least == most == 1 else Repeat(body, least, most)

    _min_repeat = _max_repeat
    _possessive_repeat = _max_repeat

    def _assert(self, argument: Parsed, flags: int) -> Node:
        direction, parsed = argument
        inner = self.sequence(parsed, flags)
        width = greatest_width(inner) + looks_ahead(inner)
        return Look(width, ahead=inner) if direction > 0 else Look(width, behind=_of_fixed_width(inner))

    def _assert_not(self, argument: Parsed, flags: int) -> Node:
        direction, parsed = argument
        inner = self.sequence(parsed, flags)
        width = greatest_width(inner if direction > 0 else _of_fixed_width(inner)) + looks_ahead(inner)
        others = _all_but(inner)
        return Look(width, ahead=others) if direction > 0 else Look(width, behind=others)

    def _groupref(self, number: int, flags: int) -> Node:
        group = self._groups[number]
        letters = ANYTHING if flags & re.IGNORECASE else characters_in(group)
        return Repeat(letters, 0, greatest_width(group))

    def _groupref_exists(self, argument: Parsed, flags: int) -> Node:
        _, yes, no = argument
        return Choice((self.sequence(yes, flags), self.sequence(no, flags) if no is not None else NOTHING))


def _of_fixed_width(behind: Sequence) -> Sequence:
    """The body of a look-behind; ``re`` finds out only when it compiles that its width is not fixed."""
    if least_width(behind) != greatest_width(behind):
        raise re.error("look-behind requires fixed-width pattern")
    return behind


def _place(code: Parsed, flags: int) -> Look:
    """The condition of being at an edge of the text or of a line; other places say nothing of their neighbours."""
    if code in {codes.AT_BEGINNING, codes.AT_BEGINNING_STRING}:
        line = flags & re.MULTILINE and code is codes.AT_BEGINNING
        return Look(2, behind=Characters(frozenset({"", "\n"} if line else {""})))
    if code in {codes.AT_END, codes.AT_END_STRING}:
        return Look(2, ahead=Characters(frozenset({"", "\n"} if code is codes.AT_END else {""})))
    return Look(2)


def _all_but(refused: Sequence) -> Characters | None:
    """What may stand where the body of a negative look-around may not, as far as its single characters tell."""
    items = refused.items
    branches = items[0].branches if len(items) == 1 and isinstance(items[0], Choice) else (refused,)
    excluded: set[str] = set()
    for branch in branches:
        parts = branch.items if isinstance(branch, Sequence) else (branch,)
        if len(parts) == 1 and isinstance(parts[0], Characters) and parts[0].few:
            excluded |= parts[0].members
    return Characters(frozenset({""}), but=frozenset(excluded)) if excluded else None


def _characters(code: Parsed, argument: Parsed, flags: int) -> Characters:
    if code is codes.LITERAL:
        return _literal(chr(argument), flags)
    if code is codes.ANY:
        return ANYTHING if flags & re.DOTALL else Characters(but=frozenset({"\n"}))
    items = [(codes.NEGATE, None), (codes.LITERAL, argument)] if code is codes.NOT_LITERAL else argument
    negated = items[0][0] is codes.NEGATE
    members = None if flags & re.IGNORECASE else _members(items[1:] if negated else items)
    if members is None:
        return Characters(classes=frozenset({_class_source(items, flags)}))
    return Characters(but=members) if negated else Characters(members)


def _literal(character: str, flags: int) -> Characters:
    if not flags & re.IGNORECASE:
        return Characters(frozenset({character}))
    same = re.compile(re.escape(character), re.IGNORECASE | flags & re.ASCII)
    variants = {character, *character.lower(), *character.upper(), *_ODD_CASES}
    if character.isascii():
        return Characters(frozenset(variant for variant in variants if same.fullmatch(variant)))
    return Characters(classes=frozenset({f"(?i:{re.escape(character)})"}))


def _members(items: Parsed) -> frozenset[str] | None:
    """The characters of a class if they are few and known, else None."""
    members: set[str] = set()
    for code, argument in items:
        if code is codes.LITERAL:
            members.add(chr(argument))
        elif code is codes.RANGE and argument[1] - argument[0] < SMALL_CLASS:
            members.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(members)


def _class_source(items: Parsed, flags: int) -> str:
    """The class written as a pattern of its own."""
    parts = "".join(_class_part(code, argument) for code, argument in items)
    letters = "".join(letter for letter, flag in (("i", re.IGNORECASE), ("a", re.ASCII)) if flags & flag)
    return f"(?{letters}:[{parts}])" if letters else f"[{parts}]"


def _class_part(code: Parsed, argument: Parsed) -> str:
    if code is codes.NEGATE:
        return "^"
    if code is codes.RANGE:
        return f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
    if code is codes.CATEGORY:
        return _CATEGORIES[argument]
    return re.escape(chr(argument))

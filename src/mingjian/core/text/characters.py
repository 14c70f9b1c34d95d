"""Tells for any character which of many sets it belongs to, as the bits of one number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mingjian.core.rulebook.compiled import pattern_of
from mingjian.core.rulebook.pattern_reading import read_pattern
from mingjian.core.rulebook.patterns import Characters, edge_of
from mingjian.core.rulebook.patterns import Sequence as Items

EVERYWHERE = 1


class CharacterBits(dict[str, int]):
    """Character → bits of the sets that hold it; works a character out when it is first asked for.

    The edges of a text count as a character too, the empty one. The lowest bit is that of every character: a guard that
    asks for it lets all through.
    """

    def __init__(self) -> None:
        super().__init__()
        self._bits: dict[Characters, int] = {}
        self._members: dict[str, int] = {}
        self._all_but = 0
        self._left_out: dict[str, int] = {}
        self._classes: dict[str, int] = {}
        self._patterns: list[tuple[re.Pattern[str], int]] = []

    def bit_of(self, characters: Characters | None) -> int:
        """The bit of one set; ``None``, which says that nothing is known, gives the bit that all have."""
        if characters is None:
            return EVERYWHERE
        if characters not in self._bits:
            bit = 2 << len(self._bits)
            self._bits[characters] = bit
            for member in characters.members:
                self._members[member] = self._members.get(member, 0) | bit
            for source in characters.classes:
                self._classes[source] = self._classes.get(source, 0) | bit
            if characters.but is not None:
                self._all_but |= bit
                for member in characters.but:
                    self._left_out[member] = self._left_out.get(member, 0) | bit
            self._patterns = []
            self.clear()
        return self._bits[characters]

    def __missing__(self, character: str) -> int:
        bits = EVERYWHERE | self._members.get(character, 0)
        if character:
            bits |= self._all_but & ~self._left_out.get(character, 0)
        if not self._patterns:
            self._patterns = [(pattern_of(source), bit) for source, bit in self._classes.items()]
        for pattern, bit in self._patterns:
            if pattern.match(character):
                bits |= bit
        self[character] = bits
        return bits


class NeighbourBits(dict[str, int]):
    """Character → which of a few sets hold it: the first set has the lowest bit; a set that is None holds everything.

    It repeats what ``CharacterBits`` knows, in numbers so small that they cost nothing.
    """

    def __init__(self, bits: CharacterBits, asked: Sequence[Characters | None]) -> None:
        super().__init__()
        self._bits = bits
        self._asked = [(1 << number, bits.bit_of(characters)) for number, characters in enumerate(asked)]

    def __missing__(self, character: str) -> int:
        bits = self._bits[character]
        passed = sum(own for own, bit in self._asked if bits & bit)
        self[character] = passed
        return passed


@lru_cache(maxsize=512)
def last_characters(source: str) -> frozenset[str] | None:
    r"""What every match of the pattern ends with, where that is one of a few characters; else None.

    >>> sorted(last_characters(r"(?:同比|增长)\Z")), last_characters("增长[^。]{0,3}")
    (['比', '长'], None)
    """
    edge, may_be_empty = edge_of(Items(read_pattern(source)), last=True)
    return edge.members if edge.few and not may_be_empty else None


def found_before(pattern: re.Pattern[str], folded: str, low: int, high: int) -> re.Match[str] | None:
    r"""The longest match that ends at ``high``, for a pattern that ends with ``\Z``.

    Such a pattern is tried at every place; the character before ``high`` tells at once where that is for nothing.
    """
    lasts = last_characters(pattern.pattern)
    if lasts is not None and (high <= low or folded[high - 1] not in lasts):
        return None
    return pattern.search(folded, low, high)

"""Tells for any character which of many sets it belongs to, as the bits of one number."""

from __future__ import annotations

import re

from mingjian.core.rulebook.patterns import Characters

EVERYWHERE = 1


class CharacterBits(dict[str, int]):
    """Character → bits of the sets that hold it; works a character out when it is first asked for.

    The lowest bit is that of every character and of the edges of a text: a guard that asks for it lets all through.
    """

    def __init__(self) -> None:
        super().__init__()
        self._bits: dict[Characters, int] = {}
        self._members: dict[str, int] = {}
        self._classes: list[tuple[re.Pattern[str], int]] = []

    def bit_of(self, characters: Characters | None) -> int:
        """The bit of one set; ``None``, which says that nothing is known, gives the bit that all have."""
        if characters is None:
            return EVERYWHERE
        if characters not in self._bits:
            bit = 2 << len(self._bits)
            self._bits[characters] = bit
            for member in characters.members:
                self._members[member] = self._members.get(member, 0) | bit
            self._classes += [(re.compile(source), bit) for source in sorted(characters.classes)]
            self.clear()
        return self._bits[characters]

    def __missing__(self, character: str) -> int:
        bits = EVERYWHERE | self._members.get(character, 0)
        for pattern, bit in self._classes:
            if not bits & bit and pattern.match(character):
                bits |= bit
        self[character] = bits
        return bits

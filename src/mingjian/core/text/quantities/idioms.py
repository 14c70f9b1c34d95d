"""Words in which a numeral is no number: 四川, 十足, 统一."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from mingjian.core.rulebook import Lexicon
from mingjian.core.text.folding import fold


class Idioms(msgspec.Struct, frozen=True, eq=False):
    """The words by two characters side by side in them: each as (place of the pair, word, what must not follow)."""

    by_pair: Mapping[str, Sequence[tuple[int, str, str]]]

    def round(self, folded: str, place: int) -> tuple[int, int] | None:
        """Where the longest word that holds the character at the place begins and ends, or ``None``."""
        found: tuple[int, int] | None = None
        for low in (place - 1, place):
            for offset, word, unless in self.by_pair.get(folded[low : low + 2], ()) if low >= 0 else ():
                start = low - offset
                end = start + len(word)
                longer = found is None or end - start > found[1] - found[0]
                if longer and start >= 0 and folded.startswith(word, start) and not _follows(folded, end, unless):
                    found = (start, end)
        return found


def _follows(folded: str, place: int, characters: str) -> bool:
    return bool(characters) and place < len(folded) and folded[place] in characters


@cache
def idioms_of(lexicon: Lexicon) -> Idioms:
    """The words of the lexicon."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for entry in lexicon.entries:
        unless = fold(entry.fields["unless"])
        for word in map(fold, entry.surfaces):
            for place in range(len(word) - 1):
                found.setdefault(word[place : place + 2], []).append((place, word, unless))
    return Idioms(found)

"""What a person's name looks like: how likely characters are to be a surname, a given name or foreign sounds.

The weights are those of ``lexicons/name_characters.tsv``: twice the natural logarithm of how much more often a
character stands in a name than elsewhere. Sums of them compare readings; alone they never make a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import msgspec

from mingjian.core.rulebook.nouns import Lexicon
from mingjian.core.text.folding import fold

_LONGEST_WORD = 4
_GIVEN_MOST = 2
_JAPANESE_GIVEN_MOST = 3


class NameShapes(msgspec.Struct, frozen=True):
    """The weights of characters in names, and the words that begin like a name or follow one."""

    surnames: Mapping[str, int]
    compounds: frozenset[str]
    japanese: frozenset[str]
    longer: Mapping[str, tuple[str, ...]]
    given: Mapping[str, int]
    foreign: Mapping[str, int]
    common: frozenset[str]
    rare: frozenset[str]
    followers: frozenset[str]
    seed: re.Pattern[str]

    def native_ends(self, folded: str, start: int) -> Iterator[tuple[int, int]]:
        """Where a name in characters that begins at ``start`` may end, each with the weight of its characters.

        What looks like a Japanese surname may be a whole Chinese name: 石田.
        """
        length = self.surname_length(folded, start)
        if not length:
            return
        surname = folded[start : start + length]
        if length == 1:
            weight, most = self.surnames[surname], _GIVEN_MOST
        elif surname in self.japanese:
            if folded[start] in self.surnames:
                yield start + 2, self.surnames[folded[start]] + self.given.get(folded[start + 1], 0)
            weight, most = _JAPANESE, _JAPANESE_GIVEN_MOST
        else:
            weight, most = _COMPOUND, _GIVEN_MOST
        first = start + length
        for end in range(first, min(first + most, len(folded))):
            character = folded[end]
            if not "\u4e00" <= character <= "\u9fff":
                return
            weight += self.given.get(character, 0) - (_LONG if end - first >= _GIVEN_MOST else 0)
            yield end + 1, weight

    def surname_length(self, folded: str, start: int) -> int:
        """How many characters of the longest surname begin at ``start``: none, or one to four."""
        character = folded[start : start + 1]
        if character in self.longer:
            for surname in self.longer[character]:
                if folded.startswith(surname, start):
                    return len(surname)
        return 1 if character in self.surnames else 0

    def word_at(self, folded: str, start: int) -> str:
        """``common`` or ``rare`` where a word of that kind begins at ``start``, else nothing."""
        kind = ""
        for stop in range(start + 2, min(start + _LONGEST_WORD, len(folded)) + 1):
            word = folded[start:stop]
            if word in self.common:
                return "common"
            if word in self.rare:
                kind = "rare"
        return kind

    def begins_common(self, folded: str, start: int) -> bool:
        """Whether a common word begins at ``start``."""
        common = self.common
        return (
            folded[start : start + 2] in common
            or folded[start : start + 3] in common
            or folded[start : start + 4] in common
        )

    def foreign_run(self, folded: str, start: int, most: int) -> Iterator[tuple[int, int]]:
        """Where a name of foreign sounds that begins at ``start`` may end, each with the weight of its characters."""
        weight = 0
        for place in range(start, min(start + most, len(folded))):
            if folded[place] not in self.foreign:
                return
            weight += self.foreign[folded[place]]
            yield place + 1, weight


_COMPOUND = 10
_JAPANESE = 8  # many are names of places too
_LONG = 6  # what a third character of a given name takes
_LOW = -4  # a surname that the words of the dictionary do not show
_RARE = -6
_SEED = -1  # surnames that weigh less need more than the shape of the name


@lru_cache(maxsize=4)
def name_shapes(
    surnames: Lexicon, characters: Lexicon, words: Lexicon, followers: Lexicon, japanese: Lexicon
) -> NameShapes:
    """The shapes of names that these lexicons tell, built once."""
    weights: dict[str, dict[str, int]] = {"surname": {}, "given": {}, "foreign": {}}
    for entry in characters.entries:
        weight = int(entry.fields["weight"])
        weights[entry.fields["use"]].update(dict.fromkeys(fold(entry.fields["characters"]), weight))
    compounds = frozenset(fold(entry.name) for entry in surnames.entries if entry.fields["kind"] == "compound")
    of_japan = frozenset(fold(entry.name) for entry in japanese.entries)
    rare = {
        fold(entry.name): _RARE if entry.fields["frequency"] == "rare" else _LOW
        for entry in surnames.entries
        if entry.fields["kind"] == "single"
    }
    sure = "".join(sorted(character for character, weight in weights["surname"].items() if weight >= _SEED))
    # One class of every first character comes first, so that ``re`` skips plain prose at its greatest speed.
    others = sorted(each for each in compounds if each[0] not in sure)
    firsts = "".join(sorted({*sure, *(each[0] for each in others)}))
    behind = "|".join([f"(?<=[{sure}])", *(f"(?<={each[0]}){each[1:]}" for each in others)])
    return NameShapes(
        surnames={**rare, **weights["surname"]},
        compounds=compounds,
        japanese=of_japan,
        longer=_by_first(compounds | of_japan),
        given=weights["given"],
        foreign=weights["foreign"],
        common=_words(entry.fields["common"] for entry in words.entries),
        rare=_words(entry.fields["rare"] for entry in words.entries),
        followers=_words(entry.fields["words"] for entry in followers.entries),
        seed=re.compile(f"[{firsts}](?:{behind})[\u4e00-\u9fff]"),
    )


def _by_first(surnames: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The surnames by their first character, the longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for surname in sorted(surnames, key=lambda each: (-len(each), each)):
        found[surname[0]] = (*found.get(surname[0], ()), surname)
    return found


def _words(cells: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(" ".join(cells)).split())

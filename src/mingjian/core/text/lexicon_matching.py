"""Finds the names of lexicons in a folded text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

import msgspec
from ahocorasick_rs import AhoCorasick

from mingjian.core.rulebook.nouns import Entry, Lexicon
from mingjian.core.text.folding import fold


class LexiconHit(msgspec.Struct, frozen=True, gc=False):
    """A name of a lexicon, found on a page; its offsets are those of the page."""

    surface: str
    start: int
    end: int
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry:
        """The entry that the name belongs to; the first, where it belongs to several."""
        return self.entries[0]


def every_surface(entry: Entry) -> Sequence[str]:
    """The name and all aliases of an entry."""
    return entry.surfaces


class LexiconScanner:
    """Finds every name of the given lexicons; of names that overlap the longest stays, of equally long ones the first.

    ``surfaces`` chooses which names of an entry count, for callers that want fewer than all.
    A name that begins or ends with an ASCII letter or digit is not found inside a longer ASCII word or number.
    """

    def __init__(self, lexicons: Iterable[Lexicon], surfaces: Callable[[Entry], Iterable[str]] = every_surface) -> None:
        entries: dict[str, list[Entry]] = {}
        for lexicon in lexicons:
            for entry in lexicon.entries:
                for surface in dict.fromkeys(fold(surface) for surface in surfaces(entry)):
                    entries.setdefault(surface, []).append(entry)
        self._surfaces = list(entries)
        self._entries = [tuple(found) for found in entries.values()]
        self._automaton = AhoCorasick(self._surfaces) if self._surfaces else None

    def scan(self, folded: str, start: int = 0, end: int | None = None) -> list[LexiconHit]:
        """All names inside ``folded[start:end]``, taken as a text of its own, in the order of the page."""
        if self._automaton is None:
            return []
        piece = folded[start:end]
        found = self._automaton.find_matches_as_indexes(piece, overlapping=True)
        whole = [hit for hit in found if not _inside_ascii_word(piece, hit[1], hit[2])]
        return [
            LexiconHit(self._surfaces[surface], first + start, last + start, self._entries[surface])
            for surface, first, last in _longest_disjoint(whole)
        ]


def _longest_disjoint(found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of ``(surface, start, end)`` those that stay when the longer of two that overlap wins, in page order."""
    kept: list[tuple[int, int, int]] = []
    taken: set[int] = set()
    for hit in sorted(found, key=_longest_first):
        places = range(hit[1], hit[2])
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    kept.sort(key=itemgetter(1))
    return kept


def _longest_first(found: tuple[int, int, int]) -> tuple[int, int]:
    return found[1] - found[2], found[1]


def _inside_ascii_word(text: str, start: int, end: int) -> bool:
    """Whether an ASCII word or number goes on beyond the name, as in ``AI`` of ``MAIN`` or ``GPT-4`` of ``GPT-4.5``."""
    if _is_ascii_word(text[start]) and start > 0 and _is_ascii_word(text[start - 1]):
        return True
    if not _is_ascii_word(text[end - 1]) or end == len(text):
        return False
    if _is_ascii_word(text[end]):
        return True
    return text[end] == "." and text[end - 1].isdigit() and text[end + 1 : end + 2].isdigit()


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()

"""Finds the names of lexicons in a folded text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

import msgspec
from ahocorasick_rs import AhoCorasick

from mingjian.core.model.span import Pair
from mingjian.core.rulebook.nouns import Entry, Lexicon
from mingjian.core.text.folding import fold

_START = attrgetter("start")


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


class FamilyScanner:
    """Finds the names of several families of lexicons in one pass; each family is as if it were searched alone.

    Of the names of a family that overlap the longest stays, of equally long ones the first. A name that begins or ends
    with an ASCII letter or digit is not found inside a longer ASCII word or number. Names that stand first in the
    lexicon ``hiding`` hide those inside them, but are not handed on.
    """

    def __init__(
        self,
        families: Mapping[str, Iterable[Lexicon]],
        surfaces: Callable[[Entry], Iterable[str]] = every_surface,
        hiding: str | None = None,
    ) -> None:
        owners: dict[str, list[tuple[str, tuple[Entry, ...]]]] = {}
        for family, lexicons in families.items():
            for surface, entries in _entries_by_surface(lexicons, surfaces).items():
                owners.setdefault(surface, []).append((family, tuple(entries)))
        self._families = tuple(families)
        self._surfaces = list(owners)
        self._owners = list(owners.values())
        self._in_ascii = [_is_ascii_word(surface[0]) or _is_ascii_word(surface[-1]) for surface in owners]
        self._hiding = hiding
        self._automaton = AhoCorasick(self._surfaces) if self._surfaces else None

    def scan(self, folded: str, start: int = 0, end: int | None = None) -> dict[str, list[LexiconHit]]:
        """For each family all names in ``folded[start:end]``, taken as a text of its own, in the order of the page."""
        found = self.found_families(folded, start, end)
        return {family: found.get(family, []) for family in self._families}

    def found_families(self, folded: str, start: int = 0, end: int | None = None) -> dict[str, list[LexiconHit]]:
        """As ``scan``, but without the families of which no name stands there: most texts hold names of few."""
        return self.found_in_pieces(folded, ((start, len(folded) if end is None else end),))

    def found_in_pieces(self, folded: str, places: Sequence[Pair]) -> dict[str, list[LexiconHit]]:
        """The same for pieces of the text, which stand in order and apart, each taken as a text of its own."""
        found: dict[str, list[LexiconHit]] = {}
        if self._automaton is None or not places:
            return found
        surfaces, owners, in_ascii = self._surfaces, self._owners, self._in_ascii
        base, number = places[0][0], 0
        low, high = places[0]
        # One pass over all that lies between the first piece and the last, for a pass costs much to begin.
        text = folded[base : places[-1][1]]
        for surface, first, last in self._automaton.find_matches_as_indexes(text, overlapping=True):
            first, last = first + base, last + base
            while high <= first and number + 1 < len(places):
                number += 1
                low, high = places[number]
            if (
                first < low
                or last > high
                or (in_ascii[surface] and _inside_ascii_word(folded[low:high], first - low, last - low))
            ):
                continue
            words = surfaces[surface]
            for family, entries in owners[surface]:
                hit = LexiconHit(words, first, last, entries)
                if family in found:
                    found[family].append(hit)
                else:
                    found[family] = [hit]
        return {family: self._handed_on(_longest_disjoint(hits)) for family, hits in found.items()}

    def _handed_on(self, hits: list[LexiconHit]) -> list[LexiconHit]:
        hiding = self._hiding
        return [hit for hit in hits if hit.entries[0].lexicon != hiding]


class LexiconScanner:
    """Finds every name of the given lexicons, as a family of their own.

    ``surfaces`` chooses which names of an entry count, for callers that want fewer than all.
    """

    def __init__(self, lexicons: Iterable[Lexicon], surfaces: Callable[[Entry], Iterable[str]] = every_surface) -> None:
        self._scanner = FamilyScanner({"": lexicons}, surfaces)

    def scan(self, folded: str, start: int = 0, end: int | None = None) -> list[LexiconHit]:
        """All names inside ``folded[start:end]``, taken as a text of its own, in the order of the page."""
        return self._scanner.scan(folded, start, end)[""]


def _entries_by_surface(
    lexicons: Iterable[Lexicon], surfaces: Callable[[Entry], Iterable[str]]
) -> dict[str, list[Entry]]:
    """Each name, folded, with the entries that it belongs to."""
    named = [(surface, entry) for lexicon in lexicons for entry in lexicon.entries for surface in surfaces(entry)]
    folded = fold("\n".join(surface for surface, _ in named)).split("\n")  # one call, since most of the cost is a call
    found: dict[str, list[Entry]] = {}
    for surface, (_, entry) in zip(folded, named, strict=False):
        entries = found.setdefault(surface, [])
        if not entries or entries[-1] is not entry:
            entries.append(entry)
    return found


def _longest_disjoint(found: list[LexiconHit]) -> list[LexiconHit]:
    """Those that stay when the longer of two that overlap wins, in page order."""
    found.sort(key=_START)
    reached = 0
    for hit in found:
        if hit.start < reached:
            break
        reached = hit.end
    else:
        return found
    kept: list[LexiconHit] = []
    taken: set[int] = set()
    for hit in sorted(found, key=_longest_first):
        places = range(hit.start, hit.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    kept.sort(key=_START)
    return kept


def _longest_first(hit: LexiconHit) -> tuple[int, int]:
    return hit.start - hit.end, hit.start


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

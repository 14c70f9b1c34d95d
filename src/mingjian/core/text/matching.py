"""Finds every match of many rules in a folded text.

What is found is exactly what ``re.finditer`` of each rule finds. How: one pass over the text finds the trigger literals
of all rules; a literal's neighbours rule out most of its rules; for those that remain the pattern is tried only where
a match round the literal can begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

import msgspec
from ahocorasick_rs import AhoCorasick

from mingjian.core.model.span import Pair
from mingjian.core.rulebook.compiled import pattern_of
from mingjian.core.rulebook.nouns import Rule, Rulebook
from mingjian.core.rulebook.patterns import ANYTHING, Characters
from mingjian.core.rulebook.triggers import Site
from mingjian.core.text.characters import CharacterBits, NeighbourBits

_WIDE = 2
# Bits of a character: it may stand between a match's start and its literal, it may begin the match, or stand before it.
_RUN, _FIRST, _BEFORE = 1, 2, 4

Window: TypeAlias = tuple[int, int, int, int]
"""The number of a rule, that of a piece, and the first and the last place in it where a match may begin."""


class Match(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One match of one rule; its offsets are those of the page."""

    rule: Rule
    start: int
    end: int
    _base: int
    _found: re.Match[str]
    _numbers: Mapping[str, int]

    @property
    def text(self) -> str:
        """The folded words of the match."""
        return self._found.group()

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the pattern's groups, in the order of the pattern."""
        return tuple(self._numbers)

    def span(self, name: str) -> tuple[int, int] | None:
        """Where the named group stands on the page, or None if it took no part or the pattern has no such group."""
        if name not in self._numbers:
            return None
        start, end = self._found.span(name)
        return None if start < 0 else (start + self._base, end + self._base)

    def group(self, name: str) -> str | None:
        """The folded words of the named group, or None if it took no part or the pattern has no such group."""
        return self._found[name] if name in self._numbers else None

    def __repr__(self) -> str:
        return f"Match({self.rule.id!r}, {self.start}, {self.end}, {self.text!r})"


class _Trial(NamedTuple):
    """Where a match of one rule round one literal can begin; ``inside`` holds ``_RUN`` and ``_FIRST``."""

    rule: int
    least: int
    most: int
    inside: NeighbourBits


class _Literal(NamedTuple):
    """What is asked of one literal's neighbours, and the trials that they may let through; None asks for nothing."""

    before: NeighbourBits | None
    after: NeighbourBits | None
    all: int
    trials: tuple[_Trial, ...]


class _Attempt(NamedTuple):
    """What is needed to try one rule at a place; ``edges`` holds ``_FIRST`` and ``_BEFORE``."""

    rule: Rule
    match: Callable[[str, int], re.Match[str] | None]
    search: Callable[[str, int, int], re.Match[str] | None]
    numbers: Mapping[str, int]
    edges: NeighbourBits
    narrow: bool


class Scanner:
    """Finds all matches of the given rules; built once, used for many texts."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._attempts: dict[int, _Attempt] = {}
        self._bits = CharacterBits()
        sites: dict[str, list[tuple[int, Site]]] = {}
        for number, rule in enumerate(self._rules):
            for site in rule.plan.sites:
                for literal in sorted(site.literals):
                    sites.setdefault(literal, []).append((number, site))
        self._automaton = AhoCorasick(list(sites)) if sites else None
        self._neighbours: dict[tuple[Characters | None, ...], NeighbourBits] = {}
        self._literals = [self._literal(found) for found in sites.values()]

    def scan(self, folded: str, start: int = 0, end: int | None = None) -> list[Match]:
        """All matches inside ``folded[start:end]``, taken as a text of its own: a rule sees nothing outside it.

        They are exactly those of ``re.finditer`` of each rule, by start, then the longer first, then by order of rules.
        """
        return self.scan_pieces(folded, ((start, len(folded) if end is None else end),))

    def scan_pieces(self, folded: str, places: Sequence[Pair]) -> list[Match]:
        """All matches in the pieces of the text, which stand in order and apart, each taken as a text of its own."""
        pieces = [folded[start:end] for start, end in places]
        windows: list[Window] = []
        for number, piece in enumerate(pieces):
            self._add_windows(windows, number, piece)
        windows.sort()
        matches = self._confirmed(windows, pieces, [start for start, _ in places])
        matches.sort(key=_page_order)
        return matches

    def _literal(self, sites: list[tuple[int, Site]]) -> _Literal:
        trials = [
            _Trial(number, site.least, site.most, self._neighbour((site.run, self._rules[number].plan.first)))
            for number, site in sites
        ]
        before, after = [site.before for _, site in sites], [site.after for _, site in sites]
        return _Literal(self._guard(before), self._guard(after), (1 << len(sites)) - 1, tuple(trials))

    def _guard(self, asked: list[Characters | None]) -> NeighbourBits | None:
        return self._neighbour(tuple(asked)) if any(characters is not None for characters in asked) else None

    def _neighbour(self, asked: tuple[Characters | None, ...]) -> NeighbourBits:
        """The table of these sets; literals that ask the same share it."""
        if asked not in self._neighbours:
            self._neighbours[asked] = NeighbourBits(self._bits, asked)
        return self._neighbours[asked]

    def _add_windows(self, windows: list[Window], piece_number: int, piece: str) -> None:
        """Adds the places of the piece where matches may begin; no match begins anywhere else."""
        if self._automaton is None:
            return
        literals, length = self._literals, len(piece)
        for literal, start, end in self._automaton.find_matches_as_indexes(piece, overlapping=True):
            before, after, everything, trials = literals[literal]
            passed = everything if before is None else before[piece[start - 1] if start else ""]
            if after is not None and passed:
                passed &= after[piece[end] if end < length else ""]
            if not passed:
                continue
            for trial in trials if passed == everything else _chosen(trials, passed):
                if not trial[2]:
                    windows.append((trial[0], piece_number, start, start))
                elif (window := _window(piece, start, trial)) is not None:
                    windows.append((trial[0], piece_number, *window))

    def _confirmed(self, windows: list[Window], pieces: Sequence[str], bases: Sequence[int]) -> list[Match]:
        """The matches that begin in the windows, as ``finditer`` of each rule would take them."""
        matches: list[Match] = []
        attempts = self._attempts
        latest = here = -1
        place = 0
        for number, piece_number, low, high in windows:
            if number != latest:
                latest, here = number, -1
                attempt = attempts.get(number) or self._attempt(number)
                rule, match, _, numbers, _, _ = attempt
            if piece_number != here:
                here, place, piece, base = piece_number, low, pieces[piece_number], bases[piece_number]
            elif place < low:
                place = low
            while place <= high:
                found = match(piece, place) if place == high else _first_match(attempt, piece, place, high)
                if found is None:
                    place = high + 1
                else:
                    first, place = found.span()
                    matches.append(Match(rule, first + base, place + base, base, found, numbers))
        return matches

    def _attempt(self, number: int) -> _Attempt:
        rule = self._rules[number]
        first = rule.plan.first
        pattern = pattern_of(rule.pattern)
        edges = self._neighbour((ANYTHING, first, rule.plan.before))
        narrow = first is not None and first.few
        attempt = _Attempt(rule, pattern.match, pattern.search, dict(pattern.groupindex), edges, narrow)
        self._attempts[number] = attempt
        return attempt


def _first_match(attempt: _Attempt, piece: str, low: int, high: int) -> re.Match[str] | None:
    """The first match that begins in the window.

    ``search`` cannot be told where a match must begin at the latest: it goes on for as far as a match may reach. So it
    is asked only where the window is wide beside that reach, and a match may begin with almost anything; elsewhere each
    place is tried by itself.
    """
    rule, match, search, _, edges, narrow = attempt
    reach = rule.plan.reach
    if not narrow and (high - low) * _WIDE > reach:
        found = search(piece, low, high + reach)
        return found if found is not None and found.start() <= high else None
    previous = edges[piece[low - 1] if low else ""]
    for place in range(low, high + 1):
        current = edges[piece[place]]
        if current & _FIRST and previous & _BEFORE:
            found = match(piece, place)
            if found is not None:
                return found
        previous = current
    return None


def _chosen(trials: tuple[_Trial, ...], passed: int) -> list[_Trial]:
    return [trial for number, trial in enumerate(trials) if passed >> number & 1]


def _window(piece: str, start: int, trial: _Trial) -> Pair | None:
    """The places where a match of the trial's rule round a literal at ``start`` can begin, or None if there is none."""
    _, least, most, inside = trial
    place, floor = start, start - most if start > most else 0
    latest = start - least
    low = high = -1 if least else start
    while place > floor:
        bits = inside[piece[place - 1]]
        if not bits & _RUN:
            break
        place -= 1
        if bits & _FIRST and place <= latest:
            low = place
            if high < 0:
                high = place
    return None if low < 0 else (low, high)


def _page_order(match: Match) -> tuple[int, int]:
    return match.start, -match.end


@cache
def scanner_for(book: Rulebook, *groups: str) -> Scanner:
    """The scanner of these groups of the book (of all rules, if none is named), built once."""
    rules = book.rules if not groups else tuple(rule for group in groups for rule in book.group(group))
    return Scanner(rules)

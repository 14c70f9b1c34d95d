"""Finds every match of many rules in a folded text.

What is found is exactly what ``re.finditer`` of each rule finds. How: one pass over the text finds the trigger literals
of all rules; a literal's neighbours rule out most of its rules; for those that remain the pattern is tried only where
a match round the literal can begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple, TypeAlias

import msgspec
from ahocorasick_rs import AhoCorasick

from mingjian.core.rulebook.nouns import Rule, Rulebook
from mingjian.core.rulebook.triggers import Site
from mingjian.core.text.characters import EVERYWHERE, CharacterBits

_WIDE = 2

Window: TypeAlias = tuple[int, int, int]  # the number of a rule, the first and the last place where a match may begin


class Match(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One match of one rule; its offsets are those of the page."""

    rule: Rule
    start: int
    end: int
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
        number = self._numbers.get(name)
        if number is None:
            return None
        start, end = self._found.span(number)
        base = self.start - self._found.start()
        return None if start < 0 else (start + base, end + base)

    def group(self, name: str) -> str | None:
        """The folded words of the named group, or None if it took no part or the pattern has no such group."""
        number = self._numbers.get(name)
        return None if number is None else self._found.group(number)

    def __repr__(self) -> str:
        return f"Match({self.rule.id!r}, {self.start}, {self.end}, {self.text!r})"


class _Trial(NamedTuple):
    """What one literal asks of one rule: its neighbours, and where a match round it can begin."""

    rule: int
    least: int
    most: int
    run: int
    before: int
    after: int


class _Attempt(NamedTuple):
    """What is needed to try one rule at a place."""

    rule: Rule
    match: Callable[[str, int], re.Match[str] | None]
    search: Callable[[str, int, int], re.Match[str] | None]
    numbers: Mapping[str, int]
    first: int
    before: int
    reach: int


class Scanner:
    """Finds all matches of the given rules; built once, used for many texts."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._attempts: dict[int, _Attempt] = {}
        self._bits = CharacterBits()
        trials: dict[str, list[_Trial]] = {}
        for number, rule in enumerate(self._rules):
            for site in rule.plan.sites:
                trial = self._trial(number, site)
                for literal in sorted(site.literals):
                    trials.setdefault(literal, []).append(trial)
        self._automaton = AhoCorasick(list(trials)) if trials else None
        self._trials = [
            (_union(trial.before for trial in found), _union(trial.after for trial in found), tuple(found))
            for found in trials.values()
        ]
        self._edges = [(self._bits.bit_of(rule.plan.first), self._bits.bit_of(rule.plan.before)) for rule in self._rules]

    def scan(self, folded: str, start: int = 0, end: int | None = None) -> list[Match]:
        """All matches inside ``folded[start:end]``, taken as a text of its own: a rule sees nothing outside it.

        They are exactly those of ``re.finditer`` of each rule, by start, then the longer first, then by order of rules.
        """
        piece = folded[start:end]
        windows = self._windows(piece)
        windows.sort()
        matches = self._confirmed(windows, piece, start)
        matches.sort(key=_page_order)
        return matches

    def _trial(self, number: int, site: Site) -> _Trial:
        bit_of = self._bits.bit_of
        run = bit_of(site.run) if site.most > 1 else EVERYWHERE
        return _Trial(number, site.least, site.most, run, bit_of(site.before), bit_of(site.after))

    def _windows(self, piece: str) -> list[Window]:
        """The places where matches may begin; no match begins anywhere else."""
        windows: list[Window] = []
        if self._automaton is None:
            return windows
        bits, all_trials, length = self._bits, self._trials, len(piece)
        edge = bits[""]
        for literal, start, end in self._automaton.find_matches_as_indexes(piece, overlapping=True):
            any_before, any_after, trials = all_trials[literal]
            before = bits[piece[start - 1]] if start else edge
            after = bits[piece[end]] if end < length else edge
            if not (before & any_before and after & any_after):
                continue
            for rule, least, most, run, asked_before, asked_after in trials:
                if before & asked_before and after & asked_after:
                    first = start
                    if most:
                        first = _first_place(piece, start, most, run, bits)
                    if first <= start - least:
                        windows.append((rule, first, start - least))
        return windows

    def _confirmed(self, windows: list[Window], piece: str, base: int) -> list[Match]:
        """The matches that begin in the windows, as ``finditer`` of each rule would take them."""
        matches: list[Match] = []
        latest, place = -1, 0
        for number, low, high in windows:
            if number != latest:
                latest, place = number, 0
                attempt = self._attempts.get(number) or self._attempt(number)
                rule, match, _, numbers, _, _, _ = attempt
            if place < low:
                place = low
            while place <= high:
                found = match(piece, place) if place == high else self._first_match(attempt, piece, place, high)
                if found is None:
                    place = high + 1
                else:
                    first, place = found.span()
                    matches.append(Match(rule, first + base, place + base, found, numbers))
        return matches

    def _first_match(self, attempt: _Attempt, piece: str, low: int, high: int) -> re.Match[str] | None:
        """The first match that begins in the window.

        ``search`` cannot be told where a match must begin at the latest: it goes on for as far as a match may reach. So
        it is asked only where the window is wide beside that reach; elsewhere each place is tried by itself.
        """
        _, match, search, _, first, before, reach = attempt
        if first == EVERYWHERE and (high - low) * _WIDE > reach:
            found = search(piece, low, high + reach)
            return found if found is not None and found.start() <= high else None
        bits = self._bits
        previous = bits[piece[low - 1]] if low else bits[""]
        for place in range(low, high + 1):
            current = bits[piece[place]]
            if current & first and previous & before:
                found = match(piece, place)
                if found is not None:
                    return found
            previous = current
        return None

    def _attempt(self, number: int) -> _Attempt:
        rule = self._rules[number]
        pattern = re.compile(rule.pattern)
        first, before = self._edges[number]
        attempt = _Attempt(
            rule, pattern.match, pattern.search, dict(pattern.groupindex), first, before, rule.plan.reach
        )
        self._attempts[number] = attempt
        return attempt


def _union(bits: Iterable[int]) -> int:
    union = 0
    for some in bits:
        union |= some
    return union


def _first_place(piece: str, start: int, most: int, run: int, bits: CharacterBits) -> int:
    """The first place from which only characters of the run lead to ``start``, no more than ``most`` before it."""
    floor = start - most if start > most else 0
    if run == EVERYWHERE:
        return floor
    while start > floor and bits[piece[start - 1]] & run:
        start -= 1
    return start


def _page_order(match: Match) -> tuple[int, int]:
    return match.start, -match.end


@cache
def scanner_for(book: Rulebook, *groups: str) -> Scanner:
    """The scanner of these groups of the book (of all rules, if none is named), built once."""
    rules = book.rules if not groups else tuple(rule for group in groups for rule in book.group(group))
    return Scanner(rules)

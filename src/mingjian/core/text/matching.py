"""Finds every match of many rules in a folded text.

What is found is exactly what ``re.finditer`` of each rule finds. How: one pass over the text finds the trigger literals
of all rules; a literal's neighbours rule out most of its rules; for those that remain the pattern is tried only where
a match round the literal can begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec
from ahocorasick_rs import AhoCorasick

from mingjian.core.rulebook.nouns import Rule, Rulebook
from mingjian.core.rulebook.triggers import Site
from mingjian.core.text.characters import EVERYWHERE, CharacterBits

_WIDE = 2


class Match:
    """One match of one rule; its offsets are those of the page."""

    __slots__ = ("_base", "_found", "end", "rule", "start")

    def __init__(self, rule: Rule, found: re.Match[str], base: int) -> None:
        start, end = found.span()
        self.rule = rule
        self.start = start + base
        self.end = end + base
        self._found = found
        self._base = base

    @property
    def text(self) -> str:
        """The folded words of the match."""
        return self._found.group()

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the pattern's groups, in the order of the pattern."""
        return tuple(self._found.re.groupindex)

    def span(self, name: str) -> tuple[int, int] | None:
        """Where the named group stands on the page, or None if it took no part or the pattern has no such group."""
        if name not in self._found.re.groupindex:
            return None
        start, end = self._found.span(name)
        return None if start < 0 else (start + self._base, end + self._base)

    def group(self, name: str) -> str | None:
        """The folded words of the named group, or None if it took no part or the pattern has no such group."""
        return self._found.group(name) if name in self._found.re.groupindex else None

    def __repr__(self) -> str:
        return f"Match({self.rule.id!r}, {self.start}, {self.end}, {self.text!r})"


class _Trial(msgspec.Struct, frozen=True, gc=False):
    """What one literal asks of one rule: its neighbours, and where a match round it can begin."""

    rule: int
    least: int
    most: int
    run: int
    before: int
    after: int


class Scanner:
    """Finds all matches of the given rules; built once, used for many texts."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._patterns: dict[int, re.Pattern[str]] = {}
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

    def scan(self, folded: str, start: int = 0, end: int | None = None) -> list[Match]:
        """All matches inside ``folded[start:end]``, taken as a text of its own: a rule sees nothing outside it.

        They are exactly those of ``re.finditer`` of each rule, by start, then the longer first, then by order of rules.
        """
        piece = folded[start:end]
        matches: list[Match] = []
        for number, windows in sorted(self._windows(piece).items()):
            matches += self._confirmed(number, windows, piece, start)
        matches.sort(key=_page_order)
        return matches

    def _trial(self, number: int, site: Site) -> _Trial:
        bit_of = self._bits.bit_of
        run = bit_of(site.run) if site.most > 1 else EVERYWHERE
        return _Trial(number, site.least, site.most, run, bit_of(site.before), bit_of(site.after))

    def _windows(self, piece: str) -> dict[int, list[tuple[int, int]]]:
        """For each rule the ranges of places where a match may begin; no match begins anywhere else."""
        windows: dict[int, list[tuple[int, int]]] = {}
        if self._automaton is None:
            return windows
        bits, all_trials, length = self._bits, self._trials, len(piece)
        for literal, start, end in self._automaton.find_matches_as_indexes(piece, overlapping=True):
            any_before, any_after, trials = all_trials[literal]
            before = bits[piece[start - 1]] if start else EVERYWHERE
            after = bits[piece[end]] if end < length else EVERYWHERE
            if not (before & any_before and after & any_after):
                continue
            for trial in trials:
                if before & trial.before and after & trial.after:
                    window = _window(trial, piece, start, bits)
                    if window is not None:
                        windows.setdefault(trial.rule, []).append(window)
        return windows

    def _confirmed(self, number: int, windows: list[tuple[int, int]], piece: str, base: int) -> Iterator[Match]:
        """The matches of one rule that begin in its windows, as ``finditer`` would take them."""
        rule = self._rules[number]
        pattern = self._patterns.get(number)
        if pattern is None:
            pattern = self._patterns[number] = re.compile(rule.pattern)
        place = 0
        windows.sort()
        for low, high in windows:
            place = max(place, low)
            while place <= high:
                found = _first_match(pattern, piece, (place, high), rule.plan.reach)
                if found is None:
                    place = high + 1
                else:
                    yield Match(rule, found, base)
                    place = found.end()


def _first_match(pattern: re.Pattern[str], piece: str, window: tuple[int, int], reach: int) -> re.Match[str] | None:
    """The first match that begins in the window.

    ``search`` cannot be told where a match must begin at the latest: it goes on for as far as a match may reach. So it
    is asked only where the window is wide beside that reach; elsewhere each place is tried by itself.
    """
    low, high = window
    end = high + reach
    if (high - low) * _WIDE > reach:
        found = pattern.search(piece, low, end)
        return found if found is not None and found.start() <= high else None
    for place in range(low, high + 1):
        found = pattern.match(piece, place, end)
        if found is not None:
            return found
    return None


def _union(bits: Iterable[int]) -> int:
    union = 0
    for some in bits:
        union |= some
    return union


def _window(trial: _Trial, piece: str, start: int, bits: CharacterBits) -> tuple[int, int] | None:
    """The places where a match round a literal at ``start`` can begin, or None if it can begin nowhere."""
    last = start - trial.least
    floor = max(0, start - trial.most)
    first = start
    if trial.run == EVERYWHERE:
        first = floor
    else:
        run = trial.run
        while first > floor and bits[piece[first - 1]] & run:
            first -= 1
    return (first, last) if first <= last else None


def _page_order(match: Match) -> tuple[int, int]:
    return match.start, -match.end


@cache
def scanner_for(book: Rulebook, *groups: str) -> Scanner:
    """The scanner of these groups of the book (of all rules, if none is named), built once."""
    rules = book.rules if not groups else tuple(rule for group in groups for rule in book.group(group))
    return Scanner(rules)

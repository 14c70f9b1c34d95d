"""Derives from a pattern the literals one of which every match must contain, and what stands round them.

A person never writes a trigger: the pattern says it all. Of several places in a pattern that would do, the cheapest is
chosen: the one whose literals are rare on Chinese pages and whose neighbourhood says most.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

import msgspec

from mingjian.core.rulebook.pattern_reading import read_pattern
from mingjian.core.rulebook.patterns import (
    Characters,
    Choice,
    Look,
    Node,
    Repeat,
    Sequence,
    characters_in,
    edge_of,
    greatest_width,
    joined,
    least_width,
    looks_ahead,
    strings_of,
)

# Common characters of Chinese news pages, the most frequent first; it steers speed only, never what is found.
COMMON = (
    "，的0、。21能人智工业新发国,.产展力动和中用35加大一行技推在年全企进部建要算应化数为会等以作合成地出经高资生实%"
    "日4678-“”/()（）《》有公市科政院务网家技委民了上增月系量9现基是施研与下对域规场设多主体据领提布同于方开：；第年月日元个"
)
_LATIN = 0.004  # a small letter: one in twenty characters of a page with names of products, nearly all of a foreign one
_WEIGHTS = {chr(letter): _LATIN for letter in range(ord("a"), ord("z") + 1)} | {
    character: 0.015 / (1 + rank / 12) for rank, character in reversed(list(enumerate(COMMON)))
}
_RARE = 0.0008
_TOGETHER = 25.0
_TRIAL = 6.0
_SHORT_RUN = 4
_CLASS_SHARE = 0.9


class Site(msgspec.Struct, frozen=True, gc=False):
    """A place in a pattern, or in what it looks ahead to, that only these literals can fill, and what stands round it.

    A match begins ``least`` to ``most`` characters before the literal; all of those are among ``run``. The character
    before the literal is among ``before``, the one after it among ``after``; None says that nothing is known.
    """

    literals: frozenset[str]
    least: int
    most: int
    run: Characters
    before: Characters | None
    after: Characters | None


class TriggerPlan(msgspec.Struct, frozen=True, gc=False):
    """Where to look for the matches of a pattern.

    Every match holds a literal at one of the ``sites``; whether it is a match depends on no more than ``reach``
    characters from its start. It begins with a character of ``first``, and ``before`` it stands one of those; None
    says that nothing is known.
    """

    sites: tuple[Site, ...]
    reach: int
    first: Characters | None
    before: Characters | None


class NoLiteralError(ValueError):
    """The pattern can match without any literal, or can match nothing at all."""


class _Candidate(msgspec.Struct, frozen=True, gc=False):
    cost: float
    sites: tuple[Site, ...]


class _Head(msgspec.Struct, frozen=True, gc=False):
    """What is known of all that stands before a place in a pattern."""

    least: int = 0
    most: int = 0
    run: Characters = Characters()
    last: Characters | None = None

    def then(self, item: Node) -> _Head:
        """The head that ends after one more item."""
        edge, may_be_empty = edge_of(item, last=True)
        last: Characters | None = edge
        if may_be_empty:
            last = None if self.last is None else self.last | edge
        return _Head(
            self.least + least_width(item), self.most + greatest_width(item), self.run | characters_in(item), last
        )


def plan_of(pattern: str) -> TriggerPlan:
    """The cheapest trigger plan of the pattern.

    Raises ``re.error`` if it is no pattern, UnboundedRepeatError or NoLiteralError if it has no plan.
    """
    items = read_pattern(pattern)
    whole = Sequence(items)
    best = _best(items, _Head(), None)
    if best is None or least_width(whole) == 0:
        raise NoLiteralError
    first, _ = edge_of(whole)
    before = _behind(items)
    return TriggerPlan(best.sites, greatest_width(whole) + looks_ahead(whole) + 2, first, before)


def classes_of(plan: TriggerPlan) -> Iterator[str]:
    """The classes of characters that the plan asks of a text, as sources of ``re``."""
    asked = [plan.first, plan.before]
    asked += [characters for site in plan.sites for characters in (site.run, site.before, site.after)]
    for characters in asked:
        if characters is not None:
            yield from characters.classes


def _behind(items: tuple[Node, ...]) -> Characters | None:
    """The characters one of which must stand before all items, as far as the look-behinds at their front tell."""
    head = _Head()
    for item in items:
        if greatest_width(item):
            break
        head = head.then(item)
    return head.last


def _best(items: tuple[Node, ...], head: _Head, tail: Characters | None) -> _Candidate | None:
    """The cheapest way to pin the items down by literals; ``tail`` holds the characters that can follow the items."""
    tails = _tails(items, tail)
    parts = [strings_of(item) for item in items]
    best: _Candidate | None = None
    for first, item in enumerate(items):
        inner = _inside(item, head, tails[first + 1]) if parts[first] is None or isinstance(item, Look) else None
        for candidate in (inner, _best_run(parts, first, head, tails)):
            if candidate is not None and (best is None or candidate.cost < best.cost):
                best = candidate
        head = head.then(item)
    return best


def _tails(items: tuple[Node, ...], tail: Characters | None) -> list[Characters | None]:
    """For each item, and for the end, the characters that can stand there; None if nothing is known."""
    tails = [tail]
    for item in reversed(items):
        edge, may_be_empty = edge_of(item)
        if not may_be_empty:
            tail = edge
        elif tail is not None:
            tail |= edge
        tails.append(tail)
    return tails[::-1]


def _best_run(
    parts: list[frozenset[str] | None], first: int, head: _Head, tails: list[Characters | None]
) -> _Candidate | None:
    """The cheapest site among the runs of items that begin with the item ``first`` and have few strings."""
    best: _Candidate | None = None
    literals: frozenset[str] | None = frozenset({""})
    for last in range(first, len(parts)):
        literals = joined((literals, parts[last]))
        if literals is None:
            break
        if literals and "" not in literals:
            site = Site(literals, head.least, head.most, head.run, head.last, tails[last + 1])
            cost = _cost(site)
            if best is None or cost < best.cost:
                best = _Candidate(cost, (site,))
    return best


def _inside(item: Node, head: _Head, tail: Characters | None) -> _Candidate | None:
    """The cheapest way to pin down one item by what it is made of."""
    match item:
        case Sequence(items):
            return _best(items, head, tail)
        case Choice(branches):
            chosen = [_best((branch,), head, tail) for branch in branches]
            found = [candidate for candidate in chosen if candidate is not None]
            if len(found) < len(branches):
                return None
            sites = tuple(site for candidate in found for site in candidate.sites)
            return _Candidate(sum(candidate.cost for candidate in found), sites)
        case Look(ahead=ahead) if ahead is not None:
            return _best((ahead,), head, None)
        case Repeat(body, least, most) if least > 0:
            return _best((body,), head, _tails((Repeat(body, least - 1, most - 1),), tail)[0])
    return None


def _cost(site: Site) -> float:
    """What the site costs per character of a page, in hits: each must be looked at, some must be tried in full."""
    hits = fsum(map(_frequency, site.literals))  # a sum that no order of a set changes: plans must not
    spread = site.most - site.least
    places = min(spread, _SHORT_RUN) if site.run.few else spread
    tried = _share(site.before) * _share(site.after)
    return hits * (1.0 + tried * (_TRIAL + places)) + 1e-7 * len(site.literals)


def _frequency(literal: str) -> float:
    """A guess at how often the literal stands at a place of a page."""
    frequency = _WEIGHTS.get(literal[0], _RARE)
    for character in literal[1:]:
        frequency *= min(0.5, _TOGETHER * _WEIGHTS.get(character, _RARE))
    return frequency


def _share(neighbour: Characters | None) -> float:
    """A guess at the share of hits that pass a guard on the neighbouring character."""
    if neighbour is None:
        return 1.0
    if not neighbour.few:
        return _CLASS_SHARE
    return min(1.0, 0.1 + 2 * fsum(_WEIGHTS.get(character, _RARE) for character in neighbour.members))

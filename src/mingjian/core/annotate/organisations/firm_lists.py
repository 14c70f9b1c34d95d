"""Firms that a list names together with known ones: 甲科技、乙种业、丙电子等企业."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mingjian.core.annotate.organisations.found import Found
from mingjian.core.annotate.organisations.surroundings import Surroundings
from mingjian.core.model.span import Pair
from mingjian.core.text.matching import Match

_FIRMS = frozenset({"company", "soe"})
_PAUSE = "、"
_LONGEST, _LONGEST_ITEM = 120, 14


def listed_firms(matches: Iterable[Match], names: Sequence[Found], around: Surroundings) -> Iterator[Found]:
    """The items of each list that no lexicon and no suffix told, if one of the others is a firm."""
    firms = {one.pair for one in names if one.type in _FIRMS}
    starts = {one.start for one in names}
    for match in matches:
        items = _items(match, around)
        if not any((start, end) in firms or _ends_in(firms, start, end) for start, end in items):
            continue
        # What stands before the first name is part of its item: 李强前往|甲科技.
        for start, end in items[1:]:
            if start not in starts and _is_name(start, end, around):
                yield Found(start, end, "", None, match.rule.fields["type"], match.rule.id)


def _items(match: Match, around: Surroundings) -> list[Pair]:
    """The items of the list that the match ends, in page order: back to what is neither word nor pause."""
    folded, last = around.folded, match.span("last") or (match.start, match.end)
    items, end = [last], match.start
    while end > last[0] - _LONGEST:
        start = end
        while start and folded[start - 1].isalnum() and end - start < _LONGEST_ITEM:
            start -= 1
        if start == end:
            break
        items.append((start, end))
        if folded[start - 1 : start] != _PAUSE:
            break
        end = start - 1
    return items[::-1]


def _ends_in(firms: set[Pair], start: int, end: int) -> bool:
    return any(start <= low and high == end for low, high in firms)


def _is_name(start: int, end: int, around: Surroundings) -> bool:
    """Whether the item holds no cutting word and no name of a lexicon but a place at its head."""
    words = around.cuts.finditer(around.folded, start, end)
    if any(word.group() in around.stops for word in words) or around.generic.fullmatch(around.folded, start, end):
        return False
    return all(around.is_place(hit) and hit.start == start and hit.end < end for hit in around.hits_between(start, end))

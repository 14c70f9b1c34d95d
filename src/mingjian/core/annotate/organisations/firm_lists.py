"""Firms that a list names together with known ones: 甲科技、乙种业、丙电子等企业."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mingjian.core.annotate.organisations.found import Found
from mingjian.core.annotate.organisations.suffixes import by_suffix
from mingjian.core.annotate.organisations.surroundings import Surroundings, after_cuts
from mingjian.core.model.span import Pair
from mingjian.core.text.matching import Match

_FIRMS = frozenset({"company", "soe"})
_PAUSE = "、"
_LONGEST, _LONGEST_ITEM, _SHORTEST = 120, 14, 2


def listed_firms(matches: Iterable[Match], names: Sequence[Found], around: Surroundings) -> Iterator[Found]:
    """The items of each list that no lexicon and no suffix told, if one of the others is a firm."""
    firms = {one.end for one in names if one.type in _FIRMS}
    starts = {one.start for one in names}
    endings = tuple(around.found.settings["firm_endings"])
    for match in matches:
        items = [
            (_first_word(start, end, around), end)
            for item in _items(match, around)
            for start, end in _parts(item, endings, around)
        ]
        if not any(end in firms or around.folded.endswith(endings, start, end) for start, end in items):
            continue
        for start, end in items:
            if start not in starts and end not in firms and _is_name(start, end, around):
                yield Found(start, end, "", None, match.rule.fields["type"], match.rule.id)


def firms_beside(matches: Iterable[Match], names: Sequence[Found], around: Surroundings) -> Iterator[Found]:
    """The short names that a word of joining ties to a firm: 甲集团、乙智能."""
    firms = [one for one in names if one.type in _FIRMS]
    starts, ends = {one.start for one in firms}, {one.end for one in firms}
    joins = frozenset(around.found.settings["joins"])
    told = [one for match in matches if (one := by_suffix(match, around)) is not None]
    for one in (*told, *reversed(told)):  # what stands before a firm may be one only because of another behind it
        if one.start in starts:
            continue
        follows = around.folded[one.start - 1 : one.start] in joins and one.start - 1 in ends
        precedes = around.folded[one.end : one.end + 1] in joins and one.end + 1 in starts
        if follows or precedes:
            starts.add(one.start)
            ends.add(one.end)
            yield one


def _first_word(start: int, end: int, around: Surroundings) -> int:
    """Where the item begins after words that lead to it: 由|甲科技, 一行前往|乙种业."""
    inside = around.hits_between(start, end)
    return after_cuts(start, end, inside, around)


def _parts(item: Pair, endings: tuple[str, ...], around: Surroundings) -> list[Pair]:
    """The two firms that a word of joining parts, or the one: 甲资本和乙创投."""
    folded, (start, end) = around.folded, item
    for word in around.found.settings["joining_words"]:
        place = folded.find(word, start, end)
        if place > start and folded.endswith(endings, start, place) and folded.endswith(endings, place, end):
            return [(start, place), (place + len(word), end)]
    return [item]


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


def _is_name(start: int, end: int, around: Surroundings) -> bool:
    """Whether the item holds no cutting word and no name of a lexicon but a place at its head."""
    if end - start < _SHORTEST:
        return False
    words = around.cuts.finditer(around.folded, start, end)
    if any(word.group() in around.stops for word in words) or around.generic.fullmatch(around.folded, start, end):
        return False
    return all(around.is_place(hit) and hit.start == start and hit.end < end for hit in around.hits_between(start, end))

"""Firms by a brand and a word of trade (青禾|智能): no plain word is the brand, and the words round it show a firm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingjian.core.annotate.organisations.found import Found
from mingjian.core.annotate.organisations.suffixes import by_suffix
from mingjian.core.annotate.organisations.surroundings import Surroundings
from mingjian.core.text.matching import Match

_OPEN, _CLOSED = frozenset("“「『"), frozenset("”」』")  # a form of writing, no words
_SHORTEST = 2
_HALVES = 4  # 青禾未来: a brand of two halves, of which the second may be a plain word


def branded(matches: Iterable[Match], around: Surroundings) -> Iterator[Found]:
    """The names that act or are told to be firms, and those that the page prints twice at a clear left edge."""
    others: dict[str, list[Found]] = {}
    for match in matches:
        one = _ending_in_cut(match, around)
        if one is None and _may_be_one(match.group("stem") or "", around):
            one = by_suffix(match, around)
        if one is None:
            continue
        if _is_firm(one, around):
            yield one
        else:
            others.setdefault(around.folded[one.start : one.end], []).append(one)
    goods = tuple(around.found.settings["goods"])
    for words, found in others.items():
        if len(found) > 1 and not words.endswith(goods) and not any(_runs_on(one, around) for one in found):
            yield from found


def _ending_in_cut(match: Match, around: Surroundings) -> Found | None:
    """A brand of two characters of which the second cuts names elsewhere, at an edge or so called: 对手|青月|科技."""
    words, settings = match.group("stem") or "", around.found.settings
    lead, stem = words[:-_SHORTEST], words[-_SHORTEST:]
    if stem[-1:] not in settings["brand_ends"] or stem[0] in around.stops or stem in around.plain:
        return None
    if lead and not lead.endswith(tuple(settings["roles"])):
        return None
    return Found(match.start + len(lead), match.end, "", None, match.rule.fields["type"], match.rule.id)


def _may_be_one(stem: str, around: Surroundings) -> bool:
    """Whether the last two characters may end a brand, alone or as the second half of one: it is quickly said."""
    if stem[-1:] in around.stops or stem.endswith(tuple(around.found.settings["no_brands"])):
        return False
    return stem[-2:] not in around.plain or (len(stem) == _HALVES and stem[:2] not in around.plain)


def _is_firm(one: Found, around: Surroundings) -> bool:
    """Whether the words behind tell what only a firm does or has, or those before call it one."""
    folded, cues, settings = around.folded, around.found.cues, around.found.settings
    is_quoted = folded[one.start - 1 : one.start] in _OPEN and folded[one.end : one.end + 1] in _CLOSED
    start, end = (one.start - 1, one.end + 1) if is_quoted else one.pair
    if cues["firm-alone"].match(folded, end):
        return True
    is_called = folded.endswith(tuple(settings["roles"]), 0, start)
    if cues["firm-acts"].match(folded, end):
        is_goods = folded.endswith(tuple(settings["goods"]), one.start, one.end)
        return is_called or not is_goods or folded.endswith(tuple(settings["by_whom"]), 0, start)
    return is_called and not _runs_on(one, around)


def _runs_on(one: Found, around: Surroundings) -> bool:
    """Whether a word stands behind the name that may make it a longer one: 青禾智能|工厂."""
    folded, end = around.folded, one.end
    return folded[end : end + 1].isalnum() and not around.found.cues["name-ends"].match(folded, end)

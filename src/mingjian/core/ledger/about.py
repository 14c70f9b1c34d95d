"""What a mention is about: the technologies, industries and places that its own words name.

A page that names fifteen technologies tells of fifteen, but each of its facts of one or two. Where the words of a fact
name none, what the title names holds for it; and of technologies and industries what the page names again and again,
where it names no more than two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from mingjian.core.link.things.references import names_in
from mingjian.core.link.things.spheres import COUNTRY_CODE, is_country
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Pair
from mingjian.core.model.things import Member, PageCard

_FEW = 2
_OFTEN = 3


def technologies_of(members: Sequence[Member]) -> tuple[str, ...]:
    """The ids of the technologies that the mentions are about."""
    return _named(members, lambda page: page.technologies)


def industries_of(members: Sequence[Member]) -> tuple[str, ...]:
    """The section letters of the industries that the mentions are about."""
    return _named(members, lambda page: page.industries)


def regions_of(members: Sequence[Member], *fields: str) -> tuple[str, ...]:
    """The codes of the places, or seats of bodies, in these fields of the facts; else of what their words name.

    The country is one of them where a field names it and the words no place within it. Where neither tells, the places
    that the titles of all pages name. That a page names a single place somewhere says nothing of where its other facts
    are.
    """
    told = dict.fromkeys(code for member in members for code in _codes(member, fields))
    if told:
        return tuple(told)
    titles = [_coded(page, _title(page)) for page in {member.page.id: member.page for member in members}.values()]
    return tuple(code for code in titles[0] if all(code in codes for codes in titles))


def _codes(member: Member, fields: tuple[str, ...]) -> tuple[str, ...]:
    page = member.page
    coded = {**page.seats, **page.regions}
    names = [page.called.get(name, name) for field in fields for name in names_in(member.fact, field)]
    placed = tuple(coded[name] for name in names if name in coded) or _coded(page, _own_words(member))
    return placed or tuple(COUNTRY_CODE for name in names if is_country(name))[:1]


def _coded(page: PageCard, words: Sequence[Pair]) -> tuple[str, ...]:
    return tuple(page.regions[name] for name in _within(page, page.regions, words))


def _named(members: Sequence[Member], of_page: Callable[[PageCard], tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for member in members:
        names = of_page(member.page)
        if not all(name in found for name in names):  # else it can name no more
            found |= dict.fromkeys(_named_by(member, names))
    return tuple(found)


def _named_by(member: Member, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the names of a page that a mention is about."""
    page = member.page
    named = _within(page, names, _own_words(member)) or _within(page, names, _title(page))
    return named or _prevailing(page, names)


def _prevailing(page: PageCard, names: tuple[str, ...]) -> tuple[str, ...]:
    often = tuple(name for name in names if len(page.named_at.get(name, ())) >= _OFTEN)
    return often if len(names) <= _FEW else ()


def _own_words(member: Member) -> tuple[Pair, ...]:
    """The evidence, and the parts that stand outside of it."""
    fact = member.fact
    start, end = fact.evidence.pair
    parts = (pair for pairs in fact.parts.values() for pair in pairs if pair[0] < start or pair[1] > end)
    return ((start, end), *fact.evidence.also, *parts)


def _title(page: PageCard) -> tuple[Pair, ...]:
    title = page.title
    if not isinstance(title, Cited) or title.evidence.layer != "text":
        return ()
    return (title.evidence.pair, *title.evidence.also)


def _within(page: PageCard, names: Iterable[str], words: Sequence[Pair]) -> tuple[str, ...]:
    """Those of the names that stand within some of the words."""
    found = []
    for name in names:
        places = page.named_at.get(name)
        if places:
            for pair in words:
                if _stands(places, pair):
                    found.append(name)
                    break
    return tuple(found)


def _stands(places: Sequence[Pair], words: Pair) -> bool:
    """Whether one of the places, which are in order, lies within the words.

    >>> _stands(((1, 3), (5, 30), (6, 8)), (4, 9)), _stands(((1, 3), (5, 30), (6, 8)), (2, 6))
    (True, False)
    """
    for number in range(bisect_left(places, (words[0],)), len(places)):
        start, end = places[number]
        if start >= words[1]:
            return False
        if end <= words[1]:
            return True
    return False

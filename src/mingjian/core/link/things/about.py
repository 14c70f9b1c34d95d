"""What a mention is about: the technologies, industries and places that its own words name.

A page that names fifteen technologies tells of fifteen, but each of its facts of one or two. Where the words of a fact
name none, what the title names holds for it; and of technologies and industries what the page names again and again,
where it names no more than two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from mingjian.core.model.facts import Fact
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Pair
from mingjian.core.model.things import About, PageCard

_FEW = 2
_OFTEN = 3


def about_of(fact: Fact, page: PageCard) -> About:
    """What a fact of a page is about: of nothing but these two, so that it is found once and kept."""
    own, title = _own_words(fact), _title(page)
    return About(
        technologies=_named_by(page, page.technologies, own, title),
        industries=_named_by(page, page.industries, own, title),
        places=_coded(page, own),
        titled=_coded(page, title),
    )


def _coded(page: PageCard, words: Sequence[Pair]) -> tuple[str, ...]:
    return tuple(page.regions[name] for name in _within(page, page.regions, words))


def _named_by(page: PageCard, names: tuple[str, ...], own: Sequence[Pair], title: Sequence[Pair]) -> tuple[str, ...]:
    """Those of the names of a page that a mention is about."""
    named = _within(page, names, own) or _within(page, names, title)
    return named or _prevailing(page, names)


def _prevailing(page: PageCard, names: tuple[str, ...]) -> tuple[str, ...]:
    often = tuple(name for name in names if len(page.named_at.get(name, ())) >= _OFTEN)
    return often if len(names) <= _FEW else ()


def _own_words(fact: Fact) -> tuple[Pair, ...]:
    """The evidence, and the parts that stand outside of it."""
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

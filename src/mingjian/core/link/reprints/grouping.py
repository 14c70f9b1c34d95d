"""Groups of pages that are one text, each page but the first with the page that it was copied from.

A page joins the group of its best parent: an earlier page that holds most of it. It never joins by a chain of
likenesses alone: a group into which some member may not go (a series, a person's ``split``) is closed to it. Pages are
taken in order of time, so the groups are a function of the set of pages, relations and decisions; and one connected
part of the pages does not change another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from itertools import groupby

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.links import Links, conflicting_pairs, links_of, taking_pairs
from mingjian.core.link.reprints.settings import GroupingSettings, ReprintSettings, reprint_settings
from mingjian.core.link.reprints.sketches import Sketch, place_in_time
from mingjian.core.model.reprints import Copy, CopyKind, Decision, Delay, Group, Published, Relation

_CHINA = timezone(timedelta(hours=8))
_EPOCH = datetime(1970, 1, 1, tzinfo=_CHINA)
_LAST_OF_DAY = 24 * 60 - 1
_NOWHERE = -1


class _Groups(msgspec.Struct, frozen=True):
    """Groups while they grow, of pages by their places in order of time.

    The source of each page, the pages of each source, and what each copy was copied from and how. ``apart`` are the
    pages that a page may not be with, by rules and by people, ``split`` those by people.
    """

    root: list[int]
    members: dict[int, list[int]] = {}
    parents: dict[int, tuple[int, CopyKind]] = {}
    apart: defaultdict[int, set[int]] = msgspec.field(default_factory=lambda: defaultdict(set))
    split: defaultdict[int, set[int]] = msgspec.field(default_factory=lambda: defaultdict(set))

    def may_join(self, page: int, other: int) -> bool:
        """Whether the other page is in another group, and nothing keeps the page from it."""
        source = self.root[other]
        if source == self.root[page]:
            return False
        apart = self.apart.get(page)
        return apart is None or all(self.root[one] != source for one in apart)

    def unite(self, kept: int, joined: int, parent: int, kind: CopyKind) -> None:
        """Put a whole group to another one, its source being a copy of the parent."""
        pages = self.members.pop(joined)
        self.members[kept] += pages
        for page in pages:
            self.root[page] = kept
        self.parents[joined] = (parent, kind)


def group_pages(
    sketches: Iterable[Sketch],
    relations: Iterable[Relation],
    decisions: Iterable[Decision] = (),
    settings: ReprintSettings | None = None,
) -> list[Group]:
    """The groups of the pages, sorted by their first source's id: a page that is no copy is a group of its own.

    A relation that folds puts pages together, one of a passage that was taken keeps them apart; pages that are a series
    are found here, where it matters.
    """
    pages = sorted(sketches, key=place_in_time)
    places = {page.id: place for place, page in enumerate(pages)}
    return group_linked(pages, links_of(places, relations), decisions, settings)


def group_linked(
    pages: Sequence[Sketch], links: Links, decisions: Iterable[Decision] = (), settings: ReprintSettings | None = None
) -> list[Group]:
    """The same of pages in order of time, and of links between them."""
    settings = settings or reprint_settings()
    if not pages:
        return []
    places = {page.id: place for place, page in enumerate(pages)}
    said = [
        (one.kind, places[one.first], places[one.second])
        for one in sorted(set(decisions), key=lambda one: (one.first, one.second))
        if one.first in places and one.second in places
    ]
    groups = _Groups([_NOWHERE] * len(pages))
    _part(groups, ((first, second) for kind, first, second in said if kind == "split"), groups.split)
    _part(groups, taking_pairs(len(pages), links))
    _part(groups, conflicting_pairs(pages, links, settings))
    _place(groups, links, _worth(pages, links, settings.grouping))
    _adopt(groups, links)
    for kind, first, second in said:
        if kind == "merge":
            _merge(groups.root[first], groups.root[second], groups)
    return [
        _group(groups.members[source], groups, pages)
        for source in sorted(groups.members, key=lambda one: pages[one].id)
    ]


def _part(groups: _Groups, pairs: Iterable[tuple[int, int]], also: defaultdict[int, set[int]] | None = None) -> None:
    for first, second in pairs:
        for apart in (groups.apart, *(() if also is None else (also,))):
            apart[first].add(second)
            apart[second].add(first)


def _worth(pages: Sequence[Sketch], links: Links, settings: GroupingSettings) -> NDArray[np.float64]:
    """How likely the earlier page of each link is what the later one was copied from.

    By how much of the later one it holds, and who is named as its source.
    """
    words: dict[str, int] = {"": 0}
    source, publisher, host, title = (
        np.array([words.setdefault(word, len(words)) for word in column], np.int64)
        for column in zip(*((page.source, page.publisher, page.host, page.title) for page in pages), strict=True)
    )
    earlier, later = links.earlier, links.later
    names, titles = source[later], title[later]
    named = (names != 0) & ((names == publisher[earlier]) | (names == host[earlier]))
    whole = np.minimum(links.of_earlier, links.of_later) >= settings.whole_copy
    titled = whole & (titles != 0) & (titles == title[earlier])
    held = links.of_later + settings.whole_parent * links.of_earlier
    worth: NDArray[np.float64] = held + settings.named_source * named + settings.same_title * titled
    return worth


def _place(groups: _Groups, links: Links, worth: NDArray[np.float64]) -> None:
    """Put every page to the group of the best parent that it may have, or make it a source."""
    order = np.lexsort((links.earlier, -worth, links.later))
    parents, same = links.earlier[order].tolist(), links.same[order].tolist()
    starts = np.searchsorted(links.later[order], np.arange(len(groups.root) + 1)).tolist()
    for page in range(len(groups.root)):
        ranked = range(starts[page], starts[page + 1])
        at = next((at for at in ranked if groups.may_join(page, parents[at])), None)
        if at is None:
            groups.root[page] = page
            groups.members[page] = [page]
        else:
            groups.root[page] = source = groups.root[parents[at]]
            groups.members[source].append(page)
            groups.parents[page] = (parents[at], _kind(same[at]))


def _kind(same: bool) -> CopyKind:
    return "same_page" if same else "reprint"


def _adopt(groups: _Groups, links: Links) -> None:
    """Put a source to the group of the page that holds most of it, with all its copies if it is the far shorter one.

    Such a page, or its date, is older than what it was cut from; the source of the other group stays what it is.
    """
    for page, others in groupby(_adoptable(groups, links), key=lambda each: each[0]):
        for _, other, cut, same in others:
            members = groups.members[page]
            if (cut or members == [page]) and all(groups.may_join(one, other) for one in members):
                groups.unite(groups.root[other], page, other, _kind(same))
                break


def _adoptable(groups: _Groups, links: Links) -> Iterator[tuple[int, int, bool, bool]]:
    """Sources and pages of other groups that hold some of them, those that hold most first.

    With each whether the source is the far shorter one, and whether both are the same page.
    """
    root = np.array(groups.root, np.int64)
    ends = (
        (links.earlier, links.later, links.of_earlier, links.of_later),
        (links.later, links.earlier, links.of_later, links.of_earlier),
    )
    page, other, own, others = (np.concatenate(columns) for columns in zip(*ends, strict=True))
    same = np.concatenate((links.same, links.same))
    cut = own >= 2 * others
    alone = np.bincount(root, minlength=len(root)) == 1
    rows = np.flatnonzero((root[page] == page) & (root[other] != page) & (cut | alone[page]))
    rows = rows[np.lexsort((other[rows], -own[rows], page[rows]))]
    yield from zip(*(column[rows].tolist() for column in (page, other, cut, same)), strict=True)


def _merge(first: int, second: int, groups: _Groups) -> None:
    """Put two groups together, unless a person wants a page of the one apart from a page of the other."""
    kept, joined = sorted((first, second))
    both = groups.members[kept] + groups.members[joined]
    if kept != joined and not any(not groups.split[page].isdisjoint(both) for page in both if page in groups.split):
        groups.unite(kept, joined, kept, "merged")


def _group(members: Sequence[int], groups: _Groups, pages: Sequence[Sketch]) -> Group:
    source, *others = members
    return Group(tuple(_copy(page, source, groups, pages) for page in (source, *sorted(others))))


def _copy(page: int, source: int, groups: _Groups, pages: Sequence[Sketch]) -> Copy:
    own = pages[page]
    if page not in groups.parents:
        return Copy(page=own.id, parent=None, kind="source")
    parent, kind = groups.parents[page]
    delay = delay_between(pages[parent].published, own.published)
    after_source = delay if parent == source else delay_between(pages[source].published, own.published)
    return Copy(page=own.id, parent=pages[parent].id, kind=kind, delay=delay, after_source=after_source)


def delay_between(earlier: Published | None, later: Published | None) -> Delay:
    """Minutes from the one to the other, as well as they are known."""
    if earlier is None or later is None:
        return Delay()
    (first, last), (begin, end) = _bounds(earlier), _bounds(later)
    return Delay(begin - last, end - first)


@lru_cache(maxsize=65536)
def _bounds(published: Published) -> tuple[int, int]:
    """The first and the last minute that the time may mean."""
    moment = datetime.fromisoformat(published.value)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=_CHINA)
    minute = (moment - _EPOCH) // timedelta(minutes=1)
    return minute, minute + _LAST_OF_DAY if published.precision == "day" else minute

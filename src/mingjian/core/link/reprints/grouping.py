"""Groups of pages that are one text, each page but the first with the page that it was copied from.

A page joins the group of its best parent: an earlier page that holds most of it. It never joins by a chain of
likenesses alone: a group into which some member may not go (a series, a person's ``split``) is closed to it. Pages are
taken in order of time, so the groups are a function of the set of pages, relations and decisions; and one connected
part of the pages does not change another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import lru_cache

import msgspec
import numpy as np

from mingjian.core.link.reprints.figures import compare_slots, count_slots
from mingjian.core.link.reprints.settings import GroupingSettings, ReprintSettings, reprint_settings
from mingjian.core.link.reprints.sketches import Sketch, place_in_time
from mingjian.core.model.reprints import FOLDING, Copy, CopyKind, Decision, Delay, Group, Published, Relation

_CHINA = timezone(timedelta(hours=8))
_EPOCH = datetime(1970, 1, 1, tzinfo=_CHINA)
_LAST_OF_DAY = 24 * 60 - 1
_PAIRS = 1 << 17  # pairs compared at once


class _Links(msgspec.Struct, frozen=True):
    """What is known of every page: relations that fold it, pages that it may not be with, by rules and by people."""

    folding: Mapping[str, list[Relation]]
    apart: Mapping[str, set[str]]
    split: Mapping[str, set[str]]


class _Groups(msgspec.Struct, frozen=True):
    """Groups while they grow: the source of each page, the pages of each source, and what made a page a copy.

    ``pages`` are in order of time, ``rank`` is the place of each in it.
    """

    pages: dict[str, Sketch]
    rank: dict[str, int]
    root: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    parents: dict[str, Relation | str] = {}

    def place(self, page: str, link: Relation | None) -> None:
        """Put the page to the group that the link leads to, or make it a source."""
        self.root[page] = source = page if link is None else self.root[link.other(page)]
        self.members.setdefault(source, []).append(page)
        if link is not None:
            self.parents[page] = link

    def unite(self, source: str, link: Relation) -> None:
        """Put a whole group to that which the link of its source leads to."""
        joined, kept = self.members.pop(source), self.root[link.other(source)]
        self.members[kept] += joined
        self.root.update(dict.fromkeys(joined, kept))
        self.parents[source] = link


def group_pages(
    sketches: Iterable[Sketch],
    relations: Iterable[Relation],
    decisions: Iterable[Decision] = (),
    settings: ReprintSettings | None = None,
) -> list[Group]:
    """The groups of the pages, sorted by their first source's id: a page that is no copy is a group of its own.

    Only relations that fold count; pages that are a series are found here, where it matters.
    """
    settings = settings or reprint_settings()
    decisions = sorted(set(decisions), key=lambda said: (said.first, said.second))
    pages = {sketch.id: sketch for sketch in sorted(sketches, key=place_in_time)}
    groups = _Groups(pages, {page: rank for rank, page in enumerate(pages)}, {}, {}, {})
    links = _links(pages, relations, decisions, settings)
    for page in pages:
        ranked = _ranked(page, groups, links, settings.grouping) if page in links.folding else ()
        joinable = (link for link in ranked if _may_join(page, link.other(page), groups, links))
        groups.place(page, next(joinable, None))
    for page in [page for page in pages if page in links.folding and page in groups.members]:
        _adopt(page, groups, links)
    for said in decisions:
        if said.kind == "merge" and said.first in pages and said.second in pages:
            _merge(groups.root[said.first], groups.root[said.second], groups, links)
    return [_group(groups.members[source], groups) for source in sorted(groups.members)]


def _ranked(page: str, groups: _Groups, links: _Links, settings: GroupingSettings) -> list[Relation]:
    """The relations to earlier pages, best first: by how much of the page they hold, and who is named as its source."""
    rank, own = groups.rank, groups.rank[page]
    weighed = []
    for link in links.folding[page]:
        parent = link.other(page)
        if rank[parent] < own:
            weighed.append((-_worth(groups.pages[page], groups.pages[parent], link, settings), rank[parent], link))
    weighed.sort(key=_but_last)
    return [link for _, _, link in weighed]


def _but_last(entry: tuple[float, int, Relation]) -> tuple[float, int]:
    return entry[:2]


def _worth(page: Sketch, parent: Sketch, link: Relation, settings: GroupingSettings) -> float:
    """How likely the parent is what the page was copied from."""
    worth = link.share_of(page.id) + settings.whole_parent * link.share_of(parent.id)
    named = bool(page.source) and page.source in (parent.publisher, parent.host)
    whole = min(link.contained) >= settings.whole_copy
    titled = whole and bool(page.title) and page.title == parent.title
    return worth + settings.named_source * named + settings.same_title * titled


def _may_join(page: str, other: str, groups: _Groups, links: _Links) -> bool:
    """Whether the other page is in another group, and nothing keeps the page from it."""
    source = groups.root[other]
    if source == groups.root.get(page):
        return False
    apart = links.apart[page] | links.split[page]
    return not apart or apart.isdisjoint(groups.members[source])


def _adopt(page: str, groups: _Groups, links: _Links) -> None:
    """Put a source to the group of the page that holds most of it, with all its copies if it is the far shorter one.

    Such a page, or its date, is older than what it was cut from; the source of the other group stays what it is.
    """
    members = groups.members.get(page)
    if members is None:
        return
    weighed = [(-link.share_of(page), groups.rank[link.other(page)], link) for link in links.folding[page]]
    for _, _, link in sorted(weighed, key=_but_last):
        cut = link.share_of(page) >= 2 * link.share_of(link.other(page))
        if (cut or members == [page]) and all(_may_join(one, link.other(page), groups, links) for one in members):
            groups.unite(page, link)
            return


def _merge(first: str, second: str, groups: _Groups, links: _Links) -> None:
    """Put two groups together, unless a person wants a page of the one apart from a page of the other."""
    kept, joined = sorted((first, second), key=lambda page: groups.rank[page])
    both = groups.members[kept] + groups.members[joined]
    if kept == joined or any(links.split[page].intersection(both) for page in both):
        return
    groups.parents[joined] = kept
    groups.members[kept] += groups.members.pop(joined)
    groups.root.update(dict.fromkeys(both, kept))


def components(pages: Iterable[str], relations: Iterable[Relation], decisions: Iterable[Decision]) -> list[list[str]]:
    """The connected parts of the pages, each sorted: what one page changes, it changes in its own part alone."""
    leader = {page: page for page in pages}

    def find(page: str) -> str:
        while leader[page] != page:
            leader[page] = leader[leader[page]]
            page = leader[page]
        return page

    pairs = [(link.first, link.second) for link in relations if link.kind in FOLDING]
    pairs += [(said.first, said.second) for said in decisions if said.kind == "merge"]
    for first, second in pairs:
        if first in leader and second in leader:
            leader[find(first)] = find(second)
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for page in sorted(leader):
        parts[find(page)].append(page)
    return sorted(parts.values())


def _links(
    pages: Mapping[str, Sketch],
    relations: Iterable[Relation],
    decisions: Iterable[Decision],
    settings: ReprintSettings,
) -> _Links:
    links = _Links(defaultdict(list), defaultdict(set), defaultdict(set))
    inside = [link for link in relations if link.first in pages and link.second in pages]
    for relation in inside:
        if relation.kind in FOLDING:
            links.folding[relation.first].append(relation)
            links.folding[relation.second].append(relation)
    for first, second in _taken(inside, links.folding):
        links.apart[first].add(second)
        links.apart[second].add(first)
    for said in decisions:
        if said.kind == "split":
            links.split[said.first].add(said.second)
            links.split[said.second].add(said.first)
    for first, second in _series(pages, links.folding, settings):
        links.apart[first].add(second)
        links.apart[second].add(first)
    return links


def _taken(relations: Iterable[Relation], folding: Mapping[str, Sequence[Relation]]) -> Iterator[tuple[str, str]]:
    """Pages that took a passage, each with the page that it took it from: no copy of that is what it was made from.

    Unless it has more in common with a page of which it is a copy.
    """
    for relation in relations:
        reuser = relation.reuser
        if reuser is not None and all(link.shared <= relation.shared for link in folding.get(reuser, ())):
            yield reuser, relation.other(reuser)


def _series(
    pages: Mapping[str, Sketch], folding: Mapping[str, Sequence[Relation]], settings: ReprintSettings
) -> Iterator[tuple[str, str]]:
    """Pairs of pages that others link, and whose slots are filled otherwise: one group may not hold both.

    Of a large part, every page is compared with so many first ones. ``pages`` are in order of time.
    """
    rank = {page: place for place, page in enumerate(pages)}
    known = {page: {link.other(page) for link in links} for page, links in folding.items()}
    pairs = []
    for part in components(folding, (link for links in folding.values() for link in links), ()):
        ordered = sorted(part, key=rank.__getitem__)
        for place, one in enumerate(ordered[: settings.grouping.most_compared]):
            pairs += [(one, other) for other in ordered[place + 1 :] if other not in known[one]]
    if not pairs:
        return
    names = sorted({name for pair in pairs for name in pair})
    number_of = {name: number for number, name in enumerate(names)}
    table = count_slots([pages[name] for name in names])
    judging = settings.judging
    for low in range(0, len(pairs), _PAIRS):
        some = pairs[low : low + _PAIRS]
        first, second = (np.array([number_of[pair[side]] for pair in some]) for side in (0, 1))
        agreeing, conflicting = compare_slots(table, first, second)
        share = conflicting / np.maximum(1, agreeing + conflicting)
        few = (conflicting >= judging.conflicts) & (share >= judging.apart_share)
        many = (conflicting > judging.conflicts) & (share >= judging.conflict_share)
        yield from (some[number] for number in np.flatnonzero(few | many).tolist())


def _group(members: Sequence[str], groups: _Groups) -> Group:
    source, *others = members
    others.sort(key=lambda page: groups.rank[page])
    return Group(tuple(_copy(page, source, groups) for page in (source, *others)))


def _copy(page: str, source: str, groups: _Groups) -> Copy:
    link = groups.parents.get(page)
    if link is None:
        return Copy(page=page, parent=None, kind="source")
    parent = link if isinstance(link, str) else link.other(page)
    published = groups.pages[page].published
    delay = delay_between(groups.pages[parent].published, published)
    after_source = delay if parent == source else delay_between(groups.pages[source].published, published)
    kind: CopyKind = "merged" if isinstance(link, str) else link.kind
    return Copy(page=page, parent=parent, kind=kind, delay=delay, after_source=after_source)


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

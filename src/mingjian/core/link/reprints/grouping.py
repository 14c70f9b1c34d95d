"""Groups of pages that are one text, each page but the first with the page that it was copied from.

A page joins the group of its best parent: an earlier page that holds most of it. It never joins by a chain of
likenesses alone: a group into which some member may not go (a series, a person's ``split``) is closed to it. Pages are
taken in order of time, so the groups are a function of the set of pages, relations and decisions; and one connected
part of the pages does not change another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone

import msgspec

from mingjian.core.link.reprints.settings import GroupingSettings, reprint_settings
from mingjian.core.link.reprints.sketches import Sketch, place_in_time
from mingjian.core.model.reprints import FOLDING, Copy, CopyKind, Decision, Delay, Group, Published, Relation

_CHINA = timezone(timedelta(hours=8))


class _Links(msgspec.Struct, frozen=True):
    """What is known of every page: relations that fold it, pages that it may not be with, by rules and by people."""

    folding: Mapping[str, list[Relation]]
    apart: Mapping[str, set[str]]
    split: Mapping[str, set[str]]


def group_pages(
    sketches: Iterable[Sketch],
    relations: Iterable[Relation],
    decisions: Iterable[Decision] = (),
    settings: GroupingSettings | None = None,
) -> list[Group]:
    """The groups of the pages, sorted by their first source's id: a page that is no copy is a group of its own."""
    settings = settings or reprint_settings().grouping
    decisions = sorted(set(decisions), key=lambda said: (said.first, said.second))
    pages = {sketch.id: sketch for sketch in sketches}
    links = _links(pages, relations, decisions)
    members: dict[str, list[str]] = {}
    root: dict[str, str] = {}
    parents: dict[str, Relation | str] = {}
    for page in sorted(pages.values(), key=place_in_time):
        ranked = _ranked(page, pages, links, settings)
        chosen = next((link for link in ranked if _may_join(page.id, link, root, members, links)), None)
        root[page.id] = page.id if chosen is None else root[chosen.other(page.id)]
        members.setdefault(root[page.id], []).append(page.id)
        if chosen is not None:
            parents[page.id] = chosen
    for said in decisions:
        if said.kind == "merge" and said.first in pages and said.second in pages:
            _merge(root[said.first], root[said.second], pages, (root, members, parents), links)
    return [_group(members[source], pages, parents) for source in sorted(members)]


def _merge(
    first: str,
    second: str,
    pages: Mapping[str, Sketch],
    groups: tuple[dict[str, str], dict[str, list[str]], dict[str, Relation | str]],
    links: _Links,
) -> None:
    """Put two groups together, unless a person wants a page of the one apart from a page of the other."""
    root, members, parents = groups
    kept, joined = sorted((first, second), key=lambda page: place_in_time(pages[page]))
    both = members[kept] + members[joined]
    if kept == joined or any(links.split.get(page, set()).intersection(both) for page in both):
        return
    parents[joined] = kept
    members[kept] = sorted(both, key=lambda page: place_in_time(pages[page]))
    root.update(dict.fromkeys(members.pop(joined), kept))


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


def _links(pages: Mapping[str, Sketch], relations: Iterable[Relation], decisions: Iterable[Decision]) -> _Links:
    links = _Links(defaultdict(list), defaultdict(set), defaultdict(set))
    for relation in relations:
        if relation.first in pages and relation.second in pages:
            for page in (relation.first, relation.second):
                if relation.kind in FOLDING:
                    links.folding[page].append(relation)
                elif relation.kind == "series":
                    links.apart[page].add(relation.other(page))
    for said in decisions:
        if said.kind == "split":
            links.split[said.first].add(said.second)
            links.split[said.second].add(said.first)
    return links


def _ranked(page: Sketch, pages: Mapping[str, Sketch], links: _Links, settings: GroupingSettings) -> list[Relation]:
    """The relations to earlier pages, best first: by how much of the page they hold, and who is named as its source."""
    own = place_in_time(page)
    parents = [(pages[link.other(page.id)], link) for link in links.folding.get(page.id, ())]
    weighed = [
        (-_worth(page, parent, link, settings), place_in_time(parent), link)
        for parent, link in parents
        if place_in_time(parent) < own
    ]
    weighed.sort(key=lambda entry: entry[:2])
    return [link for _, _, link in weighed]


def _worth(page: Sketch, parent: Sketch, link: Relation, settings: GroupingSettings) -> float:
    """How likely the parent is what the page was copied from."""
    worth = link.share_of(page.id) + settings.whole_parent * link.share_of(parent.id)
    named = bool(page.source) and page.source in (parent.publisher, parent.host)
    return worth + settings.named_source * named


def _may_join(
    page: str, link: Relation, root: Mapping[str, str], members: Mapping[str, Sequence[str]], links: _Links
) -> bool:
    """Whether nothing keeps the page from the group of the other."""
    apart = links.apart.get(page, set()) | links.split.get(page, set())
    return not apart or apart.isdisjoint(members[root[link.other(page)]])


def _group(members: Sequence[str], pages: Mapping[str, Sketch], parents: Mapping[str, Relation | str]) -> Group:
    source = pages[members[0]].published
    copies = []
    for member in members:
        link = parents.get(member)
        parent = link if link is None or isinstance(link, str) else link.other(member)
        published = pages[member].published
        copies.append(
            Copy(
                page=member,
                parent=parent,
                kind=_kind(link),
                delay=Delay() if parent is None else delay_between(pages[parent].published, published),
                after_source=Delay() if parent is None else delay_between(source, published),
            )
        )
    return Group(tuple(copies))


def _kind(link: Relation | str | None) -> CopyKind:
    if link is None:
        return "source"
    return "merged" if isinstance(link, str) else link.kind


def delay_between(earlier: Published | None, later: Published | None) -> Delay:
    """Minutes between the two, as well as they are known; negative bounds are no delay."""
    if earlier is None or later is None:
        return Delay()
    (first, last), (begin, end) = _bounds(earlier), _bounds(later)
    least, most = (begin - last) // timedelta(minutes=1), (end - first) // timedelta(minutes=1)
    return Delay(max(0, least), max(0, most))


def _bounds(published: Published) -> tuple[datetime, datetime]:
    """The first and the last minute that the time may mean."""
    moment = datetime.fromisoformat(published.value)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=_CHINA)
    if published.precision == "day":
        return moment, moment + timedelta(hours=23, minutes=59)
    return moment.replace(second=0), moment.replace(second=0)

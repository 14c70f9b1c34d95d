"""Groups of kept pages, written down where they are others than before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from mingjian.core.link.reprints.grouping import group_linked
from mingjian.core.link.reprints.joining import Pairs
from mingjian.core.link.reprints.judging import relate_pairs
from mingjian.core.link.reprints.links import Links, Takings, connected
from mingjian.core.link.reprints.sketches import Sketch, place_in_time
from mingjian.core.model.corpus import Placing
from mingjian.core.model.reprints import Copy, Decision, Group, Relation
from mingjian.core.storing import StoreReader, StoreWriter
from mingjian.corpus.neighbours import FOLDED, SAME_PAGE, TAKEN, TAKEN_FROM_IT, Column, Lists, Rows
from mingjian.corpus.ties import Numbers, Ties


class Placed(msgspec.Struct, frozen=True):
    """What is kept of a page's place among its reprints: how it came into its group, and what ties it to its parent."""

    copy: Copy
    relation: Relation | None = None


class Regrouping(NamedTuple):
    """What groups depend on: ties and lists of neighbours as they are now, and what people decided.

    Of pages that are ``fresh`` the words changed, and so what ties them to others, even where their place is the same.
    """

    ties: Ties
    lists: Lists
    decisions: Sequence[Decision]
    fresh: Numbers


_ENCODE = msgspec.msgpack.Encoder().encode
_PLACED = msgspec.msgpack.Decoder(Placed).decode


def placed_of(placing: Placing) -> Placed:
    """What is kept of a page's place."""
    return _PLACED(placing.content)


def regroup(writer: StoreWriter, asked: Numbers, given: Regrouping) -> None:
    """Group anew the parts that these pages are and were of, and write down what of them changed."""
    partners = _partners(writer, given.decisions)
    members = _hanging_together(writer, asked, given.lists, partners)
    pages = sorted(given.ties.sketches(members).items(), key=lambda each: place_in_time(each[1]))
    numbers = np.array([number for number, _ in pages], np.int64)
    sketches = [sketch for _, sketch in pages]
    links = _links(numbers, sketches, given.lists)
    given.lists.write(writer, dict.fromkeys(sorted(members)) | _parts(numbers, links, partners))
    _place(writer, members, group_linked(sketches, links, given.decisions, given.ties.settings), given)


def _hanging_together(writer: StoreWriter, asked: Numbers, lists: Lists, partners: Mapping[int, Numbers]) -> Numbers:
    """The pages asked for, and all of the parts that these are and were of: no tie leads from them to another page."""
    members: Numbers = set()
    waiting = asked
    while waiting:
        members |= waiting
        rows = lists.rows(waiting)
        tied = rows.other[np.isin(rows.kind, FOLDED)].tolist()
        merged = (other for number in waiting for other in partners.get(number, ()))
        waiting = {*writer.parts(lists.parts(waiting)), *tied, *merged} - members
    return members


def _links(numbers: Column, sketches: Sequence[Sketch], lists: Lists) -> Links:
    """The links between the pages, which are given in order of time."""
    rows = lists.rows(numbers.tolist())
    rows = rows.where(np.isin(rows.other, numbers))
    folded = rows.where(np.isin(rows.kind, FOLDED))
    later, earlier = (_places(numbers, column) for column in (folded.owner, folded.other))
    sizes = np.maximum(1, np.fromiter((sketch.size for sketch in sketches), np.int64, len(sketches)))
    shares = folded.shared / sizes[earlier], folded.shared / sizes[later]
    return Links(earlier, later, folded.shared, *shares, folded.kind == SAME_PAGE, _takings(numbers, rows))


def _takings(numbers: Column, rows: Rows) -> Takings:
    """Which of the pages took a passage of which."""
    taken = rows.where(np.isin(rows.kind, (TAKEN, TAKEN_FROM_IT)))
    ends = _places(numbers, taken.owner), _places(numbers, taken.other)
    by_owner = taken.kind == TAKEN
    return Takings(np.where(by_owner, *ends), np.where(by_owner, *ends[::-1]), taken.shared)


def _places(numbers: Column, wanted: Column) -> Column:
    """Where each of the wanted numbers stands."""
    order = np.argsort(numbers)
    places: Column = order[np.searchsorted(numbers, wanted, sorter=order)]
    return places


def _parts(numbers: Column, links: Links, partners: Mapping[int, Numbers]) -> dict[int, int | None]:
    """For every page the least number of its part, nothing for one that hangs together with no other."""
    merged = [(one, other) for one in numbers.tolist() for other in partners.get(one, ())]
    ends = np.array([pair for pair in merged if np.isin(pair, numbers).all()], np.int64).reshape(-1, 2)
    first, second = (_places(numbers, column) for column in ends.T)
    first, second = np.concatenate((links.earlier, first)), np.concatenate((links.later, second))
    leader = connected(len(numbers), first, second)
    least = numbers.copy()
    np.minimum.at(least, leader, numbers)
    alone = np.bincount(leader, minlength=len(numbers))[leader] == 1
    return {
        number: None if single else part
        for number, part, single in zip(numbers.tolist(), least[leader].tolist(), alone.tolist(), strict=True)
    }


def _place(writer: StoreWriter, members: Numbers, groups: Sequence[Group], given: Regrouping) -> None:
    """Write down the places of the pages that are others than before."""
    sketches = given.ties.sketches(members)
    numbers = {sketch.id: number for number, sketch in sketches.items()}
    before = writer.placings(members)
    placed = {each.number: each for group in groups if len(group.copies) > 1 for each in _placings(group, numbers)}
    for number in sorted(before.keys() - placed.keys()):
        writer.drop_placing(number)
    new = [each for number, each in sorted(placed.items()) if not _stays(before.get(number), each, given.fresh)]
    pairs = [(each.number, each.parent) for each in new if each.parent is not None]
    relations = _relations([(sketches[page], sketches[parent]) for page, parent in pairs], given.ties)
    for each in new:
        relation = None if each.parent is None else relations.get((sketches[each.number].id, sketches[each.parent].id))
        writer.put_placing(
            Placing(
                number=each.number, group=each.group, parent=each.parent, content=_ENCODE(Placed(each.copy, relation))
            )
        )


class _Place(NamedTuple):
    number: int
    group: int
    parent: int | None
    copy: Copy


def _placings(group: Group, numbers: Mapping[str, int]) -> Iterator[_Place]:
    for copy in group.copies:
        parent = None if copy.parent is None else numbers[copy.parent]
        yield _Place(numbers[copy.page], numbers[group.source], parent, copy)


def _stays(before: Placing | None, now: _Place, fresh: Numbers) -> bool:
    """Whether all that is kept of a place is as it was."""
    if before is None or not fresh.isdisjoint((now.number, now.parent)):
        return False
    return (before.group, before.parent) == (now.group, now.parent) and placed_of(before).copy == now.copy


def _relations(pairs: Sequence[tuple[Sketch, Sketch]], ties: Ties) -> dict[tuple[str, str], Relation]:
    """What the two pages of each pair are, by their ids as they stand in the pair, and the other way round."""
    every = {page.id: page for pair in pairs for page in pair}
    place = {page: number for number, page in enumerate(every)}
    first, second = (np.array([place[pair[side].id] for pair in pairs], np.int64) for side in (0, 1))
    shared = [np.intersect1d(one.fingerprints, two.fingerprints, assume_unique=True).size for one, two in pairs]
    found = relate_pairs([*every.values()], Pairs(first, second, np.array(shared, np.int64)), ties.unlimited)
    return {ids: link for link in found for ids in ((link.first, link.second), (link.second, link.first))}


def _partners(reader: StoreReader, decisions: Iterable[Decision]) -> dict[int, Numbers]:
    """For each page that a person put with others, those."""
    partners: dict[int, Numbers] = {}
    for said in decisions:
        if said.kind == "merge":
            pair = {page.number for page_id in (said.first, said.second) for page in reader.find(page_id, 1)}
            for number in pair:
                partners.setdefault(number, set()).update(pair - {number})
    return partners

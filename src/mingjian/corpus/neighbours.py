"""The neighbours of pages: of each the earlier pages that it shares most with, and which of them it is one text with.

They are kept, so that of a thousand copies of one text only that is judged which comes. What a page's neighbours are
depends on the pages that are there alone: a page that comes is asked for its own, and enters the lists of later pages
as far as it is nearer to them than what stands there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.joining import Pairs
from mingjian.core.link.reprints.judging import candidates, judge_pairs
from mingjian.core.link.reprints.sketches import Sketch
from mingjian.core.model.corpus import Neighbours
from mingjian.core.model.reprints import Relation
from mingjian.core.storing import StoreReader, StoreWriter
from mingjian.corpus.ties import Numbers, Shares, Ties

Column = NDArray[np.int64]

NOT_FOLDED, REPRINT, SAME_PAGE, TAKEN, TAKEN_FROM_IT = range(5)
"""What a page is to an earlier one: nothing that matters, a copy, the same page, or one took a passage of the other.

``TAKEN`` is the rule: the later page took it; a roundup without a date may stand before what it strings together.
"""
FOLDED = (REPRINT, SAME_PAGE)
_KINDS = {"reprint": REPRINT, "same_page": SAME_PAGE}
_ENTRY = np.dtype([("other", "<u4"), ("tie", "<u4")])  # a tie is what both share, and in the last bits its kind
_BITS = 3
_NEW = -1


class Rows(NamedTuple):
    """Entries of lists: whose list it is, the other page, how many fingerprints both share, and what they are."""

    owner: Column
    other: Column
    shared: Column
    kind: Column

    def where(self, chosen: NDArray[np.bool_] | Column) -> Rows:
        """Some of the entries."""
        return Rows(*(column[chosen] for column in self))


NOTHING = Rows(*(np.zeros(0, np.int64) for _ in range(4)))
"""No entries."""


class Lists:
    """The lists of neighbours, as they stand in the store and as they have been changed since."""

    def __init__(self, reader: StoreReader) -> None:
        self._reader = reader
        self._kept: dict[int, Neighbours | None] = {}
        self._new: dict[int, bytes] = {}

    def rows(self, owners: Iterable[int]) -> Rows:
        """The entries of the lists of these pages, by owner, the nearest first."""
        numbers = sorted(owners)
        contents = self._contents(numbers)
        entries = np.frombuffer(b"".join(contents), _ENTRY)
        owner = np.repeat(np.array(numbers, np.int64), [len(each) // _ENTRY.itemsize for each in contents])
        tie = entries["tie"].astype(np.int64)
        return Rows(owner, entries["other"].astype(np.int64), tie >> _BITS, tie & ((1 << _BITS) - 1))

    def put(self, owners: Iterable[int], rows: Rows) -> None:
        """Other lists of these pages: all of their entries, the nearest first, in order of their numbers."""
        entries = np.empty(len(rows.owner), _ENTRY)
        entries["other"], entries["tie"] = rows.other, rows.shared << _BITS | rows.kind
        numbers = sorted(owners)
        starts, ends = (np.searchsorted(rows.owner, numbers, side).tolist() for side in ("left", "right"))
        for number, start, end in zip(numbers, starts, ends, strict=True):
            self._new[number] = entries[start:end].tobytes()

    def parts(self, numbers: Iterable[int]) -> Numbers:
        """The parts that these pages were of when they were written last."""
        kept = self._loaded(numbers)
        return {each.part for each in kept.values() if each is not None and each.part is not None}

    def changed(self) -> Numbers:
        """The pages whose lists are others than in the store."""
        kept = self._loaded(self._new)
        return {number for number, content in self._new.items() if content != _content(kept[number])}

    def write(self, writer: StoreWriter, parts: dict[int, int | None]) -> None:
        """Keep the lists of these pages, and their parts, where they are others than before."""
        kept = self._loaded(parts)
        for number, part in sorted(parts.items()):
            content = self._new.get(number, _content(kept[number]))
            new = Neighbours(number=number, part=part, content=content)
            if new != (kept[number] or Neighbours(number=number)):
                writer.put_neighbours(new)

    def _contents(self, numbers: Iterable[int]) -> list[bytes]:
        kept = self._loaded(numbers)
        return [self._new.get(number, _content(each)) for number, each in kept.items()]

    def _loaded(self, numbers: Iterable[int]) -> dict[int, Neighbours | None]:
        asked = list(numbers)
        missing = [number for number in asked if number not in self._kept]
        if missing:
            found = self._reader.neighbours(missing)
            self._kept |= {number: found.get(number) for number in missing}
        return {number: self._kept[number] for number in asked}


def _content(kept: Neighbours | None) -> bytes:
    return b"" if kept is None else kept.content


def holding(ties: Ties, lists: Lists, gone: Numbers) -> Numbers:
    """The pages whose lists hold any of these."""
    rows = lists.rows(ties.candidates(gone))
    return set(rows.owner[_are_of(rows.other, gone)].tolist())


def drop(ties: Ties, lists: Lists, owners: Numbers, gone: Numbers) -> Numbers:
    """Take these pages out of the lists of others, and what no fingerprints lead to any more.

    The pages that are to be asked again, since something else may take the place of what was taken out of their lists.
    """
    rows = lists.rows(owners)
    kept = ~_are_of(rows.other, gone)
    kept[kept] = ties.led(rows.owner[kept], rows.other[kept])
    losers = np.unique(rows.owner[~kept])
    counts = np.bincount(
        np.searchsorted(losers, rows.owner[_are_of(rows.owner, losers.tolist())]), minlength=len(losers)
    )
    full = counts == ties.settings.join.most_earlier
    lists.put(losers[~full].tolist(), rows.where(kept))
    return set(losers[full].tolist())


def _are_of(numbers: Column, some: Iterable[int]) -> NDArray[np.bool_]:
    return np.isin(numbers, np.array([*some], np.int64))


def renew(ties: Ties, lists: Lists, came: Numbers, again: Numbers) -> None:
    """Make the lists of pages that came, and of those to be asked again, and let the former into those of others."""
    asked = came | again
    for shares in ties.shares(asked):
        later = shares.later()
        near, relations = judge_pairs(shares.sketches, shares.pairs(~later), ties.settings)
        kinds = _kinds((shares.sketches[place] for place in near.first.tolist()), relations)
        own = Rows(shares.numbers[near.first], shares.numbers[near.second], near.shared, kinds)
        lists.put(shares.asked, own.where(_nearest_first(ties, own)))
        there = ~_are_of(shares.numbers, asked)[shares.second]
        new = _are_of(shares.numbers, came)[shares.first]
        entering = later & there & new
        if entering.any():
            _enter(ties, lists, shares, candidates(shares.sketches, shares.pairs(entering), ties.settings))


def _enter(ties: Ties, lists: Lists, shares: Shares, pairs: Pairs) -> None:
    """Let the first page of each pair into the list of the second, which is later, where it is near enough."""
    most = ties.settings.join.most_earlier
    rows = Rows(
        shares.numbers[pairs.second], shares.numbers[pairs.first], pairs.shared, np.full(len(pairs.first), _NEW)
    )
    near = np.flatnonzero(_are_near(ties, lists, rows))
    if not len(near):
        return
    rows, pairs = rows.where(near), Pairs(pairs.first[near], pairs.second[near], pairs.shared[near])
    owners = set(rows.owner.tolist())
    before = lists.rows(owners)
    every = Rows(*(np.concatenate(columns) for columns in zip(rows, before, strict=True)))
    order = _nearest_first(ties, every)
    place = np.arange(len(order)) - np.searchsorted(every.owner[order], every.owner[order])
    kept = order[place < most]
    new = np.sort(kept[kept < len(near)])
    judged = Pairs(pairs.first[new], pairs.second[new], pairs.shared[new])
    relations = judge_pairs(shares.sketches, judged, ties.unlimited)[1]
    every.kind[new] = _kinds((shares.sketches[place] for place in judged.second.tolist()), relations)
    lists.put(owners, every.where(kept))


def _are_near(ties: Ties, lists: Lists, rows: Rows) -> NDArray[np.bool_]:
    """Whether each page is nearer to the owner than the last of its list, or the list has room."""
    owners, back = np.unique(rows.owner, return_inverse=True)
    held = lists.rows(owners.tolist())
    ends = np.searchsorted(held.owner, owners, "right")
    counts = ends - np.searchsorted(held.owner, owners)
    near = (counts < ties.settings.join.most_earlier)[back]
    full = np.flatnonzero(~near)
    last = held.where((ends - 1)[back[full]])
    near[full] = rows.shared[full] > last.shared
    even = rows.shared[full] == last.shared
    times = ties.in_time(np.concatenate((rows.other[full[even]], last.other[even])))
    near[full[even]] = times[: len(times) // 2] < times[len(times) // 2 :]
    return near


def _nearest_first(ties: Ties, rows: Rows) -> Column:
    """The order of the rows by owner and nearness: by what is shared, of equal ones the earlier page first."""
    return np.lexsort((ties.in_time(rows.other), -rows.shared, rows.owner))


def _kinds(owners: Iterable[Sketch], relations: Iterable[Relation | None]) -> Column:
    """What each relation of an owner, which is the later page, says of the two."""
    return np.array([_kind(page.id, each) for page, each in zip(owners, relations, strict=True)], np.int64)


def _kind(owner: str, relation: Relation | None) -> int:
    if relation is None:
        return NOT_FOLDED
    if relation.reuser is not None:
        return TAKEN if relation.reuser == owner else TAKEN_FROM_IT
    return _KINDS.get(relation.kind, NOT_FOLDED)

"""Relations of pages as columns: the parts that those which fold make of them, and which pages may not be together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.figures import compare_slots, count_slots
from mingjian.core.link.reprints.joining import Numbers, spread
from mingjian.core.link.reprints.settings import JudgingSettings, ReprintSettings
from mingjian.core.link.reprints.sketches import Sketch
from mingjian.core.model.reprints import FOLDING, Decision, Relation

_ROWS = 1 << 11  # pages whose pairs are compared at once


class Takings(NamedTuple):
    """Pages that took a passage, those that they took it from, and how many fingerprints it has."""

    reuser: Numbers
    source: Numbers
    shared: Numbers


class Links(NamedTuple):
    """Relations of pages, which are named by their places in order of time.

    Of those that fold, a row each: the earlier and the later page, how many fingerprints both share, the share of the
    earlier page that stands in the later one and the other way round, and whether they are the same page.
    """

    earlier: Numbers
    later: Numbers
    shared: Numbers
    of_earlier: NDArray[np.float64]
    of_later: NDArray[np.float64]
    same: NDArray[np.bool_]
    takings: Takings


def links_of(places: Mapping[str, int], relations: Iterable[Relation]) -> Links:
    """Those of the relations that are of two of the pages, of each of which the place in time is given."""
    inside = [link for link in relations if link.first in places and link.second in places]
    takings = [
        (places[link.reuser], places[link.other(link.reuser)], link.shared)
        for link in inside
        if link.reuser is not None
    ]
    rows = [_folded(places, link) for link in inside if link.kind in FOLDING]
    kinds = (np.int64, np.int64, np.int64, np.float64, np.float64, np.bool_)
    earlier, later, shared, of_earlier, of_later, same = _columns(rows, kinds)
    return Links(earlier, later, shared, of_earlier, of_later, same, Takings(*_columns(takings, kinds[:3])))


def _folded(places: Mapping[str, int], link: Relation) -> tuple[int, int, int, float, float, bool]:
    ends = ((places[link.first], link.contained[0]), (places[link.second], link.contained[1]))
    (earlier, of_earlier), (later, of_later) = sorted(ends)
    return earlier, later, link.shared, of_earlier, of_later, link.kind == "same_page"


def _columns(rows: Sequence[tuple[float, ...]], kinds: Sequence[type]) -> Iterator[NDArray[Any]]:
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return (np.array(column, kind) for column, kind in zip(columns, kinds, strict=True))


def connected(count: int, first: Numbers, second: Numbers) -> Numbers:
    """For each of so many pages the least page of those that hang together with it by these pairs."""
    least = np.arange(count)
    while True:
        ends = least[first], least[second]
        lower = np.minimum(*ends)
        before = least.copy()
        for end in ends:
            np.minimum.at(least, end, lower)
        least = least[least]
        if np.array_equal(least, before):
            return least


def components(pages: Iterable[str], relations: Iterable[Relation], decisions: Iterable[Decision]) -> list[list[str]]:
    """The connected parts of the pages, each sorted: what one page changes, it changes in its own part alone."""
    names = sorted(pages)
    places = {page: place for place, page in enumerate(names)}
    links = links_of(places, relations)
    merged = [
        (places[said.first], places[said.second])
        for said in decisions
        if said.kind == "merge" and said.first in places and said.second in places
    ]
    pairs = np.concatenate((np.stack((links.earlier, links.later), 1), np.array(merged, np.int64).reshape(-1, 2)))
    parts: dict[int, list[str]] = {}
    for page, least in zip(names, connected(len(names), pairs[:, 0], pairs[:, 1]).tolist(), strict=True):
        parts.setdefault(least, []).append(page)
    return list(parts.values())


def taking_pairs(count: int, links: Links) -> Iterator[tuple[int, int]]:
    """Of so many pages those that took a passage, and whom from: no copy of that is what they were made from.

    Unless they have more in common with a page of which they are a copy, or which is one of them.
    """
    most = np.zeros(count, np.int64)
    for ends in (links.earlier, links.later):
        np.maximum.at(most, ends, links.shared)
    reuser, source, shared = links.takings
    alone = shared >= most[reuser]
    yield from zip(reuser[alone].tolist(), source[alone].tolist(), strict=True)


def conflicting_pairs(pages: Sequence[Sketch], links: Links, settings: ReprintSettings) -> Iterator[tuple[int, int]]:
    """Pairs of pages that others link, and whose slots are filled otherwise: one group may not hold both.

    Of a large part, every page is compared with so many first ones. ``pages`` are in order of time.
    """
    parts = connected(len(pages), links.earlier, links.later)
    order = np.argsort(parts, kind="stable")
    begins = np.searchsorted(parts[order], parts[order])
    place = np.arange(len(order)) - begins
    counts = np.minimum(place, settings.grouping.most_compared)
    is_first = np.empty(len(order), np.bool_)
    is_first[order] = place < settings.grouping.most_compared
    known = np.sort((links.earlier * len(pages) + links.later)[is_first[links.earlier]])
    forms, alike = _forms(pages, np.concatenate((links.earlier, links.later)))
    for low in range(0, len(order), _ROWS):
        row, place = spread(begins[low : low + _ROWS], counts[low : low + _ROWS])
        first, second = order[place], order[low + row]
        pair = first * len(pages) + second
        new = np.searchsorted(known, pair, "right") == np.searchsorted(known, pair)
        first, second = first[new], second[new]
        apart = _are_apart(forms, alike[first], alike[second], settings.judging)
        yield from zip(first[apart].tolist(), second[apart].tolist(), strict=True)


def _forms(pages: Sequence[Sketch], linked: Numbers) -> tuple[list[Sketch], Numbers]:
    """One page of each kind of slots, and for every linked page which kind it is: copies mostly have the very same."""
    is_linked = np.zeros(len(pages), np.bool_)
    is_linked[linked] = True
    kinds: dict[tuple[bytes, bytes], int] = {}
    forms: list[Sketch] = []
    alike = np.zeros(len(pages), np.int64)
    for place in np.flatnonzero(is_linked).tolist():
        page = pages[place]
        alike[place] = kind = kinds.setdefault((page.keys, page.values), len(kinds))
        if kind == len(forms):
            forms.append(page)
    return forms, alike


def _are_apart(
    forms: Sequence[Sketch], first: Numbers, second: Numbers, settings: JudgingSettings
) -> NDArray[np.bool_]:
    """Whether the slots of each pair are filled otherwise, more than errors of copying would explain."""
    pairs, back = np.unique(first * len(forms) + second, return_inverse=True)
    if not len(pairs):
        return np.zeros(0, np.bool_)
    agreeing, conflicting = compare_slots(count_slots(forms), pairs // len(forms), pairs % len(forms))
    share = conflicting / np.maximum(1, agreeing + conflicting)
    few = (conflicting >= settings.conflicts) & (share >= settings.apart_share)
    many = (conflicting > settings.conflicts) & (share >= settings.conflict_share)
    found: NDArray[np.bool_] = (few | many)[back]
    return found

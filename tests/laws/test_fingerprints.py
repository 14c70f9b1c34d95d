"""The law of the index of fingerprints: whatever was done in whatever order, it answers as a plain dict does."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

import msgspec
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mingjian.core.link.reprints.joining import join
from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.store.fingerprints import Demand, FingerprintReader, FingerprintWriter, Postings, segments, tiers
from mingjian.store.fingerprints import postings as questions

SCHEME = "some 8-grams"
# Spread over all heads, many of one head, and both ends.
HASHES = [
    0,
    1,
    2,
    3,
    0x10000,
    0x10001,
    0x80000000,
    0x80000001,
    0xFFFF0000,
    0xFFFFFFFF,
    *range(77, 0xFFFFFFFF, 0x5000001),
]
Model = dict[int, frozenset[int]]

fingerprints = st.lists(st.sampled_from(HASHES), max_size=24)
numbers = st.integers(1, 40)
added = st.tuples(st.just("add"), st.dictionaries(numbers, fingerprints, max_size=8))
removed = st.tuples(st.just("remove"), st.lists(numbers, max_size=8))
others = st.tuples(st.sampled_from(["commit", "reopen", "crash"]), st.none())
works = st.lists(st.one_of(added, added, removed, others), max_size=24)
demands = st.builds(
    Demand,
    at_least=st.integers(1, 3),
    most=st.none() | st.integers(1, 6),
    shared=st.integers(1, 4),
    share=st.sampled_from([0.0, 0.12, 0.5]),
)


@pytest.fixture(params=["as it is", "all limits small"])
def limits(request: pytest.FixtureRequest) -> Iterator[None]:
    """All branches for large indexes are taken by small ones too."""
    if request.param == "as it is":
        yield
        return
    small = [(segments, "_SHORT_TAILS_FROM", 32), (segments, "_CHUNK", 16), (segments, "_CROWDED", 2)]
    small += [(segments, "_NARROW", 3)]
    small += [(tiers, "_SMALL", 2), (questions, "_AT_ONCE", 4)]
    patches = [mock.patch.object(module, name, value) for module, name, value in small]
    for patch in patches:
        patch.start()
    yield
    mock.patch.stopall()


def as_array(hashes: Sequence[int] | frozenset[int]) -> segments.Numbers:
    return np.array(list(hashes), np.uint32)


def pairs_of(model: Model, asked: list[list[int]], demand: Demand) -> list[tuple[int, int, int]]:
    """What a plain loop finds."""
    frequencies = Counter(each for hashes in model.values() for each in hashes)
    rare = {each for each in HASHES if demand.most is None or frequencies[each] <= demand.most}
    return [
        (row, number, len(both))
        for row, hashes in enumerate(asked)
        for number in sorted(model)
        if (both := set(hashes) & model[number])
        and len(both & rare) >= demand.at_least
        and len(both) >= demand.shared
        and len(both) / min(len(set(hashes)), len(model[number])) >= demand.share
    ]


def assert_answers(postings: Postings, model: Model, asked: list[list[int]], demand: Demand) -> None:
    frequencies = Counter(each for hashes in model.values() for each in hashes)
    assert postings.pages == len(model)
    assert postings.has(range(42)).tolist() == [number in model for number in range(42)]
    assert postings.sizes(range(42)).tolist() == [len(model.get(number, ())) for number in range(42)]
    assert postings.frequencies(as_array(HASHES)).tolist() == [frequencies[each] for each in HASHES]
    capped = postings.frequencies(as_array(HASHES), up_to=3).tolist()
    assert [min(each, 4) for each in capped] == [min(frequencies[each], 4) for each in HASHES]
    for each in (Demand(), demand):
        expected = pairs_of(model, asked, each)
        found = postings.join([as_array(hashes) for hashes in asked], each)
        assert list(zip(*(part.tolist() for part in (found.rows, found.pages, found.shared)), strict=True)) == expected
        for hashes in asked[:1]:
            numbers, counts = postings.candidates(as_array(hashes), each)
            of_first = [(number, shared) for row, number, shared in expected if row == 0]
            assert list(zip(numbers.tolist(), counts.tolist(), strict=True)) == of_first


def do(work: str, given: object, index: FingerprintWriter, model: Model) -> None:
    """One step of work, done in both."""
    if work == "add":
        assert isinstance(given, dict)
        index.add(list(given), [as_array(hashes) for hashes in given.values()])
        model |= {number: frozenset(hashes) for number, hashes in given.items()}
    if work == "remove":
        assert isinstance(given, list)
        index.remove(given)
        for number in given:
            model.pop(number, None)


@settings(max_examples=80, deadline=None)
@given(done=works, asked=st.lists(fingerprints, max_size=5), demand=demands)
def run_laws(done: list[tuple[str, object]], asked: list[list[int]], demand: Demand) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index, model, kept, position = FingerprintWriter(folder, SCHEME), dict[int, frozenset[int]](), Model(), 0
        for work, given_ in done:
            do(work, given_, index, model)
            if work in ("commit", "reopen"):
                position += 1
                index.commit(position)
                kept = dict(model)
            if work in ("reopen", "crash"):
                index.close()
                index, model = FingerprintWriter(folder, SCHEME), dict(kept)
        assert_answers(index.postings, model, asked, demand)
        reader = FingerprintReader(folder, SCHEME)
        assert reader.position == index.position == position
        assert_answers(reader.postings, kept, asked, demand)
        assert list(reader.check()) == []
        index.close()


@pytest.mark.usefixtures("limits")
def test_any_work_equals_a_dict() -> None:
    run_laws()


@pytest.mark.usefixtures("limits")
def test_the_index_joins_as_the_core_does_in_memory() -> None:
    run_joins()


@settings(max_examples=60, deadline=None)
@given(
    batches=st.lists(st.lists(fingerprints, max_size=8), min_size=1, max_size=4),
    most=st.integers(1, 6),
    least=st.integers(1, 3),
)
def run_joins(batches: list[list[list[int]]], most: int, least: int) -> None:
    pages = [as_array(sorted(set(hashes))) for batch in batches for hashes in batch]
    expected = join(
        np.repeat(np.arange(len(pages)), [len(hashes) for hashes in pages]),
        np.concatenate([as_array([]), *pages]),
        msgspec.structs.replace(reprint_settings().join, most_pages=most, least_shared=least),
    )
    with tempfile.TemporaryDirectory() as name, FingerprintWriter(Path(name), SCHEME) as index:
        added = 0
        for batch in batches:
            index.add(range(added, added + len(batch)), pages[added : added + len(batch)])
            index.commit(added := added + len(batch))
        found = index.postings.join(pages, Demand(at_least=least, most=most))
    later = found.pages > found.rows
    columns = (found.rows[later], found.pages[later], found.shared[later])
    assert [column.tolist() for column in columns] == [
        column.tolist() for column in (expected.first, expected.second, expected.shared)
    ]


@pytest.mark.usefixtures("limits")
def test_pairs_kept_up_to_date_are_those_of_a_batch() -> None:
    run_updates()


def at_the_limit(postings: Postings, hashes: NDArray[np.uint32], counts: range) -> NDArray[np.uint32]:
    """The pages that have one of those of the fingerprints that so many pages have: it was, or is, too frequent."""
    found = postings.frequencies(hashes, up_to=counts.stop)
    return np.unique(postings.holders(hashes[(found >= counts.start) & (found < counts.stop)]).pages)


@settings(max_examples=200, deadline=None)
@given(
    steps=st.lists(st.sets(st.integers(0, 7), min_size=2, max_size=5), min_size=3, max_size=8),
    pool=st.lists(st.sets(st.sampled_from(HASHES[4:7]), min_size=1).map(sorted), min_size=8, max_size=8),
    demand=st.builds(Demand, at_least=st.integers(1, 2), most=st.integers(1, 4)),
)
@example(steps=[{0, 1}, {2, 3}], pool=[[HASHES[4]]] * 8, demand=Demand(at_least=1, most=2))  # two steps at once
def run_updates(steps: list[set[int]], pool: list[list[int]], demand: Demand) -> None:
    """Each step adds some pages of the pool, and takes those out again that are there."""
    most, kept, pairs = demand.most or 0, set[int](), dict[tuple[int, int], int]()
    with tempfile.TemporaryDirectory() as name, FingerprintWriter(Path(name), SCHEME) as index:
        for numbers in steps:
            gone, come = sorted(numbers & kept), sorted(numbers - kept)
            index.remove(gone)
            again = at_the_limit(index.postings, hashes_of(gone, pool), range(most - len(gone) + 1, most + 1)).tolist()
            index.add(come, [as_array(pool[number]) for number in come])
            limit = range(most + 1, most + len(come) + 1)
            again += at_the_limit(index.postings, hashes_of(come, pool), limit).tolist()
            kept ^= numbers
            asked = numbers.union(again)
            pairs = {pair: shared for pair, shared in pairs.items() if not asked.intersection(pair)}
            for page in asked & kept:
                found = index.postings.candidates(as_array(pool[page]), demand)
                pairs |= {
                    (min(page, other), max(page, other)): shared
                    for other, shared in zip(found[0].tolist(), found[1].tolist(), strict=True)
                    if other != page
                }
    model = {number: frozenset(pool[number]) for number in kept}
    there = sorted(kept)
    batch = pairs_of(model, [pool[number] for number in there], demand)
    assert pairs == {(there[row], page): shared for row, page, shared in batch if there[row] < page}


def hashes_of(numbers: list[int], pool: list[list[int]]) -> segments.Numbers:
    return np.unique(np.concatenate([as_array([]), *(as_array(pool[number]) for number in numbers)]))

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjian.core.link.reprints import joining
from mingjian.core.link.reprints.settings import JoinSettings

pages = st.lists(st.frozensets(st.integers(0, 20), max_size=9), max_size=12)


def expected(held: list[frozenset[int]], settings: JoinSettings) -> dict[tuple[int, int], int]:
    often = {one for one in range(21) if sum(one in some for some in held) > settings.most_pages}
    pairs = combinations(range(len(held)), 2)
    return {
        (one, two): len(held[one] & held[two])
        for one, two in pairs
        if len(held[one] & held[two] - often) >= settings.least_shared
    }


@pytest.mark.parametrize("portion", [1, 5, 1 << 22])
@given(pages, st.integers(1, 3), st.integers(2, 9))
def test_join_counts_what_sets_count(
    portion: int, held: list[frozenset[int]], least_shared: int, most_pages: int
) -> None:
    settings = JoinSettings(most_pages, least_shared, most_earlier=64)
    numbers = np.array([number for number, some in enumerate(held) for _ in some], np.int64)
    hashes = np.array([one * 2**27 for some in held for one in some], np.uint32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joining, "_PORTION", portion)
        found = joining.join(numbers, hashes, settings)
    pairs = zip(found.first.tolist(), found.second.tolist(), strict=True)
    counts = dict(zip(pairs, found.shared.tolist(), strict=True))
    assert counts == expected(held, settings)
    assert list(counts) == sorted(counts)

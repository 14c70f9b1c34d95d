from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.core.link.reprints.articles import PARAGRAPHS, sketch

from mingjian.core.link.reprints.links import conflicting_pairs, connected, links_of
from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.model.reprints import Relation

PLACES = st.integers(0, 11)


@given(st.lists(st.tuples(PLACES, PLACES)))
def test_pages_hang_together_with_what_a_walk_reaches(pairs: list[tuple[int, int]]) -> None:
    reached = {page: {page} for page in range(12)}
    for first, second in pairs:
        both = reached[first] | reached[second]
        reached |= dict.fromkeys(both, both)
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    assert connected(12, ends[:, 0], ends[:, 1]).tolist() == [min(reached[page]) for page in range(12)]


def test_a_long_chain_hangs_together() -> None:
    chain = np.random.default_rng(1).permutation(5_000)
    assert not connected(5_000, chain[:-1], chain[1:]).any()


def relation(first: str, second: str) -> Relation:
    return Relation(first=first, second=second, kind="reprint", reason="whole-text", shared=9, contained=(0.9, 0.8))


def test_pages_of_one_part_with_other_numbers_are_apart_unless_they_are_linked() -> None:
    changed = tuple(text.replace("2.5", "3.1").replace("30%", "25%").replace("412", "377") for text in PARAGRAPHS)
    pages = [sketch("a"), sketch("b", PARAGRAPHS[3:]), sketch("c", changed), sketch("d", changed), sketch("e")]
    places = {page.id: place for place, page in enumerate(pages)}
    links = links_of(places, [relation("a", "b"), relation("b", "c"), relation("c", "d"), relation("d", "x")])
    assert set(conflicting_pairs(pages, links, reprint_settings())) == {(0, 2), (0, 3)}
    links = links_of(places, [relation("a", "b"), relation("b", "c"), relation("c", "d"), relation("a", "c")])
    assert set(conflicting_pairs(pages, links, reprint_settings())) == {(0, 3)}
    assert not [*conflicting_pairs([], links_of({}, []), reprint_settings())]

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.core.link.reprints.articles import PARAGRAPHS, sketch

from mingjian.core.link.reprints.links import conflicting_pairs, connected, links_of, taking_pairs
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


def test_a_page_is_apart_from_what_it_took_a_passage_of_unless_it_shares_more_with_a_copy() -> None:
    def taken(first: str, second: str, shared: int) -> Relation:
        return Relation(
            first=first,
            second=second,
            kind="partial_reuse",
            reason="quotation",
            shared=shared,
            contained=(0.2, 0.6),
            reuser=second,
        )

    places = {name: place for place, name in enumerate("abcd")}
    relations = [relation("b", "c"), taken("a", "d", 4), taken("a", "c", 8), taken("a", "b", 9), taken("a", "x", 30)]
    assert [*taking_pairs(4, links_of(places, relations))] == [(3, 0), (1, 0)]
    assert not [*taking_pairs(4, links_of(places, relations[:1]))]

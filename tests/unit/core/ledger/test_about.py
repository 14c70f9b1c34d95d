"""What a mention is about stands within its own words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingjian.core.link.things.about import _stands

PLACES = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda each: (each[0], each[0] + each[1])), max_size=12
)


@given(PLACES.map(sorted), st.integers(0, 40), st.integers(1, 30))
def test_a_place_within_the_words_is_found_among_those_in_order(
    places: list[tuple[int, int]], first: int, length: int
) -> None:
    words = (first, first + length)
    assert _stands(places, words) == any(words[0] <= start and end <= words[1] for start, end in places)

"""Looking for many words at once gives what looking for each gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingjian.core.model.article import BodyBlock
from mingjian.core.text import places


@given(st.text("甲乙丙𠮷", max_size=60), st.lists(st.text("甲乙丙𠮷", min_size=1, max_size=3), min_size=1, unique=True))
def test_many_words_are_found_as_each_is(text: str, words: list[str]) -> None:
    middle = len(text) // 2
    body = [BodyBlock(low, high, "paragraph") for low, high in ((0, middle), (middle, len(text))) if low < high]
    padding = [f"丁{number}" for number in range(places._MANY)]
    found = places.find_many(text, body, [*words, *padding])
    assert {each: found[each] for each in words} == {each: list(places.find_words(text, body, each)) for each in words}

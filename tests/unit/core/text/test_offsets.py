"""Offsets: what is left out between two characters belongs to neither."""

from __future__ import annotations

from mingjian.core.text.offsets import Edit, apply, pair_to_page


def test_what_is_left_out_lies_outside_of_the_words_at_either_side() -> None:
    text, offsets = apply("甲\u200b乙", [Edit(1, 2)])
    assert text == "甲乙"
    assert [pair_to_page([offsets], pair) for pair in ((0, 1), (1, 2), (0, 2))] == [(0, 1), (2, 3), (0, 3)]
    assert [offsets.from_page(place) for place in range(4)] == [0, 1, 1, 2]


def test_what_is_shown_as_one_character_is_cited_whole() -> None:
    text, offsets = apply("a&ldquo;b聯(lián)\u200b通", [Edit(1, 8, "“"), Edit(9, 16, "聯"), Edit(16, 17)])
    assert text == "a“b聯通"
    pairs = [pair_to_page([offsets], (place, place + 1)) for place in range(5)]
    assert pairs == [(0, 1), (1, 8), (8, 9), (9, 16), (17, 18)]


def test_maps_follow_one_another() -> None:
    once, inner = apply("甲\u200b\n乙", [Edit(1, 2)])
    twice, outer = apply(once, [Edit(1, 2)])
    assert twice == "甲乙"
    assert pair_to_page([outer, inner], (0, 1)) == (0, 1)
    assert pair_to_page([outer, inner], (1, 2)) == (3, 4)


def test_without_edits_nothing_moves() -> None:
    text, offsets = apply("甲乙", [])
    assert (text, offsets.to_page(1), offsets.end_to_page(2), offsets.from_page(1)) == ("甲乙", 1, 2, 1)

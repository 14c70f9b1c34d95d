from __future__ import annotations

from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.name_shapes import NameShapes, name_shapes


def shapes() -> NameShapes:
    book = bundled_rulebook()
    return name_shapes(*(book.lexicon(name) for name in book.tables["people"]["shapes"]))


def test_a_chinese_name_may_end_after_one_or_two_characters() -> None:
    ends = dict(shapes().native_ends("刘志伟说", 0))
    assert sorted(ends) == [2, 3]
    assert ends[3] > ends[2]


def test_a_compound_surname_counts_as_one() -> None:
    assert [end for end, _ in shapes().native_ends("欧阳正明说", 0)] == [3, 4]


def test_a_japanese_surname_takes_up_to_three_characters_and_may_be_a_whole_chinese_name() -> None:
    assert [end for end, _ in shapes().native_ends("桑田诚一郎说", 0)] == [2, 3, 4, 5]
    assert shapes().surname_length("早乙女澪", 0) == 3


def test_a_rare_surname_weighs_less_than_a_common_one() -> None:
    (rare, *_), (common, *_) = shapes().native_ends("竹明", 0), shapes().native_ends("刘明", 0)
    assert rare[1] < 0 < common[1]


def test_what_begins_with_no_surname_is_no_name() -> None:
    assert list(shapes().native_ends("的确如此", 0)) == []


def test_words_are_told_by_their_frequency() -> None:
    assert shapes().word_at("高度评价", 0) == "common"
    assert shapes().word_at("陆文彬说", 0) == ""
    assert shapes().begins_common("高度评价", 0)


def test_foreign_sounds_run_to_the_first_other_character() -> None:
    assert max(end for end, _ in shapes().foreign_run("贝克尔上周", 0, 7)) == 3

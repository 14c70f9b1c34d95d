from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjian.core.rulebook import bundled_file
from mingjian.core.text.folding import fold

# Traditional, full-width, wide spaces, astral, lone surrogates: what a page of any kind may hold.
FOLDABLE = "繁體資訊２０％ＡＩ＋－．／　\u00a0﹒⼈\ud800"
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from(FOLDABLE), st.characters(categories=["Cs"])))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("２０２４年　ＡＩ＋：５．６％", "2024年 AI+：5.6%"),
        ("繁體中文資訊", "繁体中文资讯"),
        ("，：；（）！？“”", "，：；（）！？“”"),
        ("a\ud800b", "a\ufffdb"),
        ("𠮷野家１", "𠮷野家1"),
        ("⼈工智能", "人工智能"),
        ("3﹒5−1", "3.5-1"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["plain ASCII, 3%", "印发《方案》，共3条。"])
def test_a_text_that_needs_no_folding_comes_back_itself(text: str) -> None:
    assert fold(text) is text


def test_many_and_few_foldable_characters_are_folded_alike() -> None:
    rows = [line.split("\t") for line in bundled_file("folding.tsv").split("\n") if line and not line.startswith("#")]
    assert fold("".join(row[0] for row in rows)) == "".join(row[1] for row in rows)
    assert all(fold(source) == target for source, target, _ in rows)


@given(ANY_TEXT)
def test_length_is_kept_and_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert not any("\ud800" <= character <= "\udfff" for character in folded)


@given(ANY_TEXT, ANY_TEXT)
def test_each_character_is_folded_by_itself(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)

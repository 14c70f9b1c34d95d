"""A run without end marks is cut at its commas, and every character stays in one sentence."""

from __future__ import annotations

import pytest

from mingjian.core.model.article import BodyBlock
from mingjian.core.text.sentences import split_sentences


@pytest.mark.parametrize("text", ["甲乙丙，" * 2000, "甲乙丙、" * 2000, "甲乙丙" * 2000, "甲。" * 2000])
def test_sentences_cover_the_block_in_order(text: str) -> None:
    sentences = split_sentences(text, [BodyBlock(0, len(text), "paragraph")])
    assert "".join(text[sentence.start : sentence.end] for sentence in sentences) == text
    if "，" in text or "、" in text:
        assert max(sentence.end - sentence.start for sentence in sentences) < 1300


@pytest.mark.parametrize("mark", ["", " ", "，"])
def test_a_run_without_marks_is_no_endless_sentence(mark: str) -> None:
    text = ("甲乙丙" * 600 + mark) * 20
    sentences = split_sentences(text, [BodyBlock(0, len(text), "paragraph")])
    assert max(sentence.end - sentence.start for sentence in sentences) <= 2400


def test_tags_that_stand_in_the_text_end_sentences_and_belong_to_none() -> None:
    text = '<p><strong>岚讯网消息：</strong>甲方发布。</p><p><a href="/x">乙</a>说，a<b且c>d</p><p>丙</p>'
    found = split_sentences(text, [BodyBlock(0, len(text), "paragraph")])
    assert [text[each.start : each.end] for each in found] == [
        "岚讯网消息：</strong>甲方发布。",
        "乙</a>说，a<b且c>d",
        "丙",
    ]

"""Quotations of engines: found exactly, else but for their form, else not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.pages import texts

from mingjian.core.model.outcome import Missing
from mingjian.core.model.span import Span
from mingjian.core.pipeline.align import align

TEXT = "岚州市 发布了《办法》，\n“智能\u200b工厂”（甲類）共２０個。"


@pytest.mark.parametrize(
    ("quotation", "words"),
    [
        ("岚州市 发布", "岚州市 发布"),
        ("岚州市发布了", "岚州市 发布了"),
        ('办法》,“智能工厂"', "办法》，\n“智能\u200b工厂”"),
        ("(甲类)共20个.", "（甲類）共２０個。"),
        ("  发布了 ", "发布了"),
    ],
)
def test_what_stands_in_the_text_is_found(quotation: str, words: str) -> None:
    found = align(quotation, TEXT)
    assert isinstance(found, Span)
    assert found.text == words == TEXT[found.start : found.end]


@pytest.mark.parametrize("quotation", ["", " ", "岚州省", "发布办法", TEXT + "。"])
def test_what_does_not_is_missing(quotation: str) -> None:
    assert align(quotation, TEXT) == Missing("unaligned")


@given(texts, st.data())
def test_every_stretch_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = align(text[start:end], text)
    if text[start:end].strip():
        assert isinstance(found, Span)
        assert found.text == text[start:end].strip()
    else:
        assert isinstance(found, Missing)

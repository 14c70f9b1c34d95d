"""Relocate: what the normal form leaves out changes no offset of the record, and damaged words tell nothing."""

from __future__ import annotations

import pytest

from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.page import Box, Container, Page
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.relocate import shorten
from mingjian.core.pipeline.verify import spans_of, verify
from mingjian.core.text.normal import normalise
from mingjian.read.html import html_page
from mingjian.read.plain import text_page

TEXT = (
    "2025年3月1日，岚（lán）州市人民政府印发《岚（lán）州市人工智能行动计划》。"
    "到2027年，全市算力规模超过20EFLOPS。岚（lán）州市科技局局长周岚表示，将开放200个应用场景。"
)


def test_every_span_holds_the_words_of_the_page_as_it_is() -> None:
    page = text_page("page.txt", TEXT.encode())
    assert normalise(page).maps
    record = extract(page)
    spans = [span for _, span in spans_of(record)]
    assert len(spans) > 5
    assert all(TEXT[start:end] == span.text for span in spans for start, end in (span.pair, *span.also))
    assert record.page.n_chars == len(TEXT)
    assert [(one.kind, one.count) for one in record.damage] == [("reading", 3)]
    verify(record, page)


def test_blocks_and_mentions_stand_where_the_page_has_them() -> None:
    page = text_page("page.txt", TEXT.encode())
    record = extract(page)
    assert [TEXT[block.start : block.end] for block in record.body] == [TEXT]
    (policy,) = record.policies
    assert all("岚（lán）州市人工智能行动计划" in TEXT[start:end] for start, end in policy.mentions)


def test_what_the_reader_said_of_places_moves_along() -> None:
    page = Page(
        doc_id="page", content=b"", media_type="text/plain", encoding="utf-8", text="甲\u200b乙",
        containers=(Container(0, 3, "div"), Container(2, 3, "p", "", 0)), boxes=(Box(2, 3, 1, 0, 0, 1, 1),),
    )  # fmt: skip
    short = shorten(page, normalise(page))
    places = [(one.start, one.end) for one in short.containers] + [(one.start, one.end) for one in short.boxes]
    assert places == [(0, 2), (1, 2), (1, 2)]


def test_names_beside_lost_characters_may_be_cut_and_are_not_told() -> None:
    told = "2025年3月1日，{}岚山智算科技股份有限公司与岚州大学签署合作协议，共建人工智能实验室。"
    whole = extract(text_page("page.txt", told.format("").encode()))
    cut = extract(text_page("page.txt", told.format("\ufffd").encode()))
    assert "岚山智算科技股份有限公司" in [one.name for one in whole.organisations]
    assert not any("岚山智算" in one.name for one in cut.organisations)


def test_a_title_of_lost_characters_is_missing() -> None:
    words = "岚州市人民政府印发《岚州市人工智能行动计划》，到2027年，全市算力规模超过20EFLOPS。"
    for title in ("锟斤拷锟斤拷锟斤拷锟斤拷", "\ufffd" * 12):
        page = html_page("page.html", f"<h1>{title}</h1><p>{words}</p><p>{words}</p>".encode())
        record = extract(page)
        verify(record, page)
        assert not (isinstance(record.title, Cited) and record.title.value == title)
        assert isinstance(record.title, Missing)


@pytest.mark.parametrize("text", ["\u2060" * 9, "\u2060\n\u2060", "&nbsp;", "\ue001", "\ufffd", "\n\u200b甲\u200b\n"])
def test_pages_of_little_else_than_damage_have_a_record(text: str) -> None:
    page = Page(doc_id="page", content=text.encode(), media_type="text/plain", encoding="utf-8", text=text)
    verify(extract(page), page)

from __future__ import annotations

import pytest
from tests.unit.core.link.reprints.articles import OTHER, PARAGRAPHS

from mingjian.core.link.reprints.bodies import body_of, compared_spans, quoting_places
from mingjian.core.model.article import BodyBlock, DroppedBlock
from mingjian.core.model.reprints import Published
from mingjian.core.pipeline.extract import extract
from mingjian.read.plain import text_page


def compared(*blocks: str, dropped: tuple[str, ...] = ()) -> list[str]:
    text = "\n".join((*blocks, *dropped))
    places: list[tuple[int, int]] = []
    for block in (*blocks, *dropped):
        start = places[-1][1] + 1 if places else 0
        places.append((start, start + len(block)))
    body = [BodyBlock(*place, "paragraph") for place in places[: len(blocks)]]
    boilerplate = [DroppedBlock(*place, "other") for place in places[len(blocks) :]]
    return [text[start:end] for start, end in compared_spans(text, body, boilerplate)]


def test_a_body_is_compared_as_it_is() -> None:
    assert compared(*PARAGRAPHS, dropped=OTHER) == [*PARAGRAPHS]


@pytest.mark.parametrize(
    "words",
    [
        "凡本网注明“来源：某网”的稿件，都是从别处转来的，登出只为让读者多知道一些，文中说法由原作者负责。",
        "（責任編輯：周岚）",
        "郑重声明：本站刊发此文只是出于传递信息之目的。",
    ],
)
def test_words_of_the_site_are_left_out(words: str) -> None:
    assert compared(*PARAGRAPHS, words) == [*PARAGRAPHS]


def test_quoted_law_is_left_out_even_over_several_paragraphs() -> None:
    law = (
        "《甲市算力条例》第四十六条规定：使用公共算力的单位有下列情形之一的，由主管部门责令限期改正；逾期不改正的予以公告：",
        "（一）提供虚假材料的；（二）转让算力券的；（三）拒绝接受检查的。",
    )
    assert compared(PARAGRAPHS[0], *law, PARAGRAPHS[1]) == [PARAGRAPHS[0], PARAGRAPHS[1]]


def test_code_is_left_out() -> None:
    code = ".tip{display:block;color:red;margin:0}"
    assert compared(PARAGRAPHS[0] + code + PARAGRAPHS[1]) == [PARAGRAPHS[0], PARAGRAPHS[1]]


def test_long_lines_stand_in_for_a_body_that_is_none() -> None:
    assert compared("1 甲市发布细则", "2 乙县春管正当时", dropped=(PARAGRAPHS[0], "首页 要闻")) == [PARAGRAPHS[0]]
    assert compared("甲市发布细则", dropped=("首页 要闻",)) == ["甲市发布细则"]


def test_places_behind_what_announces_a_quotation() -> None:
    text = "据某报此前报道，细则将出台。背景連結：去年有细则。"
    assert [text[:place] for place in quoting_places(text)] == ["据某报此前报道，"]
    assert quoting_places("背景链接：去年有细则。") == (5,)


def test_the_body_of_a_record() -> None:
    text = "\n".join(("甲市发布算力券实施细则", "2025-03-12 09:30  来源：甲市日报", *PARAGRAPHS))
    record = extract(text_page("a", text.encode(), path="a.txt"))
    found = body_of("page-1", record, text)
    assert (found.id, found.title, found.source) == ("page-1", "甲市发布算力券实施细则", "甲市日报")
    assert found.published == Published("2025-03-12T09:30:00+08:00", "minute")
    assert "".join(PARAGRAPHS) == found.text.replace("\x1d", "")

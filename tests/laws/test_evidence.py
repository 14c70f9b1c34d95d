"""The law of evidence on odd pages: every value stands at its span, and the record survives the wire."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contract.fake_engines import FixedNames
from tests.laws.pages import html_pages, page_of, texts

from mingjian.core.model.page import Page
from mingjian.core.model.wire import decode_record, encode_record
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import find_breaches, spans_of, verify
from mingjian.core.ports import Engines, Name
from mingjian.core.rulebook import bundled_rulebook

ODD = {
    "only marks": "，。；\n\n、",
    "astral": "𠮷野智能𠮷公司发布🙂大模型。" * 20,
    "carriage returns": "标题\r\n\r\n3月1日，岚州市印发《岚州市行动计划》。\r\n到2027年，算力超过20EFLOPS。\r\n",
    "full width": "２０２５年３月１日，岚州市印发《办法》，投资３０．５亿元，增长１２％。",
    "NULs": "岚州市\x00印发\x00《办法》\x00。",
    "no line": "岚州市印发《岚州市人工智能行动计划》，到2027年建成3个智算中心。" * 3000,
    "quotes that never close": "“" * 500 + "《" * 500 + "（" * 500,
    "a rule of marks": "周小岚和王云屿打乒乓球\n=============",
    "brackets only": "岚州市印发办法\n2025-09-16 10:32\n\n" + "（以下简称“鹿鸣”）" * 200,
    "a goal before its time": "25-09-16 0:32\n岚州新增粮新表示,往后将筹划兴建一批大型工9月",
    "many systems": "、".join(f"“{chr(0x4E00 + i)}{chr(0x5E00 + i)}”大模型" for i in range(500)),
    "no Chinese": "The quick brown dogs jumped 13 times on 2025-03-01. " * 30,
}
SLOW = settings(max_examples=120)


def assert_sound(page: Page) -> None:
    record = extract(page)
    verify(record, page)
    line = encode_record(record)
    assert decode_record(line) == record
    assert encode_record(extract(page)) == line
    for _, span in spans_of(record):
        assert page.layer(span.layer)[span.start : span.end] == span.text
    assert json.loads(line)["schema"] == "mingjian/record/1"


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_pages_give_sound_records(text: str) -> None:
    assert_sound(page_of(text))


@SLOW
@given(texts)
def test_any_text_gives_a_sound_record(text: str) -> None:
    if text.strip():
        assert_sound(page_of(text))


@SLOW
@given(html_pages())
def test_any_markup_gives_a_sound_record(page: Page) -> None:
    assert_sound(page)


@SLOW
@given(st.integers(1, 40), st.data())
def test_a_moved_span_is_a_breach(shift: int, data: st.DataObject) -> None:
    text = "2025年3月1日，岚州市人民政府印发《岚州市人工智能行动计划》。到2027年，全市算力规模超过20EFLOPS。"
    page = page_of(text + "岚州市科技局局长周岚表示，将开放200个应用场景。")
    raw = json.loads(encode_record(extract(page)))
    kind = data.draw(
        st.sampled_from(
            [name for name, value in raw.items() if isinstance(value, list) and value and "evidence" in value[0]]
        )
    )
    raw[kind][0]["evidence"]["start"] += shift
    raw[kind][0]["evidence"]["end"] += shift
    assert list(find_breaches(decode_record(json.dumps(raw)), page, bundled_rulebook()))


@SLOW
@given(
    texts, st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 40), st.sampled_from(("PER", "ORG", "LOC", "X"))))
)
def test_whatever_an_engine_answers_the_record_is_sound(text: str, answers: list[Name]) -> None:
    page, engines = page_of(text), Engines(recognizer=FixedNames(*answers))
    if text.strip():
        record = extract(page, engines=engines)
        verify(record, page, engines=engines)
        assert decode_record(encode_record(record)) == record

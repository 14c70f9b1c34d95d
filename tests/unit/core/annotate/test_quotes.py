from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import found_in, read

from mingjian.core.annotate.quotes import annotate_quotes
from mingjian.core.model.facts import Quote


def quotes_in(*paragraphs: str) -> tuple[Quote, ...]:
    reading = read(*paragraphs)
    return annotate_quotes(reading.article, found_in("quotes", reading.article), reading.names)


def test_a_quote_after_its_cue_is_the_rest_of_the_sentence() -> None:
    (quote,) = quotes_in("贵州省数据局副局长陈立表示，算力要普惠，电力要便宜。其余从略。")
    assert (quote.speaker, quote.mode) == ("陈立", "indirect")
    assert quote.evidence.text == "算力要普惠，电力要便宜"
    assert quote.cue_span.text == "陈立表示"


def test_a_quote_before_its_cue_is_what_the_marks_hold() -> None:
    (quote,) = quotes_in("“算力要普惠。电力要便宜。”清华大学教授陈立说。")
    assert (quote.speaker, quote.mode) == ("陈立", "direct")
    assert quote.evidence.text == "算力要普惠。电力要便宜。"


def test_a_cue_between_two_halves_gives_two_quotes() -> None:
    direct, indirect = quotes_in("“算力已经普惠到县。”清华大学教授陈立说，电力还要便宜一些。")
    assert (direct.mode, indirect.mode) == ("direct", "indirect")
    assert direct.speaker == indirect.speaker == "陈立"
    assert indirect.evidence.text == "电力还要便宜一些"


def test_a_pronoun_is_the_last_person_who_spoke() -> None:
    _, second = quotes_in("清华大学教授陈立表示，算力要普惠到县。", "他认为，电力还要便宜一些。")
    assert second.speaker == "陈立"
    assert second.support


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("会议强调，各地要盘活存量算力。", "会议"),
        ("多位专家认为，算力正在成为公用事业。", "多位专家"),
        ("科大讯飞8月10日在投资者互动平台上表示，公司业务一切正常。", "科大讯飞"),
        ("工业和信息化部此前表示，将扩大算力券试点。", "工业和信息化部"),
        ("据清华大学教授陈立介绍，该平台上月已经上线。", "陈立"),
    ],
)
def test_persons_companies_offices_and_meetings_speak(text: str, speaker: str) -> None:
    (quote,) = quotes_in(text)
    assert quote.speaker == speaker


@pytest.mark.parametrize(
    "text",
    [
        "《算力互联规划》提出，到2030年建成百个节点。",
        "数据显示，全省算力规模居全国第一。",
        "据了解，该平台已经上线运行三个月。",
        "下称“本公司”的主体负责建设。",
        "他提出了很多修改的建议，特别是在供电方面。",
    ],
)
def test_documents_and_figures_do_not_speak(text: str) -> None:
    assert quotes_in(text) == ()


def test_a_turn_of_an_interview_is_a_quote_of_its_label() -> None:
    quotes = quotes_in(
        "陆文彬：我们从前年开始试点。效果不错。", "记者：主要难在哪里？", "陆文彬：难在数据，设备没有联网。"
    )
    assert [(quote.speaker, quote.mode) for quote in quotes] == [("陆文彬", "direct")] * 2
    assert quotes[0].evidence.text == "我们从前年开始试点。效果不错。"


def test_an_answer_is_a_quote_of_who_answers_the_questions_of_the_page() -> None:
    (quote,) = quotes_in("市数据局有关负责人就平台建设回答了记者提问。", "问：为何建平台？", "答：为了让数据多跑路。")
    assert (quote.speaker, quote.evidence.text) == ("市数据局有关负责人", "为了让数据多跑路。")
    assert quotes_in("答：为了让数据多跑路。") == ()

from __future__ import annotations

import msgspec
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


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("清华大学教授陈立掰着指头算账：“一年能省三百万元。”", "陈立", "一年能省三百万元。"),
        ("清华大学教授陈立否认已有计划，“至少今年不会考虑”。", "陈立", "至少今年不会考虑"),
        ("用清华大学教授陈立的话说，“没有场景，算法就是无源之水”。", "陈立", "没有场景，算法就是无源之水"),
        ("清华大学教授陈立的判断是，价格还会再降。", "陈立", "价格还会再降"),
        ("“排队时间缩短到五分钟。”市民王女士高兴地说。", "王女士", "排队时间缩短到五分钟。"),
        ("云州市副市长在会上强调，要统筹发展和安全。", "云州市副市长", "要统筹发展和安全"),
        ("会议传达学习了文件精神，强调要坚定信心、迎难而上。", "会议", "要坚定信心、迎难而上"),
        ("云州电子8月6日在投资者互动平台表示，公司暂无相关产品。", "云州电子", "公司暂无相关产品"),
        ("一位不愿具名的投资人告诉记者，今年节奏放缓。", "一位不愿具名的投资人", "今年节奏放缓"),
    ],
)
def test_who_speaks_is_told_in_many_ways(text: str, speaker: str, content: str) -> None:
    (quote,) = quotes_in(text)
    assert (quote.speaker, quote.evidence.text) == (speaker, content)


def test_a_quotation_without_cue_goes_on_with_what_was_said_right_before() -> None:
    _, second = quotes_in("清华大学教授陈立指出，供需错配最突出。“有的地方空着，有的地方排队。”")
    assert (second.speaker, second.mode) == ("陈立", "direct")
    assert second.cue_span.text == "陈立"
    assert len(quotes_in("清华大学教授陈立指出，供需错配突出。", "某地推出“东江算力”品牌。")) == 1


def test_a_quotation_runs_over_paragraphs_that_each_open_it_again() -> None:
    (quote,) = quotes_in("清华大学教授陈立说：“第一，算力要联网。", "“第二，价格要透明。”", "其余从略。")
    assert quote.evidence.text == "第一，算力要联网。\n“第二，价格要透明。"
    (quote,) = quotes_in("“第一，算力要联网。", "“第二，价格要透明。”清华大学教授陈立说。")
    assert quote.evidence.text == "第一，算力要联网。\n“第二，价格要透明。"


def test_a_pronoun_is_the_person_told_of_since_the_last_quote() -> None:
    quotes = quotes_in("清华大学教授陈立认为，算力要普惠。对此，北京大学教授周敏持保留意见。她说，电价才是关键。")
    assert [quote.speaker for quote in quotes] == ["陈立", "周敏"]


def test_a_second_verb_of_the_same_speaker_begins_another_quote() -> None:
    quotes = quotes_in("清华大学教授陈立说，细则年内出台，并表示，将设立专班跟踪。")
    assert [(quote.speaker, quote.evidence.text) for quote in quotes] == [
        ("陈立", "细则年内出台"),
        ("陈立", "将设立专班跟踪"),
    ]


def test_an_answer_runs_up_to_the_next_question() -> None:
    (first, second) = quotes_in(
        "市数据局有关负责人就平台建设回答了记者提问。",
        "问：为何建平台？",
        "答：一是让数据多跑路。",
        "二是让群众少跑腿。",
        "问：如何保障安全？",
        "答：全流程监管。",
    )
    assert first.evidence.text == "一是让数据多跑路。\n二是让群众少跑腿。"
    assert second.evidence.text == "全流程监管。"


@pytest.mark.parametrize(
    "text",
    [
        "现场挂出横幅：“算力赋能，智造未来！”",
        "清华大学教授陈立对大会的召开表示祝贺。",
        "如果有人说，人工智能会取代所有工作，那是言过其实。",
        "清华大学教授陈立推进“人工智能+”行动，打造“东江算力”。",
        "所谓“智能体”，是指能够自主完成任务的软件系统。",
        "有人出席，对方表示每天愿意提供午餐。",
    ],
)
def test_names_slogans_and_acts_are_no_quotes(text: str) -> None:
    assert quotes_in(text) == ()


def test_a_heading_says_nothing() -> None:
    reading = read("清华大学教授陈立指出，供需错配突出。", "“用起来才有价值，建起来只是开始。”")
    body = (reading.article.body[0], msgspec.structs.replace(reading.article.body[1], role="heading"))
    article = msgspec.structs.replace(reading.article, body=body)
    assert len(annotate_quotes(article, found_in("quotes", article), reading.names)) == 1


def test_a_person_who_answers_all_questions() -> None:
    found = quotes_in(
        "贵州省数据局副局长陈立回答了记者提问。", "问：为什么要建平台？", "答：一是完善制度，二是加强监管。"
    )
    assert [(one.speaker, one.evidence.text) for one in found] == [("陈立", "一是完善制度，二是加强监管。")]


def test_a_saying_that_is_somebodys_own() -> None:
    found = quotes_in("清华大学教授陈立到会。“算力要普惠大家”，这是他常挂在嘴边的话。")
    assert [(one.speaker, one.evidence.text) for one in found] == [("陈立", "算力要普惠大家")]
    assert not quotes_in("清华大学教授陈立到会。“算力要普惠大家”，这是今年的主题。")


def test_how_somebody_puts_it() -> None:
    (quote,) = quotes_in("“不是考状元，是当徒弟”，清华大学教授陈立这样形容自家产品。")
    assert (quote.speaker, quote.evidence.text) == ("陈立", "不是考状元，是当徒弟")


def test_one_sentence_that_somebody_says() -> None:
    (quote,) = quotes_in("清华大学教授陈立喜欢说一句话：“算力要放在车间旁边。”")
    assert quote.evidence.text == "算力要放在车间旁边。"

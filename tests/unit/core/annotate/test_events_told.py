"""Who acts on whom, what happened and what did not, which tellings are one event, and what is part of what."""

from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import found_in, read

from mingjian.core.annotate.events import annotate_events
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.facts import Event
from mingjian.core.model.page import Page
from mingjian.core.model.span import cite
from mingjian.core.pipeline.extract import extract
from mingjian.core.rulebook import bundled_rulebook
from mingjian.read.plain import text_page

ANCHOR = Anchor("2025-08-20", "published")


def events_in(*paragraphs: str, title: str = "") -> tuple[Event, ...]:
    reading = read(*paragraphs)
    times = annotate_times(reading.article, bundled_rulebook(), ANCHOR)
    headline = cite(title, 0, len(title), "html") if title else None
    return annotate_events(reading.article, found_in("events", reading.article), times, reading.names, ANCHOR, headline)


@pytest.mark.parametrize(
    ("text", "kind", "actuality"),
    [
        ("该公司否认与两家车企签署收购协议。", "agreement_sign", "denied"),
        ("该公司决定终止收购一家芯片公司。", "investment_ma", "cancelled"),
        ("原定本周召开的算力座谈会因台风取消。", "meeting", "cancelled"),
        ("会议要求，开展“智造下乡”专项行动，帮助工厂改造。", "programme_launch", "directed"),
        ("2023年以来，江苏省深入实施智能工厂工程。", "programme_launch", "ongoing"),
        ("该公司正在筹划重大资产重组。", "investment_ma", "ongoing"),
        ("8月28日，全市算力推进会召开。", "meeting", "planned"),
        ("两校签署合作协议，共同成立声学研究院。", "org_established", "planned"),
        ("江苏省将完善收费清单，并开展违规收费专项行动。", "programme_launch", "planned"),
    ],
)
def test_what_did_not_happen_yet_or_at_all_says_so(text: str, kind: str, actuality: str) -> None:
    assert (kind, actuality) in [(event.type, event.actuality) for event in events_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "企业取得许可证后方可经营。",
        "第十二条 省、市设立数据管理委员会。",
        "违反本条例规定的，由网信部门责令改正，处一万元罚款。",
        "江苏省会不会出台新的扶持政策？",
        "每年举办一届的机器人大赛已成为江苏的名片。",
        "专家建议江苏省尽快出台扶持政策。",
        "企业应当在产品上市前完成备案。",
        "协会发起的自律公约得到响应。",
        "接下来，比赛会越来越精彩。",
        "推动实施好“四大专项行动”，服务企业。",
        "研究院从未发布智能芯片。",
    ],
)
def test_norms_conditions_questions_habits_and_slogans_are_no_events(text: str) -> None:
    assert events_in(text) == ()


def test_who_is_punished_and_who_is_appointed_are_recipients() -> None:
    (punished,) = events_in("8月4日，国家市场监督管理总局对科大讯飞股份有限公司立案调查。")
    assert (punished.actors, punished.recipients) == (("国家市场监督管理总局",), ("科大讯飞",))
    assert punished.role == "authority"
    (passive,) = events_in("8月4日，科大讯飞股份有限公司被国家市场监督管理总局立案调查。")
    assert (passive.actors, passive.recipients) == (("国家市场监督管理总局",), ("科大讯飞",))


def test_those_that_act_may_be_given_by_number() -> None:
    (event,) = events_in("8月4日，12家电力企业签署自律公约。")
    assert (event.actors, event.role) == (("12家电力企业",), "party")


def test_the_object_is_the_title_or_the_words_of_the_thing() -> None:
    (issued,) = events_in("8月5日，深圳印发《低空经济方案》。")
    (held,) = events_in("8月6日，全省算力建设推进会在南京召开。")
    (opened,) = events_in("澜湖智算中心二期8月7日投产。")
    assert (issued.object, held.object, opened.object) == ("低空经济方案", "全省算力建设推进会", "澜湖智算中心二期")
    assert all("object" in event.parts for event in (issued, held, opened))


def test_tellings_of_one_event_are_its_mentions() -> None:
    told = events_in(
        "江苏省印发《低空经济行动方案》。",
        "8月5日印发的《低空经济行动方案》提出12项任务。",
        "8月6日，江苏省召开算力推进会。",
        "此次推进会由江苏省召开，会议为期一天。",
    )
    assert [(event.type, len(event.mentions)) for event in told] == [("policy_issue", 2), ("meeting", 2)]
    assert told[0].date.start == "2025-08-05"
    assert "8月5日" in [span.text for span in told[0].support]


def test_documents_of_different_names_stay_apart() -> None:
    told = events_in("8月5日，江苏省印发《低空经济行动方案》。", "8月5日，江苏省印发《智能航运行动方案》。")
    assert len(told) == 2


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("海石之家8月18日消息，江苏省印发《低空经济方案》。", ("2025-07-19", "2025-08-18")),
        ("海石之家8月18日消息，江苏省在去年9月印发《低空经济方案》。", ("2024-09-01", "2024-09-30")),
        ("江苏省基于2022年印发的《低空经济方案》，8月调整了补贴。", ("2022-01-01", "2022-12-31")),
        ("《低空经济条例》已于6月1日起施行。", ("2025-06-01", "2025-06-01")),
        ("目前，江苏省已出台5项扶持政策。", (None, "2025-08-20")),
        ("截至7月底，江苏省已出台5项扶持政策。", (None, "2025-07-31")),
        ("江苏省2016年建市场，目前已印发《低空经济方案》。", (None, "2025-08-20")),
    ],
)
def test_the_day_of_the_news_or_of_a_count_is_not_that_of_the_event(
    text: str, bounds: tuple[str | None, str | None]
) -> None:
    (event,) = events_in(text)
    assert (event.date.start, event.date.end) == bounds


def test_an_event_without_a_day_lies_behind_the_one_told_before_it() -> None:
    first, second = events_in("8月5日，江苏省发布《低空经济方案》。百度发布听海语音大模型。")
    assert (second.date.start, second.date.end) == ("2025-08-05", "2025-08-20")
    assert second.date.basis == f"inferred:told-after:{first.title}"
    (other,) = events_in("此前，百度发布听海语音大模型。")[-1:]
    assert other.date.start is None


def test_what_the_headline_tells_is_recent() -> None:
    (event,) = events_in("百度发布听海语音大模型。", title="百度推出听海语音大模型")
    assert (event.date.start, event.date.basis) == ("2025-07-21", "inferred:headline@published")


def _page(*lines: str) -> Page:
    head = ("澜湖算力周报", "来源：澜湖观察网　发布时间：2025-08-20 09:30", "")
    return text_page("x", "\n".join((*head, *lines, "")).encode(), path="x.txt")


def test_a_part_carries_the_id_of_the_whole() -> None:
    record = extract(
        _page(
            "8月6日，江苏省召开算力建设推进会，部署下一阶段工作。", "会上，15家平台企业签署自律公约，承诺不用算法抬价。"
        )
    )
    meeting = next(event for event in record.events if event.type == "meeting")
    signing = next(event for event in record.events if event.type == "initiative_sign")
    assert signing.sub_event_of == meeting.id
    assert meeting.sub_event_of is None


def test_what_a_document_plans_is_part_of_its_issue() -> None:
    issued, fund = events_in(
        "8月5日，江苏省印发《低空经济方案》。", "《低空经济方案》提出，设立总规模30亿元的产业基金。"
    )
    assert fund.actuality == "planned"
    assert fund.parts["sub_event_of"] == (issued.trigger_span.pair,)
    assert fund.date.start == "2025-08-05"


@pytest.mark.parametrize(
    ("text", "kind", "actuality"),
    [
        ("首批申报将于9月15日启动。", "programme_launch", "planned"),
        ("首批20项“揭榜挂帅”榜单面向高校和企业开放。", "programme_launch", "realised"),
        ("现将《江苏省若干措施》印发给你们，请遵照执行。", "policy_issue", "realised"),
        ("具体申报细则由省数据局另行公布。", "policy_issue", "planned"),
        ("12月底前出台人工智能伦理审查指引。", "policy_issue", "planned"),
        ("第三批拟遴选不超过20个试点。", "award_selection", "planned"),
        ("江苏省数据局举行政策解读会。", "policy_interpretation", "realised"),
        ("江苏省成功举办低空经济推介会。", "conference_expo", "realised"),
        ("江苏省委党委理论学习中心组围绕人工智能开展专题研讨。", "study_session", "realised"),
        ("（四）实施枢纽提升行动。", "programme_launch", "directed"),
        ("因个人原因，魏清申请辞去公司副总经理职务。", "appointment", "realised"),
    ],
)
def test_what_organs_of_the_state_tell_in_their_own_forms(text: str, kind: str, actuality: str) -> None:
    assert [(event.type, event.actuality) for event in events_in(text)] == [(kind, actuality)]


def test_measures_against_offenders_in_one_sentence_are_one_event() -> None:
    (event,) = events_in("今年上半年，江苏省网信办共约谈平台70家次，责令限期整改52家，立案20件。")
    assert event.type == "regulation_enforcement"
    assert len(event.mentions) > 1


def test_the_work_laid_out_by_a_meeting_is_told_with_it() -> None:
    (event,) = events_in("8月5日，江苏省召开算力工作推进会，总结上半年工作，部署下半年任务。")
    assert event.type == "meeting"


def test_what_a_passed_document_rules_makes_no_norm_of_its_passing() -> None:
    (event,) = events_in("会议原则同意《人脸识别办法（草案）》，明确更衣室不得安装设备。")
    assert event.type == "policy_adopt"


@pytest.mark.parametrize(
    ("paragraphs", "day"),
    [
        (
            ("8月12日，全省算力大会在南京开幕。", "江苏省2024年出台《甲条例》。", "当天，两校签署合作协议。"),
            "08-12",
        ),
        (("8月12日，全省算力大会在南京开幕，截至8月18日报名百家。同日，两校签署合作协议。",), "08-12"),
    ],
)
def test_the_same_day_is_that_of_what_was_told_before(paragraphs: tuple[str, ...], day: str) -> None:
    event = events_in(*paragraphs)[-1]
    assert event.date.start == event.date.end == f"2025-{day}"
    assert event.date.basis.startswith("same-as")


def test_a_firm_s_notice_dates_what_it_makes_known() -> None:
    notice, event = events_in("云帆数据8月18日晚间公告称，业绩增长。", "董事会同意聘任陈立为总经理。")
    assert (notice.type, event.type) == ("company_disclosure", "appointment")
    assert (event.date.start, event.date.end) == ("2025-08-18", "2025-08-18")
    assert event.date.basis.startswith("same-as")


def test_what_happened_at_a_ceremony_has_the_day_of_what_the_page_begins_with() -> None:
    _, signing = events_in("8月19日，南京智算中心一期正式投产。", "启用仪式上，首批14家用户现场签约。")
    assert (signing.date.start, signing.date.end) == ("2025-08-19", "2025-08-19")


def test_the_next_rule_of_a_trigger_is_asked_where_the_first_tells_nothing() -> None:
    (event,) = events_in("一是抓主体培育。实施“链主登峰”行动，力争引育3家。")
    assert event.by == "event.programme.item"


@pytest.mark.parametrize(
    "text",
    [
        "青禾公司不会在2025年推出机器人产品。",
        "要是当年两家公司签署了那份协议，市场早就变了。",
        "在电影里，青禾公司于2050年建成了一座智算中心。",
        "小说《星湖》中，联邦政府颁布了《机器人法案》。",
    ],
)
def test_what_is_denied_supposed_or_told_in_a_story_is_no_event(text: str) -> None:
    assert events_in(text) == ()


def test_what_the_same_words_tell_on_another_day_is_another_event() -> None:
    told = "{}，青禾公司与岚州大学签署战略合作协议。"
    once, again, last = (told.format(day) for day in ("2025年3月4日", "2024年1月5日", "2025年3月4日"))
    assert [(event.date.start, len(event.mentions)) for event in events_in(once, again, last)] == [
        ("2025-03-04", 2),
        ("2024-01-05", 1),
    ]

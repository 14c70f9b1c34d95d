"""What the page round an event says of it: its section, the day of another event, a count, a task with a day."""

from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import found_in, read

from mingjian.core.annotate.events import annotate_events
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.facts import Event
from mingjian.core.pipeline.extract import extract
from mingjian.core.rulebook import bundled_rulebook
from mingjian.read.plain import text_page

ANCHOR = Anchor("2025-08-20", "published")


def events_in(*paragraphs: str) -> tuple[Event, ...]:
    reading = read(*paragraphs)
    times = annotate_times(reading.article, bundled_rulebook(), ANCHOR)
    return annotate_events(reading.article, found_in("events", reading.article), times, reading.names, ANCHOR)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("白浪云新一代巡检机器人“山猫”昨日开启公测。", "product_release"),
        ("白浪大学的手语数据集8月4日正式开源。", "dataset_release"),
        ("国家标准《手语数据标注》8月12日正式发布。", "standard_release"),
        ("白浪咨询8月发布的报告显示，市场还在扩大。", "report_release"),
        ("蓝港航运8月9日向港交所递交招股书。", "investment_ma"),
        ("同时出资6000万元认购“蓝港创业投资基金”份额。", "fund"),
        ("蓝港科技8月拿下远洋集团1.2亿元的芯片订单。", "agreement_sign"),
        ("2024年，公司实现营业收入12亿元，归属于上市公司股东的净利润1亿元。", "company_disclosure"),
        ("港区巡检平台采购项目昨日开标。", "procurement"),
        ("因个人原因，陆行申请辞去公司副总经理职务。", "appointment"),
        ("蓝港科技收到上交所的监管工作函。", "regulation_enforcement"),
        ("远帆软件向证监局提交上市辅导备案材料。", "filing_approval"),
        ("海外研究院将于明年一季度在慕尼黑挂牌。", "org_established"),
        ("联合三家运营商建成全市统一调度平台，8月上线。", "facility"),
    ],
)
def test_every_type_has_more_than_one_verb(text: str, kind: str) -> None:
    assert kind in [event.type for event in events_in(text)]


@pytest.mark.parametrize(
    ("text", "kind", "actuality", "end"),
    [
        ("港区智算中心二期须于2026年6月底前投入运行。", "facility", "directed", "2026-06-30"),
        ("12月底前出台港区伦理审查指引。", "policy_issue", "planned", "2025-12-31"),
        ("第七条 港务局应于2026年3月31日前建成数据交易专区。", "facility", "directed", "2026-03-31"),
    ],
)
def test_a_task_with_a_day_is_an_event_until_that_day(text: str, kind: str, actuality: str, end: str) -> None:
    (event,) = events_in(text)
    assert (event.type, event.actuality, event.date.end) == (kind, actuality, end)


@pytest.mark.parametrize(
    "text",
    [
        "截至7月底，全省累计建成高质量数据集320个。",
        "到2028年，全省建成智能工厂300家以上。",
        "目前已开放数据集64个。",
    ],
)
def test_what_only_counts_is_a_figure(text: str) -> None:
    assert events_in(text) == ()


def test_the_same_day_is_that_of_the_news_and_not_of_its_background() -> None:
    events = events_in(
        "8月18日，港区智算中心正式投产。该项目去年动工，券自9月1日起发放。",
        "记者了解到，全市算力还在增长。",
        "当天，港务集团成立了算力联盟。",
    )
    (founded,) = [event for event in events if event.type == "org_established"]
    assert (founded.date.start, founded.date.basis) == ("2025-08-18", f"same-as:{events[0].title}")


def test_the_same_day_is_the_one_that_leads_the_paragraph_before() -> None:
    events = events_in("8月18日，港区智算中心正式投产。", "8月11日，港区天气晴好。", "同日，港务集团成立了算力联盟。")
    assert events[-1].date.start == "2025-08-11"


def test_what_happens_at_a_ceremony_carries_its_day() -> None:
    events = events_in("8月18日，港区智算中心正式投产。", "启用仪式上，首批14家用户现场签约。")
    assert events[-1].type == "agreement_sign"
    assert events[-1].date.start == "2025-08-18"


def test_what_a_company_makes_known_carries_the_day_of_its_notices() -> None:
    events = events_in("蓝港科技8月18日晚间连发三份公告。", "董事会同意聘任阮清和为首席技术官。")
    assert events[-1].type == "appointment"
    assert events[-1].date.start == "2025-08-18"


def test_counts_of_one_sentence_are_one_measure() -> None:
    events = events_in("7月，全省网信系统约谈平台84家，责令限期整改52家，立案23件。")
    assert [event.type for event in events] == ["regulation_enforcement"]


def test_a_review_carries_the_year_of_its_heading() -> None:
    text = (
        "市港航局2024年工作总结和2025年工作安排\n\n发布日期：2025-01-19\n\n"
        "一、2024年主要工作完成情况\n\n与两所高校共建的港航学院揭牌，首届招生240人，全年培训各类人员三千多人次。\n\n"
        "二、2025年工作安排\n\n年底前建成人工智能产业园B区，新增载体面积18万平方米，为港航企业提供更好的条件。\n"
    )
    events = {event.type: event for event in extract(text_page("report", text.encode())).events}
    assert events["org_established"].date.start == "2024-01-01"
    assert events["org_established"].actuality == "realised"
    assert events["facility"].actuality == "planned"

from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import found_in, read

from mingjian.core.annotate.events import annotate_events
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.facts import Event
from mingjian.core.rulebook import bundled_rulebook

ANCHOR = Anchor("2025-08-20", "published")


def events_in(*paragraphs: str) -> tuple[Event, ...]:
    reading = read(*paragraphs)
    article = reading.article
    times = annotate_times(article, bundled_rulebook(), ANCHOR)
    return annotate_events(article, found_in("events", article), times, reading.names, ANCHOR)


@pytest.mark.parametrize(
    ("text", "kind", "trigger"),
    [
        ("8月5日，工业和信息化部印发《脑机接口标准化方案》。", "policy_issue", "印发"),
        ("浙江近日出台三项机器人扶持政策。", "policy_issue", "出台"),
        ("国务院常务会议审议通过《数据要素条例（草案）》。", "policy_adopt", "审议通过"),
        ("国家数据局就《公共数据定价办法》公开征求意见。", "policy_draft", "公开征求意见"),
        ("教育部8日对《智慧校园指引》进行解读。", "policy_interpretation", "解读"),
        ("8月6日，江苏省召开全省算力建设推进会。", "meeting", "召开"),
        ("国新办12日举行人形机器人主题新闻发布会。", "press_conference", "举行"),
        ("2025全球声学大会8月9日在合肥开幕。", "conference_expo", "开幕"),
        ("国务院上周开展第九次专题学习。", "study_session", "开展"),
        ("去年10月，国家能源局启动算电协同专项行动。", "programme_launch", "启动"),
        ("会上，15家平台企业签署自律公约。", "initiative_sign", "签署自律公约"),
        ("两所高校与华为8月1日签署合作协议。", "agreement_sign", "签署"),
        ("8月2日，贵州省脑机接口创新中心揭牌。", "org_established", "揭牌"),
        ("中国电信已建成3个千卡集群。", "facility", "已建成"),
        ("安徽省近日设立规模80亿元的量子产业基金。", "fund", "设立"),
        ("杭州8月3日发布首批低空应用场景清单。", "scenario_release", "发布"),
        ("百度昨日发布听海语音大模型。", "product_release", "发布"),
        ("中国科学院上月开源了手语数据集。", "dataset_release", "开源"),
        ("市场监管总局近日发布三项数字人国家标准。", "standard_release", "发布"),
        ("中国信通院8月7日发布《具身智能产业白皮书》。", "report_release", "发布"),
        ("腾讯拟以3亿元收购一家声学芯片公司。", "investment_ma", "收购"),
        ("科大讯飞入选国家级智能工厂名单。", "award_selection", "入选"),
        ("中国移动日前中标省级算力平台项目。", "procurement", "中标"),
        ("证监会8月4日对该公司立案调查。", "regulation_enforcement", "立案调查"),
        ("科大讯飞8月10日在投资者互动平台上表示，业务正常。", "company_disclosure", "表示"),
    ],
)
def test_an_event_is_told_by_a_verb_and_its_object(text: str, kind: str, trigger: str) -> None:
    told = events_in(text)
    assert (kind, trigger) in [(event.type, event.trigger_span.text) for event in told]


@pytest.mark.parametrize(
    "text",
    [
        "江苏省尚未召开全省算力建设推进会。",
        "如果明年召开全省算力建设推进会，将另行通知。",
        "加快建设算力中心，支持企业发布大模型产品。",
        "推动设立产业基金，鼓励成立创新联盟。",
        "本办法自发布之日起施行。",
        "打开说明书后按下启动键，点击下一步。",
    ],
)
def test_tasks_conditions_and_denials_are_no_events(text: str) -> None:
    assert events_in(text) == ()


def test_an_event_cites_its_trigger_its_date_and_its_actor() -> None:
    (event,) = events_in("8月5日，工业和信息化部印发《脑机接口标准化方案》，并作出安排。")
    assert event.evidence.text == "8月5日，工业和信息化部印发《脑机接口标准化方案》"
    assert event.actors == ("工业和信息化部",)
    assert event.date_span is not None
    assert event.date_span.text == "8月5日"
    assert (event.date.start, event.date.end) == ("2025-08-05", "2025-08-05")
    assert event.title == "工业和信息化部印发《脑机接口标准化方案》"


def test_what_happens_at_a_meeting_carries_the_day_of_the_meeting() -> None:
    meeting, signing = events_in("8月6日，江苏省召开全省算力建设推进会。", "会上，15家平台企业签署自律公约。")
    assert signing.date.start == meeting.date.start == "2025-08-06"
    assert signing.date.basis.startswith("same-as:")
    assert signing.date_span is None
    assert signing.support


def test_the_date_of_a_sentence_holds_for_its_later_clauses() -> None:
    issued, listed = events_in("8月5日，深圳印发《低空经济方案》，同步发布首批低空应用场景清单。")
    assert issued.date.start == listed.date.start == "2025-08-05"
    assert listed.actors == issued.actors


def test_without_a_date_an_event_happened_by_the_day_of_the_page() -> None:
    (event,) = events_in("百度发布听海语音大模型。")
    assert (event.date.start, event.date.end, event.date.basis) == (None, "2025-08-20", "not-stated")


def test_a_document_carries_the_day_that_signs_it() -> None:
    (event,) = events_in("《低空经济方案》已经市政府同意，现印发给你们，请认真执行。", "2025年7月30日", "附件：方案")
    assert event.date.start == "2025-07-30"
    assert event.evidence.text.startswith("《低空经济方案》已经")


def test_an_event_that_is_told_twice_is_one_event() -> None:
    told = events_in("8月6日，江苏省召开全省算力建设推进会。", "江苏省召开全省算力建设推进会。")
    assert [event.type for event in told] == ["meeting"]


def test_a_plan_is_planned() -> None:
    (event,) = events_in("百度计划明年发布听海语音大模型。")
    assert event.actuality == "planned"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("8月6日，智能制造推进会在市民中心召开。", "meeting"),
        ("市投资促进局与青禾机器人有限公司等6家企业签订合作协议。", "agreement_sign"),
        ("设立总规模20亿元的人工智能产业母基金。", "fund"),
        ("8月6日，首条无人驾驶公交线路在园区正式开通。", "facility"),
        ("江苏省交通运输厅昨日向4家企业颁发测试牌照。", "filing_approval"),
        ("江苏省卫生健康委员会昨日宣布，下月起试行夜间导诊。", "announcement"),
    ],
)
def test_a_name_that_holds_a_word_of_planning_hides_no_event(text: str, kind: str) -> None:
    assert [event.type for event in events_in(text)] == [kind]

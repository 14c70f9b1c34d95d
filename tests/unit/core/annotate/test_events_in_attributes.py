"""Events told in an attribute, as the time of something else, or with a day alone."""

from __future__ import annotations

import pytest
from tests.unit.core.annotate.test_events_told import events_in

from mingjian.core.model.page import Page
from mingjian.core.pipeline.extract import extract
from mingjian.read.plain import text_page


@pytest.mark.parametrize(
    ("text", "kind", "about", "start", "end"),
    [
        ("与半个多月前刚刚投运的二期相比，三期更大。", "facility", "二期", None, None),
        ("岚州智算中心二期今年3月投运后，利用率很高。", "facility", "岚州智算中心二期", "2025-03-01", "2025-03-31"),
        ("岚州服务器工厂自去年8月投产以来，订单不断。", "facility", "岚州服务器工厂", "2024-08-01", "2024-08-31"),
        ("二期工程去年5月开工建设，并于2025年3月投运，", "facility", "二期工程", "2025-03-01", "2025-03-31"),
        ("去年9月的岚江算力大会上，他提出三点。", "conference_expo", "岚江算力大会", "2024-09-01", "2024-09-30"),
        ("上月闭幕的第五届岚江博览会首次设区。", "conference_expo", "第五届岚江博览会", "2025-07-01", "2025-07-31"),
        ("8月12日的第9次会议则把议题放在电价上。", "meeting", "第9次会议", "2025-08-12", "2025-08-12"),
        ("1月发布的首批行业数据集已有23家企业调用。", "dataset_release", "首批行业数据集", "2025-01-01", "2025-01-31"),
        ("2024年启动的“千企”行动已覆盖全市。", "programme_launch", "“千企”行动", "2024-01-01", "2024-12-31"),
        ("“千企”行动自2024年启动以来，成效明显。", "programme_launch", "“千企”行动", "2024-01-01", "2024-12-31"),
        ("自《岚州市数据条例》施行以来，已登记30家。", "policy_issue", "岚州市数据条例", None, "2025-08-20"),
        ("《岚江算力规划》审议通过后，于5月8日正式印发。", "policy_issue", "岚江算力规划", "2025-05-08", "2025-05-08"),
        ("文件早在5月6日就已签发，月底才公开。", "policy_issue", "文件", "2025-05-06", "2025-05-06"),
        ("省里新修订的数据条例本月起施行。", "policy_issue", "省里新修订的数据条例", "2025-08-01", "2025-08-01"),
    ],
)  # fmt: skip
def test_what_an_aside_tells(text: str, kind: str, about: str, start: str | None, end: str | None) -> None:
    told = [event for event in events_in(text) if (event.type, event.object) == (kind, about)]
    assert [event.actuality for event in told] == ["realised"]
    if end is not None:
        assert (told[0].date.start, told[0].date.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "每年的岚江算力产业大会上，都有新品亮相。",
        "去年的岚江算力产业大会组委会设在岚州。",
        "项目投产后，年产值可达10亿元。",
        "《岚州市数据条例》施行后，企业可申请登记。",
        "抓好二期工程投运的准备工作。",
        "逾期未申报的，资格自动失效。",
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert events_in(text) == ()


def test_the_day_of_issue_is_not_that_of_the_repeal() -> None:
    (event,) = events_in("2022年5月印发的原行动计划（岚政发〔2022〕5号）同时废止。")
    assert event.trigger_span.text == "同时废止"
    assert (event.date.start, event.date.basis) == (None, "not-stated")


def test_what_came_so_long_after_an_event_without_a_day_has_happened() -> None:
    meeting, issue = events_in("岚江省算力推进大会闭幕一周后，《岚江省算力实施方案》印发。")
    assert (meeting.type, meeting.actuality) == ("meeting", "realised")
    assert (issue.actuality, issue.date.basis) == ("realised", "relative:一周后@event")


def _page(text: str) -> Page:
    return text_page("page", text.encode())


def test_the_headline_of_a_notice_tells_of_its_issue() -> None:
    headline = "岚州市人民政府关于印发《岚州市算力券管理办法》的通知"
    page = _page(
        f"{headline}\n岚政发〔2025〕8号\n各区人民政府：\n现将《岚州市算力券管理办法》印发给你们，请认真贯彻执行。\n"
        "岚州市人民政府\n2025年3月5日"
    )
    (event,) = (event for event in extract(page).events if event.by == "event.policy-issue.notice")
    assert headline in [page.text[start:end] for start, end in event.mentions]


def test_a_list_names_people_to_posts() -> None:
    record = extract(
        _page(
            "岚州市人大常委会决定任命名单\n（2025年9月3日通过）\n决定任命：\n顾南乔（女）为岚州市数据局局长；\n裴文舟为岚州市交通运输局局长。\n"
        )
    )
    told = [event.evidence.text for event in record.events if event.type == "appointment"]
    assert told == ["顾南乔（女）为岚州市数据局局长", "裴文舟为岚州市交通运输局局长"]

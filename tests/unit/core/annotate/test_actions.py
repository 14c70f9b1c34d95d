from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.core.annotate.reading import article_of, found_in, read

from mingjian.core.annotate.actions import annotate_company_actions
from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.facts import CompanyAction
from mingjian.core.rulebook import bundled_rulebook


def actions_in(*paragraphs: str, title: str = "") -> tuple[CompanyAction, ...]:
    reading, book = read(*paragraphs), bundled_rulebook()
    article = article_of(*paragraphs)
    times = annotate_times(article, book, Anchor("2027-09-20", "published"))
    quantities = annotate_quantities(article, book, times)
    return annotate_company_actions(article, found_in("actions", article), (times, quantities), reading.names, title)


def test_a_company_releases_a_product() -> None:
    (action,) = actions_in("科大讯飞近日推出质检大模型，反响良好。")
    assert action.evidence.text == "科大讯飞近日推出质检大模型"
    assert "讯飞" in action.company
    assert (action.action, action.kind, action.object) == ("推出质检大模型", "release", "质检大模型")
    assert (action.date, action.actuality) == (None, "realised")


def test_a_partner_and_a_day() -> None:
    (action,) = actions_in("9月18日，东岚集团与云州市人民政府签署战略合作协议，双方将开展合作。")
    assert (action.kind, action.partner, action.date) == ("sign", "云州市人民政府", "2027-09-18")


def test_the_sum_stands_in_the_clause_or_the_next() -> None:
    (action,) = actions_in("东岚集团中标云州市智慧城管项目，中标金额4860万元。")
    assert action.amount is not None
    assert (action.kind, action.amount.value, action.amount.unit) == ("win", Decimal(48_600_000), "CNY")
    (action,) = actions_in("东岚集团拟投资12亿元建设机器人基地。")
    assert action.amount is not None
    assert (action.amount.value, action.actuality) == (Decimal(1_200_000_000), "planned")


def test_a_plan_governs_the_clauses_behind_it() -> None:
    first, second = actions_in("东岚集团将在云州投资3亿元，建设机器人生产基地。")
    assert (first.actuality, second.actuality) == ("planned", "planned")


def test_the_company_that_the_words_the_company_mean() -> None:
    (action,) = actions_in("东岚集团成立于2001年，总部在云州。", "此外，公司与某客户签订算力服务合同。")
    assert (action.company, action.kind) == ("东岚集团", "sign")


def test_an_action_that_is_given_up() -> None:
    (action,) = actions_in("东岚集团终止收购云岫半导体。")
    assert (action.kind, action.actuality) == ("acquire", "cancelled")


@pytest.mark.parametrize(
    "text",
    [
        "工业和信息化部推出质检大模型。",
        "科大讯飞的工具允许用户开发质检平台。",
        "东岚集团发布的质检大模型受到关注。",
        "市工信局要求东岚集团建设智能工厂。",
        "如果东岚集团推出质检平台，格局将变。",
        "东岚集团尚未发布任何质检平台。",
        "东岚集团致力于打造一流的质检平台。",
        "东岚集团是否会收购云岫半导体？",
        "云州市先后引进东岚集团等企业，落地数字经济项目86个。",
        "全球能开发这种芯片的企业只有东岚集团。",
    ],
)
def test_what_is_no_action_of_a_company(text: str) -> None:
    assert actions_in(text) == ()

"""Which titles are one document."""

from __future__ import annotations

import pytest
from tests.unit.core.link.things.shelves import grouped, shelf
from tests.unit.core.link.things.told import card, policy

from mingjian.core.link.things.policies import policy_linking, policy_profile, slots_of_title
from mingjian.core.model.facts import Policy
from mingjian.core.model.things import Verdict

_LONG = "加快推进算力普惠应用的若干措施"


def _judged(first: Policy, second: Policy, days: tuple[str, str] = ("2026-03-12", "2026-03-20")) -> Verdict:
    linking = policy_linking()
    one, other = policy_profile(first, card(days[0])), policy_profile(second, card(days[1]))
    if one != other and not set(linking.keys(one)) & set(linking.keys(other)):
        return Verdict("open")
    assert (
        linking.judge(one, other) == linking.judge(other, one) or one.years != other.years or one.place != other.place
    )
    return linking.judge(one, other)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (policy(f"关于{_LONG}", "国务院"), policy(f"《國務院關於{_LONG}》".replace("应", "應"))),
        (policy(f"深圳市{_LONG}", "深圳"), policy(f"关于{_LONG}", "深圳市人民政府办公厅")),
        (policy(f"深圳市{_LONG}（征求意见稿）", "深圳"), policy(f"深圳市{_LONG}", "深圳")),
        (policy(f"深圳市{_LONG}（试行）"), policy(f"深圳市{_LONG}")),
        (policy("深圳市人民政府关于印发深圳市算力发展行动计划（2026—2028年）的通知"), policy("深圳市算力发展行动计划")),
        (
            policy("算力券暂行办法全文", doc_no="工信部信管〔2026〕7号"),
            policy("算力券暂行办法", doc_no="工信部信管[2026]7号"),
        ),
        (
            policy("岚州省数据局关于公开征求《岚州省算力促进条例（征求意见稿）》意见的公告"),
            policy("岚州省算力促进条例"),
        ),
        (policy("岚州省算力促进条例（修订草案）"), policy("岚州省算力促进条例（2026年修订）")),
        (policy("政府工作报告", words="今年政府工作报告"), policy("2026年政府工作报告")),
        (policy("政府工作报告", date="2026"), policy("政府工作报告", words="2026年《政府工作报告》")),
    ],
)
def test_one_document(first: Policy, second: Policy) -> None:
    verdict = _judged(first, second)
    assert verdict.holds == "same"
    assert verdict.reason


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (policy("2025年政府工作报告"), policy("2026年政府工作报告")),
        (policy("政府工作报告", words="去年", date="2025"), policy("政府工作报告", words="今年政府工作报告")),
        (policy("深圳市算力发展行动计划"), policy("成都市算力发展行动计划")),
        (policy("算力发展行动计划", "广东省人民政府"), policy("关于算力发展行动计划", "国务院")),
        (policy("算力发展行动计划（2023—2025年）"), policy("算力发展行动计划（2026—2028年）")),
        (policy("算力设施安全管理条例（2023年修订）"), policy("算力设施安全管理条例")),
        (policy("算力设施安全管理条例（修订草案）"), policy("算力设施安全管理条例")),
        (policy("算力设施安全管理条例（2023年修订）"), policy("算力设施安全管理条例（2018年修订）")),
        (policy("“十五五”规划", "广东省人民政府"), policy("“十五五”规划")),
        (policy("行动计划", "广东省人民政府"), policy("行动计划", "国务院")),
        (policy("“十四五”噪声污染防治行动计划"), policy("广东省“十四五”噪声污染防治行动计划")),
        (policy("实施意见"), policy("实施意见")),
        (policy("算力发展行动计划", doc_no="甲发〔2026〕7号"), policy("算力发展行动计划", doc_no="甲发〔2026〕8号")),
    ],
)
def test_two_documents(first: Policy, second: Policy) -> None:
    one, other = policy_profile(first, card()), policy_profile(second, card())
    linking = policy_linking()
    shared = set(linking.keys(one)) & set(linking.keys(other))
    assert not shared or linking.judge(one, other).holds != "same"


def test_a_document_is_found_by_the_title_that_others_give_it() -> None:
    profile = policy_profile(policy("深圳市算力发展行动计划（2026—2028年）", "深圳"), card())
    assert set(slots_of_title("《深圳市算力发展行动计划》")) & set(policy_linking().slots(profile))
    assert slots_of_title("《意见》") == ()


def test_a_page_that_is_the_document_tells_of_it() -> None:
    books = shelf(
        {
            "document": "岚州市人民政府关于加快推进算力普惠应用的意见\n岚政发〔2026〕3号\n"
            "各区人民政府，市政府各部门：\n为加快推进算力普惠应用，现提出如下意见。\n"
            "一、总体要求。到2027年，人工智能应用水平明显提升。\n岚州市人民政府\n2026年3月12日",
            "news": "算力普惠有新政\n来源：岚讯网 2026-03-14\n"
            "3月14日，记者获悉，岚州市人民政府印发《关于加快推进算力普惠应用的意见》，推进人工智能应用。",
        }
    )
    assert ["document", "news"] in grouped(books, "policy")


def test_a_document_told_by_its_number_alone() -> None:
    number = "岚政发〔2026〕7号"
    full = policy("岚江省推进智能制造行动计划（2026—2028年）", doc_no=number)
    assert _judged(full, policy(number, doc_no=number)).holds == "same"
    assert _judged(full, policy("岚政发〔2026〕8号", doc_no="岚政发〔2026〕8号")).holds != "same"


def test_plans_of_places_that_no_lexicon_lists() -> None:
    full = policy("岚江省推进智能制造提升行动计划（2026—2028年）")
    assert _judged(full, policy("推进智能制造提升行动计划", "岚江省政府")).holds == "same"
    assert _judged(full, policy("澜山省推进智能制造提升行动计划（2026—2028年）")).holds != "same"

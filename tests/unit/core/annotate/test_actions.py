from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.core.annotate.reading import article_of, found_in, read

from mingjian.core.annotate.actions import annotate_company_actions
from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.resources import CompanyAction
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


def test_the_company_of_the_headline_is_meant_by_the_company() -> None:
    _, action = actions_in(
        "青岚数科今日宣布完成2亿元A轮融资，由东岚集团领投。",
        "公司还与云州高新区签署协议。",
        title="「青岚数科」完成2亿元A轮融资",
    )
    assert (action.company, action.kind) == ("青岚数科", "sign")


def test_an_answer_speaks_for_the_company_of_the_headline() -> None:
    first, second = actions_in(
        "青岚精控成立于2019年。",
        "周允衡：两件事。第一，今年三季度推出排产智能体产品；第二，6月份在云州设立服务中心。",
        title="对话青岚精控总工程师周允衡",
    )
    assert [one.company for one in (first, second)] == ["青岚精控", "青岚精控"]
    assert [one.kind for one in (first, second)] == ["release", "found"]


@pytest.mark.parametrize(
    ("text", "company", "kind"),
    [
        ("湖岚智能6月10日发布“湖岚-3”系列模型。", "湖岚智能", "release"),
        ("芯片企业禾光半导体6月12日向港交所递交招股书。", "禾光半导体", "go_public"),
        ("知岚纪源完成3亿元A轮融资。", "知岚纪源", "raise"),
        ("该平台项目由青岚数科与云岫云联合体成交。", "青岚数科", "win"),
        ("青岚信创以2.1亿元的报价排名第一。", "青岚信创", "win"),
        ("青岚传动的第三条产线10月20日投产。", "青岚传动", "build"),
        ("云岫智能总部基地项目落户云州。", "云岫智能", "build"),
    ],
)
def test_a_firm_that_its_form_or_the_verb_tells(text: str, company: str, kind: str) -> None:
    (action,) = actions_in(text)
    assert (action.company, action.kind) == (company, kind)


def test_a_semicolon_does_not_part_a_verb_from_its_subject() -> None:
    _, action = actions_in("东岚集团拟参股云岫半导体；同时出资1亿元认购产业基金份额。")
    assert (action.company, action.kind) == ("东岚集团", "invest")


@pytest.mark.parametrize(
    "text",
    [
        "杭州机器人基地一期将建成投用。",
        "带动社会资本投入300亿元。",
        "全国共有12家机器人企业完成B轮融资。",
        "东江大学发布水利大模型“青川”。",
        "推动人工智能公司发布行业大模型。",
        "省人工智能学会推出系列公益课程平台。",
    ],
)
def test_what_looks_like_a_firm_and_is_none(text: str) -> None:
    assert actions_in(text) == ()


@pytest.mark.parametrize(
    ("text", "company", "kind"),
    [
        ("青禾股份总部设在云州，其位于宁夏的万卡集群已于3月28日投产。", "青禾股份", "build"),
        ("蓝岭智能成立于2016年，公司自研的“岚枢”调度平台3.0版本9月11日发布。", "蓝岭智能", "release"),
        ("星海科技称，其“知岚”医疗大模型已完成国家网信办备案。", "星海科技", "release"),
        ("东岚集团首个“源网荷储”一体化智算园区9月10日通电试运行。", "东岚集团", "build"),
        ("青禾股份与东江大学共建的“具身控制联合实验室”已于10月20日揭牌。", "青禾股份", "found"),
        ("由蓝岭智能建设的具身智能数据采集工厂同日投运。", "蓝岭智能", "build"),
        ("星海科技联手东岚集团，共同开发矿山大模型。", "星海科技", "cooperate"),
        ("星桥科技当场推出“灵掌”3.0灵巧手。", "星桥科技", "release"),
        ("云岭电力给2000座变电站装上了巡检机器人。", "云岭电力", "deploy"),
        ("青岭重工的谐波减速器目前已向5家客户送样。", "青岭重工", "supply"),
        ("青岭重工本月向某港口集团交付了36台无人跨运车设备。", "青岭重工", "release"),
        ("海岚科技宣布，其推理平台即日起向高校免费开放使用。", "海岚科技", "release"),
        ("北岭集团撤回了科创板上市申请。", "北岭集团", "end"),
        ("海岚科技入驻云州高新区智能产业园。", "海岚科技", "build"),
    ],
)
def test_who_acts_where_the_thing_is_told_of_first(text: str, company: str, kind: str) -> None:
    assert (company, kind) in [(one.company, one.kind) for one in actions_in(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("常州二期厂房已于8月封顶，预计明年投产。", "build"),
        ("“青脑”工业控制大模型2.0版已于9月19日通过生成式人工智能服务备案。", "release"),
        ("公司董事会审议通过向特定对象发行股票预案，拟募资不超过15亿元。", "raise"),
        ("股东大会审议通过了发行可转债的议案。", "raise"),
        ("行星滚柱丝杠已进入小批量供货阶段。", "supply"),
    ],
)
def test_things_of_the_company_that_the_title_names(text: str, kind: str) -> None:
    (action,) = actions_in("青禾股份介绍了业务情况。", text, title="青禾股份调研纪要")
    assert (action.company, action.kind) == ("青禾股份", kind)


@pytest.mark.parametrize(
    "text",
    [
        "青禾股份称，公司并未与任何机器人厂商签署供货协议。",
        "星海科技从未推出过消费级机器人产品。",
        "星海科技不存在向第三方转让核心技术业务的情形。",
        "青禾股份2026年净利润或将增长30%至35%。",
        "国瀚证券认为，星海科技今年营收可达30亿元。",
        "青禾股份的产品现阶段主要随设备交付。",
        "北岭集团平台上线半年，用户数翻了一番。",
        "东岚集团平台投用以来，累计服务企业3000家。",
        "会议要求，由东岚集团牵头，年内建成30个行业数据集。",
        "东岚集团今年内建成不少于50个行业数据集。",
        "外界盛传北岭集团将收购云麓软件，但双方均未证实。",
        "如北岭集团未按期建成项目，市政府有权收回土地。",
        "海岚科技董事长周允衡出席云州人工智能大会并致辞。",
    ],
)
def test_denied_expected_asked_for_or_only_the_time_of_something(text: str) -> None:
    assert actions_in(text) == ()


def test_earlier_clause_that_begins_with_the_company_is_meant_past_those_without_a_subject() -> None:
    actions = actions_in(
        "科大讯飞从今年5月起在质检环节试水。公司将在东岭工厂新建一套200P的私有算力，明年投入使用；"
        "到2029年，计划把智能体推广到全部9个基地。"
    )
    assert [(one.kind, one.actuality) for one in actions] == [
        ("deploy", "realised"), ("build", "planned"), ("deploy", "planned"),
    ]  # fmt: skip
    assert len({one.company for one in actions}) == 1


def test_clause_that_goes_on_with_a_customer_has_the_subject_before_it() -> None:
    actions = actions_in("科大讯飞推出芯片“青岚R1”，已导入比亚迪、吉利等客户的样机；并与东江大学成立联合实验室。")
    assert [one.kind for one in actions] == ["release", "supply", "found"]
    assert all("讯飞" in one.company for one in actions)


def test_section_headed_by_a_firm_is_about_it() -> None:
    headings = ("青岚科技：把工序交给模型", "云岫智能：机器人进车间", "岚掌：慢生意")
    told = ("近日，青岚科技完成B轮融资。", "同日官宣的还有数千万元的天使轮融资。", "它去年在锂电领域交付200台。")
    actions = actions_in(*(line for pair in zip(headings, told, strict=True) for line in pair))
    assert [(one.company, one.kind) for one in actions] == [
        ("青岚科技", "raise"), ("云岫智能", "raise"), ("岚掌", "supply"),
    ]  # fmt: skip


def test_headings_of_which_few_name_firms_head_no_section() -> None:
    told = "同日官宣的还有数千万元的天使轮融资。"
    assert not actions_in("数据标注：从粗放到精细", told, "青岚科技：把工序交给模型", "算力：先建后用", told)


def test_product_of_the_company_that_the_paragraph_is_about() -> None:
    actions = actions_in("科大讯飞推出排产平台。目前该平台已在比亚迪、吉利等32家工厂上线。")
    assert [(one.kind, "讯飞" in one.company) for one in actions] == [("release", True), ("deploy", True)]


def test_plant_and_listed_customers_act() -> None:
    actions = actions_in("在所属东岭铜业，大模型与配料系统打通。", "青岚、云岫等整机厂商已下首批订单。")
    assert [(one.company, one.kind) for one in actions] == [("东岭铜业", "deploy"), ("青岚、云岫", "procure")]


def test_numbers_and_targets_are_no_actions() -> None:
    assert not actions_in("科大讯飞累计落地人工智能场景96个，接入各类模型25个。全年出货力争突破500台。")
    assert not actions_in("科大讯飞计划投入科研经费30亿元以上。")


@pytest.mark.parametrize(
    "text",
    [
        "东岚集团计划将语音能力构建到每一款产品中。",
        "9月18日，东岚集团官方平台发布消息称，新厂区照常生产。",
        "东岚集团通过云州交易所发行上市审核业务系统报送文件。",
        "9月18日，东岚集团收到“安愈A”上市申请批准通知书。",
        "男子获利6万元被警方带走。",
        "自从东岚集团去年收购并更名为云岫的平台之后，不少用户离开了。",
    ],
)
def test_words_that_only_look_like_an_action(text: str) -> None:
    assert actions_in("东岚集团总部在云州。", text) == ()


def test_an_object_is_whole() -> None:
    (action,) = actions_in("东岚集团与云州大学联合成立“东岚—云州人工智能实验室”，面向制造业。")
    assert (action.object or "").endswith("实验室”")
    (action,) = actions_in("东岚集团近日收购云岫Robotics。")
    assert action.object == "云岫Robotics"


def test_the_words_of_what_is_done_are_none_of_the_name_of_the_company() -> None:
    (action,) = actions_in("近日，一家名为鹿鸣海洋科技（浙江）有限公司成立，注册资本1亿元。")
    assert action.company.endswith("有限公司")
    assert action.action == "成立"

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.core.annotate.reading import found_in, read

from mingjian.core.annotate.measures import annotate_measures
from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.facts import Measure
from mingjian.core.rulebook import bundled_rulebook


def measures_in(*paragraphs: str) -> tuple[Measure, ...]:
    reading = read(*paragraphs)
    times = annotate_times(reading.article, bundled_rulebook(), Anchor("2025-08-20", "published"))
    quantities = annotate_quantities(reading.article, bundled_rulebook(), times)
    return annotate_measures(reading.article, found_in("measures", reading.article), quantities, times, reading.names)


def test_a_subsidy_has_an_amount_and_somebody_who_gets_it() -> None:
    (measure,) = measures_in("对首次上云的工业企业给予最高50万元补贴。")
    assert measure.instrument == "subsidy"
    assert measure.amount is not None
    assert measure.amount.value == Decimal(500_000)
    assert measure.beneficiary == "首次上云的工业企业"


def test_brackets_name_who_leads() -> None:
    (measure,) = measures_in("2026年底前发放一批算力券。（责任单位：市科技局、市数据局）")
    assert measure.instrument == "voucher"
    assert measure.lead == ("市科技局", "市数据局")
    assert measure.deadline is not None
    assert measure.deadline.end == "2026-12-31"


def test_news_without_instruments_has_no_measures() -> None:
    assert measures_in("机器人在赛场上跑完了全程。") == ()


def test_every_instrument_is_on_the_closed_list() -> None:
    book = bundled_rulebook()
    named = {rule.fields["instrument"] for rule in book.group("measures") if "instrument" in rule.fields}
    assert named == set(book.tables["measures"]["instruments"])


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("按设备投入的20%给予补助，最高300万元。", "subsidy"),
        ("首年对小微企业免收平台服务费。", "subsidy"),
        ("每年发放算力券3000万元。", "voucher"),
        ("政府投资项目应优先采购首次应用的产品。", "procurement"),
        ("设立规模10亿元的未来产业基金。", "fund"),
        ("对软件企业落实研发费用加计扣除。", "tax"),
        ("对设备更新贷款给予贴息，最高50万元。", "credit"),
        ("每年引进高端人才20名以上。", "talent"),
        ("对入驻团队两年租金减免。", "land"),
        ("市级智算中心须于2026年9月底前投入运行。", "compute"),
        ("2026年6月底前公布公共数据授权运营目录。", "data_opening"),
        ("2026年底前制定手术机器人标准5项。", "standard"),
        ("具体办法由市财政局另行制定。", "standard"),
        ("首批遴选30个城市开展试点。", "pilot"),
        ("每年发布场景清单不少于50项。", "scenario"),
        ("由市科技局搭建整车测试公共服务平台。", "platform"),
        ("每年培训数字化人才1万人次以上。", "talent"),
        ("将算力建设纳入年度考核。", "evaluation"),
    ],
)
def test_each_instrument_is_found(text: str, instrument: str) -> None:
    (measure,) = measures_in(text)
    assert measure.instrument == instrument


@pytest.mark.parametrize(
    ("paragraphs", "lead", "assisting"),
    [
        (("每年开放场景20个。（市工信局牵头，市财政局配合）",), ("市工信局",), ("市财政局",)),
        (
            ("每年开放场景20个。（牵头单位：市工信局；配合单位：市财政局、市科技局）",),
            ("市工信局",),
            ("市财政局", "市科技局"),
        ),
        (("每年开放场景20个。", "责任单位：市工信局、市数据局"), ("市工信局", "市数据局"), ()),
        (("由市科技局会同市财政局等单位组织遴选10个试点。",), ("市科技局", "市财政局"), ()),
        (("市财政每年安排专项资金3000万元。",), ("市财政",), ()),
        (("鼓励国有企业每年开放场景20个。",), ("国有企业",), ()),
    ],
)
def test_who_leads_and_who_helps(
    paragraphs: tuple[str, ...], lead: tuple[str, ...], assisting: tuple[str, ...]
) -> None:
    (measure,) = measures_in(*paragraphs)
    assert (measure.lead, measure.assisting) == (lead, assisting)


def test_who_leads_a_sentence_leads_what_follows_its_semicolon() -> None:
    first, second = measures_in("市财政局每年安排专项资金3000万元；对入选项目给予最高50万元奖励。")
    assert first.lead == second.lead == ("市财政局",)


def test_what_leads_up_to_a_subsidy_and_its_terms_are_one_measure() -> None:
    (measure,) = measures_in("每年遴选20个标杆场景，单个场景按投入的30%给予补助，最高150万元。")
    assert measure.instrument == "subsidy"
    assert measure.evidence.text == "每年遴选20个标杆场景，单个场景按投入的30%给予补助，最高150万元"
    assert measure.amount is not None
    assert measure.amount.value == Decimal(1_500_000)


def test_the_sum_by_which_somebody_qualifies_is_not_the_amount() -> None:
    (measure,) = measures_in("对年营收超过1000万元的企业，给予最高50万元奖励。")
    assert measure.beneficiary == "年营收超过1000万元的企业"
    assert measure.amount is not None
    assert measure.amount.value == Decimal(500_000)


@pytest.mark.parametrize(
    "text",
    [
        "加强人工智能人才队伍建设。",
        "推动数据要素流通，激发创新活力。",
        "全市已累计发放算力券1.2亿元。",
        "本办法所称算力券，是指用于抵扣费用的电子凭证。",
        "公司参与制定国家标准12项。",
        "——到2027年，建设行业数据集100个。",
        "中央财政不安排专项资金。",
    ],
)
def test_slogans_goals_and_what_was_done_are_no_measures(text: str) -> None:
    assert measures_in(text) == ()


def test_what_stands_under_a_heading_of_the_past_is_no_measure() -> None:
    found = measures_in(
        "一、上半年工作完成情况",
        "全市发放算力券2000万元，开放场景60个。",
        "二、下半年工作安排",
        "发放算力券3000万元。",
    )
    assert [measure.evidence.text for measure in found] == ["发放算力券3000万元"]


def test_a_past_time_in_the_clause_makes_it_no_measure() -> None:
    assert measures_in("今年3月发放算力券500万元。")
    reading = read("今年3月发放算力券500万元。")
    times = annotate_times(reading.article, bundled_rulebook(), Anchor("2025-08-20", "published"))
    assert (
        annotate_measures(
            reading.article, found_in("measures", reading.article), (), times, reading.names, "2025-08-20"
        )
        == ()
    )


def test_a_page_that_is_not_about_policy_gives_nothing_in_passing() -> None:
    story = "村口的老槐树下，几位老人正在下棋，孩子们追着风筝跑过田埂。" * 14
    assert measures_in(story, "店家提供补贴，最高200元。") == ()


def test_a_mark_in_the_heading_governs_the_paragraphs_below() -> None:
    found = measures_in(
        "三、强化数据供给（责任单位：市数据局、市工信局）",
        "首批开放公共数据集不少于50个。",
    )
    assert [measure.lead for measure in found] == [("市数据局", "市工信局")]

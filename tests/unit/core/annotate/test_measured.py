from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import article_of, read

from mingjian.core.annotate.measured import annotate_measured
from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor, Measured
from mingjian.core.model.facts import Names
from mingjian.core.pipeline.findings import find_all
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.group import group_of
from mingjian.core.text.measuring.words import measuring_words
from mingjian.core.text.scenes import read_scenes

ANCHOR = Anchor("2025-03-20", "published")
NOBODY = Names(organisations=(), people=(), regions=())


def measured_in(text: str, names: Names = NOBODY) -> tuple[Measured, ...]:
    book, article = bundled_rulebook(), article_of(text)
    rules, times = find_all(article, book).rules, annotate_times(article, book, ANCHOR)
    quantities = annotate_quantities(article, book, times)
    scenes = read_scenes(article, rules["figures"], quantities, times, names, ANCHOR)
    return annotate_measured(quantities, scenes, rules["measuring"])


def metrics_in(text: str) -> list[str | None]:
    return [item.metric and text[slice(*item.metric)] for item in measured_in(text)]


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("年终盘点：智能工厂建成23家，高质量数据集只发布了9个。", ["智能工厂", "高质量数据集"]),
        ("岚云公司新建23家，问题清单上新增9项。", [None, None]),
        ("算力规模达到38EFLOPS，绿电占比超过六成。", ["算力规模", "绿电占比"]),
        ("产值分别达到3亿元、5亿元。", ["产值", "产值"]),
        ("大模型118款，其中行业模型73款、通用模型45款。", ["大模型", "行业模型", "通用模型"]),
        ("软件业务收入90亿元，同比增长12%，增速回落0.6个百分点。", ["软件业务收入", "软件业务收入", "增速回落"]),
        ("机器人产量增长2.5倍。", ["机器人产量增长"]),
        ("贷款余额4215亿元，占各项贷款的23.1%。", ["贷款余额", "贷款余额"]),
        ("研发投入占地区生产总值比重达2.8%。", ["研发投入占地区生产总值比重"]),
        ("建成20个标杆场景，新增20家企业。", ["标杆场景", "企业"]),
        ("形成2个高水平的创新平台。", ["创新平台"]),
        ("当年投资30亿元，提供3亿元的补贴，完成8亿元B轮融资。", ["投资", "补贴", "B轮融资"]),
        ("推理成本由450元降至180元，仅为上一代的七分之一。", ["推理成本", "推理成本", "推理成本"]),
        ("企业数量翻一番，达到4862家。", ["企业数量", "企业数量"]),
        ("营业收入12亿元、净利润1亿元，同比分别增长20%、15%。", ["营业收入", "净利润"] * 2),
        ("进口和出口分别下降2%和3%。", ["进口", "出口"]),
        ("汽车、锂电池产量分别增长28%和19%。", ["汽车", "锂电池产量"]),
        ("产业规模持续壮大，突破3万亿元。", ["产业规模"]),
        ("营业收入：30亿元。", ["营业收入"]),
        ("60%以上新增算力在枢纽节点集聚。", ["新增算力"]),
        ("这一数字将上升到5600万人。", [None]),
        ("公司完成20亿元。", [None]),
    ],
)
def test_the_metric_is_the_noun_phrase_that_names_what_is_measured(text: str, metrics: list[str | None]) -> None:
    assert metrics_in(text) == metrics


def test_a_time_stated_once_governs_the_clauses_after_it() -> None:
    text = "到2027年，算力规模超过50EFLOPS，培育企业300家；新增数据集达到20个。"
    found = measured_in(text)
    assert [(item.time and text[slice(*item.time)], item.use) for item in found] == [("到2027年", "deadline")] * 3
    assert all(item.governed for item in found)


def test_a_time_of_its_own_goes_before_a_deadline_stated_earlier() -> None:
    text = "到2027年算力规模超过50EFLOPS，2024年营收达90亿元，产值比2023年增长5%。"
    assert [(item.time and text[slice(*item.time)], item.use) for item in measured_in(text)] == [
        ("到2027年", "deadline"),
        ("2024年", "as_of"),
        ("到2027年", "deadline"),
    ]


def test_a_number_of_the_same_metric_holds_for_the_same_time() -> None:
    text = "到2027年算力规模超过50EFLOPS；2024年产值达90亿元，同比增长5%。"
    assert [(item.time and text[slice(*item.time)], item.use) for item in measured_in(text)] == [
        ("到2027年", "deadline"),
        ("2024年", "as_of"),
        ("2024年", "as_of"),
    ]


def test_a_deadline_behind_a_number_is_its_own() -> None:
    text = "一期800P计划于2025年6月30日前投用，二期1200P计划于2027年底前建成。"
    assert [(item.time and text[slice(*item.time)], item.use) for item in measured_in(text)] == [
        ("2025年6月30日前", "deadline"),
        ("2027年底前", "deadline"),
    ]


def test_a_day_told_of_holds_on_behind_a_semicolon() -> None:
    text = "“十四五”期间，已建成集群4个；产值超百亿元。"
    assert [(item.time and text[slice(*item.time)], item.use) for item in measured_in(text)] == [
        ("“十四五”期间", "as_of"),
        ("“十四五”期间", "as_of"),
    ]


def test_words_say_whose_it_is_where_no_names_are_known() -> None:
    text = "全省营收达90亿元，该公司股价上涨5%。"
    first, second = measured_in(text)
    assert first.region is not None
    assert text[slice(*first.region)] == "全省"
    assert second.subject is not None
    assert text[slice(*second.subject)] == "该公司"


@pytest.mark.parametrize(
    "text",
    [
        "力争3个行业应用走在全国前列，形成20个以上垂直领域模型。",
        "投资来源覆盖全球160多个国家和地区，共建国家和地区占比超八成。",
        "这是全球最高性能的推理芯片，相当于10块GPU。",
        "产业规模位居全国第二，企业数量达到300家。",
    ],
)
def test_a_yardstick_or_what_is_reached_is_no_subject(text: str) -> None:
    assert [(item.subject, item.region) for item in measured_in(text)][-1] == (None, None)


def test_an_office_that_tells_is_no_subject() -> None:
    text = "北京市统计局数据显示，上海市产值达90亿元。"
    (item,) = measured_in(text, read(text).names)
    assert item.subject is not None
    assert text[slice(*item.subject)].startswith("上海")


def test_every_metric_has_words() -> None:
    text = "有60万个“12306账号”出售，新增3万亩高标准农田，气温由25℃降至10℃。"
    assert all(item.metric is None or text[slice(*item.metric)].strip("“”") for item in measured_in(text))
    assert metrics_in(text)[1] == "高标准农田"


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("营收90亿元，同比增长12%、环比下降3%。", [None, ("同比", "yoy"), ("环比", "sequential")]),
        ("利润较上年同期下降8%。", [("较上年同期", "yoy")]),
        ("营收和利润同比分别增长20%、15%。", [("同比", "yoy")] * 2),
        ("产量比上月增加3万台。", [("比上月", "sequential")]),
        ("产值年均增长15%以上。", [("年均", "annual_average")]),
        ("能耗较2020年下降13.5%。", [("较2020年", None)]),
        ("贷款余额比上年末增长9%。", [("比上年末", None)]),
        ("软件业务收入同比增速为11%，占全省的比重12%。", [("同比", "yoy"), None]),
        ("出口同比增长20%至30亿元。", [("同比", "yoy"), None]),
    ],
)
def test_a_change_says_against_what(text: str, compared: list[tuple[str, str | None] | None]) -> None:
    found = measured_in(text)
    assert [item.compared and (text[slice(*item.compared)], item.growth) for item in found] == compared


def test_the_words_that_lead_to_a_number_end_with_a_character_that_is_known() -> None:
    words = measuring_words(group_of(bundled_rulebook(), "measuring"))
    assert words.lead_ends is not None
    for text in ("产值达到", "同比增长", "成本降至", "股价上涨了", "（含税）", "能耗从", "其中约"):
        found = words.lead.search(text)
        assert found is not None
        assert found.group()[-1] in words.lead_ends

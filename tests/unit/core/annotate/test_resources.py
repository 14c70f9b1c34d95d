from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.core.annotate.reading import Reading, found_in, read

from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.resources import (
    Ground,
    annotate_compute,
    annotate_datasets,
    annotate_funds,
    annotate_scenarios,
    ground_of,
)
from mingjian.core.model.resources import Compute, Dataset, Fund, Scenario
from mingjian.core.pipeline.findings import find_all
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.group import group_of

STATUSES = group_of(bundled_rulebook(), "statuses")


def _ground(reading: Reading) -> Ground:
    quantities = annotate_quantities(reading.article, bundled_rulebook(), ())
    return ground_of(reading.article, STATUSES, quantities, reading.names)


def scenarios_in(text: str) -> tuple[Scenario, ...]:
    reading = read(text)
    known = find_all(reading.article, bundled_rulebook()).lexicons["scenarios"]
    return annotate_scenarios(_ground(reading), found_in("scenarios", reading.article), known, reading.industries)


def compute_in(text: str) -> tuple[Compute, ...]:
    reading = read(text)
    return annotate_compute(_ground(reading), found_in("compute", reading.article))


def datasets_in(*paragraphs: str) -> tuple[Dataset, ...]:
    reading = read(*paragraphs)
    return annotate_datasets(_ground(reading), found_in("datasets", reading.article))


def funds_in(text: str) -> tuple[Fund, ...]:
    reading = read(text)
    return annotate_funds(_ground(reading), found_in("funds", reading.article))


def test_scenarios_are_clauses_with_their_owner() -> None:
    (scenario,) = scenarios_in("国家电网将向社会开放首批巡检应用场景，欢迎报名。")
    assert scenario.evidence.text == "国家电网将向社会开放首批巡检应用场景"
    assert (scenario.action, scenario.owner) == ("开放", "国家电网")
    assert (scenario.status, scenario.stage) == ("target", "opened")


def test_a_scenario_has_its_name_and_sector_where_the_vocabulary_knows_it() -> None:
    (scenario,) = scenarios_in("国家电网将向社会开放首批线路巡检应用场景，欢迎报名。")
    assert (scenario.scenario, scenario.sector) == ("智能巡检", "D")
    (place,) = scenario.parts["scenario"]
    assert "国家电网将向社会开放首批线路巡检应用场景"[slice(*place)] == "线路巡检"


def test_a_scenario_has_the_sector_of_the_only_industry_of_its_clause() -> None:
    (scenario,) = scenarios_in("全市开放首批文旅行业应用场景。")
    assert (scenario.scenario, scenario.sector) == (None, "R")
    (scenario,) = scenarios_in("全市开放首批文旅行业、农业应用场景。")
    assert scenario.sector is None


@pytest.mark.parametrize(
    ("text", "count", "stage"),
    [
        ("该市发布首批50个人工智能应用场景。", 50, "opened"),
        ("全县打造“5G+工业互联网”场景46个。", 46, "built"),
        ("面向全市征集30项典型应用场景。", 30, "sought"),
        ("大模型已在公文写作等30多个场景应用。", 30, "deployed"),
        ("支持30家企业打造标杆应用场景。", None, "built"),
    ],
)
def test_a_scenario_counts_scenarios_alone(text: str, count: int | None, stage: str) -> None:
    (scenario,) = scenarios_in(text)
    assert (scenario.count, scenario.stage) == (None if count is None else Decimal(count), stage)


@pytest.mark.parametrize(
    "text",
    [
        "我国应用场景丰富，市场广阔。",
        "目前尚未形成成熟的应用场景。",
        "全市举办应用场景对接会20场。",
        "会议听取了场景建设情况汇报。",
        "消费者在购物场景中体验到便利。",
        "如果开放应用场景，企业就会来。",
    ],
)
def test_talk_of_scenarios_is_no_scenario(text: str) -> None:
    assert scenarios_in(text) == ()


def test_compute_carries_its_capacity() -> None:
    (one,) = compute_in("到2027年，全省智能算力规模达到12EFLOPS。")
    assert one.capacity is not None
    assert one.capacity.value == Decimal(12) * 10**18
    assert (one.status, one.stage, one.kind, one.precision) == ("target", "planned", "intelligent", None)


def test_a_capacity_behind_a_facility_is_that_ones() -> None:
    (one,) = compute_in("该市智算中心正式投运，总算力达900P（FP16）。")
    assert one.evidence.text == "该市智算中心正式投运，总算力达900P（FP16）"
    assert one.capacity is not None
    assert one.capacity.value == Decimal(9) * 10**17
    assert (one.stage, one.precision) == ("in_service", "FP16")


def test_racks_power_and_cards_of_a_facility() -> None:
    (one,) = compute_in("该中心规划建设2万个标准机架，PUE低于1.15，绿电使用比例达90%。")
    assert one.pue is not None
    assert one.renewable is not None
    assert (one.racks, one.pue.value, one.renewable.value) == (Decimal(20_000), Decimal("1.15"), Decimal("0.9"))
    (one,) = compute_in("该集团拟投资20亿元建设1万卡智算集群。")
    assert (one.accelerators, one.stage) == (Decimal(10_000), "planned")


def test_a_deadline_governs_the_clauses_behind_it() -> None:
    first, second = compute_in("到2029年，全省智能算力规模突破5万P，建成万卡集群3个以上。")
    assert (first.status, second.status) == ("target", "target")
    (one,) = compute_in("截至2026年底，全省建成智算中心9个。")
    assert one.status == "realised"


@pytest.mark.parametrize(
    "text",
    [
        "大模型训练需要大量算力。",
        "算力产业规模突破200亿元。",
        "会议听取了智算中心建设情况汇报。",
        "目前尚未建设智算中心。",
        "《东江市智算中心建设管理办法》印发。",
        "如果建设智算中心，电力能否跟上？",
    ],
)
def test_talk_of_compute_is_no_compute(text: str) -> None:
    assert compute_in(text) == ()


def test_a_data_set_is_asked_for() -> None:
    (dataset,) = datasets_in("要加快建设一批手语数据集。", "加快推进数据集中存储。")
    assert (dataset.name, dataset.status) == ("手语数据集", "directed")


def test_the_number_and_the_size_of_data_sets() -> None:
    (dataset,) = datasets_in("该市已建成高质量数据集86个，总规模达120TB。")
    assert dataset.size is not None
    assert (dataset.count, dataset.size.value, dataset.size.unit) == (Decimal(86), Decimal(120) * 10**12, "byte")
    (dataset,) = datasets_in("该公司开源了包含200万条标注数据的多模态质检数据集。")
    assert dataset.size is not None
    assert (dataset.count, dataset.size.value) == (None, Decimal(2_000_000))
    assert (dataset.labelled, dataset.modality) == (True, "多模态")


def test_a_fund_has_an_amount() -> None:
    (fund,) = funds_in("该市设立总规模80亿元的机器人产业基金。")
    assert (fund.amount, fund.unit, fund.kind, fund.stage) == (Decimal(8_000_000_000), "CNY", "industry", "set_up")
    assert "基金" in fund.evidence.text


def test_the_manager_and_the_sectors_of_a_fund() -> None:
    (fund,) = funds_in("拟设立30亿元低空产业母基金，由东江市产业投资集团有限公司管理，重点投向无人机、飞控等领域。")
    assert (fund.manager, fund.sectors) == ("东江市产业投资集团有限公司", "无人机、飞控")
    assert (fund.kind, fund.stage, fund.status) == ("fund_of_funds", "planned", "target")


def test_a_fund_that_is_closed_for_the_first_time() -> None:
    (fund,) = funds_in("东江市具身智能产业基金完成首关，募资15亿元。")
    assert (fund.stage, fund.amount) == ("first_close", Decimal(1_500_000_000))


@pytest.mark.parametrize(
    "text", ["社保基金规模突破5万亿元。", "货币基金规模缩水100亿元。", "东江基金会捐赠100万元。", "用好各类产业基金。"]
)
def test_funds_of_other_kinds(text: str) -> None:
    assert funds_in(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "自从去年8月上了智能排产，这家老厂的交期缩短了一半。",
        "全市31家医院中已有19家用上各类AI辅助诊断。",
        "表面检测模型替代了过去靠老师傅看火色的经验判断。",
        "双方将在焊接、涂装两道工序联合落地大模型。",
        "这套“岚影”肺部辅助诊断系统是去年11月上线的。",
        "会上联合发布《云州市“人工智能+渔业”应用场景机会清单（第一批）》。",
        "县医院医生用上了病历生成大模型。",
    ],
)
def test_works_that_artificial_intelligence_is_taken_up_for(text: str) -> None:
    assert len(scenarios_in(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "第一条　为加快人工智能在制造、外贸等领域落地，依据有关规定，结合本市实际，制定本措施。",
        "如果用上智能排产，交期会更短。",
        "模型能否替代医生的经验，尚有争议。",
        "国产芯片替代进口的步伐加快。",
    ],
)
def test_purposes_and_conditions_are_no_scenarios(text: str) -> None:
    assert scenarios_in(text) == ()


def test_a_data_set_with_a_name_of_its_own() -> None:
    (one,) = datasets_in("石化语料库“云知1.0”已经完成首轮标注。")
    assert one.evidence.text == "石化语料库“云知1.0”已经完成首轮标注"


@pytest.mark.parametrize("text", ["通过质量评估的数据集占比达到80%。", "形成数据集质量国家标准2项。"])
def test_shares_and_standards_are_no_data_sets(text: str) -> None:
    assert datasets_in(text) == ()


def test_a_stage_of_a_named_facility_is_pushed_on() -> None:
    (one,) = compute_in("加快云州智算枢纽三期建设。")
    assert one.evidence.text == "加快云州智算枢纽三期建设"


def test_each_phase_of_a_clause_is_told_of_by_its_own_part() -> None:
    second, third = compute_in("推动岚州智算中心二期投运、三期开工。")
    assert [one.evidence.text for one in (second, third)] == ["推动岚州智算中心二期投运", "三期开工"]
    assert [one.name for one in (second, third)][1:] == ["三期"]
    assert {second.stage, third.stage} == {"planned"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("岚州智算中心一期去年投运。二期工程投运三个月，上架率过八成。", ["岚州智算中心一期", "二期工程"]),
        ("岚州智算中心已开工。与会嘉宾参观了前天动工的二期现场。", ["岚州智算中心", "二期"]),
        ("岚州智算中心开工，规划7000P。", ["岚州智算中心"]),
        ("岚云公司的岚州工厂一期投产，二期工程已经开工。", []),
        ("岚州智算中心开工。岚云公司的岚州工厂一期投产，二期工程已经开工。", ["岚州智算中心"]),
        ("二期工程已经开工。", []),
    ],
)
def test_a_phase_is_one_of_the_site_named_last(text: str, names: list[str]) -> None:
    assert [one.name for one in compute_in(text)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("本轮由岚江省机器人产业母基金领投。", "岚江省机器人产业母基金"),
        ("发挥省机器人产业母基金撬动作用，引导社会资本投早投小。", "省机器人产业母基金"),
        ("会上定下了“百亿基金”的盘子。", "百亿基金"),
        ("去年底设立的省机器人产业基金，今年投了三家企业。", "省机器人产业基金"),
    ],
)
def test_funds_that_are_used_or_called_by_their_size(text: str, name: str) -> None:
    (fund,) = funds_in(text)
    assert (fund.name, fund.amount) == (name, None)


@pytest.mark.parametrize("text", ["发挥政府投资基金引导作用。", "多只产业基金跟投。", "百亿基金经理离职。"])
def test_funds_in_general_are_none(text: str) -> None:
    assert funds_in(text) == ()


def test_a_batch_is_of_what_was_named_last() -> None:
    (scenario,) = scenarios_in("市数据局举行场景发布会，首批清单共37个，其中医疗9个。")
    assert (scenario.evidence.text, scenario.count) == ("首批清单共37个", Decimal(37))
    (first, dataset) = datasets_in("会上41个行业数据集亮相，加上年初的首批27个，已有68个。")
    assert (first.count, dataset.name, dataset.count) == (Decimal(41), "首批", Decimal(27))
    assert scenarios_in("市科技局举行项目发布会，首批清单共37个。") == ()

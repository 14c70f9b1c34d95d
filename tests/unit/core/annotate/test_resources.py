from __future__ import annotations

from decimal import Decimal

from tests.unit.core.annotate.reading import Reading, found_in, read

from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.resources import annotate_compute, annotate_datasets, annotate_funds, annotate_scenarios
from mingjian.core.model.annotation import Quantity
from mingjian.core.model.facts import Scenario
from mingjian.core.pipeline.findings import find_all
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.group import group_of

STATUSES = group_of(bundled_rulebook(), "statuses")


def _quantities(reading: Reading) -> tuple[Quantity, ...]:
    return annotate_quantities(reading.article, bundled_rulebook(), ())


def test_scenarios_are_clauses_with_their_owner() -> None:
    reading = read("国家电网将向社会开放首批巡检应用场景，欢迎报名。")
    (scenario,) = annotate_scenarios(reading.article, found_in("scenarios", reading.article), (), reading.names, (), ())
    assert scenario.evidence.text == "国家电网将向社会开放首批巡检应用场景"
    assert scenario.action == "开放"
    assert scenario.owner == "国家电网"


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


def scenarios_in(text: str) -> tuple[Scenario, ...]:
    reading = read(text)
    known = find_all(reading.article, bundled_rulebook()).lexicons["scenarios"]
    found = found_in("scenarios", reading.article)
    return annotate_scenarios(reading.article, found, (), reading.names, known, reading.industries)


def test_rich_scenarios_are_no_scenario() -> None:
    reading = read("我国应用场景丰富，市场广阔。")
    assert annotate_scenarios(reading.article, found_in("scenarios", reading.article), (), reading.names, (), ()) == ()


def test_compute_carries_its_capacity() -> None:
    reading = read("到2027年，全省智能算力规模达到12EFLOPS。")
    found = annotate_compute(
        reading.article, found_in("compute", reading.article), STATUSES, _quantities(reading), reading.names
    )
    assert [item.capacity and item.capacity.value for item in found] == [Decimal(12) * 10**18]


def test_a_data_set_is_asked_for() -> None:
    reading = read("要加快建设一批手语数据集。", "加快推进数据集中存储。")
    (dataset,) = annotate_datasets(reading.article, found_in("datasets", reading.article), STATUSES, (), reading.names)
    assert (dataset.name, dataset.status) == ("手语数据集", "directed")


def test_a_fund_has_an_amount() -> None:
    reading = read("该市设立总规模80亿元的机器人产业基金。")
    (fund,) = annotate_funds(
        reading.article, found_in("funds", reading.article), STATUSES, _quantities(reading), reading.names
    )
    assert fund.amount == Decimal(8_000_000_000)
    assert fund.unit == "CNY"
    assert "基金" in fund.evidence.text

from __future__ import annotations

from tests.unit.core.annotate.reading import found_in, read

from mingjian.core.annotate.actions import annotate_company_actions, annotate_systems
from mingjian.core.model.facts import CompanyAction, System


def actions_in(*paragraphs: str) -> tuple[CompanyAction, ...]:
    reading = read(*paragraphs)
    return annotate_company_actions(reading.article, found_in("actions", reading.article), (), reading.names)


def systems_in(*paragraphs: str) -> tuple[System, ...]:
    reading = read(*paragraphs)
    return annotate_systems(reading.article, found_in("systems", reading.article))


def test_a_company_releases_a_product() -> None:
    (action,) = actions_in("科大讯飞近日推出质检大模型，反响良好。")
    assert action.evidence.text == "科大讯飞近日推出质检大模型"
    assert "讯飞" in action.company
    assert action.action == "推出质检大模型"


def test_an_office_is_no_company() -> None:
    assert actions_in("工业和信息化部推出质检大模型。") == ()


def test_what_a_product_allows_is_no_action() -> None:
    assert actions_in("科大讯飞的工具允许用户开发质检平台。") == ()


def test_systems_are_names_and_stand_once() -> None:
    names = [system.name for system in systems_in("“青松”语音大模型与ChatGPT不同。", "ChatGPT没有“青松”语音大模型快。")]
    assert names == ["“青松”语音大模型", "ChatGPT"]


def test_a_platform_is_named_by_what_it_serves() -> None:
    (system,) = systems_in("该省建成省级算力调度平台。")
    assert (system.name, system.kind) == ("省级算力调度平台", "platform")

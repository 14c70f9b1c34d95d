from __future__ import annotations

from tests.unit.core.annotate.reading import found_in, read

from mingjian.core.annotate.actions import annotate_company_actions
from mingjian.core.model.facts import CompanyAction


def actions_in(*paragraphs: str) -> tuple[CompanyAction, ...]:
    reading = read(*paragraphs)
    return annotate_company_actions(reading.article, found_in("actions", reading.article), (), reading.names)


def test_a_company_releases_a_product() -> None:
    (action,) = actions_in("科大讯飞近日推出质检大模型，反响良好。")
    assert action.evidence.text == "科大讯飞近日推出质检大模型"
    assert "讯飞" in action.company
    assert action.action == "推出质检大模型"


def test_an_office_is_no_company() -> None:
    assert actions_in("工业和信息化部推出质检大模型。") == ()


def test_what_a_product_allows_is_no_action() -> None:
    assert actions_in("科大讯飞的工具允许用户开发质检平台。") == ()

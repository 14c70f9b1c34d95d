from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read


def test_name_issuer_and_date_of_a_report() -> None:
    (one,) = read("中国信息通信研究院2024年12月发布的《绿色算力发展白皮书》显示，").reports
    assert (one.name, one.issuer, one.date) == ("绿色算力发展白皮书", "中国信息通信研究院", "2024-12")


@pytest.mark.parametrize("text", ["审议《政府工作报告》。", "印发《绿色工厂建设意见》。", "他读《红楼梦》。"])
def test_other_titles_are_no_reports(text: str) -> None:
    assert read(text).reports == ()


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("国家标准GB/T 99288.1-2025《语料质量》实施。", "语料质量", "GB/T 99288.1-2025"),
        ("制定《智算中心评估规范》（T/YZSS 912-2027）团体标准。", "智算中心评估规范", "T/YZSS 912-2027"),
    ],
)
def test_standards_with_their_numbers(text: str, name: str, number: str) -> None:
    (one,) = read(text).reports
    assert (one.kind, one.name, one.number) == ("standard", name, number)


@pytest.mark.parametrize(
    "text", ["团体标准《智能体互联协议》立项。", "发布《语料安全要求》国家标准。", "发布《2027智能体图谱》。"]
)
def test_a_standard_without_its_number_is_no_report(text: str) -> None:
    assert read(text).reports == ()


def test_accounts_are_reports() -> None:
    (one,) = read("公司披露2027年半年度报告。").reports
    assert (one.kind, one.name) == ("report", "2027年半年度报告")

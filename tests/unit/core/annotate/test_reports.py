from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read


def test_name_issuer_and_date_of_a_report() -> None:
    (one,) = read("中国信息通信研究院2024年12月发布的《绿色算力发展白皮书》显示，").reports
    assert (one.name, one.issuer, one.date) == ("绿色算力发展白皮书", "中国信息通信研究院", "2024-12")


@pytest.mark.parametrize("text", ["审议《政府工作报告》。", "印发《绿色工厂建设意见》。", "他读《红楼梦》。"])
def test_other_titles_are_no_reports(text: str) -> None:
    assert read(text).reports == ()

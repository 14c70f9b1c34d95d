from __future__ import annotations

from decimal import Decimal

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

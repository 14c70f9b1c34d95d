"""How values are worded."""

from __future__ import annotations

from decimal import Decimal

from mingjian.brief.wording import fact_columns, worded
from mingjian.core.model.annotation import DateValue
from mingjian.core.model.facts import Normalized
from mingjian.core.model.outcome import Missing
from mingjian.core.model.record import Record


def test_values_are_worded() -> None:
    assert worded(True) == "是"
    assert worded("realised") == "已发生"
    assert worded("meeting") == "会议召开"
    assert worded(DateValue("2025-07-01", "2025-07-31", "month", "7月", "explicit")) == "2025-07-01 至 2025-07-31"
    assert worded(DateValue(None, "2025-07-31", "before", None, "not-stated")) == "… 至 2025-07-31"
    assert worded(Normalized(Decimal("2"), Decimal("3"), "count")) == "2–3 count"
    assert worded(Missing("no-title-in-page")) == "（缺：页面没有标题）"


def test_every_kind_that_is_shown_is_a_field_of_the_record() -> None:
    assert {kind for kind, _ in fact_columns()} <= set(Record.__struct_fields__)

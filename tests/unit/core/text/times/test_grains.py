"""Lengths that count by their unit, parts by their number, and days of the moon, as the profile jionlp reads them."""

from __future__ import annotations

import pytest

from mingjian.core.pipeline.expressions import times


def reading(text: str, anchor: str, profile: str = "jionlp") -> tuple[str | None, str | None]:
    """The bounds of the only expression, which is the whole text; midnights by their day."""
    (time,) = times(text, anchor, profile=profile)
    assert text[time.start : time.end] == text
    low, high = (bound and bound.removesuffix("T00:00:00") for bound in (time.begin, time.until))
    return low, high


@pytest.mark.parametrize(
    ("text", "anchor", "low", "high"),
    [
        ("五年前", "2024-03-10", "2019-01-01", "2020-01-01"),
        ("五年以前", "2024-03-10", None, "2020-01-01"),
        ("两年半后", "2024-03-10", "2026-09-01", "2026-10-01"),
        ("四个月以后", "2024-03-10", "2024-07-01", None),
        ("两年内", "2021", "2021-01-01", "2024-01-01"),
        ("五个月以来", "2024-09", "2024-04-01", "2024-10-01"),
        ("12天以前", "2024-03-10", None, "2024-02-28"),
        ("三周后", "2024-03-10", "2024-03-25", "2024-04-01"),
        ("八小时内", "2024-03-10T09:15", "2024-03-10T09:15:00", "2024-03-10T17:16:00"),
        ("半小时前", "2024-03-10T09:15", "2024-03-10T08:15:00", "2024-03-10T08:45:00"),
        ("近两年", "2024-03-10T09:15:20", "2022-03-11", "2024-03-10T09:15:20"),
        ("未来四个月", "2024-03-10", "2024-03-10", "2024-07-10"),
        ("再过六天", "2024-03-10", "2024-03-16", None),
        ("三四十年后", "2024-03-10", "2054-01-01", "2065-01-01"),
        ("前几年", "2024-03-10", "2019-01-01", "2023-01-01"),
    ],
)
def test_a_length_counts_as_exactly_as_its_unit(text: str, anchor: str, low: str | None, high: str | None) -> None:
    assert reading(text, anchor) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5月第二周", "2024-05-13", "2024-05-20"),
        ("今年第30周", "2024-07-22", "2024-07-29"),
        ("去年最后三天", "2023-12-29", "2024-01-01"),
        ("上月前五天", "2024-02-01", "2024-02-06"),
        ("2026年第一个星期三", "2026-01-07", "2026-01-08"),
        ("第四年", "2027-01-01", "2028-01-01"),
        ("本月最后一个周五", "2024-03-29", "2024-03-30"),
    ],
)
def test_parts_by_their_number(text: str, low: str, high: str) -> None:
    assert reading(text, "2024-03-10") == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("农历八月十六", "2024-09-18", "2024-09-19"),
        ("去年闰二月", "2023-03-22", "2023-04-20"),
        ("九月初九", "2024-10-11", "2024-10-12"),
        ("大年初二", "2024-02-11", "2024-02-12"),
        ("腊月廿三", "2025-01-22", "2025-01-23"),
        ("今年秋天", "2024-08-07", "2024-11-07"),
    ],
)
def test_days_of_the_moon_and_seasons_between_terms(text: str, low: str, high: str) -> None:
    assert reading(text, "2024-03-10") == (low, high)


def test_a_day_of_the_moon_is_one_in_documents_too() -> None:
    assert reading("农历八月十六日", "2024-10-10", "document") == ("2024-09-18", "2024-09-19")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2023.11.05 08:30-2024.02.01 17:00", "2023-11-05T08:30:00", "2024-02-01T17:01:00"),
        ("2024-01-0307:45", "2024-01-03T07:45:00", "2024-01-03T07:46:00"),
        ("11-25", "2024-11-25", "2024-11-26"),
        ("1992到95年4月", "1992-01-01", "1995-05-01"),
        ("下午2点到4点", "2024-03-10T14:00:00", "2024-03-10T16:00:00"),
        ("晚上11点到凌晨1点", "2024-03-10T23:00:00", "2024-03-11T01:00:00"),
        ("5月3号，4号，5号", "2024-05-03", "2024-05-06"),
    ],
)
def test_figures_and_stretches(text: str, low: str, high: str) -> None:
    assert reading(text, "2024-03-10") == (low, high)


@pytest.mark.parametrize("text", ["零点三", "三点一四", "编号20240310001", "减六点二"])
def test_decimals_are_no_clocks(text: str) -> None:
    assert times(text, "2024-03-10", profile="jionlp") == ()


@pytest.mark.parametrize(
    ("text", "anchor", "low"),
    [
        ("周二", "2024-03-12T10:00:00", "2024-03-19"),
        ("2月3号", "2024-03-12T10:00:00", "2025-02-03"),
        ("上午9点", "2024-03-12T10:00:00", "2024-03-13T09:00:00"),
        ("植树节", "2024-03-12T10:00:00", "2025-03-12"),
    ],
)
def test_what_is_asked_for_as_to_come(text: str, anchor: str, low: str) -> None:
    assert reading(text, anchor, "jionlp-next")[0] == low

from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import article_of

from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor, TimeExpression
from mingjian.core.rulebook import bundled_rulebook


def times_in(*paragraphs: str, anchor: Anchor | str | None = None) -> tuple[TimeExpression, ...]:
    article = article_of(*paragraphs)
    anchor = anchor if isinstance(anchor, Anchor) else Anchor(anchor, "published", (0, 1) if anchor else None)
    return annotate_times(article, bundled_rulebook(), anchor)


def bounds(time: TimeExpression) -> tuple[str | None, str | None]:
    return time.date.start, time.date.end


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("前5个月，产值增长", "2025-06-20", ("2025-01-01", "2025-05-31")),
        ("去年第四季度", "2025-06-20", ("2024-10-01", "2024-12-31")),
        ("四季度", "2025-02-20", ("2024-10-01", "2024-12-31")),
        ("去年9月到今年3月", "2025-06-20", ("2024-09-01", "2025-03-31")),
        ("2020年至今", "2025-06-20", ("2020-01-01", "2025-06-20")),
        ("记者31日获悉", "2025-08-01", ("2025-07-31", "2025-07-31")),
        ("大会将于12月5日举行", "2025-11-20", ("2025-12-05", "2025-12-05")),
        ("12月5日，大会闭幕", "2026-01-20", ("2025-12-05", "2025-12-05")),
        ("07年", "2025-06-20", ("2007-01-01", "2007-12-31")),
        ("上上周", "2025-03-20", ("2025-03-03", "2025-03-09")),
        ("2018年之后", "2025-03-20", ("2019-01-01", None)),
        ("2月30日", "2025-03-20", (None, None)),
        ("当前", "2025-03-20", ("2025-03-20", "2025-03-20")),
        ("此前", "2025-03-20", (None, "2025-03-20")),
        ("近日", "2025-03-20", ("2025-02-18", "2025-03-20")),
    ],
)
def test_bounds(text: str, anchor: str, expected: tuple[str | None, str | None]) -> None:
    assert bounds(times_in(text, anchor=anchor)[0]) == expected


@pytest.mark.parametrize(
    ("paragraphs", "value", "basis"),
    [
        (("前三季度，出口增长5%。", "同期，进口下降"), "2025-01/2025-09", "relative:同期@2025-01/2025-09"),
        (("1至7月，产量为2020年同期的2倍",), "2020-01/2020-07", "relative:2020年同期@2025-01/2025-07"),
        (("10月1日至8日，销售额比去年同期增长",), "2024-10-01/2024-10-08", "relative:去年同期@2025-10-01/2025-10-08"),
        (("三季度销量增长。份额较上一季度下降",), "2025-Q2", "relative:上一季度@2025-Q3"),
        (("10月份指数为50.2。新订单比上月上升",), "2025-09", "relative:上月@2025-10"),
        (("3月，公司成立。今年以来，销量比上月增长",), "2025-10", "relative:上月@published"),
        (("10月末，增速比上月末低",), "2025-09", "relative:上月末@2025-10"),
        (("“十四五”前四年，投资增长",), "2021/2024", "explicit:14=2021-2025"),
    ],
)
def test_what_a_period_is_compared_with_counts_from_it(paragraphs: tuple[str, ...], value: str, basis: str) -> None:
    last = times_in(*paragraphs, anchor="2025-11-20")[-1]
    assert (last.value, last.date.basis) == (value, basis)


@pytest.mark.parametrize(
    ("told", "counted", "words"),
    [
        ("三季度销量增长，份额较", "上季度", "三季度"),
        ("10月末，增速比", "上月末", "10月末"),
        ("一季度，利润比", "去年同期", "一季度"),
        ("前三季度，出口增长。", "同期", "前三季度"),
        ("2024年，公司营收增长，", "次年", "2024年"),
        ("2025年3月5日，公司成立，", "7天后", "2025年3月5日"),
    ],
)
def test_the_support_is_what_the_time_counts_from(told: str, counted: str, words: str) -> None:
    earlier = "2022年3月5日，公司成立。"
    last = times_in(earlier, told + counted, anchor="2025-11-20")[-1]
    text = f"{earlier}\n{told}{counted}"
    assert [text[slice(*pair)] for pair in last.support] == [words]


def test_the_same_period_of_nothing_is_no_time() -> None:
    assert times_in("同期，出口增长", anchor="2025-11-20") == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026财年第三财季营收", "FY2026-Q3"),
        ("2025财政年度", "FY2025"),
        ("第四财季", "FYXXXX-Q4"),
        ("2025财年上半年", "FY2025-H1"),
    ],
)
def test_a_year_of_accounts_begins_on_a_day_that_is_not_told(text: str, value: str) -> None:
    (found,) = times_in(text, anchor="2025-11-20")
    assert (found.value, bounds(found), found.date.basis) == (value, (None, None), "fiscal-year")


def test_a_day_counts_from_the_event_before_it() -> None:
    first, second, third = times_in("今年1月22日，会议召开；7天后，方案印发；同日，平台上线。", anchor="2024-12-20")
    assert bounds(first) == ("2024-01-22", "2024-01-22")
    assert bounds(second) == bounds(third) == ("2024-01-29", "2024-01-29")
    assert second.support == ((first.start, first.end),)


def test_the_year_of_the_paragraph_governs_a_bare_month_until_it_ends() -> None:
    told, same, other = times_in("2021年，试点启动。9月，扩大试点。", "9月，大会举行。", anchor="2024-12-20")
    assert (told.value, same.value, other.value) == ("2021", "2021-09", "2024-09")


def test_what_a_figure_is_compared_with_governs_nothing() -> None:
    times = times_in("比2023年同期增长。6月，产量上升。", anchor="2025-08-20")
    assert times[-1].value == "2025-06"


def test_without_a_day_an_interval_bounds_and_nothing_is_guessed() -> None:
    within = Anchor(None, "published", None, "2024-12-12", "2024-12-31")
    assert bounds(times_in("近日，大会召开", anchor=within)[0]) == ("2024-11-12", "2024-12-31")
    assert bounds(times_in("今年1月", anchor=within)[0]) == ("2024-01-01", "2024-01-31")
    assert bounds(times_in("今年1月", anchor=None)[0]) == (None, None)
    assert times_in("12月5日", anchor=None)[0].value == "XXXX-12-05"


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("到2027年，建成平台", "deadline"),
        ("2026年底前完成", "deadline"),
        ("三年内建成", "deadline"),
        ("截至2024年6月，共有百家", "as_of"),
        ("到2020年，已经建成", "as_of"),
        ("自2024年2月1日起施行", "since"),
        ("今年以来", "since"),
        ("2024年，产量上升", "at"),
    ],
)
def test_the_words_round_a_date_say_what_it_is_for(text: str, function: str) -> None:
    assert times_in(text, anchor="2025-03-20")[0].function == function


@pytest.mark.parametrize(
    "text",
    [
        "5G网络",
        "拨打12306",
        "占比14.0%",
        "第十四届大会",
        "《行动方案（2023—2025年）》",
        "提出三点建议",
        "2024版",
        "未来产业",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert times_in(text, anchor="2025-03-20") == ()


def test_a_time_of_the_day_joins_its_day() -> None:
    (time,) = times_in("2月21日上午9时，会议开始", anchor="2024-02-22")
    assert (time.value, time.date.precision) == ("2024-02-21T09", "hour")


def test_a_relative_date_cites_the_anchor() -> None:
    assert times_in("昨天发布", anchor="2024-02-22")[0].support == ((0, 1),)
    assert times_in("2024年2月21日发布", anchor="2024-02-22")[0].support == ()


def test_the_close_of_trading_is_no_time_beside_its_day() -> None:
    assert [time.value for time in times_in("截至3月5日收盘，股价上涨", anchor="2025-03-20")] == ["2025-03-05"]
    assert [(time.value, time.function) for time in times_in("截至收盘，股价上涨", anchor="2025-03-20")] == [
        ("PRESENT_REF", "as_of")
    ]

"""Statistics as series."""

from __future__ import annotations

from tests.unit.core.ledger.invented import RESULT, ledger_of, page

from mingjian.core.model.ledger.rows import StatisticRow


def series(texts: dict[str, str], metric: str) -> StatisticRow:
    """The series of a metric."""
    (row,) = (row for row in ledger_of(texts, "statistics", StatisticRow) if row.metric.value == metric)
    return row


def earlier(words: str, day: str, source: str = "澜山日报") -> str:
    return page("算力观察", day, source, f"{words}，广东省智能算力规模为{{}}EFLOPS。")


def test_points_stand_in_order_of_the_days_they_hold_for() -> None:
    texts = {
        "result": RESULT,
        "one": earlier("截至2023年底", "2026-03-01").format(12),
        "other": earlier("截至2024年6月", "2024-07-10").format(20),
    }
    row = series(texts, "智能算力规模")
    assert [(point.as_of.value, str(point.printed.value)[-9:]) for point in row.points] == [
        ("2023-12-31", "12EFLOPS"),
        ("2024-06-30", "20EFLOPS"),
        ("2025-12-31", "到35EFLOPS"),
    ]
    assert row.latest.value == 35 * 10**18
    assert row.latest_as_of.value == "2025-12-31"
    assert [point.published for point in row.points] == ["2026-03-01", "2024-07-10", "2026-01-20"]
    assert row.facets.regions == ("440000",)
    assert row.printed == row.points[-1].printed


def test_a_number_told_twice_is_one_point_and_two_that_disagree_are_marked() -> None:
    again = page("算力观察", "2026-02-01", "澜山日报", "截至2025年底，广东省智能算力规模达到35EFLOPS。")
    other = page("算力观察", "2026-02-02", "岚讯网", "截至2025年底，广东省智能算力规模达到45EFLOPS。")
    row = series({"result": RESULT, "again": again, "other": other}, "智能算力规模")
    assert [(str(point.printed.value), point.disputed) for point in row.points] == [
        ("达到35EFLOPS", True),
        ("达到45EFLOPS", True),
    ]
    assert row.mentions == 3


def test_without_a_day_the_page_gives_it_and_says_so() -> None:
    row = series(
        {"undated": page("算力观察", "2026-02-02", "岚讯网", "广东省智能算力规模为20EFLOPS。")}, "智能算力规模"
    )
    (point,) = row.points
    assert (point.as_of.value, point.as_of.basis) == ("2026-02-02", "published")

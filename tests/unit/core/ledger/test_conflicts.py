"""Values that disagree are found and kept; what is compatible, told twice or changed is none."""

from __future__ import annotations

import pytest
from tests.unit.core.ledger.invented import PLAN, RESULT, ledger_of, page, rows
from tests.unit.core.link.things.shelves import shelf, shelved

from mingjian.core.books import Asked
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, facets_of, rows_of
from mingjian.core.link.things.shelf import Shelf
from mingjian.core.model.ledger.rows import ConflictRow, SourceRow
from mingjian.core.model.things import ThingDate

_SPEECH = "“算力要用起来。”云州大学数字研究院{}蒲文涛{}说。"


def conflicts(*texts: str) -> list[ConflictRow]:
    """The conflicts of these pages."""
    return ledger_of({f"page{place}": text for place, text in enumerate(texts)}, "conflicts", ConflictRow)


def sides(row: ConflictRow) -> list[tuple[str | None, tuple[str, ...], bool]]:
    return [(side.value.value, side.sources, side.later) for side in row.sides]


def statistic(words: str, source: str = "泊川日报", day: str = "2026-01-25") -> str:
    return page("算力观察", day, source, f"截至2025年底，广东省人工智能核心产业规模{words}。")


def test_two_numbers_of_one_day_are_a_conflict() -> None:
    (row,) = conflicts(RESULT, statistic("3100亿元", "澜山日报"))
    assert (row.kind, row.field) == ("statistic", "value@2025-12-31")
    assert sides(row) == [("2800亿元", ("泊川日报",), False), ("3100亿元", ("澜山日报",), True)]
    assert row.facets.ai


@pytest.mark.parametrize("words", ["超2800亿元", "近3000亿元", "2800亿元", "约2700亿元", "2796亿元"])
def test_rounded_numbers_are_none(words: str) -> None:
    assert conflicts(RESULT, statistic(words, "澜山日报")) == []


def test_numbers_of_two_days_are_none() -> None:
    earlier = page("算力观察", "2025-01-25", "澜山日报", "截至2024年底，广东省人工智能核心产业规模2200亿元。")
    assert conflicts(RESULT, earlier) == []


def test_two_titles_at_one_body_are_kept_and_the_later_is_marked() -> None:
    first = page("算力大会举行", "2024-03-10", "澜山日报", _SPEECH.format("研究总监", "3月9日"))
    later = page("场景论坛举行", "2025-03-10", "岚讯网", _SPEECH.format("研究主任", "3月8日"))
    (row,) = conflicts(first, later)
    assert (row.kind, row.name, row.field) == ("person", "蒲文涛", "title@云州大学数字研究院")
    assert sides(row) == [("研究总监", ("澜山日报",), False), ("研究主任", ("岚讯网",), True)]


def test_whoever_bears_both_titles_bears_both() -> None:
    first = page("算力大会举行", "2024-03-10", "澜山日报", _SPEECH.format("副院长", "3月9日"))
    later = page("场景论坛举行", "2024-04-10", "岚讯网", _SPEECH.format("研究员", "4月8日"))
    both = page("数据论坛举行", "2024-05-10", "泊川日报", _SPEECH.format("副院长、研究员", "5月8日"))
    assert conflicts(first, later, both) == []


def test_a_title_that_was_borne_before_is_none() -> None:
    first = page("算力大会举行", "2024-03-10", "澜山日报", _SPEECH.format("院长", "3月9日"))
    later = page("场景论坛举行", "2025-03-10", "岚讯网", _SPEECH.format("原院长", "3月8日"))
    assert conflicts(first, later) == []


def test_a_target_retold_with_another_number_is_a_conflict() -> None:
    retold = page(
        "算力规划解读",
        "2023-06-10",
        "澜山日报",
        "根据《广东省算力发展行动计划（2023—2025年）》，到2025年，广东省智能算力规模达到40EFLOPS以上。",
    )
    (row,) = conflicts(PLAN, retold)
    assert (row.kind, row.field) == ("target", "value")
    assert sides(row) == [("达到30EFLOPS以上", ("岚讯网",), False), ("达到40EFLOPS以上", ("澜山日报",), True)]


def test_two_days_of_one_document_are_a_conflict() -> None:
    one = page(
        "云港发布规划", "2023-05-10", "岚讯网", "5月9日，广东省人民政府印发《广东省算力强基实施方案》，推进人工智能。"
    )
    other = page(
        "云港发布规划",
        "2023-05-12",
        "澜山日报",
        "5月8日，广东省人民政府印发《广东省算力强基实施方案》，支持人工智能发展。",
    )
    found = [row for row in conflicts(one, other) if row.kind == "policy"]
    assert [(row.field, [side.value.value for side in row.sides]) for row in found] == [
        ("date.issued", ["2023-05-09", "2023-05-08"])
    ]


def test_two_capacities_of_one_facility_are_a_conflict() -> None:
    first = page(
        "智算中心投用", "2024-03-10", "岚讯网", "3月9日，“澜光”智算中心在深圳市投入使用，算力规模达500PFLOPS。"
    )
    other = page("智算中心开放", "2024-03-12", "澜山日报", "“澜光”智算中心日前在深圳市投用，算力规模达800PFLOPS。")
    (row,) = conflicts(first, other)
    assert (row.kind, row.field) == ("compute", "capacity")
    assert [side[0] for side in sides(row)] == ["500PFLOPS", "800PFLOPS"]


def test_a_reprint_does_not_speak_for_itself() -> None:
    books = Shelf(
        shelved({"one": RESULT, "copy": statistic("3100亿元", "澜山日报")}, sources={"copy": "one"}), facets_of
    )
    assert rows(books, "conflicts", ConflictRow, Day("2027-03-01")) == []


def test_what_was_not_yet_published_is_no_conflict_and_filters_hold() -> None:
    books = shelf({"one": RESULT, "other": statistic("3100亿元", "澜山日报")})
    assert rows(books, "conflicts", ConflictRow, Day("2026-01-22", known=True)) == []
    assert len(rows(books, "conflicts", ConflictRow, Day("2026-01-25", known=True))) == 1
    ledger = LEDGERS["conflicts"]
    here, elsewhere = (
        list(rows_of(books, ledger, Asked(kind=ledger.kind, regions=(code,)), Day("2027-03-01")))
        for code in ("440000", "410000")
    )
    assert (len(here), elsewhere) == (1, [])


_DOCUMENT = (
    "广东省人民政府关于印发广东省算力强基实施方案的通知\n粤府〔2023〕12号\n各地级以上市人民政府：\n"
    "现将《广东省算力强基实施方案》印发给你们，请认真贯彻执行。\n广东省人民政府\n2023年5月8日\n"
    "广东省算力强基实施方案\n为推进人工智能和算力发展，制定本方案。\n一、总体要求\n到2025年，智能算力规模达到30EFLOPS。\n"
)


def test_the_document_itself_is_nearer() -> None:
    news = page(
        "云港发布规划",
        "2023-05-12",
        "澜山日报",
        "5月9日，广东省人民政府印发《广东省算力强基实施方案》，支持人工智能发展。",
    )
    (row,) = conflicts(_DOCUMENT, news)
    assert row.field == "date.issued"
    assert [(side.value.value, side.nearer) for side in row.sides] == [("2023-05-08", True), ("2023-05-09", False)]


def test_a_document_with_two_numbers_of_one_year_is_a_conflict() -> None:
    news = page(
        "云港发布规划",
        "2023-05-12",
        "澜山日报",
        "广东省人民政府近日印发《广东省算力强基实施方案》（粤府〔2023〕21号），支持人工智能发展。",
    )
    (row,) = (row for row in conflicts(_DOCUMENT, news) if row.field == "document_number")
    assert sorted((side.value.value or "", side.nearer) for side in row.sides) == [
        ("粤府〔2023〕12号", True),
        ("粤府〔2023〕21号", False),
    ]


def test_crowds_are_compared_once_for_each_value() -> None:
    crowd = {f"page{place}": statistic("2800亿元", f"第{place}信息网") for place in range(12)}
    (row,) = ledger_of({**crowd, "other": statistic("3100亿元", "澜山日报")}, "conflicts", ConflictRow)
    found = {side.value.value: len(side.sources) for side in row.sides}
    assert found == {"2800亿元": 12, "3100亿元": 1}


def test_sources_count_the_conflicts_in_which_they_stand_alone() -> None:
    every = ledger_of({"one": RESULT, "other": statistic("3100亿元", "澜山日报")}, "sources", SourceRow)
    assert {row.name: row.contradicted.value for row in every}.items() >= {("泊川日报", 1), ("澜山日报", 1)}


class _Contradicted(Shelf):
    """Books in which the second mention of every event contradicts what the first tells of its date."""

    def date_of(self, thing: str) -> ThingDate | None:
        first, second = (member.ref for member in self.members(thing))
        return ThingDate("2023-05-09", "2023-05-09", "told", by=(first,), against=(second,))


def test_dates_of_an_event_that_exclude_one_another_are_a_conflict() -> None:
    texts = {
        source: page(
            "云港发布规划", f"2023-05-1{day}", source, f"5月{day}日，广东省人民政府印发《广东省算力强基实施方案》。"
        )
        for source, day in (("岚讯网", 9), ("澜山日报", 8))
    }
    every = rows(_Contradicted(shelved(texts), facets_of), "conflicts", ConflictRow, Day("2027-03-01"))
    found = [row for row in every if row.kind == "event"]
    assert [(row.field, sorted(side.value.value or "" for side in row.sides)) for row in found] == [
        ("date", ["2023-05-08", "2023-05-09"])
    ]

"""Stories: one happening, all who print it."""

from __future__ import annotations

from tests.unit.core.link.things.shelves import shelf

from mingjian.core.books import Asked
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, rows_of
from mingjian.core.model.ledger.rows import StoryRow

PAGES = {
    "first": (
        "遵义一厂房凌晨起火 无人员伤亡\n来源：河阳日报 2029-03-05 09:00\n"
        "3月5日2时许，遵义市播州区岚湖路一家机器人配件厂房起火，消防部门出动12辆消防车，4时扑灭明火，没有人员伤亡。"
    ),
    "second": (
        "播州区岚湖路机器人配件厂火灾已扑灭\n来源：云岚晚报 2029-03-05 16:00\n"
        "遵义市消防救援支队通报，3月5日凌晨，播州区岚湖路一机器人配件厂房发生火灾，明火已经扑灭，没有造成人员伤亡。"
    ),
    "other": (
        "遵义启动人工智能应用月\n来源：河阳日报 2029-03-06 09:00\n"
        "3月6日，遵义市启动人工智能应用月，全市一百二十家企业将开放应用场景，市民可以到现场体验。"
    ),
}


def stories(day: Day) -> list[StoryRow]:
    every = rows_of(shelf(PAGES), LEDGERS["stories"], Asked(kind="story", ai=False), day)
    return [row for row in every if isinstance(row, StoryRow)]


def test_one_fire_is_one_story_with_both_outlets_and_who_was_first() -> None:
    fire = next(row for row in stories(Day("2029-04-01")) if row.pages == 2)
    assert fire.title.value == "遵义一厂房凌晨起火 无人员伤亡"
    assert fire.sources == 2
    assert fire.first_source.value == "河阳日报"
    assert [outlet.value for outlet in fire.outlets] == ["河阳日报", "云岚晚报"]
    assert (fire.facets.happened_from, fire.facets.happened_to) == ("2029-03-05", "2029-03-05")


def test_another_happening_of_the_same_city_is_another_story() -> None:
    assert sorted(row.pages for row in stories(Day("2029-04-01"))) == [1, 2]


def test_what_was_not_yet_published_is_no_part_of_it() -> None:
    assert stories(Day("2029-03-04", known=True)) == []

"""What answers a need only faintly, what a need is to be without, and what is a need itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pytest
from tests.unit.core.link.things.shelves import shelf

from mingjian.core.link.things.shelf import Shelf
from mingjian.core.match.asking import match_sought
from mingjian.core.match.needs import read_need
from mingjian.core.match.telling import NoWords
from mingjian.core.model.matching import Hit, Matching
from mingjian.core.model.needs import Sought
from mingjian.core.model.span import Pair
from mingjian.core.model.things import ThingKind

DAY = "2026-11-30"
PAGES = {
    "flying": """标题：岚州电网用上无人机巡检系统
来源：岚讯网
时间：2026-03-10

3月9日，岚州翎翼科技有限公司发布面向电网的无人机巡检系统“岚鹰”，不用回传云端。
""",
    "scrap": """标题：废料有了定级员
来源：岚讯网
时间：2026-03-11

岚州一家钢厂用图像分类模型查验废钢，每车用时缩短到8分钟。
""",
    "cloud": """标题：青屿软件推出云端知识助手
来源：岚讯网
时间：2026-03-12

3月11日，广州青屿软件有限公司发布云端设备维修大模型“舟问”，帮助工厂维修设备。
""",
    "wanted": """标题：岚州征集人工智能应用场景
来源：岚讯网
时间：2026-03-13

3月12日，岚州市面向全市公开征集废钢定级应用场景。
""",
}


@lru_cache(maxsize=1)
def books() -> Shelf:
    return shelf(PAGES)


class Told(NoWords):
    """The words of the pages, and a search that finds all facts."""

    def facts(self, words: str, kinds: Sequence[ThingKind], limit: int) -> Sequence[tuple[str, str]]:
        members = (member for thing in books().things() for member in books().members(thing.id))
        return [(member.ref.page, member.ref.fact) for member in members][:limit]

    def of(self, page: str, pair: Pair) -> str | None:
        return PAGES[page][slice(*pair)]


def matched(words: str) -> Matching:
    return match_sought(books(), Told(), Sought(words=words, everything=True), DAY)


def hit_of(matching: Matching, page: str) -> Hit:
    return next(hit for hit in matching.hits if any(cite.page == page for one in hit.reasons for cite in one.cites))


def test_one_thing_in_common_of_several_is_weak() -> None:
    assert hit_of(matched("无人机运送医院血液标本"), "flying").weak
    assert not hit_of(matched("电网线路无人机巡检"), "flying").weak
    assert not hit_of(matched("无人机"), "flying").weak


def test_weak_hits_stand_behind_the_others_whatever_their_score() -> None:
    weak = [hit.weak for hit in matched("钢厂废钢用无人机定级").hits]
    assert weak == sorted(weak)
    assert set(weak) == {True, False}


def pages_of(matching: Matching) -> set[str]:
    return {cite.page for hit in matching.hits for one in hit.reasons for cite in one.cites}


def test_what_is_not_wanted_speaks_against_what_tells_it() -> None:
    assert "cloud" in pages_of(matched("工厂设备维修"))
    assert "cloud" not in pages_of(matched("工厂设备维修，不要云端方案"))


def test_what_a_page_denies_is_not_held_against_it() -> None:
    hit = hit_of(matched("电网线路无人机巡检，不要云端"), "flying")
    assert not [one for one in hit.reasons if one.relation == "unwanted"]


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        ("设备老坏，不要云端方案", {"云端"}),
        ("除了无人机以外，怎么巡查岸线", {"无人机"}),
        ("非机器人的仓储拣选", {"智能机器人"}),
        ("要不要用无人机", set()),
    ],
)
def test_words_say_what_is_not_wanted(words: str, unwanted: set[str]) -> None:
    assert {one.label for one in read_need(words).aspects if one.unwanted} == unwanted


def test_ai_at_work_answers_and_what_is_sought_does_not() -> None:
    pages = pages_of(matched("废钢定级"))
    assert "scrap" in pages
    assert "wanted" not in pages


def test_the_sentence_around_a_mention_is_read() -> None:
    def found(words: NoWords) -> set[str]:
        matching = match_sought(books(), words, Sought(words="电网无人机回传云端", everything=True), DAY)
        return {cite.text for one in hit_of(matching, "flying").reasons if one.kind == "text" for cite in one.cites}

    assert "云端" in found(Told())
    assert "云端" not in found(NoWords())


def test_a_place_that_holds_several_is_any_of_them() -> None:
    codes = {one.value for one in read_need("西北地区算力").aspects if one.kind == "region"}
    assert {"620000", "640000"} <= codes
    assert all(code.isdigit() for code in codes)


def test_a_place_in_the_name_of_firms_is_one() -> None:
    assert "440300" in {one.value for one in read_need("深圳机器人初创公司").aspects}


def test_a_plain_word_is_no_trade() -> None:
    assert "industry" not in {one.kind for one in read_need("写材料的助手").aspects}
    assert "industry" in {one.kind for one in read_need("新材料产业").aspects}

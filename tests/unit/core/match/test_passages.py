"""Sentences of pages that speak of a need beside its hits: which are good enough, and which are shown already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from tests.unit.core.link.things.shelves import shelf, shelved

from mingjian.core.ledger.ledgers import facets_of
from mingjian.core.link.things.shelf import Shelf
from mingjian.core.match.asking import match_sought
from mingjian.core.match.settings import PassageExample, matching_settings
from mingjian.core.match.telling import Body, NoWords
from mingjian.core.model.article import BodyBlock
from mingjian.core.model.matching import Matching
from mingjian.core.model.needs import Sought
from mingjian.core.model.span import Pair

DAY = "2026-11-30"
SETTINGS = matching_settings().passages
NEED = "桥梁拉索裂缝检测"
SENTENCE = "岚桥养护队用爬索机器拍摄拉索，图像算法标出裂缝位置。"
PLACED = "苏州市的岚桥养护队用爬索机器拍摄拉索，图像算法标出裂缝位置。"
SYSTEM = "3月9日，岚桥科技有限公司发布人工智能桥梁拉索裂缝检测系统“索鉴”。"


class Printed(NoWords):
    """The words of pages, and a search that finds them all."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self._pages = pages

    def pages(self, words: str, limit: int) -> Sequence[str]:
        assert words
        return list(self._pages)[:limit]

    def of(self, page: str, pair: Pair) -> str | None:
        return self._pages[page][slice(*pair)]

    def body(self, page: str) -> Body | None:
        text = self._pages[page]
        return Body(text, (BodyBlock(text.index("\n\n") + 2, len(text), "paragraph"),))


def page(text: str, title: str = "岚讯一周", day: str = "2026-03-10") -> str:
    return f"标题：{title}\n来源：岚讯网\n时间：{day}\n\n{text}\n"


def matched(need: str, pages: Mapping[str, str], books: Shelf | None = None, **given: object) -> Matching:
    return match_sought(books or shelf(pages), Printed(pages), Sought(words=need, **given), DAY)  # type: ignore[arg-type]


def told(matching: Matching) -> list[str]:
    return [one.words.text for one in matching.passages]


@pytest.mark.parametrize("example", SETTINGS.example, ids=lambda one: one.text[:12])
def test_the_examples_of_the_threshold_are_passages(example: PassageExample) -> None:
    assert told(matched(example.need, {"a": page(example.text)})) == [example.text]


@pytest.mark.parametrize("example", SETTINGS.counter_example, ids=lambda one: one.text[:12])
def test_the_counter_examples_are_none(example: PassageExample) -> None:
    assert told(matched(example.need, {"a": page(example.text)})) == []


def test_a_passage_cites_its_sentence_and_what_it_shares() -> None:
    pages = {"a": page(f"天气晴好。{PLACED}大桥照常通行。")}
    (one,) = matched(f"苏州市{NEED}", pages).passages
    assert pages["a"][one.words.start : one.words.end] == one.words.text == PLACED
    assert one.words.page == "a"
    assert one.score == pytest.approx(sum(reason.points for reason in one.reasons))
    assert {reason.kind for reason in one.reasons} >= {"text", "region"}
    cites = [cite for reason in one.reasons for cite in reason.cites]
    assert all(pages[cite.page][cite.start : cite.end] == cite.text for cite in cites)
    assert all(one.words.start <= cite.start < cite.end <= one.words.end for cite in cites)


def test_what_a_hit_tells_is_no_passage_too() -> None:
    matching = matched(NEED, {"a": page(f"{SYSTEM}{SENTENCE}"), "b": page(SENTENCE, "岚桥养护")})
    assert any("索鉴" in hit.name for hit in matching.hits)
    assert SYSTEM not in told(matching)
    assert told(matching) == [SENTENCE]


def test_reprints_and_sentences_that_say_nearly_the_same_are_one() -> None:
    pages = {"a": page(SENTENCE), "b": page(f"据悉，{SENTENCE}"), "c": page(SENTENCE.replace("岚桥", "岚山"))}
    assert len(told(matched(NEED, pages))) == 1
    other = "岚仓用图像算法给桥梁拉索做裂缝检测，两小时测完一座桥。"
    reprints = {"a": page(SENTENCE), "b": page(other)}
    assert len(told(matched(NEED, reprints))) == 2
    books = Shelf(shelved(reprints, {"b": "a"}), facets_of)
    assert told(matched(NEED, reprints, books)) == [SENTENCE]


def test_no_more_are_told_than_are_worth_reading() -> None:
    works = ("巡检车", "无人船", "望远镜", "爬索机", "热像仪", "雷达站", "声波仪")
    many = {name: page(f"{name * 4}{place}以算法做桥梁拉索裂缝检测。") for place, name in enumerate(works)}
    assert len(matched(NEED, many).passages) == SETTINGS.most


def test_what_was_not_out_by_then_is_none_and_where_ledgers_are_named_only_these_count() -> None:
    pages = {"a": page(SENTENCE)}
    assert told(matched(NEED, pages, as_of="2026-03-11")) == [SENTENCE]
    assert told(matched(NEED, pages, as_of="2026-03-01")) == []
    assert told(matched(NEED, pages, kinds=("systems",))) == []


def test_the_same_sentence_on_another_page_is_the_same_passage() -> None:
    (one,) = matched(NEED, {"a": page(SENTENCE)}).passages
    (other,) = matched(NEED, {"b": page(f"导语。{SENTENCE}", "另一页")}).passages
    assert (one.id, one.words.page) == (other.id, "a")
    assert other.words.page == "b"


def test_a_page_that_cannot_be_read_gives_none() -> None:
    pages = {"a": page(SENTENCE)}

    class Gone(Printed):
        def body(self, page: str) -> Body | None:
            del page
            return None

    assert match_sought(shelf(pages), Gone(pages), Sought(words=NEED), DAY).passages == ()

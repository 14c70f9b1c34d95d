"""What answers a need on invented pages, in which order, and why."""

from __future__ import annotations

from functools import lru_cache

import pytest
from tests.unit.core.link.things.shelves import shelf

from mingjian.core.books import Books
from mingjian.core.match.asking import match_sought
from mingjian.core.match.news import new_among, states_of
from mingjian.core.match.telling import NoWords
from mingjian.core.model.matching import Hit, Matching
from mingjian.core.model.needs import NeedEntry, Sought
from mingjian.errors import QuestionError

DAY = "2026-11-30"
PAGES = {
    "inspection": """标题：岚光视觉发布布匹瑕疵检测系统
来源：岚讯网
时间：2026-03-10

3月9日，苏州岚光视觉科技有限公司在苏州发布面向纺织行业的机器视觉布匹瑕疵检测系统“织鉴”。
""",
    "general": """标题：青屿软件发布大模型
来源：岚讯网
时间：2026-03-11

3月10日，广州青屿软件有限公司在广州发布通用大模型“舟衡”。
""",
    "compute": """标题：岚算智算中心投入使用
来源：岚讯网
时间：2026-02-02

2月1日，位于南京市的岚算智算中心建成投用，智能算力规模达到3000P。该中心由岚算科技有限公司运营，服务人工智能企业。
""",
    "far": """标题：云岭智算中心投入使用
来源：岚讯网
时间：2026-02-03

2月1日，位于昆明市的云岭智算中心建成投用，智能算力规模达到5000P。该中心由云岭算力科技有限公司运营，服务人工智能企业。
""",
    "repealed": """标题：苏州市人工智能算力补贴办法废止
来源：岚讯网
时间：2026-04-03

4月2日，苏州市人民政府发布公告，《苏州市人工智能算力补贴办法》自2026年4月1日起废止。
""",
}
NEED = "苏州市纺织企业想用机器视觉做布匹瑕疵检测，需要2000P算力和补贴"


@lru_cache(maxsize=1)
def books() -> Books:
    return shelf(PAGES)


def matched(words: str = NEED, **given: object) -> Matching:
    return match_sought(books(), NoWords(), Sought(words=words, everything=True, **given), DAY)  # type: ignore[arg-type]


def hit_of(matching: Matching, words: str) -> Hit:
    return next(hit for hit in matching.hits if words in hit.name)


def test_what_shares_most_stands_first_and_a_general_model_elsewhere_is_left_out() -> None:
    matching = matched()
    assert "布匹瑕疵检测系统" in matching.hits[0].name
    assert not any("舟衡" in hit.name for hit in matching.hits)
    kinds = {reason.kind: reason for reason in matching.hits[0].reasons}
    assert [cite.text for cite in kinds["technology"].cites] == ["机器视觉"]
    assert [span.text for span in kinds["technology"].need] == ["机器视觉"]
    assert kinds["industry"].relation == "same"
    assert kinds["region"].relation == "same"
    assert {cite.text for cite in kinds["text"].cites} >= {"布匹", "瑕疵"}


def test_scores_are_the_sums_of_reasons_and_every_reason_cites_both_sides() -> None:
    matching = matched()
    for hit in matching.hits:
        assert hit.score == pytest.approx(sum(reason.points for reason in hit.reasons))
        for reason in hit.reasons:
            assert reason.cites
            assert all(PAGES[cite.page][cite.start : cite.end] == cite.text for cite in reason.cites)
            assert all(matching.need.text[span.start : span.end] == span.text for span in reason.need)


def test_compute_of_the_same_province_stands_before_that_of_another() -> None:
    near, far = hit_of(matched(), "岚算"), hit_of(matched(), "云岭")
    assert [reason.relation for reason in near.reasons if reason.kind == "region"] == ["beside"]
    assert [reason.relation for reason in far.reasons if reason.kind == "region"] == ["elsewhere"]
    assert near.score > far.score


def test_amounts_say_whether_there_is_enough() -> None:
    (less,) = [one for one in hit_of(matched("需要4000P算力"), "岚算").reasons if one.kind == "quantity"]
    assert (less.relation, less.points) == ("less", 0.0)
    (enough,) = [one for one in hit_of(matched("需要4000P算力"), "云岭").reasons if one.kind == "quantity"]
    assert enough.relation == "enough"


def test_what_is_repealed_stands_last_and_says_so() -> None:
    last = matched().hits[-1]
    assert (last.over, last.name) == ("repealed", "苏州市人工智能算力补贴办法")
    assert last.over_cites
    assert last.score > matched().hits[1].score


def test_what_nothing_answers_is_a_gap_and_what_is_over_answers_nothing() -> None:
    gaps = {(gap.kind, gap.value, gap.region) for gap in matched().gaps}
    assert ("asked", "compute", "苏州市") in gaps
    assert ("asked", "subsidy", None) in gaps
    assert not any(gap.kind == "technology" for gap in matched().gaps)
    assert ("scenario", "a-02", None) in {(g.kind, g.value, g.region) for g in matched("想做病虫害识别和算力").gaps}


def test_a_region_is_given_beside_the_words() -> None:
    assert not [gap for gap in matched("需要算力", regions=("昆明",)).gaps if gap.kind == "asked"]
    best = matched("需要算力", regions=("昆明",)).hits[0]
    assert "云岭" in best.name
    assert [reason.need for reason in best.reasons if reason.kind == "region"] == [()]


def test_only_ledgers_that_are_asked_for() -> None:
    assert {hit.ledger for hit in matched(kinds=("compute",)).hits} == {"compute"}
    assert {hit.ledger for hit in matched(kinds=("算力台账",)).hits} == {"compute"}


def test_as_of_a_day_what_came_later_is_not_known() -> None:
    known = matched(as_of="2026-02-28")
    assert {hit.ledger for hit in known.hits} == {"compute"}
    assert matched(as_of="2026-03-31").day == "2026-03-31"


@pytest.mark.parametrize(
    "given",
    [{"words": "的"}, {"kinds": ("people",)}, {"regions": ("无此地",)}, {"as_of": "someday"}, {"thing": "ffff"}],
)
def test_what_cannot_be_asked_is_told(given: dict[str, object]) -> None:
    with pytest.raises(QuestionError):
        matched(**{"words": NEED, **given})  # type: ignore[arg-type]


def test_the_same_question_gives_the_same_answer() -> None:
    assert matched() == matched()


def test_news_are_hits_of_which_no_mention_was_seen() -> None:
    mentions = {"a": ("1:x",), "b": ("2:y", "3:z")}
    assert new_among(mentions, {}) == ("a", "b")
    assert new_among(mentions, {"a": ()}) == ("b",)
    assert new_among(mentions, {"old": ("3:z",)}) == ("a",)


def test_what_was_said_of_a_hit_holds_though_it_is_another_thing_by_now() -> None:
    def entry(number: int, hit: str, *mentions: str) -> NeedEntry:
        given = {"contact": "", "note": "", "who": "甲", "at": DAY}
        return NeedEntry(number=number, need="n", hit=hit, state="asked", mentions=mentions, **given)

    states = states_of({"a": ("1:x",), "b": ("2:y",)}, [entry(1, "a"), entry(2, "gone", "2:y"), entry(3, "")])
    assert {thing: said.number for thing, said in states.items()} == {"a": 1, "b": 2}

"""What the books know of a page."""

from __future__ import annotations

from tests.unit.core.link.things.shelves import shelf, shelved

from mingjian.core.model.things import PageCard

_PAGE = """遵义市用大模型改造工业

2029-03-05 09:00  来源:河阳日报

　　遵义市数据局3月4日提出，在工业领域推广大模型，贵州将建设智算中心。
"""


def _card(text: str) -> PageCard:
    return shelved({"page": text})[0].card


def _words(card: PageCard, name: str) -> list[str]:
    return [_PAGE[start:end] for start, end in card.named_at[name]]


def test_a_card_tells_where_title_and_body_name_what_the_page_is_about() -> None:
    card = _card(_PAGE)
    assert {"foundation_model", "aidc"} <= set(card.technologies)
    assert _words(card, "foundation_model")[0] == "大模型"
    assert card.named_at["foundation_model"][0][0] < _PAGE.index("2029")
    assert _words(card, "aidc") == ["智算中心"]
    assert _words(card, "遵义市") == ["遵义市", "遵义市"]


def test_sections_of_an_industry_that_lies_in_several_stand_one_by_one() -> None:
    assert {"B", "C", "D"} <= set(_card(_PAGE).industries)


def test_a_body_has_its_seat() -> None:
    assert _card(_PAGE).seats["遵义市数据局"] == "520300"


def test_a_body_is_known_under_every_name_that_a_part_of_a_fact_gives_it() -> None:
    card = _card("　　云岚智算科技股份有限公司（以下简称“云岚智算”）成立。云岚智算董事长岑望舒表示，要用好算力。\n")
    assert card.called == {"云岚智算": "云岚智算科技股份有限公司"}


_BULLETIN = """# 河阳晚间播报

2029-07-02 19:00  来源:河阳日报

## 河阳港上半年吞吐量增长

河阳港上半年完成货物吞吐量3200万吨。这是今年以来最好的成绩。港口新开航线12条。码头工人轮班作业，抢抓潮汐窗口，装卸效率比往年明显提高。港区道路同步改造，来往车辆从三个闸口分流。船舶靠泊不再等候。外贸企业反映通关顺畅。下半年还要新建两座仓库。

## 暑期列车加开

铁路部门加开列车86列。车站增设候车座椅。沿线小站恢复办客。旅客可以提前十五天购票。车厢供应冷饮。行李可以寄存。站台增派引导员。晚点列车随时公告。学生凭证件优惠。夜间班次延长到零点。

## 河阳市常务会议部署人工智能工作

河阳市今天召开常务会议。会议审议通过《河阳市人工智能行动方案》，提出发展大模型和智能体。会议要求，加快建设智算中心，用人工智能改造制造业，培育人工智能企业100家。人工智能人才培养也要跟上。

## 河阳周末有雨

周末有中雨。气温下降6度。出门请带雨具。山区注意防滑。下周转晴。
"""


def test_items_without_a_word_of_ai_are_beside_the_topic_of_a_bulletin() -> None:
    card = _card(_BULLETIN)
    books = shelf({"page": _BULLETIN})
    members = [member for thing in books.things() for member in books.members(thing.id) if thing.kind != "story"]
    assert card.ai
    assert [_BULLETIN[start:end].split("\n")[0] for start, end in card.asides] == [
        "河阳港上半年吞吐量增长",
        "暑期列车加开",
        "河阳周末有雨",
    ]
    beside = {member.fact.evidence.text for member in members if not member.about_ai}
    assert beside == {"河阳港上半年完成货物吞吐量3200万吨", "港口新开航线12条", "铁路部门加开列车86列"}
    assert "河阳市今天召开常务会议" in {member.fact.evidence.text for member in members if member.about_ai}


def test_a_page_that_is_about_ai_as_a_whole_has_no_asides() -> None:
    assert _card(_PAGE).asides == ()

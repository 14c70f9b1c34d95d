"""What the books know of a page."""

from __future__ import annotations

from tests.unit.core.link.things.shelves import shelved

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

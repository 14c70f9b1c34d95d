from __future__ import annotations

from tests.unit.core.annotate.reading import read

from mingjian.core.annotate.keywords import rank_keywords
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.group import group_of


def keywords(*paragraphs: str) -> list[str]:
    reading = read(*paragraphs)
    named = (*reading.technologies, *reading.industries, *reading.policies, *reading.programmes)
    ranked = rank_keywords(reading.article, group_of(bundled_rulebook(), "keywords"), named, reading.names)
    for keyword in ranked:
        assert keyword.evidence.of(reading.article.text) == keyword.value
    return [keyword.value for keyword in ranked]


def test_frequent_names_lead_and_none_is_part_of_another() -> None:
    found = keywords("苏州建成智算中心，智算中心由华为承建。", "智算中心服务农业。")
    assert found[0] == "智算中心"
    assert not any(one != other and one in other for one in found for other in found)


def test_at_most_ten_and_none_from_nothing() -> None:
    assert keywords("今天天气很好。") == []
    places = "北京、上海、天津、重庆、河北、山西、辽宁、吉林、江苏、浙江、安徽、福建。"
    assert len(keywords(places)) == 10

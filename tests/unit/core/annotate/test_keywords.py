from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read

from mingjian.core.annotate.keywords import About, rank_keywords
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.group import group_of
from mingjian.core.text.phrases import find_phrases


def keywords(*paragraphs: str, title: str = "") -> list[str]:
    reading, book = read(*paragraphs), bundled_rulebook()
    named = (*reading.technologies, *reading.industries, *reading.policies, *reading.programmes)
    about = About(named, reading.names, find_phrases(reading.article, book, title))
    ranked = rank_keywords(reading.article, group_of(book, "keywords"), about, title)
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


@pytest.mark.parametrize(
    ("phrase", "paragraphs"),
    [
        ("算力券", ("岚州市发放算力券。企业凭算力券抵扣费用。", "算力券有效期为一年。")),
        ("场景清单", ("岚州市公布场景清单。", "列入场景清单的项目可以申报。")),
        ("中试基地", ("岚州市支持中试基地，中试基地向企业开放。",)),
        ("揭榜挂帅", ("项目实行揭榜挂帅。", "揭榜挂帅的团队有十个。")),
        ("数据标注产业", ("岚州市培育数据标注产业。", "数据标注产业带动就业。", "数据标注产业的规模扩大。")),
        ("殡仪馆", ("殡仪馆搬到城东。新的殡仪馆有两座楼，旧的殡仪馆拆除。",)),
    ],
)
def test_a_phrase_that_no_lexicon_knows_is_a_keyword(phrase: str, paragraphs: tuple[str, ...]) -> None:
    assert phrase in keywords(*paragraphs)


def test_a_phrase_of_the_title_comes_before_one_that_the_body_repeats() -> None:
    paragraphs = ("岚州市新建三个红薯粉条车间。", "附近还有旧的殡仪馆和新的殡仪馆。")
    assert keywords(*paragraphs, title="岚州新建红薯粉条车间")[0] == "红薯粉条车间"
    assert keywords("岚州市新建三个殡仪馆。", "旧的殡仪馆拆除，新的殡仪馆建好，红薯粉条车间搬走。")[0] == "殡仪馆"


def test_a_page_in_another_language_has_no_phrases() -> None:
    assert keywords("The Plan of the City was told again. The Plan was told.") == []


def test_a_verb_with_its_object_is_no_phrase_and_no_phrase_cuts_a_name() -> None:
    found = keywords("岚州市召开会议。岚州市召开会议。", "中国信息通信研究院发布报告，中国信息通信研究院回应。")
    assert not any("召开" in keyword for keyword in found)
    assert not any("研究院" in keyword and keyword != "中国信息通信研究院" for keyword in found)


def test_a_page_in_traditional_script_gives_its_own_forms() -> None:
    assert "數據標註產業" in keywords("嵐州市培育數據標註產業。", "數據標註產業帶動就業。", "數據標註產業的規模擴大。")


def test_words_that_somebody_says_are_no_keyword() -> None:
    assert keywords("他说“我不去了”。她也说“我不去了”。") == []

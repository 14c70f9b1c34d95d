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
    named = "联邦学习、知识图谱、强化学习、数字孪生、区块链、计算机视觉、语音识别、智能体、大模型、智算中心、具身智能。"
    assert len(keywords("岚州市支持" + named)) == 10


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


def test_bodies_and_laws_that_are_only_named_come_behind_what_the_page_is_about() -> None:
    found = keywords(
        "根据《中华人民共和国数据安全法》，岚州市发放算力券。企业凭算力券抵扣费用。",
        "市财政局、市审计局、市统计局、市教育局按职责分工配合。",
        title="岚州发放算力券",
    )
    assert found[0] == "算力券"
    assert not any("安全法" in keyword for keyword in found)
    assert sum(keyword.endswith("局") for keyword in found) <= 2


def test_a_body_of_the_title_is_a_keyword() -> None:
    assert "中国信息通信研究院" in keywords("中国信息通信研究院发布报告。", title="中国信息通信研究院发布报告")


@pytest.mark.parametrize(
    "phrase", ["智慧商店", "海洋大模型", "中试基地", "雪情数据集", "贷款贴息", "海上风电", "任前公示"]
)
def test_a_phrase_that_ends_as_a_topic_does_counts_though_it_stands_once(phrase: str) -> None:
    assert any(phrase in keyword for keyword in keywords(f"岚州市今年支持{phrase}。"))


def test_a_phrase_of_a_heading_counts_and_the_name_of_a_post_does_not() -> None:
    assert not any("副教授" in keyword for keyword in keywords("学院长聘副教授介绍。", "学院长聘副教授参加。"))


def test_a_topic_that_only_the_name_of_a_document_holds_is_no_keyword() -> None:
    found = keywords("岚州市建设数字孪生平台，落实《岚州市区块链产业办法》。")
    assert "数字孪生" in "".join(found)
    assert "区块链" not in found

from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read


def codes(text: str) -> dict[str, str | None]:
    return {region.name: region.code for region in read(text).names.regions}


def test_long_and_short_form_are_one_region_under_its_short_name() -> None:
    (region,) = read("苏州市出台措施，苏州的企业受益。").names.regions
    assert (region.name, region.code, len(region.mentions)) == ("苏州", "320500", 2)


@pytest.mark.parametrize("text", ["北京大学开设课程。", "《北京日报》刊文。", "中国的产量最大。", "我国产量最大。"])
def test_no_region_inside_a_school_a_paper_or_for_the_country_itself(text: str) -> None:
    assert codes(text) == {}


def test_an_organ_names_its_place() -> None:
    assert codes("陕西省财政厅下达资金。") == {"陕西省": "610000"}


def test_the_capital_is_named_by_one_character_only_after_a_word_of_place() -> None:
    assert codes("论坛周三在京举行。") == {"北京": "110000"}
    assert codes("京剧团演出。") == {}


def test_a_zone_inside_the_name_of_its_organ_is_no_region() -> None:
    assert "x-optics-valley" not in {one.by for one in read("东湖高新区管委会印发通知。").names.regions}
    assert [one.name for one in read("东湖高新区管委会印发通知。").names.regions] == []
    assert [one.name for one in read("东湖高新区集聚了百家企业。").names.regions] == ["东湖高新区"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("新疆莎车、叶城等县受益。", {"新疆": "650000", "莎车": "653125", "叶城": "653126"}),
        ("宁夏中卫有机房。", {"宁夏": "640000", "中卫": "640500"}),
        ("莎车、叶城受益。", {}),
        ("新疆有人名叫叶城。", {"新疆": "650000"}),
    ],
)
def test_short_forms_of_counties_count_beside_their_province_or_in_a_list(
    text: str, named: dict[str, str | None]
) -> None:
    assert codes(text) == named


@pytest.mark.parametrize("text", ["他会说越南语和广东话。", "国家卫生健康委员会港澳台办有关负责人说。"])
def test_a_language_and_an_office_are_no_places(text: str) -> None:
    assert codes(text) == {}

"""Places that share a name, that were renamed, and that hold one another."""

from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read

from mingjian.core.text.place_names import ancestors


def regions(*paragraphs: str) -> list[tuple[str, str | None]]:
    return [(region.name, region.code) for region in read(*paragraphs).names.regions]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("长春市朝阳区发布规划。", "朝阳区", "220104"),
        ("北京市朝阳区发布规划。", "朝阳区", "110105"),
        ("长春市发布规划。朝阳区随后跟进。", "朝阳区", "220104"),
        ("徐州市沛县建设园区。", "沛县", "320322"),
        ("沈阳市和平区建设园区。", "和平区", "210102"),
    ],
)
def test_the_page_says_which_of_several_places_is_meant(text: str, name: str, code: str) -> None:
    assert (name, code) in regions(text)


def test_a_name_of_several_places_has_no_code_where_the_page_names_none_of_their_cities() -> None:
    assert regions("朝阳区发布规划。") == [("朝阳区", None)]


def test_a_bare_name_between_two_cities_that_both_have_one_has_no_code() -> None:
    found = regions("北京市朝阳区与长春市朝阳区结对。", "朝阳区的代表参会。")
    assert [code for name, code in found if name == "朝阳区"] == ["110105", "220104", None]


@pytest.mark.parametrize("text", ["全市和县直部门参会。", "建设和平区域。", "城区道路改造。", "沛县令人难忘。"])
def test_an_ordinary_word_is_no_place(text: str) -> None:
    assert regions(text) == []


@pytest.mark.parametrize(
    ("text", "code"), [("莱芜市", "371200"), ("襄樊市", "420600"), ("江干区", "330104"), ("闸北区", "310108")]
)
def test_a_place_that_is_no_more_keeps_the_code_that_it_bore(text: str, code: str) -> None:
    assert regions(f"当年{text}的企业参会。") == [(text, code)]


def test_the_units_that_hold_a_unit() -> None:
    assert ancestors("320322") == ("320300", "320000")
    assert ancestors("500112") == ("500000",)
    assert ancestors("110000") == ()

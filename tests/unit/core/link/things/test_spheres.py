"""Whose a thing is."""

from __future__ import annotations

import pytest
from tests.unit.core.link.things.told import card

from mingjian.core.link.things.spheres import differ, homes_of, is_place, place_before, sphere_called, sphere_of


@pytest.mark.parametrize(
    ("name", "sphere"),
    [
        ("岚江省", "place:岚江省"),
        ("岚江省政府", "place:岚江省"),
        ("岚州市数据局", "place:岚州市"),
        ("岚州高新区管理委员会", "place:岚州高新区"),
        ("岚州市岚云科技有限公司", "body:岚州市岚云科技有限公司"),
        ("全省", None),
    ],
)
def test_places_that_no_lexicon_lists(name: str, sphere: str | None) -> None:
    assert sphere_called(name) == sphere


def test_two_unlisted_places_are_apart() -> None:
    one, other = sphere_called("岚州市"), sphere_called("澜山市数据局")
    assert is_place(one) and is_place(other) and differ(one, other)


@pytest.mark.parametrize("title", ["城市更新行动方案", "智慧城市建设指南", "促进城市更新的意见", "尚待省统计局核定"])
def test_a_title_that_begins_with_no_place(title: str) -> None:
    assert place_before(title) == (None, title)


def test_levels_are_those_of_the_one_place_that_the_page_names() -> None:
    homes = homes_of(["岚江省数据局关于印发算力方案的通知", "岚江省"])
    page = card(homes=homes)
    assert (sphere_of("省数据局", page), sphere_of("市数据局", page)) == ("place:岚江省", None)
    assert (sphere_of("岚江", page), sphere_of("澜山", page)) == ("place:岚江省", "body:澜山")
    assert homes_of(["岚江省数据局", "澜山省数据局"]) == {}
    assert homes_of(["岚江省数据局", "广东省数据局"]) == {}

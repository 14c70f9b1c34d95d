"""What a page says of itself decides what some names mean: its day, its publisher."""

from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import article_of

from mingjian.core.annotate.organisations import Setting, annotate_organisations
from mingjian.core.model.facts import Organisation
from mingjian.core.model.span import Span
from mingjian.core.pipeline.findings import find_all
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.place_names import find_places


def organisations(setting: Setting, *paragraphs: str) -> list[Organisation]:
    article, book = article_of(*paragraphs), bundled_rulebook()
    found = find_all(article, book)
    hits = found.lexicons["names"]
    places = find_places(hits, found.gazetteer, setting.places)
    rules = found.rules["organisations"]
    return list(annotate_organisations(article, rules, hits, places, found.bodies, setting))


@pytest.mark.parametrize(
    ("day", "canonical"),
    [("2020-05-01", None), ("2023-03-10", "国家数据局"), ("2025-01-01", "国家数据局"), (None, "国家数据局")],
)
def test_a_body_that_did_not_exist_yet_is_not_meant(day: str | None, canonical: str | None) -> None:
    (one,) = organisations(Setting(day), "国家数据局发布报告。")
    assert one.canonical == canonical
    assert (one.entity is None) == (canonical is None)


def test_a_body_of_the_past_keeps_its_own_name_on_later_pages() -> None:
    (one,) = organisations(Setting("2025-01-01"), "此前由银保监会监管。")
    assert (one.canonical, one.entity) == ("中国银行保险监督管理委员会", "state_bodies:cbirc")


def test_a_page_of_a_province_means_its_own_organ() -> None:
    publisher = Setting(None, {"330000": Span(0, 4, "浙江望溪")})
    (one,) = organisations(publisher, "国资委要求我省企业加快转型。")
    assert (one.canonical, one.region) == ("浙江省人民政府国有资产监督管理委员会", "330000")
    assert one.support[0].text == "浙江望溪"
    (other,) = organisations(publisher, "国资委召开会议部署改革。")
    assert other.entity == "state_bodies:sasac"


def test_a_level_alone_means_the_place_of_the_publisher() -> None:
    publisher = Setting(None, {"320500": Span(0, 4, "苏州望溪")})
    (one,) = organisations(publisher, "市财政局负责落实。")
    assert one.canonical == "苏州市财政局"


def test_a_page_of_taiwan_means_its_own_ministry() -> None:
    (one,) = organisations(Setting(), "〔記者台北報導〕財政部昨天說明新的報稅辦法，請民眾多加利用。")
    assert (one.canonical, one.entity) == (None, None)

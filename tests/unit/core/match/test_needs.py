"""What is read from a need, and in which words."""

from __future__ import annotations

import pytest

from mingjian.core.match.needs import LONGEST, read_need
from mingjian.core.match.settings import matching_settings
from mingjian.core.match.trades import nearness, trade_of
from mingjian.core.model.matching import Need
from mingjian.core.rulebook import bundled_rulebook


def told(need: Need, kind: str) -> dict[str, list[str]]:
    return {one.value: [need.text[start:end] for start, end in one.places] for one in need.aspects if one.kind == kind}


def test_a_sentence_names_technology_trade_resources_and_words() -> None:
    need = read_need("苏州市纺织企业想用机器视觉做布匹瑕疵检测，需要2000P算力和补贴")
    assert told(need, "technology") == {"cv": ["机器视觉"]}
    assert told(need, "industry") == {"fangzhi": ["纺织"]}
    assert told(need, "region") == {"320500": ["苏州市"]}
    assert told(need, "asked") == {"compute": ["算力"], "subsidy": ["补贴"]}
    assert {"布匹", "瑕疵", "检测"} <= set(told(need, "word"))
    assert [one.amount for one in need.aspects if one.kind == "quantity"] == ["2000000000000000000"]
    assert not set(told(need, "word")) & {"企业", "需要", "苏州市", "机器视觉"}


def test_words_for_places_and_people_tell_the_trade() -> None:
    need = read_need("一家三甲医院想做病历质控")
    assert told(need, "industry") == {"yiliao": ["三甲", "医院", "病历"]}
    assert told(need, "scenario") == {"q-04": ["病历质控"]}


def test_a_place_that_no_lexicon_lists_is_one_by_its_name() -> None:
    assert told(read_need("澜山市轴承厂想做质检"), "region") == {"澜山市": ["澜山市"]}


def test_a_region_beside_the_words_has_no_place_in_them() -> None:
    need = read_need("需要算力", ["440300"])
    assert told(need, "region") == {"440300": []}


def test_a_scenario_alone_tells_its_section() -> None:
    assert told(read_need("想做缺陷检测"), "industry") == {"C": ["缺陷检测"]}


@pytest.mark.parametrize("words", ["", "  ", "的", "\x00", "😀𠮷", "=cmd()", "机构:x -y"])
def test_any_words_are_read(words: str) -> None:
    need = read_need(words)
    assert all(0 <= start < end <= len(need.text) for one in need.aspects for start, end in one.places)


def test_a_long_need_is_cut() -> None:
    assert len(read_need("算力" * LONGEST).text) == LONGEST


def test_traditional_characters_are_read_as_they_stand() -> None:
    need = read_need("紡織企業想用機器視覺做檢測")
    assert told(need, "technology") == {"cv": ["機器視覺"]}
    assert told(need, "industry") == {"fangzhi": ["紡織"]}


def test_trades_are_near_by_name_division_and_section() -> None:
    textile = trade_of("fangzhi")
    assert nearness(textile, "纺织行业") == "same"
    assert nearness(textile, "汽车") == "section"
    assert nearness(trade_of("dianwang"), "电力") == "division"


def test_the_settings_name_what_there_is() -> None:
    settings, book = matching_settings(), bundled_rulebook()
    technologies = {entry.id for entry in book.lexicon("technologies").entries}
    assert {one for group in settings.near for one in group} | settings.broad <= technologies
    assert all(trade_of(trade).letters for trade in settings.trades)
    assert all(a in settings.neighbours[b] for a, beside in settings.neighbours.items() for b in beside)
    assert all(f"asks-{ask}" in book.cues("corpus/matching") for ask in settings.asks)
    assert settings.region_points("compute", "same") > settings.region_points("compute", "neighbour")

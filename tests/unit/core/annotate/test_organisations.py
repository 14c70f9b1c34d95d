from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read

from mingjian.core.model.facts import Organisation


def organisations(*paragraphs: str) -> tuple[Organisation, ...]:
    return read(*paragraphs).names.organisations


def names(*paragraphs: str) -> list[str]:
    return [one.name for one in organisations(*paragraphs)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("苏州市工业和信息化局日前发布通知。", "苏州市工业和信息化局", "government"),
        ("中共苏州市委办公厅印发文件。", "中共苏州市委办公厅", "party"),
        ("由市财政局牵头。", "市财政局", "government"),
        ("近日，杭州青禾机器人有限公司完成融资。", "杭州青禾机器人有限公司", "company"),
        ("据南京大学数字经济研究中心介绍，", "南京大学数字经济研究中心", "research"),
        ("由江苏省智能制造产业联盟主办。", "江苏省智能制造产业联盟", "association"),
        ("水利部等九部门共同下发文件。", "水利部", "government"),
    ],
)
def test_finds_the_whole_name(text: str, name: str, kind: str) -> None:
    assert [(one.name, one.type) for one in organisations(text)] == [(name, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "上市公司增加投入。",
        "建设一批国家重点实验室。",
        "落实党中央、国务院决策部署。",
        "我国新能源汽车出口增长。",
        "各大银行下调利率。",
    ],
)
def test_general_words_and_set_phrases_name_no_organisation(text: str) -> None:
    assert names(text) == []


def test_the_title_of_a_document_names_no_organisation_but_a_paper_in_marks_is_one() -> None:
    assert names("依据《深圳证券交易所交易规则》披露。") == []
    assert names("他对《人民日报》说。") == ["《人民日报》"]


def test_a_short_name_that_the_page_binds_is_a_mention_of_the_same_organisation() -> None:
    (one,) = organisations("苏州东吴先进材料研究院（以下简称“东材院”）成立。", "东材院将招收学生。")
    assert one.name == "苏州东吴先进材料研究院"
    assert len(one.mentions) == 3


def test_the_heart_of_a_full_name_is_a_mention_of_the_firm() -> None:
    (one,) = organisations("深圳市启衡电子股份有限公司投产。", "启衡电子的产能翻倍。")
    assert len(one.mentions) == 2


def test_names_of_one_entry_are_one_organisation_with_its_official_name() -> None:
    (one,) = organisations("工信部答复，工业和信息化部将组织检查。")
    assert (one.name, one.canonical) == ("工信部", "工业和信息化部")


@pytest.mark.parametrize("role", ["运营方", "承建方", "主办方", "建设单位", "其中", "位于", "母公司", "（二）"])
def test_a_role_or_number_before_a_name_is_no_part_of_it(role: str) -> None:
    assert names(f"{role}杭州青禾机器人有限公司参会。") == ["杭州青禾机器人有限公司"]


def test_a_channel_is_no_organisation() -> None:
    assert names("欢迎关注微信公众号。") == []

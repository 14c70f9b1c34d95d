from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("深入实施“数据要素×”行动，推进“东数西算”工程。", ["“数据要素×”行动", "“东数西算”工程"]),
        ("启动AI+专项行动。", ["AI+专项行动"]),
        ("加快建设国家低空经济创新应用先导区。", ["国家低空经济创新应用先导区"]),
        ("印发《推进“数据要素×”行动实施方案》。", []),
        ("参观“好”的行动。", []),
        ("提出“1+3+N”布局。", []),
        ("着力推进保税园区升级战略。", []),
        ("在云岭综改示范区管委会开会。", []),
        ("允许各县先行试点探索。", []),
        ("组织开展仓库智能化提升行动。", ["仓库智能化提升行动"]),
        ("实施质量强链行动。", ["质量强链行动"]),
        ("开展联合执法行动。", []),
        ("制定数字化转型行动方案。", []),
        ("实施产业基础再造工程和重大技术装备攻关工程。", ["产业基础再造工程", "重大技术装备攻关工程"]),
    ],
)
def test_named_campaigns(text: str, names: list[str]) -> None:
    assert [one.name for one in read(text).programmes] == names


def test_the_owner_is_the_organisation_named_before_in_the_sentence() -> None:
    (one,) = read("国务院国资委启动“AI+”专项行动。").programmes
    assert one.owner == "国务院国资委"


def test_the_evidence_is_the_place_that_names_it_most_fully() -> None:
    (one,) = read("AI+专项行动推进会召开。会议要求深化央企“AI+”专项行动。").programmes
    assert one.evidence.text == "央企“AI+”专项行动"
    assert len(one.mentions) == 2


@pytest.mark.parametrize(
    ("text", "start", "actuality"),
    [
        ("2024年启动的“云帆”专项行动覆盖全省。", "2024", "realised"),
        ("计划明年启动“星火”培育工程。", "2026", "planned"),
        ("深入实施“云帆”专项行动。", None, "directed"),
        ("“云帆”专项行动很受欢迎。", None, None),
    ],
)
def test_when_a_programme_starts_and_whether_it_runs(text: str, start: str | None, actuality: str | None) -> None:
    (one,) = read(text).programmes
    assert (one.start, one.actuality) == (start, actuality)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“云匠杯”工业智能体创新大赛3月5日启动。", "“云匠杯”工业智能体创新大赛"),
        ("现就2027年高质量语料建设攻坚工作通知如下。", "2027年高质量语料建设攻坚工作"),
        ("三部门组织开展了首批智能体中试基地试点申报。", "首批智能体中试基地试点"),
    ],
)
def test_contests_campaigns_and_batches(text: str, name: str) -> None:
    assert [one.name for one in read(text).programmes] == [name]


def test_a_name_that_counts_is_one_programme_wherever_it_stands() -> None:
    text = "实施“百坊千机”智能化改造工程。建成“百坊千机”标杆30个。赋能“千行百业”，走进“千家万户”。"
    (one,) = read(text).programmes
    assert (one.name, len(one.mentions)) == ("“百坊千机”智能化改造工程", 2)


def test_the_quoted_part_of_a_name_names_it_again() -> None:
    (one,) = read("岚州启动“智汇岚州”计划。“智汇岚州”聚焦三大领域。").programmes
    assert [pair[1] - pair[0] for pair in one.mentions] == [8, 6]


def test_another_name_in_brackets_is_the_same_programme() -> None:
    (one,) = read("实施“百坊千机”工程（以下简称“百千工程”）。今年“百千工程”支持40家工厂。").programmes
    assert (one.name, len(one.mentions)) == ("“百坊千机”工程", 3)
    assert one.parts["alias"] == (one.support[0].pair,) and one.support[0].text == "百千工程"


def test_one_name_that_means_two_things_is_two_programmes() -> None:
    first, *others = read("两地都有“百千工程”。在东江，“百千”指的是百家作坊。在西江，“百千”说的是百家企业。").programmes
    assert (first.owner, len(first.mentions)) == (None, 1)
    assert [(one.owner, one.evidence.text) for one in others] == [
        ("东江", "“百千”指的是百家作坊"),
        ("西江", "“百千”说的是百家企业"),
    ]
    (one,) = read("东江推进“百千工程”。在东江，“百千”指的是百家作坊。").programmes
    assert len(one.mentions) == 2

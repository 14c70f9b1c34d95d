from __future__ import annotations

import pytest
from tests.unit.core.annotate.policies.reading_policies import policies, relations


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("为落实《甲规划》，财政部印发《乙意见》。", "乙意见", [("implements", "甲规划")]),
        ("财政部印发《乙意见》，贯彻落实《甲规划》。", "乙意见", [("implements", "甲规划")]),
        (
            "按照《甲规划》（甲发〔2025〕1号）、《乙纲要》和《丙条例》要求，财政部制定《丁细则》。",
            "丁细则",
            [("basis", "甲规划"), ("basis", "乙纲要"), ("basis", "丙条例")],
        ),
        ("通过《关于修改〈甲条例〉的决定》。", "关于修改〈甲条例〉的决定", [("amends", "甲条例")]),
        ("发布关于修改《甲条例》的决定。", "关于修改《甲条例》的决定", [("amends", "甲条例")]),
        ("通过《关于废止〈甲条例〉的决定》。", "关于废止〈甲条例〉的决定", [("repeals", "甲条例")]),
        ("公布《〈甲条例〉实施细则》。", "〈甲条例〉实施细则", [("implements", "甲条例")]),
        ("公布《关于贯彻落实〈甲条例〉的意见》。", "关于贯彻落实〈甲条例〉的意见", [("implements", "甲条例")]),
        ("发布《〈甲条例〉政策解读》。", "〈甲条例〉政策解读", [("interprets", "甲条例")]),
        ("《甲办法》施行后，《乙办法》同时废止。", "甲办法", [("repeals", "乙办法")]),
        ("印发《甲办法》。《乙办法》《丙办法》同时废止。", "甲办法", [("repeals", "乙办法"), ("repeals", "丙办法")]),
        ("市财政局修订《甲办法》，原《乙办法》同时废止。", "甲办法", [("repeals", "乙办法")]),
        ("继《甲规划》之后，市政府又出台《乙办法》。", "乙办法", [("follows", "甲规划")]),
        ("出台《乙办法》，这一文件是继2019年“数字村+”行动之后的又一部署。", "乙办法", [("follows", "“数字村+”行动")]),
        ("发布《甲市计划2.0》，接续《甲市计划》。", "甲市计划2.0", [("successor_of", "甲市计划")]),
        (
            "《甲市数据发展计划》是《甲市算力发展计划》的升级版。",
            "甲市数据发展计划",
            [("successor_of", "甲市算力发展计划")],
        ),
        ("发布《甲指南（第二版）》。", "甲指南（第二版）", []),
        ("根据《甲条例》，企业不得泄露数据。市政府印发《乙办法》。", "乙办法", []),
        ("为落实《甲规划》，各地行动。《乙办法》提出目标。", "乙办法", []),
        ("依据《甲法》第八条、《乙条例》第九条，对企业处以罚款。", "乙条例", []),
        (
            "依据《甲法》第八条以及《乙条例》第九条的规定，市财政局制定《丙办法》。",
            "丙办法",
            [("basis", "甲法"), ("basis", "乙条例")],
        ),
        ("落实《甲规划》，也是《乙规定》颁布实施以来的首个项目。", "乙规定", []),
        ("《甲法》实施以来，修订《乙规定》等规章。", "甲法", []),
        ("继续落实《甲规划》，推动企业发展。", "甲规划", []),
    ],
)
def test_relations_that_words_tell(text: str, title: str, expected: list[tuple[str, str]]) -> None:
    assert relations(text)[title] == expected


def test_the_target_is_as_printed_and_leads_to_the_document_meant() -> None:
    *_, one = policies(
        "国务院印发《数字村发展规划》（以下简称《规划》）。", "为落实《规划》，财政部印发《数字村券办法》。"
    )
    (relation,) = one.relations
    assert (relation.target, relation.policy) == ("规划", "数字村发展规划")
    assert len(one.parts["relations"]) == 1


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("苏州市“数字村”行动实施方案", ["implements", "local_version_of"]),
        ("苏州市算力券若干措施", ["implements"]),
        ("“数字村”行动实施方案", ["implements"]),
    ],
)
def test_a_local_version_has_a_place_and_the_topic_of_the_national_document(local: str, expected: list[str]) -> None:
    found = relations(f"苏州市印发《{local}》，贯彻落实《国务院关于深入实施“数字村”行动的意见》。")
    assert [kind for kind, _ in found[local]] == expected

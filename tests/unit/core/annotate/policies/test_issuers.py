from __future__ import annotations

import pytest
from tests.unit.core.annotate.policies.reading_policies import policies


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("财政部、商务部联合印发《甲办法》。", ("财政部", "商务部")),
        ("财政部会同商务部印发《甲办法》。", ("财政部", "商务部")),
        ("水利部等九部门联合印发《甲办法》。", ("水利部等九部门",)),
        ("水利部、商务部等九部门联合印发《甲办法》。", ("水利部", "商务部等九部门")),
        ("水利部、商务部等两部门联合印发《甲办法》。", ("水利部", "商务部")),
        ("东江市数据局、财政局、商务局印发《甲办法》。", ("东江市数据局", "财政局", "商务局")),
        ("七部门联合印发《甲办法》。", ("七部门",)),
        ("国务院办公厅《关于发展数据产业的意见》提出。", ("国务院办公厅",)),
        ("落实《国务院关于发展数据产业的意见》要求。", ("国务院",)),
        ("《甲办法》由财政部于2025年3月1日公布，", ("财政部",)),
        ("国务院常务会议审议通过《甲条例》。", ("国务院",)),
        ("国务院总理主持召开国务院常务会议。会议审议通过《甲条例》。", ("国务院",)),
        ("财政部要求，企业应落实新印发的《甲办法》。", ()),
        ("专家提到《甲办法》。", ()),
    ],
)
def test_who_issues(text: str, issuers: tuple[str, ...]) -> None:
    (one,) = policies(text)
    assert one.issuer == issuers
    assert len(one.parts.get("issuer", ())) == len(issuers)

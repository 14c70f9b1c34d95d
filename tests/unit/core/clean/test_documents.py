"""The header of an official document, from a table, from flattened lines, and from what the document prints."""

from __future__ import annotations

import pytest

from mingjian.core.model.article import DocumentHeader
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.page import Page
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.read.html import html_page
from mingjian.read.plain import text_page

TITLE = "岚州市人民政府办公室关于印发人工智能与制造业融合行动方案的通知"
PROSE = (
    "现将行动方案印发给你们，请结合实际认真组织实施，并按季度报送工作进展。",
    "到2027年建成三个公共智能计算中心，培育五十家骨干企业，开放一百个应用场景。",
    "各县区要压实责任，统筹用好财政资金，推动大模型在质检、排产和能耗管理等环节落地。",
)
SIGNED = ("岚州市人民政府办公室", "2025年2月27日")
TABLE = (
    "<table><tr><td>索 引 号：</td><td>LZ0001/2025-00031</td><td>主题分类：</td><td>工业、交通</td></tr>"
    "<tr><td>发文机关：</td><td>岚州市人民政府办公室</td><td>成文日期：</td><td>2025年02月27日</td></tr>"
    "<tr><td>发文字号：</td><td>岚政办发〔2025〕8号</td><td>有 效 性：</td><td>有效</td></tr></table>"
)
WHOLE = {
    "index_number": "LZ0001/2025-00031",
    "issuer": "岚州市人民政府办公室",
    "doc_no": "岚政办发〔2025〕8号",
    "signed": "2025-02-27",
    "topic": "工业、交通",
    "validity": "有效",
}


def header_of(page: Page) -> DocumentHeader | None:
    record = extract(page)
    verify(record, page)
    return record.document


def values_of(page: Page) -> dict[str, str | None]:
    header = header_of(page)
    assert header is not None
    outcomes = {name: getattr(header, name) for name in WHOLE}
    return {name: outcome.value if isinstance(outcome, Cited) else None for name, outcome in outcomes.items()}


def flat(*lines: str) -> Page:
    return text_page("page.txt", "\n".join(lines).encode())


def test_a_table_of_markup_is_read() -> None:
    prose = "".join(f"<p>{line}</p>" for line in PROSE)
    page = html_page("page.html", f"<body>{TABLE}<h1>{TITLE}</h1><div>{prose}</div></body>".encode())
    assert values_of(page) == WHOLE


@pytest.mark.parametrize("gap", ["", "\n"])
def test_labels_and_values_of_a_flattened_table_are_read(gap: str) -> None:
    rows = (
        f"索引号：{gap}LZ0001/2025-00031",
        f"主题分类：{gap}工业、交通",
        f"发文机关：{gap}岚州市人民政府办公室",
        f"成文日期：{gap}2025年2月27日",
        f"发文字号：{gap}岚政办发〔2025〕8号",
        f"有效性：{gap}有效",
    )
    assert values_of(flat(*rows, TITLE, *PROSE)) == WHOLE


def test_labels_in_one_line_are_read() -> None:
    rows = "索引号：LZ0001/2025-00031 发文机关：岚州市人民政府办公室 成文日期：2025年2月27日"
    values = values_of(flat(rows, TITLE, *PROSE))
    assert (values["index_number"], values["issuer"], values["signed"]) == (
        WHOLE["index_number"],
        WHOLE["issuer"],
        WHOLE["signed"],
    )


def test_the_document_itself_gives_number_issuer_and_day() -> None:
    page = flat(TITLE, "岚政办发〔2025〕8号", "各县（市、区）人民政府：", *PROSE, *SIGNED)
    header = header_of(page)
    assert header is not None
    assert isinstance(header.doc_no, Cited)
    assert header.doc_no.value == "岚政办发〔2025〕8号"
    assert isinstance(header.signed, Cited)
    assert (header.signed.value, header.signed.evidence.text) == ("2025-02-27", "2025年2月27日")
    assert isinstance(header.topic, Missing)


def test_a_day_in_characters_is_read() -> None:
    values = values_of(flat("岚州市人工智能产业促进办法", *PROSE, "岚州市人民政府", "二〇二四年十二月三十日"))
    assert (values["issuer"], values["signed"]) == ("岚州市人民政府", "2024-12-30")


def test_news_has_no_header() -> None:
    news = ("岚州启动智能工厂建设", "2024-03-05 09:10 来源：岚州日报", *PROSE, "责任编辑：王小明")
    assert header_of(flat(*news)) is None

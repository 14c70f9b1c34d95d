"""Word files that another program wrote (python-docx, on Word's own template) are read as their writer meant them."""

from __future__ import annotations

import io
from pathlib import Path

import docx

from mingjian.core.model.page import Page
from mingjian.read import read_paths


def written() -> bytes:
    document = docx.Document()
    document.add_heading("岚州市智能制造方案", 0)
    document.add_heading("总体要求", 1)
    document.add_paragraph("三年内建成十个智能工厂。")
    for words in ("建设平台", "培育企业"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("附注", style="List Bullet")
    document.add_heading("重点任务", 2)
    cells = (("项目", "数量"), ("工厂", "10"))
    table = document.add_table(2, 2)
    for row, line in zip(table.rows, cells, strict=True):
        for cell, words in zip(row.cells, line, strict=True):
            cell.text = words
    broken = document.add_paragraph("前").add_run("中")
    broken.add_break()
    broken.add_text("后")
    document.sections[0].header.paragraphs[0].text = "岚州市公报"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def page_of(folder: Path, content: bytes) -> Page:
    (folder / "a.docx").write_bytes(content)
    [item] = read_paths([folder / "a.docx"])
    assert isinstance(item, Page), item
    return item


def test_headings_lists_tables_and_headers_are_read(tmp_path: Path) -> None:
    page = page_of(tmp_path, written())
    assert page.text.split("\n") == [
        "岚州市智能制造方案",
        "总体要求",
        "三年内建成十个智能工厂。",
        "1. 建设平台",
        "2. 培育企业",
        "附注",
        "重点任务",
        "项目\t数量",
        "工厂\t10",
        "前中",
        "后",
        "岚州市公报",
        "第1页",
    ]


def test_what_each_line_is_is_told(tmp_path: Path) -> None:
    page = page_of(tmp_path, written())
    paths = {page.text[stretch.start : stretch.end]: stretch.path for stretch in page.stretches}
    assert (paths["岚州市智能制造方案"], paths["总体要求"], paths["重点任务"]) == ("body/h1", "body/h2", "body/h3")
    assert (paths["岚州市公报"], paths["第1页"]) == ("page-header/p", "page-footer/p")
    assert [page.text[item.start : item.end] for item in page.containers if item.tag == "table"] == [
        "项目\t数量\n工厂\t10"
    ]

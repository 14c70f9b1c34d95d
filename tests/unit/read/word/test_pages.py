from __future__ import annotations

from pathlib import Path

import pytest
from tools.sample_files import docx_file, heading_styles, numbered, numbering, paragraph, table, zip_file

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.read import Limits, read_paths
from mingjian.read.word.numbering import number_in

CLAUSES = numbering([("chineseCounting", "%1、"), ("japaneseCounting", "（%2）"), ("decimal", "%3.")])


def page_of(folder: Path, content: bytes, limits: Limits | None = None) -> Page:
    [item] = items_of(folder, content, limits)
    assert isinstance(item, Page), item
    return item


def items_of(folder: Path, content: bytes, limits: Limits | None = None) -> list[Page | Failure]:
    (folder / "a.docx").write_bytes(content)
    return list(read_paths([folder / "a.docx"], limits or Limits()))


def text_of(folder: Path, body: str, **parts: str) -> str:
    return page_of(folder, docx_file(body, parts=parts)).text


def run(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def test_numbers_of_clauses_are_those_that_word_shows(tmp_path: Path) -> None:
    levels = (0, 1, 1, 2, 2, 1, 0, 1, 2)
    body = "".join(numbered(f"款{place}", level) for place, level in enumerate(levels))
    text = text_of(tmp_path, body, numbering=CLAUSES)
    assert text.split("\n") == [
        "一、款0",
        "（一）款1",
        "（二）款2",
        "1. 款3",
        "2. 款4",
        "（三）款5",
        "二、款6",
        "（一）款7",
        "1. 款8",
    ]


@pytest.mark.parametrize(
    ("pattern", "form", "shown"),
    [
        ("第%1章", "chineseCountingThousand", "第一章 总则"),
        ("%1）", "decimal", "1）总则"),
        ("", "none", "总则"),
        ("\uf0b7", "bullet", "总则"),
        ("%1.", "hebrew1", "总则"),
    ],
)
def test_numbers_stand_as_their_pattern_says_and_unknown_forms_are_left_out(
    tmp_path: Path, pattern: str, form: str, shown: str
) -> None:
    assert text_of(tmp_path, numbered("总则", 0), numbering=numbering([(form, pattern)])) == shown


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCounting", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (20, "ideographDigital", "二〇"),
        (13, "chineseLegalSimplified", "壹拾叁"),
        (2, "ideographTraditional", "乙"),
        (5, "decimalEnclosedCircleChinese", "⑤"),
        (28, "lowerLetter", "bb"),
        (9, "lowerRoman", "ix"),
        (7, "decimalZero", "07"),
        (3, "decimalFullWidth", "３"),
        (100_000, "decimal", None),
    ],
)
def test_forms_of_numbers(count: int, form: str, written: str | None) -> None:
    assert number_in(count, form) == written


def test_an_override_begins_a_list_anew(tmp_path: Path) -> None:
    anew = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    anew += "</w:lvlOverride></w:num>"
    body = numbered("甲", 0) + numbered("乙", 0) + numbered("丙", 0, number=2) + numbered("丁", 0, number=2)
    assert text_of(tmp_path, body, numbering=CLAUSES + anew) == "一、甲\n二、乙\n一、丙\n二、丁"


def test_headings_stand_below_the_title(tmp_path: Path) -> None:
    body = paragraph("方案", style="Title") + paragraph("总则", style="Heading1") + paragraph("正文。")
    page = page_of(tmp_path, docx_file(body, parts={"styles": heading_styles()}))
    assert [(stretch.path, page.text[stretch.start : stretch.end]) for stretch in page.stretches] == [
        ("body/h1", "方案"),
        ("body/h2", "总则"),
        ("body/p", "正文。"),
    ]


def test_a_large_centred_opening_is_the_title(tmp_path: Path) -> None:
    title = (
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="44"/></w:rPr><w:t>通知</w:t></w:r></w:p>'
    )
    page = page_of(tmp_path, docx_file(title + paragraph("正文。")))
    assert [stretch.path for stretch in page.stretches] == ["body/h1", "body/p"]


def test_tracked_changes_links_breaks_and_hidden_words(tmp_path: Path) -> None:
    body = run(
        "<w:r><w:t>前</w:t></w:r><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>"
        "<w:r><w:br/><w:t>后</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
    )
    page = page_of(tmp_path, docx_file(body))
    assert page.text == "前增链\n后"
    assert [page.text[stretch.start : stretch.end] for stretch in page.stretches if stretch.link] == ["链"]


def test_a_paragraph_whose_end_is_deleted_goes_on(tmp_path: Path) -> None:
    first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>"
    assert text_of(tmp_path, first + paragraph("后半")) == "前半后半"


def test_tables_boxes_notes_headers_and_footers_have_their_places(tmp_path: Path) -> None:
    box = run(
        "<w:r><w:drawing><w:txbxContent>" + paragraph("框中") + "</w:txbxContent></w:drawing><w:t>框外</w:t></w:r>"
    )
    notes = f'<w:footnote w:type="separator">{paragraph("线")}</w:footnote><w:footnote>{paragraph("注")}</w:footnote>'
    content = docx_file(
        table([["项", "数"], ["厂", "10"]]) + box,
        parts={"footnotes": notes, "header": paragraph("眉"), "footer": paragraph("脚")},
    )
    page = page_of(tmp_path, content)
    assert page.text == "项\t数\n厂\t10\n框外\n框中\n注\n眉\n脚"
    kinds = {(item.tag, item.marks): page.text[item.start : item.end] for item in page.containers}
    assert kinds["table", ""] == "项\t数\n厂\t10"
    assert (kinds["header", "page-header"], kinds["footer", "page-footer"]) == ("眉", "脚")


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"xl/workbook.xml": "<x/>"}, "not-supported: this is an Excel workbook"),
        ({"ppt/presentation.xml": "<x/>"}, "not-supported: this is a PowerPoint file"),
        ({"META-INF/container.xml": "<x/>"}, "not-supported: this is an EPUB book"),
        ({"a.txt": "x"}, "not-supported: a zip archive"),
        ({"word/document.xml": "<x>"}, "broken-xml"),
        ({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "entity-bomb"),
        ({"word/document.xml": "<w>" + " " * 3_000_000 + "</w>"}, "too-large"),
        ({"word/document.xml": "<w>" + "<sdt>" * 5_000 + "</sdt>" * 5_000 + "</w>"}, "too-deep"),
    ],
)
def test_what_is_no_word_file_says_what_it_is(tmp_path: Path, parts: dict[str, bytes | str], reason: str) -> None:
    [item] = items_of(tmp_path, zip_file(parts), Limits(max_bytes=1_000_000))
    assert isinstance(item, Failure)
    assert item.reason.startswith(reason)

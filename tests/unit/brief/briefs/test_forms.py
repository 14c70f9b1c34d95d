"""The forms of a brief: all sentences and notes are there, and nothing of a page can act."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import docx
import msgspec
import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.unit.brief.briefs.made import made_brief

from mingjian.brief.briefs.document import render_document
from mingjian.brief.briefs.files import ENDINGS, brief_files, check_ending
from mingjian.brief.briefs.markdown import render_markdown
from mingjian.brief.briefs.page import render_page
from mingjian.brief.briefs.pictures import bars_svg, timeline_svg
from mingjian.brief.briefs.wording import printable_line
from mingjian.brief.briefs.workbook import render_workbook
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.errors import QuestionError

BRIEF = made_brief()
TEXT = printable_line(BRIEF.sections[0].items[0].sentence.text)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_brief_is_the_same_bytes(ending: str) -> None:
    path = Path(f"brief{ending}")
    assert brief_files(BRIEF, path) == brief_files(made_brief(), path)


def test_another_ending_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(QuestionError, match=r"\.md, \.html, \.docx, \.xlsx"):
        check_ending(Path("brief.pdf"))


def test_markdown_has_its_footnotes_and_pictures_and_escapes_what_pages_say() -> None:
    text, pictures = render_markdown(BRIEF, "b")
    assert sorted(pictures) == ["b.chart1.svg", "b.timeline.svg"]
    assert all(f"](<{name}>)" in text for name in pictures)
    assert {*re.findall(r"\[\^(\d+)\]:", text)} == {*re.findall(r"\[\^(\d+)\](?!:)", text)} == {"1", "2"}
    assert "<script" not in text.replace("\\<script", "")
    assert "\\*号\\*" in text
    assert "<https://www.lanzhou.example/a?b=1&c=%282%29>" in text


def test_the_page_has_no_script_and_its_footnotes_link_both_ways() -> None:
    tree = LexborHTMLParser(render_page(BRIEF))
    assert not tree.css("script")
    assert len(tree.css("svg")) == 2
    assert next(node.text() for node in tree.css("ol.told li")).startswith(TEXT)
    ids = {node.attributes["id"] for node in tree.css("[id]")}
    links = [str(node.attributes["href"]) for node in tree.css("a")]
    assert {"#n1", "#s1", "#n2", "#s2"} <= set(links)
    assert all(link[1:] in ids for link in links if link.startswith("#"))
    assert [link for link in links if not link.startswith("#")] == ["https://www.lanzhou.example/a?b=1&c=(2)"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "pages/a.txt"])
def test_only_web_addresses_become_links(link: str) -> None:
    brief = made_brief(link)
    assert f'href="{link}' not in render_page(brief)
    assert "w:hyperlink" not in _parts(render_document(brief))["word/footnotes.xml"]
    book = openpyxl.load_workbook(BytesIO(render_workbook(brief)))
    assert all(cell.hyperlink is None for sheet in book for row in sheet for cell in row)


def test_no_cell_of_excel_holds_more_than_it_can() -> None:
    """Excel counts UTF-16 units: a file with more in a cell is damaged to it. A link that is too long stays words."""
    address = f"https://a.example/{'文' * 800}"
    made = made_brief(address)
    (section, *others), item = made.sections, made.sections[0].items[0]
    parts = (*item.sentence.parts, msgspec.structs.replace(item.sentence.parts[-1], text="𠮷" * 30_000))
    long = msgspec.structs.replace(item.sentence, parts=parts)
    told = msgspec.structs.replace(section, items=(msgspec.structs.replace(item, sentence=long),))
    brief = msgspec.structs.replace(made, sections=(told, *others))
    book = openpyxl.load_workbook(BytesIO(render_workbook(brief)))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert 32_000 < max(len(cell.encode("utf-16-le")) // 2 for cell in cells) <= 32_767
    assert address in cells


@pytest.mark.parametrize("layout", ["plain", "gbt9704"])
def test_word_opens_with_real_footnotes_and_fonts_on_every_run(layout: Literal["plain", "gbt9704"]) -> None:
    content = render_document(BRIEF, layout)
    document = docx.Document(BytesIO(content))
    assert any(paragraph.text == f"（一）{TEXT}" for paragraph in document.paragraphs)
    parts = _parts(content)
    for name in ("word/document.xml", "word/footnotes.xml"):
        for run in _tree(parts[name]).iter(f"{W}r"):
            if any(words.text and words.text.strip() for words in run.iter(f"{W}t")):
                assert run.find(f"{W}rPr/{W}rFonts[@{W}eastAsia]") is not None, name
    referred = re.findall(r'<w:footnoteReference w:id="(\d+)"', parts["word/document.xml"])
    written = re.findall(r'<w:footnote w:id="(\d+)"', parts["word/footnotes.xml"])
    assert referred == written == ["1", "2"]
    assert "word/charts/chart1.xml" in parts
    for words in parts.values():
        assert _tree(words).tag


def test_a_chart_in_word_carries_its_numbers_as_a_workbook() -> None:
    document = docx.Document(BytesIO(render_document(BRIEF)))
    (chart,) = (held.target_part for held in document.part.rels.values() if held.reltype.endswith("/chart"))
    (numbers,) = (held.target_part for held in chart.rels.values())
    assert b'r:id="numbers"' in chart.blob
    rows = list(openpyxl.load_workbook(BytesIO(numbers.blob))["Data"].iter_rows(values_only=True))
    (bars,) = BRIEF.charts
    assert rows[0][1:] == tuple(series.name for series in bars.series)
    assert [row[1:] for row in rows[1:]] == list(zip(*(series.values for series in bars.series), strict=True))
    assert [row[0] for row in rows[1:]] == list(map(printable_line, bars.categories))


def test_the_layout_of_official_documents_is_that_of_the_standard() -> None:
    content = render_document(BRIEF, "gbt9704")
    section = docx.Document(BytesIO(content)).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [37, 35, 28, 26]
    parts = _parts(content)
    assert 'w:eastAsia="仿宋_GB2312"' in parts["word/document.xml"]
    assert 'w:line="560" w:lineRule="exact"' in parts["word/styles.xml"]
    assert 'w:firstLineChars="200"' in parts["word/styles.xml"]
    assert "w:evenAndOddHeaders" in parts["word/settings.xml"]
    assert "— " in parts["word/footer1.xml"]
    assert set(brief_settings().layouts) == {"plain", "gbt9704"}


def test_excel_has_typed_cells_and_no_formula() -> None:
    book = openpyxl.load_workbook(BytesIO(render_workbook(BRIEF)))
    assert len(book.sheetnames) == 4
    told, evidence = book[book.sheetnames[1]], book[book.sheetnames[2]]
    assert told.max_row == 3
    assert told["A2"].value == 1
    assert told["B2"].value == TEXT
    assert told["C2"].value == datetime(2026, 3, 5)  # noqa: DTZ001
    assert told["D2"].value == 2
    assert evidence.max_row == 4
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value).startswith("=HYPERLINK") is False for cell in cells)


def test_pictures_are_well_formed_whatever_they_say() -> None:
    assert BRIEF.timeline is not None
    for drawn in (timeline_svg(BRIEF.timeline), bars_svg(BRIEF.charts[0])):
        tree = _tree(drawn)
        assert {node.tag.rpartition("}")[2] for node in tree.iter()} <= {
            "svg",
            "title",
            "text",
            "line",
            "circle",
            "rect",
        }


def _tree(words: str) -> ElementTree.Element:
    return ElementTree.fromstring(words)  # noqa: S314 - written by the code that is tested


def _parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: package.read(name).decode() for name in package.namelist() if not name.endswith(".xlsx")}

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mingjian.core.clean.article import clean
from mingjian.core.model.page import Page
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.read.origin import Origin
from mingjian.read.pdf.glyph_rows import Glyph, sheet_of
from mingjian.read.printed.page import page_of_sheets
from mingjian.read.printed.sheets import joint

across = st.floats(-50, 650, width=32)
glyphs = st.builds(
    lambda character, left, wide, down, size, angle, shade, red: Glyph(
        character, left, down - size, left + wide, down, left, down, size, angle, shade, red
    ),
    st.sampled_from("工厂三年的，。①1-a ”\ufffd一、第页"),
    across,
    st.floats(-2, 40, width=32),
    st.one_of(st.sampled_from([50.0, 100.0, 120.0, 140.0, 800.0]), st.floats(-50, 900, width=32)),
    st.sampled_from([6.0, 9.0, 12.0, 12.5, 22.0, 300.0]),
    st.sampled_from([0, 0, 0, 45, 90, -90, 180]),
    st.sampled_from([0, 0, 200]),
    st.sampled_from([0, 0, 200]),
)
pages = st.lists(st.tuples(st.lists(glyphs, max_size=60), st.integers(0, 3)), max_size=4)


def page_of(drawn: list[tuple[list[Glyph], int]]) -> Page:
    sheets = [sheet_of(number, (595.0, 842.0), turn, row) for number, (row, turn) in enumerate(drawn, start=1)]
    return page_of_sheets(sheets, Origin("a"), b"", "application/pdf", {"Title": "三年\x07工厂"})


@settings(max_examples=150, deadline=None)
@given(pages)
def test_whatever_stands_on_paper_becomes_a_page(drawn: list[tuple[list[Glyph], int]]) -> None:
    page = page_of(drawn)
    assert page == page_of(drawn)
    end = 0
    for box in page.boxes:
        assert end <= box.start < box.end <= len(page.text)
        assert page.text[box.start : box.end].strip()
        end = box.end
    reached = 0
    for stretch in page.stretches:
        assert reached <= stretch.start < stretch.end <= len(page.text)
        reached = stretch.end
    inside = sum(box.end - box.start - page.text[box.start : box.end].count(" ") for box in page.boxes)
    assert inside == len(page.text.replace(" ", "").replace("\n", "").replace("\t", ""))
    article, _ = clean(page, fold(page.text), bundled_rulebook())
    kept = {index for block in article.body for index in range(block.start, block.end)}
    beside = (stretch for stretch in page.stretches if stretch.path == "print/aside")
    assert not kept.intersection(index for one in beside for index in range(one.start, one.end))


def test_joints() -> None:
    assert joint("他说“", "三年”") == ""
    assert joint("the “", "word”") == " "
    assert joint("共1", "20家") == ""

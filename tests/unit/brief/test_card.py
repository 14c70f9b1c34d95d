"""The card: fits its width, shows every fact, and lets no page command the terminal."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from rich.cells import cell_len

import mingjian
from mingjian.brief.card import render_card
from mingjian.brief.html import render_page
from mingjian.read.plain import text_page

PAGES = sorted((Path(__file__).parents[3] / "examples" / "pages").glob("0[1259]*"))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for path in PAGES:
        for page in mingjian.read(path):
            card = render_card(mingjian.extract(page), page, width=width)
            assert max(cell_len(line) for line in card.splitlines()) <= width


def test_dates_and_numbers_are_not_torn() -> None:
    page = next(mingjian.read(PAGES[0]))
    card = render_card(mingjian.extract(page), page, width=80)
    assert "2027-12-31" in card
    assert "≥60%" in card
    assert "2025-09-16 10:32" in card


def test_the_card_says_what_the_page_is_about_and_why() -> None:
    page = next(mingjian.read(PAGES[0]))
    card = render_card(mingjian.extract(page), page, width=120)
    assert "涉及人工智能  是（" in card
    assert "涉及政策" in card
    assert "人工智能×" in card


def test_control_characters_of_a_page_are_shown_not_obeyed() -> None:
    text = "岚州市印发《岚州市\x1b[31m人工智能\x07行动计划》，到2027年，算力超过20EFLOPS。"
    page = text_page("a\x1b[2J\nb.txt", text.encode())
    card = render_card(mingjian.extract(page), page)
    assert "\x1b" not in card
    assert "\x07" not in card


def test_what_the_page_itself_carries_stands_beside_our_values() -> None:
    text = (
        "标题: 甲市建成算力中心\n链接: http://a.example.com\n"
        "总结: 甲市5月6日建成算力中心，投资20亿元。\n关键词: 算力, 甲市\n编号: 17\n"
    )
    page = text_page("record.txt", text.encode())
    record = mingjian.extract(page)
    lines = [line.strip("┃ ") for line in render_card(record, page, width=100).splitlines()]
    own = next(place for place, line in enumerate(lines) if line.startswith("关键词"))
    assert lines[own + 1].split() == ["本页自带", "算力、甲市"]
    assert any(line.split() == ["本页自带", "编号：17"] for line in lines)
    assert "本页自带 关键词" in render_page(record, page)


def test_the_header_of_an_official_document_and_the_kind_of_page_are_shown() -> None:
    lines = (
        "索引号：LZ-2025-00041",
        "发文机关：岚州市数据局",
        "成文日期：2025年9月5日",
        "岚州市数据局关于开放公共数据的通知",
        "各有关单位：",
        "为落实行动方案，现就开放公共数据有关事项通知如下。各单位要在年底前提出清单。",
    )
    page = text_page("a.txt", "\n".join(lines).encode())
    record = mingjian.extract(page)
    card = render_card(record, page)
    assert all(words in card for words in ("索引号", "LZ-2025-00041", "成文日期", "2025-09-05"))
    assert "LZ-2025-00041" in render_page(record, page)
    assert "页面类型" not in card
    assert "列表页" in render_card(msgspec.structs.replace(record, page_kind="list"), page)

"""The card: fits its width, shows every fact, and lets no page command the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

import mingjian
from mingjian.brief.card import render_card
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


def test_control_characters_of_a_page_are_shown_not_obeyed() -> None:
    text = "岚州市印发《岚州市\x1b[31m人工智能\x07行动计划》，到2027年，算力超过20EFLOPS。"
    page = text_page("a\x1b[2J\nb.txt", text.encode())
    card = render_card(mingjian.extract(page), page)
    assert "\x1b" not in card
    assert "\x07" not in card

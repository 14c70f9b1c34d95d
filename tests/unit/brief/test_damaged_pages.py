"""Damaged pages in the views: one line says what is wrong, and broken evidence reads on one line."""

from __future__ import annotations

from mingjian.brief.card import render_card
from mingjian.brief.html import render_page
from mingjian.core.pipeline.extract import extract
from mingjian.read.plain import text_page

STORY = (
    "2025年3月1日，岚州市人民政府印发《岚州市人工智能行动计划》，提出到2027年，全市算力规模超过20EFLOPS，"
    "开放200个应用场景。岚州市科技局局长周岚表示，将加快建设智算中心，推动人工智能与制造业深度融合，支持企业用好数据。"
)
WIDTH = 26


def test_one_line_names_the_damage_and_evidence_is_shown_unbroken() -> None:
    wrapped = "\n".join(STORY[start : start + WIDTH] for start in range(0, len(STORY), WIDTH))
    page = text_page("page.txt", wrapped.encode())
    record = extract(page)
    broken = [fact.evidence.text for fact in (*record.targets, *record.quotes) if "\n" in fact.evidence.text]
    assert broken
    card, view = render_card(record, page, width=160), render_page(record, page)
    assert "文字损伤" in card
    assert "硬换行 4 处" in card
    assert "硬换行 4 处" in view
    assert all(f"<q>{words}</q>" not in view for words in broken)
    assert "<q>将加快建设智算中心，推动人工智能与制造业深度融合，支持企业用好数据</q>" in view
    assert "全市算力规模超过20 EFLOPS" in card


def test_a_sound_page_has_no_such_line() -> None:
    page = text_page("page.txt", STORY.encode())
    record = extract(page)
    assert "文字损伤" not in render_card(record, page)
    assert "文字损伤" not in render_page(record, page)

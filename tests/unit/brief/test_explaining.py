"""Explanations in words: on the terminal and in the HTML page, by the same blocks."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.laws.pages import page_of
from tests.unit.core.pipeline.test_explaining import BOOK, TEXT, explained
from tests.unit.core.pipeline.test_placing import PRINTED

from mingjian.brief.explaining import blocks_of, passage_of, place_of, rule_in_full
from mingjian.brief.explanation_card import render_explanation
from mingjian.brief.html import render_page
from mingjian.brief.wording import labels
from mingjian.core.model.explanation import Explanation
from mingjian.core.pipeline.explaining import explain_all
from mingjian.core.pipeline.extract import extract


def said(explanation: Explanation) -> str:
    return "\n".join(f"{line.label} {' '.join(line.said)}" for block in blocks_of(explanation) for line in block.lines)


def meeting() -> Explanation:
    return next(one for one in explained(TEXT, "events") if one.evidence.text.endswith("召开"))


def test_the_blocks_answer_in_chinese() -> None:
    told = said(meeting())
    assert "类型 会议召开（规则所定）" in told
    assert "只写月日，其余取自发布日期" in told
    assert "基准：2025-03-06T10:00:00+08:00" in told
    assert "触发词 召开" in told


def test_the_passage_marks_the_evidence_alone() -> None:
    pieces = passage_of(meeting())
    assert "".join(words for words, _ in pieces) == "全市算力建设推进会3月5日在岚州召开。"
    assert [words for words, marked in pieces if marked] == [meeting().evidence.text]


def test_the_terminal_shows_every_row_and_the_rules_in_full() -> None:
    shown = render_explanation(meeting(), width=100)
    assert "⟦全市算力建设推进会3月5日在岚州召开⟧" in shown
    plain = re.sub(r"[\s┃]", "", shown)
    for block in blocks_of(meeting()):
        assert block.label in shown
        for line in block.lines:
            assert re.sub(r"\s", "", line.label) in plain
    assert re.sub(r"\s", "", meeting().rules[0].pattern)[:20] in plain
    assert all(line == line.rstrip() for line in shown.splitlines())


def test_words_of_a_page_command_no_terminal() -> None:
    one = explained("全市算力建设\x1b[31m推进会3月5日在岚州召开。", "events")[0]
    assert "\x1b" not in render_explanation(one)


def test_a_printed_place_is_told() -> None:
    printed = next(one for one in explain_all(extract(PRINTED), PRINTED, BOOK).values() if one.evidence.place)
    assert "第" in place_of(printed.evidence)
    assert "页" in place_of(printed.evidence)


def test_the_html_page_explains_every_fact_in_the_same_words() -> None:
    page = page_of(TEXT)
    record = extract(page)
    shown = render_page(record, page)
    answers = explain_all(record, page, BOOK)
    details = re.findall(r'<details class="why">(.*?)</details>', shown, re.DOTALL)
    assert len(details) == len(answers)
    plain = unescape(re.sub(r"<[^>]+>", "", shown))
    for one in answers.values():
        for block in blocks_of(one):
            assert all(words in plain for line in block.lines for words in (line.label, *line.said))
        for rule in one.rules:
            assert all(words in plain for words in rule_in_full(rule).said)
    links = set(re.findall(r'href="#rule-([^"]+)"', shown))
    assert links == set(re.findall(r'id="rule-([^"]+)"', shown))


def test_explanations_are_escaped() -> None:
    page = page_of("全市<img src=x onerror=alert(1)>算力建设推进会3月5日在岚州召开。")
    shown = render_page(extract(page), page)
    assert "<img" not in shown


@pytest.mark.parametrize("name", ["origins", "rule_kinds", "functions", "precisions", "absent", "basis_words"])
def test_every_code_has_words(name: str) -> None:
    assert labels()[name]


def test_an_unknown_basis_stands_for_itself() -> None:
    assert all("says" in row and re.compile(row["is"]) for row in labels()["basis"])

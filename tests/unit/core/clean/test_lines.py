"""Single lines between two paragraphs of an article: those that belong to it (``+`` in ``lines.txt``) and others."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.core.clean.test_article import body_of

HEAD = "东衡网 新闻 财经 科技 汽车 房产\n岚江市发布智能算力补贴新政\n2026-03-18 09:41　来源：岚江日报\n"
BEFORE = (
    "3月17日，岚江市政府召开新闻发布会，解读《岚江市促进智能算力发展若干措施》。措施共18条，自4月1日起施行。\n"
    "按照措施，企业租用本市智能算力的，按合同额的30%给予补助，单个企业每年最高800万元。\n"
)
BEHIND = (
    "“算力不能只建不用。”某某说，今年将遴选40个示范场景，带动企业投入12亿元。\n"
    "据了解，岚江市现有人工智能企业310家，2025年产业规模达186亿元，同比增长22.4%。\n"
    "责任编辑：某甲\n"
)
LINES = Path(__file__).with_name("lines.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", [line[2:] for line in LINES if line.startswith("+")])
def test_the_article_keeps_the_line(line: str) -> None:
    body = "\n".join(body_of(HEAD + BEFORE + line + "\n" + BEHIND))
    assert line in body
    assert "据了解" in body


@pytest.mark.parametrize("line", [line[2:] for line in LINES if line.startswith("-")])
def test_the_line_is_none_of_the_article(line: str) -> None:
    assert line not in "\n".join(body_of(HEAD + BEFORE + line + "\n" + BEHIND))

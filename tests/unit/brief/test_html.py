"""The HTML view: the text is whole, everything is escaped, and every cited place is lit by its fact."""

from __future__ import annotations

import re
from html import unescape

from mingjian.brief.html import page_file_name, render_page
from mingjian.core.pipeline.extract import extract
from mingjian.read.plain import text_page

TEXT = (
    "岚州市<script>alert(1)</script>印发《岚州市“人工智能+”行动计划》&amp;说明。\n"
    "到2027年，算力超过20EFLOPS，𠮷野公司参与。"
)


def test_the_text_is_whole_and_escaped() -> None:
    page = text_page("a/甲 乙.txt", TEXT.encode())
    shown = render_page(extract(page), page)
    body = shown.split('aria-label="原文">', 1)[1].split("</section>", 1)[0]
    assert unescape(re.sub(r"<[^>]+>", "", body)) == TEXT
    assert "<script>alert" not in shown


def test_every_fact_lights_its_words() -> None:
    page = text_page("a.txt", TEXT.encode())
    record = extract(page)
    shown = render_page(record, page)
    lit = {key for keys in re.findall(r'data-rows="([^"]+)"', shown) for key in keys.split()}
    assert {f"policies-{index}" for index in range(len(record.policies))} <= lit
    assert {f"targets-{index}" for index in range(len(record.targets))} <= lit
    assert record.targets


def test_nothing_is_fetched() -> None:
    page = text_page("a.txt", TEXT.encode())
    shown = render_page(extract(page), page)
    assert not re.search(r"(?:src|href)\s*=|url\(|@import", shown)


def test_file_names_are_safe_and_differ() -> None:
    page, other = text_page("../../etc/passwd.txt", b"a."), text_page("../../etc/passwd.txt", b"b.")
    names = {page_file_name(extract(each), each) for each in (page, other)}
    assert len(names) == 2
    assert all("/" not in name and not name.startswith(".") for name in names)

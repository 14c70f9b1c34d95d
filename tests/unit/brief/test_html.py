"""The HTML view: the text is whole, everything is escaped, and every cited place is lit by its fact."""

from __future__ import annotations

import re
from html import unescape

from mingjian.brief.html import listed, page_file_name, render_index, render_page
from mingjian.brief.wording import layer_label
from mingjian.core.model.outcome import Cited
from mingjian.core.pipeline.extract import extract
from mingjian.read.html import html_page
from mingjian.read.plain import text_page

TEXT = (
    "岚州市<script>alert(1)</script>印发《岚州市“人工智能+”行动计划》&amp;说明。\n"
    "到2027年，算力超过20EFLOPS，𠮷野公司参与。"
)


def test_the_text_is_whole_and_escaped() -> None:
    page = text_page("a/甲 乙.txt", TEXT.encode())
    shown = render_page(extract(page), page)
    body = shown.split('<div id="words">', 1)[1].split("</div>", 1)[0]
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


def test_what_a_page_is_about_lights_the_words_that_say_so() -> None:
    page = text_page("a.txt", TEXT.encode())
    shown = render_page(extract(page), page)
    lit = [
        unescape(words)
        for keys, words in re.findall(r'data-rows="([^"]+)"[^>]*>([^<]*)<', shown)
        if "relevance-0" in keys
    ]
    assert "算力" in lit


def test_nothing_is_fetched() -> None:
    page = text_page("a.txt", TEXT.encode())
    shown = render_page(extract(page), page)
    assert not re.search(r"src\s*=|href\s*=\s*\"(?!#)|url\(|@import", shown)
    assert "default-src 'none'" in shown


def test_file_names_are_safe_and_differ() -> None:
    page, other = text_page("../../etc/passwd.txt", b"a."), text_page("../../etc/passwd.txt", b"b.")
    names = {page_file_name(extract(each), each) for each in (page, other)}
    assert len(names) == 2
    assert all("/" not in name and not name.startswith(".") for name in names)


def test_evidence_of_another_layer_is_shown_as_such() -> None:
    markup = '<html><head><link rel="canonical" href="http://lz.example/a.html"></head><body><p>岚州市发布消息。</p></body></html>'
    page = html_page("a.html", markup.encode())
    record = extract(page)
    assert isinstance(record.url, Cited)
    assert record.url.evidence.layer == "html"
    shown = render_page(record, page)
    row = shown.split('data-key="url-0"', 1)[1].split("</li>", 1)[0]
    assert layer_label("html") in row
    assert "data-start" not in row


def test_the_list_of_pages_links_and_escapes_them() -> None:
    page = text_page("a<b>.txt", TEXT.encode())
    record = extract(page)
    shown = render_index([listed(record, page, "a b#1.html")])
    assert 'href="a%20b%231.html"' in shown
    assert "a&lt;b&gt;.txt" in shown
    assert f'<td class="number">{len(record.targets)}</td>' in shown

"""The elements of a page as containers of its text layer, and elements that only script shows."""

from __future__ import annotations

from mingjian.core.model.page import Page
from mingjian.read.html import html_page

_SENTENCE = "会议指出，今年的气温比往年偏高，病虫害发生的时间可能提前，各地要做好监测预报。"


def _page(body: str) -> Page:
    return html_page("page.html", f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode())


def test_containers_are_runs_of_the_text_layer_in_the_order_of_the_markup() -> None:
    page = _page("<div id=a class='b  c'><p>一</p><ul><li>二</ul></div><div></div><article role=main>三</article>")
    assert [(page.text[one.start : one.end], one.tag, one.marks, one.parent) for one in page.containers] == [
        ("一\n二\n三", "body", "", -1),
        ("一\n二", "div", "b  c a", 0),
        ("二", "ul", "", 1),
        ("三", "article", "main", 0),
    ]


def test_inline_elements_are_containers_only_where_they_say_what_they_hold() -> None:
    page = _page("<p><b>一</b><span itemprop=articleBody>二</span><br>三</p>")
    assert [(one.tag, one.marks) for one in page.containers] == [("body", ""), ("span", "articleBody")]


def test_what_is_not_displayed_is_read_only_where_hardly_a_sentence_is() -> None:
    hidden = f"<div style='display:none'>{f'<p>{_SENTENCE}</p>' * 5}</div>"
    assert _SENTENCE in _page(f"<h1>题</h1>{hidden}").text
    assert _SENTENCE not in _page(f"<h1>题</h1><p>{_SENTENCE.replace('议', '上') * 3}</p>{hidden}").text
    assert "登录" not in _page("<h1>题</h1><div style='display:none'>登录</div>").text


def test_hostile_markup_makes_few_containers() -> None:
    page = _page("<div class=x>字</div>" * 60_000 + "<div>" * 30_000 + "字")
    assert len(page.containers) <= 20_000

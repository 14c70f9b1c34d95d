"""Odd pages for the laws: Chinese made of fragments, and everything that breaks offsets."""

from __future__ import annotations

from hypothesis import strategies as st

from mingjian.core.model.page import Page
from mingjian.read.html import html_page
from mingjian.read.plain import text_page

FRAGMENTS = (
    *("岚州市政府印发《岚州市人工智能行动方案（2025—2027年）》", "近日", "到2027年", "同比增长12.5%"),
    "算力规模超过30EFLOPS",
    *("据云岭社报道", "市科技局局长周岚表示，", "“要加快建设智算中心。”", "王屿说", "去年2月", "7天后"),
    "截至2024年6月底",
    *("澜山智算科技股份有限公司（以下简称“澜山智算”）", "与岚州大学签署合作协议", "设立规模100亿元的产业基金"),
    *("开放200个应用场景", "来源：云岭晨报", "2025-09-16 10:32", "责任编辑：李某", "相关阅读", "岚ICP备12345678号"),
    *("Copyright © 2025", "标题: ", "链接: https://a.example/1", "總結", "發佈", "２０２５年", "５Ｇ", "％"),
    *("﹒", "𠮷野", "🙂"),
    *("聯(lián)通", "網(wǎng)", "時(shí)", "(记者 周岚)", "第十四届", "1.", "一、", "三是"),
    *("0", "9" * 30, "AI", "人工智能"),
    *("大模型", "&amp;", "<p>", "</p>", "\u200b", "\x00", "\r\n", "\t", "\n", "　　"),
    *"，。；《》“”（）元万亿个年月日",
)

texts = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), max_size=60).map("".join)


def page_of(text: str) -> Page:
    """The page that reading makes of a text file with this text."""
    return text_page("odd.txt", text.encode("utf-8", "surrogatepass"))


@st.composite
def html_pages(draw: st.DrawFn) -> Page:
    """An HTML page with the odd text in paragraphs, links and metas."""
    title, lead, rest = draw(texts), draw(texts), draw(texts)
    markup = (
        f'<html><head><title>{title}</title><meta name="pubdate" content="{lead[:40]}"></head><body>'
        f"<div class=nav><a href=/>{title}</a></div><h1>{title}</h1>"
        f"<div class=article><p>{lead}</p><p>{rest}<br>{lead}</p></div></body></html>"
    )
    return html_page("odd.html", markup.encode("utf-8", "surrogatepass"))

"""Pages for the suites: a plain one, and those that are apt to come back otherwise than they were."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from mingjian.core.model.page import Box, Container, Declaration, Page, Stretch
from mingjian.core.model.span import cite

AT = "2025-03-05T09:00:00+08:00"
WORDS = "岚州市发布人工智能产业行动方案，计划到2027年建成十个智能工厂。"


def text_page(words: str = WORDS, doc_id: str = "1.txt") -> Page:
    """A page of plain text."""
    return Page(doc_id=doc_id, content=words.encode(), media_type="text/plain", encoding="utf-8", text=words)


def odd_pages() -> Iterator[Page]:
    """Pages that a store may be tempted to give back otherwise than they were."""
    yield text_page("")
    yield text_page("a\0b\r\n\u2028𠮷\U0001f600")
    marked = text_page("有标记")
    yield replace(marked, content=b"\xef\xbb\xbf" + marked.content)
    yield replace(text_page("繁體"), content="繁體".encode("big5hkscs"), encoding="big5hkscs")
    yield replace(text_page("坏\ufffd"), content="坏".encode() + b"\xff")
    yield replace(text_page("别的"), content=b"nothing of it", encoding="none-such", media_type="application/pdf")
    html = "<html><title>岚州</title><p>岚州&amp;衡川</p></html>"
    yield Page(
        doc_id="网页.html",
        content=html.encode("gb18030"),
        media_type="text/html",
        encoding="gb18030",
        text="岚州\n岚州&衡川",
        html=html,
        path="文件夹/网页.html",
        url="https://news.invalid/2?a=1#b",
        retrieved_at=AT,
        stretches=(Stretch(0, 2, "html/title"), Stretch(3, 8, "html/p", "lead", link=True)),
        containers=(Container(0, 8, "html"), Container(3, 8, "p", "lead", 0)),
        declarations=(Declaration("title", "岚州", cite(html, 13, 15, "html")),),
        boxes=(Box(0, 2, 1, 0.1, 1 / 3, 2e-300, 7.0, 0.5), Box(3, 8, 2, 0.0, -0.0, 1.0, 1e300)),
    )


_MEETING = "工业和信息化部6月1日在广东省深圳市召开会议，部署人工智能工作。海州市工业和信息化局参加。"
_BOOKS = (
    """海州市印发人工智能行动方案
来源：海州日报 2025-03-05 09:30
海州市工业和信息化局3月5日印发《海州市人工智能产业行动方案》。
方案提出，到2027年，全市智能算力规模达到40 EFLOPS，由海州市科学技术局牵头。
""",
    f"工信部部署人工智能工作\n来源：东方晨报 2024-06-01\n{_MEETING}\n",
    f"工信部部署人工智能工作\n来源：云岭时报 2024-06-02\n{_MEETING}\n",
    "栖云县春耕有序推进\n海州市科学技术局、工业和信息化部派人到栖云县指导春耕。\n",
)


def book_pages() -> list[Page]:
    """Pages of several days that tell of the same things, one of them twice."""
    return [text_page(text, f"{number}.txt") for number, text in enumerate(_BOOKS)]

"""A sample file of each kind that some reader reads, for the contract of readers: a new reader adds a line here."""

from __future__ import annotations

import base64
import json
from typing import NamedTuple

from tools.sample_files import (
    docx_file,
    http_answer,
    numbered,
    numbering,
    packed_members,
    paragraph,
    table,
    warc_record,
)

WORDS = "岚州市发布人工智能产业行动方案，计划三年内建成十个智能工厂。"
OTHER = "衡川机器人有限公司同日宣布，首批两百台装配机器人已经交付。"


class Sample(NamedTuple):
    """A file, the reader that reads it, how many pages it holds, and words of the first.

    ``told`` says whether its first bytes tell its kind without a name; ``keeps`` whether a cut file keeps the pages
    before the cut.
    """

    reader: str
    name: str
    content: bytes
    pages: int = 1
    words: str = WORDS
    told: bool = True
    keeps: bool = False


def pdf_file() -> bytes:
    """A PDF of one page with a line of Latin words."""
    stream = b"BT /F1 12 Tf 72 700 Td (Lanzhou Robotics shipped two hundred robots in March 2026.) Tj ET"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    written = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, rows) + trailer


def html_file() -> bytes:
    return f"<!doctype html><html><head><title>行动方案</title></head><body><p>{WORDS}</p></body></html>".encode()


def word_file() -> bytes:
    body = paragraph("行动方案") + numbered(WORDS, 0) + table([["项目", "数量"], ["工厂", "10"]]) + paragraph(OTHER)
    return docx_file(body, parts={"numbering": numbering([("chineseCounting", "%1、")]), "footer": paragraph("第1页")})


def old_word_file() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(1_000)


def mail_file(attached: bytes = b"", media_type: str = "application/octet-stream", name: str = "") -> bytes:
    subject = "=?utf-8?B?" + base64.b64encode("行动方案".encode()).decode() + "?="
    head = (
        f"From: editor@lanzhou.example\r\nTo: desk@lanzhou.example\r\nSubject: {subject}\r\n"
        "Date: Thu, 12 Mar 2026 09:00:00 +0800\r\nMIME-Version: 1.0\r\n"
    )
    text = _part("text/plain; charset=gb2312", WORDS.encode("gb18030"))
    if not attached:
        return (head + text).encode()
    part = _part(media_type, attached, f"Content-Disposition: attachment; filename={name}\r\n")
    return (head + _parts("multipart/mixed", text, part)).encode()


def _part(media_type: str, content: bytes, more: str = "") -> str:
    packed = base64.encodebytes(content).decode()
    return f"Content-Type: {media_type}\r\n{more}Content-Transfer-Encoding: base64\r\n\r\n{packed}"


def _parts(media_type: str, *parts: str) -> str:
    between = "".join(f"--b1\r\n{part}\r\n" for part in parts)
    return f"Content-Type: {media_type}; boundary=b1\r\n\r\n{between}--b1--\r\n"


def saved_page() -> bytes:
    address = "https://news.lanzhou.example/a.html"
    head = f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {address}\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    page = _part("text/html", html_file(), f"Content-Location: {address}\r\n")
    return (head + _parts("multipart/related", page, _part("text/css", b"p{}"))).encode()


def archive(*, packed: bool = False) -> bytes:
    records = [warc_record("warcinfo", b"software: x\r\n")]
    for number, words in enumerate((WORDS, OTHER), start=2):
        body = f"<html><body><p>{words}</p></body></html>".encode()
        records.append(warc_record("response", http_answer(body), number=number, url=f"https://a.example/{number}"))
    return packed_members(records) if packed else b"".join(records)


def feed() -> bytes:
    items = "".join(
        f"<item><title>标题{number}</title><guid>g{number}</guid><description>{words}</description></item>"
        for number, words in enumerate((WORDS, OTHER))
    )
    feed = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{feed}'.encode()


def json_feed() -> bytes:
    items = [{"id": str(number), "content_text": words} for number, words in enumerate((WORDS, OTHER))]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()


def json_lines() -> bytes:
    return b"".join(
        json.dumps({"id": str(place), "text": words}).encode() + b"\n" for place, words in enumerate((WORDS, OTHER))
    )


SAMPLES = (
    Sample("text", "a.txt", WORDS.encode()),
    Sample("html", "a.html", html_file()),
    Sample("json-lines", "a.jsonl", json_lines(), 2, keeps=True),
    Sample("pdf", "a.pdf", pdf_file(), words="Lanzhou Robotics shipped"),
    Sample("docx", "a.docx", word_file()),
    Sample("doc", "a.doc", old_word_file()),
    Sample("mail", "a.eml", mail_file()),
    Sample("mhtml", "a.mhtml", saved_page()),
    Sample("warc", "a.warc", archive(), 2, keeps=True),
    Sample("warc", "b.warc.gz", archive(packed=True), 2, keeps=True),
    Sample("feed", "a.xml", feed(), 2, keeps=True),
    Sample("json-feed", "a.jsonfeed", json_feed(), 2),
)
WITHOUT_SAMPLE = frozenset(["picture"])  # recognised only where that is asked for: its own tests ask

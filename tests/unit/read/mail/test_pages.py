from __future__ import annotations

import base64
from pathlib import Path

from tests.contract.samples import mail_file
from tools.sample_files import docx_file, paragraph

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.read import read_paths


def items_of(folder: Path, content: bytes, name: str = "a.eml") -> list[Page | Failure]:
    (folder / name).write_bytes(content)
    return list(read_paths([folder / name]))


def page_of(folder: Path, content: bytes, name: str = "a.eml") -> Page:
    [item] = items_of(folder, content, name)
    assert isinstance(item, Page), item
    return item


def encoded(words: str, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(words.encode(charset)).decode()}?="


def test_subject_date_and_sender_of_a_mail_in_gb2312(tmp_path: Path) -> None:
    head = f"From: {encoded('林远舟', 'gb2312')} <a@b.example>\r\n"
    head += f"Subject: {encoded('通知', 'gb2312')}\r\n {encoded('二则', 'gb2312')}\r\n"
    head += "Date: Thu, 12 Mar 2026 09:00:00 +0800\r\nContent-Type: text/html; charset=gb2312\r\n\r\n"
    page = page_of(
        tmp_path, head.encode() + "<html><head><title>x</title></head><body><p>正文。</p></body></html>".encode("gbk")
    )
    assert page.text == "通知二则\n正文。"
    declared = {item.name: item.value for item in page.declarations}
    assert declared == {"title": "通知二则", "pubdate": "2026-03-12T09:00:00+08:00", "author": "林远舟"}


def test_an_attachment_is_a_page_of_its_own_and_pictures_are_none(tmp_path: Path) -> None:
    _, inner = items_of(tmp_path, mail_file(docx_file(paragraph("附件正文。")), name="fujian.docx"))
    assert isinstance(inner, Page), inner
    assert (inner.doc_id, inner.text) == (f"{tmp_path}/a.eml#fujian.docx", "附件正文。")
    assert len(items_of(tmp_path, mail_file(b"\x89PNG", "image/png", "a.png"))) == 1


def test_text_keeps_its_lines(tmp_path: Path) -> None:
    page = page_of(tmp_path, b"From: a@b.c\nSubject: s\nDate: x\n\nfirst\nsecond <b>\n\nthird\n")
    assert page.text == "s\nfirst\nsecond <b>\nthird"


def test_the_page_of_a_saved_page_is_its_root_in_its_charset(tmp_path: Path) -> None:
    content = (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; start="<root>"; boundary=b\n\n'
        b"--b\nContent-Type: text/html\nContent-Location: https://ad.example/\n\n<p>ad\n"
        b"--b\nContent-Type: text/html; charset=gb2312\nContent-ID: <root>\nContent-Location: https://a.example/1.html\n"
        b"Content-Transfer-Encoding: quoted-printable\n\n<p>=D5=FD=CE=C4=A1=A3</p>\n--b--\n"
    )
    page = page_of(tmp_path, content, "a.mht")
    assert (page.text, page.url) == ("正文。", "https://a.example/1.html")


def test_a_page_saved_complete_tells_its_address_and_its_parts_are_no_pages(tmp_path: Path) -> None:
    (tmp_path / "页_files").mkdir()
    (tmp_path / "页_files" / "frame.html").write_text("<p>frame")
    (tmp_path / "other_files").mkdir()
    (tmp_path / "other_files" / "b.html").write_text("<p>b")
    saved = "<!DOCTYPE html>\n<!-- saved from url=(0028)https://a.example/1.html -->\n<html><p>正文。"
    (tmp_path / "页.html").write_text(saved, encoding="utf-8")
    pages = [item for item in read_paths([tmp_path]) if isinstance(item, Page)]
    assert [(page.text, page.url) for page in pages] == [("b", None), ("正文。", "https://a.example/1.html")]


def test_a_mail_of_headers_without_end_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    head = b"From: a@b.example\nTo: c@d.example\nDate: x\n" + b"X: y\n" * 1_100_000
    [item] = items_of(tmp_path, head + b"\nwords")
    assert isinstance(item, Failure)
    assert item.reason.startswith("too-large: more than 1000000 lines")

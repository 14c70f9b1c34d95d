"""Web archives that another program wrote (warcio) give the pages that were put in."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from mingjian.core.model.page import Page
from mingjian.read import read_paths

PAGES = tuple(f"<html><body><p>岚州第{number}座智能工厂投产。</p></body></html>".encode() for number in range(3))
TEXTS = ["岚州第0座智能工厂投产。", "岚州第1座智能工厂投产。", "岚州第2座智能工厂投产。"]
URL = "https://news.lanzhou.example/{}"


def in_chunks(body: bytes) -> bytes:
    parts = (body[place : place + 20] for place in range(0, len(body), 20))
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def archive(*, packed: bool) -> bytes:
    """A plain answer, one packed with gzip, and one packed and sent in chunks, with their requests."""
    answers: tuple[tuple[bytes, list[tuple[str, str]]], ...] = (
        (PAGES[0], []),
        (gzip.compress(PAGES[1], mtime=0), [("Content-Encoding", "gzip")]),
        (in_chunks(gzip.compress(PAGES[2], mtime=0)), [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]),
    )
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "x"}))
    for number, (body, more) in enumerate(answers):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8"), *more], "HTTP/1.1")
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "news.lanzhou.example")], is_http_request=True)
        told = {"WARC-Date": f"2026-03-1{number}T01:00:00Z"}
        url = URL.format(number)
        answer = writer.create_warc_record(
            url, "response", io.BytesIO(body), http_headers=headers, warc_headers_dict=told
        )
        request = writer.create_warc_record(url, "request", http_headers=asked)
        writer.write_request_response_pair(request, answer)
    return stream.getvalue()


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # the writer's own
@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_come_back_with_their_address_and_time(tmp_path: Path, packed: bool) -> None:
    name = "a.warc.gz" if packed else "a.warc"
    (tmp_path / name).write_bytes(archive(packed=packed))
    pages = [item for item in read_paths([tmp_path / name]) if isinstance(item, Page)]
    assert [page.text for page in pages] == TEXTS
    assert [page.url for page in pages] == [URL.format(number) for number in range(3)]
    assert [page.retrieved_at for page in pages] == [f"2026-03-1{number}T01:00:00Z" for number in range(3)]

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
import zstandard
from tools.sample_files import docx_file, http_answer, packed_members, paragraph, warc_record

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.read import Limits, read_paths

URL = "https://a.example/1.html"


def html(words: str) -> bytes:
    return f"<html><body><p>{words}</p></body></html>".encode()


def response(body: bytes, number: int = 1, **answer: str) -> bytes:
    return warc_record("response", http_answer(body, **answer), number=number, url=URL)  # type: ignore[arg-type]


def items_of(folder: Path, content: bytes, name: str = "a.warc", limits: Limits | None = None) -> list[Page | Failure]:
    (folder / name).write_bytes(content)
    return list(read_paths([folder / name], limits or Limits()))


def texts_of(items: list[Page | Failure]) -> list[str]:
    return [item.text if isinstance(item, Page) else item.reason.partition(":")[0] for item in items]


def test_a_page_knows_its_address_its_time_and_its_record(tmp_path: Path) -> None:
    [page] = items_of(tmp_path, response(html("正文").decode().encode("gbk"), media_type="text/html; charset=gbk"))
    assert isinstance(page, Page)
    assert (page.text, page.url, page.retrieved_at) == ("正文", URL, "2026-03-08T01:00:00Z")
    assert page.doc_id.endswith("a.warc#00000000-0000-4000-8000-000000000001")


def test_only_pages_that_were_fetched_well_are_pages(tmp_path: Path) -> None:
    records = [
        warc_record("warcinfo", b"x: y"),
        warc_record("request", b"GET / HTTP/1.1\r\n\r\n", media_type="application/http; msgtype=request"),
        warc_record("response", http_answer(html("没有"), status=404)),
        warc_record("revisit", http_answer(b"")),
        warc_record("response", http_answer(b"\x89PNG....", "image/png")),
        warc_record("response", http_answer(b"p {}", "text/css")),
        warc_record("response", http_answer(b"\0\1\2", "application/octet-stream")),
        warc_record("response", http_answer(docx_file(paragraph("附件。")), "application/octet-stream")),
        warc_record("response", http_answer(b"User-agent: *", "text/plain"), url="https://a.example/robots.txt"),
        warc_record("resource", html("资源"), media_type="text/html"),
    ]
    assert texts_of(items_of(tmp_path, b"".join(records))) == ["附件。", "资源"]


def deflated(content: bytes) -> bytes:
    tool = zlib.compressobj(wbits=-15)
    return tool.compress(content) + tool.flush()


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", gzip.compress(html("正文"), mtime=0)),
        ("gzip", html("正文")),
        ("deflate", zlib.compress(html("正文"))),
        ("deflate", deflated(html("正文"))),
        ("zstd", zstandard.ZstdCompressor().compress(html("正文"))),
    ],
)
def test_packed_answers(tmp_path: Path, packing: str, body: bytes) -> None:
    assert texts_of(items_of(tmp_path, response(body, more=f"Content-Encoding: {packing}\r\n"))) == ["正文"]


def test_answers_in_chunks_and_answers_that_nobody_unpacks(tmp_path: Path) -> None:
    words = html("正文")
    chunks = b"%x;a=b\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (5, words[:5], len(words) - 5, words[5:])
    chunked = "Transfer-Encoding: chunked\r\n"
    assert texts_of(items_of(tmp_path, response(chunks, more=chunked) + response(words, more=chunked))) == ["正文"] * 2
    assert texts_of(items_of(tmp_path, response(b"x", more="Content-Encoding: lzma\r\n"))) == ["packed"]
    bomb = gzip.compress(bytes(3_000_000))
    packed = response(bomb, more="Content-Encoding: gzip\r\n")
    assert texts_of(items_of(tmp_path, packed, limits=Limits(max_bytes=100_000))) == ["too-large"]


def test_brotli_where_it_is_installed(tmp_path: Path) -> None:
    brotli = pytest.importorskip("brotli")
    brown = "Content-Encoding: br\r\n"
    body = brotli.compress(html("正文"))
    assert texts_of(items_of(tmp_path, response(body, more=brown))) == ["正文"]
    assert texts_of(items_of(tmp_path, response(html("正文"), more=brown))) == ["正文"]
    bomb = response(brotli.compress(bytes(50_000_000)), more=brown)
    assert texts_of(items_of(tmp_path, bomb, limits=Limits(max_bytes=100_000))) == ["too-large"]


def test_damage_within_costs_no_other_record(tmp_path: Path) -> None:
    members = [packed_members([response(html(f"第{number}页"), number)]) for number in range(6)]
    middle = bytearray(members[2])
    middle[len(middle) // 2] ^= 0xFF
    checked = bytearray(members[4])
    checked[-6] ^= 0xFF
    content = b"".join([*members[:2], bytes(middle), members[3], bytes(checked), members[5]])
    assert texts_of(items_of(tmp_path, content, "a.warc.gz")) == [
        "第0页",
        "第1页",
        "damaged",
        "第3页",
        "damaged",
        "第5页",
    ]
    plain = response(html("一")) + b"WARC/1.0\r\nContent-Length: x\r\n\r\nlost\r\n" + response(html("二"))
    assert texts_of(items_of(tmp_path, plain)) == ["一", "damaged", "二"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst"])
def test_what_stands_before_a_cut_is_kept(tmp_path: Path, name: str) -> None:
    records = [response(html(f"第{number}页"), number) for number in range(3)]
    packs = {
        "a.warc": lambda record: record,
        "a.warc.gz": lambda record: gzip.compress(record, mtime=0),
        "a.warc.zst": zstandard.ZstdCompressor(write_checksum=True).compress,
    }
    content = b"".join(packs[name](record) for record in records)
    items = items_of(tmp_path, content[:-30], name)
    assert texts_of(items) == ["第0页", "第1页", "cut-short"]
    assert texts_of(items_of(tmp_path, content, name)) == ["第0页", "第1页", "第2页"]


def test_an_archive_packed_with_a_dictionary(tmp_path: Path) -> None:
    records = [response(html(f"第{number}页" * 20), number) for number in range(200)]
    dictionary = zstandard.train_dictionary(2_000, [*records])
    head = dictionary.as_bytes()
    tool = zstandard.ZstdCompressor(dict_data=dictionary)
    content = b"\x5d\x2a\x4d\x18" + len(head).to_bytes(4, "little") + head + b"".join(map(tool.compress, records[:3]))
    assert len(items_of(tmp_path, content, "a.warc.zst")) == 3

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import sys
import tracemalloc
import zlib
from pathlib import Path

import pytest

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read import Limits, read, read_paths

TEXT = "岚州市发布人工智能产业行动方案。\n"
SMALL = Limits(max_bytes=1_000)


def items(*paths: Path | str, limits: Limits = SMALL) -> list[Page | Failure]:
    return list(read_paths([str(path) for path in paths], limits))


def page_of(*paths: Path | str, limits: Limits = SMALL) -> Page:
    [item] = items(*paths, limits=limits)
    assert isinstance(item, Page), item
    return item


def failure_of(*paths: Path | str, limits: Limits = SMALL) -> Failure:
    [item] = items(*paths, limits=limits)
    assert isinstance(item, Failure), item
    assert item.reason
    assert item.mend
    return item


def written(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    pixels = chunk(b"IDAT", zlib.compress(bytes(range(200))))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + pixels + chunk(b"IEND", b"")


def test_a_text_file(tmp_path: Path) -> None:
    file = written(tmp_path / "a.txt", TEXT)
    page = page_of(file)
    assert (page.doc_id, page.path, page.text, page.html, page.url) == (str(file), str(file), TEXT, "", None)
    assert (page.content, page.media_type, page.encoding) == (TEXT.encode(), "text/plain", "utf-8")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.md", TEXT, "text/plain"),
        ("a.HTM", f"<p>{TEXT}", "text/html"),
        ("a.shtml", TEXT, "text/html"),
        ("a.txt", f"<p>{TEXT}", "text/plain"),
        ("no-suffix", f"\ufeff <!DOCTYPE html><p>{TEXT}", "text/html"),
        ("a.asp", f"<div>{TEXT}", "text/html"),
        ("a.asp", TEXT, "text/plain"),
    ],
)
def test_the_name_tells_the_kind_else_the_beginning(tmp_path: Path, name: str, content: str, media_type: str) -> None:
    page = page_of(written(tmp_path / name, content))
    assert page.media_type == media_type
    assert page.content == content.encode()


def test_paths_keep_their_order_and_failures_stand_among_them(tmp_path: Path) -> None:
    good, bad = written(tmp_path / "b.txt", TEXT), written(tmp_path / "a.txt", b"")
    found = items(good, bad, tmp_path / "gone.txt", good)
    assert [type(item) for item in found] == [Page, Failure, Failure, Page]
    assert [item.stage for item in found if isinstance(item, Failure)] == ["read", "find"]


def test_a_folder_is_read_by_name_and_only_what_readers_know(tmp_path: Path) -> None:
    for name in ("b/2.html", "b/1.txt", "a.txt", "c.md.gz", "x.png", ".hidden.txt", ".git/1.txt", "d.jsonl", "noname"):
        body = '{"text": "甲"}' if name.endswith("jsonl") else TEXT
        written(tmp_path / name, gzip.compress(body.encode()) if name.endswith("gz") else body)
    names = [item.doc_id.removeprefix(f"{tmp_path.as_posix()}/") for item in items(tmp_path)]
    assert names == ["a.txt", "b/1.txt", "b/2.html", "c.md.gz", "d.jsonl:1"]


def test_a_folder_without_pages_says_so(tmp_path: Path) -> None:
    written(tmp_path / "a" / "x.png", b"\x89PNG\r\n")
    assert failure_of(tmp_path).reason.startswith("no-pages")


def test_links_that_turn_in_circles_are_followed_once(tmp_path: Path) -> None:
    written(tmp_path / "a" / "1.txt", TEXT)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = items(tmp_path)
    assert [type(item) for item in found] == [Page, Failure]
    assert items(tmp_path / "self.txt")[0].doc_id.endswith("self.txt")


def test_a_folder_named_like_a_page_is_a_folder(tmp_path: Path) -> None:
    written(tmp_path / "odd.txt" / "1.txt", TEXT)
    assert page_of(tmp_path).doc_id.endswith("odd.txt/1.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xc4\xcf.txt")).write_text(TEXT, encoding="utf-8")
    page = page_of(tmp_path)
    assert page.doc_id.endswith("\ufffd\ufffd.txt")
    assert (page.doc_id + (page.path or "")).encode()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_a_failure(tmp_path: Path) -> None:
    file = written(tmp_path / "a" / "1.txt", TEXT)
    file.chmod(0)
    assert failure_of(file).reason.startswith("unreadable")
    file.parent.chmod(0)
    assert failure_of(tmp_path).reason.startswith("unreadable")
    file.parent.chmod(0o700)


def test_a_path_that_no_system_takes() -> None:
    assert failure_of("x" * 5_000).stage == "find"
    assert failure_of("a\0b").stage == "find"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty-page"),
        ("a.txt", b"\xef\xbb\xbf", "empty-page"),
        ("a.txt", b" \r\n\t\xe3\x80\x80", "empty-page"),
        ("a.html", b"<html><script>1</script></html>", "empty-page"),
        ("a.html", b"<frameset><frame src=a></frameset>", "empty-page"),
        ("a.jsonl", b'{"html": "<p></p>"}', "empty-page"),
        ("a.txt", png(), "no-text-layer: this is a picture"),
        ("a.html", b"%PDF-1.7 ...", "unparsable: this is no whole PDF"),
        ("a.txt", bytes(range(256)) * 3, "binary"),
        ("a.txt", TEXT.encode() + bytes(300), "binary"),
        ("a.txt", b"\xff", "undecodable"),
        ("a.txt", b"\xff\xff\x80" * 200, "undecodable"),
        ("a.txt.gz", TEXT.encode(), "broken-gzip"),
        ("a.txt.gz", gzip.compress(TEXT.encode(), mtime=0)[:-9], "broken-gzip: cut short"),
        ("a.txt.gz", gzip.compress(TEXT.encode(), mtime=0)[:20] + b"\xff" * 20, "broken-gzip"),
        ("a.txt.gz", gzip.compress(gzip.compress(TEXT.encode(), mtime=0), mtime=0), "binary: this is compressed twice"),
        ("a.txt", b"x" * 1_001, "too-large: more than the limit of 1000 bytes"),
        ("a.jsonl.gz", b"\x1f\x8b", "broken-gzip"),
    ],
)
def test_what_is_no_page_is_a_failure_that_says_why(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    failure = failure_of(written(tmp_path / name, content))
    assert failure.reason.startswith(reason)
    assert (failure.stage, failure.doc_id) == ("read", f"{tmp_path}/{name}" + ":1" * (name == "a.jsonl"))


def test_the_limit_names_its_option(tmp_path: Path) -> None:
    assert "--max-megabytes" in failure_of(written(tmp_path / "a.txt", b"x" * 1_001)).mend
    assert page_of(written(tmp_path / "b.txt", b"x" * 1_000)).text == "x" * 1_000


def test_thirty_megabytes_are_refused_and_five_on_one_line_are_read(tmp_path: Path) -> None:
    limits = Limits()
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(30_000_000)
    assert failure_of(large, limits=limits).reason.startswith("too-large")
    line = "智能" * 833_000
    assert page_of(written(tmp_path / "line.html", f"<p>{line}"), limits=limits).text == line


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.jsonl.gz"])
def test_a_packed_file_that_grows_without_end_costs_no_memory(tmp_path: Path, name: str) -> None:
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(b"x" * 1_000_000) for _ in range(100)) + packer.flush()
    file = written(tmp_path / name, packed)
    tracemalloc.start()
    assert failure_of(file).reason.startswith("too-large")
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_packed_pages_have_the_bytes_of_the_page(tmp_path: Path) -> None:
    packed = gzip.compress(TEXT.encode())
    assert page_of(written(tmp_path / "a.txt.gz", packed)).content == TEXT.encode()
    assert page_of(written(tmp_path / "b.txt", packed)).text == TEXT
    assert page_of(written(tmp_path / "c.txt.gz", packed + packed)).text == TEXT * 2


def test_read_yields_pages_and_raises_at_the_first_failure(tmp_path: Path) -> None:
    written(tmp_path / "1.txt", TEXT)
    written(tmp_path / "2.txt", "")
    pages = read(tmp_path)
    assert next(pages).text == TEXT
    with pytest.raises(ReadError, match=r"2\.txt: empty-page: .*; leave it out"):
        next(pages)


def stdin(monkeypatch: pytest.MonkeyPatch, content: bytes) -> list[Page | Failure]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    return items("-")


@pytest.mark.parametrize(
    ("content", "media_type", "doc_id"),
    [
        (TEXT, "text/plain", "-"),
        (f"\n\n<html><p>{TEXT}", "text/html", "-"),
        ('\n{"id": 7, "text": "甲"}\n', "text/plain", "-#7"),
        ('\ufeff{"html": "<p>甲"}', "text/html", "-:1"),
        ('{"a": "甲"}', "text/plain", "-"),
        ("{", "text/plain", "-"),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: str, media_type: str, doc_id: str) -> None:
    [page] = stdin(monkeypatch, content.encode())
    assert isinstance(page, Page)
    assert (page.media_type, page.doc_id, page.path) == (media_type, doc_id, None)


def test_empty_and_packed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    [nothing] = stdin(monkeypatch, b"")
    assert isinstance(nothing, Failure)
    lines = "\n".join(json.dumps({"id": name, "text": TEXT}) for name in "ab")
    assert [item.doc_id for item in stdin(monkeypatch, gzip.compress(lines.encode()))] == ["-#a", "-#b"]


def test_a_page_of_too_many_characters_is_refused_by_name(tmp_path: Path) -> None:
    file = written(tmp_path / "long.txt", TEXT * 20_000)
    assert failure_of(file, limits=Limits(max_bytes=2_000_000)).reason.startswith("too-large")
    assert page_of(file, limits=Limits(max_bytes=20_000_000)).text == TEXT * 20_000


def test_a_page_of_frames_says_where_the_words_are(tmp_path: Path) -> None:
    file = written(tmp_path / "a.html", "<html><frameset><frame src=b.html></frameset></html>")
    assert "frame" in failure_of(file).mend


def test_a_file_of_nothing_but_broken_lines_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["mingjian.read.sources"], "_MOST_IN_A_ROW", 3)
    good = b'{"url": "https://a.example/1", "text": "\xe7\x94\xb2\xe5\xb8\x82"}\n'
    (tmp_path / "a.jsonl").write_bytes(b"x\nx\n" + good + b"x\n" * 50 + good)
    (tmp_path / "b.jsonl").write_bytes(good)
    found = list(read_paths([tmp_path / "a.jsonl", tmp_path / "b.jsonl"]))
    reasons = [one.reason.split(":")[0] for one in found if isinstance(one, Failure)]
    assert reasons == ["bad-line"] * 5 + ["hopeless"]
    assert len(found) == 8

from __future__ import annotations

import codecs

import pytest

from mingjian.errors import ReadError
from mingjian.read.decode import common_characters, declared_encoding, decode

SIMPLIFIED = "岚州市发布人工智能产业行动方案，到2027年建成十个智算中心。企业可以申请补贴，最高五百万元。\n"
TRADITIONAL = "嵐州市發布人工智能產業行動方案，到2027年建成十個智算中心。企業可以申請補貼，最高五百萬元。\n"


@pytest.mark.parametrize(
    ("written", "read", "text"),
    [
        ("utf-8", "utf-8", SIMPLIFIED),
        ("gb2312", "gb18030", SIMPLIFIED.replace("岚", "南")),
        ("gbk", "gb18030", SIMPLIFIED),
        ("gb18030", "gb18030", SIMPLIFIED + "𠮷㐂"),
        ("gbk", "gb18030", TRADITIONAL),
        ("big5", "big5hkscs", TRADITIONAL),
        ("big5hkscs", "big5hkscs", TRADITIONAL + "啲嘢"),
        ("utf-16-le", "utf-16-le", SIMPLIFIED),
        ("utf-16-be", "utf-16-be", SIMPLIFIED),
        ("ascii", "utf-8", "GPU 2027\n"),
    ],
)
def test_each_encoding_of_chinese_pages_is_told_without_a_mark(written: str, read: str, text: str) -> None:
    decoded = decode(text.encode(written), "page")
    assert (decoded.text, decoded.encoding) == (text, read)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_is_believed_and_is_no_character(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + SIMPLIFIED.encode(encoding), "page")
    assert (decoded.text, decoded.encoding) == (SIMPLIFIED, encoding)
    assert decode(mark, "page").text == ""


def test_line_ends_and_few_zeros_are_left_alone() -> None:
    text = "一\r\n二\r三\x00四\n"
    assert decode(text.encode(), "page").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_character_cut_in_half_at_the_end_is_lost_alone(encoding: str) -> None:
    text = TRADITIONAL if encoding == "big5" else SIMPLIFIED
    decoded = decode(text.strip("\n。").encode(encoding)[:-1], "page")
    assert decoded.text.rstrip("\ufffd") == text.strip("\n。")[:-1]
    assert decoded.text.endswith("\ufffd")


def test_a_few_broken_characters_do_not_change_the_encoding() -> None:
    broken = (SIMPLIFIED * 9).encode() + b"\xe4\xba" + SIMPLIFIED.encode()
    decoded = decode(broken, "page")
    assert decoded.encoding == "utf-8"
    assert decoded.text == SIMPLIFIED * 9 + "\ufffd" + SIMPLIFIED


def test_two_encodings_in_one_file_are_refused() -> None:
    with pytest.raises(ReadError, match="mixed-encodings"):
        decode((SIMPLIFIED * 5).encode() + (SIMPLIFIED * 5).encode("gb18030"), "page")


def test_bytes_that_no_encoding_knows_are_refused() -> None:
    with pytest.raises(ReadError, match=r"page: undecodable: .*; fetch it again"):
        decode(b"\xff\xff\x80" * 200, "page")


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b"<meta charset=gb2312>", "gb18030"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        (b'<?xml version="1.0" encoding="Big5"?>', "big5hkscs"),
        (b"<meta charset='no-such-thing'>", None),
        (b"<meta charset=utf-7>", None),
        (b"<p>no word of it", None),
    ],
)
def test_the_declared_encoding(head: bytes, encoding: str | None) -> None:
    assert declared_encoding(head) == encoding


@pytest.mark.parametrize("declared", ["utf-8", "big5hkscs", "cp1252", None])
def test_a_declaration_that_the_bytes_contradict_is_dropped(declared: str | None) -> None:
    assert decode(SIMPLIFIED.encode("gb18030"), "page", declared).text == SIMPLIFIED


def test_utf8_is_read_although_gb2312_is_declared() -> None:
    assert decode(SIMPLIFIED.encode(), "page", "gb18030").encoding == "utf-8"


def test_western_text_does_not_become_rare_han() -> None:
    assert (
        decode("Le café – « un été à Zürich » – reste ouvert en février".encode("cp1252"), "page").encoding == "cp1252"
    )


def test_the_common_characters_hold_both_scripts() -> None:
    assert {"的", "产", "產", "，"} <= common_characters()
    assert len(common_characters()) > 700


def test_marks_of_loss_that_the_bytes_hold_are_read_as_they_stand() -> None:
    text = SIMPLIFIED.replace("的", "\ufffd") + "\ufffd" * len(SIMPLIFIED)
    assert decode(text.encode(), "page").text == text
    assert decode("\ufffd 2025-03-01".encode(), "page", "gb18030").encoding == "utf-8"


def test_a_page_of_which_hardly_anything_is_left_is_refused() -> None:
    with pytest.raises(ReadError, match=r"page: lost: 500 of 540 characters were lost before the page was saved"):
        decode(("\ufffd" * 500 + "2025-03-01" * 4).encode(), "page")

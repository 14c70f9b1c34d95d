"""What every reader asks of bytes: whether they are text at all, and whether they say anything."""

from __future__ import annotations

import re

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.decode import has_mark, reads_as_utf16
from mingjian.read.origin import without_surrogates

_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "compressed twice"),
)
_HEAD = 32_768
_CONTROLS = bytes([*range(1, 9), *range(14, 27), *range(28, 32)])
_FEW_CONTROLS = 8
_CONTROL_SHARE = 0.01
_FEW_ZEROS = 8
_ZERO_SHARE = 0.01
_FRAME = re.compile(r"<i?frame[\s>]", re.IGNORECASE)


def must_be_text(content: bytes, doc_id: str) -> bytes:
    """The same bytes; raises ``ReadError`` where they are no text in any encoding."""
    nature = _binary_nature(content)
    if nature is not None:
        raise ReadError(
            doc_id, f"binary: this is {nature}, not text or HTML", "turn it into text or HTML first, or leave it out"
        )
    return content


def with_words(page: Page) -> Page:
    """The same page; raises ``ReadError`` where its text is empty."""
    if page.text.strip("\0\ufeff\u200b \t\r\n\xa0\u3000"):
        return page
    mend = "leave it out, or look why it is empty"
    if page.html.strip():
        frames = _FRAME.search(page.html) is not None
        mend = "fetch the address of its frame instead" if frames else "fetch it again with its scripts run"
    raise ReadError(page.doc_id, "empty-page: no words to read", mend)


def failure_of(error: ReadError, stage: str = "read") -> Failure:
    """The error as a value, which no lone surrogate of a file name keeps from being written."""
    return Failure(without_surrogates(error.source), stage, without_surrogates(error.problem), error.mend)


def _binary_nature(content: bytes) -> str | None:
    for signature, nature in _SIGNATURES:
        if content.startswith(signature):
            return nature
    head = content[:_HEAD]
    controls, zeros = len(head) - len(head.translate(None, _CONTROLS)), content.count(0)
    if controls <= max(_FEW_CONTROLS, _CONTROL_SHARE * len(head)) and zeros <= max(
        _FEW_ZEROS, _ZERO_SHARE * len(content)
    ):
        return None
    return None if has_mark(content) or reads_as_utf16(content) else "a binary file"

"""PDF files: the words of their pages as they are read, with the place of each line.

The text layer is made here, once: letters become lines, lines columns and paragraphs; tables are read row by row with
tabs between the cells. Words that only print or only recognition left invisible are kept; watermarks are left out. What
the document information says (title, author, dates) is the html layer, as lines of ``Name: value``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import IO

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.checks import failure_of, with_words
from mingjian.read.limits import whole
from mingjian.read.ocr import INSTALL, sheet_of_picture
from mingjian.read.origin import Origin
from mingjian.read.pdf_process import Opened, open_pdf, pictures_of
from mingjian.read.port import Items, Reader, Reading
from mingjian.read.printed import Sheet
from mingjian.read.printed_page import page_of_sheets

_HEADER = re.compile(rb"(?:\A|[\r\n\0])\s*%PDF-\d\.\d")
_FAR = 1_024  # bytes before the header that readers of PDF put up with
_UNREADABLE = 0.3  # of the letters
_NAMED = 10  # pages


def looks_like_pdf(beginning: bytes) -> bool:
    """Whether the header of a PDF stands among the first bytes."""
    return _HEADER.search(beginning[: _FAR + 8]) is not None


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    content = whole(stream, origin.doc_id, reading.limits)
    start = content.find(b"%PDF-", 0, _FAR + 8)
    if start < 0:
        raise ReadError(
            origin.doc_id, "unparsable: this is no PDF: it has no header", "look what it is, and name it so"
        )
    opened = open_pdf(content[start:], origin.doc_id, reading.limits)
    unread = _unread(opened)
    sheets: Sequence[Sheet] = opened.sheets
    if unread and reading.limits.ocr:
        sheets = _recognised(opened, content[start:], unread, origin, reading)
    elif len(unread) == len(opened.sheets):
        raise _no_text(origin, _why_unread(opened))
    page = page_of_sheets(sheets, origin, content, "application/pdf", opened.document.information)
    yield with_words(page)
    yield from _gaps(page, opened, () if reading.limits.ocr else unread)


def _unread(opened: Opened) -> tuple[int, ...]:
    """The pages whose words can only be had from their picture."""
    if opened.letters == 0 or opened.lost > _UNREADABLE * opened.letters:
        return tuple(sheet.number for sheet in opened.sheets)
    return opened.pictured


def _why_unread(opened: Opened) -> str:
    if opened.letters:
        return "its fonts do not tell which letters they print"
    return "its pages are pictures" if opened.pictured else "its pages hold no words"


def _recognised(
    opened: Opened, content: bytes, numbers: tuple[int, ...], origin: Origin, reading: Reading
) -> Sequence[Sheet]:
    pictures = pictures_of(content, numbers, origin.doc_id, reading.limits)
    read = {picture.number: sheet_of_picture(picture, origin.doc_id) for picture in pictures}
    return [read.get(sheet.number, sheet) for sheet in opened.sheets]


def _no_text(origin: Origin, why: str) -> ReadError:
    return ReadError(origin.doc_id, f"no-text-layer: {why}", f"read it again with --ocr ({INSTALL})")


def _gaps(page: Page, opened: Opened, pictured: Sequence[int]) -> Iterator[Failure]:
    """The pages of the file that the page does not hold."""
    if pictured:
        why = f"{_pages(pictured)} of {opened.document.pages} are pictures, the others were read"
        yield failure_of(_no_text(Origin(page.doc_id), why))
    if opened.broken:
        why = f"unparsable: {_pages(opened.broken)} of {opened.document.pages} cannot be opened, the others were read"
        yield failure_of(ReadError(page.doc_id, why, "fetch it again"))


def _pages(numbers: Sequence[int]) -> str:
    named = ", ".join(map(str, numbers[:_NAMED]))
    return f"page{'s' * (len(numbers) > 1)} {named}{' and more' * (len(numbers) > _NAMED)}"


READER = Reader(
    name="pdf",
    read=_read,
    endings=("pdf",),
    media_types=("application/pdf", "application/x-pdf"),
    magic=(b"%PDF-",),
    knows=looks_like_pdf,
)

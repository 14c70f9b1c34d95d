"""The page of a PDF file, and what of it could not be read (``reader`` says how)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.checks import failure_of, with_words
from mingjian.read.limits import whole
from mingjian.read.origin import Origin
from mingjian.read.pdf.process import Opened, open_pdf, pictures_of
from mingjian.read.pdf.reader import FARTHEST
from mingjian.read.pictures.reader import INSTALL
from mingjian.read.pictures.recognition import sheet_of_picture
from mingjian.read.port import Items, Reading
from mingjian.read.printed.page import page_of_sheets
from mingjian.read.printed.sheets import Sheet

_UNREADABLE = 0.3  # of the letters
_NAMED = 10  # pages


def pages_of_pdf(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    """The page of the file, then a failure for the printed pages that could not be read."""
    content = whole(stream, origin.doc_id, reading.limits)
    start = content.find(b"%PDF-", 0, FARTHEST + 8)
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

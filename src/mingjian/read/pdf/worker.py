"""The child process that opens a PDF: glyphs or pictures of its pages out of untrusted bytes, one answer a page.

PDFium is native code: a page that is made to stop it, or to fill the memory, takes this process and no other. The file
comes on standard input; ``sys.argv`` holds the mode (``glyphs`` or ``pictures``), the most pages, the most bytes of
memory and, for pictures, the pages that are wanted. Each answer is a line of JSON on standard output; behind that of a
picture follow its bytes, one for each pixel. Nothing but the standard library and PDFium is imported.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

_MOST_GLYPHS = 200_000
_MOST_OBJECTS = 1_000
_MOST_PIXELS = 2_400  # of the longer side of a rendered page
_DOTS = 200 / 72
_LOST = "\ufffd"
_HYPHENS = frozenset({0x02, 0xFFFE, 0xAD})
_INFORMATION = ("Title", "Author", "Subject", "Keywords", "CreationDate")
_SAYS_NOTHING = 400  # characters of a value of the document information that are kept
_FAULTS = {4: "encrypted", 5: "encrypted"}

Point = tuple[float, float]
Row = list[Any]
Handle: TypeAlias = Any  # a pointer of PDFium


def answer(message: dict[str, Any], picture: bytes = b"") -> None:
    """Writes one line of JSON, and the bytes of a picture behind it."""
    sys.stdout.buffer.write(json.dumps(message, allow_nan=False).encode() + b"\n" + picture)
    sys.stdout.buffer.flush()


def bound_memory(most: int) -> None:
    """Lets the process have no more than that many bytes, where the system knows such a limit."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def information(document: Handle) -> dict[str, str]:
    """What the file says of itself: title, author, dates."""
    found: dict[str, str] = {}
    for name in _INFORMATION:
        size = pdfium.FPDF_GetMetaText(document, name.encode(), None, 0)
        if 2 < size < 100_000:
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDF_GetMetaText(document, name.encode(), buffer, size)
            value = buffer.raw[: size - 2].decode("utf-16-le", "replace")
            found[name] = " ".join(value.replace("\0", " ").split())[:_SAYS_NOTHING]
    return {name: value for name, value in found.items() if value}


def page_frame(page: Handle) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what the page shows, in its own coordinates."""
    sides = [ctypes.c_float() for _ in range(4)]
    for box in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        if box(page, *sides):
            left, bottom, right, top = (side.value for side in sides)
            if right - left > 1 and top - bottom > 1:
                return left, bottom, right, top
    return 0.0, 0.0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)


def turned(frame: tuple[float, float, float, float], quarters: int) -> Callable[[float, float], Point]:
    """How coordinates become points from the upper left corner, after so many turns of 90 degrees clockwise."""
    left, bottom, right, top = frame
    return (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )[quarters]


def characters(text: Handle) -> Iterator[tuple[int, str]]:
    """The characters that stand in the file, with their places in the text page; pairs of UTF-16 units are joined."""
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        character = _character(text, index, code)
        if character:
            yield index, character


def _character(text: Handle, index: int, code: int) -> str:
    """The character, nothing for what PDFium added or is a control."""
    if pdfium.FPDFText_IsGenerated(text, index) == 1:
        return ""
    if code in _HYPHENS or pdfium.FPDFText_IsHyphen(text, index) == 1:
        return "-"
    if code == 0 or code > 0x10FFFF or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1:
        return _LOST
    if code in (0x09, 0x20):
        return " "
    return chr(code) if code > 0x20 and not 0x7F <= code < 0xA0 else ""


def glyphs(text: Handle, place: Callable[[float, float], Point]) -> Iterator[Row]:
    """Each glyph: character, left, top, right, bottom, size, angle in degrees, shade (0 black, 255 white), redness."""
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    colour = [ctypes.c_uint() for _ in range(4)]
    for index, character in characters(text):
        if not (
            pdfium.FPDFText_GetLooseCharBox(text, index, box)
            and pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            and pdfium.FPDFText_GetMatrix(text, index, matrix)
        ):
            continue
        size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        numbers = (box.left, box.right, box.top, box.bottom, x.value, y.value, size, angle)
        if not all(map(math.isfinite, numbers)) or not 0.5 < size < 5_000 or max(map(abs, numbers)) > 100_000:
            continue
        shade = red = 0
        if pdfium.FPDFText_GetFillColor(text, index, *colour):
            r, g, b, alpha = (part.value for part in colour)
            shade = 255 - (255 - (r * 299 + g * 587 + b * 114) // 1000) * alpha // 255
            red = max(0, r - max(g, b))
        ends = (place(box.left, box.bottom), place(box.right, box.top), place(x.value, y.value))
        yield [character, *ends, size, angle, shade, red]


def laid_flat(rows: list[Row], rotation: int) -> int:
    """How many quarters clockwise beyond its own rotation the page must be turned for most glyphs to stand upright."""
    votes = Counter(round((row[5] - 90 * rotation) / 90) % 4 for row in rows)
    best = max(votes, key=lambda quarter: (votes[quarter], -quarter)) if votes else 0
    return best if votes[best] * 2 > len(rows) else 0


def page_answer(document: Handle, index: int) -> dict[str, Any]:
    """The glyphs of a page: ``turn`` is how many quarters clockwise it was turned so that its text stands upright."""
    message: dict[str, Any] = {
        "number": index + 1,
        "width": 0.0,
        "height": 0.0,
        "turn": 0,
        "glyphs": [],
        "pictured": 0.0,
    }
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return {**message, "fault": "unparsable"}
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return {**message, "fault": "unparsable"}
    if pdfium.FPDFText_CountChars(text) > _MOST_GLYPHS:
        return {**message, "fault": "too-large"}
    frame, rotation = page_frame(page), pdfium.FPDFPage_GetRotation(page) % 4
    rows = list(glyphs(text, lambda x, y: (x, y)))
    turn = laid_flat(rows, rotation)
    quarters = (rotation + turn) % 4
    place = turned(frame, quarters)
    wide, high = frame[2] - frame[0], frame[3] - frame[1]
    message["width"], message["height"] = (wide, high) if quarters % 2 == 0 else (high, wide)
    message["turn"], message["pictured"] = turn, round(min(1.0, _pictured(page) / max(1.0, wide * high)), 3)
    message["glyphs"] = [_placed(row, place, quarters) for row in rows]
    pdfium.FPDFText_ClosePage(text)
    pdfium.FPDF_ClosePage(page)
    return message


def _pictured(page: Handle) -> float:
    """The area of the page's pictures, those that lie upon one another counted twice."""
    area = 0.0
    sides = [ctypes.c_float() for _ in range(4)]
    for index in range(min(_MOST_OBJECTS, pdfium.FPDFPage_CountObjects(page))):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM) and pdfium.FPDFPageObj_GetBounds(item, *sides):
            left, bottom, right, top = (side.value for side in sides)
            covered = (right - left) * (top - bottom)
            area += covered if math.isfinite(covered) else 0.0
    return area


def _placed(row: Row, place: Callable[[float, float], Point], quarters: int) -> Row:
    """The glyph in points from the upper left corner of the page as it stands upright, rounded for every machine."""
    (x1, y1), (x2, y2), (left, baseline) = (place(*row[at]) for at in (1, 2, 3))
    angle = (row[5] - 90 * quarters + 180) % 360 - 180
    numbers = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), left, baseline, row[4])
    return [row[0], *(round(number, 2) for number in numbers), round(angle), row[6], row[7]]


def picture_answer(document: Handle, index: int) -> tuple[dict[str, Any], bytes]:
    """The page as a grey picture of about 200 dots an inch, smaller where the page is huge."""
    page = pdfium.FPDF_LoadPage(document, index)
    wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if not page or not 1 <= wide < 1e6 or not 1 <= high < 1e6:
        return {"number": index + 1, "width": 0, "height": 0, "scale": 1.0}, b""
    scale = min(_DOTS, _MOST_PIXELS / max(wide, high))
    columns, rows = max(1, round(wide * scale)), max(1, round(high * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_Gray, None, 0)
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows)
    lines = (pixels[row * stride : row * stride + columns] for row in range(rows))
    content = b"".join(lines)
    pdfium.FPDFBitmap_Destroy(bitmap)
    pdfium.FPDF_ClosePage(page)
    return {"number": index + 1, "width": columns, "height": rows, "scale": scale}, content


def main(mode: str, most_pages: int, most_bytes: int, wanted: list[int]) -> None:
    """Answers for the document first, then for each of its pages."""
    content = sys.stdin.buffer.read()
    bound_memory(most_bytes)
    pdfium.FPDF_InitLibrary()
    if mode == "glyphs":
        pdfium.FPDF_SetSystemFontInfo(None)  # boxes would else depend on the fonts of the machine
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        answer({"fault": _FAULTS.get(pdfium.FPDF_GetLastError(), "unparsable")})
        return
    count = pdfium.FPDF_GetPageCount(document)
    if not 0 < count <= most_pages:
        answer({"fault": "too-large" if count > 0 else "no-pages", "pages": max(0, count)})
        return
    answer({"pages": count, "information": information(document)})
    if mode == "glyphs":
        for index in range(count):
            answer(page_answer(document, index))
    for number in wanted:
        answer(*picture_answer(document, number - 1))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), [int(number) for number in sys.argv[4:]])

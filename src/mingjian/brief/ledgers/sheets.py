"""Sheets of an Excel workbook in which words of pages are what they are: no text becomes a formula or a link.

The limits of the format are kept here: rows of a sheet, characters of a cell, links and notes, names of sheets.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from rich.cells import cell_len

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
MOST_UNITS = 32_767  # UTF-16 units of a cell
MOST_LINKS = 65_530
MOST_OF_LINK = 2_079
MOST_NOTES = 10_000  # of a sheet: each is a drawing that Excel has to load
MOST_OF_NOTE = 1_000
MOST_OF_NAME = 31
CUT = "……"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no zones; constant, so that the bytes are
_NARROWEST, _WIDEST, _MEASURED = 8, 48, 200
_FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900
_WEB = ("http://", "https://")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LARGEST = Decimal("1e300")

Content: TypeAlias = str | bool | int | Decimal | date | None
"""A ``datetime`` is a date too; cells know no zones, so it has none."""


class Field(msgspec.Struct, frozen=True):
    """What stands in one cell, and its note; ``link`` makes it a link to a web page, ``empty`` greys it."""

    content: Content
    note: str = ""
    link: str | None = None
    empty: bool = False


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A table with its heads; so many of its ``frozen`` first columns stay in sight."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Field]]
    frozen: int = 1


def workbook_bytes(sheets: Iterable[Sheet]) -> bytes:
    """The workbook: the same sheets, the same bytes. Rows beyond what a sheet can hold go on in another.

    Rows are written as they come, into files that go when the workbook is made: no more than a few hundred are held.
    """
    import xlsxwriter  # here, because a start must not cost it

    written = io.BytesIO()
    book = xlsxwriter.Workbook(
        written, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    book.set_properties({"created": _CREATED})
    formats = _formats(book)
    for sheet in sheets:
        rows, part = iter(sheet.rows), 1
        while _write_part(book, formats, sheet, rows, part):
            part += 1
    book.close()
    return written.getvalue()


def _formats(book: Workbook) -> dict[str, Any]:
    """The formats by the kind of what they show."""
    top = {"valign": "top", "text_wrap": True}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({**top, "num_format": "@"}),
        "whole": book.add_format({**top, "num_format": "#,##0"}),
        "number": book.add_format({**top}),
        "date": book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
        "moment": book.add_format({**top, "num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        "empty": book.add_format({**top, "font_color": "#909090"}),
        "link": book.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1}),
    }


def _write_part(
    book: Workbook, formats: dict[str, Any], sheet: Sheet, rows: Iterator[Sequence[Field]], part: int
) -> bool:
    """Write as many rows as a sheet holds; whether others may be left."""
    measured = list(islice(rows, min(_MEASURED, MOST_ROWS - 1)))
    if not measured and part > 1:
        return False
    page = book.add_worksheet(_free_name(book, sheet.name, part))
    writing = _Writing(page, formats)
    for column, head in enumerate(sheet.heads):
        page.write_string(0, column, fitting(head), formats["head"])
        page.set_column(column, column, _width(head, [row[column] for row in measured]))
    number = 0
    for number, row in enumerate(chain(measured, islice(rows, MOST_ROWS - 1 - len(measured))), 1):
        for column, field in enumerate(row):
            writing.write(number, column, field)
    page.freeze_panes(1, sheet.frozen)
    if sheet.heads:
        page.autofilter(0, 0, number, len(sheet.heads) - 1)
    return number == MOST_ROWS - 1


class _Writing:
    """Writes cells of one sheet and counts what it may hold only so many of."""

    def __init__(self, page: Worksheet, formats: dict[str, Any]) -> None:
        self._page = page
        self._formats = formats
        self._links = 0
        self._notes = 0

    def write(self, row: int, column: int, field: Field) -> None:
        if field.link is not None and self._may_link(field.link):
            self._links += 1
            self._page.write_url(row, column, field.link, self._formats["link"], string=fitting(str(field.content)))
        else:
            self._write_content(row, column, field)
        if field.note and self._notes < MOST_NOTES:
            self._notes += 1
            self._page.write_comment(row, column, field.note[:MOST_OF_NOTE], {"x_scale": 2, "y_scale": 1.5})

    def _may_link(self, link: str) -> bool:
        return link.startswith(_WEB) and fits_as_link(link) and self._links < MOST_LINKS

    def _write_content(self, row: int, column: int, field: Field) -> None:
        page, formats, content = self._page, self._formats, field.content
        match content:
            case None:
                page.write_blank(row, column, None, formats["empty"])
            case bool():
                page.write_boolean(row, column, content, formats["text"])
            case int() | Decimal() if -_LARGEST < content < _LARGEST:
                whole = content == int(content)
                page.write_number(row, column, float(content), formats["whole" if whole else "number"])
            case datetime() if content.date() >= _FIRST_DAY:
                page.write_datetime(row, column, content, formats["moment"])
            case date() if not isinstance(content, datetime) and content >= _FIRST_DAY:
                page.write_datetime(row, column, content, formats["date"])
            case _:
                page.write_string(row, column, fitting(str(content)), formats["empty" if field.empty else "text"])


def fits_as_link(address: str) -> bool:
    """Whether a cell can lead there: escapes make an address longer, by two characters for each byte."""
    return 3 * len(address.encode()) <= MOST_OF_LINK


def fitting(text: str) -> str:
    """The text, cut where a cell cannot hold it.

    >>> len(fitting("😀" * 20_000)), fitting("短")
    (16384, '短')
    """
    if len(text) * 2 <= MOST_UNITS or _units(text) <= MOST_UNITS:
        return text
    kept = text.encode("utf-16-le")[: (MOST_UNITS - len(CUT)) * 2]
    return kept.decode("utf-16-le", errors="ignore") + CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _free_name(book: Workbook, name: str, part: int) -> str:
    """A name that no other sheet has, without the characters that Excel forbids, and no longer than it allows."""
    plain = _NOT_IN_NAMES.sub(" ", name).strip() or "Sheet"
    taken = {sheet.get_name().lower() for sheet in book.worksheets()}
    while True:
        ending = f" {part}" if part > 1 else ""
        found = plain[: MOST_OF_NAME - len(ending)] + ending
        if found.lower() not in taken:
            return found
        part += 1


def _width(head: str, fields: Sequence[Field]) -> int:
    """How wide a column is, in characters of ASCII: as wide as what stands in it, within reason."""
    widest = max([cell_len(head) + 3, *(_width_of(field.content) for field in fields)])
    return min(max(widest + 1, _NARROWEST), _WIDEST)


def _width_of(content: Content) -> int:
    if isinstance(content, int | Decimal):
        return len(f"{content:,}")
    return cell_len(str(content)[:_WIDEST]) if content is not None else 0

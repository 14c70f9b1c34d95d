"""A brief as an Excel workbook: a sheet a section with typed cells, all evidence on a sheet of its own, charts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from mingjian.brief.briefs.pictures import colour_of
from mingjian.brief.briefs.wording import note, page_title, printable_line, quoted_words, web_address
from mingjian.brief.ledgers.sheets import fits_as_link, fitting
from mingjian.core.model.brief import Bars, Brief, Reference, Section, Sentence

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_TOLD = (
    ("number", 6), ("sentence", 80), ("date", 12), ("counted", 11),
    ("page", 40), ("source", 18), ("published", 12), ("quoted", 60), ("link", 40),
)  # fmt: skip
_EVIDENCE = (
    ("number", 6), ("page", 40), ("source", 18), ("published", 12), ("place", 14), ("quoted", 80), ("link", 40),
)  # fmt: skip


def render_workbook(brief: Brief) -> bytes:
    """The bytes of the file: the same for the same brief. Words of pages are text, whatever they begin with."""
    from xlsxwriter import Workbook  # here, because a start must not cost it

    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options) as book:
        made = datetime.fromisoformat(f"{brief.scope.day}T00:00:00")
        book.set_properties({"title": printable_line(brief.title), "author": note("author"), "created": made})
        sheets = _Sheets(book)
        sheets.cover(brief)
        for section in brief.sections:
            sheets.section(section)
        sheets.evidence(brief.sections)
        if brief.charts:
            sheets.charts(brief.charts)
    return target.getvalue()


class _Sheets:
    """The sheets of a workbook, and how their cells look."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.bold: Format = book.add_format({"bold": True, "valign": "top", "bottom": 1})
        self.day: Format = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.link: Format = book.add_format({"valign": "top", "font_color": "#175CD3", "underline": 1})

    def cover(self, brief: Brief) -> None:
        """What the brief is asked to tell, and how it was made."""
        sheet = self.book.add_worksheet(_sheet_name(brief.title))
        sheet.set_column(0, 0, 100)
        for row, words in enumerate((brief.title, *brief.lines, brief.remark)):
            sheet.write_string(row, 0, printable_line(words), self.text if row else self.bold)

    def section(self, section: Section) -> None:
        """One sentence a row, with the first page that it cites."""
        sheet = self._sheet(section.heading, _TOLD, len(section.items))
        for row, item in enumerate(section.items, 1):
            first = item.note.references[0]
            sheet.write_number(row, 0, item.note.number, self.text)
            self._words(sheet, (row, 1), item.sentence.text)
            self._day(sheet, (row, 2), _day_of(item.sentence))
            sheet.write_number(row, 3, _counted(item.sentence), self.text)
            self._reference(sheet, (row, 4), first)

    def evidence(self, sections: Iterable[Section]) -> None:
        """One page of one sentence a row, with the places of its words."""
        items = [item for section in sections for item in section.items]
        rows = [(item.note.number, reference) for item in items for reference in item.note.references]
        sheet = self._sheet(note("heading"), _EVIDENCE, len(rows))
        for row, (number, reference) in enumerate(rows, 1):
            sheet.write_number(row, 0, number, self.text)
            self._words(sheet, (row, 1), page_title(reference))
            self._words(sheet, (row, 2), reference.source or "")
            self._day(sheet, (row, 3), reference.published)
            places = " ".join(f"{cite.start}-{cite.end}" for cite in reference.cites)
            self._words(sheet, (row, 4), places)
            self._words(sheet, (row, 5), quoted_words(reference))
            self._link(sheet, (row, 6), reference)

    def charts(self, charts: Iterable[Bars]) -> None:
        """The numbers of the charts, each with its chart beside it."""
        sheet = self.book.add_worksheet(_sheet_name(note("chart")))
        sheet.set_column(0, 0, 20)
        top = 0
        for bars in charts:
            last = top + len(bars.categories)
            sheet.write_string(top, 0, note("category"), self.bold)
            for row, category in enumerate(bars.categories, top + 1):
                sheet.write_string(row, 0, printable_line(category))
            drawn = self.book.add_chart({"type": "bar", "subtype": "stacked"})
            for column, series in enumerate(bars.series, 1):
                sheet.write_string(top, column, printable_line(series.name), self.bold)
                for row, value in enumerate(series.values, top + 1):
                    sheet.write_number(row, column, value)
                drawn.add_series(
                    {
                        "name": [sheet.name, top, column],
                        "categories": [sheet.name, top + 1, 0, last, 0],
                        "values": [sheet.name, top + 1, column, last, column],
                        "fill": {"color": colour_of(column - 1)},
                    }
                )
            drawn.set_title({"name": printable_line(bars.title), "name_font": {"size": 12}})
            drawn.set_y_axis({"reverse": True})
            sheet.insert_chart(top, len(bars.series) + 2, drawn)
            top = max(last, top + 15) + 2

    def _sheet(self, name: str, columns: Iterable[tuple[str, int]], rows: int) -> Worksheet:
        sheet = self.book.add_worksheet(_sheet_name(name))
        columns = tuple(columns)
        for number, (column, width) in enumerate(columns):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, note(column), self.bold)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, rows), len(columns) - 1)
        return sheet

    def _reference(self, sheet: Worksheet, place: tuple[int, int], reference: Reference) -> None:
        row, column = place
        self._words(sheet, (row, column), page_title(reference))
        self._words(sheet, (row, column + 1), reference.source or "")
        self._day(sheet, (row, column + 2), reference.published)
        self._words(sheet, (row, column + 3), quoted_words(reference))
        self._link(sheet, (row, column + 4), reference)

    def _words(self, sheet: Worksheet, place: tuple[int, int], words: str) -> None:
        sheet.write_string(*place, fitting(printable_line(words)), self.text)

    def _day(self, sheet: Worksheet, place: tuple[int, int], day: str | None) -> None:
        if day is not None:
            sheet.write_datetime(*place, datetime.fromisoformat(f"{day}T00:00:00"), self.day)

    def _link(self, sheet: Worksheet, place: tuple[int, int], reference: Reference) -> None:
        address = web_address(reference)
        if address and fits_as_link(address):
            sheet.write_url(*place, address, self.link, printable_line(address)[:255])
        else:
            self._words(sheet, place, reference.link)


def _day_of(sentence: Sentence) -> str | None:
    """The last day of the first date that the sentence tells."""
    dates = (part.value.split("/")[1] for part in sentence.parts if part.kind == "date" and part.value)
    return next((day for day in dates if day), None)


def _counted(sentence: Sentence) -> int:
    """How many independent sources the sentence counts; one where it counts none."""
    return next((len(part.cites) for part in sentence.parts if part.kind == "count"), 1)


def _sheet_name(words: str) -> str:
    """A name that Excel allows: no marks of formulas, 31 characters."""
    kept = "".join(sign for sign in printable_line(words) if sign not in "[]:*?/\\'")
    return kept[:31] or note("chart")

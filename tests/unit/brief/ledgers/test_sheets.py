"""The limits of Excel are kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from weakref import WeakSet

import openpyxl
import pytest

from mingjian.brief.ledgers import sheets
from mingjian.brief.ledgers.sheets import Field, Sheet, workbook_bytes


def test_rows_beyond_a_sheet_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 4)
    rows = [[Field(number)] for number in range(7)]
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes([Sheet(name="甲", heads=["数"], rows=rows)])))
    held = {one.title: [cell.value for (cell,) in one.iter_rows(min_row=2)] for one in book.worksheets}
    assert held == {"甲": [0, 1, 2], "甲 2": [3, 4, 5], "甲 3": [6]}


def test_links_and_notes_beyond_the_limits_are_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_LINKS", 1)
    monkeypatch.setattr(sheets, "MOST_NOTES", 1)
    rows = [[Field("点", note="注", link="https://pages.example/")] for _ in range(3)]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes([Sheet(name="甲", heads=["数"], rows=rows)])))["甲"]
    cells = [sheet.cell(row=number, column=1) for number in (2, 3, 4)]
    assert [bool(cell.hyperlink) for cell in cells] == [True, False, False]
    assert [bool(cell.comment) for cell in cells] == [True, False, False]
    assert {cell.value for cell in cells} == {"点"}


def test_names_of_sheets_are_short_plain_and_different() -> None:
    name = "很长的名字[一]:二*三?/" * 4
    book = openpyxl.load_workbook(
        io.BytesIO(workbook_bytes(Sheet(name=each, heads=["数"], rows=[]) for each in (name, name, "", "'")))
    )
    titles = [one.title for one in book.worksheets]
    assert len(set(titles)) == 4
    assert max(map(len, titles)) <= 31
    assert not set("[]:*?/'") & set("".join(titles))


class Held(list[Field]):
    """A row of which it can be told whether anything holds it still."""

    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__


def test_a_workbook_holds_few_rows_however_many_are_written() -> None:
    alive: WeakSet[Held] = WeakSet()
    most = 0

    def rows() -> Iterator[Held]:
        nonlocal most
        for number in range(3_000):
            row = Held([Field(number), Field(f"第{number}行")])
            alive.add(row)
            most = max(most, len(alive))
            yield row

    written = workbook_bytes([Sheet(name="甲", heads=["数", "字"], rows=rows())])
    sheet = openpyxl.load_workbook(io.BytesIO(written))["甲"]
    assert sheet.max_row == 3_001
    assert [cell.value for cell in sheet[3_001]] == [2_999, "第2999行"]
    assert most < 500

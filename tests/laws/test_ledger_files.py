"""Whatever a page says, CSV gives it back, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.brief.ledgers.made import organisation, table

from mingjian.brief.ledgers.delimited import guarded
from mingjian.brief.ledgers.files import ledger_file

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20) | st.from_regex(
    r"[ \t\u200b'=+@\-]{1,3}[=A-Z1+|'!()]{0,6}", fullmatch=True
)


@given(st.lists(TEXTS, min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_csv_gives_back_every_text(names: list[str]) -> None:
    """Save the NUL, on which other readers of CSV end: a mark of replacement stands for it."""
    made = table(*(organisation(name, number) for number, name in enumerate(names)))
    written = b"".join(ledger_file(made, Path("x.csv"))).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [row["name"].removeprefix("'") for row in rows] == [name.replace("\0", "\ufffd") for name in names]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_no_text_begins_like_a_formula(text: str) -> None:
    seen = "".join(sign for sign in guarded(text) if unicodedata.category(sign)[0] not in "CZ")
    assert seen[:1] not in set("=+-@＝＋－＠")


@given(st.lists(TEXTS, min_size=1, max_size=3))
@settings(max_examples=15, deadline=None)
def test_excel_holds_texts_as_texts(names: list[str]) -> None:
    made = table(*(organisation(name, number) for number, name in enumerate(names)))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(ledger_file(made, Path("x.xlsx"))))).worksheets[0]
    assert {sheet.cell(row=number + 2, column=2).data_type for number in range(len(names))} <= {"s", "inlineStr"}

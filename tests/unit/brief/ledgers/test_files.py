"""Ledgers as files: what stands in them is what was told, and nothing of it is run."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from tests.unit.brief.ledgers.made import HOSTILE, PAGE, card, organisation, statistic, table

from mingjian.brief.ledgers.files import ENDINGS, Form, ledger_file
from mingjian.brief.ledgers.tables import Table
from mingjian.core.model.ledger.rows import OrganisationRow, StatisticRow
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Span
from mingjian.errors import ReadError

READ = [name.replace("\0", "\ufffd") for name in HOSTILE]
"""As CSV gives them: at NUL its readers stop."""
ROWS = [organisation(name, number) for number, name in enumerate(HOSTILE)]


def _bytes(made: Table, ending: str, **form: bool) -> bytes:
    return b"".join(ledger_file(made, Path(f"x{ending}"), Form(**form)))


def _workbook(made: Table) -> Any:
    return openpyxl.load_workbook(io.BytesIO(_bytes(made, ".xlsx")))


def _read_csv(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_rows_are_the_same_bytes(ending: str) -> None:
    for made in (table(*ROWS), table(statistic("3", "2024-02-03"), ledger="statistics")):
        assert _bytes(made, ending) == _bytes(made, ending)


def test_csv_gives_back_what_was_there_and_nothing_is_a_formula() -> None:
    written = _bytes(table(*ROWS), ".csv")
    rows = _read_csv(written)
    assert [row["name"].removeprefix("'") if row["name"][:1] == "'" else row["name"] for row in rows] == READ
    assert not [row["name"] for row in rows if row["name"].lstrip("\u200b\u202e \t\r\n")[:1] in set("=+-@＝")]
    assert rows[0]["mentions"] == "1"
    assert rows[0]["names"] == f"'{HOSTILE[0]}"
    assert rows[0]["technologies"] == "ai"
    assert written.startswith(b'\xef\xbb\xbf"id","name"')


def test_csv_with_labels_is_in_chinese_and_numbers_stay_numbers() -> None:
    (row,) = _read_csv(_bytes(table(statistic("-3.50", "2024"), ledger="statistics"), ".csv", labelled=True))
    assert row["最新值"] == "-3.50"
    assert row["单位"] == "元"
    assert row["涉及人工智能"] == "是"


def test_a_table_within_a_row_of_csv_holds_no_bare_truth_values() -> None:
    (told,) = statistic("-3.50", "2024").points[:1]
    made = msgspec.structs.replace(
        statistic("-3.50", "2024"), points=(told, msgspec.structs.replace(told, disputed=True))
    )
    (row,) = _read_csv(_bytes(table(made, ledger="statistics"), ".csv"))
    first, second = row["points"].split("；")
    assert first == "2024 -3.50 -3.50亿元 2025-03-01"
    assert second == f"{first} disputed"


def test_json_lines_are_the_rows_as_they_are() -> None:
    made = table(*ROWS[:3], statistic("0.30", "2024"))
    lines = _bytes(made, ".jsonl").splitlines()
    assert [msgspec.json.decode(line, type=OrganisationRow) for line in lines[:3]] == ROWS[:3]
    assert msgspec.json.decode(lines[3], type=StatisticRow) == made.rows[3]
    assert b'"latest":{"value":0.30' in lines[3]
    (with_pages, *_) = _bytes(made, ".jsonl", with_pages=True).splitlines()
    assert msgspec.json.decode(with_pages)["page_cards"][PAGE]["address"] == "https://pages.example/1"


def test_parquet_gives_back_typed_values_and_their_words() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = parquet.read_table(io.BytesIO(_bytes(table(*ROWS), ".parquet"))).to_pylist()
    assert [row["name"] for row in rows] == list(HOSTILE)
    assert rows[1]["names"] == ["+1"]
    assert rows[0]["mentions"] == 1
    assert rows[0]["ai"] is True
    (row,) = parquet.read_table(
        io.BytesIO(_bytes(table(statistic("0.30", "2024-02"), ledger="statistics"), ".parquet"))
    ).to_pylist()
    assert row["latest"] == 0.3
    assert [point["as_of"] for point in row["points"]] == ["2024-02", "2024-02"]
    assert {"column": "region", "reason": "not-told"} in row["missing"]
    (told,) = [one for one in row["evidence"] if one["column"] == "latest"]
    assert (told["value"], told["text"], told["start"], told["end"]) == ("0.30", "0.30", 3, 7)
    assert told["link"] == "https://pages.example/1"


def test_excel_holds_hostile_words_as_texts() -> None:
    sheet = _workbook(table(*ROWS)).worksheets[0]
    cells = [sheet.cell(row=number + 2, column=2) for number in range(len(HOSTILE))]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    told = dict(zip(HOSTILE, cells, strict=True))
    for name, cell in told.items():
        units = len(cell.value.encode("utf-16-le")) // 2
        assert units <= 32_767
        if len(name) < 10_000 and name.isprintable():
            assert openpyxl.utils.escape.unescape(cell.value) in {name, openpyxl.utils.escape.unescape(name)}
        if len(name) >= 10_000:
            assert cell.value.endswith("……")
            assert name.startswith(cell.value[:-2])


def test_no_sheet_holds_a_formula() -> None:
    for sheet in _workbook(table(*ROWS)).worksheets:
        assert not [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_excel_types_numbers_and_days_and_tells_why_cells_are_empty() -> None:
    book = _workbook(table(statistic("3000.5", "2024-02-03"), ledger="statistics"))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = {label: sheet.cell(row=2, column=column) for label, column in heads.items()}
    assert row["最新值"].value == 3000.5
    assert row["最新值截至"].value == datetime(2024, 2, 3)  # noqa: DTZ001 - the format has no zones
    assert row["对象"].value == "空"
    assert "没有" in row["对象"].comment.text
    assert "「3000.5」" in row["最新值"].comment.text
    assert "「产业规模」（无标题网页 1）" in row["证据"].value
    assert row["链接"].hyperlink.target == "https://pages.example/1"
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert [one.title for one in book.worksheets] == ["统计台账", "历次数值", "证据", "说明"]
    evidence = [[cell.value for cell in line] for line in book["证据"].iter_rows(min_row=2)]
    assert {line[0] for line in evidence} == {"0" * 16}
    assert [line[4] for line in evidence if line[2].startswith("历次数值 2")] == ["2024-02-03", "3000.5", "3000.5亿元"]


def test_a_month_is_no_day() -> None:
    sheet = _workbook(table(statistic("3", "2024-02"), ledger="statistics")).worksheets[0]
    values = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert values["最新值截至"] == "2024-02"
    assert values["最新值"] == 3


def _column(sheet: Any, head: str) -> list[Any]:
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(head)] for row in sheet.iter_rows(min_row=2)]


def test_evidence_holds_days_and_numbers_as_such() -> None:
    page = msgspec.structs.replace(card(PAGE), published=Cited("2025-03-01T08:30:00+08:00", Span(0, 1, "甲"), "made"))
    made = msgspec.structs.replace(table(statistic("3000.5", "2024-02-03"), ledger="statistics"), pages=lambda _: page)
    evidence = _workbook(made)["证据"]
    values = [cell.value for cell in _column(evidence, "值")]
    assert 3000.5 in values
    assert datetime(2024, 2, 3) in values  # noqa: DTZ001 - the format has no zones
    published = _column(evidence, "发布时间")
    assert {cell.value for cell in published} == {datetime(2025, 3, 1, 8, 30)}  # noqa: DTZ001
    assert {cell.number_format for cell in published} == {"yyyy-mm-dd hh:mm"}


def test_when_a_row_was_added_stands_by_the_clock_of_the_machine() -> None:
    sheet = _workbook(table(organisation("岚云公司"))).worksheets[0]
    (added,) = _column(sheet, "收录时间")
    assert added.value == datetime(2026, 4, 1, 8, tzinfo=UTC).astimezone().replace(tzinfo=None)


def test_a_date_between_days_is_told_as_people_write_it() -> None:
    sheet = _workbook(table(statistic("3", "2024-02-03/2024-03-01"), ledger="statistics")).worksheets[0]
    assert _column(sheet, "最新值截至")[0].value == "2024-02-03 至 2024-03-01"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "https://pages.example/" + "长" * 700, "external:x.xlsx"]
)
def test_only_short_web_addresses_become_links(address: str) -> None:
    for sheet in _workbook(table(organisation("甲"), address=address)).worksheets:
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_another_ending_is_refused() -> None:
    with pytest.raises(ReadError, match=r"\.xlsx"):
        ledger_file(table(organisation("甲")), Path("x.ods"))
